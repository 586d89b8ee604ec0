"""How promises were lived up to, yours and theirs, in a stretch of days that ends today."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from c4l.domain.reliability import (
    ClientFigures,
    Figures,
    Lesson,
    Month,
    by_client,
    counted,
    figures,
    lessons,
    months,
    of,
)
from c4l.domain.terms import ClientRef, Party
from c4l.store import promises as stored
from c4l.store.store import Store


class Side(NamedTuple):
    """What became of the promises of one side, in all and month by month."""

    figures: Figures
    months: tuple[Month, ...]


class Reliability(NamedTuple):
    """How promises were lived up to.

    Attributes:
        since: the first day that counts; `until`, today, the last.
        clients: everybody with a counted promise, worst first.
        lessons: why promises were moved or broken, newest first.
        client: the one whom it is about, where one was named.
        by_client: whether clients are to be told one by one.
        limit: how many clients and lessons are shown to eyes; None for all.
    """

    since: date
    until: date
    mine: Side
    theirs: Side
    clients: tuple[ClientFigures, ...]
    lessons: tuple[Lesson, ...]
    client: ClientRef | None = None
    by_client: bool = False
    limit: int | None = None


def reliability(
    store: Store, today: date, days: int, clients: Sequence[int] | None = None, client: ClientRef | None = None
) -> Reliability:
    """How promises were lived up to in so many days up to and including today.

    Args:
        clients: the numbers of those whose promises are asked for; None for everybody's.
        client: named in the answer.
    """
    since = today - timedelta(days=days - 1)
    narrowed: dict[str, Any] = {} if clients is None else {"clients": list(clients)}
    with store.reading() as tx:
        promises = stored.listed(tx, {**narrowed, "open": None})
        promises += stored.listed(tx, {**narrowed, "ended_since": since})
    promises.sort(key=lambda promise: promise.number)
    found = counted(promises, today, days)
    mine, theirs = (
        Side(figures(own, today), months(own, since, today)) for own in (of(party, found) for party in Party)
    )
    return Reliability(since, today, mine, theirs, by_client(found, today), lessons(promises, since, today), client)
