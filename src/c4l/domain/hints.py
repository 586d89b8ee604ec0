"""What would move a client up, in the few words that a line of a list has room for."""

from datetime import date

from c4l.domain.criteria import KEY, LIFE
from c4l.domain.evidence import Evidence, Peers
from c4l.domain.records import Records
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


def way_up(records: Records, peers: Peers, day: date, thresholds: Thresholds) -> Tier | None:
    """The tier that the plan of a placed client leads to, so that nobody is told two ways; None at the top."""
    from c4l.domain.plans import plan

    return plan(records, peers, day, thresholds).next_tier
