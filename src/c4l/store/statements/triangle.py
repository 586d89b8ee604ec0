"""The triangle: the fast twin of `domain.evidence` for a whole book, and the whole records of one client."""

from sqlalchemy import func, literal, or_, select, true, tuple_, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from c4l.domain.signals import SLIPS, TRUST
from c4l.store.dialects import among
from c4l.store.statements.parts import Union, day, one_client, ref, since
from c4l.store.tables import (
    ArchivingRow,
    AssessmentRow,
    ClientRow,
    InteractionRow,
    ParticipantRow,
    PromiseEventRow,
    PromiseRow,
    SignalRow,
)

# --- a glance at all clients ---

clients_active = (
    select(*ref, col(ClientRow.name_key), col(ClientRow.added_on))
    .where(
        # Read once, where the usual `archived` would be asked again for every client.
        col(ClientRow.id).not_in(
            select(col(ArchivingRow.client_id)).where(
                col(ArchivingRow.start_on) <= day,
                or_(col(ArchivingRow.end_on).is_(None), col(ArchivingRow.end_on) > day),
            )
        )
    )
    .order_by(col(ClientRow.id))
)
clients_contacted = select(col(ClientRow.id)).where(
    among(col(ClientRow.id), "clients"),
    select(literal(1))
    .where(col(ParticipantRow.client_id) == col(ClientRow.id), col(ParticipantRow.happened_on) <= day)
    .exists(),
)
asked_by_client = (
    select(col(ClientRow.id), func.count(), func.sum(col(ParticipantRow.minutes)))
    .join_from(
        ClientRow,
        ParticipantRow,
        (col(ParticipantRow.client_id) == col(ClientRow.id))
        & (col(ParticipantRow.happened_on) > since)
        & (col(ParticipantRow.happened_on) <= day)
        & (col(ParticipantRow.asked) == true()),
    )
    # By the client's own number: by the participant's, the whole index would be read, and not the window alone.
    .group_by(col(ClientRow.id))
)
signals_in_window = select(col(SignalRow.client_id), col(SignalRow.kind)).where(
    col(SignalRow.seen_on) > since, col(SignalRow.seen_on) <= day, col(SignalRow.kind).in_((*TRUST, "steer"))
)
statements_in_window = (
    select(col(AssessmentRow.client_id), col(AssessmentRow.part), col(AssessmentRow.said))
    .where(col(AssessmentRow.stated_on) > since, col(AssessmentRow.stated_on) <= day)
    .order_by(col(AssessmentRow.stated_on), col(AssessmentRow.id))
)

# --- depth, where the glance leaves the tier open ---

first_and_last = select(
    col(ClientRow.id),
    col(ClientRow.since_on),
    select(func.min(col(ParticipantRow.happened_on)))
    .where(col(ParticipantRow.client_id) == col(ClientRow.id))
    .correlate(ClientRow)
    .scalar_subquery(),
    select(func.max(col(ParticipantRow.happened_on)))
    .where(col(ParticipantRow.client_id) == col(ClientRow.id), col(ParticipantRow.happened_on) <= day)
    .correlate(ClientRow)
    .scalar_subquery(),
).where(among(col(ClientRow.id), "clients"))
slips_in_window = (
    select(col(SignalRow.client_id), col(SignalRow.kind), col(SignalRow.seen_on))
    .where(
        among(col(SignalRow.client_id), "clients"),
        col(SignalRow.kind).in_((*SLIPS, "owned")),
        col(SignalRow.seen_on) > since,
        col(SignalRow.seen_on) <= day,
    )
    .order_by(col(SignalRow.client_id), col(SignalRow.seen_on))
)
_mine = select(
    col(PromiseRow.id),
    col(PromiseRow.client_id),
    col(PromiseRow.state),
    col(PromiseRow.due_on),
    col(PromiseRow.closed_on),
).where(
    among(col(PromiseRow.client_id), "clients"),
    col(PromiseRow.owner) == "me",
    col(PromiseRow.due_on).is_not(None),
    col(PromiseRow.made_on) <= day,
)
outcomes = union_all(
    _mine.where(col(PromiseRow.closed_on) > since, col(PromiseRow.closed_on) <= day),
    _mine.where(col(PromiseRow.closed_on).is_(None)),
)
moved_unfairly = select(col(PromiseEventRow.promise_id)).where(
    among(col(PromiseEventRow.promise_id), "promises"),
    col(PromiseEventRow.verb) == "moved",
    col(PromiseEventRow.to_on) > col(PromiseEventRow.from_on),
    or_(col(PromiseEventRow.told) != true(), col(PromiseEventRow.happened_on) > col(PromiseEventRow.from_on)),
)
# After its end nothing counts: only what was open, or ended later, stood otherwise on the day; and then it was open.
_mine_of_them = select(col(PromiseRow.id), col(PromiseRow.client_id), col(PromiseRow.due_on)).where(
    among(col(PromiseRow.client_id), "clients"), col(PromiseRow.owner) == "me", col(PromiseRow.made_on) <= day
)
touched_after = union_all(
    _mine_of_them.where(col(PromiseRow.closed_on) > day),
    _mine_of_them.where(
        col(PromiseRow.closed_on).is_(None),
        select(literal(1))
        .where(col(PromiseEventRow.promise_id) == col(PromiseRow.id), col(PromiseEventRow.happened_on) > day)
        .exists(),
    ),
)
_end = aliased(PromiseEventRow)
moved_after = (
    select(col(PromiseEventRow.promise_id), col(PromiseEventRow.from_on))
    .where(
        among(col(PromiseEventRow.promise_id), "promises"),
        col(PromiseEventRow.verb) == "moved",
        col(PromiseEventRow.happened_on) > day,
        # A move after the end moved nothing.
        ~select(literal(1))
        .where(
            col(_end.promise_id) == col(PromiseEventRow.promise_id),
            col(_end.verb) != "moved",
            tuple_(col(_end.happened_on), col(_end.id))
            < tuple_(col(PromiseEventRow.happened_on), col(PromiseEventRow.id)),
        )
        .exists(),
    )
    .order_by(col(PromiseEventRow.happened_on).desc(), col(PromiseEventRow.id).desc())
)

# --- where the history begins ---

first_days: Union = union_all(
    select(func.min(col(InteractionRow.happened_on))), select(func.min(col(ClientRow.added_on)))
)

# --- one client's records ---

contacts_of_client = (
    select(
        col(InteractionRow.id),
        col(InteractionRow.happened_on),
        col(InteractionRow.channel),
        col(InteractionRow.reached_out),
        col(InteractionRow.minutes),
        col(InteractionRow.note),
    )
    .join_from(ParticipantRow, InteractionRow, col(InteractionRow.id) == col(ParticipantRow.interaction_id))
    .where(col(ParticipantRow.client_id) == one_client)
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
    .where(col(SignalRow.client_id) == one_client)
    .order_by(col(SignalRow.id))
)
statements_of_client = (
    select(col(AssessmentRow.part), col(AssessmentRow.stated_on), col(AssessmentRow.said), col(AssessmentRow.because))
    .where(col(AssessmentRow.client_id) == one_client)
    .order_by(col(AssessmentRow.id))
)
