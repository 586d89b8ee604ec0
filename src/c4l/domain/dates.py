"""Words for days: every day a user types is read here, seen from today and in a direction.

What can be read in two ways is refused with both readings named, never guessed.
"""

from datetime import date, timedelta

from c4l.domain.day_grammar import (
    YEARS,
    Asked,
    Direction,
    Said,
    dated,
    existing,
    in_week,
    plain,
    readings_of,
    resolved,
    shown,
    too_far,
    two_ways,
    worded,
)
from c4l.domain.day_words import (
    MONTHS,
    WEEKDAYS,
    Month,
    Number,
    Unit,
    Week,
    Year,
    ago,
    duration,
    in_words,
    long,
    looks_like_day,
    month_name,
    next_yearly,
    period,
    shifted,
    short,
    to_come,
    tokens_of,
    yearly_on,
)
from c4l.domain.errors import BadDay, WrongUse

__all__ = [
    "Direction",
    "ago",
    "duration",
    "in_words",
    "long",
    "looks_like_day",
    "near_name",
    "next_yearly",
    "read_day",
    "read_since",
    "read_span",
    "read_yearly",
    "short",
    "to_come",
    "yearly_on",
]

_LONGEST_SPAN = 36_500
_DAYS_OF = {"d": 1, "w": 7, "m": 30, "y": 365}
_STEPS = {"last": -1, "this": 0, "next": 1}
_EXAMPLES = {
    Direction.DUE: "type a day such as friday, 3d, 12 dec, end of month or 2026-11-27",
    Direction.LOG: "type a day such as yesterday, friday, 3d, the 23rd or 2026-11-27",
}
_TIME_WORDS = frozenset(
    (
        *("at", "am", "pm", "h", "hour", "hours", "min", "minutes"),
        *("noon", "midnight", "morning", "afternoon", "evening", "tonight"),
    )
)

# Of the months, those of a long name: Mary, many, Marc, match, Ariel and Julie all come near a short one.
_NAMES = (*WEEKDAYS, *(name for name in MONTHS if len(name) > 5), "today", "tomorrow", "yesterday", "someday")
_LONGEST_SLIP = 12
_RESEMBLING = frozenset(
    (
        *("augusta", "augusto", "augustus", "augustin", "augustine", "frida", "frieda", "munday", "sundar", "thursby"),
        *("friary", "morrow", "somebody", "someway", "sundae", "sundry", "toady", "toddy"),
    )
)
"""Words and names that look like a slip in the name of a day and are none."""


def read_day(text: str, today: date, direction: Direction) -> date:
    """Read a day as people type it.

    `friday`, `3d`, `2 weeks`, `1m`, `12 dec`, `23rd`, `eom` and `first monday of january` look in the direction;
    `in 3 days`, `3 weeks ago`, `yesterday` and a day with its year say themselves where they lie. Months are those
    of the calendar, cut to the last day (`1m` after 31 January is 28 February). Between dots the day comes first
    (`3.4.2026`, `3.4.`); between slashes it must be plain which it is (`13/4/2026`). An ISO week is its Friday when
    due.

    A day and month without a year that lie more than 300 days away on the side of the direction, and therefore close
    by on the other, can be read in two ways (`18 nov` in a log on the 17th), unless a weekday before them settles it.

    Raises:
        BadDay: the text names no day, more than one, one that contradicts itself or cannot be, or one outside
            the years 1900 to 2200.
    """
    day = _iso_day(text.strip())
    if day is None:
        return _read(Asked(shown(text), tokens_of(text), today, direction))
    return _in_reach(day, text)


def read_since(text: str, today: date) -> date:
    """Read the first day of a stretch that reaches up to today: `90d`, `12w`, `2019`, `may 2019`, `3 march`.

    A bare number counts days back; a year, a month or an ISO week means its first day; anything else is a day read as
    in a log (`6m` is the same day half a year ago), where one without its year is never a coming one.

    Raises:
        BadDay: as `read_day`.
        WrongUse: a span of no days or of more than a hundred years.
    """
    asked = Asked(shown(text), tokens_of(text), today, Direction.LOG, one_sided=True)
    match asked.words:
        case [Year(year)]:
            return existing(Said(year, 1, 1), asked.text)
        case [Year(year), Month(month)] | [Month(month), Year(year)]:
            return existing(Said(year, month, 1), asked.text)
        case [Month(month)]:
            return resolved(Said(None, month, 1), asked)
        case [Week(year, week, None)]:
            return in_week(year, week, 1, asked.text)
        case [Number()] | [Number() | Year(), Unit()]:
            days = read_span(text)
            if asked.words[-1] not in ("m", "y"):
                return _in_reach(today - timedelta(days=days), text)
    return _read(asked)


