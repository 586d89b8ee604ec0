"""Writing a file whole or not at all, for the user alone: beside its place, to the disk, and only then into it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EEXIST, EPERM
from pathlib import Path

from c4l.domain.errors import Refused

PART = ".part"
"""How the names of files end that are being written; one that stays was left by a process that died."""

_NO_LINKS = frozenset(("EPERM", "EOPNOTSUPP", "ENOTSUP", "ENOSYS", "EMLINK", "EACCES"))
"""What file systems answer that know no second name for a file, such as those of memory sticks."""


def folder_of(book: Path) -> Path:
    """The folder with the backups of a book: `c4l-backups` beside `c4l.db`."""
    return book.with_name(f"{book.name.removesuffix('.db')}-backups")


def unsaved_of(book: Path) -> Path:
    """The folder with what was typed and is not in a book yet: `c4l-unsaved` beside `c4l.db`.

    Of a book that is named by a link it is where the book is: so that one who is forgotten there is found here, too.
    """
    book = book.resolve()
    return book.with_name(f"{book.name.removesuffix('.db')}-unsaved")


@contextmanager
def written(target: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Where to write what becomes the target when the block ends; where the block fails, nothing has happened.

    Yields:
        An empty file in the folder of the target, which only the user can read.

    Raises:
        Refused: if the target is a link or a folder, if it is there and is not to be overwritten, or if the place
            cannot be written.
    """
    with _told(target):
        _check(target, overwrite=overwrite)
        new = create_beside(target)
        try:
            yield new
            put(new, target, overwrite=overwrite)
        finally:
            new.unlink(missing_ok=True)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise _there_already(target) from error
    except OSError as error:
        raise Refused(
            f"{target} cannot be written: {error.strerror}", "name another place, or look at the rights of its folder"
        ) from error


def _check(target: Path, *, overwrite: bool) -> None:
    """See that a target may be written, before any work is done for it.

    Raises:
        Refused: if not.
    """
    if target.is_symlink():
        raise Refused(f"{target} is a link, and nothing is written through links", "name the file that it leads to")
    if target.is_dir():
        raise Refused(f"{target} is a folder", "name a file in it")
    if target.exists() and not overwrite:
        raise _there_already(target)
    if target.exists() and not target.is_file():
        raise Refused(f"{target} is no ordinary file", "name another")


def create_beside(target: Path) -> Path:
    """Make an empty file in the folder of a target, for the user alone, whatever the umask.

    Raises:
        OSError: if it cannot be made.
    """
    while True:
        new = target.with_name(f".{target.name[:100]}.{os.urandom(6).hex()}{PART}")
        try:
            # O_EXCL follows no link, either.
            os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            continue
        return new


def put(new: Path, target: Path, *, overwrite: bool) -> None:
    """Give a finished file its name; both the bytes and the name outlast a power cut.

    Raises:
        FileExistsError: if there is a target that is not to be overwritten.
        OSError: if it cannot be done.
    """
    sync(new)
    if overwrite:
        new.replace(target)
    else:
        _name_first(new, target)
    sync(target.parent)


def _name_first(new: Path, target: Path) -> None:
    """Rename in such a way that nobody's file is lost who made one there in the meantime."""
    from errno import errorcode

    try:
        os.link(new, target)
    except OSError as error:
        if errorcode.get(error.errno or 0) not in _NO_LINKS:
            raise
        if os.path.lexists(target):
            raise FileExistsError(EEXIST, os.strerror(EEXIST), str(target)) from error
        new.rename(target)
    else:
        new.unlink()


def sync(path: Path) -> None:
    """See that what was written to a file, or the names in a folder, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folders(path: Path) -> None:
    """Make the folders above a path that are missing, each for the user alone."""
    for folder in reversed(path.parents):
        if not folder.exists():
            # Another process may make it at the same time.
            folder.mkdir(mode=0o700, exist_ok=True)
            # Its name, too: a power cut could take the folder, and with it what was synchronised there. Above a
            # folder that we may write to but not read there is no more to be done.
            with suppress(PermissionError):
                sync(folder.parent)


def make_private(folder: Path) -> None:
    """Make a folder of c4l's, or close one that is there to others: it holds everything.

    The user may have put a link in its place, to another disk; then the rights there are theirs to choose.

    Raises:
        OSError: if it cannot be made, or is a link that somebody else put there.
    """
    make_folders(folder / "file")
    if folder.is_symlink():
        if folder.lstat().st_uid != os.geteuid():
            raise PermissionError(EPERM, "it is a link of somebody else's", str(folder))
    elif folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _there_already(target: Path) -> Refused:
    return Refused(f"{target} is there already", "name another file, or say --force to write over it")
