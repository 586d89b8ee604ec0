"""Contact by day and channel: few rows, however many interactions there are; months are made of them elsewhere."""

from sqlalchemy import func, select
from sqlmodel import col

from c4l.store.dialects import among
from c4l.store.statements.parts import day, since
from c4l.store.tables import InteractionRow, ParticipantRow

contact_by_day = (
    select(
        col(InteractionRow.happened_on),
        col(InteractionRow.channel),
        func.count(),
        func.count(col(InteractionRow.minutes)),
        func.sum(col(InteractionRow.minutes)),
    )
    .where(col(InteractionRow.happened_on) >= since, col(InteractionRow.happened_on) <= day)
    .group_by(col(InteractionRow.happened_on), col(InteractionRow.channel))
)
contact_by_day_with = contact_by_day.where(
    # The few of one client are looked up. An interaction with several of those named is one.
    col(InteractionRow.id).in_(
        select(col(ParticipantRow.interaction_id)).where(
            among(col(ParticipantRow.client_id), "clients"),
            col(ParticipantRow.happened_on) >= since,
            col(ParticipantRow.happened_on) <= day,
        )
    )
)
