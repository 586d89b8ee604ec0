"""The journal against itself and its numbers: what an undo would get wrong is found, also in books without seals."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from c4l.store import chain, history
from c4l.store.store import Transaction
from tests.store.frozen import thaw

LAST = 2**40
"""A number that no book ever came to."""


@pytest.fixture
def frozen(path: Path) -> Path:
    return thaw(3, path)


def found(path: Path, statement: str) -> tuple[list[int], list[tuple[str, int]], list[tuple[str, int]]]:
    """Which changes are broken, which rows have numbers that were never given out, and which would be given again."""
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        assert opened.execute(statement).rowcount
        tx = Transaction(opened)
        return list(chain.broken(tx)), list(chain.beyond(tx)), list(chain.given_again(tx))


def changed(path: Path) -> int:
    """A change that holds what a row was, and what it became."""
    with closing(sqlite3.connect(path)) as opened:
        held = "before IS NOT NULL AND digests IS NOT NULL"
        return int(opened.execute(f"SELECT min(id) FROM change WHERE {held}").fetchone()[0])


def test_in_a_whole_book_everything_agrees(frozen: Path) -> None:
    assert found(frozen, "UPDATE client SET role = role") == ([], [], [])


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
    assert found(frozen, f"UPDATE change SET {statement} WHERE id = {number}")[0] == [number]


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
    told = found(frozen, f"UPDATE counter SET next = {following} WHERE name = 'client'")
    assert (bool(told[1]), bool(told[2])) == (beyond, again)


def test_a_removed_row_keeps_its_number_for_ever(frozen: Path) -> None:
    with closing(sqlite3.connect(frozen)) as opened:
        [(last,)] = opened.execute("SELECT max(last_id) FROM change WHERE table_name = 'participant'").fetchall()
        opened.execute("DELETE FROM participant WHERE id = ?", [last])
        opened.commit()
    _, beyond, again = found(frozen, f"UPDATE counter SET next = {last} WHERE name = 'participant'")
    assert (beyond, again) == ([], [("participant", last)])


@pytest.mark.parametrize("statement", [f"next = {LAST} WHERE name = 'tag'", f"next = {2**62} WHERE name = 'client'"])
def test_a_number_that_fell_over_far_up_is_not_counted_up_to(frozen: Path, statement: str) -> None:
    """It would be looked for until the end of days."""
    assert found(frozen, f"UPDATE counter SET {statement}") == ([], [], [])
    with closing(sqlite3.connect(frozen)) as opened:
        assert list(history.rotten(Transaction(opened))) == []
