"""Taking in clients from a file: whoever is there is completed, never overwritten; a second time changes nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from c4l.actions.clients import WORDS, checked, details, insert
from c4l.actions.drafts import ClientDraft, Incoming, KeyDateDraft, Unreadable
from c4l.domain.clients import KeyDate
from c4l.domain.names import LONGEST, detail_key, name_key
from c4l.domain.terms import ClientRef, Detail, Kind
from c4l.store import beginning
from c4l.store import clients as stored
from c4l.store.clients import Profile
from c4l.store.store import Changes, Store, Transaction


class Remark(NamedTuple):
    """What of one record was left out, or why the whole record was: for people."""

    record: str
    reason: str


class ImportReport(NamedTuple):
    """What an import did, or would do.

    Each record of the file is told once: a client who stands in it twice is told twice, first as created, perhaps.

    Attributes:
        skipped: records that were not taken; of those that were, `remarks` says what in them was left out.
        ignored: columns or properties that were passed over, as the file names them.
        rehearsed: whether nothing was written.
        counts: of a whole book, how many records of each table; None where it was an address book.
        namesakes: those of the created who are called exactly as somebody else already is.
    """

    file: str
    format: str
    created: tuple[ClientRef, ...]
    updated: tuple[ClientRef, ...]
    unchanged: tuple[ClientRef, ...]
    skipped: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    ignored: tuple[str, ...] = ()
    rehearsed: bool = False
    counts: Mapping[str, int] | None = None
    namesakes: tuple[ClientRef, ...] = ()

    @property
    def records(self) -> int:
        """How many records the file holds, readable or not."""
        if self.counts is not None:
            return sum(self.counts.values())
        return sum(map(len, (self.created, self.updated, self.unchanged, self.skipped)))


def take_in(
    store: Store,
    file: str,
    format_name: str,
    records: Iterable[Incoming | Unreadable],
    today: date,
    *,
    ignored: Collection[str] = (),
    kind: Kind | None = None,
    tags: tuple[str, ...] = (),
    rehearse: bool = False,
) -> ImportReport:
    """Take in the clients of a file, as one entry of the journal.

    Args:
        file: its name, for the report.
        ignored: what in it is passed over, looked at when the records have been read.
        kind: of new clients of whom the file does not say it.
        tags: given to everybody in the file.
        rehearse: report what would happen, and write nothing.

    Raises:
        WrongUse: if a tag is none.
    """
    tags = checked(Detail.tag, tags)
    skipped: list[Remark] = []
    remarks: list[Remark] = []
    outcome: dict[str, list[ClientRef]] = {"created": [], "updated": [], "unchanged": []}
    namesakes: list[ClientRef] = []
    with store.rehearsing("import") if rehearse else beginning.writing(store, "import") as changes:
        book = _Book.read(changes)
        with changes.gathering():
            for record in records:
                if isinstance(record, Unreadable):
                    skipped.append(Remark(record.place, record.reason))
                    continue
                draft, left_out = _fitting(record.draft)
                if draft is None:
                    skipped.append(Remark(record.place, left_out[0]))
                    continue
                draft = draft._replace(kind=draft.kind or kind, tags=tuple(dict.fromkeys((*draft.tags, *tags))))
                is_taken = name_key(draft.name) in book.names
                ref, what, contradicted = _take(changes, book, draft, today)
                outcome[what].append(ref)
                if is_taken and what == "created":
                    namesakes.append(ref)
                remarks += [Remark(record.place, remark) for remark in (*record.remarks, *left_out, *contradicted)]
    return ImportReport(
        file=file,
        format=format_name,
        created=tuple(outcome["created"]),
        updated=tuple(outcome["updated"]),
        unchanged=tuple(outcome["unchanged"]),
        skipped=tuple(skipped),
        remarks=tuple(remarks),
        ignored=tuple(ignored),
        rehearsed=rehearse,
        namesakes=tuple(namesakes),
    )


def _fitting(draft: ClientDraft) -> tuple[ClientDraft | None, list[str]]:
    """The draft without what is too long to be kept, in words what that was; None where it is the name."""
    if len(draft.name) > LONGEST:
        return None, [f"has a name of {len(draft.name)} characters; at most {LONGEST} are kept"]
    left_out: list[str] = []

    def kept(what: str, values: Iterable[str]) -> tuple[str, ...]:
        fit = []
        for value in values:
            if len(value) > LONGEST:
                left_out.append(f"{what} of {len(value)} characters is too long to be kept")
            else:
                fit.append(value)
        return tuple(fit)

    fitting = draft._replace(
        organisation=next(iter(kept("an organisation", filter(None, [draft.organisation]))), None),
        role=next(iter(kept("a role", filter(None, [draft.role]))), None),
        aliases=kept(WORDS[Detail.alias], draft.aliases),
        emails=kept(WORDS[Detail.email], draft.emails),
        phones=kept(WORDS[Detail.phone], draft.phones),
        tags=kept(WORDS[Detail.tag], draft.tags),
    )
    return fitting, left_out


class _Marks(NamedTuple):
    """By what a draft can be known: what the file calls them, the key of the name, of addresses and numbers."""

    uid: str
    name: str
    points: tuple[str, ...]

    @classmethod
    def of(cls, draft: ClientDraft) -> "_Marks":
        name = name_key(draft.name)
        emails = (detail_key(Detail.email, each) for each in draft.emails)
        points = (*emails, *(detail_key(Detail.phone, each) for each in draft.phones))
        return cls(_uid(draft, name, points), name, points)


def _uid(draft: ClientDraft, name: str, points: Iterable[str]) -> str:
    """What the file calls the client; where that names nobody by itself, a fingerprint of who they are said to be."""
    if draft.uid and draft.unique and len(draft.uid) <= LONGEST:
        return draft.uid
    who = (draft.uid,) if draft.uid else (name_key(draft.organisation or ""), *sorted(points))
    said = "\0".join((name, *who))
    return f"c4l:{blake2b(said.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}"


@dataclass(slots=True)
class _Book:
    """What is needed to know somebody again: by the file's own word for them, by name, by address or number."""

    handles: stored.Handles
    uids: dict[str, int] = field(default_factory=dict)
    names: dict[str, set[int]] = field(default_factory=dict)
    points: dict[str, set[int]] = field(default_factory=dict)

    @classmethod
    def read(cls, tx: Transaction) -> "_Book":
        book = cls(stored.Handles.read(tx))
        for uid, client in stored.sources(tx):
            book.uids.setdefault(uid, client)
        for key, client in stored.all_names(tx):
            book.names.setdefault(key, set()).add(client)
        for key, client in stored.all_points(tx):
            book.points.setdefault(key, set()).add(client)
        return book

    def find(self, marks: _Marks) -> int | None:
        """Who is meant: known by the UID, else by the name with an address or a number."""
        if marks.uid in self.uids:
            return self.uids[marks.uid]
        named = self.names.get(marks.name, set())
        # From the name: a whole company may share one number.
        both = (client for key in marks.points for client in named & self.points.get(key, set()))
        return min(both, default=None)

    def learn(self, marks: _Marks, client: int) -> None:
        """Know the client by these marks, too."""
        self.uids.setdefault(marks.uid, client)
        self.names.setdefault(marks.name, set()).add(client)
        for key in marks.points:
            self.points.setdefault(key, set()).add(client)


