"""Everything about a client before a call."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from c4l.actions.promises import PromiseView, view
from c4l.domain.anniversaries import Anniversary, coming
from c4l.domain.clients import Client, Interaction
from c4l.domain.evidence import case, peers, placed
from c4l.domain.habits import HABITS, given
from c4l.domain.hints import missing, way_up
from c4l.domain.opening import Opening, openings
from c4l.domain.placement import tier_on
from c4l.domain.records import Records, Sign
from c4l.domain.signals import SIGNALS
from c4l.domain.terms import ClientRef, Party, State, Tier
from c4l.domain.thresholds import Thresholds
from c4l.store import clients, interactions, triangle
from c4l.store.store import Store

RECENT = 3


class Shown(NamedTuple):
    """A signal as often as it was seen within a year.

    Attributes:
        last: the last of them; None of `warned`, which lies on promises.
    """

    signal: str
    times: int
    last_on: date
    last: Sign | None = None


class Brief(NamedTuple):
    """A client before a call.

    Attributes:
        tier: None where they have no place in the triangle: never contacted, or archived.
        missing: what is missing for the next tier, in a few words each.
        mine: your open promises, by due day, those without one last; `theirs` likewise.
        dates: their key dates, the next first.
        given: what you have given within a year; `shown`, what they have shown; each in the order of its table.
        openings: how to begin, the first one first.
    """

    client: Client
    today: date
    tier: Tier | None
    missing: tuple[str, ...]
    recent: tuple[Interaction, ...]
    mine: tuple[PromiseView, ...]
    theirs: tuple[PromiseView, ...]
    dates: tuple[Anniversary, ...]
    given: tuple[Shown, ...]
    shown: tuple[Shown, ...]
    openings: tuple[Opening, ...]


def brief(store: Store, client: ClientRef, today: date, thresholds: Thresholds) -> Brief:
    """Everything about a client before a call."""
    with store.reading() as tx:
        [known] = clients.listed(tx, today, thresholds.window_days, {"clients": [client.id]})
        recent = interactions.recent(tx, client.id, today, RECENT)
        records = triangle.records(tx, client)
        here = placed(records, today)
        everybody = triangle.overview(tx, today, thresholds).glances if here else {}
    tier: Tier | None = None
    needed: tuple[str, ...] = ()
    if here:
        known_by = peers(everybody.values())
        evidence = case(records, known_by, today, thresholds)
        tier = tier_on(evidence)
        needed = missing(evidence, way_up(tier, records, known_by, today, thresholds))
    owed = _open(records, today)
    first = today - timedelta(days=thresholds.window_days - 1)
    return Brief(
        known,
        today,
        tier,
        needed,
        tuple(recent),
        tuple(each for each in owed if each.promise.by is Party.me),
        tuple(each for each in owed if each.promise.by is Party.them),
        tuple(sorted((coming(each, today) for each in known.key_dates), key=lambda each: each.on)),
        _given(records, first, today),
        _shown(records, first, today),
        openings(records, known.facts, today, thresholds),
    )


def _open(records: Records, today: date) -> Sequence[PromiseView]:
    """The open promises, by due day; those without one last."""
    views = (view(promise, today) for promise in records.promises)
    found = [each for each in views if each.standing.state is State.open]
    return sorted(found, key=lambda each: (each.standing.due_on is None, each.standing.due_on or today))


def _given(records: Records, first: date, today: date) -> tuple[Shown, ...]:
    return _told(HABITS, [(each.habit, each.on) for each in given(records, first, today)], records.signs)


def _shown(records: Records, first: date, today: date) -> tuple[Shown, ...]:
    theirs = [name for name, signal in SIGNALS.items() if signal.by is Party.them]
    return _told(theirs, [(sign.signal, sign.on) for sign in records.signs if first <= sign.on <= today], records.signs)


def _told(names: Iterable[str], seen: Sequence[tuple[str, date]], signs: Sequence[Sign]) -> tuple[Shown, ...]:
    """Those of the names that were seen, in order; of several on the last day the one entered last speaks for them."""
    found = []
    for name in names:
        days = [on for signal, on in seen if signal == name]
        if days:
            last = [sign for sign in signs if sign.signal == name and sign.on == max(days)]
            found.append(Shown(name, len(days), max(days), last[-1] if last else None))
    return tuple(found)
