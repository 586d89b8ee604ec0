"""Whom a criterion compares a client with, by name: so that a share or a median can be looked into, and argued with."""

from collections.abc import Callable, Mapping
from heapq import nsmallest
from typing import NamedTuple

from c4l.domain.evidence import Glance
from c4l.domain.terms import ClientRef

NAMED = 5
"""So many are named; how many there are beside them is told."""


class Amount(NamedTuple):
    """What the comparison reads of another client: a yearly value, or the minutes of what they started."""

    client: ClientRef
    amount: int


class Compared(NamedTuple):
    """The other clients on whom an answer turns.

    Attributes:
        named: at most `NAMED` of them, the greatest amount first.
        in_all: how many there are.
    """

    named: tuple[Amount, ...] = ()
    in_all: int = 0


def _by_amount(each: Amount) -> tuple[int, str, int]:
    return -each.amount, each.client.name, each.client.id


def above(glances: Mapping[ClientRef, Glance], own: ClientRef) -> Compared:
    """Those of a greater stated value than the client's own; nobody where none is stated.

    Args:
        glances: of all placed clients on a day.
        own: one of them; somebody of whom nothing is known, where they are not.
    """
    value = glances.get(own, Glance()).value
    if value is None:
        return Compared()
    found = [Amount(ref, seen.value) for ref, seen in glances.items() if seen.value is not None and seen.value > value]
    return Compared(tuple(nsmallest(NAMED, found, key=_by_amount)), len(found))


def in_the_middle(glances: Mapping[ClientRef, Glance], own: ClientRef) -> Compared:
    """The one or the two of the others, by the time of what they started, whose time is the median.

    Args:
        glances: of all placed clients on a day.
        own: one of them; somebody of whom nothing is known, where they are not.
    """
    times = [Amount(ref, seen.asked_minutes) for ref, seen in glances.items() if seen.asked and ref != own]
    times.sort(key=_by_amount)
    middle = times[(len(times) - 1) // 2 : len(times) // 2 + 1]
    return Compared(tuple(middle), len(middle))


class Comparison(NamedTuple):
    """How a criterion compares a client with others.

    Attributes:
        others: finds those on whom the answer turns, among all placed clients by what they show.
        where: where they stand, in a word or two; `unit` is that of their amounts.
    """

    others: Callable[[Mapping[ClientRef, Glance], ClientRef], Compared]
    where: str
    unit: str


COMPARED = {
    "drives": Comparison(above, "above", "a year"),
    "demands": Comparison(in_the_middle, "in the middle", "minutes"),
}
"""By criterion; the others compare with nobody."""
