"""`kill -9` in the middle of each command that writes: at a random moment, and just before each call to a file."""

import signal
import time
from collections.abc import Callable, Iterator

from faults import shim
from faults.judge import judge
from faults.place import Answer, Place, ended, scratch
from faults.steps import Scene, story
from faults.tally import ASIDE, OF_THESE, Budget, Fault, Skipped, Tally


def run(budget: Budget, tally: Tally) -> None:
    """Kill each step of the story again and again."""
    with scratch() as folder:
        place = Place(folder / "here")
        budget.spent_on(_trials(budget, tally, place, list(story())))


def _trials(budget: Budget, tally: Tally, place: Place, every: list[Scene]) -> Iterator[Callable[[], None]]:
    try:
        shim.library()
        by_call = True
    except Skipped as reason:
        tally.seen[f"{ASIDE} no kills before a call: {reason}"] = 1
        by_call = False
    turn = 0
    while True:
        order = list(every)
        budget.random.shuffle(order)
        for scene in order:
            turn += 1
            if by_call and turn % 2:
                yield lambda scene=scene: _before_a_call(budget, tally, place, scene)  # type: ignore[misc]
            else:
                yield lambda scene=scene: _at_a_moment(budget, tally, place, scene)  # type: ignore[misc]


def _at_a_moment(budget: Budget, tally: Tally, place: Place, scene: Scene) -> None:
    place.fill(scene.before)
    # Most of the time goes into starting, in which nothing is written: later moments tell more.
    seconds = scene.seconds * budget.random.uniform(0.4, 1.2)
    with place.start(scene.step.words) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        _judge(tally, place, scene, ended(process), f"killed after {seconds:.4f} s")


def _before_a_call(budget: Budget, tally: Tally, place: Place, scene: Scene) -> None:
    place.fill(scene.before)
    record = place.folder.with_name("record")
    record.unlink(missing_ok=True)
    # As many calls as there are pages to write, but the last ones matter most: few in number, they decide.
    nth = int(budget.random.triangular(1, 120, 12))
    answered = place.run(scene.step.words, env=shim.watching(place.folder, record, f"any:{nth}:-1"))
    _judge(tally, place, scene, answered, f"killed before call {nth}")


def _judge(tally: Tally, place: Place, scene: Scene, answered: Answer, what: str) -> None:
    tally.seen["killed" if answered.code == -signal.SIGKILL else "done before"] += 1
    if answered.code not in (0, -signal.SIGKILL):
        tally.blame(f"{scene.name}: {what}: {answered}")
    if judge(tally, place, scene, done=answered.is_done, what=what) and not answered.is_done:
        tally.seen[f"{OF_THESE} done, and killed before it could say so"] += 1


FAULT = Fault(
    "kill",
    "`kill -9` of every command that writes: at random moments, and just before each call to a file",
    "what was acknowledged is there, a command that was cut off is there whole or not at all, and the next one goes on",
    3.0,
    run,
)
