"""The triangle looks ahead: of many clients at once, the records that can still count, without a word of anybody's."""

from sqlalchemy import Date, bindparam, func, literal, select, true, union_all
from sqlmodel import col

from c4l.domain.signals import SLIPS, TRUST
from c4l.store.dialects import among
from c4l.store.statements.parts import day, since
from c4l.store.tables import AssessmentRow, ClientRow, ParticipantRow, PromiseEventRow, PromiseRow, SignalRow

kinds_of = select(col(ClientRow.id), col(ClientRow.kind), col(ClientRow.added_on)).where(
    among(col(ClientRow.id), "clients")
)
asked_contacts = select(
    col(ParticipantRow.client_id),
    col(ParticipantRow.interaction_id),
    col(ParticipantRow.happened_on),
    col(ParticipantRow.minutes),
).where(
    among(col(ParticipantRow.client_id), "clients"),
    col(ParticipantRow.happened_on) > since,
    col(ParticipantRow.happened_on) <= day,
    col(ParticipantRow.asked) == true(),
)
signs_of_clients = (
    select(col(SignalRow.client_id), col(SignalRow.kind), col(SignalRow.seen_on), col(SignalRow.interaction_id))
    .where(
        among(col(SignalRow.client_id), "clients"),
        col(SignalRow.kind).in_((*TRUST, "steer", *SLIPS, "owned")),
        col(SignalRow.seen_on) > since,
        col(SignalRow.seen_on) <= day,
    )
    .order_by(col(SignalRow.id))
)
shown_by_clients = (
    select(col(SignalRow.client_id), col(SignalRow.kind))
    .where(
        among(col(SignalRow.client_id), "clients"),
        col(SignalRow.kind).in_((*TRUST, "steer")),
        col(SignalRow.seen_on) > since,
        col(SignalRow.seen_on) <= day,
    )
    .distinct()
)
statements_of_clients = (
    select(col(AssessmentRow.client_id), col(AssessmentRow.part), col(AssessmentRow.stated_on), col(AssessmentRow.said))
    .where(
        among(col(AssessmentRow.client_id), "clients"),
        col(AssessmentRow.stated_on) > since,
        col(AssessmentRow.stated_on) <= day,
    )
    .order_by(col(AssessmentRow.id))
)
_mine = select(
    col(PromiseRow.id),
    col(PromiseRow.client_id),
    col(PromiseRow.what),
    col(PromiseRow.made_on),
    col(PromiseRow.first_due_on),
).where(
    among(col(PromiseRow.client_id), "clients"),
    col(PromiseRow.owner) == "me",
    col(PromiseRow.due_on).is_not(None),
    col(PromiseRow.made_on) <= day,
)
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

# --- who need not be looked at ---

# What counts on the day and not any more on the later one; a few that never counted are among them.
closed_between = (
    select(col(PromiseRow.client_id), func.count())
    .where(
        among(col(PromiseRow.client_id), "clients"),
        col(PromiseRow.owner) == "me",
        col(PromiseRow.closed_on) > since,
        col(PromiseRow.closed_on) <= bindparam("until", type_=Date),
    )
    .group_by(col(PromiseRow.client_id))
)
_of_mine = select(col(PromiseRow.client_id)).where(
    among(col(PromiseRow.client_id), "clients"), col(PromiseRow.owner) == "me"
)
_due = col(PromiseRow.due_on) < bindparam("until", type_=Date)
# What was moved after the day was due earlier on it, perhaps.
_moved = (
    select(literal(1))
    .where(
        col(PromiseEventRow.promise_id) == col(PromiseRow.id),
        col(PromiseEventRow.verb) == "moved",
        col(PromiseEventRow.happened_on) > day,
    )
    .exists()
)
overdue_before = union_all(
    *(
        _of_mine.where(open_then, late)
        for open_then in (col(PromiseRow.closed_on).is_(None), col(PromiseRow.closed_on) > day)
        for late in (_due, _moved)
    )
)
