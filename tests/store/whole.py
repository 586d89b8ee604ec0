"""All that a database holds, to be compared with what another does."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

Content = dict[str, list[tuple[Any, ...]]]


def everything(path: Path) -> Content:
    """Every row of every table, those in which SQLite keeps the index of words among them; and what made each."""
    with closing(sqlite3.connect(path)) as opened:
        return everything_in(opened)


def everything_in(opened: sqlite3.Connection) -> Content:
    """The same, of an open database."""
    made = opened.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    tables = [name for kind, name, sql in made if kind == "table" and not sql.startswith("CREATE VIRTUAL")]
    return {"sqlite_master": made} | {
        name: opened.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall() for name in tables
    }
