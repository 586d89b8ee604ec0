"""The demo: a book of its own with a fictional practice over two years, made relative to today so that it never ages.

Who is in it stands in `demo_cast`, what happened in `demo_story`; here both become records, together with the routine
of calls and small promises that a real book is full of.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from c4l.actions import promises, triangle
from c4l.actions.clients import insert
from c4l.actions.demo_cast import CAST, Person
from c4l.actions.demo_story import CHANNELS, NOTES, PROMISES, ROUTINE_PROMISES, STORY, Owed, Told, Turn
from c4l.actions.drafts import ClientDraft, KeyDateDraft
from c4l.domain.errors import Conflict, Refused
from c4l.domain.names import handle_base
from c4l.domain.records import Event, Part, Verb
from c4l.domain.terms import Channel, ClientRef, Kind, Party
from c4l.domain.thresholds import Thresholds
from c4l.store import clients, interactions
from c4l.store import compiled as q
from c4l.store import promises as stored_promises
from c4l.store.store import Changes, Store

if TYPE_CHECKING:
    from random import Random

VERB = "demo"
DETAILED = 10
"""So many clients of each tier are looked into for the screen."""

_LAST_YEAR = range(25, 341)
"""Days ago of routine promises that count today, and will for a while."""
_YEAR_BEFORE = range(400, 700)
_AT_WORK = frozenset((Kind.customer, Kind.partner))
_QUICK = frozenset((Channel.email, Channel.message, Channel.note, Channel.gift))


class Demo(NamedTuple):
    """The demo as it was made, and the two first things to look at in it.

    Attributes:
        clients: how many there are; `interactions` and `promises` likewise.
    """

    file: Path
    clients: int
    interactions: int
    promises: int
    overdue: promises.PromiseList
    triangle: triangle.TriangleView


def changed(store: Store) -> bool:
    """Whether there is a demo in which somebody changed something since it was made.

    Raises:
        Refused: if there is a book that was not begun as a demo.
    """
    if not store.path.exists():
        return False
    with store.reading() as tx:
        begun, then = (tx.all(q.entry_get, id=number) for number in (1, 2))
    if begun and begun[0][2] != VERB:
        raise Refused(
            f"{store.path} is a book of its own, and no demo", "name a new file: c4l demo --database demo/demo.db"
        )
    return bool(then)


def make(store: Store, today: date, thresholds: Thresholds, *, discard: bool = False) -> Demo:
    """Make the demo, in place of the one that is there.

    Args:
        discard: whether changes that somebody tried in the one that is there may be lost.

    Raises:
        Refused: if there is a book that was not begun as a demo.
        Conflict: if something was tried in the demo, and `discard` was not said.
    """
    if changed(store) and not discard:
        raise Conflict(f"somebody changed the demo in {store.path} since it was made", "--yes throws that away")
    told, owed = _everything()
    with store.replacing(VERB) as changes:
        people = {person.name: _person(changes, person, today) for person in CAST}
        happened = {
            (each.ago, name): number
            for each in told
            for number in [_interaction(changes, people, each, today)]
            for name in each.who
        }
        for each in owed:
            _promise(changes, people[each.who], each, happened.get((each.made, each.who)), today)
    return Demo(
        store.path,
        len(people),
        len(told),
        len(owed),
        promises.listed(store, today, promises.Wanted(overdue=True)),
        triangle.triangle(store, today, today, thresholds, details=DETAILED),
    )


def working_day(today: date, ago: int) -> date:
    """So many days ago (below 0: ahead), off the weekend: Friday for what lies behind, Monday for what is to come."""
    day = today - timedelta(days=ago)
    weekend = max(0, day.weekday() - 4)
    return day + timedelta(days=3 - weekend if ago < 0 else -weekend) if weekend else day


def _everything() -> tuple[list[Told], list[Owed]]:
    """Story and routine together, each in the order in which it happened."""
    from random import Random

    told, owed = list(STORY), list(PROMISES)
    for person in CAST:
        # A seed of their own: whoever is added to the cast changes nothing for the others.
        random = Random(f"demo {person.name}")  # noqa: S311 - a story, no secret
        routine = list(_routine(person, random))
        told += routine
        owed += _kept_as_usual(person, [each.ago for each in routine], random)
    told.sort(key=lambda each: -each.ago)
    owed.sort(key=lambda each: -each.made)
    return told, owed


def _routine(person: Person, random: "Random") -> Iterator[Told]:
    """The contacts that no story is told about."""
    if not person.rhythm:
        return
    ago = person.first
    while ago >= person.last:
        channel = random.choice(CHANNELS[person.kind])
        minutes = None if channel in _QUICK else 5 * random.randint(2, 9)
        by = Party.them if random.randrange(100) < person.asks else Party.me
        yield Told(ago, (person.name,), random.choice(NOTES[person.kind]), (), channel, by, minutes)
        step = max(1, round(person.rhythm * random.uniform(0.6, 1.4)))
        ago = ago - step if ago == person.last else max(person.last, ago - step)


def _kept_as_usual(person: Person, contacts: list[int], random: "Random") -> Iterator[Owed]:
    """Promises made in the routine, and kept."""
    for days, count in ((_LAST_YEAR, person.kept), (_YEAR_BEFORE, person.kept // 2)):
        made_on = [ago for ago in contacts if ago in days]
        for made in random.sample(made_on, min(count, len(made_on))):
            due = made - random.randint(5, 14)
            kept = Turn(due + random.randint(0, 3), Verb.kept)
            yield Owed(made, person.name, random.choice(ROUTINE_PROMISES[person.kind]), due, (kept,))


def _person(changes: Changes, person: Person, today: date) -> ClientRef:
    draft = ClientDraft(
        person.name,
        person.kind,
        person.organisation,
        person.role,
        emails=(f"{handle_base(person.name)}@example.com",) if person.kind in _AT_WORK else (),
        tags=person.tags,
        key_dates=tuple(_key_dates(person, today)),
        cadence_days=person.cadence,
    )
    ref = insert(changes, draft, working_day(today, max(person.first, person.met)))
    if person.next_in is not None:
        clients.set_next(changes, ref.id, working_day(today, -person.next_in))
    if person.archived is not None:
        changes.insert("archiving", client_id=ref.id, start_on=working_day(today, person.archived))
    _known(changes, ref, person, today)
    return ref


def _known(changes: Changes, ref: ClientRef, person: Person, today: date) -> None:
    """What is known of somebody: facts, each learned on its day, and your own view."""
    for fact in person.facts:
        changes.insert(
            "fact",
            client_id=ref.id,
            kind=fact.kind,
            text=fact.text,
            learned_on=working_day(today, fact.ago),
            reached_on=None if fact.reached is None else working_day(today, fact.reached),
            outcome=fact.outcome,
        )
    if (view := person.view) is not None:
        on = working_day(today, view.ago)
        for part, said in ((Part.stake, view.stake), (Part.value, view.value), (Part.tier, view.tier)):
            if said is not None:
                changes.insert(
                    "assessment", client_id=ref.id, stated_on=on, part=part, said=str(said), because=view.because
                )


def _key_dates(person: Person, today: date) -> Iterator[KeyDateDraft]:
    for each in person.dates:
        day = today + timedelta(days=each.ahead)
        if (day.month, day.day) == (2, 29):
            # Only who was born on that day has it every year.
            day -= timedelta(days=1)
        yield KeyDateDraft(each.label, day.month, day.day, None if each.years is None else day.year - each.years)
    if person.leap_day_of is not None:
        yield KeyDateDraft("birthday", 2, 29, person.leap_day_of)


def _interaction(changes: Changes, people: dict[str, ClientRef], told: Told, today: date) -> int:
    on = working_day(today, told.ago)
    number = interactions.add(
        changes,
        clients=[people[name] for name in told.who],
        on=on,
        at=None,
        channel=told.channel,
        reached_out=told.by,
        minutes=told.minutes,
        note=told.note,
    )
    for signal in told.signals:
        interactions.add_signal(changes, number, people[told.who[0]], signal, on, None)
    return number


def _promise(changes: Changes, client: ClientRef, owed: Owed, interaction: int | None, today: date) -> None:
    promise = stored_promises.add(
        changes,
        client=client,
        by=owed.by,
        what=owed.what,
        made_on=working_day(today, owed.made),
        due_on=None if owed.due is None else working_day(today, owed.due),
        interaction=interaction,
    )
    for turn in owed.turns:
        to = None if turn.to is None else working_day(today, turn.to)
        event = Event(turn.verb, working_day(today, turn.ago), to, turn.told, turn.because, turn.plan)
        stored_promises.happen(changes, promise, event)
