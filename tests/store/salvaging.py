"""A damaged book, what is salvaged of it, and whether the account of that is honest."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from c4l.store import compiled, doctor
from c4l.store.salvage import Salvaged, salvage
from tests.store.whole import everything

PAGE = 4096
Rows = dict[tuple[str, int], tuple[Any, ...]]


def rows(path: Path) -> Rows:
    content = everything(path)
    return {(table, row[0]): row for table in compiled.RECORDS for row in content[table]}


def salvaged(wreck: Path) -> tuple[Salvaged, Rows]:
    """The account, and the rows of the new book, which is whole by every check."""
    target = wreck.with_name("salvaged.db")
    target.unlink(missing_ok=True)
    before = wreck.read_bytes()
    told = salvage(wreck, target)
    assert wreck.read_bytes() == before
    assert [check for check in doctor.examined(target, "") if check.findings] == []
    assert sorted(path.name for path in wreck.parent.iterdir()) == ["salvaged.db", "wreck.db"]
    return told, rows(target)


def honest(told: Salvaged, was: Rows, now: Rows) -> None:
    """Every row is as it was, or the account tells of it.

    Which rows there were is known by the table, its indexes, the counter and the journal; where all four are lost it is
    not, which is why the damage is not left to chance.
    """
    of = {(loss.table, loss.number) for loss in told.losses}
    assert {key for key, row in was.items() if now.get(key) != row} <= of
    assert now.keys() - was.keys() <= of
    assert told.carried == {table: sum(key[0] == table for key in now) for table in compiled.RECORDS}


def spoil(path: Path, start: int, content: bytes) -> None:
    with path.open("r+b") as opened:
        opened.seek(start)
        opened.write(content)


def root_of(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as opened:
        return int(opened.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]).fetchone()[0])
