"""The records that a criterion reads: which of them can still count, and the days on which one changes standing.

All of them are dated on or before the day that is looked ahead from: none is still to come, and most only grow too old.
A day that is named for nothing costs a look; one that is missed would make a finding lapse too late. Each source names
every day on which a figure made from its records can change, and the criterion itself says what comes of it.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from c4l.domain.evidence import LIFTING, Glance, effective_minutes, glance, started_by_them, window
from c4l.domain.promises import standing
from c4l.domain.records import Contact, Promise, Records, Sign, Statement
from c4l.domain.signals import SLIPS
from c4l.domain.terms import Party
from c4l.domain.thresholds import Thresholds


def _glances(kept: Records, thresholds: Thresholds) -> Callable[[date], Glance]:
    return lambda day: glance(kept, day, thresholds)


def _no_glances(kept: Records, thresholds: Thresholds) -> Callable[[date], Glance]:
    return lambda day: Glance()


class Source(NamedTuple):
    """Where a criterion takes its figures from.

    Attributes:
        kept: of a client's records dated by a day, those alone that it reads on that day or on any later one.
        turning: the later days on which one of these changes standing, in no order; a few more do no harm.
        glances: what those kept show at a glance on any day; nothing where their criterion reads the depth alone.
    """

    kept: Callable[[Records, date, Thresholds], Records]
    turning: Callable[[Records, Thresholds], Iterator[date]]
    glances: Callable[[Records, Thresholds], Callable[[date], Glance]] = _glances


def _only(
    records: Records,
    *,
    contacts: Iterable[Contact] = (),
    signs: Iterable[Sign] = (),
    promises: Iterable[Promise] = (),
    statements: Iterable[Statement] = (),
) -> Records:
    return records._replace(
        contacts=tuple(contacts), signs=tuple(signs), promises=tuple(promises), statements=tuple(statements)
    )


def _leaving(days: Iterable[date], thresholds: Thresholds) -> Iterator[date]:
    """The days on which records leave the window."""
    return (on + timedelta(days=thresholds.window_days) for on in days)


def _kept_statements(records: Records, day: date, thresholds: Thresholds) -> Records:
    after = window(day, thresholds).after
    return _only(records, statements=(said for said in records.statements if said.on > after))


def _turning_statements(records: Records, thresholds: Thresholds) -> Iterator[date]:
    return _leaving((said.on for said in records.statements), thresholds)


def _kept_signs(records: Records, day: date, thresholds: Thresholds) -> Records:
    after = window(day, thresholds).after
    return _only(records, signs=(sign for sign in records.signs if sign.on > after and sign.signal in LIFTING))


def _turning_signs(records: Records, thresholds: Thresholds) -> Iterator[date]:
    return _leaving((sign.on for sign in records.signs), thresholds)


def _kept_asked(records: Records, day: date, thresholds: Thresholds) -> Records:
    after = window(day, thresholds).after
    asked = (it for it in records.contacts if it.on > after and started_by_them(it.channel, it.reached_out))
    return _only(records, contacts=asked)


def _turning_asked(records: Records, thresholds: Thresholds) -> Iterator[date]:
    return _leaving((contact.on for contact in records.contacts), thresholds)


def _glances_asked(kept: Records, thresholds: Thresholds) -> Callable[[date], Glance]:
    """Sums from the first day on: a client with years of daily calls is looked at on each of the days."""
    contacts = sorted(kept.contacts, key=lambda contact: contact.on)
    days = [contact.on for contact in contacts]
    sums = [0, *accumulate(effective_minutes(contact.channel, contact.minutes) for contact in contacts)]

    def at(day: date) -> Glance:
        recent = window(day, thresholds)
        first, end = bisect_right(days, recent.after), bisect_right(days, recent.until)
        return Glance(asked=end - first, asked_minutes=sums[end] - sums[first])

    return at


def _kept_promises(records: Records, day: date, thresholds: Thresholds) -> Records:
    after = window(day, thresholds).after

    def counts(promise: Promise) -> bool:
        stands = standing(promise)
        return promise.by is Party.me and (stands.closed_on is None or stands.closed_on > after)

    return _only(records, promises=filter(counts, records.promises))


def _turning_promises(records: Records, thresholds: Thresholds) -> Iterator[date]:
    patience = timedelta(days=thresholds.reliable_grace_days + 1)
    for promise in records.promises:
        stands = standing(promise)
        if stands.closed_on is not None:
            yield from _leaving((stands.closed_on,), thresholds)
        elif stands.due_on is not None:
            yield stands.due_on + patience


def _kept_ends(records: Records, day: date, thresholds: Thresholds) -> Records:
    """The first contact and the last."""
    contacts = sorted(records.contacts, key=lambda contact: contact.on)
    return _only(records, contacts=(*contacts[:1], *contacts[1:][-1:]))


def _turning_ends(records: Records, thresholds: Thresholds) -> Iterator[date]:
    age = timedelta(days=thresholds.lasting_days)
    silence = timedelta(days=thresholds.lasting_silence_days + 1)
    for contact in records.contacts:
        yield from (contact.on + age, contact.on + silence)
    if records.since is not None:
        yield records.since + age


def _kept_slips(records: Records, day: date, thresholds: Thresholds) -> Records:
    after, read = window(day, thresholds).after, (*SLIPS, "owned")
    return _only(records, signs=(sign for sign in records.signs if sign.on > after and sign.signal in read))


def _turning_slips(records: Records, thresholds: Thresholds) -> Iterator[date]:
    patience = timedelta(days=thresholds.unbroken_grace_days + 1)
    for sign in records.signs:
        yield from _leaving((sign.on,), thresholds)
        yield sign.on + patience


STATEMENTS = Source(_kept_statements, _turning_statements)
SIGNS = Source(_kept_signs, _turning_signs)
ASKED = Source(_kept_asked, _turning_asked, _glances_asked)
PROMISES = Source(_kept_promises, _turning_promises, _no_glances)
ENDS = Source(_kept_ends, _turning_ends, _no_glances)
SLIPS_AND_ANSWERS = Source(_kept_slips, _turning_slips, _no_glances)
