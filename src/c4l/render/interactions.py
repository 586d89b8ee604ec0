"""Interactions as JSON and as plain lines.

Plain lines begin with what they hold: `interaction` (number, day, time, channel, who reached out, minutes, handles,
note), then `signal` (handle, signal, note) and `fact` (handle, kind, text); one that was asked for ends with each
`goal` (handle, text) that was helped with. What was just logged goes on with `promise` (the columns of `promises`),
`week` (the ISO week in which something of yours is due, how much is due in it, the most you have honoured in one),
`goal`, `created` (handle, name) and `next` (day).
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from c4l.domain.clients import Interaction
from c4l.render.promises import promise_data, promises_lines, week_cells
from c4l.render.records import cell, client_ref, day

if TYPE_CHECKING:
    from c4l.actions.interactions import InteractionList
    from c4l.actions.log import InteractionPage, Logged
    from c4l.domain.goals import Helped


def interaction_data(result: "InteractionPage") -> dict[str, object]:
    """One interaction, with the goals that were helped with; where it can have been several, none."""
    return {**record_data(result.interaction), "goals": _goals_data(result.helped)}


def interaction_lines(result: "InteractionPage") -> Iterator[Sequence[str]]:
    """The lines of the interaction, then one for each goal that was helped with."""
    yield from record_lines(result.interaction)
    yield from _goals_lines(result.helped)


def record_data(result: Interaction) -> dict[str, object]:
    """An interaction with all that was seen in it; promises by number."""
    return {
        "number": result.number,
        "on": day(result.on),
        "time": _time(result),
        "channel": result.channel.value,
        "reached_out": None if result.reached_out is None else result.reached_out.value,
        "minutes": result.minutes,
        "note": result.note,
        "clients": [client_ref(client) for client in result.clients],
        "signals": [
            {"client": client_ref(seen.client), "signal": seen.signal, "note": seen.note} for seen in result.signals
        ],
        "facts": [
            {"client": client_ref(fact.client), "kind": fact.kind.value, "text": fact.text} for fact in result.facts
        ],
        "promises": list(result.promises),
    }


def record_lines(result: Interaction) -> Iterator[Sequence[str]]:
    """A line for the interaction, each signal and each fact."""
    yield "interaction", *_first_cells(result), result.note
    for seen in result.signals:
        yield "signal", seen.client.handle, seen.signal, cell(seen.note)
    for fact in result.facts:
        yield "fact", fact.client.handle, fact.kind, fact.text


def interactions_data(result: "InteractionList") -> list[dict[str, object]]:
    """Each interaction, whole."""
    return [record_data(each) for each in result.interactions]


def interactions_lines(result: "InteractionList") -> Iterator[Sequence[str]]:
    """A record for each interaction."""
    for each in result.interactions:
        signals = ",".join(f"{seen.client.handle}:{seen.signal}" for seen in each.signals)
        yield *_first_cells(each), signals, ",".join(map(str, each.promises)), each.note


def logged_data(result: "Logged") -> dict[str, object]:
    """What was written: the interaction and its promises, whole."""
    return {
        "interaction": record_data(result.interaction),
        "promises": [promise_data(view) for view in result.promises],
        "undated": list(result.undated),
        "planned": result.planned,
        "next_on": day(result.next_on),
        "created": [client_ref(client) for client in result.created],
        "goals": _goals_data(result.helped),
    }


def logged_lines(result: "Logged") -> Iterator[Sequence[str]]:
    """The lines of the interaction, then one for all else that came with it."""
    yield from record_lines(result.interaction)
    for cells in promises_lines(result.promises):
        yield "promise", *cells
    for week in dict.fromkeys(view.week for view in result.promises):
        if week is not None:
            yield "week", *week_cells(week)
    yield from _goals_lines(result.helped)
    for client in result.created:
        yield "created", client.handle, client.name
    if result.next_on is not None:
        yield "next", result.next_on.isoformat()


def _goals_data(helped: "Sequence[Helped]") -> list[dict[str, object]]:
    return [{"client": client_ref(each.client), "text": each.goals[0]} for each in helped if len(each.goals) == 1]


def _goals_lines(helped: "Sequence[Helped]") -> Iterator[Sequence[str]]:
    for each in helped:
        if len(each.goals) == 1:
            yield "goal", each.client.handle, each.goals[0]


def _first_cells(interaction: Interaction) -> Sequence[str]:
    return (
        f"i{interaction.number}",
        interaction.on.isoformat(),
        cell(_time(interaction)),
        interaction.channel,
        cell(interaction.reached_out),
        cell(interaction.minutes),
        ",".join(client.handle for client in interaction.clients),
    )


def _time(interaction: Interaction) -> str | None:
    return None if interaction.at is None else interaction.at.isoformat("minutes")
