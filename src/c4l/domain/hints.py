"""What would move a client up, in the few words that a line of a list has room for."""

from c4l.domain.criteria import KEY, LIFE
from c4l.domain.evidence import Evidence
from c4l.domain.steps import number
from c4l.domain.terms import Tier


def missing(evidence: Evidence, tier: Tier) -> tuple[str, ...]:
    """What is missing for the next tier, a few words for each unmet criterion; nothing at the top.

    From the base, the nearer of the two ways up: the key criteria that are short, or those for life.
    """
    if tier is Tier.life:
        return ()
    life = [criterion.next_step(evidence) for criterion in LIFE if not criterion.met(evidence)]
    if tier is Tier.key:
        return tuple(life)
    unmet = [criterion.name for criterion in KEY if not criterion.met(evidence)]
    short = evidence.thresholds.key_needed - (len(KEY) - len(unmet))
    if len(life) <= short:
        return tuple(life)
    return (f"{number(short)} of {', '.join(unmet)}",)
