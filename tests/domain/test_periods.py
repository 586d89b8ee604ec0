"""Periods of the calendar, looked back on from a day."""

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.periods import Every, beginning, ends_back


@pytest.mark.parametrize(
    ("every", "until", "days"),
    [
        (Every.week, "2026-11-22", ["2026-11-22", "2026-11-15", "2026-11-08"]),
        (Every.week, "2026-11-23", ["2026-11-23", "2026-11-22", "2026-11-15"]),
        (Every.month, "2026-11-22", ["2026-11-22", "2026-10-31", "2026-09-30"]),
        (Every.month, "2026-03-31", ["2026-03-31", "2026-02-28", "2026-01-31"]),
        (Every.month, "2024-03-01", ["2024-03-01", "2024-02-29", "2024-01-31"]),
        (Every.month, "2026-01-01", ["2026-01-01", "2025-12-31", "2025-11-30"]),
        (Every.quarter, "2026-11-22", ["2026-11-22", "2026-09-30", "2026-06-30"]),
        (Every.quarter, "2026-12-31", ["2026-12-31", "2026-09-30", "2026-06-30"]),
        (Every.year, "2026-11-22", ["2026-11-22", "2025-12-31", "2024-12-31"]),
    ],
)
def test_ends_of_periods(every: Every, until: str, days: list[str]) -> None:
    assert [day.isoformat() for day in islice(ends_back(every, date.fromisoformat(until)), 3)] == days


@given(st.sampled_from(Every), st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_periods_lie_side_by_side(every: Every, day: date) -> None:
    first = beginning(every, day)
    assert first <= day
    # Every day from the first on belongs to the same period, and the one before the first to another.
    assert beginning(every, first) == first
    assert beginning(every, first - timedelta(days=1)) < first
    assert list(islice(ends_back(every, day), 2)) == [day, first - timedelta(days=1)]
