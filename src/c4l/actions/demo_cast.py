"""The people of the demo: a fictional practice that advises small firms, with its team, friends and family.

All days are counted back from the day the demo is made (below 0: to come), so that the book never ages.
"""

from typing import NamedTuple

from c4l.domain.terms import FactKind, Kind, Stake, Tier


class View(NamedTuple):
    """Your own view of a client, stated so many days ago; what is None is not stated."""

    ago: int
    stake: Stake | None = None
    value: int | None = None
    tier: Tier | None = None
    because: str | None = None


class Knowledge(NamedTuple):
    """Something learned of a client so many days ago; a goal may have been reached, with an outcome."""

    ago: int
    kind: FactKind
    text: str
    reached: int | None = None
    outcome: str | None = None


class Anniversary(NamedTuple):
    """A key date that comes round in so many days; the year is that many years back."""

    ahead: int
    label: str
    years: int | None = None


class Person(NamedTuple):
    """A client, and the routine between you beside what the story tells.

    Attributes:
        first: days since the first contact.
        last: days since the last of the routine.
        rhythm: days between two contacts of the routine, more or less; 0 for none.
        asks: of a hundred of those, so many were started by them.
        kept: promises of yours that you kept within the last year as a matter of course.
        met: days since they came into the book, of those who were never contacted.
        next_in: days up to the next contact that you set.
        archived: days since they were put away.
        leap_day_of: the year of a birthday on 29 February.
    """

    name: str
    kind: Kind = Kind.customer
    organisation: str | None = None
    role: str | None = None
    tags: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    rhythm: int = 0
    asks: int = 30
    kept: int = 0
    met: int = 0
    cadence: int | None = None
    next_in: int | None = None
    archived: int | None = None
    view: View | None = None
    facts: tuple[Knowledge, ...] = ()
    dates: tuple[Anniversary, ...] = ()
    leap_day_of: int | None = None


_GOAL, _INTEREST, _TASTE, _WORRY, _BACKGROUND = FactKind
_HOUSE = "our own house"

