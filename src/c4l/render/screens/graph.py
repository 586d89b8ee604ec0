"""Contact over time on a terminal: a row for each month with a bar that is parted by channel.

The channels that were used most have a shade each, so that the bars can be read without colour; the others share one.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import dropwhile
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from c4l.actions.graph import Graph, GraphMonth
from c4l.domain.dates import long
from c4l.domain.day_words import month_name
from c4l.domain.graph import Amount, Contact, total
from c4l.domain.terms import Channel
from c4l.render.screens.parts import (
    BLANK,
    GAP,
    LOUD,
    MARGIN,
    QUIET,
    Column,
    Grid,
    Line,
    Page,
    Row,
    help_line,
    text,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

_SHADES = (("█", "green"), ("▓", "cyan"), ("▒", ""), ("░", QUIET))
_LEGEND = (Column(), Column(right=True), Column(least=12))
LONGEST_BAR, SHORTEST_BAR = 48, 10
"""So long is the bar of the fullest month, as there is room, but never longer than it has interactions."""


class _Shade(NamedTuple):
    """What one piece of a bar stands for: a channel, or all those that share the last shade."""

    glyph: str
    style: str
    channels: tuple[Channel, ...]

    @property
    def told(self) -> str:
        """The glyph with what it stands for."""
        return f"{self.glyph} {self.channels[0] if len(self.channels) == 1 else 'other'}"

    def of(self, contact: Contact) -> Amount:
        """So much of it has this shade."""
        return total(contact.channels[channel] for channel in self.channels)


def graph_screen(result: Graph, width: int) -> "RenderableType":
    """Month by month, from the first in which there was anything; then all of it in words."""
    page = Page(width)
    whose = f" with {', '.join(client.name for client in result.clients)}" if result.clients else ""
    title = text("Contact", LOUD).append_text(text(f"{whose} · since {_named(result.since)}"))
    page.add(Line(title, right=text(long(result.until), QUIET)), BLANK)
    if result.own.total.interactions:
        page.add(*_Chart(result).drawn(width), Line(text(_in_words(result))))
    else:
        page.add(Line(text(f"Nothing happened{whose} in this time.")), BLANK)
        page.add(help_line("After a call:", f"c4l log {result.clients[0].handle if result.clients else 'WHO'} NOTE"))
    return page


class _Chart:
    """The months with their figures, beside which the bars take the room that is left."""

    def __init__(self, result: Graph) -> None:
        self._result = result
        self._months = list(dropwhile(lambda month: not month.own.total.interactions, result.months))
        self._most = max(self._measured(month.own.total) for month in self._months)
        self._shades = self._shaded()

    def _shaded(self) -> Sequence[_Shade]:
        """The channels, most used first: a shade each as far as there are any, and the last for all the rest."""
        size = {channel: self._measured(amount) for channel, amount in self._result.own.channels.items()}
        used = sorted((channel for channel in Channel if size[channel]), key=lambda channel: -size[channel])
        alone = len(_SHADES) - (len(used) > len(_SHADES))
        groups: list[tuple[Channel, ...]] = [(channel,) for channel in used[:alone]]
        if rest := used[alone:]:
            groups.append(tuple(rest))
        return [_Shade(glyph, style, channels) for (glyph, style), channels in zip(_SHADES, groups, strict=False)]

    def drawn(self, width: int) -> Iterator[Line | Grid]:
        """The months with a column for each shade; where that leaves too little for bars, with a legend below."""
        room = width - 2 * MARGIN
        if (left := self._left(room, self._shades)) >= SHORTEST_BAR:
            yield self._grid(self._shades, left)
            yield BLANK
            if self._shades and (others := self._others(self._shades[-1])):
                yield Line(text(f"{self._shades[-1].told}  ", QUIET).append_text(others))
        else:
            left = self._left(room, ())
            yield self._grid((), left if left >= SHORTEST_BAR else 0)
            yield BLANK
            yield Grid(_LEGEND, [self._legend(shade) for shade in self._shades])
            yield BLANK

    def _left(self, room: int, shades: Sequence[_Shade]) -> int:
        """How much of the room the figures leave."""
        rows, columns = self._figures(shades), self._columns(shades)[:-1]
        widths = (
            max(len(column.heading), *(row[place].cell_len for row in rows)) for place, column in enumerate(columns)
        )
        return room - sum(width + GAP for width in widths)

    def _grid(self, shades: Sequence[_Shade], room: int) -> Grid:
        room = min(room, LONGEST_BAR) if self._result.in_minutes else min(room, LONGEST_BAR, self._most)
        bars = [*(self._bar(month, room) for month in self._months), Text()]
        return Grid(self._columns(shades), [(*row, bar) for row, bar in zip(self._figures(shades), bars, strict=False)])

    def _columns(self, shades: Sequence[_Shade]) -> Sequence[Column]:
        headings = [shade.told for shade in shades] + ["hours" if self._result.in_minutes else "all"]
        headings += ["of", "share"] if self._result.clients else []
        return Column("month"), *(Column(heading, right=True) for heading in headings), Column()

    def _figures(self, shades: Sequence[_Shade]) -> Sequence[Row]:
        """What stands before each bar, and below them the same of all months."""
        rows = [self._row(_named(month.starts_on), month.own, month.whole, shades) for month in self._months]
        return [*rows, self._row("all", self._result.own, self._result.whole, shades, LOUD)] if len(rows) > 1 else rows

    def _row(self, label: str, own: Contact, whole: Contact, shades: Sequence[_Shade], style: str = "") -> Row:
        cells = [self._cell(amount, style) for amount in (*(shade.of(own) for shade in shades), own.total)]
        if self._result.clients:
            part = self._measured(own.total)
            share = text(_percent(part, self._measured(whole.total)), style) if part else text("·", QUIET)
            cells += [self._cell(whole.total, style or QUIET), share]
        return text(label, style), *cells

    def _cell(self, amount: Amount, style: str = "") -> Text:
        measured = self._measured(amount)
        if not measured:
            return text("·", QUIET)
        return text(_clock(measured) if self._result.in_minutes else f"{measured:,}", style)

    def _bar(self, month: GraphMonth, room: int) -> Text:
        parts = [self._measured(shade.of(month.own)) for shade in self._shades]
        bar = Text()
        for shade, length in zip(self._shades, lengths(parts, self._most, room), strict=True):
            bar.append_text(text(shade.glyph * length, shade.style))
        return bar

    def _legend(self, shade: _Shade) -> Row:
        return text(shade.told, shade.style), self._cell(shade.of(self._result.own)), self._others(shade)

    def _others(self, shade: _Shade) -> Text:
        """Who shares a shade; nothing where it is one channel's alone."""
        if len(shade.channels) == 1:
            return Text()
        amounts = self._result.own.channels
        return Text(", ").join(Text(f"{each} ").append_text(self._cell(amounts[each])) for each in shade.channels)

    def _measured(self, amount: Amount) -> int:
        return amount.minutes if self._result.in_minutes else amount.interactions


