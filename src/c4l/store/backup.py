"""Backups: verified copies of a book in a folder beside it, or in a file that the user names.

Each goes through SQLite's own online backup to a file that nobody sees, is looked over there, row by row, digested, and
only then given its name. What is damaged is given none, so that no good backup ever makes room for a bad one.
"""

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from c4l.config import now
from c4l.domain.backups import DIGEST_LENGTH, Backup, Keep, Reason, find_backup, name_of, surplus
from c4l.domain.errors import Unusable
from c4l.store import barrier, connection, files, soundness
from c4l.store.connection import Damaged
from c4l.store.files import folder_of

if TYPE_CHECKING:
    from datetime import datetime

_STEP_PAGES = 2_000
"""So many pages are copied at once; in between, whoever waits to write may."""
_RESTARTS = 5
"""So often a copy begins anew because somebody wrote, before it makes everybody wait."""
_CHUNK = 1 << 20
_FORGOTTEN_SECONDS = 24 * 3600
"""A file that has been in the making for a day is made by nobody any more."""
_ABANDONED_SECONDS = 3600
"""So old is what is told as left half made where nobody can be asked whether it still is in the making."""

_HALF_MADE = re.compile(rf"\.(.+)\.[0-9a-f]{{12}}{re.escape(files.PART)}(-journal)?")
_NEW = "backup.db"
"""What a backup is called while it is made."""


def listed(book: Path) -> list[Backup]:
    """All backups in the folder of a book, the newest first.

    Raises:
        Unusable: if the folder cannot be read.
    """
    place = folder_of(book)
    if not os.path.lexists(place):
        return []
    try:
        with os.scandir(place) as entries:
            found = list(filter(None, map(_listed, entries)))
    except OSError as error:
        raise Unusable(
            f"the backups in {place} cannot be listed: {error.strerror}", "c4l doctor tells what mends it"
        ) from error
    return sorted(found, key=lambda backup: (backup.at, backup.name), reverse=True)


def _listed(entry: "os.DirEntry[str]") -> Backup | None:
    """The backup of a name in the folder; None of what is none, or is gone by now.

    Nothing else that lies there is looked at: others make backups at the same time, and users put there what they like.
    """
    if (named := find_backup(entry.name, 0)) is None:
        return None
    try:
        return named._replace(size=entry.stat().st_size)
    except FileNotFoundError:
        return None
    except OSError:
        if entry.is_symlink():
            return None
        raise


def make(book: Path, reason: Reason, source: sqlite3.Connection | None = None) -> Backup:
    """Make a backup in the folder of a book.

    What makes itself is not made again where the last one holds the same; what the user asks for is.

    Args:
        source: the book, where it is open already and nobody else may open it.

    Raises:
        Unusable: if the book is damaged or cannot be read, or no file can be made in the folder.
    """
    place = folder_of(book)
    # Named by when it was begun: what is written while it is looked over is newer than its name, and not in it.
    begun = now()
    with _new_in(place) as new:
        digest = take(book, new, source)
        for backup in listed(book):
            same = (backup.reason, backup.digest) == (reason, digest[:DIGEST_LENGTH])
            if same and reason is not Reason.asked and is_whole(book, backup):
                return backup
        return _place(new, place, begun, reason, digest)


def see_place(book: Path) -> None:
    """See that something may be written in the folder of the backups of a book.

    Raises:
        Unusable: if not, as where somebody else put a link in its place.
    """
    place = folder_of(book)
    with _making(place):
        files.make_private(place)


def keep_aside(book: Path) -> Backup:
    """Keep a book that can no longer be read, byte by byte, with what belongs to it.

    Raises:
        Unusable: if no file can be made in the folder.
    """
    from shutil import copyfile

    place = folder_of(book)
    with _new_in(place) as new:
        copyfile(book, new)
        kept = _place(new, place, now(), Reason.damaged, digest_of(new))
        journal = journal_of(book)
        if journal.exists():
            copyfile(journal, new)
            files.put(new, journal_of(place / kept.name), overwrite=True)
        return kept


