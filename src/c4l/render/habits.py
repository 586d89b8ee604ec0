"""What you give, as JSON and as plain lines.

Plain lines begin with what they hold: `week` (its Monday, then how often you thanked, praised, suggested, listened, put
them first, helped, warned and owned), `all` (the number of weeks, then the same over all of them), and `clients` (how
many there are, and how many of them had none of it).
"""

from collections.abc import Iterator, Sequence

from c4l.actions.habits import Habits
from c4l.domain.habits import HABITS
from c4l.render.records import client_ref, day


def habits_data(result: Habits) -> dict[str, object]:
    """Every figure, and everybody who had none of it."""
    return {
        "since": day(result.since),
        "until": day(result.until),
        "weeks": [
            {"week": week.name, "starts_on": day(week.starts_on), "total": week.total, "counts": dict(week.counts)}
            for week in result.weeks
        ],
        "total": sum(result.totals.values()),
        "counts": dict(result.totals),
        "clients": result.clients,
        "without": [client_ref(client) for client in result.without],
    }


def habits_lines(result: Habits) -> Iterator[Sequence[str]]:
    """A line for each week, for all of them, and for the clients."""
    for week in result.weeks:
        yield "week", week.starts_on.isoformat(), *(str(week.counts[habit]) for habit in HABITS)
    yield "all", str(len(result.weeks)), *(str(result.totals[habit]) for habit in HABITS)
    yield "clients", str(result.clients), str(len(result.without))
