"""What is around a book: who may read it, what else writes into its folder, what lies there, and its backups."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from c4l.config import now
from c4l.domain.backups import Backup, Reason
from c4l.domain.dates import in_words
from c4l.domain.errors import Unusable
from c4l.domain.health import Check, Finding
from c4l.store import backup, daily, files

MOUNTS = Path("/proc/self/mountinfo")
"""Where Linux says what is mounted where."""

_OLD_DAYS = 8
"""The age of the last backup at which it is told, where something was written since."""
_FRESH_DAYS = 2
"""A book so young may be without any."""
_ABANDONED_SECONDS = 3600

_MENDED = "c4l doctor --mend"

SYNCHRONISED = {
    "Dropbox": ("Dropbox", ".dropbox", ".dropbox.cache"),
    "OneDrive": ("OneDrive",),
    "iCloud": ("Mobile Documents", "com~apple~CloudDocs", "iCloud Drive", "iCloudDrive"),
    "Google Drive": ("Google Drive", "GoogleDrive", "My Drive", ".tmp.drivedownload"),
    "Nextcloud": ("Nextcloud", "ownCloud", ".nextcloudsync.log", ".owncloudsync.log"),
    "Syncthing": (".stfolder",),
    "Resilio Sync": (".sync",),
    "Mega": ("MEGA", "MEGAsync"),
    "pCloud": ("pCloudDrive", "pCloud Drive"),
}
"""By which names of folders, and of what lies in them, programs are known that copy files between machines."""

NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "9p", "davfs", "ncpfs", "coda")
)
LOCAL_FUSE = frozenset(
    ("fuse.encfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.securefs", "fuse.veracrypt", "fuse.bindfs", "fuse.ntfs-3g")
)
"""Of what is mounted by a program of the user's, what is a disk all the same."""


class Verified(NamedTuple):
    """The backups of a book, as far as they were looked over.

    Attributes:
        good: the newest that a restore would take; None where there is none.
        damaged: the newer ones that it would not take, each with what is wrong; without what was kept aside as damaged.
        ahead: those of days to come that it would take: nobody knows how old they are.
    """

    good: Backup | None
    damaged: tuple[tuple[Backup, str], ...]
    ahead: tuple[Backup, ...] = ()


def looked_at(
    book: Path,
    *,
    own_folder: bool,
    written_at: datetime | None,
    begun_at: datetime | None,
    backups: Verified,
    way_back: str | None,
) -> list[Check]:
    """Look at everything around a book.

    Args:
        way_back: the command that brings a damaged book back, of which no backup can be made; None of a whole one.
        own_folder: whether the folder is c4l's own, and no folder of the user's.
        written_at: when something was last changed in the book; `begun_at`: when it was begun. None where unknown.
    """
    return [
        Check("rights", "who may read the book and its backups", tuple(_rights(book, own_folder))),
        Check("folder", "programs that copy the folder to other machines, and networks", tuple(_folder(book))),
        Check("leftovers", "what was left half made beside the book", tuple(_leftovers(book))),
        Check(
            "backups",
            "the last good backup and its age",
            tuple(_backups(book, written_at, begun_at, backups, way_back)),
        ),
    ]


def verified(book: Path) -> Verified:
    """Look the backups over, from the newest to the first that is good: each row, as a restore does."""
    damaged, ahead, at = list[tuple[Backup, str]](), list[Backup](), now()
    for each in _listed(book):
        if each.reason is Reason.damaged:
            continue
        if (damage := backup.damage_of(book, each)) is not None:
            # Another program may have removed it meanwhile, as each backup of a day does with older ones.
            if os.path.lexists(files.folder_of(book) / each.name):
                damaged.append((each, damage))
        elif each.at > at:
            ahead.append(each)
        else:
            return Verified(each, tuple(damaged), tuple(ahead))
    return Verified(next(iter(ahead), None), tuple(damaged), tuple(ahead))


