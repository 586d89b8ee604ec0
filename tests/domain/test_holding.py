"""What would hold a place: whatever is named, and done by its day, must hold it, and no less would."""

from datetime import timedelta

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from c4l.domain.acts import carried_out
from c4l.domain.evidence import Glance, placed
from c4l.domain.lapses import Fall, Outlook, fall, with_promises_kept
from c4l.domain.placement import tier_on
from c4l.domain.records import Part, Promise, Records
from c4l.domain.signals import TRUST
from c4l.domain.terms import Party, Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import (
    TODAY,
    ago,
    books,
    broken,
    client,
    client_for_life,
    contact,
    honoured_promises,
    kept,
    moved,
    promise,
    sign,
    stated,
)
from tests.domain.looks import beside, held_on

STRICT = DEFAULTS._replace(reliable_missed=0, reliable_grace_days=0, unbroken_grace_days=0, lasting_silence_days=40)
ages = st.sampled_from((0, 1, 7, 8, 30, 100, 330, 350, 364))


@st.composite
def above_the_base(draw: st.DrawFn) -> Records:
    """Somebody who is likely to stand above the base, with more or less that will cost them the place."""
    shown = [
        sign(name, ago(draw(ages)), number=n) for n, name in enumerate((*TRUST[:4], "steer", "complaint", "owned"))
    ]
    given = draw(st.lists(st.sampled_from(shown), max_size=4))
    owed = [promise(ago(due), number=200 + n) for n, due in enumerate(draw(st.lists(st.integers(-20, 9), max_size=3)))]
    late = [
        promise(ago(300), broken(ago(draw(ages.filter(lambda age: age > 0)))), number=300 + n)
        for n in range(draw(st.integers(0, 2)))
    ]
    done = [promise(ago(365), kept(ago(366 - draw(st.integers(1, 60)))), number=400 + n) for n in range(3)]
    done = [it._replace(first_due_on=TODAY) for it in done]
    stake = [stated(Part.stake, "high", ago(draw(ages)))] if draw(st.booleans()) else []
    value = [stated(Part.value, 9, ago(draw(ages)))] if draw(st.booleans()) else []
    asked = [contact(ago(draw(ages)), number=500 + n, reached_out=Party.them) for n in range(draw(st.integers(0, 6)))]
    return client(
        contact(ago(400)),
        contact(ago(draw(ages))),
        *asked,
        signs=[*client_for_life().signs[: draw(st.integers(0, 3))], *given],
        promises=[*honoured_promises(draw(st.integers(0, 20))), *done, *late, *owed],
        statements=[*stake, *value],
    )


def among_others(records: Records, thresholds: Thresholds = DEFAULTS) -> Outlook:
    others = [Glance(asked=2, asked_minutes=30, value=5), Glance(asked=5, asked_minutes=10, value=3)]
    return beside(records, *others, thresholds=thresholds)


def tier_with(ahead: Outlook, falls: Fall, left_out: int | None = None) -> Tier:
    """Where they stand on the day of the fall, once all that holds them is done but perhaps one act."""
    done = [act for number, act in enumerate(falls.holds) if number != left_out]
    return tier_on(held_on(ahead, falls.on, carried_out(ahead.records, done)))


def held(ahead: Outlook, falls: Fall) -> None:
    before = tier_on(held_on(ahead, falls.on - timedelta(days=1)))

    assert falls.tier.rank < before.rank
    assert tier_with(ahead, falls).rank >= before.rank, "all of it holds the place"
    for number in range(len(falls.holds)):
        assert tier_with(ahead, falls, number).rank < before.rank, "and nothing of it can be left out"
    assert all(ahead.day <= act.on < falls.on for act in falls.holds)
    assert {act.criterion for act in falls.holds} <= {loss.criterion for loss in falls.losses}


@settings(max_examples=150, deadline=None)
@given(above_the_base(), st.sampled_from((DEFAULTS, STRICT)))
def test_what_is_named_holds_the_place_on_the_day_of_the_fall_and_no_less_does(
    records: Records, thresholds: Thresholds
) -> None:
    ahead = among_others(records, thresholds)
    held(ahead, fall(ahead) or reject())


