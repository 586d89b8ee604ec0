"""How promises were lived up to, as JSON and as plain lines.

Plain lines begin with what they hold: `reliability` (by `me` or `them`, counted, honoured, share as a whole percentage,
then those kept on the first day, kept late, moved and not told in time, broken, released late, overdue and told early,
median days late), `month` (by, month, counted, honoured), with `--by client` also `client` (handle, yours counted and
honoured, theirs counted and honoured), and `learned` (number, handle, by, `moved` or `broken`, day, what, because).
What there is too little to say about is empty.
"""

from collections.abc import Iterator, Sequence

from c4l.actions.reliability import Reliability, Side
from c4l.domain.reliability import ClientFigures, Figures, Lesson, Month
from c4l.domain.terms import Party
from c4l.render.records import cell, client_ref, day


def reliability_data(result: Reliability) -> dict[str, object]:
    """Every figure of both sides, by month, by client, and what was learned."""
    return {
        "since": day(result.since),
        "until": day(result.until),
        "mine": _side(result.mine),
        "theirs": _side(result.theirs),
        "clients": list(map(_client, result.clients)),
        "learned": list(map(_lesson, result.lessons)),
    }


def reliability_lines(result: Reliability) -> Iterator[Sequence[str]]:
    """A line for each side, each month, each client where they are asked for, and each lesson."""
    sides = ((Party.me, result.mine), (Party.them, result.theirs))
    for party, side in sides:
        yield "reliability", party, *_cells(side.figures)
    for party, side in sides:
        for month in side.months:
            yield "month", party, named(month), str(month.counted), str(month.honoured)
    for row in result.clients if result.by_client else ():
        pairs = ((own.counted, own.honoured) for own in (row.mine, row.theirs))
        yield "client", row.client.handle, *(str(count) for pair in pairs for count in pair)
    for promise, verb, on, because in result.lessons:
        yield (
            "learned",
            str(promise.number),
            promise.client.handle,
            promise.by,
            verb,
            on.isoformat(),
            promise.what,
            because,
        )


def named(month: Month) -> str:
    """A month as ISO writes it: `2026-11`."""
    return month.first.isoformat()[:7]


def percent(own: Figures) -> str:
    """The share honoured as a whole percentage, rounded down: 100 says that none was missed."""
    return "" if own.share is None else str(100 * own.honoured // own.counted)


def number(value: float | None) -> str:
    """A median: a whole number, or one and a half."""
    return "" if value is None else f"{value:g}"


def _cells(own: Figures) -> Sequence[str]:
    return (
        str(own.counted),
        str(own.honoured),
        percent(own),
        *map(cell, (own.first_day, own.kept_late, own.moved_untold, own.broken, own.released_late, own.overdue)),
        str(own.told_early),
        number(own.late_days_median),
    )


def _figures(own: Figures) -> dict[str, object]:
    return {
        "counted": own.counted,
        "honoured": own.honoured,
        "share": None if own.share is None else round(own.share, 4),
        "first_day": own.first_day,
        "kept_late": own.kept_late,
        "moved_untold": own.moved_untold,
        "broken": own.broken,
        "released_late": own.released_late,
        "overdue": own.overdue,
        "told_early": own.told_early,
        "late_days_median": own.late_days_median,
    }


def _side(side: Side) -> dict[str, object]:
    months = [{"month": named(month), "counted": month.counted, "honoured": month.honoured} for month in side.months]
    return {**_figures(side.figures), "months": months}


def _client(row: ClientFigures) -> dict[str, object]:
    return {"client": client_ref(row.client), "mine": _figures(row.mine), "theirs": _figures(row.theirs)}


def _lesson(lesson: Lesson) -> dict[str, object]:
    promise = lesson.promise
    return {
        "number": promise.number,
        "client": client_ref(promise.client),
        "by": promise.by.value,
        "what": promise.what,
        "verb": lesson.verb.value,
        "on": day(lesson.on),
        "because": lesson.because,
    }
