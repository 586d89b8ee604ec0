"""Answers about change in the triangle, for the looks to be tested on; the people in them are fictional."""

from datetime import date

from c4l.actions.moves import Counted, History, Moves
from c4l.domain.causes import Cause, How
from c4l.domain.compared import Amount, Compared
from c4l.domain.moves import Change, Direction, TierMove
from c4l.domain.periods import Every
from c4l.domain.promises import Outcome
from c4l.domain.reasons import Exhibit
from c4l.domain.terms import ClientRef, Tier
from tests.render.views import ACME, BOB, DANA, HANA, JANE, LONG, MARKUP, OMAR, TODAY, ZOE, before

SINCE = before(90)


def counted(on: date, life: int, key: int, base: int, uncontacted: int = 0) -> Counted:
    return Counted(on, {Tier.life: life, Tier.key: key, Tier.base: base}, uncontacted)


def seen(what: str, ago: int, number: int, text: str, via: str = "call") -> Exhibit:
    return Exhibit("interaction", number, before(ago), what, via, text)


def recorded(exhibit: Exhibit) -> Cause:
    return Cause(How.recorded, exhibit.on, exhibit)


def change(criterion: str, tier: Tier, met: bool | None, measured: str, *causes: Cause) -> Change:
    return Change(criterion, tier, not met, met, "something else", measured, causes)


ROSE = TierMove(
    JANE,
    Tier.key,
    Tier.life,
    (
        change(
            "demands",
            Tier.key,
            False,
            "started 5 interactions in a year, 50 minutes; the median of the others is 60",
            Cause(
                How.others,
                None,
                None,
                "the others take more of your time than before",
                Compared((Amount(BOB, 40),), 1),
                Compared((Amount(ACME, 80), Amount(LONG, 40)), 2),
            ),
        ),
        change(
            "trusted",
            Tier.life,
            True,
            "3 of 5 seen in a year, 3 needed",
            recorded(seen("early", 62, 120, "flagged the audit early, and asked [/] for a name", "message")),
            recorded(seen("door", 12, 143, "introduced us to the CFO", "meeting")),
        ),
        change(
            "reliable",
            Tier.life,
            True,
            "6 of 6 promises honoured",
            *(
                recorded(Exhibit("promise", number, before(60 - number), Outcome.first_day, text=f"report {number}"))
                for number in range(7)
            ),
        ),
    ),
)
ROSE_TOO = TierMove(
    LONG,
    Tier.base,
    Tier.key,
    (
        change(
            "depends",
            Tier.key,
            True,
            "the stake is stated as high",
            recorded(Exhibit("assessment", None, before(20), "stake high", text="they carry the pilot")),
        ),
    ),
)
FELL = TierMove(
    DANA,
    Tier.life,
    Tier.base,
    (
        change(
            "trusted",
            Tier.life,
            False,
            "2 of 5 seen in a year, 3 needed",
            Cause(How.lapsed, before(10), seen("consulted", 375, 88, "asked us first"), "left the window"),
        ),
        change(
            "reliable",
            Tier.life,
            None,
            "1 of 2 promises honoured",
            Cause(
                How.aged,
                before(5),
                Exhibit("promise", 14, before(13), Outcome.overdue, text="the deck"),
                "more than 7 days past due",
            ),
        ),
        change(
            "drives",
            Tier.key,
            False,
            "5 % of stated value; clients above make 62 %",
            recorded(Exhibit("assessment", None, before(30), "value 5000", text="")),
            Cause(
                How.others,
                None,
                None,
                "clients above make a greater part of all value than before",
                now=Compared(tuple(Amount(ref, 62_000) for ref in (ACME, BOB, OMAR, ZOE, JANE)), 7),
            ),
        ),
    ),
)


def came(client: ClientRef, tier: Tier, ago: int, number: int, *changes: Change) -> TierMove:
    return TierMove(client, None, tier, changes, seen("first contact", ago, number, "said hello"))


NEW = came(
    HANA,
    Tier.key,
    40,
    130,
    change(
        "steers", Tier.key, True, "one steer seen in a year", recorded(seen("steer", 9, 150, "契約書は短く", "email"))
    ),
)
NEW_TOO = came(MARKUP, Tier.base, 3, 160, change("steers", Tier.key, True, "not told", recorded(seen("x", 1, 1, ""))))
NEW_THREE = came(BOB, Tier.base, 2, 161)
BACK = TierMove(OMAR, None, Tier.base, (), Exhibit("client", None, before(30), "unarchived"))
LEFT = TierMove(ZOE, Tier.key, None, (), Exhibit("client", None, before(52), "archived"))
STAYED = TierMove(
    ACME,
    Tier.key,
    Tier.key,
    (
        change(
            "unbroken",
            Tier.life,
            False,
            "one complaint, 20 days old, not owned yet",
            Cause(How.aged, before(12), seen("complaint", 20, 144, "the invoice"), "not owned within 7 days"),
        ),
    ),
)

WAYS = {Direction.rose: 2, Direction.fell: 1, Direction.new: 4, Direction.left: 1, Direction.stayed: 1}
THEN, NOW = counted(SINCE, 1, 3, 1200, 2), counted(TODAY, 1, 4, 1201)
WHOLE = (ROSE, ROSE_TOO, FELL, NEW, NEW_TOO, NEW_THREE, BACK, LEFT)
MOVES = Moves(THEN, NOW, TODAY, WAYS, WHOLE)
MOVES_ALL = Moves(THEN, NOW, TODAY, WAYS, (FELL,), (STAYED,), everybody=True)
MOVES_KEY = Moves(
    THEN._replace(on=date(2025, 12, 1)),
    NOW._replace(on=before(30)),
    TODAY,
    {**dict.fromkeys(Direction, 0), Direction.left: 1, Direction.stayed: 12},
    (LEFT,),
    tier=Tier.key,
)
NOBODY_MOVED = Moves(THEN, NOW, TODAY, dict.fromkeys(Direction, 0), ())
ALL_NEW = Moves(counted(SINCE, 0, 0, 0), NOW, TODAY, {**dict.fromkeys(Direction, 0), Direction.new: 2}, (NEW, NEW_TOO))
NOBODY_YET = Moves(counted(SINCE, 0, 0, 0), counted(TODAY, 0, 0, 0), TODAY, dict.fromkeys(Direction, 0), ())

MONTHS = tuple(
    counted(date(2026, month, 28), life, key, base, base // 5)
    for month, (life, key, base) in enumerate(((0, 0, 1), (0, 1, 4), (1, 1, 7), (1, 3, 9), (2, 3, 30), (3, 5, 42)), 1)
)
HISTORY = History(Every.month, MONTHS[-1].on, TODAY, MONTHS)
HISTORY_LARGE = History(
    Every.quarter,
    TODAY,
    TODAY,
    (counted(before(140), 1, 300, 9000), counted(before(53), 1, 2, 9500), counted(TODAY, 0, 400, 9600)),
    17,
)
HISTORY_ONE = History(Every.year, TODAY, TODAY, (counted(TODAY, 0, 0, 3),))
HISTORY_NONE = History(Every.month, TODAY, TODAY, ())
