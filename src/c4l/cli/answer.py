"""What a command says: the result on stdout in one of three looks, everything else on stderr."""

import os
import sys

from c4l.cli.session import current_look
from c4l.render.kinds import KINDS
from c4l.render.safe import safe


def answer(kind: str, result: object) -> None:
    """Write what an action returned: as JSON, as plain lines, or drawn where there is a terminal to draw on.

    Args:
        kind: a name of the table `KINDS`.
        result: what the functions of that kind take.
    """
    look = current_look()
    row = KINDS[kind]
    if look.json:
        from c4l.render import json

        json.write(kind, row.load_data()(result), sys.stdout)
    elif look.plain or not _drawable():
        from c4l.render import plain

        plain.write(row.load_lines()(result), sys.stdout)
    else:
        from c4l.render import terminal

        terminal.draw(row.load_screen()(result, terminal.width()))


def say(text: str) -> None:
    """Write a message for people on stderr, a line or more; what came from outside in it cannot do harm."""
    sys.stderr.write(safe(text, lines=True) + "\n")


def _drawable() -> bool:
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))
