"""A book in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from c4l.store import files
from c4l.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a book may be; nothing is there yet."""
    return tmp_path / "book" / "c4l.db"


@pytest.fixture
def place(path: Path) -> Path:
    """Where the backups of that book would be."""
    return files.folder_of(path)


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A book that nobody has written to."""
    with Store.open(path) as opened:
        yield opened
