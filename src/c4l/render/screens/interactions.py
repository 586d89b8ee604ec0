"""An interaction on a terminal: the echo of what was just logged, and the whole of one that was asked for."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.domain.clients import Interaction
from c4l.domain.dates import ago, long
from c4l.domain.terms import Channel, ClientRef, Party
from c4l.render.screens.parts import (
    GOOD,
    LOUD,
    QUIET,
    Line,
    Page,
    joined,
    text,
)
from c4l.render.screens.promises import told_in_one

if TYPE_CHECKING:
    from rich.console import RenderableType

    from c4l.actions.log import Logged

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
    page.add(*_about(result.interaction, hang))
    page.add(*(told_in_one(view, lead) for view, lead in zip(result.promises, leads[1:], strict=True)))
    for client in result.created:
        page.add(Line(text(f"new client {client.name}, as {client.handle}", GOOD), lead=hang))
    if result.next_on is not None:
        page.add(Line(text(f"next contact {long(result.next_on)}, {ago(result.next_on, result.today)}"), lead=hang))
    return page


def interaction_screen(result: Interaction, width: int) -> "RenderableType":
    """One interaction with its note and all that was seen in it."""
    page = Page(width)
    lead = text(f"i{result.number}  ", LOUD)
    hang = Text(" " * lead.cell_len)
    page.add(_heading(result, lead))
    page.add(*(Line(text(line), lead=hang) for line in result.note.splitlines() if line.strip()))
    page.add(*_about(result, hang))
    if result.promises:
        numbers = ", ".join(map(str, result.promises))
        page.add(Line(text(f"promise{'s' if len(result.promises) > 1 else ''} {numbers}"), lead=hang))
    return page


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


def _about(interaction: Interaction, hang: Text) -> Iterator[Line]:
    """How it went, what it showed and what was learned, a line each; nothing for what nobody said."""
    reached_out = {Party.me: "you reached out", Party.them: "they reached out", None: ""}[interaction.reached_out]
    minutes = "" if interaction.minutes is None else f"{interaction.minutes} min"
    how = joined((text(minutes), text(reached_out)))
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
