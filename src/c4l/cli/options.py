"""What many commands take: the arguments and options they share, and how their words are read."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from c4l.cli.complete import clients
from c4l.domain.errors import Refused, WrongUse

Who = Annotated[
    str, typer.Argument(metavar="WHO", help="A client: a name, a handle, or its beginning.", autocompletion=clients)
]
MaybeWho = Annotated[
    str | None,
    typer.Argument(metavar="[WHO]", help="Only this client's; or several, with commas.", autocompletion=clients),
]
Number = Annotated[str, typer.Argument(metavar="N", help="The number of a promise.")]
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day it happened, if not today.")]
Because = Annotated[str | None, typer.Option("--because", metavar="TEXT", help="Why.")]
Limit = Annotated[
    int | None, typer.Option("--limit", min=0, metavar="N", help="Show at most N; 0 shows all. JSON always holds all.")
]


class Numbered(NamedTuple):
    """What a number names: promises are written `14`, interactions `i88`."""

    kind: Literal["promise", "interaction"]
    number: int


def read_number(text: str) -> Numbered | None:
    """What the text names, if it is written as numbers are; `#14` is taken, too."""
    bare = text.strip().removeprefix("#")
    kind: Literal["promise", "interaction"] = "promise"
    if bare[:1] in ("i", "I"):
        kind, bare = "interaction", bare[1:]
    if bare.isascii() and bare.isdigit() and len(bare) < 16:
        return Numbered(kind, int(bare))
    return None


def promise_number(text: str) -> int:
    """The number of a promise.

    Raises:
        WrongUse: if it is none.
    """
    named = read_number(text)
    if named is None and "," in text and all(map(read_number, text.split(","))):
        raise WrongUse(f"“{text}” names several promises", "this takes one at a time")
    if named is None:
        raise WrongUse(f"“{text}” is not the number of a promise", "c4l promises lists them with their numbers")
    if named.kind == "interaction":
        raise WrongUse(
            f"i{named.number} is an interaction, not a promise", f"c4l show i{named.number} names its promises"
        )
    return named.number


def promise_numbers(texts: list[str]) -> list[int]:
    """The numbers of promises, at least one, which may also be joined with commas.

    Raises:
        WrongUse: if one is none.
    """
    return [promise_number(each) for text in texts for each in _apart(text)]


def _apart(text: str) -> list[str]:
    return [each for each in text.split(",") if each.strip()] or [text]


def record_number(text: str, otherwise: str) -> Numbered:
    """The number of a promise or an interaction.

    Args:
        otherwise: the hint, where it is neither.

    Raises:
        WrongUse: if it is neither.
    """
    named = read_number(text)
    if named is None:
        raise WrongUse(f"“{text}” is not the number of a promise or an interaction", otherwise)
    return named


def record_numbers(texts: list[str], otherwise: str) -> list[Numbered]:
    """The numbers of promises and interactions, at least one, which may also be joined with commas.

    Raises:
        WrongUse: if one is neither.
    """
    return [record_number(each, otherwise) for text in texts for each in _apart(text)]


def past_day(text: str | None, today: date) -> date:
    """The day on which something happened; today where nothing was said.

    Raises:
        BadDay: if it cannot be read.
    """
    if text is None:
        return today
    from c4l.domain.dates import Direction, read_day

    return read_day(text, today, Direction.LOG)


def due_day(text: str, today: date) -> date:
    """The day by which something is to happen.

    Raises:
        BadDay: if it cannot be read.
    """
    from c4l.domain.dates import Direction, read_day

    return read_day(text, today, Direction.DUE)


def path_of(file: str) -> Path:
    """Where a file that the user names is or will be, from the root on.

    Raises:
        Refused: if it cannot be one.
    """
    try:
        path = Path(file).expanduser().absolute()
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return path
    except (OSError, RuntimeError, ValueError) as error:
        # A home that nobody knows (~nobody/a.db), a zero byte, a name that is too long, a folder closed to the user.
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise Refused(f"“{file}” cannot be a file here: {why}", "name another") from error
    return path
