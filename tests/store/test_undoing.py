"""What was forgotten never comes back, and an undo that would need it says so before anything else."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from c4l.domain.errors import Refused
from c4l.domain.terms import ClientRef, Kind
from c4l.store import clients, forgetting, traces
from c4l.store.store import Changes, Store
from c4l.store.undoing import undo
from tests.domain.books import TODAY
from tests.store.whole import everything


def add(changes: Changes, *names: str) -> list[ClientRef]:
    return [clients.add(changes, name=name, kind=Kind.friend, added_on=TODAY) for name in names]


def rename(changes: Changes, who: ClientRef) -> None:
    changes.update("client", who.id, role="buyer")


def let_go(changes: Changes, who: ClientRef) -> None:
    person = forgetting.person(changes, who)
    assert person is not None
    forgetting.forget(changes, person)


def without_a_trace(changes: Changes, who: ClientRef) -> None:
    changes.update("client", who.id, role="head of finance")
    traces.forget(changes, {"client": [who.id]})


@pytest.mark.parametrize("forget", [let_go, without_a_trace])
@pytest.mark.parametrize("number", [1, 2])
def test_what_added_or_changed_somebody_who_is_forgotten_is_not_undone(
    store: Store, path: Path, number: int, forget: Callable[[Changes, ClientRef], None]
) -> None:
    with store.writing("import") as changes:
        jane, _ = add(changes, "Jane Doe", "Bob Stone")
    with store.writing("client edit") as changes:
        rename(changes, jane)
    with store.writing("client forget") as changes:
        forget(changes, jane)
    before = everything(path)
    with (
        pytest.raises(Refused, match=f"entry {number} cannot be undone: what it did was forgotten"),
        store.writing("undo") as changes,
    ):
        undo(changes, number)
    assert everything(path) == before


def test_what_removed_something_of_theirs_is_not_undone(store: Store) -> None:
    with store.writing("client add") as changes:
        [jane] = add(changes, "Jane Doe")
        tag = changes.insert("tag", client_id=jane.id, name="board", name_key="board")
    with store.writing("tag") as changes:
        changes.delete("tag", tag)
    with store.writing("client forget") as changes:
        let_go(changes, jane)
    with pytest.raises(Refused, match=r"entry 2 .* forgotten"), store.writing("undo") as changes:
        undo(changes, 2)


def test_what_did_nothing_with_them_is_undone(store: Store, path: Path) -> None:
    with store.writing("client add") as changes:
        [jane] = add(changes, "Jane Doe")
    with store.writing("client add") as changes:
        add(changes, "Bob Stone")
    with store.writing("client forget") as changes:
        let_go(changes, jane)
    with store.writing("undo") as changes:
        undo(changes, 2)
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("SELECT name FROM client").fetchall() == []
