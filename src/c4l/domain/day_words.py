"""What words for days stand on: the tokens of a typed day, the sums of the calendar, the words a day is written in.

The names are English and our own: `strftime` and `calendar` follow the locale of the machine.
"""

from datetime import date, timedelta
from typing import NamedTuple

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LONGEST = 80
"""More characters than any day takes; a longer text is refused before it is read."""


class Weekday(int):
    """A day of the week; Monday is 0."""


class Month(int):
    """A month; January is 1."""


class Year(int):
    """A number written with four digits."""


class Number(int):
    """A number written with one to three digits, or as a word."""


class Ordinal(int):
    """A number that counts, written `23rd`."""


class Nth(int):
    """A number that counts, written as a word; alone it is no day of the month."""


class Unit(str):
    """A stretch of the calendar: `d`, `w`, `m`, `q` or `y`."""

    __slots__ = ()


class Week(NamedTuple):
    """An ISO week, or one day of it."""

    year: int
    week: int
    weekday: int | None


class Slashed(NamedTuple):
    """Two numbers that can be day and month in either order, and the digits of the year, if any."""

    first: int
    second: int
    year: str | None


Token = str | Weekday | Month | Year | Number | Ordinal | Nth | Unit | Week | Slashed

_UNITS = {
    "d": "d day days",
    "w": "w wk wks week weeks",
    "m": "m mo month months",
    "q": "quarter quarters",
    "y": "y yr yrs year years",
}
_DAYS_OF = {"d": 1, "w": 7}
_MONTHS_OF = {"m": 1, "q": 3, "y": 12}
_NUMBERS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NTH = ("first", "second", "third", "fourth", "fifth")
_WEEKDAY_NAMES = {name[:3]: Weekday(at) for at, name in enumerate(WEEKDAYS)} | {
    **{name: Weekday(at) for at, name in enumerate(WEEKDAYS)},
    "tues": Weekday(1),
    "weds": Weekday(2),
    "thur": Weekday(3),
    "thurs": Weekday(3),
}
_MONTH_NAMES = {name[:3]: Month(at) for at, name in enumerate(MONTHS, 1)} | {
    **{name: Month(at) for at, name in enumerate(MONTHS, 1)},
    "sept": Month(9),
}
_VOCABULARY: dict[str, tuple[Token, ...]] = {
    **{name: (token,) for name, token in _WEEKDAY_NAMES.items()},
    **{name: (token,) for name, token in _MONTH_NAMES.items()},
    **{name: (Unit(unit),) for unit, names in _UNITS.items() for name in names.split()},
    **{name: (Number(at),) for at, name in enumerate(_NUMBERS, 1)},
    **{name: (Nth(at),) for at, name in enumerate(_NTH, 1)},
    **{"eo" + unit: ("end", "of", Unit(unit)) for unit in _UNITS},
    "tmr": ("tomorrow",),
    "tmrw": ("tomorrow",),
    "fortnight": (Number(2), Unit("w")),
}

_EVERYDAY = frozenset(("may", "march", "sat", "sun"))
"""Names of days and months that are everyday words too."""
_LEADING = frozenset(("by", "on", "in", "of", "this", "last", "early", "mid", "late", "until", "before"))
"""Words after which an everyday word is the name of a day or a month."""
_TELLING = frozenset(
    (
        *("next", "end", "today", "tomorrow", "tmr", "tmrw", "yesterday", "tonight", "noon", "midnight"),
        *("days", "week", "weeks", "weekend", "fortnight", "month", "months", "quarter", "year", "years"),
        *("eod", "eow", "eom", "eoq", "eoy"),
    )
)


def tokens_of(text: str) -> list[Token]:
    """What a typed day is made of, in order; nothing where it is longer than any day.

    Words that are not in the vocabulary stay as they are, in lower case.
    """
    text = " ".join(text.casefold().split())
    if len(text) > _LONGEST:
        return []
    words = text.replace(",", " ").split()
    while words and words[0] in ("by", "on", "the"):
        del words[0]
    return [token for word in words if word != "the" for token in _dotted(word) or _tokens(word.rstrip("."))]


