"""How much you promise for one week, against the most you have honoured in one: a mirror, which never refuses."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from c4l.domain.weeks import iso_week, monday_of

WEEKS = 12
"""So many full ISO weeks before the current one are looked back on."""

WEEKS_NEEDED = 4
"""In so many of them something must have been honoured: before that, there is nothing to measure by."""


class Commitment(NamedTuple):
    """What you owe in one ISO week.

    Attributes:
        monday: the first day of that week.
        due: how many of yours are open and due in it.
        most: the most you have honoured, by due week, in any of the weeks looked back on.
    """

    monday: date
    due: int
    most: int

    @property
    def over(self) -> bool:
        """Whether that is more than you have ever lately honoured in a week."""
        return self.due > self.most

    @property
    def week(self) -> str:
        """The week as ISO writes it: `2026-W48`."""
        return iso_week(self.monday)

    @property
    def sunday(self) -> date:
        """The last day of that week."""
        return self.monday + timedelta(days=6)


def full_weeks(today: date) -> tuple[date, date]:
    """The first and the last day of the weeks looked back on; the current one is not over, even on its Sunday."""
    monday = monday_of(today)
    return monday - timedelta(weeks=WEEKS), monday - timedelta(days=1)


def most_honoured(days: Iterable[tuple[date, int]]) -> int | None:
    """The most that was honoured in one week; None where too few weeks have an honoured promise.

    Args:
        days: due days within the weeks looked back on, each with how many of yours due then were honoured.
    """
    weeks: Counter[date] = Counter()
    for day, honoured in days:
        weeks[monday_of(day)] += honoured
    honoured_in = [count for count in weeks.values() if count]
    return max(honoured_in) if len(honoured_in) >= WEEKS_NEEDED else None


def lies_ahead(due_on: date, today: date) -> bool:
    """Whether the week of a due day can still be planned; nobody is warned of one that is over."""
    return due_on >= monday_of(today)
