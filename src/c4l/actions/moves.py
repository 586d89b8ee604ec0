"""How the triangle changed: who moved between two days and why, and how many stood where over time."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import islice, takewhile
from typing import NamedTuple

from c4l.actions.triangle import Placed, survey
from c4l.domain.causes import Cause, How
from c4l.domain.compared import COMPARED
from c4l.domain.criteria import CRITERIA
from c4l.domain.evidence import Evidence, Glance
from c4l.domain.moves import Bearings, Direction, TierMove, direction, tier_move
from c4l.domain.periods import Every, ends_back
from c4l.domain.terms import ClientRef, Tier
from c4l.domain.thresholds import Thresholds
from c4l.store import moves as stored_moves
from c4l.store import triangle as stored
from c4l.store.store import Store, Transaction

USUAL = 12
"""So many days a history has, where nobody says how far back it goes."""


class Counted(NamedTuple):
    """How many stood where on a day.

    Attributes:
        uncontacted: clients known by then and never contacted.
    """

    on: date
    tiers: Mapping[Tier, int]
    uncontacted: int


class Moves(NamedTuple):
    """Who moved between two days.

    Attributes:
        before: everybody on the earlier day; `after` on the later.
        directions: how many went which way, of those of the tier that was asked for; `stayed` are only those some of
            whose findings changed.
        moved: those who are shown, with their reasons: who rose first, the greater move before the smaller.
        stayed: those who stayed and are shown; empty where they were not asked for.
        tier: only those are told who came to it, left it or, staying, are there.
        everybody: whether those who stayed were asked for.
    """

    before: Counted
    after: Counted
    today: date
    directions: Mapping[Direction, int]
    moved: tuple[TierMove, ...]
    stayed: tuple[TierMove, ...] = ()
    tier: Tier | None = None
    everybody: bool = False


class History(NamedTuple):
    """How many stood where over time.

    Attributes:
        days: the earliest first; the last is the day asked about.
        earlier: how many days before those were left out.
    """

    every: Every
    until: date
    today: date
    days: tuple[Counted, ...]
    earlier: int = 0


class _Day(NamedTuple):
    """Everybody on a day, by number; and what each shows at a glance, by name."""

    counted: Counted
    bearings: Bearings
    placed: Mapping[int, Placed]
    glances: Mapping[ClientRef, Glance]


def moves(
    store: Store,
    since: date,
    until: date,
    today: date,
    thresholds: Thresholds,
    tier: Tier | None = None,
    limit: int | None = None,
    *,
    everybody: bool = False,
) -> Moves:
    """Who moved between two days, and which findings changed.

    Args:
        tier: tell only those who came to it or left it.
        limit: tell the reasons of at most so many; all are counted.
        everybody: tell those, too, who stayed where they were while findings of theirs changed.
    """
    with store.reading() as tx:
        then, now = (_day(tx, day, thresholds) for day in (since, until))
        movers = [_Mover(ref, *tiers) for ref, tiers in _tiers(then, now).items() if tier in (None, *tiers)]
        changed = _changed(
            tx, then, now, [mover for mover in movers if mover.direction is Direction.stayed], thresholds
        )
        moved = sorted((mover for mover in movers if mover.direction is not Direction.stayed), key=_telling)
        told, stayed = (
            [
                _named(tier_move(stored.records(tx, mover.client), then.bearings, now.bearings, thresholds), then, now)
                for mover in islice(wanted, limit)
            ]
            for wanted in (moved, changed if everybody else ())
        )
    directions = Counter(mover.direction for mover in (*moved, *changed))
    return Moves(
        before=then.counted,
        after=now.counted,
        today=today,
        directions={way: directions[way] for way in Direction},
        moved=tuple(filter(None, told)),
        stayed=tuple(filter(None, stayed)),
        tier=tier,
        everybody=everybody,
    )


class _Mover(NamedTuple):
    """A client and the tiers of two days; None where they had no place."""

    client: ClientRef
    before: Tier | None
    after: Tier | None

    @property
    def direction(self) -> Direction:
        return direction(self.before, self.after)


def _tiers(then: _Day, now: _Day) -> dict[ClientRef, tuple[Tier | None, Tier | None]]:
    """Where everybody stood on both days; each has a place on one of them at least."""
    found: dict[ClientRef, tuple[Tier | None, Tier | None]] = {
        each.client: (each.tier, None) for each in then.placed.values()
    }
    for number, each in now.placed.items():
        before = then.placed.get(number)
        found[each.client] = before.tier if before else None, each.tier
    return found


def _telling(mover: _Mover) -> tuple[int, int, int]:
    """The order in which they are told: by direction, the greater move first, then the higher place."""
    ranks = [0 if tier is None else tier.rank + 1 for tier in (mover.before, mover.after)]
    return list(Direction).index(mover.direction), -abs(ranks[1] - ranks[0]), -max(ranks)


def _day(tx: Transaction, day: date, thresholds: Thresholds) -> _Day:
    everybody, known, uncontacted = survey(tx, day, thresholds)
    return _Day(
        _counted(day, everybody, uncontacted),
        Bearings(day, known),
        {each.client.id: each for each in everybody},
        {each.client: each.glance for each in everybody},
    )


def _counted(day: date, everybody: Iterable[Placed], uncontacted: int) -> Counted:
    tiers = Counter(each.tier for each in everybody)
    return Counted(day, {tier: tiers[tier] for tier in Tier}, uncontacted)


def _named(move: TierMove | None, then: _Day, now: _Day) -> TierMove | None:
    """The same with the names of the other clients who made an answer another one."""
    if move is None:
        return None

    def named(criterion: str, cause: Cause) -> Cause:
        if cause.how is not How.others:
            return cause
        before, after = (COMPARED[criterion].others(there.glances, move.client) for there in (then, now))
        return cause._replace(then=before, now=after)

    changes = (
        change._replace(causes=tuple(named(change.criterion, cause) for cause in change.causes))
        for change in move.changes
    )
    return move._replace(changes=tuple(changes))


def _changed(tx: Transaction, then: _Day, now: _Day, stayed: Sequence[_Mover], thresholds: Thresholds) -> list[_Mover]:
    """Those of whom another criterion is met than before, or one is no longer."""
    numbers = [mover.client.id for mover in stayed]
    met_then, met_now = (_met(tx, there, numbers, thresholds) for there in (then, now))
    return [mover for mover in stayed if met_then[mover.client.id] != met_now[mover.client.id]]


def _met(tx: Transaction, there: _Day, numbers: Collection[int], thresholds: Thresholds) -> dict[int, frozenset[str]]:
    """The criteria that each of the clients meets on a day, by the fast twin of the rule."""
    day, known = there.bearings
    depths = stored.depths(tx, numbers, day, thresholds)
    found = {}
    for number in numbers:
        seen = there.placed[number].glance
        evidence = Evidence(seen, known.others(seen), thresholds, depths[number], day)
        found[number] = frozenset(criterion.name for criterion in CRITERIA if criterion.met(evidence))
    return found


def history(
    store: Store,
    until: date,
    today: date,
    thresholds: Thresholds,
    every: Every = Every.month,
    since: date | None = None,
    limit: int | None = None,
) -> History:
    """How many stood where at the end of each period up to a day, and on that day.

    Args:
        since: where it begins, at the earliest with the book; without it, the last twelve days.
        limit: count at most so many days, the latest.
    """
    with store.reading() as tx:
        began = stored_moves.first_day(tx)
        if began is None:
            return History(every, until, today, ())
        first = began if since is None else max(began, since)
        days = list(
            takewhile(lambda day: day >= first, islice(ends_back(every, until), USUAL if since is None else None))
        )
        shown = [_counted_on(tx, day, thresholds) for day in reversed(days[:limit])]
    return History(every, until, today, tuple(shown), len(days) - len(shown))


def _counted_on(tx: Transaction, day: date, thresholds: Thresholds) -> Counted:
    everybody, _, uncontacted = survey(tx, day, thresholds)
    return _counted(day, everybody, uncontacted)
