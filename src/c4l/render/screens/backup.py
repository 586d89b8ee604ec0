"""Backups on a terminal: the one that was made, those there are, and what a way back changes."""

from collections.abc import Iterator, Sequence
from shlex import quote
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.backup import BackupList, Kept, Made, Restored
from c4l.domain.backups import Reason
from c4l.domain.dates import long
from c4l.render.backup import compared, size, verdict
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
    text,
)

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

REASONS = {
    Reason.daily: "of the day",
    Reason.import_: "before an import",
    Reason.demo: "before a new demo",
    Reason.restore: "before a restore",
    Reason.migration: "before an upgrade",
    Reason.asked: "asked for",
    Reason.damaged: "damaged, kept aside",
}

_LIST = (Column("made"), Column(), Column("why", least=12), Column("size", right=True), Column("name"), Column())
"""The name is as much of it as `restore` needs to know which is meant."""

_SIDES = (Column(least=8), Column("now", least=16), Column("backup", least=16))


def backup_screen(result: Made, width: int) -> "RenderableType":
    """Where it is, and how to use it."""
    page = Page(width)
    page.add(Line(text("Backup made, read again and found whole", LOUD), right=text(size(result.size), QUIET)))
    page.add(Line(text(str(result.file))))
    if result.removed:
        some = "1 older one is" if len(result.removed) == 1 else f"{len(result.removed)} older ones are"
        page.add(Line(text(f"{some} no longer kept.", QUIET)))
    page.add(BLANK, help_line("To go back to it:", f"c4l restore {_said(result.file, result.book)}"))
    return page


def _said(file: "Path", book: "Path") -> str:
    """What is typed to mean a backup: its name where that is enough."""
    beside = file.parent.name.endswith("-backups") and file.parent.parent == book.parent
    return quote(file.name if beside else str(file))


def backups_screen(result: BackupList, width: int) -> "RenderableType":
    """Each with its day, why it was made and its size, the newest first."""
    page = Page(width)
    total = sum(kept.backup.size for kept in result.backups)
    if not result.backups:
        page.add(Line(text("There is no backup yet.", LOUD)))
        page.add(BLANK, help_line("To make one:", "c4l backup"))
        return page
    some = "1 backup" if len(result.backups) == 1 else f"{len(result.backups)} backups"
    page.add(Line(text(some, LOUD), right=text(size(total), QUIET)))
    page.add(Line(text(str(result.folder), QUIET)))
    names = _names(result)
    page.add(BLANK, Grid(_LIST, [_row(kept, name) for kept, name in zip(result.backups, names, strict=True)]))
    damaged = [(name, kept) for kept, name in zip(result.backups, names, strict=True) if kept.damage is not None]
    if damaged:
        page.add(BLANK, *(Line(text(verdict(kept), LATE), lead=text(f"{name}  ")) for name, kept in damaged))
    if (usable := _newest_usable(result, names)) is not None:
        page.add(BLANK, help_line("To see what one would bring back:", f"c4l restore {usable} --dry-run"))
    return page


def _newest_usable(result: BackupList, names: Sequence[str]) -> str | None:
    """The newest that a restore would take, as far as is known."""
    pairs = zip(result.backups, names, strict=True)
    return next(
        (name for kept, name in pairs if kept.damage is None and kept.backup.reason is not Reason.damaged), None
    )


def _row(kept: Kept, name: str) -> Sequence[Text]:
    made = kept.backup
    return (
        text(long(made.on)),
        text(f"{made.at.astimezone():%H:%M}", QUIET),
        text(REASONS[made.reason], LATE if made.reason is Reason.damaged else ""),
        text(size(made.size)),
        text(name),
        text(verdict(kept).partition(":")[0], GOOD if kept.whole else LATE),
    )


def _names(result: BackupList) -> list[str]:
    """As much of the name of each as tells it from all others: its day, its second or all of it."""
    all_names = [kept.backup.name for kept in result.backups]
    ends = (len("2026-11-22"), len("2026-11-22T091405Z"))
    return [
        next((name[:end] for end in ends if sum(each.startswith(name[:end]) for each in all_names) == 1), name)
        for name in all_names
    ]


def restored_screen(result: Restored, width: int) -> "RenderableType":
    """What there was and what is there in its place, and the way back."""
    page = Page(width)
    said = "Would go back to a backup" if result.rehearsed else "Gone back to a backup"
    page.add(Line(text(said, LOUD), right=text(_taken(result), QUIET)))
    page.add(Line(text(str(result.file), QUIET)))
    page.add(BLANK, Grid(_SIDES, list(_sides(result))))
    if result.rehearsed:
        page.add(BLANK, help_line("To do it:", f"c4l restore {_said(result.file, result.book)}"))
    elif result.aside is not None and f"-{Reason.damaged}-" in result.aside.name:
        salvage = f"c4l doctor --salvage {quote(str(result.aside))}"
        page.add(BLANK, help_line("What was there before is kept, damaged as it was:", salvage))
    elif result.aside is not None:
        page.add(BLANK, help_line("What was there before is kept:", f"c4l restore {quote(result.aside.name)}"))
    return page


def _taken(result: Restored) -> str:
    return "" if result.taken_at is None else long(result.taken_at.astimezone().date())


def _sides(result: Restored) -> Iterator[Sequence[Text]]:
    _, *rows = compared(result)
    for label, now, then in rows:
        yield text(label, QUIET), text(now, "" if now == then else LOUD), text(then, "" if now == then else LOUD)
