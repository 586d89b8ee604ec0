"""Forgetting somebody takes all of theirs and nothing of anybody else's, whatever hangs on it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.records import Records
from c4l.domain.terms import Channel, ClientRef, Kind, Party
from c4l.store import clients, compiled, forgetting, history, interactions, promises
from c4l.store.journal import Row
from c4l.store.store import Changes, Store
from tests.domain.books import TODAY, books
from tests.store.written import put


@pytest.fixture
def people(store: Store) -> tuple[ClientRef, ClientRef]:
    with store.writing("first") as changes:
        jane, bob = (
            clients.add(changes, name=name, kind=Kind.customer, added_on=TODAY) for name in ("Jane Doe", "Bob Stone")
        )
    return jane, bob


def forget(changes: Changes, who: ClientRef) -> forgetting.Gone:
    person = forgetting.person(changes, who)
    assert person is not None
    return forgetting.forget(changes, person)


def rows(changes: Changes) -> dict[str, list[Row]]:
    return {
        table: changes.all(getattr(compiled, f"{table}_between"), first=0, last=2**62) for table in compiled.RECORDS
    }


def test_what_others_promised_in_an_interaction_that_goes_stays_without_it(
    store: Store, people: tuple[ClientRef, ClientRef]
) -> None:
    jane, bob = people
    with store.writing("log") as changes:
        number = interactions.add(
            changes, clients=[jane], on=TODAY, at=None, channel=Channel.call, reached_out=None, minutes=None, note="x"
        )
        for who in (jane, bob):
            promises.add(changes, client=who, by=Party.me, what="deck", made_on=TODAY, due_on=None, interaction=number)
    with store.writing("client forget") as changes:
        gone = forget(changes, jane)
    assert gone.interactions == [number]
    with store.reading() as tx:
        [left] = promises.of_client(tx, bob)
        assert (left.what, left.interaction) == ("deck", None)
        assert list(history.rotten(tx)) == []


@settings(max_examples=15)
@given(book=books(), data=st.data())
def test_of_any_book_exactly_what_is_theirs_goes(book: list[Records], data: st.DataObject) -> None:
    with Store.open(Path("nowhere", "c4l.db")) as store, store.rehearsing("test") as changes:
        written = put(changes, book)
        who = data.draw(st.sampled_from([records.client for records in written]))
        before = rows(changes)
        gone = forget(changes, who)
        after = rows(changes)

    def is_theirs(table: str, row: Row) -> bool:
        cells = dict(zip(compiled.COLUMNS[table], row, strict=True))
        match table:
            case "client":
                return bool(cells["id"] == who.id)
            case "interaction":
                there = {each[2] for each in before["participant"] if each[1] == cells["id"]}
                return there == {who.id}
            case "promise_event":
                return any(each[0] == cells["promise_id"] and each[1] == who.id for each in before["promise"])
            case _:
                return bool(cells["client_id"] == who.id)

    for table in compiled.RECORDS:
        assert after[table] == [row for row in before[table] if not is_theirs(table, row)], table
        assert gone.counts[table] == len(before[table]) - len(after[table])
    assert set(gone.joint) == {row[1] for row in before["participant"] if row[2] == who.id} - set(gone.interactions)