CAST = (
    # At the top: they ask first, bring problems early and open doors; and they can count on you.
    Person(
        "Jane Doe",
        organisation="Acme Finance",
        role="head of finance",
        tags=("board", "renewal"),
        first=722,
        last=10,
        rhythm=15,
        asks=45,
        kept=9,
        view=View(64, Stake.high, 150_000, Tier.life, "would take us with her wherever she goes"),
        facts=(
            Knowledge(400, _GOAL, "close the books in five days", 95, "six days, and she calls it done"),
            Knowledge(88, _GOAL, "one vendor instead of three"),
            Knowledge(210, _TASTE, "bad news by phone, never by email"),
        ),
        dates=(Anniversary(24, "contract renewal", 2),),
    ),
    Person(
        "Dana Iqbal",
        organisation="Tern Logistics",
        role="operations director",
        tags=("renewal",),
        first=840,
        last=24,
        rhythm=17,
        asks=35,
        kept=6,
        view=View(150, Stake.medium, 60_000),
        facts=(
            Knowledge(172, _GOAL, "pass the audit without a finding"),
            Knowledge(300, _WORRY, "two of her best planners may leave"),
            Knowledge(62, _INTEREST, "wants her board to see the warehouse as an asset"),
        ),
        dates=(Anniversary(41, "birthday"),),
    ),
    Person(
        "Nora Quill",
        Kind.friend,
        tags=("choir",),
        first=700,
        last=6,
        rhythm=20,
        asks=50,
        kept=4,
        cadence=21,
        facts=(Knowledge(140, _GOAL, "open her own studio"), Knowledge(500, _TASTE, "peonies, no lilies")),
        dates=(Anniversary(5, "birthday", 41),),
    ),
    # Key: you cannot do without them, or they tell you where to go.
    Person(
        "Acme Finance",
        role="the firm itself",
        tags=("board", "renewal"),
        first=730,
        last=9,
        rhythm=24,
        kept=7,
        view=View(120, Stake.critical, 240_000, because="a quarter of our year"),
        facts=(Knowledge(120, _BACKGROUND, "board meets on the first Thursday of a quarter"),),
    ),
    Person(
        "Omar Lund",
        organisation="Fjord Systems",
        role="chief technology officer",
        first=610,
        last=36,
        rhythm=26,
        asks=40,
        kept=4,
        view=View(45, Stake.high, 45_000, Tier.life, "feels like a friend by now"),
        facts=(Knowledge(45, _WORRY, "security reviews that nobody owns"),),
    ),
    Person(
        "Bob Stone",
        organisation="Stone Builders",
        role="owner",
        tags=("weekly",),
        first=560,
        last=8,
        rhythm=8,
        asks=80,
        kept=5,
        view=View(200, Stake.medium, 180_000),
        facts=(Knowledge(330, _TASTE, "figures on one page, in large print"),),
    ),
    Person(
        "Greta Holm",
        organisation="Holm Clinics",
        role="managing partner",
        first=650,
        last=32,
        rhythm=25,
        kept=5,
        view=View(80, Stake.high, 40_000),
        facts=(Knowledge(260, _GOAL, "a second clinic by summer"),),
    ),
    Person(
        "Blue Heron Books",
        role="bookshops, four of them",
        tags=("retail",),
        first=480,
        last=8,
        rhythm=22,
        kept=3,
        view=View(140, Stake.critical, 90_000),
        facts=(Knowledge(140, _GOAL, "sell as much online as over the counter"),),
    ),
    Person(
        "Felix Amadi",
        Kind.internal,
        _HOUSE,
        "head of delivery",
        first=690,
        last=2,
        rhythm=11,
        asks=30,
        kept=3,
        view=View(100, Stake.high),
        facts=(Knowledge(100, _BACKGROUND, "decides who works on what, every other Monday"),),
        dates=(Anniversary(17, "ten years with us", 10),),
    ),
    # The base: everybody else counts, too.
    Person(
        "Priya Fenwick",
        organisation="Fenwick Optics",
        role="founder",
        first=430,
        last=27,
        rhythm=30,
        asks=20,
        kept=4,
        next_in=6,
        view=View(90, Stake.medium, 15_000),
        facts=(
            Knowledge(75, _GOAL, "hire a second optician"),
            Knowledge(75, _INTEREST, "afternoons with her children"),
        ),
    ),
    Person(
        "Tomas Birk",
        organisation="Birk & Sons",
        role="buyer",
        first=390,
        last=16,
        rhythm=33,
        asks=20,
        kept=2,
        view=View(110, Stake.high, 12_000),
    ),
    Person(
        "Lena Ortiz",
        Kind.partner,
        "Ortiz Legal",
        "lawyer",
        tags=("referrals",),
        first=520,
        last=25,
        rhythm=45,
        kept=2,
    ),
    Person("Ivo Marsh", organisation="Marsh Cycles", role="owner", first=44, last=7, rhythm=13, asks=20),
    Person(
        "Kit Sandoval",
        Kind.team,
        _HOUSE,
        "analyst",
        tags=("our team",),
        first=400,
        last=3,
        rhythm=14,
        kept=3,
        facts=(Knowledge(150, _GOAL, "lead a project of her own", 30, "leads the Fjord review"),),
        dates=(Anniversary(2, "joined us", 2),),
    ),
    Person("Uma Reyes", Kind.team, _HOUSE, "bookkeeper", tags=("our team",), first=620, last=5, rhythm=16, kept=2),
    Person("Sam Pickering", Kind.team, _HOUSE, "trainee", tags=("our team",), first=150, last=4, rhythm=15, kept=1),
    Person("Ada Thorne", Kind.internal, _HOUSE, "people and pay", first=500, last=30, rhythm=50, kept=1),
    Person("Milo Vance", Kind.friend, tags=("choir",), first=680, last=66, rhythm=40, asks=50, leap_day_of=1988),
    Person(
        "Ruth Doyle",
        Kind.family,
        role="aunt",
        first=700,
        last=16,
        rhythm=19,
        asks=40,
        kept=2,
        cadence=14,
        facts=(Knowledge(280, _TASTE, "tea at four, and no calls during the news"),),
        dates=(Anniversary(12, "birthday", 74),),
    ),
    Person("Ben Doyle", Kind.family, role="brother", first=640, last=33, rhythm=31, asks=50, kept=1, cadence=30),
    Person(
        "Cedar Row School",
        role="a school of 300",
        tags=("pro bono",),
        first=530,
        last=163,
        rhythm=48,
        asks=20,
        kept=1,
        view=View(170, Stake.low, 6_000),
    ),
    Person(
        "Elsa Winther",
        Kind.partner,
        "Winther Design",
        "designer",
        tags=("referrals",),
        first=450,
        last=41,
        rhythm=60,
        kept=1,
    ),
    Person(
        "Paul Ostrander",
        organisation="Ostrander Foods",
        role="plant manager",
        first=310,
        last=15,
        rhythm=32,
        asks=25,
        kept=2,
        view=View(60, Stake.low, 8_000),
    ),
    # Met at a fair, and nobody has called yet.
    Person("Zoe Tanner", organisation="Tanner Press", role="publisher", tags=("referrals",), met=18),
    # Went out of business.
    Person(
        "Hugo Brandt", organisation="Brandt Lamps", role="owner", first=600, last=75, rhythm=40, kept=1, archived=40
    ),
)
