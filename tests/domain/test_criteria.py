"""What must be true of each criterion, on both sides of its line, and of the reasons it gives."""

from collections.abc import Sequence
from datetime import date

import pytest

from c4l.domain.criteria import (
    CRITERIA,
    KEY,
    LIFE,
    demands,
    depends,
    drives,
    lasting,
    reliable,
    steers,
    trusted,
    unbroken,
)
from c4l.domain.evidence import Case, Depth, Evidence, Glance, Seen, case, glance, peers
from c4l.domain.reasons import Reasons
from c4l.domain.records import Part, Records
from c4l.domain.signals import TRUST
from c4l.domain.terms import Channel, Party, Stake, Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import (
    TODAY,
    ago,
    broken,
    client,
    contact,
    honoured_promises,
    kept,
    promise,
    sign,
    stated,
)


def seen(own: Glance, *others: Glance, thresholds: Thresholds = DEFAULTS) -> Seen:
    return Seen(own, peers([own, *others]).others(own), thresholds)


def deep(depth: Depth, thresholds: Thresholds = DEFAULTS) -> Evidence:
    return Evidence(Glance(), peers([Glance()]).others(Glance()), thresholds, depth, TODAY)


def case_of(records: Records, *others: Records, thresholds: Thresholds = DEFAULTS) -> Case:
    glances = [glance(one, TODAY, thresholds) for one in (records, *others)]
    return case(records, peers(glances), TODAY, thresholds)


def reasons(name: str, records: Records, *others: Records, thresholds: Thresholds = DEFAULTS) -> Reasons:
    [criterion] = [criterion for criterion in CRITERIA if criterion.name == name]
    return criterion.reasons(case_of(records, *others, thresholds=thresholds))


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (None, (), None),
        (None, (10, 20), None),
        (0, (), False),
        (0, (0, 0), False),
        (1, (), True),
        (10, (10,), True),
        (10, (10, 10, 10), True),
        (10, (20,), False),
        (10, (11, None), False),
        (10, (11, 2), True),
        (10, (11, 1), False),
        (10, (11, 0), False),
        (5, (6, 4, 3), True),
        (5, (6, 1), False),
    ],
)
def test_drives_is_met_when_those_above_make_less_than_half(
    own: int | None, others: tuple[int | None, ...], expected: bool | None
) -> None:
    assert drives(seen(Glance(value=own), *(Glance(value=value) for value in others))) is expected


@pytest.mark.parametrize(
    ("stake", "expected"),
    [(None, None), (Stake.low, False), (Stake.medium, False), (Stake.high, True), (Stake.critical, True)],
)
def test_depends_is_met_by_a_high_stake(stake: Stake | None, expected: bool | None) -> None:
    assert depends(seen(Glance(stake=stake))) is expected


@pytest.mark.parametrize(("shown", "expected"), [((), False), (TRUST, False), (("steer",), True)])
def test_steers_is_met_by_one_steer(shown: Sequence[str], expected: bool) -> None:
    assert steers(seen(Glance(frozenset(shown)))) is expected


def asking(times: int, minutes: int) -> Glance:
    return Glance(asked=times, asked_minutes=minutes)


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (asking(9, 90), [], None),
        (asking(9, 90), [asking(0, 0)], None),
        (asking(3, 45), [], None),
        (asking(0, 0), [], None),
        (asking(0, 0), [asking(1, 15)], False),
        (asking(3, 90), [asking(1, 15)], False),
        (asking(4, 30), [asking(1, 15)], True),
        (asking(4, 29), [asking(1, 15)], False),
        (asking(4, 30), [asking(1, 15), asking(0, 0), asking(0, 0)], True),
        (asking(4, 30), [asking(1, 10), asking(1, 20)], True),
        (asking(4, 30), [asking(1, 10), asking(1, 21)], False),
        (asking(4, 31), [asking(1, 10), asking(1, 21)], True),
        (asking(4, 30), [asking(1, 0), asking(1, 15), asking(1, 999)], True),
        (asking(4, 0), [asking(1, 0)], False),
        (asking(4, 1), [asking(1, 0)], True),
        (asking(4, 30), [asking(4, 30)], False),
    ],
)
def test_demands_is_met_by_twice_the_median_of_the_others(
    own: Glance, others: list[Glance], expected: bool | None
) -> None:
    assert demands(seen(own, *others)) is expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ((), False),
        (TRUST[:2], False),
        ((*TRUST[:2], "steer"), False),
        (TRUST[:3], True),
        (TRUST[2:], True),
        (TRUST, True),
    ],
)
def test_trusted_is_met_by_three_different_signs(shown: Sequence[str], expected: bool) -> None:
    assert trusted(seen(Glance(frozenset(shown)))) is expected


