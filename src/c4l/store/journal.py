"""The one function through which rows change, and the record it leaves of every change.

A command that changes something makes one `entry`; what it did to the rows is a handful of `change`s, each a run of up
to 500 rows of one table with neighbouring numbers: what was there before (JSON; nothing for new rows) and a digest of
each row as it was left. From these a command can be told in words and undone exactly, and a row that changed by itself
can be found. An entry holds no text of its own. It ends with a seal, by which it is known whether the journal itself is
as it was written: the sum of a digest of the entry and of one of each of its changes.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from c4l.store import compiled, search

RUN = 500
DIGEST_BYTES = 4

Row = tuple[Any, ...]
Pair = tuple[Row | None, Row | None]

dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def digest(row: Sequence[Any]) -> bytes:
    """Four bytes that change when any cell of the row does."""
    return zlib.crc32(dump(row).encode("utf-8", "surrogatepass")).to_bytes(DIGEST_BYTES, "big")


def seal(*cells: Any) -> int:
    """What an entry, or one of its changes, adds to the seal: a number that is another when any cell is."""
    # Written by ascii(), a text is no number and no bytes, whatever they look like, under every Python.
    return zlib.crc32(ascii(cells).encode())


class Entry:
    """An entry that is being written.

    Attributes:
        last_change: the number of the newest change in the journal.
        seal: of what was said in it so far, and is not yet written down.
    """

    __slots__ = ("last_change", "number", "seal")

    def __init__(self, number: int, last_change: int, seal: int) -> None:
        self.number, self.last_change, self.seal = number, last_change, seal


def begin(connection: sqlite3.Connection, at: str, verb: str, undoes: int | None) -> Entry:
    """Begin an entry; `end` must follow when all is changed."""
    given = {"at": at, "verb": verb, "undoes": undoes}
    [(number, last_change)] = connection.execute(compiled.entry_add, given).fetchall()
    return Entry(number, last_change, seal(number, at, verb, undoes))


def end(connection: sqlite3.Connection, entry: Entry) -> None:
    """Seal an entry: what is changed after it belongs to the next."""
    connection.execute(compiled.entry_seal_more, {"entry": entry.number, "more": entry.seal})
    entry.seal = 0


def numbers(connection: sqlite3.Connection, table: str, count: int) -> range:
    """Give out the next `count` numbers of a table; none is ever given out twice, undone or not."""
    end = connection.execute(compiled.counter_take, {"key": table, "block": count}).fetchall()[0][0]
    return range(end - count, end)


def write(connection: sqlite3.Connection, entry: Entry, table: str, pairs: Sequence[Pair]) -> None:
    """Change rows of one table, and record it.

    Args:
        entry: the one that this belongs to.
        pairs: each row before and after, in the order of its columns; None before is a new row, None after a
            removed one. In the order of their numbers.
    """
    columns = compiled.COLUMNS[table]
    new = [after for before, after in pairs if before is None and after is not None]
    changed = [after for before, after in pairs if before is not None and after is not None]
    gone = [before[:1] for before, after in pairs if after is None and before is not None]
    if new:
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", new
        )
    if changed:
        update = getattr(compiled, f"{table}_update")
        connection.executemany(update, [dict(zip(columns, row, strict=True)) for row in changed])
    if gone:
        connection.executemany(getattr(compiled, f"{table}_delete"), [{"id": number} for (number,) in gone])
    connection.executemany(compiled.change_add, _changes(entry, table, pairs))
    search.follow(connection, table, pairs)


def _changes(entry: Entry, table: str, pairs: Sequence[Pair]) -> Iterator[dict[str, Any]]:
    """The journal's account of some pairs: one change for each run of neighbours to which the same was done.

    Each is added to the seal of its entry.
    """

    def number(pair: Pair) -> int:
        row = pair[0] or pair[1]
        assert row is not None  # noqa: S101 - a pair of nothing and nothing is no change
        return int(row[0])

    def place(item: tuple[int, Pair]) -> tuple[int, bool, bool]:
        position, (before, after) = item
        return number((before, after)) - position, before is None, after is None

    for _, group in groupby(enumerate(pairs), place):
        run = [pair for _, pair in group]
        for start in range(0, len(run), RUN):
            part = run[start : start + RUN]
            entry.last_change += 1
            change = {
                "id": entry.last_change,
                "table_name": table,
                "first_id": number(part[0]),
                "last_id": number(part[-1]),
                "before": None if part[0][0] is None else dump([before for before, _ in part]),
                "digests": None if part[0][1] is None else b"".join(digest(after) for _, after in part if after),
            }
            entry.seal = (entry.seal + seal(*change.values())) % compiled.SEALS
            yield {"entry_id": entry.number, **change}