def journal_of(book: Path) -> Path:
    """Where SQLite keeps what it needs to take back a change that was cut off."""
    return book.with_name(f"{book.name}-journal")


def rotate(book: Path, keep: Keep) -> list[str]:
    """Remove what is no longer kept, and what was left half made; the names of the backups that went, oldest first."""
    place = folder_of(book)
    with _making(place):
        gone = surplus(listed(book), keep)
        for backup in gone:
            (place / backup.name).unlink(missing_ok=True)
        for left in _half_made(place):
            if is_older(left, _FORGOTTEN_SECONDS):
                left.unlink(missing_ok=True)
    return [backup.name for backup in gone]


def await_makers(book: Path) -> bool:
    """Wait until no other process makes a backup in the folder of a book, as long as one waits for the book itself.

    What lies there half made was then left by a process that died, and goes.

    Returns:
        Whether nobody does any more.

    Raises:
        Unusable: if what was left cannot be removed.
    """
    place = folder_of(book)
    with barrier.nobody_makes(place, connection.BUSY_MILLISECONDS / 1000) as nobody, _making(place):
        for left in _half_made(place) if nobody else ():
            left.unlink(missing_ok=True)
    return nobody


def is_being_made(book: Path) -> bool:
    """Whether some process makes a backup in the folder of a book just now."""
    with barrier.nobody_makes(folder_of(book), 0) as nobody:
        return not nobody


def left_half_made(book: Path) -> list[Path]:
    """What processes that died left half made among the backups of a book: copies of it, whole or in part."""
    place = folder_of(book)
    found = [path for path in _half_made(place) if _is_of_a_backup(path.name)]
    # Asked only now: what was there before, and is there when nobody makes one, was left by one that died.
    is_idle = barrier.is_idle(place)
    return sorted(path for path in found if os.path.lexists(path) and (is_idle or is_older(path, _ABANDONED_SECONDS)))


def remove_half_made(book: Path) -> None:
    """Remove what processes that died left half made among the backups of a book.

    Raises:
        Unusable: if it cannot be removed.
    """
    with _making(folder_of(book)):
        for left in left_half_made(book):
            left.unlink(missing_ok=True)


def is_older(path: Path, seconds: float) -> bool:
    """Whether a file was last written so long ago; what is gone by now, or may not be looked at, was not."""
    with suppress(OSError):
        return path.lstat().st_mtime < time.time() - seconds
    return False


def _half_made(place: Path) -> Iterator[Path]:
    return place.glob(f".*{files.PART}*")


def _is_of_a_backup(name: str) -> bool:
    made = _HALF_MADE.fullmatch(name)
    return made is not None and (made[1] == _NEW or find_backup(made[1], 0) is not None)


def is_whole(book: Path, backup: Backup) -> bool:
    """Whether a backup still holds the bytes it held when it was made; false, too, where it cannot be read."""
    try:
        return digest_of(folder_of(book) / backup.name)[:DIGEST_LENGTH] == backup.digest
    except OSError:
        return False


def damage_of(book: Path, backup: Backup) -> str | None:
    """What is wrong with a backup, in a few words; None where `c4l restore` would take it.

    It is read to its end, and each row is held against the journal: the bytes may be those of a book that was damaged.
    """
    if backup.reason is Reason.damaged:
        return "kept as it was"
    if not is_whole(book, backup):
        return "its bytes changed"
    return next(soundness.told(_faults(folder_of(book) / backup.name), str), None)


def _faults(file: Path) -> Iterator[str]:
    if soundness.is_said_read_only(file):
        yield soundness.SAID_READ_ONLY
    with closing(opened_as_it_is(file)) as opened:
        if soundness.is_foreign(opened) or soundness.is_newer(opened):
            yield "written by a newer c4l, or by another program"
        yield from soundness.damage(opened)
        yield from soundness.rot(opened)


