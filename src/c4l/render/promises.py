"""Promises as JSON and as plain lines.

Plain columns: number, client's handle, by (`me` or `them`), state, due day, days late (0 where it is in time, empty
where lateness has no meaning), times moved, what. One promise has the same columns as many; where it is yours and was
just made or moved, three more: the ISO week in which it is due, how many of yours are due in it, and the most you have
honoured in one.
"""

from collections.abc import Iterator, Sequence

from c4l.actions.promises import PromiseList, PromiseView
from c4l.domain.commitment import Commitment
from c4l.domain.promises import Move
from c4l.domain.records import Event
from c4l.render.records import cell, client_ref, day

Promises = PromiseList | Sequence[PromiseView]
"""A list that was asked for, or those that a command changed."""


def views(result: Promises) -> Sequence[PromiseView]:
    """The promises of an answer."""
    return result.promises if isinstance(result, PromiseList) else result


def promise_data(result: PromiseView) -> dict[str, object]:
    """A promise, with every move that counted, and what was recorded for a day after its end."""
    promise, stands = result.promise, result.standing
    return {
        "number": promise.number,
        "client": client_ref(promise.client),
        "by": promise.by.value,
        "what": promise.what,
        "made_on": day(promise.made_on),
        "due_on": day(stands.due_on),
        "first_due_on": day(stands.first_due_on),
        "state": stands.state.value,
        "overdue": result.overdue,
        "closed_on": day(stands.closed_on),
        "told": None if stands.closed_on is None else stands.told,
        "because": stands.because,
        "days_late": result.days_late,
        "moves": [_move(move) for move in stands.moves],
        "passed_over": [_passed_over(event) for event in stands.passed_over],
        "interaction": promise.interaction,
        "week": None if result.week is None else _week(result.week),
    }


def promises_data(result: Promises) -> list[dict[str, object]]:
    """Each promise, whole."""
    return [promise_data(view) for view in views(result)]


def promise_lines(result: PromiseView) -> Iterator[Sequence[str]]:
    """One record; of a promise just made or moved, with what its week holds."""
    yield (*_line(result), *(() if result.week is None else week_cells(result.week)))


def promises_lines(result: Promises) -> Iterator[Sequence[str]]:
    """A record for each promise."""
    return map(_line, views(result))


def week_cells(week: Commitment) -> Sequence[str]:
    """What is owed in a week, and what it is measured by."""
    return week.week, str(week.due), str(week.most)


def _week(week: Commitment) -> dict[str, object]:
    return {"week": week.week, "due": week.due, "most_honoured": week.most, "over": week.over}


def _line(view: PromiseView) -> Sequence[str]:
    promise, stands = view.promise, view.standing
    return (
        str(promise.number),
        promise.client.handle,
        promise.by,
        stands.state,
        cell(stands.due_on),
        cell(view.days_late),
        str(len(stands.moves)),
        promise.what,
    )


def _move(move: Move) -> dict[str, object]:
    return {
        "on": day(move.on),
        "from": day(move.from_on),
        "to": day(move.to),
        "told": move.told,
        "because": move.because,
        "plan": move.plan,
    }


def _passed_over(event: Event) -> dict[str, object]:
    return {"verb": event.verb.value, "on": day(event.on), "to": day(event.to)}
