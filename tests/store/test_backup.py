"""Backups: each is the whole book, looked over before it has a name, and no damaged one takes another's place."""

import os
import sqlite3
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from c4l.config import now
from c4l.domain.backups import Backup, Keep, Reason, name_of
from c4l.domain.errors import Unusable
from c4l.store import backup, connection, daily, files
from c4l.store.restore import contents
from c4l.store.store import Store
from tests.store.whole import everything
from tests.store.written import grown, write

KEEP = Keep(7, 4, 12)

MARK = b"made-up note 7"


@pytest.fixture
def book(path: Path) -> Path:
    write(path, grown(1, 5, 30))
    return path


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def damaged(book: Path) -> Path:
    """A book of which some index belongs to nothing any more: SQLite reads it as if nothing were wrong."""
    with closing(sqlite3.connect(book, isolation_level=None)) as opened:
        opened.execute("PRAGMA writable_schema = ON")
        opened.execute("DELETE FROM sqlite_master WHERE name = 'ix_alias_name_key'")
    return book


@pytest.fixture
def rotten(book: Path) -> Path:
    """A book in which a bit of a note fell over, which nothing but the journal can tell."""
    whole = book.read_bytes()
    assert whole.count(MARK) >= 1
    book.write_bytes(whole.replace(MARK, b"made-up note 3"))
    return book


@pytest.mark.parametrize(("name", "folder"), [("c4l.db", "c4l-backups"), ("mine", "mine-backups")])
def test_the_folder_lies_beside_the_book(tmp_path: Path, name: str, folder: str) -> None:
    assert files.folder_of(tmp_path / name) == tmp_path / folder


def test_a_backup_is_the_book_for_the_user_alone(book: Path, place: Path) -> None:
    made = backup.make(book, Reason.asked)
    copy = place / made.name
    assert everything(copy) == everything(book)
    assert (names(place), rights(place), rights(copy)) == ([made.name], 0o700, 0o600)
    assert made.name == name_of(made.at, Reason.asked, backup.digest_of(copy))
    assert abs(now() - made.at) < timedelta(minutes=1)
    assert backup.listed(book) == [made]
    assert backup.is_whole(book, made)
    assert backup.damage_of(book, made) is None


