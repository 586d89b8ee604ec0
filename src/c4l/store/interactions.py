"""Interactions in the book, with who took part, what was seen and what was learned."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from c4l.domain.clients import Interaction, Learned, Seen
from c4l.domain.records import effective_minutes, started_by_them
from c4l.domain.terms import Channel, ClientRef, FactKind, Party
from c4l.store import compiled as q
from c4l.store.store import Changes, Transaction


def by_number(tx: Transaction, numbers: Iterable[int]) -> list[Interaction]:
    """Interactions with all that belongs to them, by day, then by number."""
    wanted = list(numbers)
    people: dict[int, list[ClientRef]] = {}
    for number, *ref in tx.all(q.participants, interactions=wanted):
        people.setdefault(number, []).append(ClientRef(*ref))
    seen: dict[int, list[Seen]] = {}
    for number, client, handle, name, kind, note in tx.all(q.signals_seen, interactions=wanted):
        seen.setdefault(number, []).append(Seen(ClientRef(client, handle, name), kind, note))
    learned: dict[int, list[Learned]] = {}
    for number, client, handle, name, kind, text in tx.all(q.facts_learned, interactions=wanted):
        learned.setdefault(number, []).append(Learned(ClientRef(client, handle, name), FactKind(kind), text))
    made: dict[int, list[int]] = {}
    for number, promise in tx.all(q.promises_made, interactions=wanted):
        made.setdefault(number, []).append(promise)
    return [
        Interaction(
            number=number,
            on=date.fromisoformat(on),
            at=None if at is None else time.fromisoformat(at),
            channel=Channel(channel),
            reached_out=None if reached_out is None else Party(reached_out),
            minutes=minutes,
            note=note,
            clients=tuple(people.get(number, ())),
            signals=tuple(seen.get(number, ())),
            facts=tuple(learned.get(number, ())),
            promises=tuple(made.get(number, ())),
        )
        for number, on, at, channel, reached_out, minutes, note in tx.all(q.interactions, interactions=wanted)
    ]


def recent(tx: Transaction, client: int, day: date, limit: int) -> list[Interaction]:
    """The last interactions with a client on or before a day, newest first."""
    numbers = [number for (number,) in tx.all(q.recent_contacts, client=client, day=day, limit=limit)]
    return by_number(tx, numbers)[::-1]


def add(
    changes: Changes,
    *,
    clients: Iterable[ClientRef],
    on: date,
    at: time | None,
    channel: Channel,
    reached_out: Party | None,
    minutes: int | None,
    note: str,
) -> int:
    """Add an interaction and who took part in it; gives its number."""
    number = changes.insert(
        "interaction",
        happened_on=on,
        at_time=at,
        channel=channel,
        reached_out=reached_out,
        minutes=minutes,
        note=note,
    )
    for client in clients:
        changes.insert(
            "participant",
            interaction_id=number,
            client_id=client.id,
            happened_on=on,
            asked=started_by_them(channel, reached_out),
            minutes=effective_minutes(channel, minutes),
        )
    return number


def add_signal(changes: Changes, interaction: int, client: ClientRef, signal: str, on: date, note: str | None) -> None:
    """Add a signal seen in an interaction."""
    changes.insert("signal", interaction_id=interaction, client_id=client.id, kind=signal, seen_on=on, note=note)


def listed(tx: Transaction, filters: dict[str, Any], limit: int | None = None) -> list[Interaction]:
    """Interactions with all that belongs to them, newest first.

    Args:
        filters: by name, those of the listing `interaction_list`, each with its parameter.
        limit: at most so many.
    """
    numbers = [number for (number,) in tx.narrowed(q.interaction_list, filters, limit, **_given(filters))]
    return by_number(tx, numbers)[::-1]


def counted(tx: Transaction, filters: dict[str, Any]) -> int:
    """How many interactions the filters let through."""
    return tx.count(q.interaction_list, filters, **_given(filters))


def _given(filters: dict[str, Any]) -> dict[str, Any]:
    """The parameters: `signal_of` shares those of `clients` and `signal`."""
    return {"signal" if name == "signal_of" else name: value for name, value in filters.items()}


# --- mending ---------------------------------------------------------------------------------------------------------


def amend(changes: Changes, interaction: Interaction, columns: dict[str, Any]) -> None:
    """Change an interaction, and what repeats its day, its time or who started it.

    Args:
        columns: what is to be different, by the names of the table's columns.
    """
    changes.update("interaction", interaction.number, **columns)
    [mended] = by_number(changes, [interaction.number])
    for (row,) in changes.all(q.participant_rows, interaction=mended.number):
        changes.update(
            "participant",
            row,
            happened_on=mended.on,
            asked=started_by_them(mended.channel, mended.reached_out),
            minutes=effective_minutes(mended.channel, mended.minutes),
        )
    for row, *_ in changes.all(q.signal_rows, interaction=mended.number):
        changes.update("signal", row, seen_on=mended.on)


def learned_on(changes: Changes, interaction: int, before: date, after: date) -> None:
    """Move the day of what was learned in an interaction along with it, but never past the day a goal was reached."""
    for row, learned, reached in changes.all(q.fact_rows, interaction=interaction):
        if learned == before.isoformat() and (reached is None or reached >= after.isoformat()):
            changes.update("fact", row, learned_on=after)


def signal_numbers(tx: Transaction, interaction: int) -> list[int]:
    """The rows of the signals seen in an interaction."""
    return [row for row, *_ in tx.all(q.signal_rows, interaction=interaction)]


def put_signal(changes: Changes, interaction: int, client: ClientRef, signal: str, on: date, note: str | None) -> None:
    """Add a signal about a client, or, where it is there, give it another note."""
    for row, about, kind in changes.all(q.signal_rows, interaction=interaction):
        if (about, kind) == (client.id, signal):
            if note is not None:
                changes.update("signal", row, note=note)
            return
    add_signal(changes, interaction, client, signal, on, note)


def drop_signal(changes: Changes, interaction: int, client: int, signal: str) -> None:
    """Take a signal about a client away."""
    for row, about, kind in changes.all(q.signal_rows, interaction=interaction):
        if (about, kind) == (client, signal):
            changes.delete("signal", row)


def remove(changes: Changes, interaction: Interaction) -> None:
    """Remove an interaction with all that was seen and learned in it.

    Its promises stay, and so do goals that were reached since: they have gone on without it.
    """
    number = interaction.number
    for promise in interaction.promises:
        changes.update("promise", promise, interaction_id=None)
    for row, _, reached in changes.all(q.fact_rows, interaction=number):
        if reached is None:
            changes.delete("fact", row)
        else:
            changes.update("fact", row, interaction_id=None)
    for row, *_ in changes.all(q.signal_rows, interaction=number):
        changes.delete("signal", row)
    for (row,) in changes.all(q.participant_rows, interaction=number):
        changes.delete("participant", row)
    changes.delete("interaction", number)
