"""The morning page: what is late, who waits, and what is coming, on one day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Generic, NamedTuple, TypeVar

from c4l.actions.ahead import falls, near
from c4l.actions.promises import PromiseView, view
from c4l.actions.quiet import Cadence, Quiet, going_quiet
from c4l.actions.triangle import Placed, survey
from c4l.domain.anniversaries import Anniversary, coming
from c4l.domain.cadence import MORNING_DAYS, Silence, awaited_on
from c4l.domain.clients import Interaction
from c4l.domain.evidence import Peers
from c4l.domain.lapses import Fall
from c4l.domain.records import Contact
from c4l.domain.terms import ClientRef, Party, Tier
from c4l.domain.thresholds import Thresholds
from c4l.store import morning
from c4l.store import promises as stored
from c4l.store.morning import Door as Door
from c4l.store.store import Store, Transaction

Row = TypeVar("Row")

LAPSING_DAYS = 30
"""So far ahead a fall is told at least: within a week nobody earns a sign of trust."""


class Section(NamedTuple, Generic[Row]):
    """One part of the page: the first few rows, and how many more there are."""

    rows: tuple[Row, ...] = ()
    more: int = 0

    @property
    def total(self) -> int:
        """How many there are, shown or not."""
        return len(self.rows) + self.more


class Coming(NamedTuple):
    """A key date of a client that is coming."""

    client: ClientRef
    date: Anniversary


class Next(NamedTuple):
    """A contact that is coming: a day that was set for one, or an interaction that is planned."""

    client: ClientRef
    on: date
    plan: Interaction | None = None


class Lapsing(NamedTuple):
    """A client who is about to lose their place.

    Attributes:
        tier: where they stand today.
    """

    client: ClientRef
    tier: Tier
    fall: Fall


class TodayPage(NamedTuple):
    """A morning.

    Attributes:
        days: how far it looks ahead.
        overdue: promises past their due day, yours before theirs, each by due day; `mine` of them are yours.
        due: promises due today or in the days ahead, by due day; where some are left out, theirs are.
        dates: key dates; `next` contacts; both in the days ahead, today among them.
        lapsing: who falls within `LAPSING_DAYS`, or in the days ahead where those are more, even if what is due is
            kept; the next first.
        thanks: the last door of each client who waits for thanks, the longest wait first.
        last: the last interaction with each client who is shown, by number.
        anybody: whether there is any client at all.
    """

    as_of: date
    days: int
    overdue: Section[PromiseView]
    mine: int
    due: Section[PromiseView]
    quiet: Section[Quiet]
    dates: Section[Coming]
    lapsing: Section[Lapsing]
    thanks: Section[Door]
    next: Section[Next]
    last: Mapping[int, Contact]
    anybody: bool

    @property
    def clean(self) -> bool:
        """Whether there is nothing to do."""
        parts = (self.overdue, self.due, self.quiet, self.dates, self.lapsing, self.thanks, self.next)
        return not any(part.total for part in parts)


def today(
    store: Store,
    day: date,
    thresholds: Thresholds,
    cadence: Cadence,
    days: int = MORNING_DAYS,
    limit: int | None = None,
) -> TodayPage:
    """The page of a day.

    Args:
        days: how far to look ahead.
        limit: show at most so many of each part; all are counted.
    """
    until = day + timedelta(days=days)
    with store.reading() as tx:
        everybody = morning.silences(tx, day)
        placed, peers = _placed(tx, everybody, day, thresholds)
        tiers = {each.client.id: each.tier for each in placed}
        thanks = _first(morning.doors_unthanked(tx, day), limit)
        page = TodayPage(
            as_of=day,
            days=days,
            overdue=_promises(tx, {"due_before": day}, day, limit),
            mine=stored.counted(tx, {"open": None, "due_before": day, "owner": Party.me}),
            due=_by_day(_promises(tx, {"due_from": day, "due_by": until}, day, limit)),
            quiet=_first(going_quiet(tx, everybody, day, thresholds, cadence, tiers), limit),
            dates=_first(_dates(tx, day, until), limit),
            lapsing=_lapsing(tx, placed, peers, day, thresholds, max(days, LAPSING_DAYS), limit),
            thanks=Section(tuple(morning.doors(tx, thanks.rows, day)), thanks.more),
            next=_first(_next(tx, everybody, day, until), limit),
            last={},
            anybody=bool(everybody),
        )
        return page._replace(last=morning.last_contacts(tx, _shown(page), day))


def _placed(
    tx: Transaction, everybody: Iterable[Silence], day: date, thresholds: Thresholds
) -> tuple[list[Placed], Peers]:
    """Where everybody stands; where nobody was contacted yet, the triangle need not be drawn up."""
    if all(silence.last_on is None for silence in everybody):
        return [], Peers()
    placed, peers, _ = survey(tx, day, thresholds)
    return placed, peers


def _lapsing(
    tx: Transaction,
    placed: Sequence[Placed],
    peers: Peers,
    day: date,
    thresholds: Thresholds,
    days: int,
    limit: int | None,
) -> Section[Lapsing]:
    """Those who fall within so many days, the next first: what is due is told of elsewhere, and no alarm yet."""
    found = near(tx, placed, peers, day, thresholds, days, if_kept=True)
    first = _first(sorted(found, key=lambda each: (each.on, -each.placed.tier.rank, each.placed.client.name)), limit)
    how = falls(tx, first.rows, peers, day, thresholds, if_kept=True)
    told = (Lapsing(client := each.placed.client, each.placed.tier, how[client.id]) for each in first.rows)
    return Section(tuple(told), first.more)


def _first(found: Sequence[Row], limit: int | None) -> Section[Row]:
    rows = tuple(found[:limit])
    return Section(rows, len(found) - len(rows))


def _promises(tx: Transaction, filters: dict[str, Any], day: date, limit: int | None) -> Section[PromiseView]:
    """Open promises that the filters let through, yours first, each by due day: what others owe hides none of yours."""
    filters = {"open": None, **filters}
    rows: list[PromiseView] = []
    for owner in Party:
        left = None if limit is None else limit - len(rows)
        if left != 0:
            rows += (view(promise, day) for promise in stored.listed(tx, {**filters, "owner": owner}, left))
    return Section(tuple(rows), 0 if limit is None else stored.counted(tx, filters) - len(rows))


def _by_day(section: Section[PromiseView]) -> Section[PromiseView]:
    rows = sorted(section.rows, key=lambda each: (each.standing.due_on or date.max, each.promise.number))
    return section._replace(rows=tuple(rows))


def _dates(tx: Transaction, day: date, until: date) -> list[Coming]:
    """The key dates that come round up to a day, the next first."""
    months = {(day + timedelta(days=ahead)).month for ahead in range((until - day).days + 1)}
    found = (Coming(client, coming(each, day)) for client, each in morning.key_dates(tx, months, day))
    return sorted((each for each in found if each.date.on <= until), key=lambda each: (each.date.on, each.client.name))


def _next(tx: Transaction, everybody: Iterable[Silence], day: date, until: date) -> list[Next]:
    """The contacts that are to come up to a day, the next first; a plan for the very day that was set says it all."""
    plans = {(client, plan.on): Next(client, plan.on, plan) for client, plan in morning.planned(tx, day, until)}
    found = list(plans.values())
    for silence in everybody:
        awaited = awaited_on(silence)
        if awaited is not None and day <= awaited <= until and (silence.client, awaited) not in plans:
            found.append(Next(silence.client, awaited))
    return sorted(found, key=lambda each: (each.on, each.client.name))


def _shown(page: TodayPage) -> Iterable[int]:
    """The numbers of the clients whom the page names."""
    for promise in (*page.overdue.rows, *page.due.rows):
        yield promise.promise.client.id
    yield from (each.client.id for each in page.quiet.rows)
    yield from (each.client.id for each in page.dates.rows)
    yield from (each.client.id for each in page.lapsing.rows)
    yield from (each.client.id for each in page.thanks.rows)
    yield from (each.client.id for each in page.next.rows)
