"""The criteria of the triangle: a pure function each, and a row that names it, explains it and gives its reasons."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from c4l.domain import reasons, sources, steps
from c4l.domain.evidence import Case, Evidence, Seen
from c4l.domain.reasons import Reasons
from c4l.domain.signals import TRUST
from c4l.domain.sources import Source
from c4l.domain.terms import Stake, Tier
from c4l.domain.thresholds import Thresholds

Reads = TypeVar("Reads", Seen, Evidence)


@dataclass(frozen=True, slots=True)
class Criterion(Generic[Reads]):
    """One named rule that a client meets or does not meet.

    Attributes:
        tier: the level it counts for.
        idea: what it says about a client, completing "the client ...".
        rule: when it is met, with the names of thresholds in braces.
        met: the rule itself; None where there is not enough evidence.
        reasons: what was measured and what is needed, for people, and the records behind it.
        reads: the records that it reads, and the days on which one of them changes standing.
        step: what would bring it nearer, in a few words; None where its name says as much.
    """

    name: str
    tier: Tier
    idea: str
    rule: str
    met: Callable[[Reads], bool | None]
    reasons: Callable[[Case], Reasons]
    reads: Source
    step: Callable[[Evidence], str] | None = None

    def rule_with(self, thresholds: Thresholds) -> str:
        """When the criterion is met, with the numbers in force."""
        return self.rule.format_map(thresholds._asdict())

    def next_step(self, evidence: Evidence) -> str:
        """What would bring a client that does not meet it nearer, in a few words."""
        return self.name if self.step is None else self.step(evidence)


def drives(seen: Seen) -> bool | None:
    """Clients of equal value fare alike, since only those with a greater one stand above."""
    value = seen.glance.value
    if value is None:
        return None
    if value == 0:
        return False
    total = seen.others.value + value
    return seen.others.value_above(value) * 100 < seen.thresholds.drives_percent * total


def depends(seen: Seen) -> bool | None:
    """Your own word on what losing them would cost."""
    stake = seen.glance.stake
    return None if stake is None else stake in (Stake.high, Stake.critical)


def steers(seen: Seen) -> bool:
    """Never for want of evidence: a steer that was not seen was not given."""
    return "steer" in seen.glance.shown


def demands(seen: Seen) -> bool | None:
    """Compared with the others only, so that a demanding client does not raise their own bar."""
    asked, minutes, thresholds = seen.glance.asked, seen.glance.asked_minutes, seen.thresholds
    if asked < thresholds.demands_least or minutes == 0:
        return False if seen.others.started_any else None
    twice_median = seen.others.twice_median_minutes()
    return None if twice_median is None else 2 * minutes >= thresholds.demands_times * twice_median


def trusted(seen: Seen) -> bool:
    """Distinct signs: the same one shown ten times is one."""
    return len(seen.glance.shown.intersection(TRUST)) >= seen.thresholds.trusted_needed


def reliable(evidence: Evidence) -> bool | None:
    """One promise missed is forgiven, or one in ten; one left lying is not."""
    depth, thresholds = evidence.depth, evidence.thresholds
    if depth.counted < thresholds.reliable_least:
        return None
    forgiven = depth.missed <= thresholds.reliable_missed or depth.missed * thresholds.reliable_share <= depth.counted
    return forgiven and not depth.still_overdue


def lasting(evidence: Evidence) -> bool:
    """Long enough, and not gone quiet; contact from either side counts."""
    first, last, thresholds = evidence.depth.first_on, evidence.depth.last_on, evidence.thresholds
    if first is None or last is None:
        return False
    long_enough = (evidence.day - first).days >= thresholds.lasting_days
    return long_enough and (evidence.day - last).days <= thresholds.lasting_silence_days


def unbroken(evidence: Evidence) -> bool:
    """Slips happen; what counts is that each is owned."""
    return evidence.depth.unowned == 0


KEY: tuple[Criterion[Seen], ...] = (
    Criterion(
        "drives",
        Tier.key,
        "brings in a great part of the value",
        "their stated yearly value is above 0, and the placed clients with a greater one make less than "
        "{drives_percent} % of all stated value; without a value there is not enough evidence",
        drives,
        reasons.drives,
        sources.STATEMENTS,
    ),
    Criterion(
        "depends",
        Tier.key,
        "is one you cannot afford to lose",
        "the stake of losing them is stated as high or critical; without a stake there is not enough evidence",
        depends,
        reasons.depends,
        sources.STATEMENTS,
    ),
    Criterion(
        "steers",
        Tier.key,
        "tells you which way you should be going",
        "a steer signal seen within {window_days} days",
        steers,
        reasons.steers,
        sources.SIGNS,
    ),
    Criterion(
        "demands",
        Tier.key,
        "asks for much more of your time than others do",
        "they started at least {demands_least} interactions within {window_days} days, and the time of those is "
        "above 0 and at least {demands_times} times the median of the other placed clients who started any; "
        "without others there is not enough evidence",
        demands,
        reasons.demands,
        sources.ASKED,
    ),
)

LIFE_AT_A_GLANCE: tuple[Criterion[Seen], ...] = (
    Criterion(
        "trusted",
        Tier.life,
        "treats you as an advisor",
        "at least {trusted_needed} of " + ", ".join(TRUST) + " seen within {window_days} days",
        trusted,
        reasons.trusted,
        sources.SIGNS,
        steps.trusted,
    ),
)

LIFE_IN_DEPTH: tuple[Criterion[Evidence], ...] = (
    Criterion(
        "reliable",
        Tier.life,
        "can count on what you promise",
        "of your counted promises to them, leaving out those open and at most {reliable_grace_days} days past due: "
        "at least {reliable_least}; at most one in {reliable_share}, or {reliable_missed} in all, not honoured; none "
        "still overdue; with fewer there is not enough evidence",
        reliable,
        reasons.reliable,
        sources.PROMISES,
        steps.reliable,
    ),
    Criterion(
        "lasting",
        Tier.life,
        "has been with you for long, and still is",
        "the first interaction, or the stated beginning, is at least {lasting_days} days ago, and the last "
        "interaction at most {lasting_silence_days} days",
        lasting,
        reasons.lasting,
        sources.ENDS,
        steps.lasting,
    ),
    Criterion(
        "unbroken",
        Tier.life,
        "has seen you put right what went wrong",
        "every complaint and surprise within {window_days} days that is more than {unbroken_grace_days} days old "
        "has an owned on that day or later",
        unbroken,
        reasons.unbroken,
        sources.SLIPS_AND_ANSWERS,
        steps.unbroken,
    ),
)

LIFE: tuple[Criterion[Seen] | Criterion[Evidence], ...] = (*LIFE_AT_A_GLANCE, *LIFE_IN_DEPTH)

CRITERIA: tuple[Criterion[Seen] | Criterion[Evidence], ...] = (*KEY, *LIFE)
"""All of them, in the order in which they are told; a new one is a function, its reasons and a row above."""
