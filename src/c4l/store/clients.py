"""Clients in the book: who answers to a name, what is known of somebody, and how one is added."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from c4l.domain.cadence import standing
from c4l.domain.clients import Client, Fact, KeyDate
from c4l.domain.names import Known, detail_key, free_handle, handle_base, handles_like, name_key, search_words
from c4l.domain.records import Part, Spell
from c4l.domain.terms import ClientRef, Detail, FactKind, Kind, Stake, Tier
from c4l.store import compiled as q
from c4l.store.store import Changes, Transaction, day_or_none

if TYPE_CHECKING:
    from c4l.domain.mentions import Lookups


def escaped(text: str) -> str:
    """The text for use in LIKE, its wildcards taken literally."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


_LAST = "\U0010ffff"


def after(text: str) -> str:
    """The end of the range of texts that begin with this one."""
    bare = text.rstrip(_LAST)
    if not bare:
        return _LAST * (len(text) + 1)
    # Half a pair of surrogates is no text.
    following = "\ue000" if bare[-1] == "\ud7ff" else chr(ord(bare[-1]) + 1)
    return bare[:-1] + following


# --- who is meant ----------------------------------------------------------------------------------------------------


def answering(tx: Transaction, text: str, parts: Sequence[str], day: date) -> list[Known]:
    """Everybody who could be meant by WHO: candidates, for the domain's `resolve` to choose from.

    Args:
        text: the whole of what was typed.
        parts: what stands between its commas.
    """
    if whole := _ids(tx.all(q.clients_exactly, key=name_key(text))):
        return known(tx, whole, day)
    found: set[int] = set()
    for typed in parts:
        part = typed.removeprefix("@")
        exact = _ids(tx.all(q.clients_exactly, key=name_key(part)))
        found |= exact or _ids(tx.all(q.clients_holding, part=escaped(search_words(part))))
    if len(parts) > 1:
        # A name may hold commas itself (`Acme, Inc.`) and stand among others.
        for part in parts:
            found |= _ids(tx.all(q.clients_starting, key=name_key(part), end=after(name_key(part))))
    return known(tx, found, day)


def is_name(tx: Transaction, text: str) -> bool:
    """Whether somebody has exactly this name, alias or handle."""
    return bool(tx.all(q.clients_exactly, key=name_key(text)))


def mentioned(tx: Transaction, wanted: "Lookups", day: date) -> list[Known]:
    """Everybody whom a note may name."""
    # A handle is never followed by more that makes it a first name: it is that word, or it is not.
    found = _ids(tx.all(q.clients_of_keys, keys=wanted.keys + wanted.first_words))
    for word in wanted.first_words:
        found |= _ids(tx.all(q.clients_starting, key=word, end=after(word)))
    return known(tx, found, day)


def known(tx: Transaction, clients: Iterable[int], day: date) -> list[Known]:
    """Clients by number, as matching sees them, in the order of their names."""
    wanted = list(clients)
    if not wanted:
        return []
    keys = _grouped(tx.all(q.aliases, clients=wanted))
    return [_known(row, [key for _, key, _ in keys[row[0]]]) for row in tx.all(q.known, clients=wanted, day=day)]


def everybody(tx: Transaction, day: date) -> list[Known]:
    """All clients as matching sees them; for the nearest names to one that was not found."""
    keys = _grouped(tx.all(q.aliases_all))
    return [_known(row, [key for _, key in keys[row[0]]]) for row in tx.all(q.known_all, day=day)]


def handles_beginning(tx: Transaction, beginning: str, day: date, limit: int) -> list[str]:
    """Handles of active clients that begin so."""
    rows = tx.all(q.handles_beginning, key=beginning, end=after(beginning), day=day, limit=limit)
    return [handle for (handle,) in rows]


def refs(tx: Transaction, clients: Iterable[int]) -> dict[int, ClientRef]:
    """Clients by number."""
    return {row[0]: ClientRef(*row) for row in tx.all(q.refs, clients=list(clients))}


def named(tx: Transaction, name: str, day: date) -> list[Known]:
    """The clients with exactly this name, alias or handle."""
    return known(tx, _ids(tx.all(q.clients_exactly, key=name_key(name))), day)


def _known(row: tuple[Any, ...], aliases: list[str]) -> Known:
    number, handle, name, key, archived = row
    return Known(
        ClientRef(number, handle, name), tuple(dict.fromkeys((key, name_key(handle), *aliases))), bool(archived)
    )


def _ids(rows: list[tuple[Any, ...]]) -> set[int]:
    return {number for (number,) in rows}


