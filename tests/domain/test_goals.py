"""Which goal a few words mean."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.goals import Goal, helped_with, meant

DAY = date(2026, 11, 22)
TEXTS = ("one vendor instead of three", "one office", "Öffnen in Łódź", "one office by the lake", "grow")
GOALS = [Goal(number, text, DAY) for number, text in enumerate(TEXTS)]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("one vendor", [0]),
        ("ONE  VENDOR instead", [0]),
        ("vendor", [0]),
        ("ven thr", [0]),
        ("three vendor", []),
        ("one", [0, 1, 3]),
        ("one office", [1]),
        ("one off", [1, 3]),
        ("offnen lodz", [2]),
        ("grows", []),
        ("row", []),
        ("", []),
        ("  ", []),
    ],
)
def test_words_mean_the_goals_that_they_are_or_begin(words: str, numbers: list[int]) -> None:
    assert [goal.number for goal in meant(words, GOALS)] == numbers


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=5))
def test_the_whole_text_of_a_goal_always_means_it(texts: list[str]) -> None:
    goals = [Goal(number, f"g {text}", DAY) for number, text in enumerate(texts)]
    for goal in goals:
        assert goal in meant(goal.text, goals)


@pytest.mark.parametrize(
    ("words", "learned", "reached", "named"),
    [
        ("one", [-9, -9], [None, None], ["one vendor", "one office"]),
        ("one office", [-9, -9], [None, None], ["one office"]),
        ("peace", [-9, -9], [None, None], []),
        # what was reached before the day needed no help; what was reached on it, or since, may have had it
        ("one", [-9, -9], [-1, None], ["one office"]),
        ("one", [-9, -9], [-1, 0], ["one office"]),
        ("one", [-9, -9], [-1, 9], ["one office"]),
        ("one", [-9, -9], [-1, -1], []),
        # what was written down later counts only where nothing that was known fits
        ("one", [0, 1], [None, None], ["one vendor"]),
        ("one office", [0, 1], [None, None], ["one office"]),
        ("one", [1, 2], [None, 3], ["one vendor", "one office"]),
    ],
)
def test_help_is_for_a_goal_that_was_open_on_the_day(
    words: str, learned: list[int], reached: list[int | None], named: list[str]
) -> None:
    goals = [
        Goal(number, text, DAY + timedelta(known), None if done is None else DAY + timedelta(done))
        for number, (text, known, done) in enumerate(zip(("one vendor", "one office"), learned, reached, strict=True))
    ]

    assert helped_with(words, goals, DAY) == named


def test_a_goal_that_is_set_anew_is_named_once() -> None:
    again = [Goal(1, "One office", DAY, DAY), Goal(2, "one office", DAY)]

    assert helped_with("one office", again, DAY) == ["one office"]
