"""Steps tried on paper: which of them may be moved as well, and how often the rule is asked for that."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain import acts
from c4l.domain.acts import Step
from c4l.domain.evidence import glance, peers
from c4l.domain.records import Promise, Records
from c4l.domain.rehearsal import Draft
from c4l.domain.terms import Party, Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import TODAY, ago, broken, client_for_life, contact, kept, promise

LIFE = client_for_life()


def draft(records: Records, thresholds: Thresholds = DEFAULTS) -> Draft:
    """A plan in which all that is overdue is kept."""
    known = peers([glance(records, TODAY, thresholds)])
    found = Draft(records, known.others(glance(records, TODAY, thresholds)), thresholds, TODAY, TODAY)
    for due_on, each in found.open_promises():
        found.add(acts.keep(each, due_on, TODAY, TODAY))
    return found


def lines(drawn: tuple[int, int, int]) -> Thresholds:
    """How many promises make a client for life reliable."""
    least, share, missed = drawn
    return Thresholds(reliable_least=least, reliable_share=share, reliable_missed=missed)


def late(number: int) -> Promise:
    return promise(ago(number), number=number)


def one_by_one(plan: Draft) -> list[Step]:
    """The rule of it, said plainly: each is moved that may be beside those before it."""
    found, tried = list(plan.steps), list(plan.steps)
    for place, step in enumerate(plan.steps):
        tried[place] = acts.moved(step, plan.days[-1] + timedelta(days=1))
        if plan.reached(Tier.life, tried):
            found[place] = acts.or_moved(step)
        else:
            tried[place], found[place] = step, acts.only_kept(step)
    return found


@settings(max_examples=40, deadline=None)
@given(
    overdue=st.sets(st.integers(1, 60), max_size=7),
    honoured=st.integers(0, 40),
    missed=st.integers(0, 2),
    thresholds=st.tuples(st.integers(1, 9), st.integers(1, 10), st.integers(0, 3)).map(lines),
)
def test_what_may_be_moved_is_what_may_be_moved_one_after_the_other(
    overdue: set[int], honoured: int, missed: int, thresholds: Thresholds
) -> None:
    before = [promise(ago(50), kept(ago(60)), number=100 + n) for n in range(honoured)]
    before += [promise(ago(50), broken(ago(40)), number=200 + n) for n in range(missed)]
    plan = draft(LIFE._replace(promises=(*before, *map(late, sorted(overdue)))), thresholds)
    if plan.reached(Tier.life):
        assert plan.with_other_ways(Tier.life) == one_by_one(plan)


def test_some_may_be_moved_where_not_all_may() -> None:
    """Of three that must count, one does: two of the overdue are to be kept, late as they are."""
    thresholds = Thresholds(reliable_missed=4)
    plan = draft(LIFE._replace(promises=(promise(ago(50), kept(ago(60))), *map(late, (9, 10, 11)))), thresholds)
    assert [len(step.commands) for step in plan.with_other_ways(Tier.life)] == [2, 1, 1]


def test_twice_as_many_overdue_are_no_more_work_to_try(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    ask = Draft.case

    def counted(*given: object) -> object:
        nonlocal asked
        asked += 1
        return ask(*given)  # type: ignore[arg-type]

    def looks(overdue: int) -> int:
        nonlocal asked
        honoured = [promise(ago(50), kept(ago(60)), number=1000 + n) for n in range(20 * overdue)]
        plan = draft(LIFE._replace(promises=(*honoured, *map(late, range(9, 9 + overdue)))))
        assert plan.reached(Tier.life)
        asked = 0
        assert all(len(step.commands) == 2 for step in plan.with_other_ways(Tier.life))
        return asked

    monkeypatch.setattr(Draft, "case", counted)
    assert looks(20) == looks(10) == len(draft(LIFE).days)


def test_calls_of_years_ago_are_not_gone_through_again() -> None:
    calls = [contact(ago(400 + n), number=n, reached_out=Party.them) for n in range(300)]
    [case, *_] = draft(LIFE._replace(contacts=(*LIFE.contacts, *calls))).cases()
    assert {each.on for each in case.records.contacts} <= {ago(699), *(each.on for each in LIFE.contacts)}
    assert case.depth.first_on == ago(699)
