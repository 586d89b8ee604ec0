"""What was done and taken back, on a terminal."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.history import EntryPage, History, Undone
from c4l.domain.dates import long, short
from c4l.domain.history import Did, Entry, RowChange, differences, noun, numbered, ordered, record, records, word, words
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
    help_line,
    joined,
    more_line,
    text,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

_LIST = (
    Column("#", right=True),
    Column("when", least=6),
    Column("what was done", least=24),
    Column("records", least=8, most=16),
)
_ROWS = (Column(), Column(), Column(least=8, most=24), Column(least=24))
_STYLES = {Did.added: GOOD, Did.changed: "", Did.removed: LATE}
_ASIDE = frozenset({"participant", "source"})
"""Tables that repeat what others say: programs are told of their rows, people need not be."""


def history_screen(result: History, width: int) -> "RenderableType":
    """A line for each entry, the newest first; what was undone stands back."""
    page = Page(width)
    if not result.entries:
        page.add(Line(text(_nothing(result))))
        return page
    page.add(Line(_title(result), right=text(long(result.today), QUIET)), BLANK)
    page.add(Grid(_LIST, [_row(entry, result.today) for entry in result.entries]))
    if result.more:
        page.add(more_line(result.more))
    standing = [entry for entry in result.entries if entry.undone_by is None and entry.undoes is None]
    if standing:
        page.add(BLANK, help_line("What taking one back would change:", f"c4l undo {standing[0].number} --dry-run"))
    return page


def entry_screen(result: EntryPage, width: int) -> "RenderableType":
    """One entry, row by row."""
    entry, page = result.entry, Page(width)
    page.add(Line(text(f"{entry.number}  ", LOUD).append_text(_told(entry)), right=_when(entry, result.today)), BLANK)
    page.add(*_changes(entry))
    if entry.undone_by is None:
        page.add(BLANK, help_line("To take it back:", f"c4l undo {entry.number}"))
    return page


def undone_screen(result: Undone, width: int) -> "RenderableType":
    """What was taken back, and every row as it is now."""
    page = Page(width)
    head = text("Would be undone: " if result.rehearsed else "Undone: ", LOUD)
    head.append_text(text(f"{result.entry.number}, {words(result.entry)}"))
    page.add(Line(head, right=_when(result.entry, result.today)), BLANK)
    page.add(*_changes(result.by), BLANK)
    if result.rehearsed:
        page.add(help_line("To undo it:", f"c4l undo {result.entry.number}"))
    else:
        page.add(help_line("To have it back:", f"c4l undo {result.by.number}"))
    return page


def _row(entry: Entry, today: date) -> Sequence[Text]:
    return text(str(entry.number)), _when(entry, today, ""), _told(entry), text(" ".join(records(entry)), QUIET)


def _told(entry: Entry) -> Text:
    if entry.undone_by is None:
        return text(words(entry))
    return text(words(entry), QUIET).append_text(text(f" · undone by {entry.undone_by}", LATE))


def _when(entry: Entry, today: date, style: str = QUIET) -> Text:
    """The local day and time: as the clock on the wall showed it."""
    local = entry.at.astimezone()
    return text(f"{short(local.date(), today)} {local:%H:%M}", style)


def _title(result: History) -> Text:
    narrowed = (
        str(len(result.entries) + result.more),
        ", ".join(client.name for client in result.clients),
        f"since {long(result.since)}" if result.since else "",
    )
    return text("History", LOUD).append_text(text(" · " + " · ".join(filter(None, narrowed))))


def _nothing(result: History) -> str:
    whom = f" with {', '.join(client.name for client in result.clients)}" if result.clients else ""
    since = f" since {long(result.since)}" if result.since else ""
    return f"Nothing was done{whom}{since}."


def _changes(entry: Entry) -> Iterator[Line | Grid]:
    """What became of each row; of more than can be read, how many there were."""
    if entry.rows is None:
        yield Grid((Column(),), [[text(f"{numbered(count)} {count.did}")] for count in ordered(entry.counts)])
        return
    rows = [row for row in entry.rows if row.table not in _ASIDE]
    told = [(row, record(row, entry.people)) for row in rows]
    yield Grid(_ROWS, [_change(row, of) for row, of in told])


def _change(row: RowChange, of: str) -> Sequence[Text]:
    cells = [each for each in differences(row) if each.column not in ("client", "interaction", "promise")]
    if row.did is Did.changed:
        told = [
            text(f"{word(column)} {_said(column, before)} → {_said(column, after)}") for column, before, after in cells
        ]
    else:
        # The first due day is told by itself only where it moved on.
        said = [
            (column, before if after is None else after) for column, before, after in cells if column != "first_due_on"
        ]
        told = [text(f"{word(column)} ", QUIET).append_text(text(_said(column, value))) for column, value in said]
    return text(row.did, _STYLES[row.did]), text(noun(row.table)), text(of, LOUD), joined(told)


def _said(column: str, value: object) -> str:
    if column == "told" and value is not None:
        return "yes" if value else "no"
    return "nothing" if value is None else " ".join(str(value).split()) or "nothing"
