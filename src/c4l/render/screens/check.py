"""What does not add up on a terminal: a part for each check, with why it matters and what mends each record."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.check import Checked
from c4l.domain.checks import Finding
from c4l.domain.dates import long
from c4l.render.check import number
from c4l.render.screens.parts import BLANK, LOUD, NAME, QUIET, Column, Grid, Line, Page, text

if TYPE_CHECKING:
    from rich.console import RenderableType

_COLUMNS = (
    Column(right=True),
    Column(least=10, most=NAME),
    Column(least=18),
    # Whole, because it is copied.
    Column(usual=34),
)


def check_screen(result: Checked, width: int) -> "RenderableType":
    """Everything that was found, check by check."""
    page = Page(width)
    count = len(result.findings)
    page.add(Line(text("Does not add up", LOUD).append(f" · {count}"), right=text(long(result.today), QUIET)))
    # One grid for all checks, so that the eye runs down the same columns.
    page.add(Grid(_COLUMNS, list(_rows(result.findings))))
    return page


def _rows(findings: Sequence[Finding]) -> Iterator[Sequence[Text] | Line]:
    for check, found in groupby(findings, attrgetter("check")):
        there = list(found)
        yield BLANK
        yield Line(text(check.title, LOUD).append_text(text(f" · {len(there)}")))
        yield Line(text(check.why, QUIET))
        for _, doubt, command in there:
            names = (
                ", ".join(client.name for client in doubt.clients if doubt.kind != "client") or doubt.clients[0].name
            )
            yield text(number(doubt)), text(names), text(doubt.text), text(command)
