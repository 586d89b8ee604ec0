"""Forgetting a client in the backups of a book: each is written anew without them, looked over and put in its place."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import TypeVar

from c4l.domain.backups import DIGEST_LENGTH, Backup, name_of
from c4l.domain.errors import Unusable
from c4l.domain.history import FORGET
from c4l.domain.names import Known
from c4l.domain.terms import ClientRef
from c4l.store import backup, clients, connection, files, forgetting
from c4l.store.files import folder_of
from c4l.store.forgetting import Person
from c4l.store.store import Changes, Transaction

Answer = TypeVar("Answer")

INSTEAD = "somebody"
"""What a text in a backup says in place of the name."""


def holding(book: Path, who: Person) -> tuple[list[Backup], list[Backup]]:
    """The backups in the folder of a book that hold a client, and those of which that cannot be told; newest first.

    Raises:
        Unusable: if the folder cannot be read.
    """
    held, unreadable = [], []
    for each in backup.listed(book):
        try:
            with closing(_read_only(folder_of(book) / each.name)) as opened:
                if forgetting.holds(Transaction(opened), who):
                    held.append(each)
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            unreadable.append(each)
    return held, unreadable


def known(book: Path) -> list[Known]:
    """Everybody in the backups of a book, and in their journals, for whoever is in the book no more; newest first.

    Raises:
        Unusable: if the folder cannot be read.
    """
    return [each for found in _asked(book, _everybody) for each in found]


def _everybody(tx: Transaction) -> list[Known]:
    return [*clients.everybody(tx, date.max), *forgetting.taken_back(tx)]


def person(book: Path, client: ClientRef) -> Person | None:
    """Whom to forget, as the newest backup tells it that knows of them; None where none does.

    Raises:
        Unusable: if the folder cannot be read.
    """
    return next(filter(None, _asked(book, lambda tx: forgetting.person(tx, client))), None)


def _asked(book: Path, question: Callable[[Transaction], Answer]) -> Iterator[Answer]:
    """What each backup of a book that can be read answers, the newest first."""
    for each in backup.listed(book):
        with suppress(sqlite3.DatabaseError, UnicodeDecodeError):
            with closing(_read_only(folder_of(book) / each.name)) as opened:
                answered = question(Transaction(opened))
            yield answered


def rewrite(book: Path, each: Backup, who: Person) -> Backup:
    """Write a backup anew without a client; the old one goes when the new one is there.

    Where a text about others names them there, it says “somebody”. An older one is upgraded on the way. It keeps its
    instant and its reason.

    Raises:
        Unusable: if it is damaged, or cannot be written.
    """
    old = folder_of(book) / each.name
    try:
        new = files.create_beside(old)
        try:
            with connection.explained(old):
                _without(old, new, who)
            digest = backup.digest_of(new)
            name = name_of(each.at, each.reason, digest)
            written = Backup(name, each.at, each.reason, digest[:DIGEST_LENGTH], new.stat().st_size)
            files.put(new, folder_of(book) / written.name, overwrite=True)
            if written.name != each.name:
                old.unlink()
                files.sync(old.parent)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise Unusable(
            f"the backup {old} cannot be written anew: {error.strerror}", "make room there and look at its rights"
        ) from error
    return written


def naming(book: Path, each: Backup, who: Person) -> int:
    """How many texts of a backup still name somebody: by a first name, which could be another's."""
    with closing(_read_only(folder_of(book) / each.name)) as opened:
        return len(forgetting.naming(Transaction(opened), who))


def _without(old: Path, new: Path, who: Person) -> None:
    with closing(_read_only(old)) as source:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master")
        copy = connection.connect_copy(source, str(new))
    with closing(copy):
        _check(copy, old)
        copy.execute("BEGIN IMMEDIATE")
        changes = Changes(copy, FORGET)
        forgetting.forget(changes, who)
        # Nobody reads a backup over to mend it by hand.
        forgetting.hide(changes, who.whole, INSTEAD)
        changes.end()
        copy.execute("COMMIT")
        copy.execute("VACUUM")
        _check(copy, old)


def _check(copy: sqlite3.Connection, old: Path) -> None:
    if (damage := backup.found_damage(copy) or backup.found_rot(copy)) is not None:
        raise Unusable(f"the backup {old} is damaged: {damage}", f"if nobody needs it: rm {old}")


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