def lengths(parts: Sequence[int], most: int, room: int) -> Sequence[int]:
    """How long each piece of a bar is: in proportion, and together as long as the whole of them, rounded.

    Args:
        parts: what the pieces stand for.
        most: what a bar stands for that fills the room.
    """
    whole = sum(parts)
    if not whole or not room:
        return [0] * len(parts)
    # Whatever there is, however little, is seen.
    length = max(1, (2 * whole * room + most) // (2 * most))
    found = [part * length // whole for part in parts]
    # What was lost by rounding down goes to those who lost most.
    behind = sorted(range(len(parts)), key=lambda place: -(parts[place] * length % whole))
    for place in behind[: length - sum(found)]:
        found[place] += 1
    return found


def _named(month: date) -> str:
    return f"{month_name(month.month)[:3]} {month.year}"


def _in_words(result: Graph) -> str:
    """All months in a sentence, by both measures."""
    own, whole = result.own.total, result.whole.total
    if not result.clients:
        return f"{_times(own.interactions)}, {_lasting(own.minutes)}"
    often = f"{own.interactions:,} of {_times(whole.interactions)} ({_percent(own.interactions, whole.interactions)})"
    long = f"{_lasting(own.minutes)} of {_lasting(whole.minutes)} ({_percent(own.minutes, whole.minutes)})"
    return f"{often}, {long}" if whole.minutes else often


def _percent(part: int, whole: int) -> str:
    """Rounded down, as everywhere: 100 says that it is all of it."""
    share = 100 * part // whole
    return "<1 %" if part and not share else f"{share} %"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:,}:{minutes % 60:02}"


def _times(interactions: int) -> str:
    return f"{interactions:,} interaction{'' if interactions == 1 else 's'}"


def _lasting(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join(([f"{hours:,} h"] if hours else []) + ([f"{rest} min"] if rest or not hours else []))
