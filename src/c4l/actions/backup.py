"""Backups, made by themselves or when asked for, and the way back to one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, count
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from c4l.config import Settings, now
from c4l.domain.errors import Ambiguous, C4lError, Refused
from c4l.store import daily
from c4l.store.files import folder_of
from c4l.store.store import Store

if TYPE_CHECKING:
    from c4l.domain.backups import Backup, Contents, Reason

_DEMO = "demo"
_BYTES_A_SECOND = 10_000_000
"""About so much of a book is looked over in a second: every row is digested."""


class Made(NamedTuple):
    """A backup that was just made.

    Attributes:
        sha256: of the file, in hexadecimal; of one in the folder, how it begins.
        size: bytes.
        removed: files of older ones that are no longer kept.
    """

    book: Path
    file: Path
    at: datetime
    size: int
    sha256: str
    removed: tuple[Path, ...] = ()


class Kept(NamedTuple):
    """A backup in the folder.

    Attributes:
        whole: whether every row is what was written, so that a restore would take it; None where it was not looked at.
        damage: what is wrong with it, in a few words; None where nothing is, or it was not looked at.
    """

    file: Path
    backup: "Backup"
    whole: bool | None
    damage: str | None = None


class BackupList(NamedTuple):
    """All backups of a book, the newest first."""

    book: Path
    folder: Path
    backups: tuple[Kept, ...]


class Restored(NamedTuple):
    """A book that went back to a backup, or would.

    Attributes:
        taken_at: when the backup was made, where its name tells.
        now: what was there before; None where it cannot be read, or nothing was there.
        aside: where that is kept.
        begins: whether nothing was there.
    """

    file: Path
    book: Path
    taken_at: datetime | None
    now: "Contents | None"
    then: "Contents"
    aside: Path | None
    rehearsed: bool
    begins: bool = False


# --- by themselves ---------------------------------------------------------------------------------------------------


def of_the_day(store: Store, settings: Settings) -> str | None:
    """Begin to make the backup of the day where one is due; what the user is to be told, if anything.

    Args:
        store: a book that was just written to.
    """
    if settings["backup.automatic"] != "on":
        return None
    book = store.path.resolve()
    trouble = daily.note(book)
    try:
        if daily.is_due(book) and not _is_demo(store):
            daily.start(book, _keep(settings))
    except C4lError as error:
        trouble = error.message
    return None if trouble is None else f"the last automatic backup could not be made: {trouble}"


def before(store: Store, settings: Settings, reason: "Reason", tell: Callable[[int], None]) -> None:
    """Make a backup before something that changes much, unless nothing was written since the last one.

    Args:
        tell: called, before one is made, with about how many seconds that takes.

    Raises:
        Unusable: if the book is damaged, or it cannot be made.
    """
    book = store.path.resolve()
    if settings["backup.automatic"] != "on" or not book.exists() or not book.stat().st_size:
        return
    from c4l.domain.backups import Keep, Reason
    from c4l.store import backup, restore

    held = restore.contents(book)
    if held is not None and held.verb is None:
        # Nothing was ever written.
        return
    # Where it cannot be told when something was written, a backup is made, or the damage told.
    written = held and held.changed_at
    past = (each for each in backup.listed(book) if each.at <= now())
    last = next((each for each in past if each.reason is not Reason.damaged), None)
    # A backup is named by the second in which it was begun; one of a day to come says nothing.
    if last is not None and written is not None and last.at > written and backup.is_whole(book, last):
        return
    tell(seconds(store))
    backup.make(book, reason)
    backup.rotate(book, Keep(*_keep(settings)))


def _is_demo(store: Store) -> bool:
    """Whether the book was begun as a demo, of which nothing needs to be kept."""
    from c4l.store import compiled as q

    with store.reading() as tx:
        begun = tx.all(q.entry_get, id=1)
    return bool(begun) and begun[0][2] == _DEMO


def _keep(settings: Settings) -> daily.Keep:
    kept = ("backup.daily", "backup.weekly", "backup.monthly")
    days, weeks, months = (int(settings[name]) for name in kept)
    return days, weeks, months


# --- when asked for --------------------------------------------------------------------------------------------------


def make(store: Store, settings: Settings, file: Path | None, *, force: bool = False) -> Made:
    """Make a backup in a file, or in the folder beside the book.

    Args:
        file: where to; in a folder that is there, a file is made that is named by the book and this second.
        force: whether a file that is there may be written over.

    Raises:
        Refused: if the file is there, is a link or is the book itself.
        Unusable: if the book is damaged or cannot be read.
    """
    from c4l.domain.backups import Keep, Reason
    from c4l.store import backup, files

    book, at = _book(store), now().replace(microsecond=0)
    if file is None:
        made = backup.make(book, Reason.asked)
        daily.clear_note(book)
        gone = backup.rotate(book, Keep(*_keep(settings)))
        place = folder_of(book)
        return Made(book, place / made.name, made.at, made.size, made.digest, tuple(place / name for name in gone))
    target = _free_name(file, f"{book.stem}-{at.astimezone():%Y-%m-%d-%H%M%S}") if file.is_dir() else file
    if target.exists() and target.samefile(book):
        raise Refused(f"{file} is the book itself", "name another file")
    with files.written(target, overwrite=force) as new:
        digest = backup.take(book, new)
    return Made(book, target, at, target.stat().st_size, digest)


def _free_name(folder: Path, name: str) -> Path:
    """A file that is not there yet: two backups can be made in a second."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(file for each in names if not lexists(file := folder / f"{each}.db"))


