"""Which goal a few words mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.goals import Goal, meant

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
