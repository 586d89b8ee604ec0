"""Answers of `assess` and `check` with fictional people, for the looks to be tested on."""

from c4l.actions.assess import ViewPage, Views
from c4l.actions.check import Checked
from c4l.domain.checks import findings
from c4l.domain.clients import KeyDate
from c4l.domain.doubts import Book, Owed, Plan
from c4l.domain.duplicates import Named
from c4l.domain.evidence import window
from c4l.domain.names import name_key
from c4l.domain.own_view import OwnView, Stands, own_view
from c4l.domain.records import Part, Statement
from c4l.domain.terms import ClientRef, Party, Tier
from c4l.domain.thresholds import DEFAULTS
from tests.render.views import ACME, BOB, DANA, HANA, JANE, LONG, MARKUP, OMAR, TODAY, ZOE, before

_RECENT = window(TODAY, DEFAULTS)


def _view(client: ClientRef, tier: Tier | None, *said: Statement) -> OwnView:
    return own_view(client, tier, {statement.part: statement for statement in said}, _RECENT)


def _tier(days: int, said: Tier | None, because: str | None = None) -> Statement:
    return Statement(Part.tier, before(days), said, because)


OMAR_SAID = _tier(45, Tier.life, "feels like a friend by now")
_OMAR = _view(OMAR, Tier.key, OMAR_SAID)
_LONG = _view(LONG, Tier.key, _tier(500, Tier.base, "met them only at the fair, where everybody is friendly"))
_ALL = (
    _view(DANA, Tier.life),
    _OMAR,
    _LONG,
    _view(HANA, Tier.base),
    _view(MARKUP, Tier.base, _tier(30, Tier.key, "[bold]said[/] :bomb:")),
    _view(JANE, Tier.life, _tier(0, Tier.life)),
    _view(ACME, Tier.key, _tier(90, None)),
)


def _views(*views: OwnView, more: int = 0) -> Views:
    counts = {stands: sum(view.stands is stands for view in views) for stands in Stands}
    return Views(views, counts, more, TODAY)


VIEWS = _views(*_ALL)
VIEWS_MORE = _views(*_ALL[:2], more=18)
VIEWS_AGREED = _views(_ALL[5])
VIEWS_NONE = _views()
VIEW = ViewPage(
    _OMAR,
    (
        OMAR_SAID,
        Statement(Part.value, before(45), "45000", "feels like a friend by now"),
        Statement(Part.stake, before(45), "high"),
        Statement(Part.tier, before(400), "key", "they renewed"),
        Statement(Part.value, before(500), None),
    ),
    TODAY,
)
VIEW_OLD = ViewPage(_LONG, tuple(_LONG.said.values()), TODAY)
VIEW_UNPLACED = ViewPage(_view(BOB, None), (), TODAY)


def _named(client: ClientRef, *aliases: str) -> Named:
    return Named(client, name_key(client.name), None, tuple(map(name_key, aliases)))


JANE_AGAIN = ClientRef(21, "jane-doe-2", "Jane Doe")
SOCIETY = "society-for-the-preservation-of-very-lon"
_BOOK = Book(
    TODAY,
    names=(_named(JANE), _named(JANE_AGAIN), _named(BOB, "Zoe Nadir"), _named(ZOE), _named(OMAR)),
    owed=(
        Owed(14, JANE, Party.me, "think about the workshop", before(40), None),
        Owed(36, LONG, Party.me, "a list of all the members who ever asked for a shorter name", before(400), None),
        Owed(37, HANA, Party.me, "契約書の草案を送る", before(1), None),
        Owed(41, BOB, Party.them, "purchase order", before(60), before(20), archived=True),
        Owed(43, ACME, Party.me, "figures for the board pack", before(200), before(120)),
    ),
    views=(_OMAR, _view(LONG._replace(handle=SOCIETY), Tier.key, _tier(30, Tier.base))),
    plans=(Plan(88, before(30), (JANE, DANA), "lunch\nat the harbour", before(40)),),
    ahead=(Plan(90, before(-800), (MARKUP,), "the [red]fair[/]"),),
    key_dates=((DANA, KeyDate("first day's end", 2, 30)),),
)
CHECKED = Checked(tuple(findings(_BOOK)), TODAY)
CHECKED_STRICT = Checked(tuple(findings(_BOOK, strict=True)), TODAY, strict=True)
