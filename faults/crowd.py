"""Many at once: eight writers and a long reader; a lock held too long; a folder that may only be read."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from c4l.store.connection import BUSY_MILLISECONDS
from faults.books import content, damage
from faults.full import ALONE, demand_mounts
from faults.holding import held
from faults.judge import judge_answer
from faults.place import Answer, Place, ended, scratch
from faults.steps import Scene, story
from faults.tally import Budget, Fault, Skipped, Tally

Given = TypeVar("Given")

WRITERS = 8
_HELD_SECONDS = 1.5

_READER = """
import sqlite3, sys, time
book = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
while True:
    book.execute("BEGIN")
    before = book.execute("SELECT count(*) FROM interaction").fetchone()
    time.sleep(float(sys.argv[2]))
    after = book.execute("SELECT count(*) FROM interaction").fetchone()
    book.execute("COMMIT")
    assert before == after, (before, after)
    time.sleep(0.2)
"""

_IMPATIENT = """
import sys
from c4l.store import connection
connection.BUSY_MILLISECONDS, connection.PATIENCE = 1000, "PRAGMA busy_timeout = 1000"
from c4l.__main__ import main
main()
"""
"""c4l, which waits one second instead of ten."""

_THOUGHTFUL = """
import sys, time
from c4l.store import journal
write = journal.write
def slowly(*given):
    time.sleep(0.05)
    return write(*given)
