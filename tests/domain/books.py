"""Records made up for tests: builders that say only what matters, and strategies for whole books.

A book is a list of `Records`, coherent enough to be stored: an interaction shared by several clients has one number,
day and channel, each sign was seen in an interaction of its client, and numbers are never used twice.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count

from hypothesis import strategies as st

from c4l.domain.records import Contact, Event, Part, Promise, Records, Sign, Spell, Statement, Verb
from c4l.domain.signals import SLIPS, TRUST
from c4l.domain.terms import Channel, ClientRef, Kind, Party, Stake, Tier

TODAY = date(2026, 11, 22)
"""A Sunday, and the day on which most tests look."""

NAMES = ("Jane Example", "Bob Sample", "Omar Specimen", "Dana Placeholder", "Acme Makebelieve", "Łucja Åfiction")


def ago(days: int) -> date:
    """So many days before `TODAY`; negative for days to come."""
    return TODAY - timedelta(days=days)


def ref(id: int = 1) -> ClientRef:
    """A client's name, made up from its id."""
    name = NAMES[(id - 1) % len(NAMES)]
    return ClientRef(id, f"client-{id}", name)


JANE = ref()
LONG_AGO = ago(700)


def promise(
    due: date | None,
    *events: Event,
    number: int = 14,
    made: date = LONG_AGO,
    by: Party = Party.me,
    client: ClientRef = JANE,
) -> Promise:
    return Promise(number, client, by, f"send draft {number}", made, due, events=events)


def kept(on: date) -> Event:
    return Event(Verb.kept, on)


def broken(on: date, *, told: bool = False) -> Event:
    return Event(Verb.broken, on, told=told)


def released(on: date) -> Event:
    return Event(Verb.released, on)


def moved(on: date, to: date | None, *, told: bool = False) -> Event:
    return Event(Verb.moved, on, to, told)


def honoured_promises(how_many: int, first_number: int = 101) -> tuple[Promise, ...]:
    return tuple(promise(ago(50), kept(ago(60)), number=first_number + n) for n in range(how_many))


def contact(
    on: date,
    *,
    number: int = 88,
    channel: Channel = Channel.call,
    reached_out: Party | None = None,
    minutes: int | None = None,
) -> Contact:
    return Contact(number, on, channel, reached_out, minutes, f"made-up note {number}")


def sign(signal: str, on: date, *, number: int = 88, channel: Channel = Channel.call) -> Sign:
    return Sign(signal, on, number, channel, f"made-up words {number}")


def stated(part: Part, said: str | int | None, on: date = TODAY) -> Statement:
    return Statement(part, on, None if said is None else str(said))


def client(
    *contacts: Contact,
    id: int = 1,
    signs: Sequence[Sign] = (),
    promises: Sequence[Promise] = (),
    statements: Sequence[Statement] = (),
    archived: Sequence[Spell] = (),
    since: date | None = None,
    added: date = LONG_AGO,
) -> Records:
    return Records(
        ref(id),
        Kind.customer,
        added,
        since,
        tuple(archived),
        contacts,
        tuple(signs),
        tuple(promises),
        tuple(statements),
    )


def client_for_life(id: int = 1) -> Records:
    """A client who meets all four criteria for life on `TODAY`, and none for key."""
    numbers = range(100 * id, 100 * id + 3)
    days = (ago(400), ago(30), ago(11))
    return client(
        *(contact(on, number=n, reached_out=Party.me) for n, on in zip(numbers, days, strict=True)),
        id=id,
        signs=[sign(name, ago(11), number=numbers[-1]) for name in ("consulted", "early", "door")],
        promises=[it._replace(client=ref(id)) for it in honoured_promises(3, 100 * id)],
    )


def with_signs(*seen: Sign) -> Records:
    """A client of long standing who showed so much; silent otherwise."""
    return client(contact(ago(400)), signs=seen)


def asked(*ages: int, id: int = 1, minutes: int = 60) -> Records:
    """A client who started an interaction so many days ago, again and again, of so many minutes each."""
    return client(
        *(
            contact(ago(age), number=100 * id + number, reached_out=Party.them, minutes=minutes)
            for number, age in enumerate(ages)
        ),
        id=id,
    )


EDGES = (-30, -8, -1, 0, 1, 7, 8, 9, 119, 120, 121, 179, 180, 181, 364, 365, 366)
"""Ages in days, around which some rule turns."""

days = st.one_of(st.sampled_from(EDGES), st.integers(-40, 500)).map(ago)
"""Days around `TODAY`, often those on which a rule turns, some of them still to come."""

