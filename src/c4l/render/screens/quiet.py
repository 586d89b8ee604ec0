"""Those going quiet on a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.quiet import Quiet, QuietList
from c4l.domain.dates import ago, duration, in_words, long, short
from c4l.domain.records import Contact
from c4l.render.screens.parts import (
    BLANK,
    LATE,
    LOUD,
    MARGIN,
    NAME,
    NARROWEST,
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
    from datetime import date

    from rich.console import RenderableType

_COLUMNS = (
    Column("over", right=True),
    Column("client", least=12, most=NAME),
    Column("tier"),
    Column("last contact", least=14),
    Column("wished for", least=14),
)
_NOTE = 4
"""So far in stands the last note below the line that it belongs to."""


def quiet_screen(result: QuietList, width: int) -> "RenderableType":
    """The most overdue first, each with the last that was said."""
    page = Page(width)
    if not result.clients:
        page.add(*_nobody(result))
        return page
    page.add(Line(_title(result), right=text(long(result.today), QUIET)), BLANK)
    rows: list[Sequence[Text] | Line] = []
    for each in result.clients:
        rows.append(_row(each, result.today))
        rows += note_below(result.last, each.client.id, result.today, width, _NOTE)
    page.add(Grid(_COLUMNS, rows))
    if result.more:
        page.add(more_line(result.more))
    page.add(BLANK, help_line("Call them, or not just now:", f"c4l snooze {result.clients[0].client.handle} 2w"))
    return page


def note_below(last: Mapping[int, Contact], client: int, today: "date", width: int, indent: int) -> Iterator[Line]:
    """The last that was said with a client, on one line, however long the note is: `c4l show i88` tells all of it."""
    contact = last.get(client)
    if contact is None or not contact.note.strip():
        return
    told = text(f"i{contact.number}, {ago(contact.on, today)}: “{contact.note.strip()}”", QUIET)
    told.truncate(max(width - 2 * MARGIN - indent, NARROWEST), overflow="ellipsis")
    yield Line(told, lead=Text(" " * indent))


def _row(each: Quiet, today: "date") -> Sequence[Text]:
    return (
        text(duration(each.days_over), LATE),
        text(each.client.name),
        Text() if each.tier is None else tier_word(each.tier),
        text("never" if each.days_since is None else f"{in_words(each.days_since)} ago"),
        text(_wish(each, today)),
    )


def _wish(each: Quiet, today: "date") -> str:
    if each.awaited or each.cadence_days is None:
        return f"on {short(each.wished_on, today)}"
    return f"every {in_words(each.cadence_days)}"


def _title(result: QuietList) -> Text:
    narrowed = (
        f"{len(result.clients) + result.more}",
        f"{result.tier} clients" if result.tier else "",
        f"tagged {result.tag}" if result.tag else "",
    )
    return text("Going quiet", LOUD).append_text(text(" · " + " · ".join(filter(None, narrowed))))


def _nobody(result: QuietList) -> Iterator[Line]:
    whom = f" of the {result.tier} clients" if result.tier else ""
    tag = f" tagged {result.tag}" if result.tag else ""
    yield Line(text(f"Nobody{whom}{tag} is going quiet."))
