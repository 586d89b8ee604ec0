"""The checks: the one table of what can fail to add up in a book, why that matters, and what mends it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from c4l.domain import doubts
from c4l.domain.doubts import NEVER_DAYS, NEXT_DAYS, OVERDUE_DAYS, Book, Doubt


class Check(NamedTuple):
    """One thing that can fail to add up.

    Attributes:
        name: a stable word for scripts.
        title: what was found, as a heading.
        why: why it matters, and what else than `mend` there is to do.
        mend: the command that mends it, with `{handle}`, `{number}` and the doubt's own words; capitals stand for what
            only the user knows.
        strict: whether it is asked only where somebody wants to know it all.
    """

    name: str
    title: str
    why: str
    find: Callable[[Book], Iterator[Doubt]]
    mend: str
    strict: bool = False


class Finding(NamedTuple):
    """A doubt with the check that found it and the command that mends it."""

    check: Check
    doubt: Doubt
    command: str


def findings(book: Book, *, strict: bool = False) -> list[Finding]:
    """All that does not add up, in the order of the table."""
    return [
        Finding(check, doubt, _command(check, doubt))
        for check in CHECKS
        if strict or not check.strict
        for doubt in check.find(book)
    ]


def _command(check: Check, doubt: Doubt) -> str:
    return check.mend.format(**{"handle": doubt.clients[0].handle, "number": doubt.number, **doubt.words})


CHECKS = (
    Check(
        "undated",
        "Promises of yours without a due day",
        "Without a day it is never late, and nobody sees whether you keep it. No longer wanted? c4l release N.",
        doubts.mine_undated,
        "c4l move {number} DAY",
    ),
    Check(
        "duplicate",
        "Clients who may be one",
        "What one person showed lies in two halves. Archiving one does not join them: what it showed is kept, and "
        "counts no more. If they are two, tell them apart: c4l client rename, c4l client edit.",
        doubts.twice,
        "c4l client archive {second}",
    ),
    Check(
        "own-view",
        "Your own view against the evidence",
        "Either you overlook something, or it was never logged: c4l why WHO shows what there is.",
        doubts.at_odds,
        "c4l assess {handle} --tier {tier}",
    ),
    Check(
        "archived",
        "Open promises of archived clients",
        "Nobody looks after them any more. If it still matters, take the client back: c4l client unarchive WHO.",
        doubts.of_archived,
        "c4l release {number}",
    ),
    Check(
        "plan",
        "Plans long past with no word on them",
        "It counts as contact since its day came. Say how it went, in place of what was planned; if it did not take "
        "place: c4l remove N.",
        doubts.unspoken_plans,
        "c4l edit i{number} --note NOTE",
    ),
    Check(
        "near-name",
        "Clients with nearly the same name",
        "If a slip made two of one, what they showed lies in two halves, and archiving one does not join them. If they "
        "are two, tell them apart by an address of each: c4l client edit WHO --email ADDRESS.",
        doubts.nearly_twice,
        "c4l client archive {second}",
        strict=True,
    ),
    Check(
        "undated-theirs",
        "Promises of theirs without a due day",
        "You cannot ask for what has no day. Agree on one, or let it go: c4l release N.",
        doubts.theirs_undated,
        "c4l move {number} DAY",
        strict=True,
    ),
    Check(
        "long-overdue",
        f"Promises more than {OVERDUE_DAYS} days overdue",
        "Nobody waits so long in good faith: keep it, move it and tell them, break it, or let it go.",
        doubts.long_overdue,
        "c4l {verb} {number}",
        strict=True,
    ),
    Check(
        "no-view",
        "Key clients and clients for life without a view of yours",
        "What you do not say, nothing can be held against.",
        doubts.unsaid,
        "c4l assess {handle} --tier {tier}",
        strict=True,
    ),
    Check(
        "never-contacted",
        f"Clients added more than {NEVER_DAYS} days ago and never contacted",
        "Either there was contact that nobody logged, or they are no clients: c4l client archive WHO.",
        doubts.never_contacted,
        "c4l log {handle} NOTE",
        strict=True,
    ),
    Check(
        "one-sided",
        "Clients who seem to show nothing",
        "You wrote down what you gave, and nothing of theirs: no trust can be seen where nobody notes it.",
        doubts.one_sided,
        "c4l log {handle} NOTE -s SIGNAL",
        strict=True,
    ),
    Check(
        "next",
        f"Days for the next contact more than {NEXT_DAYS} days past",
        "Such a day stands in for the cadence until there is contact.",
        doubts.forgotten_next,
        "c4l log {handle} NOTE --next DAY",
        strict=True,
    ),
    Check(
        "far-ahead",
        "Interactions more than a year ahead",
        "Is it the right year? Until then, a plan keeps a client from being quiet.",
        doubts.far_ahead,
        "c4l edit i{number} --on DAY",
        strict=True,
    ),
    Check(
        "key-date",
        "Key dates that cannot be",
        "Nobody is reminded on the right day.",
        doubts.impossible_dates,
        "c4l date {handle} {label} DAY",
        strict=True,
    ),
)
"""All of them, in the order in which they are told; another is a function in `doubts` and a row."""