verdicts = st.sampled_from([Verb.kept, Verb.kept, Verb.kept, Verb.kept, Verb.broken, Verb.released])


@st.composite
def events(draw: st.DrawFn, made_on: date, at_most: int = 4) -> tuple[Event, ...]:
    """What happened to a promise, entered in any order of days, some of it dated after its end."""
    found = []
    for _ in range(draw(st.integers(0, at_most))):
        on = made_on + timedelta(days=draw(st.integers(0, 60)))
        verb = draw(st.one_of(st.just(Verb.moved), verdicts))
        to = on + timedelta(days=draw(st.integers(-5, 40))) if verb is Verb.moved else None
        found.append(Event(verb, on, to, told=draw(st.booleans())))
    return tuple(found)


@st.composite
def promises(draw: st.DrawFn, number: int = 14, client: ClientRef = JANE) -> Promise:
    """A promise of either side, perhaps without a due day, with whatever happened to it."""
    made_on = draw(days)
    due_on = draw(st.one_of(st.none(), st.integers(0, 60).map(lambda age: made_on + timedelta(days=age))))
    return Promise(
        number,
        client,
        draw(st.sampled_from((Party.me, Party.me, Party.them))),
        f"send draft {number}",
        made_on,
        due_on,
        events=draw(events(made_on)),
    )


@st.composite
def mostly_kept(draw: st.DrawFn, numbers: "count[int]", client: ClientRef) -> list[Promise]:
    """A run of promises of yours of which nearly all were kept in time."""
    found = []
    for _ in range(draw(st.integers(0, 5))):
        due = draw(days)
        early = due - timedelta(days=draw(st.integers(0, 3)))
        found.append(Promise(next(numbers), client, Party.me, "call back", ago(800), due, events=(kept(early),)))
    return found


@st.composite
def statements(draw: st.DrawFn) -> tuple[Statement, ...]:
    """The user's own views, stated, restated and withdrawn."""
    said = st.one_of(
        st.tuples(st.just(Part.stake), st.none() | st.sampled_from([str(stake) for stake in Stake])),
        st.tuples(st.just(Part.value), st.none() | st.sampled_from(("0", "1", "10", "10", "1000", "120000"))),
        st.tuples(st.just(Part.tier), st.none() | st.sampled_from([str(tier) for tier in Tier])),
    )
    found = draw(st.lists(st.tuples(said, days), max_size=6))
    return tuple(Statement(part, on, words) for (part, words), on in found)


@st.composite
def spells(draw: st.DrawFn) -> tuple[Spell, ...]:
    """Now and then a stretch in the archive, perhaps one that has not ended."""
    if draw(st.integers(0, 4)):
        return ()
    start = draw(days)
    return (Spell(start, draw(st.none() | st.integers(1, 60).map(lambda age: start + timedelta(days=age)))),)


@st.composite
def books(draw: st.DrawFn, at_most: int = 5) -> list[Records]:
    """A book of a few clients, of whom some are near the top of the triangle."""
    refs = [ref(id) for id in range(1, draw(st.integers(1, at_most)) + 1)]
    contacts: dict[ClientRef, list[Contact]] = {who: [] for who in refs}
    signs: dict[ClientRef, list[Sign]] = {who: [] for who in refs}
    seen = st.lists(st.sampled_from((*TRUST, *TRUST, "steer", *SLIPS, "owned", "thanked")), max_size=4, unique=True)
    for number in range(1, draw(st.integers(0, 6 * len(refs))) + 1):
        met = Contact(
            number,
            draw(days),
            draw(st.sampled_from(Channel)),
            draw(st.sampled_from((None, Party.them, Party.me))),
            draw(st.sampled_from((None, None, 0, 5, 15, 60))),
            f"made-up note {number}",
        )
        for who in draw(st.sets(st.sampled_from(refs), min_size=1, max_size=2)):
            contacts[who].append(met)
            signs[who] += [Sign(name, met.on, number, met.channel, met.note) for name in draw(seen)]
    numbers = count(1)
    return [
        Records(
            who,
            draw(st.sampled_from(Kind)),
            draw(days),
            draw(st.none() | days),
            draw(spells()),
            tuple(contacts[who]),
            tuple(signs[who]),
            (
                *draw(mostly_kept(numbers, who)),
                *(draw(promises(next(numbers), who)) for _ in range(draw(st.integers(0, 2)))),
            ),
            draw(statements()),
        )
        for who in refs
    ]
