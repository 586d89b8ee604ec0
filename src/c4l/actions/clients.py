"""Clients: adding, looking at, changing, archiving."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from c4l.actions.drafts import ClientDraft
from c4l.domain.clients import Client, Interaction
from c4l.domain.errors import Conflict, Refused, WrongUse
from c4l.domain.names import LONGEST, Known, check_readable, detail_key, handle_base, name_key
from c4l.domain.terms import ClientRef, Detail, Kind
from c4l.domain.thresholds import Thresholds
from c4l.store import clients as stored
from c4l.store import interactions, promises
from c4l.store.store import Changes, Store, Transaction, bound

HANDLES_OFFERED = 50
RECENT = 3

WORDS = {
    Detail.alias: "an alias",
    Detail.email: "an e-mail address",
    Detail.phone: "a phone number",
    Detail.tag: "a tag",
}


class ClientPage(NamedTuple):
    """All about one client, with the last few interactions, newest first."""

    client: Client
    recent: tuple[Interaction, ...]
    today: date


class ClientList(NamedTuple):
    """Clients that match, and how many more there are.

    Attributes:
        others: where nobody matches, how many are here whom the question left out.
    """

    clients: tuple[Client, ...]
    more: int
    today: date
    others: int = 0


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
        WrongUse: if the name is empty, or something in the draft cannot be what it is said to be.
    """
    draft = draft._replace(
        name=_name(draft.name, 'c4l client add "Jane Doe"'),
        organisation=_line("an organisation", draft.organisation or "") or None,
        role=_line("a role", draft.role or "") or None,
        aliases=checked(Detail.alias, draft.aliases),
        emails=checked(Detail.email, draft.emails),
        phones=checked(Detail.phone, draft.phones),
        tags=checked(Detail.tag, draft.tags),
    )
    with store.writing("client add") as changes:
        if not another:
            _refuse_taken(draft.name, stored.named(changes, draft.name, today), "--another adds a second one")
        return _client(changes, insert(changes, draft, today), today, thresholds)


def _refuse_taken(name: str, same: Iterable[Known], otherwise: str) -> None:
    """Refuse a name that somebody has: two of one name would have to be told apart ever after."""
    them = list(same)
    if not them:
        return
    there = them[0].ref
    if name_key(there.name) == name_key(name):
        message = f"{there.name} is there already, as {there.handle}"
    else:
        message = f"“{name}” already names {there.name}, {there.handle}"
    way = f"c4l client show {there.handle} shows them"
    if them[0].archived:
        message, way = f"{message}, archived", f"c4l client unarchive {there.handle} takes them back"
    raise Conflict(
        message, f"{way}; {otherwise} of that name", [(client.ref.handle, client.ref.name) for client in them]
    )


def _name(text: str, example: str) -> str:
    """A name as it is kept: in one line, not empty, not too long."""
    if not name_key(text):
        raise WrongUse("a client needs a name", example)
    check_readable(text)
    return _line("a name", text)


def _line(what: str, text: str) -> str:
    """A text as it is kept: in one line, not too long."""
    line = one_line(text)
    if len(line) > LONGEST:
        raise WrongUse(
            f"{what} of {len(line)} characters is too long",
            f"at most {LONGEST} are kept; more belongs in a note: c4l log WHO NOTE",
        )
    return line


def checked(detail: Detail, values: Iterable[str]) -> tuple[str, ...]:
    """Names, addresses, numbers or tags as they are kept.

    Raises:
        WrongUse: if one is empty, too long, or no address.
    """
    lines = tuple(_line(WORDS[detail], value) for value in values)
    for line in lines:
        if not detail_key(detail, line):
            raise WrongUse(f"--{detail} says nothing", f"give it a value, or leave --{detail} out")
        if detail is Detail.email and "@" not in line:
            raise WrongUse(f"“{line}” is no e-mail address", "an address holds an @: jane@example.com")
    return lines