def read_span(text: str) -> int:
    """Read a number of days: `90`, `90 days`, `3d`, `2w`, `1m` (30), `1y` (365); up to a hundred years.

    Raises:
        WrongUse: the text is no such span, or one of more days than that.
    """
    days = 0
    match tokens_of(text):
        case [Number(count) | Year(count)]:
            days = count
        case [Number(count) | Year(count), Unit(unit)]:
            days = count * _DAYS_OF.get(unit, 0)
    if days > _LONGEST_SPAN:
        raise WrongUse(f"“{shown(text)}” is too many days", "type at most a hundred years: 100y")
    if days < 1:
        raise WrongUse(f"“{shown(text)}” is no number of days", "type days, weeks, months or years: 90d, 12w, 6m or 1y")
    return days


def read_yearly(text: str) -> tuple[int, int, int | None]:
    """Read a day that comes round every year, as month, day and, if known, year.

    Two numbers with a hyphen are month and day, as in ISO (`12-01`, `--12-01`, `--1201`); the rest is as in
    `read_day`.

    Raises:
        BadDay: the text names no day of a year, or can be read in two ways.
    """
    bare = text.strip()
    if bare.startswith("--"):
        bare = bare[2:] if "-" in bare[2:] else f"{bare[2:4]}-{bare[4:]}"
    readings = readings_of(tokens_of(bare))
    if "-" in bare and len(readings) == 2 and readings[0].year is None:
        readings = readings[1:]
    match readings:
        case [said]:
            existing(said, shown(text))
            return said.month, said.day, said.year
        case [Said(None, month, day), other]:
            raise BadDay(
                f"“{shown(text)}” can be read in two ways: {day} {month_name(month)} "
                f"or {other.day} {month_name(other.month)}",
                f"type {month:02}-{day:02} or {other.month:02}-{other.day:02}, month first",
            )
        case [said, other]:
            raise two_ways(shown(text), existing(said, shown(text)), existing(other, shown(text)))
    message = f"“{shown(text)}” is no day of a year" if bare else "no day was given"
    raise BadDay(message, "type 12-01 (month and day), 1 dec 1980 or 1980-12-01")


def near_name(text: str) -> str | None:
    """The name of a day or a long month that a text comes near without being it: `firday`, `tomorow`, `fri day`.

    Words of their own that only resemble one come near none: `fridge`, `Monty`, `sundry`.
    """
    typed = "".join(text.casefold().split()).rstrip(".,!?")
    if not 4 <= len(typed) <= _LONGEST_SLIP or not typed.isalpha() or typed in _RESEMBLING:
        return None
    from difflib import get_close_matches

    near = next(iter(get_close_matches(typed, _NAMES, n=1, cutoff=0.8)), None)
    return None if near == text.casefold() else near


def _read(asked: Asked) -> date:
    try:
        day = dated(asked) or worded(asked)
    except OverflowError:
        raise too_far(asked.text) from None
    if day is None:
        raise _refusal(asked)
    return _in_reach(day, asked.text)


def _in_reach(day: date, text: str) -> date:
    if day.year not in YEARS:
        raise too_far(shown(text))
    return day


def _iso_day(text: str) -> date | None:
    # Most days that programs and tables hand over. `fromisoformat` also takes weeks, which mean more than one day.
    if (len(text) == 10 and text[4] == text[7] == "-") or (len(text) == 8 and text.isdigit()):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return None


def _refusal(asked: Asked) -> BadDay:
    """Why the words are no day."""
    text = asked.text
    match asked.words:
        case [("this" | "next" | "last") as which, Unit(unit)] if unit != "d":
            return _stretch(text, shifted(asked.today, _STEPS[which], unit), unit)
        case [Month(month)]:
            return _stretch(text, resolved(Said(None, month, 1), asked), Unit("m"))
        case [Month(month), Year(year)] | [Year(year), Month(month)]:
            return _stretch(text, existing(Said(year, month, 1), text), Unit("m"))
        case [Year(year)]:
            return _stretch(text, existing(Said(year, 1, 1), text), Unit("y"))
        case [Number()]:
            return BadDay(f"“{text}” is a number and no day", "say what it counts: 3d for days, 23rd for the month's")
    if not text:
        return BadDay("no day was given", _EXAMPLES[asked.direction])
    if ":" in text or not _TIME_WORDS.isdisjoint(asked.words):
        return BadDay(f"“{text}” holds a time of day", "type the day alone: a day is all that counts here")
    near = near_name(text)
    examples = _EXAMPLES[asked.direction]
    return BadDay(f"“{text}” is no day", f"did you mean {near}? if not, {examples}" if near else examples)


def _stretch(text: str, day: date, unit: Unit) -> BadDay:
    first, last = period(day, unit)
    return BadDay(
        f"“{text}” is more than one day: from {plain(first)} to {plain(last)}",
        f"type the day that you mean, such as {first} or {last}",
    )
