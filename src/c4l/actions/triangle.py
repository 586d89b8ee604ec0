"""Where clients stand, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from c4l.domain.errors import Refused
from c4l.domain.evidence import Depth, Evidence, Glance, Peers, archived, peers
from c4l.domain.placement import Placement, place, quick_look, quick_looks, tier_on
from c4l.domain.records import Records
from c4l.domain.signals import TRUST
from c4l.domain.terms import ClientRef, Tier
from c4l.domain.thresholds import Thresholds
from c4l.store import triangle as stored
from c4l.store.store import Store, Transaction

if TYPE_CHECKING:
    from c4l.domain.compared import Compared
    from c4l.domain.lapses import Change, Fall


class Placed(NamedTuple):
    """A client's place on a day, as a list shows it.

    Attributes:
        keys: how many of the key criteria are met.
        depth: None where nobody looked so deep.
        missing: what would move them up, in a few words each; only where somebody looked deeper.
    """

    client: ClientRef
    tier: Tier
    glance: Glance
    keys: int
    depth: Depth | None = None
    missing: tuple[str, ...] = ()

    @property
    def shows(self) -> tuple[str, ...]:
        """The signs of trust seen in the window, in the order of their table."""
        return tuple(name for name in TRUST if name in self.glance.shown)


class TriangleView(NamedTuple):
    """Everybody's place on a day.

    Attributes:
        placed: those that match: the top first, in each tier those first that are nearest to the next.
        detailed: the first few of each tier, with their depth and what is missing.
        counts: of every tier, whatever was asked for.
        uncontacted: clients known by then and never contacted.
        limit_given: whether somebody said how many of each tier are looked into; the usual number of the base is few.
        falls: those of the detailed who fall soon, by number; soon is `ahead.NEAR_DAYS`.
        changes: of those who match, when each falls and rises, by number; only where that was asked for.
    """

    as_of: date
    today: date
    thresholds: Thresholds
    placed: tuple[Placed, ...]
    detailed: tuple[Placed, ...]
    counts: Mapping[Tier, int]
    uncontacted: int
    tier: Tier | None = None
    limit_given: bool = False
    falls: "Mapping[int, Fall]" = MappingProxyType({})
    changes: "Mapping[int, Change]" = MappingProxyType({})


class Why(NamedTuple):
    """A client's place on a day, with every reason.

    Attributes:
        fall: the first later day on which they stand lower, and what brings it about; None where nothing does.
        others: by criterion, the other clients on whom the answer turns, as they stand on the day.
    """

    placement: Placement
    as_of: date
    today: date
    fall: "Fall | None" = None
    others: "Mapping[str, Compared]" = MappingProxyType({})


def triangle(
    store: Store,
    day: date,
    today: date,
    thresholds: Thresholds,
    tier: Tier | None = None,
    details: int | None = 0,
    limit: int | None = None,
    *,
    changes: bool = False,
) -> TriangleView:
    """Everybody's place on a day.

    Args:
        tier: only this one is listed; all are counted.
        details: how many of each tier are looked into; None for all.
        limit: list at most so many; all are counted.
        changes: whether to say of all who are listed when they fall and rise.
    """
    with store.reading() as tx:
        everybody, known, uncontacted = survey(tx, day, thresholds)
        levels: dict[Tier, list[Placed]] = {level: [] for level in reversed(Tier)}
        for each in everybody:
            levels[each.tier].append(each)
        listed = {level: there for level, there in levels.items() if tier in (None, level)}
        for level, there in listed.items():
            there.sort(key=_nearness(level, thresholds))
        detailed = [each for there in listed.values() for each in there[:details]]
        depths = stored.depths(tx, [each.client.id for each in detailed], day, thresholds)
        placed = tuple(islice(chain.from_iterable(listed.values()), limit))
        falls, changing = _ahead(tx, detailed, placed if changes else (), known, day, thresholds)
        looked_into = _looked_into(tx, detailed, depths, known, day, thresholds)
    # Of two who are as near at a glance, the one who lacks less is nearer.
    looked_into.sort(key=lambda each: (-each.tier.rank, *_nearness(each.tier, thresholds)(each), len(each.missing)))
    return TriangleView(
        as_of=day,
        today=today,
        thresholds=thresholds,
        placed=placed,
        detailed=tuple(looked_into),
        counts={level: len(levels[level]) for level in Tier},
        uncontacted=uncontacted,
        tier=tier,
        falls=falls,
        changes=changing,
    )


def _ahead(
    tx: Transaction,
    detailed: Sequence[Placed],
    placed: Sequence[Placed],
    known: Peers,
    day: date,
    thresholds: Thresholds,
) -> "tuple[Mapping[int, Fall], Mapping[int, Change]]":
    """Who of those looked into falls soon, and when the others given fall and rise."""
    if not detailed and not placed:
        return {}, {}
    from c4l.actions import ahead

    falls = ahead.falls_of_few(tx, detailed, known, day, thresholds)
    return falls, ahead.changes(tx, placed, known, day, thresholds) if placed else {}


def _nearness(tier: Tier, thresholds: Thresholds) -> Callable[[Placed], tuple[int, int]]:
    """How far clients of a tier are from the next at a glance, in signs or key criteria, then who shows most."""
    signs: dict[frozenset[str], int] = {}

    def nearness(each: Placed) -> tuple[int, int]:
        shown = each.glance.shown
        if shown not in signs:
            signs[shown] = len(shown.intersection(TRUST))
        short = max(0, thresholds.trusted_needed - signs[shown])
        if tier is Tier.base:
            short = min(short, thresholds.key_needed - each.keys)
        return short, -signs[shown]

    return nearness


def why(store: Store, client: ClientRef, day: date, today: date, thresholds: Thresholds) -> Why:
    """A client's place on a day, with every reason.

    Raises:
        Refused: if the client has no place in the triangle on that day.
    """
    from c4l.domain.compared import COMPARED
    from c4l.domain.lapses import fall_on, outlook, with_lapses

    with store.reading() as tx:
        seen = stored.overview(tx, day, thresholds)
        records = stored.records(tx, client)
    known = peers(seen.glances.values())
    placement = place(records, known, day, thresholds)
    if placement is None:
        raise _no_place(records, day)
    ahead = outlook(records, known, day, thresholds)
    placement = with_lapses(placement, ahead)
    fall = None if placement.lapses_on is None else fall_on(ahead, placement.lapses_on)
    glances = {ref: seen.glances[ref.id] for ref in seen.placed}
    return Why(placement, day, today, fall, {name: row.others(glances, client) for name, row in COMPARED.items()})


def _no_place(records: Records, day: date) -> Refused:
    """Why a client has no place on a day, and what would give them one."""
    from c4l.domain.dates import long

    client = records.client
    if not archived(records, day):
        return Refused(
            f"{client.name} has no place on {long(day)}: not contacted by then",
            f"after the first contact: c4l log {client.handle} NOTE",
        )
    spell = max((spell for spell in records.archived if spell.start <= day), key=lambda spell: spell.start)
    if spell.end is not None:
        return Refused(
            f"{client.name} has no place on {long(day)}: archived from {long(spell.start)} to {long(spell.end)}",
            "--as-of asks about another day",
        )
    return Refused(
        f"{client.name} has no place on {long(day)}: archived since {long(spell.start)}",
        f"c4l client unarchive {client.handle} takes them back; --as-of asks about another day",
    )


def in_tier(store: Store, tier: Tier, today: date, thresholds: Thresholds) -> list[int]:
    """The numbers of the clients who stand there today."""
    with store.reading() as tx:
        everybody, *_ = survey(tx, today, thresholds)
    return [each.client.id for each in everybody if each.tier is tier]


def tiers(tx: Transaction, clients: Iterable[int], day: date, thresholds: Thresholds) -> dict[int, Tier]:
    """Where some clients stand on a day, by number; those without a place are left out."""
    seen = stored.overview(tx, day, thresholds).glances
    known = peers(seen.values())
    looked = {number: quick_look(seen[number], known, thresholds)[0] for number in clients if number in seen}
    depths = stored.depths(tx, [number for number, tier in looked.items() if tier is None], day, thresholds)
    return {
        number: tier or _tier(seen[number], known, depths.get(number), day, thresholds)
        for number, tier in looked.items()
    }


def survey(tx: Transaction, day: date, thresholds: Thresholds) -> tuple[list[Placed], Peers, int]:
    """Everybody's tier, for which a glance is mostly enough; what it was measured by, and how many are uncontacted."""
    refs, seen, uncontacted = stored.overview(tx, day, thresholds)
    known = peers(seen.values())
    settled = quick_looks(seen, known, thresholds)
    depths = stored.depths(tx, [number for number, (tier, _) in settled.items() if tier is None], day, thresholds)
    found = []
    for ref in refs:
        glance, (tier, keys), depth = seen[ref.id], settled[ref.id], depths.get(ref.id)
        if tier is None:
            tier = _tier(glance, known, depth, day, thresholds)
        found.append(Placed(ref, tier, glance, keys, depth))
    return found, known, uncontacted


def _tier(glance: Glance, known: Peers, depth: Depth | None, day: date, thresholds: Thresholds) -> Tier:
    return tier_on(Evidence(glance, known.others(glance), thresholds, depth or Depth(), day))


def _looked_into(
    tx: Transaction,
    detailed: Sequence[Placed],
    depths: Mapping[int, Depth],
    known: Peers,
    day: date,
    thresholds: Thresholds,
) -> list[Placed]:
    """The same with their depth, and with what is missing on the way that their plan takes."""
    if not detailed:
        return []
    from c4l.actions.ahead import ways_up
    from c4l.domain.hints import missing

    ways = ways_up(tx, detailed, known, day, thresholds)
    found = []
    for each in detailed:
        depth = depths[each.client.id]
        evidence = Evidence(each.glance, known.others(each.glance), thresholds, depth, day)
        found.append(each._replace(depth=depth, missing=missing(evidence, ways[each.client.id])))
    return found
