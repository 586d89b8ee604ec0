"""The seals of the journal, read: which entries are no longer as they were written, and sealing anew what was emptied.

A seal is the sum of a digest of the entry and of one of each of its changes. What a change forgets is therefore taken
out of the sum without a look at the others; and whatever else is wrong with the entry is as wrong as before.
"""

import sqlite3
from collections.abc import Iterator
from itertools import groupby, islice
from typing import NamedTuple

from c4l.store import compiled as q
from c4l.store.connection import code_of
from c4l.store.journal import seal
from c4l.store.store import Transaction

_LAST = 2**62
_BLOCK = 1_000


class Sealed(NamedTuple):
    """An entry, and what seals it.

    Attributes:
        kept: the seal that it bears.
        told: the seal of what it and its changes say; None where a text of it is no text any more.
    """

    entry: int
    kept: int
    told: int | None


def broken(tx: Transaction) -> Iterator[int]:
    """The entries that are not as they were written, or not all of whose changes are, by number; the oldest first.

    It reads them one by one, so that a million rows need no more memory than ten thousand. Of an entry that is being
    written it cannot be told.
    """
    return (each.entry for each in _each(tx) if each.kept != each.told)


def is_broken(tx: Transaction, entry: int) -> bool:
    """Whether an entry is not as it was written, or not all of its changes are."""
    one = _one(tx, entry)
    return one.kept != one.told


def seal_all(tx: Transaction) -> None:
    """Seal all entries as they read; not those that cannot be read."""
    entries = _each(tx)
    while block := list(islice(entries, _BLOCK)):
        for each in block:
            if each.told is not None:
                tx.all(q.entry_seal, entry=each.entry, seal=each.told)


def seal_as_it_reads(tx: Transaction, entry: int) -> bool:
    """Seal an entry as it reads now; False where it cannot be read."""
    told = _one(tx, entry).told
    if told is not None:
        tx.all(q.entry_seal, entry=entry, seal=told)
    return told is not None


def empty(tx: Transaction, change: int, before: str | None, digests: bytes | None) -> None:
    """Let a change hold less than it did, and its entry be sealed as well as it was."""
    [(_, entry, *rows, was_before, was_digests)] = tx.all(q.change_get, id=change)
    more = seal(change, *rows, before, digests) - seal(change, *rows, was_before, was_digests)
    tx.all(q.change_empty, change=change, before=before, digests=digests)
    tx.all(q.entry_seal_more, entry=entry, more=more % q.SEALS)


def _each(tx: Transaction) -> Iterator[Sealed]:
    """Every entry, by number."""
    after: int | None = 0
    while after is not None:
        try:
            for each in _read(tx, after, _LAST):
                after = each.entry
                yield each
            return
        except sqlite3.OperationalError as error:
            if code_of(error):
                raise
        # A text that is none any more, here or in the entry that follows.
        [(after,)] = tx.all(q.entry_next, after=after)
        if after is not None:
            yield _one(tx, after)


def _one(tx: Transaction, entry: int) -> Sealed:
    try:
        return next(_read(tx, entry - 1, entry))
    except sqlite3.OperationalError as error:
        if code_of(error):
            raise
        return Sealed(entry, 0, None)


def _read(tx: Transaction, after: int, last: int) -> Iterator[Sealed]:
    for (*head, kept), rows in groupby(tx.each(q.entries_sealed, after=after, last=last), lambda row: row[:5]):
        changes = sum(seal(*row[5:]) for row in rows if row[5] is not None)
        yield Sealed(head[0], kept, (seal(*head) + changes) % q.SEALS)
