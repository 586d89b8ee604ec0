"""What is to be saved, before it has a number."""

from datetime import date
from typing import NamedTuple

from c4l.domain.terms import FactKind, Kind


class KeyDateDraft(NamedTuple):
    """A day that comes round every year; the year is None where nobody knows it."""

    label: str
    month: int
    day: int
    year: int | None = None


class ClientDraft(NamedTuple):
    """A client to be added, or to be matched with one that is there.

    Attributes:
        name: never empty.
        uid: what the file it came from calls it, so that it is known again.
        unique: whether no other file gives the same uid to somebody else.
        since: the stated beginning of a relationship older than the book.
    """

    name: str
    kind: Kind | None = None
    organisation: str | None = None
    role: str | None = None
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    facts: tuple[tuple[FactKind, str], ...] = ()
    key_dates: tuple[KeyDateDraft, ...] = ()
    cadence_days: int | None = None
    since: date | None = None
    uid: str | None = None
    unique: bool = False


class Incoming(NamedTuple):
    """One record of a file, read.

    Attributes:
        place: where it stands, for people: "card 14, line 203" or "line 7".
        remarks: what in it was not understood and left out, each for people; the rest was kept.
    """

    place: str
    draft: ClientDraft
    remarks: tuple[str, ...] = ()


class Unreadable(NamedTuple):
    """One record of a file that could not be taken, and why."""

    place: str
    reason: str
