"""Reliability on a terminal: what became of promises on both sides, month by month or client by client, and why."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import dropwhile, islice
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.reliability import Reliability
from c4l.domain.dates import long, short
from c4l.domain.day_words import month_name
from c4l.domain.records import Verb
from c4l.domain.reliability import ClientFigures, Figures, Lesson, Month
from c4l.domain.terms import Party
from c4l.render.reliability import number, percent
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
    joined,
    more_line,
    text,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

LONGEST_BAR, SHORTEST_BAR = 20, 4
"""So long is the bar of the fullest month, as there is room; but never longer than it has promises."""

_BESIDE_BARS = 40
_HONOURED, _MISSED = "█", "░"
_FIGURES = (Column(least=16), Column("yours"), Column("theirs"))
_MONTHS = (Column(), Column("yours"), Column(), Column("theirs"), Column())
_CLIENTS = (
    Column("client", least=10, most=NAME),
    Column("yours"),
    Column("share", right=True),
    Column("what went wrong", least=16),
    Column("theirs"),
)
_LESSONS = (Column(), Column(right=True), Column(least=10, most=NAME), Column(), Column(least=20))


def reliability_screen(result: Reliability, width: int) -> "RenderableType":
    """How promises were lived up to: figures, then bars for the months or a row for each client, then lessons."""
    page = Page(width)
    whose = f" · {result.client.name}" if result.client else ""
    page.add(Line(text("Reliability", LOUD).append_text(text(whose)), right=text(long(result.until), QUIET)))
    page.add(Line(text(f"since {long(result.since)}", QUIET)), BLANK)
    if result.mine.figures.counted or result.theirs.figures.counted:
        page.add(Grid(_FIGURES, list(_table(result.mine.figures, result.theirs.figures))), BLANK)
        page.add(*(_clients(result) if result.by_client else _months(result, width)))
    else:
        page.add(Line(text("Nothing counts yet: no promise with a due day was closed, and none is overdue.")))
        page.add(BLANK, help_line("What is open:", "c4l promises"))
    page.add(*_learned(result))
    page.add(*_advice(result))
    return page


# The figures.


def _table(mine: Figures, theirs: Figures) -> Iterator[Sequence[Text]]:
    yield _row("honoured", *(text(f"{own.honoured} of {own.counted}" if own.counted else "") for own in (mine, theirs)))
    shares = [percent(own) for own in (mine, theirs)]
    if any(shares):
        yield _row("", *(text(f"{share} %" if share else "") for share in shares))
    for label, both in (
        ("kept on the first day", (mine.first_day, theirs.first_day)),
        ("told early", (mine.told_early, theirs.told_early)),
        ("kept late", (mine.kept_late, theirs.kept_late)),
        ("moved, not told in time", (mine.moved_untold, theirs.moved_untold)),
        ("broken", (mine.broken, theirs.broken)),
        ("released late", (mine.released_late, theirs.released_late)),
        ("overdue now", (mine.overdue, theirs.overdue)),
    ):
        if any(both):
            yield _row(label, *(text(str(count) if count else "") for count in both))
    if mine.late_days_median is not None or theirs.late_days_median is not None:
        medians = (number(own.late_days_median) for own in (mine, theirs))
        yield _row("median days late", *(text(f"{days} d" if days else "") for days in medians))


def _row(label: str, mine: Text, theirs: Text) -> Sequence[Text]:
    return text(label), mine, theirs


# Month by month.


def _months(result: Reliability, width: int) -> Iterator[Grid | Line]:
    """A bar for each month and side, from the first month that has anything."""
    pairs = zip(result.mine.months, result.theirs.months, strict=True)
    shown = list(dropwhile(lambda both: not any(month.counted for month in both), pairs))
    most = max(month.counted for both in shown for month in both)
    room = min(most, max(SHORTEST_BAR, min(LONGEST_BAR, (width - _BESIDE_BARS) // 2)))
    yield Grid(_MONTHS, [_month(mine, theirs, room, most) for mine, theirs in shown])
    yield Line(joined((text(_HONOURED, GOOD).append(" honoured"), text(_MISSED, LATE).append(" not honoured")), "  "))


def _month(mine: Month, theirs: Month, room: int, most: int) -> Sequence[Text]:
    cells = [text(f"{month_name(mine.first.month)[:3]} {mine.first.year}")]
    for month in (mine, theirs):
        cells.append(_bar(month, room, most))
        cells.append(text(f"{month.honoured} of {month.counted}" if month.counted else ""))
    return cells


def _bar(month: Month, room: int, most: int) -> Text:
    """So long as the month's share of the fullest one; whatever there is, however little, is seen."""
    missed = month.counted - month.honoured
    lengths = [-(-count * room // most) for count in (month.honoured, missed)]
    if sum(lengths) > room:
        # Both were rounded up: the longer one gives way.
        lengths[lengths.index(max(lengths))] -= 1
    return text(_HONOURED * lengths[0], GOOD).append_text(text(_MISSED * lengths[1], LATE))


# Client by client.


def _clients(result: Reliability) -> Iterator[Grid | Line]:
    shown = result.clients[: result.limit]
    yield Grid(_CLIENTS, list(map(_client, shown)))
    if len(shown) < len(result.clients):
        yield more_line(len(result.clients) - len(shown))


def _client(row: ClientFigures) -> Sequence[Text]:
    share = percent(row.mine)
    return (
        text(row.client.name),
        _of(row.mine),
        text(f"{share} %" if share else ""),
        text(_wrong(row.mine)),
        _of(row.theirs),
    )


def _of(own: Figures) -> Text:
    return text(f"{own.honoured} of {own.counted}" if own.counted else "")


def _wrong(own: Figures) -> str:
    """In what ways promises were not honoured, the worst first."""
    ways = (
        ("overdue", own.overdue),
        ("broken", own.broken),
        ("kept late", own.kept_late),
        ("moved, not told in time", own.moved_untold),
        ("released late", own.released_late),
    )
    return "; ".join(f"{count} {way}" for way, count in ways if count)


# What was learned, and what to do.


def _learned(result: Reliability) -> Iterator[Line | Grid]:
    if not result.lessons:
        return
    yield BLANK
    yield Line(text("What was learned", LOUD))
    shown = list(islice(result.lessons, result.limit))
    yield Grid(_LESSONS, [_lesson(lesson, result.until) for lesson in shown])
    if len(shown) < len(result.lessons):
        yield more_line(len(result.lessons) - len(shown))


def _lesson(lesson: Lesson, today: date) -> Sequence[Text]:
    promise = lesson.promise
    whose = "you" if promise.by is Party.me else "they"
    did = {Verb.broken: "broke", Verb.moved: "moved"}[lesson.verb]
    return (
        text(short(lesson.on, today)),
        text(str(promise.number)),
        text(promise.client.name),
        text(f"{whose} {did}", QUIET),
        text(f"“{lesson.because}”"),
    )


def _advice(result: Reliability) -> Iterator[Line]:
    who = f" {result.client.handle}" if result.client else ""
    if result.mine.figures.overdue:
        yield BLANK
        yield help_line("Still to be put right:", f"c4l promises{who} --overdue --mine")
    elif result.mine.figures.moved_untold:
        yield BLANK
        yield help_line("Telling early keeps trust:", "c4l move N DAY --told")
