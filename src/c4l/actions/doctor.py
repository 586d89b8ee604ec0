"""Examining a book, mending what can be mended without loss, and salvaging what a damaged one still holds."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from c4l import __version__
from c4l.config import now
from c4l.domain.errors import Refused, Unusable
from c4l.domain.health import Check, Loss
from c4l.store import doctor, surroundings
from c4l.store.files import folder_of
from c4l.store.store import Store

if TYPE_CHECKING:
    from c4l.domain.backups import Backup

_BYTES_A_SECOND = 5_000_000
"""About so much of a book is examined in a second: its rows and those of its last backup are digested."""


class LastBackup(NamedTuple):
    """The newest good backup."""

    file: Path
    at: datetime


class Diagnosis(NamedTuple):
    """What an examination found.

    Attributes:
        versions: of c4l, of the schema of the book and the c4l that wrote it, of SQLite and Python; by name.
        mended: what was mended before, in words.
    """

    book: Path
    checks: tuple[Check, ...]
    versions: dict[str, str | None]
    last_backup: LastBackup | None
    mended: tuple[str, ...] = ()

    @property
    def findings(self) -> int:
        """How many there are."""
        return sum(len(check.findings) for check in self.checks)


class Salvage(NamedTuple):
    """A new book, made of what could be read of a damaged one.

    Attributes:
        carried: rows by table.
        losses: rows that are not as they were, or of which nothing is left to prove it.
    """

    source: Path
    file: Path
    carried: dict[str, int]
    losses: tuple[Loss, ...]

    @property
    def is_whole(self) -> bool:
        """Whether no row was lost, and none is known to be other than it was."""
        return all(loss.is_unproven for loss in self.losses)


def examine(store: Store, *, own_folder: bool, mended: tuple[str, ...] = ()) -> Diagnosis:
    """Look at everything in and around a book; nothing is changed.

    Args:
        own_folder: whether the folder is c4l's own, and no folder of the user's.

    Raises:
        Refused: if there is no book yet.
        Unusable: if a named one is not there, is no file, is another program's or a newer c4l's, or is held.
    """
    from c4l.store import restore

    book = _book(store)
    backups = surroundings.verified(book)
    good, held = backups.good, restore.contents(book)
    written_at = held and held.changed_at
    way_back = _way_back(book, good, written_at)
    checks = doctor.examined(book, way_back)
    around = surroundings.looked_at(
        book,
        own_folder=own_folder,
        written_at=written_at,
        begun_at=doctor.begun_at(book),
        backups=backups,
        way_back=way_back if doctor.is_damaged(checks) else None,
    )
    return Diagnosis(
        book,
        (*checks, *around),
        {"c4l": __version__, **doctor.versions(book)},
        None if good is None else LastBackup(folder_of(book) / good.name, good.at),
        mended,
    )


def _way_back(book: Path, good: "Backup | None", written_at: datetime | None) -> str:
    salvage = f"c4l doctor --salvage {quote(str(book))}"
    if good is None:
        return salvage
    if written_at is not None and written_at <= good.at <= now():
        return f"c4l restore {good.name}"
    return f"c4l restore {good.name}; or, to keep what was logged since: {salvage}"


def seconds(store: Store) -> int:
    """About how long an examination takes."""
    return _book(store).stat().st_size // _BYTES_A_SECOND


def mend(store: Store, *, own_folder: bool) -> tuple[str, ...]:
    """Mend what can be mended without losing anything; in words what was done.

    Raises:
        Refused: if there is no book yet.
    """
    book = _book(store)

    def done() -> Iterator[str]:
        yield from surroundings.mend(book, own_folder=own_folder)
        yield from doctor.mend(book)

    return tuple(done())


def accept(store: Store) -> tuple[str, ...]:
    """Let the journal know every row as it is, where it differs from what was written; in words how many.

    A book of which not all can be read, or that is damaged otherwise, is left alone.
    """
    if not doctor.is_acceptable(_book(store)):
        return ()
    with store.writing("accept") as changes:
        count = doctor.accept(changes)
    some = "1 row as it reads" if count == 1 else f"{count} rows as they read"
    return (f"took {some}",) if count else ()


def salvage(source: Path, target: Path | None) -> Salvage:
    """Carry what can be read of a damaged book into a new one.

    Args:
        target: beside the damaged one, and named by it, where it is not said.

    Raises:
        Refused: if there is such a file, or nothing can be read.
    """
    if source.exists() and not source.is_file():
        raise Refused(f"{source} is no file, and so no book", "name the damaged book")
    from c4l.store.salvage import salvage as carried_over

    file = target or source.with_name(f"{source.name.removesuffix('.db')}-salvaged.db")
    found = carried_over(source, file)
    return Salvage(source, file, found.carried, found.losses)


def _book(store: Store) -> Path:
    if not store.is_there():
        raise Refused("there is nothing to examine yet", "c4l log and c4l client add begin a book")
    store.close()
    book = store.path.resolve()
    if not book.is_file():
        raise Unusable(f"{book} is no file, and so no book", "name another with --database")
    return book
