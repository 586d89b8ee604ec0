"""Going back to a backup: it is looked over first, what is there is kept aside, and then all of it changes at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from c4l.domain.backups import DIGEST_LENGTH, Backup, Contents, Newest, Reason, find_backup
from c4l.domain.errors import Refused, Unusable
from c4l.store import backup, connection, files, soundness

_SALVAGE = (
    "c4l backup --list --verify shows others; c4l doctor --salvage FILE makes a new book of what can be read of it"
)


@contextmanager
def verified(file: Path, book: Path) -> Iterator[Path]:
    """A copy of a backup that was looked over, beside the book whose place it may take; it goes when the block ends.

    Raises:
        Refused: if the file is no whole book of c4l's.
        Unusable: if it was written by a newer c4l, or the copy cannot be made.
    """
    _check_bytes(file)
    new = _beside(book)
    try:
        _copied(file, new)
        with closing(sqlite3.connect(new, isolation_level=None)) as copy:
            _check(copy, file, new)
        files.sync(new)
        yield new
    finally:
        new.unlink(missing_ok=True)


def contents(path: Path) -> Contents | None:
    """What a book holds; None where it is damaged, or there is none."""
    try:
        with closing(_read_only(path)) as opened:
            return _contents(opened)
    except soundness.STUMBLES:
        return None


def check_place(book: Path) -> None:
    """See that no database of another program, and no book of a newer c4l, lies where a backup is to be put.

    What is damaged may be a book, and is let be.

    Raises:
        Unusable: if one does, or what lies there is no file.
    """
    if book.exists() and not book.is_file():
        raise Unusable(f"{book} is no file, and so no book", "name another with --database")
    with suppress(connection.Damaged, *soundness.STUMBLES), closing(_read_only(book)) as there:
        connection.version_of(there, book)


def replace(book: Path, new: Path) -> Backup | None:
    """Let a verified copy take the place of a book; the old one is kept aside.

    What others write at the same time is in one of the two: they are kept out from before the old one is copied until
    the new one is there. The file stays the same file, so that nobody who waits goes on with a nameless one.

    Args:
        new: a file beside the book, which is gone afterwards or of no more use.

    Returns:
        The backup of what was there; None where nothing was.

    Raises:
        Unusable: if the old one cannot be kept, or another program holds it.
    """
    if not book.exists():
        with _placing(book):
            files.put(new, book, overwrite=False)
        return None
    try:
        with soundness.damage_told(book), closing(_held(book)) as there:
            kept = backup.make(book, Reason.restore, there)
            _fill(there, new)
            return kept
    except Unusable as error:
        if not _is_damage(error):
            raise
    return _replace_damaged(book, new)


def _replace_damaged(book: Path, new: Path) -> Backup:
    kept = backup.keep_aside(book)
    try:
        with soundness.damage_told(book), closing(_held(book)) as there:
            _fill(there, new)
    except Unusable as error:
        if not _is_damage(error):
            raise
        with _placing(book):
            # It would be played into the new book; a copy of it lies beside that of the old one.
            backup.journal_of(book).unlink(missing_ok=True)
            files.put(new, book, overwrite=True)
    return kept


def _is_damage(error: Unusable) -> bool:
    return isinstance(error, connection.Damaged) or soundness.lies_in_the_file(error.__cause__)


def _held(book: Path) -> sqlite3.Connection:
    """The book, open, and closed to everybody else until the connection is closed."""
    there = sqlite3.connect(f"{book.as_uri()}?mode=rw", uri=True, isolation_level=None)
    try:
        there.execute(connection.PATIENCE)
        there.execute("PRAGMA synchronous = EXTRA")
        there.execute("PRAGMA locking_mode = EXCLUSIVE")
        there.execute("BEGIN EXCLUSIVE")
        there.execute("COMMIT")
    except BaseException:
        there.close()
        raise
    return there


def _fill(there: sqlite3.Connection, new: Path) -> None:
    """Write all pages of a file into an open book, as one transaction."""
    with closing(sqlite3.connect(new, isolation_level=None)) as source:
        source.backup(there)


def _contents(opened: sqlite3.Connection) -> Contents:
    def number(statement: str) -> int:
        return int(opened.execute(statement).fetchone()[0])

    def newest(statement: str) -> Newest | None:
        row = opened.execute(statement).fetchone()
        return None if row is None else Newest(row[0], date.fromisoformat(row[1]), row[2])

    entry = opened.execute("SELECT at, verb FROM entry ORDER BY id DESC LIMIT 1").fetchone()
    return Contents(
        number("PRAGMA user_version"),
        number("SELECT count(*) FROM client"),
        number("SELECT count(*) FROM interaction"),
        number("SELECT count(*) FROM promise"),
        newest("SELECT id, happened_on, note FROM interaction ORDER BY id DESC LIMIT 1"),
        newest("SELECT id, made_on, what FROM promise ORDER BY id DESC LIMIT 1"),
        None if entry is None else soundness.instant(entry[0]),
        None if entry is None else entry[1],
    )


# --- what a file must be to take the place of a book -----------------------------------------------------------------


def _check_bytes(file: Path) -> None:
    """See that a backup holds what its name says, and is the whole of it.

    Raises:
        Refused: if not, or if it cannot be read.
    """
    if backup.journal_of(file).exists():
        raise Refused(
            f"{file} was copied in the middle of a change: beside it lies {backup.journal_of(file).name}", _SALVAGE
        )
    try:
        if file.exists() and not file.is_file():
            raise Refused(f"{file} cannot be read: it is no file", "c4l backup --list shows what there is")
        named = find_backup(file.name, 0)
        if named is not None and backup.digest_of(file)[:DIGEST_LENGTH] != named.digest:
            raise Refused(f"{file} is damaged: it is not what was written when it was made", _SALVAGE)
        with file.open("rb"):
            pass
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}", "c4l backup --list shows what there is") from error


def _copied(file: Path, new: Path) -> None:
    with _told_of(file), closing(_read_only(file)) as source, closing(sqlite3.connect(new)) as copy:
        # Within a transaction: else a copy waits without end for another program.
        source.execute(connection.PATIENCE)
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master")
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(copy)


def _check(copy: sqlite3.Connection, file: Path, new: Path) -> None:
    with _told_of(file):
        if soundness.is_foreign(copy):
            raise _no_book(file)
        if soundness.is_newer(copy):
            raise connection.newer(copy, file, int(copy.execute("PRAGMA user_version").fetchone()[0]))
        damage = soundness.SAID_READ_ONLY if soundness.is_said_read_only(new) else None
        if (damage := damage or backup.found_damage(copy) or backup.found_rot(copy)) is not None:
            raise Refused(f"{file} is damaged: {damage}", _SALVAGE)


@contextmanager
def _told_of(file: Path) -> Iterator[None]:
    """Tell of a file to restore from, which is not the book."""
    try:
        with soundness.damage_told(file):
            yield
    except Unusable as error:
        match error.__cause__:
            case sqlite3.DatabaseError() as cause if connection.code_of(cause) == sqlite3.SQLITE_NOTADB:
                raise _no_book(file) from error
            case _ if isinstance(error, connection.Damaged):
                raise Refused(f"{file} is damaged", _SALVAGE) from error
            case _:
                raise


def _no_book(file: Path) -> Refused:
    return Refused(f"{file} is not a c4l book", "c4l backup --list shows the backups there are")


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _beside(book: Path) -> Path:
    with _placing(book):
        files.make_folders(book)
        return files.create_beside(book)


@contextmanager
def _placing(book: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unusable(
            f"the book {book} cannot be written: {error.strerror}", "look at the rights and the room on the disk"
        ) from error
