"""Who is going quiet: the cadence that holds, what stands in for it, and what keeps somebody from being called so."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.cadence import Silence, awaited_on, days_quiet, wished_on
from tests.domain.books import JANE, LONG_AGO, TODAY, ago

TIER_DAYS = 30


def silence(last: int | None = None, **more: Any) -> Silence:
    """A client with whom there was contact so many days ago; never, where that is None."""
    return Silence(JANE, LONG_AGO, last_on=None if last is None else ago(last), **more)


@pytest.mark.parametrize(
    ("client", "over"),
    [
        (silence(29), None),
        (silence(30), None),
        (silence(31), 1),
        (silence(0), None),
        (silence(31, cadence_days=42), None),
        (silence(43, cadence_days=42), 1),
        (silence(8, cadence_days=7), 1),
        (silence(31, planned=True), None),
        (silence(31, snoozed_until=ago(-1)), None),
        (silence(31, snoozed_until=ago(0)), 1),
        (silence(31, snoozed_until=ago(300)), 1),
    ],
)
def test_quiet_is_whoever_waits_longer_than_the_cadence(client: Silence, over: int | None) -> None:
    assert days_quiet(client, TIER_DAYS, TODAY) == over


@pytest.mark.parametrize(
    ("client", "over"),
    [
        (silence(90, next_on=ago(-1)), None),
        (silence(90, next_on=ago(0)), None),
        (silence(90, next_on=ago(1)), 1),
        # Contact before that day leaves it standing.
        (silence(2, next_on=ago(1)), 1),
        (silence(0, next_on=ago(-1)), None),
        # Contact on that day or later is what was waited for: the cadence holds again.
        (silence(1, next_on=ago(1)), None),
        (silence(40, next_on=ago(40)), 10),
        (silence(40, next_on=ago(50)), 10),
        (silence(90, next_on=ago(5), cadence_days=7), 5),
    ],
)
def test_a_day_that_was_set_stands_in_for_the_cadence_once(client: Silence, over: int | None) -> None:
    assert days_quiet(client, TIER_DAYS, TODAY) == over


def test_whoever_was_never_contacted_is_quiet_only_with_a_cadence_of_their_own() -> None:
    assert days_quiet(silence(), None, TODAY) is None
    assert days_quiet(silence(), TIER_DAYS, TODAY) is None, "they have no tier, whatever a caller says"
    added = Silence(JANE, ago(10), cadence_days=10)
    assert days_quiet(added, None, TODAY) is None
    assert days_quiet(added._replace(added_on=ago(11)), None, TODAY) == 1
    assert days_quiet(added._replace(cadence_days=None, next_on=ago(1)), None, TODAY) == 1


somebody = st.builds(
    Silence,
    st.just(JANE),
    st.integers(-5, 400).map(ago),
    st.none() | st.integers(1, 60),
    st.none() | st.integers(-60, 60).map(ago),
    st.none() | st.integers(-60, 60).map(ago),
    st.none() | st.integers(0, 200).map(ago),
    st.booleans(),
)
tier_days = st.none() | st.sampled_from((14, 30, 90))


@given(somebody, tier_days, st.integers(0, 40))
def test_another_day_of_silence_is_another_day_over(client: Silence, days: int | None, later: int) -> None:
    over = days_quiet(client, days, TODAY)
    if over is not None:
        assert days_quiet(client, days, TODAY + timedelta(days=later)) == over + later


@given(somebody, st.integers(1, 90), st.integers(0, 90))
def test_a_longer_cadence_of_the_tier_makes_nobody_quiet(client: Silence, days: int, more: int) -> None:
    """What lets the store ask for tiers only where the shortest cadence says that somebody may be quiet."""
    if days_quiet(client, days, TODAY) is None:
        assert days_quiet(client, days + more, TODAY) is None


@given(somebody, tier_days)
def test_a_snooze_hides_and_changes_nothing_else(client: Silence, days: int | None) -> None:
    awake = client._replace(snoozed_until=None)
    assert (wished_on(client, days), awaited_on(client)) == (wished_on(awake, days), awaited_on(awake))
    assert days_quiet(client, days, TODAY) in (None, days_quiet(awake, days, TODAY))
    if client.snoozed_until is not None:
        assert days_quiet(client, days, client.snoozed_until) == days_quiet(awake, days, client.snoozed_until)
