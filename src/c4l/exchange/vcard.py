"""vCard 2.1, 3.0 and 4.0: what each property of a card says about a client.

Properties that are not in the table are passed over unread, and named where they say something about somebody:
addresses, every URL, a program's own. Of photos, sounds, keys and what programs tell each other nothing is said.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from c4l.actions.drafts import Incoming, Unreadable
from c4l.exchange.encodings import plain
from c4l.exchange.gathering import Gathering
from c4l.exchange.reading import MAX_FIELD, Reading, brief
from c4l.exchange.vcard_text import (
    Card,
    Line,
    Property,
    cards,
    parsed,
    property_name,
    split_escaped,
    unescaped,
)

_SPILLING = {"PHOTO", "LOGO", "SOUND", "KEY"}
"""Their lines of base64 are not always indented, and then look like lines of their own."""


MIN_DIGITS = 6
"""Of a UID that is a mere number: shorter ones are given out again and again."""


_UNTOLD = _SPILLING | {
    *("VERSION", "REV", "PRODID", "PROFILE", "MAILER", "SOURCE", "NAME", "CLASS", "XML", "CLIENTPIDMAP"),
    *("TZ", "LABEL", "SORT-STRING", "X-ABUID", "X-ABADR", "X-ABSHOWAS", "X-EVOLUTION-FILE-AS", "X-MOZILLA-HTML"),
    *("X-MS-CARDPICTURE", "X-MS-OL-DEFAULT-CHARSET", "X-MS-OL-DESIGN", "X-MS-OL-DEFAULT-POSTAL-ADDRESS"),
}
"""They say nothing about a person, or nothing that another property does not say."""


class Entry(NamedTuple):
    """A property with its value decoded, and the label that another line of its group gives it."""

    prop: Property
    text: str
    label: str = ""

    def parts(self, separators: str) -> list[str]:
        """The value split at what no backslash escapes, each part as it is meant."""
        return [unescaped(part) for part in split_escaped(self.text, separators)]


def read(data: bytes, today: date) -> Reading:
    """Read an address book of cards; nothing in a card depends on today."""
    ignored: dict[str, None] = {}
    return Reading("vcard", ignored.keys(), _records(data, ignored))


def _records(data: bytes, ignored: dict[str, None]) -> Iterator[Incoming | Unreadable]:
    content = plain(data)
    for card in cards(content.content):
        if isinstance(card, Card):
            record = _record(card, content.is_utf8)
            if isinstance(record, Incoming):
                ignored |= _passed_over(card)
            yield record
        else:
            place = f"line {card.line}" if card.number is None else f"card {card.number}, line {card.line}"
            yield Unreadable(place, card.reason)


def _record(card: Card, is_utf8: bool) -> Incoming | Unreadable:
    found = Gathering(f"card {card.number}, line {card.line}")
    entries = list(_entries(card, is_utf8, found))
    labels = {prop.group: text for prop, text, _ in entries if prop.name == "X-ABLABEL" and prop.group}
    for prop, text, _ in entries:
        if prop.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND") and text.strip().lower() == "group":
            return Unreadable(found.place, "is a group, neither a person nor an organisation")
        if taker := _TAKERS[prop.name]:
            taker(found, Entry(prop, text, labels.get(prop.group, "")))
    return found.outcome()


def _passed_over(card: Card) -> dict[str, None]:
    """The names of the properties of a card that say something which is not taken in."""
    names = ((property_name(line), line) for line in card.lines)
    return {
        brief(name): None
        for name, line in names
        # An empty address is written as nothing but its separators.
        if name and name not in _TAKERS and name not in _UNTOLD and line.content.partition(b":")[2].strip(b" \t;,")
    }


def _entries(card: Card, is_utf8: bool, found: Gathering) -> Iterator[Entry]:
    """The properties that say something about a client, decoded; what cannot be decoded is remarked."""
    for line in _with_colons(card, found):
        name = property_name(line)
        if name not in _TAKERS:
            continue
        if len(line.content) > MAX_FIELD:
            found.remark(f"line {line.number}: {name} is longer than {MAX_FIELD} bytes")
            continue
        try:
            prop = parsed(line, is_utf8)
            text = prop.text()
        except ValueError:
            found.remark(f"line {line.number}: {name} is not written as a card writes it")
            continue
        if "\0" in text:
            found.remark(f"line {line.number}: {name} held characters of no meaning (NUL)")
            text = text.replace("\0", "")
        if text.strip():
            yield Entry(prop, text)


def _with_colons(card: Card, found: Gathering) -> Iterator[Line]:
    without: list[int] = []
    spilling = False
    for line in card.lines:
        name = property_name(line)
        if name:
            spilling = name in _SPILLING
            yield line
        elif not spilling:
            without.append(line.number)
    if len(without) == 1:
        found.remark(f"line {without[0]} has no colon")
    elif without:
        found.remark(f"{len(without)} lines have no colon, the first is line {without[0]}")


def _take_full_name(found: Gathering, entry: Entry) -> None:
    if found.full:
        found.alias(unescaped(entry.text))
    found.full = found.full or unescaped(entry.text)


def _take_name(found: Gathering, entry: Entry) -> None:
    # Family; given; additional; prefixes; suffixes. A prefix (Mr) is no part of a name to search for.
    family, given, additional, _, suffix = (*entry.parts(";"), "", "", "", "", "")[:5]
    found.family, found.given, found.suffix = family, f"{given} {additional}", suffix


def _take_organisation(found: Gathering, entry: Entry) -> None:
    if not found.organisation:
        found.organisation, *units = entry.parts(";")
        found.department = ", ".join(unit for unit in units if unit.strip())


def _take_role(found: Gathering, entry: Entry) -> None:
    # A title is what stands on the business card; ROLE often repeats it in vaguer words.
    if entry.prop.name == "TITLE" or not found.role:
        found.role = unescaped(entry.text)


def _take_nicknames(found: Gathering, entry: Entry) -> None:
    for alias in entry.parts(","):
        found.alias(alias)


def _take_categories(found: Gathering, entry: Entry) -> None:
    for tag in entry.parts(",;"):
        found.tag(tag)


def _take_uid(found: Gathering, entry: Entry) -> None:
    if not found.uid:
        found.uid = unescaped(entry.text).strip()
        # Some programs number their cards from 1, and so does the next.
        found.unique = not found.uid.isdecimal() or len(found.uid) >= MIN_DIGITS


def _take_birthday(found: Gathering, entry: Entry) -> None:
    _take_day(found, entry, "birthday")


def _take_anniversary(found: Gathering, entry: Entry) -> None:
    # Apple writes its own labels as _$!<Anniversary>!$_ and the user's as they are.
    label = unescaped(entry.label).replace("_$!<", "").replace(">!$_", "").strip()
    _take_day(found, entry, brief(label).lower() or "anniversary")


def _take_day(found: Gathering, entry: Entry, label: str) -> None:
    text = unescaped(entry.text).strip()
    match = re.fullmatch(r"(?:([0-9]{4})-?|--)([0-9]{2})-?([0-9]{2})(?:[T ].*)?", text)
    if match:
        written, month, day = match.groups()
        omitted = not written or written == entry.prop.parameters.get("X-APPLE-OMIT-YEAR")
        if found.key_date(label, int(month), int(day), None if omitted else int(written)):
            return
    found.remark(f'line {entry.prop.line}: {entry.prop.name} "{brief(text)}" names no day of a month')


_TAKERS: dict[str, Callable[[Gathering, Entry], None] | None] = {
    "FN": _take_full_name,
    "N": _take_name,
    "NICKNAME": _take_nicknames,
    "ORG": _take_organisation,
    "TITLE": _take_role,
    "ROLE": _take_role,
    "EMAIL": lambda found, entry: found.email(unescaped(entry.text)),
    "TEL": lambda found, entry: found.phone(unescaped(entry.text)),
    "CATEGORIES": _take_categories,
    "NOTE": lambda found, entry: found.note(unescaped(entry.text)),
    "UID": _take_uid,
    "BDAY": _take_birthday,
    "ANNIVERSARY": _take_anniversary,
    "X-ANNIVERSARY": _take_anniversary,
    "X-EVOLUTION-ANNIVERSARY": _take_anniversary,
    "X-MS-ANNIVERSARY": _take_anniversary,
    "X-KADDRESSBOOK-X-ANNIVERSARY": _take_anniversary,
    "X-ABDATE": _take_anniversary,
    # Read for what they say about the card or about another line.
    "X-ABLABEL": None,
    "KIND": None,
    "X-ADDRESSBOOKSERVER-KIND": None,
}
