"""Words for days: what each means on Sunday 22 November 2026, ahead and behind, and what is refused."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from c4l.domain.dates import Direction, long, read_day, read_since, read_span, read_yearly
from c4l.domain.errors import BadDay, WrongUse

TODAY = date(2026, 11, 22)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
todays = st.dates(date(1950, 1, 1), date(2150, 12, 31))
directions = st.sampled_from(Direction)
quick = settings(max_examples=200, deadline=None)


def due(text: str, today: date = TODAY) -> str:
    return read_day(text, today, Direction.DUE).isoformat()


def logged(text: str, today: date = TODAY) -> str:
    return read_day(text, today, Direction.LOG).isoformat()


def refused(text: str, direction: Direction = Direction.DUE) -> BadDay:
    with pytest.raises(BadDay) as caught:
        read_day(text, TODAY, direction)
    return caught.value


@pytest.mark.parametrize(
    ("text", "ahead", "behind"),
    [
        ("sunday", "2026-11-22", "2026-11-22"),
        ("monday", "2026-11-23", "2026-11-16"),
        ("Fri", "2026-11-27", "2026-11-20"),
        ("tues", "2026-11-24", "2026-11-17"),
        ("thurs", "2026-11-26", "2026-11-19"),
        ("0d", "2026-11-22", "2026-11-22"),
        ("3d", "2026-11-25", "2026-11-19"),
        ("3 days", "2026-11-25", "2026-11-19"),
        ("2w", "2026-12-06", "2026-11-08"),
        ("two weeks", "2026-12-06", "2026-11-08"),
        ("2 weeks", "2026-12-06", "2026-11-08"),
        ("fortnight", "2026-12-06", "2026-11-08"),
        ("1m", "2026-12-22", "2026-10-22"),
        ("3 months", "2027-02-22", "2026-08-22"),
        ("1y", "2027-11-22", "2025-11-22"),
        ("22 nov", "2026-11-22", "2026-11-22"),
        ("12 feb", "2027-02-12", "2026-02-12"),
        ("feb 12", "2027-02-12", "2026-02-12"),
        ("Sept. 3", "2027-09-03", "2026-09-03"),
        ("12th of February", "2027-02-12", "2026-02-12"),
        ("13/4", "2027-04-13", "2026-04-13"),
        ("4/13", "2027-04-13", "2026-04-13"),
        ("4/4", "2027-04-04", "2026-04-04"),
        ("30.4.", "2027-04-30", "2026-04-30"),
        ("03.04.", "2027-04-03", "2026-04-03"),
        ("29 feb", "2028-02-29", "2024-02-29"),
        ("22nd", "2026-11-22", "2026-11-22"),
        ("the 23rd", "2026-11-23", "2026-10-23"),
        ("31st", "2026-12-31", "2026-10-31"),
        ("first monday of february", "2027-02-01", "2026-02-02"),
        ("4th sunday in november", "2026-11-22", "2026-11-22"),
        ("last friday of august", "2027-08-27", "2026-08-28"),
        ("eod", "2026-11-22", "2026-11-22"),
        ("eow", "2026-11-27", "2026-11-20"),
        ("eom", "2026-11-30", "2026-10-31"),
        ("end of the month", "2026-11-30", "2026-10-31"),
        ("eoq", "2026-12-31", "2026-09-30"),
        ("end of year", "2026-12-31", "2025-12-31"),
        ("end of february", "2027-02-28", "2026-02-28"),
    ],
)
def test_a_day_without_its_date_is_the_next_one_when_due_and_the_last_one_in_a_log(
    text: str, ahead: str, behind: str
) -> None:
    assert (due(text), logged(text)) == (ahead, behind)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-22"),
        ("YESTERDAY", "2026-11-21"),
        ("tomorrow", "2026-11-23"),
        ("tmr", "2026-11-23"),
        ("Tmrw", "2026-11-23"),
        ("in 3 days", "2026-11-25"),
        ("in a fortnight", "2026-12-06"),
        ("a fortnight ago", "2026-11-08"),
        ("in a week", "2026-11-29"),
        ("3 weeks ago", "2026-11-01"),
        ("3d ago", "2026-11-19"),
        ("a month ago", "2026-10-22"),
        ("end of this month", "2026-11-30"),
        ("end of february 2028", "2028-02-29"),
        ("2026-11-27", "2026-11-27"),
        ("20261127", "2026-11-27"),
        ("2026-1-5", "2026-01-05"),
        ("2026/01/05", "2026-01-05"),
        ("2026-W48-1", "2026-11-23"),
        ("12 dec 2026", "2026-12-12"),
        ("12-dec-2026", "2026-12-12"),
        ("december 12th, 2026", "2026-12-12"),
        ("2026 dec 12", "2026-12-12"),
        ("13/04/2026", "2026-04-13"),
        ("04-13-2026", "2026-04-13"),
        ("3.4.2026", "2026-04-03"),
        ("31.1.2026", "2026-01-31"),
        ("31.1. 2026", "2026-01-31"),
        ("tue 3 march 2026", "2026-03-03"),
        ("Friday, 2026-11-27", "2026-11-27"),
        ("last friday of november 2024", "2024-11-29"),
        ("  by   the  12th of dec 2026 ", "2026-12-12"),
        ("on 1 jan 1900", "1900-01-01"),
        ("31 dec 2200", "2200-12-31"),
    ],
)
def test_a_day_that_says_where_it_lies_is_the_same_in_both_directions(text: str, day: str) -> None:
    assert (due(text), logged(text)) == (day, day)


def test_an_iso_week_is_its_friday_when_due_and_no_day_in_a_log() -> None:
    assert due("2026-W48") == due("2026-w48") == "2026-11-27"
    assert refused("2025-W53").hint == "the weeks of 2025 are W01 to W52, their days 1 to 7"
    assert refused("2026-W48", Direction.LOG).hint == "type 2026-11-23 for its Monday, and so on"


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("eow", "2026-11-20", "2026-11-20"),
        ("eow", "2026-11-21", "2026-11-27"),
        ("eom", "2026-11-30", "2026-11-30"),
        ("eom", "2028-02-01", "2028-02-29"),
        ("eoq", "2026-10-01", "2026-12-31"),
        ("eoy", "2026-12-31", "2026-12-31"),
        ("1m", "2026-01-31", "2026-02-28"),
        ("1y", "2028-02-29", "2029-02-28"),
        ("30th", "2027-01-31", "2027-03-30"),
        ("23rd", "2026-12-24", "2027-01-23"),
        ("this friday", "2026-11-18", "2026-11-20"),
        ("end of this week", "2026-11-18", "2026-11-20"),
        ("29 feb", "2096-06-01", "2104-02-29"),
        ("12 dec", "2026-11-22", "2026-12-12"),
        ("first monday of january", "2026-11-22", "2027-01-04"),
    ],
)
def test_at_the_edges_of_weeks_months_and_years(text: str, today: str, day: str) -> None:
    assert due(text, date.fromisoformat(today)) == day


def test_a_log_finds_the_last_29_february_eight_years_back() -> None:
    assert logged("29 feb", date(2103, 11, 22)) == "2096-02-29"


@pytest.mark.parametrize(
    ("text", "direction", "near", "far"),
    [
        *(
            (text, Direction.LOG, "Wed 2026-11-18", "Tue 2025-11-18")
            for text in ("18 nov", "nov 18", "18/11", "18.11.", "11/18", "18th of november", "the 18 November")
        ),
        *((text, Direction.DUE, "Mon 2026-11-16", "Tue 2027-11-16") for text in ("16 nov", "16/11", "nov 16th")),
        ("12 dec", Direction.LOG, "Sat 2026-12-12", "Fri 2025-12-12"),
        ("20 jan", Direction.LOG, "Wed 2027-01-20", "Tue 2026-01-20"),
        ("14 sep", Direction.DUE, "Mon 2026-09-14", "Tue 2027-09-14"),
        ("first monday of november", Direction.DUE, "Mon 2026-11-02", "Mon 2027-11-01"),
        ("last friday of november", Direction.LOG, "Fri 2026-11-27", "Fri 2025-11-28"),
        ("end of november", Direction.LOG, "Mon 2026-11-30", "Sun 2025-11-30"),
    ],
)
def test_a_day_of_last_or_next_year_that_lies_close_this_year_can_be_read_in_two_ways(
    text: str, direction: Direction, near: str, far: str
) -> None:
    with pytest.raises(BadDay) as refusal:
        read_day(text, date(2026, 11, 17), direction)
    assert refusal.value.message == f"“{text}” can be read in two ways: {near} or {far}"
    assert refusal.value.hint == f"type {near[4:]} or {far[4:]}"


@pytest.mark.parametrize(
    ("text", "direction", "day"),
    [
        ("17 nov", Direction.LOG, "2026-11-17"),
        ("17 nov", Direction.DUE, "2026-11-17"),
        ("21 jan", Direction.LOG, "2026-01-21"),
        ("13 sep", Direction.DUE, "2027-09-13"),
        ("29 feb", Direction.DUE, "2028-02-29"),
        ("wed 18 nov", Direction.LOG, "2026-11-18"),
        ("tue 18 nov", Direction.LOG, "2025-11-18"),
        ("fri 03/04/2026", Direction.LOG, "2026-04-03"),
        ("18 nov 2025", Direction.LOG, "2025-11-18"),
        ("16th", Direction.DUE, "2026-12-16"),
    ],
)
def test_one_reading_is_left_where_the_other_is_far_or_the_weekday_or_the_year_settles_it(
    text: str, direction: Direction, day: str
) -> None:
    assert read_day(text, date(2026, 11, 17), direction) == date.fromisoformat(day)


def test_29_february_is_asked_about_only_soon_after_or_before_one() -> None:
    with pytest.raises(BadDay, match=r"2028-02-29 or Sun 2032-02-29"):
        due("29 feb", date(2028, 3, 10))
    assert due("29 feb", date(2028, 6, 1)) == "2032-02-29"


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("next friday", "Fri 2026-11-27", "Fri 2026-12-04"),
        ("next sunday", "Sun 2026-11-29", "Sun 2026-12-06"),
        ("last monday", "Mon 2026-11-16", "Mon 2026-11-09"),
        ("last sunday", "Sun 2026-11-15", "Sun 2026-11-08"),
        ("this friday", "Fri 2026-11-20", "Fri 2026-11-27"),
        ("next week", "Mon 2026-11-23", "Fri 2026-11-27"),
        ("last week", "Mon 2026-11-09", "Fri 2026-11-13"),
        ("next month", "Tue 2026-12-01", "Thu 2026-12-31"),
        ("may", "Sat 2027-05-01", "Mon 2027-05-31"),
        ("may 2026", "Fri 2026-05-01", "Sun 2026-05-31"),
        ("2026-05", "Fri 2026-05-01", "Sun 2026-05-31"),
        ("12/2026", "Tue 2026-12-01", "Thu 2026-12-31"),
        ("2027", "Fri 2027-01-01", "Fri 2027-12-31"),
        ("3/4", "Sat 2027-04-03", "Thu 2027-03-04"),
        ("03/04/2026", "Fri 2026-04-03", "Wed 2026-03-04"),
        ("03/04/26", "Fri 2026-04-03", "Wed 2026-03-04"),
        ("13/04/26", "Mon 2026-04-13", "Fri 2013-04-26"),
        ("03.04.26", "Fri 2026-04-03", "Sat 2003-04-26"),
        ("31/12/99", "Thu 2099-12-31", "Fri 1999-12-31"),
        ("12 dec 26", "Sat 2026-12-12", "Wed 2012-12-26"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_both_readings(text: str, one: str, other: str) -> None:
    refusal = refused(text)
    assert f"“{text}”" in refusal.message
    assert one in refusal.message
    assert other in refusal.message
    assert one[4:] in refusal.hint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mon 3 march 2026", "“mon 3 march 2026” contradicts itself: 3 Mar 2026 is a Tuesday"),
        ("fri 23rd", "“fri 23rd” contradicts itself: 23 Nov 2026 is a Monday"),
        ("30.2.", "“30.2.” cannot be: February never has more than 29 days"),
        ("30 feb", "“30 feb” cannot be: February never has more than 29 days"),
        ("29 feb 2026", "“29 feb 2026” cannot be: February 2026 has 28 days"),
        ("2026-04-31", "“2026-04-31” cannot be: April 2026 has 30 days"),
        ("31/02/2026", "“31/02/2026” cannot be: February 2026 has 28 days"),
        ("5th monday of april 2026", "“5th monday of april 2026” is a day that does not come"),
        ("2026-W54", "“2026-W54” is no ISO week"),
        ("2026-W48-8", "“2026-W48-8” is no ISO week"),
        ("31 dec 1899", "“31 dec 1899” is too far away"),
        ("2201-01-01", "“2201-01-01” is too far away"),
        ("0000-01-01", "“0000-01-01” is too far away"),
        ("0000-W01", "“0000-W01” is too far away"),
        ("9999 years", "“9999 years” is too far away"),
        ("9999 months ago", "“9999 months ago” is too far away"),
        ("friday at 5", "“friday at 5” holds a time of day"),
        ("5pm", "“5pm” holds a time of day"),
        ("2026-11-27T17:00", "“2026-11-27T17:00” holds a time of day"),
        ("23", "“23” is a number and no day"),
        ("", "no day was given"),
        (" \t\n", "no day was given"),
    ],
)
def test_what_cannot_be_is_refused_and_says_why(text: str, message: str) -> None:
    refusal = refused(text)
    assert refusal.message == message
    assert refusal.hint


@pytest.mark.parametrize(
    "text",
    [
        *("asdf", "by", "someday", "friday or so", "mon tue", "second", "a december", "32nd", "0th", "2026-13-01"),
        *(
            "13/13/2026",
            "3.4",
            "10.30.",
            "1.0.",
            "-3d",
            "3d3",
            "99999d",
            f"{10**30}th dec",
            "20261322",
            "２０２６-11-27",
            "3²d",
            "next",
            "of",
        ),
        *(
            "2026-W4",
            "26-W48-1",
            "2026-W48-1-1",
            "2026-W48-10",
            "2026-W48-x",
            "2026-Wxx",
            "first of december",
            "zeroth monday of may",
            "12 dec 126",
        ),
    ],
)
def test_what_is_no_day_is_refused_with_examples(text: str) -> None:
    assert refused(text).message == f"“{text}” is no day"
    assert "friday, 3d, 12 dec" in refused(text).hint
    assert "yesterday" in refused(text, Direction.LOG).hint


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *((text, "tomorrow") for text in ("tomorow", "tommorrow", "Tomorrrow", "to morrow")),
        *((text, "friday") for text in ("firday", "fridy", "fri day", "Fridays")),
        *(("yesteday", "yesterday"), ("wensday", "wednesday"), ("decmber", "december"), ("somday", "someday")),
    ],
)
@pytest.mark.parametrize("direction", Direction)
def test_a_misspelt_day_is_refused_with_the_one_it_comes_near(text: str, meant: str, direction: Direction) -> None:
    refusal = refused(text, direction)
    assert refusal.message == f"“{text}” is no day"
    assert refusal.hint.startswith(f"did you mean {meant}? if not, type a day such as ")


def test_a_refusal_names_the_text_in_one_short_line() -> None:
    assert refused("some\nwords").message == "“some words” is no day"
    assert refused("friday " * 15_000).message == f"“{('friday ' * 15)[:39]}…” is no day"


@quick
@given(day=days, today=todays, direction=directions)
def test_an_iso_day_is_itself(day: date, today: date, direction: Direction) -> None:
    year, week, weekday = day.isocalendar()
    assert read_day(day.isoformat(), today, direction) == day
    assert read_day(f"{day:%Y%m%d}", today, direction) == day
    if 1900 <= year <= 2200:
        assert read_day(f"{year}-W{week:02}-{weekday}", today, direction) == day


@quick
@given(day=days, today=todays, direction=directions)
def test_a_written_day_reads_back(day: date, today: date, direction: Direction) -> None:
    assert read_day(long(day), today, direction) == day
    assert read_day(long(day)[4:], today, direction) == day


@quick
@given(today=todays, weekday=st.sampled_from(WEEKDAYS))
def test_a_weekday_lies_within_a_week_on_its_side(today: date, weekday: str) -> None:
    ahead, behind = (read_day(weekday, today, direction) for direction in Direction)
    assert ahead.weekday() == behind.weekday() == WEEKDAYS.index(weekday)
    assert 0 <= (ahead - today).days <= 6
    assert 0 <= (today - behind).days <= 6


@quick
@given(today=todays, count=st.integers(0, 999), unit=st.sampled_from(["d", " days", "w", " weeks"]))
def test_days_and_weeks_ahead_mirror_those_behind(today: date, count: int, unit: str) -> None:
    ahead, behind = (read_day(f"{count}{unit}", today, direction) for direction in Direction)
    assert ahead - today == today - behind == timedelta(days=count * (7 if "w" in unit else 1))


@quick
@given(
    today=todays,
    text=st.sampled_from(
        ["eow", "eom", "eoq", "eoy", "5 may", "29 feb", "31st", "third tuesday of june", "2m", "end of may"]
    ),
    direction=directions,
)
def test_words_stay_on_the_side_of_their_direction_or_are_refused(today: date, text: str, direction: Direction) -> None:
    with suppress(BadDay):
        day = read_day(text, today, direction)
        assert day >= today if direction is Direction.DUE else day <= today


@quick
@given(today=todays, apart=st.integers(-60, 60), direction=directions)
def test_a_day_and_month_never_jump_over_one_within_two_months(today: date, apart: int, direction: Direction) -> None:
    day = today + timedelta(days=apart)
    assume((day.month, day.day) != (2, 29))
    text = long(day)[4:-5]
    if apart == 0 or (apart > 0) == (direction is Direction.DUE):
        assert read_day(text, today, direction) == day
    else:
        with pytest.raises(BadDay, match=f"{day} or "):
            read_day(text, today, direction)


@quick
@given(today=todays, text=st.sampled_from(["eow", "eom", "eoq", "eoy", "5 may", "31st", "last friday of june"]))
def test_a_day_that_has_come_is_still_that_day(today: date, text: str) -> None:
    try:
        day = read_day(text, today, Direction.DUE)
    except BadDay:
        reject()
    assert read_day(text, day, Direction.DUE) == read_day(text, day, Direction.LOG) == day


words = st.sampled_from(
    [
        *("by", "in", "end", "of", "this", "next", "last", "first", "mon", "dec", "feb", "w", "ago", "a", ","),
        *("3", "29", "23rd", "2026", "03/04/26", "2026-w48", "12-dec", "-", "’"),
    ]
)


@settings(max_examples=500, deadline=None)
@given(text=st.text() | st.lists(words).map(" ".join), today=todays, direction=directions)
def test_any_text_ends_with_a_day_or_a_refusal_of_one_line(text: str, today: date, direction: Direction) -> None:
    refusals: list[WrongUse] = []
    for read in (lambda: read_day(text, today, direction), lambda: read_since(text, today), lambda: read_yearly(text)):
        try:
            read()
        except WrongUse as refusal:
            refusals.append(refusal)
    assert all(refusal.hint and len(refusal.message.splitlines()) == 1 for refusal in refusals)


@pytest.mark.parametrize("text", ["9" * 100_000, "mon " * 25_000, "-" * 100_000, "1/" * 50_000, "ſ" * 100_000])
def test_a_very_long_text_is_no_day(text: str) -> None:
    assert refused(text).message.endswith("…” is no day")


@pytest.mark.parametrize(
    ("text", "count"),
    [("90", 90), ("90 days", 90), ("1d", 1), ("2w", 14), ("6 weeks", 42), ("1m", 30), ("1Y", 365), ("100y", 36_500)],
)
def test_a_span_is_a_number_of_days(text: str, count: int) -> None:
    assert read_span(text) == count


@pytest.mark.parametrize("text", ["", "0", "0d", "-3d", "36500", "d", "3q", "3x", "in 3 days", "friday", "1.5w"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="is no number of days"):
        read_span(text)


@pytest.mark.parametrize("text", ["101y", "200 years", "1217m", "9999w"])
@pytest.mark.parametrize("read", [read_span, lambda text: read_since(text, TODAY)])
def test_a_span_is_of_a_hundred_years_at_most(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(WrongUse, match=f"“{text}” is too many days") as refused:
        read(text)
    assert "at most a hundred years" in refused.value.hint


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("90d", "2026-08-24"),
        ("90", "2026-08-24"),
        ("12 weeks", "2026-08-30"),
        ("1m", "2026-10-22"),
        ("6 months", "2026-05-22"),
        ("2y", "2024-11-22"),
        ("1000 days", "2024-02-26"),
        ("2019", "2019-01-01"),
        ("2019-05", "2019-05-01"),
        ("may 2019", "2019-05-01"),
        ("may", "2026-05-01"),
        ("december", "2025-12-01"),
        ("12 dec", "2025-12-12"),
        ("first monday of december", "2025-12-01"),
        ("2026-W40", "2026-09-28"),
        ("3 march", "2026-03-03"),
        ("monday", "2026-11-16"),
        ("2026-11-01", "2026-11-01"),
    ],
)
def test_a_stretch_begins_on_the_first_day_that_its_words_name(text: str, day: str) -> None:
    assert read_since(text, TODAY).isoformat() == day


@pytest.mark.parametrize("text", ["1850", "0000-05", "last week", "200y", "0d", "soon"])
def test_a_stretch_needs_a_beginning(text: str) -> None:
    with pytest.raises(WrongUse):
        read_since(text, TODAY)


@pytest.mark.parametrize(
    ("text", "yearly"),
    [
        *((text, (12, 1, None)) for text in ("12-01", "--12-01", "--1201", "1 dec", "Dec 1st", "1st of december")),
        *((text, (12, 1, 1980)) for text in ("1980-12-01", "19801201", "1 december 1980", "dec 1, 1980", "1.12.1980")),
        *((text, (4, 13, None)) for text in ("04-13", "13/04", "4/13")),
        *((text, (2, 29, None)) for text in ("02-29", "--0229", "29 feb")),
        ("29 feb 1980", (2, 29, 1980)),
    ],
)
def test_a_key_date_is_a_month_a_day_and_perhaps_a_year(text: str, yearly: tuple[int, int, int | None]) -> None:
    assert read_yearly(text) == yearly


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("03/04", "“03/04” can be read in two ways: 3 April or 4 March"),
        ("3/4/1980", "“3/4/1980” can be read in two ways: Thu 1980-04-03 or Tue 1980-03-04"),
        ("80-12-01", "“80-12-01” can be read in two ways: Sun 2080-12-01 or Mon 1980-12-01"),
        ("02-30", "“02-30” cannot be: February never has more than 29 days"),
        ("29 feb 1981", "“29 feb 1981” cannot be: February 1981 has 28 days"),
        ("1 dec 1880", "“1 dec 1880” is too far away"),
        ("1201", "“1201” is no day of a year"),
        ("friday", "“friday” is no day of a year"),
        ("99999999999999999999th dec", "“99999999999999999999th dec” is no day of a year"),
        ("--", "“--” is no day of a year"),
        ("", "no day was given"),
    ],
)
def test_what_is_no_key_date_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadDay) as caught:
        read_yearly(text)
    assert caught.value.message == message
