"""A plan raises the client whenever it is carried out within the two weeks, and no step of it is one too many."""

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.acts import Act, Step
from c4l.domain.criteria import CRITERIA
from c4l.domain.evidence import glance, peers, placed
from c4l.domain.lapses import change
from c4l.domain.plans import Plan, outlook_after, plan
from c4l.domain.records import Records
from c4l.domain.terms import Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import TODAY, ago, sign
from tests.domain.carried_out import LIFE, at_once, last_days, plain_books, plan_for, tier_after, tiers

modest = settings(max_examples=40, deadline=None)

ways_to_draw_the_lines = st.sampled_from(
    (
        DEFAULTS,
        Thresholds(window_days=60),
        Thresholds(reliable_missed=0, reliable_share=3, reliable_least=1),
        Thresholds(key_needed=3, trusted_needed=5, lasting_silence_days=20),
    )
)


@modest
@given(plain_books, tiers, ways_to_draw_the_lines)
def test_a_plan_that_is_carried_out_raises_the_client_on_the_day_it_names(
    book: list[Records], to: Tier | None, thresholds: Thresholds
) -> None:
    for records in (each for each in book if placed(each, TODAY)):
        found = plan_for(records, *(each for each in book if each is not records), to=to, thresholds=thresholds)
        now = tier_after((), records, book, TODAY, thresholds)
        assert found.tier is now
        if found.next_tier is None:
            assert now is Tier.life or (to is not None and to.rank <= now.rank)
            assert not found.steps
        elif found.holds_on is not None:
            assert found.next_tier.rank > now.rank
            for day in last_days(found):
                steps = at_once(found.steps, day, found.holds_on)
                assert tier_after(steps, records, book, day, thresholds).rank >= found.next_tier.rank, day


@modest
@given(plain_books, tiers, st.data())
def test_it_does_so_whenever_each_step_is_taken(book: list[Records], to: Tier | None, drawn: st.DataObject) -> None:
    for records in (each for each in book if placed(each, TODAY)):
        found = plan_for(records, *(each for each in book if each is not records), to=to)
        if found.next_tier is None or found.holds_on is None:
            continue
        last = drawn.draw(st.sampled_from(last_days(found)), "the last day")
        days = [drawn.draw(st.dates(min(step.on, last), last), step.text) for step in found.steps]
        day = last if found.holds_on > TODAY else max(days)
        steps = list(zip(found.steps, days, strict=True))
        assert tier_after(steps, records, book, day).rank >= found.next_tier.rank


def falls_short(steps: Sequence[Step], found: Plan, records: Records, book: Sequence[Records]) -> bool:
    """Whether some steps do not lead there on one of the days on which the plan does."""
    assert found.next_tier is not None
    assert found.holds_on is not None
    waits = any(step.act is Act.wait for step in steps)
    first = found.holds_on if waits or found.holds_on == TODAY else TODAY
    days = [first, *last_days(found)[1:]]
    ranks = (tier_after(at_once(steps, day, first), records, book, day).rank for day in days)
    return any(rank < found.next_tier.rank for rank in ranks)


@modest
@given(plain_books, tiers)
def test_no_step_is_one_too_many(book: list[Records], to: Tier | None) -> None:
    for records in (each for each in book if placed(each, TODAY)):
        found = plan_for(records, *(each for each in book if each is not records), to=to)
        if found.next_tier is None or found.holds_on is None:
            continue
        for left_out in range(len(found.steps)):
            rest = (*found.steps[:left_out], *found.steps[left_out + 1 :])
            assert falls_short(rest, found, records, book), found.steps[left_out]


@modest
@given(plain_books)
def test_no_promise_is_one_too_many(book: list[Records]) -> None:
    for records in (each for each in book if placed(each, TODAY)):
        found = plan_for(records, *(each for each in book if each is not records))
        for step in found.steps:
            if step.act is Act.promise and found.holds_on is not None:
                fewer = step._replace(left=step.left._replace(promises=step.left.promises[1:]))
                assert falls_short([fewer if each is step else each for each in found.steps], found, records, book)


@modest
@given(plain_books)
def test_below_the_top_there_is_always_something_to_do_or_to_wait_for(book: list[Records]) -> None:
    for records in (each for each in book if placed(each, TODAY)):
        found = plan_for(records, *(each for each in book if each is not records), to=None)
        assert (found.tier is Tier.life) is (not found.steps)
        assert found.tier is Tier.life or found.holds_on is not None


@modest
@given(plain_books, tiers)
def test_every_step_names_a_criterion_its_reason_and_the_command_that_enters_it(
    book: list[Records], to: Tier | None
) -> None:
    for records in (each for each in book if placed(each, TODAY)):
        for step in plan_for(records, *(each for each in book if each is not records), to=to).steps:
            assert step.criterion in {criterion.name for criterion in CRITERIA}
            assert step.text
            assert step.why
            assert step.commands or step.act is Act.wait
            assert all(command.line.startswith("c4l ") for command in step.commands)


# How long it lasts.


def test_the_place_that_a_plan_leads_to_is_looked_ahead_from_as_any_other() -> None:
    soon_old = LIFE._replace(signs=(sign("door", ago(300)), sign("early", ago(2))))
    known = peers([glance(soon_old, TODAY, DEFAULTS)])
    found = plan(soon_old, known, TODAY, DEFAULTS)
    ahead = outlook_after(found, soon_old, known, TODAY, DEFAULTS)

    assert ahead is not None
    lost_on = change(ahead).lapses_on
    assert lost_on == ago(300) + timedelta(days=365)
    steps = at_once(found.steps, TODAY, TODAY)
    assert tier_after(steps, soon_old, [soon_old], lost_on - timedelta(days=1)) is Tier.life
    assert tier_after(steps, soon_old, [soon_old], lost_on) is not Tier.life


@modest
@given(plain_books, tiers)
def test_that_day_is_the_first_without_the_place(book: list[Records], to: Tier | None) -> None:
    known = peers(glance(each, TODAY, DEFAULTS) for each in book if placed(each, TODAY))
    for records in (each for each in book if placed(each, TODAY)):
        found = plan(records, known, TODAY, DEFAULTS, to)
        ahead = outlook_after(found, records, known, TODAY, DEFAULTS)
        assert (ahead is None) is (found.holds_on is None)
        lost_on = change(ahead).lapses_on if ahead else None
        if ahead and lost_on and found.holds_on:
            steps = [(step, step.on) for step in found.steps]
            here = tier_after(steps, records, book, found.holds_on)
            assert tier_after(steps, records, book, lost_on).rank < here.rank
            assert tier_after(steps, records, book, lost_on - timedelta(days=1)).rank >= here.rank
