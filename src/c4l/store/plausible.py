"""Whether what was read of a damaged row makes sense, and what can stand for what does not."""

import json
import sqlite3
from datetime import date, datetime, time
from typing import Any, NamedTuple

from c4l.domain.signals import SIGNALS
from c4l.domain.terms import Channel, FactKind, Kind, Party
from c4l.store import compiled
from c4l.store.journal import DIGEST_BYTES, RUN

LOST_WORDS = "(could not be read)"

_STAND_IN: dict[str, dict[str, Any]] = {
    "client": {"kind": Kind.customer},
    "contact_point": {"kind": "email"},
    "entry": {"seal": 0},
    "fact": {"kind": FactKind.background, "text": LOST_WORDS},
    "interaction": {"channel": Channel.call, "note": LOST_WORDS},
    "key_date": {"label": LOST_WORDS},
    "promise": {"what": LOST_WORDS},
}
"""What stands for a cell that must hold something, and cannot be read."""

_FROM_KEY = {
    "client": (("name", "name_key"), ("name", "handle"), ("name_key", "name"), ("handle", "name_key")),
    "alias": (("name", "name_key"), ("name_key", "name")),
    "tag": (("name", "name_key"), ("name_key", "name")),
    "contact_point": (("value", "value_key"), ("value_key", "value")),
}
"""Cells that tell much the same, so that one can stand for the other."""

_WORDS: dict[tuple[str, str], frozenset[str]] = {
    ("client", "kind"): frozenset(Kind),
    ("fact", "kind"): frozenset(FactKind),
    ("interaction", "channel"): frozenset(Channel),
    ("interaction", "reached_out"): frozenset(Party),
    ("signal", "kind"): frozenset(SIGNALS),
}
"""The only words that some columns may hold, which the database itself does not check."""

_RANGES = {("key_date", "month"): range(1, 13), ("key_date", "day"): range(1, 32)}

_BEYOND = 10_000


class Column(NamedTuple):
    """A column; `needed` says that it must hold something."""

    name: str
    type: str
    needed: bool


def columns_in(book: sqlite3.Connection, table: str) -> list[Column]:
    """The columns of a table, and which of them must hold something."""
    return [
        Column(name, type_, bool(needed)) for _, name, type_, needed, *_ in book.execute(f"PRAGMA table_info({table})")
    ]


def makes_sense(table: str, column: Column, value: Any) -> bool:
    """Whether a cell holds what its column is for: what does not would break every command that meets it."""
    if value is None:
        return True
    if words := _WORDS.get((table, column.name)):
        return value in words
    match column.type:
        case "INTEGER" | "BIGINT" | "BOOLEAN":
            return type(value) is int and value in _RANGES.get((table, column.name), (value,))
        case "DATE":
            return _reads(date, value)
        case "DATETIME":
            return _reads(datetime, value)
        case "TIME":
            return _reads(time, value)
        case "BLOB":
            return isinstance(value, bytes)
        case _:
            return isinstance(value, str)


def is_near(number: int, end: int) -> bool:
    """Whether there can have been a number: removed rows may lie beyond all that is known of a table, if not by far."""
    return number <= 2 * end + _BEYOND


def is_change(cells: dict[str, Any], ends: dict[str, int]) -> bool:
    """Whether a change of the journal can be one: its rows are then taken as they read.

    Args:
        ends: the highest number of each table, as far as it is known.
    """
    table, first, last = (cells.get(name) for name in ("table_name", "first_id", "last_id"))
    if table not in ends or type(first) is not int or type(last) is not int:
        return False
    if not (0 < first <= last < first + RUN and is_near(last, ends[table])):
        return False
    before, digests, count = cells.get("before"), cells.get("digests"), last - first + 1
    if digests is not None and not (isinstance(digests, bytes) and len(digests) == count * DIGEST_BYTES):
        return False
    return digests is not None if before is None else _holds_rows(before, count, len(compiled.COLUMNS[table]))


def _holds_rows(text: Any, count: int, cells: int) -> bool:
    """Whether a text of the journal holds so many rows of so many cells, forgotten ones among them."""
    try:
        rows = json.loads(text)
    except (TypeError, ValueError):
        return False
    if not isinstance(rows, list) or len(rows) != count:
        return False
    return all(row is None or (isinstance(row, list) and len(row) == cells) for row in rows)


def _reads(kind: type[date] | type[time], value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(kind.fromisoformat(value) or True)
    except ValueError:
        return False


def completed(table: str, cells: dict[str, Any]) -> dict[str, Any]:
    """The cells of a row with what can stand for those that are missing."""
    for missing, told_by in _FROM_KEY.get(table, ()):
        if cells.get(missing) is None and cells.get(told_by) is not None:
            cells[missing] = cells[told_by]
    stand_in = {name: value for name, value in _STAND_IN.get(table, {}).items() if cells.get(name) is None}
    return {**cells, **stand_in}
