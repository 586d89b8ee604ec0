"""What days alone will change: when a finding lapses, when a placement falls or rises.

There is no second rule for this. The criteria are read again over the same records, on the days on which one of these
changes standing. What is dated ahead, a plan for instance, counts when its day has come. The other clients are held as
they stand on the day that is asked about; so only the client's own records decide. A client who is archived has no
place, which is lower than any.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from heapq import merge
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from c4l.domain.criteria import CRITERIA, KEY, LIFE, LIFE_AT_A_GLANCE, Criterion
from c4l.domain.evidence import Case, Evidence, Glance, Others, Peers, Seen, archived, depth, glance
from c4l.domain.placement import Placement, tier_of, tier_on
from c4l.domain.reasons import Exhibit
from c4l.domain.records import Records
from c4l.domain.terms import Tier
from c4l.domain.thresholds import Thresholds

AnyCriterion = Criterion[Seen] | Criterion[Evidence]


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


class Turn(NamedTuple):
    """A day on which a criterion, met until then, is not met any more, or the other way round."""

    on: date
    criterion: str
    met: bool


class Loss(NamedTuple):
    """A criterion that lapses, as it stands on that day.

    Attributes:
        measured: what is left; `needed` is what would hold it, both as its reasons have it.
        records: those that make the difference: what has grown too old to count, or has come in its way.
    """

    criterion: str
    measured: str
    needed: str
    records: tuple[Exhibit, ...]


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
    return next((turn.on for turn in turns(ahead, criterion) if not turn.met), None)


def change(ahead: Outlook) -> Change:
    """The first later days with a lower and with a higher tier."""
    lapses_on = rises_on = None
    standings = tiers(ahead)
    _, now = next(standings)
    assert now is not None  # noqa: S101 - there is an outlook only for those who have a place
    for on, tier in standings:
        if tier is None or tier.rank < now.rank:
            lapses_on = lapses_on or on
        elif tier.rank > now.rank:
            rises_on = rises_on or on
        if lapses_on and (rises_on or now is Tier.life):
            break
    return Change(lapses_on, rises_on)


def fall(ahead: Outlook) -> Fall | None:
    """The first later day with a lower tier, and what brings it about."""
    on = change(ahead).lapses_on
    if on is None:
        return None
    before, after = (_case(ahead, ahead.records, day) for day in (on - timedelta(days=1), on))
    if archived(ahead.records, on):
        return Fall(on, None, ())
    of_the_tier = LIFE if tier_on(before) is Tier.life else KEY
    lost = (criterion for criterion in of_the_tier if criterion.met(before) and not criterion.met(after))
    return Fall(on, tier_on(after), tuple(_loss(criterion, before, after) for criterion in lost))


def tiers(ahead: Outlook) -> Iterator[tuple[date, Tier | None]]:
    """Where the client stands on the day, and on each later one on which that may change; None while archived."""
    now = _case(ahead, ahead.records, ahead.day)
    met = {criterion.name: bool(criterion.met(now)) for criterion in CRITERIA}
    yield ahead.day, tier_of(met.get, ahead.thresholds)
    spells = {on for spell in ahead.records.archived for on in spell if on is not None}
    changes = merge(
        *(turns(ahead, criterion) for criterion in _that_matter(ahead, met)),
        (Turn(on, "", met=True) for on in _later(ahead, spells)),
        key=attrgetter("on"),
    )
    for on, turned in groupby(changes, key=attrgetter("on")):
        met.update((turn.criterion, turn.met) for turn in turned)
        yield on, None if archived(ahead.records, on) else tier_of(met.get, ahead.thresholds)


def turns(ahead: Outlook, criterion: AnyCriterion) -> Iterator[Turn]:
    """The later days on which a criterion begins or ceases to be met, one after the other."""
    kept = criterion.reads.kept(ahead.records, ahead.day, ahead.thresholds)

    def met(on: date) -> bool:
        return bool(criterion.met(_case(ahead, kept, on)))

    last = met(ahead.day)
    days = _later(ahead, set(criterion.reads.turning(kept, ahead.thresholds)))
    for on in _fading(days, _arrivals(kept), met) if criterion.fades else days:
        now = met(on)
        if now is not last:
            last = now
            yield Turn(on, criterion.name, now)


def _fading(days: list[date], arrivals: set[date], met: Callable[[date], bool]) -> Iterator[date]:
    """Of the days on which a fading criterion may turn, only those on which it does, and a few more.

    Between two days on which a record comes in it can only be lost, so that halving finds the day: a client with years
    of daily calls would otherwise be looked at on each of them.
    """
    starts = [0, *(at for at, on in enumerate(days) if on in arrivals), len(days)]
    for start, end in pairwise(starts):
        stretch = days[start:end]
        if stretch:
            yield stretch[0]
            if met(stretch[0]) and not met(stretch[-1]):
                yield stretch[bisect_left(stretch, True, key=lambda on: not met(on))]


def _arrivals(records: Records) -> set[date]:
    return {record.on for kind in (records.contacts, records.signs, records.statements) for record in kind}


def _that_matter(ahead: Outlook, met: dict[str, bool]) -> tuple[AnyCriterion, ...]:
    """All criteria, or those for key where life is out of reach: most are never trusted enough, now or later."""
    for criterion in LIFE_AT_A_GLANCE:
        if not met[criterion.name] and next(turns(ahead, criterion), None) is None:
            return KEY
    return CRITERIA


def _later(ahead: Outlook, days: set[date]) -> list[date]:
    return sorted(on for on in days if on > ahead.day and (ahead.until is None or on <= ahead.until))


def _case(ahead: Outlook, records: Records, on: date) -> Case:
    """All that can be said of the client on a later day, beside the others of the day that is looked ahead from."""
    thresholds = ahead.thresholds
    return Case(glance(records, on, thresholds), ahead.others, thresholds, depth(records, on, thresholds), on, records)


def _loss(criterion: AnyCriterion, before: Case, after: Case) -> Loss:
    was, then = criterion.reasons(before), criterion.reasons(after)
    gone = tuple(exhibit for exhibit in was.exhibits if exhibit not in then.exhibits)
    come = tuple(exhibit for exhibit in then.exhibits if exhibit not in was.exhibits)
    return Loss(criterion.name, then.measured, then.needed, gone or come)


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
