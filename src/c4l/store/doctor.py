"""Examining a book: each check reads it, changes nothing, and says what it held against what."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from c4l.config import now
from c4l.domain.health import OF_A_CLIENT, OF_AN_INTERACTION, Check, Finding, row_words
from c4l.store import chain, compiled, connection, history, migrations, seals, search, signature
from c4l.store.backup import journal_of, opened_as_it_is
from c4l.store.store import Changes, Transaction

DAMAGE = ("integrity", "references", "rows", "journal")
"""The checks that must find nothing for a backup to be made."""

MOST = 100
"""So many findings of a check are told one by one."""

_OR_ACCEPT = "; or, if it is right as it is now: c4l doctor --accept"
_OR_FORGET = "; or, to go without that undo: c4l doctor --accept"
_UNSIGNED = "what the book says of the c4l that wrote it is not what was written there"
_CLOCK_SECONDS = 60
"""So far two clocks may differ before it means anything."""


class Opened(NamedTuple):
    """A book under examination.

    Attributes:
        way_back: the command that brings back what is lost: the last good backup, or salvage where there is none.
    """

    book: sqlite3.Connection
    path: Path
    version: int
    way_back: str


def examined(path: Path, way_back: str) -> list[Check]:
    """Look at everything inside a book.

    Raises:
        Unusable: if another program made the file or holds it, or a newer c4l wrote it.
    """
    left = journal_of(path).exists()
    try:
        with closing(opened_as_it_is(path)) as book:
            book.execute("BEGIN")
            opened = Opened(book, path, connection.version_of(book, path), way_back)
            return [*_all_of(opened), _journal(opened, left)]
    except sqlite3.DatabaseError as error:
        if connection.code_of(error) not in _UNREADABLE:
            raise
        unreadable = Finding(f"it cannot be read as a database: {error}", way_back)
        return [Check("integrity", "every page of the file", (unreadable,))]


_UNREADABLE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _all_of(opened: Opened) -> Iterator[Check]:
    for name, looked_at, look in CHECKS:
        findings: list[Finding] = []
        try:
            found = look(opened)
            findings.extend(islice(found, MOST))
            if more := sum(1 for _ in found):
                findings.append(Finding(f"and {more} more", opened.way_back))
        except sqlite3.DatabaseError as error:
            # What is damaged in one place can still be looked at in others.
            findings.append(Finding(f"not all of it can be read: {error}", opened.way_back))
        yield Check(name, looked_at, tuple(findings))


# --- the checks ------------------------------------------------------------------------------------------------------


def _integrity(opened: Opened) -> Iterator[Finding]:
    for (message,) in opened.book.execute(f"PRAGMA integrity_check({MOST + 1})"):
        for line in str(message).splitlines():
            # Some messages begin with a line that only says which database it is.
            if line != "ok" and not line.startswith("***"):
                yield Finding(line, opened.way_back)


def _references(opened: Opened) -> Iterator[Finding]:
    broken = opened.book.execute("PRAGMA foreign_key_check").fetchall()
    for table, number, parent, _ in broken:
        words, record = named(Transaction(opened.book), table, number)
        yield Finding(f"{words} refers to a row of {parent} that is not there", opened.way_back, record)


def _schema(opened: Opened) -> Iterator[Finding]:
    with closing(connection.connect_empty(opened.version)) as fresh:
        wanted, found = _made_of(fresh), _made_of(opened.book)
    for key in sorted(wanted.keys() | found.keys()):
        kind, name = key
        if key not in found:
            yield Finding(f"the {kind} {name} is missing", opened.way_back)
        elif key not in wanted:
            yield Finding(f"there is a {kind} {name} that c4l did not make", opened.way_back)
        elif wanted[key] != found[key]:
            yield Finding(f"the {kind} {name} is not as c4l makes it", opened.way_back)

    if opened.version >= signature.SINCE and not signature.is_sound(opened.book):
        yield Finding(_UNSIGNED, "c4l doctor --mend")


def _made_of(book: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """What made each table and index, by kind and name; without what SQLite keeps for its own planning."""
    rows = book.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_stat*'")
    return {(kind, name): " ".join((sql or "").split()) for kind, name, sql in rows}


def _rows(opened: Opened) -> Iterator[Finding]:
    if opened.version != migrations.CURRENT:
        return
    tx = Transaction(opened.book)
    for table, number in history.rotten(tx):
        words, record = named(tx, table, number)
        yield Finding(f"{words} is not what was last written there", opened.way_back + _OR_ACCEPT, record)
    for table, number in _beyond(tx):
        words, record = named(tx, table, number)
        yield Finding(f"{words} was not written by c4l", opened.way_back + _OR_ACCEPT, record)
    for table, number in _twice(tx):
        words, record = named(tx, table, number)
        yield Finding(f"the number of {words} would be given out again", opened.way_back + _OR_ACCEPT, record)


def _beyond(tx: Transaction) -> Iterator[tuple[str, int]]:
    """The rows whose numbers were never given out."""
    for table in compiled.RECORDS:
        [(end,)] = tx.all(compiled.counter_next, key=table)
        yield from ((table, number) for (number,) in tx.all(f"SELECT id FROM {table} WHERE id >= :end", end=end))


def _twice(tx: Transaction) -> Iterator[tuple[str, int]]:
    """The last row of each table of which the journal knows, there or removed, if its number is yet to be given out."""
    for table in compiled.RECORDS:
        [(end,)], [(last,)] = tx.all(compiled.counter_next, key=table), tx.all(compiled.change_last, table=table)
        if last is not None and last >= end:
            yield table, last


def _journal_kept(opened: Opened) -> Iterator[Finding]:
    if opened.version != migrations.CURRENT:
        return
    tx, told = Transaction(opened.book), set[int]()
    for entry in seals.broken(tx):
        told.add(entry)
        what = f"entry {entry} of the journal, or what it keeps to undo, is not what was written there"
        yield Finding(what, opened.way_back + _OR_FORGET)
    for change in chain.broken(tx):
        [(_, entry, *_)] = tx.all(compiled.change_get, id=change)
        if entry not in told:
            what = f"change {change} of the journal would bring back what never was, if it were undone"
            yield Finding(what, opened.way_back + _OR_FORGET)


def _search(opened: Opened) -> Iterator[Finding]:
    if opened.version != migrations.CURRENT:
        return
    for table, number in search.out_of_step(opened.book):
        words, record = named(Transaction(opened.book), table, number)
        yield Finding(f"{words} is not found by its words", "c4l doctor --mend", record)


def _clock(opened: Opened) -> Iterator[Finding]:
    [(newest,)] = opened.book.execute("SELECT max(at) FROM entry").fetchall()
    if newest is None:
        return
    try:
        ahead = datetime.fromisoformat(newest) - now()
    except ValueError:
        yield Finding(f"an entry of the journal bears “{newest}”, which is no instant", opened.way_back)
        return
    if ahead.total_seconds() > _CLOCK_SECONDS:
        when = datetime.fromisoformat(newest).astimezone()
        yield Finding(
            f"the last change bears {when:%Y-%m-%d %H:%M}, which is still to come by the clock of this machine",
            "set the clock: timedatectl set-ntp true",
        )


CHECKS: tuple[tuple[str, str, Callable[[Opened], Iterator[Finding]]], ...] = (
    ("integrity", "every page of the file, by SQLite's full check", _integrity),
    ("references", "every row that refers to another, and the other", _references),
    ("schema", "tables and indexes, against those that c4l makes", _schema),
    ("rows", "every row, against the digest that the journal has of it", _rows),
    ("journal", "every entry of the journal, and what it keeps to undo, against its seal", _journal_kept),
    ("search", "the index of words, against the texts", _search),
    ("clock", "this machine's clock, against the last change", _clock),
)


def _journal(opened: Opened, left: bool) -> Check:
    """What a command that died left beside the book; by now SQLite has taken its change back, where it could."""
    looked_at = "what a command that was cut off leaves beside the book"
    beside = journal_of(opened.path)
    if not left or not beside.exists() or _is_writing(opened.path):
        return Check("cut-off", looked_at)
    what = f"{beside.name} was left there by a command that was cut off, and is of no use any more"
    return Check("cut-off", looked_at, (Finding(what, "c4l doctor --mend"),))


def _is_writing(path: Path) -> bool:
    """Whether somebody is changing the book just now, whose journal it then is."""
    with closing(opened_as_it_is(path)) as other:
        other.execute("PRAGMA busy_timeout = 0")
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        other.execute("ROLLBACK")
        return False


# --- what is mended --------------------------------------------------------------------------------------------------


def mend(path: Path) -> Iterator[str]:
    """Make the index of words anew, where it is out of step, and remove a journal of no use; in words what was done.

    A book that is damaged otherwise is left alone.
    """
    found = {check.name: check for check in examined(path, "")}
    if found["integrity"].findings:
        return
    if found["cut-off"].findings:
        journal_of(path).unlink(missing_ok=True)
        yield f"removed {journal_of(path)}"
    if any(finding.what == _UNSIGNED for finding in found["schema"].findings):
        with connection.explained(path), closing(connection.connect(path)) as book:
            book.execute("BEGIN IMMEDIATE")
            signature.sign(book)
            book.execute("COMMIT")
        yield "wrote down which c4l wrote the book: this one"
    if found["search"].findings:
        with connection.explained(path), closing(connection.connect(path)) as book:
            book.execute("BEGIN IMMEDIATE")
            search.rebuild(book)
            book.execute("COMMIT")
        yield "made the index of words anew"


def accept(changes: Changes) -> int:
    """Let the journal know every row as it is now, and forget what it holds of those that never were so; how many."""
    from c4l.store.settling import settle, settle_journal

    beyond = list(_beyond(changes))
    twice = list(_twice(changes))
    for table in dict([*beyond, *twice]):
        # What is taken has its number from now on, which must not be given out again.
        [(end,)] = changes.all(compiled.counter_next, key=table)
        last = max(number for of, number in (*beyond, *twice) if of == table)
        changes.all(compiled.counter_take, key=table, block=last + 1 - end)
    settled = settle(changes, {*history.rotten(changes), *beyond})
    return len(settled.here) + len(settled.gone) + settle_journal(changes)


# --- what it is ------------------------------------------------------------------------------------------------------


def versions(path: Path) -> dict[str, str | None]:
    """Of the schema of the book and of what wrote it, as far as that can be read, and of what reads it."""
    from platform import python_version

    found: dict[str, str | None] = {"schema": None, "written_by": None}
    with suppress(sqlite3.DatabaseError), closing(opened_as_it_is(path)) as book:
        found["schema"] = str(book.execute("PRAGMA user_version").fetchone()[0])
        found["written_by"] = signature.signed(book)
    return found | {"sqlite": sqlite3.sqlite_version, "python": python_version()}


def begun_at(path: Path) -> datetime | None:
    """When the book was begun; None where that cannot be read."""
    try:
        with closing(opened_as_it_is(path)) as book:
            [(first,)] = book.execute("SELECT min(at) FROM entry").fetchall()
            return None if first is None else datetime.fromisoformat(first)
    except (sqlite3.DatabaseError, ValueError):
        return None


# --- in words --------------------------------------------------------------------------------------------------------


def named(tx: Transaction, table: str, number: int) -> tuple[str, str | None]:
    """A row in words, by the record that it belongs to, and how that is written."""
    if table == "interaction":
        return row_words(table, number), f"i{number}"
    if table == "promise":
        return row_words(table, number), str(number)
    row = _row(tx, table, number)
    if row.get("interaction_id") and table in OF_AN_INTERACTION:
        record = f"i{row['interaction_id']}"
        return f"{OF_AN_INTERACTION[table]} of interaction {record}", record
    if table == "promise_event" and row:
        return f"an event of promise {row['promise_id']}", str(row["promise_id"])
    handle = _row(tx, "client", number if table == "client" else row.get("client_id") or 0).get("handle")
    if handle is None:
        return row_words(table, number), None
    return (f"client {handle}" if table == "client" else f"{OF_A_CLIENT[table]} of client {handle}"), str(handle)


def _row(tx: Transaction, table: str, number: int) -> dict[str, Any]:
    """A row by the names of its columns; nothing where it is missing or cannot be read."""
    if table not in compiled.RECORDS:
        return {}
    try:
        rows = tx.all(getattr(compiled, f"{table}_get"), id=number)
    except sqlite3.DatabaseError:
        return {}
    return dict(zip(compiled.COLUMNS[table], rows[0], strict=True)) if rows else {}
