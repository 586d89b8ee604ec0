"""Reading what can still be read of a damaged database: row by row around pages that cannot, and by way of its indexes.

It is read from a copy, to which a head is given back, and the words by which its tables were made, where they are no
longer what they were.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from c4l.store import compiled, connection, files, head, migrations, signature, soundness
from c4l.store.backup import journal_of

Row = tuple[Any, ...]

_BLOCK = 1 << 16
_SECTOR = 4096

_ANY = 2**62
"""Higher than any number of a row."""


class Opened(NamedTuple):
    """A wreck that can be read.

    Attributes:
        cut: how long it is and was, where its end is missing.
    """

    book: sqlite3.Connection
    cut: head.Length | None


@contextmanager
def opened(source: Path, beside: Path) -> Iterator[Opened]:
    """A damaged database, opened for reading as well as it can be.

    Args:
        beside: in whose folder it is copied for as long as it is open.

    Raises:
        OSError: if it cannot be copied.
        Unusable: if a newer c4l wrote it.
    """
    copy = files.create_beside(beside)
    try:
        _copy(source, copy)
        if journal_of(source).exists():
            _copy(journal_of(source), journal_of(copy))
            _take_back(copy)
        length = head.mend(copy)
        with closing(_connected(copy)) as wreck:
            _refuse_newer(wreck, source)
            is_cut = length.said > length.pages and not head.is_whole(wreck)
        with suppress(*head.UNREADABLE):
            _give_schema(copy)
        with closing(_connected(copy)) as wreck:
            lacks_tables = lost_tables(wreck)
        if lacks_tables:
            head.find_tables(copy, length)
        with closing(_connected(copy)) as wreck:
            yield Opened(wreck, length if is_cut else None)
    finally:
        for path in (copy, journal_of(copy)):
            path.unlink(missing_ok=True)


def _take_back(path: Path) -> None:
    """Let SQLite take back what was cut off, which it does before it looks at anything."""
    with suppress(*head.UNREADABLE), closing(_connected(path)) as wreck:
        wreck.execute("SELECT count(*) FROM sqlite_master")


def _refuse_newer(wreck: sqlite3.Connection, source: Path) -> None:
    """Refuse what a newer c4l wrote: of what it holds that is not known here nobody could tell.

    Not where it is damaged so that only a number in its head says so.
    """
    with suppress(*soundness.STUMBLES):
        if soundness.is_newer(wreck) and (_is_signed_later(wreck) or head.is_whole(wreck)):
            raise connection.newer(wreck, source, wreck.execute("PRAGMA user_version").fetchone()[0])


def _is_signed_later(wreck: sqlite3.Connection) -> bool:
    return signature.is_sound(wreck) and not soundness.is_signed_before(wreck)


def _copy(source: Path, target: Path) -> None:
    """Copy a file; what the disk does not give is left empty."""
    from_, to = os.open(source, os.O_RDONLY), os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        size = os.fstat(from_).st_size
        for start in range(0, size, _BLOCK):
            for at, length in _readable(from_, start, min(_BLOCK, size - start)):
                os.pwrite(to, os.pread(from_, length, at), at)
        os.truncate(to, size)
    finally:
        os.close(from_)
        os.close(to)


def _readable(handle: int, start: int, length: int) -> Iterator[tuple[int, int]]:
    """The parts of a stretch of a file that the disk gives."""
    try:
        os.pread(handle, length, start)
    except OSError:
        if length > _SECTOR:
            for at in range(start, start + length, _SECTOR):
                yield from _readable(handle, at, min(_SECTOR, start + length - at))
    else:
        yield start, length


def _connected(path: Path) -> sqlite3.Connection:
    wreck = sqlite3.connect(path, isolation_level=None)
    # What is wrong with one table does not keep the others from being read.
    wreck.execute("PRAGMA writable_schema = ON")
    wreck.text_factory = lambda text: text.decode("utf-8", "replace")
    return wreck


def _give_schema(path: Path) -> None:
    """Put what made each table and index in place of what reads otherwise: one letter of it hides a whole table.

    Where each of them begins is left as it says. Nothing is done where most of it is not as any version made it.
    """
    with closing(_connected(path)) as there:
        found = {number: tuple(row) for number, *row in there.execute(f"SELECT rowid, {_MADE}")}
        made = min(
            (_made(each) for each in range(1, migrations.CURRENT + 1)), key=lambda made: len(made ^ set(found.values()))
        )
        wrong = {number: row for number, row in found.items() if row not in made}
        missing = made - set(found.values())
        if len(missing) > len(made) // 2:
            return
        for number, row in wrong.items():
            if missing:
                was = max(missing, key=lambda each: sum(cell == other for cell, other in zip(each, row, strict=True)))
                missing.remove(was)
                there.execute(
                    "UPDATE sqlite_master SET type = ?, name = ?, tbl_name = ?, sql = ? WHERE rowid = ?", [*was, number]
                )


_MADE = "type, name, tbl_name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_stat*'"


def _made(version: int) -> set[Row]:
    """What makes each table and index of a version."""
    with closing(connection.connect_empty(version)) as fresh:
        return set(fresh.execute(f"SELECT {_MADE}"))


# --- tables and rows --------------------------------------------------------------------------------------------------


def lost_tables(wreck: sqlite3.Connection) -> list[str]:
    """The tables of records of which it is lost where they begin, or what made them."""
    return [table for table in compiled.RECORDS if not _is_known(wreck, table)]


def _is_known(wreck: sqlite3.Connection, table: str) -> bool:
    with suppress(*head.UNREADABLE):
        return bool(wreck.execute(f'PRAGMA table_info("{table}")').fetchall())
    return False


def columns_of(wreck: sqlite3.Connection, table: str, wanted: tuple[str, ...]) -> list[str]:
    """Those of the columns that the table has: an earlier version had fewer."""
    with suppress(*head.UNREADABLE):
        there = {str(row[1]).lower() for row in wreck.execute(f'PRAGMA table_info("{table}")')}
        return [column for column in wanted if column in there]
    return list(wanted)


def rows(wreck: sqlite3.Connection, table: str, columns: list[str], failed: Callable[[], None]) -> Iterator[Row]:
    """Every row that can be read, in the order of their numbers.

    Args:
        failed: called whenever something cannot be read.
    """
    cells = ", ".join(f'"{column}"' for column in columns)
    some = f'SELECT {cells} FROM "{table}" WHERE id BETWEEN ? AND ? ORDER BY id'
    # To see that there is no other SQLite would look at the next row, on a page that may be lost.
    one = f'SELECT {cells} FROM "{table}" WHERE id = ? AND id = ?'
    end = last_number(wreck, table)
    waiting = [(1, _ANY if end is None else end)]
    while waiting:
        first, last = waiting.pop()
        try:
            for row in wreck.execute(one if first == last else some, (first, last)):
                # A page that leads back to where the reading came from must not lead round in circles.
                if type(row[0]) is int and first <= row[0] <= last:
                    yield row
                    first = row[0] + 1
        except head.UNREADABLE:
            failed()
            # The rows that follow lie on other pages, somewhere; where nothing tells how many, they are not looked for.
            if first < last != _ANY:
                middle = (first + last) // 2
                waiting += [(middle + 1, last), (first, middle)]


def last_number(wreck: sqlite3.Connection, table: str) -> int | None:
    """The highest number that a table can hold, by most of what tells of it: some of that may be damaged, too.

    None where nothing tells.
    """
    there = [
        f'SELECT max(id) FROM "{table}"',
        *(f'SELECT max(id) FROM "{table}" INDEXED BY "{name}"' for name, _ in indexes(wreck, table)),
    ]
    given_out = f"SELECT next - 1 FROM counter WHERE name = '{table}'"
    known = f"SELECT max(last_id) FROM change WHERE table_name = '{table}'"
    # The rows and their indexes are of one mind, and have one voice.
    told = (_middle(_numbers(wreck, statements)) for statements in (there, [given_out], [known]))
    return _middle([number for number in told if number is not None])


def _numbers(wreck: sqlite3.Connection, statements: Iterable[str]) -> list[int]:
    found = []
    for statement in statements:
        with suppress(*head.UNREADABLE):
            found += [number for (number,) in wreck.execute(statement) if type(number) is int]
    return found


def _middle(numbers: list[int]) -> int | None:
    return sorted(numbers)[len(numbers) // 2] if numbers else None


def given_out(wreck: sqlite3.Connection, table: str) -> int:
    """The highest number that was given out, as the counter tells; 0 where it does not."""
    with suppress(*head.UNREADABLE):
        for (number,) in wreck.execute("SELECT next - 1 FROM counter WHERE name = ?", [table]):
            return number if type(number) is int else 0
    return 0


def indexes(wreck: sqlite3.Connection, table: str) -> list[tuple[str, list[str]]]:
    """The indexes of a table that hold all its rows, each with its columns."""
    found = []
    with suppress(*head.UNREADABLE):
        for _, name, _, _, partial in wreck.execute(f'PRAGMA index_list("{table}")').fetchall():
            columns = [row[2] for row in wreck.execute(f'PRAGMA index_info("{name}")')]
            kept = [column for column in columns if column not in ("id", None)]
            if kept and not partial:
                found.append((name, kept))
    return found


def by_indexes(wreck: sqlite3.Connection, table: str, known: Callable[[int], bool]) -> dict[int, dict[str, Any]]:
    """What the indexes of a table tell of rows that could not be read, by number and column.

    Args:
        known: whether a row was read already.
    """
    told: dict[int, dict[str, Any]] = {}
    for name, columns in indexes(wreck, table):
        cells = ", ".join(f'"{column}"' for column in columns)
        # From both ends: what lies before an unreadable page and what lies behind it.
        for order in ("ASC", "DESC"):
            statement = f'SELECT id, {cells} FROM "{table}" INDEXED BY "{name}" ORDER BY "{columns[0]}" {order}'
            try:
                for number, *values in wreck.execute(statement):
                    if type(number) is int and number > 0 and not known(number):
                        told.setdefault(number, {}).update(zip(columns, values, strict=True))
                break
            except head.UNREADABLE:
                continue
    return told
