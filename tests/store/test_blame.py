"""What nobody foresaw is told as damage where the book is damaged, and as a defect where it is not."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from c4l.domain.errors import Unusable
from c4l.store import chain
from c4l.store.blame import blamed
from c4l.store.store import Transaction
from tests.commands.conftest import Book
from tests.conftest import Cli


@pytest.fixture
def written(cli: Cli, home: dict[str, str]) -> Book:
    book = Book(cli, home)
    book.done("client", "add", "Jane Doe")
    book.done("log", "jane", "asked us first", "-s", "consulted", "-i", "the deck by 2026-11-30")
    book.done("edit", "i1", "--note", "asked us before choosing")
    return book


def damaged(book: Book, statement: str) -> None:
    with closing(sqlite3.connect(book.path)) as opened, opened:
        assert opened.execute(statement).rowcount


@pytest.mark.parametrize(
    ("statement", "words", "told"),
    [
        ("UPDATE promise SET made_on = '2026-11-3q'", ["promises"], "promise 1 is not what was written"),
        ("UPDATE interaction SET channel = 'cbll'", ["interactions"], "interaction i1 is not what was written"),
        ("UPDATE interaction SET happened_on = x'ff'", ["show", "i1"], "interaction i1 is not what was written"),
        ("UPDATE entry SET at = 'never'", ["history"], "entry 1 of the journal is not what was written"),
        (
            "UPDATE entry SET verb = CAST(x'6cff' AS TEXT)",
            ["history"],
            "entry 1 of the journal is not what was written",
        ),
        ("UPDATE change SET digests = 5 WHERE id = 1", ["undo", "1"], "entry 1 of the journal is not what was written"),
        (
            "UPDATE change SET before = '[[' WHERE before IS NOT NULL",
            ["undo", "3"],
            "entry 3 of the journal is not what was",
        ),
    ],
)
def test_what_a_damaged_row_brings_about_is_told_as_damage(
    written: Book, cli: Cli, statement: str, words: list[str], told: str
) -> None:
    damaged(written, statement)

    answered = cli(*words)

    assert (answered.code, answered.out) == (5, ""), answered
    assert answered.err.startswith("c4l: error: the book is damaged: ")
    assert told in answered.err
    assert "c4l doctor tells what to do" in answered.err


@pytest.mark.parametrize("error", [ValueError("no day"), KeyError("id"), sqlite3.IntegrityError("constraint failed")])
def test_in_a_whole_book_it_stays_what_it_is(written: Book, error: Exception) -> None:
    with pytest.raises(type(error)), blamed(written.path):
        raise error


def test_where_there_is_no_book_there_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no day"), blamed(tmp_path / "none.db"):
        raise ValueError("no day")


def test_what_was_foreseen_is_told_as_it_is(written: Book) -> None:
    damaged(written, "UPDATE promise SET due_on = 7")
    with pytest.raises(Unusable, match="the disk is full"), blamed(written.path):
        raise Unusable("the disk is full")


# The journal


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE client SET role = role WHERE id = 1", []),
        ("UPDATE change SET before = replace(before, 'first', 'f1rst') WHERE before IS NOT NULL", [6]),
        ("UPDATE change SET before = '[' WHERE before IS NOT NULL", [6]),
    ],
)
def test_a_change_that_tells_of_what_never_was_is_found(written: Book, statement: str, broken: list[int]) -> None:
    damaged(written, statement)
    with closing(sqlite3.connect(written.path)) as opened:
        [number] = [number for (number,) in opened.execute("SELECT id FROM change WHERE before IS NOT NULL")]
        assert list(chain.broken(Transaction(opened))) == [number for _ in broken]
