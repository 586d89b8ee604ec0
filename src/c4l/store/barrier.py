"""Who is making a backup of a book: any number at a time, and whoever forgets somebody waits until they are done.

A backup that was begun before a client was forgotten still holds them, and is listed nowhere until it has its name. So
each that makes one holds a shared lock on the folder, and a forgetting tries for the whole of it. The system lets go of
the lock of a process that dies.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path

_LOOK_SECONDS = 0.05


@contextmanager
def making(folder: Path) -> Iterator[None]:
    """While the block runs, a backup is made in a folder that is there.

    Raises:
        OSError: if the folder cannot be opened.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # Some network drives know no locks; backups are made there all the same.
        with suppress(OSError):
            flock(handle, LOCK_SH)
        yield
    finally:
        os.close(handle)


@contextmanager
def nobody_makes(folder: Path, seconds: float) -> Iterator[bool]:
    """Wait until nobody makes a backup in a folder; nobody begins one while the block runs.

    Args:
        seconds: how long to wait.

    Yields:
        Whether nobody does. Where the folder cannot be opened or locked, nobody can be known to.
    """
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        yield True
        return
    try:
        yield _locked(handle, time.monotonic() + seconds) is not False
    finally:
        os.close(handle)


def is_idle(folder: Path) -> bool:
    """Whether surely nobody makes a backup in a folder just now; where that cannot be known, somebody may."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return False
    try:
        return _locked(handle, time.monotonic()) is True
    finally:
        os.close(handle)


def _locked(handle: int, deadline: float) -> bool | None:
    """Whether nobody else holds a lock; None where there are none."""
    while True:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_LOOK_SECONDS)
        except OSError:
            return None
        else:
            return True
