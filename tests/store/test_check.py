"""What `assess` and `check` read of a book: the same as the records say, in as many statements however large it is."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from c4l.actions import assess, check
from c4l.domain.doubts import OVERDUE_DAYS, Owed, Plan
from c4l.domain.duplicates import Named
from c4l.domain.evidence import archived, window
from c4l.domain.own_view import OwnView, own_view
from c4l.domain.placement import place_all
from c4l.domain.promises import standing
from c4l.domain.records import Part, Records, Statement
from c4l.domain.signals import SIGNALS
from c4l.domain.terms import Channel, Detail, Kind, Party, State
from c4l.domain.thresholds import DEFAULTS
from c4l.store import check as stored
from c4l.store import clients, connection, interactions, morning
from c4l.store.store import Store
from tests.domain.books import TODAY, ago
from tests.store.written import grown, write


@pytest.fixture(params=[1, 2, 3], ids="seed {}".format)
def book(request: pytest.FixtureRequest, path: Path) -> list[Records]:
    """A book in which everything happens that can."""
    return write(path, grown(request.param, 30, 200))


def said(records: Records, day: date) -> dict[Part, Statement]:
    """What was last said of each part by a day, of one day what was entered last."""
    known = [statement for statement in records.statements if statement.on <= day]
    return {statement.part: statement for statement in sorted(known, key=lambda each: each.on)}


@pytest.mark.parametrize("days_ago", [0, 200, -30])
def test_every_view_is_held_against_the_tier_of_the_rule(store: Store, book: Sequence[Records], days_ago: int) -> None:
    day = ago(days_ago)
    tiers = {placement.client: placement.tier for placement in place_all(book, day, DEFAULTS).placements}
    expected = {
        records.client: own_view(records.client, tiers[records.client], said(records, day), window(day, DEFAULTS))
        for records in book
        if records.client in tiers
    }
    found: dict[object, OwnView] = {view.client: view for view in assess.views(store, day, DEFAULTS).views}
    assert found == expected
    assert len({view.stands for view in found.values()}) > 2


def test_one_view_is_the_same_as_among_all(store: Store, book: Sequence[Records]) -> None:
    among = {view.client: view for view in assess.views(store, TODAY, DEFAULTS).views}
    for records in book:
        page = assess.one(store, records.client, TODAY, DEFAULTS)
        assert page.view.said == said(records, TODAY)
        assert page.view.tier is (among[records.client].tier if records.client in among else None)
        assert len(page.history) == len(records.statements)


def test_the_promises_in_doubt_are_those_that_the_records_say(store: Store, book: Sequence[Records]) -> None:
    before = TODAY - timedelta(days=OVERDUE_DAYS)
    expected = []
    for records in book:
        away = archived(records, TODAY)
        for promise in records.promises:
            stands = standing(promise)
            due = stands.due_on
            if stands.state is State.open and (away or due is None or due < before):
                expected.append(
                    Owed(promise.number, records.client, promise.by, promise.what, promise.made_on, due, away)
                )
    with store.reading() as tx:
        assert stored.doubtful_promises(tx, TODAY, before) == sorted(expected)
    assert expected


def test_the_names_and_addresses_of_those_who_are_there_are_read(store: Store) -> None:
    with store.writing("test") as changes:
        jane, bob, eve = (
            clients.add(changes, name=name, kind=Kind.customer, added_on=TODAY)
            for name in ("Jane Doe", "Bob Stone", "Eve Ng")
        )
        clients.add_details(changes, jane.id, [(Detail.email, "j@x.test"), (Detail.email, "jane@x.test")], new=True)
        clients.add_details(changes, bob.id, [(Detail.email, "J@X.test"), (Detail.alias, "Jane Doe")], new=True)
        clients.add_details(changes, eve.id, [(Detail.alias, "Evie")], new=True)
        changes.insert("archiving", client_id=eve.id, start_on=TODAY)
        assert stored.names(changes, TODAY) == [
            Named(
                jane,
                "jane doe",
                None,
                (),
                ((Detail.email, "j@x.test", "j@x.test"), (Detail.email, "jane@x.test", "jane@x.test")),
            ),
            Named(bob, "bob stone", None, ("jane doe",), ((Detail.email, "J@X.test", "j@x.test"),)),
        ]


def touch(path: Path, table: str, touched: Sequence[tuple[int, date]]) -> None:
    """Let the journal tell of a change of a row on a day, in the order in which they are given."""
    with closing(sqlite3.connect(path)) as opened, opened:
        for number, day in touched:
            entry = opened.execute("INSERT INTO entry (at, verb) VALUES (?, 'edit')", (f"{day} 09:14:00+00:00",))
            opened.execute(
                "INSERT INTO change (entry_id, table_name, first_id, last_id) VALUES (?, ?, ?, ?)",
                (entry.lastrowid, table, number, number),
            )


def last(touched: Sequence[tuple[int, date]], number: int) -> date:
    return max((day for each, day in touched if each == number), default=date.min)


def test_plans_are_what_the_journal_last_told_of_before_its_day(
    path: Path, store: Store, book: Sequence[Records]
) -> None:
    chance = Random(7)
    on = {contact.number: contact.on for records in book for contact in records.contacts}
    edits = [(number, on[number] + timedelta(days=chance.choice((-9, -1, 0, 1)))) for number in on if number % 4]
    edits += [(number, day - timedelta(days=1)) for number, day in edits[::3]]
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("UPDATE entry SET at = '2020-01-01 09:14:00+00:00'")
        signals = opened.execute("SELECT id, interaction_id FROM signal").fetchall()
    marked = [(signal, number, on[number] + timedelta(days=chance.choice((-3, 0)))) for signal, number in signals[::5]]
    touch(path, "interaction", edits)
    touch(path, "signal", [(signal, day) for signal, _, day in marked])

    known = edits + [(number, day) for _, number, day in marked] + [(number, date(2020, 1, 1)) for number in on]
    active = [records for records in book if not archived(records, TODAY)]
    with_whom = {number: [each for each in active if number in numbers(each)] for number in on}
    expected = [
        Plan(
            number,
            day,
            tuple(each.client for each in with_whom[number]),
            f"made-up note {number}",
            last(known, number),
            tuple(sorted({n for each in with_whom[number] for n in numbers(each) if on[n] == day} - {number})),
        )
        for number, day in on.items()
        if day < ago(14) and with_whom[number] and last(known, number) < day
    ]
    with store.reading() as tx:
        found = stored.plans(tx, morning.silences(tx, TODAY), ago(14))
    assert [each._replace(clients=tuple(sorted(each.clients))) for each in found] == sorted(
        (each._replace(clients=tuple(sorted(each.clients))) for each in expected),
        key=lambda plan: (plan.on, plan.number),
    )
    assert 0 < len(found) < len(on) / 2
    assert any(each.beside for each in found)


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(("at", "ahead"), [("00:30", True), ("04:59", True), ("05:01", False)])
def test_what_was_written_on_the_evening_before_was_ahead_though_the_journal_says_another_day(
    path: Path, store: Store, in_new_york: None, at: str, ahead: bool
) -> None:
    day = date(2026, 11, 5)
    with store.writing("test") as changes:
        jane = clients.add(changes, name="Jane Doe", kind=Kind.customer, added_on=TODAY)
        interactions.add(
            changes, clients=[jane], on=day, at=None, channel=Channel.call, reached_out=None, minutes=None, note="lunch"
        )
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("UPDATE entry SET at = ?", (f"{day} {at}:00.000000+00:00",))
    with store.reading() as tx:
        found = stored.plans(tx, morning.silences(tx, TODAY), ago(14))
    assert [each.touched_on for each in found] == [day - timedelta(days=1)] * ahead


def numbers(records: Records) -> set[int]:
    return {contact.number for contact in records.contacts}


def test_only_who_shows_nothing_is_given_alone(store: Store, book: Sequence[Records]) -> None:
    expected = {}
    recent = window(TODAY, DEFAULTS)
    for records in book:
        seen = [SIGNALS[sign.signal].by for sign in records.signs if recent.holds(sign.on)]
        if seen and Party.them not in seen:
            expected[records.client.id] = len(seen)
    with store.reading() as tx:
        assert stored.given_alone(tx, TODAY, DEFAULTS.window_days) == expected


def asked(path: Path, monkeypatch: pytest.MonkeyPatch, strict: bool) -> int:
    """How many statements it takes to check a book."""
    statements: list[str] = []
    connect = connection.connect

    def overheard(path: Path) -> sqlite3.Connection:
        opened = connect(path)
        opened.set_trace_callback(statements.append)
        return opened

    with monkeypatch.context() as patch, Store.open(path) as store:
        patch.setattr(connection, "connect", overheard)
        found = check.check(store, TODAY, DEFAULTS, strict=strict)
    assert found.findings
    return len(statements)


@pytest.mark.parametrize("how_many", [6, 30, 150], ids="{} clients".format)
@pytest.mark.parametrize(("strict", "most"), [(False, 27), (True, 35)])
def test_a_check_asks_little_of_any_book(
    path: Path, monkeypatch: pytest.MonkeyPatch, how_many: int, strict: bool, most: int
) -> None:
    write(path, grown(3, how_many, 8 * how_many))
    assert asked(path, monkeypatch, strict) <= most


def test_what_the_action_finds_is_what_the_checks_say(store: Store, book: Sequence[Records]) -> None:
    mild = check.check(store, TODAY, DEFAULTS).findings
    strict = check.check(store, TODAY, DEFAULTS, strict=True).findings
    assert [finding for finding in strict if not finding.check.strict] == list(mild)
    assert len(strict) > len(mild) > 0
