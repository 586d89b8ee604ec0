"""Promises: making, listing, and what can happen to them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from c4l.domain.commitment import Commitment, full_weeks, lies_ahead, most_honoured
from c4l.domain.errors import NotFound, WrongUse
from c4l.domain.promises import Standing, check_event, days_late, overdue, standing
from c4l.domain.records import Event, Promise, Verb
from c4l.domain.terms import ClientRef, Party, State, Tier
from c4l.domain.weeks import monday_of
from c4l.store import promises as stored
from c4l.store.store import Changes, Store, Transaction


class PromiseView(NamedTuple):
    """A promise and where it stands today.

    Attributes:
        days_late: days past the due day, of an open or a kept promise; None where lateness has no meaning.
        week: of one of yours that was just made or moved, what you owe in the week in which it is due.
    """

    promise: Promise
    standing: Standing
    days_late: int | None
    today: date
    week: Commitment | None = None

    @property
    def overdue(self) -> bool:
        """Whether it is open and its due day is past."""
        return overdue(self.standing, self.today)


class Wanted(NamedTuple):
    """Which promises are asked for; what is left out narrows nothing.

    Attributes:
        state: None for every state.
        overdue: open and past their due day.
        within_days: due today or in so many days, or overdue.
        owner: whose they are.
        tier: of the client, as placed today.
        since: open or not, something happened to them since then: made, or closed.
    """

    state: State | None = State.open
    overdue: bool = False
    within_days: int | None = None
    owner: Party | None = None
    tier: Tier | None = None
    since: date | None = None


class PromiseList(NamedTuple):
    """Promises that match, by due day.

    Attributes:
        wanted: what was asked for.
        mine: how many match that are yours, shown or not; `theirs` likewise.
        client: the one whose promises they are, where one was named.
    """

    wanted: Wanted
    promises: tuple[PromiseView, ...]
    mine: int
    theirs: int
    today: date
    client: ClientRef | None = None

    @property
    def more(self) -> int:
        """How many match that are not shown."""
        return self.mine + self.theirs - len(self.promises)


def view(promise: Promise, today: date) -> PromiseView:
    """A promise as it stands today."""
    stands = standing(promise)
    return PromiseView(promise, stands, days_late(stands, today), today)


def listed(
    store: Store,
    today: date,
    wanted: Wanted,
    clients: Sequence[int] | None = None,
    limit: int | None = None,
    client: ClientRef | None = None,
) -> PromiseList:
    """The promises that match.

    Args:
        clients: the numbers of those whose promises are asked for; None for everybody's.
        limit: show at most so many; all are counted.
        client: named in the answer.
    """
    filters: dict[str, Any] = {}
    if wanted.overdue:
        filters |= {"open": None, "due_before": today}
    elif wanted.within_days is not None:
        filters |= {"open": None, "due_by": today + timedelta(days=wanted.within_days)}
    elif wanted.state is State.open:
        filters |= {"open": None}
    elif wanted.state is not None:
        filters |= {"state": wanted.state}
    if wanted.since is not None:
        filters["since"] = wanted.since
    if clients is not None:
        filters["clients"] = list(clients)
    with store.reading() as tx:
        counts = {
            party: stored.counted(tx, {**filters, "owner": party}) if wanted.owner in (None, party) else 0
            for party in Party
        }
        if wanted.owner is not None:
            filters["owner"] = wanted.owner
        found = stored.listed(tx, filters, limit)
    views = tuple(view(promise, today) for promise in found)
    return PromiseList(wanted, views, counts[Party.me], counts[Party.them], today, client)


def make(
    store: Store, client: ClientRef, what: str, by: Party, due_on: date | None, made_on: date, today: date
) -> PromiseView:
    """Make a promise.

    Args:
        client: a newcomer is added with it.

    Raises:
        WrongUse: if it says nothing, or would be made on a day to come.
    """
    if not what.strip():
        raise WrongUse("a promise needs words", f'c4l promise {client.handle} "send the deck" --by friday')
    if made_on > today:
        from c4l.domain.dates import long

        raise WrongUse(
            f"a promise cannot have been made on {long(made_on)}, which is still to come",
            "leave --on out; the day by which it is to be kept is --by DAY",
        )

    from c4l.actions.who import add_newcomers

    with store.writing("promise") as changes:
        client = add_newcomers(changes, [client], today).get(client.id, client)
        made = stored.add(changes, client=client, by=by, what=what.strip(), made_on=made_on, due_on=due_on)
        [after] = weighed(changes, [view(made, today)])
    return after


def get(store: Store, number: int, today: date) -> PromiseView:
    """One promise.

    Raises:
        NotFound: if there is none of that number.
    """
    with store.reading() as tx:
        return view(get_in(tx, number), today)


def happen(store: Store, numbers: Sequence[int], event: Event, today: date) -> list[PromiseView]:
    """Let something happen to promises: to all of them, or, where one refuses, to none.

    Raises:
        NotFound: if there is none of a number.
        C4lError: whatever the life of a promise forbids.
    """
    with store.writing(_COMMANDS[event.verb]) as changes:
        views = [view(_happen(changes, number, event, today), today) for number in dict.fromkeys(numbers)]
        return list(weighed(changes, views)) if event.verb is Verb.moved else views


_COMMANDS = {Verb.kept: "keep", Verb.moved: "move", Verb.broken: "break", Verb.released: "release"}


def _happen(changes: Changes, number: int, event: Event, today: date) -> Promise:
    promise = get_in(changes, number)
    check_event(promise, event, today)
    return stored.happen(changes, promise, event)


def get_in(tx: Transaction, number: int) -> Promise:
    """The same as `get`, within a transaction, and without where it stands today.

    Raises:
        NotFound: if there is none of that number.
    """
    found = stored.listed(tx, {"numbers": [number]})
    if not found:
        raise NotFound(f"there is no promise {number}", "c4l promises lists them with their numbers")
    return found[0]


def weighed(tx: Transaction, views: Iterable[PromiseView]) -> tuple[PromiseView, ...]:
    """Promises just made or moved, each of yours with what you owe in its week, this one included.

    Nothing is said of a week that is over, nor before you have honoured enough to be measured by.
    """
    views = tuple(views)
    mondays = {monday for view in views if (monday := _week_to_plan(view))}
    if not mondays:
        return views
    most = most_honoured(stored.honoured_by_day(tx, *full_weeks(views[0].today)))
    if most is None:
        return views
    weeks = {monday: _commitment(tx, monday, most) for monday in mondays}
    return tuple(view._replace(week=weeks[monday]) if (monday := _week_to_plan(view)) else view for view in views)


def _week_to_plan(view: PromiseView) -> date | None:
    """The Monday of the week in which a promise of yours is still to be kept."""
    due = view.standing.due_on
    if view.promise.by is Party.them or view.standing.state is not State.open or due is None:
        return None
    return monday_of(due) if lies_ahead(due, view.today) else None


def _commitment(tx: Transaction, monday: date, most: int) -> Commitment:
    week = Commitment(monday, 0, most)
    return week._replace(due=stored.due_between(tx, monday, week.sunday))
