"""What a command did to the book, and the words in which it is told: derived from the rows, whenever it is shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from c4l.domain.terms import ClientRef, Party

Cells = Mapping[str, Any]


class Did(StrEnum):
    """What became of a row, from before a command to after it."""

    added = "added"
    changed = "changed"
    removed = "removed"


class RowChange(NamedTuple):
    """One row, by the names of its columns, as a command found it and as it left it.

    Attributes:
        before: None where there was none, and where what it held is forgotten; `after` likewise.
    """

    table: str
    number: int
    did: Did
    before: Cells | None
    after: Cells | None

    @property
    def cells(self) -> Cells:
        """What it held last."""
        return self.after or self.before or {}


class Count(NamedTuple):
    """How many rows of a table the same became of."""

    table: str
    did: Did
    rows: int


class Entry(NamedTuple):
    """One command that changed something.

    Attributes:
        undoes: the entry that it took back, where it is an undo.
        undone_by: the entry that took it back, where that still stands.
        rows: None where there are so many that they are only counted.
        people: the clients whom the rows name, by number.
        about: those of them whom the entry is about, in the order in which they stand in it.
        root: for an undo, the command that it took back or, `again`, brought back in the end.
    """

    number: int
    at: datetime
    verb: str
    undoes: int | None = None
    undone_by: int | None = None
    counts: tuple[Count, ...] = ()
    rows: tuple[RowChange, ...] | None = None
    people: Mapping[int, ClientRef] = {}
    about: tuple[ClientRef, ...] = ()
    root: "Entry | None" = None
    again: bool = False


# --- in words --------------------------------------------------------------------------------------------------------

UNDO = "undo"
FORGET = "client forget"
"""Of what it did nothing is told, as nothing is known any more."""
DEMO = "demo"
UNKNOWN_BEFORE = frozenset(("accept", "salvage"))
"""Commands that write down what another hand, or the disk, had left: what was there before nobody knows."""

PAST = {
    "log": "logged",
    "promise": "promised",
    "keep": "kept",
    "move": "moved",
    "break": "broke",
    "release": "released",
    "assess": "assessed",
    "client add": "added",
    "client edit": "changed",
    "client rename": "renamed",
    "client archive": "archived",
    "client unarchive": "took back",
    "remember": "remembered about",
    "date": "set a date of",
    "tag": "tagged",
    "snooze": "snoozed",
    "edit": "changed",
    "remove": "removed",
    "import": "imported",
    "demo": "made the demo",
    "accept": "accepted as it is now",
    "salvage": "salvaged, as it reads now",
}
"""What each command did, for a sentence that goes on with what it did it to; others are told by their names."""

IN_BULK = frozenset({"import", "demo", *UNKNOWN_BEFORE})
"""Commands that are told by what they brought, however little that was."""

NOUNS = {
    "client": ("client", "clients"),
    "interaction": ("interaction", "interactions"),
    "promise": ("promise", "promises"),
    "signal": ("signal", "signals"),
    "fact": ("fact", "facts"),
    "key_date": ("date", "dates"),
    "assessment": ("statement", "statements"),
    "tag": ("tag", "tags"),
    "alias": ("alias", "aliases"),
    "contact_point": ("address or number", "addresses and numbers"),
    "archiving": ("archiving", "archivings"),
}
"""The tables that are told, in this order: the others repeat, or belong to, what these hold."""

COLUMNS = {
    "happened_on": "day",
    "at_time": "time",
    "reached_out": "who reached out",
    "what": "words",
    "first_due_on": "due day",
    "due_on": "due day",
    "made_on": "day made",
    "cadence_days": "cadence",
    "since_on": "since",
    "next_on": "next contact",
    "snoozed_until_on": "snoozed until",
}
"""What people call a column whose name is not its word."""

_BEFORE_REST = {"move": " to ", "snooze": " until ", "edit": ": "}
_MOST_NAMES = 3
_MOST_COUNTS = 4


def words(entry: Entry) -> str:
    """What a command did, in one line: “logged call with Jane Doe, 2 promises”."""
    if entry.root is not None:
        return f"{'redid' if entry.again else 'undid'} {entry.root.number}, {words(entry.root)}"
    if entry.verb == FORGET:
        return "forgot a client"
    past = PAST.get(entry.verb)
    if past is None or entry.rows is None or entry.verb in IN_BULK:
        return f"{past or entry.verb}: {counted(entry.counts, unsaid=past)}"
    main, subject = _subject(entry, entry.rows)
    rest = ", ".join(_rest(entry, entry.rows, main))
    before = _BEFORE_REST.get(entry.verb, ": " if main == "client" else ", ")
    return f"{past} {subject}{before}{rest}" if rest else f"{past} {subject}"


def _subject(entry: Entry, rows: Sequence[RowChange]) -> tuple[str, str]:
    """The table of what an entry is about before all else, and the words for it."""
    of = {table: [row for row in rows if row.table == table] for table in ("interaction", "promise")}
    main = next((table for table, found in of.items() if found), "client")
    names = _names(entry.about)
    if main == "client":
        return main, names or "somebody"
    found = of[main]
    if main == "interaction" and any(row.did is not Did.changed for row in found):
        # The promises of an interaction that went stay, and are not what it is about.
        found = [row for row in found if row.did is not Did.changed]
    one = found[0].cells
    if main == "interaction":
        what = one.get("channel", "interaction") if len(found) == 1 else f"{len(found)} interactions"
        return main, f"{what} with {names}" if names else what
    what = f"“{_line(one.get('what', ''))}”" if len(found) == 1 else f"{len(found)} promises"
    by = "by " if one.get("owner") == Party.them else ""
    return main, f"{what} ({by}{names})" if names else what


def _rest(entry: Entry, rows: Sequence[RowChange], main: str) -> Iterator[str]:
    """What there is to say beside the subject."""
    if entry.verb == "client rename":
        yield from (f"was {row.before['name']}" for row in rows if row.table == "client" and row.before)
    if entry.verb in ("edit", "client edit"):
        yield from dict.fromkeys(word for row in rows if row.table == main for word in _changed_columns(row))
    if entry.verb in ("move", "snooze"):
        yield from _until(rows)
    others = [row for row in rows if row.table in NOUNS and row.table != main]
    if main == "client":
        yield from (_with_text(row) for row in others if _text(row))
        return
    for table in NOUNS:
        for did in (Did.added, Did.removed):
            count = sum(row.table == table and row.did is did for row in others)
            if count:
                yield _of_rest(Count(table, did, count), entry.verb)


def _of_rest(count: Count, verb: str) -> str:
    if count.did is Did.removed and verb != "remove":
        return f"without {numbered(count)}"
    return numbered(count) if count.table != "client" else f"{count.rows} new {NOUNS['client'][count.rows > 1]}"


def _until(rows: Iterable[RowChange]) -> Iterator[str]:
    """The day to which something was put off."""
    from c4l.domain.day_words import long

    days = {row.after[column] for row in rows if row.after for column in _moved_columns(row)}
    yield from (long(date.fromisoformat(day)) if day else "now" for day in days if len(days) == 1)


def _moved_columns(row: RowChange) -> Iterator[str]:
    yield from (column for column, *_ in differences(row) if column in ("due_on", "snoozed_until_on"))


def _changed_columns(row: RowChange) -> Iterator[str]:
    if row.did is Did.changed:
        yield from (word(column) for column, *_ in differences(row) if column != "handle")


def _with_text(row: RowChange) -> str:
    text = _text(row)
    return f"without {text}" if row.did is Did.removed else text


def _text(row: RowChange) -> str:
    """What a row says, in a word or a few."""
    cells = row.cells
    match row.table:
        case "assessment":
            return f"{cells['part']} {cells['said'] or 'withdrawn'}" if cells else ""
        case "fact" if cells.get("reached_on") and row.did is Did.changed:
            return f"{_line(cells['text'])} (reached)"
        case "archiving":
            return ""
        case _:
            texts = (cells.get(column) for column in ("note", "what", "text", "name", "label", "value", "kind"))
            return _line(next(filter(None, texts), ""))


def _names(people: Sequence[ClientRef]) -> str:
    names = [client.name for client in people]
    if len(names) > _MOST_NAMES:
        names[_MOST_NAMES - 1 :] = [f"{len(names) - _MOST_NAMES + 1} more"]
    *others, last = names or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _line(text: object) -> str:
    # What another hand put there may be no text, and is told all the same.
    return " ".join(str(text).split())


def numbered(count: Count) -> str:
    """So many of a table, in words: “2 promises”."""
    one, many = NOUNS.get(count.table, (noun(count.table), f"{noun(count.table)}s"))
    return f"{count.rows:,} {one if count.rows == 1 else many}"


def counted(counts: Sequence[Count], unsaid: str | None = None) -> str:
    """What a command did, by the numbers of rows alone.

    Args:
        unsaid: what became of most of them, in the words that go before; what was added needs no word, either.
    """
    told = ordered(counts) or list(counts)
    words = [numbered(each) + ("" if each.did in (Did.added, unsaid) else f" {each.did}") for each in told]
    return ", ".join(words[:_MOST_COUNTS]) + (" and more" if len(words) > _MOST_COUNTS else "")


def ordered(counts: Iterable[Count]) -> list[Count]:
    """The counts that are told to people, what weighs most before what belongs to it."""
    held = list(counts)
    return [count for table in NOUNS for count in held if count.table == table]


def noun(table: str) -> str:
    """What people call a row of a table."""
    return NOUNS.get(table, (table.replace("_", " "),))[0]


def word(column: str) -> str:
    """What people call a column."""
    return COLUMNS.get(column, column.replace("_", " "))


# --- row by row ------------------------------------------------------------------------------------------------------


class Difference(NamedTuple):
    """One cell, before and after; None where there was nothing or is nothing."""

    column: str
    before: Any
    after: Any


def differences(row: RowChange, people: Mapping[int, ClientRef] | None = None) -> list[Difference]:
    """The cells that changed, without those that only serve the machine; what they refer to as it is printed.

    None where what was there before is forgotten: nobody can tell any more which they were.
    """
    if row.did is Did.changed and row.before is None:
        return []
    columns = (row.after or row.before or {}).keys()
    found = [(column, (row.before or {}).get(column), (row.after or {}).get(column)) for column in columns]
    return [
        Difference(column.removesuffix("_id"), *(_printed(column, each, people or {}) for each in (before, after)))
        for column, before, after in found
        if before != after and column != "id" and not column.endswith("_key")
    ]


def _printed(column: str, value: Any, people: Mapping[int, ClientRef]) -> Any:
    match column:
        case "interaction_id" if value is not None:
            return f"i{value}"
        case "client_id" if value in people:
            return people[value].handle
        case "promise_id" if value is not None:
            return str(value)
        case _:
            return value


def record(row: RowChange, people: Mapping[int, ClientRef]) -> str:
    """The record that a row is or belongs to, as it is printed: `14`, `i88`, `jane-doe`; empty where forgotten."""
    cells = row.cells
    match row.table:
        case "interaction":
            return f"i{row.number}"
        case "promise":
            return str(row.number)
        case "client":
            return str(cells.get("handle", ""))
        case "signal" | "participant" if cells:
            return f"i{cells['interaction_id']}"
        case "promise_event" if cells:
            return str(cells["promise_id"])
        case _:
            client = people.get(cells.get("client_id", 0))
            return client.handle if client else ""


def records(entry: Entry) -> tuple[str, ...]:
    """The interactions and promises that an entry changed, as they are printed."""
    rows = sorted((row for row in entry.rows or () if row.table in ("interaction", "promise")), key=lambda row: row[:2])
    return tuple(record(row, entry.people) for row in rows)
