"""The morning page on a terminal: a part for each kind of thing to be done, those with nothing in them left out."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rich.text import Text

from c4l.actions.promises import PromiseView
from c4l.actions.quiet import Quiet
from c4l.actions.today import LAPSING_DAYS, Coming, Door, Lapsing, Next, Section, TodayPage
from c4l.domain.cadence import MORNING_DAYS
from c4l.domain.dates import ago, duration, in_words, long, short
from c4l.domain.terms import ClientRef, Party
from c4l.domain.thresholds import DEFAULTS
from c4l.render.lapses import how_it_falls, number_of
from c4l.render.screens.parts import (
    BLANK,
    GOOD,
    LATE,
    LOUD,
    NAME,
    QUIET,
    VERY_LATE,
    Column,
    Grid,
    Line,
    Page,
    help_line,
    soon,
    text,
)
from c4l.render.screens.quiet import note_below
from c4l.render.today import what_comes, what_is_planned, why_quiet

if TYPE_CHECKING:
    from rich.console import RenderableType

Row = TypeVar("Row")

_COLUMNS = (
    Column(right=True),
    Column(right=True),
    Column(least=10, most=NAME),
    Column(least=18),
)
_NOTE = 6
"""So far in stands the last note below the line that it belongs to."""


class _Entry(NamedTuple):
    """A line of the page: the number of a record, when it was or will be, whom it is about and what is to be done."""

    client: ClientRef
    number: str
    when: Text
    what: Text


def today_screen(result: TodayPage, width: int) -> "RenderableType":
    """The page of a day; a clean day is one good line."""
    page = Page(width)
    if result.clean:
        page.add(*_clean(result))
        return page
    page.add(Line(text("Today", LOUD), right=text(long(result.as_of), QUIET)))
    # One grid for all parts, so that the eye runs down the same columns.
    page.add(Grid(_COLUMNS, [row for part in _parts(result) for row in _drawn(part, result, width)]))
    page.add(*_advice(result))
    return page


class _Part(NamedTuple):
    """A part of the page; `more` of it is not shown."""

    heading: str
    remark: str
    entries: Sequence[_Entry]
    more: int


def _parts(page: TodayPage) -> Iterator[_Part]:
    """The parts of the page in the order in which they are read."""
    today, within = page.as_of, _within(page.days)

    def due(view: PromiseView) -> _Entry:
        assert view.standing.due_on is not None  # noqa: S101 - the page asks for a due day
        return _promise(view, _ahead(view.standing.due_on, today))

    def thanks(door: Door) -> _Entry:
        return _Entry(door.client, f"i{door.number}", _since(door.on, today), text(door.text))

    def quiet(each: Quiet) -> _Entry:
        return _Entry(each.client, "", text(duration(each.days_over), LATE), text(why_quiet(each)))

    def ahead(each: Next) -> _Entry:
        number = f"i{each.plan.number}" if each.plan else ""
        return _Entry(each.client, number, _ahead(each.on, today), text(what_is_planned(each)))

    def lapsing(each: Lapsing) -> _Entry:
        return _Entry(
            each.client,
            number_of(each.fall),
            _ahead(each.fall.on, today),
            text(how_it_falls(each.tier, each.fall, today)),
        )

    def key_date(each: Coming) -> _Entry:
        return _Entry(each.client, "", _ahead(each.date.on, today), text(what_comes(each)))

    yield _part("Overdue", _whose(page), page.overdue, _overdue)
    yield _part("Due", within, page.due, due)
    yield _part("Thank them", "for a door they opened", page.thanks, thanks)
    yield _part("About to fall", _within(max(page.days, LAPSING_DAYS)), page.lapsing, lapsing)
    yield _part("Going quiet", str(page.quiet.total), page.quiet, quiet)
    yield _part("In touch", within, page.next, ahead)
    yield _part("Key dates", within, page.dates, key_date)


def _part(heading: str, remark: str, section: Section[Row], entry: Callable[[Row], _Entry]) -> _Part:
    return _Part(heading, remark, tuple(map(entry, section.rows)), section.more)


def _drawn(part: _Part, page: TodayPage, width: int) -> Iterator[Sequence[Text] | Line]:
    if not part.entries:
        return
    yield BLANK
    yield Line(text(part.heading, LOUD).append_text(text(f" · {part.remark}")))
    told: set[int] = set()
    for entry in part.entries:
        yield text(entry.number), entry.when, text(entry.client.name), entry.what
        # What was last said with somebody is said once in a part, however much they wait for.
        if entry.client.id not in told:
            yield from note_below(page.last, entry.client.id, page.as_of, width, _NOTE)
        told.add(entry.client.id)
    if part.more:
        yield Line(text(f"and {part.more} more: {_whole(page)}", QUIET), lead=Text(" " * _NOTE))


def _whole(page: TodayPage) -> str:
    """The command that leaves nothing of the page out."""
    return "c4l today --limit 0" + (f" --days {page.days}" if page.days != MORNING_DAYS else "")


def _overdue(view: PromiseView) -> _Entry:
    days = view.days_late or 0
    when = text(duration(days), VERY_LATE if days > DEFAULTS.reliable_grace_days else LATE)
    return _promise(view, when)


def _promise(view: PromiseView, when: Text) -> _Entry:
    promise = view.promise
    owed = text("they owe you: ", QUIET) if promise.by is Party.them else Text()
    return _Entry(promise.client, str(promise.number), when, owed.append_text(text(promise.what)))


def _ahead(day: date, today: date) -> Text:
    """A day in the next few, as short as it can be said."""
    days = (day - today).days
    if days <= 1:
        return text(ago(day, today), LOUD)
    return text(long(day)[:3] if days < 7 else short(day, today)[4:])


def _since(day: date, today: date) -> Text:
    return text(duration((today - day).days) if day < today else "today")


def _whose(page: TodayPage) -> str:
    sides = ((page.mine, "yours"), (page.overdue.total - page.mine, "theirs"))
    return ", ".join(f"{count} of {whose}" for count, whose in sides if count)


def _within(days: int) -> str:
    return f"within {in_words(days)}" if days else "today"


def _clean(page: TodayPage) -> Iterator[Line]:
    if page.anybody:
        yield Line(text(f"{long(page.as_of)}: nothing is late and nobody waits. Surprise somebody today.", GOOD))
        return
    yield Line(text("Nobody is here yet."))
    yield BLANK
    yield help_line("Begin with a call you had:", 'c4l log "Jane Doe" "asked about prices" --new')


def _advice(page: TodayPage) -> Iterator[Line]:
    """What to do about the first line, in one line."""
    yield BLANK
    mine = [view.promise for view in page.overdue.rows if view.promise.by is Party.me]
    if mine:
        yield help_line("Tell them before they ask:", f"c4l move {mine[0].number} {soon(page.as_of)} --told")
    else:
        first = next(entry.client for part in _parts(page) for entry in part.entries)
        yield help_line("Before you call:", f"c4l brief {first.handle}")
