"""Your data: `import`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from c4l.cli.answer import answer, say, say_how_long
from c4l.cli.session import Session, session
from c4l.domain.errors import Refused, WrongUse
from c4l.domain.terms import Kind

if TYPE_CHECKING:
    from c4l.actions.imports import ImportReport
    from c4l.exchange.formats import Format

STDIN = "-"
_FEW = 3


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A vCard, CSV or JSON file; “-” for stdin.")],
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="vcard, csv or json, if the file does not show it.")
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", "-k", help="What new clients are to you.")] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", metavar="WORD", help="Tag everybody in the file.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")] = False,
) -> None:
    """Take in an address book (vCard, CSV) or a whole book.

    c4l import contacts.vcf --dry-run

    Who is there already, by name and an address or number, is completed, never overwritten; where only the name is the
    same, another client is added, and told. A second import of the same file changes nothing. A record
    that cannot be read is reported, and the others are taken; where none can be read, it answers 1.

    A whole book, as c4l export writes it, goes into an empty one, with its numbers and all that is in it:

    c4l import book.json --database new.db
    """
    from c4l.exchange import formats

    with session(begins=True) as here, _opened(file) as stream:
        with _explained(file):
            head = stream.read(formats.HEAD)
        if not head:
            raise Refused(f"{'stdin' if file == STDIN else file} is empty", "look whether it is the right file")
        row = formats.find(file, head, format_name)
        if row.whole:
            if kind is not None or tag:
                raise WrongUse(f"{file} is a whole book, in which all is said", "leave out --kind and --tag")
            report = _whole(here, file, row, head, stream, dry_run=dry_run)
        else:
            report = _clients(here, file, row, head, stream, kind, tag or [], dry_run=dry_run)
        answer("import", report)
        if report.namesakes:
            say(_same_names(report))
        if report.records == 0:
            say(f"{file} holds no records: nothing was taken in")
        if report.records and report.records == len(report.skipped):
            raise typer.Exit(1)


def _back_up(here: Session) -> None:
    """Make a backup first; only now, as what is refused at first sight takes the place of no other."""
    from c4l.actions import backup
    from c4l.domain.backups import Reason

    backup.before(here.store, here.settings, Reason.import_, partial(say_how_long, "making a backup first"))


def _whole(here: Session, file: str, row: "Format", head: bytes, stream: BinaryIO, *, dry_run: bool) -> "ImportReport":
    from c4l.actions import books
    from c4l.exchange import formats

    books.check_empty(here.store, file)
    if not dry_run:
        _back_up(here)
    return books.take_in(here.store, file, formats.read_book(row, head, stream), rehearse=dry_run)


def _clients(
    here: Session,
    file: str,
    row: "Format",
    head: bytes,
    stream: BinaryIO,
    kind: Kind | None,
    tags: list[str],
    *,
    dry_run: bool,
) -> "ImportReport":
    from c4l.actions import imports as actions
    from c4l.exchange.formats import read
    from c4l.exchange.reading import MAX_BYTES

    with _explained(file):
        content = head + stream.read(max(0, MAX_BYTES + 1 - len(head)))
    reading = read(file, content, row.name, here.today)
    if not dry_run:
        _back_up(here)
    return actions.take_in(
        here.store,
        file,
        reading.format,
        reading.records,
        here.today,
        ignored=reading.ignored,
        kind=kind,
        tags=tuple(tags),
        rehearse=dry_run,
    )


def _same_names(report: "ImportReport") -> str:
    """Whose name was taken, and why they were not known again, in lines."""
    names = ", ".join(dict.fromkeys(f"{ref.name} ({ref.handle})" for ref in report.namesakes[:_FEW]))
    more = f" and {len(report.namesakes) - _FEW} more" if len(report.namesakes) > _FEW else ""
    was = "would be" if report.rehearsed else "was" if len(report.namesakes) == 1 else "were"
    return (
        f"{names}{more} {was} added beside somebody of the same name: no address or number in the file is theirs\n"
        "  c4l check lists who may be one; c4l undo takes an import back"
    )


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    """The file, to be read once.

    Raises:
        Refused: if it cannot be read.
        WrongUse: if no file is named.
    """
    if not file:
        raise WrongUse("no file is named", "c4l import contacts.vcf; - reads stdin")
    if file == STDIN:
        yield sys.stdin.buffer
        return
    with _explained(file):
        stream = Path(file).expanduser().open("rb")
    with stream:
        yield stream


@contextmanager
def _explained(file: str) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        # A home that nobody knows (~nobody/a.vcf), and a zero byte in a path, are no failures of the machine.
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise Refused(f"{file} cannot be read: {why}", "look at the path and its rights") from error
