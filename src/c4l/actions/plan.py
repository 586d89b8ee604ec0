"""What would move a client up, and making a promise of a step towards it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from c4l.actions.promises import PromiseView, view, weighed
from c4l.domain.acts import Act, Step
from c4l.domain.errors import NotFound, Refused
from c4l.domain.evidence import archived, peers, placed
from c4l.domain.lapses import Fall, change, fall, outlook
from c4l.domain.plans import Plan, outlook_after
from c4l.domain.plans import plan as planned
from c4l.domain.records import Records
from c4l.domain.terms import ClientRef, Party, Tier
from c4l.domain.thresholds import Thresholds
from c4l.store import promises as stored_promises
from c4l.store import triangle as stored
from c4l.store.store import Store


class PlanView(NamedTuple):
    """A plan as of a day.

    Attributes:
        fall: how time alone would take the place away, if it would: the one that they have, or the one to which the
            plan leads, once it is carried out.
        rises_on: when time alone lifts them, whatever they plan.
    """

    plan: Plan
    today: date
    fall: Fall | None = None
    rises_on: date | None = None


def plan(store: Store, client: ClientRef, today: date, thresholds: Thresholds, to: Tier | None = None) -> PlanView:
    """The fewest steps that move a client up.

    Args:
        to: the tier to reach; the next one where nothing is said.

    Raises:
        Refused: if the client has no place in the triangle to rise from.
    """
    with store.reading() as tx:
        seen = stored.overview(tx, today, thresholds).glances
        records = stored.records(tx, client)
    if not placed(records, today):
        raise _no_place(records, today)
    known = peers(seen.values())
    found = planned(records, known, today, thresholds, to)
    if found.next_tier is None:
        return PlanView(found, today, fall(outlook(records, known, today, thresholds)))
    after = outlook_after(found, records, known, today, thresholds)
    rises_on = change(outlook(records, known, today, thresholds)).rises_on
    return PlanView(found, today, None if after is None else fall(after), rises_on)


def _no_place(records: Records, today: date) -> Refused:
    client = records.client
    if archived(records, today):
        return Refused(
            f"{client.name} is archived, and has no place to rise from",
            f"c4l client unarchive {client.handle} takes them back",
        )
    return Refused(
        f"{client.name} has no place to rise from: not contacted yet",
        f"after the first contact: c4l log {client.handle} NOTE",
    )


_UNPROMISED = {
    Act.promise: "is itself made of promises",
    Act.state: "is for you to say, and nothing that is owed",
    Act.theirs: "is theirs to do, and cannot be promised",
    Act.wait: "is a matter of time alone, and cannot be promised",
}


def chosen(plan: Plan, numbers: Iterable[int]) -> list[Step]:
    """The steps of those numbers, counted from 1, each once, of which promises can be made.

    Raises:
        NotFound: if there is none of a number.
        Refused: if one cannot become a promise, or is one already.
    """
    return [_chosen(plan, number) for number in dict.fromkeys(numbers)]


def _chosen(plan: Plan, number: int) -> Step:
    handle = plan.client.handle
    if not 1 <= number <= len(plan.steps):
        count = len(plan.steps)
        last = f"the last is {count}" if count else "there is nothing left to do"
        raise NotFound(f"there is no step {number} in the plan", f"{last}; see them with: c4l plan {handle}")
    step = plan.steps[number - 1]
    if step.promise is not None:
        raise Refused(f"step {number} is promise {step.promise} already", f"when it is done: c4l keep {step.promise}")
    if not step.acceptable:
        way = f"{step.commands[0].when}: {step.commands[0].line}" if step.commands else ""
        raise Refused(f"step {number} {_UNPROMISED[step.act]}", way or f"c4l plan {handle} shows what else there is")
    return step


def accept(
    store: Store, client: ClientRef, steps: Sequence[Step], due_on: date | None, today: date
) -> tuple[PromiseView, ...]:
    """Make a promise of yours of each step, all due on one day; None for no due day."""
    with store.writing("promise") as changes:
        made = [
            stored_promises.add(changes, client=client, by=Party.me, what=step.text, made_on=today, due_on=due_on)
            for step in steps
        ]
        return weighed(changes, [view(promise, today) for promise in made])
