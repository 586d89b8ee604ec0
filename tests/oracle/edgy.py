"""Books made up to lie on edges: on the first and the last day on which something counts, on ties, on exact shares.

Most days are among those around which some threshold turns, or beside one; values and minutes are few and round, so
that equal values, exact halves and exact doubles are common; what happens to a promise happens on its due day or next
to it. Some of it is still to come on the day on which the book is looked at. Every second client is near the top.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from c4l.domain.records import Contact, Event, Part, Promise, Records, Sign, Spell, Statement, Verb
from c4l.domain.signals import SLIPS, TRUST
from c4l.domain.terms import Channel, ClientRef, Kind, Party, Stake, Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import TODAY, ref


class Edgy(NamedTuple):
    """A book, and how it is looked at."""

    book: list[Records]
    as_of: date
    needs: Thresholds


def edgy(chance: Random) -> Edgy:
    """A book of one to five clients, the day on which it is looked at, and the thresholds that hold."""
    as_of = TODAY - timedelta(days=chance.choice((0, 0, 1, 30)))
    needs = chance.choice((DEFAULTS, own_thresholds(chance)))
    return Edgy(_Maker(chance, as_of, needs).book(chance.randint(1, 5)), as_of, needs)


def own_thresholds(chance: Random) -> Thresholds:
    """Thresholds as somebody may set them, in stretches so short that a walk through them is quick."""
    return Thresholds(
        window_days=chance.randint(30, 60),
        key_needed=chance.randint(1, 4),
        drives_percent=chance.choice((25, 50, 51, 67, 75, 100)),
        demands_least=chance.randint(1, 4),
        demands_times=chance.randint(1, 3),
        trusted_needed=chance.randint(1, 5),
        reliable_least=chance.randint(1, 4),
        reliable_missed=chance.randint(0, 2),
        reliable_share=chance.randint(1, 5),
        reliable_grace_days=chance.randint(0, 9),
        lasting_days=chance.randint(0, 70),
        lasting_silence_days=chance.randint(1, 40),
        unbroken_grace_days=chance.randint(0, 9),
    )


class _Meetings(NamedTuple):
    """What one client took part in, and what they and you showed there."""

    contacts: list[Contact]
    signs: list[Sign]


class _Maker:
    """Makes up the clients of one book, whose interactions and promises are numbered without gaps."""

    def __init__(self, chance: Random, as_of: date, needs: Thresholds) -> None:
        self._chance = chance
        self._as_of = as_of
        self._needs = needs
        self._meetings = 0
        self._promises = 0
        self._minutes = chance.choice(((None, 0, 5, 10, 20), (None, 5, 10, 20), (0, 0, 0, 5)))
        spans = (
            0,
            needs.window_days,
            needs.reliable_grace_days,
            needs.lasting_days,
            needs.lasting_silence_days,
            needs.unbroken_grace_days,
        )
        turning = {span + near for span in spans for near in (-1, 0, 1, 2)}
        self._turning = sorted(turning | {-9, -2, 20})
        self._within = sorted(age for age in turning if 0 <= age < needs.window_days)

    def book(self, how_many: int) -> list[Records]:
        refs = [ref(number) for number in range(1, how_many + 1)]
        meetings = {who: _Meetings([], []) for who in refs}
        close = {who: self._one_in(2) for who in refs}
        for who in refs:
            self._meet(who, meetings, close=close[who])
        return [
            Records(
                client=who,
                kind=self._chance.choice(list(Kind)),
                added_on=self._day(),
                since=self._chance.choice((None, None, self._day())),
                archived=self._spells(),
                contacts=tuple(meetings[who].contacts),
                signs=tuple(meetings[who].signs),
                promises=self._owed(who, close=close[who]),
                statements=self._statements(),
            )
            for who in refs
        ]

    # Days

    def _day(self, *, close: bool = False) -> date:
        """A day on an edge or near it; most often within the window for a client who is close to the top."""
        if not self._one_in(4):
            return self._ago(self._chance.choice(self._within if close or self._one_in(2) else self._turning))
        return self._ago(self._chance.randint(0, self._needs.window_days + 5))

    def _ago(self, days: int) -> date:
        return self._as_of - timedelta(days=days)

    def _near(self, day: date) -> date:
        return day + timedelta(days=self._chance.choice((-1, 0, 0, 1)))

    def _one_in(self, many: int) -> bool:
        return self._chance.randrange(many) == 0

    # Interactions

    def _meet(self, who: ClientRef, meetings: dict[ClientRef, _Meetings], *, close: bool) -> None:
        """Interactions with a client, at times with somebody else, too."""
        if self._one_in(8):
            # Somebody who is only known.
            return
        earliest, latest = self._stretch()
        for signals, by in self._plans(close=close):
            self._meetings += 1
            on = max(earliest, min(latest, self._day(close=close)))
            met = self._contact(on, by)
            for there in {who: 0, self._chance.choice(list(meetings)): 0} if self._one_in(6) else [who]:
                meetings[there].contacts.append(met)
            meetings[who].signs.extend(Sign(signal, on, met.number, met.channel, met.note) for signal in signals)

    def _stretch(self) -> tuple[date, date]:
        """The first and the last day on which there can be contact: at times they came, or fell silent, on the edge."""
        ends = {"any": (date.min, date.max)}
        beside = self._chance.choice((-1, 0, 1))
        ends["new"] = (self._ago(self._needs.lasting_days + beside), date.max)
        ends["silent"] = (date.min, self._ago(self._needs.lasting_silence_days + beside))
        return ends[self._chance.choice(("any", "any", "any", "new", "silent"))]

    def _plans(self, *, close: bool) -> list[tuple[list[str], Party | None]]:
        """What each interaction shows, and who starts it; None where nobody says."""
        chance, needs = self._chance, self._needs
        signs = chance.sample(TRUST, min(len(TRUST), needs.trusted_needed + chance.choice((-1, 0, 0, 1))))
        if not close:
            signs = chance.choices(TRUST, k=chance.randrange(4))
        mishaps = chance.choices((*SLIPS, "owned", "owned", "steer"), k=chance.choice((0, 0, 1, 2, 3)))
        asked = chance.choice((0, 0, needs.demands_least - 1, needs.demands_least, needs.demands_least + 1))
        return [
            *(([signal], chance.choice((None, Party.me, Party.them))) for signal in (*signs, *mishaps)),
            *(([], Party.them) for _ in range(asked)),
            *(([], Party.me) for _ in range(chance.randrange(3))),
        ]

    def _contact(self, on: date, by: Party | None) -> Contact:
        channel = self._chance.choice(list(Channel))
        minutes = self._chance.choice(self._minutes)
        return Contact(self._meetings, on, channel, by, minutes, f"made-up note {self._meetings}")

    # Promises

    def _owed(self, who: ClientRef, *, close: bool) -> tuple[Promise, ...]:
        """As many as are needed, one less or some more; most of them kept in time, so that one that was not decides."""
        least = self._needs.reliable_least
        wanted = self._chance.choice((least, least + 1, least + 2, 10, 11) if close else (0, least - 1, least, 9, 10))
        odd = min(wanted, self._chance.choice((0, 0, 1, 2) if close else (0, 1, 2, 3)))
        kept = [self._kept(who, close=close) for _ in range(wanted - odd)]
        return (*kept, *(self._odd(who) for _ in range(odd)))

    def _kept(self, who: ClientRef, *, close: bool) -> Promise:
        due = self._day(close=close)
        return self._promise(who, due, [Event(Verb.kept, due - timedelta(days=self._chance.choice((0, 0, 1))))])

    def _odd(self, who: ClientRef) -> Promise:
        """A promise that was moved, broken or released, is late, undated or theirs; told of in any order of days."""
        chance = self._chance
        due = None if self._one_in(6) else self._day()
        standing, events = due or self._day(), []
        for _ in range(chance.choice((0, 0, 1, 1, 2))):
            to = standing + timedelta(days=chance.choice((-3, 0, 2, 9)))
            events.append(Event(Verb.moved, self._near(standing), to, told=self._one_in(2)))
            standing = to
        for _ in range(chance.choice((0, 1, 1, 2))):
            verb = chance.choice((Verb.kept, Verb.kept, Verb.broken, Verb.released))
            events.append(Event(verb, self._near(standing), told=self._one_in(2)))
        if self._one_in(4):
            events.reverse()
        return self._promise(who, due, events, chance.choice((Party.me, Party.me, Party.me, Party.them)))

    def _promise(self, who: ClientRef, due: date | None, events: Sequence[Event], by: Party = Party.me) -> Promise:
        """A promise made before anything happened to it."""
        self._promises += 1
        made = min([self._day(), *([due] if due else []), *(event.on for event in events)])
        what = f"send draft {self._promises}"
        return Promise(self._promises, who, by, what, made, due, events=tuple(events))

    # Your own view, and the archive

    def _statements(self) -> tuple[Statement, ...]:
        """Views stated, stated anew on the same day or another, and withdrawn."""
        words: dict[Part, Sequence[str | None]] = {
            Part.value: ("0", "10", "10", "20", "30", "40", None),
            Part.stake: (*map(str, (Stake.low, Stake.high, Stake.high, Stake.critical)), None),
            Part.tier: (*map(str, Tier), None),
        }
        found: list[Statement] = []
        for _ in range(self._chance.choice((0, 1, 2, 3, 5))):
            part = self._chance.choice((Part.value, Part.value, Part.stake, Part.tier))
            on = found[-1].on if found and self._one_in(4) else self._day(close=self._one_in(2))
            found.append(Statement(part, on, self._chance.choice(words[part])))
        return tuple(found)

    def _spells(self) -> tuple[Spell, ...]:
        """Now and then a stretch in the archive, or two, of which the last may not have ended."""
        if not self._one_in(5):
            return ()
        marks = sorted(self._day() for _ in range(self._chance.randint(1, 4)))
        ends = [*marks[1::2], *([None] if len(marks) % 2 else [])]
        return tuple(Spell(start, end) for start, end in zip(marks[::2], ends, strict=True))