@settings(max_examples=60, deadline=None)
@given(
    books(3), st.sampled_from((DEFAULTS._replace(key_needed=1), STRICT._replace(trusted_needed=1, reliable_least=0)))
)
def test_it_does_in_any_book(book: list[Records], thresholds: Thresholds) -> None:
    for records in book:
        ahead = among_others(records, thresholds)
        if placed(records, TODAY) and (falls := fall(ahead)) is not None:
            held(ahead, falls)


def jane(*more: Promise, **changed: object) -> Records:
    """A client for life; eight of your promises were kept in time, one late."""
    late = promise(ago(9), kept(ago(0)), number=112)
    found = client_for_life()._replace(promises=(*honoured_promises(8), late, *more))
    return found._replace(**changed)  # type: ignore[arg-type]


STEER = client(contact(TODAY), signs=[sign("steer", ago(300))], statements=[stated(Part.stake, "critical", ago(100))])


@pytest.mark.parametrize(
    ("records", "told", "because"),
    [
        (jane(promise(ago(-2), number=123)), ["keep 123 by Tue 24 Nov"], "late it would be the second one missed"),
        (
            jane(promise(ago(-2), number=123), promise(ago(-2), number=124)),
            ["keep 123 by Tue 24 Nov", "keep 124 by Tue 24 Nov"],
            "one alone would leave the other lying",
        ),
        (
            client_for_life()._replace(promises=(*honoured_promises(3), promise(ago(5), number=9))),
            ["keep 9 by Tue 24 Nov"],
            "late already, and the one that is forgiven",
        ),
        (
            client_for_life()._replace(promises=(*honoured_promises(2), promise(ago(364), kept(ago(364))))),
            ["keep one more promise by Sun 22 Nov"],
            "three are needed",
        ),
        (
            client_for_life()._replace(
                promises=(*honoured_promises(2), promise(ago(364), kept(ago(364))), promise(ago(-40), number=7))
            ),
            ["keep 7 by Sun 22 Nov"],
            "what is promised already comes before a new one",
        ),
        (
            client_for_life()._replace(
                promises=(
                    *honoured_promises(1),
                    promise(ago(364), kept(ago(364)), number=9),
                    promise(ago(100), broken(ago(100)), number=5),
                    promise(ago(20), moved(ago(9), ago(-40)), number=6),
                    promise(ago(-50), number=7),
                )
            ),
            ["keep 7 by Sun 22 Nov"],
            "one that was moved quietly helps nobody once it is kept, though it is due before",
        ),
        (
            jane(contacts=(contact(ago(400)), contact(ago(3)))),
            ["be in touch by Fri 19 Mar 2027"],
            "121 days are too many",
        ),
        (
            jane(signs=(*client_for_life().signs, sign("complaint", TODAY, number=688))),
            ["own the complaint of Sun 22 Nov (i688) by Sun 29 Nov"],
            "a week, and its last day",
        ),
        (
            jane(
                contacts=(contact(ago(400)), contact(ago(113))),
                signs=(*client_for_life().signs, sign("complaint", TODAY, number=688)),
            ),
            ["own the complaint of Sun 22 Nov (i688) by Sun 29 Nov"],
            "who owns a slip is in touch, too",
        ),
        (
            jane(signs=(*client_for_life().signs[1:], sign("inner", ago(360)))),
            ["one more of advice, consulted, inner by Thu 26 Nov"],
            "the one that grows too old would do, too",
        ),
        (STEER, ["one more steer by Mon 25 Jan 2027"], "theirs to give"),
        (
            STEER._replace(signs=(sign("steer", ago(1)),)),
            ["restate the stake by Fri 13 Aug 2027"],
            "a view that nobody renewed",
        ),
    ],
)
def test_what_would_hold_it_is_told_from_the_day_that_asks(records: Records, told: list[str], because: str) -> None:
    falls = fall(among_others(records))
    assert falls is not None
    assert [act.text for act in falls.holds] == told, because


