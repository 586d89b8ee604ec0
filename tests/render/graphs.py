"""A year of contact with fictional people, for the graph to be drawn of."""

from datetime import date

from c4l.actions.graph import Graph, GraphMonth
from c4l.domain.graph import NOTHING, Amount, Contact, Happened, by_month, contact, usual_start
from c4l.domain.months import months_between
from c4l.domain.terms import Channel, ClientRef
from tests.render.views import JANE, LONG, TODAY

SINCE = usual_start(TODAY)
_FIRST_WITH_ANY = 3


def _of(happened: list[Happened], everybody: list[Happened], *clients: ClientRef, in_minutes: bool = False) -> Graph:
    own, whole = by_month(happened), by_month(everybody)
    months = tuple(
        GraphMonth(month, own.get(month, NOTHING), whole.get(month, NOTHING)) for month in months_between(SINCE, TODAY)
    )
    return Graph(SINCE, TODAY, months, contact(happened), contact(everybody), clients, in_minutes)


def _happened(*channels: Channel, share: int = 1) -> list[Happened]:
    """More and more on the first of the channels, and less on the others; nothing in the first months."""
    found = []
    for number, month in enumerate(months_between(SINCE, TODAY)):
        for place, channel in enumerate(channels):
            count = ((number + 2) * 7 % 11 + 4 * number) // (share * (2 * place + 1))
            if number >= _FIRST_WITH_ANY and count:
                found.append(Happened(month, channel, Amount(count, count * (25 - 3 * place))))
    return found


_BUSY = _happened(*Channel)
_FEW = _happened(Channel.visit, Channel.call, share=6)

EVERYBODY = _of(_BUSY, _BUSY)
IN_MINUTES = _of(_BUSY, _BUSY, in_minutes=True)
OF_JANE = _of(_FEW, _BUSY + _FEW, JANE)
OF_SEVERAL = _of(_FEW, _BUSY + _FEW, JANE, LONG, in_minutes=True)
NOTHING_AT_ALL = _of([], [])
NOTHING_WITH_JANE = _of([], _BUSY, JANE)
UNTIMED = _of([Happened(TODAY, Channel.call, Amount(2, 0))], _BUSY, JANE, in_minutes=True)


def of_one_month(amounts: dict[Channel, int]) -> Graph:
    """A graph of a month in which nothing else happened."""
    month = date(TODAY.year, TODAY.month, 1)
    own = Contact(dict.fromkeys(Channel, Amount()) | {channel: Amount(n, n) for channel, n in amounts.items()})
    return Graph(month, TODAY, (GraphMonth(month, own, own),), own, own)
