"""The next step towards each criterion for life, in the few words that a line of a list has room for."""

from c4l.domain.evidence import Evidence
from c4l.domain.signals import TRUST


def trusted(evidence: Evidence) -> str:
    """How many signs of trust are missing."""
    short = evidence.thresholds.trusted_needed - len(evidence.glance.shown.intersection(TRUST))
    return f"{number(short)} more sign{'' if short == 1 else 's'} of trust"


def reliable(evidence: Evidence) -> str:
    """What is overdue comes first; then so many promises kept that those missed are outweighed."""
    depth, thresholds = evidence.depth, evidence.thresholds
    if depth.still_overdue:
        return "keep what is overdue"
    needed = thresholds.reliable_least
    if depth.missed > thresholds.reliable_missed:
        needed = max(needed, depth.missed * thresholds.reliable_share)
    short = needed - depth.counted
    return f"keep {number(short)} more promise{'' if short == 1 else 's'}"


def lasting(evidence: Evidence) -> str:
    """A word from either side where there was silence, else time."""
    first, last, thresholds = evidence.depth.first_on, evidence.depth.last_on, evidence.thresholds
    if last is not None and (evidence.day - last).days > thresholds.lasting_silence_days:
        return "get in touch"
    days = thresholds.lasting_days - (evidence.day - first).days if first is not None else thresholds.lasting_days
    return f"{days} more day{'' if days == 1 else 's'}"


def unbroken(evidence: Evidence) -> str:
    """How many slips nobody has owned."""
    return "own a slip" if evidence.depth.unowned == 1 else f"own {evidence.depth.unowned} slips"


def number(count: int) -> str:
    """A count as it is written in these words."""
    return "one" if count == 1 else str(count)
