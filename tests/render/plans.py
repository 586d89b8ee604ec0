"""Plans for fictional people, for the screen to be tested on."""

from c4l.actions.plan import PlanView
from c4l.domain.evidence import glance, peers
from c4l.domain.lapses import change, fall, outlook
from c4l.domain.plans import outlook_after, plan
from c4l.domain.records import Part, Records
from c4l.domain.terms import ClientRef, Stake, Tier
from c4l.domain.thresholds import DEFAULTS
from tests.domain.books import (
    TODAY,
    ago,
    broken,
    client,
    client_for_life,
    contact,
    honoured_promises,
    promise,
    sign,
    stated,
)

OMAR = ClientRef(1, "omar-lund", "Omar Lund")


def planned(records: Records, to: Tier | None = None) -> PlanView:
    """The plan for somebody who is alone in a book."""
    records = records._replace(client=OMAR)
    known = peers([glance(records, TODAY, DEFAULTS)])
    found = plan(records, known, TODAY, DEFAULTS, to)
    if found.next_tier is None:
        return PlanView(found, TODAY, fall(outlook(records, known, TODAY, DEFAULTS)))
    ahead = outlook_after(found, records, known, TODAY, DEFAULTS)
    rises_on = change(outlook(records, known, TODAY, DEFAULTS)).rises_on
    return PlanView(found, TODAY, None if ahead is None else fall(ahead), rises_on)


_TOP = client_for_life()
_SIGN = "ask what they are about to decide, before proposing anything"
_MISSES = [promise(ago(100), broken(ago(90 + n)), number=30 + n) for n in range(3)]

MUCH = planned(
    _TOP._replace(
        signs=(_TOP.signs[2], sign("complaint", ago(19), number=88), sign("surprise", ago(40), number=70)),
        promises=(
            *honoured_promises(3),
            *_MISSES,
            promise(ago(9), number=22)._replace(what="send the figures for the board pack"),
            promise(ago(-5), number=31)._replace(what=_SIGN),
        ),
        statements=(stated(Part.stake, Stake.high),),
    ),
    Tier.life,
)
"""Slips, something overdue, signs of which one is promised, and much that was missed."""

TIME = planned(_TOP._replace(contacts=(contact(ago(120)), contact(ago(1)))), Tier.life)
"""Nothing but time is missing."""

MIXED = planned(_TOP._replace(contacts=(contact(ago(10)),), signs=_TOP.signs[1:]), Tier.life)
"""An act now, a word on the way, and time."""

TO_KEY = planned(client(contact(ago(3))))
WAITING = planned(
    client(
        contact(ago(30)),
        promises=[promise(ago(19), number=109)],
        signs=[sign("complaint", ago(2), number=88), sign("surprise", ago(20), number=70)],
    ),
    Tier.key,
)
"""Somebody who waits for what no step needs."""

STUCK = planned(
    client(contact(ago(3)), statements=[stated(Part.stake, Stake.low), stated(Part.value, 0)]),
    Tier.key,
)
"""Nothing that could be done makes enough of the criteria."""

AT_THE_TOP = planned(_TOP)
TOP_WAITING = planned(_TOP._replace(promises=(*_TOP.promises, promise(ago(2), number=22))))
"""A client for life for whom something is overdue."""
