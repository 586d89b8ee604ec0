"""What a client waits for, whatever a criterion forgives: a word about a slip, and what you promised and is overdue."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from c4l.domain.dates import in_words, short
from c4l.domain.evidence import answer_to, signs_in, window
from c4l.domain.promises import exists, overdue, standing
from c4l.domain.records import Promise, Records, Sign
from c4l.domain.signals import SLIPS
from c4l.domain.terms import Party
from c4l.domain.thresholds import Thresholds


class Owing(NamedTuple):
    """One thing that a client waits for.

    Attributes:
        kind: of the record it is about: `interaction` or `promise`.
        command: the line that enters it once it is put right.
    """

    kind: str
    number: int
    text: str
    command: str


def owing(records: Records, day: date, thresholds: Thresholds) -> Iterator[Owing]:
    """All that the client waits for, slips first, then the promises; of each the longest waited for first."""
    handle = records.client.handle
    for slip in sorted(unowned_slips(records, day, thresholds), key=lambda slip: slip.on):
        text = f"the {slip.signal} of {short(slip.on, day)} (i{slip.number}) is not owned"
        yield Owing("interaction", slip.number, text, f"c4l log {handle} NOTE -s owned")
    for promise, days in sorted(late_promises(records, day), key=lambda late: -late[1]):
        text = f"promise {promise.number} is {in_words(days)} overdue"
        yield Owing("promise", promise.number, text, f"c4l keep {promise.number}")


def late_promises(records: Records, day: date) -> Iterator[tuple[Promise, int]]:
    """Your promises that are overdue on a day, each with how many days."""
    for promise in records.promises:
        if promise.by is Party.me and exists(promise, day):
            stands = standing(promise, day)
            if stands.due_on is not None and overdue(stands, day):
                yield promise, (day - stands.due_on).days


def unowned_slips(records: Records, day: date, thresholds: Thresholds) -> Iterator[Sign]:
    """The complaints and surprises in the window that nothing owned since, however young they are."""
    slips = signs_in(records, window(day, thresholds), SLIPS)
    return (slip for slip in slips if answer_to(slip, records, day) is None)
