"""Whether the journal agrees with itself, and with what gives out numbers.

What a change found in a row is what the one before left there; it tells of as many rows as it says; and no number that
any row ever had is yet to be given out. What is no longer as it was written is found by the seals; this also finds what
was so before there were any, and what has none.
"""

import sqlite3
from collections.abc import Iterator

from c4l.store import compiled as q
from c4l.store.connection import code_of
from c4l.store.journal import RUN
from c4l.store.runs import Change, Touch, change, is_as_left, touches
from c4l.store.store import Transaction

_BLOCK = 20 * RUN


def beyond(tx: Transaction) -> Iterator[tuple[str, int]]:
    """The rows whose numbers were never given out, by table and number."""
    for table in q.RECORDS:
        end = _next(tx, table)
        yield from ((table, number) for (number,) in tx.all(f"SELECT id FROM {table} WHERE id >= :end", end=end))


def given_again(tx: Transaction) -> Iterator[tuple[str, int]]:
    """The last row of each table of which the journal knows, there or removed, if its number is yet to be given out."""
    for table in q.RECORDS:
        last = _last(tx, table)
        if last >= _next(tx, table):
            yield table, last


def broken(tx: Transaction) -> Iterator[int]:
    """The changes of which an undo would bring back what never was, by number: bits that fell over in the journal.

    It reads in blocks, so that a million rows need no more memory than ten thousand.
    """
    for table in q.RECORDS:
        # Of the two, one that fell over may say anything.
        end = min(_next(tx, table), _last(tx, table) + 1)
        for first in range(1, end, _BLOCK):
            yield from _broken(tx, table, first, first + _BLOCK - 1)


def _next(tx: Transaction, table: str) -> int:
    """The number that the next row of a table will have."""
    return int(tx.all(q.counter_next, key=table)[0][0])


def _last(tx: Transaction, table: str) -> int:
    """The highest number of a table of which the journal knows; 0 where it knows of none."""
    return int(tx.all(q.change_last, table=table)[0][0] or 0)


def _broken(tx: Transaction, table: str, first: int, last: int) -> Iterator[int]:
    left: dict[int, bytes | None] = {}
    for touch in touches(tx, table, first, last):
        held = _held(tx, touch)
        if held is None:
            yield touch.change
            continue
        # Of a touch that reaches into another block, only what lies in this one is known.
        numbers = range(max(first, touch.first), min(last, touch.last) + 1)
        for number in numbers:
            before = held.before[number - touch.first] if held.before else None
            was = left.get(number)
            if before is not None and was is not None and any(was) and not is_as_left(before, was):
                yield touch.change
                break
        for number in numbers:
            left[number] = held.digests[number - touch.first] if held.digests else None


def _held(tx: Transaction, touch: Touch) -> Change | None:
    """What a change holds; None where that is not something of each of its rows, and of no others."""
    try:
        held = change(tx, touch.change)
    except (TypeError, ValueError):
        # No list any more.
        return None
    except sqlite3.OperationalError as error:
        # No text any more: only Python found it.
        if code_of(error):
            raise
        return None
    count = touch.last - touch.first + 1
    there = {len(rows) for rows in (held.before, held.digests) if rows is not None}
    return held if there == {count} else None
