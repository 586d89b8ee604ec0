"""What you gave your clients: the fast twin of `domain.habits` for a whole book."""

from datetime import date

from c4l.domain.habits import Given
from c4l.domain.terms import ClientRef
from c4l.store import compiled as q
from c4l.store.store import Transaction


def given(tx: Transaction, first: date, last: date) -> list[Given]:
    """Everything that anybody was given from the first to the last day, in no order."""
    days = {"since": first, "day": last}
    found = [Given(client, habit, date.fromisoformat(on)) for client, habit, on in tx.all(q.signals_given, **days)]
    found += [Given(client, "warned", date.fromisoformat(on)) for client, on in tx.all(q.moves_told, **days)]
    ended: set[int] = set()
    for promise, client, on, told in tx.all(q.breaks, **days):
        # The first ends it; a second break on the same day is only shown.
        if promise not in ended and told:
            found.append(Given(client, "warned", date.fromisoformat(on)))
        ended.add(promise)
    return found


def contacted(tx: Transaction, day: date) -> list[ClientRef]:
    """The clients who have a place in the triangle on a day, by name: not archived, and contacted by then."""
    active = tx.all(q.clients_active, day=day)
    active.sort(key=lambda row: (row[3], row[0]))
    met = {number for (number,) in tx.all(q.clients_contacted, clients=[row[0] for row in active], day=day)}
    return [ClientRef(*row[:3]) for row in active if row[0] in met]
