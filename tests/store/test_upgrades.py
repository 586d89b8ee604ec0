"""From every version that ever was to the one of today: nothing is lost, and nothing is ever between two versions."""

import os
import re
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c4l.domain.backups import Reason
from c4l.domain.errors import Unusable
from c4l.store import backup, compiled, files, history, journal, migrations, runs, seals, search, signature
from c4l.store.connection import connect
from c4l.store.store import Store, Transaction
from tests.store.frozen import VERSIONS, thaw
from tests.store.whole import Content, everything

OLD = [version for version in VERSIONS if version < migrations.CURRENT]
TEXTS = {
    "client": ("name", "organisation", "role"),
    "interaction": ("note",),
    "signal": ("note",),
    "fact": ("text", "outcome"),
    "promise": ("what",),
    "promise_event": ("because", "plan"),
    "assessment": ("because",),
    "alias": ("name",),
    "tag": ("name",),
    "contact_point": ("value",),
    "key_date": ("label",),
}


def records(path: Path, columns: dict[str, list[str]] | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that holds records or the journal, with the type and the bytes of each field."""
    with closing(sqlite3.connect(path)) as opened:
        opened.text_factory = bytes
        return {
            table: opened.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id").fetchall()
            for table, names in (columns or columns_of(path)).items()
        }


def columns_of(path: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(path)) as opened:
        return {
            table: [f'"{row[1]}"' for row in opened.execute(f"PRAGMA table_info({table})")]
            for (table,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            if not table.startswith(search.NAME)
        }


def upgrade(path: Path) -> None:
    connect(path).close()


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as opened:
        return int(opened.execute("PRAGMA user_version").fetchone()[0])


@pytest.fixture(params=OLD)
def old(request: pytest.FixtureRequest, path: Path) -> Path:
    return thaw(request.param, path)


def test_every_version_has_its_frozen_book() -> None:
    assert list(VERSIONS) == list(range(1, migrations.CURRENT + 1))


@pytest.mark.parametrize("which", VERSIONS)
def test_a_frozen_book_has_something_of_everything(which: int, path: Path) -> None:
    thaw(which, path)
    assert version(path) == which
    assert [table for table, rows in records(path).items() if not rows] == []


@pytest.mark.parametrize("which", VERSIONS)
def test_a_frozen_book_is_read_as_it_was_written(which: int, path: Path) -> None:
    thaw(which, path)
    with Store.open(path) as store, store.reading() as tx:
        assert list(history.rotten(tx)) == []
        assert list(seals.broken(tx)) == []
        assert tx.all(compiled.refs, clients=[1]) == [(1, "zoe-nadir", "Zoë Nádir")]
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []


text = st.text(min_size=1, max_size=60) | st.sampled_from(
    ["\0", "a\0b", "'", '"; --', "\r\n", "👩‍🚀", "\ufeff", "é e\u0301"]
)


def digest_anew(opened: sqlite3.Connection, table: str, number: int) -> None:
    """Let the journal know a row as it is now."""
    [row] = opened.execute(f"SELECT {', '.join(compiled.COLUMNS[table])} FROM {table} WHERE id = ?", [number])
    change, first, digests = opened.execute(
        "SELECT id, first_id, digests FROM change WHERE table_name = ? AND ? BETWEEN first_id AND last_id"
        " ORDER BY entry_id DESC, id DESC LIMIT 1",
        [table, number],
    ).fetchone()
    each = runs.parted(digests)
    each[number - first] = journal.digest(row)
    opened.execute("UPDATE change SET digests = ? WHERE id = ?", [b"".join(each), change])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_an_upgrade_keeps_every_row_every_field_and_every_byte(old: Path, data: st.DataObject) -> None:
    book = old.with_name("filled.db")
    shutil.copyfile(old, book)
    with closing(sqlite3.connect(book)) as opened:
        for table, of_texts in TEXTS.items():
            for (number,) in opened.execute(f"SELECT id FROM {table}").fetchall():
                for column in of_texts:
                    written = data.draw(text).encode("utf-8", "replace").decode()
                    opened.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", [written, number])
                digest_anew(opened, table, number)
        opened.commit()
    columns = columns_of(book)
    before = records(book, columns)
    upgrade(book)
    assert version(book) == migrations.CURRENT
    assert records(book, columns) == before


@pytest.mark.parametrize("block", [1, 4, 1_000])
def test_an_upgrade_seals_every_entry_as_it_reads_and_signs_the_book(
    old: Path, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "_BLOCK", block)
    upgrade(old)
    with closing(sqlite3.connect(old)) as opened:
        assert opened.execute("SELECT min(seal) > 0 FROM entry").fetchone() == (1,)
        assert list(seals.broken(Transaction(opened))) == []
        assert signature.signed(opened) == signature.PROGRAM
        assert signature.is_sound(opened)


def test_an_entry_that_cannot_be_read_does_not_hinder_an_upgrade_and_is_told_afterwards(old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as opened:
        opened.execute("UPDATE entry SET verb = CAST(x'6cff' AS TEXT) WHERE id = 3")
    upgrade(old)
    with closing(sqlite3.connect(old)) as opened:
        assert list(seals.broken(Transaction(opened))) == [3]


def test_an_upgrade_is_preceded_by_a_backup_of_the_old_version(old: Path) -> None:
    before = everything(old)
    upgrade(old)
    [kept] = backup.listed(old)
    assert kept.reason is Reason.migration
    assert everything(files.folder_of(old) / kept.name) == before


def test_a_book_of_today_is_not_backed_up_for_nothing(path: Path) -> None:
    thaw(migrations.CURRENT, path)
    upgrade(path)
    assert backup.listed(path) == []


def test_where_no_backup_can_be_made_nothing_is_upgraded(old: Path) -> None:
    before = old.read_bytes()
    files.folder_of(old).write_text("in the way")
    with pytest.raises(Unusable, match="the book was not migrated"):
        upgrade(old)
    assert old.read_bytes() == before


def test_a_newer_book_is_refused_with_its_version(path: Path) -> None:
    thaw(migrations.CURRENT, path)
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("ALTER TABLE client ADD COLUMN motto VARCHAR")
        opened.execute(f"PRAGMA user_version = {migrations.CURRENT + 1}")
    said = f" (schema {migrations.CURRENT + 1}); this is {signature.PROGRAM} (schema {migrations.CURRENT})"
    with pytest.raises(Unusable, match=re.escape(said)):
        upgrade(path)


# --- failures ---


class Failing(sqlite3.Connection):
    """A connection on which so many statements succeed, and the next does not."""

    left = 0
    kills = False

    def execute(self, *words: Any) -> sqlite3.Cursor:
        self._count()
        return super().execute(*words)

    def executemany(self, *words: Any) -> sqlite3.Cursor:
        self._count()
        return super().executemany(*words)

    def _count(self) -> None:
        if not self.left:
            if self.kills:
                os.kill(os.getpid(), signal.SIGKILL)
            # Once: what is done about it must succeed.
            self.left = -1
            raise sqlite3.OperationalError("disk I/O error")
        self.left -= 1


def migrate(path: Path, after: int, *, kills: bool = False) -> bool:
    """Upgrade a book on a connection that fails after so many statements; whether it came so far."""
    with closing(sqlite3.connect(path, isolation_level=None, factory=Failing)) as opened:
        opened.left, opened.kills = after, kills
        with suppress(sqlite3.OperationalError):
            migrations.migrate(opened, path, migrations.migrations(), version(path))
        return opened.left < 0


@pytest.fixture
def states(old: Path) -> tuple[Content, Content]:
    """All that is in the book before, and after."""
    upgraded = old.with_name("upgraded.db")
    shutil.copyfile(old, upgraded)
    upgrade(upgraded)
    return everything(old), everything(upgraded)


def attempts(old: Path) -> Iterator[tuple[int, Path]]:
    """A fresh copy of the book for each number of statements."""
    for number in range(1000):
        book = old.with_name("tried.db")
        shutil.copyfile(old, book)
        yield number, book


def test_whatever_statement_fails_the_book_is_the_old_one_or_the_new(
    old: Path, states: tuple[Content, Content]
) -> None:
    for number, book in attempts(old):
        failed = migrate(book, number)
        assert everything(book) in states, number
        if not failed:
            break
        if number:
            upgrade(book)
            assert everything(book) == states[1], number
    assert number > 20
    # Every attempt found the backup of the one before.
    assert len(backup.listed(book)) == 1


def test_whenever_the_process_dies_the_book_is_the_old_one_or_the_new(
    old: Path, states: tuple[Content, Content]
) -> None:
    ends = set[bool]()
    for number, book in attempts(old):
        child = os.fork()
        if not child:
            migrate(book, number, kills=True)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        found = everything(book)
        assert found in states, number
        ends.add(found == states[1])
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    assert number > 20
    assert ends == {False, True}
