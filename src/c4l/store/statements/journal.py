"""The journal and its numbers, and how a single row of any table is read and changed."""

from collections.abc import Iterator

from sqlalchemy import Integer, bindparam, delete, insert, select, update
from sqlmodel import SQLModel, col

from c4l.store.statements.parts import Statement, key
from c4l.store.tables import JOURNAL, ChangeRow, CounterRow, EntryRow

counter_take = (
    update(CounterRow)
    .where(col(CounterRow.name) == key)
    .values(next=col(CounterRow.next) + bindparam("block", type_=Integer))
    .returning(col(CounterRow.next))
)
entry_add = (
    insert(EntryRow)
    .values(at=bindparam("at"), verb=bindparam("verb"), undoes=bindparam("undoes"))
    .returning(col(EntryRow.id))
)
change_add = insert(ChangeRow).values(
    entry_id=bindparam("entry_id"),
    table_name=bindparam("table_name"),
    first_id=bindparam("first_id"),
    last_id=bindparam("last_id"),
    before=bindparam("before"),
    digests=bindparam("digests"),
)


def row_statements() -> Iterator[tuple[str, Statement]]:
    """By which one row of any table is read, and one of a record changed and removed: `client_get` and so on."""
    for table in SQLModel.metadata.sorted_tables:
        mine = table.c.id == bindparam("id")
        yield f"{table.name}_get", select(table).where(mine)
        if table.name in JOURNAL:
            continue
        rest = [column for column in table.c if not column.primary_key]
        yield f"{table.name}_update", update(table).where(mine).values({each: bindparam(each.name) for each in rest})
        yield f"{table.name}_delete", delete(table).where(mine)
