"""A client as known on a day, and an interaction with all that was seen in it: what lists and pages are made of."""

from datetime import date, time
from typing import NamedTuple

from c4l.domain.terms import Channel, ClientRef, FactKind, Kind, Party, Stake, Tier


class Fact(NamedTuple):
    """Something worth remembering; a goal can be reached on a day, with an outcome.

    Attributes:
        interaction: the number of the one in which it was learned.
    """

    kind: FactKind
    text: str
    learned_on: date
    reached_on: date | None = None
    outcome: str | None = None
    interaction: int | None = None


class KeyDate(NamedTuple):
    """A day that comes round every year; the year only where it is known."""

    label: str
    month: int
    day: int
    year: int | None = None


class Client(NamedTuple):
    """A person or organisation you serve, as known on a day.

    Attributes:
        since: the stated beginning of a relationship older than the book.
        next_on: the day set for the next contact, while it stands in for the cadence.
        archived: whether they are archived on that day.
        last_interaction_on: the last day of contact on or before that day.
        own_view: where you think they stand; like stake and value, the last that you stated within a year.
        value: yearly, a whole number in the one currency of the book.
    """

    ref: ClientRef
    kind: Kind
    organisation: str | None
    role: str | None
    cadence_days: int | None
    added_on: date
    since: date | None
    next_on: date | None
    snoozed_until: date | None
    archived: bool
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    key_dates: tuple[KeyDate, ...] = ()
    last_interaction_on: date | None = None
    own_view: Tier | None = None
    stake: Stake | None = None
    value: int | None = None


class Seen(NamedTuple):
    """A signal in an interaction, about one of its clients."""

    client: ClientRef
    signal: str
    note: str | None = None


class Learned(NamedTuple):
    """A fact that an interaction brought, about one of its clients."""

    client: ClientRef
    kind: FactKind
    text: str


class Interaction(NamedTuple):
    """Something that happened between you and one or more clients on a day.

    Attributes:
        promises: the numbers of those made in it.
    """

    number: int
    on: date
    at: time | None
    channel: Channel
    reached_out: Party | None
    minutes: int | None
    note: str
    clients: tuple[ClientRef, ...]
    signals: tuple[Seen, ...] = ()
    facts: tuple[Learned, ...] = ()
    promises: tuple[int, ...] = ()