def take(book: Path, target: Path, source: sqlite3.Connection | None = None) -> str:
    """Copy a book into a file, look the copy over, and digest it.

    Every row is held against the journal, too: bits that fell over in a text SQLite cannot see.

    Args:
        target: an empty file of ours.
        source: the book, where it is open already.

    Returns:
        The SHA-256 of the copy, in hexadecimal.

    Raises:
        Unusable: if the book cannot be read or is damaged.
    """
    with soundness.damage_told(book):
        if source is None:
            with closing(opened_as_it_is(book)) as opened:
                _copy(opened, target, book)
        else:
            _copy(source, target, book)
        is_said_read_only = soundness.is_said_read_only(target)
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            connection.version_of(copy, book)
            damage = soundness.SAID_READ_ONLY if is_said_read_only else found_damage(copy) or found_rot(copy)
    if damage is not None:
        raise Damaged(f"the book is damaged, and no backup was made of it: {damage}", "c4l doctor tells what to do")
    files.sync(target)
    return digest_of(target)


def _copy(source: sqlite3.Connection, target: Path, book: Path) -> None:
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # Nobody trusts the file before it is whole and synchronised.
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("PRAGMA journal_mode = OFF")
        try:
            source.backup(copy, pages=_STEP_PAGES, progress=_Watch(book, _RESTARTS), sleep=0.05)
        except _Restless:
            source.backup(copy, progress=_Watch(book), sleep=0.05)


def found_damage(opened: sqlite3.Connection) -> str | None:
    """What is wrong with a book as SQLite sees it, or is not as c4l makes it, in a line; None where nothing is."""
    return next(soundness.told(soundness.damage(opened), str), None)


def found_rot(opened: sqlite3.Connection) -> str | None:
    """The first row that is not as the journal left it, in words, or the first of the journal that is not.

    None where there is neither. Of an older book as much is known as its journal holds.
    """

    def sentences() -> Iterator[str]:
        for what in soundness.rot(opened):
            yield f"{what} is not what was written"

    return next(soundness.told(sentences(), str), None)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    from hashlib import sha256

    found = sha256()
    with path.open("rb") as opened:
        while piece := opened.read(_CHUNK):
            found.update(piece)
    return found.hexdigest()


def opened_as_it_is(book: Path) -> sqlite3.Connection:
    """A book opened to be read, neither made nor upgraded; what a cut-off change left is taken back."""
    opened = sqlite3.connect(f"{book.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    opened.execute(connection.PATIENCE)
    return opened


def _place(new: Path, place: Path, at: "datetime", reason: Reason, digest: str) -> Backup:
    size = new.stat().st_size
    name = name_of(at, reason, digest)
    files.put(new, place / name, overwrite=True)
    return Backup(name, at.replace(microsecond=0), reason, digest[:DIGEST_LENGTH], size)


class _Restless(Exception):
    """Somebody writes again and again while a copy is made."""


class _Watch:
    """Looks at the progress of a copy: it neither waits without end nor begins anew without end."""

    def __init__(self, book: Path, restarts: int | None = None) -> None:
        self._book = book
        self._restarts_left = restarts
        self._remaining = 0
        self._waiting_since: float | None = None

    def __call__(self, status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            self._waiting_since = self._waiting_since or time.monotonic()
            if time.monotonic() - self._waiting_since > connection.BUSY_MILLISECONDS / 1000:
                raise connection.said(sqlite3.SQLITE_BUSY, self._book)
            return
        self._waiting_since = None
        if remaining > self._remaining > 0 and self._restarts_left is not None:
            if not self._restarts_left:
                raise _Restless
            self._restarts_left -= 1
        self._remaining = remaining


@contextmanager
def _new_in(place: Path) -> Iterator[Path]:
    """An empty file in the folder, to become a backup; others know that one is being made while the block runs."""
    with _making(place):
        files.make_private(place)
        with barrier.making(place):
            new = files.create_beside(place / _NEW)
            try:
                yield new
            finally:
                new.unlink(missing_ok=True)


@contextmanager
def _making(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unusable(
            f"no backup can be made in {place}: {error.strerror}",
            "make room there and look at its rights, or make one elsewhere: c4l backup FILE",
        ) from error
