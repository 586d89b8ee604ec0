"""Promises: lists of them, and what happened to them."""

from sqlalchemy import Date, String, bindparam, func, select
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
        "due_by": col(PromiseRow.due_on) <= bindparam("due_by", type_=Date),
        "since": func.coalesce(col(PromiseRow.closed_on), col(PromiseRow.made_on)) >= bindparam("since", type_=Date),
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
