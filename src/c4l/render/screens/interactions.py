"""Interactions on a terminal: the echo of what was just logged, the whole of one that was asked for, and the list."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.domain.clients import Interaction
from c4l.domain.dates import ago, long, short
from c4l.domain.records import THEIRS_UNSTATED
from c4l.domain.terms import Channel, ClientRef, Party
from c4l.render.screens.parts import (
    BLANK,
    GOOD,
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
from c4l.render.screens.promises import told_in_one, told_of_weeks

if TYPE_CHECKING:
    from rich.console import RenderableType

    from c4l.actions.interactions import InteractionList
    from c4l.actions.log import InteractionPage, Logged
    from c4l.domain.goals import Helped

_LIST = (
    Column("#", right=True),
    Column("day"),
    Column("how", least=9),
    Column("with", least=10, most=NAME),
    Column("what happened", least=20),
    Column("showed", least=9),
)
_TOWARDS = {Channel.note: "to", Channel.gift: "for"}


def logged_screen(result: "Logged", width: int) -> "RenderableType":
    """What was understood of an entry: with whom, which day, the note, and everything that came with it."""
    page = Page(width)
    numbers = [f"i{result.interaction.number}", *(str(view.promise.number) for view in result.promises)]
    wide = max(map(len, numbers))
    leads = [text(f"{number:>{wide}}  ", LOUD) for number in numbers]
    hang = Text(" " * (wide + 2))
    page.add(_heading(result.interaction, leads[0], result.today if result.planned else None))
    page.add(*_as_stored(result.interaction.note, hang))
    mend = f"counts as theirs; if it was you: c4l edit {numbers[0]} --out"
    page.add(*_about(result.interaction, hang, "" if result.planned else mend))
    page.add(*(told_in_one(view, lead) for view, lead in zip(result.promises, leads[1:], strict=True)))
    page.add(*told_of_weeks(result.promises, hang))
    page.add(*_helped(result.helped, hang))
    for client in result.created:
        page.add(Line(text(f"new client {client.name}, as {client.handle}", GOOD), lead=hang))
    if result.next_on is not None:
        page.add(Line(text(f"next contact {long(result.next_on)}, {ago(result.next_on, result.today)}"), lead=hang))
    return page


def interaction_screen(result: "InteractionPage", width: int) -> "RenderableType":
    """One interaction with its note and all that was seen in it."""
    page = Page(width)
    shown = result.interaction
    lead = text(f"i{shown.number}  ", LOUD)
    hang = Text(" " * lead.cell_len)
    page.add(_heading(shown, lead))
    page.add(*(Line(text(line), lead=hang) for line in shown.note.splitlines() if line.strip()))
    page.add(*_about(shown, hang, "nobody said who reached out: counts as theirs"))
    page.add(*_helped(result.helped, hang))
    if shown.promises:
        numbers = ", ".join(map(str, shown.promises))
        page.add(Line(text(f"promise{'s' if len(shown.promises) > 1 else ''} {numbers}"), lead=hang))
    return page


def interactions_screen(result: "InteractionList", width: int) -> "RenderableType":
    """What happened, newest first, a row each; of one client's, only who else was there is named."""
    page = Page(width)
    if not result.interactions:
        who = result.clients[0].handle if result.clients else "WHO"
        page.add(help_line("Nothing like that was logged. To log it:", f"c4l log {who} NOTE"))
        return page
    page.add(Line(_title(result), right=text(long(result.today), QUIET)), BLANK)
    page.add(Grid(_LIST, [_row(each, result) for each in result.interactions]))
    if result.more:
        page.add(more_line(result.more))
    return page


def _title(result: "InteractionList") -> Text:
    wanted = result.wanted
    narrowed = (
        str(len(result.interactions) + result.more),
        names(result.clients) if result.clients else "",
        wanted.channel or "",
        wanted.signal or "",
        f"since {long(wanted.since)}" if wanted.since else "",
        f"until {long(wanted.until)}" if wanted.until else "",
    )
    return text("Interactions", LOUD).append_text(text(" · " + " · ".join(filter(None, narrowed))))


def _row(each: Interaction, result: "InteractionList") -> Sequence[Text]:
    alone = result.clients if len(result.clients) == 1 else ()
    others = [client for client in each.clients if client not in alone]
    planned = each.on > result.today
    return (
        text(f"i{each.number}"),
        text(short(each.on, result.today), LOUD if planned else ""),
        text(f"{each.channel}, planned" if planned else each.channel),
        text(names(others) if others else ""),
        text(each.note),
        text(", ".join(dict.fromkeys(seen.signal for seen in each.signals)), GOOD),
    )


def names(clients: Sequence[ClientRef]) -> str:
    """Clients as a sentence lists them."""
    *others, last = (client.name for client in clients)
    return f"{', '.join(others)} and {last}" if others else last


def _heading(interaction: Interaction, lead: Text, planned_from: date | None = None) -> Line:
    """The channel, with whom, and the day; of a plan also how far that is away."""
    day = long(interaction.on)
    if interaction.at is not None:
        day += f" at {interaction.at.isoformat('minutes')}"
    if planned_from is not None:
        day = f"planned for {day}, {ago(interaction.on, planned_from)}"
    who = f" {_TOWARDS.get(interaction.channel, 'with')} {names(interaction.clients)}" if interaction.clients else ""
    return Line(text(f"{interaction.channel}{who} · {day}"), lead=lead)


def _as_stored(note: str, hang: Text) -> Iterator[Line]:
    """The note between quotes and whole: a word that was taken for something else is seen to be missing."""
    if note.strip():
        lines = [line for line in f"“{note.strip()}”".splitlines() if line.strip()]
        yield from (Line(text(line), lead=hang) for line in lines)


def _about(interaction: Interaction, hang: Text, unstated: str) -> Iterator[Line]:
    """How it went, what it showed and what was learned, a line each; nothing for what nobody said.

    Args:
        unstated: what is told where nobody said who reached out, and the rules take it that they did.
    """
    reached_out = {Party.me: text("you reached out"), Party.them: text("they reached out"), None: Text()}
    if interaction.channel in THEIRS_UNSTATED:
        reached_out[None] = text(unstated, QUIET)
    minutes = "" if interaction.minutes is None else f"{interaction.minutes} min"
    how = joined((text(minutes), reached_out[interaction.reached_out]))
    if how:
        yield Line(how, lead=hang)
    several = len(interaction.clients) > 1
    signals = []
    for seen in interaction.signals:
        signal = text(f"{seen.client.name}: " if several else "").append_text(text(seen.signal, GOOD))
        signals.append(signal.append_text(text(f" “{seen.note}”")) if seen.note else signal)
    if signals:
        yield Line(joined(signals), lead=hang + text("showed   ", QUIET))
    for fact in interaction.facts:
        about = f"{fact.client.name}, " if several else ""
        yield Line(text(f"{about}{fact.kind}: {fact.text}"), lead=hang + text("learned  ", QUIET))


def _helped(helped: "Sequence[Helped]", hang: Text) -> Iterator[Line]:
    """Which goal each client was helped with; where the words fit several, all of them."""
    for each in helped:
        which = f": {each.goals[0]}" if len(each.goals) == 1 else f", could be: {', '.join(each.goals)}"
        yield Line(text(f"helped with a goal of {each.client.name}{which}"), lead=hang)
