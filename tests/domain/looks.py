"""What the rule says of made-up clients among others: on a day, on a later one, and between two."""

from collections.abc import Sequence
from datetime import date

from c4l.domain.evidence import Case, Glance, Peers, depth, glance, peers, placed
from c4l.domain.lapses import Outlook, outlook
from c4l.domain.moves import Bearings, TierMove, tier_move
from c4l.domain.records import Records
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import TODAY, ago

THEN = ago(90)
"""The day from which most moves are looked at."""


def peers_of(book: Sequence[Records], day: date = TODAY, thresholds: Thresholds = DEFAULTS) -> Peers:
    """What all clients of a book who have a place on a day are together."""
    return peers(glance(records, day, thresholds) for records in book if placed(records, day))


def beside(records: Records, *others: Glance, thresholds: Thresholds = DEFAULTS) -> Outlook:
    """A client who is looked ahead from today, and the others, who stand still."""
    return outlook(records, peers([*others, glance(records, TODAY, thresholds)]), TODAY, thresholds)


def alone(records: Records) -> Outlook:
    """A client with nobody beside them."""
    return beside(records)


def days_to(on: date | None) -> int | None:
    """How many days ahead it is; None where it never comes."""
    return None if on is None else (on - TODAY).days


def held_on(ahead: Outlook, on: date, records: Records | None = None) -> Case:
    """The client, perhaps with other records, on a later day, put together from the figures of the rule itself."""
    own, thresholds = records or ahead.records, ahead.thresholds
    return Case(glance(own, on, thresholds), ahead.others, thresholds, depth(own, on, thresholds), on, own)


def moves(book: Sequence[Records], since: date, until: date, thresholds: Thresholds = DEFAULTS) -> list[TierMove]:
    """Everybody who had a place on one of the days, moved or not."""
    then, now = (Bearings(day, peers_of(book, day, thresholds)) for day in (since, until))
    found = (tier_move(records, then, now, thresholds) for records in book)
    return [move for move in found if move is not None]
