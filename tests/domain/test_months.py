"""Calendar months: stepping through them and back."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.months import month_of, months_back, months_between

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("first", "count", "expected"),
    [
        (date(2026, 11, 1), 0, date(2026, 11, 1)),
        (date(2026, 11, 1), 10, date(2026, 1, 1)),
        (date(2026, 11, 1), 11, date(2025, 12, 1)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)),
        (date(2026, 12, 1), 24, date(2024, 12, 1)),
        (date(2026, 12, 1), -1, date(2027, 1, 1)),
    ],
)
def test_months_are_counted_back(first: date, count: int, expected: date) -> None:
    assert months_back(first, count) == expected


@given(DAYS, st.integers(0, 40))
def test_between_two_days_lie_all_their_months(until: date, back: int) -> None:
    since = months_back(month_of(until), back)
    months = list(months_between(since, until))

    assert (months[0], months[-1], len(months)) == (since, month_of(until), back + 1)
    assert all(28 <= (later - earlier).days <= 31 for earlier, later in pairwise(months))


def test_no_month_lies_between_a_day_and_one_of_an_earlier_month() -> None:
    assert list(months_between(date(2026, 11, 1), date(2026, 10, 31))) == []
    assert list(months_between(date(2026, 11, 30), date(2026, 11, 1))) == [date(2026, 11, 1)], "it is theirs both"
