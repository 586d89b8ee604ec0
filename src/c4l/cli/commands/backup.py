"""Backups: `backup` and `restore`."""

from typing import TYPE_CHECKING, Annotated

import typer

from c4l.cli import prompts
from c4l.cli.answer import answer, say, say_how_long
from c4l.cli.options import path_of
from c4l.cli.session import session
from c4l.domain.errors import WrongUse

if TYPE_CHECKING:
    from c4l.actions.backup import Restored


def backup(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="Where to; if not said, the folder beside the book.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", "-l", help="List the backups that there are.")] = False,
    verify: Annotated[bool, typer.Option("--verify", help="With --list: read each, and see that it is whole.")] = False,
    force: Annotated[bool, typer.Option("--force", "-f", help="Write over FILE, if it is there.")] = False,
) -> None:
    """Make a backup of the book, or list those there are.

    c4l backup

    c4l backup copy.db

    c4l backup --list --verify

    Backups are also made by themselves: once a day, and before an import, a restore and an upgrade. Each was read again
    and every row found as it was written; of a damaged book none is made. Those of the last days, weeks and months are
    kept (the settings that begin with backup say how many), and those that you made yourself always.
    """
    from c4l.actions import backup as actions

    if file is not None and (list_ or verify):
        raise WrongUse("a list is made of no file", "c4l backup --list, or c4l backup FILE")
    if force and file is None:
        raise WrongUse("--force writes over a file, and none is named", "c4l backup FILE --force")
    if file == "":
        raise WrongUse("no file is named", "c4l backup FILE, or c4l backup for one beside the book")
    with session() as here:
        if verify or not list_:
            say_how_long("reading every row", actions.seconds(here.store, verify=verify))
        if list_ or verify:
            answer("backups", actions.listed(here.store, verify=verify))
        else:
            target = None if file is None else path_of(file)
            answer("backup", actions.make(here.store, here.settings, target, force=force))


def restore(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A backup: a file, or how its name in the list begins.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look it over and show what would differ.")] = False,
) -> None:
    """Go back to a backup, keeping the present book aside.

    c4l restore copy.db --dry-run

    c4l restore copy.db --yes

    Those listed by c4l backup --list are named by how they begin: c4l restore 2026-11-21. A backup is read to its
    end first, and nothing changes if it is damaged. The way back is to restore what was kept aside.
    """
    from c4l.actions import backup as actions

    with session(begins=True) as here, actions.restoring(here.store, actions.find(here.store, file)) as ready:
        if not (yes or dry_run):
            _ask(ready.planned)
        answer("restored", ready.planned if dry_run else ready.carry_out())


def _ask(planned: "Restored") -> None:
    """Ask whether to go back.

    Raises:
        WrongUse: if nobody can be asked.
        Exit: if not.
    """
    from c4l.render.backup import compared

    if prompts.is_interactive():
        from shutil import get_terminal_size
        from textwrap import wrap

        _, *rows = compared(planned)
        told = [
            f"{label}: {now or 'none'} now, {then or 'none'} in the backup" for label, now, then in rows if now != then
        ]
        wide = max(40, get_terminal_size().columns)
        for line in told or ["nothing that is counted differs"]:
            say("\n".join(wrap(line, wide, initial_indent="  ", subsequent_indent="    ")))
    unsaid = WrongUse("nobody is there to be asked whether to restore", "say --yes, or --dry-run to see what differs")
    if not prompts.confirm("Go back to this backup?", otherwise=unsaid):
        say("nothing was changed")
        raise typer.Exit(1)
