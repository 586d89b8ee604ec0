"""Clients: adding, looking at, changing, archiving."""

from datetime import date
from typing import Any, NamedTuple

from c4l.actions.drafts import ClientDraft
from c4l.domain.clients import Client, Interaction
from c4l.domain.errors import Conflict, Refused, WrongUse
from c4l.domain.names import name_key
from c4l.domain.records import Part
from c4l.domain.terms import ClientRef, Kind, Stake, Tier
from c4l.domain.thresholds import Thresholds
from c4l.store import clients as stored
from c4l.store import interactions
from c4l.store.clients import Detail as Detail
from c4l.store.store import Changes, Store, Transaction

HANDLES_OFFERED = 50
RECENT = 3


class ClientPage(NamedTuple):
    """All about one client, with the last few interactions, newest first."""

    client: Client
    recent: tuple[Interaction, ...]
    today: date


class ClientList(NamedTuple):
    """Clients that match, and how many more there are."""

    clients: tuple[Client, ...]
    more: int
    today: date


class WantedClients(NamedTuple):
    """Which clients are asked for; what is left out narrows nothing.

    Attributes:
        words: held by a name or an alias.
        archived: None for those who are and those who are not.
    """

    words: str = ""
    kind: Kind | None = None
    tag: str | None = None
    archived: bool | None = False


class ClientChanges(NamedTuple):
    """What is to be different about a client; what is left out stays.

    Attributes:
        columns: by the names of the table's columns; None empties one.
        add: further names, addresses, numbers and tags; those already there stay as they are.
        drop: those to be taken away.
    """

    columns: dict[str, Any]
    add: tuple[tuple[Detail, str], ...] = ()
    drop: tuple[tuple[Detail, str], ...] = ()


def add(store: Store, draft: ClientDraft, today: date, thresholds: Thresholds, *, another: bool = False) -> Client:
    """Add a client.

    Args:
        another: whether somebody of the same name may be there already.

    Raises:
        Conflict: if somebody of that name is there, and `another` was not said.
        WrongUse: if the name is empty.
    """
    if not name_key(draft.name):
        raise WrongUse("a client needs a name", 'c4l client add "Jane Doe"')
    with store.writing("client add") as changes:
        same = stored.named(changes, draft.name, today)
        if same and not another:
            there = same[0].ref
            raise Conflict(
                f"{there.name} is there already, as {there.handle}",
                f"c4l client show {there.handle} shows them; --another adds a second one of that name",
                [(client.ref.handle, client.ref.name) for client in same],
            )
        return _client(changes, insert(changes, draft, today), today, thresholds)


def details(draft: ClientDraft) -> tuple[tuple[Detail, tuple[str, ...]], ...]:
    """The names, addresses, numbers and tags of a draft."""
    return (
        (Detail.alias, draft.aliases),
        (Detail.email, draft.emails),
        (Detail.phone, draft.phones),
        (Detail.tag, draft.tags),
    )


def insert(changes: Changes, draft: ClientDraft, today: date) -> ClientRef:
    """Write a draft as a new client with all that belongs to it."""
    ref = stored.add(
        changes,
        name=" ".join(draft.name.split()),
        kind=draft.kind or Kind.customer,
        added_on=today,
        organisation=draft.organisation,
        role=draft.role,
        cadence_days=draft.cadence_days,
        since=draft.since,
    )
    for detail, values in details(draft):
        for value in values:
            stored.add_detail(changes, ref.id, detail, value)
    for fact, text in draft.facts:
        stored.add_fact(changes, ref.id, fact, text, today)
    for each in draft.key_dates:
        stored.add_key_date(changes, ref.id, each.label, each.month, each.day, each.year)
    return ref


def listed(
    store: Store, today: date, thresholds: Thresholds, wanted: WantedClients, limit: int | None = None
) -> ClientList:
    """Clients that match, in the order of their names."""
    filters: dict[str, Any] = {}
    if words := name_key(wanted.words):
        filters["part"] = stored.escaped(words)
    if wanted.kind is not None:
        filters["kind"] = wanted.kind
    if wanted.tag is not None:
        filters["tag"] = name_key(wanted.tag)
    if wanted.archived is not None:
        filters["archived" if wanted.archived else "active"] = None
    with store.reading() as tx:
        found = stored.listed(tx, today, thresholds.window_days, filters, limit)
        count = len(found) if limit is None or len(found) < limit else stored.counted(tx, today, filters)
    return ClientList(tuple(found), count - len(found), today)


