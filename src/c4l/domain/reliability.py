"""Whether promises are lived up to, by either side: what became of those that count, and what their failures taught."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from c4l.domain.months import month_of, months_between
from c4l.domain.promises import Outcome, Standing, days_late, exists, outcome_of, standing
from c4l.domain.records import Promise, Verb
from c4l.domain.terms import ClientRef, Party, State

LEAST_FOR_SHARE = 5
"""Under so many counted promises a percentage would say more than is known."""

_LATE = frozenset((Outcome.kept_late, Outcome.overdue))


class Counted(NamedTuple):
    """A promise that counts, where it stands, and what became of it."""

    promise: Promise
    standing: Standing
    outcome: Outcome


class Figures(NamedTuple):
    """What became of promises: each counted one is honoured, or in one of the five ways that follow it.

    Attributes:
        first_day: of the honoured, those kept on or before the very first due day.
        kept_late: after the due day that stood then.
        moved_untold: kept in time, but only because it had been moved without a word, or with one that came too late.
        broken: told or not.
        released_late: let go by the one it was owed to, after its due day.
        told_early: where the other side heard of a slip on or before the due day, whatever came of it in the end.
        late_days_median: over those kept late and those overdue; None where there are none.
    """

    counted: int = 0
    honoured: int = 0
    first_day: int = 0
    kept_late: int = 0
    moved_untold: int = 0
    broken: int = 0
    released_late: int = 0
    overdue: int = 0
    told_early: int = 0
    late_days_median: float | None = None

    @property
    def missed(self) -> int:
        """How many were not honoured."""
        return self.counted - self.honoured

    @property
    def share(self) -> float | None:
        """The honoured part, 0 to 1; None where too few count."""
        return self.honoured / self.counted if self.counted >= LEAST_FOR_SHARE else None


class Month(NamedTuple):
    """The promises that ended in a calendar month; those overdue belong to the last one.

    Attributes:
        first: its first day.
    """

    first: date
    counted: int
    honoured: int


class ClientFigures(NamedTuple):
    """What became of the promises between you and one client."""

    client: ClientRef
    mine: Figures
    theirs: Figures


class Lesson(NamedTuple):
    """Why a promise was moved or broken, in the user's words."""

    promise: Promise
    verb: Verb
    on: date
    because: str


def counted(promises: Iterable[Promise], day: date, window_days: int) -> list[Counted]:
    """The promises that count on a day, in their order (see `outcome_of`)."""
    found = []
    for promise in promises:
        if not exists(promise, day):
            continue
        stands = standing(promise, day)
        outcome = outcome_of(stands, day, window_days)
        if outcome is not None:
            found.append(Counted(promise, stands, outcome))
    return found


def of(party: Party, found: Iterable[Counted]) -> list[Counted]:
    """Those of one side."""
    return [each for each in found if each.promise.by is party]


def figures(found: Sequence[Counted], day: date) -> Figures:
    """What became of counted promises, as of the day on which they were counted."""
    outcomes = Counter(each.outcome for each in found)
    late = (days_late(each.standing, day) for each in found if each.outcome in _LATE)
    return Figures(
        counted=len(found),
        honoured=sum(count for outcome, count in outcomes.items() if outcome.honoured),
        first_day=outcomes[Outcome.first_day],
        kept_late=outcomes[Outcome.kept_late],
        moved_untold=outcomes[Outcome.moved_untold],
        broken=outcomes[Outcome.broken] + outcomes[Outcome.broken_told],
        released_late=outcomes[Outcome.released_late],
        overdue=outcomes[Outcome.overdue],
        told_early=sum(map(_told_early, found)),
        late_days_median=_median(sorted(days for days in late if days is not None)),
    )


def months(found: Iterable[Counted], since: date, until: date) -> tuple[Month, ...]:
    """Every month of the window, oldest first, with the promises that ended in it."""
    every: Counter[date] = Counter()
    kept: Counter[date] = Counter()
    for each in found:
        month = month_of(each.standing.closed_on or until)
        every[month] += 1
        kept[month] += each.outcome.honoured
    return tuple(Month(first, every[first], kept[first]) for first in months_between(since, until))


def by_client(found: Iterable[Counted], day: date) -> tuple[ClientFigures, ...]:
    """Each client's figures, worst first: by your share honoured, then by how many you missed, then by theirs."""
    theirs_too: defaultdict[ClientRef, list[Counted]] = defaultdict(list)
    for each in found:
        theirs_too[each.promise.client].append(each)
    rows = [
        ClientFigures(client, figures(of(Party.me, between), day), figures(of(Party.them, between), day))
        for client, between in theirs_too.items()
    ]
    rows.sort(key=lambda row: (_badness(row.mine), _badness(row.theirs), row.client.name, row.client.id))
    return tuple(rows)


def lessons(promises: Iterable[Promise], since: date, until: date) -> tuple[Lesson, ...]:
    """Why promises were moved or broken in the window, newest first; what came after their end teaches nothing."""
    found = [
        lesson
        for promise in promises
        if promise.events and exists(promise, until)
        for lesson in _taught(promise, standing(promise, until))
        if since <= lesson.on
    ]
    found.sort(key=attrgetter("on"), reverse=True)
    return tuple(found)


def _taught(promise: Promise, stands: Standing) -> Iterator[Lesson]:
    if stands.state is State.broken and stands.because and stands.closed_on is not None:
        yield Lesson(promise, Verb.broken, stands.closed_on, stands.because)
    for move in reversed(stands.moves):
        if move.because:
            yield Lesson(promise, Verb.moved, move.on, move.because)


def _told_early(each: Counted) -> bool:
    return each.outcome is Outcome.broken_told or any(
        move.later and move.told and move.fair for move in each.standing.moves
    )


def _badness(own: Figures) -> tuple[bool, float, int]:
    """What sorts the worst before the better, and those without a counted promise behind all."""
    return (not own.counted, own.honoured / own.counted if own.counted else 0, -own.missed)


def _median(days: Sequence[int]) -> float | None:
    if not days:
        return None
    both = days[(len(days) - 1) // 2] + days[len(days) // 2]
    return both // 2 if both % 2 == 0 else both / 2
