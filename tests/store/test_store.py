"""One action, one transaction: all of it or no trace of it, and every text exactly as it was."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from c4l.domain.errors import Unusable
from c4l.domain.terms import Kind, State
from c4l.store import compiled, connection, search
from c4l.store.journal import Row
from c4l.store.store import Changes, Store, Transaction, bound
from tests.domain.books import TODAY
from tests.store.rights import as_an_ordinary_user

Use = Callable[[Store], AbstractContextManager[Transaction]]


def writing(store: Store) -> AbstractContextManager[Changes]:
    return store.writing("test")


def rehearsing(store: Store) -> AbstractContextManager[Changes]:
    return store.rehearsing("test")


class Slip(Exception):
    """What goes wrong in an action."""


def add_jane(changes: Changes) -> int:
    return changes.insert(
        "client", name="Jane Example", name_key="jane example", handle="jane", kind=Kind.friend, added_on=TODAY
    )


def change_much_and_slip(changes: Changes) -> None:
    changes.update("client", 1, name="Bob Sample")
    changes.insert("tag", client_id=1, name="vip", name_key="vip")
    changes.delete("tag", 1)
    raise Slip


def dump(path: Path) -> dict[str, list[Row]]:
    """All that a book holds: every row of every table, those included in which the index of words is kept."""
    with closing(sqlite3.connect(path)) as opened:
        tables = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name != ?", [search.NAME])
        return {name: opened.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables.fetchall()}


# --- a book that is not there ---


def test_reading_a_book_that_is_not_there_finds_nothing_and_makes_nothing(store: Store, path: Path) -> None:
    with store.reading() as tx:
        assert tx.all(compiled.known_all, day=TODAY) == []
    assert not path.parent.exists()


def test_rehearsing_on_a_book_that_is_not_there_makes_nothing(store: Store, path: Path) -> None:
    with store.rehearsing("test") as changes:
        assert add_jane(changes) == 1
        assert changes.count(compiled.clients, ()) == 1
    assert not path.parent.exists()


@pytest.mark.parametrize("use", [Store.reading, writing, rehearsing])
def test_a_book_that_was_named_must_be_there_unless_it_begins_just_now(path: Path, use: Use) -> None:
    with Store.open(path, named=True, begins=False) as store:
        with pytest.raises(Unusable, match=f"there is no book at {path}") as refused, use(store):
            pytest.fail("there is no book")
        assert "C4L_DATABASE" in refused.value.hint
        assert not path.parent.exists()
    with Store.open(path, named=True, begins=True) as store, store.reading() as tx:
        assert tx.count(compiled.clients, ()) == 0
    with Store.open(path, named=True, begins=True) as store, store.writing("test") as changes:
        add_jane(changes)
    with Store.open(path, named=True, begins=False) as store, use(store) as tx:
        assert tx.count(compiled.clients, ()) == 1


# --- all or nothing ---


def test_what_was_written_is_there_the_next_time(path: Path) -> None:
    with Store.open(path) as store, store.writing("test") as changes:
        number = add_jane(changes)
    with Store.open(path) as store, store.reading() as tx:
        assert [row[2] for row in tx.all(compiled.refs, clients=[number])] == ["Jane Example"]


def test_an_action_that_fails_leaves_no_trace(store: Store, path: Path) -> None:
    with store.writing("first") as changes:
        add_jane(changes)
    before = dump(path)
    with pytest.raises(Slip), store.writing("second") as changes:
        change_much_and_slip(changes)
    assert dump(path) == before


def test_a_rehearsal_sees_what_it_does_and_leaves_no_trace(store: Store, path: Path) -> None:
    with store.writing("first") as changes:
        add_jane(changes)
    before = dump(path)
    with store.rehearsing("second") as changes:
        changes.update("client", 1, name="Bob Sample")
        assert changes.all(compiled.refs, clients=[1]) == [(1, "jane", "Bob Sample")]
    assert dump(path) == before


def test_an_action_that_changes_nothing_leaves_no_entry(store: Store, path: Path) -> None:
    with store.writing("first") as changes:
        add_jane(changes)
    before = dump(path)
    with store.writing("second") as changes:
        assert not changes.update("client", 1, name="Jane Example", kind=Kind.friend, added_on=TODAY)
    assert dump(path) == before


def test_a_store_goes_on_after_an_action_that_failed(store: Store) -> None:
    with pytest.raises(Slip), store.writing("test"):
        raise Slip
    with store.writing("test") as changes:
        assert add_jane(changes) == 1


def test_a_row_that_refers_to_nobody_is_not_taken(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), store.writing("test") as changes:
        changes.insert("tag", client_id=9, name="vip", name_key="vip")


def test_rows_that_wait_are_there_for_whoever_reads(store: Store) -> None:
    with store.writing("test") as changes:
        assert add_jane(changes) == 1
        with changes.gathering():
            # The tag waits before the client to whom the second one belongs.
            assert changes.insert("tag", client_id=1, name="vip", name_key="vip") == 1
            bob = changes.insert("client", name="Bob", name_key="bob", handle="bob", kind="team", added_on=TODAY)
            assert (bob, changes.insert("tag", client_id=bob, name="tea", name_key="tea")) == (2, 2)
            assert [row[1] for row in changes.all(compiled.tags, clients=[1, 2])] == ["tea", "vip"]
            assert changes.update("tag", 2, name="coffee")
            assert changes.insert("tag", client_id=bob, name="late", name_key="late") == 3
            assert [*changes.insert_many("tag", [(1, "more", "more")])] == [4]
        assert changes.insert("tag", client_id=1, name="after", name_key="after") == 5
    with store.reading() as tx:
        assert {row[3]: row[1] for row in tx.all(compiled.tags, clients=[1, 2])} == {
            1: "vip",
            2: "coffee",
            3: "late",
            4: "more",
            5: "after",
        }


def test_rows_that_wait_are_told_to_the_journal_as_one_change_a_table(store: Store) -> None:
    with store.writing("test") as changes, changes.gathering():
        for number in range(1, 4):
            changes.insert("client", name="x", name_key="x", handle=f"x-{number}", kind=Kind.friend, added_on=TODAY)
            changes.insert("tag", client_id=number, name="vip", name_key="vip")
    with store.reading() as tx:
        assert tx.all("SELECT entry_id, table_name, first_id, last_id FROM change ORDER BY id") == [
            (1, "client", 1, 3),
            (1, "tag", 1, 3),
        ]


def test_more_rows_than_fit_a_block_do_not_all_wait(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("c4l.store.store.BLOCK", 2)
    with store.writing("test") as changes:
        add_jane(changes)
        with changes.gathering():
            numbers = [changes.insert("tag", client_id=1, name="vip", name_key="vip") for _ in range(5)]
    assert numbers == [1, 2, 3, 4, 5]
    with store.reading() as tx:
        assert len(tx.all(compiled.tags, clients=[1])) == 5
        assert tx.all("SELECT count(*) FROM change WHERE table_name = 'tag'") == [(3,)]


def test_a_row_that_waits_and_refers_to_nobody_is_not_taken(store: Store) -> None:
    with (
        pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"),
        store.writing("test") as changes,
        changes.gathering(),
    ):
        changes.insert("tag", client_id=9, name="vip", name_key="vip")
    with store.reading() as tx:
        assert tx.all(compiled.tags, clients=[9]) == []


def test_who_stops_reading_half_way_is_not_told_of_it_when_the_book_is_closed(path: Path) -> None:
    with closing(Store.open(path)) as store, store.reading() as tx:
        rows = tx.each("SELECT 1 UNION SELECT 2")
        assert next(rows) == (1,)
    rows.close()  # type: ignore[attr-defined]


def test_a_column_that_is_not_there_is_a_slip_of_the_program(store: Store) -> None:
    with store.rehearsing("test") as changes:
        with pytest.raises(TypeError, match="client has no column nickname"):
            changes.insert("client", nickname="JE")
        number = add_jane(changes)
        with pytest.raises(TypeError, match="client has no column nickname"):
            changes.update("client", number, nickname="JE")


def test_a_reader_sees_the_book_as_it_stood_when_it_began(path: Path) -> None:
    with Store.open(path) as store, store.writing("test") as changes:
        add_jane(changes)
    with Store.open(path) as reader, reader.reading() as tx:
        assert tx.count(compiled.clients, ()) == 1
        with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE client SET name = 'Bob Sample'")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("COMMIT")
            assert tx.all(compiled.refs, clients=[1]) == [(1, "jane", "Jane Example")]


# --- what a user can do something about ---


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that waits 20 ms for others instead of ten seconds."""
    monkeypatch.setattr(connection, "PATIENCE", "PRAGMA busy_timeout = 20")


