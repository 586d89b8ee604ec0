"""Tables of clients with a header, as Google, Outlook, Thunderbird and people's own sheets write them."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from c4l.actions.drafts import Incoming, Unreadable
from c4l.domain.dates import read_since, read_span, read_yearly
from c4l.domain.errors import WrongUse
from c4l.domain.terms import Kind
from c4l.exchange.columns import NAMING, Use, uses
from c4l.exchange.csv_text import DELIMITERS, Row, rows, unguarded
from c4l.exchange.encodings import decoded, plain
from c4l.exchange.gathering import Gathering
from c4l.exchange.reading import MAX_FIELD, Reading, brief

MAX_COLUMNS = 1000

_DAYS = {Use.since, Use.cadence, Use.birthday, Use.anniversary}

_MAX_DAY = 60
"""Characters of a cell that is to name a day: more is prose."""

UNIQUE = 16
"""Characters of an id that no two tables give to different people. The `7` of one is anybody's in another."""

_JOINER = ":::"
"""What Google puts between several values of one cell."""


class Table(NamedTuple):
    """A header understood, with the rows behind it still to be read."""

    names: list[str]
    uses: list[Use | None]
    rows: Iterator[Row]


def read(data: bytes, today: date) -> Reading:
    """Read a table of clients; the words in a column `since` count from today.

    Raises:
        WrongUse: no column of the first row says who the clients are.
    """
    table = _table(decoded(plain(data).content))
    ignored = tuple(
        brief(name) or f"column {number}"
        for number, (name, use) in enumerate(zip(table.names, table.uses, strict=True), start=1)
        if use is None
    )
    return Reading("csv", ignored, _records(table, today))


def _table(text: str) -> Table:
    """The table under the delimiter that makes most sense of its header."""
    first = text[: len("sep=;")]
    delimiters = DELIMITERS
    # Excel's own way to say it: no row, but still a line to be counted.
    if first[:4].lower() == "sep=" and first[4:] in tuple(DELIMITERS):
        delimiters, text = first[4:], text[len(first) :]
    tables = [_opened(text, delimiter) for delimiter in delimiters]
    best = max(tables, key=lambda table: (sum(use is not None for use in table.uses), len(table.names)))
    if len(best.names) > MAX_COLUMNS:
        raise WrongUse(f"the table has more than {MAX_COLUMNS} columns", "keep the columns that c4l knows: " + _known())
    if not NAMING.intersection(use for use in best.uses if use):
        found = ", ".join(brief(name, 20) for name in best.names[:8] if name) or "none"
        raise WrongUse(
            f"no column of the first line says who the clients are; found: {found}",
            f"name the columns in the first line: {_known()}",
        )
    return best


def _opened(text: str, delimiter: str) -> Table:
    table = rows(text, delimiter)
    header = next(table, None)
    names = (header and header.cells) or []
    return Table(names, uses(names[: MAX_COLUMNS + 1]), table)


def _known() -> str:
    return ", ".join(use for use in Use if use is not Use.nothing)


def _records(table: Table, today: date) -> Iterator[Incoming | Unreadable]:
    for row in table.rows:
        if row.cells is not None:
            yield _record(table, row.line, row.cells, today)
        elif row.last:
            yield Unreadable(
                f"line {row.line}", "has quotes that do not match, as many before it: the rest was not read"
            )
        else:
            yield Unreadable(f"line {row.line}", "has quotes that do not match")


def _record(table: Table, line: int, cells: list[str], today: date) -> Incoming | Unreadable:
    found = Gathering(f"line {line}", is_row=True)
    birth: dict[Use, str] = {}
    # A row may be shorter than its header, and is when its last cells are empty.
    for name, use, cell in zip(table.names, table.uses, cells, strict=False):
        if use is None or use is Use.nothing or not cell.strip():
            continue
        if len(cell) > MAX_FIELD:
            found.remark(f"{brief(name)} is longer than {MAX_FIELD} characters")
            continue
        if "\0" in cell:
            found.remark(f"{brief(name)} held characters of no meaning (NUL)")
        text = unguarded(cell.replace("\0", "")).strip()
        if use in (Use.birth_year, Use.birth_month, Use.birth_day):
            birth[use] = text
        elif use in _DAYS:
            _take_day(found, use, text, today)
        else:
            _take(found, use, text)
    if birth:
        _take_birth(found, birth)
    if beyond := sum(1 for cell in cells[len(table.names) :] if cell.strip()):
        found.remark(
            "one cell stands beyond the last column" if beyond == 1 else f"{beyond} cells stand beyond the last column"
        )
    return found.outcome()


