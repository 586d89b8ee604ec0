"""Interactions: who took part, what was seen, what was learned and what was promised in them."""

from sqlalchemy import Date, Integer, String, bindparam, func, literal, select
from sqlmodel import col

from c4l.store.dialects import among
from c4l.store.statements.parts import Listing, day, limit, one_client, ref
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

_signal = bindparam("signal", type_=String)

interaction_list = Listing(
    select(col(InteractionRow.id)),
    select(func.count()).select_from(InteractionRow),
    {
        # Not EXISTS: the few of one client are looked up, instead of trying every interaction in turn.
        "clients": col(InteractionRow.id).in_(
            select(col(ParticipantRow.interaction_id)).where(among(col(ParticipantRow.client_id), "clients"))
        ),
        "since": col(InteractionRow.happened_on) >= bindparam("since", type_=Date),
        "until": col(InteractionRow.happened_on) <= bindparam("until", type_=Date),
        "channel": col(InteractionRow.channel) == bindparam("channel", type_=String),
        "signal": select(literal(1))
        .where(col(SignalRow.interaction_id) == col(InteractionRow.id), col(SignalRow.kind) == _signal)
        .exists(),
        "signal_of": col(InteractionRow.id).in_(
            select(col(SignalRow.interaction_id)).where(
                among(col(SignalRow.client_id), "clients"), col(SignalRow.kind) == _signal
            )
        ),
    },
    (col(InteractionRow.happened_on).desc(), col(InteractionRow.id).desc()),
)

_one = bindparam("interaction", type_=Integer)

participant_rows = (
    select(col(ParticipantRow.id)).where(col(ParticipantRow.interaction_id) == _one).order_by(col(ParticipantRow.id))
)
signal_rows = (
    select(col(SignalRow.id), col(SignalRow.client_id), col(SignalRow.kind))
    .where(col(SignalRow.interaction_id) == _one)
    .order_by(col(SignalRow.id))
)
fact_rows = (
    select(col(FactRow.id), col(FactRow.learned_on), col(FactRow.reached_on))
    .where(col(FactRow.interaction_id) == _one)
    .order_by(col(FactRow.id))
)
