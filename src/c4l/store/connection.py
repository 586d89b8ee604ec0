"""How a book is opened: the connection recipe, the file's rights, and SQLite's failures in words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from c4l.domain.errors import Unconfirmed, Unusable
from c4l.store import files, migrations

BUSY_MILLISECONDS = 10_000


class Damaged(Unusable):
    """What stands in the book is not what c4l wrote, or cannot be read."""


OWN_FOLDER = "c4l"
"""The name of the folder that `config` makes for the book in the platform's own, where the user names no other."""

RIGHTS = "look at the rights of the file and its folder"

PATIENCE = f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}"

RECIPE = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA secure_delete = ON",
    # One file at rest, and no acknowledged write lost when the power goes: WAL and FULL each lose some.
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
)

_SAYINGS = {
    sqlite3.SQLITE_BUSY: ("{holder} has held the book for over {seconds} seconds", "end it or wait, then try again"),
    sqlite3.SQLITE_LOCKED: ("another program has locked the book", "end it or wait, then try again"),
    sqlite3.SQLITE_READONLY: ("the book cannot be written", "allow writing to the file and to its folder"),
    sqlite3.SQLITE_FULL: ("the disk is full; nothing was changed", "make room, then try again"),
    sqlite3.SQLITE_IOERR: ("the disk could not be read or written", "look at the disk; nothing more was changed"),
    sqlite3.SQLITE_CORRUPT: ("the book is damaged", "c4l doctor tells what to do; keep the file"),
    sqlite3.SQLITE_NOTADB: ("this file is not a c4l book", "name another with --database"),
    sqlite3.SQLITE_CANTOPEN: ("the book cannot be opened", RIGHTS),
}