@contextmanager
def held(path: Path, lock: str) -> Iterator[None]:
    """Another program at work on the book."""
    with Store.open(path) as store, store.writing("test") as changes:
        add_jane(changes)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"BEGIN {lock}")
        yield


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("lock", "use"),
    [("IMMEDIATE", writing), ("EXCLUSIVE", writing), ("EXCLUSIVE", Store.reading), ("EXCLUSIVE", rehearsing)],
)
def test_a_book_that_another_program_holds_is_waited_for_and_then_refused(path: Path, lock: str, use: Use) -> None:
    with held(path, lock), Store.open(path) as store, pytest.raises(Unusable) as refused, use(store):
        pytest.fail("the book was not waited for")
    assert refused.value.message == f"another program has held the book for over 10 seconds: {path}"
    assert refused.value.hint == "end it or wait, then try again"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("use", [Store.reading, rehearsing])
def test_a_book_can_be_read_while_another_program_is_about_to_write(path: Path, use: Use) -> None:
    with held(path, "IMMEDIATE"), Store.open(path) as store, use(store) as tx:
        assert tx.count(compiled.clients, ()) == 1


@pytest.mark.usefixtures("impatient")
def test_a_write_that_a_reader_holds_up_to_the_end_is_undone_in_full(path: Path) -> None:
    with Store.open(path) as store, store.writing("first") as changes:
        add_jane(changes)
    before = dump(path)
    with Store.open(path) as reader, reader.reading() as tx:
        tx.count(compiled.clients, ())
        with (
            Store.open(path) as store,
            pytest.raises(Unusable, match="another program"),
            store.writing("second") as late,
        ):
            late.update("client", 1, name="Bob Sample")
    assert dump(path) == before