def _listed(book: Path) -> list[Backup]:
    """Its backups; none where the folder cannot be looked into, which is a finding of its own."""
    with suppress(Unusable):
        return backup.listed(book)
    return []


# --- rights ----------------------------------------------------------------------------------------------------------


def _rights(book: Path, own_folder: bool) -> Iterator[Finding]:
    for path in _own(book, own_folder):
        if more := _open_to_others(path):
            yield Finding(f"others may use {path}: its rights are {more}", _MENDED)
    if not own_folder and (mode := book.parent.stat().st_mode) & 0o022 and not mode & stat.S_ISVTX:
        what = f"others may take away and replace what lies in {book.parent}: its rights are {_octal(mode)}"
        yield Finding(what, f"chmod go-w {quote(str(book.parent))}")
    if book.exists() and os.geteuid() not in (0, book.stat().st_uid):
        yield Finding(f"{book} belongs to somebody else", f"sudo chown {os.geteuid()} {quote(str(book))}")


def _own(book: Path, own_folder: bool) -> list[Path]:
    """All that is to be for the user alone."""
    backups, unsaved = files.folder_of(book), files.unsaved_of(book)
    within = [*sorted(backups.glob("*")), unsaved, *sorted(unsaved.rglob("*"))]
    return [*([book.parent] if own_folder else []), book, backup.journal_of(book), backups, *within]


def _open_to_others(path: Path) -> str | None:
    """The rights of what others than its owner may use; None of what only the owner may, and of what is not there.

    The rights of what the user put there by a link are theirs to choose.
    """
    with suppress(OSError):
        mode = path.lstat().st_mode
        return _octal(mode) if mode & 0o077 and not stat.S_ISLNK(mode) else None
    return None


def _octal(mode: int) -> str:
    return f"{stat.S_IMODE(mode):04o}"


# --- the folder ------------------------------------------------------------------------------------------------------


def _folder(book: Path) -> Iterator[Finding]:
    elsewhere = "keep the book on a disk of this machine, and only copies there: c4l backup FILE"
    if program := synchronised_by(book):
        yield Finding(
            f"{book} lies in a folder that {program} copies to other machines, perhaps in the middle of a change",
            elsewhere,
        )
    if MOUNTS.exists() and (kind := network_of(book, MOUNTS.read_text(encoding="utf-8", errors="replace"))):
        yield Finding(f"{book} lies on a network ({kind}), where locks do not hold as they do on a disk", elsewhere)


def synchronised_by(book: Path) -> str | None:
    """The program that copies the folder of a book to other machines, as far as can be seen; None where none is."""
    for folder in book.parents:
        there = _names(folder)
        for program, marks in SYNCHRONISED.items():
            for mark in marks:
                if _is_called(folder.name, mark) or (mark.startswith(".") and mark in there):
                    return program
        if any(name.startswith((".sync_", "._sync_")) and name.endswith(".db") for name in there):
            return "Nextcloud"
    return None


def _is_called(name: str, mark: str) -> bool:
    """Whether a folder has that name, or that name with more about whose it is: `OneDrive - Acme`, `Dropbox (Acme)`."""
    return name == mark or name.startswith((f"{mark} -", f"{mark} (", f"{mark}-"))


def _names(folder: Path) -> set[str]:
    """What lies in a folder, as far as its name begins with a point; nothing where it may not be looked into."""
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries if entry.name.startswith(".")}
    except OSError:
        return set()


def network_of(book: Path, mounts: str) -> str | None:
    """The kind of network that a book lies on; None of a disk.

    Args:
        mounts: what Linux says in `/proc/self/mountinfo`.
    """
    kind, longest = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = _unescaped(fields[4])
        # Of two that are mounted in the same place the later one is seen.
        if book.is_relative_to(point) and len(point) >= longest:
            kind, longest = after.split(" ", 1)[0], len(point)
    far = kind in NETWORK or (kind.startswith("fuse.") and kind not in LOCAL_FUSE)
    return kind if far else None


