"""Everything that a book holds about one client, for that client: others are kept out of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from c4l.domain.errors import NotFound
from c4l.domain.names import name_key
from c4l.domain.naming import Names, first_name
from c4l.domain.terms import ClientRef
from c4l.store import clients, forgetting, history, interactions, traces
from c4l.store import dossier as stored
from c4l.store.store import Store, Transaction

INSTEAD = "another client"

_TEXTS = frozenset({"note", "text", "outcome", "what", "because", "plan"})
"""Fields in the user's own words, which may name others."""

Record = Mapping[str, Any]


class Done(NamedTuple):
    """What one command did to records of a client.

    Attributes:
        at: the instant, as ISO writes it, in UTC.
        changes: each with the table, the id, what became of it and what it was before.
    """

    entry: int
    at: str
    command: str
    changes: Sequence[Record]


class Dossier(NamedTuple):
    """Everything held about one client.

    Attributes:
        tables: as in a whole book; an interaction says with how many others it was.
        named: the texts about others that name the client, newest first: each with its kind, its day and its words.
    """

    exported_on: date
    tables: Sequence[tuple[str, Sequence[Record]]]
    history: Sequence[Done]
    named: Sequence[Record]


def of_client(store: Store, client: ClientRef, today: date) -> Dossier:
    """All records of a client, and what the journal still knows of former ones, and of who was taken back.

    Who else took part is only counted, and where a text names another client, it says so without the name.

    Raises:
        NotFound: if neither the book nor its journal knows them.
    """
    with store.reading() as tx:
        if (who := forgetting.person(tx, client)) is None:
            raise NotFound(f"nobody knows {client.name} any more", "c4l client list shows them all")
        rows = traces.of_clients(tx, who.numbers)
        met = interactions.by_number(tx, rows["interaction"])
        there = {each.number: [ref for ref in each.clients if ref.id not in who.numbers] for each in met}
        beside = {ref.id: ref for refs in there.values() for ref in refs}
        elsewhere = [hit for hit in forgetting.naming(tx, who) if not who.numbers & {ref.id for ref in hit.clients}]
        beside |= {ref.id: ref for hit in elsewhere for ref in hit.clients}
        others = _others(tx, who, list(beside.values()), today)
        tables = []
        for table, records in stored.records(tx, rows):
            shown: list[Record] = [_without(others, record) for record in records]
            if table == "interaction":
                shown = [{**record, "others": len(there[record["id"]])} for record in shown]
            tables.append((table, shown))
        named = [
            {"kind": hit.kind, "on": hit.on and hit.on.isoformat(), "text": others.hidden(hit.text, INSTEAD)}
            for hit in elsewhere
        ]
        return Dossier(today, tables, list(_history(tx, rows, others)), named)


def _others(tx: Transaction, who: forgetting.Person, beside: Sequence[ClientRef], today: date) -> Names:
    """By what everybody else is named; of those who took part with the client, by their first names, too."""
    mine = {*who.called, *map(name_key, who.handles), first_name(who.client.name)}
    everybody = (known for known in clients.everybody(tx, today) if known.ref.id not in who.numbers)
    theirs = {key for known in everybody for key in known.keys} - mine
    # Keys are in small letters; what stands alone is found as a name is written.
    written = {key.title() for key in theirs if " " not in key}
    return Names.of(theirs | written, {first_name(ref.name) for ref in beside} - mine)


def _without(others: Names, record: Record) -> dict[str, Any]:
    return {
        name: others.hidden(value, INSTEAD) if name in _TEXTS and isinstance(value, str) else value
        for name, value in record.items()
    }


def _history(tx: Transaction, rows: traces.Rows, others: Names) -> Iterator[Done]:
    done = stored.former(tx, rows)
    for number, at, verb, _ in reversed(history.numbered(tx, done)):
        changes = [
            {
                "table": each.table,
                "id": each.number,
                "did": each.did,
                "was": None if each.was is None else _without(others, each.was),
            }
            for each in done[number]
        ]
        yield Done(number, datetime.fromisoformat(at).isoformat(timespec="seconds"), verb, changes)