def test_what_is_written_while_it_is_looked_over_is_newer_than_its_name(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written_meanwhile(_: sqlite3.Connection) -> None:
        with Store.open(book) as store, store.writing("test") as changes:
            changes.update("client", 1, role="buyer")
        time.sleep(1.1)

    monkeypatch.setattr(backup, "found_rot", written_meanwhile)
    made = backup.make(book, Reason.daily)
    held = contents(book)
    assert held is not None
    assert held.changed_at is not None
    assert made.at < held.changed_at


def test_a_folder_that_others_may_look_into_is_closed(book: Path, place: Path) -> None:
    place.mkdir(mode=0o755)
    backup.make(book, Reason.asked)
    assert rights(place) == 0o700


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder on another disk, in which others may look around."""
    folder = tmp_path / "disk"
    folder.mkdir()
    folder.chmod(0o755)
    return folder


def test_the_folder_may_be_a_link_of_the_users_own(book: Path, place: Path, disk: Path) -> None:
    place.symlink_to(disk)
    daily.set_note(book, "")
    made = backup.make(book, Reason.asked)
    assert names(disk) == [daily.STATE, made.name]
    assert backup.listed(book) == [made]
    assert (place.is_symlink(), rights(disk), rights(disk / made.name)) == (True, 0o755, 0o600)


def test_a_link_that_leads_nowhere_is_not_followed(book: Path, place: Path, tmp_path: Path) -> None:
    place.symlink_to(tmp_path / "none")
    for begin in (lambda: backup.make(book, Reason.asked), lambda: daily.start(book, KEEP)):
        with pytest.raises(Unusable, match=f"{place}: File exists"):
            begin()
    assert not (tmp_path / "none").exists()


def test_a_link_of_somebody_elses_is_not_followed(book: Path, place: Path, disk: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("to make a link for somebody else needs the rights to")
    place.symlink_to(disk)
    os.lchown(place, 12345, 12345)
    for begin in (lambda: backup.make(book, Reason.asked), lambda: daily.start(book, KEEP)):
        with pytest.raises(Unusable, match="it is a link of somebody else's"):
            begin()
    assert names(disk) == []


def test_nothing_is_written_to_the_book(book: Path) -> None:
    before = book.read_bytes()
    backup.make(book, Reason.daily)
    assert book.read_bytes() == before


def test_what_makes_itself_is_not_made_again_of_the_same_content(book: Path, place: Path) -> None:
    first = backup.make(book, Reason.import_)
    assert backup.make(book, Reason.import_) == first
    assert backup.make(book, Reason.asked).name in names(place)
    with Store.open(book) as store, store.writing("test") as changes:
        changes.update("client", 1, role="buyer")
    assert backup.make(book, Reason.import_) != first
    assert len(names(place)) == 3


def test_a_backup_that_was_damaged_does_not_stand_for_a_new_one(book: Path, place: Path) -> None:
    old = place / backup.make(book, Reason.import_).name
    old.rename(old.with_name("2026-11-20T120000Z" + old.name[18:])).write_bytes(b"")
    made = backup.make(book, Reason.import_)
    assert backup.is_whole(book, made)
    assert len(names(place)) == 2


def test_a_backup_whose_bytes_changed_is_told_from_a_whole_one(book: Path, place: Path) -> None:
    made = backup.make(book, Reason.asked)
    content = bytearray((place / made.name).read_bytes())
    content[len(content) // 2] ^= 1
    (place / made.name).write_bytes(content)
    assert not backup.is_whole(book, made)
    assert backup.damage_of(book, made) == "its bytes changed"
    (place / made.name).unlink()
    assert not backup.is_whole(book, made)


@pytest.mark.parametrize("reason", Reason)
def test_a_damaged_book_gets_no_backup_and_the_good_ones_stay(book: Path, place: Path, reason: Reason) -> None:
    good = backup.make(book, Reason.daily)
    with closing(sqlite3.connect(book, isolation_level=None)) as opened:
        opened.execute("PRAGMA foreign_keys = OFF")
        opened.execute("DELETE FROM client WHERE id = 1")
    with pytest.raises(Unusable, match="is damaged, and no backup was made"):
        backup.make(book, reason)
    assert names(place) == [good.name]


def test_what_only_a_full_check_finds_is_found(damaged: Path, place: Path) -> None:
    with pytest.raises(Unusable, match="the book is damaged"):
        backup.make(damaged, Reason.asked)
    assert names(place) == []


@pytest.mark.parametrize("reason", Reason)
def test_a_bit_that_fell_over_in_a_note_keeps_any_backup_from_being_made(
    rotten: Path, place: Path, reason: Reason
) -> None:
    with pytest.raises(Unusable, match="interaction i7 is not what was written") as refused:
        backup.make(rotten, reason)
    assert "c4l doctor" in refused.value.hint
    assert names(place) == []


def test_a_backup_of_a_book_that_was_rotten_already_is_told_by_the_row(
    rotten: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as careless:
        careless.setattr(backup, "found_rot", lambda _: None)
        made = backup.make(rotten, Reason.asked)
    assert backup.is_whole(rotten, made)
    assert backup.damage_of(rotten, made) == "interaction i7"


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("a shopping list\n" * 1000)
    with pytest.raises(Unusable, match="this file is not a c4l book"):
        backup.make(path, Reason.asked)
    with pytest.raises(Unusable, match="cannot be opened"):
        backup.make(tmp_path / "nothing.db", Reason.asked)
    assert not (tmp_path / "nothing.db").exists()


def test_a_place_where_no_backup_can_be_is_told(book: Path, place: Path) -> None:
    place.write_text("in the way")
    with pytest.raises(Unusable, match="no backup can be made in") as refused:
        backup.make(book, Reason.asked)
    assert "c4l backup FILE" in refused.value.hint


# --- while others write ---


def test_who_writes_does_not_wait_for_a_copy_and_the_copy_is_of_one_moment(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_STEP_PAGES", 1)
    write(path, grown(1, 20, 200))
    turns, stop = [0], threading.Event()

    def work() -> None:
        with Store.open(path) as store:
            while not stop.wait(0.002):
                turns[0] += 1
                with store.writing("test") as changes:
                    # Two rows that say the same: a copy made between them would tell.
                    for client in (1, 20):
                        changes.update("client", client, role=f"turn {turns[0]}")

    writer = threading.Thread(target=work)
    writer.start()
    made: list[Backup] = []
    try:
        while len(made) < 3 or turns[0] < 10:
            made.append(backup.make(path, Reason.import_))
    finally:
        stop.set()
        writer.join()
    for each in made:
        with closing(sqlite3.connect(files.folder_of(path) / each.name)) as copy:
            roles = copy.execute("SELECT DISTINCT role FROM client WHERE id IN (1, 20)").fetchall()
        assert len(roles) == 1


def test_a_book_that_is_held_for_too_long_is_told(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 100)
    monkeypatch.setattr(connection, "PATIENCE", "PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(book, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unusable, match="another program has held the book"):
            backup.make(book, Reason.asked)


def test_two_of_the_same_second_are_two_where_the_book_is_another(
    book: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    monkeypatch.setattr(backup, "now", lambda: at)
    first, again = backup.make(book, Reason.asked), backup.make(book, Reason.asked)
    assert first == again
    with Store.open(book) as store, store.writing("test") as changes:
        changes.update("client", 1, role="buyer")
    second = backup.make(book, Reason.asked)
    assert sorted(names(place)) == sorted([first.name, second.name])
    assert backup.is_whole(book, first)
    assert everything(place / second.name) == everything(book)


# --- rotation ---


@pytest.fixture
def old(place: Path) -> list[str]:
    """Ten days of backups, and what was left half made yesterday and just now."""
    place.mkdir()
    at = now().replace(microsecond=0)
    made = [name_of(at - timedelta(days=days), Reason.daily, f"{days:064x}") for days in range(10)]
    for name in made:
        (place / name).write_bytes(b"")
    return made


def test_rotation_takes_what_is_no_longer_kept_and_nothing_else(book: Path, place: Path, old: list[str]) -> None:
    (place / "notes.txt").touch()
    assert backup.rotate(book, Keep(3, 0, 0)) == sorted(old[3:])
    assert names(place) == sorted([*old[:3], "notes.txt"])


def test_what_was_left_half_made_goes_after_a_day(book: Path, place: Path) -> None:
    import os

    place.mkdir()
    yesterday, fresh = files.create_beside(place / "backup.db"), files.create_beside(place / "backup.db")
    os.utime(yesterday, (0, 0))
    backup.rotate(book, KEEP)
    assert names(place) == [fresh.name]


def test_a_book_that_cannot_be_read_is_kept_byte_by_byte_with_its_journal(book: Path, place: Path) -> None:
    book.write_bytes(b"?" * 5000)
    backup.journal_of(book).write_bytes(b"to be taken back")
    kept = backup.keep_aside(book)
    assert kept.reason is Reason.damaged
    assert (place / kept.name).read_bytes() == b"?" * 5000
    assert (place / f"{kept.name}-journal").read_bytes() == b"to be taken back"
    assert backup.rotate(book, Keep(1, 0, 0)) == []
