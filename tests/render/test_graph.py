"""The bars of the graph: in proportion, to their full length, and every channel to be told from the others."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.terms import Channel
from c4l.render.screens.graph import LONGEST_BAR, SHORTEST_BAR, lengths
from tests.render import graphs
from tests.render.test_screens import screen

PARTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=4)


@given(PARTS, st.integers(0, 20_000), st.integers(SHORTEST_BAR, LONGEST_BAR))
def test_a_bar_is_as_long_as_its_whole_and_each_piece_as_its_part(parts: list[int], more: int, room: int) -> None:
    whole = sum(parts)
    most = whole + more
    found = lengths(parts, most, room)

    assert all(0 <= length <= room for length in found)
    assert all(length == 0 for part, length in zip(parts, found, strict=True) if part == 0)
    if whole:
        assert sum(found) == max(1, (2 * whole * room + most) // (2 * most))
        # No piece is a whole step away from its part of the bar.
        assert all(abs(part * sum(found) - length * whole) < whole for part, length in zip(parts, found, strict=True))
    if whole and not more:
        assert sum(found) == room, "the fullest fills the room"


@pytest.mark.parametrize(
    ("parts", "most", "room", "expected"),
    [
        ([0, 0], 10, 20, [0, 0]),
        ([1, 0], 1000, 20, [1, 0]),
        ([5, 5], 10, 10, [5, 5]),
        ([2, 1], 3, 3, [2, 1]),
        ([1, 1, 1], 3, 10, [4, 3, 3]),
        ([3, 1], 8, 0, [0, 0]),
    ],
)
def test_lengths_of_a_few_bars(parts: list[int], most: int, room: int, expected: list[int]) -> None:
    assert lengths(parts, most, room) == expected


@given(st.dictionaries(st.sampled_from(Channel), st.integers(1, 200), min_size=1))
def test_every_channel_is_named_with_its_figure_and_no_two_share_a_shade_but_in_the_last(
    amounts: dict[Channel, int],
) -> None:
    drawn = screen("graph", graphs.of_one_month(amounts), 100)
    heading = next(line for line in drawn.splitlines() if "month" in line)
    alone = re.findall(r"([█▓▒░]) (\w+)", heading)

    assert [shade for shade, _ in alone] == list("█▓▒░")[: len(amounts)]
    named = [channel for _, channel in alone if channel != "other"]
    others = re.findall(r"(\w+) (\d+)", drawn[drawn.rindex("░ other") :].splitlines()[0]) if len(amounts) > 4 else []
    assert sorted(amounts.values(), reverse=True)[: len(named)] == [amounts[Channel(name)] for name in named]
    assert {*named, *(name for name, _ in others)} == set(amounts)
    assert all(amounts[Channel(name)] == int(count) for name, count in others)


@pytest.mark.parametrize("width", [60, 80, 100, 140, 300])
def test_no_bar_is_longer_than_the_longest_nor_than_what_it_counts(width: int) -> None:
    def bars(name: str) -> list[int]:
        return [len(bar) for bar in re.findall("[█▓▒░]{2,}", screen("graph", getattr(graphs, name), width))]

    assert max(bars("EVERYBODY")) <= LONGEST_BAR
    fullest = max(month.own.total.interactions for month in graphs.OF_JANE.months)
    assert max(bars("OF_JANE")) == min(fullest, max(bars("OF_JANE")))
