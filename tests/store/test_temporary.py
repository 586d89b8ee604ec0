"""Where SQLite keeps what it sorts and copies: beside the book, and not in a folder that everybody shares."""

import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from c4l.store import connection


def held() -> Iterator[str]:
    """The files that this process has open."""
    for handle in list(Path("/proc/self/fd").iterdir()):
        with suppress(FileNotFoundError):
            yield str(handle.readlink())


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_what_sqlite_keeps_in_a_file_of_its_own_lies_beside_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SQLITE_TMPDIR", raising=False)
    with closing(connection.connect(tmp_path / "c4l.db")) as opened:
        opened.execute("PRAGMA temp_store = FILE")
        opened.execute(
            "CREATE TEMP TABLE much AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) "
            "SELECT i, hex(randomblob(1000)) AS words FROM n"
        )
        own = [name for name in held() if "etilqs" in name]
    assert own
    assert all(name.startswith(str(tmp_path)) for name in own)
