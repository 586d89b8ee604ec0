"""What days alone will change: when a finding lapses, when a placement falls or rises.

There is no second rule for this. The criteria are read again on later days, over the records dated on or before the day
that is asked about and over nothing else: as it comes if nothing more happens. A plan holds nothing off until it has
happened; a promise that was made counts with its due day. The other clients are held as they stand on the day that is
asked about; so only the client's own records decide.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from c4l.domain.criteria import CRITERIA, KEY, LIFE, LIFE_AT_A_GLANCE, Criterion
from c4l.domain.evidence import (
    Case,
    Depth,
    Evidence,
    Glance,
    Others,
    Peers,
    Seen,
    depth,
    glance,
    records_by,
    unowned_slips,
)
from c4l.domain.placement import Placement, tier_of, tier_on
from c4l.domain.promises import Outcome, standing
from c4l.domain.reasons import Exhibit
from c4l.domain.records import Promise, Records
from c4l.domain.terms import Party, State, Tier
from c4l.domain.thresholds import Thresholds

if TYPE_CHECKING:
    from c4l.domain.acts import Step

AnyCriterion = Criterion[Seen] | Criterion[Evidence]

_BY_NAME: dict[str, AnyCriterion] = {criterion.name: criterion for criterion in CRITERIA}
_AT_A_GLANCE = frozenset(criterion.name for criterion in (*KEY, *LIFE_AT_A_GLANCE))


class Outlook(NamedTuple):
    """A placed client on a day, to be looked at on later ones.

    Attributes:
        records: those dated on or before the day.
        others: the other clients, as they stand on the day.
        until: the last day that is looked at, if not as long as anything changes.
    """

    records: Records
    others: Others
    day: date
    thresholds: Thresholds
    until: date = date.max


class Loss(NamedTuple):
    """A criterion that lapses, in words of the day that is looked ahead from.

    Attributes:
        measured: what will be left on the day of the fall.
        needed: what would hold it; empty where the place is held without it.
        gone: the records behind it that are too old to count from that day on.
        come: those that count from that day on, as a promise that is overdue.
    """

    criterion: str
    measured: str
    needed: str
    gone: tuple[Exhibit, ...] = ()
    come: tuple[Exhibit, ...] = ()


class Fall(NamedTuple):
    """The first later day on which a client stands lower.

    Attributes:
        tier: where they stand then.
        losses: the criteria whose lapse it is.
        holds: the fewest acts that hold the place, each dated the last day on which it helps.
        in_time: whether nothing brings it about but promises of yours that are not late yet, and need only be kept.
    """

    on: date
    tier: Tier
    losses: tuple[Loss, ...]
    holds: "tuple[Step, ...]" = ()
    in_time: bool = False


class Change(NamedTuple):
    """When a place is lost, and when time alone lifts it; None where neither will be."""

    lapses_on: date | None
    rises_on: date | None


def outlook(records: Records, peers: Peers, day: date, thresholds: Thresholds) -> Outlook:
    """What there is to look ahead from.

    Args:
        records: all that are known, whatever their day.
        peers: of all clients placed on that day, this one among them.
    """
    known = records_by(records, day)
    return Outlook(known, peers.others(glance(known, day, thresholds)), day, thresholds)


def with_lapses(placement: Placement, ahead: Outlook) -> Placement:
    """The same placement with the days on which it and its findings lapse, and the one on which it rises."""
    findings = (
        finding._replace(lapses_on=lapse(ahead, _BY_NAME[finding.criterion])) if finding.met else finding
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
        if tier.rank < now.rank:
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
    """What brings a fall about, and what would hold it, where its day is known already: that takes longer to find."""
    from c4l.domain.holding import Falling, holds

    before, after = (_case(ahead, day) for day in (on - timedelta(days=1), on))
    tier = tier_on(before)
    lost = [each for each in (LIFE if tier is Tier.life else KEY) if each.met(before) and not each.met(after)]
    falling = Falling(ahead.records, ahead.others, ahead.thresholds, ahead.day, on, tier)
    acts = holds(falling, [criterion.name for criterion in lost])
    losses = tuple(_loss(criterion, before, after, ahead.day, acts) for criterion in lost)
    return Fall(on, tier_on(after), losses, acts, _in_time(losses, acts, ahead.day))


def _in_time(losses: Sequence[Loss], acts: "Sequence[Step]", day: date) -> bool:
    records = [record for loss in losses for record in (*loss.gone, *loss.come)]
    late = any(record.what != Outcome.overdue or record.on < day for record in records)
    return bool(records) and not late and all(act.promise is not None for act in acts)


def with_promises_kept(ahead: Outlook) -> Outlook:
    """The same without the promises of yours that are not late yet: as it comes if those are kept.

    Whether they will count as honoured is left open: they hold nothing, and cost nothing.
    """

    def in_time(promise: Promise) -> bool:
        stands = standing(promise)
        due_on = stands.due_on
        return promise.by is Party.me and stands.state is State.open and due_on is not None and due_on >= ahead.day

    left = tuple(promise for promise in ahead.records.promises if not in_time(promise))
    return ahead._replace(records=ahead.records._replace(promises=left))


class _Look:
    """A criterion and what it reads of a client, to be answered on any day from the one that is looked ahead from on.

    Attributes:
        days: the later days on which the answer may be another than on the day before.
    """

    def __init__(self, ahead: Outlook, criterion: AnyCriterion) -> None:
        self._ahead, self._criterion = ahead, criterion
        self._kept = criterion.reads.kept(ahead.records, ahead.day, ahead.thresholds)
        self._glance = criterion.reads.glances(self._kept, ahead.thresholds)
        turning = criterion.reads.turning(self._kept, ahead.thresholds)
        self.days = {on for on in turning if ahead.day < on <= ahead.until}

    def met(self, on: date) -> bool:
        """Whether it is met on that day."""
        others, thresholds = self._ahead.others, self._ahead.thresholds
        # By its type, what answers at a glance cannot read more; and most is asked at a glance.
        deep = Depth() if self._criterion.name in _AT_A_GLANCE else depth(self._kept, on, thresholds)
        return bool(self._criterion.met(Evidence(self._glance(on), others, thresholds, deep, on)))


def _standings(ahead: Outlook) -> Iterator[tuple[date, Tier]]:
    """Where the client stands on the day, and on each later one on which their place may be another.

    An answer holds until the next day on which it may change, and is only looked for where the tier turns on it: what
    else makes a client for life is nobody's concern while they are not trusted. Of a client for life it is not said
    where they land, which takes more records than to know that they fall.
    """
    own = Seen(ahead.others.own, ahead.others, ahead.thresholds)
    known = {criterion.name: criterion.met(own) is True for criterion in (*KEY, *LIFE_AT_A_GLANCE)}
    looks: dict[str, _Look] = {}

    def look(name: str) -> _Look:
        if name not in looks:
            looks[name] = _Look(ahead, _BY_NAME[name])
        return looks[name]

    def met(name: str) -> bool:
        if name not in known:
            known[name] = look(name).met(on)
        return known[name]

    on = ahead.day
    now = tier_of(met, ahead.thresholds)
    yield on, now
    turning: defaultdict[date, list[str]] = defaultdict(list)
    for criterion in deciding(now, own):
        for later in look(criterion.name).days:
            turning[later].append(criterion.name)
    for on in sorted(turning):
        for name in turning[on]:
            known.pop(name, None)
        yield on, tier_of(met, ahead.thresholds)


def _case(ahead: Outlook, on: date) -> Case:
    """All that can be said of the client on a later day, beside the others of the day that is looked ahead from."""
    records, thresholds = ahead.records, ahead.thresholds
    return Case(glance(records, on, thresholds), ahead.others, thresholds, depth(records, on, thresholds), on, records)


def _loss(criterion: AnyCriterion, before: Case, after: Case, day: date, acts: "Sequence[Step]") -> Loss:
    was, then = criterion.reasons(before), criterion.reasons(after)
    gone = tuple(exhibit for exhibit in was.exhibits if exhibit not in then.exhibits)
    come = tuple(exhibit for exhibit in then.exhibits if exhibit not in was.exhibits)
    needed = "; ".join(act.text for act in acts if act.criterion == criterion.name)
    return Loss(criterion.name, _left(criterion, after, day), needed, gone, come)


def _left(criterion: AnyCriterion, after: Case, day: date) -> str:
    """What will be left of a criterion, told from the day that is looked ahead from."""
    match criterion.name:
        case "lasting" if after.depth.last_on is not None:
            return f"no contact for {(after.day - after.depth.last_on).days} days by then"
        case "unbroken":
            from c4l.domain.dates import short

            slips = unowned_slips(after.records, after.day, after.thresholds)
            named = [f"the {slip.signal} of {short(slip.on, day)} (i{slip.number})" for slip in slips]
            return f"nobody has owned {' and '.join(named)} by then"
        case "demands":
            return _asked_still(after.glance)
        case _:
            return f"by then {criterion.reasons(after).measured}"


def _asked_still(seen: Glance) -> str:
    match seen.asked:
        case 0:
            return "no interaction started by them is left by then"
        case 1:
            return f"only one interaction started by them, of {seen.asked_minutes} minutes, is left by then"
        case count:
            return f"only {count} interactions started by them, of {seen.asked_minutes} minutes, are left by then"


def deciding(tier: Tier, seen: Seen) -> Sequence[AnyCriterion]:
    """The criteria that can cost a client their place by time alone, or lift them; none where nothing can.

    What a glance answers only fades: a sign or a word counts until it is too old, and none is still to come. So what is
    not met at a glance never will be, and whoever is not trusted never makes a client for life.

    Args:
        tier: where they stand.
        seen: the client at a glance on that day.
    """
    of_key = [criterion for criterion in KEY if criterion.met(seen)] if tier is Tier.key else []
    return [*of_key, *LIFE] if all(criterion.met(seen) for criterion in LIFE_AT_A_GLANCE) else of_key


def may_fall(tier: Tier, worst: Evidence) -> bool:
    """Whether time alone could cost a client their place up to a day.

    No criterion is lost by more evidence: what is met by the worst that can be left is met on every day up to then.

    Args:
        tier: where they stand, `key` or `life`.
        worst: of that later day, with no more of anything good than will be left, and no less of anything bad.
    """
    if tier is Tier.life:
        return not all(criterion.met(worst) for criterion in LIFE)
    return sum(criterion.met(worst) is True for criterion in KEY) < worst.thresholds.key_needed
