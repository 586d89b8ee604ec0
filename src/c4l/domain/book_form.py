"""The form of a whole book outside the database: its tables, what each of their fields means, and what may stand in it.

From these rows an export explains itself and an import is checked; a test holds the documents and the database to them.
Keys for searching are not among the fields: whoever reads a book makes them anew.
"""

from collections.abc import Callable, Mapping
from datetime import date, time
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from c4l.domain.names import LONGEST_TEXT
from c4l.domain.records import Part, Verb
from c4l.domain.signals import SIGNALS
from c4l.domain.terms import Channel, FactKind, Kind, Party, Stake, State, Tier

VERSION = 1
"""Of the form."""

HIGHEST = 10**8 - 1
"""The greatest number that is taken in: more than anybody enters in a life, and few enough to be looked through."""

LONGEST = 10 * LONGEST_TEXT
"""Characters of one text: more than c4l itself lets in, so that no book is refused that one of its versions wrote."""

LONGEST_PROGRAM = 40
"""Characters of what a book or a document says of the program that wrote it: no more of it is told."""

LEAP_YEAR = 2000


class Holds(StrEnum):
    """What a field holds, in words."""

    number = "a whole number"
    text = "text"
    line = "text, and never empty"
    day = "a day, as 2026-11-22"
    time = "a time of day, as 09:30"
    yes_no = "true or false"


class Field(NamedTuple):
    """One field of a record.

    Attributes:
        optional: whether it may be null.
        words: the only texts that it can hold, where there are such.
        of: the table whose record the number in it is.
    """

    means: str
    holds: Holds = Holds.text
    optional: bool = False
    words: tuple[str, ...] = ()
    of: str | None = None

    @property
    def allowed(self) -> str:
        """What can stand in it, in words that follow "must be"."""
        holds = f"one of {', '.join(self.words)}" if self.words else self.holds.value
        return f"{holds}, or null" if self.optional else holds

    @property
    def told(self) -> str:
        """What it means and holds, in one line."""
        of = f" (an id of {self.of})" if self.of else ""
        return f"{self.means}{of}: {self.allowed}"


class Table(NamedTuple):
    """Records of one kind; `id` comes first."""

    means: str
    fields: Mapping[str, Field]


def _table(means: str, **fields: Field) -> Table:
    return Table(means, {"id": Field("its number, never given to another", Holds.number), **fields})


def _day(means: str, *, optional: bool = False) -> Field:
    return Field(means, Holds.day, optional)


def _number(means: str) -> Field:
    return Field(means, Holds.number, optional=True)


def _word(means: str, words: type[StrEnum], *, optional: bool = False) -> Field:
    return Field(means, Holds.text, optional, tuple(word.value for word in words))


def _maybe(means: str) -> Field:
    return Field(means, Holds.text, optional=True)


_CLIENT = Field("the client", Holds.number, of="client")
_INTERACTION = Field("the interaction", Holds.number, of="interaction")
_IN_WHICH = Field("the interaction in which that was", Holds.number, optional=True, of="interaction")

