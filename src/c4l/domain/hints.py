"""What would move a client up, in the few words that a line of a list has room for."""

from datetime import date, timedelta

from c4l.domain.criteria import KEY, LIFE
from c4l.domain.evidence import Evidence, Glance, Peers, Seen, glance, records_by
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
    known = records_by(records, day)
    others = peers.others(glance(known, day, thresholds))
    now, then = (glance(known, on, thresholds) for on in (day, day + timedelta(days=HORIZON)))
    if _nearer_to_key(Seen(then, others, thresholds), now):
        return Tier.key
    return plan(records, peers, day, thresholds).next_tier


def _nearer_to_key(seen: Seen, now: Glance) -> bool:
    """Whether, of two ways up, that to key is the shorter one for certain; where it is not certain, no.

    One act each gives the steer and the words that are missing, and no act meets two criteria. For life it takes one
    for each sign that is missing; where none is, waiting may be enough.

    Args:
        seen: what will be left when a plan may be carried out at the latest; only more is missing by then.
        now: what there is today: a word that stands is not asked for.
    """
    short = seen.thresholds.key_needed - sum(criterion.met(seen) is True for criterion in KEY)
    one_act_each = ("steer" not in seen.glance.shown) + (now.stake is None) + (now.value is None)
    signs = seen.thresholds.trusted_needed - len(seen.glance.shown.intersection(TRUST))
    return short <= one_act_each and short <= signs