journal.write = slowly
from c4l.__main__ import main
main()
"""
"""c4l, which takes a while between what it reads and what it writes."""


# --- writers and readers ---------------------------------------------------------------------------------------------


def run_writers(budget: Budget, tally: Tally) -> None:
    """Let eight processes log again and again while another reads for long."""
    with scratch() as folder:
        place = Place(folder)
        place.run(["client", "add", "Jane Doe"])
        _keep_at_once(tally, place)
        words = [sys.executable, "-c", _READER, str(place.book), str(_HELD_SECONDS)]
        with subprocess.Popen(words, stderr=subprocess.PIPE) as reader:
            acknowledged = _written(budget, tally, place)
            is_reading = reader.poll() is None
            reader.terminate()
            if not is_reading:
                tally.blame(f"the long reader ended: {reader.communicate()[1].decode()}")
        _compare(tally, place, acknowledged)


def _keep_at_once(tally: Tally, place: Place) -> None:
    """Let each read a promise, pause, and write that it was kept: whoever reads before it waits is turned away."""
    numbers = [str(number) for number in range(1, WRITERS + 1)]
    for number in numbers:
        place.ask("promise", "jane", f"thing {number} by 1 dec")
    kept: list[str] = []

    def keep(number: str) -> None:
        if _told(tally, lambda: _run(place, _THOUGHTFUL, ["keep", number]), f"keep {number}").code == 0:
            kept.append(number)

    _together(keep, numbers)
    tally.acknowledged += len(kept)
    there = json.loads(place.ask("promises", "--state", "kept", "--json").out)["data"]
    if missing := set(kept) - {str(each["number"]) for each in there}:
        tally.lose(f"kept, and then not: {missing}")


def _written(budget: Budget, tally: Tally, place: Place) -> dict[str, dict[str, object]]:
    """What the writers were told was done, by the note that each wrote."""
    acknowledged: dict[str, dict[str, object]] = {}
    end = time.monotonic() + budget.seconds

    def write(writer: int) -> None:
        turn = 0
        while turn < budget.most and (time.monotonic() < end or not turn):
            turn += 1
            note = f"writer {writer}, entry {turn}"
            words = ["log", "jane", note, "-i", f"{note} by 1 dec", "--json"]
            answered = _told(tally, partial(place.run, words), note)
            if answered.code == 0:
                acknowledged[note] = json.loads(answered.out)["data"]["interaction"]

    _together(write, range(WRITERS))
    return acknowledged


def _told(tally: Tally, run: Callable[[], Answer], what: str) -> Answer:
    """What a command answered that others stand in the way of: it may give up, but not before it has waited."""
    begun = time.monotonic()
    answered = run()
    tally.trials += 1
    judge_answer(tally, answered, what)
    if answered.code and time.monotonic() - begun < BUSY_MILLISECONDS / 1000:
        tally.blame(f"{what}: turned away before its time: {answered}")
    return answered


def _together(work: Callable[[Given], None], given: Iterable[Given]) -> None:
    """Do a work for each of several things at once, to the end of all."""
    threads = [threading.Thread(target=work, args=(each,)) for each in given]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _compare(tally: Tally, place: Place, acknowledged: dict[str, dict[str, object]]) -> None:
    tally.acknowledged += len(acknowledged)
    answered = place.ask("interactions", "--json")
    there = {each["note"]: each for each in json.loads(answered.out)["data"]}
    for note, told in acknowledged.items():
        if there.get(note) != told:
            tally.lose(f"{note}: {told} became {there.get(note)}")
    numbers = [number for each in acknowledged.values() for number in (each["number"],)]
    promises = [number for each in there.values() for number in each["promises"]]
    if len(set(numbers)) != len(acknowledged) or len(set(promises)) != len(there):
        tally.damage("a number was given twice")
    if there.keys() - acknowledged.keys():
        tally.damage("something is there that nobody was told of")
    if (found := damage(place.book)) is not None:
        tally.damage(found)


# --- a lock ----------------------------------------------------------------------------------------------------------


def run_lock(budget: Budget, tally: Tally) -> None:
    """Hold the book while commands want it."""
    with scratch() as folder:
        place = Place(folder / "here")
        budget.spent_on(_locked(budget, tally, place, story()[2:]))


def _locked(budget: Budget, tally: Tally, place: Place, scenes: Sequence[Scene]) -> Iterator[Callable[[], None]]:
    while True:
        for statements in (["BEGIN IMMEDIATE"], ["BEGIN EXCLUSIVE"], ["BEGIN", "SELECT count(*) FROM client"]):
            yield partial(_lock, tally, place, budget.random.choice(scenes), statements)


def _lock(tally: Tally, place: Place, scene: Scene, statements: list[str]) -> None:
    place.fill(scene.before)
    before = content(place.book)
    tally.trials += 1
    with held(place.book, *statements) as holder:
        answered = _run(place, _IMPATIENT, scene.step.words)
    judge_answer(tally, answered, f"{scene.name}, the book held by {statements}")
    if answered.code == 0:
        # What needs no lock that the other has: reading while it reads.
        return
    if sys.platform.startswith("linux") and f"(process {holder}), running for " not in answered.err:
        tally.blame(f"{scene.name}: the holder is not named: {answered.err}")
    if content(place.book) != before:
        tally.damage(f"{scene.name}: refused, and done")
    again = place.run(scene.step.words)
    tally.acknowledged += again.code == 0
    if again.code or content(place.book) != scene.book_after:
        tally.lose(f"{scene.name}: when the lock was gone: {again}")


def _run(place: Place, program: str, words: Sequence[str]) -> Answer:
    """Run a command with a program that is c4l but for one thing."""
    with subprocess.Popen(
        [sys.executable, "-c", program, *place.said(words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=place.env,
        cwd=place.folder,
    ) as process:
        return ended(process)


# --- only to be read -------------------------------------------------------------------------------------------------

READING = (
    *(["promises"], ["today"], ["triangle"], ["client", "list"], ["interactions"], ["search", "vendor"], ["history"]),
    *(["brief", "jane"], ["why", "jane"], ["reliability"], ["show", "i1"], ["undo", "--dry-run"]),
)


def run_read_only(budget: Budget, tally: Tally) -> None:
    """Take the right to write away: of the file, of the folder, of the whole file system."""
    with scratch() as folder:
        place = Place(folder / "here")
        scenes = [scene for scene in story() if scene.step.command != "demo"]
        budget.spent_on(_read_only(budget, tally, place, scenes[1:], list(_ways(folder))))


def _ways(folder: Path) -> Iterator[tuple[str, int, int, list[str]]]:
    """In words, the rights of the file and of the folder, and the program that runs c4l so that they hold."""
    unprivileged = ["unshare", "--user"] if os.geteuid() == 0 else []
    try:
        demand_mounts(folder)
    except Skipped:
        mounted = False
    else:
        mounted = True
    if mounted or not unprivileged:
        yield "the file and its folder", 0o400, 0o500, unprivileged
        yield "the folder", 0o600, 0o500, unprivileged
        yield "the file", 0o400, 0o700, unprivileged
    if mounted:
        script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
        yield "the file system", 0o600, 0o700, [*ALONE, "sh", "-c", script, "sh", "{here}/data"]
    if not (mounted or not unprivileged):
        raise Skipped("whoever runs this may write everywhere, and there is no unshare")


def _read_only(
    budget: Budget, tally: Tally, place: Place, scenes: Sequence[Scene], ways: list[tuple[str, int, int, list[str]]]
) -> Iterator[Callable[[], None]]:
    while True:
        for way in ways:
            yield partial(_refused, budget, tally, place, budget.random.choice(scenes), *way)


def _refused(
    budget: Budget, tally: Tally, place: Place, scene: Scene, what: str, file: int, above: int, before: list[str]
) -> None:
    place.fill(scene.before)
    place.book.chmod(file)
    place.book.parent.chmod(above)
    program = place.said(before)
    try:
        written = place.run(scene.step.words, before=program)
        read = place.run([*budget.random.choice(READING[:7]), "--json"], before=program)
    finally:
        place.book.parent.chmod(0o700)
        place.book.chmod(0o600)
    tally.trials += 1
    judge_answer(tally, written, f"{scene.name}: only to be read is {what}")
    if read.code or not read.out.startswith("{"):
        tally.blame(f"{what} cannot be written, and reading says {read}")
    now = content(place.book)
    if now != (scene.book_after if written.code == 0 else scene.book_before):
        tally.damage(f"{scene.name}: {what} cannot be written: {written}")
    if (found := damage(place.book)) is not None:
        tally.damage(f"{scene.name}: {what}: {found}")


FAULTS = (
    Fault(
        "crowd",
        "eight processes that each keep a promise, pausing between reading and writing it; then eight that log without "
        "pause, and one that reads for a second and a half at a time",
        "nobody is turned away within ten seconds, what is acknowledged is there as it was told, no number is given "
        "twice, and the reader sees one book",
        1.0,
        run_writers,
    ),
    Fault(
        "lock",
        "another program holds the book longer than c4l waits",
        "exit 5 within the time, naming the program, its number and its age; nothing done; done when the lock is gone",
        1.0,
        run_lock,
    ),
    Fault(
        "read-only",
        "the file, its folder or the file system may only be read",
        "reading works; writing is refused (exit 5, or 1 for another file), and nothing is changed",
        0.6,
        run_read_only,
    ),
)
