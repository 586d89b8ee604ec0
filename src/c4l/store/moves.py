"""Where the history of the triangle begins."""

from datetime import date

from c4l.store import compiled as q
from c4l.store.store import Transaction


def first_day(tx: Transaction) -> date | None:
    """The first day on which anything happened or anybody was known; None in an empty book."""
    return min((date.fromisoformat(day) for (day,) in tx.all(q.first_days) if day is not None), default=None)
