"""A book as exported data: every table of the file as rows, read by the standard library and by nothing of c4l's."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

Cell = str | int | None
Row = Mapping[str, Cell]
Export = Mapping[str, Sequence[Row]]
"""Tables by name, each with its rows in the order of entry; days are ISO text."""

READ = ("client", "interaction", "participant", "signal", "promise", "promise_event", "assessment", "archiving")
"""The tables that say something about where clients stand."""


def exported(book: Path) -> Export:
    """All that a book says, row by row."""
    with closing(sqlite3.connect(book)) as file:
        file.row_factory = sqlite3.Row
        return {table: [dict(row) for row in file.execute(f"SELECT * FROM {table} ORDER BY id")] for table in READ}
