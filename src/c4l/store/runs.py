"""The changes of the journal, read: which rows an entry changed, what they were, and which are as they were left."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from c4l.domain.history import Cells, Did
from c4l.store import compiled as q
from c4l.store.journal import DIGEST_BYTES, RUN, Row, digest
from c4l.store.store import Transaction


class Run(NamedTuple):
    """A change without what it holds: rows of one table, from the first number to the last, that fared alike."""

    change: int
    entry: int
    table: str
    first: int
    last: int
    did: Did

    @property
    def numbers(self) -> range:
        """The numbers of its rows."""
        return range(self.first, self.last + 1)


class Change(NamedTuple):
    """What a change holds; None among the rows, or a digest of zeros, where that is forgotten.

    Attributes:
        before: each row as it was; None where there was none.
        digests: one for each row as it was left; None where none was left.
    """

    before: list[Row | None] | None
    digests: list[bytes] | None


def runs_of(tx: Transaction, entries: Iterable[int]) -> list[Run]:
    """The runs of some entries, in the order in which they were written."""
    return [
        Run(change, entry, table, first, last, Did.added if new else Did.removed if gone else Did.changed)
        for change, entry, table, first, last, new, gone in tx.all(q.changes_of, entries=list(entries))
    ]


def change(tx: Transaction, number: int) -> Change:
    """All that a change holds."""
    [(*_, before, digests)] = tx.all(q.change_get, id=number)
    return Change(None if before is None else rows_in(before), None if digests is None else parted(digests))


def rows_in(before: str) -> list[Row | None]:
    """The rows that the text of a change holds."""
    return [None if row is None else tuple(row) for row in json.loads(before)]


def parted(digests: bytes) -> list[bytes]:
    """The digests that are kept as one."""
    return [digests[at : at + DIGEST_BYTES] for at in range(0, len(digests), DIGEST_BYTES)]


class Touch(NamedTuple):
    """A change that reaches some rows: from the first to the last that it changed."""

    change: int
    entry: int
    first: int
    last: int


def touches(tx: Transaction, table: str, first: int, last: int, after: int = 0) -> list[Touch]:
    """The changes that reach rows of a table, oldest first.

    Args:
        after: only those of later entries than this.
    """
    reach = last + RUN - 1
    return sorted(
        Touch(*row) for row in tx.all(q.changes_over, table=table, first=first, last=last, reach=reach, after=after)
    )


# --- single rows -----------------------------------------------------------------------------------------------------


def cells_of(table: str, row: Row | None) -> Cells | None:
    """A row by the names of its columns."""
    return None if row is None else dict(zip(q.COLUMNS[table], row, strict=True))


def as_left(tx: Transaction, table: str, number: int, entry: int) -> Row | None:
    """A row as an entry left it: as the next one found it, or as it is; None if it was removed, or cannot be read."""
    later = touches(tx, table, number, number, after=entry)
    if later:
        before = change(tx, later[0].change).before
        return None if before is None else before[number - later[0].first]
    return next((row for _, row in readable(tx, table, number, number)), None)


def is_as_left(row: Row, left: bytes) -> bool:
    """Whether a row has the digest with which it was left."""
    try:
        return digest(row) == left
    except TypeError:
        # Bytes where a text was: no row that was ever written holds any.
        return False


def readable(tx: Transaction, table: str, first: int, last: int) -> Iterator[tuple[int, Row | None]]:
    """The rows from one number to another; None in place of one whose text is no text any more."""
    try:
        rows = tx.all(getattr(q, f"{table}_between"), first=first, last=last)
    except sqlite3.OperationalError:
        if first == last:
            yield first, None
            return
        middle = (first + last) // 2
        yield from readable(tx, table, first, middle)
        yield from readable(tx, table, middle + 1, last)
        return
    yield from ((row[0], row) for row in rows)
