"""What leaves the book: `export`."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from c4l.cli import who
from c4l.cli.answer import answer
from c4l.cli.complete import clients
from c4l.cli.options import path_of
from c4l.cli.session import Session, session
from c4l.domain.errors import NotFound, WrongUse

if TYPE_CHECKING:
    from c4l.domain.terms import ClientRef
    from c4l.exchange.formats import Output

STDOUT = "-"


def export(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="Where to; “-” for stdout, as where it is piped.")
    ] = None,
    format_name: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="json, or csv: a folder, one file a table.")
    ] = "json",
    client: Annotated[
        str | None,
        typer.Option(
            "--client", metavar="WHO", help="Only what is held about one client, for them.", autocompletion=clients
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Write over FILE, if it is there.")] = False,
) -> None:
    """Write the whole book down, for other programs or for good.

    c4l export book.json

    c4l export book-tables --format csv

    c4l export jane.json --client jane

    The JSON document holds all but the history, and explains itself; c4l import reads it into an empty book, where
    everything is as it was. With --client it holds everything about one person, also of one who was added and undone,
    to be given to them: others who took part are only counted, and their names are left out of the texts. What else
    tells of others stays, as an address or a surname alone: read it first. A file is written whole or not at all, and
    only you can read it.
    """
    from c4l.exchange import formats

    row = formats.output(format_name)
    to_stdout = file == STDOUT or (file is None and not sys.stdout.isatty())
    _check(file, row, to_stdout=to_stdout, one=client is not None, force=force)
    target = None if to_stdout or not file else path_of(file)
    with session() as here:
        if client is not None:
            _client(here, client, target, force=force)
        elif target is None:
            from c4l.actions import books

            with books.whole(here.store, here.today) as book:
                formats.write(row, book, _stdout())
        else:
            _book(here, row, target, force=force)


def _check(file: str | None, row: "Output", *, to_stdout: bool, one: bool, force: bool) -> None:
    """See that what was typed can be meant.

    Raises:
        WrongUse: if not.
    """
    if one and row.folder:
        raise WrongUse(f"what is held about one client is not written as {row.name}", "leave out --format")
    if to_stdout and row.folder:
        raise WrongUse(f"{row.name} is several files", f"name a folder: c4l export book --format {row.name}")
    if to_stdout and force:
        raise WrongUse("--force writes over a file, and none is named", "c4l export FILE --force")
    if not to_stdout and not file:
        raise WrongUse("no file is named", "c4l export book.json; - writes to the terminal")
    if file is not None and file.lower().endswith(".csv") and not row.folder:
        raise WrongUse("a book is more than one table", "as CSV it is a folder: c4l export book --format csv")


def _book(here: Session, row: "Output", target: Path, *, force: bool) -> None:
    from c4l.actions import books
    from c4l.exchange import formats

    into = books.folder if row.folder else books.file
    with books.whole(here.store, here.today) as book, into(here.store, target, force=force) as new:
        if row.folder:
            counts = formats.write(row, book, new)
        else:
            with new.open("w", encoding="utf-8", newline="\n") as stream:
                counts = formats.write(row, book, stream)
    answer("export", books.exported(target, row.name, None, counts))


def _client(here: Session, said: str, target: Path | None, *, force: bool) -> None:
    from c4l.actions import books, dossier
    from c4l.exchange.book_json import write_client

    ref = _whose(here, said)
    held = dossier.of_client(here.store, ref, here.today)
    if target is None:
        write_client(held, _stdout())
        return
    with books.file(here.store, target, force=force) as new, new.open("w", encoding="utf-8", newline="\n") as stream:
        counts = write_client(held, stream)
    answer("export", books.exported(target, "json", ref, counts))


def _whose(here: Session, said: str) -> "ClientRef":
    """Who is meant: somebody of the book, or whom only its journal still holds.

    Raises:
        NotFound: if neither knows anybody of that name.
        Ambiguous: if several fit, and nobody can be asked which.
    """
    try:
        return who.one(here, said)
    except NotFound:
        from c4l.actions.forget import gone

        ref = gone(here.store, said, backups=False)
        if ref is None:
            raise
        return ref


def _stdout() -> TextIO:
    """Where the document goes, which is UTF-8 whatever the terminal speaks."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    return sys.stdout
