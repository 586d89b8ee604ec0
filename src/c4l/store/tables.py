"""The tables, one class each.

Days are columns ending in `_on`, kept as ISO text; every table has a whole-number `id`. A `_key` is a casefolded,
accent-free copy for searching and sorting. What a table repeats from another (the day of an interaction in its
participants, the state of a promise beside its events) is there for an index, and is written by one function.
"""

from datetime import date, datetime, time

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel


class ClientRow(SQLModel, table=True):
    """Somebody you serve."""

    __tablename__ = "client"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str = Field(index=True)
    handle: str = Field(unique=True)
    kind: str
    organisation: str | None = None
    role: str | None = None
    cadence_days: int | None = None
    added_on: date
    since_on: date | None = None
    next_on: date | None = None
    snoozed_until_on: date | None = None


class AliasRow(SQLModel, table=True):
    """Another name of a client."""

    __tablename__ = "alias"
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    name: str
    name_key: str = Field(index=True)


class ContactPointRow(SQLModel, table=True):
    """An e-mail address or a telephone number; the key is what two spellings of it share."""

    __tablename__ = "contact_point"
    __table_args__ = (CheckConstraint("kind IN ('email', 'phone')", name="contact_point_kind"),)
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    kind: str
    value: str
    value_key: str = Field(index=True)


class SourceRow(SQLModel, table=True):
    """What a file that a client was imported from calls them, so that they are known again."""

    __tablename__ = "source"
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    uid: str = Field(index=True)


class TagRow(SQLModel, table=True):
    """A word that groups clients."""

    __tablename__ = "tag"
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    name: str
    name_key: str = Field(index=True)


class FactRow(SQLModel, table=True):
    """Something worth remembering; a goal can be reached on a day, with an outcome."""

    __tablename__ = "fact"
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    interaction_id: int | None = Field(default=None, foreign_key="interaction.id", index=True)
    kind: str
    text: str
    learned_on: date
    reached_on: date | None = None
    outcome: str | None = None


class KeyDateRow(SQLModel, table=True):
    """A day that comes round every year; the year itself only where it is known."""

    __tablename__ = "key_date"
    __table_args__ = (Index("key_date_by_day", "month", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    label: str
    month: int
    day: int
    year: int | None = None


class ArchivingRow(SQLModel, table=True):
    """A stretch of days on which a client was archived: up to the day before its end."""

    __tablename__ = "archiving"
    __table_args__ = (Index("archiving_by_client", "client_id", "start_on", "end_on"),)
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id")
    start_on: date
    end_on: date | None = None


class AssessmentRow(SQLModel, table=True):
    """One part of your own dated view of a client; nothing said withdraws what was said before."""

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint("part IN ('stake', 'value', 'tier')", name="assessment_part"),
        Index("assessment_by_client", "client_id", "stated_on"),
        Index("assessment_by_day", "stated_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id")
    stated_on: date
    part: str
    said: str | None = None
    because: str | None = None


class InteractionRow(SQLModel, table=True):
    """Something that happened between you and one or more clients on a day."""

    __tablename__ = "interaction"
    id: int | None = Field(default=None, primary_key=True)
    happened_on: date = Field(index=True)
    at_time: time | None = None
    channel: str
    reached_out: str | None = None
    minutes: int | None = None
    note: str


class ParticipantRow(SQLModel, table=True):
    """A client of an interaction, with what the triangle counts of it.

    `asked` says whether the client started it, `minutes` what it counts for; both follow from the interaction.
    """

    __tablename__ = "participant"
    __table_args__ = (Index("participant_by_client", "client_id", "happened_on", "asked", "minutes"),)
    id: int | None = Field(default=None, primary_key=True)
    interaction_id: int = Field(foreign_key="interaction.id", index=True)
    client_id: int = Field(foreign_key="client.id")
    happened_on: date
    asked: bool
    minutes: int


class SignalRow(SQLModel, table=True):
    """A dated fact about trust, seen in an interaction, about one of its clients."""

    __tablename__ = "signal"
    __table_args__ = (
        Index("signal_by_client", "client_id", "kind", "seen_on"),
        Index("signal_by_day", "seen_on", "client_id", "kind"),
    )
    id: int | None = Field(default=None, primary_key=True)
    interaction_id: int = Field(foreign_key="interaction.id", index=True)
    client_id: int = Field(foreign_key="client.id")
    kind: str
    seen_on: date
    note: str | None = None


class PromiseRow(SQLModel, table=True):
    """A commitment; due day, state and closing day are what its events leave."""

    __tablename__ = "promise"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'kept', 'broken', 'released')", name="promise_state"),
        CheckConstraint("owner IN ('me', 'them')", name="promise_owner"),
        Index(
            "promise_open",
            "due_on",
            "id",
            "owner",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "promise_kept",
            "due_on",
            "closed_on",
            sqlite_where=text("state = 'kept' AND owner = 'me'"),
            postgresql_where=text("state = 'kept' AND owner = 'me'"),
        ),
        Index("promise_by_client", "client_id", "owner", "closed_on", "due_on", "state", "made_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id")
    interaction_id: int | None = Field(default=None, foreign_key="interaction.id", index=True)
    owner: str
    what: str
    made_on: date
    first_due_on: date | None = None
    due_on: date | None = None
    state: str
    closed_on: date | None = None


class PromiseEventRow(SQLModel, table=True):
    """Something that happened to a promise; `from_on` is the due day that a move moved."""

    __tablename__ = "promise_event"
    __table_args__ = (
        CheckConstraint("verb IN ('moved', 'kept', 'broken', 'released')", name="promise_event_verb"),
        Index("promise_event_by_promise", "promise_id", "verb", "told", "happened_on", "from_on", "to_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    promise_id: int = Field(foreign_key="promise.id")
    verb: str
    happened_on: date
    from_on: date | None = None
    to_on: date | None = None
    told: bool = False
    because: str | None = None
    plan: str | None = None


class EntryRow(SQLModel, table=True):
    """The journal: one command that changed something; the seal is a digest of all that is said of it, changes too."""

    __tablename__ = "entry"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    verb: str
    undoes: int | None = Field(default=None, foreign_key="entry.id")
    seal: int = Field(sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")})


class ChangeRow(SQLModel, table=True):
    """The journal: a run of rows of one table, what was there before, and a digest of each as it was left."""

    __tablename__ = "change"
    __table_args__ = (Index("change_by_rows", "table_name", "last_id", "first_id"),)
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    table_name: str
    first_id: int
    last_id: int
    before: str | None = None
    digests: bytes | None = None


class CounterRow(SQLModel, table=True):
    """The next number of each table: numbers are given out in blocks and never twice."""

    __tablename__ = "counter"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    next: int


class BookRow(SQLModel, table=True):
    """The book itself, in one row: which c4l made it, or brought it to its version, and a digest of that."""

    __tablename__ = "book"
    id: int | None = Field(default=None, primary_key=True)
    written_by: str
    digest: bytes


SEALS = 2**32
"""A seal is below this."""

JOURNAL = frozenset({"entry", "change", "counter", "book"})
"""Tables that are not records of the user's: they are written by the journal and the migrations alone."""
