"""From one version of the schema to the next: one frozen file a version, and the one function that applies them.

A migration is never edited once a book has been made by it. The version of a book is its `PRAGMA user_version`.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from c4l.domain.errors import Unusable
from c4l.store import search

APPLICATION = 0x63346C21
"""`c4l!`, the mark in the file's header by which a book is told from any other SQLite database."""


class Migration(NamedTuple):
    """What leads to a version: statements, run in order within one transaction.

    Attributes:
        reindex: whether the index of words is to be made anew; by today's code, as it is no record.
        reseal: whether the entries of the journal are to be sealed as they read; by today's code, likewise.
    """

    version: int
    statements: Sequence[str]
    reindex: bool = False
    reseal: bool = False


def migrations() -> tuple[Migration, ...]:
    """All of them, oldest first; their text is only read when a book needs it."""
    from c4l.store.migrations import v1, v2, v3

    return (
        Migration(1, v1.STATEMENTS),
        Migration(2, v2.STATEMENTS, reindex=True),
        Migration(3, v3.STATEMENTS, reseal=True),
    )


CURRENT = 3
"""The version that this program reads and writes."""


def migrate(connection: sqlite3.Connection, path: Path | None, steps: Sequence[Migration], version: int) -> None:
    """Bring a book from `version` to the last of `steps`; the old one stays whole if anything fails.

    Args:
        path: where the book lies, beside which a copy of an older one is kept; None for a book in memory.

    Raises:
        Unusable: if the copy cannot be verified, or a row would be left without the row it refers to.
    """
    connection.execute("PRAGMA foreign_keys = OFF")
    # From here on nobody else writes, so that the copy holds all that is migrated.
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it between our look at the version and the lock.
        if connection.execute("PRAGMA user_version").fetchone()[0] == version:
            if version and path is not None:
                _keep_copy(path)
            missing = [step for step in steps if step.version > version]
            for step in missing:
                _apply(connection, step)
            _follow(connection, missing, new=not version)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _apply(connection: sqlite3.Connection, step: Migration) -> None:
    before = _rows(connection)
    for statement in step.statements:
        connection.execute(statement)
    if (broken := connection.execute("PRAGMA foreign_key_check").fetchone()) is not None:
        raise Unusable(f"the migration to version {step.version} would break a reference in {broken[0]}")
    after = _rows(connection)
    if lost := [table for table, count in before.items() if after.get(table, count) < count]:
        raise Unusable(f"the migration to version {step.version} would lose rows of {', '.join(lost)}")
    connection.execute(f"PRAGMA user_version = {step.version}")


def _follow(connection: sqlite3.Connection, done: Sequence[Migration], *, new: bool) -> None:
    """Make anew what follows from the records and the journal, and say in the book which c4l brought it here."""
    # Imported here: to open a book of today needs none of it.
    from c4l.store import seals, signature
    from c4l.store.store import Transaction

    if not new and any(step.reindex for step in done):
        search.rebuild(connection)
    if not new and any(step.reseal for step in done):
        seals.seal_all(Transaction(connection))
    if done[-1].version >= signature.SINCE:
        signature.sign(connection)


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    """How many records each table holds; the index of words holds none."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB ? ORDER BY name", [f"{search.NAME}*"]
    ).fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}


def _keep_copy(book: Path) -> None:
    """Make a backup of the book as it was; it is looked over before it is trusted."""
    from c4l.domain.backups import Reason
    from c4l.store import backup

    try:
        backup.make(book, Reason.migration)
    except Unusable as error:
        raise type(error)(f"{error.message}; the book was not migrated", error.hint) from error
