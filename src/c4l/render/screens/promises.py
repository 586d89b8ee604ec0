"""Promises on a terminal: the list that says who waits for what and how late it is, and the story of a single one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.promises import PromiseList, PromiseView, Wanted
from c4l.domain.dates import ago, duration, in_words, long, short
from c4l.domain.promises import Move
from c4l.domain.records import Event
from c4l.domain.terms import Party, State
from c4l.render.promises import Promises
from c4l.render.screens.parts import (
    BLANK,
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
    joined,
    more_line,
    soon,
    text,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

_COLUMNS = (
    Column("#", right=True),
    Column("late", right=True),
    Column("client", least=10, most=NAME),
    Column("promise", least=18),
    Column("due"),
    Column("moved", least=8),
    Column("state"),
)
_STORY = (Column(), Column(), Column(least=20))

# A colour for eyes and no rule: after a week somebody has asked, whatever a criterion is set to forgive.
_LATE_DAYS = 7


def promises_screen(result: Promises, width: int) -> "RenderableType":
    """The list that was asked for, yours before theirs; or each of those that a command changed, in short."""
    page = Page(width)
    if not isinstance(result, PromiseList):
        for view in result:
            page.add(*told(view))
        page.add(*told_of_weeks(result, Text()))
        return page
    if not result.promises:
        page.add(*_nothing(result))
        return page
    page.add(Line(_title(result), right=text(long(result.today), QUIET)), BLANK, _table(result.promises))
    if result.more:
        page.add(more_line(result.more))
    page.add(*_advice(result))
    return page


def promise_screen(result: PromiseView, width: int) -> "RenderableType":
    """One promise with all that happened to it."""
    page = Page(width)
    page.add(*told(result))
    indent = len(str(result.promise.number)) + 2
    page.add(*told_of_weeks([result], Text(" " * indent)))
    story = list(_story(result))
    if story:
        page.add(BLANK, Grid(_STORY, story, indent=indent))
    return page


def told(view: PromiseView) -> Iterator[Line]:
    """A promise in two lines: what it is, and between whom and by when."""
    number = str(view.promise.number)
    yield Line(text(view.promise.what, LOUD), lead=text(f"{number}  ", LOUD))
    yield Line(_between_and_when(view), lead=Text(" " * (len(number) + 2)))


def told_in_one(view: PromiseView, lead: Text) -> Line:
    """The same in one line."""
    return Line(joined((text(view.promise.what), _between_and_when(view))), lead=lead)


def told_of_weeks(views: Iterable[PromiseView], lead: Text) -> Iterator[Line]:
    """For each week in which a promise of yours was just laid: how much it holds, and whether that is too much."""
    weeks = {view.week: view.today for view in views if view.week is not None}
    for week, today in weeks.items():
        when = "that week" if len(weeks) == 1 else f"in week {week.monday.isocalendar().week}"
        if week.monday <= today:
            when = "this week"
        owed = f"{week.due} of yours {'is' if week.due == 1 else 'are'} due {when}"
        if week.over:
            yield Line(text(f"{owed}, more than the {week.most} you have honoured in one", LATE), lead=lead)
        else:
            yield Line(text(f"{owed}; the most you have honoured in one is {week.most}"), lead=lead)


def weeks_in_words(views: Iterable[PromiseView]) -> list[str]:
    """The same, as lines of text alone."""
    return [line.body.plain for line in told_of_weeks(views, Text())]


def _between_and_when(view: PromiseView) -> Text:
    return joined((text(_between(view)), _where_it_stands(view)))


def _between(view: PromiseView) -> str:
    name = view.promise.client.name
    owed = view.standing.state is State.open
    if view.promise.by is Party.me:
        return f"you {'owe' if owed else 'owed'} {name}"
    return f"{name} {'owes' if owed else 'owed'} you"


def _where_it_stands(view: PromiseView) -> Text:
    stands, today = view.standing, view.today
    if stands.closed_on is not None:
        return text(f"{stands.state} {long(stands.closed_on)}").append_text(_ending(view))
    if stands.due_on is None:
        return text("no due day")
    due = text(f"due {long(stands.due_on)}, ")
    if view.overdue:
        return due.append(f"already {in_words((today - stands.due_on).days)} overdue", LATE)
    return due.append(ago(stands.due_on, today))


def _ending(view: PromiseView) -> Text:
    """How it ended, where that says more than the day."""
    match view.standing.state:
        case State.kept if view.days_late:
            return text(f", {in_words(view.days_late)} late", LATE)
        case State.kept if view.days_late == 0:
            return text(", in time")
        case State.broken:
            # Of theirs, nobody asks whether you were told: it is yours that count.
            mine = view.promise.by is Party.me
            return text((", told" if view.standing.told else ", untold") if mine else "")
        case _:
            return text("")


# The story of one.


def _story(view: PromiseView) -> Iterator[Sequence[Text]]:
    """What happened, a row each; nothing where the promise is fresh."""
    promise, stands, today = view.promise, view.standing, view.today
    made = [f"due {short(promise.first_due_on, today)}" if promise.first_due_on and stands.moves else ""]
    made.append(f"in i{promise.interaction}" if promise.interaction is not None else "")
    if promise.made_on != today or promise.events or promise.interaction is not None:
        yield _happened("made", promise.made_on, today, ", ".join(filter(None, made)))
    for move in stands.moves:
        yield _happened("moved", move.on, today, _move(move, promise.by, today))
        if move.plan:
            yield text(""), text(""), text(f"the plan: {move.plan}")
    if stands.closed_on is not None:
        due = f"it was due {short(stands.due_on, today)}" if stands.due_on else ""
        because = f"“{stands.because}”" if stands.because else ""
        yield _happened(stands.state, stands.closed_on, today, ", ".join(filter(None, (due, because))))
    for event in stands.passed_over:
        yield _happened(event.verb, event.on, today, _passed_over(event, today, ended=stands.closed_on is not None))


def _happened(what: str, on: date, today: date, more: str) -> Sequence[Text]:
    return text(what), text(short(on, today)), text(more)


def _move(move: Move, by: Party, today: date) -> str:
    before = short(move.from_on, today) if move.from_on else "no day"
    because = f": “{move.because}”" if move.because else ""
    telling = _telling((move,), by)
    return f"{before} → {short(move.to, today)}{f', {telling}' if telling else ''}{because}"


def _passed_over(event: Event, today: date, *, ended: bool) -> str:
    to = f"to {short(event.to, today)}, " if event.to else ""
    return f"{to}after the end: it counts for nothing" if ended else f"{to}names no day: it counts for nothing"


# The list.


def _table(views: Sequence[PromiseView]) -> Grid:
    mine = [_row(view) for view in views if view.promise.by is Party.me]
    theirs = [_row(view) for view in views if view.promise.by is Party.them]
    between = [Line(text("theirs", LOUD))] if mine and theirs else []
    return Grid(_COLUMNS, [*mine, *between, *theirs])


def _row(view: PromiseView) -> Sequence[Text]:
    promise, stands = view.promise, view.standing
    # Without the weekday: the room belongs to what was promised.
    state = "" if stands.closed_on is None else f"{stands.state} {short(stands.closed_on, view.today)[4:]}"
    return (
        text(str(promise.number)),
        text(duration(view.days_late) if view.days_late else "", _lateness(view)),
        text(promise.client.name),
        text(promise.what),
        _due(view),
        text(_moved(view)),
        text(state),
    )


def _lateness(view: PromiseView) -> str:
    if not view.overdue:
        return ""
    return VERY_LATE if (view.days_late or 0) > _LATE_DAYS else LATE


def _due(view: PromiseView) -> Text:
    due = view.standing.due_on
    if due is None:
        return text("no day", QUIET)
    if view.standing.state is State.open and 0 <= (due - view.today).days <= 1:
        return text(ago(due, view.today), LOUD)
    return text(short(due, view.today))


def _moved(view: PromiseView) -> str:
    """How often, and whether the other side knew: "once, told", "3 times, told late"."""
    moves = view.standing.moves
    if not moves:
        return ""
    often = {1: "once", 2: "twice"}.get(len(moves), f"{len(moves)} times")
    telling = _telling(moves, view.promise.by)
    return f"{often}, {telling}" if telling else often


def _telling(moves: Sequence[Move], by: Party) -> str:
    """Whether those who had to wait longer knew in time, the worst of it first; of their own promises, they do."""
    if by is Party.them:
        return ""
    later = [move for move in moves if move.later]
    if any(not move.told for move in later):
        return "untold"
    if any(not move.fair for move in later):
        return "told late"
    return "told" if later or any(move.told for move in moves) else ""


# The words around the list.


def _title(result: PromiseList) -> Text:
    wanted = result.wanted
    if wanted.overdue:
        heading = "Overdue"
    elif wanted.within_days is not None:
        heading = f"Due within {in_words(wanted.within_days)}"
    elif wanted.state is None:
        heading = "Promises"
    else:
        heading = f"{wanted.state} promises".capitalize()
    narrowed = (
        _counts(result),
        f"{wanted.tier} clients" if wanted.tier else "",
        f"since {long(wanted.since)}" if wanted.since else "",
        result.client.name if result.client else "",
    )
    return text(heading, LOUD).append_text(text(" · " + " · ".join(filter(None, narrowed))))


def _counts(result: PromiseList) -> str:
    sides = ((result.mine, "yours"), (result.theirs, "theirs"))
    return ", ".join(f"{count} of {whose}" for count, whose in sides if count)


def _nothing(result: PromiseList) -> Iterator[Line]:
    wanted, client = result.wanted, result.client
    name = f" with {client.name}" if client else ""
    whose = {Party.me: " of yours", Party.them: " of theirs", None: ""}[wanted.owner]
    if wanted == Wanted():
        yield Line(text(f"No promise is open{name}."))
        yield BLANK
        who = client.handle if client else "WHO"
        yield help_line("Make one:", f'c4l promise {who} "send the deck" --by friday')
        return
    nothing = f"Nothing{whose} is overdue{name}." if wanted.overdue else f"No promise{whose}{name} is like that."
    yield help_line(f"{nothing} What is open:", f"c4l promises {client.handle}" if client else "c4l promises")


def _advice(result: PromiseList) -> Iterator[Line]:
    """What to do about the first that is late, in one line."""
    late = [view for view in result.promises if view.overdue]
    mine = [view.promise.number for view in late if view.promise.by is Party.me]
    if mine:
        yield BLANK
        yield help_line("Tell them before they ask:", f"c4l move {mine[0]} {soon(result.today)} --told")
    elif late:
        yield BLANK
        yield help_line("Ask kindly, and offer a hand:", f"c4l log {late[0].promise.client.handle} NOTE")
