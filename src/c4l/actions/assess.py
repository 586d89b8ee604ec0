"""Your own view of clients: stating it, looking at it beside the evidence, and going through what asks for a word."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from c4l.actions.clients import refuse_ahead
from c4l.actions.triangle import survey, tiers
from c4l.domain.assessment import Said
from c4l.domain.clients import Client
from c4l.domain.errors import WrongUse
from c4l.domain.evidence import case, peers, placed, window
from c4l.domain.own_view import OwnView, Stands, first_asked, own_view, to_be_asked
from c4l.domain.records import Part, Statement
from c4l.domain.terms import ClientRef
from c4l.domain.thresholds import Thresholds
from c4l.store import check as stored
from c4l.store import clients
from c4l.store import triangle as stored_triangle
from c4l.store.store import Changes, Store, Transaction


class Views(NamedTuple):
    """Your own views beside the evidence: what asks for a word first, the top of the triangle before the base.

    Attributes:
        counts: how many stand how, shown or not.
        more: how many are not shown.
    """

    views: tuple[OwnView, ...]
    counts: Mapping[Stands, int]
    more: int
    today: date


class ViewPage(NamedTuple):
    """Your own view of one client with its history, newest first."""

    view: OwnView
    history: tuple[Statement, ...]
    today: date


class Step(NamedTuple):
    """A client whom a review asks about.

    Attributes:
        met: the criteria that are met, by name.
        missing: what would move them up, in a few words each.
    """

    view: OwnView
    met: tuple[str, ...]
    missing: tuple[str, ...]


def assess(
    store: Store,
    client: ClientRef,
    parts: Mapping[Part, Said],
    on: date,
    today: date,
    thresholds: Thresholds,
    because: str | None = None,
) -> Client:
    """State your own view of a client as of a day; None withdraws a part.

    Raises:
        WrongUse: if nothing is stated, or the day is still to come.
    """
    refuse_ahead(on, today)
    if not parts:
        raise WrongUse(
            "nothing was stated",
            f'c4l assess {client.handle} --stake high --value 120k --tier key --because "they renewed twice"',
        )
    reason = (because or "").strip() or None
    with store.writing("assess") as changes:
        for part, said in parts.items():
            _state(changes, client, Statement(part, on, None if said is None else str(said), reason))
        return clients.listed(changes, today, thresholds.window_days, {"clients": [client.id]})[0]


def restate(store: Store, view: OwnView, today: date) -> None:
    """State anew, as of today, what you last said of a client, each part with its reason; a withdrawn one stays so."""
    with store.writing("assess") as changes:
        for said in view.said.values():
            if said.said is not None:
                _state(changes, view.client, said._replace(on=today))


def _state(changes: Changes, client: ClientRef, statement: Statement) -> None:
    part, on, said, because = statement
    changes.insert("assessment", client_id=client.id, stated_on=on, part=part, said=said, because=because)


def views(store: Store, today: date, thresholds: Thresholds, limit: int | None = None) -> Views:
    """Your own view of everybody in the triangle.

    Args:
        limit: show at most so many; all are counted.
    """
    with store.reading() as tx:
        found = sorted(everybody(tx, today, thresholds), key=first_asked)
    counts = {stands: sum(view.stands is stands for view in found) for stands in Stands}
    return Views(tuple(found[:limit]), counts, len(found[limit:]) if limit is not None else 0, today)


def everybody(tx: Transaction, today: date, thresholds: Thresholds) -> list[OwnView]:
    """Your own view of each client in the triangle, beside their tier."""
    there, *_ = survey(tx, today, thresholds)
    said, recent = stored.last_said(tx, today), window(today, thresholds)
    return [own_view(each.client, each.tier, said.get(each.client.id, {}), recent) for each in there]


def some(store: Store, numbers: Sequence[int], today: date, thresholds: Thresholds) -> Views:
    """Your own view of some clients, in the order in which they are named."""
    with store.reading() as tx:
        found = {view.client.id: view for view in everybody(tx, today, thresholds)}
    chosen = tuple(found[number] for number in numbers if number in found)
    return Views(chosen, {stands: sum(view.stands is stands for view in chosen) for stands in Stands}, 0, today)


def one(store: Store, client: ClientRef, today: date, thresholds: Thresholds) -> ViewPage:
    """Your own view of a client, and all that you ever said."""
    with store.reading() as tx:
        tier = tiers(tx, [client.id], today, thresholds).get(client.id)
        history = stored.statements(tx, client)
    # The latest day first; of one day, what was entered last, which is what stands.
    history.sort(key=lambda statement: statement.on)
    said = {statement.part: statement for statement in history if statement.on <= today}
    return ViewPage(own_view(client, tier, said, window(today, thresholds)), tuple(reversed(history)), today)


def pending(store: Store, today: date, thresholds: Thresholds, limit: int | None = None) -> list[ClientRef]:
    """Those whom a review asks about: key and life first; whom you spoke of today is left in peace."""
    with store.reading() as tx:
        found = [view for view in everybody(tx, today, thresholds) if to_be_asked(view, today)]
    return [view.client for view in sorted(found, key=first_asked)[:limit]]


def find_step(store: Store, client: ClientRef, today: date, thresholds: Thresholds) -> Step | None:
    """A client with the reasons for their place; None where they have none any more, or nothing is left to ask."""
    from c4l.domain.criteria import CRITERIA
    from c4l.domain.hints import missing, way_up
    from c4l.domain.placement import tier_on

    with store.reading() as tx:
        seen = stored_triangle.overview(tx, today, thresholds).glances
        records = stored_triangle.records(tx, client)
        said = stored.last_said(tx, today).get(client.id, {})
    if not placed(records, today):
        return None
    known = peers(seen.values())
    evidence = case(records, known, today, thresholds)
    tier = tier_on(evidence)
    view = own_view(client, tier, said, window(today, thresholds))
    if not to_be_asked(view, today):
        return None
    met = tuple(criterion.name for criterion in CRITERIA if criterion.met(evidence))
    return Step(view, met, missing(evidence, way_up(tier, records, known, today, thresholds)))
