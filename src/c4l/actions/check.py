"""Checking a book: gathering what the checks read, in so many statements however large the book is."""

from datetime import date, timedelta
from typing import NamedTuple

from c4l.actions.assess import everybody
from c4l.domain.checks import Finding, findings
from c4l.domain.doubts import AHEAD_DAYS, OVERDUE_DAYS, PLAN_DAYS, Book
from c4l.domain.thresholds import Thresholds
from c4l.store import check as stored
from c4l.store import morning
from c4l.store.store import Store, Transaction


class Checked(NamedTuple):
    """All that does not add up; nothing where the book is clean."""

    findings: tuple[Finding, ...]
    today: date
    strict: bool = False


def check(
    store: Store, today: date, thresholds: Thresholds, *, strict: bool = False, clock_on: date = date.max
) -> Checked:
    """Look for all that does not add up in a book.

    Args:
        strict: also ask what a careful reader would wonder about.
        clock_on: the day of the true clock, which the journal keeps, whatever day it is said to be.
    """
    with store.reading() as tx:
        book = _book(tx, today, thresholds)._replace(clock_on=clock_on)
        if strict:
            book = _whole(tx, book, thresholds)
    return Checked(tuple(findings(book, strict=strict)), today, strict)


def _book(tx: Transaction, today: date, thresholds: Thresholds) -> Book:
    silences = morning.silences(tx, today)
    return Book(
        day=today,
        names=stored.names(tx, today),
        owed=stored.doubtful_promises(tx, today, today - timedelta(days=OVERDUE_DAYS)),
        views=everybody(tx, today, thresholds),
        plans=stored.plans(tx, silences, today - timedelta(days=PLAN_DAYS)),
        silences=silences,
    )


def _whole(tx: Transaction, book: Book, thresholds: Thresholds) -> Book:
    """The same with what only strict checks read."""
    given = stored.given_alone(tx, book.day, thresholds.window_days)
    return book._replace(
        ahead=stored.far_ahead(tx, book.day, book.day + timedelta(days=AHEAD_DAYS)),
        key_dates=stored.key_dates(tx, book.day),
        given=[(client.ref, given[client.ref.id]) for client in book.names if client.ref.id in given],
    )
