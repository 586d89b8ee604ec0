"""Who is going quiet, and hiding somebody from that for a while."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from c4l.actions.triangle import tiers
from c4l.domain.cadence import Silence, awaited_on, days_quiet
from c4l.domain.clients import Client
from c4l.domain.errors import WrongUse
from c4l.domain.names import name_key
from c4l.domain.records import Contact
from c4l.domain.terms import ClientRef, Tier
from c4l.domain.thresholds import Thresholds
from c4l.store import clients, morning
from c4l.store.store import Store, Transaction

Cadence = Callable[[Tier], int]
"""The days that may pass between interactions with a client of a tier who has no cadence of their own."""


class Quiet(NamedTuple):
    """A client with whom there has been no contact for too long.

    Attributes:
        tier: None of those never contacted, who have no place in the triangle.
        cadence_days: their own, else that of their tier; None where neither holds.
        days_since: since the last contact; None where there was none.
        wished_on: the day by which there was to be contact; `days_over` is how long ago that is.
        awaited: whether that day was set for them, in place of the cadence.
    """

    client: ClientRef
    tier: Tier | None
    last_on: date | None
    cadence_days: int | None
    days_since: int | None
    wished_on: date
    days_over: int
    awaited: bool


class QuietList(NamedTuple):
    """Those going quiet, the most overdue first; `more` are not shown.

    Attributes:
        last: the last interaction with each of those shown, by their number.
        tier: the only one that was asked for; `tag` likewise.
    """

    clients: tuple[Quiet, ...]
    more: int
    today: date
    last: Mapping[int, Contact]
    tier: Tier | None = None
    tag: str | None = None


def quiet(
    store: Store,
    today: date,
    thresholds: Thresholds,
    cadence: Cadence,
    tier: Tier | None = None,
    tag: str | None = None,
    limit: int | None = None,
) -> QuietList:
    """Those going quiet.

    Args:
        tier: only those who stand there today.
        tag: only those who have it.
        limit: show at most so many; all are counted.
    """
    with store.reading() as tx:
        everybody = morning.silences(tx, today)
        if tag is not None:
            there = morning.tagged(tx, name_key(tag))
            everybody = [silence for silence in everybody if silence.client.id in there]
        found = going_quiet(tx, everybody, today, thresholds, cadence)
        found = [each for each in found if tier in (None, each.tier)]
        shown = tuple(found[:limit])
        last = morning.last_contacts(tx, [each.client.id for each in shown], today)
    return QuietList(shown, len(found) - len(shown), today, last, tier, tag)


def going_quiet(
    tx: Transaction,
    everybody: Iterable[Silence],
    today: date,
    thresholds: Thresholds,
    cadence: Cadence,
    placed: Mapping[int, Tier] | None = None,
) -> list[Quiet]:
    """Those of some clients who are going quiet, the most overdue first; of one day, by name.

    Args:
        placed: where everybody stands today, by number, where that is known already.
    """
    days_of = {tier: cadence(tier) for tier in Tier}
    # The shortest cadence lets nobody pass who is quiet; only of those left does the place matter.
    shortest = min(days_of.values())
    likely = [silence for silence in everybody if days_quiet(silence, shortest, today) is not None]
    # Those never contacted have no place: where there are only such, the triangle need not be drawn up.
    contacted = [silence.client.id for silence in likely if silence.last_on is not None]
    if placed is None:
        placed = tiers(tx, contacted, today, thresholds) if contacted else {}
    found = (_quiet(silence, placed.get(silence.client.id), days_of, today) for silence in likely)
    return sorted(
        (each for each in found if each is not None), key=lambda each: (-each.days_over, name_key(each.client.name))
    )


def _quiet(silence: Silence, tier: Tier | None, days_of: dict[Tier, int], today: date) -> Quiet | None:
    tier_days = None if tier is None else days_of[tier]
    over = days_quiet(silence, tier_days, today)
    # Most of a large book end here, in touch as often as their tier asks for.
    if over is None:
        return None
    return Quiet(
        silence.client,
        tier,
        silence.last_on,
        tier_days if silence.cadence_days is None else silence.cadence_days,
        None if silence.last_on is None else (today - silence.last_on).days,
        today - timedelta(days=over),
        over,
        awaited_on(silence) is not None,
    )


def snooze(store: Store, client: ClientRef, until: date | None, today: date, thresholds: Thresholds) -> Client:
    """Hide a client from those going quiet until a day; None shows them again.

    Raises:
        WrongUse: if that day is not still to come.
    """
    if until is not None and until <= today:
        raise WrongUse(
            f"{until.isoformat()} is not still to come",
            f"say a later day, or how long: c4l snooze {client.handle} 2w",
        )
    with store.writing("snooze") as changes:
        changes.update("client", client.id, snoozed_until_on=until)
        return clients.listed(changes, today, thresholds.window_days, {"clients": [client.id]})[0]
