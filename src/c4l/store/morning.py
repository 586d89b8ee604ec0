"""What the morning page asks of a whole book: silences, thanks, key dates and plans, each with the last word said.

However many interactions a book holds, each client costs a look or two at the ends of an index.
"""

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from c4l.domain.cadence import Silence
from c4l.domain.clients import Interaction, KeyDate
from c4l.domain.records import Contact
from c4l.domain.terms import Channel, ClientRef, Party
from c4l.store import compiled as q
from c4l.store import interactions
from c4l.store.store import Transaction, day_or_none


class Door(NamedTuple):
    """A door that a client opened.

    Attributes:
        number: of the interaction in which it was seen.
        text: the signal's own note, else the interaction's.
    """

    client: ClientRef
    on: date
    number: int
    text: str


def silences(tx: Transaction, day: date) -> list[Silence]:
    """Every client who is not archived, with what says whether they are quiet."""
    rows = tx.all(q.silences, day=day)
    now = day.isoformat()
    planned = [row[0] for row in rows if row[-1] is not None and row[-1] > now]
    # Of most, what is known last is behind us: only the others are looked up again.
    before = dict(tx.all(q.last_contact, clients=planned, day=day)) if planned else {}
    return [
        Silence(
            ClientRef(client, handle, name),
            date.fromisoformat(added_on),
            cadence_days,
            day_or_none(next_on),
            day_or_none(snoozed_until),
            day_or_none(before.get(client, latest)),
            client in before,
        )
        for client, handle, name, added_on, cadence_days, next_on, snoozed_until, latest in rows
    ]


def tagged(tx: Transaction, tag_key: str) -> set[int]:
    """The numbers of the clients with a tag."""
    return {client for (client,) in tx.all(q.clients_tagged, tag=tag_key)}


def last_contacts(tx: Transaction, clients: Iterable[int], day: date) -> dict[int, Contact]:
    """The last interaction with each client on or before a day; nothing of those never contacted."""
    wanted = list(dict.fromkeys(clients))
    if not wanted:
        return {}
    last = {client: number for client, number in tx.all(q.last_contacts, clients=wanted, day=day) if number is not None}
    found = {
        number: Contact(
            number,
            date.fromisoformat(on),
            Channel(channel),
            None if reached_out is None else Party(reached_out),
            minutes,
            note,
        )
        for number, on, _, channel, reached_out, minutes, note in tx.all(
            q.interactions, interactions=list(last.values())
        )
    }
    return {client: found[number] for client, number in last.items()}


def doors_unthanked(tx: Transaction, day: date) -> list[tuple[ClientRef, date]]:
    """Clients who opened a door and have not been thanked on that day or later, with the last such day; oldest first.

    A thank-you is for every door before it: whoever waits for one waits since a door that is later than the last.
    """
    rows = [
        (ClientRef(client, handle, name), opened)
        for client, handle, name, opened, thanked in tx.all(q.doors_and_thanks, day=day)
        if opened is not None and (thanked is None or thanked < opened)
    ]
    rows.sort(key=itemgetter(1))
    return [(client, date.fromisoformat(opened)) for client, opened in rows]


def doors(tx: Transaction, unthanked: Iterable[tuple[ClientRef, date]], day: date) -> list[Door]:
    """The last door of each of those clients, in the same order."""
    waiting = list(unthanked)
    last = {
        client: (date.fromisoformat(on), number, text)
        for client, on, number, text in tx.all(q.doors, clients=[client.id for client, _ in waiting], day=day)
    }
    return [Door(client, *last[client.id]) for client, _ in waiting]


def key_dates(tx: Transaction, months: Iterable[int], day: date) -> list[tuple[ClientRef, KeyDate]]:
    """The key dates in some months of the year, of clients who are not archived."""
    return [
        (ClientRef(client, handle, name), KeyDate(*rest))
        for client, handle, name, *rest in tx.all(q.key_dates_of_months, months=list(months), day=day)
    ]


def planned(tx: Transaction, day: date, until: date) -> list[tuple[ClientRef, Interaction]]:
    """Interactions planned after a day and up to another, each with a client of it who is not archived, by day."""
    rows = tx.all(q.planned, day=day, until=until)
    found = {each.number: each for each in interactions.by_number(tx, {row[3] for row in rows})}
    return [(ClientRef(*row[:3]), found[row[3]]) for row in rows]
