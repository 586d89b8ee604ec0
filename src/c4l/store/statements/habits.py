"""What was given: the signals of yours, and the slips of your promises that were told of early."""

from sqlalchemy import select, true
from sqlmodel import col

from c4l.domain.habits import HABITS
from c4l.store.statements.parts import day, since
from c4l.store.tables import PromiseEventRow, PromiseRow, SignalRow

signals_given = select(col(SignalRow.client_id), col(SignalRow.kind), col(SignalRow.seen_on)).where(
    col(SignalRow.seen_on) >= since,
    col(SignalRow.seen_on) <= day,
    col(SignalRow.kind).in_([habit for habit in HABITS if habit != "warned"]),
)

_told = (
    select(col(PromiseRow.client_id), col(PromiseEventRow.happened_on))
    .join_from(PromiseEventRow, PromiseRow, col(PromiseRow.id) == col(PromiseEventRow.promise_id))
    .where(
        col(PromiseRow.owner) == "me",
        col(PromiseRow.made_on) <= day,
        col(PromiseEventRow.happened_on) >= since,
        col(PromiseEventRow.happened_on) <= day,
    )
)
moves_told = _told.where(
    col(PromiseEventRow.verb) == "moved",
    col(PromiseEventRow.told) == true(),
    # Without a day that it moved, it moved nothing.
    col(PromiseEventRow.to_on) > col(PromiseEventRow.from_on),
    col(PromiseEventRow.happened_on) <= col(PromiseEventRow.from_on),
)
breaks = (
    select(
        col(PromiseRow.id),
        col(PromiseRow.client_id),
        col(PromiseEventRow.happened_on),
        col(PromiseEventRow.told),
    )
    .join_from(PromiseRow, PromiseEventRow, col(PromiseRow.id) == col(PromiseEventRow.promise_id))
    .where(
        col(PromiseRow.owner) == "me",
        col(PromiseRow.made_on) <= day,
        col(PromiseRow.state) == "broken",
        col(PromiseRow.closed_on) >= since,
        col(PromiseRow.closed_on) <= day,
        col(PromiseRow.closed_on) <= col(PromiseRow.due_on),
        col(PromiseEventRow.verb) == "broken",
        col(PromiseEventRow.happened_on) == col(PromiseRow.closed_on),
    )
    .order_by(col(PromiseEventRow.id))
)
