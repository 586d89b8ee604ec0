"""The journal against itself and its numbers: what an undo would get wrong is found, also in books without seals."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from c4l.domain.terms import Kind
from c4l.store import chain, clients, doctor
from c4l.store.store import Store, Transaction
from tests.domain.books import TODAY
from tests.store.frozen import thaw

LAST = 2**40
"""A number that no book ever came to."""


@pytest.fixture
def frozen(path: Path) -> Path:
    return thaw(3, path)


def found(path: Path, statement: str) -> list[int]:
    """Which changes are broken when something happened to a book."""
    spoil(path, statement)
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        return list(chain.broken(Transaction(opened)))


def spoil(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        assert opened.execute(statement).rowcount


def told(path: Path) -> list[str]:
    """What the doctor finds wrong with the rows."""
    [rows] = [check for check in doctor.examined(path, "") if check.name == "rows"]
    return [finding.what for finding in rows.findings]


def changed(path: Path) -> int:
    """A change that holds what a row was, and what it became."""
    with closing(sqlite3.connect(path)) as opened:
        held = "before IS NOT NULL AND digests IS NOT NULL"
        return int(opened.execute(f"SELECT min(id) FROM change WHERE {held}").fetchone()[0])


def test_in_a_whole_book_everything_agrees(frozen: Path) -> None:
    assert found(frozen, "UPDATE client SET role = role") == []


@pytest.mark.parametrize(
    "statement",
    [
        "last_id = last_id + 1",
        "last_id = last_id + 100",
        "first_id = first_id - 1",
        "before = '[]'",
        "before = '[null,null]'",
        "before = '7'",
        "before = '['",
        "digests = x''",
        "digests = CAST(digests || x'00' AS BLOB)",
        "digests = CAST(digests || digests AS BLOB)",
        "digests = 7",
        "before = CAST(x'5bff' AS TEXT)",
        "before = NULL, digests = NULL",
    ],
)
def test_a_change_that_tells_of_more_or_fewer_rows_than_it_says_is_found(frozen: Path, statement: str) -> None:
    number = changed(frozen)
    assert found(frozen, f"UPDATE change SET {statement} WHERE id = {number}") == [number]


@pytest.mark.parametrize(
    ("following", "beyond", "again"),
    [
        ("next", False, False),
        ("next + 1", False, False),
        (str(LAST), False, False),
        ("next - 1", False, True),
        ("1", True, True),
        ("-5", True, True),
    ],
)
def test_the_next_number_is_held_to_every_row_and_to_all_that_the_journal_knows(
    frozen: Path, following: str, *, beyond: bool, again: bool
) -> None:
    spoil(frozen, f"UPDATE counter SET next = {following} WHERE name = 'client'")
    found = told(frozen)
    assert any("was not written by c4l" in each for each in found) is beyond
    assert any("would be given out again" in each for each in found) is again


def test_a_removed_row_keeps_its_number_for_ever(store: Store, path: Path) -> None:
    with store.writing("tag") as changes:
        one = clients.add(changes, name="Jane Doe", kind=Kind.friend, added_on=TODAY)
        number = changes.insert("tag", client_id=one.id, name="board", name_key="board")
        changes.delete("tag", number)
    spoil(path, f"UPDATE counter SET next = {number} WHERE name = 'tag'")
    assert told(path) == [f"the number of row {number} of tag would be given out again"]


@pytest.mark.parametrize("statement", [f"next = {LAST} WHERE name = 'tag'", f"next = {2**62} WHERE name = 'client'"])
def test_a_number_that_fell_over_far_up_is_not_counted_up_to(frozen: Path, statement: str) -> None:
    """It would be looked for until the end of days."""
    assert found(frozen, f"UPDATE counter SET {statement}") == []
    assert told(frozen) == []
