"""The traces of a client: the rows that are or ever were theirs, the entries that touched them, and forgetting both."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from c4l.store import compiled as q
from c4l.store import seals, search
from c4l.store.journal import DIGEST_BYTES, dump
from c4l.store.runs import cells_of, change, rows_in, touches
from c4l.store.store import Changes, Transaction

Rows = dict[str, set[int]]
"""Numbers of rows, by table."""

EMPTY = bytes(DIGEST_BYTES)
"""Stands for the digest of a row that is forgotten."""


def of_clients(tx: Transaction, clients: Collection[int]) -> Rows:
    """Every row that says something of some clients, those among them that were removed; also what they had in common.

    The interactions in which they took part are among them, with whomever else was there; of these, only what is about
    the clients themselves: their signals, facts and promises.
    """
    rows: Rows = {table: set() for table in q.RECORDS}
    rows["client"] |= set(clients)
    gone = list(removed(tx))
    for table, refers in q.REFERENCES.items():
        if "client_id" in refers:
            rows[table] |= _numbers(tx.all(getattr(q, f"{table}_of_client"), numbers=clients))
            rows[table] |= {cells["id"] for of, cells in gone if of == table and cells["client_id"] in clients}
    there = {number: cells for table, cells in gone if table == "participant" for number in [cells["id"]]}
    for number in rows["participant"]:
        cells = there.get(number) or cells_of("participant", tx.all(q.participant_get, id=number)[0])
        rows["interaction"].add(cells["interaction_id"] if cells else 0)
    events = [cells for table, cells in gone if table == "promise_event"]
    rows["promise_event"] |= _numbers(tx.all(q.promise_event_of_promise, numbers=rows["promise"]))
    rows["promise_event"] |= {cells["id"] for cells in events if cells["promise_id"] in rows["promise"]}
    return rows


def removed(tx: Transaction) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Every row that was ever removed, with its table; without those that are forgotten."""
    for table, before in tx.all(q.changes_removing):
        for row in rows_in(before):
            cells = cells_of(table, row)
            if cells is not None:
                yield table, cells


def _numbers(rows: Iterable[tuple[Any, ...]]) -> set[int]:
    return {number for (number,) in rows}


def entries(tx: Transaction, clients: Collection[int]) -> set[int]:
    """The entries that touched a row of some clients."""
    return {
        touch.entry
        for table, numbers in of_clients(tx, clients).items()
        for number in numbers
        for touch in touches(tx, table, number, number)
    }


def forget(changes: Changes, rows: Mapping[str, Iterable[int]]) -> None:
    """Empty the journal of all that it holds of some rows, and the index of the words of those that are gone, for good.

    What they were is gone, and so are their digests; the entries stay, with their numbers and instants, sealed anew,
    and can no longer be undone. A row that is still there keeps the digest of what it is now, so that it is still
    watched over. What else lies in the same run stays as it was. To be called when the rows are removed or mended, in
    the same transaction; the last bytes of them go when the file is vacuumed.

    Args:
        rows: the numbers, by table. To forget a row that is still there is to keep only what it is now.
    """
    for table, numbers in rows.items():
        emptied: dict[int, set[int]] = {}
        kept: set[tuple[int, int]] = set()
        for number in numbers:
            met = touches(changes, table, number, number)
            for touch in met:
                emptied.setdefault(touch.change, set()).add(number)
            if met and changes.all(getattr(q, f"{table}_get"), id=number):
                kept.add((met[-1].change, number))
        for each, gone in emptied.items():
            _empty(changes, each, gone, {number for at, number in kept if at == each})
    search.let_go(changes)


def _empty(changes: Changes, number: int, gone: Collection[int], kept: Collection[int]) -> None:
    """Empty one change of some of its rows, but not of the digests of those that are kept."""
    [(_, _, _, first, *_)] = changes.all(q.change_get, id=number)
    was = change(changes, number)
    before = was.before and [None if at in gone else row for at, row in enumerate(was.before, first)]
    digests = was.digests and [
        EMPTY if at in gone and at not in kept else each for at, each in enumerate(was.digests, first)
    ]
    seals.empty(
        changes, number, None if before is None else dump(before), None if digests is None else b"".join(digests)
    )
