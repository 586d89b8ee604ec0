"""Clients: who answers to a name, lists of them, and all that belongs to them."""

from sqlalchemy import String, bindparam, func, literal, or_, select, union_all
from sqlmodel import col

from c4l.store.dialects import among
from c4l.store.statements.parts import Listing, Union, archived, begins, day, holds, key, limit, one_client, ref, since
from c4l.store.tables import (
    AliasRow,
    ArchivingRow,
    AssessmentRow,
    ClientRow,
    ContactPointRow,
    FactRow,
    KeyDateRow,
    ParticipantRow,
    SourceRow,
    TagRow,
)

clients_exactly: Union = union_all(
    select(col(ClientRow.id)).where(or_(col(ClientRow.name_key) == key, col(ClientRow.handle) == key)),
    select(col(AliasRow.client_id)).where(col(AliasRow.name_key) == key),
)
clients_holding: Union = union_all(
    select(col(ClientRow.id)).where(or_(holds(col(ClientRow.name_key), "part"), holds(col(ClientRow.handle), "part"))),
    select(col(AliasRow.client_id)).where(holds(col(AliasRow.name_key), "part")),
)
clients_starting: Union = union_all(
    select(col(ClientRow.id)).where(begins(col(ClientRow.name_key))),
    select(col(AliasRow.client_id)).where(begins(col(AliasRow.name_key))),
)
clients_of_keys: Union = union_all(
    select(col(ClientRow.id)).where(among(col(ClientRow.name_key), "keys", "TEXT")),
    select(col(ClientRow.id)).where(among(col(ClientRow.handle), "keys", "TEXT")),
    select(col(AliasRow.client_id)).where(among(col(AliasRow.name_key), "keys", "TEXT")),
)
known = (
    select(*ref, col(ClientRow.name_key), archived.label("archived"))
    .where(among(col(ClientRow.id), "clients"))
    .order_by(col(ClientRow.name_key), col(ClientRow.id))
)
known_all = select(*ref, col(ClientRow.name_key), archived.label("archived")).order_by(
    col(ClientRow.name_key), col(ClientRow.id)
)
aliases_all = select(col(AliasRow.client_id), col(AliasRow.name), col(AliasRow.name_key)).order_by(col(AliasRow.id))
handles_taken = select(col(ClientRow.handle)).where(
    or_(col(ClientRow.handle) == bindparam("base", type_=String), begins(col(ClientRow.handle)))
)
handles_all = select(col(ClientRow.handle))
handles_beginning = (
    select(col(ClientRow.handle))
    .where(begins(col(ClientRow.handle)), ~archived)
    .order_by(col(ClientRow.handle))
    .limit(limit)
)
refs = select(*ref).where(among(col(ClientRow.id), "clients"))
clients = Listing(
    select(
        *ref,
        col(ClientRow.kind),
        col(ClientRow.organisation),
        col(ClientRow.role),
        col(ClientRow.cadence_days),
        col(ClientRow.added_on),
        col(ClientRow.since_on),
        col(ClientRow.next_on),
        col(ClientRow.snoozed_until_on),
        archived.label("archived"),
    ),
    select(func.count()).select_from(ClientRow),
    {
        "clients": among(col(ClientRow.id), "clients"),
        "active": ~archived,
        "archived": archived,
        "kind": col(ClientRow.kind) == bindparam("kind", type_=String),
        "tag": select(literal(1))
        .where(col(TagRow.client_id) == col(ClientRow.id), col(TagRow.name_key) == bindparam("tag", type_=String))
        .exists(),
        "part": or_(
            holds(col(ClientRow.name_key), "part"),
            select(literal(1))
            .where(col(AliasRow.client_id) == col(ClientRow.id), holds(col(AliasRow.name_key), "part"))
            .exists(),
        ),
    },
    (col(ClientRow.name_key), col(ClientRow.id)),
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
        col(KeyDateRow.id),
    )
    .where(among(col(KeyDateRow.client_id), "clients"))
    .order_by(col(KeyDateRow.month), col(KeyDateRow.day), col(KeyDateRow.id))
)
goals = (
    select(col(FactRow.id), col(FactRow.text), col(FactRow.learned_on), col(FactRow.reached_on))
    .where(col(FactRow.client_id) == one_client, col(FactRow.kind) == "goal")
    .order_by(col(FactRow.id))
)
key_date_labels = (
    select(col(KeyDateRow.id), col(KeyDateRow.label))
    .where(col(KeyDateRow.client_id) == one_client)
    .order_by(col(KeyDateRow.id))
)
archivings = (
    select(col(ArchivingRow.client_id), col(ArchivingRow.start_on), col(ArchivingRow.end_on), col(ArchivingRow.id))
    .where(among(col(ArchivingRow.client_id), "clients"))
    .order_by(col(ArchivingRow.id))
)
sources_all = select(col(SourceRow.uid), col(SourceRow.client_id)).order_by(col(SourceRow.id))
points_all = select(col(ContactPointRow.value_key), col(ContactPointRow.client_id)).order_by(col(ContactPointRow.id))
names_all: Union = union_all(
    select(col(ClientRow.name_key), col(ClientRow.id)), select(col(AliasRow.name_key), col(AliasRow.client_id))
)
last_contact = select(
    col(ClientRow.id),
    select(func.max(col(ParticipantRow.happened_on)))
    .where(col(ParticipantRow.client_id) == col(ClientRow.id), col(ParticipantRow.happened_on) <= day)
    .correlate(ClientRow)
    .scalar_subquery(),
).where(among(col(ClientRow.id), "clients"))
views = (
    select(col(AssessmentRow.client_id), col(AssessmentRow.part), col(AssessmentRow.said))
    .where(
        among(col(AssessmentRow.client_id), "clients"),
        col(AssessmentRow.stated_on) > since,
        col(AssessmentRow.stated_on) <= day,
    )
    .order_by(col(AssessmentRow.stated_on), col(AssessmentRow.id))
)
