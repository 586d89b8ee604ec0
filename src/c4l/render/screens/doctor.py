"""An examination on a terminal: what was looked at, what is wrong, what mends it; and what a salvage brought over."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from c4l.actions.doctor import Diagnosis, Salvage
from c4l.domain.dates import long
from c4l.domain.health import Check, Loss, row_words
from c4l.render.screens.parts import (
    BLANK,
    GOOD,
    LATE,
    LOUD,
    QUIET,
    Column,
    Grid,
    Line,
    Page,
    text,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

SHOWN = 20
"""So many losses of one reason are named; JSON and plain lines name all."""

_CARRIED = (Column(right=True), Column())
_NAME = 12
"""As wide as the name of a check, and a gap."""


def doctor_screen(result: Diagnosis, width: int) -> "RenderableType":
    """Every check on a line, and below those that found something what it is."""
    page = Page(width)
    page.add(Line(text(_verdict(result), LATE if result.findings else LOUD)))
    page.add(Line(text(str(result.book), QUIET)))
    if result.mended:
        page.add(BLANK, *(Line(text(done), lead=text("mended  ", GOOD)) for done in result.mended))
    page.add(BLANK)
    for check in result.checks:
        page.add(*_lines(check))
    backup = result.last_backup
    when = "none yet" if backup is None else f"{long(backup.at.astimezone().date())} {backup.at.astimezone():%H:%M}"
    page.add(BLANK, Line(text(f"Last good backup: {when}", QUIET)), Line(text(_versions(result), QUIET)))
    return page


def _verdict(result: Diagnosis) -> str:
    match result.findings:
        case 0:
            return "All is well"
        case 1:
            return "One thing is wrong"
        case count:
            return f"{count} things are wrong"


def _versions(result: Diagnosis) -> str:
    names = {"c4l": "c4l", "schema": "schema", "written_by": "written by", "sqlite": "SQLite", "python": "Python"}
    return " · ".join(f"{names[name]} {version}" for name, version in result.versions.items() if version is not None)


def _lines(check: Check) -> Iterator[Line]:
    """A check; where it found something, each finding once, with what mends it below those that it mends."""
    mark = text("✗ ", LATE) if check.findings else text("✓ ", GOOD)
    yield Line(text(check.looked_at, QUIET), lead=mark.append_text(text(f"{check.name:<{_NAME}}")))
    indent = text(" " * (_NAME + 2))
    for place, finding in enumerate(check.findings):
        yield Line(text(finding.what), lead=indent)
        if place + 1 == len(check.findings) or check.findings[place + 1].mend != finding.mend:
            # Each way on a line of its own, so that it can be seen where a command ends.
            for way in finding.mend.split("; "):
                yield Line(text(way, LOUD), lead=text(" " * (_NAME + 4)))


def salvaged_screen(result: Salvage, width: int) -> "RenderableType":
    """How much came over, and by what became of them the rows that are not as they were."""
    page = Page(width)
    page.add(Line(text("Salvaged into a new book", LOUD), right=text(_lost(result.losses), QUIET)))
    page.add(Line(text(str(result.file))), BLANK)
    page.add(Grid(_CARRIED, [(text(str(rows)), text(table)) for table, rows in result.carried.items() if rows]))
    by_reason: dict[str, list[Loss]] = {}
    for loss in result.losses:
        by_reason.setdefault(loss.reason, []).append(loss)
    for reason, losses in by_reason.items():
        page.add(BLANK, Line(text(reason[0].upper() + reason[1:], _weight(losses[0]))))
        page.add(Line(text(_named(losses)), lead=text("  ")))
    return page


def _weight(loss: Loss) -> str:
    return LATE if loss.is_gone else QUIET if loss.is_unproven else LOUD


def _lost(losses: Sequence[Loss]) -> str:
    rows = [loss for loss in losses if loss.is_a_row]
    gone, unproven = sum(loss.is_gone for loss in rows), sum(loss.is_unproven for loss in rows)
    changed = len(rows) - gone - unproven
    if gone or changed:
        some = "1 row" if gone == 1 else f"{gone} rows"
        return f"{some} lost, {changed} not as they were"
    return "nothing was lost" if len(rows) == len(losses) else "nobody knows how much was lost"


def _named(losses: Sequence[Loss]) -> str:
    named = ", ".join(row_words(loss.table, loss.number) for loss in losses[:SHOWN])
    return named if len(losses) <= SHOWN else f"{named} and {len(losses) - SHOWN} more"