def _grouped(rows: list[tuple[Any, ...]]) -> defaultdict[int, list[tuple[Any, ...]]]:
    """Rows by their first column, without it."""
    groups: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for owner, *rest in rows:
        groups[owner].append(tuple(rest))
    return groups


# --- what is known ---------------------------------------------------------------------------------------------------


def listed(
    tx: Transaction, day: date, window_days: int, filters: dict[str, Any], limit: int | None = None
) -> list[Client]:
    """Clients with all that is known of them on a day, in the order of their names.

    Args:
        window_days: how long what was stated of a client stands.
        filters: by name, those of the listing `clients`, each with its parameter (None where it takes none).
    """
    given = {name: value for name, value in filters.items() if value is not None}
    rows = tx.narrowed(q.clients, filters, limit, day=day, **given)
    mine = [row[0] for row in rows]
    aliases, points, tags = (_grouped(tx.all(each, clients=mine)) for each in (q.aliases, q.contact_points, q.tags))
    facts, dates = (_grouped(tx.all(each, clients=mine)) for each in (q.facts, q.key_dates))
    last = dict(tx.all(q.last_contact, clients=mine, day=day))
    said: defaultdict[int, dict[str, str | None]] = defaultdict(dict)
    for number, part, text in tx.all(q.views, clients=mine, since=day - timedelta(days=window_days), day=day):
        said[number][part] = text
    return [
        Client(
            ref=ClientRef(*row[:3]),
            kind=Kind(row[3]),
            organisation=row[4],
            role=row[5],
            cadence_days=row[6],
            added_on=date.fromisoformat(row[7]),
            since=day_or_none(row[8]),
            next_on=standing(day_or_none(row[9]), day_or_none(last[row[0]])),
            snoozed_until=day_or_none(row[10]),
            archived=bool(row[11]),
            aliases=tuple(name for name, *_ in aliases[row[0]]),
            emails=tuple(value for kind, value, _ in points[row[0]] if kind == "email"),
            phones=tuple(value for kind, value, _ in points[row[0]] if kind == "phone"),
            tags=tuple(name for name, *_ in tags[row[0]]),
            facts=tuple(_fact(fact) for fact in facts[row[0]]),
            key_dates=tuple(KeyDate(*each[:4]) for each in dates[row[0]]),
            last_interaction_on=day_or_none(last[row[0]]),
            own_view=Tier(view) if (view := said[row[0]].get(Part.tier)) else None,
            stake=Stake(stake) if (stake := said[row[0]].get(Part.stake)) else None,
            value=int(value) if (value := said[row[0]].get(Part.value)) is not None else None,
        )
        for row in rows
    ]


def _fact(row: tuple[Any, ...]) -> Fact:
    kind, text, learned_on, reached_on, outcome, interaction = row
    return Fact(FactKind(kind), text, date.fromisoformat(learned_on), day_or_none(reached_on), outcome, interaction)


def spells(tx: Transaction, client: int) -> list[tuple[int, Spell]]:
    """The stretches of days on which a client was archived, each with its number."""
    return [
        (number, Spell(date.fromisoformat(start), day_or_none(end)))
        for _, start, end, number in tx.all(q.archivings, clients=[client])
    ]


# --- adding ----------------------------------------------------------------------------------------------------------


def new_handle(tx: Transaction, name: str) -> str:
    """A handle for the name that nobody has."""
    base = handle_base(name)
    rows = tx.all(q.handles_taken, base=base, key=f"{base}-", end=after(f"{base}-"))
    return free_handle(base, {handle for (handle,) in rows})