def _dotted(word: str) -> tuple[Token, ...]:
    """A day and month as they are written where each has its dot, `30.10.`; two numbers and one dot are no day."""
    match word.split("."):
        case [day, month, ""] if all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (day, month)):
            return (Number(day), Month(month)) if 1 <= int(month) <= 12 else ()
    return ()


def _tokens(word: str) -> tuple[Token, ...]:
    if word in _VOCABULARY:
        return _VOCABULARY[word]
    if not word.isascii() or not word[:1].isalnum():
        return (word,)
    if word.isdigit():
        return _number(word)
    for mark in "-/.":
        if mark in word:
            return _joined(word, mark)
    tail = word.lstrip("0123456789")
    head = word[: len(word) - len(tail)]
    if not head or not tail.isalpha() or len(head) > 4:
        return (word,)
    if tail in ("st", "nd", "rd", "th"):
        return (Ordinal(head),)
    return (*_number(head), *_tokens(tail))


def _number(digits: str) -> tuple[Token, ...]:
    if len(digits) == 8:
        return _joined(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}", "-")
    if len(digits) > 4:
        return (digits,)
    return (Year(digits),) if len(digits) == 4 else (Number(digits),)


def _joined(word: str, mark: str) -> tuple[Token, ...]:
    """Numbers or words joined by one mark: `2026-11-27`, `2026-w48`, `13/04`, `3.4.2026`, `12-dec`."""
    parts = word.split(mark)
    if mark == "-" and len(parts) in (2, 3) and parts[0].isdigit() and parts[1][:1] == "w":
        return (_week(parts) or word,)
    if not all(part.isdigit() for part in parts):
        if mark == "-" and all(part.isalnum() for part in parts):
            return tuple(token for part in parts for token in _tokens(part))
        return (word,)
    match parts, [len(part) for part in parts]:
        case [year, month, *day], [4, 1 | 2] | [4, 1 | 2, 1 | 2] if 1 <= int(month) <= 12:
            return (Year(year), Month(month), *(Number(number) for number in day))
        case [month, year], [1 | 2, 4] if 1 <= int(month) <= 12:
            return (Month(month), Year(year))
        # Where people put dots, the day comes first; two numbers and a dot are no day at all.
        case [day, month, year], [1 | 2, 1 | 2, 2 | 4] if mark == "." and 1 <= int(month) <= 12:
            return (Number(day), Month(month), *_number(year))
        case [first, second, *year], [1 | 2, 1 | 2] | [1 | 2, 1 | 2, 2 | 4] if mark != ".":
            return _either_order(int(first), int(second), "".join(year)) or (word,)
    return (word,)


def _week(parts: list[str]) -> Week | None:
    year, week, *weekday = parts
    lengths = [len(part) for part in parts]
    if lengths not in ([4, 3], [4, 3, 1]) or not "".join((week[1:], *weekday)).isdigit():
        return None
    return Week(int(year), int(week[1:]), int(weekday[0]) if weekday else None)


def _either_order(first: int, second: int, year: str) -> tuple[Token, ...]:
    """Day and month as far as the numbers alone can tell; nothing where neither can be a month."""
    months = [number for number in (first, second) if 1 <= number <= 12]
    if len(months) == 2 and first != second:
        return (Slashed(first, second, year or None),)
    if not months:
        return ()
    day = first if second == months[0] else second
    return (Number(day), Month(months[0]), *(_number(year) if year else ()))


def looks_like_day(text: str) -> bool:
    """Whether words seem to be about a day, though they may name none: `friday or so`, `end of the project`.

    They hold a digit, a weekday, a month, or a word such as `next`, `end` or `week`, as a whole word: not
    `mayor`, not `second`. What is an everyday word as well (`may`, `march`, `sun`, `sat`) counts only at the
    beginning or after a word such as `in` or `of`.
    """
    words = "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()
    for at, word in enumerate(words):
        if word in _EVERYDAY:
            if at == 0 or words[at - 1] in _LEADING:
                return True
        elif word in _TELLING or word in _WEEKDAY_NAMES or word in _MONTH_NAMES:
            return True
    return any(letter.isdigit() for letter in text)


