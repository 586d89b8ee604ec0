"""Interactions: the list of what happened, narrowed as one likes."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from c4l.domain.clients import Interaction
from c4l.domain.terms import Channel, ClientRef
from c4l.store import interactions as stored
from c4l.store.store import Store


class WantedInteractions(NamedTuple):
    """Which interactions are asked for; what is left out narrows nothing.

    Attributes:
        since: the first day; `until` the last.
        signal: seen in it, about one of the clients where any were named.
    """

    since: date | None = None
    until: date | None = None
    channel: Channel | None = None
    signal: str | None = None


class InteractionList(NamedTuple):
    """Interactions that match, newest first, and how many more there are.

    Attributes:
        clients: whose they are, where any were named.
    """

    wanted: WantedInteractions
    interactions: tuple[Interaction, ...]
    more: int
    today: date
    clients: tuple[ClientRef, ...] = ()


def listed(
    store: Store,
    today: date,
    wanted: WantedInteractions,
    clients: Sequence[ClientRef] | None = None,
    limit: int | None = None,
) -> InteractionList:
    """The interactions that match, plans among them.

    Args:
        clients: those of whom at least one took part; None for everybody's.
        limit: show at most so many; all are counted.
    """
    filters: dict[str, Any] = {name: value for name, value in wanted._asdict().items() if value is not None}
    if clients is not None:
        filters["clients"] = [client.id for client in clients]
        if wanted.signal is not None:
            filters["signal_of"] = filters.pop("signal")
    with store.reading() as tx:
        found = stored.listed(tx, filters, limit)
        count = len(found) if limit is None or len(found) < limit else stored.counted(tx, filters)
    return InteractionList(wanted, tuple(found), count - len(found), today, tuple(clients or ()))
