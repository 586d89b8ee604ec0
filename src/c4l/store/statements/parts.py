"""What statements are made of: their types, the parameters and conditions that several share, lists to be narrowed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Delete,
    Insert,
    Integer,
    Select,
    String,
    Update,
    bindparam,
    literal,
    or_,
    select,
)
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import col

from c4l.store.tables import ArchivingRow, ClientRow

AnySelect = Select[*tuple[Any, ...]]
Union = CompoundSelect[*tuple[Any, ...]]
Statement = AnySelect | Union | Insert | Update | Delete


@dataclass(frozen=True)
class Listing:
    """A list that a user narrows: each filter that is given joins the WHERE with AND.

    Attributes:
        total: counts the rows of `select`, over as few tables as the filters need.
    """

    select: AnySelect
    total: Select[int]
    filters: dict[str, ColumnElement[bool]]
    order: tuple[SQLCoreOperations[Any], ...]


day, since = bindparam("day", type_=Date), bindparam("since", type_=Date)
limit = bindparam("limit", type_=Integer)
one_client = bindparam("client", type_=Integer)
key, end = bindparam("key", type_=String), bindparam("end", type_=String)

ref = (col(ClientRow.id), col(ClientRow.handle), col(ClientRow.name))

archived = (
    select(literal(1))
    .where(
        col(ArchivingRow.client_id) == col(ClientRow.id),
        col(ArchivingRow.start_on) <= day,
        or_(col(ArchivingRow.end_on).is_(None), col(ArchivingRow.end_on) > day),
    )
    .exists()
)


def holds(column: Any, name: str) -> ColumnElement[bool]:
    """The column holds the bound text, in which `%`, `_` and `!` are escaped with `!`."""
    like: ColumnElement[bool] = column.like(literal("%") + bindparam(name, type_=String) + literal("%"), escape="!")
    return like


def begins(column: SQLCoreOperations[str]) -> ColumnElement[bool]:
    """The column begins with `key`; `end` is the end of that range, which an index finds as it cannot for LIKE."""
    return (column >= key) & (column < end)
