"""Your data: `import`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from c4l.cli.answer import answer, say
from c4l.cli.session import session
from c4l.domain.errors import Refused, WrongUse
from c4l.domain.terms import Kind

STDIN = "-"


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A vCard or CSV file; “-” for stdin.")],
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="vcard or csv, if the file does not show it.")
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", "-k", help="What new clients are to you.")] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", metavar="WORD", help="Tag everybody in the file.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")] = False,
) -> None:
    """Take in clients from an address book: vCard or CSV.

    c4l import contacts.vcf --dry-run

    Who is there already is completed, never overwritten; a second import of the same file changes nothing. A record
    that cannot be read is reported, and the others are taken; where none can be read, it answers 1.
    """
    from c4l.actions import backup
    from c4l.actions import imports as actions
    from c4l.domain.backups import Reason
    from c4l.exchange.formats import read

    with session(begins=True) as here:
        reading = read(file, _bytes(file), format_name, here.today)
        if not dry_run:
            backup.before(here.store, here.settings, Reason.import_)
        report = actions.take_in(
            here.store,
            file,
            reading.format,
            reading.records,
            here.today,
            ignored=reading.ignored,
            kind=kind,
            tags=tuple(tag or ()),
            rehearse=dry_run,
        )
        answer("import", report)
        if report.records == 0:
            say(f"{file} holds no records: nothing was taken in")
        if report.records and report.records == len(report.skipped):
            raise typer.Exit(1)


def _bytes(file: str) -> bytes:
    """What the file holds, up to one byte more than is taken.

    Raises:
        Refused: if it cannot be read, or holds nothing.
        WrongUse: if no file is named.
    """
    from c4l.exchange.reading import MAX_BYTES

    if not file:
        raise WrongUse("no file is named", "c4l import contacts.vcf; - reads stdin")
    try:
        if file == STDIN:
            content = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(file).expanduser().open("rb") as opened:
                content = opened.read(MAX_BYTES + 1)
    except (OSError, RuntimeError, ValueError) as error:
        # A home that nobody knows (~nobody/a.vcf), and a zero byte in a path, are no failures of the machine.
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise Refused(f"{file} cannot be read: {why}", "look at the path and its rights") from error
    if not content:
        raise Refused(f"{'stdin' if file == STDIN else file} is empty", "look whether it is the right file")
    return content
