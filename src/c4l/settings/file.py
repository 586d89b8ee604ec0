"""The settings file: read as a whole, and written anew as a whole, so that no crash leaves half of one.

Where it is a link, what it leads to is written: people keep such files elsewhere and link them into place. It is for
its owner alone, and so is a folder that is made for it.
"""

import fcntl
import os
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from c4l.config import parsed
from c4l.domain.errors import Unusable
from c4l.store import files


def change(file: Path, edited: Callable[[str], str]) -> Path | None:
    """Change the text of a file, or begin one, while no other c4l does.

    Args:
        file: where it is read.
        edited: the new text to the old one, which is empty where there is no file yet.

    Returns:
        What was written, where the file is a link what that leads to; None where nothing is different.

    Raises:
        Unusable: if it cannot be read or written, or is no TOML.
    """
    with _explained(file), _alone(target := _target(file)):
        written = target.read_bytes() if target.exists() else b""
        parsed(written, file)
        mark = BOM_UTF8 if written.startswith(BOM_UTF8) else b""
        new = mark + edited(written.removeprefix(mark).decode()).encode()
        if new == written:
            return None
        part = files.create_beside(target)
        try:
            part.write_bytes(new)
            files.put(part, target, overwrite=True)
        finally:
            part.unlink(missing_ok=True)
    return target


def _target(file: Path) -> Path:
    """The file itself, behind all links.

    Raises:
        Unusable: if it is no file, or its links lead in a circle.
    """
    with suppress(RuntimeError):  # that is such a circle, up to Python 3.12
        target = file.resolve()
        if target.is_file() or not (target.exists() or target.is_symlink()):
            return target
    raise Unusable(f"{file} is no file that settings could be written to", "name another with C4L_CONFIG")


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Keep every other c4l from changing the file, in a folder that is there."""
    files.make_folders(file)
    handle = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unusable(
            f"the settings in {file} cannot be written: {error.strerror}",
            "look at its rights, or name another file with C4L_CONFIG",
        ) from error
