"""Writing a folder of files whole or not at all, for the user alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from c4l.domain.errors import Refused
from c4l.store import files


@contextmanager
def written(target: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Where to write the files of what becomes the target when the block ends; where it fails, nothing has happened.

    A folder that is there stays, with what else lies in it: its files are replaced one by one, each whole.

    Raises:
        Refused: if the target is a link or a file, if something is in it and is not to be overwritten, or if the place
            cannot be written.
    """
    if target.is_symlink():
        raise Refused(f"{target} is a link, and nothing is written through links", "name the folder that it leads to")
    if target.exists() and not target.is_dir():
        raise Refused(f"{target} is a file", "name a folder: one is made")
    try:
        there = target.exists() and any(target.iterdir())
        if there and not overwrite:
            raise Refused(f"there is something in {target}", "name another folder, or say --force to write over it")
        new = target.with_name(f".{target.name[:100]}.{os.urandom(6).hex()}{files.PART}")
        new.mkdir(mode=0o700)
        try:
            yield new
            _put(new, target, beside=there)
        finally:
            rmtree(new, ignore_errors=True)
    except OSError as error:
        raise Refused(
            f"{target} cannot be written: {error.strerror}", "name another place, or look at the rights of its folder"
        ) from error


def _put(new: Path, target: Path, *, beside: bool) -> None:
    for file in new.iterdir():
        files.sync(file)
    files.sync(new)
    if beside:
        for file in new.iterdir():
            if (target / file.name).is_symlink():
                raise Refused(f"{target / file.name} is a link, and nothing is written through links", "remove it")
            file.replace(target / file.name)
        files.sync(target)
    else:
        new.rename(target)
        files.sync(target.parent)
