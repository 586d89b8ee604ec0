"""Who moved in the triangle between two days, and which findings changed."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from c4l.domain.causes import Cause, causes
from c4l.domain.criteria import CRITERIA
from c4l.domain.evidence import Case, Peers, case, placed
from c4l.domain.placement import tier_of
from c4l.domain.reasons import Exhibit
from c4l.domain.records import Records
from c4l.domain.terms import ClientRef, Tier
from c4l.domain.thresholds import Thresholds


class Direction(StrEnum):
    """Which way a client went, in the order in which they are told."""

    rose = "rose"
    fell = "fell"
    new = "new"
    left = "left"
    stayed = "stayed"


class Change(NamedTuple):
    """A finding that is met on one of two days only.

    Attributes:
        tier: the level that the criterion counts for.
        was: as on the earlier day, None where there was not enough evidence or no place; `met` on the later day.
        measured: what is found on the later day; `measured_then` on the earlier, None where there was no place.
    """

    criterion: str
    tier: Tier
    was: bool | None
    met: bool | None
    measured_then: str | None
    measured: str
    causes: tuple[Cause, ...]


class TierMove(NamedTuple):
    """Where a client stood on two days.

    Attributes:
        before: the tier on the earlier day, None where they had no place; `after` on the later.
        changes: the findings that changed; none for those who left.
        passage: what brought them in or took them out, where they had a place on one day only.
    """

    client: ClientRef
    before: Tier | None
    after: Tier | None
    changes: tuple[Change, ...]
    passage: Exhibit | None = None

    @property
    def direction(self) -> Direction:
        """Which way they went."""
        return direction(self.before, self.after)


class Bearings(NamedTuple):
    """A day, and what is known of all clients placed on it."""

    day: date
    peers: Peers


def direction(before: Tier | None, after: Tier | None) -> Direction:
    """Which way somebody went who has a place on one day at least."""
    if before is None:
        return Direction.new
    if after is None:
        return Direction.left
    if before is after:
        return Direction.stayed
    return Direction.rose if after.rank > before.rank else Direction.fell


def tier_move(records: Records, since: Bearings, until: Bearings, thresholds: Thresholds) -> TierMove | None:
    """Where a client stood on two days, and what changed; None where they had a place on neither.

    A newcomer is compared with somebody of whom nothing is known.
    """
    before, after = (
        case(records, there.peers, there.day, thresholds) if placed(records, there.day) else None
        for there in (since, until)
    )
    if after is None:
        if before is None:
            return None
        return TierMove(records.client, _tier(before), None, (), _departure(records, until.day))
    if before is None:
        nothing = case(Records(records.client, records.kind, records.added_on), since.peers, since.day, thresholds)
        changes = _changes(nothing, after, newcomer=True)
        return TierMove(records.client, None, _tier(after), changes, _arrival(records, since.day, until.day))
    return TierMove(records.client, _tier(before), _tier(after), _changes(before, after))


def _tier(whole: Case) -> Tier:
    met = {criterion.name: criterion.met(whole) for criterion in CRITERIA}
    return tier_of(met.__getitem__, whole.thresholds)


def _changes(before: Case, after: Case, *, newcomer: bool = False) -> tuple[Change, ...]:
    found = []
    for criterion in CRITERIA:
        was, met = criterion.met(before), criterion.met(after)
        # Whether it is unmet or nothing is known makes no difference to a tier.
        if bool(was) is bool(met):
            continue
        then = None if newcomer else criterion.reasons(before).measured
        now = criterion.reasons(after).measured
        told = causes(criterion, before, after)
        found.append(Change(criterion.name, criterion.tier, None if newcomer else was, met, then, now, told))
    return tuple(found)


def _arrival(records: Records, since: date, until: date) -> Exhibit:
    """What gave a place to somebody who had none: the first contact, or the end of the last spell in the archive."""
    first = min(records.contacts, key=lambda contact: contact.on)
    if first.on > since:
        return Exhibit("interaction", first.number, first.on, "first contact", first.channel, first.note)
    ends = (spell.end for spell in records.archived if spell.end is not None and since < spell.end <= until)
    return Exhibit("client", None, max(ends), "unarchived")


def _departure(records: Records, until: date) -> Exhibit:
    """What took the place of somebody who had one."""
    starts = (
        spell.start for spell in records.archived if spell.start <= until and (spell.end is None or until < spell.end)
    )
    return Exhibit("client", None, min(starts), "archived")
