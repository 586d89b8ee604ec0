"""What would hold a place that is about to be lost: the fewest acts, each with the last day on which it helps.

As with a plan, each act is added to the records, and the rule is read again on the day of the fall. What is named, and
done by its day, therefore does hold the place.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from c4l.domain import acts
from c4l.domain.acts import Act, Command, Left, Step, carried_out
from c4l.domain.criteria import CRITERIA, reliable
from c4l.domain.dates import to_come
from c4l.domain.evidence import Case, Others, depth, glance, outcomes, unowned_slips
from c4l.domain.placement import tier_on
from c4l.domain.promises import Outcome, standing
from c4l.domain.records import Contact, Part, Promise, Records, Sign, Statement
from c4l.domain.signals import TRUST
from c4l.domain.steps import number
from c4l.domain.terms import Channel, Party, State, Tier
from c4l.domain.thresholds import Thresholds

_CRITERIA = {criterion.name: criterion for criterion in CRITERIA}


class Falling(NamedTuple):
    """A client who is about to fall.

    Attributes:
        records: those dated by `day`, from which it is looked ahead.
        others: the other clients, as they stand then.
        on: the day of the fall.
        tier: where they stand until then.
    """

    records: Records
    others: Others
    thresholds: Thresholds
    day: date
    on: date
    tier: Tier

    @property
    def last(self) -> date:
        """The last day on which anything can be done."""
        return self.on - timedelta(days=1)

    def case(self, on: date) -> Case:
        """All that can be said of the client on a later day."""
        records, thresholds = self.records, self.thresholds
        return Case(
            glance(records, on, thresholds), self.others, thresholds, depth(records, on, thresholds), on, records
        )

    def after(self, steps: Iterable[Step]) -> "Falling":
        """The same client after some acts."""
        return self._replace(records=carried_out(self.records, steps))

    def words(self, text: str, by: date) -> str:
        """What is to be done, and until when."""
        return f"{text} by {to_come(by, self.day)}"


def holds(falling: Falling, lost: Sequence[str]) -> tuple[Step, ...]:
    """The fewest acts that hold a place; `on` of each is the last day on which it helps.

    Args:
        lost: the criteria that lapse on the day of the fall, by name.
    """
    found: list[Step] = []
    before = falling
    # Whatever shows a sign or owns a slip is contact, too: a silence is looked at last.
    for name in sorted(lost, key=lambda name: name == "lasting"):
        case = falling.case(falling.on)
        if tier_on(case).rank >= falling.tier.rank:
            break
        if not _CRITERIA[name].met(case):
            steps = _WAYS[name](falling, case)
            found += steps
            falling = falling.after(steps)
    return tuple(found) if len(found) < 2 else _needed(before, found)


def _needed(falling: Falling, steps: Sequence[Step]) -> tuple[Step, ...]:
    """Without those that a later one makes needless: what shows a sign is contact, and may lift by itself."""
    left = tuple(steps)
    for step in steps:
        rest = tuple(each for each in left if each is not step)
        if tier_on(falling.after(rest).case(falling.on)).rank >= falling.tier.rank:
            left = rest
    return left


def _restate(criterion: str, part: Part) -> Callable[[Falling, Case], list[Step]]:
    """Say anew what was said a year ago."""

    def way(falling: Falling, case: Case) -> list[Step]:
        before = falling.case(falling.last).glance
        said = str(before.stake if part is Part.stake else before.value)
        line = f"c4l assess {falling.records.client.handle} --{part} {said}"
        left = Left(statements=(Statement(part, falling.last, said),))
        text = falling.words(f"restate the {part}", falling.last)
        return [Step(Act.state, criterion, text, falling.last, left, commands=(Command("if it is as it was", line),))]

    return way


def _signs(criterion: str, count: int, names: Sequence[str], falling: Falling) -> list[Step]:
    """So many signs of theirs; each of those named will do."""
    text = falling.words(f"{number(count)} more {'' if len(names) == 1 else 'of '}{', '.join(names)}", falling.last)
    left = Left(
        (Contact(0, falling.last, Channel.call, Party.me),),
        tuple(Sign(name, falling.last, 0, Channel.call) for name in names[:count]),
    )
    return [Step(Act.invite, criterion, text, falling.last, left, count)]


def _steers(falling: Falling, case: Case) -> list[Step]:
    return _signs("steers", 1, ["steer"], falling)


def _trusted(falling: Falling, case: Case) -> list[Step]:
    unseen = [name for name in TRUST if name not in case.glance.shown]
    count = case.thresholds.trusted_needed - (len(TRUST) - len(unseen))
    return _signs("trusted", count, unseen, falling)


def _demands(falling: Falling, case: Case) -> list[Step]:
    """Theirs to do: nothing of yours holds it."""
    twice_median = case.others.twice_median_minutes() or 0
    more = case.thresholds.demands_least - case.glance.asked
    least_minutes = max(1, (case.thresholds.demands_times * twice_median + 1) // 2)
    needed = _CRITERIA["demands"].reasons(case).needed
    minutes = max(0, least_minutes - case.glance.asked_minutes)
    step = acts.be_asked(case.records.client, max(1, more), minutes, needed, falling.last)
    return [step._replace(text=falling.words(f"{needed} started by them", falling.last))]


def _reliable(falling: Falling, case: Case) -> list[Step]:
    """Keep what would be overdue then; after that what else is promised, and as many new ones as it takes."""
    read = outcomes(case.records, falling.on, case.thresholds)
    overdue = {promise.number for promise, _, outcome in read if outcome is Outcome.overdue}
    promises = falling.records.promises
    found = list(_kept(falling, [promise for promise in promises if promise.number in overdue]))
    for step in _kept(falling, [promise for promise in promises if promise.number not in overdue]):
        if _short_of(falling, found) == 0:
            break
        if _short_of(falling, [*found, step]) < _short_of(falling, found):
            found.append(step)
    if more := _short_of(falling, found):
        step = acts.make_and_keep(falling.records.client, more, falling.last)
        text = f"keep {number(more)} more promise{'' if more == 1 else 's'}"
        found.append(step._replace(text=falling.words(text, falling.last)))
    return _with_other_ways(falling, found, overdue)


def _with_other_ways(falling: Falling, steps: Sequence[Step], overdue: Collection[int | None]) -> list[Step]:
    """The steps; what is late already may be moved as well, where that holds the place."""
    found, tried = list(steps), list(steps)
    for place, step in enumerate(steps):
        # Only of what is late already is it told by how much.
        if step.promise in overdue and step.why:
            tried[place] = acts.moved(step, falling.on + timedelta(days=1))
            if _short_of(falling, tried) == 0:
                found[place] = acts.or_moved(step)
            else:
                tried[place] = step
    return found


def _kept(falling: Falling, promises: Sequence[Promise]) -> Iterator[Step]:
    """What is open of yours kept in time, or as long as it helps where it is late already; the next due first."""
    dated = []
    for promise in promises:
        stands = standing(promise)
        if promise.by is Party.me and stands.state is State.open and stands.due_on is not None:
            dated.append((stands.due_on, promise))
    for due_on, promise in sorted(dated, key=lambda each: each[0]):
        by = min(due_on, falling.last) if due_on >= falling.day else falling.last
        step = acts.keep(promise, due_on, by, falling.day)
        yield step._replace(text=falling.words(f"keep {promise.number}", by))


def _short_of(falling: Falling, steps: Sequence[Step]) -> int:
    """How many more promises must be honoured, after some acts."""
    case, count = falling.after(steps).case(falling.on), 0
    counted = case.depth.counted
    while not reliable(case):
        count += 1
        case.depth = case.depth._replace(counted=counted + count)
    return count


def _lasting(falling: Falling, case: Case) -> list[Step]:
    left = Left((Contact(0, falling.last, Channel.call, Party.me),))
    return [Step(Act.contact, "lasting", falling.words("be in touch", falling.last), falling.last, left)]


def _unbroken(falling: Falling, case: Case) -> list[Step]:
    slips = unowned_slips(case.records, falling.on, case.thresholds)
    step = acts.own(case.records.client, slips, falling.last, falling.day)
    return [step._replace(text=falling.words(step.text, falling.last))]


_WAYS: dict[str, Callable[[Falling, Case], list[Step]]] = {
    "drives": _restate("drives", Part.value),
    "depends": _restate("depends", Part.stake),
    "steers": _steers,
    "demands": _demands,
    "trusted": _trusted,
    "reliable": _reliable,
    "lasting": _lasting,
    "unbroken": _unbroken,
}
"""What holds each criterion."""
