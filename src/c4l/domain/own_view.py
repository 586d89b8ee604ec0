"""Your own view of a client held against the evidence: whether you stated one, whether it still stands, and agrees."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from c4l.domain.evidence import Window
from c4l.domain.names import name_key
from c4l.domain.records import Part, Statement
from c4l.domain.terms import ClientRef, Tier


class Stands(StrEnum):
    """How your own view stands to the evidence."""

    agrees = "agrees"
    differs = "differs"
    old = "old"
    missing = "missing"
    withdrawn = "withdrawn"
    unplaced = "unplaced"


PENDING = (Stands.differs, Stands.old, Stands.missing)
"""What asks for a word of yours, the most telling first. What you withdrew is a word, too, for as long as it stands."""


class OwnView(NamedTuple):
    """What you say of a client beside what the evidence says.

    Attributes:
        tier: by the evidence; None where the client has no place in the triangle.
        said: each part as last stated, however long ago, withdrawn or not.
    """

    client: ClientRef
    tier: Tier | None
    said: Mapping[Part, Statement]
    stands: Stands

    @property
    def view(self) -> Statement | None:
        """Where you last said they stand."""
        return self.said.get(Part.tier)

    @property
    def pending(self) -> bool:
        """Whether it asks for a word of yours."""
        return self.stands in PENDING


def own_view(client: ClientRef, tier: Tier | None, said: Mapping[Part, Statement], recent: Window) -> OwnView:
    """Your view of a client, judged on the last day of the window: a view nobody renewed within it is none."""
    return OwnView(client, tier, said, _stands(said.get(Part.tier), tier, recent))


def _stands(view: Statement | None, tier: Tier | None, recent: Window) -> Stands:
    if view is None or (view.said is None and not recent.holds(view.on)):
        return Stands.missing
    if not recent.holds(view.on):
        return Stands.old
    if view.said is None:
        return Stands.withdrawn
    if tier is None:
        return Stands.unplaced
    return Stands.agrees if view.said == tier else Stands.differs


def first_asked(view: OwnView) -> tuple[bool, int, int, str, int]:
    """The order in which views are gone through: what is pending, the top of the triangle first."""
    order = PENDING.index(view.stands) if view.pending else len(PENDING)
    rank = -1 if view.tier is None else view.tier.rank
    return not view.pending, -rank, order, name_key(view.client.name), view.client.id


def to_be_asked(view: OwnView, day: date) -> bool:
    """Whether a review asks about it: pending, and not what you said that very day."""
    return view.pending and not (view.view is not None and view.view.on == day)
