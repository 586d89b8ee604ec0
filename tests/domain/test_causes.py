"""What made a finding change between two days: the records, the days alone, or the other clients."""

from datetime import date

import pytest

from c4l.domain.causes import How
from c4l.domain.moves import Change
from c4l.domain.records import Part, Records
from c4l.domain.terms import Stake
from tests.domain.books import (
    TODAY,
    ago,
    asked,
    broken,
    client,
    contact,
    kept,
    moved,
    promise,
    sign,
    stated,
    with_signs,
)
from tests.domain.looks import THEN, moves


def changed(own: Records, *others: Records, since: date = THEN, until: date = TODAY) -> dict[str, Change]:
    """What changed for one client among others, by criterion."""
    return {change.criterion: change for change in moves((own, *others), since, until)[0].changes}


def told(change: Change) -> list[tuple[str, date | None, int | None, str]]:
    """The causes of a change: how, on which day, the number and the word of the record."""
    return [
        (cause.how.value, cause.on, cause.exhibit and cause.exhibit.number, cause.exhibit.what if cause.exhibit else "")
        for cause in change.causes
    ]


def test_signs_that_appeared_are_the_first_of_each_kind_that_was_not_there() -> None:
    own = with_signs(
        sign("advice", ago(200), number=1),
        sign("early", ago(80), number=2),
        sign("door", ago(70), number=3),
        sign("door", ago(10), number=4),
        sign("advice", ago(5), number=5),
    )
    change = changed(own)["trusted"]
    assert (change.was, change.met) == (False, True)
    assert change.measured_then == "1 of 5 seen in a year, 3 needed"
    assert told(change) == [("recorded", ago(80), 2, "early"), ("recorded", ago(70), 3, "door")]


def test_signs_that_lapsed_are_the_last_of_each_kind_that_is_gone_with_the_day_it_went() -> None:
    own = with_signs(
        sign("advice", ago(400), number=1),
        sign("advice", ago(380), number=2),
        sign("early", ago(370), number=3),
        sign("early", ago(40), number=4),
        sign("door", ago(100), number=5),
    )
    change = changed(own)["trusted"]
    assert (change.was, change.met) == (True, False)
    assert told(change) == [("lapsed", ago(15), 2, "advice")]
    assert change.causes[0].words == "left the window"


@pytest.mark.parametrize(("age", "falls"), [(365, True), (364, False), (365 + 89, True), (365 + 90, None)])
def test_a_steer_lapses_on_the_very_day(age: int, falls: bool | None) -> None:
    found = changed(with_signs(sign("steer", ago(age))))
    assert ("steers" in found) is (falls is True)
    if falls:
        assert told(found["steers"]) == [("lapsed", ago(age - 365), 88, "steer")]


@pytest.mark.parametrize(
    ("statements", "cause"),
    [
        ([stated(Part.stake, Stake.high, ago(40))], ("recorded", ago(40), None, "stake high")),
        ([stated(Part.stake, Stake.low, ago(200)), stated(Part.stake, Stake.critical, ago(90 - 1))], None),
        (
            [stated(Part.stake, Stake.high, ago(200)), stated(Part.stake, Stake.low, ago(40))],
            ("recorded", ago(40), None, "stake low"),
        ),
        (
            [stated(Part.stake, Stake.high, ago(200)), stated(Part.stake, None, ago(40))],
            ("recorded", ago(40), None, "stake withdrawn"),
        ),
        ([stated(Part.stake, Stake.high, ago(400))], ("lapsed", ago(35), None, "stake high")),
        (
            [stated(Part.stake, Stake.low, ago(40)), stated(Part.stake, Stake.critical, ago(40))],
            ("recorded", ago(40), None, "stake critical"),
        ),
        (
            [
                stated(Part.stake, Stake.high, ago(200)),
                stated(Part.stake, Stake.low, ago(40)),
                stated(Part.tier, "key"),
            ],
            ("recorded", ago(40), None, "stake low"),
        ),
    ],
    ids=[
        "stated",
        "restated the day after",
        "lowered",
        "withdrawn",
        "not renewed",
        "twice on a day",
        "among other parts",
    ],
)
def test_a_view_of_your_own(statements: list[object], cause: tuple[object, ...] | None) -> None:
    change = changed(client(contact(ago(400)), statements=statements))["depends"]  # type: ignore[arg-type]
    assert told(change) == [cause or ("recorded", ago(89), None, "stake critical")]


def test_time_that_they_took_is_told_call_by_call() -> None:
    found = changed(asked(300, 200, 50, 20), asked(200, id=2))
    assert told(found["demands"]) == [
        ("recorded", ago(50), 102, "started by them"),
        ("recorded", ago(20), 103, "started by them"),
    ]


