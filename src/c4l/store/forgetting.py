"""Forgetting a client: every row of theirs, all that the journal and the index of words know of them, in any book.

What stays is an entry that says that somebody was forgotten, and the texts of others that name them, to be mended.
"""

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from c4l.domain.names import Known, name_key
from c4l.domain.naming import Names, first_name
from c4l.domain.search import Hit, Phrase, Sought, folded
from c4l.domain.terms import ClientRef, Detail
from c4l.store import clients, files, history, search, traces
from c4l.store import compiled as q
from c4l.store.journal import Row
from c4l.store.runs import cells_of, change, rows_in, touches
from c4l.store.store import Changes, Transaction, day_or_none

_LAST = 2**62
_LEAST_DIGITS = 6

_TEXTS = {"assessment": ("because", "stated_on"), "key_date": ("label", None), "tag": ("name", None)}
"""Texts about others that are in no index, each with its day."""


_KEPT = frozenset((".db", ".json", ".csv", ".vcf", ".part"))
"""How the names of files end in which c4l, or who asked it to, keeps people."""


_WORDS = ("note", "text", "outcome", "what", "because", "plan", "label", "organisation", "role")
"""Columns with words that can name others."""


class Person(NamedTuple):
    """Whom to forget: by what a book knows them, now or formerly.

    Attributes:
        numbers: theirs, and those of whoever was taken back under one of their names.
        handles: all that they ever had.
        called: their names and aliases, as they are compared.
        others: number and handle of everybody else whom the book knows or knew.
        whole: names, handles, addresses and numbers.
        names: by what a text can name them: first names, too.
    """

    client: ClientRef
    numbers: frozenset[int]
    handles: frozenset[str]
    called: frozenset[str]
    others: frozenset[tuple[int, str]]
    whole: Names
    names: Names

    def is_meant(self, number: int, cells: Mapping[str, Any]) -> bool:
        """Whether a client of some book, as a row there tells of them now or told formerly, is this person.

        A book that took the place of another knows them by another number, and that number can be another's.
        """
        if cells["handle"] not in self.handles:
            return False
        is_another = (number, cells["handle"]) in self.others
        return number in self.numbers or (not is_another and name_key(cells["name"]) in self.called)

    def is_alike(self, ref: ClientRef) -> bool:
        """Whether a client of some book has their name, and nothing tells whether it is this person."""
        cells = {"handle": ref.handle, "name": ref.name}
        is_known = (ref.id, ref.handle) in self.others or self.is_meant(ref.id, cells)
        return not is_known and name_key(ref.name) in self.called


class Gone(NamedTuple):
    """What was forgotten.

    Attributes:
        counts: how many rows of each table went.
        interactions: those with nobody else, which went.
        joint: those with others, which stay without them.
    """

    counts: dict[str, int]
    interactions: list[int]
    joint: list[int]


# --- who it is -------------------------------------------------------------------------------------------------------


def person(tx: Transaction, client: ClientRef) -> Person | None:
    """Whom to forget, with every name they ever had; None where neither the book nor its journal knows of them.

    To be asked before they are gone. Whoever was added under one of their names and taken back is the same to a
    reader: their addresses lie in the journal, and nobody could ever name them again.
    """
    everybody = _everybody_ever(tx)
    there = {number for number, _, _ in tx.all(q.refs, clients=list(everybody))}
    gone = {number: {name_key(each["name"]) for each in everybody[number]} for number in everybody.keys() - there}
    numbers = {client.id for cells in everybody.get(client.id, ()) if cells["handle"] == client.handle}
    called, more = set[str](), {name_key(client.name)}
    while more - called:
        called |= more
        numbers |= {number for number, names in gone.items() if names & called}
        rows = traces.of_clients(tx, numbers)
        ever = {table: list(_ever(tx, table, rows[table])) for table in ("client", "alias", "contact_point")}
        names = {cells["name"] for table in ("client", "alias") for cells in ever[table]}
        more = set(map(name_key, names))
    if not numbers:
        return None
    handles = frozenset(cells["handle"] for cells in ever["client"])
    whole = names | handles | set(_addresses(ever["contact_point"]))
    first = {first_name(cells["name"]) for cells in ever["client"]}
    others = {(number, each["handle"]) for number in everybody.keys() - numbers for each in everybody[number]}
    return Person(
        client,
        frozenset(numbers),
        handles,
        frozenset(called),
        frozenset(others),
        Names.of(whole, any_case=True),
        Names.of(whole, first, any_case=True),
    )


