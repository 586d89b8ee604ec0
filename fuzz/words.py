"""What people type, read as c4l reads it: days, names, notes, the parts of what is logged, searches, edited texts."""

from datetime import date, timedelta

from c4l.cli.options import read_number
from c4l.cli.record_text import interaction_edit_from, interaction_text, promise_edit_from, promise_text
from c4l.domain import entry, search
from c4l.domain.clients import Interaction, Seen
from c4l.domain.dates import Direction, long, near_name, read_day, read_since, read_span, read_yearly
from c4l.domain.day_grammar import YEARS
from c4l.domain.day_words import looks_like_day
from c4l.domain.mentions import names_in, note_candidates
from c4l.domain.names import (
    HANDLE_LENGTH,
    Known,
    handle_base,
    match,
    name_key,
    nearest,
    plain,
    resolve,
    search_words,
    split_names,
)
from c4l.domain.records import Promise
from c4l.domain.terms import Channel, ClientRef, Party
from fuzz.claims import answered, holds, typed

EARLIEST = date(1950, 1, 1)
SUNDAY = date(2026, 11, 22)
LONGEST_SPAN = 36_500

NAMES = ("Jane Doe", "Jane Roe", "Acme, Inc.", "Will Marsh", "Åsa Strauß", "李雷", "Anne-Marie O'Neil", "May")
REFS = [ClientRef(at, handle_base(name), name) for at, name in enumerate(NAMES, 1)]
BOOK = [*(Known.of(ref) for ref in REFS[:-1]), Known.of(REFS[-1], ["Maya"], archived=True)]

JANE, _, ACME = REFS[:3]


def days(data: bytes) -> None:
    """Words for days, seen from any day of two centuries."""
    today = EARLIEST + timedelta(days=int.from_bytes(data[:2], "big"))
    text = typed(data[2:])
    for direction in Direction:
        day = answered(read_day, text, today, direction)
        if day is not None:
            holds(day.year in YEARS, "a day lies in the years that are meant", day)
            for again in (day.isoformat(), long(day), f" {text}\n"):
                holds(read_day(again, today, direction) == day, "is read again as the same day", again, day)
    since = answered(read_since, text, today)
    holds(since is None or since.year in YEARS, "a beginning lies in the years that are meant", since)
    span = answered(read_span, text)
    holds(span is None or 1 <= span <= LONGEST_SPAN, "a span has days, and not too many", span)
    yearly = answered(read_yearly, text)
    if yearly is not None:
        month, day_of_month, year = yearly
        date(2000 if year is None else year, month, day_of_month)
        holds(year is not None or read_yearly(f"{month:02}-{day_of_month:02}") == yearly, "is read again", yearly)
    looks_like_day(text)
    near_name(text)


def names(data: bytes) -> None:
    """Names as they are compared, the handles they make, and whom WHO means in a book that holds the name."""
    text = typed(data)
    key = name_key(text)
    holds(name_key(key) == key, "a key is its own key", text, key)
    holds(plain(plain(text)) == plain(text), "plain text stays plain", text)
    handle = handle_base(text)
    holds(0 < len(handle) <= HANDLE_LENGTH, "a handle is neither empty nor long", handle)
    holds(any(map(str.isalpha, handle)) and read_number(handle) is None, "a handle is no number", handle)
    holds(handle_base(handle) == handle, "a handle asks for itself", handle)
    parts = split_names(text)
    book = [*BOOK, Known.of(ClientRef(99, handle, " ".join(text.split())))] if key else BOOK
    meant = resolve(text, book)
    holds({client for part in meant for client in part.candidates} <= set(book), "only those of the book are meant")
    if key and "@" not in text:
        holds(any(book[-1] in part.candidates for part in meant[:1]), "who is named whole is meant", text)
    for part in parts:
        narrowed = [client for client in book if _could_be_found(client, part)]
        holds(set(match(part, book)) <= set(narrowed), "a store finds everybody who can be meant", part)
    nearest(text, book)


