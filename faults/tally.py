"""What came of the trials of one fault, counted."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

_COUNTS = ("trials", "acknowledged", "lost", "corrupt", "wrong")


OF_THESE = "of these,"
"""How it begins what is seen in some trials beside what is counted of each."""

ASIDE = "beside them,"
"""How it begins what is counted in something else than trials."""


class Tally:
    """The trials of one fault.

    Attributes:
        trials: how often the fault was made.
        acknowledged: how many commands had answered that they were done, and were looked for afterwards.
        lost: those of them that were not there, or not as they were.
        corrupt: trials after which a book was damaged, or a change was there by half.
        wrong: other things that must not be: a traceback, a wrong exit code, a silent error.
        seen: how each trial ended, which adds up to all of them; and what else is worth a number.
        failures: the first few of what must not be, in words.
    """

    def __init__(self) -> None:
        self.trials = 0
        self.acknowledged = 0
        self.lost = 0
        self.corrupt = 0
        self.wrong = 0
        self.seen: Counter[str] = Counter()
        self.failures: list[str] = []

    def lose(self, what: str) -> None:
        """Count a write that was acknowledged and is not there."""
        self.lost += 1
        self._tell(f"lost: {what}")

    def damage(self, what: str) -> None:
        """Count a book that is damaged, or holds half of a change."""
        self.corrupt += 1
        self._tell(f"corrupt: {what}")

    def blame(self, what: str) -> None:
        """Count something else that must not be."""
        self.wrong += 1
        self._tell(f"wrong: {what}")

    def as_json(self) -> dict[str, Any]:
        """All of it, for another process."""
        return {name: getattr(self, name) for name in _COUNTS} | {"seen": self.seen, "failures": self.failures}

    def add(self, other: dict[str, Any]) -> None:
        """Add what another process counted."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + other[name])
        self.seen.update(other["seen"])
        self.failures += other["failures"]

    @property
    def ended(self) -> int:
        """Of how many trials it is told how they ended."""
        return sum(count for what, count in self.seen.items() if not what.startswith((OF_THESE, ASIDE)))

    def _tell(self, what: str) -> None:
        if len(self.failures) < 20:
            self.failures.append(what)

    @property
    def is_good(self) -> bool:
        """Whether something was tried, and all of it ended as it must."""
        return self.trials > 0 and not (self.lost or self.corrupt or self.wrong)


class Skipped(Exception):
    """This machine cannot make the fault; the text says what it lacks."""


class Budget:
    """How long and how often may be tried."""

    def __init__(self, seconds: float, most: int = 1_000_000, seed: int = 20261122) -> None:
        self.seconds = seconds
        self.most = most
        self.random = random.Random(seed)

    def spent_on(self, trials: Iterable[Callable[[], None]], least: int = 1) -> None:
        """Carry out trials until they, the time or the number is at an end; some in any case, however slow."""
        end = time.monotonic() + self.seconds
        for number, trial in enumerate(trials):
            if number >= self.most or (number >= least and time.monotonic() > end):
                return
            trial()


class Fault(NamedTuple):
    """A fault that can be made.

    Attributes:
        name: one word, for the command line.
        what: what is made to happen, for the page.
        expected: what must come of it, for the page.
        share: how much of the time it gets.
        run: makes it, and counts.
    """

    name: str
    what: str
    expected: str
    share: float
    run: Callable[[Budget, Tally], None]
