"""Promises: lists of them, what happened to them, and how many of yours fall on a day."""

from sqlalchemy import Date, String, bindparam, func, literal, or_, select, true
from sqlmodel import col

from c4l.store.dialects import among
from c4l.store.statements.parts import Listing, one_client, ref
from c4l.store.tables import ClientRow, PromiseEventRow, PromiseRow

content = (
    col(PromiseRow.owner),
    col(PromiseRow.what),
    col(PromiseRow.made_on),
    col(PromiseRow.first_due_on),
    col(PromiseRow.interaction_id),
)
"""What a promise says of itself, behind its number and its client."""

promises = Listing(
    select(col(PromiseRow.id), *ref, *content).join_from(
        PromiseRow, ClientRow, col(ClientRow.id) == col(PromiseRow.client_id)
    ),
    select(func.count()).select_from(PromiseRow),
    {
        "numbers": among(col(PromiseRow.id), "numbers"),
        "clients": among(col(PromiseRow.client_id), "clients"),
        "open": col(PromiseRow.state) == "open",
        "state": col(PromiseRow.state) == bindparam("state", type_=String),
        "owner": col(PromiseRow.owner) == bindparam("owner", type_=String),
        "due_before": col(PromiseRow.due_on) < bindparam("due_before", type_=Date),
        "due_from": col(PromiseRow.due_on) >= bindparam("due_from", type_=Date),
        "due_by": col(PromiseRow.due_on) <= bindparam("due_by", type_=Date),
        "since": func.coalesce(col(PromiseRow.closed_on), col(PromiseRow.made_on)) >= bindparam("since", type_=Date),
        "ended_since": col(PromiseRow.closed_on) >= bindparam("ended_since", type_=Date),
        "dated": col(PromiseRow.due_on).is_not(None),
        "undated": col(PromiseRow.due_on).is_(None),
    },
    (col(PromiseRow.due_on), col(PromiseRow.id)),
)
promises_of_client = (
    select(col(PromiseRow.id), *content).where(col(PromiseRow.client_id) == one_client).order_by(col(PromiseRow.id))
)
promise_events = (
    select(
        col(PromiseEventRow.promise_id),
        col(PromiseEventRow.id),
        col(PromiseEventRow.verb),
        col(PromiseEventRow.happened_on),
        col(PromiseEventRow.from_on),
        col(PromiseEventRow.to_on),
        col(PromiseEventRow.told),
        col(PromiseEventRow.because),
        col(PromiseEventRow.plan),
    )
    .where(among(col(PromiseEventRow.promise_id), "promises"))
    .order_by(col(PromiseEventRow.promise_id), col(PromiseEventRow.id))
)
_due_within = (
    col(PromiseRow.owner) == "me",
    col(PromiseRow.due_on) >= bindparam("first", type_=Date),
    col(PromiseRow.due_on) <= bindparam("last", type_=Date),
)
mine_due = select(func.count()).select_from(PromiseRow).where(col(PromiseRow.state) == "open", *_due_within)
# The twin of an outcome that is honoured; which window it is counted in makes no difference here.
mine_honoured = (
    select(col(PromiseRow.due_on), func.count())
    .where(
        col(PromiseRow.state) == "kept",
        *_due_within,
        col(PromiseRow.closed_on) <= col(PromiseRow.due_on),
        ~select(literal(1))
        .where(
            col(PromiseEventRow.promise_id) == col(PromiseRow.id),
            col(PromiseEventRow.verb) == "moved",
            col(PromiseEventRow.to_on) > col(PromiseEventRow.from_on),
            or_(col(PromiseEventRow.told) != true(), col(PromiseEventRow.happened_on) > col(PromiseEventRow.from_on)),
        )
        .exists(),
    )
    .group_by(col(PromiseRow.due_on))
)