@pytest.mark.parametrize(
    ("counted", "missed", "still_overdue", "expected"),
    [
        (0, 0, False, None),
        (2, 0, False, None),
        (2, 1, True, None),
        (3, 0, False, True),
        (3, 1, False, True),
        (3, 1, True, False),
        (3, 2, False, False),
        (19, 2, False, False),
        (20, 2, False, True),
        (20, 2, True, False),
        (29, 3, False, False),
        (30, 3, False, True),
    ],
)
def test_reliable_forgives_one_promise_or_one_in_ten(
    counted: int, missed: int, still_overdue: bool, expected: bool | None
) -> None:
    assert reliable(deep(Depth(counted, missed, still_overdue))) is expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (ago(180), ago(0), True),
        (ago(179), ago(0), False),
        (ago(180), ago(120), True),
        (ago(180), ago(121), False),
        (ago(9000), ago(121), False),
        (None, None, False),
    ],
)
def test_lasting_is_met_by_half_a_year_without_a_long_silence(
    first: date | None, last: date | None, expected: bool
) -> None:
    assert lasting(deep(Depth(first_on=first, last_on=last))) is expected


@pytest.mark.parametrize(("unowned", "expected"), [(0, True), (1, False), (3, False)])
def test_unbroken_is_met_when_every_slip_is_owned(unowned: int, expected: bool) -> None:
    assert unbroken(deep(Depth(unowned=unowned))) is expected


def test_every_threshold_can_be_set() -> None:
    assert trusted(seen(Glance(frozenset(TRUST[:1])), thresholds=Thresholds(trusted_needed=1)))
    assert demands(seen(asking(1, 15), asking(1, 15), thresholds=Thresholds(demands_least=1, demands_times=1)))
    assert drives(seen(Glance(value=1), Glance(value=2), thresholds=Thresholds(drives_percent=70)))
    assert reliable(deep(Depth(1, 0), Thresholds(reliable_least=1)))
    assert reliable(deep(Depth(9, 0, False), Thresholds(reliable_missed=0)))
    assert reliable(deep(Depth(9, 1, False), Thresholds(reliable_missed=0))) is False
    assert reliable(deep(Depth(9, 3, False), Thresholds(reliable_share=3)))
    assert lasting(deep(Depth(first_on=ago(2), last_on=ago(2)), Thresholds(lasting_days=2)))
    assert not lasting(deep(Depth(first_on=ago(900), last_on=ago(2)), Thresholds(lasting_silence_days=1)))


def test_four_criteria_make_a_key_client_and_four_a_client_for_life() -> None:
    assert [criterion.name for criterion in KEY] == ["drives", "depends", "steers", "demands"]
    assert [criterion.name for criterion in LIFE] == ["trusted", "reliable", "lasting", "unbroken"]
    assert {criterion.tier for criterion in KEY} == {Tier.key}
    assert {criterion.tier for criterion in LIFE} == {Tier.life}


def test_each_rule_is_told_with_the_numbers_in_force() -> None:
    everything = " ".join(criterion.rule for criterion in CRITERIA)
    named = [name for name in Thresholds._fields if f"{{{name}}}" in everything]
    assert set(named) == set(Thresholds._fields) - {"key_needed"}
    [told] = [criterion.rule_with(Thresholds(trusted_needed=4)) for criterion in LIFE if criterion.name == "trusted"]
    assert told == "at least 4 of advice, consulted, early, door, inner seen within 365 days"