@contextmanager
def explained(path: Path | None) -> Iterator[None]:
    """Turn what SQLite says about a file into what a user can act on.

    Raises:
        Unusable: for every failure that lies in the file, the disk or another program.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if (code := code_of(error)) not in _SAYINGS:
            raise
        raise said(code, path) from error
    except UnicodeDecodeError as error:
        # What SQLite complains of can be bytes that were a name before the file was damaged: no text for Python.
        raise said(sqlite3.SQLITE_CORRUPT, path) from error


def code_of(error: sqlite3.DatabaseError) -> int:
    """What SQLite calls a failure: its primary code; 0 where Python found it before SQLite did."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def said(code: int, path: Path | None) -> Unusable:
    """A failure of SQLite's in words, by its primary code: one of those that have words."""
    if path is not None and code != sqlite3.SQLITE_BUSY and path.exists() and not path.is_file():
        return Unusable(f"{path} is no file, and so no book", "name another with --database")
    if path is not None and _is_damage(code, path):
        code = sqlite3.SQLITE_CORRUPT
    message, hint = _SAYINGS[code]
    if code == sqlite3.SQLITE_CORRUPT:
        return Damaged(f"{message}: {path}", hint)
    if code == sqlite3.SQLITE_BUSY:
        from c4l.store.holder import find_holder

        holder = (path and find_holder(path)) or "another program"
        message = message.format(holder=holder, seconds=BUSY_MILLISECONDS // 1000)
    return Unusable(f"{message}: {path}", hint)


def _is_damage(code: int, path: Path) -> bool:
    """Whether what SQLite takes for something else comes of what stands in a book."""
    match code:
        case sqlite3.SQLITE_NOTADB:
            return _was_a_book(path)
        case sqlite3.SQLITE_READONLY:
            from c4l.store import soundness

            return soundness.is_said_read_only(path)
        case _:
            return False


def _was_a_book(path: Path) -> bool:
    """Whether a file lies where only a book does: in c4l's own folder, or beside backups of it."""
    try:
        return path.absolute().parent.name == OWN_FOLDER or any(files.folder_of(path).glob("*.db"))
    except OSError:
        return False


def commit(connection: sqlite3.Connection, path: Path) -> None:
    """Keep what a transaction did.

    Raises:
        Unconfirmed: if it is kept, and only the end of its journal may not be on the disk yet.
    """
    try:
        connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_DIR_FSYNC:
            raise Unconfirmed(
                f"the change is made, but the disk did not confirm it: {path}", "look at the disk; do not do it again"
            ) from error
        raise


def connect(path: Path) -> sqlite3.Connection:
    """Open the book at a path, making it, its folder and its schema where they are missing.

    Raises:
        Unusable: if it cannot be opened, is no book of c4l's, or was written by a newer c4l.
    """
    _make_private(path)
    with explained(path):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            _prepare(connection, path)
            _keep_beside(connection, path.absolute().parent)
        except BaseException:
            connection.close()
            raise
    return connection


def _keep_beside(connection: sqlite3.Connection, folder: Path) -> None:
    """Let SQLite make the files in which it sorts and copies beside the book: a folder that all share is no place.

    A library that was built without this old pragma does as `SQLITE_TMPDIR` says, or takes `/var/tmp`.
    """
    if "SQLITE_TMPDIR" not in os.environ and os.access(folder, os.W_OK):
        named = str(folder).replace("'", "''")
        connection.execute(f"PRAGMA temp_store_directory = '{named}'")


def connect_empty(version: int = migrations.CURRENT) -> sqlite3.Connection:
    """An empty book in memory: what there is to read before anything was written; also as an earlier c4l made it."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _prepare(connection, None, version)
    return connection


def connect_copy(book: sqlite3.Connection, place: str = ":memory:") -> sqlite3.Connection:
    """A copy of an open book, on which everything may be tried, even where the book may only be read.

    Args:
        book: within a transaction, in which something was read: else the copy waits without end for another program.
        place: where to, in SQLite's words: a file of ours, or "" for one without a name.
    """
    copy = sqlite3.connect(place, isolation_level=None)
    try:
        book.backup(copy)
        _prepare(copy, None)
    except BaseException:
        copy.close()
        raise
    return copy


def _prepare(connection: sqlite3.Connection, path: Path | None, wanted: int = migrations.CURRENT) -> None:
    connection.execute(PATIENCE)
    # Before anything else: some of the recipe would rewrite the header of a file that is not ours.
    version = version_of(connection, path)
    for pragma in RECIPE:
        connection.execute(pragma)
    if version < wanted:
        migrations.migrate(connection, path, migrations.migrations()[:wanted], version)


def version_of(connection: sqlite3.Connection, path: Path | None) -> int:
    """The version of the book's schema; 0 of a file that is still empty.

    Raises:
        Unusable: if another program made the file, or a newer c4l.
        Damaged: if it says so, and everything else in it says otherwise.
    """
    version = _pragma(connection, "user_version")
    if _pragma(connection, "application_id") != migrations.APPLICATION:
        # The order matters: another c4l may be making the book just now, all of it at once.
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            return 0
        if _pragma(connection, "application_id") != migrations.APPLICATION:
            raise _unmarked(connection, path)
        version = _pragma(connection, "user_version")
    if not 0 < version <= migrations.CURRENT:
        raise _unknown(connection, path, version)
    return version


def _unmarked(connection: sqlite3.Connection, path: Path | None) -> Unusable:
    """What is said of a database that does not bear the mark of a book."""
    from c4l.store import soundness

    if soundness.is_foreign(connection):
        return Unusable(f"this file is not a c4l book: {path}", "name another with --database")
    return said(sqlite3.SQLITE_CORRUPT, path)


def _unknown(connection: sqlite3.Connection, path: Path | None, version: int) -> Unusable:
    """What is said of a book that says it is of a version which this program does not know."""
    from c4l.store import soundness

    if soundness.is_newer(connection):
        return newer(connection, path, version)
    return said(sqlite3.SQLITE_CORRUPT, path)


def newer(connection: sqlite3.Connection, path: Path | None, version: int) -> Unusable:
    """What is said of a book whose schema this program does not know yet."""
    from c4l.store import signature

    said = signature.too_new(f"the book {path}", signature.signed(connection), version, migrations.CURRENT)
    return Unusable(said, signature.UPGRADE)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def tighten(folder: Path) -> None:
    """Close c4l's own folder, which others may have been let into when it was made, to all but the user.

    Any other folder keeps its rights, and so does one that the user put in its place by a link.
    """
    # Whose rights cannot be changed by us is somebody else's, and so no secret of ours.
    with suppress(OSError):
        if folder.name == OWN_FOLDER and not folder.is_symlink() and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)


@contextmanager
def in_place_of(path: Path, *, overwrite: bool = True) -> Iterator[Path]:
    """Where to make a book that takes the place of another, whole and at once, when the block ends.

    The old one must be closed by then, and have been read to its end: so that it has no journal left that the new
    one could be taken for.

    Args:
        overwrite: whether there may be an old one.

    Raises:
        Unusable: if a file cannot be made there, or there is one that is not to be overwritten.
    """
    with _making(path):
        files.make_folders(path)
        new = files.create_beside(path)
    try:
        yield new
        with _making(path):
            files.put(new, path, overwrite=overwrite)
    finally:
        new.unlink(missing_ok=True)


def _make_private(path: Path) -> None:
    """Folders 0700 and file 0600, whatever the umask; what is there already keeps its rights."""
    with _making(path):
        files.make_folders(path)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def _making(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unusable(
            f"the book {path} cannot be made: {error.strerror}", "name another place with --database"
        ) from error
