"""What was found: for each table of the index, the rows behind its entries.

Each gives the number of the row, that of the record it belongs to as it is typed, what it is, of whom, and its texts.
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, literal, null, select, type_coerce
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import col

from c4l.store.dialects import among
from c4l.store.statements.parts import AnySelect, ref
from c4l.store.tables import (
    AliasRow,
    ClientRow,
    FactRow,
    InteractionRow,
    PromiseEventRow,
    PromiseRow,
    SignalRow,
)

_nothing: ColumnElement[Any] = type_coerce(null(), Integer)


def _of_clients(row: Any, record: SQLCoreOperations[Any], what: SQLCoreOperations[Any], *texts: Any) -> AnySelect:
    return (
        select(col(row.id), record, what, *ref, *texts)
        .join_from(row, ClientRow, col(ClientRow.id) == col(row.client_id))
        .where(among(col(row.id), "numbers"))
    )


found_interaction = select(
    col(InteractionRow.id), col(InteractionRow.id), col(InteractionRow.channel), col(InteractionRow.note)
).where(among(col(InteractionRow.id), "numbers"))
found_signal = _of_clients(SignalRow, col(SignalRow.interaction_id), col(SignalRow.kind), col(SignalRow.note))
found_fact = _of_clients(
    FactRow, col(FactRow.interaction_id), col(FactRow.kind), col(FactRow.text), col(FactRow.outcome)
)
found_promise = _of_clients(PromiseRow, col(PromiseRow.id), literal("promise"), col(PromiseRow.what))
found_promise_event = (
    select(
        col(PromiseEventRow.id),
        col(PromiseRow.id),
        col(PromiseEventRow.verb),
        *ref,
        col(PromiseEventRow.because),
        col(PromiseEventRow.plan),
    )
    .join_from(PromiseEventRow, PromiseRow, col(PromiseRow.id) == col(PromiseEventRow.promise_id))
    .join(ClientRow, col(ClientRow.id) == col(PromiseRow.client_id))
    .where(among(col(PromiseEventRow.id), "numbers"))
)
found_client = select(
    col(ClientRow.id),
    _nothing,
    literal("name"),
    *ref,
    col(ClientRow.name),
    col(ClientRow.organisation),
    col(ClientRow.role),
).where(among(col(ClientRow.id), "numbers"))
found_alias = _of_clients(AliasRow, _nothing, literal("alias"), col(AliasRow.name))