def _could_be_found(client: Known, part: str) -> bool:
    """Whether a store brings the client for a part of WHO: by a whole key, or by a key that holds its longest word."""
    bare = part.removeprefix("@")
    return name_key(bare) in client.keys or any(search_words(bare) in key for key in client.keys)


def mentions(data: bytes) -> None:
    """Clients who are named in a note, where nobody said whom it is about."""
    note = typed(data)
    lookups = note_candidates(note)
    brought = [
        client
        for client in BOOK
        if not set(client.keys).isdisjoint(lookups.keys + lookups.first_words)
        or any(key.startswith(word) for key in client.keys for word in lookups.first_words)
    ]
    found = names_in(note, BOOK)
    holds(names_in(note, brought) == found, "a store brings everybody whom a note names", note)
    holds(len(set(found.clients)) == len(found.clients), "each client is found once", found)
    holds(all(len(named.candidates) != 1 for named in found.unclear), "only what is unclear is asked for", found)
    also = names_in(f"{note}\n@{JANE.handle}.", BOOK)
    holds(BOOK[0] in also.clients, "who is named by the handle is always found", note)


def parts(data: bytes) -> None:
    """The parts of an entry: what is owed, shown and learned, how long it took and when."""
    text = typed(data)
    people = entry.names_of(BOOK[:3])
    owed = answered(entry.owed, text, SUNDAY, people)
    if owed is not None:
        holds(owed.what.strip(), "something is owed", owed)
        if owed.due_on is not None:
            again = entry.owed(f"{owed.what} by {owed.due_on}", SUNDAY)
            holds(again == owed._replace(client=None), "what is owed is read again as it was", owed, again)
    seen = answered(entry.signal, text, people) or []
    for draft in seen:
        said = f"{draft.signal}: {draft.note}" if draft.note else draft.signal
        holds(entry.signal(said) == [draft._replace(client=None)], "a signal is read again as it was", draft)
    fact = answered(entry.fact, text, people)
    if fact is not None:
        again_learned = entry.fact(f"{fact.kind}: {fact.text}")
        holds(again_learned == fact._replace(client=None), "a fact is read again as it was", fact)
    answered(lambda: entry.settle_shown(seen, [JANE, ACME]))
    entry.foreign(text)
    minutes = answered(entry.read_minutes, text)
    holds(minutes is None or 0 <= minutes <= entry.DAY_MINUTES, "it took no longer than a day", minutes)
    answered(entry.read_time, text)


def searches(data: bytes) -> None:
    """What is sought, and a text in which it is marked; the first line is sought in the rest."""
    sought, _, text = typed(data).partition("\n")
    wanted = search.phrases([sought])
    pieces = search.marked(text, wanted)
    holds(all(piece.text for piece in pieces), "no piece is empty")
    holds(not search.holds(text, wanted) or not wanted or any(piece.found for piece in pieces), "what stands is marked")
    search.excerpt(pieces)
    own = search.phrases([text])
    holds(search.holds(text, own), "a text holds its own words", text, own)
    unmarked = "".join(piece.text for piece in search.marked(text, ()))
    holds("".join(piece.text for piece in search.marked(text, own)) == unmarked, "marking changes no text", text)


def edits(data: bytes) -> None:
    """A promise and an interaction as texts in an editor; what is left as it is changes nothing."""
    text = typed(data)
    line = " ".join(text.split()) or "asked us first"
    both = (JANE, ACME)
    logged = Interaction(
        88, SUNDAY, None, Channel.call, None, 30, text.strip() or line, both, (Seen(JANE, "consulted", line),)
    )
    promise = Promise(14, JANE, Party.me, text.strip() or line, SUNDAY, SUNDAY)
    interaction_edit = interaction_edit_from(interaction_text(logged), logged, SUNDAY)
    holds(not any(interaction_edit), "an interaction that was left is left", logged, interaction_edit)
    promise_edit = promise_edit_from(promise_text(promise), promise, SUNDAY)
    holds(not any(promise_edit), "a promise that was left is left", promise, promise_edit)
    answered(interaction_edit_from, text, logged, SUNDAY)
    answered(promise_edit_from, text, promise, SUNDAY)
