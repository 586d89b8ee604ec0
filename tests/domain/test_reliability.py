"""What is said of promises that count: each is honoured or missed in one way, and the figures add up."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.promises import Outcome, outcome
from c4l.domain.records import Event, Promise, Verb
from c4l.domain.reliability import Figures, by_client, counted, figures, lessons, months, of
from c4l.domain.terms import Party
from tests.domain.books import TODAY, ago, broken, kept, moved, promise, promises, ref, released

modest = settings(max_examples=100, deadline=None)
DUE = ago(50)
YEAR = 365


def told(*made: Promise, day: date = TODAY, window_days: int = YEAR) -> Figures:
    """The figures of such promises."""
    return figures(counted(made, day, window_days), day)


def because(event: Event, text: str) -> Event:
    return event._replace(because=text)


# --- every way in which a promise can end ---


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (promise(DUE, kept(DUE)), Figures(1, 1, first_day=1)),
        (promise(DUE, kept(ago(51))), Figures(1, 1, first_day=1)),
        (promise(DUE, kept(ago(49))), Figures(1, 0, kept_late=1, late_days_median=1)),
        (promise(DUE, moved(DUE, ago(40), told=True), kept(ago(40))), Figures(1, 1, told_early=1)),
        (promise(DUE, moved(DUE, ago(40), told=True), kept(DUE)), Figures(1, 1, first_day=1, told_early=1)),
        (promise(DUE, moved(DUE, ago(40)), kept(ago(40))), Figures(1, 0, moved_untold=1)),
        (promise(DUE, moved(ago(49), ago(40), told=True), kept(ago(40))), Figures(1, 0, moved_untold=1)),
        (
            promise(DUE, moved(DUE, ago(40), told=True), kept(ago(37))),
            Figures(1, 0, kept_late=1, told_early=1, late_days_median=3),
        ),
        (promise(DUE, moved(ago(60), ago(55)), kept(ago(55))), Figures(1, 1, first_day=1)),
        (promise(DUE, broken(DUE)), Figures(1, 0, broken=1)),
        (promise(DUE, broken(DUE, told=True)), Figures(1, 0, broken=1, told_early=1)),
        (promise(DUE, broken(ago(49), told=True)), Figures(1, 0, broken=1)),
        (promise(DUE, released(ago(49))), Figures(1, 0, released_late=1)),
        (promise(DUE, released(DUE)), Figures()),
        (promise(DUE), Figures(1, 0, overdue=1, late_days_median=50)),
        (promise(DUE, moved(DUE, ago(10), told=True)), Figures(1, 0, overdue=1, told_early=1, late_days_median=10)),
        (promise(TODAY), Figures()),
        (promise(ago(1)), Figures(1, 0, overdue=1, late_days_median=1)),
        (promise(None, kept(ago(3))), Figures()),
        (promise(None), Figures()),
    ],
)
def test_each_promise_counts_for_what_became_of_it(made: Promise, expected: Figures) -> None:
    assert told(made) == expected


@pytest.mark.parametrize("verb", [kept, broken])
def test_what_ended_on_the_first_day_of_the_window_counts_and_what_ended_before_does_not(
    verb: Callable[[date], Event],
) -> None:
    assert told(promise(ago(400), verb(ago(364)))).counted == 1
    assert told(promise(ago(400), verb(ago(365)))).counted == 0


def test_what_is_overdue_counts_however_long_ago_it_was_due() -> None:
    assert told(promise(ago(500))).overdue == 1


# --- shares and medians ---


@pytest.mark.parametrize(
    ("good", "bad", "share"), [(4, 0, None), (0, 4, None), (5, 0, 1.0), (4, 1, 0.8), (0, 5, 0.0), (2, 4, 1 / 3)]
)
def test_there_is_no_share_of_fewer_than_five(good: int, bad: int, share: float | None) -> None:
    made = [promise(DUE, kept(DUE))] * good + [promise(DUE, broken(DUE))] * bad
    assert told(*made).share == (None if share is None else pytest.approx(share))


@pytest.mark.parametrize(
    ("late", "median"),
    [((), None), ((3,), 3), ((9, 1), 5), ((1, 4), 2.5), ((30, 1, 2), 2), ((1, 2, 4, 30), 3), ((0, 0, 7), 7)],
)
def test_the_median_is_that_of_the_late_ones_alone(late: tuple[int, ...], median: float | None) -> None:
    made = [promise(DUE, kept(DUE + timedelta(days=days))) for days in late]
    assert told(*made).late_days_median == median


def test_the_median_takes_what_is_still_overdue_with_what_was_kept_late() -> None:
    assert told(promise(DUE, kept(ago(48))), promise(ago(5))).late_days_median == 3.5


# --- months ---


def test_a_promise_belongs_to_the_month_in_which_it_ended_and_an_overdue_one_to_the_last() -> None:
    found = counted(
        [
            promise(date(2026, 9, 30), kept(date(2026, 9, 30))),
            promise(date(2026, 9, 30), kept(date(2026, 10, 1))),
            promise(date(2026, 8, 1)),
        ],
        TODAY,
        YEAR,
    )
    assert [(month.first.isoformat(), month.counted, month.honoured) for month in months(found, ago(80), TODAY)] == [
        ("2026-09-01", 1, 1),
        ("2026-10-01", 1, 0),
        ("2026-11-01", 1, 0),
    ]


@pytest.mark.parametrize(
    ("since", "until", "how_many"),
    [("2026-11-22", "2026-11-22", 1), ("2025-11-23", "2026-11-22", 13), ("2026-01-31", "2026-03-01", 3)],
)
def test_every_month_of_the_window_is_there(since: str, until: str, how_many: int) -> None:
    assert len(months([], date.fromisoformat(since), date.fromisoformat(until))) == how_many


# --- clients ---


def test_clients_come_worst_first_and_those_you_owe_nothing_by_how_they_keep_theirs() -> None:
    good, bad = kept(DUE), broken(DUE)
    made = [
        *(promise(DUE, end, client=ref(1)) for end in (good, good, bad)),
        *(promise(DUE, end, client=ref(2)) for end in (good, bad)),
        *(promise(DUE, end, client=ref(3)) for end in (good, good, bad, bad)),
        promise(DUE, good, client=ref(4)),
        promise(DUE, good, client=ref(5), by=Party.them),
        promise(DUE, bad, client=ref(6), by=Party.them),
    ]
    assert [row.client.id for row in by_client(counted(made, TODAY, YEAR), TODAY)] == [3, 2, 1, 4, 6, 5]


# --- lessons ---


def test_lessons_are_why_promises_were_moved_or_broken_newest_first() -> None:
    made = [
        promise(DUE, because(moved(ago(60), ago(40)), "no time"), because(broken(ago(41)), "no budget"), number=1),
        promise(ago(-9), because(moved(ago(2), ago(-9), told=True), "she is away"), number=2),
        promise(DUE, because(kept(DUE), "easy"), number=3),
        promise(DUE, because(released(DUE), "not needed"), number=4),
        promise(DUE, moved(ago(3), ago(-3)), number=5),
        promise(DUE, kept(ago(52)), because(moved(ago(3), ago(-3)), "after its end"), number=6),
        promise(None, because(broken(ago(364)), "forgot"), number=7),
        promise(DUE, because(broken(ago(365)), "long ago"), number=8),
    ]
    told = lessons(made, ago(364), TODAY)
    assert [(lesson.promise.number, lesson.verb, lesson.because) for lesson in told] == [
        (2, Verb.moved, "she is away"),
        (1, Verb.broken, "no budget"),
        (1, Verb.moved, "no time"),
        (7, Verb.broken, "forgot"),
    ]


# --- whatever the promises ---


@modest
@given(st.lists(promises(), max_size=12), st.integers(0, 40), st.sampled_from([7, 30, 365]))
def test_the_figures_add_up_on_every_day(made: list[Promise], back: int, window_days: int) -> None:
    day = ago(back)
    found = counted(made, day, window_days)
    whole = figures(found, day)

    outcomes = [became for promise in made if (became := outcome(promise, day, window_days))]
    assert (whole.counted, whole.honoured) == (len(outcomes), sum(became.honoured for became in outcomes))
    ways = (whole.kept_late, whole.moved_untold, whole.broken, whole.released_late, whole.overdue)
    assert whole.counted == whole.honoured + sum(ways)
    assert whole.first_day <= whole.honoured
    assert (whole.late_days_median is None) == (whole.kept_late + whole.overdue == 0)

    sides = [figures(of(party, found), day) for party in Party]
    rows = by_client(found, day)
    spread = months(found, day - timedelta(days=window_days - 1), day)
    for field in ("counted", "honoured"):
        total = getattr(whole, field)
        assert total == sum(getattr(side, field) for side in sides)
        assert total == sum(getattr(own, field) for row in rows for own in (row.mine, row.theirs))
        assert total == sum(getattr(month, field) for month in spread)


@modest
@given(promises(), st.integers(1, 60))
def test_time_alone_only_ever_makes_a_promise_overdue_or_forgotten(made: Promise, days: int) -> None:
    quiet = max([made.made_on, *(event.on for event in made.events)])
    before, after = (outcome(made, quiet + timedelta(days=passed)) for passed in (0, days))
    assert after is before or after in (Outcome.overdue, None)
