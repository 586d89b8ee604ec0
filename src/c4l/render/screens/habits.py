"""What you give, on a terminal: a row for each week with a bar, and who had none of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.habits import Habits
from c4l.domain.dates import long, short
from c4l.domain.habits import HABITS
from c4l.render.screens.parts import BLANK, GOOD, LOUD, QUIET, Column, Grid, Line, Page, help_line, text

if TYPE_CHECKING:
    from rich.console import RenderableType

_HEADINGS = {
    "thanked": "thanks",
    "praised": "praise",
    "suggested": "ideas",
    "listened": "heard",
    "put-first": "first",
    "helped": "help",
    "warned": "early",
    "owned": "owned",
}
_COLUMNS = (
    Column("week"),
    *(Column(_HEADINGS[habit], right=True) for habit in HABITS),
    Column("all", right=True),
    Column(),
)
_WEEKS = (Column("week"), Column("all", right=True), Column())
_KINDS = (Column("what"), Column("all", right=True))
_ROOM_FOR_KINDS = 78
"""So wide must a page be for a column of each habit; a narrower one tells the weeks and the habits apart."""

_BAR = 6
NAMED = 5
"""So many of those who had none of it are named."""


def habits_screen(result: Habits, width: int) -> "RenderableType":
    """Week by week, then over all weeks, then those who had none of it."""
    page = Page(width)
    weeks = "this week" if len(result.weeks) == 1 else f"{len(result.weeks)} weeks"
    page.add(Line(text("What you give", LOUD).append(f" · {weeks}"), right=text(long(result.until), QUIET)))
    page.add(BLANK, *(_table(result) if width >= _ROOM_FOR_KINDS else _lists(result)))
    page.add(*_without(result))
    return page


def _table(result: Habits) -> Iterator[Line | Grid]:
    most = max(week.total for week in result.weeks)
    rows = [_row(_week_of(week.starts_on, result.until), week.counts, _bar(week.total, most)) for week in result.weeks]
    if len(rows) > 1:
        rows.append(_row("all", result.totals, Text(), LOUD))
    yield Grid(_COLUMNS, rows)


def _lists(result: Habits) -> Iterator[Line | Grid]:
    most = max(week.total for week in result.weeks)
    weeks = [
        (text(_week_of(week.starts_on, result.until)), text(f"{week.total:,}"), _bar(week.total, most))
        for week in result.weeks
    ]
    yield Grid(_WEEKS, weeks)
    yield BLANK
    yield Grid(_KINDS, [(text(habit), text(f"{result.totals[habit]:,}")) for habit in HABITS])


def _week_of(monday: date, today: date) -> str:
    return short(monday, today)[4:]


def _row(label: str, counts: Mapping[str, int], bar: Text, style: str = "") -> Sequence[Text]:
    cells = (text(f"{counts[habit]:,}", style) if counts[habit] else text("·", QUIET) for habit in HABITS)
    return text(label, style), *cells, text(f"{sum(counts.values()):,}", style), bar


def _bar(count: int, most: int) -> Text:
    return text("█" * -(-count * _BAR // most), GOOD) if count else Text()


def _without(result: Habits) -> Iterator[Line]:
    if not result.clients:
        return
    yield BLANK
    count = len(result.without)
    if not count:
        yield Line(text("Every client had some of it.", GOOD))
        return
    if result.clients == 1:
        yield Line(text(f"{result.without[0].name} had none of it."))
        yield _advice(result)
        return
    names = ", ".join(client.name for client in result.without[:NAMED])
    more = f" and {count - NAMED:,} more" if count > NAMED else ""
    yield Line(text(f"{count:,} of {result.clients:,} clients had none of it: {names}{more}"))
    yield _advice(result)


def _advice(result: Habits) -> Line:
    return help_line("A thank-you is a beginning:", f"c4l log {result.without[0].handle} NOTE -c note -s thanked")
