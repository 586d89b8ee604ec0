"""`c4l doctor`: whether all is well with the book, and what mends it."""

from typing import Annotated

import typer

from c4l.cli.answer import answer, say, say_how_long
from c4l.cli.options import path_of
from c4l.cli.session import session
from c4l.domain.errors import WrongUse


def doctor(
    mend: Annotated[
        bool, typer.Option("--mend", help="First mend what loses nothing: rights, leftovers, the index of words.")
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="First take rows that another program changed as they are now, for good.")
    ] = False,
    salvage: Annotated[
        str | None, typer.Option("--salvage", metavar="FILE", help="Carry what can be read of FILE into a new book.")
    ] = None,
    into: Annotated[
        str | None, typer.Option("--into", metavar="FILE", help="With --salvage: the new book, if not beside FILE.")
    ] = None,
) -> None:
    """Examine the book, and say what mends what is wrong.

    c4l doctor

    c4l doctor --mend

    It reads every page and every row, and looks at rights, the folder, the clock and the backups. Nothing is changed
    unless you say so. It answers 1 where something is wrong. What was damaged comes back with c4l restore. Without a
    good backup, or to keep what was logged since, --salvage makes a new book of what can be read, and tells of every
    row that is not as it was; it answers 1 where there are any.

    What --accept takes cannot be undone: nobody knows what was there before.
    """
    from c4l.actions import doctor as actions

    if salvage is not None:
        if mend or accept:
            raise WrongUse("a damaged book is salvaged as it is", "c4l doctor --salvage FILE")
        _salvage(salvage, into)
        return
    if into is not None:
        raise WrongUse(
            "--into says where to salvage to, and nothing is salvaged", "c4l doctor --salvage FILE --into NEW"
        )
    with session() as here:
        own = not here.settings.names_database
        say_how_long(f"reading all of {here.store.path}", actions.seconds(here.store))
        accepted = actions.accept(here.store) if accept else ()
        mended = actions.mend(here.store, own_folder=own) if mend else ()
        found = actions.examine(here.store, own_folder=own, mended=(*accepted, *mended))
        answer("doctor", found)
    if found.findings:
        raise typer.Exit(1)


def _salvage(source: str, target: str | None) -> None:
    from shlex import quote

    from c4l.actions import doctor as actions

    made = actions.salvage(path_of(source), None if target is None else path_of(target))
    answer("salvaged", made)
    file = quote(str(made.file))
    say(f"\nTo look into it:  c4l --database {file}\nTo go on in it:   c4l restore {file}")
    if not made.is_whole:
        raise typer.Exit(1)
