"""Over-commitment counts ISO weeks: which are looked back on, when that is enough to measure by, what is too much."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.commitment import WEEKS, Commitment, full_weeks, lies_ahead, most_honoured
from c4l.domain.weeks import monday_of

days = st.dates(date(1901, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        ("2026-11-22", "2026-08-24", "2026-11-15"),  # on its Sunday the current week is not over
        ("2026-11-23", "2026-08-31", "2026-11-22"),
        ("2026-11-16", "2026-08-24", "2026-11-15"),
        ("2027-01-03", "2026-10-05", "2026-12-27"),  # 2026 has a week 53, which ends in 2027
        ("2027-01-04", "2026-10-12", "2027-01-03"),
        ("2025-12-31", "2025-10-06", "2025-12-28"),  # a Wednesday of the week 2026-W01
    ],
)
def test_the_twelve_weeks_before_the_current_one_are_looked_back_on(today: str, first: str, last: str) -> None:
    assert full_weeks(date.fromisoformat(today)) == (date.fromisoformat(first), date.fromisoformat(last))


@given(days)
def test_they_are_twelve_whole_weeks_that_end_before_today(today: date) -> None:
    first, last = full_weeks(today)
    assert (first.isoweekday(), last.isoweekday()) == (1, 7)
    assert (last - first).days + 1 == 7 * WEEKS
    assert 1 <= (today - last).days <= 7


@given(days)
def test_a_week_runs_from_monday_to_sunday_and_has_its_iso_name(day: date) -> None:
    week = Commitment(monday_of(day), 1, 1)
    assert week.monday <= day <= week.sunday
    assert date.fromisoformat(f"{week.week}-1") == week.monday


@pytest.mark.parametrize(
    ("day", "week"),
    [("2026-11-22", "2026-W47"), ("2027-01-03", "2026-W53"), ("2027-01-04", "2027-W01"), ("2025-12-29", "2026-W01")],
)
def test_the_last_days_of_a_year_may_belong_to_the_next(day: str, week: str) -> None:
    assert Commitment(monday_of(date.fromisoformat(day)), 1, 1).week == week


MONDAY = date(2026, 11, 2)


def honoured(*weeks: int) -> list[tuple[date, int]]:
    """So many honoured on the Wednesday of each week, going back from one."""
    return [(MONDAY + timedelta(days=2 - 7 * back), count) for back, count in enumerate(weeks)]


@pytest.mark.parametrize(
    ("weeks", "most"),
    [
        ((), None),
        ((9, 9, 9), None),
        ((9, 9, 9, 0), None),
        ((1, 1, 1, 1), 1),
        ((2, 0, 5, 0, 1, 3), 5),
    ],
)
def test_nothing_is_said_before_four_weeks_have_an_honoured_one(weeks: tuple[int, ...], most: int | None) -> None:
    assert most_honoured(honoured(*weeks)) == most


def test_the_days_of_a_week_are_taken_together_and_those_beside_it_are_not() -> None:
    monday, sunday = MONDAY, MONDAY + timedelta(days=6)
    others = honoured(0, 1, 1, 1)
    assert most_honoured([*others, (monday, 2), (sunday, 3)]) == 5
    assert most_honoured([*others, (monday, 2), (sunday + timedelta(days=1), 3)]) == 3


def test_as_many_as_ever_is_not_too_much_and_one_more_is() -> None:
    assert not Commitment(MONDAY, 4, 4).over
    assert Commitment(MONDAY, 5, 4).over


@pytest.mark.parametrize(("due", "ahead"), [("2026-11-15", False), ("2026-11-16", True), ("2026-11-29", True)])
def test_only_a_week_that_is_not_over_can_be_planned(due: str, ahead: bool) -> None:
    assert lies_ahead(date.fromisoformat(due), date(2026, 11, 22)) is ahead
