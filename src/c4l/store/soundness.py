"""What must hold of a book before anything is made of it, looked at in one way by all who ask.

Its head, its pages and references, its tables, its counters, its rows and its journal. Reading what is damaged can fail
in many ways; the one place that takes these for what they are is here, too.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from c4l.domain.health import row_words
from c4l.store import compiled, connection, migrations, signature
from c4l.store.connection import Damaged, code_of
from c4l.store.store import Transaction

UNREAD = "not all of it can be read"
"""How it begins what is said where reading fails."""

STUMBLES = (ArithmeticError, LookupError, TypeError, ValueError, sqlite3.Error)
"""What comes of reading bytes where a text was, a day that is none, or a page that leads nowhere."""

SEALED_SINCE = 3
"""The version from which on the entries of the journal are sealed."""

Place = tuple[str, int]

_ELSEWHERE = frozenset(
    (
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_INTERRUPT),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_NOLFS),
        *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH),
    )
)
"""What SQLite says of the disk, of rights and of other programs, whatever stands in the file."""

_FORMAT_AT, _NEWEST_FORMAT = 18, 2
"""Where in the first page stands how the file is to be written, and the highest number that SQLite knows for it."""

_T = TypeVar("_T")


# --- what reading fails at -------------------------------------------------------------------------------------------


def lies_in_the_file(error: BaseException | None) -> bool:
    """Whether what went wrong in reading a file lies in what stands in it, and not in the disk or another program."""
    if isinstance(error, sqlite3.DatabaseError):
        return code_of(error) not in _ELSEWHERE
    return isinstance(error, STUMBLES)


def told(found: Iterator[_T], unread: Callable[[str], _T]) -> Iterator[_T]:
    """What a look finds; where it stumbles over what stands in the file, that is the last that it finds.

    Args:
        unread: makes a finding of words.
    """
    try:
        yield from found
    except STUMBLES as error:
        if not lies_in_the_file(error):
            raise
        yield unread(_words(error))


@contextmanager
def damage_told(book: Path) -> Iterator[None]:
    """Turn what goes wrong in reading a book into what a user can act on; it is damaged, where the file is to blame.

    Raises:
        Unusable: for every failure.
    """
    try:
        with connection.explained(book):
            yield
    except STUMBLES as error:
        if not lies_in_the_file(error):
            raise
        raise Damaged(f"the book is damaged: {_words(error)}: {book}", "c4l doctor tells what to do") from error


def instant(text: Any) -> datetime | None:
    """An instant as read from the journal; None of what is none any more."""
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def _words(error: Exception) -> str:
    if not isinstance(error, sqlite3.Error):
        return f"{UNREAD}: what stands there makes no sense"
    # Python tells the whole text, which can be long, and is nobody's but the user's.
    return f"{UNREAD}: {'a text is none any more' if 'decode' in str(error) else error}"


# --- the head --------------------------------------------------------------------------------------------------------


def is_foreign(book: sqlite3.Connection) -> bool:
    """Whether another program made a database: it does not bear the mark of a book, nor has it the tables of one."""
    if _pragma(book, "application_id") == migrations.APPLICATION:
        return False
    names = {name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return not names >= set(compiled.RECORDS)


def is_newer(book: sqlite3.Connection) -> bool:
    """Whether a newer c4l wrote a book: it says so, and nothing that it is made of says otherwise."""
    if _pragma(book, "user_version") <= migrations.CURRENT:
        return False
    version = version_made(book)
    return version is None or (version >= signature.SINCE and not is_signed_before(book))


def is_signed_before(book: sqlite3.Connection) -> bool:
    """Whether what wrote a book says so soundly, and was not newer than this program."""
    by, ours = _release(signature.signed(book)), _release(signature.PROGRAM)
    return signature.is_sound(book) and by is not None and ours is not None and by <= ours


def _release(program: str | None) -> tuple[int, ...] | None:
    """The numbers of the release of a program; None where they are none."""
    try:
        return tuple(int(part) for part in (program or "").removeprefix("c4l ").split("."))
    except ValueError:
        return None


def version_made(book: sqlite3.Connection) -> int | None:
    """The version whose tables and indexes a book has, to the letter, whatever it says; None where it is none known."""
    there = _made_of(book)
    for version in range(migrations.CURRENT, 0, -1):
        with closing(connection.connect_empty(version)) as fresh:
            if _made_of(fresh) == there:
                return version
    return None


def head(book: sqlite3.Connection) -> Iterator[str]:
    """What a book says of itself at the beginning of its file, and is not."""
    if _pragma(book, "application_id") != migrations.APPLICATION:
        yield "it does not say any more that it is a c4l book"
    if not 0 < (version := _pragma(book, "user_version")) <= migrations.CURRENT:
        yield f"it says that it is of schema {version}, which it is not"


SAID_READ_ONLY = "it says that it may only be read, which c4l never writes"
"""What is wrong with such a file; only the head of one that fell over says so."""


def is_said_read_only(file: Path) -> bool:
    """Whether the beginning of a file keeps it from being written, whatever its rights are.

    The locks that this process has on the file are gone afterwards: to be asked before it is opened.
    """
    try:
        with file.open("rb") as opened:
            start = opened.read(_FORMAT_AT + 1)
    except OSError:
        # Whoever opens it says why it cannot be read.
        return False
    return start.startswith(b"SQLite format 3\0") and start[-1] > _NEWEST_FORMAT


def _pragma(book: sqlite3.Connection, name: str) -> int:
    return int(book.execute(f"PRAGMA {name}").fetchone()[0])


# --- pages, references and tables ------------------------------------------------------------------------------------


def damage(book: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with a book as SQLite sees it, or is not as c4l makes it, in words."""
    yield from head(book)
    verdict = str(book.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if verdict != "ok":
        # The first line only says which database it is.
        yield verdict.splitlines()[-1]
    for table, _, parent, _ in book.execute("PRAGMA foreign_key_check"):
        yield f"a row of {table} refers to a row of {parent} that is not there"
    if (version := _pragma(book, "user_version")) in range(1, migrations.CURRENT + 1):
        yield from schema(book, version)


def schema(book: sqlite3.Connection, version: int) -> Iterator[str]:
    """How the tables, the indexes and the counters of a book differ from those that c4l makes."""
    with closing(connection.connect_empty(version)) as fresh:
        wanted, there = _made_of(fresh), _made_of(book)
    for key in sorted(wanted.keys() | there.keys()):
        kind, name = key
        if key not in there:
            yield f"the {kind} {name} is missing"
        elif key not in wanted:
            yield f"there is {'an' if kind[0] in 'aeiou' else 'a'} {kind} {name} that c4l did not make"
        elif wanted[key] != there[key]:
            yield f"the {kind} {name} is not as c4l makes it"
    for table in _uncounted(book):
        yield f"the counter of {table} is missing"


def _made_of(book: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, str]]:
    """What made each table and index, by kind and name; without what SQLite keeps for its own planning."""
    rows = book.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_stat*'")
    # Bytes where a text was are another text.
    return {(str(kind), str(name)): (str(table), " ".join(str(made or "").split())) for kind, name, table, made in rows}


