"""How to begin a call: what is broken before thanks, thanks before plans, and never nothing to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.clients import Fact
from c4l.domain.opening import Opening, Reason, openings, unowned_slip, unthanked_door
from c4l.domain.records import Records, Sign
from c4l.domain.terms import FactKind, Party
from c4l.domain.thresholds import DEFAULTS
from tests.domain.books import TODAY, ago, books, client, kept, moved, promise, sign

GOAL = Fact(FactKind.goal, "one vendor instead of three", ago(30), interaction=12)


def begin(records: Records, *facts: Fact) -> tuple[Opening, ...]:
    return openings(records, facts, TODAY, DEFAULTS)


def reasons(records: Records, *facts: Fact) -> list[Reason]:
    return [each.reason for each in begin(records, *facts)]


def test_what_is_broken_comes_first_and_goals_come_last() -> None:
    records = client(
        promises=[promise(ago(3))], signs=[sign("door", ago(9), number=7), sign("complaint", ago(20), number=5)]
    )
    late, slip, thanks, goal = begin(records, GOAL)
    assert (late.reason, late.promise) == (Reason.late, 14)
    assert late.text == "own up before they ask: “send draft 14” is 3 days late"
    assert (slip.reason, slip.interaction) == (Reason.slip, 5)
    assert slip.text == "own the complaint of Mon 2 Nov together: “made-up words 5”"
    assert (thanks.reason, thanks.interaction) == (Reason.thanks, 7)
    assert thanks.text == "thank them for the door of Fri 13 Nov: “made-up words 7”"
    assert (goal.reason, goal.interaction) == (Reason.goal, 12)
    assert goal.text == "ask how it goes: “one vendor instead of three”"


@pytest.mark.parametrize(
    ("promises", "number"),
    [
        ([promise(ago(0))], None),
        ([promise(ago(1))], 14),
        ([promise(None)], None),
        ([promise(ago(5), kept(ago(2)))], None),
        ([promise(ago(5), by=Party.them)], None),
        ([promise(ago(5), moved(ago(6), ago(-1)))], None),
        ([promise(ago(5), number=15), promise(ago(9), number=16), promise(ago(7), number=17)], 16),
    ],
)
def test_the_promise_to_own_is_yours_and_the_most_days_late(promises: list[object], number: int | None) -> None:
    found = begin(client(promises=promises))  # type: ignore[arg-type]
    assert [each.promise for each in found if each.reason is Reason.late] == ([number] if number else [])


@pytest.mark.parametrize(
    ("signs", "number"),
    [
        ([sign("surprise", ago(0), number=1)], 1),
        ([sign("complaint", ago(9), number=1), sign("owned", ago(9), number=2)], None),
        ([sign("owned", ago(10), number=2), sign("complaint", ago(9), number=1)], 1),
        ([sign("complaint", ago(3), number=1), sign("surprise", ago(20), number=3)], 3),
        ([sign("complaint", ago(365), number=1)], None),
        ([sign("complaint", ago(-2), number=1)], None),
    ],
)
def test_the_slip_to_own_is_the_oldest_that_nothing_owned_since(signs: list[Sign], number: int | None) -> None:
    found = unowned_slip(client(signs=signs), TODAY, DEFAULTS)
    assert (found and found.number) == number


@pytest.mark.parametrize(
    ("signs", "number"),
    [
        ([sign("door", ago(9), number=1)], 1),
        ([sign("door", ago(900), number=1)], 1),
        ([sign("door", ago(9), number=1), sign("thanked", ago(9), number=2)], None),
        ([sign("door", ago(9), number=1), sign("thanked", ago(10), number=2)], 1),
        ([sign("door", ago(9), number=1), sign("thanked", ago(-1), number=2)], 1),
        ([sign("door", ago(9), number=1), sign("thanked", ago(5), number=2), sign("door", ago(3), number=3)], 3),
        ([sign("door", ago(3), number=3), sign("door", ago(9), number=1)], 3),
        ([sign("door", ago(-3), number=3)], None),
    ],
)
def test_thanks_are_owed_for_the_last_door_until_they_are_given(signs: list[Sign], number: int | None) -> None:
    found = unthanked_door(client(signs=signs), TODAY)
    assert (found and found.number) == number


def test_the_goal_to_ask_about_is_open_and_was_learned_last() -> None:
    reached = GOAL._replace(text="close the books", learned_on=ago(1), reached_on=ago(1))
    older = GOAL._replace(text="open a branch", learned_on=ago(300))
    [goal] = begin(client(), reached, GOAL, older, Fact(FactKind.worry, "the audit", ago(0)))
    assert goal.text == "ask how it goes: “one vendor instead of three”"
    assert reasons(client(), reached) == [Reason.unknown]


@given(books(), st.lists(st.sampled_from((GOAL, GOAL._replace(reached_on=TODAY))), max_size=2))
def test_there_is_always_a_way_to_begin_and_no_reason_twice(book: list[Records], facts: list[Fact]) -> None:
    for records in book:
        found = reasons(records, *facts)
        assert found == [reason for reason in Reason if reason in found]
        assert (Reason.goal in found) != (Reason.unknown in found)
