"""The backup of the day: whether one is due, and the process of its own that makes it while the user goes on.

To copy a large book takes a second, to look the copy over some more: nobody waits for that after a call. The process
holds no terminal and nothing of the command that started it; what it cannot do it leaves in a note, which later
commands tell.
"""

import os
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

from c4l.config import now
from c4l.domain.errors import C4lError, Unusable
from c4l.store.files import folder_of, make_private

STATE = ".daily"
"""Touched when a backup of the day is begun, or found not to be due; holds why the last one could not be made."""

_AGAIN_SECONDS = 3600
"""So long after it was begun it is not begun again, done or not."""

Keep = tuple[int, int, int]
"""How many are kept by day, week and month."""


def is_due(book: Path) -> bool:
    """Whether a book that was just written to has no backup of today yet, and none is being made."""
    at = now()
    today = at.astimezone().date()
    try:
        begun = datetime.fromtimestamp((folder_of(book) / STATE).stat().st_mtime, UTC)
    except OSError:
        # Whether it can be made at all is told when it is begun.
        return True
    # What was begun before midnight is not that of today, which could be all the day has.
    if begun.astimezone().date() == today and 0 <= (at - begun).total_seconds() < _AGAIN_SECONDS:
        return False
    from c4l.domain.backups import Reason
    from c4l.store.backup import listed

    if any(backup.reason is Reason.daily and backup.on == today for backup in listed(book)):
        _touch(book)
        return False
    return True


def start(book: Path, keep: Keep) -> None:
    """Begin to make the backup of the day, and go on at once.

    Raises:
        Unusable: if it cannot be begun.
    """
    try:
        _touch(book)
        if sys.executable:
            # -P: what lies in the folder where the user is must not be taken for a module.
            words = [sys.executable, "-P", "-m", __name__, str(book), *map(str, keep)]
            nothing = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
            os.posix_spawn(sys.executable, words, os.environ, file_actions=nothing, setsid=True)
    except OSError as error:
        raise Unusable(
            f"the backup of the day cannot be made in {folder_of(book)}: {error.strerror}",
            "look at its rights and at the room on the disk; c4l backup FILE makes one elsewhere",
        ) from error


def note(book: Path) -> str | None:
    """Why the last backup of a day could not be made; None where nothing is wrong."""
    try:
        return (folder_of(book) / STATE).read_text(encoding="utf-8", errors="replace").strip() or None
    except OSError:
        return None


def set_note(book: Path, text: str) -> None:
    """Leave word of what went wrong, or, with no text, that all is well."""
    _touch(book)
    (folder_of(book) / STATE).write_text(text, encoding="utf-8")


def clear_note(book: Path) -> None:
    """Leave word that all is well; when the backup of the day was begun stays known, so that it is still made."""
    state = folder_of(book) / STATE
    try:
        begun = state.stat().st_mtime_ns
    except OSError:
        return
    set_note(book, "")
    os.utime(state, ns=(begun, begun))


def make(book: Path, keep: Keep) -> None:
    """Make the backup of the day, and remove what is no longer kept; what goes wrong is noted.

    Where another process is at it, nothing is done.
    """
    from fcntl import LOCK_EX, LOCK_NB, flock

    from c4l.domain import backups
    from c4l.store import backup

    with (folder_of(book) / STATE).open("rb") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return
        try:
            backup.make(book, backups.Reason.daily)
            backup.rotate(book, backups.Keep(*keep))
        except (C4lError, sqlite3.Error) as error:
            set_note(book, f"{error}\n")
        else:
            set_note(book, "")


def _touch(book: Path) -> None:
    state = folder_of(book) / STATE
    make_private(state.parent)
    if state.is_symlink():
        # Not what it leads to is written over: it holds nothing that could not be made anew.
        state.unlink()
    os.close(os.open(state, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600))
    os.utime(state)


def main() -> None:
    """What the process does: the book and how much is kept are its arguments."""
    # The folder where the user was may be taken away meanwhile, and whoever works at the machine goes first.
    os.chdir("/")
    os.nice(10)
    book, *keep = sys.argv[1:]
    daily, weekly, monthly = map(int, keep)
    make(Path(book), (daily, weekly, monthly))


if __name__ == "__main__":
    main()
