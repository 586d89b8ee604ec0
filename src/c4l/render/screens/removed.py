"""What was removed, or would be, on a terminal."""

from typing import TYPE_CHECKING

from c4l.actions.mending import Removal
from c4l.render.removed import told
from c4l.render.screens.parts import BLANK, LOUD, Column, Grid, Line, Page, help_line, text

if TYPE_CHECKING:
    from rich.console import RenderableType

_COLUMNS = (Column(right=True), Column(least=20))


def removed_screen(result: Removal, width: int) -> "RenderableType":
    """Each thing that went, a line each, and what stays of it."""
    page = Page(width)
    page.add(Line(text("Would be removed" if result.rehearsed else "Removed", LOUD)))
    page.add(Grid(_COLUMNS, [(text(number), text(words)) for number, words in told(result)]))
    if result.rehearsed:
        numbers = [str(view.promise.number) for view in result.promises]
        numbers += [f"i{each.number}" for each in result.interactions]
        page.add(BLANK, help_line("To remove it:", f"c4l remove {' '.join(numbers)}"))
    return page