@pytest.fixture
def shared() -> Iterator[Path]:
    """A book in a folder that every user of this machine can reach."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        with Store.open(place / "c4l.db") as store, store.writing("test") as changes:
            add_jane(changes)
        (place / "c4l.db").chmod(0o444)
        place.chmod(0o555)
        yield place / "c4l.db"
        place.chmod(0o700)


def test_a_book_that_may_only_be_read_can_be_read(shared: Path) -> None:
    with as_an_ordinary_user(), Store.open(shared) as store, store.reading() as tx:
        assert tx.count(compiled.clients, ()) == 1


def test_on_a_book_that_may_only_be_read_can_be_rehearsed(shared: Path) -> None:
    before = dump(shared)
    with as_an_ordinary_user(), Store.open(shared) as store, rehearsing(store) as changes:
        changes.update("client", 1, name="Bob Sample")
        assert changes.all(compiled.refs, clients=[1]) == [(1, "jane", "Bob Sample")]
    assert dump(shared) == before


def test_a_book_that_may_only_be_read_refuses_writing(shared: Path) -> None:
    with (
        as_an_ordinary_user(),
        Store.open(shared) as store,
        pytest.raises(Unusable) as refused,
        writing(store) as changes,
    ):
        changes.update("client", 1, name="Bob Sample")
    assert refused.value.message == f"the book cannot be written: {shared}"
    assert refused.value.hint == "allow writing to the file and to its folder"


def test_a_book_in_a_folder_that_may_only_be_read_refuses_writing(shared: Path) -> None:
    shared.chmod(0o666)
    before = dump(shared)
    with (
        as_an_ordinary_user(),
        Store.open(shared) as store,
        pytest.raises(Unusable) as refused,
        writing(store) as changes,
    ):
        changes.update("client", 1, name="Bob Sample")
    assert "folder" in refused.value.hint
    assert dump(shared) == before


def test_a_book_that_cannot_be_made_is_refused(shared: Path) -> None:
    new = shared.with_name("new") / "c4l.db"
    with as_an_ordinary_user(), Store.open(new) as store, pytest.raises(Unusable) as refused, writing(store):
        pytest.fail("there is no room for a book")
    assert refused.value.message == f"the book {new} cannot be made: Permission denied"


@pytest.mark.parametrize("use", [Store.reading, rehearsing])
def test_a_book_that_may_not_be_looked_for_does_not_read_as_an_empty_one(shared: Path, use: Use) -> None:
    shared.parent.chmod(0o600)
    with as_an_ordinary_user(), Store.open(shared) as store, pytest.raises(Unusable, match="denied"), use(store):
        pytest.fail("nobody knows what is there")


# --- text ---


def kept_as(text: str) -> object:
    """What comes back of a text that was written, from the row and, once it is gone, from the journal."""
    with Store.open(Path("nowhere.db")).rehearsing("test") as changes:
        number = changes.insert("interaction", happened_on=TODAY, channel="call", note=text)
        (written,) = changes.all(compiled.interactions, interactions=[number])
        changes.delete("interaction", number)
        ((gone,),) = changes.all("SELECT before FROM change WHERE before IS NOT NULL")
        assert tuple(json.loads(gone)[0]) == written
        return written[-1]


@given(st.text())
@example("")
@example("  two\nlines\r\n\ttab  ")
@example("NUL \0 in between \0")
@example("Zoë 🧑‍🤝‍🧑 שלום \u202e नमस्ते e\u0301")
@example("'; DROP TABLE client; --")
@example('"quoted" `ticked` [boxed] %s :day ? \\')
@example("\ufeff\uffff\U0010ffff")
def test_a_text_comes_back_exactly(text: str) -> None:
    assert kept_as(text) == text


@pytest.mark.parametrize(
    ("text", "kept"), [("caf\udce9", "caf\ufffd"), ("\ud83d", "\ufffd"), ("\ud83d!\ude00", "\ufffd!\ufffd")]
)
def test_what_is_no_text_is_kept_as_a_mark(text: str, kept: str) -> None:
    """A byte on the command line that is no UTF-8 reaches Python as half a character."""
    assert kept_as(text) == kept


@given(st.text(st.characters(categories=["Cs", "Lu", "So"])))
def test_whatever_was_typed_can_be_written(text: str) -> None:
    written = bound(text)
    assert isinstance(written, str)
    written.encode("utf-8")
    assert len(written) <= len(text)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (True, 1),
        (14, 14),
        (date(2026, 11, 22), "2026-11-22"),
        (time(9, 5), "09:05"),
        (datetime(2026, 11, 22, 9, 5, tzinfo=UTC), "2026-11-22 09:05:00+00:00"),
        (State.open, "open"),
        ([3, 1, 2], "[3,1,2]"),
        (range(2), "[0,1]"),
        (("a'b", date(2026, 11, 22), None), '["a\'b","2026-11-22",null]'),
    ],
)
def test_a_value_is_kept_in_one_way(value: object, kept: object) -> None:
    assert bound(value) == kept
    assert type(bound(value)) is not bool
