"""The journal holds what it takes to undo every command exactly, and to find a row that changed by itself."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from c4l.store import compiled, journal, seals, store
from c4l.store.connection import connect_empty
from c4l.store.journal import DIGEST_BYTES, RUN, Row, digest
from c4l.store.store import Changes, Transaction
from tests.domain.books import TODAY

Rows = dict[str, dict[int, Row]]
TABLES = ("interaction", "key_date")


class Change(NamedTuple):
    entry: int
    table: str
    first: int
    last: int
    before: list[Row] | None
    digests: list[bytes] | None

    @property
    def numbers(self) -> range:
        return range(self.first, self.last + 1)


def told(connection: sqlite3.Connection, after: int = 0) -> list[Change]:
    """What the journal holds, after a number of change."""
    rows = connection.execute(
        "SELECT entry_id, table_name, first_id, last_id, before, digests FROM change WHERE id > ? ORDER BY id", [after]
    )
    return [
        Change(
            entry,
            table,
            first,
            last,
            None if before is None else [tuple(row) for row in json.loads(before)],
            None if digests is None else _parted(digests),
        )
        for entry, table, first, last, before, digests in rows
    ]


def _parted(digests: bytes) -> list[bytes]:
    return [digests[at : at + DIGEST_BYTES] for at in range(0, len(digests), DIGEST_BYTES)]


def undone(rows: Rows, changes: Iterable[Change]) -> Rows:
    """The rows as they were before some changes; refuses where a row is not as it was left."""
    then = {table: dict(held) for table, held in rows.items()}
    for change in reversed(list(changes)):
        held = then[change.table]
        for place, number in enumerate(change.numbers):
            if change.digests is None:
                assert number not in held
            else:
                assert digest(held.pop(number)) == change.digests[place]
            if change.before is not None:
                assert change.before[place][0] == number
                held[number] = change.before[place]
    return then


def stored(connection: sqlite3.Connection) -> Rows:
    """The rows as they are."""
    return {
        table: {row[0]: row for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")} for table in TABLES
    }


texts = st.sampled_from(("made up", "", "Zoë 🧑‍🤝‍🧑", "NUL \0", '["a", null]', "it's"))


class Book(RuleBasedStateMachine):
    """Commands that change a book at will, some of which fail, beside a plain picture of what it must hold."""

    @initialize()
    def open(self) -> None:
        self.connection = connect_empty()
        self.connection.execute(
            "INSERT INTO client (id, name, name_key, handle, kind, added_on) VALUES (1,'','','','','')"
        )
        self.rows: Rows = {table: {} for table in TABLES}
        self.given: dict[str, int] = dict.fromkeys(TABLES, 0)
        self.seen = 0

    def teardown(self) -> None:
        self.connection.close()

    @rule(data=st.data(), fails=st.sampled_from((False, False, True)))
    def command(self, data: st.DataObject, fails: bool) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        changes = Changes(self.connection, "test")
        rows = {table: dict(held) for table, held in self.rows.items()}
        given = dict(self.given)
        for _ in range(data.draw(st.integers(1, 5))):
            table = data.draw(st.sampled_from(TABLES))
            self._do_something(data, changes, table, rows[table], given)
        if fails:
            self.connection.execute("ROLLBACK")
            return
        changes.end()
        self.connection.execute("COMMIT")
        self._look_back(changes, rows)
        self.rows, self.given = rows, given

    def _do_something(
        self, data: st.DataObject, changes: Changes, table: str, rows: dict[int, Row], given: dict[str, int]
    ) -> None:
        what = data.draw(st.sampled_from(("insert", "insert many", "update", "update", "delete")))
        if what == "insert many":
            new = [_row(table, data.draw(texts)) for _ in range(data.draw(st.integers(0, 8)))]
            numbers = list(changes.insert_many(table, new))
            rows.update({number: (number, *row) for number, row in zip(numbers, new, strict=True)})
        elif what == "insert" or not rows:
            row = _row(table, data.draw(texts))
            numbers = [changes.insert(table, **dict(zip(compiled.COLUMNS[table][1:], row, strict=True)))]
            rows[numbers[0]] = (numbers[0], *row)
        else:
            self._change(data, changes, table, rows, what)
            return
        # A number is new, and in order: it is above all that were ever given and kept.
        assert numbers == list(range(given[table] + 1, given[table] + 1 + len(numbers)))
        given[table] += len(numbers)

    def _change(self, data: st.DataObject, changes: Changes, table: str, rows: dict[int, Row], what: str) -> None:
        number = data.draw(st.sampled_from(sorted(rows)))
        if what == "delete":
            changes.delete(table, number)
            del rows[number]
            return
        row = (number, *_row(table, data.draw(texts)))
        values = dict(zip(compiled.COLUMNS[table][1:], row[1:], strict=True))
        assert changes.update(table, number, **values) == (rows[number] != row)
        rows[number] = row

    def _look_back(self, changes: Changes, rows: Rows) -> None:
        """What the last command left in the journal leads back to the rows as they were, exactly."""
        last = told(self.connection, self.seen)
        self.seen += len(last)
        assert undone(rows, last) == self.rows
        entries = {change.entry for change in last}
        assert entries <= {number for (number,) in self.connection.execute("SELECT max(id) FROM entry")}
        assert len(entries) <= 1
        if rows != self.rows:
            assert entries == {changes.entry}

    @invariant()
    def the_book_holds_what_it_must(self) -> None:
        assert stored(self.connection) == self.rows

    @invariant()
    def the_last_digest_of_every_row_is_that_of_the_row(self) -> None:
        left: dict[tuple[str, int], bytes] = {}
        for change in told(self.connection):
            for place, number in enumerate(change.numbers):
                left.pop((change.table, number), None)
                if change.digests is not None:
                    left[change.table, number] = change.digests[place]
        assert left == {
            (table, number): digest(row) for table, held in self.rows.items() for number, row in held.items()
        }

    @invariant()
    def the_whole_journal_leads_back_to_an_empty_book(self) -> None:
        assert undone(self.rows, told(self.connection)) == {table: {} for table in TABLES}

    @invariant()
    def every_entry_is_sealed(self) -> None:
        assert list(seals.broken(Transaction(self.connection))) == []

    @invariant()
    def no_entry_is_without_a_change(self) -> None:
        entries = {number for (number,) in self.connection.execute("SELECT id FROM entry")}
        assert entries == {change.entry for change in told(self.connection)}


def _row(table: str, text: str) -> tuple[Any, ...]:
    """A row without its number, bound."""
    if table == "interaction":
        return (TODAY.isoformat(), None, "call", None, len(text), text)
    return (1, text, 11, len(text), None)


def test_every_command_can_be_undone_exactly() -> None:
    run_state_machine_as_test(Book, settings=settings(max_examples=30, stateful_step_count=20))


# --- runs ---


@pytest.fixture
def book() -> Iterator[sqlite3.Connection]:
    with closing(connect_empty()) as connection:
        yield connection


def meetings(how_many: int) -> list[tuple[Any, ...]]:
    return [_row("interaction", f"made-up note {number}") for number in range(how_many)]


def runs(changes: Sequence[Change]) -> list[tuple[int, int]]:
    return [(change.first, change.last) for change in changes]


@pytest.mark.parametrize(
    ("how_many", "made"),
    [
        (0, []),
        (1, [(1, 1)]),
        (RUN, [(1, RUN)]),
        (RUN + 1, [(1, RUN), (RUN + 1, RUN + 1)]),
        (2 * RUN + 7, [(1, RUN), (RUN + 1, 2 * RUN), (2 * RUN + 1, 2 * RUN + 7)]),
    ],
)
def test_neighbours_are_told_together_up_to_500(
    book: sqlite3.Connection, how_many: int, made: list[tuple[int, int]]
) -> None:
    assert list(Changes(book, "test").insert_many("interaction", meetings(how_many))) == list(range(1, how_many + 1))
    assert runs(told(book)) == made
    assert RUN == 500


def test_many_rows_are_taken_block_by_block(book: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BLOCK", 3)
    taken: list[int] = []

    def rows() -> Iterator[tuple[Any, ...]]:
        for number, row in enumerate(meetings(8)):
            taken.append(number)
            yield row

    numbers = Changes(book, "test").insert_many("interaction", rows())
    assert next(numbers) == 1
    assert len(taken) == 3
    assert list(numbers) == list(range(2, 9))
    assert runs(told(book)) == [(1, 3), (4, 6), (7, 8)]


def test_what_is_not_alike_or_not_next_to_each_other_is_told_apart(book: sqlite3.Connection) -> None:
    list(Changes(book, "test").insert_many("interaction", meetings(9)))
    rows = stored(book)["interaction"]

    def changed(number: int) -> journal.Pair:
        return rows[number], (*rows[number][:-1], "another note")

    def gone(number: int) -> journal.Pair:
        return rows[number], None

    def new(number: int) -> journal.Pair:
        return None, (number, *meetings(1)[0])

    pairs = [changed(1), changed(2), changed(4), gone(5), gone(6), gone(8), changed(9), new(10), new(11)]
    changes = Changes(book, "test")
    changes.put("interaction", pairs)
    last = [change for change in told(book) if change.entry == changes.entry]
    assert runs(last) == [(1, 2), (4, 4), (5, 6), (8, 8), (9, 9), (10, 11)]
    assert [(change.before is None, change.digests is None) for change in last] == [
        (False, False),
        (False, False),
        (False, True),
        (False, True),
        (False, False),
        (True, False),
    ]
    assert undone(stored(book), last) == {"interaction": rows, "key_date": {}}


# --- numbers and entries ---


def test_numbers_are_not_given_again_after_a_row_is_gone(book: sqlite3.Connection) -> None:
    changes = Changes(book, "test")
    for expected in (1, 2, 3):
        number = changes.insert("interaction", happened_on=TODAY, channel="call", note="")
        assert number == expected
        changes.delete("interaction", number)


def test_each_table_counts_for_itself(book: sqlite3.Connection) -> None:
    assert list(journal.numbers(book, "interaction", 3)) == [1, 2, 3]
    assert list(journal.numbers(book, "promise", 1)) == [1]
    assert list(journal.numbers(book, "interaction", 2)) == [4, 5]


def test_an_entry_says_when_and_by_which_command(book: sqlite3.Connection) -> None:
    changes = Changes(book, "client add")
    assert book.execute("SELECT count(*) FROM entry").fetchone() == (0,)
    changes.insert("interaction", happened_on=TODAY, channel="call", note="")
    ((at, verb, undoes),) = book.execute("SELECT at, verb, undoes FROM entry").fetchall()
    assert (verb, undoes) == ("client add", None)
    assert at.endswith("+00:00")


# --- digests ---


cells = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.text())


@given(st.lists(cells, min_size=1, max_size=6), st.data())
def test_a_digest_tells_any_cell_that_changed(row: list[object], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(row) - 1))
    other = data.draw(cells.filter(lambda cell: cell != row[place]))
    changed = [*row[:place], other, *row[place + 1 :]]
    assert len(digest(row)) == DIGEST_BYTES
    assert digest(row) == digest(tuple(row))
    assert digest(row) != digest(changed)


def test_a_row_that_changed_by_itself_is_found(book: sqlite3.Connection) -> None:
    list(Changes(book, "test").insert_many("interaction", meetings(3)))
    book.execute("UPDATE interaction SET note = 'made-up nose 1' WHERE id = 2")
    with pytest.raises(AssertionError):
        undone(stored(book), told(book))
