"""Contact over time: how many interactions there were and how long they took, by month and channel."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from c4l.domain.months import month_of, months_back
from c4l.domain.terms import Channel

USUAL_MONTHS = 12


class Amount(NamedTuple):
    """So much contact.

    Attributes:
        minutes: as logged; where nobody said, what an interaction on its channel counts for in the triangle.
    """

    interactions: int = 0
    minutes: int = 0

    def plus(self, more: "Amount") -> "Amount":
        """Both together."""
        return Amount(self.interactions + more.interactions, self.minutes + more.minutes)

    def share_of(self, whole: "Amount") -> tuple[float | None, float | None]:
        """What part of the whole it is, in interactions and in minutes, each from 0 to 1; None of nothing."""
        interactions, minutes = (part / of if of else None for part, of in zip(self, whole, strict=True))
        return interactions, minutes


class Happened(NamedTuple):
    """What happened on a day on one channel."""

    on: date
    channel: Channel
    amount: Amount


class Contact(NamedTuple):
    """All contact of a stretch of days, by channel, every one of them."""

    channels: Mapping[Channel, Amount]

    @property
    def total(self) -> Amount:
        """On whichever channel."""
        return total(self.channels.values())


def total(amounts: Iterable[Amount]) -> Amount:
    """All of them together."""
    together = Amount()
    for amount in amounts:
        together = together.plus(amount)
    return together


def contact(happened: Iterable[Happened]) -> Contact:
    """All that happened, by channel."""
    amounts = dict.fromkeys(Channel, Amount())
    for each in happened:
        amounts[each.channel] = amounts[each.channel].plus(each.amount)
    return Contact(amounts)


NOTHING = contact(())


def by_month(happened: Iterable[Happened]) -> Mapping[date, Contact]:
    """The contact of each month in which there was any, by its first day."""
    months: defaultdict[date, list[Happened]] = defaultdict(list)
    for each in happened:
        months[month_of(each.on)].append(each)
    return {month: contact(within) for month, within in months.items()}


def usual_start(until: date, months: int = USUAL_MONTHS) -> date:
    """The first day of so many months, that of the last day among them."""
    return months_back(month_of(until), months - 1)
