"""The demo on a terminal: what is overdue, and where everybody stands, each under the command that shows it."""

from typing import TYPE_CHECKING

from c4l.actions.demo import Demo
from c4l.render.screens.parts import QUIET
from c4l.render.screens.promises import promises_screen
from c4l.render.screens.triangle import triangle_screen
from c4l.render.terminal import text

if TYPE_CHECKING:
    from rich.console import RenderableType


def demo_screen(result: Demo, width: int) -> "RenderableType":
    """Both screens, one below the other."""
    from rich.console import Group

    return Group(
        text("$ c4l promises --overdue", QUIET),
        promises_screen(result.overdue, width),
        text(""),
        text("$ c4l triangle", QUIET),
        triangle_screen(result.triangle, width),
    )