class Handles:
    """Handles that nobody has, for many new clients: equal names go on from the number that was given last."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._waiting: dict[str, Iterator[str]] = {}

    @classmethod
    def read(cls, tx: Transaction) -> Self:
        """With all those in mind that the book knows."""
        return cls(handle for (handle,) in tx.all(q.handles_all))

    def new(self, name: str) -> str:
        """A handle for the name, which nobody else is given from now on."""
        base = handle_base(name)
        like = self._waiting.setdefault(base, handles_like(base))
        handle = next(handle for handle in like if handle not in self._taken)
        self._taken.add(handle)
        return handle


def add(
    changes: Changes,
    *,
    name: str,
    kind: Kind,
    added_on: date,
    organisation: str | None = None,
    role: str | None = None,
    cadence_days: int | None = None,
    since: date | None = None,
    handle: str | None = None,
) -> ClientRef:
    """Add a client under a handle of their own: the one that is given, or the first free one."""
    handle = handle or new_handle(changes, name)
    number = changes.insert(
        "client",
        name=name,
        name_key=name_key(name),
        handle=handle,
        kind=kind,
        organisation=organisation,
        role=role,
        cadence_days=cadence_days,
        added_on=added_on,
        since_on=since,
    )
    return ClientRef(number, handle, name)


def details(tx: Transaction, client: int) -> dict[tuple[Detail, str], tuple[str, int]]:
    """The names, addresses, numbers and tags of a client by kind and key, each with its table and number."""
    there: dict[tuple[Detail, str], tuple[str, int]] = {}
    for detail, statement in ((Detail.alias, q.aliases), (Detail.tag, q.tags)):
        there |= {(detail, key): (detail.value, number) for _, _, key, number in tx.all(statement, clients=[client])}
    for _, kind, value, number in tx.all(q.contact_points, clients=[client]):
        there[Detail(kind), detail_key(Detail(kind), value)] = ("contact_point", number)
    return there


def add_details(changes: Changes, client: int, wanted: Iterable[tuple[Detail, str]], *, new: bool = False) -> bool:
    """Add names, addresses, numbers and tags; False where all of them are there already.

    Args:
        new: whether the client was added just now, so that nothing can be there.
    """
    there = set() if new else set(details(changes, client))
    before = len(there)
    for detail, text in wanted:
        value, key = text.strip(), detail_key(detail, text)
        if not key or (detail, key) in there:
            continue
        there.add((detail, key))
        match detail:
            case Detail.alias | Detail.tag:
                changes.insert(detail.value, client_id=client, name=value, name_key=key)
            case _:
                changes.insert("contact_point", client_id=client, kind=detail, value=value, value_key=key)
    return len(there) > before


def drop_detail(changes: Changes, client: int, detail: Detail, value: str) -> bool:
    """Take a name, address, number or tag away; False where it is not there."""
    found = details(changes, client).get((detail, detail_key(detail, value)))
    if found is None:
        return False
    changes.delete(*found)
    return True


def add_fact(
    changes: Changes, client: int, kind: FactKind, text: str, learned_on: date, interaction: int | None = None
) -> None:
    """Something worth remembering."""
    changes.insert("fact", client_id=client, kind=kind, text=text, learned_on=learned_on, interaction_id=interaction)


def add_key_date(changes: Changes, client: int, label: str, month: int, day: int, year: int | None) -> None:
    """A day that comes round every year."""
    changes.insert("key_date", client_id=client, label=label, month=month, day=day, year=year)


def counted(tx: Transaction, day: date, filters: dict[str, Any]) -> int:
    """How many clients the filters let through."""
    return tx.count(
        q.clients, filters, day=day, **{name: value for name, value in filters.items() if value is not None}
    )


def set_next(changes: Changes, client: int, day: date) -> None:
    """The day of the next contact, in place of the cadence until there is contact on it or later."""
    changes.update("client", client, next_on=day)


# --- knowing somebody again ------------------------------------------------------------------------------------------


class Profile(NamedTuple):
    """What the book says of a client, as a file is compared with it.

    Attributes:
        columns: of the client's row, by name.
        facts: each as (kind, text).
        key_dates: each with its number.
    """

    columns: dict[str, Any]
    facts: frozenset[tuple[str, str]]
    key_dates: dict[KeyDate, int]


def profile(tx: Transaction, client: int) -> Profile:
    """What the book says of a client."""
    return Profile(
        dict(zip(q.COLUMNS["client"], tx.all(q.client_get, id=client)[0], strict=True)),
        frozenset((kind, text) for _, kind, text, *_ in tx.all(q.facts, clients=[client])),
        {KeyDate(*each): number for _, *each, number in tx.all(q.key_dates, clients=[client])},
    )


def sources(tx: Transaction) -> list[tuple[str, int]]:
    """Every word by which a file called a client, with the client's number."""
    return [(uid, client) for uid, client in tx.all(q.sources_all)]


def all_names(tx: Transaction) -> list[tuple[str, int]]:
    """The key of every name and alias, with the client's number."""
    return [(key, client) for key, client in tx.all(q.names_all)]


def all_points(tx: Transaction) -> list[tuple[str, int]]:
    """The key of every address and telephone number, with the client's number."""
    return [(key, client) for key, client in tx.all(q.points_all)]


def add_source(changes: Changes, client: int, uid: str) -> None:
    """The word by which a file calls a client."""
    changes.insert("source", client_id=client, uid=uid)
