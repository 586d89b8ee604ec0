"""What would move a client up, in the few words that a line of a list has room for."""

from datetime import date, timedelta
from math import inf

from c4l.domain.criteria import KEY, LIFE
from c4l.domain.evidence import Evidence, Glance, Peers, depth, glance, outcomes, records_by
from c4l.domain.promises import Outcome
from c4l.domain.records import Records
from c4l.domain.signals import TRUST
from c4l.domain.steps import number
from c4l.domain.terms import Tier
from c4l.domain.thresholds import Thresholds


def missing(evidence: Evidence, to: Tier | None) -> tuple[str, ...]:
    """What is missing for a tier, a few words for each unmet criterion.

    Args:
        to: the tier that their plan leads to; None at the top, where nothing is missing.
    """
    if to is None:
        return ()
    if to is Tier.life:
        return tuple(criterion.next_step(evidence) for criterion in LIFE if not criterion.met(evidence))
    unmet = [criterion.name for criterion in KEY if not criterion.met(evidence)]
    short = evidence.thresholds.key_needed - (len(KEY) - len(unmet))
    return (f"{number(short)} of {', '.join(unmet)}",)


def way_up(tier: Tier, records: Records, peers: Peers, day: date, thresholds: Thresholds) -> Tier | None:
    """The tier that the plan of a placed client leads to, so that nobody is told two ways; None at the top.

    Args:
        tier: where they stand.
        peers: of all clients placed on that day, this one among them.
    """
    from c4l.domain.plans import STRAIGHT_TO_LIFE, plan
    from c4l.domain.rehearsal import HORIZON

    if tier is Tier.life:
        return None
    if tier is Tier.key or records.kind in STRAIGHT_TO_LIFE:
        return Tier.life
    # A plan is drawn up many times over before it is the shortest: few clients need one to know where it leads.
    known, last = records_by(records, day), day + timedelta(days=HORIZON)
    others, found = peers.others(glance(known, day, thresholds)), depth(known, last, thresholds)
    then = Evidence(glance(known, last, thresholds), others, thresholds, found, last)
    if _acts_to_key(then, glance(known, day, thresholds)) <= _fewest_to_life(then, known, day):
        return Tier.key
    return plan(records, peers, day, thresholds).next_tier


def _acts_to_key(then: Evidence, now: Glance) -> float:
    """How many acts make a key client for certain; without end where those that take one each do not suffice.

    One act each gives the steer and the words that are missing, and no act meets two criteria.

    Args:
        then: what will be left when a plan may be carried out at the latest; only more is missing by then.
        now: what there is today: a word that stands is not asked for.
    """
    short = then.thresholds.key_needed - sum(criterion.met(then) is True for criterion in KEY)
    one_act_each = ("steer" not in then.glance.shown) + (now.stake is None) + (now.value is None)
    return short if short <= one_act_each else inf


def _fewest_to_life(then: Evidence, known: Records, day: date) -> int:
    """No client for life is made with fewer acts; perhaps it takes more.

    It takes one for each sign that is missing, and for each promise: one that is still open takes an act to count. Who
    was met long enough ago has nothing to wait for: whatever is missing in the end takes an act.
    """
    thresholds, first_on = then.thresholds, then.depth.first_on
    signs = thresholds.trusted_needed - len(then.glance.shown.intersection(TRUST))
    closed = sum(result is not Outcome.overdue for _, _, result in outcomes(known, then.day, thresholds))
    least = max(0, signs) + max(0, thresholds.reliable_least - closed)
    nothing_to_wait_for = first_on is not None and (day - first_on).days >= thresholds.lasting_days
    return max(least, int(nothing_to_wait_for and not all(criterion.met(then) for criterion in LIFE)))
