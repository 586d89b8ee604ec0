"""What the doctor reads and takes: an index out of step, rows that changed by themselves, and those that are gone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c4l.domain.errors import Refused
from c4l.store import chain, doctor, history, seals, search
from c4l.store.settling import settle, settle_journal
from c4l.store.store import Store, Transaction
from c4l.store.undoing import undo
from tests.store.frozen import thaw
from tests.store.whole import everything
from tests.store.written import grown, write


@pytest.fixture
def book(path: Path) -> Path:
    write(path, grown(1, 5, 40))
    return path


def spoil(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        for statement in statements:
            opened.execute(statement)


def out_of_step(path: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute("BEGIN")
        return list(search.out_of_step(opened))


def rotten(path: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        return list(history.rotten(Transaction(opened)))


# --- the index of words ---


def test_an_index_in_step_is_found_to_be_so_and_nothing_is_written(book: Path) -> None:
    before = book.read_bytes()
    assert out_of_step(book) == []
    assert book.read_bytes() == before


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(1, 40), max_size=5))
def test_every_text_that_is_not_as_it_is_indexed_is_named(book: Path, numbers: set[int]) -> None:
    copy = book.with_name("copy.db")
    copy.write_bytes(book.read_bytes())
    spoil(copy, *(f"UPDATE interaction SET note = 'quite other words' WHERE id = {number}" for number in numbers))
    assert {place for place in out_of_step(copy) if place[0] == "interaction"} == {
        ("interaction", number) for number in numbers
    }


def test_the_same_words_in_another_order_are_not_the_same(book: Path) -> None:
    spoil(book, "UPDATE interaction SET note = 'note made-up 7' WHERE id = 7")
    assert ("interaction", 7) in out_of_step(book)


# --- rows ---


def test_what_is_settled_is_no_longer_held_against_anything(book: Path) -> None:
    spoil(
        book,
        "UPDATE interaction SET note = 'by another hand' WHERE id IN (3, 4, 9)",
        "DELETE FROM signal WHERE id = 1",
        "UPDATE client SET role = CAST(x'00ff' AS BLOB) WHERE id = 2",
    )
    before = everything(book)["interaction"]
    with Store.open(book) as store, store.writing("accept") as changes:
        told = settle(changes, rotten(book))
    assert told.here == [("interaction", 3), ("interaction", 4), ("interaction", 9)]
    assert told.gone == [("signal", 1)]
    assert told.left == [("client", 2)]
    assert rotten(book) == [("client", 2)]
    assert everything(book)["interaction"] == before


def test_what_was_forgotten_so_cannot_come_back_by_an_undo(book: Path) -> None:
    spoil(book, "DELETE FROM signal WHERE id = 1")
    with Store.open(book) as store:
        with store.writing("accept") as changes:
            settle(changes, [("signal", 1)])
        with store.writing("undo") as changes, pytest.raises(Refused, match="forgotten"):
            undo(changes, 2)


def test_of_what_is_gone_nothing_is_kept_that_it_ever_said(book: Path) -> None:
    with Store.open(book) as store, store.writing("edit") as changes:
        for note in ("zebra words", "later words"):
            changes.update("interaction", 7, note=note)
    spoil(book, "PRAGMA foreign_keys = OFF", "DELETE FROM interaction WHERE id = 7")
    with Store.open(book) as store, store.writing("accept") as changes:
        assert settle(changes, rotten(book)).gone == [("interaction", 7)]
    with closing(sqlite3.connect(book)) as opened:
        assert opened.execute("SELECT count(*) FROM change WHERE before LIKE '%zebra%'").fetchone() == (0,)
    assert rotten(book) == []


@pytest.mark.parametrize(
    ("statement", "count", "left"),
    [
        ("UPDATE entry SET verb = 'rumble' WHERE id = 5", 1, []),
        ("UPDATE entry SET undoes = 2 WHERE id = 5", 1, []),
        ("UPDATE entry SET undoes = 5 WHERE id = 5", 0, [5]),
        ("UPDATE entry SET undoes = 6 WHERE id = 5", 0, [5]),
        ("UPDATE entry SET undoes = -1 WHERE id = 5", 0, [5]),
        ("UPDATE entry SET at = 'noon' WHERE id = 5", 0, [5]),
        ("UPDATE change SET last_id = last_id + 1 WHERE entry_id = 5", 0, [5]),
    ],
)
def test_an_entry_is_taken_as_it_reads_only_where_it_can_be_one(
    path: Path, statement: str, count: int, left: list[int]
) -> None:
    thaw(3, path)
    spoil(path, "PRAGMA foreign_keys = OFF", statement)
    with Store.open(path) as store, store.writing("accept") as changes:
        assert settle_journal(changes) == count
        assert list(seals.broken(changes)) == left


def test_what_cannot_be_mended_is_not_said_to_be(path: Path) -> None:
    """As it was sealed by a migration, when it had changed already."""
    thaw(3, path)
    spoil(path, "UPDATE change SET digests = x'' WHERE entry_id = 1")
    with Store.open(path) as store, store.writing("accept") as changes:
        seals.seal_all(changes)
        found = list(chain.broken(changes))
        assert found
        assert settle_journal(changes) == 0
        assert list(chain.broken(changes)) == found


# --- the examination ---


def test_every_check_is_made_even_where_another_cannot_be(book: Path) -> None:
    with closing(sqlite3.connect(book)) as opened:
        [(root,)] = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'signal'").fetchall()
    content = bytearray(book.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = bytes(4096)
    book.write_bytes(content)
    found = {check.name: check for check in doctor.examined(book, "the way back")}
    assert list(found) == [*(name for name, *_ in doctor.CHECKS), "cut-off"]
    assert found["integrity"].findings
    assert any("not all of it can be read" in each.what for each in found["rows"].findings)
    assert not found["clock"].findings


def test_a_thousand_findings_are_not_told_one_by_one(book: Path) -> None:
    spoil(book, "UPDATE participant SET minutes = 999", "UPDATE signal SET note = 'x'", "UPDATE client SET role = 'x'")
    [found] = [check for check in doctor.examined(book, "the way back") if check.name == "rows"]
    count = len(rotten(book))
    assert count > doctor.MOST
    assert len(found.findings) == doctor.MOST + 1
    assert found.findings[-1].what == f"and {count - doctor.MOST} more"
