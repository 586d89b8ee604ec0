"""What must hold of every reader, whatever it is given: it answers, or says in one short line what is wrong."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from c4l.domain.errors import C4lError

P = ParamSpec("P")
Answer = TypeVar("Answer")

LONGEST_MESSAGE = 600
"""Characters of what is said of an input, however long that is itself."""


def typed(data: bytes) -> str:
    """Bytes as Python hands over what was typed: those that are no UTF-8 as lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def answered(read: Callable[P, Answer], *args: P.args, **kwargs: P.kwargs) -> Answer | None:
    """What a reader answers; None where it refuses, which only an error for people may say, and briefly."""
    try:
        return read(*args, **kwargs)
    except C4lError as error:
        holds(error.message, "says what happened")
        holds(len(error.message) + len(error.hint) <= LONGEST_MESSAGE, "says it briefly", error.message[:200])
        return None


def holds(claim: object, words: str, *shown: object) -> None:
    """Hold a claim; not by `assert`, which the interpreter can be told to leave out."""
    if not claim:
        raise AssertionError(f"{words}: {', '.join(map(repr, shown))}")


def is_text(text: str) -> bool:
    """Whether it can be written to a file of any encoding that holds all of Unicode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
