"""A whole book as one JSON document, and everything held about one client: written and read record by record.

The document explains itself: its `legend` says what every field means. `docs/book-format.md` tells of it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, TextIO

from c4l.actions.books import Arriving, Whole, check_schema
from c4l.actions.dossier import Dossier
from c4l.domain.book_form import HIGHEST, TABLES, VERSION, fault, program
from c4l.domain.errors import Refused
from c4l.exchange.json_stream import Pieces

MARK = "c4l_book"
CLIENT_MARK = "c4l_client"

ABOUT = (
    "A whole c4l book. Each list in tables holds the records of one kind, one record a line; legend says what each "
    "field means. A field that ends in _id is the id of a record in another table. Days are ISO days, and an absent "
    "value is null. numbers are those that the next new record of each kind will have. "
    "c4l import reads this document into an empty book. The journal (history and undo) is not in it."
)
ABOUT_CLIENT = (
    "Everything that a c4l book holds about one client, in the words of whoever keeps it. Each list in tables holds "
    "the records of one kind; legend says what each field means. Others who took part are only counted; where a text "
    "names another client it says “another client”. named holds texts about others that name this client, or somebody "
    "of that name, with all other names left out. history tells what was entered, changed and removed; was is what a "
    "record said before."
)

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
_NOT_PLAIN = re.compile(r"[^ -~]")


def _line(value: object) -> str:
    """The value in one line, in which no character acts on a terminal; people still read their own letters."""
    text = _ENCODE(value)
    return text if text.isprintable() else _NOT_PLAIN.sub(lambda found: _shown(found[0]), text)


def _shown(char: str) -> str:
    return char if char.isprintable() else json.dumps(char)[1:-1]


# --- out -------------------------------------------------------------------------------------------------------------


def write(book: Whole, stream: TextIO) -> dict[str, int]:
    """Write a whole book; how many records of each table there were."""
    stream.write(
        f'{{\n"{MARK}": {VERSION},\n"about": {_line(ABOUT)},\n"exported_on": "{book.exported_on}",\n'
        f'"written_by": {_line(book.written_by)},\n"schema": {book.schema},\n'
        f'"legend": {_legend(TABLES)},\n"numbers": {_line(book.numbers)},\n"tables": '
    )
    counts = _write_tables(book.tables, stream)
    stream.write("\n}\n")
    return counts


def write_client(held: Dossier, stream: TextIO) -> dict[str, int]:
    """Write everything held about one client; how many records of each table there were."""
    stream.write(
        f'{{\n"{CLIENT_MARK}": {VERSION},\n"about": {_line(ABOUT_CLIENT)},\n"exported_on": "{held.exported_on}",\n'
        f'"legend": {_legend([table for table, _ in held.tables])},\n"tables": '
    )
    counts = _write_tables(((table, iter(records)) for table, records in held.tables), stream)
    stream.write(',\n"history": ')
    _write_list((entry._asdict() for entry in held.history), stream)
    stream.write(',\n"named": ')
    _write_list(iter(held.named), stream)
    stream.write("\n}\n")
    return counts


def _legend(tables: Iterable[str]) -> str:
    rows = (
        f'"{name}": {{\n"means": {_line(TABLES[name].means)},\n"fields": {{\n'
        + ",\n".join(f'"{field}": {_line(row.told)}' for field, row in TABLES[name].fields.items())
        + "\n}}"
        for name in tables
    )
    return "{\n" + ",\n".join(rows) + "\n}"


def _write_tables(tables: Iterable[tuple[str, Iterator[Mapping[str, Any]]]], stream: TextIO) -> dict[str, int]:
    counts = {}
    before = "{\n"
    for name, records in tables:
        stream.write(f'{before}"{name}": ')
        counts[name] = _write_list(records, stream)
        before = ",\n"
    stream.write("\n}" if counts else "{}")
    return counts


def _write_list(records: Iterable[Mapping[str, Any]], stream: TextIO) -> int:
    count = 0
    for count, record in enumerate(records, start=1):
        stream.write(f"{',' if count > 1 else '['}\n{_line(record)}")
    stream.write("\n]" if count else "[]")
    return count


# --- in --------------------------------------------------------------------------------------------------------------


_BEFORE = frozenset({MARK, "schema", "numbers"})
"""What has to be known before the records are read."""

_HEAD = frozenset({MARK, CLIENT_MARK, "about", "exported_on", "written_by", "schema", "legend", "numbers"})


def read(head: bytes, rest: BinaryIO) -> Iterator[Arriving]:
    """Read a book, table by table; each is to be read to its end before the next.

    Args:
        head: bytes that were read already.
        rest: what follows them.

    Raises:
        Refused: where it is no document of a whole book, or a record is not as it must be; says where.
    """
    pieces, said, tables = Pieces(head, rest), dict[str, Any](), set[str]()
    for name in pieces.members():
        if name in said:
            raise pieces.fault(f"“{name}” is said twice")
        if name in _HEAD and not (name in _BEFORE and "tables" in said):
            said[name] = pieces.value()
            continue
        if name != "tables":
            _refuse_newer(said)
            raise pieces.fault(f"“{name}” {'comes too late' if name in _HEAD else 'is unknown here'}")
        said[name] = numbers = _numbers(said, pieces)
        for table in pieces.members():
            if table not in TABLES or table in tables:
                raise pieces.fault(f"“{table}” is {'said twice' if table in tables else 'no table of a book'}")
            tables.add(table)
            yield Arriving(table, numbers.get(table, 1), _records(table, pieces))
    pieces.end()
    if not tables:
        raise pieces.fault("it holds no tables")


def _numbers(said: Mapping[str, Any], pieces: Pieces) -> dict[str, int]:
    """The next numbers, where what stands before the tables is that of a book which this c4l can read."""
    if CLIENT_MARK in said:
        raise Refused("this is what is held about one client, and no book", "c4l export writes a whole book")
    version, schema, numbers = said.get(MARK), said.get("schema"), said.get("numbers", {})
    if type(version) is not int or type(schema) is not int:
        raise pieces.fault(f"it does not say {MARK} and schema before its tables, as every c4l book does")
    _refuse_newer(said)
    if not isinstance(numbers, dict) or not all(
        name in TABLES and type(number) is int and 0 < number <= HIGHEST + 1 for name, number in numbers.items()
    ):
        raise pieces.fault("its numbers are none, or are of tables that are unknown here")
    return numbers


def _refuse_newer(said: Mapping[str, Any]) -> None:
    """Refuse what this c4l is too old for, as far as what was read yet tells: what it does not know is then no fault.

    Raises:
        Refused: if the form or the tables are newer than those that are known here.
    """
    written_by, version, schema = program(said.get("written_by")), said.get(MARK), said.get("schema")
    if type(version) is int and version > VERSION:
        raise Refused(
            f"the document is of version {version}, written by {written_by or 'a newer c4l'}; this c4l reads {VERSION}",
            "upgrade c4l: pipx upgrade c4l",
        )
    if type(schema) is int:
        check_schema(written_by, schema)


def _records(table: str, pieces: Pieces) -> Iterator[dict[str, Any]]:
    """The records of a table, each looked over."""
    handles, last = set[str](), 0
    for place, _ in enumerate(pieces.items(), start=1):
        record = pieces.value()
        if not isinstance(record, dict):
            raise pieces.fault(f"record {place} of {table} is no object")
        if (wrong := fault(table, record)) is not None:
            raise pieces.fault(f"{_named(table, record, place)} {wrong}")
        if record["id"] <= last:
            raise pieces.fault(
                f"{_named(table, record, place)} comes after {last}: records stand in order of their ids"
            )
        last = record["id"]
        if table == "client":
            if record["handle"] in handles:
                raise pieces.fault(f"{_named(table, record, place)} has the handle {record['handle']} of another")
            handles.add(record["handle"])
        yield record


def _named(table: str, record: Mapping[str, Any], place: int) -> str:
    number = record.get("id")
    return f"{table} {number}" if type(number) is int else f"record {place} of {table}"
