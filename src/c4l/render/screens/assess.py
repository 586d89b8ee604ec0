"""Your own views beside the evidence, on a terminal."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.assess import ViewPage, Views
from c4l.domain.assessment import WITHDRAWN
from c4l.domain.dates import duration, long, short
from c4l.domain.own_view import PENDING, OwnView, Stands
from c4l.domain.records import Part, Statement
from c4l.domain.terms import Tier
from c4l.render.assess import command
from c4l.render.screens.parts import (
    BLANK,
    GOOD,
    LATE,
    LOUD,
    NAME,
    QUIET,
    Column,
    Grid,
    Line,
    Page,
    help_line,
    more_line,
    text,
    tier_word,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

_COLUMNS = (
    Column("client", least=12, most=NAME),
    Column("evidence"),
    Column("you say"),
    Column("said", right=True),
    Column("", least=9),
    Column("because", least=12),
)
_HISTORY = (Column(), Column(), Column(), Column(least=20))

_HOW = {
    Stands.agrees: ("agreed", GOOD),
    Stands.differs: ("at odds", LATE),
    Stands.old: ("too long ago", LATE),
    Stands.missing: ("not stated", ""),
    Stands.withdrawn: ("withdrawn", QUIET),
    Stands.unplaced: ("", ""),
}


def assessments_screen(result: Views, width: int) -> "RenderableType":
    """Whose view is at odds with the evidence, too old or missing; then those that agree."""
    page = Page(width)
    if not result.views:
        page.add(Line(text("Nobody has a place in the triangle yet.")), BLANK)
        page.add(help_line("After the next call:", "c4l log WHO NOTE"))
        return page
    page.add(Line(_title(result), right=text(long(result.today), QUIET)))
    page.add(BLANK, Grid(_COLUMNS, [_row(view, result.today) for view in result.views]))
    if result.more:
        page.add(more_line(result.more))
    first = next((view for view in result.views if view.pending), None)
    if first is not None:
        page.add(BLANK, help_line("To state one:", command(first)), help_line("One by one:", "c4l assess --review"))
    return page


def assessment_screen(result: ViewPage, width: int) -> "RenderableType":
    """Your view of one client beside the evidence, and what you said when."""
    page, view = Page(width), result.view
    page.add(Line(_beside(view), right=text(view.client.handle, QUIET)))
    if result.history:
        page.add(BLANK, Line(text("what you said", LOUD)))
        page.add(Grid(_HISTORY, [_said(each, result.today) for each in result.history]))
    if view.pending:
        page.add(BLANK, help_line("To say it:", command(view)))
    return page


def _title(result: Views) -> Text:
    title = text("Your own view", LOUD)
    for stands in (*PENDING, Stands.withdrawn, Stands.agrees):
        if result.counts.get(stands):
            title.append(f" · {result.counts[stands]} {_HOW[stands][0]}")
    return title


def _row(view: OwnView, today: date) -> Sequence[Text]:
    said = view.view
    return (
        text(view.client.name),
        Text() if view.tier is None else tier_word(view.tier),
        _tier(said),
        Text() if said is None else text(_age((today - said.on).days)),
        text(*_HOW[view.stands]),
        text(said.because or "" if said is not None else "", QUIET),
    )


def _age(days: int) -> str:
    return f"{duration(days)} ago" if days else "today"


def _tier(said: Statement | None) -> Text:
    if said is None:
        return Text()
    return text(WITHDRAWN, QUIET) if said.said is None else tier_word(Tier(said.said))


def _beside(view: OwnView) -> Text:
    """Both views in a sentence."""
    told = text(view.client.name, LOUD)
    if view.tier is None:
        told.append_text(text(" has no place in the triangle today"))
    else:
        told.append_text(text(" is ")).append_text(tier_word(view.tier)).append_text(text(" by the evidence"))
    return told.append_text(text(f"; {_claim(view)}."))


def _claim(view: OwnView) -> str:
    said = view.view
    match view.stands:
        case Stands.missing:
            return "you did not say where they stand"
        case Stands.withdrawn:
            return "you withdrew what you had said"
        case Stands.old:
            return f"that you said {said.said if said else ''} is more than a year ago"
        case Stands.agrees:
            return "you say the same"
        case _:
            return f"you say {said.said if said else ''}"


def _said(each: Statement, today: date) -> Sequence[Text]:
    what = each.said or WITHDRAWN
    if each.part is Part.value and each.said is not None:
        what = f"{int(each.said):,} a year"
    words = f"“{each.because}”" if each.because else ""
    return text(short(each.on, today)), text(each.part, QUIET), text(what), text(words)
