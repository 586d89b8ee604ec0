"""Made-up books, written into a real store through the store's own functions."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from c4l.domain.records import Contact, Event, Part, Promise, Records, Sign, Spell, Statement, Verb
from c4l.domain.signals import SIGNALS
from c4l.domain.terms import Channel, ClientRef, Kind, Party, Stake, Tier
from c4l.store import clients, interactions, promises
from c4l.store.store import Changes, Store
from tests.domain.books import NAMES, ago


def write(path: Path, book: Sequence[Records]) -> list[Records]:
    """Write a book into a file; the same records come back, with the clients as the store names them."""
    with Store.open(path) as store, store.writing("test") as changes:
        return put(changes, book)


def put(changes: Changes, book: Sequence[Records]) -> list[Records]:
    """Write a book whose interactions and promises are numbered from 1 on, without gaps."""
    refs = {records.client.id: _client(changes, records) for records in book}
    for number, there in _meetings(book):
        met = next(contact for contact in there[0].contacts if contact.number == number)
        _interaction(changes, met, [refs[records.client.id] for records in there], there)
    made = sorted((promise for records in book for promise in records.promises), key=lambda each: each.number)
    for promise in made:
        _promise(changes, promise, refs[promise.client.id])
    return [_renamed(records, refs[records.client.id]) for records in book]


def _client(changes: Changes, records: Records) -> ClientRef:
    ref = clients.add(
        changes, name=records.client.name, kind=records.kind, added_on=records.added_on, since=records.since
    )
    for spell in records.archived:
        changes.insert("archiving", client_id=ref.id, start_on=spell.start, end_on=spell.end)
    for said in records.statements:
        changes.insert(
            "assessment", client_id=ref.id, stated_on=said.on, part=said.part, said=said.said, because=said.because
        )
    return ref


def _meetings(book: Sequence[Records]) -> Iterable[tuple[int, list[Records]]]:
    """Each interaction by number, with the records of those who took part."""
    there: dict[int, list[Records]] = {}
    for records in book:
        for contact in records.contacts:
            there.setdefault(contact.number, []).append(records)
    return sorted(there.items())


def _interaction(changes: Changes, met: Contact, refs: Sequence[ClientRef], there: Sequence[Records]) -> None:
    number = interactions.add(
        changes,
        clients=refs,
        on=met.on,
        at=None,
        channel=met.channel,
        reached_out=met.reached_out,
        minutes=met.minutes,
        note=met.note,
    )
    assert number == met.number
    for ref, records in zip(refs, there, strict=True):
        for sign in records.signs:
            if sign.number == number:
                note = None if sign.text == met.note else sign.text
                interactions.add_signal(changes, number, ref, sign.signal, sign.on, note)


def _promise(changes: Changes, promise: Promise, ref: ClientRef) -> None:
    made = promises.add(
        changes, client=ref, by=promise.by, what=promise.what, made_on=promise.made_on, due_on=promise.first_due_on
    )
    assert made.number == promise.number
    for event in promise.events:
        made = promises.happen(changes, made, event)
    assert made == promise._replace(client=ref)


def _renamed(records: Records, ref: ClientRef) -> Records:
    made = tuple(promise._replace(client=ref) for promise in records.promises)
    return records._replace(client=ref, promises=made)


# --- a book that grows by itself ---


def grown(seed: int, how_many_clients: int, how_many_interactions: int) -> list[Records]:
    """A book in which everything happens that can: the same for the same seed."""
    chance = Random(seed)
    refs = [ClientRef(n, "", f"{NAMES[n % len(NAMES)]} {n:03}") for n in range(1, how_many_clients + 1)]
    contacts: dict[ClientRef, list[Contact]] = {ref: [] for ref in refs}
    signs: dict[ClientRef, list[Sign]] = {ref: [] for ref in refs}
    busy = refs[: -(-how_many_clients * 9 // 10)]
    for number in range(1, how_many_interactions + 1):
        met = Contact(
            number,
            _day(chance),
            chance.choice(list(Channel)),
            chance.choice((None, Party.them, Party.me)),
            chance.choice((None, None, 0, 5, 45)),
            f"made-up note {number}",
        )
        for ref in chance.sample(busy, chance.choice((1, 1, 1, 2, 3))):
            contacts[ref].append(met)
            for signal in chance.sample(list(SIGNALS), chance.choice((0, 0, 1, 2))):
                text = chance.choice((met.note, f"made-up words {number}"))
                signs[ref].append(Sign(signal, met.on, number, met.channel, text))
    book, next_promise = [], 1
    for ref in refs:
        made = [_made_up_promise(chance, next_promise + n, ref) for n in range(chance.randrange(9))]
        next_promise += len(made)
        book.append(
            Records(
                ref,
                chance.choice(list(Kind)),
                _day(chance),
                chance.choice((None, None, _day(chance))),
                _spells(chance),
                tuple(contacts[ref]),
                tuple(signs[ref]),
                tuple(made),
                tuple(_statement(chance) for _ in range(chance.randrange(5))),
            )
        )
    return book


def _day(chance: Random) -> date:
    """Mostly of the last year, some older, some still to come."""
    return ago(round(chance.triangular(-60, 900, 60)))


def _spells(chance: Random) -> tuple[Spell, ...]:
    start, end = sorted((_day(chance), _day(chance)))
    return chance.choice(((), (), (), (Spell(start, end),), (Spell(start),), (Spell(start, start), Spell(end))))


def _statement(chance: Random) -> Statement:
    part = chance.choice(list(Part))
    said = {
        Part.stake: [None, *Stake],
        Part.value: [None, "0", "10", "1000", "120000"],
        Part.tier: [None, *Tier],
    }[part]
    word = chance.choice(said)
    return Statement(part, _day(chance), None if word is None else str(word), chance.choice((None, "they renewed")))


def _made_up_promise(chance: Random, number: int, ref: ClientRef) -> Promise:
    made_on = _day(chance)
    due_on = chance.choice((None, *[_later(chance, made_on)] * 8, ago(0) - (ago(0) - made_on) * 2))
    history = _lived(chance, due_on) if due_on and chance.random() < 0.6 else _anything(chance, made_on)
    owner = chance.choice((Party.me, Party.me, Party.them))
    return Promise(number, ref, owner, f"send draft {number}", made_on, due_on, events=history)


def _lived(chance: Random, due: date) -> tuple[Event, ...]:
    """Moves close to the due day that stands, and an end close to the last, in whatever order they were entered."""
    events = []
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        on, to = _near(chance, due), due + timedelta(days=chance.choice((-2, 5, 10)))
        events.append(Event(Verb.moved, on, to, chance.random() < 0.7, plan=chance.choice((None, "a draft a week"))))
        due = to
    verb = chance.choice((Verb.kept, Verb.kept, Verb.kept, Verb.broken, Verb.released))
    events.append(Event(verb, _near(chance, due), told=chance.random() < 0.5, because="made up"))
    return tuple(events if chance.random() < 0.7 else chance.sample(events, len(events)))


def _near(chance: Random, day: date) -> date:
    return day + timedelta(days=chance.choice((-1, 0, 0, 1)))


def _anything(chance: Random, made_on: date) -> tuple[Event, ...]:
    events = []
    for verb in chance.choices(list(Verb), k=chance.choice((0, 0, 1, 2))):
        to = _later(chance, made_on) if verb is Verb.moved else None
        events.append(Event(verb, _later(chance, made_on), to, chance.random() < 0.5))
    return tuple(events)


def _later(chance: Random, day: date) -> date:
    return day + timedelta(days=chance.randrange(60))
