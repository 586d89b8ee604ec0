"""The index of words follows every change, holds what the rule holds, and lets an old book in."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.search import Hit, Sought, holds, phrases
from c4l.store import compiled, search
from c4l.store.connection import connect_copy, connect_empty
from c4l.store.store import Changes, Store, Transaction
from tests.domain.books import TODAY, ago

OLD = Path(__file__).with_name("book-v1.sql")
CLIENT = {"name_key": "", "kind": "friend", "added_on": TODAY}


@pytest.fixture
def opened() -> Iterator[sqlite3.Connection]:
    with closing(connect_empty()) as connection:
        yield connection


def found(connection: sqlite3.Connection, words: str, **narrowed: Any) -> list[Hit]:
    return search.find(Transaction(connection), phrases([words]), **narrowed)


def texts(connection: sqlite3.Connection, words: str, **narrowed: Any) -> list[str]:
    return [hit.text for hit in found(connection, words, **narrowed)]


def client(changes: Changes, name: str = "Jane Doe", **more: Any) -> int:
    return changes.insert("client", **{**CLIENT, "name": name, "handle": name, **more})


def note(changes: Changes, text: str, on: date = TODAY) -> int:
    return changes.insert("interaction", happened_on=on, channel="call", note=text)


def everything(changes: Changes) -> None:
    """A text in every table that has some, each with the word `plan`."""
    jane = client(changes, organisation="Plan & Co")
    call = note(changes, "went through the plan", ago(9))
    changes.insert("participant", interaction_id=call, client_id=jane, happened_on=ago(9), asked=False, minutes=15)
    changes.insert("signal", interaction_id=call, client_id=jane, kind="door", seen_on=ago(9), note="showed our plan")
    changes.insert("alias", client_id=jane, name="Plan Jane", name_key="plan jane")
    changes.insert(
        "fact", client_id=jane, interaction_id=call, kind="goal", text="a plan", learned_on=ago(8), outcome="done"
    )
    promise = changes.insert(
        "promise", client_id=jane, owner="me", what="send the plan", made_on=ago(7), state="open", due_on=ago(1)
    )
    changes.insert(
        "promise_event",
        promise_id=promise,
        verb="moved",
        happened_on=ago(6),
        told=True,
        because="no plan",
        plan="a week",
    )


def test_every_text_is_found_newest_first_with_whom_and_what_it_is(opened: sqlite3.Connection) -> None:
    everything(Changes(opened, "test"))

    hits = found(opened, "plan")

    assert [(hit.kind, hit.number, hit.on, hit.what, hit.text) for hit in hits] == [
        ("client", None, TODAY, "name", "Jane Doe, Plan & Co"),
        ("promise", 1, ago(6), "moved", "no plan, a week"),
        ("promise", 1, ago(7), "promise", "send the plan"),
        ("fact", 1, ago(8), "goal", "a plan, done"),
        ("interaction", 1, ago(9), "door", "showed our plan"),
        ("interaction", 1, ago(9), "call", "went through the plan"),
        ("client", None, None, "alias", "Plan Jane"),
    ]
    assert {tuple(ref.name for ref in hit.clients) for hit in hits} == {("Jane Doe",)}


@pytest.mark.parametrize("kind", Sought)
def test_one_kind_alone(opened: sqlite3.Connection, kind: Sought) -> None:
    everything(Changes(opened, "test"))
    tx = Transaction(opened)
    wanted = phrases(["plan"])

    alone = search.find(tx, wanted, kind)

    assert alone == [hit for hit in search.find(tx, wanted) if hit.kind is kind] != []
    assert search.count(tx, wanted, kind, None) == len(alone)


def test_since_a_day_counts_that_day_and_leaves_out_what_has_none(opened: sqlite3.Connection) -> None:
    everything(Changes(opened, "test"))
    tx = Transaction(opened)

    assert texts(opened, "plan", since=ago(7)) == ["Jane Doe, Plan & Co", "no plan, a week", "send the plan"]
    assert search.count(tx, phrases(["plan"]), None, ago(7)) == 3
    assert texts(opened, "plan", limit=2) == ["Jane Doe, Plan & Co", "no plan, a week"]


def test_by_day_then_by_number_whatever_was_entered_first(opened: sqlite3.Connection) -> None:
    changes = Changes(opened, "test")
    for days in (5, 1, 700, 5, -3, 1):
        note(changes, f"plan {days}", ago(days))

    hits = found(opened, "plan")

    assert [(hit.on, hit.number) for hit in hits] == sorted(((hit.on, hit.number) for hit in hits), reverse=True)
    assert [hit.number for hit in hits] == [5, 6, 2, 4, 1, 3]


# Following changes


def test_a_text_that_changes_is_found_by_its_new_words_alone(opened: sqlite3.Connection) -> None:
    changes = Changes(opened, "test")
    number = note(changes, "the café on the corner")

    changes.update("interaction", number, note="the 契約 on the table")
    assert (texts(opened, "cafe"), texts(opened, "契約")) == ([], ["the 契約 on the table"])

    changes.update("interaction", number, happened_on=ago(3))
    assert [hit.on for hit in found(opened, "table")] == [ago(3)]

    changes.update("interaction", number, note="")
    assert texts(opened, "table") == []

    changes.update("interaction", number, note="back again")
    changes.delete("interaction", number)
    assert texts(opened, "back") == []


def test_a_change_of_no_text_leaves_the_index_as_it_is(opened: sqlite3.Connection) -> None:
    changes = Changes(opened, "test")
    number = note(changes, "the plan")
    before = opened.execute("SELECT * FROM search_data").fetchall()

    assert changes.update("interaction", number, minutes=30)

    assert opened.execute("SELECT * FROM search_data").fetchall() == before


def test_made_anew_the_index_holds_the_records_that_there_are(opened: sqlite3.Connection) -> None:
    number = note(Changes(opened, "test"), "the plan")
    opened.execute("DELETE FROM interaction WHERE id = ?", [number])
    tx = Transaction(opened)
    assert (texts(opened, "plan"), search.count(tx, phrases(["plan"]), None, None)) == ([], 1)

    search.rebuild(opened)

    assert search.count(tx, phrases(["plan"]), None, None) == 0


def test_what_is_taken_back_through_the_journal_is_taken_out(opened: sqlite3.Connection) -> None:
    changes = Changes(opened, "test")
    number = note(changes, "the first plan")
    before = changes.all(compiled.interaction_get, id=number)[0]
    changes.update("interaction", number, note="the second draft")
    after = changes.all(compiled.interaction_get, id=number)[0]

    changes.put("interaction", [(after, before)])

    assert texts(opened, "first") == ["the first plan"]
    assert texts(opened, "second") == []


WORDS = ("plan", "Plän", "planned", "café", "契約書", "草", "e-mail", "&", "it's", "Ærø", "")
LINES = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join) | st.text(max_size=8)
STEPS = st.lists(st.tuples(st.sampled_from(("add", "add", "edit", "remove")), LINES, st.integers(0, 4)), max_size=12)


@settings(max_examples=60)
@given(STEPS, st.lists(st.sampled_from((*WORDS, "p", "pla", "案", "e", "aero")), min_size=1, max_size=2).map(" ".join))
def test_the_index_finds_what_the_rule_finds_after_any_changes(steps: list[tuple[str, str, int]], sought: str) -> None:
    with closing(connect_empty()) as opened:
        changes = Changes(opened, "test")
        notes: dict[int, str] = {}
        for step, text, days in steps:
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            if step == "add" or not notes:
                notes[note(changes, text, ago(days))] = text
                continue
            number = sorted(notes)[days % len(notes)]
            if step == "edit":
                changes.update("interaction", number, note=text, happened_on=ago(days))
                notes[number] = text
            else:
                changes.delete("interaction", number)
                del notes[number]
        wanted = phrases([sought])
        expected = {number for number, text in notes.items() if text and holds(text, wanted)}
        if wanted:
            assert {hit.number for hit in found(opened, sought)} == expected
            assert search.count(Transaction(opened), wanted, None, None) == len(expected)
            search.rebuild(opened)
            assert {hit.number for hit in found(opened, sought)} == expected
        opened.execute("INSERT INTO search (search) VALUES ('integrity-check')")


@settings(max_examples=100)
@given(st.text(max_size=10))
def test_any_text_is_found_by_each_of_its_words(text: str) -> None:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    with closing(connect_empty()) as opened:
        note(Changes(opened, "test"), text)
        for word in text.split():
            if phrases([word]):
                assert texts(opened, word) == [text]


def test_many_rows_at_once_are_found_like_single_ones(opened: sqlite3.Connection) -> None:
    rows = [(ago(n % 7).isoformat(), None, "call", None, None, f"plan number{n}") for n in range(12_000)]
    numbers = list(Changes(opened, "test").insert_many("interaction", iter(rows)))

    hits = found(opened, "plan", limit=50)

    assert all(
        (a.on, a.number) > (b.on, b.number) for a, b in pairwise(hits) if a.on and b.on and a.number and b.number
    )
    assert [hit.number for hit in found(opened, "number11999")] == [numbers[-1]]
    assert search.count(Transaction(opened), phrases(["plan"]), None, None) == 12_000


def test_the_index_holds_no_texts(opened: sqlite3.Connection) -> None:
    note(Changes(opened, "test"), "the plan of the café")

    held = b"".join(block for (block,) in opened.execute("SELECT block FROM search_data"))

    assert b"plan" in held
    assert "of the café".encode() not in held


def test_a_word_that_is_in_the_index_and_cannot_be_looked_up_is_told(opened: sqlite3.Connection) -> None:
    changes = Changes(opened, "test")
    words = ("alder", "birch", "cedar")
    for word in words:
        note(changes, word)
    search.let_go(changes)
    [(leaf, block)] = opened.execute("SELECT id, block FROM search_data ORDER BY id DESC LIMIT 1").fetchall()
    # Behind its words a leaf tells where each of them begins, by which they are looked up.
    spoilt = bytearray(block)
    spoilt[int.from_bytes(block[2:4], "big") + 1] ^= 2
    opened.execute("UPDATE search_data SET block = ? WHERE id = ?", [spoilt, leaf])
    with closing(connect_copy(opened)) as reopened:
        assert [word for word in words if texts(reopened, word)] == ["alder"]
        assert list(search.out_of_step(reopened)) == [("interaction", 2), ("interaction", 3)]
        search.rebuild(reopened)
        assert list(search.out_of_step(reopened)) == []
        assert [word for word in words if texts(reopened, word)] == list(words)


# A book of version 1


def rows(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in compiled.RECORDS}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A book as the first version of c4l left it."""
    path = tmp_path / "c4l.db"
    with closing(sqlite3.connect(path)) as book:
        book.executescript(OLD.read_text(encoding="utf-8"))
    return path


