"""Plans drawn up for clients of a made-up book, and what the rule says once their steps are taken."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from c4l.domain.acts import Step
from c4l.domain.evidence import glance, peers, placed, records_by
from c4l.domain.placement import place
from c4l.domain.plans import Plan, plan
from c4l.domain.promises import standing
from c4l.domain.records import Records
from c4l.domain.terms import Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import TODAY, books, client, client_for_life, contact, kept
from tests.domain.looks import peers_of

LIFE = client_for_life()
"""Lacks nothing; each case takes something away."""

SILENT = client(contact(TODAY))
"""Has a place, and has shown nothing."""


def plan_for(
    records: Records, *others: Records, to: Tier | None = Tier.life, thresholds: Thresholds = DEFAULTS
) -> Plan:
    """The plan for one client of a book."""
    return plan(records, peers_of([records, *others], thresholds=thresholds), TODAY, thresholds, to)


def due_day(records: Records, number: int) -> date | None:
    """The due day that stands of a promise."""
    return next(standing(promise, TODAY).due_on for promise in records.promises if promise.number == number)


def done(step: Step, records: Records, day: date) -> Records:
    """The records after a step was taken on a day; what was promised and is not late today is kept in time."""
    left, late = step.left, {}
    for number, event in left.happened:
        due_on = due_day(records, number)
        late[number] = event._replace(on=day if due_on is None or due_on < TODAY else min(day, due_on))
    return records._replace(
        contacts=(*records.contacts, *(each._replace(on=day) for each in left.contacts)),
        signs=(*records.signs, *(each._replace(on=day) for each in left.signs)),
        statements=(*records.statements, *(each._replace(on=day) for each in left.statements)),
        promises=(
            *(
                each._replace(events=(*each.events, late[each.number])) if each.number in late else each
                for each in records.promises
            ),
            *(each._replace(made_on=day, first_due_on=day, events=(kept(day),)) for each in left.promises),
        ),
    )


def tier_after(
    steps: Sequence[tuple[Step, date]],
    records: Records,
    book: Sequence[Records],
    day: date,
    thresholds: Thresholds = DEFAULTS,
) -> Tier:
    """Where the client stands on a day after steps on days of their own, from the rule, which knows nothing of plans.

    What happens otherwise is not known yet, and the other clients stand where they stand today.
    """
    after = records_by(records, TODAY)
    for step, on in steps:
        after = done(step, after, on)
    rest = [each for each in book if each is not records and placed(each, TODAY)]
    seen = [glance(each, TODAY, thresholds) for each in rest]
    place_then = place(after, peers([*seen, glance(after, day, thresholds)]), day, thresholds)
    assert place_then is not None
    return place_then.tier


def at_once(steps: Sequence[Step], day: date, holds_on: date) -> list[tuple[Step, date]]:
    """All steps on one day, but for those that must be taken before."""
    return [(step, day if step.on >= holds_on else step.on) for step in steps]


def last_days(found: Plan) -> list[date]:
    """Each day of the two weeks on which all may be done."""
    assert found.holds_on is not None
    return [found.holds_on + timedelta(days=n) for n in range(15)]


def never_archived(book: Sequence[Records]) -> list[Records]:
    """The same book, so that nobody loses the place in the triangle on the way."""
    return [records._replace(archived=()) for records in book]


plain_books = books().map(never_archived)
tiers = st.sampled_from((None, Tier.key, Tier.life))
