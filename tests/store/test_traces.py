"""The rows of a client are all found, those that are gone among them; and what is forgotten leaves no trace."""

import sqlite3
from pathlib import Path

import pytest

from c4l.domain.clients import Interaction
from c4l.domain.errors import Refused
from c4l.domain.records import Event, Verb
from c4l.domain.terms import Channel, ClientRef, Detail, FactKind, Kind, Party
from c4l.store import clients, compiled, history, interactions, promises, runs, traces, undoing
from c4l.store.store import Changes, Store
from tests.domain.books import TODAY

MARK = "marzipan"
"""A word that stands in everything about one client, and nowhere else."""


def someone(changes: Changes, name: str) -> ClientRef:
    ref = clients.add(changes, name=name, kind=Kind.customer, added_on=TODAY)
    clients.add_details(changes, ref.id, [(Detail.tag, f"tag of {name}"), (Detail.email, f"{name}@example.test")])
    return ref


def met(changes: Changes, *refs: ClientRef, note: str) -> Interaction:
    """An interaction with a signal, a fact and a promise that was moved, about the first of them."""
    number = interactions.add(
        changes, clients=refs, on=TODAY, at=None, channel=Channel.call, reached_out=None, minutes=None, note=note
    )
    interactions.add_signal(changes, number, refs[0], "door", TODAY, note)
    clients.add_fact(changes, refs[0].id, FactKind.goal, note, TODAY, number)
    made = promises.add(
        changes, client=refs[0], by=Party.me, what=note, made_on=TODAY, due_on=TODAY, interaction=number
    )
    promises.happen(changes, made, Event(Verb.moved, TODAY, TODAY, because=note))
    return interactions.by_number(changes, [number])[0]


def removed(changes: Changes, what: Interaction) -> None:
    interactions.remove(changes, what)
    for number in what.promises:
        promises.remove(changes, number)


@pytest.fixture
def people(store: Store) -> tuple[ClientRef, ClientRef]:
    """Marzipan and Bob: each alone, and together; and the same once more, removed since."""
    with store.writing("first") as changes:
        mark, bob = someone(changes, MARK), someone(changes, "Bob Stone")
    for _ in range(2):
        with store.writing("log") as changes:
            there = [
                met(changes, mark, note=MARK),
                met(changes, bob, note="of Bob's"),
                met(changes, bob, mark, note="joint"),
            ]
    with store.writing("remove") as changes:
        for each in there:
            removed(changes, each)
    return mark, bob


def test_every_row_of_a_client_is_found_and_those_that_are_gone(
    store: Store, people: tuple[ClientRef, ClientRef]
) -> None:
    with store.reading() as tx:
        found = {table: sorted(numbers) for table, numbers in traces.of_clients(tx, [people[0].id]).items() if numbers}
    assert found == {
        "client": [1],
        "tag": [1],
        "contact_point": [1],
        # The first and the third of each three; the second three are gone.
        "interaction": [1, 3, 4, 6],
        "participant": [1, 4, 5, 8],
        "signal": [1, 4],
        "fact": [1, 4],
        "promise": [1, 4],
        "promise_event": [1, 4],
    }


def test_the_entries_of_a_client_are_those_that_touched_their_rows(
    store: Store, people: tuple[ClientRef, ClientRef]
) -> None:
    mark, bob = people
    with store.writing("only Bob") as changes:
        clients.add_details(changes, bob.id, [(Detail.tag, "tea")])
    with store.writing("only Marzipan") as changes:
        clients.set_next(changes, mark.id, TODAY)
    with store.reading() as tx:
        assert traces.entries(tx, [mark.id]) == {1, 2, 3, 4, 6}
        assert traces.entries(tx, [bob.id]) == {1, 2, 3, 4, 5}
        assert traces.entries(tx, [mark.id, bob.id]) == {1, 2, 3, 4, 5, 6}


# --- forgetting ---


def forget(store: Store, mark: ClientRef) -> dict[str, set[int]]:
    """Remove whatever is the client's alone, and empty the journal of it."""
    with store.writing("client forget") as changes:
        rows = traces.of_clients(changes, [mark.id])
        rows["interaction"] = {
            number for number in rows["interaction"] if set(history.participants(changes, number)) == {mark.id}
        }
        for table in reversed(compiled.RECORDS):
            for number in sorted(rows[table]):
                if changes.all(getattr(compiled, f"{table}_get"), id=number):
                    changes.delete(table, number)
        traces.forget(changes, rows)
    return rows


def held(path: Path) -> bytes:
    with sqlite3.connect(path) as connection:
        connection.execute("VACUUM")
    connection.close()
    return path.read_bytes()


def test_nothing_of_what_is_forgotten_is_left_in_the_file(
    store: Store, path: Path, people: tuple[ClientRef, ClientRef]
) -> None:
    assert MARK.encode() in held(path)
    forget(store, people[0])
    store.close()
    left = held(path)
    assert MARK.encode() not in left
    assert b"of Bob's" in left
    assert b"joint" in left


def test_what_was_forgotten_cannot_be_undone(store: Store, people: tuple[ClientRef, ClientRef]) -> None:
    forget(store, people[0])
    for entry in range(1, 6):
        with pytest.raises(Refused, match="what it did was forgotten"), store.writing("undo") as changes:
            undoing.undo(changes, entry)


def test_after_forgetting_everything_else_is_watched_over_and_told(
    store: Store, people: tuple[ClientRef, ClientRef]
) -> None:
    forget(store, people[0])
    with store.reading() as tx:
        assert list(history.rotten(tx)) == []
        told = history.told(tx, history.newest(tx))
    assert [entry.verb for entry in told] == ["client forget", "remove", "log", "log", "first"]
    assert {client.name for entry in told for client in entry.about} == {"Bob Stone"}


def test_what_lies_in_the_same_run_stays(store: Store) -> None:
    with store.writing("import") as changes:
        numbers = list(changes.insert_many("interaction", [("2026-11-22", None, "call", None, None, MARK)] * 5))
    with store.writing("remove") as changes:
        changes.put("interaction", [(row, None) for row in changes.all(compiled.interaction_between, first=1, last=4)])
    with store.writing("forget") as changes:
        traces.forget(changes, {"interaction": [numbers[1], numbers[2]]})
        [added], [gone] = (runs.runs_of(changes, [entry]) for entry in (1, 2))
        first, second = runs.change(changes, added.change), runs.change(changes, gone.change)
        assert [each == traces.EMPTY for each in first.digests or ()] == [False, True, True, False, False]
        assert [row is None for row in second.before or ()] == [False, True, True, False]
        assert (first.before, second.digests) == (None, None)


def test_a_row_that_stays_keeps_only_what_it_is_now(store: Store, path: Path) -> None:
    with store.writing("log") as changes:
        for _ in range(2):
            changes.insert("interaction", happened_on=TODAY, channel="call", note=f"with {MARK}")
    with store.writing("edit") as changes:
        changes.update("interaction", 1, note="with somebody")
    with store.writing("forget") as changes:
        traces.forget(changes, {"interaction": [1]})
        # Of the other, and of what it is now, the digests are kept.
        assert list(history.rotten(changes)) == []
        assert len(runs.touches(changes, "interaction", 1, 1)) == 2
        [before] = [row for (row,) in changes.all("SELECT before FROM change WHERE before IS NOT NULL")]
        assert before == "[null]"
    with pytest.raises(Refused), store.writing("undo") as changes:
        undoing.undo(changes, 2)
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE interaction SET note = 'of another hand' WHERE id = 1")
    connection.close()
    with store.reading() as tx:
        assert list(history.rotten(tx)) == [("interaction", 1)]