def _take(found: Gathering, use: Use, text: str) -> None:
    """Take a cell; where two columns say the same thing, the first counts."""
    match use:
        case Use.name:
            found.full = found.full or text
        case Use.given:
            found.given = f"{text} {found.given}"
        case Use.additional:
            found.given = f"{found.given} {text}"
        case Use.family:
            found.family = found.family or text
        case Use.suffix:
            found.suffix = found.suffix or text
        case Use.organisation:
            found.organisation = found.organisation or text
        case Use.department:
            found.department = found.department or text
        case Use.role:
            found.role = found.role or text
        case Use.uid:
            found.uid = found.uid or text
            found.unique = len(found.uid) >= UNIQUE
        case Use.note:
            found.note(text)
        case Use.kind:
            _take_kind(found, text)
        case Use.alias:
            _each(found.alias, text, ",;")
        case Use.email:
            _each(found.email, text, ",;")
        case Use.phone:
            # A comma in a number is a pause while it is dialled.
            _each(found.phone, text, ";")
        case Use.tags:
            _each(found.tag, text, ",;")


def _each(take: Callable[[str], None], text: str, separators: str) -> None:
    for separator in () if _JOINER in text else separators:
        text = text.replace(separator, _JOINER)
    for value in text.split(_JOINER):
        take(value)


def _take_kind(found: Gathering, text: str) -> None:
    try:
        found.kind = Kind(text.lower())
    except ValueError:
        found.remark(f'kind "{brief(text)}" is none of {", ".join(Kind)}')


def _take_day(found: Gathering, use: Use, text: str, today: date) -> None:
    """Take a cell that holds a day or a number of days, in any words that c4l knows."""
    if len(text) > _MAX_DAY:
        found.remark(f'{use} "{brief(text)}" is no day')
        return
    meant = _meant(use, text, today)
    if isinstance(meant, str):
        found.remark(f"{use}: {meant}")
    elif isinstance(meant, int):
        found.cadence_days = meant
    elif isinstance(meant, date):
        found.since = meant
    elif meant:
        month, day, year = meant
        found.key_date(use.value, month, day, year)


# Reading words for a day costs more than all the rest of a row, and the same few come again and again.
@lru_cache(maxsize=4096)
def _meant(use: Use, text: str, today: date) -> date | int | tuple[int, int, int | None] | str | None:
    """The day or the number of days that a cell means, or in words what is wrong with it; None for no day."""
    try:
        match use:
            case Use.since:
                return read_since(text, today)
            case Use.cadence:
                return read_span(text)
            # Outlook writes 0/0/00 for no day.
            case _ if set(text) - set("0/-. "):
                return read_yearly(_without_time(text))
    except WrongUse as wrong:
        return wrong.message
    return None


def _without_time(text: str) -> str:
    day, separator, _ = text.replace("T", " ", 1).partition(" ")
    return day if separator and len(day) == len("1980-12-01") and day[4] == "-" else text


def _take_birth(found: Gathering, parts: dict[Use, str]) -> None:
    """Take a birthday that Thunderbird keeps in three columns, the year often empty."""
    year, month, day = (parts.get(use, "") for use in (Use.birth_year, Use.birth_month, Use.birth_day))
    digits = all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (year or "0", month, day))
    if not (digits and found.key_date("birthday", int(month), int(day), int(year or 0))):
        found.remark(
            f'birthday "{brief("-".join(part for part in (year, month, day) if part))}" names no day of a month'
        )
