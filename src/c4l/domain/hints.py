"""What would move a client up, in the few words that a line of a list has room for."""

from collections.abc import Callable

from c4l.domain.criteria import KEY, LIFE
from c4l.domain.evidence import Evidence
from c4l.domain.signals import TRUST
from c4l.domain.terms import Tier


def missing(evidence: Evidence, tier: Tier) -> tuple[str, ...]:
    """What is missing for the next tier, a few words for each unmet criterion; nothing at the top.

    From the base, the nearer of the two ways up: the key criteria that are short, or those for life.
    """
    if tier is Tier.life:
        return ()
    life = [HINTS[criterion.name](evidence) for criterion in LIFE if not criterion.met(evidence)]
    if tier is Tier.key:
        return tuple(life)
    unmet = [criterion.name for criterion in KEY if not criterion.met(evidence)]
    short = evidence.thresholds.key_needed - (len(KEY) - len(unmet))
    if len(life) <= short:
        return tuple(life)
    return (f"{_number(short)} of {', '.join(unmet)}",)


def _trusted(evidence: Evidence) -> str:
    short = evidence.thresholds.trusted_needed - len(evidence.glance.shown.intersection(TRUST))
    return f"{_number(short)} more sign{'' if short == 1 else 's'} of trust"


def _reliable(evidence: Evidence) -> str:
    depth, thresholds = evidence.depth, evidence.thresholds
    if depth.still_overdue:
        return "keep what is overdue"
    needed = thresholds.reliable_least
    if depth.missed > thresholds.reliable_missed:
        needed = max(needed, depth.missed * thresholds.reliable_share)
    short = needed - depth.counted
    return f"keep {_number(short)} more promise{'' if short == 1 else 's'}"


def _lasting(evidence: Evidence) -> str:
    first, last, thresholds = evidence.depth.first_on, evidence.depth.last_on, evidence.thresholds
    if last is not None and (evidence.day - last).days > thresholds.lasting_silence_days:
        return "get in touch"
    days = thresholds.lasting_days - (evidence.day - first).days if first is not None else thresholds.lasting_days
    return f"{days} more day{'' if days == 1 else 's'}"


def _unbroken(evidence: Evidence) -> str:
    return "own a slip" if evidence.depth.unowned == 1 else f"own {evidence.depth.unowned} slips"


HINTS: dict[str, Callable[[Evidence], str]] = {
    "trusted": _trusted,
    "reliable": _reliable,
    "lasting": _lasting,
    "unbroken": _unbroken,
}
"""One for each criterion of the top tier; the key criteria are named as they are."""


def _number(count: int) -> str:
    return "one" if count == 1 else str(count)
