"""What you give your clients, week by week: the signals that are yours, and the slips that you told of early."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from c4l.domain.promises import exists, standing
from c4l.domain.records import Promise, Records
from c4l.domain.terms import Party, State
from c4l.domain.weeks import iso_week, monday_of

HABITS = ("thanked", "praised", "suggested", "listened", "put-first", "helped", "warned", "owned")
"""The signals shown by you, in the order in which they are told."""

USUAL_WEEKS = 12
_WEEK = timedelta(days=7)


class Given(NamedTuple):
    """Something that a client was given on a day.

    Attributes:
        client: their number.
        habit: one of `HABITS`.
    """

    client: int
    habit: str
    on: date


class Week(NamedTuple):
    """What was given in an ISO week.

    Attributes:
        starts_on: its Monday.
        counts: by habit, every one of them.
    """

    starts_on: date
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.counts.values())

    @property
    def name(self) -> str:
        """As ISO writes it: `2026-W47`."""
        return iso_week(self.starts_on)


def usual_start(today: date) -> date:
    """The Monday with which the last twelve weeks begin, this one among them."""
    return monday_of(today) - (USUAL_WEEKS - 1) * _WEEK


def given(records: Records, first: date, last: date) -> Iterator[Given]:
    """What a client was given from the first to the last day; what is dated after the last is not known yet."""
    told = (on for promise in records.promises for on in _warnings(promise, last))
    seen = ((sign.signal, sign.on) for sign in records.signs if sign.signal in HABITS and sign.signal != "warned")
    for habit, on in (*seen, *(("warned", on) for on in told)):
        if first <= on <= last:
            yield Given(records.client.id, habit, on)


def by_week(things: Iterable[Given], first: date, last: date) -> tuple[Week, ...]:
    """Every week from that of the first to that of the last day, the empty ones among them."""
    counts: dict[date, Counter[str]] = {}
    for thing in things:
        counts.setdefault(monday_of(thing.on), Counter())[thing.habit] += 1
    weeks, start = [], monday_of(first)
    while start <= last:
        counted = counts.get(start, Counter())
        weeks.append(Week(start, {habit: counted[habit] for habit in HABITS}))
        start += _WEEK
    return tuple(weeks)


def _warnings(promise: Promise, day: date) -> Iterator[date]:
    """The days on which they heard from you, on or before the due day, that a promise of yours would slip."""
    if promise.by is not Party.me or not exists(promise, day):
        return
    stands = standing(promise, day)
    yield from (move.on for move in stands.moves if move.later and move.told and move.fair)
    due, closed = stands.due_on, stands.closed_on
    if stands.state is State.broken and stands.told and due is not None and closed is not None and closed <= due:
        yield closed
