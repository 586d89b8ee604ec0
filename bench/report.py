"""What was measured, as a table for eyes and as the page of the documents."""

import os
import platform
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bench.generator import LARGE, SMALL, Size


class Figure(NamedTuple):
    """One figure, as measured.

    Attributes:
        at_most: None where it is for information only.
        measured: times as long, or as much.
        one: what the command took itself, in words; `other` what it was compared with took.
        runs: pairs of which it is the median.
    """

    what: str
    at_most: float | None
    measured: float
    one: str
    other: str
    runs: int

    @property
    def met(self) -> bool:
        """Whether it is as good as it must be."""
        return self.at_most is None or self.measured <= self.at_most

    @property
    def verdict(self) -> str:
        """Met, or by how much it is missed."""
        if self.at_most is None:
            return "for information"
        return "met" if self.met else f"missed by {100 * (self.measured / self.at_most - 1):.0f} %"


HEAD = ("what", "at most", "measured", "took", "against", "pairs", "verdict")


def cells(figure: Figure) -> tuple[str, ...]:
    """A row of the table."""
    at_most = "" if figure.at_most is None else f"{figure.at_most:g} ×"
    return (
        figure.what,
        at_most,
        f"{figure.measured:.2f} ×",
        figure.one,
        figure.other,
        str(figure.runs),
        figure.verdict,
    )


def table(figures: Sequence[Figure]) -> str:
    """The table, its columns aligned: for eyes, and as Markdown."""
    rows = [HEAD, *map(cells, figures)]
    widths = [max(len(row[number]) for row in rows) for number in range(len(HEAD))]
    lines = [
        "| " + " | ".join(f"{cell:<{wide}}" for cell, wide in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "| " + " | ".join("-" * wide for wide in widths) + " |")
    return "\n".join(lines)


def page(figures: Sequence[Figure], day: date, load: float) -> str:
    """The document.

    Args:
        load: how many programs wanted to run, on average, in the minute before; tells a quiet machine from a busy one.
    """
    missed = sum(not figure.met for figure in figures)
    verdict = "Every figure is met."
    if missed:
        verdict = f"{missed} of {len(figures)} figures {'is' if missed == 1 else 'are'} missed."
    return f"""# Performance

<!-- Written by `make bench`; do not edit. -->

Every start of a program costs time before it does anything, and how much depends on the machine. So these are ratios:
each command, run as `python -m c4l`, against `python -c pass` of the same environment, one right after the other, byte
code present; the median of the pairs. Terminals are real ones, 100 columns wide; what is piped is read to its end. What
was compared, and with what, is in the table; so is what a run took at the median.

{table(figures)}

{verdict} Measured on {day.isoformat()}: {"; ".join(machine(load))}.

| book | clients | interactions | promises | overdue |
| --- | --- | --- | --- | --- |
{_book(SMALL)}
{_book(LARGE)}

Both are made by `bench/generator.py`, always the same: five years, a few clients with most of the contact, a signal on
8 % of the interactions, 5 % with several clients, a stated view of a third of the clients, a tenth of the promises
moved. `log` writes an interaction with a signal and a promise, and waits until the disk has it. The bare `executemany`
writes the same interactions and participants into the same tables in one transaction, without a journal; the other goes
the way of all imports, with it. `make bench` measures anew; `python -m bench --quick` takes a few seconds and writes
nothing.
"""


def _book(size: Size) -> str:
    counts = (size.clients, size.interactions, size.promises, size.overdue)
    return f"| {size.name} | " + " | ".join(f"{count:,}" for count in counts) + " |"


def machine(load: float) -> Iterator[str]:
    """What it ran on, as far as it matters."""
    yield f"{os.cpu_count()} cores, {_processor()}"
    yield _system()
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield f"load average {load:.1f} before it began"


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return " ".join(value.split())
    return platform.processor() or platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"
