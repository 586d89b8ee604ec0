"""Books as every earlier version of the schema left them, made by the code of that version and never changed since."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent
VERSIONS = (1, 2, 3)


def thaw(version: int, path: Path) -> Path:
    """Write the frozen book of a version where a test wants it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if version == 1:
        with closing(sqlite3.connect(path)) as book:
            book.executescript((HERE / "book-v1.sql").read_text(encoding="utf-8"))
    else:
        path.write_bytes(gzip.decompress((HERE / f"book-v{version}.db.gz").read_bytes()))
    return path
