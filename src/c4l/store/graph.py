"""Contact over time, counted by the database: `domain.graph` makes months of it."""

from collections.abc import Sequence
from datetime import date

from c4l.domain.graph import Amount, Happened
from c4l.domain.records import effective_minutes
from c4l.domain.terms import Channel
from c4l.store import compiled as q
from c4l.store.store import Transaction


def happened(tx: Transaction, first: date, last: date, clients: Sequence[int] | None = None) -> list[Happened]:
    """What happened from the first to the last day, by day and channel.

    Args:
        clients: the numbers of those of whom at least one took part; None for everybody's.
    """
    days = {"since": first, "day": last}
    if clients is None:
        rows = tx.all(q.contact_by_day, **days)
    else:
        rows = tx.all(q.contact_by_day_with, clients=list(clients), **days)
    return [
        Happened(date.fromisoformat(on), Channel(channel), _amount(Channel(channel), count, timed, minutes))
        for on, channel, count, timed, minutes in rows
    ]


def _amount(channel: Channel, count: int, timed: int, minutes: int | None) -> Amount:
    """What so many interactions come to, of which some have logged minutes."""
    return Amount(count, (minutes or 0) + (count - timed) * effective_minutes(channel, None))
