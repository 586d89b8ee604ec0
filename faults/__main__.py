"""`python -m faults`: make every fault, print what came of it, write the page of the documents."""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from faults import report
from faults.report import Outcome
from faults.suite import NAMED, counted
from faults.tally import Fault, Tally

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reliability.md"
QUICK_MINUTES = 1.0
AT_ONCE = 2


def main() -> int:
    """Make the faults; 1 where something did not end as it must."""
    options = _options()
    began = time.monotonic()
    wanted = [fault for fault in NAMED.values() if options.only in fault.name]
    seconds = 60 * options.minutes * AT_ONCE / sum(fault.share for fault in wanted)
    # The longest first, so that none is left to run alone at the end.
    names = sorted((fault.name for fault in wanted), key=lambda name: -NAMED[name].share)
    with ProcessPoolExecutor(min(AT_ONCE, len(wanted)), mp_context=get_context("spawn")) as pool:
        found = dict(zip(names, pool.map(partial(counted, seconds), names), strict=True))
    outcomes = [_outcome(fault, *found[fault.name]) for fault in wanted]
    sys.stdout.write(report.table(outcomes) + "\n" + "".join(f"{line}\n" for line in report.failures(outcomes)))
    if not (options.quick or options.only):
        day = datetime.now(UTC).astimezone().date()
        PAGE.write_text(report.page(outcomes, day, (time.monotonic() - began) / 60), encoding="utf-8")
    return 0 if all(outcome.skipped or outcome.tally.is_good for outcome in outcomes) else 1


def _outcome(fault: Fault, counted: dict[str, Any], skipped: str | None) -> Outcome:
    tally = Tally()
    tally.add(counted)
    return Outcome(fault, tally, skipped)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=12.0, help="about how long it may take; 12 if not said")
    parser.add_argument("--quick", action="store_true", help="a minute, and write no page")
    parser.add_argument("--only", default="", metavar="TEXT", help="faults whose name holds this, and write no page")
    options = parser.parse_args()
    if options.quick:
        options.minutes = QUICK_MINUTES
    if not any(options.only in name for name in NAMED):
        parser.error(f"no fault is called so; there are: {', '.join(NAMED)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
