"""Backups: each is the whole book, looked over before it has a name, and no damaged one takes another's place."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from c4l.config import now
from c4l.domain.backups import Backup, Keep, Reason, name_of
from c4l.domain.errors import Unusable
from c4l.store import backup, barrier, connection, daily, doctor, files, seals, soundness, surroundings
from c4l.store.connection import Damaged
from c4l.store.restore import contents
from c4l.store.store import Store, Transaction
from tests.store.rights import as_an_ordinary_user
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


def stale_undo(opened: sqlite3.Connection) -> None:
    """What an undo would bring back was wrong already when an earlier c4l upgraded the book, which sealed it so."""
    opened.execute("UPDATE change SET before = replace(before, 'first role', 'furst role')")
    seals.seal_all(Transaction(opened))


def once_more(opened: sqlite3.Connection) -> None:
    """The number of a row that was removed is yet to be given out."""
    opened.execute("UPDATE counter SET next = 1 WHERE name = 'tag'")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda opened: opened.execute("PRAGMA user_version = 0"), "the book is damaged"),
        (lambda opened: opened.execute("PRAGMA user_version = 1"), "there is an index promise_kept that c4l did not"),
        (lambda opened: opened.execute("PRAGMA user_version = 7"), "the book is damaged"),
        (lambda opened: opened.execute("PRAGMA application_id = 7"), "the book is damaged"),
        (lambda opened: opened.execute("DROP INDEX signal_by_day"), "the index signal_by_day is missing"),
        (lambda opened: opened.execute("UPDATE counter SET name = 'taf' WHERE name = 'tag'"), "the counter of tag is"),
        (lambda opened: opened.execute("UPDATE counter SET next = 'x' WHERE name = 'tag'"), "the counter of tag is"),
        (once_more, "the counter of tag is not what was written"),
        (
            lambda opened: opened.execute("UPDATE counter SET next = 30 WHERE name = 'interaction'"),
            "interaction i30 is",
        ),
        (lambda opened: opened.execute("UPDATE client SET added_on = x'00'"), "row 1 of client is not"),
        (
            lambda opened: opened.execute("UPDATE change SET digests = 7 WHERE id = 1"),
            "what stands there makes no sense",
        ),
        (lambda opened: opened.execute("UPDATE entry SET verb = CAST(x'ff' AS TEXT)"), "entry 1 of the journal is not"),
        (stale_undo, r"change \d+ of the journal is not what was written"),
    ],
)
def test_of_a_book_that_doctor_would_find_damaged_none_is_made(
    book: Path, place: Path, tmp_path: Path, spoil: Callable[[sqlite3.Connection], object], said: str
) -> None:
    with Store.open(book) as store, store.writing("test") as changes:
        changes.delete("tag", changes.insert("tag", client_id=1, name="a", name_key="a"))
        changes.update("client", 1, role="first role")
    with Store.open(book) as store, store.writing("test") as changes:
        changes.update("client", 1, role="second role")
    good = backup.make(book, Reason.asked)
    bad = tmp_path / "bad.db"
    bad.write_bytes(book.read_bytes())
    with closing(sqlite3.connect(bad, isolation_level=None)) as opened:
        spoil(opened)
    assert doctor.is_damaged(doctor.examined(bad, "the way back"))
    book.write_bytes(bad.read_bytes())
    for reason in Reason:
        with pytest.raises(Damaged, match=said):
            backup.make(book, reason)
    assert names(place) == [good.name]
    # Where one was made by other means, or by an earlier c4l, it is told.
    made = place / name_of(now(), Reason.asked, backup.digest_of(bad))
    bad.rename(made)
    [found] = [each for each in backup.listed(book) if each.name == made.name]
    assert backup.damage_of(book, found) is not None
    assert backup.damage_of(book, good) is None


def test_a_book_that_says_that_it_may_only_be_read_gets_none(book: Path, place: Path) -> None:
    held = bytearray(book.read_bytes())
    held[18] ^= 2
    book.write_bytes(held)
    with pytest.raises(Damaged, match="it says that it may only be read"):
        backup.make(book, Reason.asked)
    assert names(place) == []


def test_of_the_database_of_another_program_none_is_made(tmp_path: Path) -> None:
    path = tmp_path / "recipes.db"
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("CREATE TABLE recipe (name TEXT)")
    with pytest.raises(Unusable, match="this file is not a c4l book") as refused:
        backup.make(path, Reason.asked)
    assert not isinstance(refused.value, Damaged)


def test_a_backup_of_another_program_or_a_newer_c4l_is_told(book: Path, place: Path) -> None:
    place.mkdir()
    with closing(sqlite3.connect(place / "other", isolation_level=None)) as opened:
        opened.execute("CREATE TABLE recipe (name TEXT)")
    (place / "other").rename(place / name_of(now(), Reason.asked, backup.digest_of(place / "other")))
    [other] = backup.listed(book)
    assert backup.damage_of(book, other) == "written by a newer c4l, or by another program"


def test_what_the_disk_says_is_not_taken_for_damage(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(_: sqlite3.Connection) -> Iterator[str]:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error
        yield

    monkeypatch.setattr(soundness, "damage", unreadable)
    with pytest.raises(Unusable, match="the disk could not be read") as refused:
        backup.make(book, Reason.asked)
    assert not isinstance(refused.value, Damaged)


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


# --- what else lies there ---


@pytest.fixture
def made(book: Path) -> Backup:
    return backup.make(book, Reason.asked)


def name_on(day: int) -> str:
    return name_of(now() - timedelta(days=day), Reason.daily, f"{day:064x}")


@pytest.mark.parametrize(
    "lie",
    [
        lambda place: (place / "foo").symlink_to("/nonexistent"),
        lambda place: (place / daily.STATE).symlink_to("/nonexistent"),
        lambda place: (place / name_on(1)).symlink_to("/nonexistent"),
        lambda place: (place / name_on(1)).symlink_to(name_on(1)),
        lambda place: (place / "notes.txt").write_text("bring bread"),
        lambda place: (place / ".backup.db.0123456789ab.part").symlink_to("/nonexistent"),
        lambda place: os.mkfifo(place / "pipe"),
    ],
    ids=["a link to nowhere", "the state", "by its name a backup", "a link to itself", "a note", "half made", "a pipe"],
)
def test_what_others_lay_beside_them_is_no_backup_and_keeps_none_from_being_made(
    book: Path, place: Path, made: Backup, lie: Callable[[Path], object]
) -> None:
    lie(place)
    assert backup.listed(book) == [made]
    assert backup.rotate(book, KEEP) == []
    with Store.open(book) as store, store.writing("test") as changes:
        changes.update("client", 1, role="buyer")
    assert {each.name for each in backup.listed(book)} == {made.name}
    again = backup.make(book, Reason.asked)
    assert {each.name for each in backup.listed(book)} == {made.name, again.name}


def test_what_is_removed_while_they_are_listed_is_passed(book: Path, place: Path, made: Backup) -> None:
    """Another process rotates: it makes and removes all the while."""
    stop = threading.Event()
    passing = [place / name for day in range(1, 20) for name in (name_on(day), f".backup.db.{day:012x}.part")]

    def rotate() -> None:
        while not stop.is_set():
            for path in passing:
                path.touch()
            for path in passing:
                path.unlink()

    other = threading.Thread(target=rotate)
    other.start()
    try:
        for _ in range(300):
            assert made in backup.listed(book)
            backup.rotate(book, Keep(30, 0, 0))
            surroundings.leftovers(book)
    finally:
        stop.set()
        other.join()


def test_a_folder_that_may_not_be_looked_into_does_not_read_as_an_empty_one() -> None:
    with TemporaryDirectory() as folder:
        book = Path(folder) / "c4l.db"
        Path(folder).chmod(0o755)
        place = files.folder_of(book)
        place.mkdir()
        (place / name_on(1)).touch()
        for mode in (0o000, 0o444):
            place.chmod(mode)
            with (
                as_an_ordinary_user(),
                pytest.raises(Unusable, match=r"the backups in .* cannot be listed: Permission"),
            ):
                backup.listed(book)


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


def test_what_died_half_made_is_told_as_soon_as_nobody_makes_one(book: Path, place: Path, made: Backup) -> None:
    left = [place / f".backup.db.{1:012x}.part", place / f".{made.name}.{2:012x}.part"]
    theirs = place / f".export.json.{3:012x}.part"
    for path in (*left, theirs):
        path.touch()
    with barrier.making(place):
        assert backup.left_half_made(book) == []
        os.utime(left[0], (0, 0))
        assert backup.left_half_made(book) == left[:1]
    assert backup.left_half_made(book) == sorted(left)
    backup.remove_half_made(book)
    assert sorted(names(place)) == sorted([made.name, theirs.name])


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
