"""One run of a command, measured, and pairs of them side by side.

A small launcher starts the command, waits for it and tells time and peak memory: the peak of a process is never less
than that of the one that started it, and this one is too large. Whoever measures reads all that the command says.
"""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import NamedTuple

# Without the site module it is smaller than any Python that it starts.
_LAUNCHER = (sys.executable, "-I", "-S", "-c")
_LAUNCH = """
import posix, sys, time
words = sys.argv[2:]
began = time.perf_counter()
child = posix.posix_spawn(words[0], words, posix.environ)
_, status, usage = posix.wait4(child, 0)
took = time.perf_counter() - began
posix.write(int(sys.argv[1]), b"%d %r %d" % (status, took, usage.ru_maxrss))
"""

COLUMNS = 100
TAIL = 2_000
_BYTES_OF_PEAK = 1 if sys.platform == "darwin" else 1024


class Command(NamedTuple):
    """Something to be run.

    Attributes:
        words: after the interpreter.
        environ: beside the usual, as pairs.
        terminal: whether its three streams are a terminal, 100 columns wide; else stdout and stderr are pipes.
        fresh: a file that is removed before each run.
    """

    words: tuple[str, ...]
    environ: tuple[tuple[str, str], ...] = ()
    terminal: bool = False
    fresh: Path | None = None


NOTHING = Command(("-c", "pass"))
"""What everything is compared with."""


class Sample(NamedTuple):
    """One run: how long it took, and the bytes of memory that it held at most."""

    seconds: float
    peak: int


class Pair(NamedTuple):
    """A command and what it is compared with, run one right after the other."""

    one: Sample
    other: Sample


class Failed(Exception):
    """A command that was to be measured did not succeed."""


def pairs(command: Command, other: Command, count: int, home: Path) -> list[Pair]:
    """Run both in turn, so that whatever else the machine does falls on both alike."""
    # The first run of each writes byte code and warms the disk, and is not counted.
    run(other, home)
    run(command, home)
    found = []
    for _ in range(count):
        before = run(other, home)
        found.append(Pair(run(command, home), before))
    return found


def times(found: list[Pair]) -> float:
    """How many times as long as the other: the median of the pairs."""
    return median(pair.one.seconds / pair.other.seconds for pair in found)


def peaks(found: list[Pair]) -> float:
    """How many times as much memory as the other: the median of the pairs."""
    return median(pair.one.peak / pair.other.peak for pair in found)


def run(command: Command, home: Path) -> Sample:
    """Run a command once.

    Args:
        home: the folder that it takes for the user's.

    Raises:
        Failed: if it does not answer 0; says what it wrote.
    """
    if command.fresh is not None:
        command.fresh.unlink(missing_ok=True)
    with _pipe() as (result, told), _streams(terminal=command.terminal) as (ours, theirs):
        launcher = subprocess.Popen(
            [*_LAUNCHER, _LAUNCH, str(told), sys.executable, *command.words],
            stdin=theirs if command.terminal else subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
            env=_environment(home) | dict(command.environ),
            pass_fds=(told,),
        )
        os.close(theirs)
        said = _drained(ours)
        launcher.wait()
        status, seconds, peak = os.read(result, 100).split()
    if int(status):
        raise Failed(f"{' '.join(command.words)}\n{said.decode(errors='replace')[-TAIL:]}")
    return Sample(float(seconds), int(peak) * _BYTES_OF_PEAK)


def _environment(home: Path) -> dict[str, str]:
    """Nothing of the machine's, and byte code allowed."""
    return {
        "HOME": str(home),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLUMNS": str(COLUMNS),
        "LINES": "40",
        "C4L_CONFIG": str(home / "none.toml"),
    }


@contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    try:
        yield ends
    finally:
        for end in ends:
            os.close(end)


@contextmanager
def _streams(*, terminal: bool) -> Iterator[tuple[int, int]]:
    """Our end, and theirs, which whoever starts the process closes."""
    ours, theirs = os.openpty() if terminal else os.pipe()
    try:
        yield ours, theirs
    finally:
        os.close(ours)


def _drained(ours: int) -> bytes:
    """All that is said until the other end is closed: a full terminal or pipe would hold the command up."""
    said = b""
    # Linux says EIO where the last program on a terminal is gone, others nothing more.
    with suppress(OSError):
        while select.select([ours], [], [])[0] and (piece := os.read(ours, 1 << 16)):
            said = (said + piece)[-(1 << 16) :]
    return said
