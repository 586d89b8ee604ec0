"""Drawing on a terminal with Rich: the console, its width, the pager, and text that Rich takes as it is."""

import os
import sys
from typing import TYPE_CHECKING

from c4l.render.safe import safe

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text


def text(value: str, style: str = "") -> "Text":
    """A Rich text of what came from outside. Screens use this, never markup: a client may be called `[/]`."""
    from rich.text import Text

    return Text(safe(value), style=style)


def unmarked(prose: str) -> str:
    """Prose that Rich, where it reads markup, shows as it is written."""
    from rich.markup import escape

    return escape(prose)


def with_examples(prose: str) -> str:
    """A page of help as markup that shows it as it is written, with its examples, which are indented, standing out."""
    # A tag goes before the blanks: Typer takes away those that a line begins with, and of the first line only.
    return "\n".join(
        f"[bold not dim]{unmarked(line)}[/]" if line.startswith(" ") else unmarked(line) for line in prose.split("\n")
    )


def width() -> int:
    """The columns there are to draw on."""
    return _console().width


def draw(renderable: "RenderableType") -> None:
    """Draw on stdout; through `PAGER` where one is named and the terminal is not high enough.

    `NO_COLOR`, `FORCE_COLOR`, `COLUMNS` and `TERM=dumb` are honoured by Rich itself.
    """
    console = _console()
    pager = os.environ.get("PAGER", "").strip()
    if not pager or not sys.stdout.isatty():
        console.print(renderable)
        return
    with console.capture() as capture:
        console.print(renderable)
    drawn = capture.get()
    # The shell's next prompt needs a line, too.
    if drawn.count("\n") < console.height or not _paged(pager, drawn):
        sys.stdout.write(drawn)


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def _paged(pager: str, drawn: str) -> bool:
    """Hand what is drawn to the pager; false where there is no such program."""
    import shlex
    import signal
    import subprocess

    # Colours pass, a short page does not wait, and the screen stays as it is; a user's own LESS wins.
    environ = {"LESS": "FRX", **os.environ}
    # Ctrl-C belongs to the pager while it runs. A handler, not SIG_IGN: the pager would inherit that.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        subprocess.run(shlex.split(pager), input=drawn, text=True, env=environ, check=False)  # noqa: S603 - the user's own
    except (OSError, ValueError):
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True
