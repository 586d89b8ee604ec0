"""The goals of a client, and which of them a few words mean."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from c4l.domain.names import begins, name_key


class Goal(NamedTuple):
    """Something that a client is trying to achieve, as the book numbers it."""

    number: int
    text: str
    learned_on: date
    reached_on: date | None = None


def meant(words: str, goals: Iterable[Goal]) -> list[Goal]:
    """The goals that the words can mean: the one of exactly that text, else those with words that begin so, in order.

    `one vendor` and `vendor instead` both mean "one vendor instead of three".
    """
    key = name_key(words)
    if not key:
        return []
    listed = list(goals)
    exact = [goal for goal in listed if name_key(goal.text) == key]
    return exact or [goal for goal in listed if begins(key.split(), name_key(goal.text))]
