"""What brings a fall about, and how it is told on the day that looks ahead."""

from datetime import timedelta

import pytest

from c4l.domain.evidence import Glance
from c4l.domain.lapses import change, fall, with_promises_kept
from c4l.domain.records import Part, Promise, Records, Spell
from c4l.domain.terms import Party, Tier
from tests.domain.books import (
    TODAY,
    ago,
    asked,
    broken,
    client,
    client_for_life,
    contact,
    kept,
    moved,
    promise,
    sign,
    stated,
)
from tests.domain.looks import alone, beside, days_to


@pytest.mark.parametrize(
    ("records", "told"),
    [
        (asked(300, 200, 100, 1), "only 3 interactions started by them, of 180 minutes, are left by then"),
        (asked(300, 300, 300, 1), "only one interaction started by them, of 60 minutes, is left by then"),
        (asked(*(300,) * 4), "no interaction started by them is left by then"),
    ],
)
def test_what_is_left_of_their_requests_is_told(records: Records, told: str) -> None:
    stake = records._replace(statements=(stated(Part.stake, "high"),))
    falls = fall(beside(stake, Glance(asked=1, asked_minutes=10)))
    assert falls is not None
    assert [loss.measured for loss in falls.losses] == [told]


@pytest.mark.parametrize(
    "later",
    [
        {"archived": (Spell(ago(-30)),)},
        {"archived": (Spell(ago(300), ago(200)), Spell(ago(-30), ago(-31)))},
        {"contacts": (*client_for_life().contacts, contact(ago(-90)))},
        {"signs": (*client_for_life().signs, sign("complaint", ago(-1)))},
        {"promises": (*client_for_life().promises, promise(ago(-1), broken(ago(-1)), made=ago(-1)))},
        {"statements": (stated(Part.stake, "high", ago(-1)), stated(Part.value, 9, ago(-1)))},
    ],
    ids=lambda later: str(*later),
)
def test_what_is_dated_later_makes_no_difference(later: dict[str, object]) -> None:
    records = client_for_life()._replace(**later)  # type: ignore[arg-type]
    assert fall(alone(records)) == fall(alone(client_for_life()))


@pytest.mark.parametrize(
    ("change_of", "days", "tier", "criteria"),
    [
        ({}, 110, Tier.base, ["lasting"]),
        ({"promises": (*client_for_life().promises, promise(ago(2)))}, 6, Tier.base, ["reliable"]),
        ({"signs": (*client_for_life().signs, sign("complaint", ago(7)))}, 1, Tier.base, ["unbroken"]),
        (
            {"statements": (stated(Part.stake, "high"),), "signs": (*client_for_life().signs, sign("steer", ago(1)))},
            110,
            Tier.key,
            ["lasting"],
        ),
        (
            {
                "promises": (*client_for_life().promises, promise(TODAY)),
                "signs": (*client_for_life().signs, sign("surprise", TODAY)),
            },
            8,
            Tier.base,
            ["reliable", "unbroken"],
        ),
    ],
)
def test_a_client_for_life_falls_with_the_first_of_the_four(
    change_of: dict[str, object], days: int, tier: Tier, criteria: list[str]
) -> None:
    ahead = alone(client_for_life()._replace(**change_of))  # type: ignore[arg-type]
    falls = fall(ahead)
    assert falls is not None
    assert falls.on == change(ahead).lapses_on == TODAY + timedelta(days=days)
    assert falls.tier is tier
    assert [loss.criterion for loss in falls.losses] == criteria


def test_a_key_client_falls_with_the_criterion_that_leaves_too_few() -> None:
    three = client(
        contact(TODAY),
        signs=[sign("steer", ago(360))],
        statements=[stated(Part.stake, "high", ago(200)), stated(Part.value, 9, ago(100))],
    )
    falls = fall(alone(three))
    assert falls is not None
    assert (days_to(falls.on), falls.tier) == (165, Tier.base)
    [loss] = falls.losses
    assert (loss.criterion, [record.what for record in loss.gone]) == ("depends", ["stake high"])
    assert loss.measured == "by then no stake stated in a year"
    assert loss.needed == "restate the stake by Wed 5 May 2027"


def test_a_fall_names_the_record_that_grows_too_old_and_what_would_hold() -> None:
    signs = [sign("consulted", ago(300), number=7), sign("early", ago(9), number=8), sign("door", ago(8), number=9)]
    falls = fall(alone(client_for_life()._replace(signs=tuple(signs), contacts=(contact(ago(400)), contact(ago(1))))))
    assert falls is not None
    [loss] = falls.losses
    assert (days_to(falls.on), loss.criterion) == (65, "trusted")
    assert [(record.what, record.number, record.on) for record in loss.gone] == [("consulted", 7, ago(300))]
    assert loss.needed == "one more of advice, consulted, inner by Mon 25 Jan 2027"


@pytest.mark.parametrize(
    ("change_of", "told"),
    [
        ({}, "no contact for 121 days by then"),
        (
            {"signs": (*client_for_life().signs, sign("complaint", TODAY, number=688))},
            "nobody has owned the complaint of Sun 22 Nov (i688) by then",
        ),
    ],
)
def test_what_will_be_left_is_told_from_the_day_that_asks(change_of: dict[str, object], told: str) -> None:
    falls = fall(alone(client_for_life()._replace(**change_of)))  # type: ignore[arg-type]
    assert falls is not None
    assert [loss.measured for loss in falls.losses] == [told]


@pytest.mark.parametrize("spells", [(), (Spell(ago(300), ago(200)),)])
def test_at_the_base_nobody_falls(spells: tuple[Spell, ...]) -> None:
    ahead = alone(client(contact(TODAY), archived=spells))
    assert (fall(ahead), change(ahead)) == (None, (None, None))


@pytest.mark.parametrize(
    ("owed", "left", "because"),
    [
        (promise(ago(1)), [14], "what was due yesterday is late"),
        (promise(ago(0)), [], "what is due today can be kept in time"),
        (promise(ago(-1)), [], "and what is due tomorrow"),
        (promise(ago(-1), by=Party.them), [14], "theirs is not for you to keep"),
        (promise(None), [14], "without a due day nothing is late, ever"),
        (promise(ago(0), kept(ago(0))), [14], "it is kept already"),
        (promise(ago(9), moved(ago(9), ago(0))), [], "the day to which it was moved is what counts"),
        (promise(ago(0), moved(ago(9), ago(1))), [14], "be it an earlier one"),
    ],
)
def test_what_can_still_be_kept_in_time_is_taken_for_kept(owed: Promise, left: list[int], because: str) -> None:
    ahead = with_promises_kept(alone(client_for_life()._replace(promises=(owed,))))
    assert [promise.number for promise in ahead.records.promises] == left, because
