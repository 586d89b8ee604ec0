"""The morning page as JSON and as plain lines.

Plain lines begin with the part they belong to: `overdue`, `due`, `quiet`, `date`, `lapsing`, `thanks` or `next`. Then
come the number of the record (a promise `14`, an interaction `i88`, else empty), whose promise it is (`me` or `them`,
else empty), the client's name, the day, in words what is to be done, and the last note about the client. A clean day
has no lines, so that nobody is sent an empty mail.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from c4l.actions.promises import PromiseView
from c4l.actions.quiet import Quiet
from c4l.actions.today import Coming, Next, TodayPage
from c4l.domain.dates import in_words, long
from c4l.domain.terms import ClientRef
from c4l.render.lapses import fall_data, how_it_falls, number_of
from c4l.render.promises import promise_data
from c4l.render.quiet import contact_data, note_of, one_quiet
from c4l.render.records import client_ref, day


def today_data(result: TodayPage) -> dict[str, object]:
    """Every part of the page, empty or not."""
    return {
        "as_of": day(result.as_of),
        "overdue": list(_promises(result, result.overdue.rows)),
        "due": list(_promises(result, result.due.rows)),
        "quiet": [one_quiet(each, result.last) for each in result.quiet.rows],
        "dates": [
            {
                "client": client_ref(each.client),
                "label": each.date.label,
                "on": day(each.date.on),
                "years": each.date.years,
                "last": _last(result, each.client),
            }
            for each in result.dates.rows
        ],
        "lapsing": [
            {
                "client": client_ref(each.client),
                "tier": each.tier.value,
                **fall_data(each.fall),
                "last": _last(result, each.client),
            }
            for each in result.lapsing.rows
        ],
        "thanks": [
            {
                "client": client_ref(each.client),
                "on": day(each.on),
                "interaction": each.number,
                "text": each.text,
                "last": _last(result, each.client),
            }
            for each in result.thanks.rows
        ],
        "next": [_next(each, result) for each in result.next.rows],
    }


def _promises(result: TodayPage, rows: Iterable[PromiseView]) -> Iterator[dict[str, object]]:
    for view in rows:
        yield {**promise_data(view), "last": _last(result, view.promise.client)}


def _next(each: Next, result: TodayPage) -> dict[str, object]:
    return {
        "client": client_ref(each.client),
        "on": day(each.on),
        "interaction": None if each.plan is None else each.plan.number,
        "channel": None if each.plan is None else each.plan.channel.value,
        "note": None if each.plan is None else each.plan.note,
        "last": _last(result, each.client),
    }


def _last(result: TodayPage, client: ClientRef) -> dict[str, object] | None:
    return contact_data(result.last.get(client.id))


def today_lines(result: TodayPage) -> Iterator[Sequence[str]]:
    """A line for each thing to be done."""
    for part, client, number, by, on, what in _lines(result):
        yield part, number, by, client.name, on.isoformat(), what, note_of(result.last.get(client.id))


_Line = tuple[str, ClientRef, str, str, date, str]


def _lines(result: TodayPage) -> Iterator[_Line]:
    """Part, client, number, whose promise it is, day, and what is to be done."""
    for part, views in (("overdue", result.overdue.rows), ("due", result.due.rows)):
        for view in views:
            promise, due = view.promise, view.standing.due_on
            assert due is not None  # noqa: S101 - the page asks for a due day
            yield part, promise.client, str(promise.number), promise.by, due, promise.what
    for quiet in result.quiet.rows:
        yield "quiet", quiet.client, "", "", quiet.wished_on, why_quiet(quiet)
    for each in result.dates.rows:
        yield "date", each.client, "", "", each.date.on, what_comes(each)
    for falling in result.lapsing.rows:
        fall = falling.fall
        yield "lapsing", falling.client, number_of(fall), "", fall.on, how_it_falls(falling.tier, fall, result.as_of)
    for door in result.thanks.rows:
        yield "thanks", door.client, f"i{door.number}", "", door.on, door.text
    for ahead in result.next.rows:
        number = "" if ahead.plan is None else f"i{ahead.plan.number}"
        yield "next", ahead.client, number, "", ahead.on, what_is_planned(ahead)


def why_quiet(each: Quiet) -> str:
    """How long nobody was in touch, and what was wished for."""
    silence = "never contacted" if each.days_since is None else f"{in_words(each.days_since)} of silence"
    if each.awaited:
        return f"{silence}, contact was set for {long(each.wished_on)}"
    return silence if each.cadence_days is None else f"{silence}, {in_words(each.cadence_days)} wished for"


def what_comes(each: Coming) -> str:
    """The key date, with the age where the year is known."""
    return each.date.label if each.date.years is None else f"{each.date.label}, {each.date.years} years"


def what_is_planned(each: Next) -> str:
    """The plan, or that a day was set."""
    return "a day was set to be in touch" if each.plan is None else f"{each.plan.channel}: {each.plan.note}"