TABLES: Mapping[str, Table] = {
    "client": _table(
        "somebody you serve: a person or an organisation",
        name=Field("the full name", Holds.line),
        handle=Field("the short name, which nobody else has", Holds.line),
        kind=_word("what they are to you", Kind),
        organisation=_maybe("where they belong"),
        role=_maybe("what they do there"),
        cadence_days=_number("the wished-for days between interactions, where that is not left to the tier"),
        added_on=_day("when they came into the book"),
        since_on=_day("when the relationship began, if before the book", optional=True),
        next_on=_day("the day set for the next contact", optional=True),
        snoozed_until_on=_day("until when they are hidden among the quiet ones", optional=True),
    ),
    "alias": _table("another name of a client", client_id=_CLIENT, name=Field("the name", Holds.line)),
    "contact_point": _table(
        "an address or a number of a client",
        client_id=_CLIENT,
        kind=Field("what it is", words=("email", "phone")),
        value=Field("the address or the number", Holds.line),
    ),
    "source": _table(
        "what a file from which a client was imported calls them",
        client_id=_CLIENT,
        uid=Field("the file's own word for them, or a fingerprint of it", Holds.line),
    ),
    "tag": _table("a word that groups clients", client_id=_CLIENT, name=Field("the word", Holds.line)),
    "key_date": _table(
        "a day that comes round every year",
        client_id=_CLIENT,
        label=Field("what is on that day", Holds.line),
        month=Field("1 to 12", Holds.number),
        day=Field("1 to 31", Holds.number),
        year=_number("of the first, where it is known"),
    ),
    "archiving": _table(
        "a stretch of days on which a client was put away",
        client_id=_CLIENT,
        start_on=_day("its first day"),
        end_on=_day("the day after its last, null while it goes on", optional=True),
    ),
    "assessment": _table(
        "one part of your own dated view of a client",
        client_id=_CLIENT,
        stated_on=_day("when you said so"),
        part=_word("what it is about: what losing them would cost, their yearly value, where they stand", Part),
        said=_maybe(f"a stake ({', '.join(Stake)}), a whole number, a tier ({', '.join(Tier)}); null withdraws it"),
        because=_maybe("why"),
    ),
    "interaction": _table(
        "something that happened between you and one or more clients; printed as i88",
        happened_on=_day("when"),
        at_time=Field("at what time", Holds.time, optional=True),
        channel=_word("how", Channel),
        reached_out=_word("who began it, you or the client; null where nobody said", Party, optional=True),
        minutes=_number("how long it took"),
        note=Field("what happened, in your words"),
    ),
    "participant": _table(
        "a client who took part in an interaction",
        interaction_id=_INTERACTION,
        client_id=_CLIENT,
        happened_on=_day("the day of the interaction, once more"),
        asked=Field("whether it counts as begun by the client", Holds.yes_no),
        minutes=Field("what it counts for, logged or usual for the channel", Holds.number),
    ),
    "signal": _table(
        "a sign of trust, or the opposite, seen in an interaction",
        interaction_id=_INTERACTION,
        client_id=_CLIENT,
        kind=Field("which sign", words=tuple(name for name, signal in SIGNALS.items() if signal.logged)),
        seen_on=_day("the day of the interaction, once more"),
        note=_maybe("what there is to say of it"),
    ),
    "fact": _table(
        "something worth remembering about a client",
        client_id=_CLIENT,
        interaction_id=_IN_WHICH._replace(means="the interaction in which it was learned"),
        kind=_word("what it is", FactKind),
        text=Field("in your words"),
        learned_on=_day("when it was learned"),
        reached_on=_day("of a goal, when it was reached", optional=True),
        outcome=_maybe("of a goal that was reached, what came of it"),
    ),
    "promise": _table(
        "a commitment; printed as 14",
        client_id=_CLIENT,
        interaction_id=_IN_WHICH._replace(means="the interaction in which it was made"),
        owner=_word("who owes it, you or the client", Party),
        what=Field("what is promised, in your words"),
        made_on=_day("when it was made"),
        first_due_on=_day("the first due day", optional=True),
        due_on=_day("the due day after all moves", optional=True),
        state=_word("where it stands after all its events", State),
        closed_on=_day("when it was kept, broken or released", optional=True),
    ),
    "promise_event": _table(
        "something that happened to a promise",
        promise_id=Field("the promise", Holds.number, of="promise"),
        verb=_word("what happened", Verb),
        happened_on=_day("when"),
        from_on=_day("of a move, the due day that it moved", optional=True),
        to_on=_day("of a move, the new due day", optional=True),
        told=Field("whether the other side knew by then", Holds.yes_no),
        because=_maybe("why"),
        plan=_maybe("of a move, how to get back on track"),
    ),
}
"""In an order in which every record comes after those that it refers to."""


