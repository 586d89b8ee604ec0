"""A whole book out of the database and into an empty one: every record as it is, with its number.

Keys for searching are left behind and made anew, as what they are made by may have learned more letters since.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from c4l.domain.book_form import TABLES, Holds
from c4l.domain.names import detail_key, name_key
from c4l.domain.terms import Detail
from c4l.store import compiled as q
from c4l.store.migrations import CURRENT as SCHEMA
from c4l.store.store import BLOCK, Changes, Transaction

__all__ = ["SCHEMA", "dangling", "fill", "is_empty", "numbers", "raise_numbers", "records"]

Record = Mapping[str, Any]
"""A row by its fields, as a document holds it."""


_LAST = 2**62


def _name_key(record: Record) -> str:
    return name_key(record["name"])


def _value_key(record: Record) -> str:
    return detail_key(Detail(record["kind"]), record["value"])


_KEYS: Mapping[str, tuple[str, Callable[[Record], str]]] = {
    **dict.fromkeys(("client", "alias", "tag"), ("name_key", _name_key)),
    "contact_point": ("value_key", _value_key),
}
"""The key of each table that has one, and how it is made."""


def records(tx: Transaction, table: str) -> Iterator[Record]:
    """Every record of a table, by number; read as they are asked for."""
    rows = tx.each(getattr(q, f"{table}_between"), first=0, last=_LAST)
    return (record_of(table, row) for row in rows)


def record_of(table: str, row: Sequence[Any]) -> Record:
    """A row as a document holds it."""
    return {name: bool(row[place]) if flag else row[place] for name, place, flag in _PLACES[table]}


_PLACES = {
    table: [(name, q.COLUMNS[table].index(name), field.holds is Holds.yes_no) for name, field in form.fields.items()]
    for table, form in TABLES.items()
}
"""Of each table the fields, the place of each in a row, and whether it is true or false."""


def numbers(tx: Transaction) -> dict[str, int]:
    """The next number of each table."""
    return {table: tx.all(q.counter_next, key=table)[0][0] for table in TABLES}


def is_empty(tx: Transaction) -> bool:
    """Whether a book holds no record, whatever was done in it before."""
    return all(next(records(tx, table), None) is None for table in TABLES)


def fill(changes: Changes, table: str, rows: Iterable[Record]) -> int:
    """Write records into a table under the numbers that they have; how many there were.

    They may refer to what is written only later: `dangling` is to be asked when all are.

    Args:
        rows: by their numbers, which rise.
    """
    # For this transaction alone.
    changes.all("PRAGMA defer_foreign_keys = ON")
    waiting, count, highest = iter(rows), 0, 0
    while block := list(islice(waiting, BLOCK)):
        changes.put(table, [(None, tuple(_cells(table, record))) for record in block])
        count, highest = count + len(block), block[-1]["id"]
    raise_numbers(changes, {table: highest + 1})
    return count


def _cells(table: str, record: Record) -> Iterator[Any]:
    """A record as the row that holds it."""
    key, made = _KEYS.get(table, ("", _name_key))
    for column in q.COLUMNS[table]:
        if column == key:
            yield made(record)
        else:
            value = record.get(column)
            yield int(value) if value is True or value is False else value


def raise_numbers(changes: Changes, wanted: Mapping[str, int]) -> None:
    """See that no number below these is given out from now on."""
    for table, number in wanted.items():
        there = changes.all(q.counter_next, key=table)[0][0]
        if number > there:
            changes.all(q.counter_take, key=table, block=number - there)


def dangling(changes: Changes) -> tuple[str, int, str] | None:
    """A record, by table and number, that refers to one that is not there, and the table of that; None where all do."""
    for table, number, parent, _ in changes.each("PRAGMA foreign_key_check"):
        return table, number, parent
    return None
