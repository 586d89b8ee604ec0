"""The fewest steps to the next tier, found by carrying them out on paper and asking the criteria again.

Nothing here knows what a criterion wants: each act is added to the records, and the rule itself says whether that is
enough. A plan that is carried out therefore does raise the client.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from c4l.domain import acts
from c4l.domain.acts import Step, carried_out
from c4l.domain.criteria import CRITERIA, KEY, LIFE, drives, reliable
from c4l.domain.dates import in_words, long, short
from c4l.domain.evidence import Case, Others, Peers, Seen, depth, glance, outcomes, unowned_slips, window
from c4l.domain.owing import Owing, owing
from c4l.domain.placement import tier_on
from c4l.domain.promises import Outcome, exists, outcome_of, standing
from c4l.domain.records import Event, Promise, Records, Verb
from c4l.domain.signals import TRUST
from c4l.domain.steps import number
from c4l.domain.terms import ClientRef, Kind, Party, State, Tier
from c4l.domain.thresholds import WINDOW_DAYS, Thresholds

STRAIGHT_TO_LIFE = frozenset((Kind.friend, Kind.family, Kind.team))
"""Nobody asks what a friend brings in."""

_CRITERIA = {criterion.name: criterion for criterion in CRITERIA}


class Obstacle(NamedTuple):
    """A criterion that no act meets, with what was measured."""

    criterion: str
    measured: str


class Plan(NamedTuple):
    """The way to a tier.

    Attributes:
        next_tier: where it leads; None where the client is there already.
        steps: what to do first comes first.
        holds_on: the day from which the client has that tier, if the steps are taken; None where they do not suffice.
        obstacles: what is in the way then.
        first: what they wait for and no step sees to.
    """

    client: ClientRef
    tier: Tier
    next_tier: Tier | None = None
    steps: tuple[Step, ...] = ()
    holds_on: date | None = None
    obstacles: tuple[Obstacle, ...] = ()
    first: tuple[Owing, ...] = ()

    @property
    def effort(self) -> int:
        """How many acts it takes."""
        return sum(step.times for step in self.steps)


def plan(records: Records, peers: Peers, day: date, thresholds: Thresholds, to: Tier | None = None) -> Plan:
    """The fewest steps that raise a placed client, from what is known on a day.

    Args:
        peers: of all clients placed on that day, this one among them; they are held as they stand then.
        to: the tier to reach; else the next one: from the base the nearer of the two, for friends, family and the
            team always the top.
    """
    others = peers.others(glance(records, day, thresholds))
    here = _Draft(records, others, thresholds, day, day)
    tier = tier_on(here.case())
    if tier is Tier.life or (to is not None and to.rank <= tier.rank):
        return Plan(records.client, tier, first=_unseen_to((), records, day, thresholds))
    if to is None and tier is Tier.base and records.kind not in STRAIGHT_TO_LIFE:
        ways = [_to_key(here), _to_life(here)]
    else:
        ways = [_to_key(here) if to is Tier.key else _to_life(here)]
    nearest = min(ways, key=lambda way: (way.holds_on is None, way.effort))
    return nearest._replace(
        steps=_with_promises(nearest.steps, records, day),
        first=_unseen_to(nearest.steps, records, day, thresholds),
    )


class _Draft:
    """A plan in the making: the records as they would be on the day from which it is to hold."""

    def __init__(self, records: Records, others: Others, thresholds: Thresholds, today: date, holds_on: date) -> None:
        self.before = records
        self.records = records
        self.others = others
        self.thresholds = thresholds
        self.today = today
        self.holds_on = holds_on
        # What is done today helps, unless it will have left the window by then.
        self.act_on = today if window(holds_on, thresholds).holds(today) else holds_on
        self.steps: list[Step] = []

    def then(self, holds_on: date) -> "_Draft":
        """The same without steps, for another day."""
        return _Draft(self.before, self.others, self.thresholds, self.today, holds_on)

    def case(self, day: date | None = None, records: Records | None = None) -> Case:
        """The evidence as it would be."""
        day, records = day or self.holds_on, records or self.records
        seen = glance(records, day, self.thresholds)
        return Case(seen, self.others, self.thresholds, depth(records, day, self.thresholds), day, records)

    def lacks(self, criterion: str) -> bool:
        """Whether a criterion would not be met yet."""
        return not _CRITERIA[criterion].met(self.case())

    def add(self, step: Step) -> None:
        """Take a step."""
        self.steps.append(step if step.why else step._replace(why=self._why(step.criterion)))
        self.records = carried_out(self.records, [step])

    def plan(self, to: Tier) -> Plan:
        """The way to a tier, with what is still in the way."""
        case = self.case()
        reached = tier_on(case).rank >= to.rank
        unmet = [each for each in (KEY if to is Tier.key else LIFE) if not reached and not each.met(case)]
        return Plan(
            self.before.client,
            tier_on(self.case(self.today, self.before)),
            to,
            tuple(self.steps),
            self.holds_on if reached else None,
            tuple(Obstacle(criterion.name, criterion.reasons(case).measured) for criterion in unmet),
        )

    def _why(self, name: str) -> str:
        """What is measured today; where the criterion is met today and not on the day, what will be measured then."""
        criterion, now = _CRITERIA[name], self.case(self.today, self.before)
        if not criterion.met(now):
            return criterion.reasons(now).measured
        then = self.case(self.holds_on, self.before)
        return f"by {short(self.holds_on, self.today)}: {criterion.reasons(then).measured}"


def _to_life(here: _Draft) -> Plan:
    first_on = here.case().depth.first_on or here.today
    old_enough_on = first_on + timedelta(days=here.thresholds.lasting_days)
    draft = here.then(max(here.today, old_enough_on))
    _mend(draft)
    for signal in _unseen(draft):
        if not draft.lacks("trusted"):
            break
        draft.add(acts.invite(draft.before.client, signal, "trusted", draft.act_on))
    _prove_reliable(draft)
    _end_silence(draft)
    if draft.holds_on > draft.today:
        draft.add(acts.wait(draft.before, first_on, draft.holds_on, draft.thresholds.lasting_days, draft.today))
    return draft.plan(Tier.life)


def _mend(draft: _Draft) -> None:
    """Own what nobody owned, and keep what is overdue, or would be."""
    slips = unowned_slips(draft.records, draft.holds_on, draft.thresholds)
    if slips:
        on = max(draft.act_on, *(slip.on for slip in slips))
        draft.add(acts.own(draft.before.client, slips, on, draft.today))
    found = outcomes(draft.records, draft.holds_on, draft.thresholds)
    late = [
        (stands.due_on, promise) for promise, stands, result in found if result is Outcome.overdue and stands.due_on
    ]
    for due_on, promise in sorted(late, key=lambda each: each[0]):
        draft.add(acts.keep(promise, due_on, max(draft.act_on, promise.made_on), draft.today))


def _unseen(draft: _Draft) -> Iterator[str]:
    """The signs of trust that nobody saw, in the order in which they are asked for."""
    shown = draft.case().glance.shown
    return (signal for signal in acts.INVITATIONS if signal in TRUST and signal not in shown)


def _prove_reliable(draft: _Draft) -> None:
    """Keep so many promises that they suffice: first those that are made, then new ones."""
    for due_on, promise in _worth_keeping(draft):
        if not draft.lacks("reliable"):
            return
        draft.add(acts.keep(promise, due_on, draft.act_on, draft.today))
    short_of = _missing_promises(draft)
    if short_of:
        step = acts.make_and_keep(draft.before.client, short_of, draft.act_on)
        draft.add(step._replace(note=_until_forgiven(draft) if _outweighs(draft) else ""))


def _worth_keeping(draft: _Draft) -> list[tuple[date, Promise]]:
    """Open promises of yours that will be honoured if they are kept in time, by due day."""
    found = []
    for promise in draft.records.promises:
        if promise.by is not Party.me or not exists(promise, draft.act_on):
            continue
        stands = standing(promise, draft.holds_on)
        kept = promise._replace(events=(*promise.events, Event(Verb.kept, draft.act_on)))
        result = outcome_of(standing(kept, draft.holds_on), draft.holds_on, draft.thresholds.window_days)
        if stands.state is State.open and stands.due_on is not None and result is not None and result.honoured:
            found.append((stands.due_on, promise))
    return sorted(found, key=lambda each: each[0])


def _missing_promises(draft: _Draft) -> int:
    """How many more must be honoured."""
    case, count = draft.case(), 0
    counted = case.depth.counted
    while not reliable(case):
        count += 1
        case.depth = case.depth._replace(counted=counted + count)
    return count


def _outweighs(draft: _Draft) -> bool:
    """Whether more was missed than is always forgiven, so that it takes many kept to make up for it."""
    return draft.case().depth.missed > draft.thresholds.reliable_missed


def _until_forgiven(draft: _Draft) -> str:
    """The other way: the day on which no more of what was missed is in the window than is always forgiven."""
    days = draft.thresholds.window_days
    age = "a year" if days == WINDOW_DAYS else in_words(days)
    closed = sorted(
        stands.closed_on
        for _, stands, result in outcomes(draft.records, draft.holds_on, draft.thresholds)
        if not result.honoured and stands.closed_on is not None
    )
    for day in (on + timedelta(days=days) for on in closed):
        left = depth(draft.records, day, draft.thresholds).missed
        if left <= draft.thresholds.reliable_missed:
            rest = f"all but {number(left)} of those missed" if left else "all that was missed"
            return f"or wait until {long(day)}: by then {rest} will be {age} old"
    return ""


def _end_silence(draft: _Draft) -> None:
    """Be in touch so late that the silence is short enough on the day, unless another step sees to that."""
    last_on = draft.case().depth.last_on
    earliest = draft.holds_on - timedelta(days=draft.thresholds.lasting_silence_days)
    if last_on is None or last_on < earliest:
        on = max(draft.today, earliest)
        draft.add(acts.be_in_touch(draft.before.client, on, draft.today, draft.holds_on))


def _to_key(here: _Draft) -> Plan:
    draft = here.then(here.today)
    for step in _key_steps(draft):
        if tier_on(draft.case()) is not Tier.base:
            break
        draft.add(step)
    return draft.plan(Tier.key)


def _key_steps(draft: _Draft) -> Iterator[Step]:
    """One for each criterion that can be met: what you can do, what only you can say, and last what is theirs to do."""
    case, client = draft.case(), draft.before.client
    if "steer" not in case.glance.shown:
        yield acts.invite(client, "steer", "steers", draft.today)
    if case.glance.stake is None:
        yield acts.state_stake(client, draft.today)
    if case.glance.value is None:
        yield acts.state_value(client, _least_value(case), draft.today)
    twice_median = case.others.twice_median_minutes()
    if twice_median is not None and draft.lacks("demands"):
        more = max(1, case.thresholds.demands_least - case.glance.asked)
        least_minutes = max(1, (case.thresholds.demands_times * twice_median + 1) // 2)
        needed = _CRITERIA["demands"].reasons(case).needed
        minutes = max(0, least_minutes - case.glance.asked_minutes)
        yield acts.be_asked(client, more, minutes, needed, draft.today)


def _least_value(case: Case) -> int:
    """The smallest yearly value that would count: what makes the share of those above small enough."""
    few, enough = 0, max((1, *case.others.peers.values[-1:]))
    while enough - few > 1:
        middle = (few + enough) // 2
        seen = Seen(case.glance._replace(value=middle), case.others, case.thresholds)
        few, enough = (few, middle) if drives(seen) else (middle, enough)
    return enough


def _with_promises(steps: tuple[Step, ...], records: Records, day: date) -> tuple[Step, ...]:
    """Each step with the open promise of yours that says the same, where one was made of it."""
    made = {
        promise.what: promise.number
        for promise in records.promises
        if promise.by is Party.me and exists(promise, day) and standing(promise).state is State.open
    }
    return tuple(step._replace(promise=made.get(step.text)) if step.act in acts.ACCEPTABLE else step for step in steps)


def _unseen_to(steps: tuple[Step, ...], records: Records, day: date, thresholds: Thresholds) -> tuple[Owing, ...]:
    """What the client waits for and no step sees to: nobody asks a favour of them before that."""
    about = {each for step in steps for each in step.about}
    # One word owns every slip before it, named or not.
    owned = any(step.act is acts.Act.own for step in steps)

    def seen_to(each: Owing) -> bool:
        return (each.kind, each.number) in about or (owned and each.kind == "interaction")

    return tuple(each for each in owing(records, day, thresholds) if not seen_to(each))
