"""Calendar months, each named by its first day."""

from collections.abc import Iterator
from datetime import date


def month_of(day: date) -> date:
    """The first day of the month that the day lies in."""
    return day.replace(day=1)


def months_back(first: date, count: int) -> date:
    """The month so many before another.

    Raises:
        ValueError: if that is before the year 1.
    """
    year, month = divmod(first.year * 12 + first.month - 1 - count, 12)
    return date(year, month + 1, 1)


def months_between(since: date, until: date) -> Iterator[date]:
    """Every month from that of the one day to that of the other, both among them."""
    month = month_of(since)
    while month <= until:
        yield month
        month = months_back(month, -1)
