"""Weeks, months, quarters and years, one after the other."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from c4l.domain.weeks import monday_of


class Every(StrEnum):
    """How far one look back is from the next."""

    week = "week"
    month = "month"
    quarter = "quarter"
    year = "year"


_MONTHS = {Every.month: 1, Every.quarter: 3, Every.year: 12}


def ends_back(every: Every, until: date) -> Iterator[date]:
    """A day, and before it the last day of every earlier period, the latest first; without end."""
    day = until
    while True:
        yield day
        day = beginning(every, day) - timedelta(days=1)


def beginning(every: Every, day: date) -> date:
    """The first day of the period that the day lies in; a week is one of ISO's."""
    if every is Every.week:
        return monday_of(day)
    months = _MONTHS[every]
    return date(day.year, (day.month - 1) // months * months + 1, 1)
