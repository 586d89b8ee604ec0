"""What looking ahead needs of many clients at once: the records that can still count, and who need not be looked at.

A book of many clients holds few whose place will change. So glances are taken that are given too much, or too little:
whoever would not rise with all that is dated ahead, or not fall without all that grows old, does neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter

from c4l.domain.evidence import Glance
from c4l.domain.records import Contact, Part, Promise, Records, Sign, Spell, Statement
from c4l.domain.terms import Channel, ClientRef, Kind, Party, Stake
from c4l.domain.thresholds import Thresholds
from c4l.store import compiled as q
from c4l.store import promises
from c4l.store.store import Transaction, day_or_none

BLOCK = 500
"""So many clients are looked at together: memory stays flat, however many there are."""

_UNREAD = Channel.note
"""The channel of every record here. The index says already who started what, and no rule reads more of it."""

_STAKES = list(Stake)


def records(
    tx: Transaction, clients: Sequence[ClientRef], day: date, thresholds: Thresholds, until: date = date.max
) -> Iterator[Records]:
    """Of each client, all that the rule reads on a day or on a later one; channels and notes are left out.

    Of the contacts that count by their day alone only the first and the last by the day are here, without numbers.

    Args:
        until: the last of those later days.
    """
    for first in range(0, len(clients), BLOCK):
        yield from _block(tx, clients[first : first + BLOCK], day, thresholds, until)


def _block(
    tx: Transaction, clients: Sequence[ClientRef], day: date, thresholds: Thresholds, until: date
) -> Iterator[Records]:
    numbers, since = [client.id for client in clients], day - timedelta(days=thresholds.window_days)
    known = {client: (Kind(kind), date.fromisoformat(on)) for client, kind, on in tx.all(q.kinds_of, clients=numbers)}
    since_on, contacts = _contacts(tx, numbers, since, day, until)
    signs, statements, spells = (
        defaultdict[int, list[Sign]](list),
        _statements(tx, numbers, since),
        _spells(tx, numbers),
    )
    for client, kind, on, number in tx.all(q.signs_of_clients, clients=numbers, since=since):
        signs[client].append(Sign(kind, date.fromisoformat(on), number, _UNREAD))
    made = _promises(tx, clients, since)
    for client in clients:
        yield Records(
            client,
            *known[client.id],
            since_on[client.id],
            tuple(spells[client.id]),
            tuple(contacts[client.id]),
            tuple(signs[client.id]),
            tuple(made[client.id]),
            tuple(statements[client.id]),
        )


def _contacts(
    tx: Transaction, clients: list[int], since: date, day: date, until: date
) -> tuple[dict[int, date | None], dict[int, list[Contact]]]:
    """The stated beginning of each client, and the contacts that can still count."""
    beginnings: dict[int, date | None] = {}
    found: dict[int, list[Contact]] = {}
    for client, began, *ends in tx.all(q.first_and_last, clients=clients, day=day):
        beginnings[client] = day_or_none(began)
        found[client] = [Contact(0, date.fromisoformat(on), _UNREAD, Party.me, 0) for on in ends if on is not None]
    for client, number, on, asked, minutes in tx.all(
        q.contacts_of_clients, clients=clients, since=since, day=day, until=until
    ):
        party = Party.them if asked else Party.me
        found[client].append(Contact(number, date.fromisoformat(on), _UNREAD, party, minutes))
    return beginnings, found


def _statements(tx: Transaction, clients: list[int], since: date) -> defaultdict[int, list[Statement]]:
    found: defaultdict[int, list[Statement]] = defaultdict(list)
    for client, part, on, said in tx.all(q.statements_of_clients, clients=clients, since=since):
        found[client].append(Statement(Part(part), date.fromisoformat(on), said))
    return found


def _spells(tx: Transaction, clients: list[int]) -> defaultdict[int, list[Spell]]:
    found: defaultdict[int, list[Spell]] = defaultdict(list)
    for client, start, end, _ in tx.all(q.archivings, clients=clients):
        found[client].append(Spell(date.fromisoformat(start), day_or_none(end)))
    return found


def _promises(tx: Transaction, clients: Sequence[ClientRef], since: date) -> defaultdict[int, list[Promise]]:
    refs = {client.id: client for client in clients}
    rows = tx.all(q.promises_of_clients, clients=list(refs), since=since)
    happened = promises.events(tx, [row[0] for row in rows])
    found: defaultdict[int, list[Promise]] = defaultdict(list)
    for number, client, what, made_on, due_on in sorted(rows):
        made, due = date.fromisoformat(made_on), day_or_none(due_on)
        events = tuple(happened[number])
        found[client].append(Promise(number, refs[client], Party.me, what, made, due, events=events))
    return found


def archived_ahead(tx: Transaction, day: date, until: date = date.max) -> set[int]:
    """The numbers of the clients who will be archived after a day and up to another."""
    return {client for client, start in tx.all(q.archivings_ahead, day=day) if start <= until.isoformat()}


def most(tx: Transaction, clients: Iterable[int], day: date, thresholds: Thresholds) -> dict[int, Glance]:
    """Each client with all that is dated ahead, and of each statement in the window the one that lifts most."""
    span = {"since": day - timedelta(days=thresholds.window_days), "day": date.max}
    shown: defaultdict[int, set[str]] = defaultdict(set)
    for client, signal in tx.all(q.signals_in_window, **span):
        shown[client].add(signal)
    asked = {client: (count, minutes) for client, count, minutes in tx.all(q.asked_by_client, **span)}
    stakes: defaultdict[int, list[Stake]] = defaultdict(list)
    values: defaultdict[int, list[int]] = defaultdict(list)
    for client, part, said in tx.all(q.statements_in_window, **span):
        if said is not None and part == Part.stake:
            stakes[client].append(Stake(said))
        elif said is not None and part == Part.value:
            values[client].append(int(said))
    return {
        client: Glance(
            frozenset(shown.get(client, ())),
            *asked.get(client, (0, 0)),
            max(stakes.get(client, ()), key=_STAKES.index, default=None),
            max(values.get(client, ()), default=None),
        )
        for client in clients
    }


def least(tx: Transaction, clients: list[int], day: date, until: date, thresholds: Thresholds) -> dict[int, Glance]:
    """Each client at a glance with what no day up to another can take away: neither too old then nor taken back."""
    since = until - timedelta(days=thresholds.window_days)
    rows = tx.all(q.asked_of_clients, clients=clients, since=since, day=day)
    asked = {client: (count, minutes) for client, count, minutes in rows}
    shown: defaultdict[int, set[str]] = defaultdict(set)
    for client, kind, on, _ in tx.all(q.signs_of_clients, clients=clients, since=since):
        if on <= day.isoformat():
            shown[client].add(kind)
    said: dict[tuple[int, str], str | None] = {}
    rows = tx.all(q.statements_of_clients, clients=clients, since=since)
    for client, part, on, text in sorted(rows, key=itemgetter(2)):
        # What will be said in between may be less: nothing is certain then.
        said[client, part] = text if on <= day.isoformat() else None
    return {
        client: Glance(
            frozenset(shown.get(client, ())),
            *asked.get(client, (0, 0)),
            None if (stake := said.get((client, Part.stake))) is None else Stake(stake),
            None if (value := said.get((client, Part.value))) is None else int(value),
        )
        for client in clients
    }
