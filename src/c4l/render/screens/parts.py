"""What screens are built of: lines with a hanging indent, grids whose cells wrap inside their columns, pages of both.

Nothing is ever cut: where a grid has no room for its columns, each row becomes a small list. Rich's own `Table` does
cut, cannot set a heading across its columns, and costs as much again as everything else on a page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from c4l.domain.dates import long
from c4l.domain.terms import Tier
from c4l.render import terminal

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

MARGIN = 1
GAP = 2
NARROWEST = 8
"""Columns that a page takes at least, however narrow the terminal says it is: in fewer nothing can be read."""

NAME = 28
"""So wide is a column of names at most: one long name does not push everything else away."""

# Of the sixteen colours, those that can be read on light and dark alike; none says what the words do not say.
LATE = "red"
VERY_LATE = "bold red"
GOOD = "green"
QUIET = "dim"
LOUD = "bold"
TIER_STYLES = {Tier.life: "bold green", Tier.key: "cyan", Tier.base: ""}


class Drawn(NamedTuple):
    """One line of a page: what stands on the left, and what is set against the right edge."""

    left: Text
    right: Text | None = None


class Line(NamedTuple):
    """A line that wraps.

    Attributes:
        lead: stands before it; the lines that follow are indented by as much.
        right: set against the right edge of the page, on a line of its own where there is no room.
    """

    body: Text
    lead: Text | None = None
    right: Text | None = None

    def drawn(self, console: "Console", width: int) -> Iterator[Drawn]:
        """The lines that it takes, at most so wide."""
        lead = self.lead or Text()
        if lead.cell_len * 2 > width:
            # It would leave a thin column behind it.
            yield from map(Drawn, wrapped(lead, console, width))
            lead = Text(" " * min(GAP, width // 2))
        hang = Text(" " * lead.cell_len)
        room = width - lead.cell_len
        right, beside = self.right, room
        if right is not None:
            beside = room - GAP - right.cell_len
            if beside * 2 < room:
                right, beside = None, room
        first, *rest = wrapped(self.body, console, beside)
        yield Drawn(_joined(lead, first), right)
        yield from (Drawn(_joined(hang, piece)) for piece in rest)
        if self.right is not None and right is None:
            yield from (Drawn(Text(), piece) for piece in wrapped(self.right, console, width))


BLANK = Line(Text())


class Column(NamedTuple):
    """A column of a grid; one with nothing in any row is left out.

    Attributes:
        least: may be narrowed down to so many columns, its cells wrapping; None where it never wraps.
        most: wraps what is longer, however much room there is.
        usual: where room is short, a row that is wider here becomes a list, so that the others keep their columns.
        right: numbers end below each other.
    """

    heading: str = ""
    least: int | None = None
    most: int | None = None
    usual: int | None = None
    right: bool = False

    def narrowest(self, width: int) -> int:
        """How narrow it may become on a page so wide."""
        return width if self.least is None else max(self.least, len(self.heading))


Row = Sequence[Text]


@dataclass(slots=True)
class Grid:
    """Rows under columns; a `Line` among the rows reaches across."""

    columns: Sequence[Column]
    rows: Sequence[Row | Line]
    indent: int = 0

    def drawn(self, console: "Console", width: int) -> Iterator[Drawn]:
        """The lines that it takes, at most so wide."""
        cells = [row for row in self.rows if not isinstance(row, Line)]
        kept = [number for number in range(len(self.columns)) if any(row[number] for row in cells)]
        widths = self._widths(cells, kept, width - self.indent)
        short_of_room = widths is None
        if short_of_room and (usual := [row for row in cells if not self._is_unusual(row)]):
            widths = self._widths(usual, kept, width - self.indent)
        headings = [text(self.columns[number].heading, QUIET) for number in kept]
        if widths is not None and any(headings):
            yield Drawn(self._across(headings, kept, widths, console)[0])
        for row in self.rows:
            if isinstance(row, Line):
                yield from row.drawn(console, width)
            elif widths is None or (short_of_room and self._is_unusual(row)):
                yield from self._stacked([row[number] for number in kept], headings, console, width)
            else:
                yield from map(Drawn, self._across([row[number] for number in kept], kept, widths, console))

    def _is_unusual(self, row: Row) -> bool:
        return any(
            column.usual is not None and cell.cell_len > column.usual
            for column, cell in zip(self.columns, row, strict=True)
        )

    def _widths(self, cells: Sequence[Row], kept: Sequence[int], width: int) -> list[int] | None:
        """How wide each column is; None where they do not fit beside each other."""
        widths = []
        for number in kept:
            column = self.columns[number]
            natural = max((row[number].cell_len for row in cells), default=0)
            widths.append(max(len(column.heading), min(natural, column.most or width, width)))
        over = sum(widths) + GAP * (len(widths) - 1) - width
        while over > 0:
            # The widest gives way first: a short name stays on its line beside a long text.
            narrowing = [at for at, number in enumerate(kept) if widths[at] > self.columns[number].narrowest(width)]
            if not narrowing:
                return None
            widths[max(narrowing, key=widths.__getitem__)] -= 1
            over -= 1
        return widths

    def _across(self, cells: Row, kept: Sequence[int], widths: Sequence[int], console: "Console") -> list[Text]:
        """One row, as many lines high as its highest cell."""
        pieces = [wrapped(cell, console, width) for cell, width in zip(cells, widths, strict=True)]
        lines = []
        for level in range(max(map(len, pieces), default=0)):
            line = Text(" " * self.indent)
            for cell, number, width in zip(pieces, kept, widths, strict=True):
                piece = cell[level] if level < len(cell) else Text()
                room = " " * (width - piece.cell_len)
                line = (
                    line.append(room).append_text(piece)
                    if self.columns[number].right
                    else (line.append_text(piece).append(room))
                )
                line.append(" " * GAP)
            line.rstrip()
            lines.append(line)
        return lines

    def _stacked(self, cells: Row, headings: Row, console: "Console", width: int) -> Iterator[Drawn]:
        """One row as a list of what it holds, each below the other; without headings, all of it on."""
        label = max((heading.cell_len for heading in headings), default=0)
        if not label:
            yield from Line(joined(cells), Text(" " * self.indent)).drawn(console, width)
            return
        for number, (cell, heading) in enumerate(zip(cells, headings, strict=True)):
            if cell:
                lead = Text(" " * (self.indent + (GAP if number else 0))).append_text(heading)
                lead.append(" " * (label - heading.cell_len + GAP))
                yield from Line(cell, lead).drawn(console, width)


@dataclass(slots=True)
class Page:
    """Lines and grids, one below the other, so many columns wide."""

    width: int
    blocks: list[Line | Grid] = field(default_factory=list)

    def add(self, *blocks: Line | Grid) -> None:
        """Add below what is there."""
        self.blocks += blocks

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        room = max(self.width, NARROWEST) - 2 * MARGIN
        lines = [line for block in self.blocks for line in block.drawn(console, room)]
        # The right edge is that of what is drawn, so that a date stands above the last column, however wide the window.
        edge = max((_reach(line) for line in lines), default=0)
        page = Text(no_wrap=True, overflow="ignore", end="")
        for left, right in lines:
            line = Text(" " * MARGIN).append_text(left)
            if right is not None:
                line.append(" " * (edge - left.cell_len - right.cell_len)).append_text(right)
            line.rstrip()
            page.append_text(line).append("\n")
        yield page


def text(value: str, style: str = "") -> Text:
    """A text of what came from outside, whose style ends with it: Rich's own covers whatever is appended, too."""
    return Text().append_text(terminal.text(value, style))


