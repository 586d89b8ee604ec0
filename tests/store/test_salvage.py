"""Salvage: whatever was damaged, the new book is whole, and every row is as it was or told of."""

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c4l.domain.errors import Refused
from c4l.store import backup, undoing
from c4l.store.plausible import LOST_WORDS
from c4l.store.salvage import salvage
from c4l.store.store import Store
from tests.store.frozen import VERSIONS, thaw
from tests.store.salvaging import PAGE, honest, root_of, rows, salvaged, spoil
from tests.store.written import grown, write


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of some hundred pages, the larger part of them the index of words."""
    path = tmp_path_factory.mktemp("whole") / "c4l.db"
    write(path, grown(1, 12, 220))
    return path


@pytest.fixture
def wreck(whole: Path, tmp_path: Path) -> Path:
    path = tmp_path / "wreck.db"
    path.write_bytes(whole.read_bytes())
    return path


# --- whatever the damage ---


def test_of_a_whole_book_nothing_is_lost(wreck: Path, whole: Path) -> None:
    told, now = salvaged(wreck)
    assert told.losses == ()
    assert now == rows(whole)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_book_of_an_earlier_version_comes_over(version: int, tmp_path: Path) -> None:
    wreck = thaw(version, tmp_path / "wreck.db")
    told, now = salvaged(wreck)
    assert told.losses == ()
    assert now == rows(wreck)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_done_can_still_be_undone(version: int, tmp_path: Path) -> None:
    salvaged(thaw(version, tmp_path / "wreck.db"))
    with Store.open(tmp_path / "salvaged.db") as store, store.writing("undo") as changes:
        undoing.undo(changes, 5)


def test_what_the_journal_holds_where_it_changed_by_itself_is_not_brought_back(tmp_path: Path) -> None:
    wreck = thaw(3, tmp_path / "wreck.db")
    was = rows(wreck)
    with closing(sqlite3.connect(wreck)) as opened, opened:
        opened.execute("UPDATE change SET before = replace(before, 'one vendor', 'two vendors')")
    told, now = salvaged(wreck)
    assert (told.losses, now) == ((), was)
    with Store.open(tmp_path / "salvaged.db") as store, store.writing("undo") as changes:
        with pytest.raises(Refused, match="entry 10 cannot be undone: what it did was forgotten"):
            undoing.undo(changes, 10)
        undoing.undo(changes, 13)


@pytest.mark.parametrize(("spoilt", "proven"), [(None, True), (13, True), (9, False)])
def test_a_row_has_changed_only_where_the_journal_that_says_so_has_not(
    tmp_path: Path, spoilt: int | None, *, proven: bool
) -> None:
    wreck = thaw(3, tmp_path / "wreck.db")
    with closing(sqlite3.connect(wreck)) as opened, opened:
        opened.execute("UPDATE key_date SET label = 'birthdax' WHERE id = 1")
        opened.execute("UPDATE entry SET at = replace(at, '11-22', '11-21') WHERE id = ?", [spoilt])
    told, _ = salvaged(wreck)
    [loss] = told.losses
    assert (loss.table, loss.number, loss.is_unproven) == ("key_date", 1, not proven)


@settings(max_examples=8, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9), st.integers(1, 6))
def test_whatever_pages_are_lost_the_account_is_honest(wreck: Path, whole: Path, seed: int, pages: int) -> None:
    chance, content = random.Random(seed), bytearray(whole.read_bytes())
    for page in chance.sample(range(1, len(content) // PAGE), pages):
        junk = chance.choice((bytes(PAGE), b"\xff" * PAGE, chance.randbytes(PAGE)))
        content[page * PAGE : (page + 1) * PAGE] = junk
    wreck.write_bytes(content)
    told, now = salvaged(wreck)
    honest(told, rows(whole), now)


@settings(max_examples=9, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_whatever_bits_fall_over_the_account_is_honest(wreck: Path, whole: Path, seed: int) -> None:
    chance, content = random.Random(seed), bytearray(whole.read_bytes())
    for _ in range(chance.choice((1, 5, 25))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    wreck.write_bytes(content)
    told, now = salvaged(wreck)
    honest(told, rows(whole), now)


def test_most_of_a_book_with_one_bad_page_comes_over(wreck: Path, whole: Path) -> None:
    was = rows(whole)
    for page in range(1, whole.stat().st_size // PAGE, 17):
        wreck.write_bytes(whole.read_bytes())
        spoil(wreck, page * PAGE, bytes(PAGE))
        told, now = salvaged(wreck)
        honest(told, was, now)
        assert sum(now.get(key) == row for key, row in was.items()) > len(was) * 0.7, page


def test_what_is_told_to_be_other_than_it_was_is_so(wreck: Path, whole: Path) -> None:
    """Where only the journal is hurt, no row is said to have changed."""
    was = rows(whole)
    unproven = 0
    for page in range(1, whole.stat().st_size // PAGE, 9):
        wreck.write_bytes(whole.read_bytes())
        spoil(wreck, page * PAGE, b"\xff" * 30)
        told, now = salvaged(wreck)
        honest(told, was, now)
        assert not [loss for loss in told.losses if "which is not what was written" in loss.reason], page
        unproven += sum(loss.is_unproven for loss in told.losses)
    assert unproven


# --- by what is lost ---


def test_around_a_bad_page_in_the_middle_of_a_table_both_sides_come_over(wreck: Path, whole: Path) -> None:
    content = whole.read_bytes()
    page = content.index(b"made-up note 110") // PAGE
    on_it = content[page * PAGE : (page + 1) * PAGE].count(b"made-up note")
    spoil(wreck, page * PAGE, bytes(PAGE))
    told, now = salvaged(wreck)
    was = rows(whole)
    honest(told, was, now)
    read = {number for table, number in now if table == "interaction" and now[table, number] == was[table, number]}
    assert {1, 220} <= read
    assert 110 not in read
    assert len(read) == 220 - on_it


@pytest.mark.parametrize(
    ("start", "content"),
    [(0, b"?" * 100), (0, bytes(PAGE)), (16, b"\xff\xff"), (100, b"?" * 200)],
    ids=["header", "first page", "page size", "what made the tables"],
)
def test_a_book_that_lost_its_beginning_is_given_another(wreck: Path, whole: Path, start: int, content: bytes) -> None:
    spoil(wreck, start, content)
    told, now = salvaged(wreck)
    assert told.losses == ()
    assert now == rows(whole)


@pytest.mark.parametrize("index", ["ix_interaction_happened_on", "promise_by_client", "signal_by_day"])
def test_a_lost_index_loses_nothing(wreck: Path, whole: Path, index: str) -> None:
    spoil(wreck, (root_of(whole, index) - 1) * PAGE, bytes(PAGE))
    told, now = salvaged(wreck)
    assert told.losses == ()
    assert now == rows(whole)


def test_a_lost_index_of_words_is_made_anew(wreck: Path, whole: Path) -> None:
    for name in ("search_data", "search_idx", "search_config"):
        spoil(wreck, (root_of(whole, name) - 1) * PAGE, bytes(PAGE))
    told, now = salvaged(wreck)
    assert told.losses == ()
    assert now == rows(whole)


def test_who_took_part_is_told_by_the_indexes(wreck: Path, whole: Path) -> None:
    """Between them they hold every column, and the journal proves that it is all as it was."""
    spoil(wreck, (root_of(whole, "participant") - 1) * PAGE, bytes(PAGE))
    told, now = salvaged(wreck)
    was = rows(whole)
    assert now == was
    assert told.losses == ()


def test_a_lost_table_of_interactions_leaves_their_days_and_what_refers_to_them(wreck: Path, whole: Path) -> None:
    spoil(wreck, (root_of(whole, "interaction") - 1) * PAGE, bytes(PAGE))
    told, now = salvaged(wreck)
    was = rows(whole)
    honest(told, was, now)
    assert {key: row[1] for key, row in now.items() if key[0] == "interaction"} == {
        key: row[1] for key, row in was.items() if key[0] == "interaction"
    }
    assert {row[-1] for key, row in now.items() if key[0] == "interaction"} == {LOST_WORDS}
    others = {key for key in was if key[0] != "interaction"}
    assert {key: now[key] for key in others} == {key: was[key] for key in others}


def test_lost_clients_leave_what_was_written_about_them(wreck: Path, whole: Path) -> None:
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute("DELETE FROM client WHERE id = 7")
    told, now = salvaged(wreck)
    was = rows(whole)
    honest(told, was, now)
    assert now["client", 7][1:4] == ("Unreadable 7", "unreadable 7", "unreadable-7")
    assert {key: row for key, row in now.items() if key != ("client", 7)} == {
        key: row for key, row in was.items() if key != ("client", 7)
    }


def test_promises_outlive_the_interaction_they_were_made_in_and_events_do_not_outlive_their_promise(
    wreck: Path, whole: Path
) -> None:
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute("UPDATE promise SET interaction_id = 99999, what = 'another' WHERE id = 1")
        [(promise,)] = opened.execute("SELECT max(promise_id) FROM promise_event").fetchall()
        opened.execute("DELETE FROM promise WHERE id = ?", [promise])
    told, now = salvaged(wreck)
    honest(told, rows(whole), now)
    reasons = {(loss.table, loss.number): loss.reason for loss in told.losses}
    assert now["promise", 1][2] is None
    assert "without the interaction that it belonged to" in reasons["promise", 1]
    assert ("promise", promise) not in now
    assert {row[1] for key, row in now.items() if key[0] == "promise_event"}.isdisjoint({promise})


@pytest.mark.parametrize(
    ("statement", "table", "number", "said"),
    [
        ("UPDATE interaction SET note = 'changed by hand' WHERE id = 5", "interaction", 5, "carried as it reads"),
        ("UPDATE interaction SET happened_on = '20x6' WHERE id = 5", "interaction", 5, "something stands in its place"),
        ("UPDATE interaction SET minutes = 'long' WHERE id = 5", "interaction", 5, "carried without its minutes"),
        ("UPDATE interaction SET channel = 'smoke' WHERE id = 5", "interaction", 5, "carried without its channel"),
        ("UPDATE client SET added_on = x'00' WHERE id = 5", "client", 5, "something stands in its place"),
        ("DELETE FROM tag", "tag", 1, "lost: it cannot be read"),
    ],
)
def test_what_makes_no_sense_is_told_and_breaks_nothing(
    wreck: Path, statement: str, table: str, number: int, said: str
) -> None:
    with Store.open(wreck) as store, store.writing("tag") as changes:
        changes.insert("tag", client_id=1, name="board", name_key="board")
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute(statement)
    told, _ = salvaged(wreck)
    assert [said in loss.reason for loss in told.losses if (loss.table, loss.number) == (table, number)] == [True]


def test_a_change_that_was_cut_off_is_taken_back(wreck: Path, whole: Path) -> None:
    """Its journal lies beside the book, as kill -9 leaves it."""
    child = os.fork()
    if not child:
        opened = sqlite3.connect(wreck, isolation_level=None)
        opened.execute("PRAGMA cache_size = 1")
        opened.execute("BEGIN")
        opened.execute("UPDATE interaction SET note = 'half done'")
        os._exit(0)
    os.waitpid(child, 0)
    journal = backup.journal_of(wreck)
    assert journal.exists()
    target = wreck.with_name("salvaged.db")
    told = salvage(wreck, target)
    assert told.losses == ()
    assert rows(target) == rows(whole)
    assert journal.exists()


# --- numbers ---


def test_no_number_is_given_out_twice(wreck: Path, whole: Path) -> None:
    spoil(wreck, (root_of(whole, "counter") - 1) * PAGE, bytes(PAGE))
    _, now = salvaged(wreck)
    with Store.open(wreck.with_name("salvaged.db")) as store, store.writing("tag") as changes:
        assert changes.insert("tag", client_id=1, name="a", name_key="a") == 1
        number = changes.insert("interaction", happened_on="2026-11-22", channel="call", note="after the flood")
    assert number == 1 + max(number for table, number in now if table == "interaction")


# --- what is refused ---


@pytest.mark.parametrize("content", [b"", b"a shopping list\n" * 1000, None])
def test_where_nothing_can_be_read_no_book_is_made(tmp_path: Path, content: bytes | None) -> None:
    wreck, target = tmp_path / "wreck.db", tmp_path / "salvaged.db"
    if content is not None:
        wreck.write_bytes(content)
    with pytest.raises(Refused, match=r"nothing can be read of|cannot be read"):
        salvage(wreck, target)
    assert not target.exists()


def test_a_pipe_from_which_nothing_comes_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused, match="pipe is no file"):
        salvage(tmp_path / "pipe", tmp_path / "salvaged.db")


def test_a_file_that_is_there_is_not_written_over(wreck: Path) -> None:
    with pytest.raises(Refused, match="is there already"):
        salvage(wreck, wreck)
