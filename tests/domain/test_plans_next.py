"""Which tier a plan leads to, and what it asks for on the way to key."""

import pytest

from c4l.domain.acts import Act, be_asked
from c4l.domain.plans import Plan
from c4l.domain.records import Part, Records
from c4l.domain.terms import Kind, Party, Stake, Tier
from c4l.domain.thresholds import Thresholds
from tests.domain.books import TODAY, ago, asked, broken, client, contact, honoured_promises, promise, sign, stated
from tests.domain.carried_out import LIFE, SILENT, plan_for

# The way to key.


def other(value: int | None = None, asked: int = 0, id: int = 2) -> Records:
    """Another client of the same book."""
    return client(
        *(contact(ago(1), number=200 + n, reached_out=Party.them, minutes=60) for n in range(asked)),
        contact(ago(1), number=299, reached_out=Party.me),
        id=id,
        statements=[] if value is None else [stated(Part.value, value)],
    )


def test_what_you_can_do_comes_before_what_only_you_can_say() -> None:
    found = plan_for(SILENT, to=Tier.key)
    assert [step.criterion for step in found.steps] == ["steers", "depends"]
    assert found.steps[1].commands[0].line == "c4l assess client-1 --stake LEVEL"


@pytest.mark.parametrize(
    ("said", "criteria"),
    [
        ([], ["steers", "depends"]),
        ([stated(Part.stake, Stake.low)], ["steers", "drives"]),
        ([stated(Part.stake, Stake.high)], ["steers"]),
        ([stated(Part.stake, None)], ["steers", "depends"]),
        ([stated(Part.stake, Stake.low), stated(Part.value, 5)], ["steers", "demands"]),
    ],
)
def test_what_was_said_is_never_asked_to_be_said_otherwise(said: list[object], criteria: list[str]) -> None:
    records = SILENT._replace(statements=tuple(said))  # type: ignore[arg-type]
    found = plan_for(records, other(1000, asked=4), to=Tier.key)
    assert [step.criterion for step in found.steps] == criteria


@pytest.mark.parametrize(
    ("values", "least", "words"),
    [((), 1, "anything above 0 counts"), ((1000,), 1000, "from 1000 on"), ((100, 300, 600), 300, "from 300 on")],
)
def test_the_least_value_that_counts_is_named(values: tuple[int, ...], least: int, words: str) -> None:
    steering = SILENT._replace(signs=(sign("steer", TODAY),), statements=(stated(Part.stake, Stake.low),))
    others = [other(value, id=2 + n) for n, value in enumerate(values)]
    [step] = plan_for(steering, *others, to=Tier.key).steps
    assert step.left.statements[0].said == str(least)
    assert words in step.text


def test_what_they_would_have_to_ask_is_told_as_theirs_and_cannot_be_accepted() -> None:
    told = (stated(Part.stake, Stake.low), stated(Part.value, 0))
    found = plan_for(SILENT._replace(statements=told), other(5, asked=4), to=Tier.key)
    step = found.steps[1]

    assert step.text == "be easy to reach: it takes 3 more interactions and 465 more minutes, started by them"
    assert (step.note, step.acceptable) == ("theirs to do, and nothing to push", False)


@pytest.mark.parametrize(
    ("times", "others", "minutes"),
    [(2, (60,), 120), (3, (5,), 15), (3, (5, 10), 23), (1, (5, 10), 8), (1, (5, 20), 13)],
    ids=["twice", "three times", "three times seven and a half", "seven and a half", "twelve and a half"],
)
def test_what_they_would_have_to_ask_is_just_enough_time(times: int, others: tuple[int, ...], minutes: int) -> None:
    book = [asked(9, id=2 + n, minutes=each) for n, each in enumerate(others)]
    steering = SILENT._replace(
        contacts=(contact(TODAY, reached_out=Party.me),),
        signs=(sign("steer", TODAY),),
        statements=(stated(Part.stake, Stake.low), stated(Part.value, 0)),
    )
    found = plan_for(steering, *book, to=Tier.key, thresholds=Thresholds(demands_times=times))

    assert found.holds_on == TODAY
    [step] = found.steps
    assert sum(each.minutes or 0 for each in step.left.contacts) == minutes
    assert f" and {minutes} more minutes, " in step.text


