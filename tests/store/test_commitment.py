"""What the book says of a week is what the rule says of its promises, one by one."""

from collections import Counter
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.commitment import full_weeks
from c4l.domain.promises import Outcome, outcome, standing
from c4l.domain.records import Event, Promise
from c4l.domain.terms import Kind, Party, State
from c4l.store import clients, promises
from c4l.store.store import Store
from tests.domain.books import TODAY, ago, broken, kept, moved, promise, released

MADE = ago(120)
FIRST, LAST = full_weeks(TODAY)

# Around both ends of the weeks looked back on, and close together, so that the same day comes up again and again.
near = st.one_of(st.integers(80, 95), st.integers(1, 12)).map(ago)
event = st.one_of(
    st.builds(moved, near, near, told=st.booleans()),
    st.builds(kept, near),
    st.builds(kept, near),
    st.builds(broken, near, told=st.booleans()),
    st.builds(released, near),
)


@st.composite
def made(draw: st.DrawFn) -> Promise:
    events: list[Event] = draw(st.lists(event, max_size=4))
    due = draw(st.one_of(st.none(), near, near, near))
    by = draw(st.sampled_from([Party.me, Party.me, Party.me, Party.them]))
    return promise(due, *events, made=MADE, by=by)


@given(st.lists(made(), max_size=8))
def test_honoured_and_open_by_due_day_are_what_the_rule_says(book: list[Promise]) -> None:
    honoured, still_open = Counter[date | None](), Counter[date | None]()
    with Store.open(Path("nowhere.db")).rehearsing("test") as changes:
        jane = clients.add(changes, name="Jane Example", kind=Kind.customer, added_on=MADE)
        for each in book:
            added = promises.add(
                changes, client=jane, by=each.by, what=each.what, made_on=MADE, due_on=each.first_due_on
            )
            for happened in each.events:
                added = promises.happen(changes, added, happened)
            stands = standing(added)
            if added.by is Party.me:
                honoured[stands.due_on] += outcome(added, TODAY) in (Outcome.first_day, Outcome.moved_told)
                still_open[stands.due_on] += stands.state is State.open

        expected = {day: count for day, count in honoured.items() if day and FIRST <= day <= LAST and count}
        assert dict(promises.honoured_by_day(changes, FIRST, LAST)) == expected
        due = sum(count for day, count in still_open.items() if day and FIRST <= day <= LAST)
        assert promises.due_between(changes, FIRST, LAST) == due
