"""The backup of the day: once, by a process of its own, and whatever goes wrong is told later."""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from c4l.config import now
from c4l.domain.backups import Keep, Reason, name_of
from c4l.domain.errors import Unusable
from c4l.store import backup, daily, files
from tests.store.rights import as_an_ordinary_user
from tests.store.written import grown, write

KEEP = Keep(7, 4, 12)
AN_HOUR = 3600
PATIENCE_SECONDS = 20


@pytest.fixture
def book(path: Path) -> Path:
    write(path, grown(1, 3, 9))
    return path


@pytest.fixture
def begun(book: Path, place: Path) -> None:
    daily.set_note(book, "")


def age(book: Path, seconds: int) -> None:
    """Let it be so long ago that a backup of the day was begun."""
    then = time.time() - seconds
    os.utime(files.folder_of(book) / daily.STATE, (then, then))


def reasons(book: Path) -> list[Reason]:
    return [made.reason for made in backup.listed(book)]


# --- when ---


def test_it_is_due_where_there_is_none(book: Path) -> None:
    assert daily.is_due(book)


@pytest.mark.parametrize(
    ("clock", "ago", "due"),
    [
        ("12:00", 0, False),
        ("12:00", AN_HOUR - 60, False),
        ("12:00", AN_HOUR + 60, True),
        ("12:00", -AN_HOUR, True),
        # What was begun before midnight is not that of the new day.
        ("00:10", 9 * 60, False),
        ("00:10", 11 * 60, True),
    ],
)
def test_what_was_begun_today_is_not_begun_again_for_an_hour(
    book: Path, begun: None, monkeypatch: pytest.MonkeyPatch, clock: str, ago: int, due: bool
) -> None:
    at = datetime.fromisoformat(f"2026-11-22T{clock}").astimezone()
    monkeypatch.setattr(daily, "now", lambda: at.astimezone(UTC))
    os.utime(files.folder_of(book) / daily.STATE, (at.timestamp() - ago,) * 2)
    assert daily.is_due(book) is due


def test_it_is_due_once_a_day(book: Path, place: Path, begun: None) -> None:
    at = now()
    yesterday = name_of(at - timedelta(days=1), Reason.daily, "0" * 16)
    (place / yesterday).touch()
    (place / name_of(at, Reason.asked, "0" * 16)).touch()
    age(book, 2 * AN_HOUR)
    assert daily.is_due(book)
    (place / name_of(at, Reason.daily, "0" * 16)).touch()
    assert not daily.is_due(book)
    # It is not looked for again and again.
    assert time.time() - (place / daily.STATE).stat().st_mtime < 60


# --- how ---


def test_it_is_made_and_the_older_ones_are_rotated(book: Path, place: Path, begun: None) -> None:
    old = [name_of(now() - timedelta(days=days), Reason.daily, f"{days:016x}") for days in range(1, 4)]
    for name in old:
        (place / name).touch()
    daily.make(book, Keep(2, 0, 0))
    assert [made.name for made in backup.listed(book)][1:] == old[:1]
    assert daily.note(book) is None


@pytest.fixture
def damaged(book: Path) -> Path:
    with closing(sqlite3.connect(book)) as opened:
        opened.execute("PRAGMA foreign_keys = OFF")
        opened.execute("DELETE FROM client WHERE id = 1")
        opened.commit()
    return book


def test_of_a_damaged_book_it_is_noted_why_and_nothing_is_rotated(damaged: Path, place: Path, begun: None) -> None:
    old = [name_of(now() - timedelta(days=days), Reason.daily, "0" * 16) for days in range(1, 4)]
    for name in old:
        (place / name).touch()
    daily.make(damaged, Keep(1, 0, 0))
    assert "the book is damaged" in (daily.note(damaged) or "")
    assert sorted(made.name for made in backup.listed(damaged)) == sorted(old)


def test_a_note_goes_when_all_is_well_again(book: Path, begun: None) -> None:
    daily.set_note(book, "the disk is full\n")
    assert daily.note(book) == "the disk is full"
    daily.make(book, KEEP)
    assert daily.note(book) is None


def test_a_note_that_is_cleared_leaves_it_open_whether_one_is_due(book: Path, place: Path, begun: None) -> None:
    daily.set_note(book, "the disk is full\n")
    age(book, 2 * AN_HOUR)
    daily.clear_note(book)
    assert daily.note(book) is None
    assert daily.is_due(book)


def test_where_none_was_begun_clearing_the_note_begins_none(book: Path, place: Path) -> None:
    daily.clear_note(book)
    assert not place.exists()


def test_two_do_not_make_it_at_once(book: Path, place: Path, begun: None) -> None:
    from fcntl import LOCK_EX, flock

    with (place / daily.STATE).open("rb") as other:
        flock(other, LOCK_EX)
        daily.make(book, KEEP)
        assert reasons(book) == []
    daily.make(book, KEEP)
    assert reasons(book) == [Reason.daily]


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with what must not be imported."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "sqlite3.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(folder)
    return folder


def test_a_process_of_its_own_makes_it_while_others_go_on(book: Path, alone: Path) -> None:
    before = time.monotonic()
    daily.start(book, KEEP)
    assert time.monotonic() - before < 1
    assert not daily.is_due(book)
    until(lambda: reasons(book) == [Reason.daily])
    with suppress(ChildProcessError):
        assert os.waitstatus_to_exitcode(os.wait()[1]) == 0
    assert (files.folder_of(book) / daily.STATE).stat().st_mode & 0o777 == 0o600


def until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not done():
        assert time.monotonic() < deadline, "it was not done in time"
        time.sleep(0.02)


def test_where_it_cannot_be_begun_that_is_told_at_once(book: Path) -> None:
    book.parent.chmod(0o500)
    try:
        with as_an_ordinary_user(), pytest.raises(Unusable, match="the backup of the day cannot be made"):
            daily.start(book, KEEP)
    finally:
        book.parent.chmod(0o700)


@pytest.mark.parametrize("leads_to", ["nowhere", "a file"])
def test_a_link_in_place_of_the_state_makes_room_for_it_and_is_not_written_through(
    book: Path, place: Path, tmp_path: Path, leads_to: str
) -> None:
    theirs = tmp_path / "theirs"
    if leads_to == "a file":
        theirs.write_text("theirs")
    place.mkdir(mode=0o700)
    (place / daily.STATE).symlink_to(theirs)
    daily.set_note(book, "the disk is full")
    assert not (place / daily.STATE).is_symlink()
    assert daily.note(book) == "the disk is full"
    assert not theirs.exists() or theirs.read_text() == "theirs"
