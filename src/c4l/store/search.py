"""The index of words, and what is found by it: the only SQL of SQLite's own, as full text search is in no standard.

The index is no record. It holds the words of texts and never the texts; `journal.write` keeps it up, row by row, so
that an undo keeps it up, too, and `rebuild` makes it anew from the records. The number of an entry is made of the day,
the table and the number of its row, so that the newest are found without sorting. PostgreSQL's twin of this file is a
`tsvector` column and the same functions.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from c4l.store import compiled

if TYPE_CHECKING:
    from c4l.domain.search import Hit, Phrase, Sought
    from c4l.domain.terms import ClientRef
    from c4l.store.store import Transaction

Row = tuple[Any, ...]
Entry = tuple[int, str]

NAME = "search"
"""The index, and how the names of the tables begin in which SQLite keeps it."""

_NUMBER_BITS, _PLACE_BITS = 38, 3
_DAY_BITS = _NUMBER_BITS + _PLACE_BITS

_MADE_OF = "words, content='', columnsize=0, tokenize='ascii'"
"""As the last migration makes it."""

_ADD = f"INSERT INTO {NAME} (rowid, words) VALUES (?, ?)"
_REMOVE = f"INSERT INTO {NAME} ({NAME}, rowid, words) VALUES ('delete', ?, ?)"
_BATCH = 10_000


class Source(NamedTuple):
    """A table whose texts can be found.

    Attributes:
        place: among what happened on a day; in the order in which `log` writes, which SQLite adds fastest.
        day: the column with the day of the record; None where it has none.
    """

    place: int
    kind: str
    day: str | None
    texts: tuple[str, ...]


SOURCES = {
    "interaction": Source(0, "interaction", "happened_on", ("note",)),
    "signal": Source(1, "interaction", "seen_on", ("note",)),
    "fact": Source(2, "fact", "learned_on", ("text", "outcome")),
    "promise": Source(3, "promise", "made_on", ("what",)),
    "promise_event": Source(4, "promise", "happened_on", ("because", "plan")),
    "client": Source(5, "client", "added_on", ("name", "organisation", "role")),
    "alias": Source(6, "client", None, ("name",)),
}

_TABLES = {source.place: table for table, source in SOURCES.items()}


# --- keeping it up ---------------------------------------------------------------------------------------------------


def follow(connection: sqlite3.Connection, table: str, pairs: Iterable[tuple[Row | None, Row | None]]) -> None:
    """Let the index follow rows of a table that were changed.

    Args:
        pairs: each row before and after; None where there was or is none.
    """
    if table not in SOURCES:
        return
    entry = _Entries(table)
    gone, new = [], []
    for before, after in pairs:
        was = None if before is None else entry.of(before)
        now = None if after is None else entry.of(after)
        if was == now:
            continue
        if was is not None:
            gone.append(was)
        if now is not None:
            new.append(now)
    if gone:
        connection.executemany(_REMOVE, gone)
    if new:
        # Numbers that rise are added fastest.
        new.sort()
        connection.executemany(_ADD, new)


def let_go(tx: "Transaction") -> None:
    """Let go of the words of rows that are gone: until they are merged they lie in the index, marked as removed."""
    tx.all(f"INSERT INTO {NAME} ({NAME}) VALUES ('optimize')")


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the index anew from the records."""
    connection.execute(f"INSERT INTO {NAME} ({NAME}) VALUES ('delete-all')")
    for table in SOURCES:
        # Closed also where a row cannot be read: what is still being read keeps the index from being removed.
        with closing(connection.execute(f"SELECT {', '.join(compiled.COLUMNS[table])} FROM {table}")) as rows:
            while some := rows.fetchmany(_BATCH):
                follow(connection, table, ((None, row) for row in some))


def make_anew(connection: sqlite3.Connection) -> None:
    """Make the index anew where not even what SQLite keeps it in can be trusted: that is first made as in a new book.

    Args:
        connection: one on which the index was not used yet, as what it is kept in is read but once.
    """
    from c4l.store.connection import connect_empty

    with closing(connect_empty()) as fresh:
        for part in _KEPT_IN:
            rows = fresh.execute(f"SELECT * FROM {NAME}_{part}")
            cells = ", ".join("?" for _ in rows.description)
            connection.execute(f"DELETE FROM {NAME}_{part}")
            connection.executemany(f"INSERT INTO {NAME}_{part} VALUES ({cells})", rows.fetchall())
    rebuild(connection)


