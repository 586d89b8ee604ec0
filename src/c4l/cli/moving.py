"""A promise to be moved, as a command line or somebody at the terminal says it: the new day, and what belongs to it."""

from datetime import date

from c4l.cli import prompts
from c4l.cli.options import due_day
from c4l.domain.errors import WrongUse
from c4l.domain.promises import check_event, standing
from c4l.domain.records import Event, Promise, Verb
from c4l.domain.terms import Party

SOMEDAY = "someday"


def moved(promise: Promise, words: str, on: date, today: date) -> Event:
    """The move to the day that the words name, as far as they say it.

    Raises:
        WrongUse: if they name no day, or the promise cannot be moved there.
        Conflict: if it has ended.
    """
    if words.strip().casefold() == SOMEDAY:
        raise WrongUse(
            f"promise {promise.number} cannot be moved to {SOMEDAY}",
            f"say a day; if they let it go: c4l release {promise.number}",
        )
    event = Event(Verb.moved, on, due_day(words, today))
    check_event(promise, event, today)  # nobody is asked about a move that cannot be
    # Of a new day for what they owe, you know from nobody but them.
    return event._replace(told=promise.by is Party.them)


def waits_longer(promise: Promise, move: Event) -> bool:
    """Whether the move makes somebody wait longer for something of yours than they thought on its day."""
    due = standing(promise, move.on).due_on
    return promise.by is Party.me and due is not None and move.to is not None and move.to > due


def told_too_late(promise: Promise, move: Event) -> str:
    """What is to be said where they were told of a move only after the due day that it moves; empty where in time."""
    from c4l.domain.dates import short

    due = standing(promise, move.on).due_on
    if not move.told or due is None or move.on <= due or not waits_longer(promise, move):
        return ""
    return f"it was due {short(due, move.on)}: told too late to count as honoured"


def ask_whether_told(promise: Promise) -> bool:
    """Whether they know already; the error names the options that answer where nobody can be asked."""
    return prompts.confirm(f"Does {promise.client.name} know already?", otherwise=unsaid(promise))


def unsaid(promise: Promise) -> WrongUse:
    """The error for a move to a later day that leaves open whether they know."""
    name, number = promise.client.name, promise.number
    return WrongUse(
        f"moving promise {number} makes {name} wait longer: do they know?",
        f"say --told or --not-told: c4l move {number} DAY --told",
    )
