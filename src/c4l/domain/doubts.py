"""What may not add up in a book: a pure function for each doubt, over what was recorded.

A doubt is about what contradicts itself or can no longer be true. What only waits to be done is upkeep, and belongs to
the morning page.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from shlex import quote
from typing import Literal, NamedTuple

from c4l.domain.cadence import Silence, awaited_on
from c4l.domain.clients import KeyDate
from c4l.domain.dates import ago, in_words, long
from c4l.domain.day_words import real_day
from c4l.domain.duplicates import Named, Pair, duplicates, near_names
from c4l.domain.names import name_key
from c4l.domain.own_view import OwnView, Stands
from c4l.domain.terms import ClientRef, Party, Tier

PLAN_DAYS = 14
"""So long after its day, a plan that nobody said a word about is doubtful."""

NEXT_DAYS = 30
"""So long after it passed without contact, nobody believes in a day that was set for one."""

OVERDUE_DAYS = 90
NEVER_DAYS = 90
AHEAD_DAYS = 366
GIVEN_LEAST = 5
"""So much given within the window, and nothing shown: either they give nothing, or nobody wrote it down."""

_LEAP_YEAR = 2000


class Owed(NamedTuple):
    """An open promise; `archived` says whether its client is."""

    number: int
    client: ClientRef
    by: Party
    what: str
    made_on: date
    due_on: date | None
    archived: bool = False


class Plan(NamedTuple):
    """An interaction with its clients.

    Attributes:
        touched_on: the day on which it was last written or mended, by the true clock.
        beside: other interactions of its day with one of its clients.
    """

    number: int
    on: date
    clients: tuple[ClientRef, ...]
    note: str
    touched_on: date | None = None
    beside: tuple[int, ...] = ()


class Book(NamedTuple):
    """What the checks read, as it stands on a day: of clients who are not archived, promises apart.

    Attributes:
        owed: open promises without a due day, long overdue, or of archived clients.
        views: of clients in the triangle, your own and that of the evidence.
        plans: interactions long enough ago that nobody wrote a word on since their day came.
        silences: when there was contact with each client, and when there is to be.
        ahead: interactions that lie far ahead.
        given: how many signals of yours there were in the window with those who showed none of theirs.
        clock_on: the day of the true clock, where the book is read as of a later one.
    """

    day: date
    names: Sequence[Named] = ()
    owed: Sequence[Owed] = ()
    views: Sequence[OwnView] = ()
    plans: Sequence[Plan] = ()
    silences: Sequence[Silence] = ()
    ahead: Sequence[Plan] = ()
    key_dates: Sequence[tuple[ClientRef, KeyDate]] = ()
    given: Sequence[tuple[ClientRef, int]] = ()
    clock_on: date = date.max


class Doubt(NamedTuple):
    """A record that does not add up.

    Attributes:
        kind: of the record; `number` is that of a promise or an interaction.
        on: the day it is about.
        words: for the command that mends it, beside the number and the handle of the first client.
    """

    clients: tuple[ClientRef, ...]
    text: str
    kind: Literal["client", "promise", "interaction"] = "client"
    number: int | None = None
    on: date | None = None
    words: Mapping[str, str] = {}


# Promises


def _undated(book: Book, by: Party) -> Iterator[Doubt]:
    for owed in book.owed:
        if owed.due_on is None and owed.by is by and not owed.archived:
            yield _promise(owed, f"{owed.what}, made {ago(owed.made_on, book.day)}", owed.made_on)


def mine_undated(book: Book) -> Iterator[Doubt]:
    """Promises of yours that can never be late."""
    return _undated(book, Party.me)


def theirs_undated(book: Book) -> Iterator[Doubt]:
    """What they owe you, and you cannot ask for."""
    return _undated(book, Party.them)


def of_archived(book: Book) -> Iterator[Doubt]:
    """Open promises between you and clients who are put away."""
    for owed in book.owed:
        if owed.archived:
            whose = "you owe" if owed.by is Party.me else "they owe you"
            yield _promise(owed, f"{whose}: {owed.what}", owed.due_on)


def long_overdue(book: Book) -> Iterator[Doubt]:
    """Promises so late that nobody can still mean them."""
    for owed in book.owed:
        if owed.due_on is None or owed.archived or (days := (book.day - owed.due_on).days) <= OVERDUE_DAYS:
            continue
        verb = "break" if owed.by is Party.me else "release"
        yield _promise(owed, f"{owed.what}, {in_words(days)} overdue", owed.due_on, verb=verb)


def _promise(owed: Owed, text: str, on: date | None, **words: str) -> Doubt:
    return Doubt((owed.client,), text, "promise", owed.number, on, words)


# Clients


def twice(book: Book) -> Iterator[Doubt]:
    """Clients who share a name or an address."""
    return map(_pair, duplicates(book.names))


def nearly_twice(book: Book) -> Iterator[Doubt]:
    """Clients whose names a slip of a key sets apart."""
    return map(_pair, near_names(book.names))


def _pair(pair: Pair) -> Doubt:
    text = f"and {pair.second.name}, {pair.second.handle}: {' and '.join(pair.shared)}"
    return Doubt((pair.first, pair.second), text, words={"second": pair.second.handle})


def at_odds(book: Book) -> Iterator[Doubt]:
    """Your own view where the evidence says otherwise."""
    for each in book.views:
        if each.stands is Stands.differs and each.view is not None:
            text = f"you said {each.view.said} {ago(each.view.on, book.day)}, the evidence says {each.tier}"
            yield Doubt((each.client,), text, on=each.view.on, words={"tier": str(each.tier)})


def unsaid(book: Book) -> Iterator[Doubt]:
    """Clients at the top of whom you never said, or not for a year, where they stand."""
    for each in book.views:
        if each.stands in (Stands.missing, Stands.old) and each.tier not in (None, Tier.base):
            old = each.view if each.stands is Stands.old else None
            said = "never said" if old is None else f"you last said {old.said} {ago(old.on, book.day)}"
            on = None if old is None else old.on
            yield Doubt((each.client,), f"{each.tier} by the evidence, {said}", on=on, words={"tier": str(each.tier)})


def never_contacted(book: Book) -> Iterator[Doubt]:
    """Clients who were added long ago, and with whom there is nothing: no contact, no plan, no wish for one."""
    for each in book.silences:
        wished = each.cadence_days is not None or each.next_on is not None or each.planned
        days = (book.day - each.added_on).days
        if each.last_on is None and not wished and days > NEVER_DAYS:
            yield Doubt((each.client,), f"added {ago(each.added_on, book.day)}", on=each.added_on)


def one_sided(book: Book) -> Iterator[Doubt]:
    """Clients to whom you give much, and of whom nothing is written down."""
    for client, count in book.given:
        if count >= GIVEN_LEAST:
            yield Doubt((client,), f"{count} signals of yours, none of theirs")


def impossible_dates(book: Book) -> Iterator[Doubt]:
    """Key dates that no calendar has, and birthdays still to come for the first time."""
    for client, each in book.key_dates:
        day = real_day(each.year or _LEAP_YEAR, each.month, each.day)
        unborn = day is not None and each.year is not None and day > book.day and name_key(each.label) == "birthday"
        if day is None or unborn:
            written = f"{each.year or '-'}-{each.month:02}-{each.day:02}"
            yield Doubt((client,), f"{each.label} {written}", on=day, words={"label": quote(each.label)})


# Contact


def unspoken_plans(book: Book) -> Iterator[Doubt]:
    """Plans whose day is long past, with no word on them: neither in their own record, nor another of that day.

    What is told of a later day is no word on the plan.
    """
    silent = {plan.number for plan in book.plans if _is_silent(plan, book)}
    for plan in book.plans:
        if plan.number in silent and silent.issuperset(plan.beside):
            yield _interaction(plan, f"{' '.join(plan.note.split())}, planned for {long(plan.on)}")


def _is_silent(plan: Plan, book: Book) -> bool:
    """Whether a plan long past was not touched since its day came."""
    if plan.touched_on is None or plan.on > book.clock_on:
        # Of a day that the true clock has not come to, the journal cannot tell what was written ahead of it.
        return False
    return (book.day - plan.on).days > PLAN_DAYS and plan.touched_on < plan.on


def far_ahead(book: Book) -> Iterator[Doubt]:
    """Interactions so far ahead that the year may be a slip."""
    for plan in book.ahead:
        if (plan.on - book.day).days > AHEAD_DAYS:
            yield _interaction(plan, f"{' '.join(plan.note.split())}, on {long(plan.on)}")


def _interaction(plan: Plan, text: str) -> Doubt:
    return Doubt(plan.clients, text, "interaction", plan.number, plan.on)


def forgotten_next(book: Book) -> Iterator[Doubt]:
    """Days set for the next contact that passed long ago without any."""
    for each in book.silences:
        awaited = None if each.planned else awaited_on(each)
        if awaited is not None and book.day - awaited > timedelta(days=NEXT_DAYS) and not _hidden(each, book.day):
            yield Doubt((each.client,), f"to be in touch on {long(awaited)}", on=awaited)


def _hidden(each: Silence, day: date) -> bool:
    return each.snoozed_until is not None and day < each.snoozed_until
