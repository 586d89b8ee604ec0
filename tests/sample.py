"""A handful of commands that do nothing but show what the shell around every command does; runs as a program, too."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from c4l.cli import answer, app, prompts
from c4l.cli.complete import clients
from c4l.cli.session import current_look
from c4l.cli.table import Row
from c4l.domain.errors import Ambiguous, WrongUse
from c4l.render.kinds import Kind

if TYPE_CHECKING:
    from rich.console import RenderableType

NOBODY = WrongUse("nobody can be asked", "say --yes")

GREETING = {"greeting": Kind("tests.sample:data", "tests.sample:lines", "tests.sample:screen")}


def greet(
    who: Annotated[list[str], typer.Argument(metavar="WHO", autocompletion=clients)],
    times: Annotated[int, typer.Option(min=1, help="How often [not always].")] = 1,
) -> None:
    """Greet somebody [by name].

    The paragraph below the first line is wrapped in the code where it
    happens to end, and flows on the page.

        c4l greet jane
        c4l greet bob --times 2

    c4l greet "Jane Doe" "Bob Stone" "Omar Lund" "Dana Iqbal" "Jo Reed" --times 12
    """
    answer.answer("greeting", who * times)


def keep() -> None:
    """Keep everything."""
    answer.say("kept")


def ask() -> None:
    """Ask for a name, with no default and with one."""
    print(repr(prompts.ask("Who?", otherwise=NOBODY)))
    print(repr(prompts.ask("Where?", otherwise=NOBODY, default="at home")))


def confirm() -> None:
    """Ask whether it is so."""
    print(prompts.confirm("Sure?", otherwise=NOBODY))


def choose() -> None:
    """Ask which one it is."""
    print(prompts.choose("Which?", ["Jane \x1bDoe", "Jo Stone", "Joan Reed"], otherwise=NOBODY))


def refuse() -> None:
    """Find two who answer to that."""
    raise Ambiguous(
        "\x1b[31mjo could be two clients", "say more of the name", [("jo-stone", "Jo Stone"), ("jo-2", "Jo")]
    )


def crash() -> None:
    """Do what nobody foresaw."""
    raise TypeError("no such thing")


def hold() -> None:
    """Wait to be interrupted."""
    print("holding", flush=True)
    sys.stdin.readline()


def unreadable() -> None:
    """Open a file that is not there."""
    Path("/nowhere/list.vcf").stat()


def look() -> None:
    """Say which look was asked for."""
    asked = current_look()
    print(asked.json, asked.plain, asked.database)


TABLE = {
    **{name: Row(f"tests.sample:{name}", "Every day") for name in ("greet", "keep", "look")},
    "client add": Row("tests.sample:keep", "Clients"),
    "client rename": Row("tests.sample:keep", "Clients"),
    **{
        name: Row(f"tests.sample:{name}", "Trouble")
        for name in ("ask", "choose", "confirm", "crash", "hold", "refuse", "unreadable")
    },
}


def data(names: list[str]) -> object:
    return [{"name": name} for name in names]


def lines(names: list[str]) -> Iterable[Sequence[str]]:
    return ((str(number), name) for number, name in enumerate(names, 1))


def screen(names: list[str], width: int) -> "RenderableType":
    from rich.console import Group

    from c4l.render.terminal import text

    return Group(text(f"{width} columns", "bold"), *(text(name) for name in names))


if __name__ == "__main__":
    vars(answer)["KINDS"] = GREETING
    sys.excepthook = app.defect
    sys.exit(app.run(sys.argv[1:], TABLE))