def test_time_that_they_no_longer_take_is_told_too() -> None:
    found = changed(asked(400, 370, 200, 100, 50), asked(200, id=2))
    assert told(found["demands"]) == [
        ("lapsed", ago(35), 100, "started by them"),
        ("lapsed", ago(5), 101, "started by them"),
    ]


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ([asked(200, 50, id=2, minutes=100)], "the others take more of your time than before"),
        ([asked(400, id=2)], "no other client starts interactions any more"),
    ],
)
def test_the_others_can_make_a_client_less_demanding(others: list[Records], words: str) -> None:
    change = changed(asked(300, 250, 200, 150), *others)["demands"]
    assert (change.met in (False, None), told(change)) == (True, [("others", None, None, "")])
    assert change.causes[0].words == words


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ([asked(400, 200, id=2, minutes=70)], "the others take less of your time than before"),
        ([asked(50, id=2)], "another client starts interactions, too"),
    ],
)
def test_the_others_can_make_a_client_more_demanding(others: list[Records], words: str) -> None:
    change = changed(asked(300, 250, 200, 150), *others)["demands"]
    assert [(cause.how, cause.words) for cause in change.causes] == [(How.others, words)]


def worth(value: int, on: date, id: int = 1, *later: tuple[int | None, date]) -> Records:
    said = [stated(Part.value, value, on), *(stated(Part.value, again, day) for again, day in later)]
    return client(contact(ago(400), number=id), id=id, statements=said)


@pytest.mark.parametrize(
    ("book", "met", "causes"),
    [
        ([worth(50, ago(200)), worth(60, ago(50), 2)], False, ["others"]),
        ([worth(50, ago(200)), worth(60, ago(400), 2)], True, ["others"]),
        ([worth(50, ago(200), 1, (5, ago(50))), worth(40, ago(200), 2)], False, ["recorded"]),
        ([worth(50, ago(200), 1, (None, ago(50))), worth(40, ago(200), 2)], False, ["recorded"]),
        ([worth(50, ago(400)), worth(40, ago(200), 2)], False, ["lapsed"]),
        # Nothing was stated before: there was nothing with which the others could have been compared.
        ([worth(50, ago(50)), worth(60, ago(400), 2)], True, ["recorded"]),
        # Stated anew at the same value: that is not what changed it.
        ([worth(50, ago(200), 1, (50, ago(50))), worth(60, ago(50), 2)], False, ["others"]),
        # Neither alone would have done it: 60 of 130 above, then 65 of 135; 60 of 125; and 65 of 130.
        (
            [worth(70, ago(200), 1, (65, ago(50))), worth(60, ago(200), 2, (66, ago(50)))],
            False,
            ["recorded", "others"],
        ),
    ],
)
def test_value_and_the_value_of_others(book: list[Records], met: bool, causes: list[str]) -> None:
    change = changed(*book)["drives"]
    assert (bool(change.met), [cause.how.value for cause in change.causes]) == (met, causes)
    part = "smaller" if met else "greater"
    assert all(part in cause.words for cause in change.causes if cause.how is How.others)


@pytest.mark.parametrize(
    ("promises", "met", "causes"),
    [
        ((promise(ago(50), kept(ago(55)), number=1),), True, [("recorded", ago(55), 1, "kept")]),
        (
            (promise(ago(20), number=1), promise(ago(19), number=2)),
            False,
            [("aged", ago(12), 1, "overdue"), ("aged", ago(11), 2, "overdue")],
        ),
        ((promise(ago(60), number=1, made=ago(20)),), False, [("aged", ago(20), 1, "overdue")]),
        ((promise(ago(12), number=1, made=ago(10)),), False, [("aged", ago(4), 1, "overdue")]),
        (
            (promise(ago(-30), moved(ago(40), ago(-20)), moved(ago(15), ago(50)), number=1),),
            False,
            [("aged", ago(15), 1, "overdue")],
        ),
        ((promise(ago(30), moved(ago(35), ago(25)), number=1),), False, [("aged", ago(17), 1, "overdue")]),
        ((promise(ago(7), number=1),), None, []),
        ((promise(ago(50), broken(ago(50)), number=1),), True, [("recorded", ago(50), 1, "broken")]),
    ],
    ids=[
        "the third that counts",
        "overdue for more than a week",
        "overdue when it was made",
        "and so when the week was over",
        "overdue when it was moved",
        "moved, and overdue for more than a week",
        "overdue for a week",
        "missed, and forgiven",
    ],
)
def test_promises_that_came_to_count(
    promises: tuple[object, ...], met: bool | None, causes: list[tuple[object, ...]]
) -> None:
    two = [promise(ago(200), kept(ago(200)), number=number) for number in (11, 12)]
    more = [promise(ago(150), kept(ago(150)), number=13)] if met is False else []
    found = changed(client(contact(ago(400)), promises=[*two, *more, *promises]))  # type: ignore[list-item]
    assert [told(found[name]) for name in found if name == "reliable"] == ([causes] if causes else [])


