"""What the journal tells of each entry, and which rows are not as it left them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.history import Count, Did, Entry
from c4l.domain.terms import Channel, Kind
from c4l.store import clients, compiled, history, interactions, runs
from c4l.store.connection import connect_empty
from c4l.store.history import Undos
from c4l.store.store import Changes, Transaction
from tests.domain.books import TODAY
from tests.store.written import grown, put


@pytest.fixture
def book() -> Iterator[sqlite3.Connection]:
    with closing(connect_empty()) as connection:
        yield connection


def add(changes: Changes, note: str = "hello") -> int:
    return changes.insert("interaction", happened_on=TODAY, channel="call", note=note)


def told(book: sqlite3.Connection, most: int | None = history.FEW) -> list[Entry]:
    """All entries, the newest first."""
    tx = Transaction(book)
    return history.told(tx, history.newest(tx), most)


# --- what became of each row ---


def test_a_row_is_told_as_the_entry_found_it_and_left_it(book: sqlite3.Connection) -> None:
    number = add(Changes(book, "log"), "one")
    Changes(book, "edit").update("interaction", number, note="two")
    Changes(book, "edit").update("interaction", number, note="three", minutes=5)
    Changes(book, "remove").delete("interaction", number)

    rows = [each.rows[0] for each in told(book) if each.rows]
    notes = [tuple(cells and cells["note"] for cells in (row.before, row.after)) for row in rows]
    assert notes == [("three", None), ("two", "three"), ("one", "two"), (None, "one")]
    assert [row.did for row in rows] == [Did.removed, Did.changed, Did.changed, Did.added]


def test_what_one_entry_did_to_a_row_several_times_is_told_once(book: sqlite3.Connection) -> None:
    first, second = add(Changes(book, "log"), "one"), add(Changes(book, "log"), "back")
    changes = Changes(book, "edit")
    for note in ("two", "three"):
        changes.update("interaction", first, note=note)
    added = add(changes, "new")
    changes.update("interaction", added, note="newer")
    changes.delete("interaction", add(changes, "came and went"))
    for note in ("forth", "back"):
        changes.update("interaction", second, note=note)

    newest = told(book)[0]
    became = [(row.number, row.did, row.cells["note"]) for row in newest.rows or ()]
    assert became == [(1, Did.changed, "three"), (3, Did.added, "newer"), (2, Did.changed, "back")]
    assert newest.counts == (Count("interaction", Did.added, 1), Count("interaction", Did.changed, 2))


def test_where_there_is_much_the_rows_are_only_counted(book: sqlite3.Connection) -> None:
    rows = [(TODAY.isoformat(), None, "call", None, None, "") for _ in range(history.FEW + 1)]
    changes = Changes(book, "import")
    numbers = list(changes.insert_many("interaction", rows))
    changes.update("interaction", numbers[0], note="changed at once")
    changes.delete("interaction", numbers[1])

    [entry] = told(book)
    assert (entry.rows, entry.counts) == (None, (Count("interaction", Did.added, history.FEW),))
    [whole] = told(book, most=None)
    assert len(whole.rows or ()) == history.FEW
    assert [each.rows is None for each in told(book, most=history.FEW + 3)] == [False]


@settings(max_examples=30)
@given(st.data())
def test_counts_are_those_of_the_rows(data: st.DataObject) -> None:
    with closing(connect_empty()) as book:
        there: list[int] = []
        for _ in range(data.draw(st.integers(1, 4))):
            changes = Changes(book, "test")
            for _ in range(data.draw(st.integers(1, 6))):
                what = data.draw(st.sampled_from(("add", "change", "remove"))) if there else "add"
                if what == "add":
                    there.append(add(changes))
                else:
                    number = data.draw(st.sampled_from(there))
                    if what == "change":
                        changes.update("interaction", number, minutes=data.draw(st.integers(1, 10**9)))
                    else:
                        changes.delete("interaction", number)
                        there.remove(number)
        for entry in told(book):
            of = [row.did for row in entry.rows or ()]
            assert {each.did: each.rows for each in entry.counts} == {did: of.count(did) for did in Did if did in of}


def test_who_took_part_is_known_when_the_interaction_is_gone(book: sqlite3.Connection) -> None:
    changes = Changes(book, "log")
    refs = [clients.add(changes, name=name, kind=Kind.customer, added_on=TODAY) for name in ("Jane Doe", "Bob Stone")]
    number = interactions.add(
        changes, clients=refs, on=TODAY, at=None, channel=Channel.call, reached_out=None, minutes=None, note=""
    )
    Changes(book, "edit").update("interaction", number, note="an only change")
    assert told(book)[0].about == tuple(refs)

    removing = Changes(book, "remove")
    interactions.remove(removing, interactions.by_number(removing, [number])[0])
    assert [each.about for each in told(book)] == [tuple(refs)] * 3

    # A client who is gone is called as they were last.
    changes = Changes(book, "undo")
    changes.update("client", refs[1].id, name="Bob Roe")
    changes.delete("client", refs[1].id)
    assert [client.name for client in told(book)[-1].about] == ["Jane Doe", "Bob Roe"]


# --- what stands ---


@pytest.mark.parametrize(
    ("targets", "undone", "stands"),
    [
        ({}, {}, {2, 3, 4, 5}),
        # 4 took 3 back: neither stands on 1.
        ({4: 3}, {3: 4}, {2, 5}),
        # 5 took 4 back, so that 3 stands again.
        ({4: 3, 5: 4}, {4: 5}, {2, 3}),
        # 4 took back what came before 1: it stands on it.
        ({4: 0}, {0: 4}, {2, 3, 4, 5}),
    ],
)
def test_what_was_taken_back_stands_on_nothing(
    targets: dict[int, int], undone: dict[int, int], stands: set[int]
) -> None:
    since = Undos(targets, undone)
    assert {later for later in range(2, 6) if since.stands_on(later, 1)} == stands


def test_an_undo_that_was_undone_is_no_undo(book: sqlite3.Connection) -> None:
    for undoes in (None, None, 2, 3, 1):
        changes = Changes(book, "test")
        changes.undoes = undoes
        add(changes)
    assert history.undos(Transaction(book), 0) == Undos({3: 2, 4: 3, 5: 1}, {1: 5, 3: 4})
    assert history.undos(Transaction(book), 4) == Undos({5: 1}, {1: 5})


# --- what is not as it was left ---


def test_nothing_is_rotten_that_commands_wrote(book: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_BLOCK", 7)
    put(Changes(book, "test"), grown(5, 20, 60))
    tx = Transaction(book)
    assert list(history.rotten(tx)) == []

    for table in compiled.RECORDS:
        book.execute(f"UPDATE counter SET next = 1000 WHERE name = '{table}'")
    assert list(history.rotten(tx)) == []


ROT = [
    ("UPDATE interaction SET note = note || ' ' WHERE id = 12", ("interaction", 12)),
    ("UPDATE interaction SET note = CAST(x'ff68' AS TEXT) WHERE id = 12", ("interaction", 12)),
    ("UPDATE interaction SET note = x'68' WHERE id = 12", ("interaction", 12)),
    ("UPDATE participant SET minutes = minutes + 1 WHERE id = 3", ("participant", 3)),
    ("DELETE FROM participant WHERE id = 3", ("participant", 3)),
    ("UPDATE promise SET owner = 'them', state = 'released' WHERE id = 1", ("promise", 1)),
    (
        "INSERT INTO interaction (id, happened_on, channel, note) VALUES (70, '2026-11-22', 'call', '')",
        ("interaction", 70),
    ),
]


@pytest.mark.parametrize("block", [7, 10_000])
@pytest.mark.parametrize(("by_another_hand", "found"), ROT, ids=[each for each, _ in ROT])
def test_a_row_that_is_not_as_it_was_left_is_named(
    book: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, by_another_hand: str, found: tuple[str, int], block: int
) -> None:
    monkeypatch.setattr(history, "_BLOCK", block)
    put(Changes(book, "test"), grown(5, 20, 60))
    book.execute("UPDATE counter SET next = 71 WHERE name = 'interaction'")
    before = list(book.execute(f"SELECT * FROM {found[0]} WHERE id = ?", [found[1]]))
    book.execute(by_another_hand)
    book.text_factory = bytes
    assert list(book.execute(f"SELECT * FROM {found[0]} WHERE id = ?", [found[1]])) != before
    book.text_factory = str

    assert list(history.rotten(Transaction(book))) == [found]


def test_rows_that_came_back_or_went_are_held_to_the_last_word(book: sqlite3.Connection) -> None:
    changes = Changes(book, "test")
    for note in ("stays", "goes", "changes"):
        add(changes, note)
    changes.delete("interaction", 2)
    changes.update("interaction", 3, note="changed")
    assert list(history.rotten(Transaction(book))) == []
    book.execute("INSERT INTO interaction (id, happened_on, channel, note) VALUES (2, '2026-11-22', 'call', 'goes')")
    book.execute("UPDATE interaction SET note = 'changes' WHERE id = 3")
    assert list(history.rotten(Transaction(book))) == [("interaction", 2), ("interaction", 3)]


# --- which changes reach a row ---


def test_the_changes_of_a_row_are_found_by_their_index(book: sqlite3.Connection) -> None:
    steps = [
        step
        for *_, step in book.execute(
            f"EXPLAIN QUERY PLAN {compiled.changes_over}", {"table": "", "first": 1, "last": 1, "reach": 1, "after": 0}
        )
    ]
    assert steps == ["SEARCH change USING INDEX change_by_rows (table_name=? AND last_id>? AND last_id<?)"]


@given(st.integers(1, 1200), st.integers(0, 700))
@settings(max_examples=15)
def test_a_change_reaches_each_of_its_rows_and_no_other(number: int, many: int) -> None:
    with closing(connect_empty()) as book:
        row: tuple[Any, ...] = (TODAY.isoformat(), None, "call", None, None, "")
        list(Changes(book, "test").insert_many("interaction", [row] * many))
        met = runs.touches(Transaction(book), "interaction", number, number)
        assert len(met) == (number <= many)
        assert all(each.first <= number <= each.last for each in met)
        assert runs.touches(Transaction(book), "interaction", number, number, after=1) == []
