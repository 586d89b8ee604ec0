"""Who moved in the triangle, as JSON and as plain lines.

Plain lines begin with what they hold. First for each client which way they went (`rose`, `fell`, `new`, `left`,
`stayed`): handle, name, tier before, tier after, and for who is new or left the day, the number and what it was. Then
for each of their findings that changed a `finding`: handle, criterion, `met`, `unmet` or `unknown` before, the same
after, what is measured. Then for each of its causes a `cause`: handle, criterion, `recorded`, `lapsed`, `aged` or
`others`, the day it took effect, and the record: kind, number, day, what, channel, text; last, what became of it. And
for each other client on whom the answer turned a `beside`: handle, criterion, `before` or `after`, their handle, name,
and yearly value or minutes.
"""

from collections.abc import Iterator, Sequence

from c4l.actions.moves import Moves
from c4l.domain.causes import Cause, How
from c4l.domain.moves import Change, TierMove
from c4l.domain.reasons import Exhibit
from c4l.render.compared import compared_cells, compared_data
from c4l.render.records import cell, client_ref, day
from c4l.render.triangle import number
from c4l.render.triangle_history import counts

_MET = {True: "met", False: "unmet", None: "unknown"}


def moves_data(result: Moves) -> dict[str, object]:
    """Who moved and why; `stayed` holds those who did not, where they were asked for."""
    return {
        "since": day(result.before.on),
        "until": day(result.after.on),
        "counts": {"before": counts(result.before), "after": counts(result.after)},
        "directions": {way.value: count for way, count in result.directions.items()},
        "moves": list(map(_move, result.moved)),
        "stayed": list(map(_move, result.stayed)),
    }


def moves_lines(result: Moves) -> Iterator[Sequence[str]]:
    """A line for each client, for each finding that changed, and for each of its causes."""
    for move in (*result.moved, *result.stayed):
        handle = move.client.handle
        came = ("", "", "") if move.passage is None else _dated(move.passage)
        yield move.direction, handle, move.client.name, cell(move.before), cell(move.after), *came
        for change in move.changes:
            yield "finding", handle, change.criterion, _MET[change.was], _MET[change.met], change.measured
            for cause in change.causes:
                yield "cause", handle, change.criterion, cause.how, cell(cause.on), *_record(cause), cause.words
                for when, others in (("before", cause.then), ("after", cause.now)):
                    for cells in compared_cells(others):
                        yield "beside", handle, change.criterion, when, *cells


def _dated(exhibit: Exhibit) -> tuple[str, str, str]:
    return exhibit.on.isoformat(), number(exhibit), exhibit.what


def _record(cause: Cause) -> Sequence[str]:
    if cause.exhibit is None:
        return ("",) * 6
    kind, _, on, what, via, told = cause.exhibit
    return kind, number(cause.exhibit), on.isoformat(), what, via, told


def _move(move: TierMove) -> dict[str, object]:
    return {
        "client": client_ref(move.client),
        "from": None if move.before is None else move.before.value,
        "to": None if move.after is None else move.after.value,
        "direction": move.direction.value,
        "passage": _exhibit(move.passage),
        "because": list(map(_change, move.changes)),
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "criterion": change.criterion,
        "tier": change.tier.value,
        "was": change.was,
        "met": change.met,
        "measured_before": change.measured_then,
        "measured": change.measured,
        "causes": list(map(_cause, change.causes)),
    }


def _cause(cause: Cause) -> dict[str, object]:
    return {
        "how": cause.how.value,
        "on": day(cause.on),
        "words": cause.words or None,
        "record": _exhibit(cause.exhibit),
        "others_before": compared_data(cause.then) if cause.how is How.others else None,
        "others": compared_data(cause.now) if cause.how is How.others else None,
    }


def _exhibit(exhibit: Exhibit | None) -> dict[str, object] | None:
    if exhibit is None:
        return None
    return {
        "kind": exhibit.kind,
        "number": exhibit.number,
        "on": day(exhibit.on),
        "what": str(exhibit.what),
        "via": exhibit.via or None,
        "text": exhibit.text or None,
    }
