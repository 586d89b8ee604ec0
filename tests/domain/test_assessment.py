"""How your own view is read: values, stakes and tiers, and what is refused rather than guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.assessment import MOST, read_parts, read_value
from c4l.domain.errors import WrongUse
from c4l.domain.records import Part
from c4l.domain.terms import Stake, Tier


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("0.0", 0),
        ("120000", 120_000),
        (" 120000 ", 120_000),
        ("120k", 120_000),
        ("120K", 120_000),
        ("1.5k", 1_500),
        ("12.34k", 12_340),
        ("1.125k", 1_125),
        ("1.2m", 1_200_000),
        ("0.5m", 500_000),
        ("120.00", 120),
        ("120,000", 120_000),
        ("1,200,000", 1_200_000),
        ("1,200,000k", 1_200_000_000),
        ("120_000", 120_000),
        ("120 000", 120_000),
        (str(MOST), MOST),
        ("none", None),
        (" None ", None),
    ],
)
def test_a_value_is_read_as_people_write_it(text: str, value: int | None) -> None:
    assert read_value(text) == value


NO_VALUES = (
    *("", " ", "-5", "+5", "1.5", "1.5.0", "1.2345k", "12,00", "1,2000", ",000", "k", "m", "1e5", "€120", "120 eur"),
    *("٣", "²", "0x10", "1kk", "nothing", "1,200,000.5", "1" + "0" * 60),
)


@pytest.mark.parametrize("text", NO_VALUES)
def test_what_is_no_whole_number_from_0_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="is no yearly value") as refused:
        read_value(text)
    assert "none withdraws it" in refused.value.hint


@pytest.mark.parametrize(
    ("text", "thousands", "decimals"),
    [
        ("120.000", 120_000, 120),
        ("1.500", 1_500, 1),
        ("1,200k", 1_200_000, 1_200),
        ("1,125m", 1_125_000_000, 1_125_000),
    ],
)
def test_a_mark_that_means_two_things_is_refused_with_both(text: str, thousands: int, decimals: int) -> None:
    with pytest.raises(WrongUse, match=f"two ways: {thousands} or {decimals}"):
        read_value(text)


@pytest.mark.parametrize("text", [str(MOST + 1), "1000000001m", "9" * 39])
def test_a_value_beyond_every_sum_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="more than a yearly value can be") as refused:
        read_value(text)
    assert str(MOST) in refused.value.hint


@given(st.integers(0, MOST))
def test_a_value_is_read_back_however_its_thousands_are_parted(value: int) -> None:
    assert read_value(str(value)) == read_value(f"{value:,}") == read_value(f"{value:_}") == value


@given(st.text(max_size=12))
def test_any_text_is_a_value_or_wrong_use(text: str) -> None:
    try:
        value = read_value(text)
    except WrongUse:
        value = None
    assert value is None or 0 <= value <= MOST


def test_only_the_parts_that_were_stated_are_read() -> None:
    assert read_parts(None, None, None) == {}
    assert read_parts(" HIGH ", "1k", "Life") == {Part.stake: Stake.high, Part.value: 1000, Part.tier: Tier.life}
    assert read_parts("none", "none", "none") == {Part.stake: None, Part.value: None, Part.tier: None}
    assert read_parts("low", None, None) == {Part.stake: Stake.low}


@pytest.mark.parametrize(
    ("stake", "tier", "message", "hint"),
    [
        ("huge", None, "“huge” is no stake", "give one of low, medium, high, critical; none withdraws it"),
        ("", None, "“” is no stake", "low, medium"),
        (None, "top", "“top” is no tier", "give one of base, key, life; none withdraws it"),
    ],
)
def test_a_level_that_is_none_is_refused(stake: str | None, tier: str | None, message: str, hint: str) -> None:
    with pytest.raises(WrongUse, match=message) as refused:
        read_parts(stake, None, tier)
    assert hint in refused.value.hint
