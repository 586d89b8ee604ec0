"""Key dates as they come round: the day of the next time, and how many years it will be."""

from datetime import date
from typing import NamedTuple

from c4l.domain.clients import KeyDate
from c4l.domain.dates import next_yearly


class Anniversary(NamedTuple):
    """The next time that a key date comes round.

    Attributes:
        years: how many it will be; None where the year is unknown or still to come.
    """

    label: str
    on: date
    years: int | None = None


def coming(each: KeyDate, today: date) -> Anniversary:
    """The next time that a key date comes round; today counts, and no day before the year in which it begins."""
    start = today if each.year is None else max(today, date(each.year, 1, 1))
    on = next_yearly(each.month, each.day, start)
    years = on.year - each.year if each.year is not None and on.year > each.year else None
    return Anniversary(each.label, on, years)
