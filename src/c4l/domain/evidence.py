"""What the records of a client come down to on a day: the few figures that the criteria read.

The store computes the very same figures for a whole book by SQL; these functions say what they mean.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from c4l.domain.promises import Outcome, Standing, exists, outcome_of, standing
from c4l.domain.records import Contact, Part, Promise, Records, Sign, Spell, Statement
from c4l.domain.records import effective_minutes as effective_minutes
from c4l.domain.records import started_by_them as started_by_them
from c4l.domain.signals import SLIPS, TRUST
from c4l.domain.terms import Party, Stake, Tier
from c4l.domain.thresholds import Thresholds

LIFTING = frozenset((*TRUST, "steer"))
"""Signals that can lift a client: all of them the client's own doing."""


class Window(NamedTuple):
    """A stretch of days: after `after`, up to and including `until`."""

    after: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether the day lies in the window."""
        return self.after < day <= self.until


class Glance(NamedTuple):
    """What settles most tiers, cheap to find for every client of a book.

    Attributes:
        shown: the lifting signals seen in the window.
        asked: interactions in the window that the client started.
        asked_minutes: the time of those.
        stake: as stated and still standing; so, too, `value` (a year) and `own_view`.
    """

    shown: frozenset[str] = frozenset()
    asked: int = 0
    asked_minutes: int = 0
    stake: Stake | None = None
    value: int | None = None
    own_view: Tier | None = None


class Depth(NamedTuple):
    """What is looked up only where a glance leaves the tier open.

    Attributes:
        counted: your counted promises to the client, without those open and only a few days past due.
        missed: of those, the ones not honoured.
        still_overdue: whether one of those is overdue.
        first_on: the first interaction, or the stated beginning where that is earlier.
        last_on: the last interaction.
        unowned: slips in the window, old enough, that nothing owned since.
    """

    counted: int = 0
    missed: int = 0
    still_overdue: bool = False
    first_on: date | None = None
    last_on: date | None = None
    unowned: int = 0


class Peers(NamedTuple):
    """What the comparing criteria need to know of all placed clients; built once for a book and a day.

    Attributes:
        values: the stated values, ascending.
        sums: `sums[i]` is the sum of the first `i` values.
        times: the minutes of the clients who started any interaction, ascending.
    """

    values: tuple[int, ...] = ()
    sums: tuple[int, ...] = (0,)
    times: tuple[int, ...] = ()

    def others(self, own: Glance) -> "Others":
        """The same without one client, whose glance is among those it was built from."""
        return Others(self, own)


class Others(NamedTuple):
    """All placed clients but one, as they stand on the day; `own` is the glance of the one left out."""

    peers: Peers
    own: Glance

    def beside(self, own: Glance) -> "Others":
        """The same others beside another self of the one left out."""
        before, peers = self.own, self.peers
        values, times = list(peers.values), list(peers.times)
        if before.value is not None:
            values.remove(before.value)
        if before.asked:
            times.remove(before.asked_minutes)
        values.extend([] if own.value is None else [own.value])
        times.extend([own.asked_minutes] if own.asked else [])
        values.sort()
        return Others(Peers(tuple(values), (0, *accumulate(values)), tuple(sorted(times))), own)

    @property
    def value(self) -> int:
        """The sum of their stated values."""
        return self.peers.sums[-1] - (self.own.value or 0)

    def value_above(self, value: int) -> int:
        """The sum of their stated values greater than the given one."""
        values, sums = self.peers.values, self.peers.sums
        above = sums[-1] - sums[bisect_right(values, value)]
        return above - self.own.value if self.own.value is not None and self.own.value > value else above

    @property
    def started_any(self) -> bool:
        """Whether any of them started an interaction, so that there is something to compare with."""
        return len(self.peers.times) > (self.own.asked > 0)

    def twice_median_minutes(self) -> int | None:
        """Twice the median of their time (whole, for an even count too); None where nobody started anything."""
        times, own = self.peers.times, self.own
        count = len(times) - 1 if own.asked else len(times)
        if not count:
            return None
        low, high = (count - 1) // 2, count // 2
        if not own.asked:
            return times[low] + times[high]
        # Where the own time is left out, those that stand at its place or behind it move up by one.
        return times[low + (times[low] >= own.asked_minutes)] + times[high + (times[high] >= own.asked_minutes)]


# Made anew for every client of a book: a frozen class would take twice as long.
@dataclass(slots=True)
class Seen:
    """What a criterion reads that needs no more than a glance."""

    glance: Glance
    others: Others
    thresholds: Thresholds


@dataclass(slots=True)
class Evidence(Seen):
    """What any criterion reads."""

    depth: Depth
    day: date


@dataclass(slots=True)
class Case(Evidence):
    """The evidence with the records behind it: what it takes to give reasons."""

    records: Records


def window(day: date, thresholds: Thresholds) -> Window:
    """The days that count as recent on the day."""
    return Window(day - timedelta(days=thresholds.window_days), day)


def records_by(records: Records, day: date) -> Records:
    """What there was to know of a client on a day: a placement is computed from that, and from nothing else.

    A promise made by then counts with the due day that stood; what happened to it later did not. A stay in the archive
    that ended later had not ended.
    """
    return records._replace(
        archived=tuple(_spells_by(records, day)),
        contacts=tuple(contact for contact in records.contacts if contact.on <= day),
        signs=tuple(sign for sign in records.signs if sign.on <= day),
        promises=tuple(_promise_by(promise, day) for promise in records.promises if exists(promise, day)),
        statements=tuple(said for said in records.statements if said.on <= day),
    )


def _spells_by(records: Records, day: date) -> Iterator[Spell]:
    for spell in records.archived:
        if spell.start <= day:
            yield spell if spell.end is not None and spell.end <= day else Spell(spell.start)


def _promise_by(promise: Promise, day: date) -> Promise:
    return promise._replace(events=tuple(event for event in promise.events if event.on <= day))


def archived(records: Records, day: date) -> bool:
    """Whether the client was archived on the day."""
    return any(spell.start <= day and (spell.end is None or day < spell.end) for spell in records.archived)


def placed(records: Records, day: date) -> bool:
    """Whether the client has a place in the triangle: contacted by then, and not archived."""
    return not archived(records, day) and any(contact.on <= day for contact in records.contacts)


def uncontacted(records: Records, day: date) -> bool:
    """Whether the client was known by then and never contacted, so that there is nothing to place."""
    if records.added_on > day or archived(records, day):
        return False
    return all(contact.on > day for contact in records.contacts)


def asked_in(records: Records, recent: Window) -> Iterator[Contact]:
    """The interactions in the window that the client started."""
    for contact in records.contacts:
        if recent.holds(contact.on) and started_by_them(contact.channel, contact.reached_out):
            yield contact


def signs_in(records: Records, recent: Window, names: Iterable[str]) -> Iterator[Sign]:
    """The named signals seen in the window."""
    wanted = frozenset(names)
    return (sign for sign in records.signs if sign.signal in wanted and recent.holds(sign.on))


def standing_statements(records: Records, recent: Window) -> dict[Part, Statement]:
    """Each part of the assessment as last stated in the window; what was withdrawn is left out."""
    last: dict[Part, Statement] = {}
    for statement in sorted(records.statements, key=lambda said: said.on):
        if recent.holds(statement.on):
            last[statement.part] = statement
    return {part: statement for part, statement in last.items() if statement.said is not None}


def answer_to(slip: Sign, records: Records, day: date) -> Sign | None:
    """The first `owned` on the slip's day or later, by `day`."""
    answers = [sign for sign in records.signs if sign.signal == "owned" and slip.on <= sign.on <= day]
    return min(answers, key=lambda sign: sign.on, default=None)


