"""The fast twin of the triangle's rule: the same figures as `domain.evidence`, for a whole book, by SQL.

A glance at all clients costs a query for each kind of record; depth is looked up for those that ask for it. Beside it,
the whole records of one client, from which the rule itself can give its reasons.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from c4l.domain.evidence import Depth, Glance
from c4l.domain.records import Contact, Part, Records, Sign, Statement
from c4l.domain.signals import SLIPS
from c4l.domain.terms import Channel, ClientRef, Kind, Party, Stake, State, Tier
from c4l.domain.thresholds import Thresholds
from c4l.store import compiled as q
from c4l.store import promises
from c4l.store.store import Transaction, day_or_none

_NOTHING: frozenset[str] = frozenset()
_NEVER = (0, 0)
_STAKES = {stake.value: stake for stake in Stake}


class Overview(NamedTuple):
    """A whole book on a day, at a glance.

    Attributes:
        placed: the clients with a place in the triangle, in the order of their names.
        glances: at each of those, by number.
        uncontacted: how many clients were known by then and never contacted.
    """

    placed: list[ClientRef]
    glances: dict[int, Glance]
    uncontacted: int


def overview(tx: Transaction, day: date, thresholds: Thresholds) -> Overview:
    """Who is in the triangle on a day, and what they show at a glance."""
    span = {"since": day - timedelta(days=thresholds.window_days), "day": day}
    active = tx.all(q.clients_active, day=day)
    # Here, not in SQL: in the order of names, the engine would look for each one's row all over the table. Those of
    # one name stay in the order of their numbers.
    active.sort(key=itemgetter(3))
    asked = {client: (count, minutes) for client, count, minutes in tx.all(q.asked_by_client, **span)}
    # Whoever asked for something was contacted: only the others must be looked up.
    silent = [row[0] for row in active if row[0] not in asked]
    contacted = {client for (client,) in tx.all(q.clients_contacted, clients=silent, day=day)} if silent else set()
    contacted.update(asked)
    placed = [ClientRef(row[0], row[1], row[2]) for row in active if row[0] in contacted]
    return Overview(
        placed,
        _glances(tx, [ref.id for ref in placed], asked, span),
        sum(row[0] not in contacted and row[4] <= day.isoformat() for row in active),
    )


def _glances(
    tx: Transaction, clients: list[int], asked: dict[int, tuple[int, int]], span: dict[str, date]
) -> dict[int, Glance]:
    """What each of the clients shows; without anybody's own records a client shows nothing."""
    shown: defaultdict[int, set[str]] = defaultdict(set)
    for client, signal in tx.all(q.signals_in_window, **span):
        shown[client].add(signal)
    said: defaultdict[int, dict[str, str | None]] = defaultdict(dict)
    for client, part, text in tx.all(q.statements_in_window, **span):
        said[client][part] = text
    seen = {}
    for client in clients:
        signals = frozenset(shown[client]) if client in shown else _NOTHING
        count, minutes = asked.get(client, _NEVER)
        seen[client] = (
            _glance(signals, count, minutes, said[client]) if client in said else Glance(signals, count, minutes)
        )
    return seen


def _glance(shown: frozenset[str], asked: int, minutes: int, said: dict[str, str | None]) -> Glance:
    stake, value, view = said.get(Part.stake), said.get(Part.value), said.get(Part.tier)
    return Glance(
        shown,
        asked,
        minutes,
        None if stake is None else _STAKES[stake],
        None if value is None else int(value),
        None if view is None else Tier(view),
    )


def depths(tx: Transaction, clients: Collection[int], day: date, thresholds: Thresholds) -> dict[int, Depth]:
    """What each of the clients shows when looked into."""
    if not clients:
        return {}
    wanted = list(clients)
    kept = _promises(tx, wanted, day, thresholds)
    slips = _unowned(tx, wanted, day, thresholds)
    found = {}
    for client, since, first, last in tx.all(q.first_and_last, clients=wanted, day=day):
        beginnings = [text for text in (since, first) if text is not None]
        counted, missed, overdue = kept.get(client, (0, 0, False))
        found[client] = Depth(
            counted,
            missed,
            overdue,
            date.fromisoformat(min(beginnings)) if beginnings else None,
            day_or_none(last),
            slips.get(client, 0),
        )
    return found


