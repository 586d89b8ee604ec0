"""A seal proves what the journal says: whatever changes by itself in an entry or a change is found and named."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c4l.domain.errors import Refused, Unusable
from c4l.domain.terms import ClientRef, Kind
from c4l.store import backup, clients, forgetting, restore, seals, traces, undoing
from c4l.store import compiled as q
from c4l.store.connection import Damaged
from c4l.store.journal import seal
from c4l.store.store import Changes, Store, Transaction
from tests.domain.books import TODAY
from tests.store.frozen import thaw
from tests.store.written import grown, put

LAST = 20
"""The newest entry of the frozen book."""


@pytest.fixture
def frozen(path: Path) -> Path:
    """A book with something of everything: runs that were changed, removed, taken back and forgotten."""
    return thaw(3, path)


@pytest.fixture
def opened(frozen: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(frozen, isolation_level=None)) as connection:
        yield connection


def broken(connection: sqlite3.Connection) -> list[int]:
    return list(seals.broken(Transaction(connection)))


# --- what changes by itself ---


@pytest.mark.parametrize(
    ("change", "entries"),
    [
        ("UPDATE client SET role = role", []),
        ("UPDATE entry SET verb = 'keep' WHERE id = 1", [1]),
        ("UPDATE entry SET verb = CAST(verb AS BLOB) WHERE id = 1", [1]),
        ("UPDATE entry SET verb = CAST(x'6cff' AS TEXT) WHERE id = 7", [7]),
        ("UPDATE entry SET verb = CAST(x'6cff' AS TEXT) WHERE id IN (1, 2, 20)", [1, 2, 20]),
        ("UPDATE entry SET at = replace(at, '2026', '2027') WHERE id = 5", [5]),
        ("UPDATE entry SET undoes = NULL WHERE id = 19", [19]),
        ("UPDATE entry SET undoes = 17 WHERE id = 19", [19]),
        ("UPDATE entry SET undoes = 1 WHERE id = 4", [4]),
        ("UPDATE entry SET seal = seal + 1 WHERE id = 3", [3]),
        ("UPDATE entry SET seal = 'x' WHERE id = 3", [3]),
        ("UPDATE entry SET id = 33 WHERE id = 20", [33]),
        ("UPDATE change SET entry_id = entry_id - 1 WHERE id = 6", [1, 2]),
        ("UPDATE change SET id = 99 WHERE id = 12", [2]),
        ("UPDATE change SET table_name = 'tag' WHERE id = 2", [1]),
        ("UPDATE change SET first_id = 0 WHERE id = 2", [1]),
        ("UPDATE change SET last_id = 2 WHERE id = 2", [1]),
        ("UPDATE change SET before = replace(before, 'deck', 'desk') WHERE before IS NOT NULL", [4, 5]),
        ("UPDATE change SET before = CAST(before AS BLOB) WHERE id = 12", [2]),
        ("UPDATE change SET before = CAST(x'5bff' AS TEXT) WHERE id = 12", [2]),
        ("UPDATE change SET before = '[null]' WHERE id = 2", [1]),
        ("UPDATE change SET digests = x'00000000' WHERE id = 2", [1]),
        ("UPDATE change SET digests = NULL WHERE id = 2", [1]),
        ("DELETE FROM change WHERE id = 2", [1]),
        ("INSERT INTO change (entry_id, table_name, first_id, last_id) VALUES (20, 'tag', 1, 1)", [20]),
        ("INSERT INTO entry (at, verb) VALUES ('2026-11-22 12:00:00+00:00', 'log')", [21]),
    ],
)
def test_what_changed_by_itself_is_found_in_its_entry_alone(
    opened: sqlite3.Connection, change: str, entries: list[int]
) -> None:
    assert broken(opened) == []
    assert opened.execute(change).rowcount
    assert broken(opened) == entries


cells = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.text(max_size=9), st.binary(max_size=9))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_other_cell_is_found(opened: sqlite3.Connection, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(("entry", "change")))
    column = data.draw(st.sampled_from(q.COLUMNS[table][1:]))
    [(last,)] = opened.execute(f"SELECT max(id) FROM {table}")
    number = data.draw(st.integers(1, last))
    opened.execute("BEGIN")
    try:
        [(was,)] = opened.execute(f'SELECT "{column}" FROM {table} WHERE id = ?', [number])
        # As a damaged file would hold it: what the table itself forbids is allowed.
        opened.execute("PRAGMA ignore_check_constraints = ON")
        value = data.draw(cells.filter(lambda cell: cell is not None or column in ("undoes", "before", "digests")))
        opened.execute(f'UPDATE {table} SET "{column}" = ? WHERE id = ?', [value, number])
        [(now,)] = opened.execute(f'SELECT "{column}" FROM {table} WHERE id = ?', [number])
        assert bool(broken(opened)) is ((type(was), was) != (type(now), now))
    finally:
        opened.execute("ROLLBACK")


@pytest.mark.parametrize("end", [False, True])
def test_an_entry_is_sealed_when_it_is_whole(store: Store, path: Path, *, end: bool) -> None:
    with store.writing("test") as changes:
        put(changes, grown(3, 6, 20))
        if end:
            # What follows is sealed with it.
            changes.end()
        clients.add(changes, name="One More", kind=Kind.friend, added_on=TODAY)
    with closing(sqlite3.connect(path)) as connection:
        assert broken(connection) == []
        assert connection.execute("SELECT count(*) FROM change").fetchone()[0] > 50


def test_sealing_costs_one_statement(store: Store) -> None:
    with store.writing("test") as changes:
        statements: list[str] = []
        changes._connection.set_trace_callback(statements.append)
        clients.add(changes, name="Jane Doe", kind=Kind.friend, added_on=TODAY)
        changes.end()
        changes._connection.set_trace_callback(None)
    about = [each for each in statements if "entry SET" in each or "INTO entry" in each]
    assert [each.split()[0] for each in about] == ["INSERT", "UPDATE"]
    assert not any(each.startswith("SELECT") and "change" in each for each in statements)


def test_of_a_book_in_which_nothing_was_done_nothing_is_told(store: Store) -> None:
    with store.reading() as tx:
        assert list(seals.broken(tx)) == []


# --- what is written anew ---


def forget_zoe(changes: Changes) -> None:
    [row] = changes.all("SELECT id, handle, name FROM client WHERE handle = 'zoe-nadir'")
    person = forgetting.person(changes, ClientRef(*row))
    assert person is not None
    forgetting.forget(changes, person)


def test_what_is_forgotten_is_sealed_anew(frozen: Path, opened: sqlite3.Connection) -> None:
    before = opened.execute("SELECT id, seal FROM entry").fetchall()
    with Store.open(frozen) as store, store.writing("client forget") as changes:
        forget_zoe(changes)
    assert opened.execute("SELECT count(*) FROM change WHERE before LIKE '%Zo%'").fetchone() == (0,)
    after = opened.execute("SELECT id, seal FROM entry WHERE id <= ?", [LAST]).fetchall()
    assert len(set(before) - set(after)) > 3
    assert broken(opened) == []


def test_forgetting_does_not_hide_what_changed_by_itself(frozen: Path, opened: sqlite3.Connection) -> None:
    opened.execute("UPDATE entry SET verb = 'keep' WHERE id = 1")
    opened.execute("UPDATE change SET last_id = 3 WHERE id = 21")
    found = broken(opened)
    with Store.open(frozen) as store, store.writing("client forget") as changes:
        forget_zoe(changes)
    assert found == broken(opened) == [1, 5]


def test_what_is_emptied_of_the_entry_that_empties_it_is_sealed(store: Store, path: Path) -> None:
    with store.writing("edit") as changes:
        one = clients.add(changes, name="Jane Doe", kind=Kind.friend, added_on=TODAY)
        changes.update("client", one.id, role="a slip")
        changes.update("client", one.id, role="buyer")
        traces.forget(changes, {"client": [one.id]})
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT before FROM change WHERE before IS NOT NULL").fetchall() == [("[null]",)] * 2
        assert broken(connection) == []


# --- what is done about it ---


@pytest.mark.parametrize("number", [1, 4, 19])
def test_an_entry_that_changed_by_itself_is_not_undone(frozen: Path, opened: sqlite3.Connection, number: int) -> None:
    opened.execute("UPDATE entry SET at = replace(at, '11-22', '11-21') WHERE id = ?", [number])
    with (
        pytest.raises(Unusable, match=f"the book is damaged: entry {number} of the journal is not what was written"),
        Store.open(frozen) as store,
        store.writing("undo") as changes,
    ):
        undoing.undo(changes, number)
    assert opened.execute("SELECT count(*) FROM entry").fetchone() == (LAST,)


def test_no_backup_is_made_of_a_journal_that_changed_by_itself(
    frozen: Path, opened: sqlite3.Connection, tmp_path: Path
) -> None:
    opened.execute("UPDATE entry SET undoes = NULL WHERE id = 19")
    with pytest.raises(Damaged, match=r"no backup was made of it: entry 19 of the journal is not what was written"):
        backup.take(frozen, tmp_path / "copy.db")


def test_a_backup_whose_journal_changed_by_itself_is_not_restored(
    frozen: Path, opened: sqlite3.Connection, tmp_path: Path
) -> None:
    opened.execute("UPDATE change SET entry_id = entry_id - 1 WHERE id = 6")
    copy = tmp_path / "copy.db"
    shutil.copyfile(frozen, copy)
    with pytest.raises(Refused, match="is damaged: entry 1 of the journal"), restore.verified(copy, frozen):
        pytest.fail("it was taken for whole")


def test_seals_are_made_alike_for_ever() -> None:
    """Books are held against the seals of today for decades, by whatever Python there will be."""
    assert seal(7, "2026-11-22 09:14:00+00:00", "log", None) == 1873209100
    assert seal(1, "client", 1, 1, '[[1,"Zoë \U0001f469\'s"]]', b"\x00\xff'") == 3501817537
