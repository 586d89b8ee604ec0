"""Going back to a backup: only to a whole one, all at once, with what was there kept aside."""

import os
import signal
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from c4l.domain.backups import Backup, Reason
from c4l.domain.errors import C4lError, Refused, Unusable
from c4l.store import backup, connection, files, migrations, restore
from c4l.store.store import Store
from tests.store.whole import everything
from tests.store.written import grown, write

MARK = b"made-up note 7"
MOMENTS = 40


@pytest.fixture
def book(path: Path) -> Path:
    write(path, grown(1, 5, 30))
    return path


@pytest.fixture
def good(book: Path, tmp_path: Path) -> Path:
    """A backup of the book, to which something was added since."""
    target = tmp_path / "stick" / "good.db"
    target.parent.mkdir()
    with files.written(target) as new:
        backup.take(book, new)
    with Store.open(book) as store, store.writing("test") as changes:
        changes.update("client", 1, role="added since")
    return target


def go_back(book: Path, file: Path) -> Backup | None:
    with restore.verified(file, book) as new:
        return restore.replace(book, new)


def beside(book: Path) -> set[str]:
    return {path.name for path in book.parent.iterdir()}


def test_the_book_is_as_it_was_and_what_there_was_since_is_kept_aside(book: Path, good: Path) -> None:
    since, before = everything(book), everything(good)
    assert since != before
    aside = go_back(book, good)
    assert everything(book) == before
    assert aside is not None
    assert aside.reason is Reason.restore
    assert everything(files.folder_of(book) / aside.name) == since
    assert beside(book) == {"c4l.db", "c4l-backups"}
    assert everything(good) == before


def test_the_way_back_from_going_back(book: Path, good: Path) -> None:
    since = everything(book)
    aside = go_back(book, good)
    assert aside is not None
    go_back(book, files.folder_of(book) / aside.name)
    assert everything(book) == since


