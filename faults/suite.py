"""All faults there are, in the order of the page; and one of them made."""

import sys
from typing import Any

from faults import crowd, failing, full, kills, power, rot, terminal
from faults.report import Outcome
from faults.tally import Budget, Fault, Skipped, Tally

FAULTS: tuple[Fault, ...] = (
    kills.FAULT,
    *power.FAULTS,
    failing.FAULT,
    full.FAULT,
    *crowd.FAULTS,
    rot.FAULT,
    *terminal.FAULTS,
)

NAMED = {fault.name: fault for fault in FAULTS}


def made(name: str, budget: Budget) -> Outcome:
    """Make a fault, and count what comes of it."""
    tally = Tally()
    try:
        NAMED[name].run(budget, tally)
    except Skipped as reason:
        return Outcome(NAMED[name], tally, str(reason))
    return Outcome(NAMED[name], tally)


def counted(seconds: float, name: str) -> tuple[dict[str, Any], str | None]:
    """Make a fault, and tell another process what came of it: the counts, and why it was skipped, if it was."""
    sys.stderr.write(f"{NAMED[name].what} …\n")
    outcome = made(name, Budget(seconds * NAMED[name].share))
    return outcome.tally.as_json(), outcome.skipped
