"""Questions to whoever sits at the terminal, asked on stderr; without a terminal, the error that names the option."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from typer import Abort

from c4l.domain.errors import C4lError
from c4l.render.safe import safe


class Memory(Protocol):
    """Knows what was typed at a question before, and keeps what is typed now."""

    def recall(self, question: str) -> str | None:
        """What was typed; None where it is to be asked."""

    def keep(self, question: str, typed: str) -> None:
        """Keep what was typed."""


GO_ON = "Go on with it? No throws it away."
"""Asked of what was typed and left unfinished."""

_YES_OR_NO = ("", "y", "yes", "n", "no")

_memories: list[Memory] = []


@contextmanager
def remembering(memory: Memory) -> Iterator[None]:
    """While the block runs, let a memory answer what it knows, and keep what is typed."""
    _memories.append(memory)
    try:
        yield
    finally:
        _memories.remove(memory)


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
        shown = f"{question} [{'Y/n' if default else 'y/N'}] "
        typed = _typed(shown, fits=lambda line: line.lower() in _YES_OR_NO).lower()
        if not typed:
            return default
        if typed in _YES_OR_NO:
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
    # A number means nothing without what it chose from.
    known_by = "\n".join((*options, question))
    numbers = [str(number) for number in range(1, len(options) + 1)]
    while True:
        typed = _typed(f"{question} [1-{len(options)}]: ", known_by, fits=lambda line: line in numbers)
        if typed in numbers:
            return numbers.index(typed)


def _demand_terminal(otherwise: C4lError) -> None:
    if not is_interactive():
        raise otherwise


def lines(question: str) -> str:
    """All lines that are typed up to the end of input, each kept as soon as it is there."""
    sys.stderr.write(f"{safe(question)}\n")
    typed = []
    while (line := _recalled("", question)) is not None:
        typed.append(line)
    try:
        for read in sys.stdin:
            typed.append(read.rstrip("\n"))
            _keep(question, typed[-1])
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        raise
    return "\n".join(typed)


def _typed(shown: str, known_by: str | None = None, *, fits: Callable[[str], bool] | None = None) -> str:
    """The line that is typed after a question, without the blanks around it.

    Args:
        known_by: what makes it the same question, where that is more than its words.
        fits: whether a line answers the question; what does not is not worth remembering.
    """
    if (known := _recalled(shown, known_by or shown)) is not None:
        return known
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
    if fits is None or fits(line.strip()):
        _keep(known_by or shown, line.strip())
    return line.strip()


def _recalled(shown: str, question: str) -> str | None:
    """What was typed at a question before, shown as if it were typed again."""
    known = _memories[-1].recall(question) if _memories else None
    if known is not None:
        sys.stderr.write(f"{safe(shown)}{safe(known)}\n")
    return known


def _keep(question: str, typed: str) -> None:
    if _memories:
        _memories[-1].keep(question, typed)
