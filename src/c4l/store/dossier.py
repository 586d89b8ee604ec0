"""Everything held about one client: the records as they are, and what the journal still knows of former ones."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from c4l.domain.book_form import TABLES
from c4l.domain.history import Did
from c4l.store import compiled as q
from c4l.store import transfer
from c4l.store.runs import Run, cells_of, change, runs_of, touches
from c4l.store.store import Transaction
from c4l.store.traces import Rows

Record = Mapping[str, Any]


class Former(NamedTuple):
    """What an entry did to a record.

    Attributes:
        was: the record before; None where there was none, or that is forgotten.
    """

    table: str
    number: int
    did: Did
    was: Record | None


def records(tx: Transaction, rows: Rows) -> Iterator[tuple[str, list[Record]]]:
    """Those of some rows that are there, by table, in the order of their numbers."""
    for table in TABLES:
        there = (row for number in sorted(rows[table]) for row in tx.all(getattr(q, f"{table}_get"), id=number))
        yield table, [transfer.record_of(table, row) for row in there]


def former(tx: Transaction, rows: Rows) -> dict[int, list[Former]]:
    """What was done to some rows, by the number of the entry that did it, in the order in which it was done."""
    met: dict[int, set[tuple[str, int]]] = {}
    for table, numbers in rows.items():
        for number in numbers:
            for touch in touches(tx, table, number, number):
                met.setdefault(touch.change, set()).add((table, number))
    entries = {touch.entry for table in rows for number in rows[table] for touch in touches(tx, table, number, number)}
    done: dict[int, list[Former]] = {}
    for run in runs_of(tx, sorted(entries)):
        wanted = sorted(number for _, number in met.get(run.change, ()))
        if wanted:
            done.setdefault(run.entry, []).extend(_of_run(tx, run, wanted))
    return done


def _of_run(tx: Transaction, run: Run, numbers: list[int]) -> Iterator[Former]:
    before = change(tx, run.change).before
    for number in numbers:
        cells = cells_of(run.table, before[number - run.first]) if before else None
        was = None if cells is None else {name: cells[name] for name in TABLES[run.table].fields}
        yield Former(run.table, number, run.did, was)
