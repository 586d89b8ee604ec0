"""What was found, on a terminal: a row each, the words that were sought marked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.search import Found
from c4l.domain.dates import long, short
from c4l.domain.search import Hit, excerpt, marked
from c4l.render.screens.interactions import names
from c4l.render.screens.parts import (
    BLANK,
    LOUD,
    NAME,
    QUIET,
    Column,
    Grid,
    Line,
    Page,
    joined,
    more_line,
    text,
)
from c4l.render.search import number

if TYPE_CHECKING:
    from rich.console import RenderableType

_COLUMNS = (
    Column("#", right=True),
    Column("day"),
    Column("client", least=10, most=NAME),
    Column("what"),
    Column("text", least=20),
)


def search_screen(result: Found, width: int) -> "RenderableType":
    """What was found, the newest first."""
    page = Page(width)
    if not result.hits:
        page.add(Line(text(f"Nothing holds “{result.words}”{_narrowed(result)}.")))
        page.add(BLANK, Line(text("All words must be there; their beginnings are enough.", QUIET)))
        return page
    title = joined((text("Found", LOUD), text(f"{result.total:,}"), text(f"“{result.words}”{_narrowed(result)}")))
    page.add(Line(title, right=text(long(result.today), QUIET)))
    page.add(BLANK, Grid(_COLUMNS, [_row(hit, result) for hit in result.hits]))
    if result.more:
        page.add(more_line(result.more))
    return page


def _narrowed(result: Found) -> str:
    among = "" if result.kind is None else f" in {result.kind}s"
    return among + (f" since {long(result.since)}" if result.since else "")


def _row(hit: Hit, result: Found) -> Sequence[Text]:
    shown = excerpt(marked(hit.text, result.wanted))
    return (
        text(number(hit), LOUD),
        text(short(hit.on, result.today) if hit.on else ""),
        # A name says by itself who it is.
        text("" if hit.what == "name" else names(hit.clients) if hit.clients else ""),
        text(hit.what, QUIET),
        Text().join([text(piece.text, LOUD if piece.found else "") for piece in shown]),
    )
