"""The library that stands between c4l and the files of a trial: built where there is a compiler, and what it wrote."""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from faults.tally import Skipped

_CALL = struct.Struct("=c3xiiIq")


class Call(NamedTuple):
    """One call that was done to a file, or an answer that came out.

    Attributes:
        kind: O opened, C closed, W written, T truncated, S synchronised, U unlinked, D folder removed, R renamed,
            L linked, M folder made, A answered on stdout, F made to fail.
        offset: of a write; the size of a truncation; the flags of an opening.
        data: what was written, or the paths, a NUL between them.
    """

    kind: str
    process: int
    fd: int
    offset: int
    data: bytes

    @property
    def paths(self) -> list[str]:
        """The paths of a call that has such."""
        return [os.fsdecode(path) for path in self.data.split(b"\0") if path]


@cache
def library() -> Path:
    """The library, built once a run.

    Raises:
        Skipped: where it cannot be built or used.
    """
    if not sys.platform.startswith("linux"):
        raise Skipped("calls can be watched on Linux only")
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise Skipped("there is no C compiler; install gcc")
    folder = Path(mkdtemp(prefix="c4l-shim-"))
    target = folder / "shim.so"
    source = Path(__file__).with_name("shim.c")
    words = [compiler, "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", str(target), str(source), "-ldl"]
    built = subprocess.run(words, capture_output=True, text=True, check=False)
    if built.returncode:
        shutil.rmtree(folder)
        raise Skipped(f"the C compiler cannot build it: {built.stderr.strip().splitlines()[-1]}")
    import atexit

    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return target


def watching(folder: Path, record: Path, fault: str | None = None) -> dict[str, str]:
    """The environment in which all that a program does beneath a folder is written down, and a call may fail.

    Args:
        fault: `KIND:NTH:ERRNO`, as `shim.c` says.
    """
    env = {"LD_PRELOAD": str(library()), "SHIM_FOLDER": str(folder), "SHIM_RECORD": str(record)}
    return env if fault is None else env | {"SHIM_FAULT": fault}


def calls(record: Path) -> Iterator[Call]:
    """What was written down, in order."""
    if not record.exists():
        return
    held = record.read_bytes()
    at = 0
    while at < len(held):
        kind, process, fd, length, offset = _CALL.unpack_from(held, at)
        at += _CALL.size
        yield Call(kind.decode(), process, fd, offset, held[at : at + length])
        at += length


def fired(record: Path) -> bool:
    """Whether the fault that was asked for was made."""
    return any(call.kind == "F" for call in calls(record))
