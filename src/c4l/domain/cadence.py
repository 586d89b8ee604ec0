"""Who is going quiet: how many days may pass between interactions, and how many have. Placement never reads it."""

from datetime import date, timedelta
from typing import NamedTuple

from c4l.domain.terms import ClientRef

MORNING_DAYS = 7
"""So far ahead the morning page looks, if not said otherwise."""


class Silence(NamedTuple):
    """What the rule reads about one client on a day; those archived on it are never asked about.

    Attributes:
        cadence_days: the client's own; None where that of the tier holds.
        next_on: the day last set for the next contact; whether it still stands, `awaited_on` says.
        last_on: the last contact on or before the day, in whatever order things were written down.
        planned: whether an interaction lies ahead.
    """

    client: ClientRef
    added_on: date
    cadence_days: int | None = None
    next_on: date | None = None
    snoozed_until: date | None = None
    last_on: date | None = None
    planned: bool = False


def standing(next_on: date | None, last_on: date | None) -> date | None:
    """The day set for the next contact, while it stands in for the cadence: until there is contact on it or later.

    Contact before that day leaves it standing, whenever it was written down; so does a plan, until its day has come.
    """
    return None if next_on is None or (last_on is not None and last_on >= next_on) else next_on


def awaited_on(silence: Silence) -> date | None:
    """The day on which the next contact is awaited in place of the cadence; None where the cadence holds."""
    return standing(silence.next_on, silence.last_on)


def wished_on(silence: Silence, tier_days: int | None) -> date | None:
    """The day by which the next contact is wished for; None where nothing asks for one.

    Args:
        tier_days: the cadence of the client's tier. It says nothing of those never contacted, who have a place in no
            tier: their own cadence counts from the day on which they were added.
    """
    awaited = awaited_on(silence)
    if awaited is not None:
        return awaited
    if silence.last_on is None:
        return None if silence.cadence_days is None else silence.added_on + timedelta(days=silence.cadence_days)
    days = tier_days if silence.cadence_days is None else silence.cadence_days
    return None if days is None else silence.last_on + timedelta(days=days)


def days_quiet(silence: Silence, tier_days: int | None, day: date) -> int | None:
    """Days past the wished-for contact; None where the client is not quiet.

    Whoever has an interaction ahead is not, and whoever is snoozed is hidden until that day.
    """
    if silence.planned or (silence.snoozed_until is not None and day < silence.snoozed_until):
        return None
    wished = wished_on(silence, tier_days)
    return (day - wished).days if wished is not None and wished < day else None
