"""The row of a promise says what its events leave, whatever was recorded of it and in whatever order."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.evidence import depth
from c4l.domain.promises import standing
from c4l.domain.records import Event, Promise, Verb
from c4l.domain.terms import Kind, Party
from c4l.domain.thresholds import Thresholds
from c4l.store import clients, compiled, promises, triangle
from c4l.store.store import Changes, Store
from tests.domain.books import ago, broken, kept, moved, released

MADE = ago(5)
DUE = ago(6)

# A few days only, so that the same day comes up again and again.
near = st.integers(1, 10).map(ago)
event = st.one_of(
    st.builds(moved, near, near, told=st.booleans()),
    st.builds(moved, near, near, told=st.booleans()),
    st.builds(kept, near),
    st.builds(broken, near, told=st.booleans()),
    st.builds(released, near),
)
histories = st.lists(event, max_size=6)


def rehearsed(due: date | None, history: Sequence[Event], check: Callable[[Changes, Promise], None]) -> None:
    """Let a history happen to a promise of yours in a book in memory, and look at the book after each event."""
    with Store.open(Path("nowhere.db")).rehearsing("test") as changes:
        jane = clients.add(changes, name="Jane Example", kind=Kind.customer, added_on=MADE)
        promise = promises.add(changes, client=jane, by=Party.me, what="send draft", made_on=MADE, due_on=due)
        check(changes, promise)
        for happened in history:
            promise = promises.happen(changes, promise, happened)
            check(changes, promise)
        assert promise.events == tuple(history)


@given(st.one_of(st.none(), near), histories)
def test_the_row_stands_where_a_replay_of_the_events_ends(due: date | None, history: list[Event]) -> None:
    def check(changes: Changes, promise: Promise) -> None:
        stands = standing(promise)
        row = dict(
            zip(compiled.COLUMNS["promise"], changes.all(compiled.promise_get, id=promise.number)[0], strict=True)
        )
        assert row["state"] == stands.state
        assert row["due_on"] == (stands.due_on and stands.due_on.isoformat())
        assert row["closed_on"] == (stands.closed_on and stands.closed_on.isoformat())
        assert row["first_due_on"] == (due and due.isoformat())

    rehearsed(due, history, check)


@given(st.one_of(st.none(), near), histories)
def test_each_move_keeps_the_due_day_that_it_moved(due: date | None, history: list[Event]) -> None:
    def check(changes: Changes, promise: Promise) -> None:
        rows = changes.all(compiled.promise_events, promises=[promise.number])
        moves = sorted((row for row in rows if row[2] == Verb.moved), key=lambda row: str(row[3]))
        kept_days = [move.from_on and move.from_on.isoformat() for move in standing(promise).moves]
        moved_nothing = [None] * (len(moves) - len(kept_days))
        assert [from_on for _, _, _, _, from_on, *_ in moves] == kept_days + moved_nothing

    rehearsed(due, history, check)


@given(near, histories)
def test_honoured_and_missed_are_what_the_rule_says_on_every_day(due: date, history: list[Event]) -> None:
    every = Thresholds(window_days=5, reliable_grace_days=1)

    def check(changes: Changes, promise: Promise) -> None:
        jane = promise.client
        records = triangle.records(changes, jane)
        for day in map(ago, range(12)):
            assert triangle.depths(changes, [jane.id], day, every) == {jane.id: depth(records, day, every)}

    rehearsed(due, history, check)


def test_a_promise_moved_back_and_forth_on_one_day_keeps_each_due_day() -> None:
    there, back = DUE + timedelta(days=3), DUE
    history = [moved(DUE, there), moved(DUE, back), moved(DUE, there, told=True)]

    def check(changes: Changes, promise: Promise) -> None:
        rows = changes.all(compiled.promise_events, promises=[promise.number])
        due_days = [DUE, there, back][: len(rows)]
        assert [from_on for _, _, _, _, from_on, *_ in rows] == [day.isoformat() for day in due_days]

    rehearsed(DUE, history, check)