@pytest.mark.parametrize(
    ("promises", "causes"),
    [
        (
            [promise(ago(300), kept(ago(60)), number=1)],
            [("recorded", ago(60), 1, "kept late")],
        ),
        ([promise(ago(300), moved(ago(60), ago(-9)), number=1)], [("recorded", ago(60), 1, "moved")]),
        (
            [promise(ago(300), moved(ago(60), ago(-9)), kept(ago(30)), number=1)],
            [("recorded", ago(30), 1, "moved, not told in time")],
        ),
        (
            [promise(ago(420), broken(ago(420), told=True), number=1), promise(ago(200), broken(ago(200)), number=2)],
            [("lapsed", ago(55), 1, "broken, told early")],
        ),
    ],
    ids=["kept late", "moved on", "moved and kept", "missed long ago"],
)
def test_a_promise_that_stood_in_the_way(promises: list[object], causes: list[tuple[object, ...]]) -> None:
    good = [promise(ago(200), kept(ago(200)), number=number) for number in (11, 12, 13)]
    change = changed(client(contact(ago(400)), promises=[*good, *promises]))["reliable"]  # type: ignore[list-item]
    assert (change.was, change.met, told(change)) == (False, True, causes)


def test_promises_that_lapsed_are_told_only_where_they_would_have_helped() -> None:
    long_ago = [promise(ago(400), kept(ago(400)), number=number) for number in (1, 2)]
    recent = [promise(ago(200), kept(ago(200)), number=number) for number in (11, 12, 13)]
    lapsed = changed(client(contact(ago(400)), promises=[*long_ago, recent[0]]))["reliable"]
    assert told(lapsed) == [("lapsed", ago(35), 1, "kept"), ("lapsed", ago(35), 2, "kept")]

    overdue = changed(client(contact(ago(400)), promises=[*long_ago, *recent, promise(ago(20), number=20)]))
    assert told(overdue["reliable"]) == [("aged", ago(12), 20, "overdue")]
    assert overdue["reliable"].causes[0].words == "more than 7 days past due"


@pytest.mark.parametrize(
    ("own", "met", "causes"),
    [
        (client(contact(ago(400)), contact(ago(200), number=1)), False, [("aged", ago(79), 1, "last")]),
        (
            client(contact(ago(200), number=1), contact(ago(30), number=2)),
            True,
            [("aged", ago(20), 1, "first")],
        ),
        (
            client(contact(ago(400), number=1), contact(ago(30), number=2), contact(ago(20), number=3)),
            True,
            [("recorded", ago(20), 3, "last")],
        ),
        (
            client(contact(ago(90 + 121), number=1), contact(ago(20), number=2)),
            True,
            [("aged", ago(31), 1, "first"), ("recorded", ago(20), 2, "last")],
        ),
        (
            client(contact(ago(90 + 120), number=1), contact(ago(20), number=2)),
            True,
            [("aged", ago(30), 1, "first")],
        ),
        (
            client(contact(ago(100), number=1), since=ago(240)),
            True,
            [("aged", ago(60), None, "since")],
        ),
    ],
    ids=[
        "silence",
        "long enough",
        "an end of silence",
        "long enough, and an end of silence",
        "long enough, and no silence yet",
        "a stated beginning",
    ],
)
def test_lasting(own: Records, met: bool, causes: list[tuple[object, ...]]) -> None:
    change = changed(own)["lasting"]
    assert (change.met, told(change)) == (met, causes)


@pytest.mark.parametrize(
    ("seen", "met", "causes"),
    [
        ([("complaint", 40, 1)], False, [("aged", ago(32), 1, "complaint")]),
        ([("complaint", 95, 1), ("surprise", 20, 2), ("surprise", 7, 3)], False, None),
        ([("complaint", 200, 1), ("complaint", 150, 2), ("owned", 40, 3)], True, [("recorded", ago(40), 3, "owned")]),
        (
            [("complaint", 400, 1), ("surprise", 200, 2), ("owned", 40, 3), ("complaint", 5, 4)],
            True,
            [("recorded", ago(40), 3, "owned")],
        ),
        ([("complaint", 400, 1)], True, [("lapsed", ago(35), 1, "complaint")]),
    ],
    ids=["not owned", "two not owned", "owned", "owned, and long ago", "long ago"],
)
def test_slips(seen: list[tuple[str, int, int]], met: bool, causes: list[tuple[object, ...]] | None) -> None:
    own = client(contact(ago(400)), signs=[sign(name, ago(age), number=number) for name, age, number in seen])
    change = changed(own)["unbroken"]
    assert (change.met, told(change)) == (
        met,
        causes or [("aged", ago(87), 1, "complaint"), ("aged", ago(12), 2, "surprise")],
    )
