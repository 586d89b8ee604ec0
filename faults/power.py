"""The power goes: each step is recorded call by call, and the folder as a forgetful disk leaves it is opened."""

import random
import shutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

from c4l.store.migrations import CURRENT
from faults import shim
from faults.disk import Chance, Disk
from faults.judge import judge
from faults.place import Place, scratch
from faults.shim import Call
from faults.steps import MIGRATING, STORY, Scene, played, scenes
from faults.tally import ASIDE, Budget, Fault, Tally
from tests.store.frozen import VERSIONS, thaw

CHANGING = frozenset("WTSUDMRLOA")
"""The calls after which the disk is another, or owes less; and the answer, after which the user counts on it."""

_PASSES = 3
_TRIAL_SECONDS = 0.01


class Recorded(NamedTuple):
    """A step, and the calls that it made."""

    scene: Scene
    calls: list[Call]


def _of_steps(*, apart: bool) -> Callable[[Budget, Tally], None]:
    """Cut the power in the steps that write other files than the book, or in all others."""

    def run(budget: Budget, tally: Tally) -> None:
        place, recorded = _recorded_story()
        _cut(budget, tally, place, recorded, lambda scene: (scene.step.command in APART) == apart)

    return run


@cache
def _recorded_story() -> tuple[Place, list[Recorded]]:
    """The whole story, carried out once a run, and where; what it keeps goes at the end."""
    import atexit

    held = scratch()
    folder = held.__enter__()
    atexit.register(held.__exit__, None, None, None)
    place, record = Place(folder / "here"), folder / "record"
    env = shim.watching(place.folder, record)
    return place, [Recorded(scene, _taken(record)) for scene in scenes(place, folder / "kept", env)]


def _of_migrations(budget: Budget, tally: Tally) -> None:
    """Cut the power while the first command brings a book of an earlier version to this one's."""
    with scratch() as folder:
        place, record = Place(folder / "here"), folder / "record"
        versions = [version for version in VERSIONS if version != CURRENT]
        for number, version in enumerate(versions):
            place.clear()
            thaw(version, place.book)
            before = folder / f"v{version}"
            shutil.copytree(place.folder, before)
            scene = played(place, MIGRATING, before, shim.watching(place.folder, record))
            # Whoever opens it next migrates it, if it was not: that is what is looked at.
            recorded = Recorded(scene._replace(book_before=scene.book_after), _taken(record))
            share = Budget(budget.seconds / len(versions), budget.most // len(versions), seed=number)
            _cut(share, tally, place, [recorded], lambda _: True)


def _taken(record: Path) -> list[Call]:
    """What was written down since it was last asked for."""
    calls = list(shim.calls(record))
    record.unlink()
    return calls


def _cut(budget: Budget, tally: Tally, place: Place, recorded: list[Recorded], wanted: Callable[[Scene], bool]) -> None:
    """Cut the power after some calls of the wanted steps, again and again."""
    points = [call for one in recorded if wanted(one.scene) for call in one.calls if call.kind in CHANGING]
    tally.seen[f"{ASIDE} points at which the power can go"] += len(points)
    # So that the story is gone through some times, and every step has its part in the time there is.
    share = min(1.0, budget.seconds / _PASSES / (len(points) * _TRIAL_SECONDS), budget.most / len(points))
    budget.spent_on(_trials(budget, tally, place, recorded, wanted, share), least=10)


def _trials(
    budget: Budget,
    tally: Tally,
    place: Place,
    recorded: list[Recorded],
    wanted: Callable[[Scene], bool],
    share: float,
) -> Iterator[Callable[[], None]]:
    """Go through all that was done, in order, without end; at a share of the points the power goes."""
    for _ in count():
        disk = Disk(recorded[0].scene.before, place.folder)
        for scene, calls in recorded:
            done = False
            for number, call in enumerate(calls, 1):
                disk.do(call)
                done = done or call.kind == "A"
                # An answer is the last that a command does: nothing may wait any more that it spoke of.
                if call.kind in CHANGING and wanted(scene) and (call.kind == "A" or budget.random.random() < share):
                    where = f"power cut after call {number} of {len(calls)}"
                    yield partial(_trial, budget.random, tally, place, disk, scene, where, done=done)


def _trial(
    source: random.Random, tally: Tally, place: Place, disk: Disk, scene: Scene, where: str, *, done: bool
) -> None:
    share = source.choice((0.0, 0.1, 0.5, 0.5, 0.9, 1.0))
    torn = source.random() < 0.5
    place.clear()
    disk.cut(place.folder, Chance(source, share, torn=torn))
    what = f"{where}, {share:.0%} of what waited kept{', torn' * torn}"
    is_there = judge(tally, place, scene, done=done, what=what)
    ended = (
        "after the answer" if done else "before the answer, and all of it was done" if is_there else "before the answer"
    )
    tally.seen[f"cut {ended}"] += 1


APART = frozenset(("backup", "restore", "export", "config set", "import", "demo"))
"""The commands that write other files than the book, or all of it at once: counted by themselves."""

_EXPECTED = "what was acknowledged is there; what was not is there whole or not at all; the next command finds it whole"

FAULTS = (
    Fault("power-writes", "power cut in commands that write to the book", _EXPECTED, 3.0, _of_steps(apart=False)),
    Fault(
        "power-migrations",
        "power cut while a book of an earlier version is migrated",
        "the old book or the new one, and the backup of the old one whole wherever it has its name",
        1.0,
        _of_migrations,
    ),
    Fault(
        "power-files",
        f"power cut in {', '.join(f'`{name}`' for name in sorted(APART & {step.command for step in STORY}))}",
        "the file is there whole or not at all, and whole if it was acknowledged; the book likewise",
        2.0,
        _of_steps(apart=True),
    ),
)
