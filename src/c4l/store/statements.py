"""Every statement that c4l runs, written once over the tables; `c4l.store.generate` writes them out ahead of time.

A name here is the same name in the generated `compiled.py`. Parameters are named for what they are; `among` takes a
JSON array. Only columns are filtered here: what is derived (tier, lateness) is the business of those who ask.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Delete,
    Insert,
    Integer,
    Select,
    String,
    Update,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import SQLModel, col

from c4l.domain.signals import SLIPS, TRUST
from c4l.store.dialects import among
from c4l.store.tables import (
    AliasRow,
    ArchivingRow,
    AssessmentRow,
    ChangeRow,
    ClientRow,
    ContactPointRow,
    CounterRow,
    EntryRow,
    FactRow,
    InteractionRow,
    KeyDateRow,
    ParticipantRow,
    PromiseEventRow,
    PromiseRow,
    SignalRow,
    SourceRow,
    TagRow,
)

AnySelect = Select[*tuple[Any, ...]]
Union = CompoundSelect[*tuple[Any, ...]]
Statement = AnySelect | Union | Insert | Update | Delete


@dataclass(frozen=True)
class Listing:
    """A list that a user narrows: each filter that is given joins the WHERE with AND."""

    select: AnySelect
    filters: dict[str, ColumnElement[bool]]
    order: tuple[SQLCoreOperations[Any], ...]


_client, _participant, _promise, _event = ClientRow, ParticipantRow, PromiseRow, PromiseEventRow
_day, _since = bindparam("day", type_=Date), bindparam("since", type_=Date)
_key = bindparam("key", type_=String)
_limit = bindparam("limit", type_=Integer)
_ref = (col(_client.id), col(_client.handle), col(_client.name))

_archived = (
    select(literal(1))
    .where(
        col(ArchivingRow.client_id) == col(_client.id),
        col(ArchivingRow.start_on) <= _day,
        or_(col(ArchivingRow.end_on).is_(None), col(ArchivingRow.end_on) > _day),
    )
    .exists()
)


def _holds(column: Any, name: str) -> ColumnElement[bool]:
    """The column holds the bound text, in which `%`, `_` and `!` are escaped with `!`."""
    like: ColumnElement[bool] = column.like(literal("%") + bindparam(name, type_=String) + literal("%"), escape="!")
    return like


# --- clients -------------------------------------------------------------------------------------------------------

clients_exactly: Union = union_all(
    select(col(_client.id)).where(or_(col(_client.name_key) == _key, col(_client.handle) == _key)),
    select(col(AliasRow.client_id)).where(col(AliasRow.name_key) == _key),
)
clients_holding: Union = union_all(
    select(col(_client.id)).where(or_(_holds(col(_client.name_key), "part"), _holds(col(_client.handle), "part"))),
    select(col(AliasRow.client_id)).where(_holds(col(AliasRow.name_key), "part")),
)
clients_starting: Union = union_all(
    select(col(_client.id)).where(
        col(_client.name_key) >= _key, col(_client.name_key) < bindparam("end", type_=String)
    ),
    select(col(AliasRow.client_id)).where(
        col(AliasRow.name_key) >= _key, col(AliasRow.name_key) < bindparam("end", type_=String)
    ),
)
clients_of_keys: Union = union_all(
    select(col(_client.id)).where(among(col(_client.name_key), "keys", "TEXT")),
    select(col(_client.id)).where(among(col(_client.handle), "keys", "TEXT")),
    select(col(AliasRow.client_id)).where(among(col(AliasRow.name_key), "keys", "TEXT")),
)
known = (
    select(*_ref, col(_client.name_key), _archived.label("archived"))
    .where(among(col(_client.id), "clients"))
    .order_by(col(_client.name_key), col(_client.id))
)
known_all = select(*_ref, col(_client.name_key), _archived.label("archived")).order_by(
    col(_client.name_key), col(_client.id)
)
aliases_all = select(col(AliasRow.client_id), col(AliasRow.name), col(AliasRow.name_key)).order_by(col(AliasRow.id))
handles_taken = select(col(_client.handle)).where(
    or_(col(_client.handle) == _key, col(_client.handle).like(bindparam("part", type_=String), escape="!"))
)
handles_beginning = (
    select(col(_client.handle))
    .where(col(_client.handle) >= _key, col(_client.handle) < bindparam("end", type_=String), ~_archived)
    .order_by(col(_client.handle))
    .limit(_limit)
)
refs = select(*_ref).where(among(col(_client.id), "clients"))
clients = Listing(
    select(
        *_ref,
        col(_client.kind),
        col(_client.organisation),
        col(_client.role),
        col(_client.cadence_days),
        col(_client.added_on),
        col(_client.since_on),
        col(_client.next_on),
        col(_client.snoozed_until_on),
        _archived.label("archived"),
    ),
    {
        "clients": among(col(_client.id), "clients"),
        "active": ~_archived,
        "archived": _archived,
        "kind": col(_client.kind) == bindparam("kind", type_=String),
        "tag": select(literal(1))
        .where(col(TagRow.client_id) == col(_client.id), col(TagRow.name_key) == bindparam("tag", type_=String))
        .exists(),
        "part": or_(
            _holds(col(_client.name_key), "part"),
            select(literal(1))
            .where(col(AliasRow.client_id) == col(_client.id), _holds(col(AliasRow.name_key), "part"))
            .exists(),
        ),
    },
    (col(_client.name_key), col(_client.id)),
)
aliases = (
    select(col(AliasRow.client_id), col(AliasRow.name), col(AliasRow.name_key), col(AliasRow.id))
    .where(among(col(AliasRow.client_id), "clients"))
    .order_by(col(AliasRow.id))
)
contact_points = (
    select(
        col(ContactPointRow.client_id), col(ContactPointRow.kind), col(ContactPointRow.value), col(ContactPointRow.id)
    )
    .where(among(col(ContactPointRow.client_id), "clients"))
    .order_by(col(ContactPointRow.id))
)
tags = (
    select(col(TagRow.client_id), col(TagRow.name), col(TagRow.name_key), col(TagRow.id))
    .where(among(col(TagRow.client_id), "clients"))
    .order_by(col(TagRow.name_key), col(TagRow.id))
)
facts = (
    select(
        col(FactRow.client_id),
        col(FactRow.kind),
        col(FactRow.text),
        col(FactRow.learned_on),
        col(FactRow.reached_on),
        col(FactRow.outcome),
        col(FactRow.interaction_id),
    )
    .where(among(col(FactRow.client_id), "clients"))
    .order_by(col(FactRow.id))
)
key_dates = (
    select(
        col(KeyDateRow.client_id),
        col(KeyDateRow.label),
        col(KeyDateRow.month),
        col(KeyDateRow.day),
        col(KeyDateRow.year),
    )
    .where(among(col(KeyDateRow.client_id), "clients"))
    .order_by(col(KeyDateRow.month), col(KeyDateRow.day), col(KeyDateRow.id))
)
archivings = (
    select(col(ArchivingRow.client_id), col(ArchivingRow.start_on), col(ArchivingRow.end_on), col(ArchivingRow.id))
    .where(among(col(ArchivingRow.client_id), "clients"))
    .order_by(col(ArchivingRow.id))
)
sources_all = select(col(SourceRow.uid), col(SourceRow.client_id)).order_by(col(SourceRow.id))
points_all = select(col(ContactPointRow.value_key), col(ContactPointRow.client_id)).order_by(col(ContactPointRow.id))
names_all: Union = union_all(
    select(col(_client.name_key), col(_client.id)), select(col(AliasRow.name_key), col(AliasRow.client_id))
)
last_contact = select(
    col(_client.id),
    select(func.max(col(_participant.happened_on)))
    .where(col(_participant.client_id) == col(_client.id), col(_participant.happened_on) <= _day)
    .correlate(_client)
    .scalar_subquery(),
).where(among(col(_client.id), "clients"))

# --- interactions --------------------------------------------------------------------------------------------------

interactions = (
    select(
        col(InteractionRow.id),
        col(InteractionRow.happened_on),
        col(InteractionRow.at_time),
        col(InteractionRow.channel),
        col(InteractionRow.reached_out),
        col(InteractionRow.minutes),
        col(InteractionRow.note),
    )
    .where(among(col(InteractionRow.id), "interactions"))
    .order_by(col(InteractionRow.happened_on), col(InteractionRow.id))
)
participants = (
    select(col(_participant.interaction_id), *_ref)
    .join_from(_participant, _client, col(_client.id) == col(_participant.client_id))
    .where(among(col(_participant.interaction_id), "interactions"))
    .order_by(col(_participant.id))
)
signals_seen = (
    select(col(SignalRow.interaction_id), *_ref, col(SignalRow.kind), col(SignalRow.note))
    .join_from(SignalRow, _client, col(_client.id) == col(SignalRow.client_id))
    .where(among(col(SignalRow.interaction_id), "interactions"))
    .order_by(col(SignalRow.id))
)
facts_learned = (
    select(col(FactRow.interaction_id), *_ref, col(FactRow.kind), col(FactRow.text))
    .join_from(FactRow, _client, col(_client.id) == col(FactRow.client_id))
    .where(among(col(FactRow.interaction_id), "interactions"))
    .order_by(col(FactRow.id))
)
promises_made = (
    select(col(_promise.interaction_id), col(_promise.id))
    .where(among(col(_promise.interaction_id), "interactions"))
    .order_by(col(_promise.id))
)
recent_contacts = (
    select(col(_participant.interaction_id))
    .where(col(_participant.client_id) == bindparam("client", type_=Integer), col(_participant.happened_on) <= _day)
    .order_by(col(_participant.happened_on).desc(), col(_participant.interaction_id).desc())
    .limit(_limit)
)

# --- promises ------------------------------------------------------------------------------------------------------

promises = Listing(
    select(
        col(_promise.id),
        *_ref,
        col(_promise.owner),
        col(_promise.what),
        col(_promise.made_on),
        col(_promise.first_due_on),
        col(_promise.interaction_id),
    ).join_from(_promise, _client, col(_client.id) == col(_promise.client_id)),
    {
        "numbers": among(col(_promise.id), "numbers"),
        "clients": among(col(_promise.client_id), "clients"),
        "open": col(_promise.state) == "open",
        "state": col(_promise.state) == bindparam("state", type_=String),
        "owner": col(_promise.owner) == bindparam("owner", type_=String),
        "due_before": col(_promise.due_on) < bindparam("due_before", type_=Date),
        "due_by": col(_promise.due_on) <= bindparam("due_by", type_=Date),
        "since": func.coalesce(col(_promise.closed_on), col(_promise.made_on)) >= bindparam("since", type_=Date),
        "dated": col(_promise.due_on).is_not(None),
        "undated": col(_promise.due_on).is_(None),
    },
    (col(_promise.due_on), col(_promise.id)),
)
promises_of_client = (
    select(
        col(_promise.id),
        col(_promise.owner),
        col(_promise.what),
        col(_promise.made_on),
        col(_promise.first_due_on),
        col(_promise.interaction_id),
    )
    .where(col(_promise.client_id) == bindparam("client", type_=Integer))
    .order_by(col(_promise.id))
)
promise_events = (
    select(
        col(_event.promise_id),
        col(_event.id),
        col(_event.verb),
        col(_event.happened_on),
        col(_event.from_on),
        col(_event.to_on),
        col(_event.told),
        col(_event.because),
        col(_event.plan),
    )
    .where(among(col(_event.promise_id), "promises"))
    .order_by(col(_event.promise_id), col(_event.id))
)

# --- the triangle: a glance at all clients --------------------------------------------------------------------------

clients_placed = (
    select(*_ref)
    .where(
        select(literal(1))
        .where(col(_participant.client_id) == col(_client.id), col(_participant.happened_on) <= _day)
        .exists(),
        ~_archived,
    )
    .order_by(col(_client.name_key), col(_client.id))
)
clients_uncontacted = select(func.count()).where(
    col(_client.added_on) <= _day,
    ~select(literal(1))
    .where(col(_participant.client_id) == col(_client.id), col(_participant.happened_on) <= _day)
    .exists(),
    ~_archived,
)
asked_by_client = (
    select(col(_client.id), func.count(col(_participant.id)), func.sum(col(_participant.minutes)))
    .join_from(
        _client,
        _participant,
        (col(_participant.client_id) == col(_client.id))
        & (col(_participant.happened_on) > _since)
        & (col(_participant.happened_on) <= _day)
        & (col(_participant.asked) == true()),
        isouter=True,
    )
    .group_by(col(_client.id))
)
signals_in_window = select(col(SignalRow.client_id), col(SignalRow.kind)).where(
    col(SignalRow.seen_on) > _since, col(SignalRow.seen_on) <= _day, col(SignalRow.kind).in_((*TRUST, "steer"))
)
statements_in_window = (
    select(col(AssessmentRow.client_id), col(AssessmentRow.part), col(AssessmentRow.said))
    .where(col(AssessmentRow.stated_on) > _since, col(AssessmentRow.stated_on) <= _day)
    .order_by(col(AssessmentRow.stated_on), col(AssessmentRow.id))
)

# --- the triangle: depth, where the glance leaves the tier open -----------------------------------------------------

first_and_last = select(
    col(_client.id),
    col(_client.since_on),
    select(func.min(col(_participant.happened_on)))
    .where(col(_participant.client_id) == col(_client.id))
    .correlate(_client)
    .scalar_subquery(),
    select(func.max(col(_participant.happened_on)))
    .where(col(_participant.client_id) == col(_client.id), col(_participant.happened_on) <= _day)
    .correlate(_client)
    .scalar_subquery(),
).where(among(col(_client.id), "clients"))
slips_in_window = (
    select(col(SignalRow.client_id), col(SignalRow.kind), col(SignalRow.seen_on))
    .where(
        among(col(SignalRow.client_id), "clients"),
        col(SignalRow.kind).in_((*SLIPS, "owned")),
        col(SignalRow.seen_on) > _since,
        col(SignalRow.seen_on) <= _day,
    )
    .order_by(col(SignalRow.client_id), col(SignalRow.seen_on))
)
_mine = select(
    col(_promise.id), col(_promise.client_id), col(_promise.state), col(_promise.due_on), col(_promise.closed_on)
).where(
    among(col(_promise.client_id), "clients"),
    col(_promise.owner) == "me",
    col(_promise.due_on).is_not(None),
    col(_promise.made_on) <= _day,
)
outcomes = union_all(_mine.where(col(_promise.closed_on) > _since), _mine.where(col(_promise.closed_on).is_(None)))
moved_unfairly = select(col(_event.promise_id)).where(
    among(col(_event.promise_id), "promises"),
    col(_event.verb) == "moved",
    col(_event.to_on) > col(_event.from_on),
    or_(col(_event.told) != true(), col(_event.happened_on) > col(_event.from_on)),
)
touched_after = (
    select(col(_event.promise_id))
    .join_from(_event, _promise, col(_promise.id) == col(_event.promise_id))
    .where(among(col(_promise.client_id), "clients"), col(_event.happened_on) > _day)
    .distinct()
)

# --- one client's records -------------------------------------------------------------------------------------------

contacts_of_client = (
    select(
        col(InteractionRow.id),
        col(InteractionRow.happened_on),
        col(InteractionRow.channel),
        col(InteractionRow.reached_out),
        col(InteractionRow.minutes),
        col(InteractionRow.note),
    )
    .join_from(_participant, InteractionRow, col(InteractionRow.id) == col(_participant.interaction_id))
    .where(col(_participant.client_id) == bindparam("client", type_=Integer))
    .order_by(col(InteractionRow.id))
)
signs_of_client = (
    select(
        col(SignalRow.kind),
        col(SignalRow.seen_on),
        col(SignalRow.interaction_id),
        col(InteractionRow.channel),
        func.coalesce(col(SignalRow.note), col(InteractionRow.note)),
    )
    .join_from(SignalRow, InteractionRow, col(InteractionRow.id) == col(SignalRow.interaction_id))
    .where(col(SignalRow.client_id) == bindparam("client", type_=Integer))
    .order_by(col(SignalRow.id))
)
statements_of_client = (
    select(col(AssessmentRow.part), col(AssessmentRow.stated_on), col(AssessmentRow.said), col(AssessmentRow.because))
    .where(col(AssessmentRow.client_id) == bindparam("client", type_=Integer))
    .order_by(col(AssessmentRow.id))
)

# --- the journal ----------------------------------------------------------------------------------------------------

counter_take = (
    update(CounterRow)
    .where(col(CounterRow.name) == _key)
    .values(next=col(CounterRow.next) + bindparam("block", type_=Integer))
    .returning(col(CounterRow.next))
)
entry_add = (
    insert(EntryRow)
    .values(at=bindparam("at"), verb=bindparam("verb"), undoes=bindparam("undoes"))
    .returning(col(EntryRow.id))
)
change_add = insert(ChangeRow).values(
    entry_id=bindparam("entry_id"),
    table_name=bindparam("table_name"),
    first_id=bindparam("first_id"),
    last_id=bindparam("last_id"),
    before=bindparam("before"),
    digests=bindparam("digests"),
)


def row_statements() -> Iterator[tuple[str, Statement]]:
    """The four by which one row of any table is read and written, named `client_get` and so on."""
    for table in SQLModel.metadata.sorted_tables:
        mine = table.c.id == bindparam("id")
        yield f"{table.name}_get", select(table).where(mine)
        yield f"{table.name}_insert", insert(table)
        yield (
            f"{table.name}_update",
            update(table)
            .where(mine)
            .values({column.name: bindparam(column.name) for column in table.c if not column.primary_key}),
        )
        yield f"{table.name}_delete", delete(table).where(mine)


def everything() -> dict[str, Statement | Listing]:
    """All statements and listings by name, in the order of this file."""
    named: dict[str, Statement | Listing] = {
        name: value
        for name, value in globals().items()
        if not name.startswith("_") and isinstance(value, Select | CompoundSelect | Insert | Update | Delete | Listing)
    }
    return named | dict(row_statements())
