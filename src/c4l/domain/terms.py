"""The words that a user can say and c4l answers with, each in one list."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a client is to you."""

    customer = "customer"
    internal = "internal"
    team = "team"
    partner = "partner"
    friend = "friend"
    family = "family"


class Channel(StrEnum):
    """How an interaction happened; a `note` is a written card or thank-you."""

    call = "call"
    meeting = "meeting"
    email = "email"
    message = "message"
    visit = "visit"
    note = "note"
    gift = "gift"
    event = "event"


class Party(StrEnum):
    """One of the two sides: who owes a promise, who reached out."""

    me = "me"
    them = "them"


class Tier(StrEnum):
    """A level of the triangle, lowest first."""

    base = "base"
    key = "key"
    life = "life"

    @property
    def rank(self) -> int:
        """0 for the base, 2 for the top."""
        return ("base", "key", "life").index(self.value)


class Stake(StrEnum):
    """What losing a client would cost you, in your own words, lowest first."""

    low = "low"
    medium = "medium"
    high = "high"
    critical = "critical"


class State(StrEnum):
    """Where a promise stands; overdue is derived from open, never stored."""

    open = "open"
    kept = "kept"
    broken = "broken"
    released = "released"


class FactKind(StrEnum):
    """What is worth remembering about a client."""

    goal = "goal"
    interest = "interest"
    preference = "preference"
    worry = "worry"
    background = "background"


class Detail(StrEnum):
    """What a client can have several of."""

    alias = "alias"
    email = "email"
    phone = "phone"
    tag = "tag"


class ClientRef(NamedTuple):
    """A client as named inside another record."""

    id: int
    handle: str
    name: str