def _take(changes: Changes, book: _Book, draft: ClientDraft, today: date) -> tuple[ClientRef, str, list[str]]:
    """Take in a draft: who it is now, what was done, and what the book contradicts, for people."""
    marks = _Marks.of(draft)
    number, contradicted = book.find(marks), list[str]()
    if number is None:
        ref, what = insert(changes, draft, today, book.handles.new(draft.name)), "created"
    else:
        there = stored.profile(changes, number)
        ref = ClientRef(number, there.columns["handle"], there.columns["name"])
        coming, contradicted = _agreeing(draft.key_dates, there.key_dates)
        completed = _complete(changes, ref, there, draft._replace(key_dates=tuple(coming)), today)
        what = "updated" if completed else "unchanged"
    if marks.uid not in book.uids:
        stored.add_source(changes, ref.id, marks.uid)
    book.learn(marks, ref.id)
    return ref, what, contradicted


def _complete(changes: Changes, ref: ClientRef, there: Profile, draft: ClientDraft, today: date) -> bool:
    """Add what the draft knows and the book does not; what the book says stays. True where anything was added."""
    said = {"organisation": draft.organisation, "role": draft.role, "cadence_days": draft.cadence_days}
    said["since_on"] = None if draft.since is None else draft.since.isoformat()
    new = {column: value for column, value in said.items() if value is not None and there.columns[column] is None}
    added = bool(new) and changes.update("client", ref.id, **new)
    named = [(Detail.alias, draft.name), *details(draft)]
    own = (Detail.alias, name_key(ref.name))
    wanted = [(detail, value) for detail, value in named if (detail, detail_key(detail, value)) != own]
    added |= stored.add_details(changes, ref.id, wanted)
    for kind, text in draft.facts:
        if (kind, text) not in there.facts:
            stored.add_fact(changes, ref.id, kind, text, today)
            added = True
    for each in draft.key_dates:
        without_year = there.key_dates.get(KeyDate(each.label, each.month, each.day))
        if without_year is None:
            stored.add_key_date(changes, ref.id, each.label, each.month, each.day, each.year)
        else:
            changes.update("key_date", without_year, year=each.year)
        added = True
    return added


ONCE = ("birthday", "anniversary")
"""Labels of key dates of which nobody has two."""


def _agreeing(drafts: Iterable[KeyDateDraft], there: Collection[KeyDate]) -> tuple[list[KeyDateDraft], list[str]]:
    """The key dates of a draft that say more than the book does; and, for people, those that the book contradicts."""
    coming: list[KeyDateDraft] = []
    contradicted: list[str] = []
    for each in drafts:
        same = [known for known in there if known.label == each.label]
        same_day = [known for known in same if (known.month, known.day) == (each.month, each.day)]
        if any(each.year in (None, known.year) for known in same_day):
            continue
        if all(known.year is None for known in same_day) and (same_day or not same or each.label not in ONCE):
            coming.append(each)
        else:
            contradicted.append(f"{each.label} {_day(each)} is left out: the book says {_day((same_day or same)[0])}")
    return coming, contradicted


def _day(each: KeyDate | KeyDateDraft) -> str:
    from c4l.domain.day_words import month_name

    return " ".join(map(str, filter(None, (each.day, month_name(each.month)[:3], each.year))))
