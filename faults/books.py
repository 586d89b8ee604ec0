"""What a book holds, to be compared; and whether it is whole, by every means that c4l itself has."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from c4l.store import backup, soundness

Content = dict[str, list[tuple[Any, ...]]]

INSTANTS = {"entry": ("at", "seal")}
"""Which columns of which table hold the true clock, or follow from it: all that differs between two runs."""


def content(book: Path) -> Content:
    """Every row of every table but the instants, and what made each table.

    Nothing where there is no book, or one that was made and in which nothing was done yet.
    """
    if not book.exists():
        return {}
    with closing(sqlite3.connect(book)) as opened:
        # Bytes that were made a text are compared, too, whatever they are.
        opened.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        if not opened.execute("SELECT count(*) FROM sqlite_master WHERE name = 'entry'").fetchone()[0]:
            return {}
        if not opened.execute("SELECT count(*) FROM entry").fetchone()[0]:
            return {}
        made = opened.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        tables = [name for kind, name, sql in made if kind == "table" and not sql.startswith("CREATE VIRTUAL")]
        return {"sqlite_master": made} | {name: _rows(opened, name) for name in tables}


def _rows(opened: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in opened.execute(f'PRAGMA table_info("{table}")')]
    wanted = ", ".join(f'"{name}"' for name in columns if name not in INSTANTS.get(table, ()))
    return opened.execute(f'SELECT {wanted} FROM "{table}" ORDER BY 1, 2').fetchall()


def damage(book: Path) -> str | None:
    """What is wrong with a book: pages, references, rows against the journal; None where nothing is."""
    if not book.exists():
        return None
    try:
        with closing(sqlite3.connect(book, isolation_level=None)) as opened:
            return backup.found_damage(opened) or backup.found_rot(opened)
    except soundness.STUMBLES as error:
        return str(error)


def bad_backups(folder: Path) -> list[str]:
    """Files that bear the name of a backup, and do not hold what the name says or are no whole book."""
    from c4l.domain.backups import find_backup

    bad = []
    for file in folder.rglob("*.db"):
        named = find_backup(file.name, 0)
        if named and (not backup.digest_of(file).startswith(named.digest) or damage(file)):
            bad.append(file.name)
    return bad
