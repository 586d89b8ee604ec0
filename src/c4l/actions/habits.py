"""Am I living up to it? What you gave, and who had none of it."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from c4l.domain.habits import HABITS, Week, by_week, usual_start
from c4l.domain.terms import ClientRef
from c4l.domain.weeks import monday_of
from c4l.store import habits as stored
from c4l.store.store import Store


class Habits(NamedTuple):
    """What you gave, week by week.

    Attributes:
        since: the Monday of the first week.
        until: today.
        totals: over all weeks, by habit.
        clients: how many stand in the triangle today.
        without: those of them who had none of it, by name.
    """

    since: date
    until: date
    weeks: tuple[Week, ...]
    totals: Mapping[str, int]
    clients: int
    without: tuple[ClientRef, ...]


def habits(store: Store, today: date, since: date | None = None) -> Habits:
    """What you gave in whole weeks, from that of `since` up to today; without it, in the last twelve."""
    first = usual_start(today) if since is None else monday_of(since)
    with store.reading() as tx:
        things = stored.given(tx, first, today)
        everybody = stored.contacted(tx, today)
    weeks = by_week(things, first, today)
    totals = {habit: sum(week.counts[habit] for week in weeks) for habit in HABITS}
    lucky = {thing.client for thing in things}
    without = tuple(client for client in everybody if client.id not in lucky)
    return Habits(first, today, weeks, totals, len(everybody), without)
