"""The disk that forgets: what was synchronised stays, what was not may go; and it catches whoever trusts it too far."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from faults import shim
from faults.disk import SECTOR, Chance, Disk
from faults.shim import Call
from faults.tally import Skipped

NOTHING = Chance(random.Random(1), 0, torn=False)
ALL = Chance(random.Random(1), 1, torn=False)


class Machine:
    """A disk of one folder, empty at first, on which calls are made by hand."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self._after = folder / "after"
        self._cuts = 0
        self.root.mkdir()
        self.disk = Disk(self.root, self.root)

    def do(self, kind: str, *, fd: int = 3, offset: int = 0, data: bytes = b"", paths: tuple[str, ...] = ()) -> None:
        joined = b"\0".join(os.fsencode(self.root / path) for path in paths)
        self.disk.do(Call(kind, 1, fd, offset, data or joined))

    def opened(self, path: str, fd: int = 3) -> None:
        self.do("O", fd=fd, offset=os.O_CREAT | os.O_RDWR, paths=(path,))

    def synchronised(self, path: str) -> None:
        self.do("O", fd=9, paths=(path,))
        self.do("S", fd=9)
        self.do("C", fd=9)

    def left(self, chance: Chance) -> dict[str, bytes]:
        """The files that are there after the power was cut."""
        self._cuts += 1
        target = self._after.with_name(f"after-{self._cuts}")
        target.mkdir()
        self.disk.cut(target, chance)
        return {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_bytes_and_names_are_there_when_each_was_synchronised(machine: Machine) -> None:
    machine.opened("book")
    machine.do("W", data=b"hello")
    assert (machine.left(NOTHING), machine.left(ALL)) == ({}, {"book": b"hello"})
    machine.do("S")
    assert machine.left(NOTHING) == {}
    machine.synchronised(".")
    assert machine.left(NOTHING) == {"book": b"hello"}


def test_a_name_without_its_bytes_is_an_empty_file(machine: Machine) -> None:
    machine.opened("book")
    machine.do("W", data=b"hello")
    machine.synchronised(".")
    assert machine.left(NOTHING) == {"book": b""}


def test_a_rename_is_done_or_not_done(machine: Machine) -> None:
    for name, fd in (("old", 3), ("new", 4)):
        machine.opened(name, fd)
        machine.do("W", fd=fd, data=name.encode())
        machine.do("S", fd=fd)
    machine.synchronised(".")
    machine.do("R", paths=("new", "old"))
    assert machine.left(NOTHING) == {"old": b"old", "new": b"new"}
    assert machine.left(ALL) == {"old": b"new"}


def test_a_file_that_was_removed_may_come_back(machine: Machine) -> None:
    machine.opened("journal")
    machine.do("S")
    machine.synchronised(".")
    machine.do("U", paths=("journal",))
    assert (machine.left(NOTHING), machine.left(ALL)) == ({"journal": b""}, {})
    machine.synchronised(".")
    assert machine.left(NOTHING) == {}


def test_a_folder_goes_with_all_that_is_in_it(machine: Machine) -> None:
    machine.do("M", paths=("data",))
    machine.opened("data/book")
    machine.do("W", data=b"hello")
    machine.do("S")
    machine.synchronised("data")
    assert machine.left(NOTHING) == {}
    machine.synchronised(".")
    assert machine.left(NOTHING) == {"data/book": b"hello"}


def test_a_file_is_cut_and_written_past_its_end(machine: Machine) -> None:
    machine.opened("book")
    machine.do("W", data=b"hello")
    machine.do("T", offset=2)
    machine.do("W", offset=4, data=b"!")
    assert machine.left(ALL) == {"book": b"he\0\0!"}


def test_a_torn_write_holds_whole_sectors_of_itself(machine: Machine) -> None:
    machine.opened("book")
    machine.do("W", data=bytes(8 * SECTOR))
    machine.do("S")
    machine.synchronised(".")
    machine.do("W", offset=100, data=6 * SECTOR * b"x")
    found = {machine.left(Chance(random.Random(seed), 1, torn=True))["book"] for seed in range(20)}
    assert len(found) > 10
    for held in found:
        for at in range(SECTOR, 6 * SECTOR, SECTOR):
            assert held[at : at + SECTOR] in (bytes(SECTOR), SECTOR * b"x")


# With real programs

CAREFUL = "from pathlib import Path; import sys; from c4l.store import files\n"
PROGRAMS = {
    "in its place": "with open(sys.argv[1], 'wb') as file: file.write(b'new')",
    "a rename": "p = Path(sys.argv[1] + '.part'); p.write_bytes(b'new'); p.replace(sys.argv[1]); print('done')",
    "our own way": "with files.written(Path(sys.argv[1]), overwrite=True) as part: part.write_bytes(b'new')",
}


@pytest.mark.parametrize(("name", "is_safe"), [("in its place", False), ("a rename", False), ("our own way", True)])
def test_careless_writers_are_caught_and_careful_ones_pass(tmp_path: Path, name: str, is_safe: bool) -> None:
    before, here, record = tmp_path / "before", tmp_path / "here", tmp_path / "record"
    for folder in (before, here):
        folder.mkdir()
        (folder / "file").write_bytes(b"old")
    try:
        env = shim.watching(here, record)
    except Skipped as reason:
        pytest.skip(str(reason))
    program = CAREFUL + PROGRAMS[name]
    subprocess.run([sys.executable, "-c", program, str(here / "file")], env={**os.environ, **env}, check=True)
    calls = list(shim.calls(record))

    found = set()
    for point in range(len(calls) + 1):
        for seed in range(6):
            disk = Disk(before, here)
            for call in calls[:point]:
                disk.do(call)
            after = tmp_path / f"after-{point}-{seed}"
            after.mkdir()
            disk.cut(after, Chance(random.Random(seed), seed / 5, torn=seed % 2 == 1))
            found.add((after / "file").read_bytes() if (after / "file").exists() else None)

    assert b"new" in found
    assert (found <= {b"old", b"new"}) == is_safe


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("write:1:28", "No space left on device"),
        ("sync:1:5", "Input/output error"),
        ("open:1:24", "Too many open files"),
        ("name:1:5", "Input/output error"),
    ],
)
def test_the_call_that_was_named_fails_and_that_is_written_down(tmp_path: Path, fault: str, told: str) -> None:
    here, record = tmp_path / "here", tmp_path / "record"
    here.mkdir()
    program = (
        "import os, sys; from pathlib import Path; p = Path(sys.argv[1]); f = os.open(p, os.O_CREAT | os.O_RDWR); "
        "os.write(f, b'x'); os.fsync(f); p.unlink()"
    )
    try:
        env = shim.watching(here, record, fault)
    except Skipped as reason:
        pytest.skip(str(reason))
    done = subprocess.run(
        [sys.executable, "-c", program, str(here / "file")],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told in done.stderr
    assert shim.fired(record)
