"""Promises in the book: lists of them, and the one way in which something happens to one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import zip_longest
from operator import itemgetter
from typing import Any

from c4l.domain.promises import standing
from c4l.domain.records import Event, Promise, Verb
from c4l.domain.terms import ClientRef, Party, State
from c4l.store import compiled as q
from c4l.store.store import Changes, Transaction, day_or_none


def listed(tx: Transaction, filters: dict[str, Any], limit: int | None = None) -> list[Promise]:
    """Promises with all that happened to them: by due day, those without one last.

    Args:
        filters: by name, those of the listing `promises`, each with its parameter (None where it takes none).
        limit: at most so many.
    """
    given = {name: value for name, value in filters.items() if value is not None}
    rows = tx.narrowed(q.promises, (*filters, "dated"), limit, **given)
    if not _dated(filters) and (limit is None or len(rows) < limit):
        rows += tx.narrowed(q.promises, (*filters, "undated"), None if limit is None else limit - len(rows), **given)
    happened = events(tx, [row[0] for row in rows])
    return [
        _promise(number, ClientRef(client, handle, name), rest, happened[number])
        for number, client, handle, name, *rest in rows
    ]


def counted(tx: Transaction, filters: dict[str, Any]) -> int:
    """How many promises the filters let through."""
    return tx.count(q.promises, filters, **{name: value for name, value in filters.items() if value is not None})


def due_between(tx: Transaction, first: date, last: date) -> int:
    """How many of yours are open and due from the first day to the last."""
    return int(tx.all(q.mine_due, first=first, last=last)[0][0])


def honoured_by_day(tx: Transaction, first: date, last: date) -> list[tuple[date, int]]:
    """Due days from the first to the last, each with how many of yours due then were honoured."""
    rows = tx.all(q.mine_honoured, first=first, last=last)
    return [(date.fromisoformat(day), count) for day, count in rows]


def of_client(tx: Transaction, client: ClientRef) -> list[Promise]:
    """All promises between you and a client, in the order of entry."""
    rows = tx.all(q.promises_of_client, client=client.id)
    happened = events(tx, [row[0] for row in rows])
    return [_promise(number, client, rest, happened[number]) for number, *rest in rows]


def events(tx: Transaction, promises: Iterable[int]) -> defaultdict[int, list[Event]]:
    """What happened to promises, by number, in the order of entry."""
    happened: defaultdict[int, list[Event]] = defaultdict(list)
    wanted = list(promises)
    if wanted:
        for number, _, verb, on, _, to, told, because, plan in tx.all(q.promise_events, promises=wanted):
            event = Event(Verb(verb), date.fromisoformat(on), day_or_none(to), bool(told), because, plan)
            happened[number].append(event)
    return happened


def add(
    changes: Changes,
    *,
    client: ClientRef,
    by: Party,
    what: str,
    made_on: date,
    due_on: date | None,
    interaction: int | None = None,
) -> Promise:
    """Add a promise, open."""
    number = changes.insert(
        "promise",
        client_id=client.id,
        interaction_id=interaction,
        owner=by,
        what=what,
        made_on=made_on,
        first_due_on=due_on,
        due_on=due_on,
        state=State.open,
    )
    return Promise(number, client, by, what, made_on, due_on, interaction)


def happen(changes: Changes, promise: Promise, event: Event) -> Promise:
    """Add an event to a promise; the promise's own row, and what each move moved, follow from all its events."""
    changes.insert(
        "promise_event",
        promise_id=promise.number,
        verb=event.verb,
        happened_on=event.on,
        to_on=event.to,
        told=event.told,
        because=event.because,
        plan=event.plan,
    )
    return _settled(changes, promise.number)


def amend(changes: Changes, number: int, columns: dict[str, Any]) -> None:
    """Change what a promise was entered as, by the names of the table's columns; the rest follows."""
    changes.update("promise", number, **columns)
    _settled(changes, number)


def remove(changes: Changes, number: int) -> None:
    """Remove a promise with all that happened to it."""
    for _, event, *_ in changes.all(q.promise_events, promises=[number]):
        changes.delete("promise_event", event)
    changes.delete("promise", number)


def _settled(changes: Changes, number: int) -> Promise:
    """Write what lists and the triangle look for: where the promise stands, and the due day that each move moved."""
    [promise] = listed(changes, {"numbers": [number]})
    stands = standing(promise)
    changes.update("promise", number, due_on=stands.due_on, state=stands.state, closed_on=stands.closed_on)
    moving = [row for row in changes.all(q.promise_events, promises=[number]) if row[2] == Verb.moved and row[5]]
    # The moves of a replay are the first of these by day; those after the end of the promise moved nothing.
    moving.sort(key=itemgetter(3))
    for (_, event, *_), move in zip_longest(moving, stands.moves):
        changes.update("promise_event", event, from_on=move.from_on if move else None)
    return promise


def _dated(filters: dict[str, Any]) -> bool:
    return not filters.keys().isdisjoint({"due_before", "due_by"})


def _promise(number: int, client: ClientRef, rest: list[Any], happened: list[Event]) -> Promise:
    owner, what, made_on, first_due_on, interaction = rest
    return Promise(
        number,
        client,
        Party(owner),
        what,
        date.fromisoformat(made_on),
        day_or_none(first_due_on),
        interaction,
        tuple(happened),
    )