def show(store: Store, client: ClientRef, today: date, thresholds: Thresholds) -> ClientPage:
    """All about one client."""
    with store.reading() as tx:
        recent = interactions.recent(tx, client.id, today, RECENT)
        return ClientPage(_client(tx, client, today, thresholds), tuple(recent), today)


def edit(store: Store, client: ClientRef, wanted: ClientChanges, today: date, thresholds: Thresholds) -> Client:
    """Change what is known of a client.

    Raises:
        Refused: if something that is to go is not there.
    """
    with store.writing("client edit") as changes:
        if wanted.columns:
            changes.update("client", client.id, **wanted.columns)
        for detail, value in wanted.drop:
            if not stored.drop_detail(changes, client.id, detail, value):
                raise Refused(f"{client.name} has no {detail} “{value}”", f"c4l client show {client.handle} shows them")
        for detail, value in wanted.add:
            stored.add_detail(changes, client.id, detail, value)
        return _client(changes, client, today, thresholds)


def rename(
    store: Store, client: ClientRef, name: str, today: date, thresholds: Thresholds, *, keep_alias: bool = False
) -> Client:
    """Give a client another name, and the handle that it makes."""
    name = " ".join(name.split())
    if not name_key(name):
        raise WrongUse("a client needs a name", 'c4l client rename jane-doe "Jane Roe"')
    with store.writing("client rename") as changes:
        handle = client.handle
        if name_key(name) != name_key(client.name):
            handle = stored.new_handle(changes, name)
        changes.update("client", client.id, name=name, name_key=name_key(name), handle=handle)
        if keep_alias and name_key(name) != name_key(client.name):
            stored.add_detail(changes, client.id, Detail.alias, client.name)
        return _client(changes, client, today, thresholds)


def archive(store: Store, client: ClientRef, on: date, today: date, thresholds: Thresholds) -> Client:
    """Put a client away from a day on; the past stays what it was.

    Raises:
        Conflict: if the client is archived on that day or later already.
        WrongUse: if the day is still to come.
    """
    _not_ahead(on, today)
    with store.writing("client archive") as changes:
        for _, spell in stored.spells(changes, client.id):
            if spell.end is None or spell.end > on:
                raise Conflict(
                    f"{client.name} is archived since {spell.start}", f"c4l client unarchive {client.handle}"
                )
        changes.insert("archiving", client_id=client.id, start_on=on)
        return _client(changes, client, today, thresholds)


def unarchive(store: Store, client: ClientRef, on: date, today: date, thresholds: Thresholds) -> Client:
    """Take a client back from a day on.

    Raises:
        Conflict: if the client is not archived.
        WrongUse: if the day is still to come, or before they were archived.
    """
    _not_ahead(on, today)
    with store.writing("client unarchive") as changes:
        standing = [(number, spell.start) for number, spell in stored.spells(changes, client.id) if spell.end is None]
        if not standing:
            raise Conflict(f"{client.name} is not archived", f"c4l client show {client.handle}")
        [(number, start)] = standing
        if on < start:
            raise WrongUse(f"{client.name} was archived only on {start}", "name that day or a later one with --on")
        changes.update("archiving", number, end_on=on)
        return _client(changes, client, today, thresholds)


def assess(
    store: Store,
    client: ClientRef,
    parts: dict[Part, Stake | int | Tier | None],
    on: date,
    today: date,
    thresholds: Thresholds,
    because: str | None = None,
) -> Client:
    """State your own view of a client as of a day; None withdraws a part.

    Raises:
        WrongUse: if nothing is stated, or the day is still to come.
    """
    _not_ahead(on, today)
    if not parts:
        raise WrongUse(
            "nothing was stated",
            f"c4l assess {client.handle} --stake high --value 120k --tier key --because “they renewed twice”",
        )
    with store.writing("assess") as changes:
        for part, said in parts.items():
            text = None if said is None else str(said)
            changes.insert("assessment", client_id=client.id, stated_on=on, part=part, said=text, because=because)
        return _client(changes, client, today, thresholds)


def handles(store: Store, beginning: str, today: date) -> list[str]:
    """Handles that begin so, for the shell to complete."""
    with store.reading() as tx:
        return stored.handles_beginning(tx, beginning, today, HANDLES_OFFERED)


def _client(tx: Transaction, ref: ClientRef, today: date, thresholds: Thresholds) -> Client:
    return stored.listed(tx, today, thresholds.window_days, {"clients": [ref.id]})[0]


def _not_ahead(on: date, today: date) -> None:
    if on > today:
        raise WrongUse(f"{on.isoformat()} is still to come", "name today or an earlier day with --on")