def test_a_new_machine_has_no_book_yet(good: Path, tmp_path: Path) -> None:
    book = tmp_path / "new" / "machine" / "c4l.db"
    assert go_back(book, good) is None
    assert everything(book) == everything(good)
    assert (book.stat().st_mode & 0o777, book.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_is_compared(book: Path, good: Path) -> None:
    now, then = restore.contents(book), restore.contents(good)
    assert now is not None
    assert then is not None
    assert (now.version, now.clients, now.interactions) == (migrations.CURRENT, 5, 30)
    assert now._replace(changed_at=None) == then._replace(changed_at=None)
    assert now.newest_interaction is not None
    assert (now.newest_interaction.number, now.newest_interaction.text) == (30, "made-up note 30")
    assert now.verb == "test"


# --- what is refused ---


def flipped(path: Path, was: bytes = b"", becomes: bytes = b"") -> None:
    content = path.read_bytes()
    if was:
        assert was in content
        path.write_bytes(content.replace(was, becomes))
    else:
        path.write_bytes(content[:20_000] + bytes(4096) + content[24_096:])


def orphaned(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute("DELETE FROM client WHERE id = 1")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute("ALTER TABLE client ADD COLUMN motto VARCHAR")
        opened.execute(f"PRAGMA user_version = {migrations.CURRENT + 1}")


def misread(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute(f"PRAGMA user_version = {migrations.CURRENT + 4}")


def other(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute("CREATE TABLE recipe (name TEXT)")


@pytest.mark.parametrize(
    ("spoil", "error", "said"),
    [
        (flipped, Refused, "is damaged"),
        (lambda path: flipped(path, MARK, b"made-up note 3"), Refused, "is damaged: interaction i7 is not what"),
        (lambda path: path.write_bytes(path.read_bytes()[:50_000]), Refused, "is damaged"),
        (orphaned, Refused, "is damaged: a row of .* refers to a row of client"),
        (newer, Unusable, rf"by c4l [\d.]+ \(schema {migrations.CURRENT + 1}\)"),
        (misread, Refused, f"is damaged: it says that it is of schema {migrations.CURRENT + 4}, which it is not"),
        (other, Refused, "is not a c4l book"),
        (lambda path: path.write_text("a shopping list\n" * 500), Refused, "is not a c4l book"),
        (lambda path: path.write_text(""), Refused, "is not a c4l book"),
        (lambda path: path.with_name("good.db-journal").touch(), Refused, "copied in the middle of a change"),
        (lambda path: path.unlink(), Refused, "cannot be read: No such file"),
    ],
    ids=[
        "page",
        "bit of a note",
        "cut off",
        "orphan",
        "newer",
        "a bit of its version",
        "other",
        "text",
        "empty",
        "journal",
        "missing",
    ],
)
def test_what_is_no_whole_book_is_refused_and_nothing_changes(
    book: Path, good: Path, spoil: "object", error: type[C4lError], said: str
) -> None:
    before, there = book.read_bytes(), beside(book)
    assert callable(spoil)
    spoil(good)
    with pytest.raises(error, match=said) as refused:
        go_back(book, good)
    assert refused.value.hint
    assert book.read_bytes() == before
    assert beside(book) == there


def test_a_backup_that_is_not_what_its_name_says_is_refused(book: Path) -> None:
    made = files.folder_of(book) / backup.make(book, Reason.asked).name
    # A change counter: the database is as whole as before.
    content = bytearray(made.read_bytes())
    content[27] ^= 1
    made.write_bytes(content)
    with pytest.raises(Refused, match="it is not what was written when it was made"):
        go_back(book, made)


def test_the_database_of_another_program_is_not_written_over(tmp_path: Path, good: Path) -> None:
    book = tmp_path / "recipes.db"
    with closing(sqlite3.connect(book)) as opened:
        opened.execute("CREATE TABLE recipe (name TEXT)")
    with pytest.raises(Unusable, match="this file is not a c4l book"):
        restore.check_place(book)


@pytest.mark.parametrize("there", ["nothing", "nothing yet in it", "damaged"])
def test_where_nothing_is_or_only_what_cannot_be_read_a_backup_may_be_put(tmp_path: Path, there: str) -> None:
    book = tmp_path / "c4l.db"
    if there != "nothing":
        book.write_bytes(b"" if there == "nothing yet in it" else b"?" * 5000)
    restore.check_place(book)


# --- a damaged book ---


@pytest.mark.parametrize("spoilt", ["header", "page", "everything"])
@pytest.mark.parametrize("journal", [False, True])
def test_a_damaged_book_is_kept_byte_by_byte_and_replaced(book: Path, good: Path, spoilt: str, journal: bool) -> None:
    content = book.read_bytes()
    start, end = {"header": (0, 100), "page": (20_000, 24_096), "everything": (0, len(content))}[spoilt]
    content = content[:start] + b"?" * (end - start) + content[end:]
    book.write_bytes(content)
    if journal:
        backup.journal_of(book).write_bytes(b"no journal that SQLite would play")
    aside = go_back(book, good)
    assert everything(book) == everything(good)
    assert aside is not None
    assert aside.reason is Reason.damaged
    assert (files.folder_of(book) / aside.name).read_bytes() == content
    assert not backup.journal_of(book).exists()


@pytest.mark.parametrize(
    "spoil",
    [
        "DROP TABLE change",
        "DROP TABLE counter",
        "DELETE FROM counter",
        "UPDATE change SET digests = 7",
        "UPDATE client SET name = CAST(x'4aff' AS TEXT)",
        "UPDATE interaction SET happened_on = 'never'",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 7",
        "PRAGMA application_id = 7",
    ],
)
def test_whatever_is_wrong_with_a_book_it_is_kept_byte_by_byte_and_replaced(book: Path, good: Path, spoil: str) -> None:
    with closing(sqlite3.connect(book, isolation_level=None)) as opened:
        opened.execute(spoil)
    held = book.read_bytes()
    restore.check_place(book)
    aside = go_back(book, good)
    assert everything(book) == everything(good)
    assert aside is not None
    assert aside.reason is Reason.damaged
    assert (files.folder_of(book) / aside.name).read_bytes() == held


@pytest.mark.parametrize(("at", "bit"), [(18, 1), (47, 0)], ids=["read-only", "format"])
def test_a_book_whose_head_lets_sqlite_do_nothing_is_replaced(book: Path, good: Path, at: int, bit: int) -> None:
    held = bytearray(book.read_bytes())
    held[at] ^= 1 << bit
    book.write_bytes(held)
    aside = go_back(book, good)
    assert aside is not None
    assert (files.folder_of(book) / aside.name).read_bytes() == held
    with Store.open(book) as store, store.writing("test") as changes:
        changes.update("client", 1, role="written again")


def test_a_book_on_which_the_rights_forbid_writing_is_not_damaged(book: Path, good: Path) -> None:
    with closing(sqlite3.connect(book)) as opened:
        opened.execute("PRAGMA query_only = ON")
        error = connection.said(sqlite3.SQLITE_READONLY, book)
    assert not isinstance(error, connection.Damaged)
    assert "cannot be written" in error.message


def test_while_it_is_replaced_it_is_closed_to_others_and_outlasts_a_power_cut(book: Path) -> None:
    with closing(restore._held(book)) as there, closing(sqlite3.connect(book, timeout=0)) as other:
        assert there.execute("PRAGMA synchronous").fetchone() == (3,)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("SELECT count(*) FROM client").fetchall()


# --- while others write ---


def test_who_waits_to_write_writes_into_the_book_that_came_back(book: Path, good: Path) -> None:
    """Nothing that was acknowledged is lost: it is in what was kept aside or in what came back."""
    stop = threading.Event()
    written: list[int] = []

    def work() -> None:
        with Store.open(book) as store:
            while not stop.wait(0.05):
                with store.writing("test") as changes:
                    number = changes.insert("tag", client_id=1, name=f"t{len(written)}", name_key=f"t{len(written)}")
                written.append(number)

    writer = threading.Thread(target=work)
    writer.start()
    try:
        while len(written) < 5:
            assert writer.is_alive()
            time.sleep(0.01)
        aside = go_back(book, good)
        enough = len(written) + 5
        while len(written) < enough:
            assert writer.is_alive()
            time.sleep(0.01)
    finally:
        stop.set()
        writer.join()
    assert aside is not None
    names = {name for path in (book, files.folder_of(book) / aside.name) for _, _, name, *_ in everything(path)["tag"]}
    assert {f"t{number}" for number in range(len(written))} <= names


def test_a_book_that_is_held_is_not_replaced(book: Path, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", "PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(book, isolation_level=None)) as held:
        held.execute("BEGIN")
        held.execute("SELECT count(*) FROM client").fetchall()
        with pytest.raises(Unusable, match="another program has held the book"):
            go_back(book, good)
    assert beside(book) == {"c4l.db"}


def test_a_process_that_dies_leaves_the_old_book_or_the_new(book: Path, good: Path) -> None:
    since, before, content = everything(book), everything(good), book.read_bytes()
    begun = time.monotonic()
    go_back(book, good)
    took = time.monotonic() - begun
    left = []
    for moment in range(MOMENTS):
        book.write_bytes(content)
        child = os.fork()
        if not child:
            # Unhandled it ends the process at once, as kill -9 does.
            signal.setitimer(signal.ITIMER_REAL, took * (moment + 1) / MOMENTS)
            go_back(book, good)
            os._exit(0)
        os.waitpid(child, 0)
        # A journal that was left is played back by whoever opens the book next.
        left.append(everything(book))
    assert all(each in (since, before) for each in left)
    assert left[0] == since
