"""What is worth remembering about a client: facts, goals that are reached, key dates."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from c4l.actions.clients import one_line
from c4l.domain import goals
from c4l.domain.clients import Client, KeyDate
from c4l.domain.entry import FactDraft
from c4l.domain.errors import Ambiguous, Conflict, NotFound, Refused, WrongUse
from c4l.domain.goals import Goal
from c4l.domain.names import LONGEST, name_key
from c4l.domain.terms import ClientRef
from c4l.domain.thresholds import Thresholds
from c4l.store import clients, facts
from c4l.store.store import Store, Transaction


class Reached(NamedTuple):
    """A goal that was reached.

    Attributes:
        words: which one, by its beginning.
        outcome: what came of it.
    """

    words: str
    outcome: str | None = None


def remember(
    store: Store,
    client: ClientRef,
    drafts: Sequence[FactDraft],
    reached: Sequence[Reached],
    on: date,
    today: date,
    thresholds: Thresholds,
) -> Client:
    """Remember facts about a client, and mark goals as reached; what is known already stays as it is.

    Args:
        on: the day on which it was learned, or reached.

    Raises:
        WrongUse: if the day is still to come, or before a goal was known.
        NotFound: if no goal has such words.
        Ambiguous: if several have.
        Conflict: if the goal was reached before.
    """
    if on > today:
        raise WrongUse(f"{on.isoformat()} is still to come", "name today or an earlier day with --on")
    with store.writing("remember") as changes:
        facts.add(changes, client.id, list(drafts), on)
        for each in reached:
            goal = _the_goal(client, one_line(each.words), facts.goals(changes, client.id))
            if on < goal.learned_on:
                raise WrongUse(
                    f"“{goal.text}” became known only on {goal.learned_on}, after {on}",
                    "name that day or a later one with --on",
                )
            facts.reach(changes, goal, on, each.outcome)
        return _client(changes, client, today, thresholds)


def _the_goal(client: ClientRef, words: str, known: Sequence[Goal]) -> Goal:
    """The only open goal that the words mean."""
    open_ones = [goal for goal in known if goal.reached_on is None]
    match goals.meant(words, open_ones):
        case [goal]:
            return goal
        case []:
            raise _no_goal(client, words, known, open_ones)
        case several:
            raise Ambiguous(
                f"“{words}” can be {' or '.join(f'“{goal.text}”' for goal in several)}",
                "say more of its words, or all of them",
                [(client.handle, goal.text) for goal in several],
            )


def _no_goal(client: ClientRef, words: str, known: Sequence[Goal], open_ones: Sequence[Goal]) -> NotFound | Conflict:
    if done := goals.meant(words, known):
        goal = done[-1]
        return Conflict(
            f"“{goal.text}” was reached on {goal.reached_on}",
            f'if it is a goal again: c4l remember {client.handle} "goal: …"',
        )
    named = "; ".join(goal.text for goal in open_ones)
    return NotFound(
        f"{client.name} has no open goal “{words}”",
        f"open are: {named}" if named else f'c4l remember {client.handle} "goal: …" sets one',
    )


def set_date(
    store: Store, client: ClientRef, each: KeyDate, today: date, thresholds: Thresholds
) -> tuple[Client, tuple[KeyDate, ...]]:
    """Say when something comes round every year, in place of what had that label.

    Returns:
        The client, and the other days that had the label: two where two files named one each.

    Raises:
        WrongUse: if the label is empty or too long.
    """
    label = _label(client, each.label)
    with store.writing("date") as changes:
        before = _client(changes, client, today, thresholds).key_dates
        facts.set_key_date(changes, client.id, label, each.month, each.day, each.year)
        replaced = (old for old in before if name_key(old.label) == name_key(label))
        return _client(changes, client, today, thresholds), tuple(old for old in replaced if old[1:] != each[1:])


def drop_date(store: Store, client: ClientRef, label: str, today: date, thresholds: Thresholds) -> Client:
    """Take a key date away.

    Raises:
        Refused: if there is none with that label.
    """
    label = _label(client, label)
    with store.writing("date") as changes:
        if not facts.drop_key_date(changes, client.id, label):
            raise Refused(
                f"{client.name} has no date “{label}”", f"c4l client show {client.handle} shows those that are there"
            )
        return _client(changes, client, today, thresholds)


def _label(client: ClientRef, text: str) -> str:
    label = one_line(text)
    if not label:
        raise WrongUse("a date needs a label", f"c4l date {client.handle} birthday 12-01")
    if len(label) > LONGEST:
        raise WrongUse(f"a label of {len(label)} characters is too long", f"at most {LONGEST} are kept")
    return label


def _client(tx: Transaction, client: ClientRef, today: date, thresholds: Thresholds) -> Client:
    return clients.listed(tx, today, thresholds.window_days, {"clients": [client.id]})[0]