def one_line(text: str) -> str:
    """The text as the book keeps it, with every run of white space, line breaks among it, made one space."""
    return " ".join(str(bound(text)).split())


def details(draft: ClientDraft) -> list[tuple[Detail, str]]:
    """The names, addresses, numbers and tags of a draft; an alias that is the name itself is none."""
    own = name_key(draft.name)
    return [
        *((Detail.alias, value) for value in draft.aliases if name_key(value) != own),
        *((Detail.email, value) for value in draft.emails),
        *((Detail.phone, value) for value in draft.phones),
        *((Detail.tag, value) for value in draft.tags),
    ]


def insert(changes: Changes, draft: ClientDraft, today: date, handle: str | None = None) -> ClientRef:
    """Write a draft as a new client with all that belongs to it, under a handle that nobody has."""
    ref = stored.add(
        changes,
        name=one_line(draft.name),
        kind=draft.kind or Kind.customer,
        added_on=today,
        organisation=draft.organisation,
        role=draft.role,
        cadence_days=draft.cadence_days,
        since=draft.since,
        handle=handle,
    )
    stored.add_details(changes, ref.id, details(draft), new=True)
    for fact, text in draft.facts:
        stored.add_fact(changes, ref.id, fact, text, today)
    for each in draft.key_dates:
        stored.add_key_date(changes, ref.id, each.label, each.month, each.day, each.year)
    return ref


def listed(
    store: Store, today: date, thresholds: Thresholds, wanted: WantedClients, limit: int | None = None
) -> ClientList:
    """Clients that match, in the order of their names.

    Raises:
        WrongUse: if the words are longer than any name.
    """
    if len(wanted.words) > LONGEST:
        raise WrongUse(f"no name holds {len(wanted.words)} characters", f"say a part of a name, {LONGEST} at most")
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
        others = 0 if found else stored.counted(tx, today, {"active": None})
    return ClientList(tuple(found), count - len(found), today, others)


def show(store: Store, client: ClientRef, today: date, thresholds: Thresholds) -> ClientPage:
    """All about one client."""
    with store.reading() as tx:
        recent = interactions.recent(tx, client.id, today, RECENT)
        return ClientPage(_client(tx, client, today, thresholds), tuple(recent), today)


def edit(
    store: Store,
    client: ClientRef,
    wanted: ClientChanges,
    today: date,
    thresholds: Thresholds,
    verb: str = "client edit",
) -> Client:
    """Change what is known of a client.

    Args:
        verb: what the user asked for, as the journal tells it.

    Raises:
        Refused: if something that is to go is not there.
        WrongUse: if something is to come and to go, or cannot be what it is said to be.
    """
    columns = {
        column: _line(_TEXTS[column], said) or None if column in _TEXTS and said is not None else said
        for column, said in wanted.columns.items()
    }
    coming = [(detail, value) for detail, text in wanted.add for value in checked(detail, [text])]
    keys = {(detail, detail_key(detail, value)) for detail, value in coming}
    going = [(detail, one_line(value)) for detail, value in wanted.drop]
    for detail, value in going:
        if (detail, detail_key(detail, value)) in keys:
            raise WrongUse(f"the {detail} “{value}” is both added and taken away", f"say --{detail} or --no-{detail}")
    with store.writing(verb) as changes:
        if columns:
            changes.update("client", client.id, **columns)
        for detail, value in going:
            if not stored.drop_detail(changes, client.id, detail, value):
                raise Refused(
                    f"{client.name} has no {detail} “{value}”", f"c4l client show {client.handle} shows what is there"
                )
        stored.add_details(changes, client.id, coming)
        return _client(changes, client, today, thresholds)


_TEXTS = {"organisation": "an organisation", "role": "a role"}


