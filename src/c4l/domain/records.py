"""What has been recorded about one client: the raw material of every rule, in the order of entry."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from c4l.domain.terms import Channel, ClientRef, Kind, Party

THEIRS_UNSTATED = frozenset((Channel.call, Channel.meeting, Channel.visit))
"""Channels on which an interaction counts as started by them where nobody said who reached out."""

SHORT_CHANNELS = frozenset((Channel.email, Channel.message))
SHORT_MINUTES = 5
LONG_MINUTES = 15


class Verb(StrEnum):
    """What can happen to a promise."""

    moved = "moved"
    kept = "kept"
    broken = "broken"
    released = "released"


class Event(NamedTuple):
    """Something that happened to a promise on a day.

    Attributes:
        to: the new due day; only of a move.
        told: whether the other side knew already when it was recorded.
        because: why, in the user's words.
        plan: how to get back on track; only of a move.
    """

    verb: Verb
    on: date
    to: date | None = None
    told: bool = False
    because: str | None = None
    plan: str | None = None


class Promise(NamedTuple):
    """A commitment as it was entered, with all that happened to it since, in the order of entry."""

    number: int
    client: ClientRef
    by: Party
    what: str
    made_on: date
    first_due_on: date | None
    interaction: int | None = None
    events: tuple[Event, ...] = ()


class Contact(NamedTuple):
    """An interaction, as one of its clients sees it.

    Attributes:
        minutes: as logged; None where nobody said.
        reached_out: who started it; None where nobody said.
    """

    number: int
    on: date
    channel: Channel
    reached_out: Party | None = None
    minutes: int | None = None
    note: str = ""


def started_by_them(channel: Channel, reached_out: Party | None) -> bool:
    """Whether an interaction counts as started by the client."""
    return reached_out is Party.them or (reached_out is None and channel in THEIRS_UNSTATED)


def effective_minutes(channel: Channel, minutes: int | None) -> int:
    """The time an interaction took: as logged, else what its channel usually takes."""
    if minutes is not None:
        return minutes
    return SHORT_MINUTES if channel in SHORT_CHANNELS else LONG_MINUTES


class Sign(NamedTuple):
    """A signal seen in an interaction, about one client.

    Attributes:
        number: of the interaction.
        text: the signal's own note, else the interaction's.
    """

    signal: str
    on: date
    number: int
    channel: Channel
    text: str = ""


class Part(StrEnum):
    """What an assessment can state about a client."""

    stake = "stake"
    value = "value"
    tier = "tier"


class Statement(NamedTuple):
    """One part of an assessment: the user's own dated view.

    Attributes:
        said: the stake, the tier, or the yearly value as digits; None withdraws what was said before.
    """

    part: Part
    on: date
    said: str | None
    because: str | None = None


class Spell(NamedTuple):
    """A stretch of days on which a client was archived: from `start` up to the day before `end`."""

    start: date
    end: date | None = None


class Records(NamedTuple):
    """All that is known about one client, whatever its day; each tuple in the order of entry.

    Attributes:
        since: the stated beginning of a relationship older than the book.
    """

    client: ClientRef
    kind: Kind
    added_on: date
    since: date | None = None
    archived: tuple[Spell, ...] = ()
    contacts: tuple[Contact, ...] = ()
    signs: tuple[Sign, ...] = ()
    promises: tuple[Promise, ...] = ()
    statements: tuple[Statement, ...] = ()
