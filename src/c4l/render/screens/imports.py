"""An import on a terminal: how many clients it made, completed or left alone, and every word that it could not use."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.imports import ImportReport, Remark
from c4l.domain.history import NOUNS
from c4l.domain.terms import ClientRef
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

NAMED = 10
"""So many new clients are named; more are a list that nobody reads here."""

_COUNTS = (Column(right=True), Column(), Column(least=20))
_TABLES = (Column(right=True), Column())
_REASONS = (Column(least=24), Column(least=16))


def import_screen(result: ImportReport, width: int) -> "RenderableType":
    """What an import did, or would do."""
    page = Page(width)
    page.add(Line(text(result.file, LOUD), right=text(result.format, QUIET)))
    if result.counts is None:
        page.add(BLANK, Grid(_COUNTS, list(_counts(result)), indent=1))
    else:
        page.add(BLANK, Grid(_TABLES, list(table_counts(result.counts)), indent=1))
    for heading, remarks in (("Not taken", result.skipped), ("Left out", result.remarks)):
        if remarks:
            page.add(BLANK, Line(text(heading, LOUD)), Grid(_REASONS, list(_by_reason(remarks)), indent=2))
    if result.ignored:
        page.add(BLANK, Line(text(f"Fields that are not taken in: {', '.join(result.ignored)}")))
    if result.rehearsed:
        page.add(BLANK, Line(text("Nothing was written (--dry-run).", LOUD)))
    return page


def table_counts(counts: Mapping[str, int]) -> Iterator[Sequence[Text]]:
    """How many records of each table there are, those that people know of; what is in none is not told."""
    for table, (one, many) in NOUNS.items():
        if count := counts.get(table, 0):
            yield text(f"{count:,}"), text(one if count == 1 else many)


def _counts(result: ImportReport) -> Iterator[Sequence[Text]]:
    for count, outcome, style, who in (
        (len(result.created), "created", GOOD, _names(result.created)),
        (len(result.updated), "updated", "", _names(result.updated)),
        (len(result.unchanged), "unchanged", "", ""),
        (len(result.skipped), "not taken", LATE, ""),
    ):
        yield text(str(count)), text(outcome, style if count else QUIET), text(who, QUIET)


def _names(clients: Sequence[ClientRef]) -> str:
    named = ", ".join(client.name for client in clients[:NAMED])
    more = len(clients) - NAMED
    return f"{named} and {more} more" if more > 0 else named


def _by_reason(remarks: Sequence[Remark]) -> Iterator[Sequence[Text]]:
    """Each reason once, with every place where it holds."""
    places: dict[str, list[str]] = {}
    for remark in remarks:
        places.setdefault(remark.reason, []).append(remark.record)
    for reason, where in places.items():
        yield text(reason), text("; ".join(where), QUIET)
