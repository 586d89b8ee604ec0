"""`promises --walk`: one promise after the other, asked about at the terminal; each answer is saved at once."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from c4l.actions import promises as actions
from c4l.actions.promises import PromiseView
from c4l.actions.walk import Step, find_step
from c4l.cli import prompts
from c4l.cli.answer import say
from c4l.cli.moving import ask_whether_told, moved, told_too_late, waits_longer
from c4l.cli.session import Session
from c4l.domain.clients import Interaction
from c4l.domain.dates import ago, in_words, long
from c4l.domain.day_grammar import shown
from c4l.domain.errors import C4lError, WrongUse
from c4l.domain.records import Event, Promise, Verb
from c4l.domain.terms import Party

UNASKED = WrongUse(
    "--walk asks about one promise after the other, and nobody is there to answer",
    "run it on a terminal; elsewhere: c4l keep N, c4l move N DAY, c4l break N, c4l release N",
)


class Choice(StrEnum):
    """What can be answered; `skip` before `stop`, so that an `s` throws nothing away."""

    keep = "keep"
    move = "move"
    break_ = "break"
    release = "release"
    skip = "skip"
    stop = "stop"


LONGEST = 240
"""So many letters of the last note are told."""

_WORDS = "keep, move, break, release, skip or stop"
_QUESTION = f"{_WORDS}?"


def walk(here: Session, numbers: Sequence[int]) -> list[PromiseView]:
    """Ask about each promise, and answer those that changed, as they then stood.

    They come without the week of a move: that is told at once, and the next answer may change it.
    """
    changed: list[PromiseView] = []
    for place, number in enumerate(numbers, 1):
        step = find_step(here.store, number, here.today)
        if step is None:
            continue
        say("\n".join(_told(step, f"{place} of {len(numbers)}")))
        after, go_on = _decided(here, step.view.promise)
        if after is not None:
            changed.append(after._replace(week=None))
        if not go_on:
            break
    say("")
    return changed


def _told(step: Step, place: str) -> list[str]:
    """The promise, between whom and by when, and what was last heard."""
    promise, today = step.view.promise, step.view.today
    name = promise.client.name
    owed = f"you owe {name}" if promise.by is Party.me else f"{name} owes you"
    lead = f"{promise.number}  "
    hang = " " * len(lead)
    lines = ["", f"{lead}{' '.join(promise.what.split())}  ({place})", f"{hang}{owed} · {_when(step.view)}"]
    if step.last is not None:
        lines.append(f"{hang}last {step.last.channel} {ago(step.last.on, today)}: {_in_short(step.last)}")
    return lines


def _when(view: PromiseView) -> str:
    """When an open promise is due, and how far off that is."""
    due, today = view.standing.due_on, view.today
    if due is None:
        return "no due day"
    late = f"already {in_words((today - due).days)} overdue" if view.overdue else ago(due, today)
    return f"due {long(due)}, {late}"


def _in_short(last: Interaction) -> str:
    """The note, as far as it leaves the question in sight."""
    note = " ".join(last.note.split())
    return f"“{note}”" if len(note) <= LONGEST else f"“{note[:LONGEST]} …”, whole: c4l show i{last.number}"


def _decided(here: Session, promise: Promise) -> tuple[PromiseView | None, bool]:
    """What came of one promise, and whether to go on to the next; asked again until an answer can be saved."""
    while True:
        match _chosen():
            case Choice.stop:
                return None, False
            case Choice.skip:
                return None, True
            case choice:
                event = _EVENTS[choice](promise, here.today)
        if event is None:
            continue
        try:
            [after] = actions.happen(here.store, [promise.number], event, here.today)
        except C4lError as error:
            say(f"{error.message}\n  {error.hint}")
            return None, True
        say(_saved(after))
        if late := told_too_late(promise, event):
            say(late)
        return after, True


def _chosen() -> Choice:
    """The answer, which may be the beginning of a word; an empty one skips."""
    while True:
        typed = prompts.ask(_QUESTION, otherwise=UNASKED, default=Choice.skip).casefold()
        for choice in Choice:
            if choice.startswith(typed):
                return choice
        say(f"“{shown(typed)}” is no answer here\n  type {_WORDS}, or the beginning of one")


def _kept(promise: Promise, today: date) -> Event | None:
    return Event(Verb.kept, today)


def _moved(promise: Promise, today: date) -> Event | None:
    """The move, once its day can be read; None where the day is left empty."""
    while words := prompts.ask("To which day?", otherwise=UNASKED, default=""):
        try:
            event = moved(promise, words, today, today)
        except C4lError as error:
            say(f"{error.message}\n  {error.hint}")
            continue
        if waits_longer(promise, event):
            event = event._replace(told=ask_whether_told(promise))
        return event._replace(because=_why())
    return None


def _broken(promise: Promise, today: date) -> Event | None:
    return Event(Verb.broken, today, told=promise.by is Party.me and ask_whether_told(promise), because=_why())


def _released(promise: Promise, today: date) -> Event | None:
    return Event(Verb.released, today, because=_why())


_EVENTS: dict[Choice, Callable[[Promise, date], Event | None]] = {
    Choice.keep: _kept,
    Choice.move: _moved,
    Choice.break_: _broken,
    Choice.release: _released,
}


def _why() -> str | None:
    return prompts.ask("Why?", otherwise=UNASKED, default="") or None


def _saved(after: PromiseView) -> str:
    """What was understood and saved; of a move, also how much its week now holds."""
    stands = after.standing
    if stands.closed_on is not None:
        return f"saved: {stands.state}"
    saved = f"saved: {_when(after)}"
    if after.week is None:
        return saved
    from c4l.render.screens.promises import weeks_in_words

    return "\n".join((saved, *weeks_in_words([after])))