def unowned_slips(records: Records, day: date, thresholds: Thresholds) -> list[Sign]:
    """The complaints and surprises in the window that are old enough to be owned, and are not."""
    due_by = day - timedelta(days=thresholds.unbroken_grace_days)
    slips = signs_in(records, window(day, thresholds), SLIPS)
    return [slip for slip in slips if slip.on < due_by and answer_to(slip, records, day) is None]


def glance(records: Records, day: date, thresholds: Thresholds) -> Glance:
    """What the records of one client show at a glance on a day."""
    recent = window(day, thresholds)
    asked = list(asked_in(records, recent))
    said = {part: statement.said or "" for part, statement in standing_statements(records, recent).items()}
    return Glance(
        shown=frozenset(sign.signal for sign in signs_in(records, recent, LIFTING)),
        asked=len(asked),
        asked_minutes=sum(effective_minutes(contact.channel, contact.minutes) for contact in asked),
        stake=Stake(said[Part.stake]) if Part.stake in said else None,
        value=int(said[Part.value]) if Part.value in said else None,
        own_view=Tier(said[Part.tier]) if Part.tier in said else None,
    )


def outcomes(records: Records, day: date, thresholds: Thresholds) -> Iterator[tuple[Promise, Standing, Outcome]]:
    """Your promises to the client that the criterion `reliable` reads, and what became of each."""
    grace = timedelta(days=thresholds.reliable_grace_days)
    for promise in records.promises:
        if promise.by is not Party.me or not exists(promise, day):
            continue
        stands = standing(promise, day)
        found = outcome_of(stands, day, thresholds.window_days)
        if found is None or (found is Outcome.overdue and stands.due_on and day - stands.due_on <= grace):
            continue
        yield promise, stands, found


def depth(records: Records, day: date, thresholds: Thresholds) -> Depth:
    """What the records of one client show on a day when looked into."""
    found = [outcome for _, _, outcome in outcomes(records, day, thresholds)]
    days = [contact.on for contact in records.contacts if contact.on <= day]
    stated = [records.since] if records.since is not None and records.since <= day else []
    return Depth(
        counted=len(found),
        missed=sum(not outcome.honoured for outcome in found),
        still_overdue=Outcome.overdue in found,
        first_on=min(days + stated, default=None),
        last_on=max(days, default=None),
        unowned=len(unowned_slips(records, day, thresholds)),
    )


def case(records: Records, peers: Peers, day: date, thresholds: Thresholds) -> Case:
    """All that can be said about one placed client of the book that `peers` was built from, on a day."""
    seen = glance(records, day, thresholds)
    return Case(seen, peers.others(seen), thresholds, depth(records, day, thresholds), day, records)


def peers(glances: Iterable[Glance]) -> Peers:
    """What the placed clients of a book are together, from the glance at each."""
    values: list[int] = []
    times: list[int] = []
    for seen in glances:
        if seen.value is not None:
            values.append(seen.value)
        if seen.asked:
            times.append(seen.asked_minutes)
    values.sort()
    return Peers(tuple(values), (0, *accumulate(values)), tuple(sorted(times)))