def _everybody_ever(tx: Transaction) -> dict[int, list[Mapping[str, Any]]]:
    """Each client of a book and its journal, by number: as they are, and as they ever were."""
    rows = list(tx.all(q.client_between, first=0, last=_LAST))
    for table, _, before in tx.each(q.changes_before):
        if table == "client":
            rows += filter(None, rows_in(before))
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(cells_of("client", row) or {})
    return found


def _addresses(points: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What tells somebody from others: a number of a few digits does not."""
    for cells in points:
        if cells["kind"] != Detail.phone or sum(map(str.isdigit, cells["value"])) >= _LEAST_DIGITS:
            yield from (cells["value"], cells["value_key"])


def taken_back(tx: Transaction) -> list[Known]:
    """The clients who are no longer in the book, but in its journal: whoever was added, and then undone."""
    last = {cells["id"]: cells for table, cells in traces.removed(tx) if table == "client"}
    there = {number for number, _, _ in tx.all(q.refs, clients=list(last))}
    refs = (ClientRef(number, cells["handle"], cells["name"]) for number, cells in last.items() if number not in there)
    return [Known.of(ref) for ref in refs]


def _ever(tx: Transaction, table: str, numbers: Iterable[int]) -> Iterator[Mapping[str, Any]]:
    """Some rows as they are and as they ever were, as far as the journal knows."""
    for number in numbers:
        for row in tx.all(getattr(q, f"{table}_get"), id=number):
            yield cells_of(table, row) or {}
        for touch in touches(tx, table, number, number):
            before = change(tx, touch.change).before
            if before and (cells := cells_of(table, before[number - touch.first])):
                yield cells


def holds(tx: Transaction, who: Person) -> bool:
    """Whether a book knows the client, or its journal still does."""
    return bool(_numbers(tx, who))


def _numbers(tx: Transaction, who: Person) -> set[int]:
    """The numbers under which a book knows somebody."""
    return {
        number for number, states in _everybody_ever(tx).items() if any(who.is_meant(number, cells) for cells in states)
    }


# --- forgetting ------------------------------------------------------------------------------------------------------


def forget(changes: Changes, who: Person) -> Gone:
    """Remove a client with all that is theirs, and empty the journal of it and of what else names them.

    A note of an interaction with others stays as it is now; what it was before is emptied, too.
    """
    numbers = _numbers(changes, who)
    rows = traces.of_clients(changes, numbers)
    everybody = {number: set(history.participants(changes, number)) for number in rows["interaction"]}
    alone = {number for number, there in everybody.items() if there <= numbers}
    joint = sorted(number for number in rows["interaction"] - alone if changes.all(q.interaction_get, id=number))
    _let_go(changes, rows, alone)
    counts = {}
    for table in reversed(q.RECORDS):
        wanted = alone if table == "interaction" else rows[table]
        there = [row for number in sorted(wanted) for row in changes.all(getattr(q, f"{table}_get"), id=number)]
        if there:
            changes.put(table, [(row, None) for row in there])
        counts[table] = len(there)
    for table, former in _naming(changes, who):
        rows[table] |= former
    _complete(changes, rows)
    if any(rows.values()):
        # Also where only the journal knew of them: history says that somebody was forgotten.
        assert changes.entry  # noqa: S101 - made by being asked for
    traces.forget(changes, rows)
    return Gone({table: counts[table] for table in q.RECORDS}, sorted(alone), joint)


def _complete(tx: Transaction, rows: traces.Rows) -> None:
    """Add all else of those whom only the journal knows and is to forget: nobody could name them any more."""
    gone = rows["client"] - {number for number, _, _ in tx.all(q.refs, clients=rows["client"])}
    for table, theirs in traces.of_clients(tx, gone).items():
        rows[table] |= theirs


def _let_go(changes: Changes, rows: traces.Rows, interactions: set[int]) -> None:
    """Take others' facts and promises out of interactions that go."""
    for table, statement in (("fact", q.fact_of_interaction), ("promise", q.promise_of_interaction)):
        for (number,) in changes.all(statement, numbers=interactions):
            if number not in rows[table]:
                changes.update(table, number, interaction_id=None)


def _naming(tx: Transaction, who: Person) -> Iterator[tuple[str, set[int]]]:
    """The rows of which the journal knows a former state that names somebody, by table; texts by a first name, too."""
    for table, first, before in list(tx.each(q.changes_before)):
        found = {
            first + place for place, row in enumerate(rows_in(before)) if row is not None and _names(table, row, who)
        }
        if found:
            yield table, found


def _names(table: str, row: Row, who: Person) -> bool:
    cells = dict(zip(q.COLUMNS[table], row, strict=True))
    return any(
        (who.names if column in _WORDS else who.whole).within(cell)
        for column, cell in cells.items()
        if isinstance(cell, str)
    )


def hide(changes: Changes, names: Names, instead: str) -> None:
    """Put other words in place of a name wherever a text about others names somebody, and keep nothing of the old.

    For books that nobody reads over, such as backups. A name that somebody else in the book has, too, stays: nothing
    tells which of them a text means.
    """
    names = _without(names, _others(changes))
    found = {place for phrase in names.sought() for place in search.rows(changes, phrase)}
    found |= {(table, row[0]) for table in _TEXTS for row in changes.all(_all_of(table), first=0, last=_LAST)}
    changed: traces.Rows = {table: set() for table in q.RECORDS}
    for table, number in sorted(found):
        [row] = changes.all(getattr(q, f"{table}_get"), id=number)
        cells = cells_of(table, row) or {}
        texts = {name: names.hidden(cells[name], instead) for name in _WORDS if names.within(cells.get(name))}
        if texts and changes.update(table, number, **texts):
            changed[table].add(number)
    traces.forget(changes, changed)


def _others(tx: Transaction) -> set[Phrase]:
    """The names, aliases and handles of all who are in a book."""
    known = clients.everybody(tx, date.max)
    return {tuple(folded(name).split()) for each in known for name in (each.ref.name, *each.keys)}


def _without(names: Names, others: Collection[Phrase]) -> Names:
    """The names that are not those of others, too."""
    phrases = {first: [each for each in found if each not in others] for first, found in names.phrases.items()}
    alone, spoken = (
        frozenset(word for word in words if tuple(folded(word).split()) not in others)
        for words in (names.alone, names.spoken)
    )
    return Names(phrases, alone, spoken)


# --- who else speaks of them -----------------------------------------------------------------------------------------


def naming(tx: Transaction, who: Person) -> list[Hit]:
    """The texts of others that name somebody: by a whole name, a handle, an address, or a first name; newest first.

    That others are called by the same first name is no text about anybody.
    """
    hits = dict[Hit, None]()
    for phrase in dict.fromkeys(who.names.sought()):
        for hit in search.find(tx, [phrase]):
            names = who.whole if hit.kind is Sought.client else who.names
            if names.within(hit.text):
                hits[hit] = None
    hits |= {hit: None for hit in _beside_the_index(tx) if who.names.within(hit.text)}
    return sorted(hits, key=lambda hit: (hit.on or date.min, hit.kind, hit.number or 0), reverse=True)


def left_unsaved(book: Path, names: Names) -> list[Path]:
    """The files beside a book that hold what was typed and not saved yet, and name somebody."""
    found = sorted(path for path in files.unsaved_of(book).rglob("*") if path.is_file())
    return [path for path in found if any(map(names.within, _texts_in(path)))]


def files_holding(book: Path, who: Person) -> list[Path]:
    """What else lies beside a book and names somebody by a whole name: salvaged books, other books, exports.

    Where the book is named by a link, what lies beside that is looked at, too.
    """
    folders = {book.parent.resolve(), book.resolve().parent}
    beside = [path for folder in folders for pattern in ("*", "*/*.csv") for path in folder.glob(pattern)]
    found = sorted(path for path in beside if path.suffix in _KEPT and path.is_file() and not path.is_symlink())
    return [path for path in found if path != book.resolve() and _file_holds(path, who)]


def _file_holds(path: Path, who: Person) -> bool:
    try:
        if path.suffix != ".db":
            return any(map(who.whole.within, _texts_in(path)))
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            tx = Transaction(opened)
            return holds(tx, who) or any(who.whole.within(hit.text) for hit in naming(tx, who))
    except (sqlite3.DatabaseError, UnicodeDecodeError, OSError):
        # No book of ours, or a damaged one: the bytes themselves are looked at.
        with suppress(OSError):
            held = path.read_bytes().lower()
            words = ([re.escape(word.encode()) for word in phrase] for phrase in who.whole.sought())
            return any(re.search(rb"\W{1,2}".join(phrase), held) for phrase in words)
        # What another program removed meanwhile holds nobody.
        return path.exists()


def _texts_in(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        yield line
        # Answers to questions lie there as JSON, in which letters can be written as numbers.
        with suppress(ValueError):
            yield str(json.loads(line))


def _all_of(table: str) -> str:
    return str(getattr(q, f"{table}_between"))


def _beside_the_index(tx: Transaction) -> Iterator[Hit]:
    for table, (text, day) in _TEXTS.items():
        for row in tx.each(_all_of(table), first=0, last=_LAST):
            cells = cells_of(table, row) or {}
            if cells[text]:
                ref = clients.refs(tx, [cells["client_id"]])[cells["client_id"]]
                on = day_or_none(cells[day]) if day else None
                yield Hit(Sought.client, None, on, (ref,), table, cells[text])
