"""The morning: who was last in touch when, who waits for thanks, and what is coming."""

from typing import Any

from sqlalchemy import Date, ScalarSelect, String, bindparam, func, or_, select
from sqlmodel import col

from c4l.store.dialects import among
from c4l.store.statements.parts import archived, day, ref
from c4l.store.tables import (
    ArchivingRow,
    ClientRow,
    InteractionRow,
    KeyDateRow,
    ParticipantRow,
    SignalRow,
    TagRow,
)

# Of every client; read once, where the usual `archived` would be asked again for each of them.
_active = col(ClientRow.id).not_in(
    select(col(ArchivingRow.client_id)).where(
        col(ArchivingRow.start_on) <= day, or_(col(ArchivingRow.end_on).is_(None), col(ArchivingRow.end_on) > day)
    )
)


def _last_seen(kind: str) -> ScalarSelect[Any]:
    """The last day on which each client saw or showed a signal."""
    return (
        select(func.max(col(SignalRow.seen_on)))
        .where(
            col(SignalRow.client_id) == col(ClientRow.id), col(SignalRow.kind) == kind, col(SignalRow.seen_on) <= day
        )
        .correlate(ClientRow)
        .scalar_subquery()
    )


silences = select(
    *ref,
    col(ClientRow.added_on),
    col(ClientRow.cadence_days),
    col(ClientRow.next_on),
    col(ClientRow.snoozed_until_on),
    # The last that is known of, be it still to come: one look at the end of an index.
    select(func.max(col(ParticipantRow.happened_on)))
    .where(col(ParticipantRow.client_id) == col(ClientRow.id))
    .correlate(ClientRow)
    .scalar_subquery(),
).where(_active)
clients_tagged = select(col(TagRow.client_id)).where(col(TagRow.name_key) == bindparam("tag", type_=String))
doors_and_thanks = select(*ref, _last_seen("door"), _last_seen("thanked")).where(
    # First, as most clients never opened one: thanks are looked for only where there is something to thank for.
    _last_seen("door").is_not(None),
    _active,
)
doors = (
    select(
        col(SignalRow.client_id),
        col(SignalRow.seen_on),
        col(SignalRow.interaction_id),
        func.coalesce(col(SignalRow.note), col(InteractionRow.note)),
    )
    .join_from(SignalRow, InteractionRow, col(InteractionRow.id) == col(SignalRow.interaction_id))
    .where(among(col(SignalRow.client_id), "clients"), col(SignalRow.kind) == "door", col(SignalRow.seen_on) <= day)
    .order_by(col(SignalRow.seen_on), col(SignalRow.id))
)
last_contacts = select(
    col(ClientRow.id),
    select(col(ParticipantRow.interaction_id))
    .where(col(ParticipantRow.client_id) == col(ClientRow.id), col(ParticipantRow.happened_on) <= day)
    .order_by(col(ParticipantRow.happened_on).desc(), col(ParticipantRow.interaction_id).desc())
    .limit(1)
    .correlate(ClientRow)
    .scalar_subquery(),
).where(among(col(ClientRow.id), "clients"))
key_dates_of_months = (
    select(*ref, col(KeyDateRow.label), col(KeyDateRow.month), col(KeyDateRow.day), col(KeyDateRow.year))
    .join_from(KeyDateRow, ClientRow, col(ClientRow.id) == col(KeyDateRow.client_id))
    .where(among(col(KeyDateRow.month), "months"), ~archived)
    .order_by(col(KeyDateRow.month), col(KeyDateRow.day), col(KeyDateRow.id))
)
planned = (
    select(*ref, col(InteractionRow.id))
    .join_from(InteractionRow, ParticipantRow, col(ParticipantRow.interaction_id) == col(InteractionRow.id))
    .join(ClientRow, col(ClientRow.id) == col(ParticipantRow.client_id))
    .where(
        col(InteractionRow.happened_on) > day,
        col(InteractionRow.happened_on) <= bindparam("until", type_=Date),
        ~archived,
    )
    .order_by(col(InteractionRow.happened_on), col(InteractionRow.id), col(ParticipantRow.id))
)
