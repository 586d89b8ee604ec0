"""Who holds a book that cannot be had: named with its number and its age, as far as the system tells."""

import re
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from c4l.domain.errors import Unconfirmed, Unusable
from c4l.store import connection, holder
from c4l.store.store import Store
from faults.holding import held

needs_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the age of a process is read from /proc")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "c4l.db"
    with closing(Store.open(made)) as store, store.writing("client add"):
        pass
    return made


@needs_linux
@pytest.mark.parametrize(
    "statements",
    [
        ("BEGIN IMMEDIATE",),
        ("BEGIN EXCLUSIVE",),
        ("BEGIN", "SELECT count(*) FROM client"),
        ("BEGIN IMMEDIATE", "DELETE FROM client"),
    ],
)
def test_a_holder_is_named_with_its_number_and_its_age(path: Path, statements: tuple[str, ...]) -> None:
    with held(path, *statements) as process:
        time.sleep(1.1)
        found = holder.find_holder(path)

    assert found
    assert re.fullmatch(rf"python\S* \(process {process}\), running for [1-9] seconds?,", found)
    assert holder.find_holder(path) is None


@needs_linux
def test_a_lock_held_too_long_is_told_with_its_holder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", "PRAGMA busy_timeout = 50")
    with (
        held(path, "BEGIN EXCLUSIVE") as process,
        pytest.raises(Unusable, match=rf"\(process {process}\), running for .*, has held the book for over 10 seconds"),
        closing(Store.open(path)) as store,
        store.reading(),
    ):
        pass


def test_where_nobody_holds_it_or_it_is_not_there_nobody_is_named(path: Path, tmp_path: Path) -> None:
    assert holder.find_holder(path) is None
    assert holder.find_holder(tmp_path / "none.db") is None


def test_a_lock_of_this_process_is_another_connections(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", "PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(path, isolation_level=None)) as other, closing(Store.open(path)) as store:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unusable, match=r"^another program has held the book for over 10 s"), store.reading():
            pass


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "less than a second"),
        (1.9, "1 second"),
        (59.9, "59 seconds"),
        (60, "1 minute"),
        (7199, "1 hour"),
        (7200, "2 hours"),
        (200_000, "2 days"),
    ],
)
def test_an_age_is_said_in_the_largest_unit(seconds: float, words: str) -> None:
    assert holder._in_words(seconds) == words


def test_what_is_removed_is_not_denied_where_the_file_cannot_be_written_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", "PRAGMA busy_timeout = 50")
    with closing(Store.open(path)) as store:
        with store.writing("client add") as changes:
            changes.all("SELECT 1")
        with (
            held(path, "BEGIN", "SELECT count(*) FROM client"),
            pytest.raises(Unconfirmed, match=r"^it is removed, but the file could not be written anew"),
        ):
            store.squeeze()
        store.squeeze()
