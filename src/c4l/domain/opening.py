"""How to begin a call: what is to be owned, whom to thank and for what, and which goal to ask about.

What is broken comes first: nobody hears thanks, or speaks of their plans, while they wait for a word about a slip.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from c4l.domain.clients import Fact
from c4l.domain.dates import in_words, short
from c4l.domain.owing import late_promises, unowned_slips
from c4l.domain.records import Promise, Records, Sign
from c4l.domain.terms import FactKind
from c4l.domain.thresholds import Thresholds


class Reason(StrEnum):
    """Why a call may begin so."""

    late = "late"
    slip = "slip"
    thanks = "thanks"
    goal = "goal"
    unknown = "unknown"


class Opening(NamedTuple):
    """A way to begin a call.

    Attributes:
        text: what to do, in the words of a friend who reminds you.
        promise: the number of the one that it is about; `interaction` likewise.
    """

    reason: Reason
    text: str
    promise: int | None = None
    interaction: int | None = None


def openings(records: Records, facts: Iterable[Fact], day: date, thresholds: Thresholds) -> tuple[Opening, ...]:
    """How to begin a call on a day, at most one way for each reason, the first one first; never none."""
    return tuple(_openings(records, list(facts), day, thresholds))


def _openings(records: Records, facts: list[Fact], day: date, thresholds: Thresholds) -> Iterator[Opening]:
    late = latest_promise(records, day)
    if late is not None:
        promise, days = late
        yield Opening(
            Reason.late,
            f"own up before they ask: “{promise.what}” is {in_words(days)} late",
            promise=promise.number,
            interaction=promise.interaction,
        )
    slip = unowned_slip(records, day, thresholds)
    if slip is not None:
        text = f"own the {slip.signal} of {short(slip.on, day)} together: {_quoted(slip.text)}"
        yield Opening(Reason.slip, text, interaction=slip.number)
    door = unthanked_door(records, day)
    if door is not None:
        text = f"thank them for the door of {short(door.on, day)}: {_quoted(door.text)}"
        yield Opening(Reason.thanks, text, interaction=door.number)
    goals = [fact for fact in facts if fact.kind is FactKind.goal and fact.reached_on is None]
    if goals:
        goal = max(goals, key=lambda fact: fact.learned_on)
        yield Opening(Reason.goal, f"ask how it goes: {_quoted(goal.text)}", interaction=goal.interaction)
    else:
        yield Opening(Reason.unknown, "ask what they are trying to achieve: no open goal of theirs is known")


def latest_promise(records: Records, day: date) -> tuple[Promise, int] | None:
    """Your promise that is the most days overdue on a day, with how many those are."""
    return max(late_promises(records, day), key=lambda each: each[1], default=None)


def unowned_slip(records: Records, day: date, thresholds: Thresholds) -> Sign | None:
    """The oldest complaint or surprise in the window that nothing owned since, however young it is."""
    return min(unowned_slips(records, day, thresholds), key=lambda slip: slip.on, default=None)


def unthanked_door(records: Records, day: date) -> Sign | None:
    """The last door that the client opened, unless they have been thanked on that day or later."""
    doors = [sign for sign in records.signs if sign.signal == "door" and sign.on <= day]
    last = max(enumerate(doors), key=lambda each: (each[1].on, each[0]), default=None)
    if last is None:
        return None
    thanked = any(sign.signal == "thanked" and last[1].on <= sign.on <= day for sign in records.signs)
    return None if thanked else last[1]


def _quoted(text: str) -> str:
    return f"“{text.strip()}”"