def listed(store: Store, *, verify: bool = False) -> BackupList:
    """The backups of a book, the newest first.

    Args:
        verify: whether to read each to its end and hold every row against the journal, as a restore does.
    """
    from c4l.store import backup

    book = _book(store)
    place = folder_of(book)

    def looked_at(each: "Backup") -> Kept:
        damage = backup.damage_of(book, each) if verify else None
        return Kept(place / each.name, each, damage is None if verify else None, damage)

    return BackupList(book, place, tuple(map(looked_at, backup.listed(book))))


def seconds(store: Store, *, verify: bool = False) -> int:
    """About how long it takes to look over a new backup, or, with `verify`, those that there are."""
    from c4l.store import backup

    book = _book(store)
    size = sum(each.size for each in backup.listed(book)) if verify else book.stat().st_size
    return size // _BYTES_A_SECOND


def find(store: Store, said: str) -> Path:
    """The backup that is meant: a file, or the beginning of the name of one in the folder, such as its day.

    Raises:
        Refused: if there is none.
        Ambiguous: if several begin so.
    """
    from c4l.store import backup

    if (file := _find_file(said)) is not None:
        return file
    book = store.path.resolve()
    near = [each for each in backup.listed(book) if said and each.name.startswith(said)]
    if len(near) > 1:
        raise Ambiguous(
            f"{len(near)} backups begin with “{said}”",
            "name one of these in full",
            [(each.name, f"{each.size} bytes") for each in near],
        )
    if not near:
        raise Refused(f"there is no file and no backup {said}", "c4l backup --list shows what there is")
    return folder_of(book) / near[0].name


def _find_file(said: str) -> Path | None:
    """A file that is there, by its path."""
    try:
        file = Path(said).expanduser().absolute()
        return file if file.exists() else None
    except (OSError, RuntimeError, ValueError):
        # A home that nobody knows (~nobody/a.db), a zero byte, a name that is too long.
        return None


class Restoring:
    """A backup that was looked over, before anything is done with it: `planned` tells what would differ."""

    def __init__(self, planned: Restored, new: Path) -> None:
        self.planned = planned
        self._new = new

    def carry_out(self) -> Restored:
        """Let it take the place of the book; what was there is kept aside.

        Raises:
            Unusable: if the old book cannot be kept, or another program holds it.
        """
        from c4l.store import restore

        book = self.planned.book
        kept = restore.replace(book, self._new)
        return self.planned._replace(aside=kept and folder_of(book) / kept.name, rehearsed=False)


@contextmanager
def restoring(store: Store, file: Path) -> Iterator[Restoring]:
    """Look a backup over, and compare it with what is there; until it is carried out nothing changes.

    Raises:
        Refused: if the backup is no whole book of c4l's, or is the book itself.
        Unusable: if it was written by a newer c4l, or there is a database of another program in the place of the book.
    """
    from c4l.domain.backups import find_backup
    from c4l.store import restore

    store.close()
    book = store.path.resolve()
    if book.exists() and file.samefile(book):
        raise Refused(f"{file} is the book itself", "c4l backup --list shows the backups there are")
    restore.check_place(book)
    with restore.verified(file, book) as new:
        then = restore.contents(new)
        if then is None:
            raise Refused(f"{file} lacks what every c4l book has", "c4l doctor --salvage FILE carries over what it has")
        named = find_backup(file.name, 0)
        was_there = restore.contents(book)
        planned = Restored(file, book, named and named.at, was_there, then, None, True, begins=not book.exists())
        yield Restoring(planned, new)


def _book(store: Store) -> Path:
    """Where the book lies, which must be there.

    Raises:
        Unusable: if a named one is not.
        Refused: if none was begun yet.
    """
    if not store.is_there():
        raise Refused("there is nothing to back up yet", "c4l log and c4l client add begin a book")
    return store.path.resolve()
