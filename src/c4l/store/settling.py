"""Letting the journal know rows as they are: of those that changed by themselves, and of those that are gone."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from c4l.domain.history import Did
from c4l.store import compiled, seals, traces
from c4l.store.journal import dump
from c4l.store.plausible import is_change
from c4l.store.runs import runs_of
from c4l.store.store import Changes

Place = tuple[str, int]
"""A row, by its table and number."""


class Settled(NamedTuple):
    """What became of some rows: taken as they are, forgotten as they are gone, or left as they make no sense."""

    here: list[Place]
    gone: list[Place]
    left: list[Place]


def settle(changes: Changes, rows: Iterable[Place]) -> Settled:
    """Write down some rows as they are now, and forget those that are gone, so that nothing is held against them."""
    settled = Settled([], [], [])
    for table, some in groupby(sorted(rows), lambda place: place[0]):
        found = {number: _row(changes, table, number) for _, number in some}
        here = {
            number: row for number, row in found.items() if row and not any(isinstance(cell, bytes) for cell in row)
        }
        gone = [number for number, row in found.items() if row == ()]
        if here:
            changes.put(table, [(row, row) for row in here.values()])
        if gone:
            empty = (None,) * (len(compiled.COLUMNS[table]) - 1)
            changes.put(table, [((number, *empty), None) for number in gone])
            traces.forget(changes, {table: gone})
        settled.here.extend((table, number) for number in here)
        settled.gone.extend((table, number) for number in gone)
        settled.left.extend((table, number) for number in found if number not in here and number not in gone)
    if settled.here or settled.gone:
        # What was there before nobody knows: the journal would else say that it was what is there now.
        _forget_before(changes, [run.change for run in runs_of(changes, [changes.entry])])
    return settled


def settle_journal(changes: Changes) -> int:
    """Forget what the journal holds to undo where it changed by itself, and seal it as it reads; how much that was.

    What makes no sense is left as it is: it can be told from what was written, and from nothing else.
    """
    from c4l.store.chain import broken

    # The seal of the entry that is being written is not there yet.
    now = changes.entry if changes.changed else None
    ends = {table: changes.all(compiled.counter_next, key=table)[0][0] for table in compiled.RECORDS}
    entries = [entry for entry in seals.broken(changes) if entry != now and _makes_sense(changes, entry, ends)]
    for entry in entries:
        _forget_before(changes, [run.change for run in runs_of(changes, [entry]) if run.did is not Did.added])
        seals.seal_as_it_reads(changes, entry)
    found = set(broken(changes))
    if found:
        _forget_before(changes, found)
        found -= set(broken(changes))
    return len(entries) + len(found)


def _makes_sense(changes: Changes, entry: int, ends: dict[str, int]) -> bool:
    """Whether an entry that changed by itself can still be one."""
    try:
        [(_, at, _, undoes)] = changes.all(compiled.entries_numbered, entries=[entry])
        datetime.fromisoformat(at)
        held = [changes.all(compiled.change_get, id=run.change)[0] for run in runs_of(changes, [entry])]
    except (sqlite3.OperationalError, TypeError, ValueError):
        return False
    columns = compiled.COLUMNS["change"]
    return undoes_earlier(entry, undoes) and all(
        is_change(dict(zip(columns, change, strict=True)), ends) for change in held
    )


def undoes_earlier(entry: int, undoes: object) -> bool:
    """Whether what an entry says that it takes back can be that: nothing, or an entry before it."""
    return undoes is None or (isinstance(undoes, int) and 0 < undoes < entry)


def _forget_before(changes: Changes, numbers: Iterable[int]) -> None:
    """Let changes forget what was there before, and keep what they left."""
    for number in numbers:
        [(*_, first, last, _, digests)] = changes.all(compiled.change_get, id=number)
        nothing = dump([None] * (last - first + 1))
        seals.empty(changes, number, nothing, digests)


def _row(changes: Changes, table: str, number: int) -> tuple[Any, ...] | None:
    """A row as it is; an empty one where it is gone, None where its text is no text."""
    try:
        rows = changes.all(getattr(compiled, f"{table}_get"), id=number)
    except sqlite3.OperationalError:
        return None
    return rows[0] if rows else ()
