"""The reasons of each criterion, for people: what was measured, what is still needed, and the records behind it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from c4l.domain.evidence import (
    Case,
    answer_to,
    asked_in,
    outcomes,
    signs_in,
    standing_statements,
    unowned_slips,
    window,
)
from c4l.domain.promises import Outcome
from c4l.domain.records import Contact, Part, Sign
from c4l.domain.signals import SIGNALS, SLIPS, TRUST
from c4l.domain.thresholds import WINDOW_DAYS


class Exhibit(NamedTuple):
    """A record behind a finding.

    Attributes:
        kind: `interaction`, `promise`, `assessment` or `client`.
        number: of an interaction or a promise.
        what: in a word or two, as in "consulted" or "kept late".
        via: the channel of an interaction, else empty.
        text: the user's own words, may be empty.
    """

    kind: str
    number: int | None
    on: date
    what: str
    via: str = ""
    text: str = ""


class Reasons(NamedTuple):
    """What a criterion has to say for itself; `needed` says something only where it is not met."""

    measured: str
    needed: str
    exhibits: tuple[Exhibit, ...]


def drives(case: Case) -> Reasons:
    """The client's share of all stated value, and that of those above."""
    value, exhibits = case.glance.value, _stated(case, Part.value)
    if value is None:
        needed = f"their yearly value, in your words: c4l assess {case.records.client.handle} --value N"
        return Reasons(f"no yearly value stated in {_span(case)}", needed, exhibits)
    if value == 0:
        return Reasons("a stated value of 0", "a yearly value above 0", exhibits)
    total = case.others.value + value
    above = _percent(case.others.value_above(value), total)
    return Reasons(
        f"{_percent(value, total)} of stated value; clients above make {above}",
        f"clients above to make less than {case.thresholds.drives_percent} %",
        exhibits,
    )


def depends(case: Case) -> Reasons:
    """The stake as stated."""
    if case.glance.stake is None:
        needed = f"what is at stake, in your words: c4l assess {case.records.client.handle} --stake LEVEL"
        return Reasons(f"no stake stated in {_span(case)}", needed, ())
    measured = f"the stake is stated as {case.glance.stake}"
    return Reasons(measured, "a stake of high or critical", _stated(case, Part.stake))


def steers(case: Case) -> Reasons:
    """The steers seen, and the latest of them."""
    seen = sum(1 for _ in signs_in(case.records, window(case.day, case.thresholds), ("steer",)))
    return Reasons(
        f"{_count(seen, 'steer')} seen in {_span(case)}",
        f"one steer: that the client {SIGNALS['steer'].meaning}",
        _latest_signs(case, ("steer",)),
    )


