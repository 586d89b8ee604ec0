"""A whole book out of the database, to be written in some format, and back into an empty one."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from c4l.actions.imports import ImportReport
from c4l.domain.book_form import TABLES
from c4l.domain.errors import Conflict, Refused
from c4l.domain.terms import ClientRef
from c4l.store import beginning, files, folders, signature, transfer
from c4l.store.store import Changes, Store, Transaction

Record = Mapping[str, Any]
"""A record by its fields, as `domain.book_form` names them."""

WRITTEN = "json"
"""The format in which a book comes in."""


class Whole(NamedTuple):
    """A book as it was at one moment.

    Attributes:
        written_by: the program and its version.
        schema: the version of the tables.
        numbers: the next number of each table.
        tables: to be read once, each to its end before the next.
    """

    exported_on: date
    written_by: str
    schema: int
    numbers: Mapping[str, int]
    tables: Iterator[tuple[str, Iterator[Record]]]


class Arriving(NamedTuple):
    """One table of a book that comes in.

    Attributes:
        next_number: none below it was free there.
        records: each looked over, their ids rising.
    """

    table: str
    next_number: int
    records: Iterator[Record]


class Exported(NamedTuple):
    """What was written.

    Attributes:
        client: whom it is about; None for a whole book.
        counts: how many records of each table.
        size: bytes.
    """

    file: Path
    format: str
    client: ClientRef | None
    counts: Mapping[str, int]
    size: int


@contextmanager
def whole(store: Store, today: date) -> Iterator[Whole]:
    """All that is in a book but its journal, as it is now, however long the reading takes; nobody else waits for it."""
    with store.reading_copy() as tx:
        tables = ((table, transfer.records(tx, table)) for table in TABLES)
        yield Whole(today, signature.PROGRAM, transfer.SCHEMA, transfer.numbers(tx), tables)


def file(store: Store, target: Path, *, force: bool) -> AbstractContextManager[Path]:
    """Where to write what becomes a file when the block ends, whole or not at all: `store.files.written`.

    Raises:
        Refused: if it is the book itself.
    """
    if target.exists() and store.path.exists() and target.samefile(store.path):
        raise Refused(f"{target} is the book itself", "name another file")
    return files.written(target, overwrite=force)


def folder(_store: Store, target: Path, *, force: bool) -> AbstractContextManager[Path]:
    """Where to write the files of what becomes a folder when the block ends: `store.folders.written`."""
    return folders.written(target, overwrite=force)


def check_schema(written_by: str | None, schema: int) -> None:
    """See that a document of such tables can be taken in.

    Args:
        written_by: the program and its version, as the document tells them; None where it does not.

    Raises:
        Refused: if they are newer than those of this c4l.
    """
    if schema > transfer.SCHEMA:
        raise Refused(signature.too_new("the document", written_by, schema, transfer.SCHEMA), signature.UPGRADE)


def take_in(store: Store, name: str, tables: Iterable[Arriving], *, rehearse: bool = False) -> ImportReport:
    """Take a whole book into an empty one, as one entry of the journal: with the same numbers, and nothing lost.

    Args:
        name: of the file, for the report.
        rehearse: report what would happen, and write nothing.

    Raises:
        Conflict: if there is something in the book already.
        Refused: if the document is not as it must be; then nothing was taken in.
    """
    with store.rehearsing("import") if rehearse else beginning.writing(store, "import", keep_empty=True) as changes:
        _check_empty(store, changes, name)
        clients: list[ClientRef] = []
        counts = {each.table: _fill(changes, each, clients) for each in tables}
        if (missing := transfer.dangling(changes)) is not None:
            table, number, parent = missing
            raise Refused(f"{table} {number} refers to a record of {parent} that is not there", "export it anew")
    return ImportReport(
        file=name,
        format=WRITTEN,
        created=tuple(clients),
        updated=(),
        unchanged=(),
        skipped=(),
        remarks=(),
        rehearsed=rehearse,
        counts={table: counts[table] for table in TABLES if table in counts},
    )


def check_empty(store: Store, name: str) -> None:
    """See that a whole book can be taken in, before anything is done for it.

    Raises:
        Conflict: if there is something in the book already.
    """
    with store.reading() as tx:
        _check_empty(store, tx, name)


def _check_empty(store: Store, tx: Transaction, name: str) -> None:
    if not transfer.is_empty(tx):
        raise Conflict(
            f"there are records in {store.path} already, and a whole book goes only into an empty one",
            f"name a new one: c4l import {name} --database new.db",
        )


def _fill(changes: Changes, arriving: Arriving, clients: list[ClientRef]) -> int:
    records = arriving.records if arriving.table != "client" else _noted(arriving.records, clients)
    count = transfer.fill(changes, arriving.table, records)
    transfer.raise_numbers(changes, {arriving.table: arriving.next_number})
    return count


def _noted(records: Iterable[Record], clients: list[ClientRef]) -> Iterator[Record]:
    for record in records:
        clients.append(ClientRef(record["id"], record["handle"], record["name"]))
        yield record


def exported(file: Path, format_name: str, client: ClientRef | None, counts: Mapping[str, int]) -> Exported:
    """What was written to a file, or into a folder."""
    size = sum(each.stat().st_size for each in file.iterdir()) if file.is_dir() else file.stat().st_size
    return Exported(file, format_name, client, counts, size)
