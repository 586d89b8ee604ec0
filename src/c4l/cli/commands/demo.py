"""A book to try c4l on: `demo`."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from c4l.cli import prompts
from c4l.cli.answer import answer, say, say_how_long
from c4l.cli.session import Look, session
from c4l.domain.errors import Refused

if TYPE_CHECKING:
    from c4l.actions.demo import Demo

FILE = "demo.db"


def demo(
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Throw away what was tried in the demo that is there.")
    ] = False,
) -> None:
    """Fill a book of its own with a fictional practice.

    c4l demo

    About 25 clients over two years, made relative to today: what is overdue, a full triangle, birthdays soon. It lies
    beside your own book, which is never touched; another demo takes its place. To have it elsewhere:

    c4l demo --database demo/demo.db
    """
    from c4l.actions import backup
    from c4l.actions import demo as actions
    from c4l.domain.backups import Reason

    with session() as here:
        own, named, day, thresholds = here.settings.database, here.look.database, here.today, here.settings.thresholds
    path = own if named is not None else own.with_name(FILE)
    with session(Look(database=str(path)), begins=True) as here:
        if actions.changed(here.store):
            if not yes:
                _ask(path)
            backup.before(here.store, here.settings, Reason.demo, partial(say_how_long, "making a backup first"))
        made = actions.make(here.store, day, thresholds, discard=True)
        answer("demo", made)
    say(_how_to_go_on(made))


def _ask(path: Path) -> None:
    """Ask whether what was tried in the demo may go.

    Raises:
        Refused: if not.
    """
    unsaid = Refused(f"the demo in {path} was changed since it was made", "--yes throws that away and makes it anew")
    if not prompts.confirm("The demo was changed since it was made. Make it anew?", otherwise=unsaid):
        raise Refused("the demo stays as it is", "c4l demo --database FILE makes another one")


def _how_to_go_on(made: "Demo") -> str:
    """What to try, and how to be rid of it."""
    from shlex import quote

    file, first = quote(str(made.file)), made.overdue.promises[0].promise.number
    c4l = _program()
    return "\n".join(
        (
            "",
            f"This is a demo of {made.clients} clients, {made.interactions} interactions and {made.promises} promises.",
            "To go on in it:",
            f"  export C4L_DATABASE={file}",
            f"  {c4l} why dana",
            f'  {c4l} log "Jane Doe" asked what we would do -s advice -i "send the deck by friday"',
            f"  {c4l} keep {first}",
            "To be rid of it:",
            f"  unset C4L_DATABASE; rm {file}",
        )
    )


def _program() -> str:
    """How to call c4l from here: by its name, or, where the shell would not find it, as it was called."""
    from shutil import which

    called = Path(sys.argv[0])
    return "c4l" if called.name != "c4l" or which("c4l") else str(called)
