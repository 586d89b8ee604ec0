"""Interactions in the book, with who took part, what was seen and what was learned."""

from collections.abc import Iterable
from datetime import date, time

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
