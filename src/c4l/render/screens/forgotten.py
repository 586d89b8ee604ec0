"""What was forgotten on a terminal: what went, and what is left that a human has to look at."""

from collections.abc import Iterator, Sequence
from shlex import quote
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.forget import Forgotten
from c4l.domain.dates import long
from c4l.domain.search import Hit
from c4l.render.forgotten import mend, record, state
from c4l.render.screens.imports import table_counts
from c4l.render.screens.parts import BLANK, GOOD, LATE, LOUD, QUIET, Column, Grid, Line, Page, help_line, text

if TYPE_CHECKING:
    from rich.console import RenderableType

_TABLES = (Column(right=True), Column())
_NAMED = (Column(), Column(least=10), Column(least=20))
_BACKUPS = (Column(), Column(), Column(least=16))
_STATES = {"forgotten": ("forgotten, too", GOOD), "holds": ("holds them", LATE), "trouble": ("may hold them", LATE)}


def forgotten_screen(result: Forgotten, width: int) -> "RenderableType":
    """What went, what names them still, and where they still are."""
    page = Page(width)
    page.add(Line(text(f"{_head(result)}: ", LOUD).append_text(text(result.client.name))))
    if any(result.counts.values()):
        page.add(BLANK, Grid(_TABLES, list(table_counts(result.counts)), indent=1))
    else:
        page.add(BLANK, Line(text(f"They were not in the book any more, only in {_where(result)}.", QUIET)))
    if result.joint:
        many = len(result.joint)
        some = "1 interaction with others stays" if many == 1 else f"{many} interactions with others stay"
        page.add(BLANK, Line(text(f"{some}, without them.", QUIET)))
    if result.hidden:
        some = "1 text about others says" if result.hidden == 1 else f"{result.hidden} texts about others say"
        page.add(BLANK, Line(text(f"{some} “somebody” in place of them.", QUIET)))
    if result.named:
        page.add(BLANK, Line(text("Texts that name them, or somebody of that name", LOUD)))
        page.add(Grid(_NAMED, [_named(hit) for hit in result.named], indent=1))
        if mendable := next(filter(mend, result.named), None):
            page.add(help_line("To mend one, with nothing kept of it:", f"c4l edit {record(mendable)} --no-trace"))
    for file in result.unsaved:
        page.add(BLANK, Line(text(f"Typed and never saved: {file}; c4l log offers it again", LATE)))
    if result.backups:
        page.add(BLANK, Line(text("Backups", LOUD)), Grid(_BACKUPS, list(_backups(result)), indent=1))
    if result.making is not None:
        page.add(Line(text("One more is being made, which may hold them; it is listed when it is done.", LATE)))
    if named := sum(each.named for each in result.backups):
        texts = "1 text" if named == 1 else f"{named} texts"
        page.add(Line(text(f"{texts} there may still name them: by a name that others can have, or a tag.", LATE)))
    for client in result.alike:
        page.add(
            BLANK, Line(text(f"In a backup there is a {client.name} of another handle, who may be the same.", LATE))
        )
        page.add(help_line("To forget that one, too:", f"c4l client forget {client.handle} --backups"))
    if result.files:
        page.add(BLANK, Line(text("Other files that hold them, or somebody of that name", LOUD)))
        page.add(*(Line(text(str(file), LATE)) for file in result.files))
    page.add(*_left_to_do(result))
    return page


def _head(result: Forgotten) -> str:
    """What is true of them now: what some backup holds can come back."""
    if result.rehearsed:
        return "Would be forgotten for good"
    if not result.is_left:
        return "Forgotten for good"
    if result.in_book:
        return "Forgotten in the book"
    return "Forgotten in some backups" if any(each.forgotten for each in result.backups) else "Not forgotten yet"


def _where(result: Forgotten) -> str:
    if not result.in_book:
        return "backups"
    return "its journal and in backups" if result.backups else "its journal"


def _named(hit: Hit) -> Sequence[Text]:
    names = ", ".join(client.name for client in hit.clients)
    return text(record(hit), LOUD), text(names, QUIET), text(" ".join(hit.text.split()))


def _backups(result: Forgotten) -> Iterator[Sequence[Text]]:
    for each in result.backups:
        said, style = _STATES[state(each)]
        yield text(long(each.backup.on)), text(said, style), text(each.file.name, QUIET)


def _left_to_do(result: Forgotten) -> Iterator[Line]:
    command = f"c4l client forget {quote(result.client.handle)}"
    held = result.making is not None or "holds" in map(state, result.backups)
    if result.rehearsed:
        yield BLANK
        yield help_line("To do it:", f"{command} --backups" if held else command)
        return
    if held:
        yield help_line("To forget them in backups, too:", f"{command} --backups")
    left = [*(each.file for each in result.backups if not each.forgotten), *result.files]
    if left:
        yield help_line("To be rid of one:", f"rm {quote(str(left[0]))}")
    yield BLANK
    yield Line(text("Copies that you made elsewhere are yours to look after.", QUIET))
