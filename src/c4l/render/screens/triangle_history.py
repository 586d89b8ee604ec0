"""How many stood where over time, on a terminal: a row for each day with a bar that is parted by tier."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.moves import Counted, History
from c4l.domain.dates import long
from c4l.domain.terms import Tier
from c4l.render.screens.parts import (
    BLANK,
    GAP,
    LOUD,
    MARGIN,
    QUIET,
    TIER_STYLES,
    Column,
    Grid,
    Line,
    Page,
    help_line,
    text,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

LONGEST_BAR, SHORTEST_BAR = 60, 8
"""So long is the bar of the fullest day, as there is room, but never longer than it has clients."""

_GLYPHS = {Tier.life: "█", Tier.key: "▓", Tier.base: "░"}
_COLUMNS = (
    Column("on"),
    *(Column(f"{glyph} {tier}", right=True) for tier, glyph in _GLYPHS.items()),
    Column("not contacted", right=True),
    Column(),
)
_NARROW = (*_COLUMNS[:-2], Column("never", right=True), Column())
_ROOM_FOR_HEADINGS = 52


def history_screen(result: History, width: int) -> "RenderableType":
    """A row for each day, the earliest first."""
    page = Page(width)
    page.add(Line(text("The triangle over time", LOUD).append(f" · every {result.every}")), BLANK)
    if not result.days:
        page.add(Line(text(f"Nobody was known by {long(result.until)}.")))
        return page
    if result.earlier:
        page.add(Line(text(f"{result.earlier:,} earlier: --limit 0 shows them all", QUIET)))
    columns = _COLUMNS if width >= _ROOM_FOR_HEADINGS else _NARROW
    page.add(Grid(columns, _rows(result.days, columns, width - 2 * MARGIN)))
    if columns is _NARROW and any(each.uncontacted for each in result.days):
        page.add(Line(text("never: known by then, and not contacted", QUIET)))
    first = result.days[0]
    if len(result.days) > 1:
        then = "" if result.until == result.today else f" --as-of {result.until.isoformat()}"
        page.add(BLANK, help_line("Who moved, and why:", f"c4l triangle --since {first.on.isoformat()}{then}"))
    return page


def _rows(days: Sequence[Counted], columns: Sequence[Column], room: int) -> list[Sequence[Text]]:
    """The figures, and a bar where they leave room for it."""
    known = any(each.uncontacted for each in days)
    figures = [_figures(each, known=known) for each in days]
    left = room - sum(
        max(len(column.heading), *(row[place].cell_len for row in figures)) + GAP
        for place, column in enumerate(columns[:-1])
        if any(row[place] for row in figures)
    )
    most = max(sum(each.tiers.values()) for each in days)
    longest = min(left, LONGEST_BAR, most) if left >= SHORTEST_BAR else 0
    return [(*row, _bar(each, longest, most)) for row, each in zip(figures, days, strict=True)]


def _figures(day: Counted, *, known: bool) -> Sequence[Text]:
    tiers = (_figure(day.tiers[tier], TIER_STYLES[tier]) for tier in _GLYPHS)
    return text(long(day.on)[4:]), *tiers, _figure(day.uncontacted) if known else Text()


def _figure(count: int, style: str = "") -> Text:
    return text(f"{count:,}", style) if count else text("·", QUIET)


def _bar(day: Counted, longest: int, most: int) -> Text:
    """So long as the day's share of the fullest one; whoever there is, however few, is seen."""
    if not longest:
        return Text()
    lengths = {tier: -(-day.tiers[tier] * longest // most) for tier in _GLYPHS}
    while sum(lengths.values()) > longest:
        # All were rounded up: the longest gives way.
        lengths[max(lengths, key=lambda tier: lengths[tier])] -= 1
    return Text().join(text(_GLYPHS[tier] * length, TIER_STYLES[tier]) for tier, length in lengths.items())
