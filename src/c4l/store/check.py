"""What is held against each other: your own words, names and addresses, promises, and plans against the journal."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import chain

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
    for client, kind, value, key in tx.all(q.points_shared):
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


def last_plans(tx: Transaction, silences: Iterable[Silence], day: date, before: date) -> list[Plan]:
    """Interactions before a day that are the last contact with every active client who took part in them.

    Each with the local day on which the journal last told of it or of a signal in it.
    """
    last_on = {each.client.id: each.last_on for each in silences}
    silent = [client for client, on in last_on.items() if on is not None and on < before]
    if not silent:
        return []
    last = dict(tx.all(q.last_contacts, clients=silent, day=day))
    clients: defaultdict[int, list[ClientRef]] = defaultdict(list)
    for interaction, *ref in tx.all(q.participants, interactions=set(last.values())):
        clients[interaction].append(ClientRef(*ref))
    likely = {
        number: [client for client in there if client.id in last_on]
        for number, there in clients.items()
        if all(last.get(client.id) == number for client in there if client.id in last_on)
    }
    touched = _touched(tx, likely)
    # Of nearly all, the journal says that they were written on their day or later: only plans are looked at whole.
    planned = [number for number, there in likely.items() if touched.get(number, day) < (last_on[there[0].id] or day)]
    return [
        Plan(number, date.fromisoformat(on), tuple(likely[number]), note, touched.get(number))
        for number, on, _, _, _, _, note in tx.all(q.interactions, interactions=planned)
    ]


def _touched(tx: Transaction, interactions: Iterable[int]) -> dict[int, date]:
    """The local day of the last entry of the journal about each interaction or its signals."""
    wanted = list(interactions)
    found: dict[int, date] = {}
    for number, at in chain(
        tx.all(q.interactions_touched, interactions=wanted), tx.all(q.signals_touched, interactions=wanted)
    ):
        day = datetime.fromisoformat(at).astimezone().date()
        found[number] = max(day, found.get(number, day))
    return found


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