def _promises(
    tx: Transaction, clients: list[int], day: date, thresholds: Thresholds
) -> dict[int, tuple[int, int, bool]]:
    """Counted, missed and whether any is still overdue, by client."""
    since, patience = (
        (day - timedelta(days=days)).isoformat() for days in (thresholds.window_days, thresholds.reliable_grace_days)
    )
    later = _due_then(tx, clients, day)
    rows = [row for row in tx.all(q.outcomes, clients=clients, since=since, day=day) if row[0] not in later]
    unfair = {number for (number,) in tx.all(q.moved_unfairly, promises=[row[0] for row in rows])}
    tally: dict[int, tuple[int, int, bool]] = {}

    def count(client: int, honoured: bool, overdue: bool) -> None:
        counted, missed, any_overdue = tally.get(client, (0, 0, False))
        tally[client] = (counted + 1, missed + (not honoured), any_overdue or overdue)

    for number, client, state, due, closed in rows:
        if closed is None:
            if due < patience:
                count(client, honoured=False, overdue=True)
        elif state != State.released or closed > due:
            count(client, state == State.kept and closed <= due and number not in unfair, overdue=False)
    for client, due in later.values():
        if due is not None and due < patience:
            count(client, honoured=False, overdue=True)
    return tally


def _due_then(tx: Transaction, clients: list[int], day: date) -> dict[int, tuple[int, str | None]]:
    """The promises to which something happened after a day, by number: to whom, and the due day that stood on it.

    All of them were open on the day. A promise to which nothing happened after it stands in its row as it stood then.
    """
    found = {number: (client, due) for number, client, due in tx.all(q.touched_after, clients=clients, day=day)}
    if found:
        # The first move of each comes last: what it moved is the day that stood until then.
        for number, due in tx.all(q.moved_after, promises=list(found), day=day):
            found[number] = found[number][0], due
    return found


def _unowned(tx: Transaction, clients: list[int], day: date, thresholds: Thresholds) -> dict[int, int]:
    """How many slips, old enough, nobody owned on their day or later, by client."""
    since, due_by = (
        (day - timedelta(days=days)).isoformat() for days in (thresholds.window_days, thresholds.unbroken_grace_days)
    )
    rows = tx.all(q.slips_in_window, clients=clients, since=since, day=day)
    owned: dict[int, str] = {}
    for client, kind, on in rows:
        if kind not in SLIPS:
            owned[client] = max(on, owned.get(client, ""))
    count: dict[int, int] = {}
    for client, kind, on in rows:
        if kind in SLIPS and on < due_by and owned.get(client, "") < on:
            count[client] = count.get(client, 0) + 1
    return count


def records(tx: Transaction, client: ClientRef) -> Records:
    """All that is known about one client, whatever its day."""
    from c4l.store.clients import spells

    row: dict[str, Any] = dict(zip(q.COLUMNS["client"], tx.all(q.client_get, id=client.id)[0], strict=True))
    return Records(
        client=client,
        kind=Kind(row["kind"]),
        added_on=date.fromisoformat(row["added_on"]),
        since=day_or_none(row["since_on"]),
        archived=tuple(spell for _, spell in spells(tx, client.id)),
        contacts=tuple(
            Contact(
                number,
                date.fromisoformat(on),
                Channel(channel),
                None if reached_out is None else Party(reached_out),
                minutes,
                note,
            )
            for number, on, channel, reached_out, minutes, note in tx.all(q.contacts_of_client, client=client.id)
        ),
        signs=tuple(
            Sign(signal, date.fromisoformat(on), number, Channel(channel), text)
            for signal, on, number, channel, text in tx.all(q.signs_of_client, client=client.id)
        ),
        promises=tuple(promises.of_client(tx, client)),
        statements=tuple(
            Statement(Part(part), date.fromisoformat(on), said, because)
            for part, on, said, because in tx.all(q.statements_of_client, client=client.id)
        ),
    )
