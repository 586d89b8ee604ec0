"""The fewest steps to the next tier, found by carrying them out on paper and asking the criteria again.

Nothing here knows what a criterion wants: each act is added to the records, and the rule itself says whether that is
enough, be it done today or some days later. A plan that is carried out therefore does raise the client.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from c4l.domain import acts
from c4l.domain.acts import Act, Step, carried_out
from c4l.domain.criteria import CRITERIA, KEY, LIFE, depends, drives, reliable
from c4l.domain.dates import in_words, long, short
from c4l.domain.evidence import Case, Peers, Seen, depth, glance, outcomes, records_by, unowned_slips
from c4l.domain.lapses import Outlook
from c4l.domain.owing import Owing, owing
from c4l.domain.placement import tier_on
from c4l.domain.promises import Outcome, outcome_of, standing
from c4l.domain.records import Event, Promise, Records, Verb
from c4l.domain.rehearsal import Draft
from c4l.domain.signals import TRUST
from c4l.domain.steps import number
from c4l.domain.terms import ClientRef, Kind, Tier
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
        holds_on: the first day on which the client has that tier, if the steps are taken; so it does on each day of the
            horizon after it on which they are. None where they do not suffice.
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
        """How many acts it takes; to wait is none."""
        return sum(step.times for step in self.steps if step.act is not Act.wait)


def plan(records: Records, peers: Peers, day: date, thresholds: Thresholds, to: Tier | None = None) -> Plan:
    """The fewest steps that raise a placed client, from what is known on a day.

    Args:
        peers: of all clients placed on that day, this one among them; they are held as they stand then.
        to: the tier to reach; else the next one: from the base the nearer of the two, for friends, family and the
            team always the top.
    """
    known = records_by(records, day)
    here = Draft(known, peers.others(glance(known, day, thresholds)), thresholds, day, day)
    tier = tier_on(here.case(day))
    if tier is Tier.life or (to is not None and to.rank <= tier.rank):
        return Plan(records.client, tier, first=_unseen_to((), records, day, thresholds))
    if to is None and tier is Tier.base and records.kind not in STRAIGHT_TO_LIFE:
        ways = [_to_key(here), _to_life(here)]
    else:
        ways = [_to_key(here) if to is Tier.key else _to_life(here)]
    nearest = min(ways, key=lambda way: (way.holds_on is None, way.effort))
    return nearest._replace(first=_unseen_to(nearest.steps, records, day, thresholds))


def outlook_after(plan: Plan, records: Records, peers: Peers, day: date, thresholds: Thresholds) -> Outlook | None:
    """The client as they are once the plan is carried out on the first day on which it may be; None where it fails.

    Args:
        records: those that the plan was drawn up from; so, too, `peers` and `day`.
    """
    if plan.holds_on is None:
        return None
    known = records_by(records, day)
    after = carried_out(known, plan.steps)
    others = peers.others(glance(known, day, thresholds))
    return Outlook(after, others.beside(glance(after, plan.holds_on, thresholds)), plan.holds_on, thresholds)


def _to_life(here: Draft) -> Plan:
    first_on = here.case(here.today).depth.first_on or here.today
    old_enough_on = first_on + timedelta(days=here.thresholds.lasting_days)
    draft = here.then(max(here.today, old_enough_on))
    _mend(draft)
    for signal in _unseen(draft):
        if not draft.lacks("trusted"):
            break
        draft.add(acts.invite(draft.before.client, signal, "trusted", draft.act_on))
    _end_silence(draft)
    # A promise that was made of a step is kept with it, and counts.
    _prove_reliable(draft)
    draft.steps.sort(key=lambda step: step.on > draft.act_on)
    if draft.holds_on > draft.today:
        draft.add(acts.wait(draft.before, first_on, draft.holds_on, draft.thresholds.lasting_days, draft.today))
    return _drawn_up(draft, Tier.life)


def _drawn_up(draft: Draft, to: Tier) -> Plan:
    """The way to a tier, with what is still in the way."""
    reached, last = draft.reached(to), draft.cases()[-1]
    unmet = [each for each in (KEY if to is Tier.key else LIFE) if not reached and not each.met(last)]
    return Plan(
        draft.before.client,
        tier_on(draft.case(draft.today)),
        to,
        tuple(draft.with_other_ways(to) if reached else draft.steps),
        draft.holds_on if reached else None,
        tuple(Obstacle(criterion.name, draft.why(criterion.name)) for criterion in unmet),
    )


def _mend(draft: Draft) -> None:
    """Own what nobody owned, and keep what is overdue; so, too, what would be in the way before all is done."""
    thresholds, cases = draft.thresholds, draft.cases()
    slips = {slip: None for case in cases for slip in unowned_slips(case.records, case.day, thresholds)}
    late: dict[int, date] = {}
    for case in cases:
        for promise, _, result in outcomes(case.records, case.day, thresholds):
            if result is Outcome.overdue:
                late.setdefault(promise.number, case.day)
    if slips:
        draft.add(acts.own(draft.before.client, list(slips), draft.act_on, draft.today))
    for due_on, promise in draft.open_promises():
        if promise.number in late:
            step = _kept(draft, promise, due_on)
            from_ = f"if it is not kept, it is in the way from {short(late[promise.number], draft.today)} on"
            draft.add(step if step.why else step._replace(why=from_))


def _kept(draft: Draft, promise: Promise, due_on: date) -> Step:
    """What is not late yet is kept in time."""
    on = due_on if draft.today <= due_on < draft.act_on else draft.act_on
    return acts.keep(promise, due_on, on, draft.today)


def _unseen(draft: Draft) -> Iterator[str]:
    """The signs of trust that nobody will have seen, in the order in which they are asked for."""
    shown = draft.cases()[-1].glance.shown
    return (signal for signal in acts.INVITATIONS if signal in TRUST and signal not in shown)


def _prove_reliable(draft: Draft) -> None:
    """Keep so many promises that they suffice: first those that are made, then new ones."""
    for due_on, promise in draft.open_promises():
        if not draft.lacks("reliable"):
            return
        step = _kept(draft, promise, due_on)
        if _honoured(draft, promise, step):
            draft.add(step)
    short_of = max(_missing_promises(case) for case in draft.cases())
    if short_of:
        step = acts.make_and_keep(draft.before.client, short_of, draft.act_on)
        draft.add(step._replace(note=_until_forgiven(draft) if _outweighs(draft) else ""))


def _honoured(draft: Draft, promise: Promise, step: Step) -> bool:
    """Whether a promise will count as honoured once it is kept."""
    day = draft.days[-1]
    stands = standing(promise._replace(events=(*promise.events, Event(Verb.kept, step.on))), day)
    result = outcome_of(stands, day, draft.thresholds.window_days)
    return result is not None and result.honoured


def _missing_promises(case: Case) -> int:
    """How many more must be honoured."""
    count, found = 0, case.depth
    while not reliable(replace(case, depth=found._replace(counted=found.counted + count))):
        count += 1
    return count


def _outweighs(draft: Draft) -> bool:
    """Whether more was missed than is always forgiven, so that it takes many kept to make up for it."""
    return max(case.depth.missed for case in draft.cases()) > draft.thresholds.reliable_missed


def _until_forgiven(draft: Draft) -> str:
    """The other way: the day on which no more of what was missed is in the window than is always forgiven."""
    days = draft.thresholds.window_days
    age = "a year" if days == WINDOW_DAYS else in_words(days)
    records = draft.cases()[0].records
    closed = sorted(
        stands.closed_on
        for _, stands, result in outcomes(records, draft.holds_on, draft.thresholds)
        if not result.honoured and stands.closed_on is not None
    )
    for day in (on + timedelta(days=days) for on in closed):
        left = depth(records, day, draft.thresholds).missed
        if left <= draft.thresholds.reliable_missed:
            rest = f"all but {number(left)} of those missed" if left else "all that was missed"
            return f"or wait until {long(day)}: by then {rest} will be {age} old"
    return ""


def _end_silence(draft: Draft) -> None:
    """Be in touch so late that the silence is short enough to the last, unless another step sees to that."""
    if draft.lacks("lasting"):
        until = draft.days[-1]
        earliest = min(draft.holds_on, until - timedelta(days=draft.thresholds.lasting_silence_days))
        on = max(draft.today, earliest)
        draft.add(acts.be_in_touch(draft.before.client, on, draft.today, until))


def _to_key(here: Draft) -> Plan:
    draft = here.then(here.today)
    for step in _key_steps(draft):
        if draft.reached(Tier.key):
            break
        draft.add(step)
    return _drawn_up(draft, Tier.key)


def _key_steps(draft: Draft) -> Iterator[Step]:
    """One for each criterion that can be met: what you can do, what only you can say, and last what is theirs to do."""
    now, case, client = draft.cases()[0], draft.cases()[-1], draft.before.client
    if "steer" not in case.glance.shown:
        yield acts.invite(client, "steer", "steers", draft.today)
    # What was said and does not count is never asked to be said otherwise; what did, once more before it is too old.
    if case.glance.stake is None and (now.glance.stake is None or depends(now)):
        yield acts.state_stake(client, draft.today)
    if case.glance.value is None and (now.glance.value is None or drives(now)):
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


def _unseen_to(steps: tuple[Step, ...], records: Records, day: date, thresholds: Thresholds) -> tuple[Owing, ...]:
    """What the client waits for and no step sees to: nobody asks a favour of them before that."""
    about = {each for step in steps for each in step.about}
    # One word owns every slip before it, named or not.
    owned = any(step.act is Act.own for step in steps)

    def seen_to(each: Owing) -> bool:
        return (each.kind, each.number) in about or (owned and each.kind == "interaction")

    return tuple(each for each in owing(records, day, thresholds) if not seen_to(each))