def demands(case: Case) -> Reasons:
    """What the client started, beside the median of the others."""
    asked, minutes = case.glance.asked, case.glance.asked_minutes
    twice_median = case.others.twice_median_minutes()
    measured = f"started {_count(asked, 'interaction')} in {_span(case)}"
    if asked:
        measured += f", {_count(minutes, 'minute')}"
    exhibits = tuple(
        _met(contact, "started by them") for contact in asked_in(case.records, window(case.day, case.thresholds))
    )
    if twice_median is None:
        needed = "another client who starts interactions, to compare with"
        return Reasons(f"{measured}; no other client started any", needed, _by_day(exhibits))
    # Rounded up: half a minute short is short.
    least_minutes = max(1, (case.thresholds.demands_times * twice_median + 1) // 2)
    missing = ((case.thresholds.demands_least - asked, "more interaction"), (least_minutes - minutes, "more minute"))
    needed = " and ".join(_count(count, unit) for count, unit in missing if count > 0)
    return Reasons(f"{measured}; the median of the others is {twice_median / 2:g}", needed, _by_day(exhibits))


def trusted(case: Case) -> Reasons:
    """The distinct signs of trust, the latest of each, and those not seen."""
    unseen = [name for name in TRUST if name not in case.glance.shown]
    seen, least = len(TRUST) - len(unseen), case.thresholds.trusted_needed
    return Reasons(
        f"{seen} of {len(TRUST)} seen in {_span(case)}, {least} needed",
        f"{'one' if least - seen == 1 else least - seen} more of {', '.join(unseen)}",
        _latest_signs(case, TRUST),
    )


def reliable(case: Case) -> Reasons:
    """Honoured of counted; what is overdue is to be kept, what was missed to be outweighed."""
    counted, missed, thresholds = case.depth.counted, case.depth.missed, case.thresholds
    found = list(outcomes(case.records, case.day, thresholds))
    exhibits = (
        Exhibit("promise", promise.number, stands.closed_on or stands.due_on or case.day, outcome, text=promise.what)
        for promise, stands, outcome in found
    )
    overdue = [str(promise.number) for promise, _, outcome in found if outcome is Outcome.overdue]
    more = thresholds.reliable_least - counted
    if missed > thresholds.reliable_missed:
        more = max(more, missed * thresholds.reliable_share - counted)
    steps = ([f"keep {_listed(overdue)}"] if overdue else []) + (
        [_count(more, "more honoured promise")] if more > 0 else []
    )
    measured = f"{counted - missed} of {counted} promise{'' if counted == 1 else 's'} honoured"
    return Reasons(measured if counted else "no promise of yours counts yet", "; ".join(steps), _by_day(exhibits))


def lasting(case: Case) -> Reasons:
    """The age of the relationship and of its last sign of life, for a client that has been contacted."""
    from c4l.domain.dates import ago, in_words

    met = sorted((contact for contact in case.records.contacts if contact.on <= case.day), key=lambda it: it.on)
    first, last = case.depth.first_on or case.day, met[-1].on
    steps = []
    silence, at_most = (case.day - last).days, case.thresholds.lasting_silence_days
    if silence > at_most:
        steps.append(f"an interaction: {silence} days of silence, {at_most} at most")
    if (young := case.thresholds.lasting_days - (case.day - first).days) > 0:
        steps.append(_count(young, "more day"))
    beginning = _met(met[0], "first") if first == met[0].on else Exhibit("client", None, first, "since")
    return Reasons(
        f"{in_words((case.day - first).days)}, last contact {ago(last, case.day)}",
        "; ".join(steps),
        (beginning, _met(met[-1], "last")) if beginning.number != met[-1].number else (_met(met[-1], "last"),),
    )


def unbroken(case: Case) -> Reasons:
    """The slips seen, and what was said to each."""
    from c4l.domain.dates import short

    slips = list(signs_in(case.records, window(case.day, case.thresholds), SLIPS))
    answers = {slip: answer_to(slip, case.records, case.day) for slip in slips}
    unowned = unowned_slips(case.records, case.day, case.thresholds)
    return Reasons(
        _slips_told(answers, case) if slips else f"no complaint or surprise in {_span(case)}",
        "own " + _listed([f"the {slip.signal} of {short(slip.on, case.day)} (i{slip.number})" for slip in unowned]),
        _by_day(_shown(sign) for sign in dict.fromkeys((*slips, *filter(None, answers.values())))),
    )


def _slips_told(answers: dict[Sign, Sign | None], case: Case) -> str:
    counts = ((sum(slip.signal == name for slip in answers), name) for name in SLIPS)
    told = " and ".join(_count(count, name) for count, name in counts if count)
    if len(answers) > 1:
        open_ones = sum(answer is None for answer in answers.values())
        return f"{told}, {f'{open_ones} not owned yet' if open_ones else 'all owned'}"
    [(slip, answer)] = answers.items()
    if answer is None:
        age = (case.day - slip.on).days
        return f"{told}, {_count(age, 'day')} old, not owned yet" if age else f"{told} today, not owned yet"
    waited = (answer.on - slip.on).days
    return f"{told}, owned {_count(waited, 'day')} later" if waited else f"{told}, owned the same day"


def _span(case: Case) -> str:
    days = case.thresholds.window_days
    return "a year" if days == WINDOW_DAYS else f"{days} days"


def _count(count: int, unit: str) -> str:
    match count:
        case 0:
            return f"no {unit}"
        case 1:
            return f"one {unit}"
        case _:
            return f"{count} {unit}s"


def _percent(part: int, whole: int) -> str:
    # Rounded down, so that what is printed falls on the same side of a threshold as what was compared.
    share = 100 * part // whole
    return "under 1 %" if part and not share else f"{share} %"


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _stated(case: Case, part: Part) -> tuple[Exhibit, ...]:
    statement = standing_statements(case.records, window(case.day, case.thresholds)).get(part)
    if statement is None:
        return ()
    what = f"{part} {statement.said}"
    return (Exhibit("assessment", None, statement.on, what, text=statement.because or ""),)


def _latest_signs(case: Case, names: Iterable[str]) -> tuple[Exhibit, ...]:
    """The latest of each kind: the one that the finding rests on longest."""
    latest: dict[str, Sign] = {}
    for sign in signs_in(case.records, window(case.day, case.thresholds), names):
        if sign.signal not in latest or sign.on >= latest[sign.signal].on:
            latest[sign.signal] = sign
    return _by_day(_shown(sign) for sign in latest.values())


def _shown(sign: Sign) -> Exhibit:
    return Exhibit("interaction", sign.number, sign.on, sign.signal, sign.channel, sign.text)


def _met(contact: Contact, what: str) -> Exhibit:
    return Exhibit("interaction", contact.number, contact.on, what, contact.channel, contact.note)


def _by_day(exhibits: Iterable[Exhibit]) -> tuple[Exhibit, ...]:
    return tuple(sorted(exhibits, key=lambda exhibit: (exhibit.on, exhibit.number or 0)))
