"""The schema that migrations make, step by step, is the one that the tables describe."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from c4l.store import compiled, migrations, search, tables
from c4l.store.connection import connect_empty

TABLES = [table.name for table in SQLModel.metadata.sorted_tables]


@pytest.fixture(scope="module")
def migrated() -> Iterator[sqlite3.Connection]:
    with closing(connect_empty()) as connection:
        yield connection


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A database that SQLModel makes of the tables by itself."""
    path = tmp_path_factory.mktemp("described") / "described.db"
    engine = create_engine(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def statements(connection: sqlite3.Connection) -> dict[tuple[str, str], str | None]:
    """What made each table and index, without what means nothing: spaces and quotation marks.

    The index of words is left out: SQLModel knows nothing of SQLite's own full text search.
    """
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name != ? AND name NOT GLOB ?",
        [search.NAME, f"{search.NAME}_*"],
    )
    return {(kind, name): sql and re.sub(r'[\s"]', "", sql) for kind, name, sql in rows}


def test_the_same_statements_made_both(migrated: sqlite3.Connection, described: sqlite3.Connection) -> None:
    assert statements(migrated) == statements(described)


def test_the_only_tables_beside_them_are_those_of_the_index_of_words(
    migrated: sqlite3.Connection, described: sqlite3.Connection
) -> None:
    ours, theirs = (
        {name for (name,) in one.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for one in (migrated, described)
    )
    assert ours - theirs == {"search", "search_config", "search_data", "search_idx"}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("pragma", ["table_xinfo", "foreign_key_list", "index_list"])
def test_sqlite_reads_both_alike(
    migrated: sqlite3.Connection, described: sqlite3.Connection, pragma: str, table: str
) -> None:
    """Columns with type, default and whether they may be empty; what refers to what; which index is unique."""
    ours, theirs = (one.execute(f"PRAGMA {pragma}({table})").fetchall() for one in (migrated, described))
    # Indexes are numbered in the order of their making, which means nothing.
    assert sorted(row[1:] for row in ours) == sorted(row[1:] for row in theirs)


def test_every_table_has_a_whole_number_id_first() -> None:
    assert {columns[0] for columns in compiled.COLUMNS.values()} == {"id"}
    assert list(compiled.COLUMNS) == TABLES


def test_every_record_table_has_numbers_to_give_out_from_one_on(migrated: sqlite3.Connection) -> None:
    assert dict(migrated.execute("SELECT name, next FROM counter")) == dict.fromkeys(compiled.RECORDS, 1)


def test_the_journal_is_no_record() -> None:
    assert set(compiled.RECORDS) | tables.JOURNAL == set(TABLES)
    assert tables.JOURNAL.isdisjoint(compiled.RECORDS)


def test_migrations_lead_from_nothing_to_the_current_version_one_by_one() -> None:
    assert [step.version for step in migrations.migrations()] == list(range(1, migrations.CURRENT + 1))


def test_no_statement_of_a_migration_ends_the_transaction_it_runs_in() -> None:
    for step in migrations.migrations():
        assert {statement.split()[0] for statement in step.statements} <= {
            "ALTER",
            "CREATE",
            "DELETE",
            "DROP",
            "INSERT",
            "UPDATE",
        }
