"""A brief before a call, as JSON and as plain lines.

Plain lines begin with what they hold: those of the client as `client show` has them, then `tier` (the tier, what is
missing for the next), `promise` (the columns of `promises`), `coming` (label, day, years), `given` and `shown` (signal,
times, last day, number of the interaction, text) and `opening` (why, the promise, the interaction, what to do).
"""

from collections.abc import Iterator, Sequence

from c4l.actions.brief import Brief, Shown
from c4l.actions.clients import ClientPage
from c4l.render.clients import client_data, client_lines
from c4l.render.promises import promise_data, promises_lines
from c4l.render.records import cell, day


def brief_data(result: Brief) -> dict[str, object]:
    """All of it; the client whole, with the last interactions as `recent`."""
    return {
        "client": client_data(_page(result)),
        "as_of": day(result.today),
        "tier": None if result.tier is None else result.tier.value,
        "missing": list(result.missing),
        "mine": [promise_data(view) for view in result.mine],
        "theirs": [promise_data(view) for view in result.theirs],
        "dates": [{"label": each.label, "on": day(each.on), "years": each.years} for each in result.dates],
        "given": [_shown(each) for each in result.given],
        "shown": [_shown(each) for each in result.shown],
        "openings": [
            {
                "reason": each.reason.value,
                "text": each.text,
                "promise": each.promise,
                "interaction": each.interaction,
            }
            for each in result.openings
        ],
    }


def brief_lines(result: Brief) -> Iterator[Sequence[str]]:
    """A line for each thing to know."""
    yield from client_lines(_page(result))
    yield "tier", cell(result.tier), "; ".join(result.missing)
    for cells in promises_lines((*result.mine, *result.theirs)):
        yield "promise", *cells
    for each in result.dates:
        yield "coming", each.label, each.on.isoformat(), cell(each.years)
    for label, signals in (("given", result.given), ("shown", result.shown)):
        for shown in signals:
            number = "" if shown.last is None else f"i{shown.last.number}"
            text = "" if shown.last is None else shown.last.text
            yield label, shown.signal, str(shown.times), shown.last_on.isoformat(), number, text
    for opening in result.openings:
        number = "" if opening.interaction is None else f"i{opening.interaction}"
        yield "opening", opening.reason, cell(opening.promise), number, opening.text


def _page(result: Brief) -> ClientPage:
    return ClientPage(result.client, result.recent, result.today)


def _shown(each: Shown) -> dict[str, object]:
    return {
        "signal": each.signal,
        "times": each.times,
        "last_on": day(each.last_on),
        "interaction": None if each.last is None else each.last.number,
        "text": None if each.last is None else each.last.text,
    }
