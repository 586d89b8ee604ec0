"""Whether the journal agrees with itself: what a change found in a row is what the one before left there.

What is no longer as it was written is found by the seals; this also finds what was so before there were any.
"""

from collections.abc import Iterator

from c4l.store import compiled as q
from c4l.store.journal import RUN
from c4l.store.runs import change, is_as_left, touches
from c4l.store.store import Transaction

_BLOCK = 20 * RUN


def broken(tx: Transaction) -> Iterator[int]:
    """The changes of which an undo would bring back what never was, by number: bits that fell over in the journal.

    It reads in blocks, so that a million rows need no more memory than ten thousand.
    """
    for table in q.RECORDS:
        [(end,)] = tx.all(q.counter_next, key=table)
        for first in range(1, end, _BLOCK):
            yield from _broken(tx, table, first, first + _BLOCK - 1)


def _broken(tx: Transaction, table: str, first: int, last: int) -> Iterator[int]:
    left: dict[int, bytes | None] = {}
    for touch in touches(tx, table, first, last):
        try:
            held = change(tx, touch.change)
        except (TypeError, ValueError):
            # No list any more, or no text.
            yield touch.change
            continue
        # Of a touch that reaches into another block, only what lies in this one is known.
        numbers = range(max(first, touch.first), min(last, touch.last) + 1)
        for number in numbers:
            place = number - touch.first
            before = held.before[place] if held.before and place < len(held.before) else None
            was = left.get(number)
            if before is not None and was is not None and any(was) and not is_as_left(before, was):
                yield touch.change
                break
        for number in numbers:
            place = number - touch.first
            left[number] = held.digests[place] if held.digests and place < len(held.digests) else None
