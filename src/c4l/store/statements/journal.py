"""The journal and its numbers, and how single rows of any table, or a run of them, are read and changed."""

from collections.abc import Iterator

from sqlalchemy import BigInteger, DateTime, Integer, String, bindparam, delete, func, insert, select, update
from sqlmodel import SQLModel, col

from c4l.store.dialects import among
from c4l.store.statements.parts import Statement, key, limit
from c4l.store.tables import JOURNAL, SEALS, ChangeRow, ClientRow, CounterRow, EntryRow

counter_take = (
    update(CounterRow)
    .where(col(CounterRow.name) == key)
    .values(next=col(CounterRow.next) + bindparam("block", type_=Integer))
    .returning(col(CounterRow.next))
)
entry_add = (
    insert(EntryRow)
    .values(at=bindparam("at"), verb=bindparam("verb"), undoes=bindparam("undoes"))
    .returning(
        col(EntryRow.id), select(func.coalesce(func.max(col(ChangeRow.id)), 0)).scalar_subquery().label("last_change")
    )
)
_sealed = update(EntryRow).where(col(EntryRow.id) == bindparam("entry", type_=Integer))
entry_seal = _sealed.values(seal=bindparam("seal", type_=BigInteger))
# What an entry says is added up: of a change that forgets, only the difference needs to be known.
entry_seal_more = _sealed.values(seal=(col(EntryRow.seal) + bindparam("more", type_=BigInteger)) % SEALS)
change_add = insert(ChangeRow).values(
    id=bindparam("id"),
    entry_id=bindparam("entry_id"),
    table_name=bindparam("table_name"),
    first_id=bindparam("first_id"),
    last_id=bindparam("last_id"),
    before=bindparam("before"),
    digests=bindparam("digests"),
)

change_empty = (
    update(ChangeRow)
    .where(col(ChangeRow.id) == bindparam("change", type_=Integer))
    .values(before=bindparam("before"), digests=bindparam("digests"))
)

_head = (col(EntryRow.id), col(EntryRow.at), col(EntryRow.verb), col(EntryRow.undoes))
_from = col(EntryRow.at) >= bindparam("since", type_=DateTime)
_after = bindparam("after", type_=Integer)
_first, _last = bindparam("first", type_=Integer), bindparam("last", type_=Integer)

entries_newest = select(*_head).where(_from).order_by(col(EntryRow.id).desc()).limit(limit)
entries_counted = select(func.count()).select_from(EntryRow).where(_from)
entries_numbered = select(*_head).where(among(col(EntryRow.id), "entries")).order_by(col(EntryRow.id).desc())
entries_sealed = (
    select(
        *_head,
        col(EntryRow.seal),
        col(ChangeRow.id),
        col(ChangeRow.table_name),
        col(ChangeRow.first_id),
        col(ChangeRow.last_id),
        col(ChangeRow.before),
        col(ChangeRow.digests),
    )
    .join(ChangeRow, col(ChangeRow.entry_id) == col(EntryRow.id), isouter=True)
    .where(col(EntryRow.id) > _after, col(EntryRow.id) <= bindparam("last", type_=Integer))
    .order_by(col(EntryRow.id), col(ChangeRow.id))
)
entry_next = select(func.min(col(EntryRow.id))).where(col(EntryRow.id) > _after)
entries_undoing = (
    select(col(EntryRow.id), col(EntryRow.undoes))
    .where(col(EntryRow.id) > _after, col(EntryRow.undoes).is_not(None))
    .order_by(col(EntryRow.id).desc())
)

# What a change holds can be large: what is only counted is not read.
changes_of = (
    select(
        col(ChangeRow.id),
        col(ChangeRow.entry_id),
        col(ChangeRow.table_name),
        col(ChangeRow.first_id),
        col(ChangeRow.last_id),
        col(ChangeRow.before).is_(None),
        col(ChangeRow.digests).is_(None),
    )
    .where(among(col(ChangeRow.entry_id), "entries"))
    .order_by(col(ChangeRow.id))
)
# A run is at most so long that none which reaches these rows ends beyond `reach`: without it all later ones are read.
changes_over = select(
    col(ChangeRow.id), col(ChangeRow.entry_id), col(ChangeRow.first_id), col(ChangeRow.last_id)
).where(
    col(ChangeRow.table_name) == bindparam("table", type_=String),
    col(ChangeRow.last_id) >= _first,
    col(ChangeRow.last_id) <= bindparam("reach", type_=Integer),
    col(ChangeRow.first_id) <= _last,
    col(ChangeRow.entry_id) > _after,
)
changes_before = (
    select(col(ChangeRow.table_name), col(ChangeRow.first_id), col(ChangeRow.before))
    .where(col(ChangeRow.before).is_not(None))
    .order_by(col(ChangeRow.id))
)
changes_removing = select(col(ChangeRow.table_name), col(ChangeRow.before)).where(col(ChangeRow.digests).is_(None))
change_last = select(func.max(col(ChangeRow.last_id))).where(
    col(ChangeRow.table_name) == bindparam("table", type_=String)
)
counter_next = select(col(CounterRow.next)).where(col(CounterRow.name) == key)
handles_held = select(col(ClientRow.id), col(ClientRow.handle)).where(
    among(col(ClientRow.handle), "handles", "VARCHAR")
)


def row_statements() -> Iterator[tuple[str, Statement]]:
    """By which rows of any table are read, and one of a record changed and removed.

    Of `signal`, say: `signal_get`, `signal_between` two numbers, `signal_there`, `signal_update`, `signal_delete`, and
    `signal_of_client`, whose numbers are those that refer to some clients.
    """
    tables = SQLModel.metadata.sorted_tables
    referred = {reference.column.table.name for table in tables for reference in table.foreign_keys}
    for table in tables:
        mine = table.c.id == bindparam("id")
        yield f"{table.name}_get", select(table).where(mine)
        if table.name in JOURNAL:
            continue
        yield f"{table.name}_between", select(table).where(table.c.id.between(_first, _last)).order_by(table.c.id)
        if table.name in referred:
            yield f"{table.name}_there", select(table.c.id).where(among(table.c.id, "numbers")).order_by(table.c.id)
        for column in table.c:
            for reference in column.foreign_keys:
                referring = select(table.c.id).where(among(column, "numbers")).order_by(table.c.id)
                yield f"{table.name}_of_{reference.column.table.name}", referring
        rest = [column for column in table.c if not column.primary_key]
        yield f"{table.name}_update", update(table).where(mine).values({each: bindparam(each.name) for each in rest})
        yield f"{table.name}_delete", delete(table).where(mine)
