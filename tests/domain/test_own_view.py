"""Your own view beside the evidence: when it stands, when it is too old, and who is asked about first."""

import pytest

from c4l.domain.evidence import window
from c4l.domain.own_view import OwnView, Stands, first_asked, own_view, to_be_asked
from c4l.domain.records import Part, Statement
from c4l.domain.terms import Tier
from c4l.domain.thresholds import DEFAULTS
from tests.domain.books import TODAY, ago, ref, stated

RECENT = window(TODAY, DEFAULTS)


def view(tier: Tier | None, said: Statement | None, id: int = 1) -> OwnView:
    return own_view(ref(id), tier, {} if said is None else {Part.tier: said}, RECENT)


@pytest.mark.parametrize(
    ("tier", "said", "days_ago", "stands"),
    [
        (Tier.key, "key", 0, Stands.agrees),
        (Tier.key, "key", 364, Stands.agrees),
        (Tier.key, "key", 365, Stands.old),
        (Tier.key, "life", 364, Stands.differs),
        (Tier.key, "base", 0, Stands.differs),
        (Tier.key, "life", 365, Stands.old),
        (Tier.key, None, 364, Stands.withdrawn),
        (Tier.key, None, 365, Stands.missing),
        (None, "life", 10, Stands.unplaced),
        (None, "life", 365, Stands.old),
        (None, None, 10, Stands.withdrawn),
    ],
)
def test_a_view_stands_for_a_year(tier: Tier | None, said: str | None, days_ago: int, stands: Stands) -> None:
    assert view(tier, stated(Part.tier, said, ago(days_ago))).stands is stands


def test_who_never_said_anything_has_no_view() -> None:
    assert view(Tier.life, None).stands is Stands.missing
    # What they are worth is no word on where they stand.
    worth = {Part.value: stated(Part.value, 100)}
    assert own_view(ref(), Tier.life, worth, RECENT).stands is Stands.missing


def test_the_top_is_asked_about_first_and_who_contradicts_before_who_is_silent() -> None:
    views = [
        view(Tier.base, None, 1),
        view(Tier.life, stated(Part.tier, "life"), 2),
        view(Tier.key, None, 3),
        view(Tier.key, stated(Part.tier, "life"), 4),
        view(Tier.key, stated(Part.tier, "key", ago(400)), 5),
        view(Tier.life, None, 6),
    ]
    assert [each.client.id for each in sorted(views, key=first_asked)] == [6, 4, 5, 3, 1, 2]


def test_whom_you_spoke_of_today_is_not_asked_about_again() -> None:
    assert not to_be_asked(view(Tier.key, stated(Part.tier, "life", TODAY)), TODAY)
    assert to_be_asked(view(Tier.key, stated(Part.tier, "life", ago(1))), TODAY)
    assert not to_be_asked(view(Tier.key, stated(Part.tier, "key", ago(1))), TODAY)
