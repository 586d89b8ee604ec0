"""What looking ahead needs of many clients at once: the records that can still count, and who need not be looked at.

A book of many clients holds few whose place will change. So figures are taken that are given too little: whoever would
not fall with no more than is certainly left does not fall.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from operator import itemgetter
from typing import Any

from c4l.domain.evidence import Depth, Glance
from c4l.domain.records import Contact, Part, Promise, Records, Sign, Statement
from c4l.domain.signals import SLIPS
from c4l.domain.sources import ASKED, ENDS, PROMISES, SIGNS, SLIPS_AND_ANSWERS, STATEMENTS, Source
from c4l.domain.terms import Channel, ClientRef, Kind, Party, Stake
from c4l.domain.thresholds import Thresholds
from c4l.store import compiled as q
from c4l.store import promises
from c4l.store.store import Transaction, day_or_none

BLOCK = 500
"""So many clients are looked at together: memory stays flat, however many there are."""

_UNREAD = Channel.note
"""The channel of every record here. The index says already who started what, and no rule reads more of it."""


def records(
    tx: Transaction, wanted: Mapping[ClientRef, frozenset[Source]], day: date, thresholds: Thresholds
) -> Iterator[Records]:
    """Of each client, all that the rule reads on a day or on a later one; channels and notes are left out.

    What is dated after the day is left out, too, but for what happened later to promises. Of the contacts that count by
    their day alone only the first and the last are here, without numbers.

    Args:
        wanted: which of their records are read.
    """
    left = iter(wanted.items())
    while block := dict(islice(left, BLOCK)):
        yield from _block(tx, block, day, thresholds)


def _block(
    tx: Transaction, wanted: Mapping[ClientRef, frozenset[Source]], day: date, thresholds: Thresholds
) -> Iterator[Records]:
    since = day - timedelta(days=thresholds.window_days)

    def of(*sources: Source) -> list[ClientRef]:
        return [client for client, read in wanted.items() if not read.isdisjoint(sources)]

    rows = _rows(tx, q.kinds_of, _numbers(wanted))
    known = {client: (Kind(kind), date.fromisoformat(on)) for client, kind, on in rows}
    beginnings, contacts = _ends(tx, _numbers(of(ENDS)), day)
    for client, number, on, minutes in _rows(tx, q.asked_contacts, _numbers(of(ASKED)), since=since, day=day):
        contacts[client].append(Contact(number, date.fromisoformat(on), _UNREAD, Party.them, minutes))
    signs = _signs(tx, _numbers(of(SIGNS, SLIPS_AND_ANSWERS)), since, day)
    made = _promises(tx, of(PROMISES), since, day)
    statements = _statements(tx, _numbers(of(STATEMENTS)), since, day)
    for ref in wanted:
        number = ref.id
        yield Records(
            ref,
            *known[number],
            beginnings.get(number),
            contacts=tuple(contacts.get(number, ())),
            signs=tuple(signs.get(number, ())),
            promises=tuple(made.get(number, ())),
            statements=tuple(statements.get(number, ())),
        )


def _rows(tx: Transaction, statement: str, clients: list[int], **days: date) -> list[tuple[Any, ...]]:
    """What there is of some clients; of nobody, nothing is asked."""
    return tx.all(statement, clients=clients, **days) if clients else []


def _numbers(clients: Iterable[ClientRef]) -> list[int]:
    return [client.id for client in clients]


def _ends(
    tx: Transaction, clients: list[int], day: date
) -> tuple[dict[int, date | None], defaultdict[int, list[Contact]]]:
    """The stated beginning of each client, and the first and the last contact."""
    beginnings: dict[int, date | None] = {}
    found: defaultdict[int, list[Contact]] = defaultdict(list)
    for client, began, *ends in _rows(tx, q.first_and_last, clients, day=day):
        beginnings[client] = day_or_none(began)
        found[client] = [Contact(0, date.fromisoformat(on), _UNREAD, Party.me, 0) for on in ends if on is not None]
    return beginnings, found


def _signs(tx: Transaction, clients: list[int], since: date, day: date) -> dict[int, list[Sign]]:
    found: defaultdict[int, list[Sign]] = defaultdict(list)
    for client, kind, on, number in _rows(tx, q.signs_of_clients, clients, since=since, day=day):
        found[client].append(Sign(kind, date.fromisoformat(on), number, _UNREAD))
    return found


def _statements(tx: Transaction, clients: list[int], since: date, day: date) -> dict[int, list[Statement]]:
    found: defaultdict[int, list[Statement]] = defaultdict(list)
    for client, part, on, said in _rows(tx, q.statements_of_clients, clients, since=since, day=day):
        found[client].append(Statement(Part(part), date.fromisoformat(on), said))
    return found


def _promises(tx: Transaction, clients: Sequence[ClientRef], since: date, day: date) -> dict[int, list[Promise]]:
    refs = {client.id: client for client in clients}
    rows = _rows(tx, q.promises_of_clients, list(refs), since=since, day=day)
    happened = promises.events(tx, [row[0] for row in rows])
    found: defaultdict[int, list[Promise]] = defaultdict(list)
    for number, client, what, made_on, due_on in sorted(rows):
        made, due = date.fromisoformat(made_on), day_or_none(due_on)
        events = tuple(happened[number])
        found[client].append(Promise(number, refs[client], Party.me, what, made, due, events=events))
    return found


def least_glances(
    tx: Transaction, now: Mapping[int, Glance], day: date, until: date, thresholds: Thresholds
) -> dict[int, Glance]:
    """What each client of a day still shows at a glance on a later one."""
    clients, window = list(now), timedelta(days=thresholds.window_days)
    since = until - window
    # Of a year of requests, few grow too old within a month: it takes less to count those.
    rows = _rows(tx, q.asked_of_clients, clients, since=day - window, day=min(day, since))
    too_old = {client: (count, minutes) for client, count, minutes in rows}
    shown: defaultdict[int, set[str]] = defaultdict(set)
    for client, kind in _rows(tx, q.shown_by_clients, clients, since=since, day=day):
        shown[client].add(kind)
    said: dict[tuple[int, str], str | None] = {}
    rows = _rows(tx, q.statements_of_clients, clients, since=since, day=day)
    for client, part, _, text in sorted(rows, key=itemgetter(2)):
        said[client, part] = text
    found = {}
    for client, glance in now.items():
        count, minutes = too_old.get(client, (0, 0))
        stake, value = said.get((client, Part.stake)), said.get((client, Part.value))
        found[client] = Glance(
            frozenset(shown.get(client, ())),
            glance.asked - count,
            glance.asked_minutes - minutes,
            None if stake is None else Stake(stake),
            None if value is None else int(value),
        )
    return found


def least_depths(
    tx: Transaction, now: Mapping[int, Depth], day: date, until: date, thresholds: Thresholds
) -> dict[int, Depth]:
    """Each client without the promises that will be too old by a later day, and with all that can go wrong by then."""
    clients = list(now)
    window, grace = timedelta(days=thresholds.window_days), timedelta(days=thresholds.reliable_grace_days)
    too_old = dict(_rows(tx, q.closed_between, clients, since=day - window, until=until - window))
    late = {client for (client,) in _rows(tx, q.overdue_before, clients, day=day, until=until - grace)}
    unowned: defaultdict[int, int] = defaultdict(int)
    # Those that are older were judged already; of these, some may have been owned.
    young = day - timedelta(days=thresholds.unbroken_grace_days + 1)
    for client, kind, _ in _rows(tx, q.slips_in_window, clients, since=young, day=day):
        unowned[client] += kind in SLIPS
    return {
        client: depth._replace(
            counted=depth.counted - too_old.get(client, 0),
            still_overdue=depth.still_overdue or client in late,
            unowned=depth.unowned + unowned[client],
        )
        for client, depth in now.items()
    }
