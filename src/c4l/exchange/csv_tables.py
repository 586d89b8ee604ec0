"""A whole book as a folder of tables, one CSV file each, for spreadsheets and databases.

A cell that a spreadsheet would run as a formula has an apostrophe before it; null and nothing are both an empty cell.
"""

import csv
import os
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from c4l.actions.books import Whole
from c4l.domain.book_form import TABLES
from c4l.exchange.csv_text import guarded


def write(book: Whole, folder: Path) -> dict[str, int]:
    """Write each table of a book into a file of an empty folder; how many records each has."""
    counts = {}
    for table, records in book.tables:
        with _created(folder / f"{table}.csv") as stream:
            rows = csv.writer(stream)
            rows.writerow(TABLES[table].fields)
            counts[table] = _write_rows(rows, records)
    return counts


def _write_rows(rows: Any, records: Iterable[Mapping[str, Any]]) -> int:
    count = 0
    for record in records:
        rows.writerow(_cells(record))
        count += 1
    return count


def _cells(record: Mapping[str, Any]) -> Iterator[str]:
    for value in record.values():
        match value:
            case None:
                yield ""
            case bool():
                yield "true" if value else "false"
            case _:
                yield guarded(str(value))


def _created(file: Path) -> TextIOWrapper:
    """A new file for the user alone, with the mark by which a spreadsheet knows its letters."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    return open(handle, "w", encoding="utf-8-sig", newline="")
