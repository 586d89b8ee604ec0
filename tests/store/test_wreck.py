"""What a wreck still tells: of how its tables were made, of the numbers there were, and of what was taken back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from c4l.domain.errors import Refused
from c4l.domain.terms import Kind
from c4l.store import clients, history
from c4l.store.salvage import salvage
from c4l.store.store import Store
from tests.domain.books import TODAY
from tests.store.frozen import VERSIONS, thaw
from tests.store.salvaging import PAGE, honest, root_of, rows, salvaged, spoil
from tests.store.written import grown, write


@pytest.fixture
def wreck(tmp_path: Path) -> Path:
    write(tmp_path / "wreck.db", grown(1, 5, 40))
    return tmp_path / "wreck.db"


# --- how its tables were made ---


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("of", "was", "now"),
    [
        ("assessment", "id INTEGER NOT", "Id INTEGER NOT"),
        ("assessment", "id INTEGER NOT", "yd INTEGER NOT"),
        ("assessment", "id INTEGER NOT", 'i" INTEGER NOT'),
        ("assessment", "assessment (", "assessmend ("),
        ("client", "CREATE TABLE", "CREATE \udcd4ABLE"),
        ("interaction", "happened_on", "happened_oo"),
        ("promise", "VARCHAR", "VARC(AR"),
        ("entry", "PRIMARY KEY", "PRIMARY KEX"),
        ("change", "digests", "diwests"),
    ],
)
def test_a_letter_of_what_made_a_table_loses_nothing(tmp_path: Path, version: int, of: str, was: str, now: str) -> None:
    wreck = thaw(version, tmp_path / "wreck.db")
    before, content = rows(wreck), wreck.read_bytes()
    start = content.index(f"CREATE TABLE {of} (".encode())
    spoil(wreck, content.index(was.encode(), start), now.encode("utf-8", "surrogateescape"))
    told, there = salvaged(wreck)
    assert told.losses == ()
    assert there == before


@pytest.mark.parametrize("column", ["type = CAST(type AS BLOB)", "name = 'clienu'", "tbl_name = 'clienu'"])
def test_a_word_of_what_there_is_loses_nothing(wreck: Path, column: str) -> None:
    was = rows(wreck)
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute("PRAGMA writable_schema = ON")
        opened.execute(f"UPDATE sqlite_master SET {column} WHERE name = 'client'")
    told, now = salvaged(wreck)
    assert told.losses == ()
    assert now == was


@pytest.mark.parametrize("kept", [0.2, 0.4, 0.6, 0.8, 0.95])
def test_of_a_book_that_was_cut_short_what_is_left_comes_over(wreck: Path, kept: float) -> None:
    """What tells where the tables begin lies behind some of them."""
    was, content = rows(wreck), wreck.read_bytes()
    wreck.write_bytes(content[: int(len(content) * kept) // PAGE * PAGE])
    told, now = salvaged(wreck)
    assert {key for key in was if key[0] == "client"} <= now.keys()
    assert {key for key, row in now.items() if was.get(key) != row} <= {
        (loss.table, loss.number) for loss in told.losses
    }


def test_in_a_book_that_was_made_anew_no_table_is_taken_to_begin_elsewhere(wreck: Path) -> None:
    was = rows(wreck)
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute("VACUUM")
    page = wreck.read_bytes().index(b"CREATE TABLE promise_event") // PAGE
    assert page
    spoil(wreck, page * PAGE, bytes(PAGE))
    told, now = salvaged(wreck)
    assert {key for key in was if key[0] in ("client", "interaction")} <= now.keys()
    assert {key for key, row in now.items() if was.get(key) != row} <= {
        (loss.table, loss.number) for loss in told.losses
    }


def test_what_another_program_made_is_not_read_as_a_book(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "wreck.db", isolation_level=None)) as opened:
        for number in range(60):
            opened.execute(
                f"CREATE TABLE song{number} (id INTEGER PRIMARY KEY, client_id, name, name_key, happened_on)"
            )
            opened.execute(f"INSERT INTO song{number} VALUES (1, 1, 'la', 'la', '2026-11-22')")
    with pytest.raises(Refused, match="nothing can be read of"):
        salvage(tmp_path / "wreck.db", tmp_path / "salvaged.db")


def test_where_most_of_what_made_the_tables_is_lost_what_can_be_read_still_is(wreck: Path) -> None:
    was = rows(wreck)
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute("PRAGMA writable_schema = ON")
        # Each reads otherwise; an identity that is none any more, and an index of nothing else, lead nowhere.
        opened.execute("UPDATE sqlite_master SET sql = replace(sql, 'CREATE ', 'CREATE  ')")
        opened.execute("UPDATE sqlite_master SET sql = replace(sql, 'id INTEGER', 'Id INTEGER') WHERE name = 'client'")
        opened.execute("UPDATE sqlite_master SET sql = replace(sql, 'id INT', 'id YNT') WHERE name = 'signal'")
        opened.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'happened_on', 'happened_oo') WHERE name = 'interaction'"
        )
    told, now = salvaged(wreck)
    assert {key: row for key, row in now.items() if key[0] in ("client", "promise")} == {
        key: row for key, row in was.items() if key[0] in ("client", "promise")
    }
    assert {loss.table for loss in told.losses} >= {"interaction"}


# --- numbers ---


def test_what_was_given_out_last_and_is_lost_without_a_trace_is_told_and_not_given_out_again(wreck: Path) -> None:
    with Store.open(wreck) as store, store.writing("tag") as changes:
        for name in ("board", "renewal", "gala"):
            changes.insert("tag", client_id=1, name=name, name_key=name)
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute("PRAGMA foreign_keys = OFF")
        opened.execute("DELETE FROM tag WHERE id > 1")
        opened.execute("DELETE FROM change WHERE table_name = 'tag' AND last_id > 1")
    told, _ = salvaged(wreck)
    lost = {(loss.table, loss.number): loss.reason for loss in told.losses}
    assert lost["tag", 2] == lost["tag", 3] == "lost: it cannot be read"
    with Store.open(wreck.with_name("salvaged.db")) as store, store.writing("tag") as changes:
        assert changes.insert("tag", client_id=1, name="a", name_key="a") == 4


def test_what_was_removed_last_is_not_given_out_again_where_only_the_journal_knows_of_it(wreck: Path) -> None:
    with Store.open(wreck) as store, store.writing("tag") as changes:
        number = [changes.insert("tag", client_id=1, name=name, name_key=name) for name in ("board", "gala")][-1]
        changes.delete("tag", number)
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute("UPDATE counter SET next = 1")
    assert salvaged(wreck)[0].losses == ()
    with Store.open(wreck.with_name("salvaged.db")) as store, store.writing("tag") as changes:
        assert changes.insert("tag", client_id=1, name="a", name_key="a") == number + 1


def test_what_stands_in_for_a_lost_row_is_not_given_out_again(wreck: Path) -> None:
    last = max(number for table, number in rows(wreck) if table == "client")
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute("UPDATE participant SET client_id = ? WHERE id = 1", [last + 3])
    _, now = salvaged(wreck)
    assert now["client", last + 3][1] == f"Unreadable {last + 3}"
    with Store.open(wreck.with_name("salvaged.db")) as store, store.writing("client add") as changes:
        added = clients.add(changes, name="Zoe Hart", kind=Kind.friend, added_on=TODAY)
    assert added.id == last + 4


@pytest.mark.parametrize("number", [-3, 0, 2**40, 2**63 - 1])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE participant SET client_id = ? WHERE id = 1",
        "UPDATE promise SET interaction_id = ? WHERE id = 1",
        "UPDATE change SET entry_id = ? WHERE id = 2",
        "UPDATE change SET last_id = ? WHERE id = 2",
        "UPDATE change SET id = ? WHERE id = 2",
        "UPDATE entry SET id = ? WHERE id = 2",
        "UPDATE tag SET id = ? WHERE id = 1",
        "UPDATE counter SET next = ? WHERE name = 'promise'",
    ],
)
def test_a_number_that_there_cannot_have_been_is_not_followed(tmp_path: Path, statement: str, number: int) -> None:
    wreck = thaw(3, tmp_path / "wreck.db")
    was = rows(wreck)
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        assert opened.execute(statement, [number]).rowcount
    told, now = salvaged(wreck)
    honest(told, was, now)
    assert {key[1] for key in now} <= set(range(1, 100))


def test_a_number_of_which_only_an_index_tells_is_not_followed_either(wreck: Path) -> None:
    was = rows(wreck)
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute("UPDATE participant SET id = ? WHERE id = 3", [2**40])
    spoil(wreck, (root_of(wreck, "participant") - 1) * PAGE, bytes(PAGE))
    told, now = salvaged(wreck)
    honest(told, was, now)
    assert ("participant", 2**40) not in now
    assert ("participant", 4) in now


# --- what can be said of a row ---


def test_where_the_last_word_on_a_row_is_lost_it_is_not_said_to_have_changed(tmp_path: Path) -> None:
    wreck = thaw(3, tmp_path / "wreck.db")
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        changed = "before IS NOT NULL AND digests IS NOT NULL"
        assert opened.execute(f"UPDATE change SET entry_id = {2**40} WHERE {changed}").rowcount
    told, _ = salvaged(wreck)
    assert told.losses
    assert all(loss.is_unproven for loss in told.losses)


def test_where_the_page_with_the_last_word_on_a_row_is_lost_it_is_not_said_to_have_changed(wreck: Path) -> None:
    with Store.open(wreck) as store:
        for turn in range(60):
            with store.writing("client edit") as changes:
                changes.update("client", 1, role=f"buyer {turn} " + 40 * "of much ")
    was, content = rows(wreck), wreck.read_bytes()
    # Of the one before the last only the journal knows.
    page = content.rindex(b"buyer 58") // PAGE
    assert b"buyer 59" not in content[page * PAGE : (page + 1) * PAGE]
    spoil(wreck, page * PAGE, bytes(PAGE))
    told, now = salvaged(wreck)
    assert now["client", 1] == was["client", 1]
    assert [loss.is_unproven for loss in told.losses if loss[:2] == ("client", 1)] == [True]


def test_what_was_removed_and_is_there_again_is_carried_as_it_reads(wreck: Path) -> None:
    with Store.open(wreck) as store, store.writing("tag") as changes:
        number = changes.insert("tag", client_id=1, name="board", name_key="board")
        changes.delete("tag", number)
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute("INSERT INTO tag (id, client_id, name, name_key) VALUES (?, 1, 'by hand', 'by hand')", [number])
    told, now = salvaged(wreck)
    assert now["tag", number][2] == "by hand"
    assert [(loss.table, loss.number, loss.is_unproven) for loss in told.losses] == [("tag", number, True)]


# --- what was taken back ---


@pytest.mark.parametrize("undoes", ["id", "id + 1", "NULL", "-1", "99"])
def test_what_was_taken_back_leads_back_and_ends(tmp_path: Path, undoes: str) -> None:
    wreck = thaw(3, tmp_path / "wreck.db")
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        assert opened.execute(f"UPDATE entry SET undoes = {undoes} WHERE undoes IS NOT NULL").rowcount
    salvaged(wreck)
    with Store.open(tmp_path / "salvaged.db") as store, store.reading() as tx:
        told = history.told(tx, history.newest(tx))
    assert {entry.undoes for entry in told} == {None}