# The sums of the calendar.


def shifted(day: date, count: int, unit: Unit) -> date:
    """The day so many days, weeks, months or years later, cut to the last day of its month.

    Raises:
        OverflowError: no calendar reaches that far.
    """
    if unit in _DAYS_OF:
        return day + timedelta(days=count * _DAYS_OF[unit])
    from dateutil.relativedelta import relativedelta

    try:
        return day + relativedelta(months=count * _MONTHS_OF[unit])
    except ValueError as beyond:
        raise OverflowError from beyond


def period(day: date, unit: Unit) -> tuple[date, date]:
    """The first and the last day of the week, month, quarter or year around a day; a week ends on its Friday."""
    if unit == "d":
        return day, day
    if unit == "w":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=4)
    months = _MONTHS_OF[unit]
    last = (day.month + months - 1) // months * months
    return date(day.year, last - months + 1, 1), date(day.year, last, month_length(day.year, last))


def month_length(year: int, month: int) -> int:
    """The number of days of a month."""
    return 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nth_weekday(nth: int, weekday: int, year: int, month: int) -> date | None:
    """The nth Monday (0) to Sunday (6) of a month, the last one for -1, if there is one."""
    from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

    wanted = (MO, TU, WE, TH, FR, SA, SU)[weekday](nth)
    found = date(year, month, 1) + relativedelta(day=31 if nth < 0 else 1, weekday=wanted)
    return found if found.month == month else None


def yearly_on(month: int, day: int, year: int) -> date:
    """The day on which a key date falls in a year: 29 February on the 28th where there is none."""
    return date(year, month, min(day, month_length(year, month)))


def next_yearly(month: int, day: int, today: date) -> date:
    """The next day on which a key date falls; today counts."""
    this_year = yearly_on(month, day, today.year)
    return this_year if this_year >= today else yearly_on(month, day, today.year + 1)


# The words in which a day is written.


def weekday_name(day: date) -> str:
    """The weekday in full: "Tuesday"."""
    return WEEKDAYS[day.weekday()].capitalize()


def month_name(month: int) -> str:
    """The month in full: "February"."""
    return MONTHS[month - 1].capitalize()


def long(day: date) -> str:
    """A day that cannot be mistaken: "Fri 20 Nov 2026"."""
    return f"{weekday_name(day)[:3]} {day.day} {month_name(day.month)[:3]} {day.year}"


def short(day: date, today: date) -> str:
    """The day without its year, "Fri 20 Nov", while it lies within ten months of today."""
    return long(day) if abs((day - today).days) > 300 else long(day)[:-5]


def to_come(day: date, today: date) -> str:
    """A day to come, with its year where that is another: "Fri 20 Nov", "Sat 24 Jul 2027"."""
    return long(day) if day.year != today.year else long(day)[:-5]


def ago(day: date, today: date) -> str:
    """How far a day is from today: "today", "3 days ago", "in 5 days", "2 years 4 months ago"."""
    match (day - today).days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
        case days:
            return f"in {in_words(days)}" if days > 0 else f"{in_words(-days)} ago"


def duration(days: int) -> str:
    """A number of days for a narrow column: "9 d"."""
    return f"{days} d"


def in_words(days: int) -> str:
    """A stretch of time as people say it: "11 days", "3 months", "2 years 4 months".

    From 60 days on it is rounded down to months of 30 days, in years of 365.
    """
    if days < 60:
        return _counted(days, "day")
    years, rest = divmod(days, 365)
    # The last five days of a year would make a twelfth month.
    months = min(rest // 30, 11)
    return " ".join(_counted(count, name) for count, name in ((years, "year"), (months, "month")) if count)


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
