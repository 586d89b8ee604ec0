"""Interactions: who took part, what was seen, what was learned and what was promised in them."""

from sqlalchemy import select
from sqlmodel import col

from c4l.store.dialects import among
from c4l.store.statements.parts import day, limit, one_client, ref
from c4l.store.tables import ClientRow, FactRow, InteractionRow, ParticipantRow, PromiseRow, SignalRow

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
    select(col(ParticipantRow.interaction_id), *ref)
    .join_from(ParticipantRow, ClientRow, col(ClientRow.id) == col(ParticipantRow.client_id))
    .where(among(col(ParticipantRow.interaction_id), "interactions"))
    .order_by(col(ParticipantRow.id))
)
signals_seen = (
    select(col(SignalRow.interaction_id), *ref, col(SignalRow.kind), col(SignalRow.note))
    .join_from(SignalRow, ClientRow, col(ClientRow.id) == col(SignalRow.client_id))
    .where(among(col(SignalRow.interaction_id), "interactions"))
    .order_by(col(SignalRow.id))
)
facts_learned = (
    select(col(FactRow.interaction_id), *ref, col(FactRow.kind), col(FactRow.text))
    .join_from(FactRow, ClientRow, col(ClientRow.id) == col(FactRow.client_id))
    .where(among(col(FactRow.interaction_id), "interactions"))
    .order_by(col(FactRow.id))
)
promises_made = (
    select(col(PromiseRow.interaction_id), col(PromiseRow.id))
    .where(among(col(PromiseRow.interaction_id), "interactions"))
    .order_by(col(PromiseRow.id))
)
recent_contacts = (
    select(col(ParticipantRow.interaction_id))
    .where(col(ParticipantRow.client_id) == one_client, col(ParticipantRow.happened_on) <= day)
    .order_by(col(ParticipantRow.happened_on).desc(), col(ParticipantRow.interaction_id).desc())
    .limit(limit)
)
