"""What counts as given, and in which week."""

from datetime import date, timedelta

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from c4l.domain.habits import HABITS, Given, by_week, given, usual_start
from c4l.domain.records import Promise, Records
from c4l.domain.signals import SIGNALS
from c4l.domain.terms import Kind, Party
from c4l.domain.weeks import monday_of
from tests.domain.books import JANE, LONG_AGO, TODAY, ago, books, broken, kept, moved, promise, sign

MONDAY = date(2026, 11, 16)


def warned(owed: Promise) -> list[date]:
    """The days of the last twelve weeks on which somebody was told early of a slip."""
    records = Records(JANE, Kind.customer, LONG_AGO, promises=(owed,))
    return [thing.on for thing in given(records, ago(83), TODAY)]


def test_the_habits_are_the_signals_of_yours() -> None:
    assert sorted(HABITS) == sorted(name for name, signal in SIGNALS.items() if signal.by is Party.me)


def test_every_signal_of_yours_counts_and_none_of_theirs() -> None:
    signs = tuple(sign(name, TODAY) for name in SIGNALS)
    records = Records(JANE, Kind.customer, LONG_AGO, signs=signs)

    # `warned` lies on the promise's own event, whatever a file may say.
    assert sorted(thing.habit for thing in given(records, ago(83), TODAY)) == sorted(set(HABITS) - {"warned"})


@pytest.mark.parametrize(("on", "counts"), [(ago(84), False), (ago(83), True), (TODAY, True), (ago(-1), False)])
def test_the_first_and_the_last_day_count_and_those_beyond_do_not(on: date, counts: bool) -> None:
    records = Records(JANE, Kind.customer, LONG_AGO, signs=(sign("thanked", on),))

    assert list(given(records, ago(83), TODAY)) == ([Given(JANE.id, "thanked", on)] if counts else [])


@pytest.mark.parametrize(
    ("owed", "days"),
    [
        (promise(ago(5), moved(ago(6), ago(-3), told=True)), [ago(6)]),
        (promise(ago(5), moved(ago(5), ago(-3), told=True)), [ago(5)]),
        (promise(ago(5), moved(ago(4), ago(-3), told=True)), []),
        (promise(ago(5), moved(ago(6), ago(-3))), []),
        (promise(ago(5), moved(ago(6), ago(7), told=True)), []),
        (promise(None, moved(ago(6), ago(-3), told=True)), []),
        (promise(ago(5), moved(ago(6), ago(-3), told=True), by=Party.them), []),
        (promise(ago(5), moved(ago(7), ago(2), told=True), moved(ago(3), ago(-3), told=True)), [ago(7), ago(3)]),
        (promise(ago(5), kept(ago(8)), moved(ago(6), ago(-3), told=True)), []),
        (promise(ago(5), broken(ago(5), told=True)), [ago(5)]),
        (promise(ago(5), broken(ago(4), told=True)), []),
        (promise(ago(5), broken(ago(6))), []),
        (promise(None, broken(ago(6), told=True)), []),
        (promise(ago(5), broken(ago(6)), broken(ago(6), told=True)), []),
        (promise(ago(5), broken(ago(6), told=True), by=Party.them), []),
        (promise(ago(5), moved(ago(9), ago(2), told=True), broken(ago(3), told=True)), [ago(9), ago(3)]),
        (promise(ago(-9), moved(ago(-2), ago(-20), told=True)), []),
        (promise(ago(5), broken(ago(6), told=True), made=ago(-1)), []),
    ],
)
def test_a_slip_told_on_or_before_the_due_day_is_an_early_warning(owed: Promise, days: list[date]) -> None:
    assert warned(owed) == days


@pytest.mark.parametrize(
    ("day", "start"),
    [(MONDAY, MONDAY), (TODAY, MONDAY), (ago(-1), ago(-1)), (date(2027, 1, 1), date(2026, 12, 28))],
)
def test_a_week_begins_on_its_monday(day: date, start: date) -> None:
    assert monday_of(day) == start


@pytest.mark.parametrize("today", [MONDAY, date(2026, 11, 18), TODAY])
def test_the_last_twelve_weeks_hold_this_one(today: date) -> None:
    weeks = by_week([], usual_start(today), today)

    assert len(weeks) == 12
    assert weeks[-1].starts_on == MONDAY


def test_each_thing_counts_in_its_week_and_empty_weeks_are_there() -> None:
    things = [Given(1, "thanked", ago(0)), Given(2, "thanked", ago(6)), Given(1, "owned", ago(14))]

    third, second, first = by_week(things, ago(20), TODAY)[::-1]

    assert (third.counts["thanked"], third.total, third.name) == (2, 2, "2026-W47")
    assert (second.total, first.counts["owned"]) == (0, 1)
    assert list(third.counts) == list(HABITS)


def test_the_first_days_of_a_year_may_lie_in_a_week_of_the_last() -> None:
    [week] = by_week([Given(1, "helped", date(2027, 1, 2))], date(2027, 1, 2), date(2027, 1, 3))

    assert (week.name, week.starts_on, week.total) == ("2026-W53", date(2026, 12, 28), 1)


@examples(books(), st.integers(0, 800), st.integers(-30, 60))
def test_nothing_given_is_lost_or_counted_twice(book: list[Records], back: int, until: int) -> None:
    last = ago(until)
    first = monday_of(last - timedelta(days=back))
    things = [thing for records in book for thing in given(records, first, last)]

    weeks = by_week(things, first, last)

    assert sum(week.total for week in weeks) == len(things)
    assert [week.starts_on for week in weeks] == [first + timedelta(weeks=n) for n in range(len(weeks))]
    assert weeks[-1].starts_on == monday_of(last)
