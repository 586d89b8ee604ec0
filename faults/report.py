"""What came of all faults, as a table for eyes and as the page of the documents."""

import os
import platform
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from faults.tally import ASIDE, OF_THESE, Fault, Tally

HEAD = ("fault", "trials", "acknowledged", "lost", "corrupt", "wrong", "verdict")


class Outcome(NamedTuple):
    """What came of a fault; `skipped` says why it could not be made, where it could not."""

    fault: Fault
    tally: Tally
    skipped: str | None = None

    @property
    def verdict(self) -> str:
        """In a word."""
        if self.skipped:
            return f"skipped: {self.skipped}"
        return "as expected" if self.tally.is_good else "NOT as expected"


def cells(outcome: Outcome) -> tuple[str, ...]:
    """A row of the table."""
    tally = outcome.tally
    counts = (tally.trials, tally.acknowledged, tally.lost, tally.corrupt, tally.wrong)
    return (outcome.fault.name, *(f"{count:,}" for count in counts), outcome.verdict)


def table(outcomes: Sequence[Outcome]) -> str:
    """The table, its columns aligned: for eyes, and as Markdown."""
    rows = [HEAD, *map(cells, outcomes)]
    widths = [max(len(row[number]) for row in rows) for number in range(len(HEAD))]
    lines = [
        "| " + " | ".join(f"{cell:<{wide}}" for cell, wide in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "| " + " | ".join("-" * wide for wide in widths) + " |")
    return "\n".join(lines)


def failures(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What must not have been, in words."""
    for outcome in outcomes:
        for words in outcome.tally.failures:
            yield f"{outcome.fault.name}: {words}"


def page(outcomes: Sequence[Outcome], day: date, minutes: float) -> str:
    """The document.

    Args:
        minutes: how long it took.
    """
    trials = sum(outcome.tally.trials for outcome in outcomes)
    acknowledged = sum(outcome.tally.acknowledged for outcome in outcomes)
    lost = sum(outcome.tally.lost for outcome in outcomes)
    corrupt = sum(outcome.tally.corrupt for outcome in outcomes)
    return f"""# Reliability

<!-- Written by `make faults`; do not edit. -->

c4l says that something is done when it is on the disk, and not before. Whether that holds is tried here: each fault is
made to happen again and again to real commands on real files, and each time the book is opened afterwards with c4l
itself, looked over page by page, reference by reference and row by row, and compared with what it held before and after
the command. *Trials* are how often it was looked over: after a fault, and once more where what failed is then done
again. *Acknowledged* are the writes of which a command had said that they were done; *lost* are those that were not
there afterwards; *corrupt* is a book that is damaged or holds half of a change, and a change of bits that nothing finds
though it changes a record or an answer: any other that is not found is told under “flip”, with where it stands. *Wrong*
is all else that must not be, such as a traceback, a command that says that nothing was done when it was, or a finding
of `c4l doctor` that the command it names does not mend.

{table(outcomes)}

**{trials:,} trials, {acknowledged:,} acknowledged writes looked for: {lost:,} lost, {corrupt:,} corrupt.** Made on
{day.isoformat()} in {minutes:.0f} minutes: {"; ".join(_machine())}.

`make faults` makes them anew, and writes this page; `python -m faults --minutes 60` tries more, `--only power` only the
faults that hold this word, `--quick` takes a minute. A sample of each is part of `make test`.

Under each fault stands how its trials ended, one row for each way, and then what else was seen.

{"".join(map(_section, outcomes))}## How the faults are made

A story in which every command that writes has its part is carried out step by step, and everything that lay in the
folder before each step is kept. A trial begins with such a folder, does one step in a process of its own, and makes the
fault happen in it; only bits are flipped in a whole book, and questions are asked at a terminal. `faults/judge.py`
holds what must be true afterwards.

- **The power goes.** `faults/shim.c` stands between c4l and the C library and writes down every call that changes a
  file or a name, with its bytes. `faults/disk.py` plays them on a disk that forgets: what was not synchronised is
  there, or is not, or is torn in sectors of 512 bytes, in any combination; a name is as forgetful as bytes, and no call
  is safe because another is. That is harsher than the file systems of today. Every folder that comes out is opened.
- **A failing disk.** The same library lets the first, second, third … call of a kind fail, once or from then on, until
  the command makes no more of them.
- **A full disk** is one of a few megabytes in memory, mounted in a name space of its own, filled up to so many pages.
- **A kill** comes at a random moment, or just before a call to a file.
- **Terminals** are real ones, with a controlling process that can be hung up on.
- **Many at once** are processes of their own; to make sure that they meet, some pause between what they read and what
  they write.
- **A bit** is flipped anywhere, in every second trial where something stands. Only what `c4l doctor` finds, and names
  with exit 1, counts as found by it; then the command that it names is carried out, and every record must be as it was.
"""


def _section(outcome: Outcome) -> str:
    fault, tally = outcome.fault, outcome.tally
    lines = [f"## {fault.name}\n", f"{fault.what[:1].upper()}{fault.what[1:]}. Expected: {fault.expected}.\n"]
    if outcome.skipped:
        lines.append(f"Skipped here: {outcome.skipped}.\n")
    if tally.seen:
        lines.append("\n".join(["| seen | times |", "| --- | --- |", *_seen(tally)]) + "\n")
    return "\n".join(lines) + "\n"


def _seen(tally: Tally) -> Iterator[str]:
    for what, count in sorted(
        tally.seen.items(), key=lambda item: (item[0].startswith((OF_THESE, ASIDE)), -item[1], item[0])
    ):
        yield f"| {what} | {count:,} |"


def _machine() -> Iterator[str]:
    """What it ran on, as far as it matters."""
    yield f"{os.cpu_count()} cores"
    try:
        yield platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        yield f"{platform.system()} {platform.release()}"
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
