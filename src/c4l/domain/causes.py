"""What made a finding change between two days: records, time alone, or the other clients.

A row for each criterion; which records count, and until when, is asked of the rules themselves.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from c4l.domain.compared import Compared
from c4l.domain.criteria import Criterion, reliable
from c4l.domain.evidence import (
    Case,
    Evidence,
    Others,
    Seen,
    answer_to,
    asked_in,
    outcomes,
    standing_statements,
    unowned_slips,
    window,
)
from c4l.domain.promises import Outcome, Standing, standing
from c4l.domain.reasons import Exhibit
from c4l.domain.records import Contact, Part, Promise, Sign
from c4l.domain.signals import TRUST


class How(StrEnum):
    """In what way a finding came to change."""

    recorded = "recorded"
    lapsed = "lapsed"
    aged = "aged"
    others = "others"


class Cause(NamedTuple):
    """One of the things that made a finding change.

    Attributes:
        how: `recorded`: it counts now and did not then; `lapsed`: it left the window; `aged`: time alone made it
            count; `others`: other clients did, with whom the criterion compares.
        on: the day on which it took effect; None of `others`.
        exhibit: the record; None of `others`.
        words: what happened to the record, or to the others; empty where it was recorded.
        then: the others on whom the answer turned before, by name; `now`, after. Only of `others`.
    """

    how: How
    on: date | None
    exhibit: Exhibit | None
    words: str = ""
    then: Compared = Compared()
    now: Compared = Compared()


Own = Callable[[Case, Case, bool], Iterable[Cause]]
"""What a client's own records did between two cases; the last says whether the finding was met before."""


def causes(criterion: Criterion[Seen] | Criterion[Evidence], before: Case, after: Case) -> tuple[Cause, ...]:
    """Everything that made the answer of a criterion another one, by day.

    Args:
        before: a case in which it is met, where it is not in `after`; or the other way about.
    """
    was = bool(criterion.met(before))
    own = sorted(_OWN[criterion.name](before, after, was), key=_by_day)
    told = _OTHERS.get(criterion.name)
    if told is None or bool(criterion.met(_among(after, before.others))) is not was:
        return tuple(own)
    if not (words := told(before, after, was)):
        return tuple(own)
    others = Cause(How.others, None, None, words)
    if bool(criterion.met(_among(before, after.others))) is not was:
        return (others,)
    return (*own, others)


def _among(own: Case, others: Others) -> Case:
    """The case as it would be among others."""
    return Case(own.glance, others, own.thresholds, own.depth, own.day, own.records)


def _by_day(cause: Cause) -> tuple[date, int]:
    return cause.on or date.max, (cause.exhibit and cause.exhibit.number) or 0


# The causes that several criteria share.


def _recorded(exhibit: Exhibit) -> Cause:
    return Cause(How.recorded, exhibit.on, exhibit)


def _lapsed(exhibit: Exhibit, case: Case) -> Cause:
    return Cause(How.lapsed, exhibit.on + timedelta(days=case.thresholds.window_days), exhibit, "left the window")


def _contact(contact: Contact, what: str) -> Exhibit:
    return Exhibit("interaction", contact.number, contact.on, what, contact.channel, contact.note)


def _sign(sign: Sign) -> Exhibit:
    return Exhibit("interaction", sign.number, sign.on, sign.signal, sign.channel, sign.text)


# What the client's own records did, a function for each criterion.


def _stated(part: Part) -> Own:
    """For what you state yourself: stated anew, withdrawn, or not renewed in time."""

    def own(before: Case, after: Case, was: bool) -> Iterator[Cause]:
        said = [each for each in after.records.statements if each.part is part and each.on <= after.day]
        if not said:
            return
        last = max(reversed(said), key=lambda each: each.on)
        stands = standing_statements(after.records, window(after.day, after.thresholds))
        what = f"{part} withdrawn" if last.said is None else f"{part} {last.said}"
        exhibit = Exhibit("assessment", None, last.on, what, text=last.because or "")
        yield _recorded(exhibit) if last.said is None or part in stands else _lapsed(exhibit, after)

    return own


def _signs(*names: str) -> Own:
    """For signals in the window: the first of each kind that came, or the last of each that went."""

    def own(before: Case, after: Case, was: bool) -> Iterator[Cause]:
        then, now = before.glance.shown, after.glance.shown
        recent = window(after.day, after.thresholds)
        for name in names:
            seen = [sign for sign in after.records.signs if sign.signal == name and sign.on <= after.day]
            if was and name in then - now:
                yield _lapsed(_sign(max(seen, key=lambda sign: sign.on)), after)
            elif not was and name in now - then:
                yield _recorded(_sign(min((sign for sign in seen if recent.holds(sign.on)), key=lambda sign: sign.on)))

    return own


def _demands(before: Case, after: Case, was: bool) -> Iterator[Cause]:
    """What they started: more of it, or less that is recent."""
    then, now = (
        {met.number: met for met in asked_in(case.records, window(case.day, case.thresholds))}
        for case in (before, after)
    )
    if was:
        yield from (_lapsed(_contact(then[number], "started by them"), after) for number in then.keys() - now.keys())
    else:
        yield from (_recorded(_contact(now[number], "started by them")) for number in now.keys() - then.keys())


class _Counted(NamedTuple):
    """A promise that counts on a day."""

    promise: Promise
    stands: Standing
    outcome: Outcome


