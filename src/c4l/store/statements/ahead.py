"""The triangle looks ahead: of many clients at once, the records that can still count, without a word of anybody's."""

from sqlalchemy import Date, bindparam, func, or_, select, true, union_all
from sqlmodel import col

from c4l.domain.signals import SLIPS, TRUST
from c4l.store.dialects import among
from c4l.store.statements.parts import day, since
from c4l.store.tables import ArchivingRow, AssessmentRow, ClientRow, ParticipantRow, PromiseRow, SignalRow

kinds_of = select(col(ClientRow.id), col(ClientRow.kind), col(ClientRow.added_on)).where(
    among(col(ClientRow.id), "clients")
)
contacts_of_clients = select(
    col(ParticipantRow.client_id),
    col(ParticipantRow.interaction_id),
    col(ParticipantRow.happened_on),
    col(ParticipantRow.asked),
    col(ParticipantRow.minutes),
).where(
    among(col(ParticipantRow.client_id), "clients"),
    col(ParticipantRow.happened_on) > since,
    col(ParticipantRow.happened_on) <= bindparam("until", type_=Date),
    or_(col(ParticipantRow.asked) == true(), col(ParticipantRow.happened_on) > day),
)
signs_of_clients = (
    select(col(SignalRow.client_id), col(SignalRow.kind), col(SignalRow.seen_on), col(SignalRow.interaction_id))
    .where(
        among(col(SignalRow.client_id), "clients"),
        col(SignalRow.kind).in_((*TRUST, "steer", *SLIPS, "owned")),
        col(SignalRow.seen_on) > since,
    )
    .order_by(col(SignalRow.id))
)
statements_of_clients = (
    select(col(AssessmentRow.client_id), col(AssessmentRow.part), col(AssessmentRow.stated_on), col(AssessmentRow.said))
    .where(among(col(AssessmentRow.client_id), "clients"), col(AssessmentRow.stated_on) > since)
    .order_by(col(AssessmentRow.id))
)
_mine = select(
    col(PromiseRow.id),
    col(PromiseRow.client_id),
    col(PromiseRow.what),
    col(PromiseRow.made_on),
    col(PromiseRow.first_due_on),
).where(among(col(PromiseRow.client_id), "clients"), col(PromiseRow.owner) == "me", col(PromiseRow.due_on).is_not(None))
promises_of_clients = union_all(
    _mine.where(col(PromiseRow.closed_on) > since), _mine.where(col(PromiseRow.closed_on).is_(None))
)
asked_of_clients = (
    select(col(ParticipantRow.client_id), func.count(), func.sum(col(ParticipantRow.minutes)))
    .where(
        among(col(ParticipantRow.client_id), "clients"),
        col(ParticipantRow.happened_on) > since,
        col(ParticipantRow.happened_on) <= day,
        col(ParticipantRow.asked) == true(),
    )
    .group_by(col(ParticipantRow.client_id))
)
archivings_ahead = select(col(ArchivingRow.client_id), col(ArchivingRow.start_on)).where(
    col(ArchivingRow.start_on) > day
)
