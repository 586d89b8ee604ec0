"""Questions to whoever sits at the terminal, asked on stderr; without a terminal, the error that names the option."""

import sys
from collections.abc import Sequence

from typer import Abort

from c4l.domain.errors import C4lError
from c4l.render.safe import safe


def is_interactive() -> bool:
    """Whether somebody can read a question and type an answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirm(question: str, *, otherwise: C4lError, default: bool = False) -> bool:
    """Ask for yes or no; an empty line is the default.

    Args:
        otherwise: raised where nobody can be asked; its hint names the option that answers.
    """
    _demand_terminal(otherwise)
    while True:
        typed = _typed(f"{question} [{'Y/n' if default else 'y/N'}] ").lower()
        if not typed:
            return default
        if typed in ("y", "yes", "n", "no"):
            return typed.startswith("y")


def ask(question: str, *, otherwise: C4lError, default: str | None = None) -> str:
    """Ask for a line of text; an empty line is the default.

    Args:
        otherwise: raised where nobody can be asked; its hint names the option that answers.
        default: None where something must be typed; the question then comes again.
    """
    _demand_terminal(otherwise)
    shown = f"{question} [{default}]" if default else question
    shown += " " if shown.endswith("?") else ": "
    while True:
        typed = _typed(shown)
        if typed or default is not None:
            return typed or default or ""


def choose(question: str, options: Sequence[str], *, otherwise: C4lError) -> int:
    """Ask which of several is meant, and answer its index, from 0.

    Args:
        options: shown one a line, numbered from 1.
        otherwise: raised where nobody can be asked; it names the candidates.
    """
    _demand_terminal(otherwise)
    wide = len(str(len(options)))
    for number, option in enumerate(options, 1):
        sys.stderr.write(f"  {number:>{wide}}  {safe(option)}\n")
    while True:
        typed = _typed(f"{question} [1-{len(options)}]: ")
        if typed.isdecimal() and 1 <= int(typed) <= len(options):
            return int(typed) - 1


def _demand_terminal(otherwise: C4lError) -> None:
    if not is_interactive():
        raise otherwise


def _typed(shown: str) -> str:
    """The line that is typed after a question, without the blanks around it."""
    try:
        # Not input(): it would write the question to stdout, where the result goes.
        sys.stderr.write(safe(shown))
        sys.stderr.flush()
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        # The cursor still stands behind the question.
        sys.stderr.write("\n")
        raise
    if not line:
        sys.stderr.write("\n")
        raise Abort
    return line.strip()
