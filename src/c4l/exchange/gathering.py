"""One person or organisation while its record is read: what was found, what was left out, and the draft it makes.

The rules that cards and tables share are here: what stands in for a missing name, what is said twice, which e-mail
address is none, which day cannot be.
"""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote

from c4l.actions.drafts import ClientDraft, Incoming, KeyDateDraft, Unreadable
from c4l.domain import names
from c4l.domain.terms import FactKind, Kind
from c4l.exchange.reading import brief, one_line

UNKNOWN_YEARS = (0, 1604)
"""Years that stand for none: zero, and the leap year that Apple writes."""

_LEAP_YEAR = 2000


@dataclass(slots=True)
class Gathering:
    """A record being read.

    Attributes:
        place: where it stands, for people.
        is_row: whether it is a row of a table, in which each cell is meant; a card of an organisation names it twice.
        given: given names, additional ones behind them.
        unique: whether the UID is one that no other file gives to somebody else.
        aliases: by their casefolded text, as are e-mails and tags; phones by their digits.
        remarks: each once, in the order they were made.
    """

    place: str
    is_row: bool = False
    full: str = ""
    given: str = ""
    family: str = ""
    suffix: str = ""
    organisation: str = ""
    department: str = ""
    role: str = ""
    uid: str = ""
    unique: bool = False
    kind: Kind | None = None
    cadence_days: int | None = None
    since: date | None = None
    aliases: dict[str, str] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    key_dates: dict[KeyDateDraft, None] = field(default_factory=dict)
    remarks: dict[str, None] = field(default_factory=dict)

    def remark(self, text: str) -> None:
        """Say what was left out."""
        self.remarks[text] = None

    def alias(self, text: str) -> None:
        """Take another name."""
        _add(self.aliases, text)

    def email(self, text: str) -> None:
        """Take an e-mail address, with or without `mailto:`; what has no @ is none (Notes and Exchange write such)."""
        address = one_line(text)
        if address[:7].lower() == "mailto:":
            address = _unquoted(address[7:].partition("?")[0])
        if address and "@" not in address:
            self.remark(f'"{brief(address)}" is no e-mail address')
        else:
            _add(self.emails, address)

    def phone(self, text: str) -> None:
        """Take a phone number, with or without `tel:`."""
        number = one_line(text)
        if number[:4].lower() == "tel:":
            main, _, extension = _unquoted(number[4:]).partition(";ext=")
            extension = extension.partition(";")[0]
            number = one_line(main.partition(";")[0] + (f" ext. {extension}" if extension else ""))
        digits = "".join(letter for letter in number if letter.isalnum() or letter in "+*#")
        if digits:
            self.phones.setdefault(digits, number)

    def tag(self, text: str) -> None:
        """Take a category, label or group; Google stars its own, and puts everybody into `myContacts`."""
        tag = one_line(text).removeprefix("* ")
        if tag.lower() != "mycontacts":
            _add(self.tags, tag)

    def note(self, text: str) -> None:
        """Take a note as it is, with its lines."""
        note = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if note:
            self.notes[note] = None

    def key_date(self, label: str, month: int, day: int, year: int | None) -> bool:
        """Take a day that comes round every year, unless there is no such day; answers whether it was taken."""
        known = None if year in UNKNOWN_YEARS else year
        try:
            date(_LEAP_YEAR if known is None else known, month, day)
        except ValueError:
            return False
        self.key_dates[KeyDateDraft(label, month, day, known)] = None
        return True

    def outcome(self) -> Incoming | Unreadable:
        """The draft that was gathered, or why there is none."""
        name = self._name()
        if not name:
            return Unreadable(self.place, "has no name, no organisation and no e-mail address")
        organisation = ", ".join(one_line(part) for part in (self.organisation, self.department) if one_line(part))
        # An organisation is not its own employer, unless somebody said so.
        is_own = organisation == name and not (self.is_row and self.full)
        draft = ClientDraft(
            name=name,
            kind=self.kind,
            organisation=None if is_own else organisation or None,
            role=one_line(self.role) or None,
            aliases=tuple(alias for alias in self.aliases.values() if alias != name),
            emails=tuple(self.emails.values()),
            phones=tuple(self.phones.values()),
            tags=tuple(self.tags.values()),
            facts=tuple((FactKind.background, note) for note in self.notes),
            key_dates=tuple(self.key_dates),
            cadence_days=self.cadence_days,
            since=self.since,
            uid=one_line(self.uid) or None,
            unique=self.unique,
        )
        return Incoming(self.place, draft, tuple(self.remarks))

    def _name(self) -> str:
        parts = one_line(f"{self.given} {self.family} {self.suffix}")
        found = (self.full, parts, self.organisation, *self.aliases.values(), *self.emails.values())
        # What has nothing to be seen (a lone mark of direction) is no name.
        return next((name for name in map(one_line, found) if names.plain(name)), "")


def _unquoted(text: str) -> str:
    """A part of an address of the web as it is meant: `%0A` would break its line, and `%00` is no letter."""
    return one_line(unquote(text).replace("\0", ""))


def _add(texts: dict[str, str], text: str) -> None:
    line = one_line(text)
    if line:
        texts.setdefault(line.casefold(), line)
