"""How the book is asked: by index where a book can be large, and in as many statements however large it is."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from c4l.actions import clients as client_actions
from c4l.actions import log as log_action
from c4l.actions import promises as promise_actions
from c4l.actions import today as today_action
from c4l.actions import triangle as triangle_actions
from c4l.actions import who
from c4l.actions.log import LogDraft
from c4l.actions.promises import Wanted
from c4l.domain.entry import FactDraft, Owed, SignalDraft
from c4l.domain.records import Event, Verb
from c4l.domain.terms import ClientRef, FactKind, Kind, Party
from c4l.domain.thresholds import DEFAULTS
from c4l.store import clients, compiled, connection, interactions
from c4l.store.store import Store, Transaction, joined, narrowed
from tests.domain.books import TODAY, ago
from tests.store.written import grown, write

# --- plans ---


@pytest.fixture(scope="module")
def empty() -> Iterator[sqlite3.Connection]:
    with closing(connection.connect_empty()) as opened:
        yield opened


def plan(opened: sqlite3.Connection, statement: str) -> list[str]:
    """How SQLite goes about a statement, step by step."""
    unbound = dict.fromkeys(re.findall(r":(\w+)", statement), "")
    return [step for *_, step in opened.execute(f"EXPLAIN QUERY PLAN {statement}", unbound)]


def overdue(*more: str) -> tuple[str, ...]:
    return ("open", "due_before", *more)


@pytest.mark.parametrize(
    "filters",
    [overdue("dated"), overdue("owner", "dated"), ("open", "due_by", "dated"), ("open", "dated")],
    ids=",".join,
)
def test_open_promises_are_read_in_order_from_their_own_index(
    empty: sqlite3.Connection, filters: Sequence[str]
) -> None:
    steps = plan(empty, narrowed(compiled.promises, filters, 20))
    assert steps[0].startswith("SEARCH promise USING INDEX promise_open (due_on")
    assert not any("TEMP B-TREE" in step for step in steps)


def test_open_promises_without_a_due_day_are_read_from_it_too(empty: sqlite3.Connection) -> None:
    steps = plan(empty, narrowed(compiled.promises, ("open", "undated"), 20))
    assert steps[0] == "SEARCH promise USING INDEX promise_open (due_on=?)"
    assert not any("TEMP B-TREE" in step for step in steps)


@pytest.mark.parametrize("owner", [(), ("owner",)])
def test_overdue_promises_are_counted_from_it_too(empty: sqlite3.Connection, owner: tuple[str, ...]) -> None:
    statement = f"{compiled.promises.total}{joined(compiled.promises, overdue(*owner))}"
    assert plan(empty, statement) == ["SEARCH promise USING INDEX promise_open (due_on<?)"]


def test_who_asked_how_often_is_read_from_one_index_alone(empty: sqlite3.Connection) -> None:
    steps = plan(empty, compiled.asked_by_client)
    assert any("SEARCH participant USING COVERING INDEX participant_by_client" in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)


@pytest.mark.parametrize(
    ("filters", "step"),
    [
        ((), "SCAN interaction USING COVERING INDEX ix_interaction_happened_on"),
        (("signal",), "SCAN interaction USING COVERING INDEX ix_interaction_happened_on"),
        (("since", "until"), "SEARCH interaction USING COVERING INDEX ix_interaction_happened_on"),
        (("clients",), "SEARCH interaction USING INTEGER PRIMARY KEY"),
        (("clients", "since", "channel"), "SEARCH interaction USING INTEGER PRIMARY KEY"),
        (("clients", "signal_of"), "SEARCH interaction USING INTEGER PRIMARY KEY"),
    ],
)
def test_the_latest_interactions_are_read_in_order_and_those_of_a_client_are_looked_up(
    empty: sqlite3.Connection, filters: Sequence[str], step: str
) -> None:
    steps = plan(empty, narrowed(compiled.interaction_list, filters, 20))
    assert steps[0].startswith(step)
    assert ("USE TEMP B-TREE FOR ORDER BY" in steps) == ("clients" in filters)


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("clients_contacted", "COVERING INDEX participant_by_client"),
        ("first_and_last", "COVERING INDEX participant_by_client"),
        ("last_contact", "COVERING INDEX participant_by_client"),
        ("signals_in_window", "COVERING INDEX signal_by_day"),
        ("slips_in_window", "COVERING INDEX signal_by_client"),
        ("outcomes", "COVERING INDEX promise_by_client"),
        ("moved_unfairly", "COVERING INDEX promise_event_by_promise"),
        ("mine_due", "INDEX promise_open"),
        ("mine_honoured", "INDEX promise_kept"),
        ("mine_honoured", "COVERING INDEX promise_event_by_promise"),
        ("clients_starting", "COVERING INDEX ix_client_name_key"),
        ("handles_taken", "COVERING INDEX sqlite_autoindex_client_1"),
        ("handles_beginning", "COVERING INDEX sqlite_autoindex_client_1"),
        ("recent_contacts", "INDEX participant_by_client"),
        ("contacts_of_client", "INDEX participant_by_client"),
        ("views", "INDEX assessment_by_client"),
        ("contact_by_day", "INDEX ix_interaction_happened_on"),
        ("contact_by_day_with", "INDEX participant_by_client"),
        ("statements_in_window", "INDEX assessment_by_day"),
        ("asked_contacts", "INDEX participant_by_client (client_id=? AND happened_on>? AND happened_on<?)"),
        ("asked_of_clients", "COVERING INDEX participant_by_client"),
        ("signs_of_clients", "INDEX signal_by_client"),
        ("shown_by_clients", "COVERING INDEX signal_by_client"),
        (
            "closed_between",
            "COVERING INDEX promise_by_client (client_id=? AND owner=? AND closed_on>? AND closed_on<?)",
        ),
        ("touched_after", "COVERING INDEX promise_by_client (client_id=? AND owner=? AND closed_on>?)"),
        ("moved_after", "COVERING INDEX promise_event_by_promise"),
        ("overdue_before", "COVERING INDEX promise_by_client (client_id=? AND owner=? AND closed_on=? AND due_on<?)"),
        ("statements_of_clients", "INDEX assessment_by_client"),
        ("promises_of_clients", "INDEX promise_by_client"),
    ],
)
def test_what_the_triangle_and_names_need_is_read_by_index(empty: sqlite3.Connection, name: str, index: str) -> None:
    assert any(f"USING {index}" in step for step in plan(empty, getattr(compiled, name)))


# What reads a whole table, and means to: every client, a part of a name anywhere in it, every slip of a stretch, what
# may be there twice, and who is archived; and of the journal, its newest entries and what looks it over as a whole.
WHOLE_TABLES = {
    "clients_holding",
    "known_all",
    "aliases_all",
    "handles_all",
    "names_all",
    "points_all",
    "sources_all",
    "clients_active",
    "silences",
    "doors_and_thanks",
    "asked_by_client",
    "breaks",
    "moves_told",
    "names_active",
    "aliases_of_names",
    "points_of_all",
    "promises_doubtful",
    "key_dates_active",
    "entries_newest",
    "entries_counted",
    "changes_before",
    "changes_removing",
}


def test_no_other_statement_reads_a_whole_table(empty: sqlite3.Connection) -> None:
    tables = set(compiled.COLUMNS)
    reading = {
        name
        for name, statement in vars(compiled).items()
        if isinstance(statement, str)
        and statement.startswith(("SELECT", "UPDATE", "DELETE"))
        and any(step.split()[0] == "SCAN" and step.split()[1] in tables for step in plan(empty, statement))
    }
    assert reading == WHOLE_TABLES


# --- how many statements ---


@pytest.fixture(scope="module", params=[3, 40], ids="{} clients".format)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book and a larger one; what is asked of them must cost as many statements."""
    path: Path = tmp_path_factory.mktemp("book") / "c4l.db"
    write(path, grown(3, request.param, 8 * request.param))
    return path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that SQLite is asked from now on; what the index of words asks of its own tables is its own."""
    statements: list[str] = []
    connect = connection.connect

    def heard(statement: str) -> None:
        if not statement.startswith("-- "):
            statements.append(statement)

    def overheard(path: Path) -> sqlite3.Connection:
        opened = connect(path)
        opened.set_trace_callback(heard)
        return opened

    monkeypatch.setattr(connection, "connect", overheard)
    return statements


def somebody(path: Path) -> ClientRef:
    with Store.open(path) as store, store.reading() as tx:
        return ClientRef(*tx.all(compiled.refs, clients=[1])[0])


def test_logging_a_note_asks_little_of_any_book(book: Path, asked: list[str]) -> None:
    jane = somebody(book)
    asked.clear()
    with Store.open(book) as store:
        log_action.log(store, [jane], LogDraft("made-up note", TODAY), TODAY)
    assert len(asked) <= 20


def test_logging_all_that_can_be_logged_asks_little_of_any_book(book: Path, asked: list[str]) -> None:
    jane = somebody(book)
    draft = LogDraft(
        "made-up note",
        TODAY,
        signals=(SignalDraft("consulted", client=jane), SignalDraft("early", client=jane)),
        facts=(FactDraft(FactKind.goal, "one vendor instead of three", jane),),
        mine=(Owed("send the deck", ago(-5), client=jane),),
        theirs=(Owed("purchase order", ago(-9), client=jane),),
        next_on=ago(-21),
    )
    asked.clear()
    with Store.open(book) as store:
        log_action.log(store, [jane], draft, TODAY)
    # A row costs three: its number, itself, and the journal's word of it.
    assert len(asked) <= 20 + 3 * 6 + 2


@pytest.mark.parametrize("text", ["jane", "client-1", "jane example 000, bob"])
def test_finding_who_is_meant_asks_little_of_any_book(book: Path, asked: list[str], text: str) -> None:
    with Store.open(book) as store:
        who.who(store, text, TODAY)
    assert len(asked) <= 12


def test_overdue_promises_are_listed_in_a_handful_of_statements(book: Path, asked: list[str]) -> None:
    with Store.open(book) as store:
        found = promise_actions.listed(store, TODAY, Wanted(overdue=True))
    assert found.promises
    assert len(asked) <= 6


def test_all_promises_are_listed_in_a_handful_of_statements(book: Path, asked: list[str]) -> None:
    with Store.open(book) as store:
        promise_actions.listed(store, TODAY, Wanted(state=None))
    assert len(asked) <= 7


def test_keeping_a_promise_asks_little_of_any_book(book: Path, asked: list[str]) -> None:
    jane = somebody(book)
    with Store.open(book) as store:
        number = promise_actions.make(store, jane, "send the deck", Party.me, TODAY, ago(3), TODAY).promise.number
        asked.clear()
        promise_actions.happen(store, [number], Event(Verb.kept, TODAY), TODAY)
    assert len(asked) <= 18


def test_the_triangle_asks_a_statement_for_each_kind_of_record(book: Path, asked: list[str]) -> None:
    with Store.open(book) as store:
        triangle_actions.triangle(store, TODAY, TODAY, DEFAULTS, details=None)
    assert len(asked) <= 48


def test_to_say_of_everybody_when_they_fall_and_rise_asks_as_little(book: Path, asked: list[str]) -> None:
    with Store.open(book) as store:
        triangle_actions.triangle(store, TODAY, TODAY, DEFAULTS, changes=True)
    assert len(asked) <= 34


def test_the_morning_asks_a_statement_for_each_kind_of_record(book: Path, asked: list[str]) -> None:
    with Store.open(book) as store:
        today_action.today(store, TODAY, DEFAULTS, lambda tier: 30)
    assert len(asked) <= 52


AT_A_GLANCE = {
    compiled.clients_active,
    compiled.asked_by_client,
    compiled.clients_contacted,
    compiled.signals_in_window,
    compiled.statements_in_window,
}
"""What two criteria compare clients with; it is read of everybody, by few columns."""


def test_the_reasons_of_one_client_cost_the_same_in_any_book_save_what_is_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[str] = Counter()
    everything = Transaction.all

    def counted(tx: Transaction, statement: str, **given: Any) -> list[Any]:
        rows = everything(tx, statement, **given)
        read[statement] += 1 + len(rows)
        return rows

    def reasons_in(others: int) -> Counter[str]:
        path = tmp_path / f"{others}.db"
        write(path, grown(3, others, 8 * others))
        with Store.open(path) as store:
            with store.writing("test") as changes:
                jane = clients.add(changes, name="Jane Example", kind=Kind.customer, added_on=ago(400))
            for days in (400, 200, 100, 9):
                owed = (Owed("send the deck", ago(days), client=jane),)
                log_action.log(store, [jane], LogDraft("made-up note", ago(days), mine=owed), TODAY)
            monkeypatch.setattr(Transaction, "all", counted)
            read.clear()
            triangle_actions.why(store, jane, TODAY, TODAY, DEFAULTS)
            monkeypatch.undo()
        return read.copy()

    small, large = reasons_in(3), reasons_in(60)
    assert {statement for statement in small | large if small[statement] != large[statement]} <= AT_A_GLANCE
    assert sum(large.values()) > sum(small.values()), "otherwise nothing was counted"


def test_a_page_of_clients_asks_a_statement_for_each_kind_of_detail(book: Path, asked: list[str]) -> None:
    with Store.open(book) as store:
        client_actions.listed(store, TODAY, DEFAULTS, client_actions.WantedClients())
    assert len(asked) <= 11


def test_interactions_are_read_all_at_once(book: Path, asked: list[str]) -> None:
    with Store.open(book) as store, store.reading() as tx:
        asked.clear()
        assert len(interactions.by_number(tx, range(1, 21))) == 20
    assert len(asked) == 5 + 1
