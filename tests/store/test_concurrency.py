"""Many processes at one book: nothing is lost, nothing is told twice, nobody is turned away."""

import sqlite3
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from c4l.actions import log as log_action
from c4l.actions.log import LogDraft
from c4l.domain.entry import Owed, SignalDraft
from c4l.domain.terms import ClientRef, Kind
from c4l.store import clients, compiled, migrations
from c4l.store.store import Store

TODAY = date(2026, 11, 22)
PROCESSES = 8
NOTES = 25
JANE = ClientRef(1, "jane-example", "Jane Example")


def log_notes(path: Path, who: int) -> list[int]:
    """Log some notes, each as a command of its own would; gives their numbers."""
    numbers = []
    for note in range(NOTES):
        draft = LogDraft(
            f"made-up note {note} of {who}",
            TODAY,
            signals=(SignalDraft("early"),),
            mine=(Owed("send the deck", TODAY),),
        )
        with Store.open(path) as store:
            numbers.append(log_action.log(store, [JANE], draft, TODAY).interaction.number)
    return numbers


def open_at(path: Path, instant: float) -> int:
    """Write to a book that nobody has made, at the same instant as others do; gives its version."""
    time.sleep(max(0.0, instant - time.time()))
    with Store.open(path) as store, store.writing("test") as changes:
        clients.add(changes, name="Jane Example", kind=Kind.friend, added_on=TODAY)
        return int(changes.all("PRAGMA user_version")[0][0])


def test_eight_processes_that_log_at_once_lose_nothing(path: Path) -> None:
    with Store.open(path) as store, store.writing("test") as changes:
        assert clients.add(changes, name=JANE.name, kind=Kind.friend, added_on=TODAY) == JANE
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        numbers = [each for found in pool.map(log_notes, [path] * PROCESSES, range(PROCESSES)) for each in found]
    assert sorted(numbers) == list(range(1, PROCESSES * NOTES + 1))
    with closing(sqlite3.connect(path)) as book:
        notes = [note for (note,) in book.execute("SELECT note FROM interaction")]
        assert sorted(notes) == sorted(
            f"made-up note {note} of {who}" for note in range(NOTES) for who in range(PROCESSES)
        )
        for table in ("participant", "signal", "promise"):
            assert book.execute(f"SELECT count(*), max(id) FROM {table}").fetchone() == (len(notes), len(notes))
        assert book.execute("SELECT count(*) FROM entry WHERE verb = 'log'").fetchone() == (len(notes),)
        assert book.execute("SELECT DISTINCT count(*) FROM change WHERE entry_id > 1 GROUP BY entry_id").fetchall() == [
            (4,)
        ]
        assert book.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert book.execute("PRAGMA foreign_key_check").fetchall() == []


def test_processes_that_make_a_book_at_once_all_find_it_made(tmp_path: Path) -> None:
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        # Before the race, so that all start it awake.
        list(pool.map(time.sleep, [0.2] * PROCESSES))
        for round_ in range(5):
            path = tmp_path / f"round-{round_}" / "new" / "c4l.db"
            versions = list(pool.map(open_at, [path] * PROCESSES, [time.time() + 0.1] * PROCESSES))
            assert versions == [migrations.CURRENT] * PROCESSES
            with Store.open(path) as store, store.reading() as tx:
                assert tx.count(compiled.clients, ()) == PROCESSES