def _reliable(before: Case, after: Case, was: bool) -> Iterator[Cause]:
    """Promises that came to count, counted otherwise, or count no longer."""
    then, now = (
        {each[0].number: _Counted(*each) for each in outcomes(case.records, case.day, case.thresholds)}
        for case in (before, after)
    )
    come = [each for number, each in now.items() if number not in then]
    gone = [each for number, each in then.items() if number not in now]
    mended = [each for number, each in now.items() if number in then and each.outcome is not then[number].outcome]
    # Where too few count, each that does makes a difference; else only those that pull the way it went.
    if (after if was else before).depth.counted < after.thresholds.reliable_least:
        come, gone = ([], gone) if was else (come, [each for each in gone if not each.outcome.honoured])
    else:
        come = [each for each in come if each.outcome.honoured is not was]
        gone = [each for each in gone if each.outcome.honoured is was]
        if was and not _met_with(after, len(gone)):
            gone = []
    yield from (_counting(each, after) for each in (*come, *mended))
    yield from (_no_longer_counting(each, after) for each in gone)


def _met_with(case: Case, more: int) -> bool:
    """Whether the criterion would be met with so many more honoured promises."""
    depth = case.depth._replace(counted=case.depth.counted + more)
    return bool(reliable(Evidence(case.glance, case.others, case.thresholds, depth, case.day)))


def _counting(each: _Counted, case: Case) -> Cause:
    promise, stands, outcome = each
    if stands.closed_on is not None:
        return _recorded(Exhibit("promise", promise.number, stands.closed_on, outcome, text=promise.what))
    due, grace = stands.due_on or case.day, case.thresholds.reliable_grace_days
    began = max(due + timedelta(days=grace + 1), promise.made_on, *(move.on for move in stands.moves))
    exhibit = Exhibit("promise", promise.number, due, outcome, text=promise.what)
    return Cause(How.aged, began, exhibit, f"more than {_days(grace)} past due" if grace else "past due")


def _no_longer_counting(each: _Counted, case: Case) -> Cause:
    promise, stands, outcome = each
    if stands.closed_on is not None:
        return _lapsed(Exhibit("promise", promise.number, stands.closed_on, outcome, text=promise.what), case)
    now = standing(promise, case.day)
    on, what = (now.moves[-1].on, "moved") if now.closed_on is None else (now.closed_on, now.state.value)
    return _recorded(Exhibit("promise", promise.number, on, what, text=promise.what))


def _lasting(before: Case, after: Case, was: bool) -> Iterator[Cause]:
    """Silence, or an end of it; or the day on which the beginning was long enough ago."""
    thresholds, met = after.thresholds, sorted(after.records.contacts, key=lambda contact: contact.on)
    last = _contact([contact for contact in met if contact.on <= after.day][-1], "last")
    silence = thresholds.lasting_silence_days
    if was:
        yield Cause(How.aged, last.on + timedelta(days=silence + 1), last, f"more than {_days(silence)} of silence")
        return
    first_on = after.depth.first_on or met[0].on
    if before.depth.first_on is None or (before.day - first_on).days < thresholds.lasting_days:
        first = Exhibit("client", None, first_on, "since") if first_on < met[0].on else _contact(met[0], "first")
        long_enough = first_on + timedelta(days=thresholds.lasting_days)
        yield Cause(How.aged, long_enough, first, f"{_days(thresholds.lasting_days)} with you")
    if before.depth.last_on is not None and (before.day - before.depth.last_on).days > silence:
        yield _recorded(last)


def _unbroken(before: Case, after: Case, was: bool) -> Iterator[Cause]:
    """Slips that nobody owned in time; or that were owned after all, or are long ago."""
    thresholds = after.thresholds
    if was:
        grace = thresholds.unbroken_grace_days
        words = f"not owned within {_days(grace)}" if grace else "not owned"
        for slip in unowned_slips(after.records, after.day, thresholds):
            yield Cause(How.aged, slip.on + timedelta(days=grace + 1), _sign(slip), words)
        return
    slips = unowned_slips(before.records, before.day, thresholds)
    answers = {slip: answer_to(slip, after.records, after.day) for slip in slips}
    yield from (_recorded(_sign(owned)) for owned in dict.fromkeys(filter(None, answers.values())))
    yield from (_lapsed(_sign(slip), after) for slip, owned in answers.items() if owned is None)


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


_OWN: Mapping[str, Own] = {
    "drives": _stated(Part.value),
    "depends": _stated(Part.stake),
    "steers": _signs("steer"),
    "demands": _demands,
    "trusted": _signs(*TRUST),
    "reliable": _reliable,
    "lasting": _lasting,
    "unbroken": _unbroken,
}


# What the others did, for the criteria that compare; empty where nothing was compared.


def _value_of_others(before: Case, after: Case, was: bool) -> str:
    if before.glance.value is None:
        # What they brought in was not known: there was nothing that the others could have made less or more.
        return ""
    return f"clients above make a {'greater' if was else 'smaller'} part of all value than before"


def _time_of_others(before: Case, after: Case, was: bool) -> str:
    if not (after if was else before).others.started_any:
        return "no other client starts interactions any more" if was else "another client starts interactions, too"
    return f"the others take {'more' if was else 'less'} of your time than before"


_OTHERS: Mapping[str, Callable[[Case, Case, bool], str]] = {"drives": _value_of_others, "demands": _time_of_others}
