"""What the morning page asks of a book: by index, in as many statements however large it is, and as the rules say."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings

from c4l.actions.today import today
from c4l.domain.cadence import Silence
from c4l.domain.evidence import archived
from c4l.domain.opening import unthanked_door
from c4l.domain.records import Records
from c4l.domain.thresholds import DEFAULTS
from c4l.store import compiled, connection, morning
from c4l.store.connection import connect_empty
from c4l.store.store import Changes, Store
from tests.domain.books import TODAY, ago, books
from tests.store.test_queries import plan
from tests.store.written import grown, put, write


@pytest.fixture(scope="module")
def empty() -> Iterator[sqlite3.Connection]:
    with closing(connect_empty()) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("silences", "COVERING INDEX participant_by_client (client_id=?)"),
        ("last_contacts", "INDEX participant_by_client (client_id=? AND happened_on<?)"),
        ("doors_and_thanks", "COVERING INDEX signal_by_client (client_id=? AND kind=? AND seen_on<?)"),
        ("doors", "INDEX signal_by_client (client_id=? AND kind=? AND seen_on<?)"),
        ("key_dates_of_months", "INDEX key_date_by_day (month=?)"),
        ("planned", "COVERING INDEX ix_interaction_happened_on (happened_on>? AND happened_on<?)"),
        ("clients_tagged", "INDEX ix_tag_name_key (name_key=?)"),
    ],
)
def test_the_morning_is_read_by_index(empty: sqlite3.Connection, name: str, index: str) -> None:
    assert any(f"USING {index}" in step for step in plan(empty, getattr(compiled, name)))


@pytest.mark.parametrize("size", [3, 40])
def test_a_page_asks_as_many_statements_of_any_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    write(tmp_path / "c4l.db", grown(3, size, 8 * size))
    asked: list[str] = []
    connect = connection.connect

    def overheard(path: Path) -> sqlite3.Connection:
        opened = connect(path)
        opened.set_trace_callback(asked.append)
        return opened

    monkeypatch.setattr(connection, "connect", overheard)
    with Store.open(tmp_path / "c4l.db") as store:
        page = today(store, TODAY, DEFAULTS, lambda _tier: 14, limit=5)
    assert page.overdue.total
    assert page.quiet.total
    assert len(asked) <= 40


@settings(max_examples=40)
@given(books())
def test_a_book_tells_of_silences_doors_and_last_words_what_its_records_tell(book: list[Records]) -> None:
    with closing(connect_empty()) as opened:
        tx = Changes(opened, "test")
        written = put(tx, book)
        active = [records for records in written if not archived(records, TODAY)]
        silences = morning.silences(tx, TODAY)
        last = morning.last_contacts(tx, [records.client.id for records in written], TODAY)
        doors = morning.doors(tx, morning.doors_unthanked(tx, TODAY), TODAY)
        planned = morning.planned(tx, TODAY, ago(-20))

    assert sorted(silences) == sorted(map(silence, active))
    for records in written:
        past = [(each.on, each.number, each.note) for each in records.contacts if each.on <= TODAY]
        found = last.get(records.client.id)
        assert (found and (found.on, found.number, found.note)) == max(past, default=None)
    owed = [(records.client, door) for records in active if (door := unthanked_door(records, TODAY))]
    assert {(each.client, each.on) for each in doors} == {(client, door.on) for client, door in owed}
    assert [each.on for each in doors] == sorted(each.on for each in doors)
    ahead = [(records.client, each.number) for records in active for each in records.contacts if each.on > TODAY]
    near = {each.number for records in active for each in records.contacts if TODAY < each.on <= ago(-20)}
    assert sorted((client, plan.number) for client, plan in planned) == sorted(
        (client, number) for client, number in ahead if number in near
    )


def silence(records: Records) -> Silence:
    """The same, counted naively."""
    days = [each.on for each in records.contacts]
    past = [day for day in days if day <= TODAY]
    return Silence(
        records.client, records.added_on, last_on=max(past, default=None), planned=any(day > TODAY for day in days)
    )