def _unescaped(point: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point


# --- what lies there -------------------------------------------------------------------------------------------------


def leftovers(book: Path) -> list[Path]:
    """What processes that died left half made beside a book and among its backups: copies of it, whole or in part."""
    beside = (path for path in book.parent.glob(f".*{files.PART}*") if path.name.startswith(f".{book.name[:100]}."))
    return [
        *sorted(path for path in beside if backup.is_older(path, _ABANDONED_SECONDS)),
        *backup.left_half_made(book),
    ]


def _leftovers(book: Path) -> Iterable[Finding]:
    for path in leftovers(book):
        yield Finding(f"{path} was left half made, and holds what the book held", _MENDED)


def _backups(
    book: Path, written_at: datetime | None, begun_at: datetime | None, backups: Verified, way_back: str | None
) -> Iterator[Finding]:
    barred = _barred(book)
    if barred is not None:
        yield barred
    mend = way_back or (barred.mend if barred else "c4l backup")
    if trouble := daily.note(book):
        yield Finding(f"the last automatic backup could not be made: {trouble}", mend)
    for each, damage in backups.damaged:
        yield Finding(f"the backup {each.name} is damaged: {damage}", mend)
    for each in backups.ahead:
        yield Finding(
            f"the backup {each.name} is of a day to come: the clock was wrong, and nobody knows how old it is",
            f"if nobody needs it: rm {quote(str(files.folder_of(book) / each.name))}",
        )
    good, at = backups.good, now()
    is_old = begun_at is not None and at - begun_at > timedelta(days=_FRESH_DAYS)
    if good is None and (is_old or way_back is not None):
        yield Finding("there is no good backup", mend)
    if good is not None and written_at is not None and written_at > good.at + timedelta(seconds=1):
        age = (at - good.at).days
        if age >= _OLD_DAYS:
            yield Finding(f"the last good backup is {in_words(age)} old, and the book was changed since", mend)


def _barred(book: Path) -> Finding | None:
    """Why no backup can be made in the folder for them, and what mends that; None where one can be.

    Of a book that may only be read none needs to be made.
    """
    place = files.folder_of(book)
    if not os.path.lexists(place):
        return None
    path, us = quote(str(place)), os.geteuid()
    needed = os.R_OK | os.X_OK | (os.W_OK if _may(book, os.W_OK) else 0)
    if place.is_symlink() and place.lstat().st_uid != us:
        why = "it is a link of somebody else's"
        mend = f"rm {path}; or, if it leads where they are to be: sudo chown -h {us} {path}"
    elif not place.exists():
        why, mend = "it is a link that leads nowhere", f"rm {path}; or mount the disk that it leads to"
    elif not place.is_dir():
        why, mend = "it is no folder", f"mv -n {path} {quote(f'{place}.old')}"
    elif _may(place, needed):
        return None
    elif place.stat().st_uid != us:
        why, mend = "it belongs to somebody else", f"sudo chown {us} {path}"
    elif place.stat().st_mode & stat.S_IRWXU != stat.S_IRWXU:
        why, mend = f"its rights are {_octal(place.stat().st_mode)}", f"chmod u+rwx {path}"
    else:
        why, mend = "nothing can be written there", "make one elsewhere: c4l backup FILE"
    return Finding(f"no backup can be made in {place}: {why}", mend)


def _may(path: Path, needed: int) -> bool:
    return os.access(path, needed, effective_ids=os.access in os.supports_effective_ids)


def mend(book: Path, *, own_folder: bool) -> Iterator[str]:
    """Close to others what they may use, and remove what was left half made; in words what was done."""
    for path in _own(book, own_folder):
        if _open_to_others(path):
            with suppress(FileNotFoundError, PermissionError):
                path.chmod(0o700 if path.is_dir() else 0o600)
                yield f"closed {path} to others"
    for path in leftovers(book):
        path.unlink(missing_ok=True)
        yield f"removed {path}"
