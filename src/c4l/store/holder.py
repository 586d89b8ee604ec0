"""Who holds a book that cannot be had: the operating system knows, as SQLite's locks are its locks."""

import os
import struct
import sys
from pathlib import Path

_PENDING, _RESERVED, _SHARED = 0x40000000, 0x40000001, 0x40000002
"""Where in a file SQLite sets its locks: who is about to write, who may write, and 510 bytes of who reads."""

_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def find_holder(book: Path) -> str | None:
    """The program that holds a book, with its number and age; None where that cannot be told.

    All locks of this process on the book are gone afterwards: only for who has given up.
    """
    process = _process(book)
    if not process:
        return None
    try:
        name = Path(f"/proc/{process}/comm").read_text(encoding="utf-8", errors="replace").strip()
        # The name of a program may hold blanks and brackets; what follows it does not.
        ticks = int(Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()[19])
        up = float(Path("/proc/uptime").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return f"process {process}"
    return f"{name} (process {process}), running for {_in_words(up - ticks / os.sysconf('SC_CLK_TCK'))},"


def _process(book: Path) -> int | None:
    """The number of the process that holds a lock which keeps a writer out, the strongest first."""
    import fcntl

    # What struct flock looks like is each system's own: kind, whence, start, length, process.
    layout = {"linux": "hhqqi4x", "darwin": "qqihh"}.get(sys.platform)
    if layout is None:
        return None
    apple = sys.platform == "darwin"
    try:
        handle = os.open(book, os.O_RDWR)
    except OSError:
        return None
    try:
        for start, length in ((_RESERVED, 1), (_PENDING, 1), (_SHARED, 510)):
            wanted = (start, length, 0, fcntl.F_WRLCK, 0) if apple else (fcntl.F_WRLCK, 0, start, length, 0)
            found = struct.unpack(layout, fcntl.fcntl(handle, fcntl.F_GETLK, struct.pack(layout, *wanted)))
            kind, process = (found[3], found[2]) if apple else (found[0], found[4])
            if kind != fcntl.F_UNLCK:
                return int(process)
    except OSError:
        return None
    finally:
        os.close(handle)
    return None


def _in_words(seconds: float) -> str:
    for size, unit in _UNITS:
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'s' * (count > 1)}"
    return "less than a second"
