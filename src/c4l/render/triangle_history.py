"""How many stood where over time, as JSON and as plain lines.

Plain columns: day, clients for life, key, at the base, never contacted.
"""

from collections.abc import Iterator, Sequence

from c4l.actions.moves import Counted, History
from c4l.domain.terms import Tier
from c4l.render.records import day

_TOP_FIRST = tuple(reversed(Tier))


def history_data(result: History) -> dict[str, object]:
    """The counts of each day."""
    return {
        "since": day(result.days[0].on) if result.days else None,
        "until": day(result.until),
        "every": result.every.value,
        "days": [{"on": day(each.on), **counts(each)} for each in result.days],
    }


def history_lines(result: History) -> Iterator[Sequence[str]]:
    """A line for each day."""
    for each in result.days:
        yield each.on.isoformat(), *(str(each.tiers[tier]) for tier in _TOP_FIRST), str(each.uncontacted)


def counts(counted: Counted) -> dict[str, object]:
    """How many stood where on a day."""
    return {**{tier.value: counted.tiers[tier] for tier in _TOP_FIRST}, "uncontacted": counted.uncontacted}
