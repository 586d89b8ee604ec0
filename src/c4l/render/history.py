"""What was done and taken back, as JSON and as plain lines.

`history` has a line for each entry: number, instant (UTC), command, handles, the interactions and promises it changed,
the entry that it undoes, the one that undid it, and what it did in words. One entry alone, or an undo, begins its lines
with what they hold: `entry` (the same cells), `count` (table, what became of them, how many) and `row` (table, record,
what became of it, column, before, after), one for each cell that changed.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC

from c4l.actions.history import EntryPage, History, Undone
from c4l.domain.history import Entry, differences, record, records, words
from c4l.render.records import cell, client_ref


def history_data(result: History) -> list[dict[str, object]]:
    """Each entry, by what it changed."""
    return [_entry_data(entry) for entry in result.entries]


def history_lines(result: History) -> Iterator[Sequence[str]]:
    """A record for each entry."""
    return (_cells(entry) for entry in result.entries)


def entry_data(result: EntryPage) -> dict[str, object]:
    """One entry, row by row."""
    return _whole_data(result.entry)


def entry_lines(result: EntryPage) -> Iterator[Sequence[str]]:
    """A line for the entry, each count and each cell that changed."""
    return _whole_lines(result.entry)


def undone_data(result: Undone) -> dict[str, object]:
    """What was taken back, and what taking it back did; an undo that was not done has no number."""
    by = _whole_data(result.by)
    return {
        "entry": _entry_data(result.entry),
        "by": {**by, "number": None} if result.rehearsed else by,
        "dry_run": result.rehearsed,
    }


def undone_lines(result: Undone) -> Iterator[Sequence[str]]:
    """The lines of the undo."""
    first, *rest = _whole_lines(result.by)
    yield (first[0], "", *first[2:]) if result.rehearsed else first
    yield from rest


def _entry_data(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number,
        "at": _at(entry),
        "command": entry.verb,
        "changes": [{"table": count.table, "did": count.did.value, "rows": count.rows} for count in entry.counts],
        "words": words(entry),
        "clients": [client_ref(client) for client in entry.about],
        "records": None if entry.rows is None else list(records(entry)),
        "undoes": entry.undoes,
        "undone_by": entry.undone_by,
    }


def _whole_data(entry: Entry) -> dict[str, object]:
    """With the rows; null where there are so many that they were only counted."""
    rows = None
    if entry.rows is not None:
        rows = [
            {
                "table": row.table,
                "record": record(row, entry.people) or None,
                "did": row.did.value,
                "cells": [each._asdict() for each in differences(row, entry.people)],
            }
            for row in entry.rows
        ]
    return {**_entry_data(entry), "rows": rows}


def _whole_lines(entry: Entry) -> Iterator[Sequence[str]]:
    yield "entry", *_cells(entry)
    for count in entry.counts:
        yield "count", count.table, count.did, str(count.rows)
    for row in entry.rows or ():
        for column, *both in differences(row, entry.people):
            yield "row", row.table, record(row, entry.people), row.did, column, *map(cell, both)


def _cells(entry: Entry) -> Sequence[str]:
    handles = ",".join(client.handle for client in entry.about)
    return (
        str(entry.number),
        _at(entry),
        entry.verb,
        handles,
        ",".join(records(entry)),
        cell(entry.undoes),
        cell(entry.undone_by),
        words(entry),
    )


def _at(entry: Entry) -> str:
    return entry.at.astimezone(UTC).isoformat(timespec="seconds")
