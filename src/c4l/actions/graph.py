"""How has contact gone? Month by month, of everybody or of some clients beside everybody."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from c4l.domain.graph import NOTHING, Contact, by_month, contact
from c4l.domain.months import month_of, months_between
from c4l.domain.terms import ClientRef
from c4l.store import graph as stored
from c4l.store.store import Store


class GraphMonth(NamedTuple):
    """The contact of one month.

    Attributes:
        starts_on: its first day.
        own: with those who were asked about; with everybody, where nobody was.
        whole: with everybody.
    """

    starts_on: date
    own: Contact
    whole: Contact


class Graph(NamedTuple):
    """Contact over time.

    Attributes:
        since: the first day of the first month.
        until: the last day that counts, within the last month.
        own: of all months, as in each; `whole` likewise.
        clients: those who were asked about, by name; empty for everybody.
        in_minutes: whether eyes are to be shown how long it took, and not how often.
    """

    since: date
    until: date
    months: tuple[GraphMonth, ...]
    own: Contact
    whole: Contact
    clients: tuple[ClientRef, ...] = ()
    in_minutes: bool = False


def graph(
    store: Store, since: date, until: date, clients: Sequence[ClientRef] = (), *, in_minutes: bool = False
) -> Graph:
    """Contact in whole months, from that of `since` up to the last day. Plans count when their day has come.

    Args:
        clients: those of whom at least one took part; where none are named, everybody.
    """
    first = month_of(since)
    with store.reading() as tx:
        everybody = stored.happened(tx, first, until)
        theirs = stored.happened(tx, first, until, [client.id for client in clients]) if clients else everybody
    own, whole = by_month(theirs), by_month(everybody)
    months = tuple(
        GraphMonth(month, own.get(month, NOTHING), whole.get(month, NOTHING)) for month in months_between(first, until)
    )
    return Graph(first, until, months, contact(theirs), contact(everybody), tuple(clients), in_minutes)
