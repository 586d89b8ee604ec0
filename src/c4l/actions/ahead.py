"""Who will fall or rise if nothing more happens, and on which day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from c4l.domain.criteria import CRITERIA
from c4l.domain.evidence import Depth, Evidence, Peers, Seen, records_by
from c4l.domain.lapses import Change, Fall, Outlook, change, deciding, fall_on, may_fall, with_promises_kept
from c4l.domain.sources import Source
from c4l.domain.terms import Tier
from c4l.domain.thresholds import Thresholds
from c4l.store import ahead as stored
from c4l.store.store import Transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from c4l.actions.triangle import Placed

NEAR_DAYS = 60
"""A fall within so many days is told wherever the client is: there is time to hold them, and none to lose."""

_ALL = frozenset(criterion.reads for criterion in CRITERIA)


class Near(NamedTuple):
    """A client who is about to fall."""

    placed: "Placed"
    on: date


def near(
    tx: Transaction,
    placed: "Iterable[Placed]",
    peers: Peers,
    day: date,
    thresholds: Thresholds,
    days: int,
    *,
    if_kept: bool = False,
) -> list[Near]:
    """Those of some clients who fall within so many days; nobody does from the base.

    Args:
        if_kept: look ahead as if promises of yours that are not late yet cost nothing.
    """
    until = day + timedelta(days=days)
    wanted = [(each, _reads(each, peers, thresholds)) for each in _likely(tx, placed, peers, day, until, thresholds)]
    found = []
    for each, ahead in _outlooks(tx, wanted, peers, day, thresholds):
        lapses_on = change(_seen(ahead, if_kept=if_kept)._replace(until=until)).lapses_on
        if lapses_on is not None:
            found.append(Near(each, lapses_on))
    return found


def falls(
    tx: Transaction,
    found: Iterable[Near],
    peers: Peers,
    day: date,
    thresholds: Thresholds,
    *,
    if_kept: bool = False,
) -> dict[int, Fall]:
    """What brings some falls about, by the number of the client: that takes more records than to find them.

    Args:
        if_kept: as they were found.
    """
    on = {each.placed.client.id: each.on for each in found}
    wanted = [(each.placed, _ALL) for each in found]
    return {
        each.client.id: fall_on(_seen(ahead, if_kept=if_kept), on[each.client.id])
        for each, ahead in _outlooks(tx, wanted, peers, day, thresholds)
    }


def falls_of_few(
    tx: Transaction, placed: "Iterable[Placed]", peers: Peers, day: date, thresholds: Thresholds
) -> dict[int, Fall]:
    """The falls of a few clients within `NEAR_DAYS`, by number: all their records are read at once, whoever falls."""
    until = day + timedelta(days=NEAR_DAYS)
    wanted = [(each, _ALL) for each in _likely(tx, placed, peers, day, until, thresholds)]
    found = {}
    for each, ahead in _outlooks(tx, wanted, peers, day, thresholds):
        lapses_on = change(ahead._replace(until=until)).lapses_on
        if lapses_on is not None:
            found[each.client.id] = fall_on(ahead, lapses_on)
    return found


def _seen(ahead: Outlook, *, if_kept: bool) -> Outlook:
    return with_promises_kept(ahead) if if_kept else ahead


def ways_up(
    tx: Transaction, placed: "Iterable[Placed]", peers: Peers, day: date, thresholds: Thresholds
) -> "dict[int, Tier | None]":
    """The tier that the plan of each of some clients leads to, by number; None at the top."""
    from c4l.domain.hints import way_up

    # To tell a way from the base takes records; of the others only the tier is read.
    wanted = [(each, _ALL if each.tier is Tier.base else frozenset[Source]()) for each in placed]
    return {
        each.client.id: way_up(each.tier, ahead.records, peers, day, thresholds)
        for each, ahead in _outlooks(tx, wanted, peers, day, thresholds)
    }


def changes(
    tx: Transaction, placed: "Iterable[Placed]", peers: Peers, day: date, thresholds: Thresholds
) -> dict[int, Change]:
    """When each of some clients falls and rises, by number; those for whom days change nothing are left out."""
    wanted = [(each, reads) for each in placed if (reads := _reads(each, peers, thresholds))]
    return {each.client.id: change(ahead) for each, ahead in _outlooks(tx, wanted, peers, day, thresholds)}


def _likely(
    tx: Transaction, placed: "Iterable[Placed]", peers: Peers, day: date, until: date, thresholds: Thresholds
) -> "Iterator[Placed]":
    """Those who may fall up to a day: all who do are among them, and nobody of the base."""
    above = [each for each in placed if each.tier is not Tier.base]
    now = {each.client.id: each.glance for each in above}
    glances = stored.least_glances(tx, now, day, until, thresholds)
    for_life = {each.client.id: each.depth for each in above if each.tier is Tier.life and each.depth is not None}
    depths = stored.least_depths(tx, for_life, day, until, thresholds)
    for each in above:
        number, others = each.client.id, peers.others(each.glance)
        if may_fall(each.tier, Evidence(glances[number], others, thresholds, depths.get(number, Depth()), until)):
            yield each


def _reads(each: "Placed", peers: Peers, thresholds: Thresholds) -> frozenset[Source]:
    """What is read of a client to look ahead; nothing where days cannot change their place."""
    seen = Seen(each.glance, peers.others(each.glance), thresholds)
    return frozenset(criterion.reads for criterion in deciding(each.tier, seen))


def _outlooks(
    tx: Transaction,
    wanted: "Iterable[tuple[Placed, frozenset[Source]]]",
    peers: Peers,
    day: date,
    thresholds: Thresholds,
) -> "Iterator[tuple[Placed, Outlook]]":
    """What there is to look ahead from, of each client with so much of their records as is wanted."""
    by_number = {each.client.id: (each, reads) for each, reads in wanted}
    read = {each.client: reads for each, reads in by_number.values()}
    for records in stored.records(tx, read, day, thresholds):
        each, _ = by_number[records.client.id]
        yield each, Outlook(records_by(records, day), peers.others(each.glance), day, thresholds)
