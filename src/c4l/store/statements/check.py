"""What `assess` and `check` hold against each other: your own words, names and addresses, promises, plans."""

from sqlalchemy import Date, bindparam, func, or_, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from c4l.store.dialects import among
from c4l.store.journal import RUN
from c4l.store.statements.parts import day, ref, since
from c4l.store.tables import (
    AliasRow,
    ArchivingRow,
    AssessmentRow,
    ChangeRow,
    ClientRow,
    ContactPointRow,
    EntryRow,
    InteractionRow,
    KeyDateRow,
    ParticipantRow,
    PromiseRow,
    SignalRow,
)

# Read once, where the usual `archived` would be asked again for each of them.
_archived = select(col(ArchivingRow.client_id)).where(
    col(ArchivingRow.start_on) <= day, or_(col(ArchivingRow.end_on).is_(None), col(ArchivingRow.end_on) > day)
)
_active = col(ClientRow.id).not_in(_archived)

said_by = (
    select(
        col(AssessmentRow.client_id),
        col(AssessmentRow.part),
        col(AssessmentRow.stated_on),
        col(AssessmentRow.said),
        col(AssessmentRow.because),
    )
    .where(col(AssessmentRow.stated_on) <= day)
    .order_by(col(AssessmentRow.stated_on), col(AssessmentRow.id))
)
names_active = select(*ref, col(ClientRow.name_key), col(ClientRow.organisation)).where(_active).order_by(ref[0])
aliases_of_names = (
    select(col(AliasRow.client_id), col(AliasRow.name_key))
    .where(col(AliasRow.name_key).in_(select(col(ClientRow.name_key))))
    .order_by(col(AliasRow.id))
)
points_of_all = select(
    col(ContactPointRow.client_id),
    col(ContactPointRow.kind),
    col(ContactPointRow.value),
    col(ContactPointRow.value_key),
).order_by(col(ContactPointRow.client_id), col(ContactPointRow.id))
_open = (
    select(
        col(PromiseRow.id),
        *ref,
        col(PromiseRow.owner),
        col(PromiseRow.what),
        col(PromiseRow.made_on),
        col(PromiseRow.due_on),
        col(PromiseRow.client_id).in_(_archived),
    )
    .join_from(PromiseRow, ClientRow, col(ClientRow.id) == col(PromiseRow.client_id))
    .where(col(PromiseRow.state) == "open")
)
_before = bindparam("before", type_=Date)
# Each part by an index of its own: joined by OR, all promises would be read.
promises_doubtful = union_all(
    _open.where(col(PromiseRow.due_on).is_(None)),
    _open.where(col(PromiseRow.due_on) < _before),
    _open.where(col(PromiseRow.due_on) >= _before, col(PromiseRow.client_id).in_(_archived)),
)
interactions_written = (
    select(col(ChangeRow.first_id), col(ChangeRow.last_id), col(EntryRow.at))
    .join_from(ChangeRow, EntryRow, col(EntryRow.id) == col(ChangeRow.entry_id))
    .where(col(ChangeRow.table_name) == "interaction")
    .order_by(col(EntryRow.at), col(ChangeRow.id))
)
days_between = (
    select(col(InteractionRow.id), col(InteractionRow.happened_on))
    .where(col(InteractionRow.happened_on) > since, col(InteractionRow.happened_on) < _before)
    .order_by(col(InteractionRow.id))
)
signals_touched = (
    select(col(SignalRow.interaction_id), func.max(col(EntryRow.at)))
    .join_from(
        SignalRow,
        ChangeRow,
        (col(ChangeRow.table_name) == "signal")
        & (col(ChangeRow.first_id) <= col(SignalRow.id))
        & (col(ChangeRow.last_id) >= col(SignalRow.id))
        # No change tells of more rows: without an end, all that came later would be looked through.
        & (col(ChangeRow.last_id) < col(SignalRow.id) + RUN),
    )
    .join(EntryRow, col(EntryRow.id) == col(ChangeRow.entry_id))
    .where(among(col(SignalRow.interaction_id), "interactions"))
    .group_by(col(SignalRow.interaction_id))
)
_there = aliased(ParticipantRow)
contacts_beside = (
    select(col(ParticipantRow.interaction_id), col(ParticipantRow.client_id), col(_there.interaction_id))
    .join_from(
        ParticipantRow,
        _there,
        (col(_there.client_id) == col(ParticipantRow.client_id))
        & (col(_there.happened_on) == col(ParticipantRow.happened_on))
        & (col(_there.interaction_id) != col(ParticipantRow.interaction_id)),
    )
    .where(among(col(ParticipantRow.interaction_id), "interactions"))
)

# --- for the strict ones ---

key_dates_active = (
    select(*ref, col(KeyDateRow.label), col(KeyDateRow.month), col(KeyDateRow.day), col(KeyDateRow.year))
    .join_from(KeyDateRow, ClientRow, col(ClientRow.id) == col(KeyDateRow.client_id))
    .where(_active)
    .order_by(col(KeyDateRow.id))
)
signals_by_kind = (
    select(col(SignalRow.client_id), col(SignalRow.kind), func.count())
    .where(col(SignalRow.seen_on) > since, col(SignalRow.seen_on) <= day)
    .group_by(col(SignalRow.client_id), col(SignalRow.kind))
)
