"""The grammar of a typed day: what its tokens mean, seen from today and in a direction.

Each rule answers with the day, or with nothing where the words are none of its own; what can be read in two ways is
refused with both readings named.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from c4l.domain.day_words import (
    Month,
    Nth,
    Number,
    Ordinal,
    Slashed,
    Token,
    Unit,
    Week,
    Weekday,
    Year,
    long,
    month_length,
    month_name,
    nth_weekday,
    period,
    real_day,
    shifted,
    weekday_name,
)
from c4l.domain.errors import BadDay

YEARS = range(1900, 2201)
_FRIDAY = 5  # as ISO counts
_FAR = 300
"""Days away from which on a day without its year may well be meant in another year."""
_NEAR = 70
"""Days within which that other year's day then lies; two years' first Mondays of May are up to 371 days apart."""


class Direction(Enum):
    """Where a day that is said without its date lies: a due day ahead, a log behind; today counts for both."""

    DUE = "due"
    LOG = "log"


class Asked(NamedTuple):
    """A day that somebody typed, and whence to look for it.

    Attributes:
        one_sided: a day on the other side of today cannot be meant, however near.
    """

    text: str
    words: list[Token]
    today: date
    direction: Direction
    one_sided: bool = False


class Said(NamedTuple):
    """A day as far as it was said; the year may be left open. It need not exist."""

    year: int | None
    month: int
    day: int


def dated(asked: Asked) -> date | None:
    """A day of the calendar (`12 dec`, `13/04/2026`, `23rd`); a weekday may stand before it and has to agree."""
    match asked.words:
        case [Weekday(weekday), *rest] if rest:
            days = _days_of(asked._replace(words=rest))
            agreeing = [day for day in days if day.weekday() == weekday]
            if days and not agreeing:
                raise BadDay(
                    f"“{asked.text}” contradicts itself: {long(days[0])[4:]} is a {weekday_name(days[0])}",
                    f"type {days[0]} if the date is right, or the date of the weekday you mean",
                )
            return _only(agreeing, asked.text)
    return _only(_days_of(asked), asked.text)


def _days_of(asked: Asked) -> list[date]:
    """The days that a date can mean: none where it is no date, two where it can be read in two ways."""
    match asked.words:
        case [Ordinal(number)]:
            first = asked.today.replace(day=1)
            months = (shifted(first, count, Unit("m")) for count in range(-3, 4))
            day = _on_side((real_day(month.year, month.month, number) for month in months), asked)
            return [day] if day else []
    match readings_of(asked.words):
        case [Said(None, month, in_month) as said]:
            days = _of_a_year((real_day(year, month, in_month) for year in _years_around(asked)), asked)
            if not days:
                raise _no_such(said, asked.text)
            return days
        case readings:
            return [resolved(said, asked) for said in readings]


def _only(days: list[date], text: str) -> date | None:
    match days:
        case [one, other]:
            raise two_ways(text, one, other)
        case [day]:
            return day
    return None


def readings_of(words: list[Token]) -> list[Said]:
    """The one day or the two days of the calendar that the words can mean."""
    match [word for word in words if word != "of"]:
        case (
            [Number(day) | Ordinal(day), Month(month), *year]
            | [Month(month), Number(day) | Ordinal(day), *year]
            | [*year, Month(month), Number(day)]
        ):
            match year:
                case []:
                    return [Said(None, month, day)]
                case [Year(full)]:
                    return [Said(full, month, day)]
                case [Number(short_year)] if short_year < 100:
                    return _with_short_year(day, month, short_year)
        case [Slashed(first, second, year_digits)]:
            century = 2000 if year_digits and len(year_digits) == 2 else 0
            slashed_year = century + int(year_digits) if year_digits else None
            return [Said(slashed_year, second, first), Said(slashed_year, first, second)]
    return []


def _with_short_year(day: int, month: int, year: int) -> list[Said]:
    """Two of the days that a year of two digits leaves open; it may stand first or last, in either century."""
    orders = ((year, day), (day, year))
    days = ((century + short, month, other) for century in (2000, 1900) for short, other in orders)
    readings = [Said(*said) for said in days if real_day(*said)]
    return list(dict.fromkeys(readings))[:2]


def worded(asked: Asked) -> date | None:
    """A day that is said by where it lies: from today, in its week, at the end of something."""
    today, ahead = asked.today, asked.direction is Direction.DUE
    match asked.words:
        case ["today"]:
            return today
        case ["yesterday"]:
            return today - timedelta(days=1)
        case ["tomorrow"]:
            return today + timedelta(days=1)
        case [Number(count) | Year(count), Unit(unit)]:
            return shifted(today, count if ahead else -count, unit)
        # A fortnight is two weeks, and takes an article.
        case ["in", Number(count) | Year(count), Unit(unit)] | ["in", "a", Number(2 as count), Unit("w" as unit)]:
            return shifted(today, count, Unit(unit))
        case [Number(count) | Year(count), Unit(unit), "ago"] | ["a", Number(2 as count), Unit("w" as unit), "ago"]:
            return shifted(today, -count, Unit(unit))
        case ["in", "a" | "an", Unit(unit)]:
            return shifted(today, 1, unit)
        case ["a" | "an", Unit(unit), "ago"]:
            return shifted(today, -1, unit)
        case ["end", "of", "this", Unit("w")]:
            return _by_weekday(asked._replace(words=["this", Weekday(4)]))
        case ["end", "of", "this", Unit(unit)]:
            return period(today, unit)[1]
        case ["end", "of", Unit(unit)]:
            return _on_side((period(shifted(today, step, unit), unit)[1] for step in (-1, 0, 1)), asked)
        case ["end", "of", Month(month)]:
            lasts = (period(date(year, month, 1), Unit("m"))[1] for year in _years_around(asked))
            return _only(_of_a_year(lasts, asked), asked.text)
        case ["end", "of", Month(month), Year(year)]:
            return period(existing(Said(year, month, 1), asked.text), Unit("m"))[1]
        case [Week(year, week, weekday)]:
            if weekday is None and not ahead:
                monday = in_week(year, week, 1, asked.text)
                raise BadDay(
                    f"“{asked.text}” is a week, and a log wants a day", f"type {monday} for its Monday, and so on"
                )
            return in_week(year, week, _FRIDAY if weekday is None else weekday, asked.text)
    return _by_weekday(asked)


def _by_weekday(asked: Asked) -> date | None:
    """A weekday alone, with `this`, `next` or `last`, or counted within a month."""
    today = asked.today
    match asked.words:
        case [Weekday(weekday)]:
            return _nearest(weekday, asked)
        case ["this", Weekday(weekday)]:
            # On a Saturday, "this friday" is yesterday to some and next week to others.
            readings = {_nearest(weekday, asked), today + timedelta(days=weekday - today.weekday())}
            if len(readings) > 1:
                raise two_ways(asked.text, *sorted(readings))
            return readings.pop()
        case ["next", Weekday(weekday)]:
            coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
            raise two_ways(asked.text, coming, coming + timedelta(days=7))
        case ["last", Weekday(weekday)]:
            latest = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
            raise two_ways(asked.text, latest, latest - timedelta(days=7))
        case ["last", Weekday(weekday), "of" | "in", Month(month), *year]:
            return _nth_weekday(-1, weekday, month, year, asked)
        case [Nth(nth) | Ordinal(nth), Weekday(weekday), "of" | "in", Month(month), *year]:
            return _nth_weekday(nth, weekday, month, year, asked)
    return None


def _nearest(weekday: int, asked: Asked) -> date:
    apart = weekday - asked.today.weekday()
    if asked.direction is Direction.DUE:
        return asked.today + timedelta(days=apart % 7)
    return asked.today - timedelta(days=-apart % 7)


def _nth_weekday(nth: int, weekday: int, month: int, year: list[Token], asked: Asked) -> date | None:
    match year:
        case []:
            days = _of_a_year((nth_weekday(nth, weekday, near, month) for near in _years_around(asked)), asked)
            day = _only(days, asked.text)
        case [Year(said)] if said in YEARS:
            day = nth_weekday(nth, weekday, said, month)
        case _:
            return None
    if day is None:
        raise BadDay(f"“{asked.text}” is a day that does not come", "type first, second, third, fourth or last")
    return day


def _on_side(days: Iterable[date | None], asked: Asked) -> date | None:
    """The nearest of the days on the side that the direction looks to; today is on both."""
    if asked.direction is Direction.DUE:
        return min((day for day in days if day and day >= asked.today), default=None)
    return max((day for day in days if day and day <= asked.today), default=None)


def _of_a_year(days: Iterable[date | None], asked: Asked) -> list[date]:
    """The day on the side of the direction, after one that lies close on the other where that is most of a year nearer.

    Tomorrow's date in a log is as likely tomorrow as it is a year less a day ago.
    """
    known = [day for day in days if day]
    day = _on_side(known, asked)
    if day is None:
        return []
    if asked.one_sided or abs((day - asked.today).days) <= _FAR:
        return [day]
    return [*(near for near in known if abs((near - asked.today).days) <= _NEAR), day]


def _years_around(asked: Asked) -> range:
    # Around 1900 and 2100 eight years lie between one 29 February and the next.
    return range(asked.today.year - 8, asked.today.year + 9)


def resolved(said: Said, asked: Asked) -> date:
    """The day that was said, in the year that the direction gives where none was said."""
    if said.year is not None:
        return existing(said, asked.text)
    days = (real_day(year, said.month, said.day) for year in _years_around(asked))
    day = _on_side(days, asked)
    if day is None:
        raise _no_such(said, asked.text)
    return day


def existing(said: Said, text: str) -> date:
    """The day that was said; of no particular year, in a leap year, which has all of them."""
    year = 2000 if said.year is None else said.year
    if year not in YEARS:
        raise too_far(text)
    day = real_day(year, said.month, said.day)
    if day is None:
        raise _no_such(said, text)
    return day


def in_week(year: int, week: int, weekday: int, text: str) -> date:
    """The day of an ISO week; Monday is 1."""
    if year not in YEARS:
        raise too_far(text)
    try:
        return date.fromisocalendar(year, week, weekday)
    except ValueError:
        weeks = date(year, 12, 28).isocalendar().week
        raise BadDay(
            f"“{text}” is no ISO week", f"the weeks of {year} are W01 to W{weeks}, their days 1 to 7"
        ) from None


# The refusals that rules share.


def shown(text: str) -> str:
    """What was typed, as a message names it: in one line, cut."""
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def too_far(text: str) -> BadDay:
    """The refusal of a day in a year that nobody means."""
    return BadDay(f"“{text}” is too far away", f"type a day of the years {YEARS[0]} to {YEARS[-1]}")


def two_ways(text: str, one: date, other: date) -> BadDay:
    """The refusal of what two people would read as two days."""
    return BadDay(f"“{text}” can be read in two ways: {plain(one)} or {plain(other)}", f"type {one} or {other}")


def plain(day: date) -> str:
    """A day as it can be typed again, with its weekday: "Fri 2026-11-27"."""
    return f"{long(day)[:3]} {day}"


def _no_such(said: Said, text: str) -> BadDay:
    if said.year is None:
        has = f"{month_name(said.month)} never has more than {month_length(2000, said.month)} days"
    else:
        has = f"{month_name(said.month)} {said.year} has {month_length(said.year, said.month)} days"
    return BadDay(f"“{text}” cannot be: {has}", "type a day of that month, or the month that you mean")