BIG, SMALL = (client(contact(TODAY), id=id, statements=[stated(Part.value, v)]) for id, v in ((2, 620), (3, 330)))


@pytest.mark.parametrize(
    ("value", "measured", "needed"),
    [
        (None, "no yearly value stated in a year", "their yearly value, in your words: c4l assess client-1 --value N"),
        (0, "a stated value of 0", "a yearly value above 0"),
        (50, "5 % of stated value; clients above make 95 %", "clients above to make less than 50 %"),
        (1, "under 1 % of stated value; clients above make 99 %", "clients above to make less than 50 %"),
    ],
)
def test_drives_tells_the_share_of_value(value: int | None, measured: str, needed: str) -> None:
    own = client(statements=[] if value is None else [stated(Part.value, value)])
    assert reasons("drives", own, BIG, SMALL)[:2] == (measured, needed)


def test_an_assessment_is_the_record_behind_drives_and_depends() -> None:
    own = client(statements=[stated(Part.value, 5, ago(9)), stated(Part.value, 6, ago(3)), stated(Part.stake, "high")])
    assert [(it.kind, it.on, it.what) for it in reasons("drives", own).exhibits] == [("assessment", ago(3), "value 6")]
    assert [(it.kind, it.on, it.what) for it in reasons("depends", own).exhibits] == [
        ("assessment", TODAY, "stake high")
    ]
    assert reasons("depends", own).measured == "the stake is stated as high"
    assert reasons("depends", client()).needed == "what is at stake, in your words: c4l assess client-1 --stake LEVEL"


def test_steers_tells_how_many_and_shows_the_latest() -> None:
    own = client(signs=[sign("steer", ago(9), number=7), sign("steer", ago(90), number=8)])
    told = reasons("steers", own)
    assert told.measured == "2 steers seen in a year"
    assert [(it.number, it.on) for it in told.exhibits] == [(7, ago(9))]
    assert reasons("steers", client())[:2] == (
        "no steer seen in a year",
        "one steer: that the client told you which way you should be going",
    )


def test_demands_tells_what_is_missing_to_twice_the_median() -> None:
    own = client(*(contact(ago(age), number=age) for age in (3, 2, 1)))
    other, another = client(contact(TODAY, minutes=30), id=2), client(contact(TODAY, minutes=45), id=3)
    assert reasons("demands", own)[:2] == (
        "started 3 interactions in a year, 45 minutes; no other client started any",
        "another client who starts interactions, to compare with",
    )
    assert reasons("demands", own, other, another)[:2] == (
        "started 3 interactions in a year, 45 minutes; the median of the others is 37.5",
        "one more interaction and 30 more minutes",
    )
    assert [it.number for it in reasons("demands", own).exhibits] == [3, 2, 1]


def test_trusted_tells_the_signs_not_seen_and_shows_the_latest_of_each() -> None:
    own = client(
        signs=[
            sign("consulted", ago(90), number=1),
            sign("early", ago(80), number=2, channel=Channel.message),
            sign("consulted", ago(70), number=3),
            sign("thanked", ago(60), number=4),
        ]
    )
    told = reasons("trusted", own)
    assert told[:2] == ("2 of 5 seen in a year, 3 needed", "one more of advice, door, inner")
    assert [(it.number, it.what, it.via) for it in told.exhibits] == [(2, "early", "message"), (3, "consulted", "call")]


