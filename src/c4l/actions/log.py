"""Logging an interaction, with all that it showed, brought and left owed."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import TYPE_CHECKING, NamedTuple

from c4l.actions.promises import PromiseView, view, weighed
from c4l.actions.who import add_newcomers
from c4l.domain.clients import Interaction
from c4l.domain.entry import Draft, FactDraft, Owed, SignalDraft, listened, reached_out, settle_owed, settle_shown
from c4l.domain.errors import NotFound, WrongUse
from c4l.domain.records import Promise
from c4l.domain.terms import Channel, ClientRef, Party
from c4l.store import clients, interactions
from c4l.store import promises as stored_promises
from c4l.store.store import Changes, Store, Transaction

if TYPE_CHECKING:
    from c4l.domain.goals import Helped


class LogDraft(NamedTuple):
    """An interaction as it was typed.

    Attributes:
        on: its day; one that is still to come is a plan.
        mine: what you owe; without a client it belongs to the first of the entry. `theirs` likewise.
        next_on: the day of the next contact, in place of the cadence until there is contact on it or later.
    """

    note: str
    on: date
    at: time | None = None
    channel: Channel = Channel.call
    reached_out: Party | None = None
    minutes: int | None = None
    signals: tuple[SignalDraft, ...] = ()
    facts: tuple[FactDraft, ...] = ()
    mine: tuple[Owed, ...] = ()
    theirs: tuple[Owed, ...] = ()
    next_on: date | None = None


class Logged(NamedTuple):
    """What was written.

    Attributes:
        undated: the numbers of promises whose words held no due day, and did not say `someday`.
        planned: whether its day is still to come.
        next_on: the day of the next contact, where one was set.
        created: clients that were added with it.
        helped: goals that the note of a `helped` named.
    """

    interaction: Interaction
    promises: tuple[PromiseView, ...]
    undated: tuple[int, ...]
    planned: bool
    next_on: date | None
    created: tuple[ClientRef, ...]
    today: date
    helped: tuple["Helped", ...] = ()


class InteractionPage(NamedTuple):
    """One interaction, and the goals that the note of a `helped` in it named."""

    interaction: Interaction
    helped: tuple["Helped", ...] = ()


def log(store: Store, who: Sequence[ClientRef], draft: LogDraft, today: date) -> Logged:
    """Write an interaction down.

    Args:
        who: its clients, in the order in which they were named; a newcomer is added with it.

    Raises:
        Ambiguous: if a signal or a fact names nobody, and there are several clients.
        WrongUse: if a plan shows a signal: what is still to come has shown nothing.
    """
    planned = draft.on > today
    if planned and draft.signals:
        raise WrongUse(
            f"a plan for {draft.on.isoformat()} cannot have shown {draft.signals[0].signal} yet",
            "log the plan without signals, and what it showed when it has happened",
        )
    with store.writing("log") as changes:
        added = add_newcomers(changes, who, today)
        draft = _with_added(draft, added)
        people = [added.get(client.id, client) for client in who]
        facts = settle_shown(draft.facts, people)
        signals = _each_once([*settle_shown(draft.signals, people), *([] if planned else listened(facts))])
        number = interactions.add(
            changes,
            clients=people,
            on=draft.on,
            at=draft.at,
            channel=draft.channel,
            reached_out=reached_out(draft.channel, draft.reached_out),
            minutes=draft.minutes,
            note=draft.note,
        )
        for signal in signals:
            assert signal.client is not None  # noqa: S101 - settled above
            interactions.add_signal(changes, number, signal.client, signal.signal, draft.on, signal.note)
        for fact in facts:
            assert fact.client is not None  # noqa: S101 - settled above
            clients.add_fact(changes, fact.client.id, fact.kind, fact.text, min(draft.on, today), number)
        made, undated = _promises(changes, people, draft, number, today)
        if draft.next_on is not None:
            for client in people:
                clients.set_next(changes, client.id, draft.next_on)
        views = weighed(changes, [view(promise, today) for promise in made])
        [written] = interactions.by_number(changes, [number])
        helped = goals_helped(changes, written)
    return Logged(
        interaction=written,
        promises=views,
        undated=tuple(undated),
        planned=planned,
        next_on=draft.next_on,
        created=tuple(added.values()),
        today=today,
        helped=helped,
    )


def goals_helped(tx: Transaction, interaction: Interaction) -> tuple["Helped", ...]:
    """Who was helped with which goal, by the note of each `helped`; a goal is never closed by it."""
    helped = [(seen.client, seen.note) for seen in interaction.signals if seen.signal == "helped" and seen.note]
    if not helped:
        return ()
    from c4l.domain.goals import Helped, helped_with
    from c4l.store.facts import goals

    found = [(client, helped_with(note, goals(tx, client.id), interaction.on)) for client, note in helped]
    return tuple(Helped(client, tuple(texts)) for client, texts in found if texts)


def _with_added(draft: LogDraft, added: Mapping[int, ClientRef]) -> LogDraft:
    """The draft with the clients who have been added in place of what stood for them."""

    def settled(parts: tuple[Draft, ...]) -> tuple[Draft, ...]:
        return tuple(
            part._replace(client=added.get(part.client.id, part.client)) if part.client else part for part in parts
        )

    return draft._replace(
        signals=settled(draft.signals),
        facts=settled(draft.facts),
        mine=settled(draft.mine),
        theirs=settled(draft.theirs),
    )


def get(store: Store, number: int) -> Interaction:
    """One interaction.

    Raises:
        NotFound: if there is none of that number.
    """
    with store.reading() as tx:
        return get_in(tx, number)


def show(store: Store, number: int) -> InteractionPage:
    """One interaction, with the goals that it helped with.

    Raises:
        NotFound: if there is none of that number.
    """
    with store.reading() as tx:
        return page_in(tx, number)


def page_in(tx: Transaction, number: int) -> InteractionPage:
    """The same, within a transaction.

    Raises:
        NotFound: if there is none of that number.
    """
    found = get_in(tx, number)
    return InteractionPage(found, goals_helped(tx, found))


def get_in(tx: Transaction, number: int) -> Interaction:
    """One interaction, within a transaction.

    Raises:
        NotFound: if there is none of that number.
    """
    found = interactions.by_number(tx, [number])
    if not found:
        raise NotFound(f"there is no interaction i{number}", "c4l interactions WHO lists those with somebody")
    return found[0]


def _each_once(signals: Sequence[SignalDraft]) -> list[SignalDraft]:
    """One signal of a kind about one client; the first that says it."""
    seen: dict[tuple[str, ClientRef | None], SignalDraft] = {}
    for signal in signals:
        seen.setdefault((signal.signal, signal.client), signal)
    return list(seen.values())


def _promises(
    changes: Changes, people: Sequence[ClientRef], draft: LogDraft, number: int, today: date
) -> tuple[list[Promise], list[int]]:
    """Write what is owed; a promise is made on the day of the interaction, one in a plan on the day it is written."""
    made, undated = [], []
    for party, said in ((Party.me, draft.mine), (Party.them, draft.theirs)):
        for owed in settle_owed(said, people):
            assert owed.client is not None  # noqa: S101 - settled above
            promise = stored_promises.add(
                changes,
                client=owed.client,
                by=party,
                what=owed.what,
                made_on=min(draft.on, today),
                due_on=owed.due_on,
                interaction=number,
            )
            made.append(promise)
            if owed.due_on is None and not owed.someday:
                undated.append(promise.number)
    return made, undated
