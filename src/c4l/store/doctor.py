"""Examining a book: each check reads it, changes nothing, and says what it held against what."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from c4l.config import now
from c4l.domain.health import OF_A_CLIENT, OF_AN_INTERACTION, Check, Finding, row_words
from c4l.store import chain, compiled, connection, history, migrations, seals, search, signature, soundness
from c4l.store.backup import journal_of, opened_as_it_is
from c4l.store.plausible import Column, makes_sense
from c4l.store.store import Changes, Transaction

DAMAGE = ("integrity", "references", "schema", "rows", "journal")
"""The checks that must find nothing for a backup to be made, but for what is mended without loss."""

MEND = "c4l doctor --mend"
"""Mends what loses nothing."""

ACCEPT = "c4l doctor --accept"

MOST = 100
"""So many findings of a check are told one by one."""

_OR_ACCEPT = f"; or, if it is right as it is now: {ACCEPT}"
_OR_FORGET = f"; or, to go without that undo: {ACCEPT}"
_UNSIGNED = "what the book says of the c4l that wrote it is not what was written there"
_INDEXED_SINCE = 2
"""The version from which on there is an index of words."""
_CLOCK_SECONDS = 60
"""So far two clocks may differ before it means anything."""


class Opened(NamedTuple):
    """A book under examination.

    Attributes:
        version: by which it is read: the one that it says, or that it is made of where that cannot be.
        faults: what is wrong with the head of its file, in words.
        way_back: the command that brings back what is lost: the last good backup, or salvage where there is none.
    """

    book: sqlite3.Connection
    path: Path
    version: int
    faults: tuple[str, ...]
    way_back: str

    def way_back_or(self, words: str) -> str:
        """The way back, or another; of a book of an earlier version, which is not upgraded as it is, there is none."""
        return self.way_back + words if self.version == migrations.CURRENT else self.way_back


def examined(path: Path, way_back: str) -> list[Check]:
    """Look at everything inside a book.

    Raises:
        Unusable: if another program made the file or holds it, or a newer c4l wrote it.
    """

    def unreadable(what: str) -> Check:
        return Check("integrity", "every page of the file", (Finding(what, way_back),))

    return _agreed(list(soundness.told(_looked_at(path, way_back), unreadable)), way_back)


def _looked_at(path: Path, way_back: str) -> Iterator[Check]:
    left, is_said_read_only = journal_of(path).exists(), soundness.is_said_read_only(path)
    with closing(opened_as_it_is(path)) as book:
        book.execute("BEGIN")
        try:
            version = connection.version_of(book, path)
        except connection.Damaged:
            version = soundness.version_made(book) or migrations.CURRENT
        faults = (*soundness.head(book), *([soundness.SAID_READ_ONLY] if is_said_read_only else []))
        opened = Opened(book, path, version, faults, way_back)
        yield from (_check(opened, *each) for each in CHECKS)
        yield _journal(opened, left)


def _check(opened: Opened, name: str, looked_at: str, look: Callable[[Opened], Iterator[Finding]]) -> Check:
    # What is damaged in one place can still be looked at in others.
    found = soundness.told(look(opened), lambda what: Finding(what, opened.way_back))
    findings = list(islice(found, MOST))
    if more := sum(1 for _ in found):
        findings.append(Finding(f"and {more} more", opened.way_back))
    return Check(name, looked_at, tuple(findings))


def _agreed(checks: list[Check], way_back: str) -> list[Check]:
    """The same, with what mends each in the light of the others: a damaged book is not mended here and there.

    What it is now is no answer, either, where not all that it is now can be read.
    """
    damage = _damage(checks)
    is_barred = any(name not in ("rows", "journal") or each.what.startswith(soundness.UNREAD) for name, each in damage)

    def agreed(each: Finding) -> Finding:
        is_way_back = each.mend.startswith(way_back)
        return each._replace(mend=way_back) if damage and (is_barred or not is_way_back) else each

    return [check._replace(findings=tuple(map(agreed, check.findings))) for check in checks]


def _damage(checks: list[Check]) -> list[tuple[str, Finding]]:
    """What is wrong with a book, by check, that keeps a backup from being made."""
    return [
        (check.name, each) for check in checks if check.name in DAMAGE for each in check.findings if each.mend != MEND
    ]


def is_damaged(checks: list[Check]) -> bool:
    """Whether what was found keeps a backup from being made."""
    return bool(_damage(checks))


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
    for what in (*opened.faults, *soundness.schema(opened.book, opened.version)):
        yield Finding(what, opened.way_back)
    if opened.version >= signature.SINCE and not signature.is_sound(opened.book):
        yield Finding(_UNSIGNED, MEND)


def _rows(opened: Opened) -> Iterator[Finding]:
    tx = Transaction(opened.book)
    for places, is_wrong in (
        (history.rotten(tx), "{} is not what was last written there"),
        (soundness.beyond(tx), "{} was not written by c4l"),
        (soundness.twice(tx), "the number of {} would be given out again"),
    ):
        for table, number in places:
            words, record = named(tx, table, number)
            mend = opened.way_back_or(_OR_ACCEPT) if _makes_sense(tx, table, number) else opened.way_back
            yield Finding(is_wrong.format(words), mend, record)


def _makes_sense(tx: Transaction, table: str, number: int) -> bool:
    """Whether a row can be taken as it is, or as gone: what makes no sense would break every command that meets it."""
    columns = [
        Column(name, type_, bool(needed)) for _, name, type_, needed, *_ in tx.all(f"PRAGMA table_info({table})")
    ]
    try:
        rows = tx.all(getattr(compiled, f"{table}_get"), id=number)
    except sqlite3.DatabaseError:
        return False
    return all(makes_sense(table, *pair) for row in rows for pair in zip(columns, row, strict=True))


def _journal_kept(opened: Opened) -> Iterator[Finding]:
    tx, told = Transaction(opened.book), set[int]()
    for entry in seals.broken(tx) if opened.version >= soundness.SEALED_SINCE else ():
        told.add(entry)
        what = f"entry {entry} of the journal, or what it keeps to undo, is not what was written there"
        yield Finding(what, opened.way_back_or(_OR_FORGET))
    for change in chain.broken(tx):
        [(_, entry, *_)] = tx.all(compiled.change_get, id=change)
        if entry not in told:
            what = f"change {change} of the journal would bring back what never was, if it were undone"
            yield Finding(what, opened.way_back_or(_OR_FORGET))


def _search(opened: Opened) -> Iterator[Finding]:
    if opened.version < _INDEXED_SINCE:
        return
    for table, number in soundness.told(search.out_of_step(opened.book), lambda _: (search.NAME, 0)):
        if table == search.NAME:
            yield Finding("it cannot be compared with all of them", MEND)
            continue
        words, record = named(Transaction(opened.book), table, number)
        yield Finding(f"{words} is not found by its words", MEND, record)


def _clock(opened: Opened) -> Iterator[Finding]:
    [(newest,)] = opened.book.execute("SELECT max(at) FROM entry").fetchall()
    if newest is None:
        return
    if (at := soundness.instant(newest)) is None:
        yield Finding(f"an entry of the journal bears “{newest}”, which is no instant", opened.way_back)
    elif (at - now()).total_seconds() > _CLOCK_SECONDS:
        yield Finding(
            f"the last change bears {at.astimezone():%Y-%m-%d %H:%M}, which is still to come"
            " by the clock of this machine",
            "set the clock: timedatectl set-ntp true",
        )


CHECKS: tuple[tuple[str, str, Callable[[Opened], Iterator[Finding]]], ...] = (
    ("integrity", "every page of the file, by SQLite's full check", _integrity),
    ("references", "every row that refers to another, and the other", _references),
    ("schema", "the head of the file, its tables and indexes, against those that c4l makes", _schema),
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
    return Check("cut-off", looked_at, (Finding(what, MEND),))


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
    checks = examined(path, "")
    found = {check.name: check for check in checks}
    if found["integrity"].findings:
        return
    if found["cut-off"].findings:
        journal_of(path).unlink(missing_ok=True)
        yield f"removed {journal_of(path)}"
    if is_damaged(checks):
        return
    if found["schema"].findings:
        with _writing(path) as book:
            signature.sign(book)
        yield "wrote down which c4l wrote the book: this one"
    if found["search"].findings:
        with _writing(path) as book:
            search.make_anew(book)
        yield "made the index of words anew"


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    with connection.explained(path), closing(connection.connect(path)) as book:
        book.execute("BEGIN IMMEDIATE")
        yield book
        book.execute("COMMIT")


def is_acceptable(path: Path) -> bool:
    """Whether there is something in a book that can be taken as it is."""
    return any(ACCEPT in each.mend for check in examined(path, "") for each in check.findings)


def accept(changes: Changes) -> int:
    """Let the journal know every row as it is now, and forget what it holds of those that never were so; how many.

    What makes no sense is left as it is, and found again.
    """
    from c4l.store.settling import settle, settle_journal

    beyond = list(soundness.beyond(changes))
    twice = list(soundness.twice(changes))
    for table in dict([*beyond, *twice]):
        # What is taken has its number from now on, which must not be given out again.
        [(end,)] = changes.all(compiled.counter_next, key=table)
        last = max(number for of, number in (*beyond, *twice) if of == table)
        changes.all(compiled.counter_take, key=table, block=last + 1 - end)
    rows = {place for place in (*history.rotten(changes), *beyond) if _makes_sense(changes, *place)}
    settled = settle(changes, rows)
    return len(settled.here) + len(settled.gone) + settle_journal(changes)


# --- what it is ------------------------------------------------------------------------------------------------------


def versions(path: Path) -> dict[str, str | None]:
    """Of the schema of the book and of what wrote it, as far as that can be read, and of what reads it."""
    from platform import python_version

    found: dict[str, str | None] = {"schema": None, "written_by": None}
    with suppress(*soundness.STUMBLES), closing(opened_as_it_is(path)) as book:
        found["schema"] = str(book.execute("PRAGMA user_version").fetchone()[0])
        found["written_by"] = signature.signed(book)
    return found | {"sqlite": sqlite3.sqlite_version, "python": python_version()}


def begun_at(path: Path) -> datetime | None:
    """When the book was begun; None where that cannot be read."""
    try:
        with closing(opened_as_it_is(path)) as book:
            [(first,)] = book.execute("SELECT min(at) FROM entry").fetchall()
            return None if first is None else soundness.instant(first)
    except soundness.STUMBLES:
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
