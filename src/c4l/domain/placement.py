"""Where clients stand in the triangle: findings from evidence, and tiers from findings."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from c4l.domain.criteria import CRITERIA, KEY, LIFE, LIFE_AT_A_GLANCE, Criterion
from c4l.domain.evidence import Case, Evidence, Glance, Peers, Seen, case, glance, peers, placed, uncontacted
from c4l.domain.reasons import Exhibit
from c4l.domain.records import Records
from c4l.domain.terms import ClientRef, Tier
from c4l.domain.thresholds import Thresholds

__all__ = [
    "Exhibit",
    "Finding",
    "Placement",
    "Triangle",
    "place",
    "place_all",
    "quick_look",
    "quick_looks",
    "tier_of",
    "tier_on",
]


class Finding(NamedTuple):
    """A criterion's answer for one client on one day.

    Attributes:
        criterion: its name; `tier` is the level it counts for.
        met: None where there is not enough evidence, which counts as not met.
        measured: what was found.
        needed: what is still missing; None where the criterion is met.
        lapses_on: the first later day on which it is no longer met, where that is known.
        evidence: the records behind it.
    """

    criterion: str
    tier: Tier
    met: bool | None
    measured: str
    needed: str | None
    lapses_on: date | None = None
    evidence: tuple[Exhibit, ...] = ()


class Placement(NamedTuple):
    """A client's tier with all its findings.

    Attributes:
        own_view: where you think they stand, as last stated.
        lapses_on: the first later day with a lower tier, where that is known.
        rises_on: the day on which time alone would lift them, where that is known.
    """

    client: ClientRef
    tier: Tier
    own_view: Tier | None
    findings: tuple[Finding, ...]
    lapses_on: date | None = None
    rises_on: date | None = None


class Triangle(NamedTuple):
    """A whole book on a day: the placed clients, in the order they came in, and how many were never contacted."""

    placements: tuple[Placement, ...]
    uncontacted: int


def tier_of(met: Callable[[str], bool | None], thresholds: Thresholds) -> Tier:
    """The tier that follows from the criteria, asked by name; all for life are needed, and life needs no key."""
    if all(met(criterion.name) for criterion in LIFE):
        return Tier.life
    found = sum(met(criterion.name) is True for criterion in KEY)
    return Tier.key if found >= thresholds.key_needed else Tier.base


def tier_on(evidence: Evidence) -> Tier:
    """The tier of a placed client, without the reasons."""
    met = {criterion.name: criterion.met(evidence) for criterion in CRITERIA}
    return tier_of(met.__getitem__, evidence.thresholds)


def quick_look(glance: Glance, peers: Peers, thresholds: Thresholds) -> tuple[Tier | None, int]:
    """The tier of a placed client, or None where only depth can settle it, and how many key criteria are met.

    Args:
        glance: one of those that `peers` was built from.
    """
    seen = Seen(glance, peers.others(glance), thresholds)
    # Plain loops: over ten thousand clients, generators would cost more than the rules themselves.
    found = 0
    for key in KEY:
        if key.met(seen):
            found += 1
    for life in LIFE_AT_A_GLANCE:
        if not life.met(seen):
            return Tier.key if found >= thresholds.key_needed else Tier.base, found
    return None, found


def quick_looks(
    glances: Mapping[int, Glance], peers: Peers, thresholds: Thresholds
) -> dict[int, tuple[Tier | None, int]]:
    """The same for every client of a book, by number; those who show the same are looked at once."""
    known: dict[tuple[object, ...], tuple[Tier | None, int]] = {}
    found = {}
    for number, own in glances.items():
        shown, asked, minutes, stake, value, _ = own
        # More requests than enough make no difference, and neither does your own view.
        alike = (shown, min(asked, thresholds.demands_least), minutes, stake, value)
        look = known.get(alike)
        if look is None:
            look = known[alike] = quick_look(own, peers, thresholds)
        found[number] = look
    return found


def place(records: Records, peers: Peers, day: date, thresholds: Thresholds) -> Placement | None:
    """A client's tier on a day, with every reason; None where the client has no place in the triangle.

    Args:
        peers: of all clients placed on that day, this one among them.
    """
    if not placed(records, day):
        return None
    whole = case(records, peers, day, thresholds)
    findings = tuple(_finding(criterion, whole) for criterion in CRITERIA)
    met = {finding.criterion: finding.met for finding in findings}
    return Placement(records.client, tier_of(met.__getitem__, thresholds), whole.glance.own_view, findings)


def place_all(book: Iterable[Records], day: date, thresholds: Thresholds) -> Triangle:
    """The rule for a whole book, from its records and the day alone."""
    clients = list(book)
    known = peers(glance(records, day, thresholds) for records in clients if placed(records, day))
    placements = (place(records, known, day, thresholds) for records in clients)
    return Triangle(
        tuple(placement for placement in placements if placement is not None),
        sum(uncontacted(records, day) for records in clients),
    )


def _finding(criterion: Criterion[Seen] | Criterion[Evidence], case: Case) -> Finding:
    met = criterion.met(case)
    reasons = criterion.reasons(case)
    needed = None if met else reasons.needed
    return Finding(criterion.name, criterion.tier, met, reasons.measured, needed, evidence=reasons.exhibits)
