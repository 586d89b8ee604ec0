"""What would move a client up, in a few words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.criteria import CRITERIA, KEY, LIFE
from c4l.domain.evidence import Depth, Evidence, Glance, Others, Peers, case, glance, peers, placed
from c4l.domain.hints import missing, way_up
from c4l.domain.placement import tier_on
from c4l.domain.plans import plan
from c4l.domain.records import Part, Records
from c4l.domain.terms import Kind, Stake, Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import TODAY, ago, books, client, client_for_life, contact, honoured_promises, sign, stated

TOP = Depth(counted=3, first_on=ago(400), last_on=ago(10))
"""What a client for life shows when looked into."""

SIGNS = ("advice", "consulted", "early")
THREE = honoured_promises(3)
HIGH = stated(Part.stake, "high")
LOW = stated(Part.stake, "low")
WORTHLESS = stated(Part.value, 0)
UNFORGIVING = Thresholds(reliable_least=5, reliable_missed=0, reliable_share=2)
"""Five promises at least, and two for each that was missed."""


def evidence(*shown: str, stake: Stake | None = None, thresholds: Thresholds = DEFAULTS, **depth: Any) -> Evidence:
    seen = Glance(frozenset(shown), stake=stake)
    return Evidence(seen, Others(Peers(), seen), thresholds, TOP._replace(**depth), TODAY)


def test_every_criterion_for_life_has_its_words() -> None:
    assert not [criterion.name for criterion in LIFE if criterion.step is None]


def test_a_criterion_without_words_of_its_own_is_named() -> None:
    bare = replace(LIFE[0], step=None)
    assert bare.next_step(evidence()) == "trusted"


def test_at_the_top_nothing_is_missing() -> None:
    assert missing(evidence(*SIGNS), None) == ()


@pytest.mark.parametrize(
    ("found", "hints"),
    [
        (evidence(*SIGNS[:2]), ("one more sign of trust",)),
        (evidence("steer", SIGNS[0]), ("2 more signs of trust",)),
        (evidence(*SIGNS, counted=0), ("keep 3 more promises",)),
        (evidence(*SIGNS, counted=2), ("keep one more promise",)),
        (evidence(*SIGNS, counted=5, missed=2), ("keep 15 more promises",)),
        (evidence(*SIGNS, counted=19, missed=2), ("keep one more promise",)),
        (evidence(*SIGNS, thresholds=UNFORGIVING, counted=1, missed=1), ("keep 4 more promises",)),
        (evidence(*SIGNS, thresholds=UNFORGIVING, counted=4, missed=3), ("keep 2 more promises",)),
        (evidence(*SIGNS, counted=3, missed=1, still_overdue=True), ("keep what is overdue",)),
        (evidence(*SIGNS, first_on=ago(179)), ("1 more day",)),
        (evidence(*SIGNS, first_on=ago(20)), ("160 more days",)),
        (evidence(*SIGNS, last_on=ago(121)), ("get in touch",)),
        (evidence(*SIGNS, first_on=ago(130), last_on=ago(121)), ("get in touch",)),
        (evidence(*SIGNS, unowned=1), ("own a slip",)),
        (evidence(*SIGNS, unowned=2), ("own 2 slips",)),
        (evidence(SIGNS[0], counted=1, unowned=1), ("2 more signs of trust", "keep 2 more promises", "own a slip")),
    ],
)
def test_a_key_client_is_told_what_is_missing_for_life(found: Evidence, hints: tuple[str, ...]) -> None:
    assert missing(found, Tier.life) == hints


@pytest.mark.parametrize(
    ("found", "hints"),
    [
        (evidence(counted=0, unowned=1), ("2 of drives, depends, steers, demands",)),
        (evidence("steer", counted=0), ("one of drives, depends, demands",)),
        (evidence(stake=Stake.critical, counted=0), ("one of drives, steers, demands",)),
    ],
)
def test_on_the_way_to_key_it_is_told_of_what_so_many_are_missing(found: Evidence, hints: tuple[str, ...]) -> None:
    assert missing(found, Tier.key) == hints


SHOWN = [sign(name, ago(9)) for name in SIGNS]


@pytest.mark.parametrize(
    ("records", "way", "because"),
    [
        (client_for_life(), None, "at the top"),
        (client(contact(ago(9)), signs=[sign("steer", ago(9))], statements=[HIGH]), Tier.life, "from key"),
        (client(contact(ago(400)), contact(ago(9))), Tier.key, "two acts against six"),
        (client(contact(ago(400)), signs=SHOWN[:2], promises=THREE), Tier.life, "one sign against two acts"),
        (
            client(contact(ago(400)), contact(ago(9)), signs=SHOWN[:2], promises=THREE[:1]),
            Tier.key,
            "two criteria either way, but three acts against two",
        ),
        (
            client(contact(ago(9)), statements=[LOW, WORTHLESS]),
            Tier.life,
            "a steer alone is one too few, and there is nothing else to ask for",
        ),
        (
            client(contact(ago(400)), contact(ago(9)), signs=[*SHOWN[:2], sign("steer", ago(360))], promises=THREE),
            Tier.life,
            "one sign against two acts: the steer will be too old before long",
        ),
        (
            client(contact(ago(100)), contact(ago(9)), signs=SHOWN, promises=THREE),
            Tier.life,
            "time alone lifts them, and to wait is no act",
        ),
        *(
            (client(contact(ago(9)))._replace(kind=kind), Tier.life, "nobody plans for a friend to be a key client")
            for kind in (Kind.friend, Kind.family, Kind.team)
        ),
    ],
)
def test_the_way_up_is_the_one_that_their_plan_takes(records: Records, way: Tier | None, because: str) -> None:
    known = peers([glance(records, TODAY, DEFAULTS)])
    tier = tier_on(case(records, known, TODAY, DEFAULTS))
    assert way_up(tier, records, known, TODAY, DEFAULTS) is way, because


@settings(max_examples=80, deadline=None)
@given(books(3), st.sampled_from((DEFAULTS, DEFAULTS._replace(trusted_needed=1, key_needed=3))))
def test_the_way_up_is_that_of_the_plan_in_any_book(book: list[Records], thresholds: Thresholds) -> None:
    there = [records for records in book if placed(records, TODAY)]
    known = peers(glance(records, TODAY, thresholds) for records in there)
    for records in there:
        tier = tier_on(case(records, known, TODAY, thresholds))
        assert way_up(tier, records, known, TODAY, thresholds) is plan(records, known, TODAY, thresholds).next_tier


@given(
    counted=st.integers(0, 60),
    missed=st.integers(0, 60),
    least=st.integers(0, 9),
    forgiven=st.integers(0, 3),
    share=st.integers(1, 10),
)
def test_so_many_promises_kept_are_enough_and_one_fewer_is_not(
    counted: int, missed: int, least: int, forgiven: int, share: int
) -> None:
    thresholds = Thresholds(reliable_least=least, reliable_missed=forgiven, reliable_share=share)
    found = evidence(*SIGNS, thresholds=thresholds, counted=counted, missed=min(missed, counted))
    hints = missing(found, Tier.life)
    if not hints:
        assert tier_on(found) is Tier.life
        return
    number = hints[0].split()[1]
    more = 1 if number == "one" else int(number)

    assert tier_on(kept(found, more)) is Tier.life
    assert tier_on(kept(found, more - 1)) is not Tier.life


def kept(found: Evidence, more: int) -> Evidence:
    return replace(found, depth=found.depth._replace(counted=found.depth.counted + more))


@given(days=st.integers(0, 179))
def test_so_many_days_of_waiting_are_enough(days: int) -> None:
    found = evidence(*SIGNS, first_on=ago(days))
    [hint] = missing(found, Tier.life)
    on = TODAY + timedelta(days=int(hint.split()[0]))

    def tier(day_before: int) -> Tier:
        day = on - timedelta(days=day_before)
        return tier_on(Evidence(found.glance, found.others, DEFAULTS, found.depth._replace(last_on=day), day))

    assert (tier(1), tier(0)) == (Tier.base, Tier.life)


@given(books())
def test_whoever_is_below_the_top_is_told_something(book: list[Records]) -> None:
    there = [records for records in book if placed(records, TODAY)]
    known = peers(glance(records, TODAY, DEFAULTS) for records in there)
    for records in there:
        found = case(records, known, TODAY, DEFAULTS)
        tier = tier_on(found)
        hints = missing(found, way_up(tier, records, known, TODAY, DEFAULTS))

        assert bool(hints) is (tier is not Tier.life)
        assert all(hint and "\n" not in hint for hint in hints)
        assert len(hints) <= len(CRITERIA) - len(KEY)