def test_a_book_of_version_1_comes_with_every_row_and_can_be_searched(old: Path) -> None:
    with closing(sqlite3.connect(old)) as book:
        before = rows(book)
        assert book.execute("PRAGMA user_version").fetchone() == (1,)
    assert all(before[table] for table in search.SOURCES)

    with Store.open(old) as store, store.reading() as tx:
        for words, text in (
            ("cafe terrace", "walked through the café terrace"),
            ("cfo", "introduced us to their CFO"),
            ("vendor", "one vendor instead of three"),
            ("deck", "send the deck"),
            ("legal monday", "legal asked for a review, first half on Monday"),
            ("muller", "Zoë Nádir, Café Müller, buyer"),
            ("zo", "Zo"),
            ("草案", "契約書の草案を送る"),
        ):
            assert text in [hit.text for hit in search.find(tx, phrases([words]))], words
    with closing(sqlite3.connect(old)) as book:
        assert rows(book) == before
        assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_upgraded_book_goes_on_being_indexed(old: Path) -> None:
    with Store.open(old) as store:
        with store.writing("log") as changes:
            note(changes, "something new")
            changes.update("interaction", 1, note="walked through nothing")
        with store.reading() as tx:
            assert [hit.number for hit in search.find(tx, phrases(["something new"]))] == [4]
            assert search.find(tx, phrases(["terrace"])) == []
