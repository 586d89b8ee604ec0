"""What words for days stand on: what looks like a day, when key dates fall, and how days are written."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.dates import ago, duration, in_words, long, looks_like_day, near_name, next_yearly, short, yearly_on

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(
            (text, True)
            for text in ("friday or so", "the end", "next time", "Tomorrow!", "in 3 shakes", "tmr or so", "eom-ish")
        ),
        *((text, True) for text in ("early march", "May at the latest", "the week after", "friday's call", "Jan")),
        *((text, False) for text in ("", "news", "the mayor", "a second", "then", "weeklong", "monitoring", "ending")),
        *((text, False) for text in ("Ann, who may object", "all who sat there", "the sun", "a long march")),
    ],
)
def test_words_look_like_a_day_when_one_of_them_is_about_days(text: str, expected: bool) -> None:
    assert looks_like_day(text) is expected


@pytest.mark.parametrize(
    "text",
    [*["Monty", "fridge", "sundry", "Augusta", "Mary", "many", "Marc", "match", "Julie", "toady"], "leg", "3dfr"],
)
def test_a_word_that_only_resembles_a_day_comes_near_none(text: str) -> None:
    assert near_name(text) is None


@pytest.mark.parametrize("text", ["friday", "Friday", "someday", "december"])
def test_the_name_of_a_day_is_no_slip(text: str) -> None:
    assert near_name(text) is None


def test_a_key_date_of_29_february_falls_on_the_28th_in_other_years() -> None:
    assert [yearly_on(2, 29, year) for year in (2027, 2028)] == [date(2027, 2, 28), date(2028, 2, 29)]
    assert next_yearly(2, 29, date(2027, 2, 28)) == date(2027, 2, 28)
    assert next_yearly(2, 29, date(2027, 3, 1)) == date(2028, 2, 29)


@settings(max_examples=200, deadline=None)
@given(born=st.dates(date(1900, 1, 1), date(2200, 12, 31)), today=st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_the_next_time_of_a_key_date_lies_within_a_year(born: date, today: date) -> None:
    coming = next_yearly(born.month, born.day, today)
    assert 0 <= (coming - today).days <= 365
    assert coming == yearly_on(born.month, born.day, coming.year)


def test_a_day_is_written_in_english_with_its_year_where_that_is_needed() -> None:
    assert long(date(2026, 11, 20)) == "Fri 20 Nov 2026"
    assert short(date(2026, 11, 2), TODAY) == "Mon 2 Nov"
    assert short(TODAY + timedelta(days=300), TODAY) == "Sat 18 Sep"
    assert short(TODAY - timedelta(days=301), TODAY) == "Sun 25 Jan 2026"


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        *((0, "today"), (1, "tomorrow"), (-1, "yesterday"), (2, "in 2 days"), (-59, "59 days ago")),
        *((60, "in 2 months"), (-850, "2 years 4 months ago")),
    ],
)
def test_how_far_a_day_is_from_today(apart: int, words: str) -> None:
    assert ago(TODAY + timedelta(days=apart), TODAY) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        *((0, "0 days"), (1, "1 day"), (11, "11 days"), (59, "59 days"), (60, "2 months"), (364, "11 months")),
        *((365, "1 year"), (395, "1 year 1 month"), (730, "2 years"), (850, "2 years 4 months")),
    ],
)
def test_a_stretch_of_time_in_words(count: int, words: str) -> None:
    assert in_words(count) == words
    assert duration(count) == f"{count} d"