def test_reliable_tells_what_to_keep_and_how_many_more() -> None:
    overdue = [promise(ago(30), number=22), promise(ago(9), number=31)]
    own = client(promises=[*honoured_promises(3), *overdue, promise(ago(5), number=40), promise(ago(9), kept(ago(8)))])
    told = reasons("reliable", own)
    assert told[:2] == ("3 of 6 promises honoured", "keep 22 and 31; 24 more honoured promises")
    assert [(it.number, it.on, it.what) for it in told.exhibits[-3:]] == [
        (22, ago(30), "overdue"),
        (31, ago(9), "overdue"),
        (14, ago(8), "kept late"),
    ]
    assert reasons("reliable", client())[:2] == ("no promise of yours counts yet", "3 more honoured promises")
    assert reasons("reliable", client(promises=honoured_promises(1))).measured == "1 of 1 promise honoured"


@pytest.mark.parametrize(
    ("honoured", "missed", "needed"),
    [(0, 1, "4 more honoured promises"), (2, 2, "one more honoured promise"), (1, 3, "2 more honoured promises")],
)
def test_so_many_more_outweigh_what_was_missed_and_are_enough_to_judge_by(
    honoured: int, missed: int, needed: str
) -> None:
    unforgiving = Thresholds(reliable_least=5, reliable_missed=0, reliable_share=2)
    misses = [promise(ago(50), broken(ago(50)), number=200 + n) for n in range(missed)]
    records = client(promises=[*honoured_promises(honoured), *misses])
    assert reasons("reliable", records, thresholds=unforgiving).needed == needed


def test_lasting_tells_age_and_silence() -> None:
    young, silent = client(contact(ago(160), number=1), contact(ago(11), number=2)), client(contact(ago(130)))
    assert reasons("lasting", young).needed == "20 more days"
    assert reasons("lasting", young).measured.endswith("last contact 11 days ago")
    assert [(it.number, it.what) for it in reasons("lasting", young).exhibits] == [(1, "first"), (2, "last")]
    assert reasons("lasting", silent).needed == "an interaction: 130 days of silence, 120 at most; 50 more days"
    assert [it.what for it in reasons("lasting", silent).exhibits] == ["last"]


def test_a_stated_beginning_is_shown_in_place_of_the_first_interaction() -> None:
    own = client(contact(ago(11)), since=date(2024, 7, 22))
    assert reasons("lasting", own).measured == "2 years 4 months, last contact 11 days ago"
    assert [(it.kind, it.on, it.what) for it in reasons("lasting", own).exhibits] == [
        ("client", date(2024, 7, 22), "since"),
        ("interaction", ago(11), "last"),
    ]


@pytest.mark.parametrize(
    ("signs", "measured"),
    [
        ((), "no complaint or surprise in a year"),
        ((("complaint", 9), ("owned", 9)), "one complaint, owned the same day"),
        ((("complaint", 9), ("owned", 3), ("owned", 6)), "one complaint, owned 3 days later"),
        ((("surprise", 3),), "one surprise, 3 days old, not owned yet"),
        ((("surprise", 0),), "one surprise today, not owned yet"),
        ((("complaint", 19), ("complaint", 9), ("surprise", 8)), "2 complaints and one surprise, 3 not owned yet"),
        ((("complaint", 19), ("complaint", 9), ("owned", 5)), "2 complaints, all owned"),
    ],
)
def test_unbroken_tells_what_was_said_to_each_slip(signs: tuple[tuple[str, int], ...], measured: str) -> None:
    assert reasons("unbroken", client(signs=[sign(name, ago(age)) for name, age in signs])).measured == measured


def test_unbroken_names_each_slip_to_own() -> None:
    own = client(
        signs=[
            sign("complaint", date(2026, 11, 3), number=120),
            sign("surprise", date(2026, 10, 30), number=118),
            sign("surprise", TODAY, number=130),
        ]
    )
    told = reasons("unbroken", own)
    assert told.needed == "own the complaint of Tue 3 Nov (i120) and the surprise of Fri 30 Oct (i118)"
    assert [it.number for it in told.exhibits] == [118, 120, 130]


def test_what_you_started_is_no_demand_of_theirs() -> None:
    own = client(*(contact(ago(age), reached_out=Party.me, minutes=600) for age in range(9)))
    assert demands(case_of(own, client(contact(TODAY), id=2))) is False
