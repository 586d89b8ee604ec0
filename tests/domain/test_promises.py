"""What must be true of a promise: where it stands, when it is late, and when it was honoured."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.errors import C4lError, Conflict, WrongUse
from c4l.domain.promises import (
    TRANSITIONS,
    Move,
    Outcome,
    check_event,
    days_late,
    exists,
    outcome,
    overdue,
    standing,
)
from c4l.domain.records import Event, Promise, Verb
from c4l.domain.terms import State
from tests.domain.books import TODAY, ago, broken, days, kept, moved, promise, promises, released

modest = settings(max_examples=150, deadline=None)
DUE = ago(100)


def test_only_an_open_promise_can_change() -> None:
    assert set(TRANSITIONS) == set(State)
    assert [state for state, verbs in TRANSITIONS.items() if verbs] == [State.open]
    assert set(TRANSITIONS[State.open]) == set(Verb)


@pytest.mark.parametrize(
    ("due", "late", "days"),
    [
        (ago(-1), False, 0),
        (ago(0), False, 0),
        (ago(1), True, 1),
        (ago(19), True, 19),
        (None, False, None),
        (date(2024, 2, 29), True, 997),
    ],
)
def test_an_open_promise_is_late_from_the_day_after_its_due_day(due: date | None, late: bool, days: int | None) -> None:
    stands = standing(promise(due))
    assert overdue(stands, TODAY) is late
    assert days_late(stands, TODAY) == days


@pytest.mark.parametrize(
    ("end", "days"),
    [
        (kept(ago(101)), 0),
        (kept(ago(100)), 0),
        (kept(ago(97)), 3),
        (broken(ago(97)), None),
        (released(ago(97)), None),
    ],
)
def test_a_closed_promise_is_late_by_the_day_it_was_kept(end: Event, days: int | None) -> None:
    stands = standing(promise(DUE, end))
    assert days_late(stands, TODAY) == days
    assert not overdue(stands, TODAY)


def test_what_happens_is_replayed_by_day_and_not_by_entry() -> None:
    entered_late = promise(DUE, moved(ago(90), ago(80)), moved(ago(95), ago(85), told=True))
    assert standing(entered_late).moves == (
        Move(ago(95), DUE, ago(85), told=True),
        Move(ago(90), ago(85), ago(80)),
    )
    assert standing(entered_late).due_on == ago(80)


def test_on_one_day_the_order_of_entry_decides() -> None:
    first_kept = promise(DUE, kept(ago(100)), broken(ago(100)))
    first_broken = promise(DUE, broken(ago(100)), kept(ago(100)))
    assert standing(first_kept).state is State.kept
    assert standing(first_broken).state is State.broken


def test_what_is_dated_after_the_end_is_shown_and_counts_for_nothing() -> None:
    late_word = moved(ago(40), ago(10))
    stands = standing(promise(DUE, late_word, kept(ago(110))))
    assert (stands.state, stands.due_on, stands.closed_on) == (State.kept, DUE, ago(110))
    assert stands.moves == ()
    assert stands.passed_over == (late_word,)


def test_a_move_without_a_day_moves_nothing() -> None:
    lost = moved(ago(110), None)
    assert standing(promise(DUE, lost)).due_on == DUE
    assert standing(promise(DUE, lost)).passed_over == (lost,)


def test_as_of_an_earlier_day_what_came_later_is_not_known() -> None:
    whole = promise(DUE, moved(ago(105), ago(50), told=True), kept(ago(60)))
    assert standing(whole, ago(106)).due_on == DUE
    assert standing(whole, ago(105)).due_on == ago(50)
    assert standing(whole, ago(61)).state is State.open
    assert standing(whole, ago(60)).state is State.kept


def test_before_the_day_it_was_made_there_is_no_promise() -> None:
    made = promise(ago(10), made=ago(5))
    assert not exists(made, ago(6))
    assert exists(made, ago(5))
    assert outcome(made, ago(6)) is None
    assert outcome(made, ago(5)) is Outcome.overdue


@pytest.mark.parametrize(
    ("move", "later", "fair"),
    [
        (Move(ago(110), DUE, ago(90), told=True), True, True),
        (Move(ago(100), DUE, ago(90), told=True), True, True),
        (Move(ago(99), DUE, ago(90), told=True), True, False),
        (Move(ago(110), DUE, ago(90), told=False), True, False),
        (Move(ago(110), DUE, ago(105), told=False), False, True),
        (Move(ago(99), DUE, DUE, told=False), False, True),
        (Move(ago(99), None, ago(90), told=False), False, True),
    ],
)
def test_a_move_is_fair_when_nobody_waits_longer_or_they_knew_in_time(move: Move, later: bool, fair: bool) -> None:
    assert (move.later, move.fair) == (later, fair)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], Outcome.overdue),
        ([kept(ago(101))], Outcome.first_day),
        ([kept(ago(100))], Outcome.first_day),
        ([kept(ago(99))], Outcome.kept_late),
        ([moved(ago(100), ago(90), told=True), kept(ago(90))], Outcome.moved_told),
        ([moved(ago(100), ago(90), told=True), kept(ago(100))], Outcome.first_day),
        ([moved(ago(100), ago(90), told=True), kept(ago(89))], Outcome.kept_late),
        ([moved(ago(99), ago(90), told=True), kept(ago(95))], Outcome.moved_untold),
        ([moved(ago(110), ago(90)), kept(ago(95))], Outcome.moved_untold),
        ([moved(ago(110), ago(105)), kept(ago(105))], Outcome.first_day),
        ([moved(ago(110), ago(105)), kept(ago(104))], Outcome.kept_late),
        ([moved(ago(110), ago(90), told=True), moved(ago(95), ago(80)), kept(ago(85))], Outcome.moved_untold),
        ([broken(ago(101))], Outcome.broken),
        ([broken(ago(100), told=True)], Outcome.broken_told),
        ([broken(ago(99), told=True)], Outcome.broken),
        ([released(ago(99))], Outcome.released_late),
        ([released(ago(100))], None),
        ([moved(ago(100), ago(0), told=True)], None),
        ([moved(ago(100), ago(1), told=True)], Outcome.overdue),
    ],
)
def test_what_became_of_a_promise(events: list[Event], expected: Outcome | None) -> None:
    assert outcome(promise(DUE, *events), TODAY) is expected


def test_what_was_told_too_late_is_not_called_untold() -> None:
    told_late = promise(DUE, moved(ago(99), ago(90), told=True), kept(ago(95)))
    assert outcome(told_late, TODAY) == "moved, not told in time"


@pytest.mark.parametrize("end", [kept, broken, released])
def test_without_a_due_day_nothing_counts(end: Callable[[date], Event]) -> None:
    assert outcome(promise(None, end(ago(10))), TODAY) is None
    assert outcome(promise(None), TODAY) is None


def test_a_promise_dated_later_counts_from_its_first_due_day() -> None:
    dated = promise(None, moved(ago(60), ago(50)), kept(ago(50)))
    assert outcome(dated, TODAY) is Outcome.first_day
    assert standing(dated).first_due_on == ago(50)


@pytest.mark.parametrize("end", [kept(ago(364)), broken(ago(364)), released(ago(364))])
def test_what_ended_counts_for_365_days(end: Event) -> None:
    ended = promise(ago(380), end)
    assert outcome(ended, TODAY) is not None
    assert outcome(ended, TODAY + timedelta(days=1)) is None


def test_what_is_overdue_counts_however_old_it_is() -> None:
    assert outcome(promise(ago(699)), TODAY) is Outcome.overdue


@pytest.mark.parametrize(
    ("event", "error", "words"),
    [
        (kept(ago(701)), WrongUse, "was made on"),
        (kept(ago(-1)), WrongUse, "has not come yet"),
        (moved(ago(5), None), WrongUse, "names no day"),
        (moved(ago(5), DUE), WrongUse, "due on Fri 14 Aug 2026 already"),
    ],
)
def test_what_cannot_happen_to_an_open_promise(event: Event, error: type[C4lError], words: str) -> None:
    with pytest.raises(error) as refused:
        check_event(promise(DUE), event, TODAY)
    assert words in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize("event", [kept(ago(700)), kept(TODAY), moved(TODAY, ago(-4)), broken(TODAY), released(ago(1))])
def test_what_can_happen_to_an_open_promise(event: Event) -> None:
    check_event(promise(DUE), event, TODAY)


@pytest.mark.parametrize(
    "event", [kept(TODAY), moved(ago(30), ago(3)), moved(ago(3), None), broken(ago(3)), released(TODAY)]
)
def test_nothing_happens_to_a_promise_that_has_ended(event: Event) -> None:
    with pytest.raises(Conflict, match="promise 14 was kept on Tue 3 Nov 2026") as refused:
        check_event(promise(DUE, kept(date(2026, 11, 3))), event, TODAY)
    assert "c4l show 14" in refused.value.hint


def test_a_move_of_an_earlier_day_is_held_against_the_due_day_of_then() -> None:
    moved_since = promise(DUE, moved(ago(50), ago(20)))
    check_event(moved_since, moved(ago(60), ago(20)), TODAY)
    with pytest.raises(WrongUse, match="already"):
        check_event(moved_since, moved(ago(60), DUE), TODAY)


def naive_honoured(promise: Promise, day: date) -> bool | None:
    """Section by section, from the words of the rule, with no regard for speed."""
    if promise.made_on > day:
        return None
    entered = list(enumerate(promise.events))
    due, moves, end = promise.first_due_on, [], None
    for _, event in sorted((item for item in entered if item[1].on <= day), key=lambda item: (item[1].on, item[0])):
        if end is None and event.verb is not Verb.moved:
            end = event
        elif end is None and event.to is not None:
            moves.append((due, event))
            due = event.to
    if due is None:
        return None
    if end is None:
        return False if due < day else None
    if (day - end.on).days > 364 or (end.verb is Verb.released and end.on <= due):
        return None
    quiet = [m for was, m in moves if was and m.to and m.to > was and not (m.told and m.on <= was)]
    return end.verb is Verb.kept and end.on <= due and not quiet


@modest
@given(promises(), days)
def test_honoured_is_what_the_words_of_the_rule_say(some: Promise, day: date) -> None:
    found = outcome(some, day)
    assert (found and found.honoured) is naive_honoured(some, day)


@modest
@given(promises(), days)
def test_no_due_day_is_ever_lost(some: Promise, day: date) -> None:
    stands = standing(some, day)
    chain = [some.first_due_on, *(move.to for move in stands.moves)]
    assert [move.from_on for move in stands.moves] == chain[:-1]
    assert stands.due_on == chain[-1]
    assert stands.first_due_on == next(filter(None, chain), None)


@modest
@given(promises(), days)
def test_every_event_known_by_then_is_accounted_for(some: Promise, day: date) -> None:
    stands = standing(some, day)
    known = [event for event in some.events if event.on <= day]
    assert len(known) == len(stands.moves) + len(stands.passed_over) + (stands.state is not State.open)


@modest
@given(promises(), days, st.integers(0, 400))
def test_overdue_comes_by_the_passing_of_a_day_alone(some: Promise, day: date, later: int) -> None:
    stands = standing(some, day)
    then = day + timedelta(days=later)
    if overdue(stands, day):
        assert overdue(stands, then)
    if stands.state is State.open and stands.due_on is not None:
        assert not overdue(stands, stands.due_on)
        assert overdue(stands, stands.due_on + timedelta(days=1))


@modest
@given(promises(), days)
def test_late_days_and_overdue_agree(some: Promise, day: date) -> None:
    stands = standing(some, day)
    late = days_late(stands, day)
    if stands.state is State.open:
        assert overdue(stands, day) is bool(late)
    if outcome(some, day) is Outcome.kept_late:
        assert late


@modest
@given(promises(), st.lists(st.sampled_from([kept(ago(-1)), broken(ago(-1)), moved(ago(-1), ago(-9), told=True)])))
def test_what_is_dated_after_the_day_changes_nothing(some: Promise, more: list[Event]) -> None:
    longer = some._replace(events=(*more, *some.events, *more))
    assert standing(longer, TODAY) == standing(some, TODAY)
    assert outcome(longer, TODAY) is outcome(some, TODAY)


@modest
@given(promises(), days, st.sampled_from(Verb), days)
def test_what_is_let_through_has_its_effect(some: Promise, on: date, verb: Verb, to: date) -> None:
    event = Event(verb, on, to if verb is Verb.moved else None)
    try:
        check_event(some, event, TODAY)
    except C4lError:
        return
    longer = some._replace(events=(*some.events, event))
    after = standing(longer, on)
    assert after.state is TRANSITIONS[State.open][verb]
    if verb is Verb.moved:
        assert after.due_on == to != standing(some, on).due_on
    else:
        assert after.closed_on == on