LATE = promise(ago(7), number=9)
LAPSING = promise(ago(364), kept(ago(364)), number=8)


@pytest.mark.parametrize(
    ("promises", "commands", "because"),
    [
        ([*honoured_promises(3), LATE], [["keep 9", "move 9 DAY --told"]], "three are enough without it"),
        ([*honoured_promises(2), LAPSING, LATE], [["keep 9"]], "it must be kept to be the third"),
        ([*honoured_promises(9), promise(ago(9), kept(TODAY)), promise(ago(-2))], [["keep 14"]], "not late yet"),
        (
            [*honoured_promises(2), LAPSING, LATE, LATE._replace(number=10)],
            [["keep 9", "move 9 DAY --told"], ["keep 10"]],
            "one of the two must be the third",
        ),
    ],
)
def test_to_move_it_is_named_only_where_that_holds_the_place(
    promises: list[Promise], commands: list[list[str]], because: str
) -> None:
    # What is kept late counts as missed: as many as there are may be.
    forgiving = DEFAULTS._replace(reliable_missed=len(commands))
    falls = fall(among_others(client_for_life()._replace(promises=tuple(promises)), forgiving))
    assert falls is not None
    lines = [[command.line.removeprefix("c4l ") for command in act.commands] for act in falls.holds]
    assert lines == commands, because


@pytest.mark.parametrize("times", [1, 3])
def test_what_they_would_have_to_ask_holds_the_place_to_the_minute(times: int) -> None:
    """Of the others one takes 10 minutes, one 5: half a minute short is short."""
    thresholds = DEFAULTS._replace(demands_times=times, demands_least=1)
    steering = client(contact(ago(364), reached_out=Party.them, minutes=60), signs=[sign("steer", TODAY)])
    ahead = beside(steering, Glance(asked=1, asked_minutes=5), Glance(asked=1, asked_minutes=10), thresholds=thresholds)
    falls = fall(ahead)
    assert falls is not None
    held(ahead, falls)
    [step] = falls.holds
    [asked] = step.left.contacts
    assert asked.minutes == {1: 8, 3: 23}[times]


@pytest.mark.parametrize(
    ("promises", "in_time", "because"),
    [
        ([promise(ago(-2))], True, "not due yet"),
        ([promise(ago(0))], True, "due today is in time"),
        ([promise(ago(1))], False, "due yesterday is late"),
        ([promise(ago(-2)), promise(ago(-2), number=15)], True, "two of them"),
        (
            [promise(ago(30), moved(ago(9), ago(-2)), number=15)],
            False,
            "to keep it is not enough: it was moved quietly",
        ),
    ],
)
def test_a_promise_that_is_not_late_yet_is_told_apart(promises: list[Promise], in_time: bool, because: str) -> None:
    falls = fall(among_others(jane(*promises)))
    assert falls is not None
    assert falls.in_time is in_time, because


@settings(max_examples=60, deadline=None)
@given(above_the_base())
def test_without_what_is_in_time_nobody_falls_sooner_nor_for_its_sake(records: Records) -> None:
    ahead = among_others(records)
    falls, later = fall(ahead), fall(with_promises_kept(ahead))
    assume(later is not None)
    assert falls is not None
    assert later is not None
    assert falls.on <= later.on
    assert not later.in_time


def test_an_act_that_a_later_one_makes_needless_is_not_named() -> None:
    """The steer is contact, too, and with the complaint a year old it makes a client for life: no stake is needed."""
    records = client(
        contact(ago(400)),
        contact(ago(9)),
        signs=[*client_for_life().signs, sign("complaint", ago(120)), sign("steer", ago(100))],
        promises=honoured_promises(3),
        statements=[stated(Part.stake, "high", ago(100))],
    )
    found = fall(beside(records))
    assert found is not None
    assert [act.criterion for act in found.holds] == ["steers"]
