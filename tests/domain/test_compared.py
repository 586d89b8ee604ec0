"""Whom an answer turns on is told by name, and by no more names than fit on a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.compared import NAMED, Amount, Compared, above, in_the_middle
from c4l.domain.evidence import Glance, peers
from c4l.domain.terms import ClientRef
from tests.domain.books import ref


def worth(*values: int | None) -> dict[ClientRef, Glance]:
    return {ref(id): Glance(value=value) for id, value in enumerate(values, 1)}


def asking(*minutes: int | None) -> dict[ClientRef, Glance]:
    """Clients by the time of what they started; None started nothing."""
    return {
        ref(id): Glance() if time is None else Glance(asked=1, asked_minutes=time) for id, time in enumerate(minutes, 1)
    }


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((50, 60, 40, 90), [(4, 90), (2, 60)]),
        ((50, 50), []),
        ((50, None, 0), []),
        ((None, 60), []),
        ((0, 60), [(2, 60)]),
    ],
)
def test_those_above_are_told_by_value(values: tuple[int | None, ...], told: list[tuple[int, int]]) -> None:
    found = above(worth(*values), ref(1))
    assert found == Compared(tuple(Amount(ref(id), value) for id, value in told), len(told))


def test_only_the_greatest_are_named() -> None:
    found = above(worth(*range(1, NAMED + 4)), ref(1))
    assert [each.amount for each in found.named] == [8, 7, 6, 5, 4]
    assert found.in_all == NAMED + 2


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        ((500, 10, 30, 20), [20]),
        ((500, 10, 30, 20, 40), [30, 20]),
        ((500, None, 30), [30]),
        ((None, 10, 10), [10, 10]),
        ((500,), []),
        ((500, None), []),
    ],
)
def test_the_median_is_told_by_whose_it_is(minutes: tuple[int | None, ...], told: list[int]) -> None:
    found = in_the_middle(asking(*minutes), ref(1))
    assert [each.amount for each in found.named] == told
    assert ref(1) not in [each.client for each in found.named]


@given(st.lists(st.none() | st.integers(0, 9), min_size=1))
def test_they_are_those_that_the_rule_reads(minutes: list[int | None]) -> None:
    glances = asking(*minutes)
    own = glances[ref(1)]
    named = in_the_middle(glances, ref(1)).named
    twice = peers(glances.values()).others(own).twice_median_minutes()
    assert twice == (None if not named else named[0].amount + named[-1].amount)


def test_of_somebody_of_whom_nothing_is_known_nobody_stands_above() -> None:
    assert above(worth(50, 60), ref(9)) == Compared()
    assert [each.amount for each in in_the_middle(asking(10, 20, 30), ref(9)).named] == [20]
