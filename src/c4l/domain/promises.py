"""The life of a promise: what may happen to it, where it stands on a day, and whether it was honoured."""

from datetime import date, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from c4l.domain.errors import Conflict, WrongUse
from c4l.domain.records import Event, Promise, Verb
from c4l.domain.terms import State
from c4l.domain.thresholds import WINDOW_DAYS

TRANSITIONS: dict[State, dict[Verb, State]] = {
    State.open: {
        Verb.moved: State.open,
        Verb.kept: State.kept,
        Verb.broken: State.broken,
        Verb.released: State.released,
    },
    State.kept: {},
    State.broken: {},
    State.released: {},
}
"""What may happen to a promise in each state, and where it leads. Nothing reopens one."""


class Move(NamedTuple):
    """A new due day for an open promise, with the one it had before.

    Attributes:
        from_on: the due day that stood until then; None where there was none.
        told: whether the other side knew already.
        plan: how to get back on track.
    """

    on: date
    from_on: date | None
    to: date
    told: bool = False
    because: str | None = None
    plan: str | None = None

    @property
    def later(self) -> bool:
        """Whether somebody who counted on the old due day has to wait longer."""
        return self.from_on is not None and self.to > self.from_on

    @property
    def fair(self) -> bool:
        """Whether the move costs no trust: nobody waits longer, or they knew on or before the day it moved."""
        if self.from_on is None or self.to <= self.from_on:
            return True
        return self.told and self.on <= self.from_on


class Standing(NamedTuple):
    """Where a promise stands at the end of a day.

    Attributes:
        first_due_on: the first due day it ever had.
        due_on: the due day that stands; of a closed promise, the one that stood when it closed.
        closed_on: when it was kept, broken or released.
        moves: those that counted, in the order of their days.
        told: of a closed promise, whether the other side knew by then (`break --told`).
        because: why it was closed, in the user's words.
        passed_over: what was recorded for a day after the end; shown, and counts for nothing.
    """

    state: State
    first_due_on: date | None
    due_on: date | None
    closed_on: date | None = None
    moves: tuple[Move, ...] = ()
    told: bool = False
    because: str | None = None
    passed_over: tuple[Event, ...] = ()


class Outcome(StrEnum):
    """What became of a promise that counts; each counted promise has exactly one."""

    first_day = "kept"
    moved_told = "kept, moved and told"
    moved_untold = "moved, not told in time"
    kept_late = "kept late"
    broken_told = "broken, told early"
    broken = "broken"
    released_late = "released late"
    overdue = "overdue"

    @property
    def honoured(self) -> bool:
        """Whether the promise was lived up to: telling early keeps trust, moving quietly does not."""
        return self in (Outcome.first_day, Outcome.moved_told)


def exists(promise: Promise, day: date) -> bool:
    """Whether the promise had been made on or before the day."""
    return promise.made_on <= day


def standing(promise: Promise, day: date | None = None) -> Standing:
    """Replay what happened to a promise, by day, then by order of entry.

    The first keep, break or release ends it. A move that names no day moves nothing.

    Args:
        promise: one that `exists` on the day.
        day: leaves out what is dated after it; None takes everything known.
    """
    known = [event for event in promise.events if day is None or event.on <= day]
    known.sort(key=attrgetter("on"))
    first, due = promise.first_due_on, promise.first_due_on
    moves: list[Move] = []
    passed_over: list[Event] = []
    end: Event | None = None
    for event in known:
        if end is not None or (event.verb is Verb.moved and event.to is None):
            passed_over.append(event)
        elif event.to is not None and event.verb is Verb.moved:
            moves.append(Move(event.on, due, event.to, event.told, event.because, event.plan))
            first, due = first or event.to, event.to
        else:
            end = event
    if end is None:
        return Standing(State.open, first, due, moves=tuple(moves), passed_over=tuple(passed_over))
    state = TRANSITIONS[State.open][end.verb]
    return Standing(state, first, due, end.on, tuple(moves), end.told, end.because, tuple(passed_over))


def overdue(standing: Standing, day: date) -> bool:
    """Whether an open promise is past its due day; on the due day itself there is still time."""
    return standing.state is State.open and standing.due_on is not None and standing.due_on < day


def days_late(standing: Standing, day: date) -> int | None:
    """Days past the due day: up to `day` of an open promise, up to the keeping of a kept one.

    Returns:
        0 where it is not late; None where lateness has no meaning: no due day, broken, or released.
    """
    if standing.due_on is None:
        return None
    match standing.state:
        case State.open:
            end = day
        case State.kept if standing.closed_on is not None:
            end = standing.closed_on
        case _:
            return None
    return max(0, (end - standing.due_on).days)


def outcome_of(standing: Standing, day: date, window_days: int = WINDOW_DAYS) -> Outcome | None:
    """What became of a promise that stands so on the day; None where it does not count.

    Counted are promises with a due day that were kept or broken in the window, or released in it after their due
    day, or that are overdue on the day. The window is the `window_days` days up to and including `day`.
    """
    due, closed = standing.due_on, standing.closed_on
    if due is None:
        return None
    if closed is None:
        return Outcome.overdue if due < day else None
    if closed <= day - timedelta(days=window_days):
        return None
    match standing.state:
        case State.kept:
            return _keeping(standing, due, closed)
        case State.broken:
            return Outcome.broken_told if standing.told and closed <= due else Outcome.broken
        case _:
            return Outcome.released_late if closed > due else None


def _keeping(standing: Standing, due: date, closed: date) -> Outcome:
    if closed > due:
        return Outcome.kept_late
    if not all(move.fair for move in standing.moves):
        return Outcome.moved_untold
    if standing.first_due_on is not None and closed > standing.first_due_on:
        return Outcome.moved_told
    return Outcome.first_day


def outcome(promise: Promise, day: date, window_days: int = WINDOW_DAYS) -> Outcome | None:
    """What became of a promise, as of a day; None where it does not count (see `outcome_of`)."""
    return outcome_of(standing(promise, day), day, window_days) if exists(promise, day) else None


def check_event(promise: Promise, event: Event, today: date) -> None:
    """Refuse what cannot happen to a promise, before it is recorded.

    Raises:
        WrongUse: a day before the promise was made or after today, a move that names no day or the one that stands.
        Conflict: the promise has ended, be it on a later day than the event's.
    """
    from c4l.domain.dates import long

    number = promise.number
    if event.on < promise.made_on:
        raise WrongUse(
            f"promise {number} was made on {long(promise.made_on)}, after {long(event.on)}",
            "give --on a day on or after the one it was made",
        )
    if event.on > today:
        raise WrongUse(
            f"{long(event.on)} has not come yet", "record what happened on its day, or give --on a day up to today"
        )
    now = standing(promise)
    if event.verb not in TRANSITIONS[now.state] and now.closed_on is not None:
        raise Conflict(
            f"promise {number} was {now.state} on {long(now.closed_on)}",
            f"a closed promise stays closed; see it with: c4l show {number}",
        )
    if event.verb is Verb.moved:
        _check_move(promise, event)


def _check_move(promise: Promise, event: Event) -> None:
    from c4l.domain.dates import long

    number, due = promise.number, standing(promise, event.on).due_on
    if event.to is None:
        raise WrongUse(
            f"the move of promise {number} names no day",
            f"a promise cannot be moved to someday; say the new day: c4l move {number} DAY",
        )
    if event.to == due:
        raise WrongUse(f"promise {number} is due on {long(due)} already", f"say another day: c4l move {number} DAY")