def program(said: Any) -> str | None:
    """Which program wrote a book or a document, as it says itself; None where it says nothing that could be one."""
    if not isinstance(said, str) or not said.strip():
        return None
    name = " ".join(said.split())
    return name if len(name) <= LONGEST_PROGRAM else f"{name[:LONGEST_PROGRAM]}…"


# --- what may stand in it --------------------------------------------------------------------------------------------


def fault(table: str, record: Mapping[str, Any]) -> str | None:
    """What is wrong with a record, in words that follow its name; None where nothing is."""
    fields = TABLES[table].fields
    if unknown := record.keys() - fields.keys():
        return f"has a field “{min(unknown)}”, which is unknown here"
    for name, field in fields.items():
        value = record.get(name)
        if value is None:
            if not field.optional:
                return f"has no {name}"
        elif not _CHECKS[field.holds](value) or (field.words and value not in field.words):
            return f"has {name} {_shown(value)}; it must be {field.allowed}"
        elif isinstance(value, str) and len(value) > LONGEST:
            return f"has {name} of {len(value)} characters; at most {LONGEST} are taken in"
    if not 0 < record["id"] <= HIGHEST:
        return f"has an id that is none: {record['id']}"
    return _FURTHER[table](record) if table in _FURTHER else None


def _shown(value: Any) -> str:
    text = f"“{value}”" if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _is_number(value: Any) -> bool:
    return type(value) is int and -(2**63) <= value < 2**63


def _is_text(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    # A half of a character, which JSON can write and no database keep.
    return value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value)


def _is_line(value: Any) -> bool:
    return _is_text(value) and bool(value.strip())


def _is_written_as(read: Callable[[str], str], value: Any) -> bool:
    try:
        return isinstance(value, str) and read(value) == value
    except ValueError:
        return False


_CHECKS: Mapping[Holds, Callable[[Any], bool]] = {
    Holds.number: _is_number,
    Holds.text: _is_text,
    Holds.line: _is_line,
    Holds.day: partial(_is_written_as, lambda text: date.fromisoformat(text).isoformat()),
    Holds.time: partial(_is_written_as, lambda text: time.fromisoformat(text).isoformat("minutes")),
    Holds.yes_no: lambda value: isinstance(value, bool),
}


def _client_fault(record: Mapping[str, Any]) -> str | None:
    handle = record["handle"]
    if handle != handle.strip() or any(char.isspace() or char in ",@" for char in handle):
        return f"has a handle that cannot be typed: {_shown(handle)}"
    if handle.isdigit() or (handle[0] == "i" and handle[1:].isdigit()):
        return f"has a handle that reads as the number of a record: {handle}"
    cadence = record.get("cadence_days")
    return None if cadence is None or 0 < cadence < 10**5 else f"has a cadence_days that is none: {cadence}"


def _key_date_fault(record: Mapping[str, Any]) -> str | None:
    month, day, year = record["month"], record["day"], record.get("year")
    try:
        date(LEAP_YEAR if year is None else year, month, day)
    except (ValueError, OverflowError):
        return f"names no day: month {month}, day {day}" + ("" if year is None else f", year {year}")
    return None


def _assessment_fault(record: Mapping[str, Any]) -> str | None:
    part, said = record["part"], record.get("said")
    if said is None:
        return None
    fits = {
        Part.stake: said in tuple(Stake),
        Part.tier: said in tuple(Tier),
        Part.value: said.isascii() and said.isdigit() and len(said) < 100,
    }
    return None if fits[Part(part)] else f"says {_shown(said)}, which is no {part}"


def _minutes_fault(record: Mapping[str, Any]) -> str | None:
    minutes = record.get("minutes")
    return None if minutes is None or 0 <= minutes < 10**6 else f"has minutes that are none: {minutes}"


_FURTHER: Mapping[str, Callable[[Mapping[str, Any]], str | None]] = {
    "client": _client_fault,
    "key_date": _key_date_fault,
    "assessment": _assessment_fault,
    "interaction": _minutes_fault,
    "participant": _minutes_fault,
}
