"""A book, opened: one transaction an action, reading or writing."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from c4l.config import now
from c4l.domain.errors import Unconfirmed, Unusable, WrongUse
from c4l.store import compiled, connection

if TYPE_CHECKING:
    from c4l.store.journal import Entry, Pair

BLOCK = 10_000


def bound(value: Any) -> Any:
    """A value as the database keeps it: days and times as ISO text, true as 1, many values as one JSON array."""
    match value:
        case bool():
            return int(value)
        case str():
            # A lone surrogate (a byte of the command line that is no UTF-8) has no place in a text file or a database.
            return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case datetime():
            return value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case list() | tuple() | set() | frozenset() | range():
            return _array(value)
        case _:
            return value


def _array(values: Collection[Any]) -> str:
    """Many values as one JSON array."""
    if all(type(value) is int for value in values):
        # Nearly always: to import json would cost a command that only reads more than its query.
        return f"[{','.join(map(str, values))}]"
    from c4l.store.journal import dump

    return dump([bound(value) for value in values])


def day_or_none(text: str | None) -> date | None:
    """A day as read from a column."""
    return None if text is None else date.fromisoformat(text)


class Transaction:
    """What one action sees: the book as it stood when the action began."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self, statement: str, **given: Any) -> list[tuple[Any, ...]]:
        """Every row of a statement."""
        return self._connection.execute(statement, {name: bound(value) for name, value in given.items()}).fetchall()

    def each(self, statement: str, **given: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement, read as they are asked for: a million need no more memory than one."""
        # Not `yield from`: whoever stops half way would close the cursor after the book, and be told so on stderr.
        values = {name: bound(value) for name, value in given.items()}
        for row in self._connection.execute(statement, values):  # noqa: UP028
            yield row

    def narrowed(
        self, listing: compiled.Listing, filters: Iterable[str], limit: int | None = None, **given: Any
    ) -> list[tuple[Any, ...]]:
        """The rows of a listing that pass all the named filters, in its order; `given` holds their parameters."""
        return self.all(narrowed(listing, filters, limit), **given)

    def count(self, listing: compiled.Listing, filters: Iterable[str], **given: Any) -> int:
        """How many rows the listing would have."""
        return int(self.all(f"{listing.total}{joined(listing, filters)}", **given)[0][0])


def narrowed(listing: compiled.Listing, filters: Iterable[str], limit: int | None) -> str:
    """The text of a listing with some of its filters, in its order."""
    text = f"{listing.select}{joined(listing, filters)} ORDER BY {listing.order}"
    return text if limit is None else f"{text} LIMIT {limit:d}"


def joined(listing: compiled.Listing, filters: Iterable[str]) -> str:
    """Some of the filters of a listing, joined by AND."""
    conditions = " AND ".join(f"({listing.filters[name]})" for name in filters)
    return f" WHERE {conditions}" if conditions else ""


class Changes(Transaction):
    """A transaction that may change the book; everything it does belongs to one entry of the journal."""

    def __init__(self, connection: sqlite3.Connection, verb: str) -> None:
        super().__init__(connection)
        self.undoes: int | None = None
        """The entry that this one takes back; to be said before anything changes."""
        self._verb = verb
        self._entry: Entry | None = None
        self._waiting: dict[str, list[tuple[Any, ...]]] | None = None

    def all(self, statement: str, **given: Any) -> list[tuple[Any, ...]]:
        """Every row of a statement."""
        self._write_waiting()
        return super().all(statement, **given)

    def each(self, statement: str, **given: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement, read as they are asked for."""
        self._write_waiting()
        return super().each(statement, **given)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """While the block runs, new rows wait, and are written table by table before the next thing is read.

        One by one, each would take its number and tell the journal by itself: three times the work. What cannot be
        written is refused only when it is.
        """
        self._waiting = {}
        yield
        self._write_waiting()
        self._waiting = None

    @property
    def changed(self) -> bool:
        """Whether anything was changed yet."""
        return self._entry is not None

    @property
    def entry(self) -> int:
        """The number of this command in the journal, made when something first changes."""
        return self._begun().number

    def _begun(self) -> "Entry":
        if self._entry is None:
            from c4l.store import journal

            self._entry = journal.begin(self._connection, bound(now()), self._verb, self.undoes)
        return self._entry

    def end(self) -> None:
        """Seal what was changed: to be called last in the transaction."""
        if self._entry is not None:
            from c4l.store import journal

            journal.end(self._connection, self._entry)

    def insert(self, table: str, **values: Any) -> int:
        """Add one row and return its number; columns left out are empty."""
        columns = compiled.COLUMNS[table]
        if unknown := values.keys() - set(columns[1:]):
            raise TypeError(f"{table} has no column {', '.join(sorted(unknown))}")
        _check_lengths(values)
        cells = (bound(values.get(column)) for column in columns[1:])
        if self._waiting is not None:
            return self._wait(self._waiting, table, tuple(cells))
        number = self._numbers(table, 1)[0]
        self.put(table, [(None, (number, *cells))])
        return number

    def insert_many(self, table: str, rows: Iterable[Sequence[Any]]) -> Iterator[int]:
        """Add many rows, each in the order of the table's columns after the number, already bound; give their numbers.

        Rows are taken, and numbers given, in blocks, so that a million of them need no more memory than ten thousand.
        """
        waiting = iter(rows)
        while block := list(islice(waiting, BLOCK)):
            self._write_waiting()
            given = self._numbers(table, len(block))
            self.put(table, [(None, (number, *row)) for number, row in zip(given, block, strict=True)])
            yield from given

    def update(self, table: str, number: int, **values: Any) -> bool:
        """Change some columns of a row; False where they already were so."""
        _check_lengths(values)
        before = self._row(table, number)
        row = dict(zip(compiled.COLUMNS[table], before, strict=True))
        after = tuple((row | {name: bound(value) for name, value in values.items()}).values())
        if len(after) != len(before):
            raise TypeError(f"{table} has no column {', '.join(sorted(values.keys() - row.keys()))}")
        if after == before:
            return False
        self.put(table, [(before, after)])
        return True

    def delete(self, table: str, number: int) -> None:
        """Remove a row."""
        self.put(table, [(self._row(table, number), None)])

    def _wait(self, waiting: dict[str, list[tuple[Any, ...]]], table: str, cells: tuple[Any, ...]) -> int:
        """Let a row wait under the number that it will be given."""
        rows = waiting.setdefault(table, [])
        number = rows[-1][0] + 1 if rows else self._numbers(table, 0).stop
        rows.append((number, *cells))
        if len(rows) >= BLOCK:
            self._write_waiting()
        return int(number)

    def _write_waiting(self) -> None:
        """Write the rows that wait, those first to which others refer."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        for table in compiled.COLUMNS:
            if rows := waiting.get(table):
                self._numbers(table, len(rows))
                self.put(table, [(None, row) for row in rows])

    # Imported here: what only reads needs no journal.

    def _numbers(self, table: str, count: int) -> range:
        from c4l.store import journal

        return journal.numbers(self._connection, table, count)

    def put(self, table: str, pairs: "Sequence[Pair]") -> None:
        """Change rows of a table: each before and after, in the order of their numbers; None where there is none."""
        from c4l.store import journal

        journal.write(self._connection, self._begun(), table, pairs)

    def _row(self, table: str, number: int) -> tuple[Any, ...]:
        return self.all(getattr(compiled, f"{table}_get"), id=number)[0]


def _check_lengths(values: Mapping[str, Any]) -> None:
    """See that no text is longer than a book keeps; here, as no text comes in any other way.

    Raises:
        WrongUse: if one is.
    """
    # Imported here: what only reads needs no names.
    from c4l.domain.names import LONGEST_TEXT

    for column, value in values.items():
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise WrongUse(
                f"the {column} has {len(value)} characters; at most {LONGEST_TEXT} are kept",
                "keep it in a file, and note where that lies",
            )


class Store:
    """One book, opened when it is first used and closed at the end."""

    def __init__(self, path: Path, *, named: bool = False, begins: bool = True) -> None:
        self.path = path
        self.wrote = False
        """Whether something was changed in it since it was opened."""
        self._named = named
        self._begins = begins
        self._connection: sqlite3.Connection | None = None

    @classmethod
    def open(cls, path: Path, *, named: bool = False, begins: bool = True) -> Self:
        """A book at a path.

        Args:
            path: the file; it is made when something is first written.
            named: whether the user named it, and the folder it lies in is theirs.
            begins: whether it may be the first thing that is done with a book. If not, one that was named must be
                there: a slip in its name must not read as a book in which nothing is late.
        """
        return cls(path, named=named, begins=begins)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that changes nothing. A book that is not there yet reads as an empty one.

        Raises:
            Unusable: if the file cannot be read, or must be there and is not.
        """
        if self._connection is None and not self.is_there():
            empty = connection.connect_empty()
            try:
                yield Transaction(empty)
            finally:
                empty.close()
            return
        with self._transaction("BEGIN") as opened:
            yield Transaction(opened)

    @contextmanager
    def reading_copy(self) -> Iterator[Transaction]:
        """A transaction on a copy of the book, for what takes long to read: nobody waits until it is read.

        Raises:
            Unusable: if the file cannot be read, or must be there and is not.
        """
        # SQLite keeps a database without a name in a file without one, which goes with the connection.
        with closing(self._copy("")) as copy:
            yield Transaction(copy)

    @contextmanager
    def writing(self, verb: str) -> Iterator[Changes]:
        """A transaction that is kept as a whole when the block ends, and leaves no trace where it fails.

        Args:
            verb: what the user asked for, as the journal tells it: "log", "client add".

        Raises:
            Unusable: if the file cannot be opened or written, or must be there and is not.
        """
        if self._connection is None:
            # Where a book must be, none is made.
            self.is_there()
        # Others must wait from the start: a read that turns into a write later would lose what came between.
        with self._transaction("BEGIN IMMEDIATE") as opened:
            changes = Changes(opened, verb)
            yield changes
            changes.end()
        self.wrote = self.wrote or changes.changed

    @contextmanager
    def replacing(self, verb: str) -> Iterator[Changes]:
        """A writing transaction on a new book, which takes the place of this one when the block ends.

        Where it fails, this one stays as it is.

        Raises:
            Unusable: if the new book cannot be made beside this one.
        """
        self.close()
        with connection.in_place_of(self.path) as new, Store(new, named=True) as book, book.writing(verb) as changes:
            yield changes

    @contextmanager
    def rehearsing(self, verb: str) -> Iterator[Changes]:
        """A transaction that does all that a writing one would do, on a copy, and leaves no trace.

        A book that may only be read will do; one that is not there yet is an empty one.

        Raises:
            Unusable: if the file cannot be read, or must be there and is not.
        """
        with closing(self._copy()) as copy:
            # One transaction, as in the book: without it every statement would be one by itself.
            copy.execute("BEGIN")
            yield Changes(copy, verb)

    def _copy(self, place: str = ":memory:") -> sqlite3.Connection:
        if self._connection is None and not self.is_there():
            return connection.connect_empty()
        with self._transaction("BEGIN") as opened:
            opened.execute("SELECT count(*) FROM sqlite_master")
            return connection.connect_copy(opened, place)

    def squeeze(self) -> None:
        """Write the file anew, so that no byte is left in it of what was removed.

        Raises:
            Unconfirmed: if there is no room for it, or another program holds the file.
        """
        try:
            with connection.explained(self.path):
                if self._connection is not None:
                    self._connection.execute("VACUUM")
        except Unusable as error:
            raise Unconfirmed(
                f"it is removed, but the file could not be written anew and may hold traces of it: {error.message}",
                "the next c4l client forget, or edit --no-trace, writes it anew",
            ) from error

    def is_there(self) -> bool:
        """Whether there is a file; where there must be one, nothing else is answered.

        Raises:
            Unusable: if there must be one and is none, or it cannot be looked for.
        """
        try:
            there = self.path.exists()
        except OSError as error:
            # A book that cannot be looked for must not read as an empty one.
            raise Unusable(f"the book {self.path} cannot be read: {error.strerror}", connection.RIGHTS) from error
        if self._named and not self._begins and not there:
            raise Unusable(
                f"there is no book at {self.path}",
                "look at --database, C4L_DATABASE and config.toml; c4l log and c4l client add make a new one,"
                " c4l import FILE takes people in, c4l restore FILE brings back a backup",
            )
        return there

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with connection.explained(self.path):
            if self._connection is None:
                if not self._named:
                    connection.tighten(self.path.parent)
                self._connection = connection.connect(self.path)
            opened = self._connection
            opened.execute(begin)
            try:
                yield opened
                connection.commit(opened, self.path)
            except BaseException:
                if opened.in_transaction:
                    opened.execute("ROLLBACK")
                raise
