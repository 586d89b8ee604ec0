"""All that a book holds but its journal, to be compared with itself later."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple, Self

from c4l.store import compiled


class Snapshot(NamedTuple):
    """All that a book holds but its journal: every row of every table, and every word of the index in its place."""

    rows: Mapping[str, list[tuple[Any, ...]]]
    words: list[tuple[Any, ...]]

    @classmethod
    def of(cls, path: Path) -> Self:
        with closing(sqlite3.connect(path)) as book:
            book.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, instance)")
            return cls(
                {table: book.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in compiled.RECORDS},
                book.execute("SELECT term, doc, offset FROM temp.words ORDER BY doc, offset").fetchall(),
            )
