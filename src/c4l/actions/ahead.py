"""Who will fall or rise if nothing more happens, and on which day."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from c4l.domain.evidence import Peers
from c4l.domain.lapses import Change, Fall, Outlook, change, fall_on, may_fall, may_rise, outlook
from c4l.domain.terms import Tier
from c4l.domain.thresholds import Thresholds
from c4l.store import ahead as stored
from c4l.store.store import Transaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from c4l.actions.triangle import Placed

NEAR_DAYS = 60
"""A fall within so many days is told wherever the client is: there is time to hold them, and none to lose."""


class Near(NamedTuple):
    """A client who is about to fall.

    Attributes:
        ahead: what the fall is read from, for those of whom it is told.
    """

    placed: "Placed"
    on: date
    ahead: Outlook

    @property
    def fall(self) -> Fall:
        """What brings it about."""
        return fall_on(self.ahead, self.on)


def near(
    tx: Transaction, placed: "Sequence[Placed]", peers: Peers, day: date, thresholds: Thresholds, days: int = NEAR_DAYS
) -> list[Near]:
    """Those of some clients who fall within so many days; nobody does from the base."""
    until = day + timedelta(days=days)
    above = {each.client.id: each for each in placed if each.tier is not Tier.base}
    archived = stored.archived_ahead(tx, day, until) if above else set()
    left = stored.least(tx, [n for n, each in above.items() if each.tier is Tier.key], day, until, thresholds)
    likely = [
        each.client
        for number, each in above.items()
        if number in archived or may_fall(each.glance, left.get(number, each.glance), each.tier, peers, thresholds)
    ]
    found = []
    for records in stored.records(tx, likely, day, thresholds, until):
        ahead = outlook(records, peers, day, thresholds, until)
        lapses_on = change(ahead).lapses_on
        if lapses_on is not None:
            found.append(Near(above[records.client.id], lapses_on, ahead))
    return found


def changes(
    tx: Transaction, placed: "Sequence[Placed]", peers: Peers, day: date, thresholds: Thresholds
) -> dict[int, Change]:
    """When each of some clients falls and rises, by number; those for whom days change nothing are left out."""
    archived = stored.archived_ahead(tx, day)
    most = stored.most(tx, [each.client.id for each in placed], day, thresholds)
    likely = [
        each.client
        for each in placed
        if each.tier is not Tier.base
        or each.client.id in archived
        or may_rise(each.glance, most[each.client.id], each.tier, peers, thresholds)
    ]
    return {
        records.client.id: change(outlook(records, peers, day, thresholds))
        for records in stored.records(tx, likely, day, thresholds)
    }
