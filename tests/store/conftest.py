"""A book in a folder of the test's own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from c4l.store import files
from c4l.store.store import Store

Synchronised = list[tuple[Path, list[str]]]
"""What was told to be on the disk, in turn: a file with nothing, a folder with the names in it."""


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


@pytest.fixture
def synchronised(monkeypatch: pytest.MonkeyPatch) -> Synchronised:
    """What is told to be on the disk from now on."""
    done: Synchronised = []
    fsync = os.fsync

    def told(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        done.append((path, sorted(each.name for each in path.iterdir()) if path.is_dir() else []))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", told)
    return done
