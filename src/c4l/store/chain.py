"""Whether the journal agrees with itself: what a change found in a row is what the one before left there.

It also tells of as many rows as it says. What is no longer as it was written is found by the seals; this also finds
what was so before there were any.
"""

import sqlite3
from collections.abc import Iterator

from c4l.store import compiled as q
from c4l.store.connection import code_of
from c4l.store.journal import RUN
from c4l.store.runs import Change, Touch, change, is_as_left, touches
from c4l.store.store import Transaction

_BLOCK = 20 * RUN


def broken(tx: Transaction) -> Iterator[int]:
    """The changes of which an undo would bring back what never was, by number: bits that fell over in the journal.

    It reads in blocks, so that a million rows need no more memory than ten thousand.
    """
    for table in q.RECORDS:
        [(end,)], [(known,)] = tx.all(q.counter_next, key=table), tx.all(q.change_last, table=table)
        # Of the two, one that fell over may say anything.
        for first in range(1, min(end, (known or 0) + 1), _BLOCK):
            yield from _broken(tx, table, first, first + _BLOCK - 1)


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