def out_of_step(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """The rows, by table and number, of which the index does not hold what it should; nothing is changed in the book.

    An index is made anew beside the book, under the same name: SQLite looks among what is temporary first. Both are
    summed up word by word, and only where the sums differ are the words' places compared. In that of the book each word
    is looked up, too: it can be there and not be found.
    """
    connection.execute(f"CREATE VIRTUAL TABLE temp.{NAME} USING fts5({_MADE_OF})")
    try:
        # Without it the making of a large index takes ten times as long.
        connection.execute(f"INSERT INTO temp.{NAME} ({NAME}, rank) VALUES ('hashsize', 8000000)")
        rebuild(connection)
        for name, schema in zip(_VOCABULARIES, ("main", "temp"), strict=True):
            connection.execute(f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab({schema}, {NAME}, instance)")
        there, wanted = (set(connection.execute(_SUMS.format(name))) for name in _VOCABULARIES)
        terms = {term for term, *_ in there ^ wanted}
        terms |= {term for term, *sums in wanted if connection.execute(_SUMS_OF, [term]).fetchone() != tuple(sums)}
        entries = set[int]()
        for term in terms:
            ours, theirs = (set(connection.execute(_PLACES.format(name), [term])) for name in _VOCABULARIES)
            entries |= {entry for entry, _ in ours ^ theirs}
        for entry in sorted(entries):
            yield _TABLES.get((entry >> _NUMBER_BITS) & ((1 << _PLACE_BITS) - 1), NAME), _number(entry)
    finally:
        for name in (*_VOCABULARIES, NAME):
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}")


_KEPT_IN = ("config", "data", "idx")
_VOCABULARIES = ("index_there", "index_wanted")
_SUMMED = "count(*), sum(doc % 1000003 * (offset + 1) % 1000003)"
_SUMS = f"SELECT term, {_SUMMED} FROM temp.{{}} GROUP BY term"
_SUMS_OF = f"SELECT {_SUMMED} FROM temp.{_VOCABULARIES[0]} WHERE term = ?"
_PLACES = "SELECT doc, offset FROM temp.{} WHERE term = ?"


class _Entries:
    """What the index holds of the rows of one table."""

    def __init__(self, table: str) -> None:
        columns, source = compiled.COLUMNS[table], SOURCES[table]
        self._day = None if source.day is None else columns.index(source.day)
        self._texts = [columns.index(column) for column in source.texts]
        self._place = source.place << _NUMBER_BITS

    def of(self, row: Row) -> Entry | None:
        """The number and the words of a row; None where it has none."""
        text = joined(row[column] for column in self._texts)
        if not text:
            return None
        day = 0 if self._day is None else date.fromisoformat(row[self._day]).toordinal()
        return (day << _DAY_BITS) | self._place | row[0], _words(text)


def joined(texts: Iterable[str | None]) -> str:
    """The texts of a row as one."""
    return ", ".join(text for text in texts if text)


def _words(text: str) -> str:
    if text.isascii():
        return text  # the index parts and folds these words by itself, as the domain does
    from c4l.domain.search import folded

    return folded(text)


# --- finding ---------------------------------------------------------------------------------------------------------


def count(tx: "Transaction", wanted: Sequence["Phrase"], kind: "Sought | None", since: date | None) -> int:
    """How many texts hold everything sought."""
    return int(tx.all(f"SELECT count(*) FROM {NAME} {_narrowed(kind)}", **_given(wanted, since))[0][0])


def find(
    tx: "Transaction",
    wanted: Sequence["Phrase"],
    kind: "Sought | None" = None,
    since: date | None = None,
    limit: int | None = None,
) -> list["Hit"]:
    """The texts that hold everything sought, by day, then by number, the newest first; those without a day last.

    Args:
        wanted: at least one phrase.
        since: only records of that day or later.
    """
    # A limit of -1 is none.
    statement = f"SELECT rowid FROM {NAME} {_narrowed(kind)} ORDER BY rowid DESC LIMIT :limit"
    rows = tx.all(statement, limit=-1 if limit is None else limit, **_given(wanted, since))
    entries = [number for (number,) in rows]
    there: dict[str, list[int]] = {}
    for entry in entries:
        there.setdefault(_table(entry), []).append(_number(entry))
    hits = {table: _hits(tx, table, numbers) for table, numbers in there.items()}
    # A row that another program took out of the file is still in the index.
    found = [(entry, hits[_table(entry)].get(_number(entry))) for entry in entries]
    return [hit._replace(on=_day(entry)) for entry, hit in found if hit is not None]


def rows(tx: "Transaction", phrase: "Phrase") -> Iterator[tuple[str, int]]:
    """The rows, by table and number, in whose texts a phrase stands."""
    for (entry,) in tx.all(f"SELECT rowid FROM {NAME} {_narrowed(None)}", **_given([phrase], None)):
        yield _table(entry), _number(entry)


def _narrowed(kind: "Sought | None") -> str:
    places = [source.place for source in SOURCES.values() if kind in (None, source.kind)]
    some = f" AND (rowid >> {_NUMBER_BITS}) & 7 IN ({', '.join(map(str, places))})" if kind is not None else ""
    return f"WHERE {NAME} MATCH :query AND rowid >= :first{some}"


def _given(wanted: Sequence["Phrase"], since: date | None) -> dict[str, Any]:
    query = " AND ".join(f'"{" ".join(phrase)}" *' for phrase in wanted)
    return {"query": query, "first": 0 if since is None else since.toordinal() << _DAY_BITS}


def _table(entry: int) -> str:
    return _TABLES[(entry >> _NUMBER_BITS) & ((1 << _PLACE_BITS) - 1)]


def _number(entry: int) -> int:
    return entry & ((1 << _NUMBER_BITS) - 1)


def _day(entry: int) -> date | None:
    ordinal = entry >> _DAY_BITS
    return date.fromordinal(ordinal) if ordinal else None


def _hits(tx: "Transaction", table: str, numbers: list[int]) -> dict[int, "Hit"]:
    """What the texts of some rows of a table are, by the numbers of the rows; their days come with the entry."""
    from c4l.domain.search import Hit, Sought
    from c4l.domain.terms import ClientRef

    kind = Sought(SOURCES[table].kind)
    there = _participants(tx, numbers) if table == "interaction" else {}
    hits = {}
    for number, record, what, *rest in tx.all(getattr(compiled, f"found_{table}"), numbers=numbers):
        clients = there.get(number, ()) if table == "interaction" else (ClientRef(*rest[:3]),)
        texts = rest if table == "interaction" else rest[3:]
        hits[number] = Hit(kind, record, None, tuple(clients), what, joined(texts))
    return hits


def _participants(tx: "Transaction", interactions: list[int]) -> dict[int, list["ClientRef"]]:
    from c4l.domain.terms import ClientRef

    people: dict[int, list[ClientRef]] = {}
    for number, *ref in tx.all(compiled.participants, interactions=interactions):
        people.setdefault(number, []).append(ClientRef(*ref))
    return people
