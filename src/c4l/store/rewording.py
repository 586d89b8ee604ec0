"""Other words in place of a text that names whom the book forgot, wherever it stands, with no trace of the old ones."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from c4l.domain.errors import Conflict
from c4l.domain.names import name_key
from c4l.domain.naming import Names
from c4l.domain.search import Hit, Sought
from c4l.domain.signals import SIGNALS
from c4l.store import compiled as q
from c4l.store import traces
from c4l.store.runs import cells_of
from c4l.store.search import SOURCES, joined
from c4l.store.store import Changes, Transaction

_COLUMNS = {
    "interaction": ("note",),
    "signal": ("note",),
    "fact": ("text", "outcome"),
    "promise": ("what",),
    "promise_event": ("because", "plan"),
    "client": ("organisation", "role"),
    "assessment": ("because",),
    "key_date": ("label",),
    "tag": ("name",),
}
"""The texts that can say something else, by table; what others are called is not among them."""

_UNINDEXED = {"assessment": "stated_on", "key_date": None, "tag": None}
"""Tables with a text that no search finds, each with its day."""


class Passage(NamedTuple):
    """One text that names somebody.

    Attributes:
        rows: all in which the same text stands for the same thing.
    """

    table: str
    rows: tuple[int, ...]
    column: str
    text: str


def passages(tx: Transaction, hit: Hit, names: Names) -> list[Passage]:
    """The texts behind a hit that name somebody and can say something else; none where it is the name of another."""
    table = _table(hit)
    found: dict[tuple[str, str], list[int]] = {}
    for number in _rows(tx, hit, table):
        cells = _cells(tx, table, number)
        if cells and _is_meant(hit, table, cells):
            for column in _COLUMNS.get(table, ()):
                if names.within(cells[column]):
                    found.setdefault((column, cells[column]), []).append(number)
    return [Passage(table, tuple(rows), column, text) for (column, text), rows in found.items()]


def _table(hit: Hit) -> str:
    match hit.kind:
        case Sought.interaction:
            return "signal" if hit.what in SIGNALS else "interaction"
        case Sought.promise:
            return "promise" if hit.what == Sought.promise else "promise_event"
        case Sought.fact:
            return "fact"
        case Sought.client:
            return "client" if hit.what == "name" else hit.what


def _rows(tx: Transaction, hit: Hit, table: str) -> list[int]:
    """The rows among which those behind a hit are."""
    client = hit.clients[0].id if hit.clients else 0
    match table:
        case "interaction" | "promise":
            return [hit.number or 0]
        case "signal":
            rows = tx.all(q.signal_of_interaction, numbers=[hit.number])
        case "promise_event":
            rows = tx.all(q.promise_event_of_promise, numbers=[hit.number])
        case "client":
            return [client]
        case _:
            rows = tx.all(getattr(q, f"{table}_of_client"), numbers=[client])
    return [number for (number,) in rows]


def _is_meant(hit: Hit, table: str, cells: Mapping[str, Any]) -> bool:
    """Whether a row is one that a hit tells of."""
    day = _UNINDEXED[table] if table in _UNINDEXED else SOURCES[table].day
    texts = SOURCES[table].texts if table in SOURCES else _COLUMNS[table]
    on = None if hit.on is None else hit.on.isoformat()
    return joined(cells[column] for column in texts) == hit.text and (day is None or cells[day] == on)


def reword(changes: Changes, passage: Passage, words: str) -> None:
    """Put other words in place of a text, and keep nothing of what it was.

    Raises:
        Conflict: if it is no longer as it was found.
    """
    for number in passage.rows:
        cells = _cells(changes, passage.table, number)
        if cells.get(passage.column) != passage.text:
            raise Conflict("this text was changed in the meantime", "c4l search finds it as it is now")
        if passage.table != "tag":
            changes.update(passage.table, number, **{passage.column: words})
        elif name_key(words) in _other_tags(changes, number, cells["client_id"]):
            changes.delete("tag", number)
        else:
            changes.update("tag", number, name=words, name_key=name_key(words))
    traces.forget(changes, {passage.table: passage.rows})


def _other_tags(tx: Transaction, number: int, client: int) -> set[str]:
    """The tags that a client has besides one, as they are compared."""
    tags = tx.all(q.tag_of_client, numbers=[client])
    return {_cells(tx, "tag", other)["name_key"] for (other,) in tags if other != number}


def _cells(tx: Transaction, table: str, number: int) -> Mapping[str, Any]:
    """A row by the names of its columns; empty where it is gone."""
    rows = tx.all(getattr(q, f"{table}_get"), id=number)
    return (cells_of(table, rows[0]) if rows else None) or {}
