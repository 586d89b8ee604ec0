"""What a command says: the result on stdout in one of three looks, everything else on stderr."""

import os
import sys

from c4l.cli.session import current_look
from c4l.render.kinds import KINDS
from c4l.render.safe import safe

_PATIENCE_SECONDS = 3


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
    elif drawn():
        from c4l.render import terminal

        terminal.draw(row.load_screen()(result, terminal.width()))
    else:
        from c4l.render import plain

        plain.write(row.load_lines()(result), sys.stdout)


def say(text: str) -> None:
    """Write a message for people on stderr, a line or more; what came from outside in it cannot do harm."""
    sys.stderr.write(safe(text, lines=True) + "\n")


def say_how_long(what: str, seconds: int) -> None:
    """Say on a terminal beforehand what takes long, so that nobody takes it for stuck."""
    if seconds > _PATIENCE_SECONDS and sys.stderr.isatty():
        say(f"{what}, which takes about {seconds} seconds …")


def for_eyes(limit: int | None, usual: int) -> int | None:
    """How many records to show: JSON holds all, a terminal as many as eyes can take, unless the user says so.

    Args:
        limit: what `--limit` said; 0 asks for all.
        usual: on a terminal, where nothing was said.
    """
    if current_look().json:
        return None
    if limit is not None:
        return limit or None
    return usual if drawn() else None


def drawn() -> bool:
    """Whether the answer will be drawn: not asked for in another look, and there is a terminal to draw on."""
    look = current_look()
    return not (look.json or look.plain) and (sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR")))


def piped_as_text() -> bool:
    """Whether the answer is lines of cells, which say what was understood, and no more."""
    return not current_look().json and not drawn()
