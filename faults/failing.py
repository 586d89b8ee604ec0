"""A disk that answers with errors: a call of every kind fails, once or from then on, at every place it is made."""

import random
from collections.abc import Callable, Iterator
from errno import EIO, EMFILE, ENOSPC
from functools import partial

from faults import shim
from faults.judge import judge, judge_answer
from faults.place import Place, scratch
from faults.steps import Scene, story
from faults.tally import Budget, Fault, Tally

HALF = 0

WAYS = (
    *(("sync", EIO, False), ("sync", EIO, True)),
    *(("write", EIO, False), ("write", ENOSPC, True), ("write", HALF, False), ("write", HALF, True)),
    *(("read", EIO, False), ("read", EIO, True), ("read", HALF, False)),
    *(("truncate", EIO, False), ("name", EIO, False), ("name", EIO, True), ("open", EMFILE, False)),
)
"""What fails, with which error (0 is none: it does half of what was asked), and whether it goes on failing."""

_NAMES = {EIO: "EIO", EMFILE: "EMFILE", ENOSPC: "ENOSPC", HALF: "half done"}


class Way:
    """One way in which calls can fail, in one step: which call is next, and where there is none any more."""

    def __init__(self, scene: Scene, kind: str, error: int, *, lasting: bool) -> None:
        self.scene = scene
        self.untried = list(range(1, 40))
        self._fault = f"{kind}:{{}}:{error}{'+' * lasting}"
        self._words = f"{kind} {{}} fails ({_NAMES[error]}){' and all after it' * lasting}"

    def next(self, source: random.Random) -> int:
        """The call that is to fail, not tried before."""
        return self.untried.pop(source.randrange(len(self.untried)))

    def fault(self, nth: int) -> str:
        """The fault as the library wants it."""
        return self._fault.format(nth)

    def told(self, nth: int) -> str:
        """The fault in words."""
        return self._words.format(nth)


def run(budget: Budget, tally: Tally) -> None:
    """Let calls of every step of the story fail."""
    shim.library()
    with scratch() as folder:
        place = Place(folder / "here")
        ways = [Way(scene, kind, error, lasting=lasting) for scene in story() for kind, error, lasting in WAYS]
        budget.spent_on(_trials(budget, tally, place, ways))


def _trials(budget: Budget, tally: Tally, place: Place, ways: list[Way]) -> Iterator[Callable[[], None]]:
    """Every call of every step once, in no order."""
    while ways := [way for way in ways if way.untried]:
        yield partial(_trial, budget.random, tally, place, budget.random.choice(ways))


def _trial(source: random.Random, tally: Tally, place: Place, way: Way) -> None:
    nth = way.next(source)
    place.fill(way.scene.before)
    record = place.folder.with_name("record")
    record.unlink(missing_ok=True)
    answered = place.run(way.scene.step.words, env=shim.watching(place.folder, record, way.fault(nth)))
    if not shim.fired(record):
        # It makes fewer calls of the kind than this.
        way.untried = [other for other in way.untried if other < nth]
        return
    judge_answer(tally, answered, f"{way.scene.name}: {way.told(nth)}")
    is_there = judge(tally, place, way.scene, done=answered.is_done, what=way.told(nth))
    if is_there and not answered.is_done and _denies(answered.err):
        tally.blame(f"{way.scene.name}: {way.told(nth)}: it is done, and says that it is not: {answered.err}")


def _denies(said: str) -> bool:
    """Whether a command says that nothing was done."""
    return any(words in said for words in ("nothing was written", "nothing was changed"))


FAULT = Fault(
    "failing",
    "a failing disk: `fsync`, write, read, truncate, rename, unlink or open answers with an error, or does half",
    "exit 0 and all of it there, or a clear error (exit 1 or 5) and all of it there or nothing",
    3.0,
    run,
)