def wrapped(value: Text, console: "Console", width: int) -> Sequence[Text]:
    """The text in pieces at most so wide; a word that is wider is parted."""
    if value.cell_len <= width:
        return (value,)
    return list(value.wrap(console, width, overflow="fold"))


def joined(pieces: Iterable[Text], between: str = " · ") -> Text:
    """Those pieces that hold anything, set apart."""
    return Text(between).join([piece for piece in pieces if piece])


def help_line(prose: str, command: str) -> Line:
    """The one line that says what to do next."""
    return Line(text(prose).append("  ").append_text(text(command, LOUD)))


def more_line(more: int) -> Line:
    """How to see what a list left out."""
    return Line(text(f"and {more} more: --limit 0 shows them all", QUIET))


def tier_word(tier: Tier) -> Text:
    """A tier in its colour."""
    return text(tier.value, TIER_STYLES[tier])


def _reach(line: Drawn) -> int:
    gap = GAP if line.left and line.right else 0
    return line.left.cell_len + gap + (line.right.cell_len if line.right else 0)


def _joined(left: Text, right: Text) -> Text:
    return left.copy().append_text(right)


def soon(today: date) -> str:
    """The working day after tomorrow, as it is typed."""
    day = today + timedelta(days=2)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return long(day)[:3].lower()
