"""What was exported, on a terminal."""

from shlex import quote
from typing import TYPE_CHECKING

from c4l.actions.books import WRITTEN, Exported
from c4l.render.backup import size
from c4l.render.screens.imports import table_counts
from c4l.render.screens.parts import BLANK, LOUD, QUIET, Column, Grid, Line, Page, help_line, text

if TYPE_CHECKING:
    from rich.console import RenderableType

_TABLES = (Column(right=True), Column())


def export_screen(result: Exported, width: int) -> "RenderableType":
    """Where it is, how much, and the way back."""
    page = Page(width)
    what = "the whole book" if result.client is None else f"everything about {result.client.name}"
    page.add(Line(text(f"Exported {what}", LOUD), right=text(size(result.size), QUIET)))
    page.add(Line(text(str(result.file))))
    page.add(BLANK, Grid(_TABLES, list(table_counts(result.counts)), indent=1))
    if result.client is None and result.format == WRITTEN:
        read = f"c4l import {quote(result.file.name)} --database new.db"
        page.add(BLANK, help_line("To read it into a new book:", read))
    return page
