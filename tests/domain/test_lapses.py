"""What must be true of the days on which findings lapse and placements rise, when nothing more is recorded."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.criteria import CRITERIA
from c4l.domain.evidence import Glance, Seen, glance, placed
from c4l.domain.lapses import Outlook, change, deciding, lapse, may_fall, outlook, with_lapses
from c4l.domain.placement import place, tier_on
from c4l.domain.records import Contact, Part, Promise, Records
from c4l.domain.sources import ASKED
from c4l.domain.terms import Party, Stake, Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import (
    TODAY,
    ago,
    asked,
    books,
    broken,
    client,
    client_for_life,
    contact,
    honoured_promises,
    kept,
    moved,
    promise,
    released,
    sign,
    stated,
    with_signs,
)
from tests.domain.looks import alone, beside, days_to, held_on, peers_of

SHORT = Thresholds(
    window_days=40,
    key_needed=1,
    demands_least=1,
    demands_times=1,
    trusted_needed=1,
    reliable_least=1,
    reliable_missed=0,
    reliable_grace_days=0,
    lasting_days=5,
    lasting_silence_days=30,
    unbroken_grace_days=0,
)
"""So that more lapses within fewer days."""

thresholds = st.sampled_from((DEFAULTS, SHORT, SHORT._replace(lasting_days=60, reliable_grace_days=9)))
near_today = st.sampled_from([ago(age) for age in (-9, 0, 0, 0, 1, 60, 300)])


def day_by_day(ahead: Outlook) -> list[tuple[date, Tier, dict[str, bool]]]:
    """Where the client stands on the day and on every later one, and what is met, with nothing left out."""
    # No record of a book is dated more than 140 days after today, due days and moves among them.
    span = (ago(-140) - ahead.day).days + ahead.thresholds.window_days
    found: list[tuple[date, Tier, dict[str, bool]]] = []
    for number in range(span + 1):
        on = ahead.day + timedelta(days=number)
        case = held_on(ahead, on)
        met = {criterion.name: criterion.met(case) is True for criterion in CRITERIA}
        found.append((on, tier_on(case), met))
    return found


def outlooks(book: Sequence[Records], day: date, thresholds: Thresholds) -> list[Outlook]:
    there = [records for records in book if placed(records, day)]
    known = peers_of(there, day, thresholds)
    return [outlook(records, known, day, thresholds) for records in there]


@settings(max_examples=25, deadline=None)
@given(books(3), near_today, thresholds)
def test_lapses_and_rises_are_the_days_that_a_walk_from_day_to_day_meets_first(
    book: list[Records], day: date, thresholds: Thresholds
) -> None:
    for ahead in outlooks([*book, client_for_life(9)], day, thresholds):
        walked = day_by_day(ahead)
        _, now, met_now = walked[0]
        for criterion in CRITERIA:
            if met_now[criterion.name]:
                first = next((on for on, _, met in walked if not met[criterion.name]), None)
                assert lapse(ahead, criterion) == first, criterion.name
        lower = (on for on, tier, _ in walked if tier.rank < now.rank)
        higher = (on for on, tier, _ in walked if tier.rank > now.rank)
        assert change(ahead) == (next(lower, None), next(higher, None))


@settings(max_examples=40, deadline=None)
@given(books(3), near_today, thresholds)
def test_a_placement_is_told_with_its_lapses_and_otherwise_as_it_was(
    book: list[Records], day: date, thresholds: Thresholds
) -> None:
    there = [records for records in book if placed(records, day)]
    known = peers_of(there, day, thresholds)
    for records in there:
        plain, ahead = place(records, known, day, thresholds), outlook(records, known, day, thresholds)
        assert plain is not None
        told = with_lapses(plain, ahead)
        assert (told.lapses_on, told.rises_on) == change(ahead)
        assert told._replace(findings=plain.findings, lapses_on=None, rises_on=None) == plain
        for before, after in zip(plain.findings, told.findings, strict=True):
            assert after._replace(lapses_on=None) == before
            assert after.lapses_on is None or (before.met and after.lapses_on > day)


def lapse_of(name: str, ahead: Outlook) -> date | None:
    [criterion] = [criterion for criterion in CRITERIA if criterion.name == name]
    return lapse(ahead, criterion)


THREE = (sign("advice", ago(1)), sign("early", ago(2)), sign("door", ago(3)))


@pytest.mark.parametrize(
    ("name", "records", "days", "because"),
    [
        ("steers", with_signs(sign("steer", ago(100))), 265, "it leaves the window on its 365th day"),
        ("steers", with_signs(sign("steer", ago(364))), 1, "tomorrow it is 365 days old"),
        ("steers", with_signs(sign("steer", ago(300)), sign("steer", ago(100))), 265, "the later one holds"),
        ("steers", with_signs(sign("steer", ago(100)), sign("steer", ago(-30))), 265, "nobody knows of one to come"),
        ("trusted", with_signs(*THREE), 362, "the oldest of three"),
        ("trusted", with_signs(*THREE, sign("inner", ago(200))), 362, "a fourth, older, makes no difference"),
        ("trusted", with_signs(*THREE, sign("door", ago(200))), 362, "nor does one that was shown again"),
        ("trusted", with_signs(*THREE, sign("inner", ago(0))), 363, "one of the four may go"),
        ("trusted", with_signs(*THREE, sign("inner", ago(-1))), 362, "a fourth that is still to come holds nothing"),
        ("depends", client(contact(TODAY), statements=[stated(Part.stake, Stake.high, ago(300))]), 65, "a year old"),
        (
            "depends",
            client(
                contact(TODAY),
                statements=[stated(Part.stake, "high", ago(300)), stated(Part.stake, "low", ago(-5))],
            ),
            65,
            "a word that is dated ahead is not said yet",
        ),
        ("drives", client(contact(TODAY), statements=[stated(Part.value, 10, ago(364))]), 1, "a year old tomorrow"),
        ("lasting", client(contact(ago(400)), contact(TODAY)), 121, "after 120 days of silence"),
        ("lasting", client(contact(ago(400)), contact(ago(120))), 1, "tomorrow it is 121"),
        ("lasting", client(contact(ago(400)), contact(ago(9))), 112, "nine days of it are over"),
        ("lasting", client(contact(ago(400)), contact(ago(9)), contact(ago(-50))), 112, "a plan breaks no silence yet"),
        ("unbroken", with_signs(), None, "nothing went wrong"),
        ("unbroken", with_signs(sign("complaint", TODAY)), 8, "more than a week to own it"),
        ("unbroken", with_signs(sign("complaint", ago(7))), 1, "the week is over"),
        ("unbroken", with_signs(sign("surprise", ago(3)), sign("owned", ago(2))), None, "it is owned"),
        ("unbroken", with_signs(sign("surprise", ago(3)), sign("owned", ago(-1))), 5, "to own it tomorrow is a plan"),
        (
            "unbroken",
            with_signs(sign("surprise", ago(3)), sign("owned", ago(4))),
            5,
            "owned before it happened is not owned",
        ),
    ],
)
def test_a_finding_lapses_on_the_very_day(name: str, records: Records, days: int | None, because: str) -> None:
    assert days_to(lapse_of(name, alone(records))) == days, because


@pytest.mark.parametrize(
    ("promises", "days", "because"),
    [
        (honoured_promises(3), 305, "kept 60 days ago, all three"),
        ((*honoured_promises(2), promise(ago(1), kept(ago(1)), number=9)), 305, "two are too few"),
        ((*honoured_promises(3), promise(TODAY)), 8, "due today: a week's grace, and a day"),
        ((*honoured_promises(3), promise(ago(7))), 1, "the grace is over tomorrow"),
        ((*honoured_promises(3), promise(ago(-20))), 28, "one that is not due yet will be"),
        ((*honoured_promises(3), promise(ago(-20), by=Party.them)), 305, "theirs is not yours"),
        ((*honoured_promises(3), promise(None)), 305, "without a due day nothing is late"),
        (
            (*honoured_promises(3), promise(ago(3), moved(ago(4), ago(-30), told=True))),
            38,
            "moved: from the new day on",
        ),
        ((*honoured_promises(3), promise(ago(3), released(ago(2)))), 305, "one miss is forgiven, a late release, too"),
        ((*honoured_promises(3), promise(ago(3), released(ago(-2)))), 5, "nobody has let it go yet"),
        ((*honoured_promises(3), promise(ago(-20), kept(ago(-1)))), 28, "nor has it been kept"),
        ((*honoured_promises(3), promise(ago(-2), made=ago(-1))), 305, "one that is not made yet is owed to nobody"),
    ],
)
def test_reliable_lapses_on_the_very_day(promises: tuple[Promise, ...], days: int, because: str) -> None:
    records = client(contact(ago(400)), contact(TODAY), promises=promises)
    assert days_to(lapse_of("reliable", alone(records))) == days, because


@pytest.mark.parametrize(
    ("records", "others", "days", "because"),
    [
        (asked(300, 200, 100, 1), Glance(asked=1, asked_minutes=10), 65, "the fourth leaves the window"),
        (asked(300, 200, 100, 50, 1), Glance(asked=1, asked_minutes=10), 165, "four of five are enough"),
        (asked(300, 200, 100, 50, 1), Glance(asked=1, asked_minutes=150), 65, "but not in time"),
        (asked(300, 200, 100, 50, 1), Glance(asked=1, asked_minutes=0), 165, "twice nothing is soon reached"),
        (asked(300, 200, 100, 1, -10), Glance(asked=1, asked_minutes=10), 65, "a fifth is only planned"),
    ],
)
def test_demands_lapses_beside_others_who_stand_still(
    records: Records, others: Glance, days: int, because: str
) -> None:
    assert days_to(lapse_of("demands", beside(records, others))) == days, because


@pytest.mark.parametrize("others", [50, 70, 110])
def test_drives_lapses_with_the_own_word_whatever_is_said_of_the_others(others: int) -> None:
    one_of_two = client(contact(TODAY), statements=[stated(Part.value, 60, ago(9))])
    drives = beside(one_of_two, Glance(value=others), Glance(value=60))
    assert days_to(lapse_of("drives", drives)) == 356


def young(*contacts: Contact, since: date | None = None) -> Records:
    return client_for_life()._replace(contacts=contacts, since=since)


@pytest.mark.parametrize(
    ("records", "rises", "because"),
    [
        (client_for_life(), None, "nothing is above life"),
        (young(contact(ago(100)), contact(TODAY)), 80, "180 days after the first contact"),
        (young(contact(ago(59))), None, "the silence comes first: 120 days after the only contact is too early"),
        (young(contact(ago(60)), since=ago(179)), 1, "180 days after the stated beginning"),
        (
            client_for_life()._replace(
                promises=(
                    *honoured_promises(5),
                    *(promise(ago(360), broken(ago(300)), number=n) for n in (1, 2)),
                )
            ),
            65,
            "two that were broken leave the window",
        ),
        (client_for_life()._replace(signs=(*THREE, sign("complaint", ago(345)))), 20, "a slip is forgotten"),
        (
            client(
                contact(TODAY),
                statements=[stated(Part.stake, "high", ago(-5)), stated(Part.value, 1, ago(-7))],
            ),
            None,
            "what is stated for days to come is not said yet",
        ),
        (client(contact(TODAY)), None, "time alone lifts nobody from the base"),
    ],
)
def test_time_alone_lifts_on_the_very_day(records: Records, rises: int | None, because: str) -> None:
    assert days_to(change(alone(records)).rises_on) == rises, because


def test_who_falls_first_may_rise_later() -> None:
    key = young(contact(ago(60)), contact(TODAY))._replace(
        signs=(*client_for_life().signs, sign("steer", ago(300))), statements=(stated(Part.stake, Stake.high),)
    )
    falls, rises = change(alone(key))
    assert (days_to(falls), days_to(rises)) == (65, 120)


def test_nothing_is_looked_at_beyond_the_last_day_that_is_asked_for() -> None:
    for until, falls in ((109, False), (110, True)):
        ahead = alone(client_for_life())._replace(until=TODAY + timedelta(days=until))
        assert (change(ahead).lapses_on is not None) is falls


def test_what_was_asked_is_summed_as_the_rule_counts_it() -> None:
    records = asked(*range(0, 800, 2), minutes=7)
    at_a_glance = ASKED.glances(ASKED.kept(records, TODAY, DEFAULTS), DEFAULTS)
    for days in range(0, 400, 3):
        on = TODAY + timedelta(days=days)
        assert at_a_glance(on) == glance(records, on, DEFAULTS)


@pytest.mark.parametrize(
    ("tier", "records", "names"),
    [
        (Tier.base, client(contact(TODAY)), []),
        (Tier.base, with_signs(*THREE[:2]), []),
        (Tier.base, with_signs(*THREE), ["trusted", "reliable", "lasting", "unbroken"]),
        (Tier.base, with_signs(sign("steer", ago(1))), []),
        (Tier.key, with_signs(sign("steer", ago(1))), ["steers"]),
        (
            Tier.key,
            client(contact(TODAY), statements=[stated(Part.stake, "high"), stated(Part.value, 1)]),
            ["drives", "depends"],
        ),
        (Tier.key, with_signs(*THREE, sign("steer", ago(1))), ["steers", "trusted", "reliable", "lasting", "unbroken"]),
        (Tier.life, with_signs(*THREE, sign("steer", ago(1))), ["trusted", "reliable", "lasting", "unbroken"]),
    ],
)
def test_only_what_can_cost_a_place_or_lift_is_looked_at(tier: Tier, records: Records, names: list[str]) -> None:
    now = glance(records, TODAY, DEFAULTS)
    seen = Seen(now, peers_of([records]).others(now), DEFAULTS)
    assert [criterion.name for criterion in deciding(tier, seen)] == names


@settings(max_examples=40, deadline=None)
@given(books(3), near_today, thresholds, st.sampled_from((1, 7, 30, 200)))
def test_whoever_stands_on_the_worst_that_can_be_left_does_not_fall(
    book: list[Records], day: date, thresholds: Thresholds, days: int
) -> None:
    for ahead in outlooks([*book, client_for_life(9)], day, thresholds):
        span = [day + timedelta(days=number) for number in range(days + 1)]
        walked = [held_on(ahead, on) for on in span]
        tier, worst = tier_on(walked[0]), walked[-1]
        worst.depth = worst.depth._replace(
            counted=min(case.depth.counted for case in walked),
            missed=max(case.depth.missed for case in walked),
            still_overdue=any(case.depth.still_overdue for case in walked),
            unowned=max(case.depth.unowned for case in walked),
        )
        if tier is not Tier.base and not may_fall(tier, worst):
            assert change(ahead._replace(until=span[-1])).lapses_on is None
