"""What is held against each other: your own words, names and addresses, promises, and plans against the journal."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from c4l.domain.cadence import Silence
from c4l.domain.clients import KeyDate
from c4l.domain.doubts import Owed, Plan
from c4l.domain.duplicates import Named
from c4l.domain.records import Part, Statement
from c4l.domain.signals import SIGNALS
from c4l.domain.terms import ClientRef, Detail, Party
from c4l.store import compiled as q
from c4l.store import morning
from c4l.store.store import Transaction, day_or_none


def last_said(tx: Transaction, day: date) -> dict[int, dict[Part, Statement]]:
    """Each part of your own view of each client as last stated by a day, however long ago."""
    said: defaultdict[int, dict[Part, Statement]] = defaultdict(dict)
    for client, part, on, text, because in tx.all(q.said_by, day=day):
        said[client][Part(part)] = Statement(Part(part), date.fromisoformat(on), text, because)
    return dict(said)


def statements(tx: Transaction, client: ClientRef) -> list[Statement]:
    """All that you ever stated about a client, in the order of entry."""
    rows = tx.all(q.statements_of_client, client=client.id)
    return [Statement(Part(part), date.fromisoformat(on), said, because) for part, on, said, because in rows]


def names(tx: Transaction, day: date) -> list[Named]:
    """The active clients with what others may share with them, in the order in which they were added."""
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for client, key in tx.all(q.aliases_of_names):
        aliases[client].append(key)
    points: defaultdict[int, list[tuple[Detail, str, str]]] = defaultdict(list)
    for client, kind, value, key in tx.all(q.points_of_all):
        points[client].append((Detail(kind), value, key))
    return [
        Named(
            ClientRef(client, handle, name),
            key,
            organisation,
            tuple(aliases[client]) if client in aliases else (),
            tuple(points[client]) if client in points else (),
        )
        for client, handle, name, key, organisation in tx.all(q.names_active, day=day)
    ]


def doubtful_promises(tx: Transaction, day: date, before: date) -> list[Owed]:
    """Open promises without a due day, due before a day, or of clients who are archived."""
    rows = tx.all(q.promises_doubtful, day=day, before=before)
    return [
        Owed(
            number,
            ClientRef(client, handle, name),
            Party(owner),
            what,
            date.fromisoformat(made_on),
            day_or_none(due_on),
            bool(archived),
        )
        for number, client, handle, name, owner, what, made_on, due_on, archived in sorted(rows)
    ]


def plans(tx: Transaction, silences: Iterable[Silence], before: date) -> list[Plan]:
    """Interactions with active clients before a day that nobody wrote a word on since their own day came, by day.

    Each with the local day on which the journal last told of it or of a signal in it.
    """
    touched = _written_ahead(tx, before)
    if not touched:
        return []
    active = {each.client.id for each in silences}
    clients: defaultdict[int, list[ClientRef]] = defaultdict(list)
    for interaction, *ref in tx.all(q.participants, interactions=list(touched)):
        if ref[0] in active:
            clients[interaction].append(ClientRef(*ref))
    beside: defaultdict[int, set[int]] = defaultdict(set)
    for interaction, client, other in tx.all(q.contacts_beside, interactions=list(clients)):
        if client in active:
            beside[interaction].add(other)
    return [
        Plan(
            number,
            date.fromisoformat(on),
            tuple(clients[number]),
            note,
            touched[number],
            tuple(sorted(beside[number])) if number in beside else (),
        )
        for number, on, _, _, _, _, note in tx.all(q.interactions, interactions=list(clients))
    ]


def _written_ahead(tx: Transaction, before: date) -> dict[int, date]:
    """Interactions before a day that were last touched before their own day, each with when that was.

    A book holds many changes and many interactions; both are gone through once, side by side.
    """
    written = tx.all(q.interactions_written)
    if not written:
        return {}
    # What is not of a later day than the first change was no plan when it was written: most of an imported book.
    days = dict(tx.all(q.days_between, since=_local_day(written[0][2]), before=before))
    numbers = list(days)
    last: dict[int, str] = {}
    for first_id, last_id, at in written:
        last.update(dict.fromkeys(numbers[bisect_left(numbers, first_id) : bisect_right(numbers, last_id)], at))
    # No place on earth is more than a day ahead of or behind UTC: only what is near is looked at in local days.
    touched = {number: _local_day(at) for number, at in last.items() if at[:10] <= days[number]}
    for number, at in tx.all(q.signals_touched, interactions=list(touched)):
        touched[number] = max(touched[number], _local_day(at))
    return {number: day for number, day in touched.items() if day.isoformat() < days[number]}


def _local_day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone().date()


def far_ahead(tx: Transaction, day: date, until: date) -> list[Plan]:
    """Interactions after a day far ahead, each with its active clients."""
    found: dict[int, Plan] = {}
    for client, each in morning.planned(tx, until, date.max):
        there = found[each.number].clients if each.number in found else ()
        found[each.number] = Plan(each.number, each.on, (*there, client), each.note)
    return list(found.values())


def key_dates(tx: Transaction, day: date) -> list[tuple[ClientRef, KeyDate]]:
    """The key dates of all active clients."""
    rows = tx.all(q.key_dates_active, day=day)
    return [(ClientRef(client, handle, name), KeyDate(*rest)) for client, handle, name, *rest in rows]


def given_alone(tx: Transaction, day: date, window_days: int) -> dict[int, int]:
    """How many signals of yours there were in the window with clients who showed none, by number."""
    given: defaultdict[int, int] = defaultdict(int)
    shown = set()
    for client, kind, count in tx.all(q.signals_by_kind, since=day - timedelta(days=window_days), day=day):
        if SIGNALS[kind].by is Party.me:
            given[client] += count
        else:
            shown.add(client)
    return {client: count for client, count in given.items() if client not in shown}