@pytest.mark.parametrize(
    ("interactions", "minutes", "times"),
    [(1, 0, 1), (1, 15, 1), (1, 16, 2), (1, 29, 2), (1, 30, 2), (3, 31, 3), (3, 45, 3), (3, 46, 4)],
)
def test_it_is_as_much_work_as_so_many_calls_of_the_usual_length(interactions: int, minutes: int, times: int) -> None:
    assert be_asked(SILENT.client, interactions, minutes, "time", TODAY).times == times


def test_where_nothing_leads_to_key_it_says_what_is_in_the_way() -> None:
    told = (stated(Part.stake, Stake.low), stated(Part.value, 0))
    found = plan_for(SILENT._replace(statements=told), to=Tier.key)

    assert found.holds_on is None
    assert [(each.criterion, each.measured) for each in found.obstacles] == [
        ("drives", "a stated value of 0"),
        ("depends", "the stake is stated as low"),
        ("demands", "started one interaction in a year, 15 minutes; no other client started any"),
    ]


# Which tier is next.


@pytest.mark.parametrize(
    ("kind", "next_tier"),
    [(kind, Tier.life if kind in ("friend", "family", "team") else Tier.key) for kind in Kind],
)
def test_friends_family_and_team_go_straight_to_life(kind: Kind, next_tier: Tier) -> None:
    assert plan_for(SILENT._replace(kind=kind), to=None).next_tier is next_tier
    assert plan_for(SILENT._replace(kind=kind), to=Tier.key).next_tier is Tier.key
    assert plan_for(SILENT._replace(kind=kind), to=Tier.life).next_tier is Tier.life


def test_from_the_base_the_nearer_of_the_two_is_next() -> None:
    assert plan_for(LIFE._replace(signs=LIFE.signs[1:]), to=None).next_tier is Tier.life
    assert plan_for(LIFE._replace(signs=()), to=None).next_tier is Tier.key


def test_which_is_nearer_is_told_by_the_acts_and_not_by_the_steps() -> None:
    missed = [promise(ago(100), broken(ago(90 + n)), number=30 + n) for n in range(2)]
    far = LIFE._replace(promises=(*honoured_promises(6), *missed))

    assert [(step.act, step.times) for step in plan_for(far).steps] == [(Act.promise, 12)]
    assert plan_for(far).effort == 12
    assert len(plan_for(far, to=Tier.key).steps) == plan_for(far, to=Tier.key).effort == 2
    assert plan_for(far, to=None).next_tier is Tier.key


def test_a_way_that_leads_nowhere_is_not_the_next_one_however_short_it_is() -> None:
    worthless = SILENT._replace(statements=(stated(Part.stake, Stake.low), stated(Part.value, 0)))
    assert plan_for(worthless, to=Tier.key).holds_on is None
    assert plan_for(worthless, to=Tier.key).effort < plan_for(worthless, to=Tier.life).effort

    found = plan_for(worthless, to=None)
    assert (found.next_tier, found.obstacles) == (Tier.life, ())
    assert found.holds_on is not None


@pytest.mark.parametrize(("signs", "next_tier"), [(3, Tier.life), (2, Tier.life), (1, Tier.key)])
def test_to_wait_is_no_work(signs: int, next_tier: Tier) -> None:
    young = LIFE._replace(contacts=(contact(ago(100)), contact(ago(1))), signs=LIFE.signs[:signs])
    assert plan_for(young).effort == 3 - signs
    assert plan_for(young, to=None).next_tier is next_tier


def test_from_key_the_top_is_next_and_key_is_reached_already() -> None:
    key = SILENT._replace(signs=(sign("steer", TODAY),), statements=(stated(Part.stake, Stake.high),))
    assert (plan_for(key, to=None).tier, plan_for(key, to=None).next_tier) == (Tier.key, Tier.life)
    assert plan_for(key, to=Tier.key) == Plan(key.client, Tier.key)


def test_at_the_top_there_is_nothing_to_do() -> None:
    assert plan_for(LIFE, to=None) == Plan(LIFE.client, Tier.life)
