"""The goals of a client, and which of them a few words mean."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from c4l.domain.names import begins, name_key
from c4l.domain.terms import ClientRef


class Goal(NamedTuple):
    """Something that a client is trying to achieve, as the book numbers it."""

    number: int
    text: str
    learned_on: date
    reached_on: date | None = None


class Helped(NamedTuple):
    """A client who was helped, and the texts of the goals that this can have been about: one where it is plain."""

    client: ClientRef
    goals: tuple[str, ...]


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


def helped_with(words: str, goals: Iterable[Goal], on: date) -> list[str]:
    """The texts of the goals that help on a day can have been about, each once.

    Goals that were known on the day come before those that were written down after it, so that a goal set later does
    not cast doubt on what was plain; one that was reached before the day needed no help.
    """
    unreached = [goal for goal in goals if goal.reached_on is None or goal.reached_on >= on]
    found = meant(words, [goal for goal in unreached if goal.learned_on <= on]) or meant(words, unreached)
    return list({name_key(goal.text): goal.text for goal in found}.values())
