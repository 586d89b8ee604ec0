"""What days alone will change: when a finding lapses, when a placement falls or rises.

There is no second rule for this. The criteria are read again over the same records, on the days on which one of these
changes standing. What is dated ahead, a plan for instance, counts when its day has come. The other clients are held as
they stand on the day that is asked about; so only the client's own records decide. A client who is archived has no
place, which is lower than any.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from c4l.domain.criteria import CRITERIA, KEY, LIFE, LIFE_AT_A_GLANCE, Criterion
from c4l.domain.evidence import Case, Depth, Evidence, Glance, Others, Peers, Seen, archived, depth, glance
from c4l.domain.placement import Placement, tier_of, tier_on
from c4l.domain.reasons import Exhibit
from c4l.domain.records import Records
from c4l.domain.terms import Tier
from c4l.domain.thresholds import Thresholds

AnyCriterion = Criterion[Seen] | Criterion[Evidence]

_AT_A_GLANCE = frozenset(criterion.name for criterion in (*KEY, *LIFE_AT_A_GLANCE))


class Outlook(NamedTuple):
    """A placed client on a day, to be looked at on later ones.

    Attributes:
        others: the other clients, as they stand on the day.
        until: the last day that is looked at; None for as long as anything changes.
    """

    records: Records
    others: Others
    day: date
    thresholds: Thresholds
    until: date | None = None


class Loss(NamedTuple):
    """A criterion that lapses, as it stands on that day.

    Attributes:
        measured: what is left; `needed` is what would hold it, both as its reasons have it.
        gone: the records behind it that are too old to count from that day on.
        come: those that count from that day on.
    """

    criterion: str
    measured: str
    needed: str
    gone: tuple[Exhibit, ...] = ()
    come: tuple[Exhibit, ...] = ()


class Fall(NamedTuple):
    """The first later day on which a client stands lower.

    Attributes:
        tier: where they stand then; None where they are archived and have no place.
        losses: the criteria whose lapse it is.
    """

    on: date
    tier: Tier | None
    losses: tuple[Loss, ...]


class Change(NamedTuple):
    """When a place is lost, and when time alone lifts it; None where neither will be."""

    lapses_on: date | None
    rises_on: date | None


def outlook(records: Records, peers: Peers, day: date, thresholds: Thresholds, until: date | None = None) -> Outlook:
    """What there is to look ahead from.

    Args:
        peers: of all clients placed on that day, this one among them.
    """
    return Outlook(records, peers.others(glance(records, day, thresholds)), day, thresholds, until)


def with_lapses(placement: Placement, ahead: Outlook) -> Placement:
    """The same placement with the days on which it and its findings lapse, and the one on which it rises."""
    by_name = {criterion.name: criterion for criterion in CRITERIA}
    findings = (
        finding._replace(lapses_on=lapse(ahead, by_name[finding.criterion])) if finding.met else finding
        for finding in placement.findings
    )
    lapses_on, rises_on = change(ahead)
    return placement._replace(findings=tuple(findings), lapses_on=lapses_on, rises_on=rises_on)


def lapse(ahead: Outlook, criterion: AnyCriterion) -> date | None:
    """The first later day on which a criterion that is met is not met; None where it never lapses."""
    look = _Look(ahead, criterion)
    return next((on for on in sorted(look.days) if not look.met(on)), None)


def change(ahead: Outlook) -> Change:
    """The first later days with a lower and with a higher tier."""
    standings = _standings(ahead)
    _, now = next(standings)
    lapses_on = rises_on = None
    for on, tier in standings:
        if tier is None or now is None or tier.rank < now.rank:
            lapses_on = lapses_on or on
        elif tier.rank > now.rank:
            rises_on = rises_on or on
        if lapses_on and (rises_on or now is Tier.life):
            break
    return Change(lapses_on, rises_on)


def fall(ahead: Outlook) -> Fall | None:
    """The first later day with a lower tier, and what brings it about."""
    on = change(ahead).lapses_on
    return None if on is None else fall_on(ahead, on)


def fall_on(ahead: Outlook, on: date) -> Fall:
    """What brings a fall about, where its day is known already: that takes longer to find."""
    before, after = (_case(ahead, ahead.records, day) for day in (on - timedelta(days=1), on))
    if archived(ahead.records, on):
        return Fall(on, None, ())
    of_the_tier = LIFE if tier_on(before) is Tier.life else KEY
    lost = (criterion for criterion in of_the_tier if criterion.met(before) and not criterion.met(after))
    return Fall(on, tier_on(after), tuple(_loss(criterion, before, after) for criterion in lost))


class _Look:
    """A criterion and what it reads of a client, to be answered on any day from the one that is looked ahead from on.

    Attributes:
        days: the later days on which the answer may be another than on the day before.
    """

    def __init__(self, ahead: Outlook, criterion: AnyCriterion) -> None:
        self._ahead, self._criterion = ahead, criterion
        self._kept = criterion.reads.kept(ahead.records, ahead.day, ahead.thresholds)
        self._glance = criterion.reads.glances(self._kept, ahead.thresholds)
        self.days = {on for on in criterion.reads.turning(self._kept, ahead.thresholds) if _is_later(ahead, on)}

    def met(self, on: date) -> bool:
        """Whether it is met on that day."""
        others, thresholds = self._ahead.others, self._ahead.thresholds
        # By its type, what answers at a glance cannot read more; and most is asked at a glance.
        deep = Depth() if self._criterion.name in _AT_A_GLANCE else depth(self._kept, on, thresholds)
        return bool(self._criterion.met(Evidence(self._glance(on), others, thresholds, deep, on)))


def _standings(ahead: Outlook) -> Iterator[tuple[date, Tier | None]]:
    """Where the client stands on the day, and on each later one on which that may change; None while archived.

    An answer holds until the next day on which it may change, and is only looked for where the tier turns on it: what
    else makes a client for life is nobody's concern while they are not trusted.
    """
    looks = {criterion.name: _Look(ahead, criterion) for criterion in CRITERIA}
    turning: defaultdict[date, list[str]] = defaultdict(list)
    for name, look in looks.items():
        for on in look.days:
            turning[on].append(name)
    spells = {on for spell in ahead.records.archived for on in spell if on is not None and _is_later(ahead, on)}
    known: dict[str, bool] = {}

    def met(name: str) -> bool:
        if name not in known:
            known[name] = looks[name].met(on)
        return known[name]

    for on in sorted({ahead.day, *turning, *spells}):
        for name in turning[on]:
            known.pop(name, None)
        yield on, None if archived(ahead.records, on) else tier_of(met, ahead.thresholds)


def _is_later(ahead: Outlook, on: date) -> bool:
    return on > ahead.day and (ahead.until is None or on <= ahead.until)


def _case(ahead: Outlook, records: Records, on: date) -> Case:
    """All that can be said of the client on a later day, beside the others of the day that is looked ahead from."""
    thresholds = ahead.thresholds
    return Case(glance(records, on, thresholds), ahead.others, thresholds, depth(records, on, thresholds), on, records)


def _loss(criterion: AnyCriterion, before: Case, after: Case) -> Loss:
    was, then = criterion.reasons(before), criterion.reasons(after)
    gone = tuple(exhibit for exhibit in was.exhibits if exhibit not in then.exhibits)
    come = tuple(exhibit for exhibit in then.exhibits if exhibit not in was.exhibits)
    return Loss(criterion.name, then.measured, then.needed, gone, come)


def may_rise(now: Glance, ahead: Glance, tier: Tier, peers: Peers, thresholds: Thresholds) -> bool:
    """Whether time alone could lift a client at all.

    Nobody can rise who would not even if all that is dated ahead counted at once, and nothing grew old: every criterion
    that a glance can answer is met the sooner, the more it is given.

    Args:
        now: the client at a glance on the day; one of those that `peers` was built from.
        ahead: the same with all that is dated ahead, and of each statement in the window the one that lifts most.
    """
    best = Seen(ahead, peers.others(now), thresholds)
    if all(criterion.met(best) for criterion in LIFE_AT_A_GLANCE):
        return tier is not Tier.life
    return tier is Tier.base and sum(criterion.met(best) is True for criterion in KEY) >= thresholds.key_needed


def may_fall(now: Glance, left: Glance, tier: Tier, peers: Peers, thresholds: Thresholds) -> bool:
    """Whether time alone could cost a client their place up to a day, unless they are archived.

    A key client stays one while enough is left at a glance. What makes a client for life does not show at a glance.

    Args:
        now: the client at a glance on the day; one of those that `peers` was built from.
        left: the same, with only what is neither too old by then nor taken back.
    """
    certain = Seen(left, peers.others(now), thresholds)
    kept = sum(criterion.met(certain) is True for criterion in KEY)
    return tier is Tier.life or (tier is Tier.key and kept < thresholds.key_needed)