def rename(
    store: Store,
    client: ClientRef,
    name: str,
    today: date,
    thresholds: Thresholds,
    *,
    keep_alias: bool = False,
    another: bool = False,
) -> Client:
    """Give a client another name, and the handle that it makes.

    Args:
        keep_alias: whether the old name stays as an alias.
        another: whether somebody else of the new name may be there already.

    Raises:
        Conflict: if somebody else has the name, and `another` was not said.
        WrongUse: if the name is empty or too long.
    """
    name = _name(name, f'c4l client rename {client.handle} "Jane Roe"')
    with store.writing("client rename") as changes:
        if not another:
            others = (known for known in stored.named(changes, name, today) if known.ref.id != client.id)
            _refuse_taken(name, others, "--another makes a second one")
        # Jane Doe-Roe keeps the handle that Jane Doe Roe had, rather than losing it to herself.
        same = handle_base(name) == handle_base(client.name)
        handle = client.handle if same else stored.new_handle(changes, name)
        changes.update("client", client.id, name=name, name_key=name_key(name), handle=handle)
        stored.drop_detail(changes, client.id, Detail.alias, name)
        if keep_alias and name_key(name) != name_key(client.name):
            stored.add_details(changes, client.id, [(Detail.alias, client.name)])
        return _client(changes, client, today, thresholds)


def archive(store: Store, client: ClientRef, on: date, today: date, thresholds: Thresholds) -> Client:
    """Put a client away from a day on; the past stays what it was.

    Raises:
        Conflict: if the client is archived now, or was on that day or later.
        WrongUse: if the day is still to come.
    """
    from c4l.domain.dates import long

    refuse_ahead(on, today)
    with store.writing("client archive") as changes:
        for _, spell in stored.spells(changes, client.id):
            if spell.end is None:
                raise Conflict(
                    f"{client.name} is archived since {long(spell.start)}",
                    f"c4l client unarchive {client.handle} takes them back",
                )
            if spell.end > on:
                raise Conflict(
                    f"{client.name} was archived from {long(spell.start)} to {long(spell.end)}",
                    f"name {long(spell.end)} or a later day with --on",
                )
        changes.insert("archiving", client_id=client.id, start_on=on)
        return _client(changes, client, today, thresholds)


def unarchive(store: Store, client: ClientRef, on: date, today: date, thresholds: Thresholds) -> Client:
    """Take a client back from a day on.

    Raises:
        Conflict: if the client is not archived.
        WrongUse: if the day is still to come, or before they were archived.
    """
    from c4l.domain.dates import long

    refuse_ahead(on, today)
    with store.writing("client unarchive") as changes:
        standing = [(number, spell.start) for number, spell in stored.spells(changes, client.id) if spell.end is None]
        if not standing:
            raise Conflict(f"{client.name} is not archived", "c4l client list --archived lists those who are")
        [(number, start)] = standing
        if on < start:
            raise WrongUse(
                f"{client.name} was archived only on {long(start)}", "name that day or a later one with --on"
            )
        if on == start:
            # They were never away, not for a day: nothing must stand in the way of another archiving.
            changes.delete("archiving", number)
        else:
            changes.update("archiving", number, end_on=on)
        return _client(changes, client, today, thresholds)


def open_promises(store: Store, client: ClientRef) -> int:
    """How many promises between you and a client are open."""
    with store.reading() as tx:
        return promises.counted(tx, {"open": None, "clients": [client.id]})


def handles(store: Store, beginning: str, today: date) -> list[str]:
    """Handles that begin so, for the shell to complete."""
    with store.reading() as tx:
        return stored.handles_beginning(tx, name_key(beginning), today, HANDLES_OFFERED)


def _client(tx: Transaction, ref: ClientRef, today: date, thresholds: Thresholds) -> Client:
    return stored.listed(tx, today, thresholds.window_days, {"clients": [ref.id]})[0]


def refuse_ahead(on: date, today: date) -> None:
    """Refuse a day that is still to come: what is not yet so cannot have been said or done.

    Raises:
        WrongUse: if it is.
    """
    if on > today:
        from c4l.domain.dates import long

        raise WrongUse(f"{long(on)} is still to come", "name today or an earlier day with --on")
