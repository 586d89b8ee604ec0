"""Steps tried on paper: carried out on every day on which they may well be, with the rule asked each time.

Whoever draws up a plan does not carry it out the same afternoon. What is fine today can stand in the way when the steps
are done: a slip that can still be owned in time, a promise that falls due before. So steps reach a tier only if they do
so today and on any day of the two weeks after.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from c4l.domain import acts
from c4l.domain.acts import Act, Step, carried_out
from c4l.domain.criteria import CRITERIA
from c4l.domain.dates import short
from c4l.domain.evidence import Case, Others, depth, glance, window
from c4l.domain.placement import tier_on
from c4l.domain.promises import standing
from c4l.domain.records import Promise, Records
from c4l.domain.terms import Party, State, Tier
from c4l.domain.thresholds import Thresholds

HORIZON = 14
"""For so many days a plan stays true: carried out on any of them, it raises the client."""

_BY_NAME = {criterion.name: criterion for criterion in CRITERIA}
_FADING = frozenset(("trusted", "demands"))
"""What may be nearer today than when the steps are carried out."""


class Draft:
    """A plan in the making, for a client whose records are those known today.

    Attributes:
        holds_on: the first day from which it is to hold.
        days: that day, the last of the horizon, and those between on which an answer may change.
        act_on: the first day on which an act helps.
    """

    def __init__(self, records: Records, others: Others, thresholds: Thresholds, today: date, holds_on: date) -> None:
        self.before = records
        self.others = others
        self.thresholds = thresholds
        self.today = today
        self.holds_on = holds_on
        self.days = _days(records, thresholds, holds_on)
        # What is done today helps, unless it will have left the window by then.
        self.act_on = today if window(self.days[-1], thresholds).holds(today) else holds_on
        self.steps: list[Step] = []
        self._read = _still_read(records, thresholds, today)
        self._cases: dict[date, Case] = {}
        self._untouched: list[Case] = []
        self._due = {promise.number: due for promise in records.promises for due in _due_days(promise)}

    def then(self, holds_on: date) -> "Draft":
        """The same without steps, for another day."""
        return Draft(self.before, self.others, self.thresholds, self.today, holds_on)

    def case(self, day: date, steps: Iterable[Step] = ()) -> Case:
        """The evidence on a day, where the steps were carried out by then."""
        records = carried_out(self._read, [self._done_by(day, step) for step in steps])
        found = depth(records, day, self.thresholds)
        return Case(glance(records, day, self.thresholds), self.others, self.thresholds, found, day, records)

    def cases(self) -> list[Case]:
        """The evidence on each of the days, with the steps taken so far."""
        return [self._on(day) for day in self.days]

    def lacks(self, criterion: str) -> bool:
        """Whether a criterion would not be met on one of the days."""
        return not all(_BY_NAME[criterion].met(self._on(day)) for day in self.days)

    def reached(self, to: Tier, steps: Sequence[Step] | None = None) -> bool:
        """Whether some steps, or those taken so far, lead to a tier on whichever of the days they are carried out."""
        cases = (self._on(day) if steps is None else self.case(day, steps) for day in self.days)
        return all(tier_on(case).rank >= to.rank for case in cases)

    def add(self, step: Step) -> None:
        """Take a step; a promise that was made of it is kept with it, and is no step beside it."""
        step = step if step.why else step._replace(why=self.why(step.criterion))
        promise = self._made_of(step)
        if promise is not None:
            self.steps = [each for each in self.steps if each.promise != promise.number]
            step = acts.as_promised(step, promise)
        self.steps.append(step)
        self._cases = {}

    def open_promises(self) -> list[tuple[date, Promise]]:
        """Your dated promises that no step keeps yet, the next due first."""
        seen_to = {step.promise for step in self.steps}
        dated = [promise for promise in self.before.promises if promise.number in self._due]
        left = ((self._due[promise.number], promise) for promise in dated if promise.number not in seen_to)
        return sorted(left, key=lambda each: each[0])

    def why(self, name: str) -> str:
        """What is measured today; of what only the days ahead bring about, what will be measured then."""
        if not self._untouched:
            self._untouched = [self.case(day) for day in (self.today, *self.days)]
        criterion, (now, *ahead) = _BY_NAME[name], self._untouched
        if criterion.met(now):
            then = next((case for case in ahead if not criterion.met(case)), ahead[-1])
        else:
            then = ahead[-1]
            if name not in _FADING or criterion.reasons(then).measured == criterion.reasons(now).measured:
                return criterion.reasons(now).measured
        return f"by {short(then.day, self.today)}: {criterion.reasons(then).measured}"

    def with_other_ways(self, to: Tier) -> list[Step]:
        """The steps; with what is overdue, whether telling them and moving it would do as well."""
        late = [
            place
            for place, step in enumerate(self.steps)
            if step.act is Act.keep and step.promise is not None and self._due[step.promise] < self.today
        ]
        found, movable = list(self.steps), self._movable(late, to)
        for place in late:
            found[place] = acts.or_moved(found[place]) if place in movable else acts.only_kept(found[place])
        return found

    def _movable(self, late: Sequence[int], to: Tier, besides: frozenset[int] = frozenset()) -> frozenset[int]:
        """Which of the overdue steps may be moved besides some others, the earlier ones first.

        What is reached with none of them moved and with all of them is reached with any of them: each move leaves out a
        promise that counts as missed. So all are tried together, and apart only where that is too much.
        """
        tried = besides.union(late)
        after = self.days[-1] + timedelta(days=1)
        steps = [acts.moved(step, after) if place in tried else step for place, step in enumerate(self.steps)]
        if not late or self.reached(to, steps):
            return tried
        if len(late) == 1:
            return besides
        half = len(late) // 2
        return self._movable(late[half:], to, self._movable(late[:half], to, besides))

    def _on(self, day: date) -> Case:
        """The evidence on a day, with the steps taken so far."""
        if day not in self._cases:
            self._cases[day] = self.case(day, self.steps)
        return self._cases[day]

    def _done_by(self, day: date, step: Step) -> Step:
        """A step as it will have been taken by a day: what needs no later day of its own, on that very day."""
        if step.on < self.holds_on:
            return step
        left = step.left
        return step._replace(
            left=left._replace(
                contacts=tuple(contact._replace(on=day) for contact in left.contacts),
                signs=tuple(sign._replace(on=day) for sign in left.signs),
                promises=tuple(acts.kept_at_once(promise, day) for promise in left.promises),
                happened=tuple(
                    (number, event._replace(on=self._in_time(number, day))) for number, event in left.happened
                ),
                statements=tuple(said._replace(on=day) for said in left.statements),
            )
        )

    def _in_time(self, number: int, day: date) -> date:
        """When a promise is kept that is kept by a day: what is not late yet is kept on its due day at the latest."""
        due_on = self._due.get(number)
        return day if due_on is None or due_on < self.today else min(day, due_on)

    def _made_of(self, step: Step) -> Promise | None:
        """The open promise of yours that says the same as a step, the next due first."""
        if step.act not in acts.ACCEPTABLE:
            return None
        said = [
            promise
            for promise in self.before.promises
            if promise.by is Party.me and promise.what == step.text and standing(promise).state is State.open
        ]
        return min(said, key=lambda promise: self._due.get(promise.number, date.max), default=None)


def _due_days(promise: Promise) -> Iterator[date]:
    """The due day of an open promise of yours, if it has one."""
    stands = standing(promise)
    if promise.by is Party.me and stands.state is State.open and stands.due_on is not None:
        yield stands.due_on


def _still_read(records: Records, thresholds: Thresholds, today: date) -> Records:
    """The records without what no criterion reads from today on: years of daily calls are gone through many times."""
    kept = [criterion.reads.kept(records, today, thresholds) for criterion in CRITERIA]
    contacts = {contact for each in kept for contact in each.contacts}
    promises = {promise for each in kept for promise in each.promises}
    return records._replace(
        contacts=tuple(contact for contact in records.contacts if contact in contacts),
        promises=tuple(promise for promise in records.promises if promise in promises),
    )


def _days(records: Records, thresholds: Thresholds, first: date) -> tuple[date, ...]:
    last = first + timedelta(days=HORIZON)
    turning = {day for criterion in CRITERIA for day in criterion.reads.turning(records, thresholds)}
    return tuple(sorted({first, last, *(day for day in turning if first < day < last)}))