def _uncounted(book: sqlite3.Connection) -> list[str]:
    """The tables of which it cannot be told which number comes next."""
    counters = dict(book.execute("SELECT name, next FROM counter"))
    return [table for table in compiled.RECORDS if type(counters.get(table)) is not int]


# --- rows and the journal --------------------------------------------------------------------------------------------


def rot(book: sqlite3.Connection) -> Iterator[str]:
    """What is not as it was written, as far as a book of its version can tell, in words."""
    # Imported here: who only wants to know what a file is needs none of it.
    from c4l.store import chain, seals
    from c4l.store.history import rotten

    tx = Transaction(book)
    for table, number in rotten(tx):
        yield row_words(table, number)
    for table, number in beyond(tx):
        yield row_words(table, number)
    for table, _ in twice(tx):
        yield f"the counter of {table}"
    if _pragma(book, "user_version") >= SEALED_SINCE:
        for number in seals.broken(tx):
            yield f"entry {number} of the journal"
    for number in chain.broken(tx):
        yield f"change {number} of the journal"


def beyond(tx: Transaction) -> Iterator[Place]:
    """The rows whose numbers were never given out."""
    for table in compiled.RECORDS:
        [(end,)] = tx.all(compiled.counter_next, key=table)
        yield from ((table, number) for (number,) in tx.all(f"SELECT id FROM {table} WHERE id >= :end", end=end))


def twice(tx: Transaction) -> Iterator[Place]:
    """The last row of each table of which the journal knows, there or removed, if its number is yet to be given out."""
    for table in compiled.RECORDS:
        [(end,)], [(last,)] = tx.all(compiled.counter_next, key=table), tx.all(compiled.change_last, table=table)
        if last is not None and last >= end:
            yield table, last
