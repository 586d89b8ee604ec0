"""A disk that is full: a small one in memory, on which every step is tried with less and less room."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from faults.judge import judge, judge_answer
from faults.place import Place
from faults.steps import Scene, scenes
from faults.tally import Budget, Fault, Skipped, Tally

SIZE_KB = 6000
PAGE = 4096
MOST_ROOM = 80
"""So many pages are more than any step of the story needs."""

ALONE = ("unshare", "--user", "--map-root-user", "--mount")
"""A program of util-linux that gives whoever runs it a view of the file system that is theirs alone."""


def run(budget: Budget, tally: Tally) -> None:
    """Have the trials run by a process that may mount such a disk."""
    with tempfile.TemporaryDirectory(prefix="c4l-full-") as folder:
        demand_mounts(Path(folder))
        words = [sys.executable, "-m", "faults.full", folder, str(budget.seconds), str(budget.most)]
        script = f'mount -t tmpfs -o size={SIZE_KB}k none "$1/small" && shift && exec "$@"'
        (Path(folder) / "small").mkdir()
        done = subprocess.run(
            [*ALONE, "sh", "-c", script, "sh", folder, *words], capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise AssertionError(f"the trials on a small disk ended with {done.returncode}: {done.stderr}")
    tally.add(json.loads(done.stdout))


def demand_mounts(folder: Path) -> None:
    """See that this machine lets an ordinary user mount a disk in memory.

    Raises:
        Skipped: if not.
    """
    if shutil.which(ALONE[0]) is None:
        raise Skipped("there is no unshare (util-linux) to mount a small disk with")
    tried = subprocess.run(
        [*ALONE, "mount", "-t", "tmpfs", "-o", "size=64k", "none", folder], capture_output=True, text=True, check=False
    )
    if tried.returncode:
        raise Skipped(f"a small disk cannot be mounted here: {tried.stderr.strip()}")


def _trials(budget: Budget, tally: Tally, place: Place, story: list[Scene]) -> Iterator[Callable[[], None]]:
    """Every step with every room, in no order."""
    every = [(scene, pages) for scene in story for pages in range(MOST_ROOM)]
    budget.random.shuffle(every)
    for scene, pages in every:
        yield partial(_trial, tally, place, scene, pages)


def _trial(tally: Tally, place: Place, scene: Scene, pages: int) -> None:
    place.fill(scene.before)
    ballast = place.folder.with_name("ballast")
    free = os.statvfs(place.folder).f_bavail * os.statvfs(place.folder).f_frsize
    ballast.write_bytes(bytes(max(0, free - pages * PAGE)))
    answered = place.run(scene.step.words)
    what = f"with {pages * PAGE // 1024} kB free"
    judge_answer(tally, answered, f"{scene.name}: {what}")
    ballast.unlink()
    is_there = judge(tally, place, scene, done=answered.is_done, what=what)
    # It is removed, and says so; what it could not do is to write the whole file anew.
    if is_there != answered.is_done and "it is removed, but" not in answered.err:
        tally.blame(f"{scene.name}: {what}: it answered {answered.code}, and it is {'' if is_there else 'not '}there")
    if not is_there:
        again = place.run(scene.step.words)
        tally.seen[f"exit {again.code}, again with room"] += 1
        if again.code or not judge(tally, place, scene, done=True, what=f"{what}, and again with room"):
            tally.blame(f"{scene.name}: with room again it says {again}")


def main() -> None:
    """What the process does that has the small disk."""
    folder, seconds, most = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    tally, budget = Tally(), Budget(seconds, most)
    place = Place(folder / "small" / "here")
    story = list(scenes(place, folder / "kept"))
    budget.spent_on(_trials(budget, tally, place, story))
    sys.stdout.write(json.dumps(tally.as_json()))


FAULT = Fault(
    "full",
    "a full disk: every step with no room, one page of room, two, and so on",
    "done, or “the disk is full” (exit 5, or 1 for another file) and nothing changed; done once there is room",
    1.0,
    run,
)

if __name__ == "__main__":
    main()
