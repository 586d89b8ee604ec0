"""Opening a book: how it is made, whose it is, what is in force, and what is refused untouched."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from c4l import __version__
from c4l.domain.errors import Unusable
from c4l.store import connection, migrations, signature
from c4l.store.connection import connect
from c4l.store.store import Store


def pragma(opened: sqlite3.Connection, name: str) -> object:
    return opened.execute(f"PRAGMA {name}").fetchone()[0]


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077], ids=oct)
def test_a_new_book_and_its_folders_are_the_users_alone(tmp_path: Path, mask: int) -> None:
    path = tmp_path / "deep" / "down" / "c4l.db"
    with umask(mask), closing(connect(path)) as opened:
        opened.execute("BEGIN IMMEDIATE")
        opened.execute("UPDATE counter SET next = 2")
        journal = path.with_name("c4l.db-journal")
        assert [rights(each) for each in (path, journal)] == [0o600, 0o600]
    assert [rights(each) for each in (path.parent, path.parent.parent)] == [0o700, 0o700]


def test_a_folder_and_a_file_that_are_there_keep_their_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    path = tmp_path / "c4l.db"
    path.touch()
    path.chmod(0o640)
    connect(path).close()
    assert (rights(tmp_path), rights(path)) == (0o750, 0o640)


@pytest.mark.parametrize(
    ("folder", "named", "then"),
    [("c4l", False, 0o700), ("c4l", True, 0o755), ("books", False, 0o755), ("books", True, 0o755)],
)
def test_only_c4ls_own_folder_is_closed_to_others(tmp_path: Path, folder: str, named: bool, then: int) -> None:
    place = tmp_path / folder
    place.mkdir()
    place.chmod(0o755)
    with Store.open(place / "c4l.db", named=named) as store, store.writing("test"):
        assert rights(place) == then
    place.chmod(0o755)
    with Store.open(place / "c4l.db", named=named) as store, store.reading():
        assert rights(place) == then


def test_a_book_made_in_place_of_another_opens_no_folder_of_the_users(tmp_path: Path) -> None:
    place = tmp_path / "c4l"
    place.mkdir()
    place.chmod(0o755)
    with Store.open(place / "demo.db", named=True) as store, store.replacing("test"):
        assert rights(place) == 0o755
    assert rights(place / "demo.db") == 0o600


def test_a_link_in_the_place_of_c4ls_own_folder_was_set_by_the_user(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)
    (tmp_path / "c4l").symlink_to(tmp_path / "shared")
    with Store.open(tmp_path / "c4l" / "c4l.db") as store, store.writing("test"):
        assert rights(tmp_path / "shared") == 0o755


def test_a_book_bears_its_mark_and_version(path: Path) -> None:
    connect(path).close()
    with closing(sqlite3.connect(path)) as opened:
        assert pragma(opened, "application_id") == migrations.APPLICATION == int.from_bytes(b"c4l!", "big")
        assert pragma(opened, "user_version") == migrations.CURRENT
        assert pragma(opened, "integrity_check") == "ok"


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("busy_timeout", 10_000),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("journal_mode", "delete"),
        ("synchronous", 3),
    ],
)
def test_the_recipe_is_in_force(path: Path, name: str, value: object, time: str) -> None:
    if time == "second":
        connect(path).close()
    with closing(connect(path)) as opened:
        assert pragma(opened, name) == value
        assert opened.isolation_level is None


def test_opening_a_book_again_writes_nothing(path: Path) -> None:
    connect(path).close()
    before = path.read_bytes()
    connect(path).close()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


# --- what is refused ---


def other_database(path: Path, *pragmas: str) -> None:
    with closing(sqlite3.connect(path)) as opened:
        for each in pragmas:
            opened.execute(f"PRAGMA {each}")
        opened.execute("CREATE TABLE recipe (name TEXT)")
        opened.execute("INSERT INTO recipe VALUES ('made-up soup')")
        opened.commit()


def refusal(path: Path) -> Unusable:
    """Open a file that must be refused, and see that it is left as it was."""
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    for use in (
        Store.reading,
        lambda store: Store.writing(store, "test"),
        lambda store: Store.rehearsing(store, "test"),
    ):
        with Store.open(path) as store, pytest.raises(Unusable) as refused, use(store):
            pytest.fail("the file was taken for a book")
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside
    return refused.value


@pytest.mark.parametrize(
    "pragmas",
    [
        (),
        ("user_version = 1",),
        ("user_version = 7",),
        ("application_id = 1196444487",),
        ("journal_mode = WAL",),
        ("journal_mode = WAL", "user_version = 1"),
    ],
    ids="; ".join,
)
def test_the_database_of_another_program_is_refused_untouched(tmp_path: Path, pragmas: tuple[str, ...]) -> None:
    path = tmp_path / "recipes.db"
    other_database(path, *pragmas)
    error = refusal(path)
    assert error.message == f"this file is not a c4l book: {path}"
    assert error.hint == "name another with --database"


@pytest.mark.parametrize("content", ["?\n", "a shopping list\n", "a shopping list\n" * 1_000], ids=len)
def test_a_text_is_refused_untouched(tmp_path: Path, content: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(content, encoding="utf-8")
    assert refusal(path).message == f"this file is not a c4l book: {path}"


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("UPDATE book SET written_by = 'c4l 0.9.0'", "c4l 0.9.0"),
        ("UPDATE book SET written_by = '  c4l' || char(10, 9) || '0.9.0 '", "c4l 0.9.0"),
        (f"UPDATE book SET written_by = '{'9' * 50}'", f"{'9' * 40}…"),
        ("UPDATE book SET written_by = ' '", "a newer c4l"),
        ("UPDATE book SET written_by = x'6334'", "a newer c4l"),
        ("UPDATE book SET written_by = CAST(x'63ff' AS TEXT)", "a newer c4l"),
        ("UPDATE book SET id = 2", "a newer c4l"),
        ("ALTER TABLE book DROP COLUMN digest", signature.PROGRAM),
        ("ALTER TABLE book RENAME written_by TO program", "a newer c4l"),
        ("DROP TABLE book", "a newer c4l"),
    ],
)
def test_a_book_of_a_newer_c4l_is_refused_untouched_with_what_wrote_it(path: Path, kept: str, told: str) -> None:
    connect(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute(kept)
        opened.execute("PRAGMA user_version = 7")
    error = refusal(path)
    ours = f"this is {signature.PROGRAM} (schema {migrations.CURRENT})"
    assert error.message == f"the book {path} was written by {told} (schema 7); {ours}"
    assert error.hint == "upgrade c4l: pipx upgrade c4l"


def test_a_new_book_says_which_c4l_made_it(path: Path) -> None:
    with closing(connect(path)) as opened:
        assert opened.execute("SELECT id, written_by FROM book").fetchall() == [(1, f"c4l {__version__}")]
        assert signature.is_sound(opened)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE book SET written_by = 'c4l 0.1.1'",
        "UPDATE book SET written_by = CAST(written_by AS BLOB)",
        "UPDATE book SET written_by = CAST(x'63ff' AS TEXT)",
        "UPDATE book SET id = 3",
        "UPDATE book SET digest = x'00000000'",
        "INSERT INTO book (id, written_by, digest) VALUES (2, 'c4l 0.1.0', x'')",
        "DELETE FROM book",
    ],
)
def test_a_signature_that_changed_by_itself_is_not_sound(path: Path, change: str) -> None:
    with closing(connect(path)) as opened:
        opened.execute(change)
        assert not signature.is_sound(opened)


def test_a_damaged_book_is_refused_in_words(path: Path) -> None:
    connect(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    with Store.open(path) as store, pytest.raises(Unusable, match="the book is damaged"), store.reading() as tx:
        tx.all("SELECT * FROM client")


def test_an_empty_file_becomes_a_book(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    connect(path).close()
    with closing(sqlite3.connect(path)) as opened:
        assert pragma(opened, "user_version") == migrations.CURRENT


@pytest.mark.parametrize("place", ["a folder", "a file for a folder"])
def test_a_place_where_no_book_can_be_is_refused_in_words(tmp_path: Path, place: str) -> None:
    if place == "a folder":
        path = tmp_path
    else:
        (tmp_path / "list.txt").touch()
        path = tmp_path / "list.txt" / "c4l.db"
    with Store.open(path) as store, pytest.raises(Unusable) as refused, store.writing("test"):
        pytest.fail("there is no such place")
    assert str(path) in refused.value.message
    assert refused.value.hint


def test_a_book_made_by_another_process_between_two_looks_is_taken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = connection._pragma

    def look_and_be_overtaken(opened: sqlite3.Connection, name: str) -> int:
        found = look(opened, name)
        if name == "application_id" and found == 0:
            monkeypatch.setattr(connection, "_pragma", look)
            connect(path).close()
        return found

    monkeypatch.setattr(connection, "_pragma", look_and_be_overtaken)
    with closing(connect(path)) as opened:
        assert pragma(opened, "user_version") == migrations.CURRENT
