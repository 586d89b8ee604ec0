"""Books of any size, the same on every machine: five years up to a fixed day, made through the store's own bulk path.

As in life, a few clients have most of the contact, most promises are kept, and some are moved. The random numbers come
from one seed, so that a book can be kept between runs under a name that changes only with this file or the schema.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import blake2b
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from c4l.domain.names import handle_base, name_key
from c4l.domain.records import effective_minutes, started_by_them
from c4l.domain.signals import SIGNALS, SLIPS
from c4l.domain.terms import Channel, Kind, Party, Stake, State, Tier
from c4l.store.connection import connect_empty
from c4l.store.store import Changes, Store

TODAY = date(2026, 11, 22)
DAYS = 5 * 365
SEED = 20261122
BLOCK = 10_000

Row = tuple[Any, ...]


class Size(NamedTuple):
    """How much a book holds.

    Attributes:
        overdue: so many promises are; a few more are open and not yet due.
    """

    name: str
    clients: int
    interactions: int
    promises: int
    overdue: int


SMALL = Size("S", 100, 1_000, 200, 20)
LARGE = Size("M", 10_000, 1_000_000, 200_000, 3_000)

_ISO = [(TODAY - timedelta(days=DAYS - number)).isoformat() for number in range(DAYS + 120)]
"""Days as the database keeps them, from the first one on; the last of the five years is `_ISO[DAYS]`."""

_FIRST_NAMES, _BEGINNINGS, _MIDDLES, _ENDINGS, _WORDS = (
    line.split()
    for line in (
        "Anna Boris Carla David Elena Felix Greta Hans Irina Jonas Katya Lena Maria Nils Olga Paul Rosa Stefan Uma Uwe",
        "Al Ber Cor Dal El Fen Gar Hol Is Jor Kel Lin Mar Nor Os Pel Quin Ros Sten Tor",
        "ba den fa gor hil ka len mi na pol ra sen ti va wi za be do ga ro",
        "berg by dal er feld gren hall holm ing lund man ner quist ros sen ström ton vik wall wood",
        "project budget logo invoice site hosting draft call back next week quote contract sign brief scope change "
        "photo copy review approve colour header mobile bug fix payment late reminder friendly lunch idea referral "
        "print banner shop order return stock support meeting deadline holiday quarter plan strategy press launch",
    )
)

FIRST_CLIENT = f"{_FIRST_NAMES[0]} {_BEGINNINGS[0]}{_MIDDLES[0]}{_ENDINGS[0]}"
"""The name of the busiest client of every book."""

_WAYS: tuple[tuple[Channel, Party | None, int | None], ...] = (
    *((Channel.call, None, minutes) for minutes in (None, 10, 20, 35)),
    *((Channel.email, party, None) for party in (None, *Party)),
    *((Channel.message, party, None) for party in Party),
    (Channel.meeting, Party.me, 60),
    (Channel.meeting, None, 45),
    (Channel.visit, Party.them, None),
)
_KINDS_SEEN = [
    *(name for name, signal in SIGNALS.items() if signal.logged and name not in SLIPS),
    *("advice", "consulted", "early", "advice", "consulted", "thanked", "helped", "thanked"),
    *SLIPS,
]
_SHARED = 0.05
"""Of all interactions, so many are with more than one client."""
_TELLING = 0.08
"""Of all interactions, so many show a signal."""


def book(size: Size, folder: Path) -> Path:
    """The book of a size, made where it is not there yet; older ones of that size are removed."""
    path = folder / f"{size.name}-{fingerprint()}.db"
    if not path.exists():
        for old in folder.glob(f"{size.name}-*.db"):
            old.unlink()
        unfinished = path.with_suffix(".unfinished")
        fill(size, unfinished)
        unfinished.rename(path)
    return path


def fingerprint() -> str:
    """A word that changes with this file and with the schema."""
    empty = connect_empty()
    try:
        schema = empty.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    finally:
        empty.close()
    return blake2b(Path(__file__).read_bytes() + repr(schema).encode(), digest_size=6).hexdigest()


def fill(size: Size, path: Path) -> None:
    """Write a book of that size, as one entry of its journal; needs no more memory for a large one."""
    random = Random(SEED)
    with Store.open(path) as store, store.writing("bench") as changes:
        people = list(changes.insert_many("client", _clients(size.clients)))
        _exhaust(changes.insert_many("contact_point", _addresses(people)))
        _exhaust(changes.insert_many("tag", ((number, "newsletter", "newsletter") for number in people[::4])))
        _exhaust(changes.insert_many("assessment", _statements(people[::3], random)))
        _interactions(changes, _drafts(size, people, random))
        _promises(changes, _owed(size, people, random))


def _exhaust(numbers: Iterable[int]) -> None:
    deque(numbers, maxlen=0)


def _clients(count: int) -> Iterator[Row]:
    names = (f"{first} {''.join(last)}" for last in product(_BEGINNINGS, _MIDDLES, _ENDINGS) for first in _FIRST_NAMES)
    # Neighbours in the product share their family name: a step that shares no factor with its length parts them.
    every = list(islice(names, 20 * max(count, 500)))
    kinds = [kind.value for kind in Kind]
    for number in range(count):
        name = every[number * 7919 % len(every)]
        kind = kinds[number % len(kinds)] if number % 3 else Kind.customer.value
        firm = f"{name.split()[1]} & Co"
        yield name, name_key(name), handle_base(name), kind, firm, None, None, _ISO[0], None, None, None


def _addresses(people: list[int]) -> Iterator[Row]:
    for number in people:
        address = f"u{number}@example.com"
        yield number, "email", address, address


def _statements(people: list[int], random: Random) -> Iterator[Row]:
    for number in people:
        on = _ISO[DAYS - random.randrange(500)]
        yield number, on, "stake", random.choice(list(Stake)).value, None
        yield number, on, "value", str(1000 * int(random.paretovariate(1.2))), None
        if random.random() < 0.2:
            yield number, on, "tier", random.choice(list(Tier)).value, "a feeling"


def _somebody(people: list[int], random: Random) -> int:
    """The first of them most often: squaring makes a few clients hold most of everything."""
    return people[int(len(people) * random.random() ** 2)]


def _note(random: Random) -> str:
    return " ".join(random.choices(_WORDS, k=random.randrange(4, 18)))


class _Draft(NamedTuple):
    """An interaction with what belongs to it."""

    row: Row
    clients: tuple[int, ...]
    asked: bool
    minutes: int
    signal: str | None


def _drafts(size: Size, people: list[int], random: Random) -> Iterator[_Draft]:
    """Interactions in the order of their days, as they are logged."""
    for number in range(size.interactions):
        channel, party, minutes = random.choice(_WAYS)
        started = None if party is None else party.value
        row = (_ISO[1 + number * DAYS // size.interactions], None, channel.value, started, minutes, _note(random))
        clients = {_somebody(people, random): None}
        if random.random() < _SHARED:
            clients |= dict.fromkeys(_somebody(people, random) for _ in range(2))
        signal = random.choice(_KINDS_SEEN) if random.random() < _TELLING else None
        asked = started_by_them(channel, party)
        yield _Draft(row, tuple(clients), asked, effective_minutes(channel, minutes), signal)


def _interactions(changes: Changes, drafts: Iterator[_Draft]) -> None:
    while block := list(islice(drafts, BLOCK)):
        numbers = list(changes.insert_many("interaction", (draft.row for draft in block)))
        both = list(zip(numbers, block, strict=True))
        participants = (
            (number, client, draft.row[0], int(draft.asked), draft.minutes)
            for number, draft in both
            for client in draft.clients
        )
        _exhaust(changes.insert_many("participant", participants))
        signals = (
            (number, draft.clients[0], draft.signal, draft.row[0], None) for number, draft in both if draft.signal
        )
        _exhaust(changes.insert_many("signal", signals))


class _Owed(NamedTuple):
    """A promise with what happened to it, each event without the promise's number."""

    row: Row
    events: tuple[Row, ...]


