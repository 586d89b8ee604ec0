"""From one version to the next: all or nothing, with a copy of what was there before."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

import pytest

from c4l.domain.backups import Reason
from c4l.domain.errors import Unusable
from c4l.store import backup, files
from c4l.store.connection import Damaged, connect, connect_empty
from c4l.store.migrations import APPLICATION, CURRENT, Migration, migrate
from c4l.store.store import Store

ADD_COLUMN = "ALTER TABLE client ADD COLUMN motto VARCHAR"
REBUILD = (
    "CREATE TABLE new_client (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR NOT NULL)",
    "INSERT INTO new_client SELECT id, name FROM client",
    "DROP TABLE client",
    "ALTER TABLE new_client RENAME TO client",
)


@pytest.fixture
def book(path: Path) -> Iterator[sqlite3.Connection]:
    """An open book of the current version in which Jane has an alias."""
    with Store.open(path) as store, store.writing("test") as changes:
        jane = changes.insert(
            "client",
            name="Jane Example",
            name_key="jane example",
            handle="jane-example",
            kind="friend",
            added_on="2026-11-22",
        )
        changes.insert("alias", client_id=jane, name="JE", name_key="je")
    with closing(connect(path)) as opened:
        yield opened


def next_version(*statements: str) -> tuple[Migration, ...]:
    return (Migration(CURRENT, ("no such statement",)), Migration(CURRENT + 1, statements))


def names(opened: sqlite3.Connection) -> list[tuple[str]]:
    return opened.execute("SELECT name FROM client").fetchall()


def version(opened: sqlite3.Connection) -> int:
    return int(opened.execute("PRAGMA user_version").fetchone()[0])


def test_only_the_steps_that_are_missing_are_taken(book: sqlite3.Connection, path: Path) -> None:
    migrate(book, path, next_version(ADD_COLUMN), CURRENT)
    assert version(book) == CURRENT + 1
    assert book.execute("SELECT name, motto FROM client").fetchall() == [("Jane Example", None)]
    assert book.execute("PRAGMA application_id").fetchone() == (APPLICATION,)


def test_a_copy_of_the_old_book_is_kept_for_the_user_alone(book: sqlite3.Connection, path: Path) -> None:
    migrate(book, path, next_version(ADD_COLUMN), CURRENT)
    [kept] = backup.listed(path)
    copy = files.folder_of(path) / kept.name
    assert kept.reason is Reason.migration
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as opened:
        assert version(opened) == CURRENT
        assert names(opened) == [("Jane Example",)]
        with pytest.raises(sqlite3.OperationalError, match="no such column: motto"):
            opened.execute("SELECT motto FROM client")


def test_rows_that_refer_to_a_table_that_is_made_anew_are_not_lost(book: sqlite3.Connection, path: Path) -> None:
    migrate(book, path, next_version(*REBUILD), CURRENT)
    assert book.execute("SELECT name FROM alias").fetchall() == [("JE",)]


@pytest.mark.parametrize(
    ("statements", "failure", "said"),
    [
        ((ADD_COLUMN, "INSERT INTO nowhere VALUES (1)"), sqlite3.OperationalError, "no such table: nowhere"),
        ((ADD_COLUMN, "DELETE FROM client"), Unusable, "would break a reference in alias"),
        ((ADD_COLUMN, "DELETE FROM alias"), Unusable, "would lose rows of alias"),
        ((ADD_COLUMN, "UPDATE alias SET client_id = 9"), Unusable, "would break a reference in alias"),
    ],
    ids=["a failing statement", "a lost parent", "a lost row", "a broken reference"],
)
def test_a_migration_that_fails_leaves_the_book_as_it_was(
    book: sqlite3.Connection, path: Path, statements: Sequence[str], failure: type[Exception], said: str
) -> None:
    before = path.read_bytes()
    with pytest.raises(failure, match=said):
        migrate(book, path, next_version(*statements), CURRENT)
    assert path.read_bytes() == before
    assert not book.in_transaction
    assert (version(book), names(book)) == (CURRENT, [("Jane Example",)])


@pytest.mark.parametrize("statements", [(ADD_COLUMN,), ("no such statement",)], ids=["done", "failed"])
def test_references_are_held_again_afterwards(book: sqlite3.Connection, path: Path, statements: Sequence[str]) -> None:
    with suppress(sqlite3.OperationalError):
        migrate(book, path, next_version(*statements), CURRENT)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        book.execute("DELETE FROM client")


def test_who_comes_second_neither_migrates_nor_copies_again(book: sqlite3.Connection, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as slower:
        seen = version(slower)
        migrate(book, path, next_version(ADD_COLUMN), CURRENT)
        migrate(slower, path, next_version(ADD_COLUMN), seen)
        assert version(slower) == CURRENT + 1
    assert len(backup.listed(path)) == 1


def test_a_damaged_book_is_not_migrated(book: sqlite3.Connection, path: Path) -> None:
    # Pages that belong to nothing any more: SQLite itself goes on as if nothing were wrong.
    book.execute("PRAGMA writable_schema = ON")
    book.execute("DELETE FROM sqlite_master WHERE name = 'ix_alias_name_key'")
    book.execute("PRAGMA writable_schema = OFF")
    book.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        with pytest.raises(Unusable, match=r"the book is damaged, .*; the book was not migrated"):
            migrate(opened, path, next_version(ADD_COLUMN), CURRENT)
        assert version(opened) == CURRENT


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("UPDATE client SET name = 'Jane Exbmple'", "row 1 of client is not what was written"),
        ("PRAGMA user_version = 2", "there is a table book that c4l did not make"),
    ],
    ids=["a bit of a name", "a bit of its version"],
)
def test_a_book_in_which_a_bit_fell_over_is_not_migrated(
    book: sqlite3.Connection, path: Path, spoil: str, said: str
) -> None:
    book.execute(spoil)
    before = path.read_bytes()
    with pytest.raises(Damaged, match=rf"{said}; the book was not migrated") as refused:
        migrate(book, path, next_version(ADD_COLUMN), version(book))
    assert refused.value.hint == "c4l doctor tells what to do"
    assert path.read_bytes() == before
    assert backup.listed(path) == []


def test_a_book_in_memory_has_nothing_to_copy() -> None:
    with closing(connect_empty()) as opened:
        migrate(opened, None, next_version(ADD_COLUMN), CURRENT)
        assert version(opened) == CURRENT + 1