def _owed(size: Size, people: list[int], random: Random) -> Iterator[_Owed]:
    """Promises in the order in which they were made, but for the overdue ones: those are of the last months."""
    every = size.promises // size.overdue
    for number in range(size.promises):
        client, owner = _somebody(people, random), "me" if random.random() < 0.75 else "them"
        if number % every == 0 and number < every * size.overdue:
            due = DAYS - random.randrange(1, 90)
            made = due - random.randrange(1, 30)
            yield _Owed(
                (client, None, owner, _note(random), _ISO[made], _ISO[due], _ISO[due], State.open.value, None), ()
            )
        else:
            yield _settled(client, owner, number * DAYS // size.promises, random)


def _settled(client: int, owner: str, made: int, random: Random) -> _Owed:
    """A promise that is not overdue: still to come, or ended in one of the ways in which promises end."""
    first = due = made + random.randrange(1, 60)
    events: list[Row] = []
    if random.random() < 0.1 and first - 1 > made and first <= DAYS:
        due = first + random.randrange(1, 30)
        events.append(("moved", _ISO[first - 1], _ISO[first], _ISO[due], int(random.random() < 0.6), None, None))
    state, closed = State.open.value, None
    if due < DAYS:
        state = random.choices(("kept", "broken", "released"), (92, 4, 4))[0]
        closed = _ISO[min(DAYS, due + random.randrange(1, 10) if random.random() < 0.07 else due)]
        events.append((state, closed, None, None, 0, None, None))
    row = (client, None, owner, _note(random), _ISO[made], _ISO[first], _ISO[due], state, closed)
    return _Owed(row, tuple(events))


def _promises(changes: Changes, owed: Iterator[_Owed]) -> None:
    while block := list(islice(owed, BLOCK)):
        numbers = list(changes.insert_many("promise", (each.row for each in block)))
        events = ((number, *event) for number, each in zip(numbers, block, strict=True) for event in each.events)
        _exhaust(changes.insert_many("promise_event", events))
