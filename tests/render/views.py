"""Answers with fictional people, for the looks to be tested on."""

from datetime import date, time, timedelta

from c4l.actions.clients import ClientList, ClientPage
from c4l.actions.habits import Habits
from c4l.actions.imports import ImportReport, Remark
from c4l.actions.interactions import InteractionList, WantedInteractions
from c4l.actions.log import InteractionPage, Logged
from c4l.actions.mending import Removal
from c4l.actions.promises import PromiseList, PromiseView, Wanted, view
from c4l.actions.search import Found
from c4l.actions.triangle import Placed, TriangleView, Why
from c4l.domain.acts import Act, Step
from c4l.domain.clients import Client, Fact, Interaction, KeyDate, Learned, Seen
from c4l.domain.compared import COMPARED
from c4l.domain.evidence import Depth, Glance, glance, peers
from c4l.domain.goals import Helped
from c4l.domain.habits import HABITS, Given, by_week
from c4l.domain.lapses import Change, Fall, Loss, fall, outlook, with_lapses
from c4l.domain.placement import place
from c4l.domain.reasons import Exhibit
from c4l.domain.records import Contact, Event, Part, Promise, Records, Sign, Statement, Verb
from c4l.domain.search import Hit, Sought, phrases
from c4l.domain.terms import Channel, ClientRef, FactKind, Kind, Party, Stake, Tier
from c4l.domain.thresholds import DEFAULTS
from c4l.domain.weeks import monday_of

TODAY = date(2026, 11, 22)  # a Sunday

JANE = ClientRef(1, "jane-doe", "Jane Doe")
ACME = ClientRef(2, "acme-finance", "Acme Finance")
OMAR = ClientRef(3, "omar-lund", "Omar Lund")
BOB = ClientRef(4, "bob-stone", "Bob Stone")
DANA = ClientRef(5, "dana-iqbal", "Dana Iqbal")
HANA = ClientRef(6, "山田-花子", "山田 花子")
ZOE = ClientRef(7, "zoe-nadir", "Zoe\u0308 Nádir")
MARKUP = ClientRef(8, "bold", "[bold]Max[/] :bomb: \x1b[31mRed")
LONG = ClientRef(9, "society", "Society for the Preservation of Very Long and Rather Unwieldy Names")


def before(days: int) -> date:
    return TODAY - timedelta(days=days)


def promise(
    number: int,
    client: ClientRef,
    what: str,
    due: int | None,
    *events: Event,
    by: Party = Party.me,
    made: int = 40,
    interaction: int | None = None,
) -> PromiseView:
    """A promise due so many days after today (before it, where negative)."""
    due_on = None if due is None else before(-due)
    return view(Promise(number, client, by, what, before(made), due_on, interaction, events), TODAY)


def moved(on: int, to: int, *, told: bool = False, because: str | None = None, plan: str | None = None) -> Event:
    """A move so many days ago, to so many days after today."""
    return Event(Verb.moved, before(on), before(-to), told, because, plan)


DECK = promise(14, JANE, "send the renewal deck", -15, moved(16, -10, told=True))
FIGURES = promise(22, ACME, "figures for the board pack", -3)
LEAD = promise(31, OMAR, "introduce the security lead", -9, moved(5, -4), moved(4, -2))
ORDER = promise(27, BOB, "purchase order", -5, by=Party.them)
LATE_TOLD = promise(
    8, LONG, "the summary of last year's work, with everything that went wrong and what came of it", -30, moved(3, -1)
)
OVERDUE = PromiseList(Wanted(overdue=True), (DECK, ORDER, FIGURES, LEAD), 3, 1, TODAY)
OVERDUE_THEIRS = PromiseList(Wanted(overdue=True), (ORDER,), 0, 1, TODAY)
OVERDUE_MORE = PromiseList(Wanted(overdue=True), (DECK, ORDER, FIGURES, LATE_TOLD), 17, 4, TODAY)
NOTHING_OVERDUE = PromiseList(Wanted(overdue=True), (), 0, 0, TODAY)
NONE_OPEN = PromiseList(Wanted(), (), 0, 0, TODAY, JANE)
OPEN = PromiseList(
    Wanted(),
    (
        DECK,
        ORDER,
        promise(33, HANA, "契約書の草案を送る", 0),
        promise(34, ZOE, "call back about the café terrace", 1),
        promise(35, MARKUP, "mend [/] the ]link[ in [red]the footer[/red] :boom:", 12),
        promise(36, LONG, "a list of all the members who have ever asked for a shorter name, by decade", 400),
        promise(37, DANA, "think about the workshop", None),
        promise(38, OMAR, "name a day for the audit", None, by=Party.them),
    ),
    6,
    2,
    TODAY,
)
KEPT = Event(Verb.kept, before(2))
ALL_OF_JANE = PromiseList(
    Wanted(state=None, since=before(60)),
    (
        DECK,
        promise(9, JANE, "minutes of the meeting", -5, KEPT),
        promise(10, JANE, "a second offer", -1, Event(Verb.broken, before(4), told=True)),
        promise(11, JANE, "spare badge", 3, Event(Verb.released, before(1))),
    ),
    4,
    0,
    TODAY,
    JANE,
)
FRESH = promise(39, JANE, "send the deck", 5, made=0)
PAST_DUE = promise(40, JANE, "send the deck", -19, made=0)
KEPT_LATE = promise(
    14,
    JANE,
    "send the renewal deck",
    -20,
    moved(21, -10, told=True, because="legal asked for a review", plan="first half on Monday"),
    moved(9, -7, because="forgot"),
    KEPT,
    Event(Verb.moved, before(1), before(-2)),
    interaction=88,
)
BROKEN = promise(15, BOB, "a discount", -5, Event(Verb.broken, before(6), told=True, because="not ours to give"))

CALL = Interaction(88, before(2), None, Channel.call, None, None, "asked us before choosing the vendor", (JANE,))
MEETING = Interaction(
    89,
    before(1),
    time(14, 30),
    Channel.meeting,
    Party.them,
    30,
    "walked through the renewal\n\nBob wants \x1b[2Jto see figures",
    (JANE, BOB, HANA),
    (Seen(JANE, "consulted"), Seen(BOB, "door", "introduced us to their CFO")),
    (Learned(JANE, FactKind.goal, "one vendor instead of three"),),
    (14, 27),
)
LOGGED_SHORT = Logged(CALL, (), (), False, None, (), TODAY)
LOGGED = Logged(
    MEETING,
    (promise(41, JANE, "send the deck", 5, made=0), promise(42, BOB, "stand by for news", None, by=Party.them)),
    (42,),
    False,
    before(-21),
    (HANA,),
    TODAY,
)
HELPED = LOGGED_SHORT._replace(
    interaction=CALL._replace(signals=(Seen(JANE, "helped", "one vendor"),)),
    helped=(Helped(JANE, ("one vendor instead of three",)),),
)
CALL_PAGE = InteractionPage(CALL)
MEETING_PAGE = InteractionPage(MEETING)
HELPED_PAGE = InteractionPage(
    HELPED.interaction, (Helped(JANE, ("one vendor instead of three",)), Helped(BOB, ("one office", "one vendor")))
)
PLANNED = Logged(
    Interaction(90, before(-9), time(9, 0), Channel.visit, Party.me, None, "see the new office", (ZOE,)),
    (),
    (),
    True,
    None,
    (),
    TODAY,
)

HAPPENED = InteractionList(
    WantedInteractions(),
    (
        PLANNED.interaction,
        MEETING,
        CALL,
        Interaction(
            4,
            before(400),
            None,
            Channel.gift,
            Party.me,
            None,
            "a card for the anniversary of the very long and rather unwieldy society, with [/] everybody's name in it",
            (LONG,),
            (Seen(LONG, "thanked"), Seen(LONG, "put-first", "told them not to buy"), Seen(LONG, "thanked")),
        ),
    ),
    38,
    TODAY,
)
OF_JANE = InteractionList(
    WantedInteractions(since=before(90), until=before(1), channel=Channel.meeting, signal="door"),
    (MEETING,),
    0,
    TODAY,
    (JANE,),
)
NOTHING_HAPPENED = InteractionList(WantedInteractions(channel=Channel.gift), (), 0, TODAY, (JANE,))
REMOVED = Removal((DECK,), (MEETING, CALL), (ORDER,), False)
TO_BE_REMOVED = Removal((DECK, ORDER), (MEETING,), (), True)

CLIENT = Client(
    ref=JANE,
    kind=Kind.customer,
    organisation="Acme Finance",
    role="CFO",
    cadence_days=42,
    added_on=before(900),
    since=before(1200),
    next_on=before(-8),
    snoozed_until=before(-3),
    archived=False,
    aliases=("Janey", "JD"),
    emails=("jane@acme.example", "jane.doe@home.example"),
    phones=("+49 30 5550100",),
    tags=("renewal", "board"),
    facts=(
        Fact(FactKind.interest, "sails on the lake at weekends", before(80)),
        Fact(FactKind.goal, "one vendor instead of three", before(2), None, None, 88),
        Fact(FactKind.goal, "close the books in five days", before(700), before(60), "six days, and happy", 12),
    ),
    key_dates=(KeyDate("birthday", 12, 12, 1980), KeyDate("leap day", 2, 29), KeyDate("renewal", 1, 1, 2025)),
    last_interaction_on=before(2),
    own_view=Tier.life,
    stake=Stake.high,
    value=120000,
)
BARE = Client(
    ref=MARKUP,
    kind=Kind.friend,
    organisation=None,
    role=None,
    cadence_days=None,
    added_on=TODAY,
    since=None,
    next_on=None,
    snoozed_until=None,
    archived=True,
    key_dates=(KeyDate("leap day", 2, 29, 2027),),
)
PAGE = ClientPage(CLIENT, (MEETING, CALL), TODAY)
CLIENTS = ClientList((CLIENT, BARE), 3, TODAY)
NO_CLIENTS = ClientList((), 0, TODAY)
NO_MATCH = ClientList((), 0, TODAY, 24)


def seen(*shown: str, own_view: Tier | None = None) -> Glance:
    return Glance(frozenset(shown), own_view=own_view)


def placed(
    client: ClientRef,
    tier: Tier,
    glance: Glance,
    honoured: tuple[int, int],
    last: int,
    *missing: str,
) -> Placed:
    """A client looked into: promises honoured of counted, and the days since the last contact."""
    kept, counted = honoured
    return Placed(client, tier, glance, 0, Depth(counted, counted - kept, False, before(900), before(last)), missing)


_TOP = (
    placed(JANE, Tier.life, seen("advice", "consulted", "early", "door"), (9, 9), 3),
    placed(DANA, Tier.life, seen("consulted", "early", "door"), (6, 6), 11),
    placed(ACME, Tier.key, seen("advice", "consulted", "steer"), (8, 9), 2, "keep what is overdue", "one more sign"),
    placed(OMAR, Tier.key, seen("inner", own_view=Tier.life), (2, 3), 20, "3 more signs of trust"),
    placed(BOB, Tier.key, seen(), (0, 0), 0, "3 more signs of trust", "keep 3 more promises", "12 more days"),
)
_BASE = tuple(
    placed(client, Tier.base, seen(*shown), (1, 2), 90, "one of drives, depends, steers, demands")
    for client, shown in ((HANA, ("advice", "door")), (ZOE, ("early",)), (LONG, ()), (MARKUP, ()))
)
_COUNTS = {Tier.base: 18, Tier.key: 3, Tier.life: 2}
_OLD = Exhibit("interaction", 88, before(314), "consulted")
_KEEP = Step(Act.keep, "reliable", "keep 123 by Tue 24 Nov", before(-2), promise=123)
TRIANGLE = TriangleView(
    TODAY,
    TODAY,
    DEFAULTS,
    (*_TOP, *_BASE),
    (*_TOP, *_BASE),
    _COUNTS,
    4,
    falls={
        JANE.id: Fall(
            before(-10),
            Tier.key,
            (Loss("reliable", "8 of 10 promises honoured by then", _KEEP.text),),
            (_KEEP,),
            in_time=True,
        ),
        DANA.id: Fall(before(-51), Tier.base, (Loss("trusted", "2 of 5", "one more of advice, inner", (_OLD,)),)),
        ACME.id: Fall(before(-9), Tier.base, (Loss("steers", "no steer", "a steer"), Loss("depends", "none", "one"))),
    },
    changes={DANA.id: Change(before(-51), None), BOB.id: Change(None, before(-12))},
)
CROWDED = TriangleView(
    before(30),
    TODAY,
    DEFAULTS,
    tuple(placed(ClientRef(n, f"c-{n}", f"Client Number {n}"), Tier.life, seen(), (1, 1), 4) for n in range(40)),
    (placed(JANE, Tier.life, seen("door"), (9, 9), 33),),
    {Tier.base: 9560, Tier.key: 400, Tier.life: 40},
    0,
)
ONLY_KEY = TriangleView(TODAY, TODAY, DEFAULTS, _TOP[2:], _TOP[2:], _COUNTS, 4, Tier.key)
NO_LIFE = TriangleView(TODAY, TODAY, DEFAULTS, (), (), {**_COUNTS, Tier.life: 0}, 4, Tier.life)
NOBODY = TriangleView(TODAY, TODAY, DEFAULTS, (), (), dict.fromkeys(Tier, 0), 0)
UNCONTACTED = TriangleView(TODAY, TODAY, DEFAULTS, (), (), dict.fromkeys(Tier, 0), 3)

_KEPT_EARLY = (Event(Verb.kept, before(91)),)


def _records() -> Records:
    return Records(
        DANA,
        Kind.customer,
        before(850),
        contacts=(
            Contact(3, before(850), Channel.visit, Party.me, None, "first coffee"),
            *(Contact(200 + n, before(200 - 9 * n), Channel.call, Party.them, 20, f"call {n}") for n in range(12)),
            Contact(300, before(11), Channel.meeting, Party.me, 45, "went through the plan for next year"),
        ),
        signs=(
            Sign("consulted", before(314), 88, Channel.call, "asked us before choosing the vendor"),
            Sign("early", before(172), 120, Channel.message, "flagged the audit early, and asked [/] for a name"),
            Sign("complaint", before(60), 131, Channel.email, "the invoice was wrong"),
            Sign("owned", before(60), 132, Channel.call, "put it right together"),
        ),
        promises=(
            *(Promise(n, DANA, Party.me, f"report {n}", before(110), before(90), None, _KEPT_EARLY) for n in range(4)),
            Promise(77, DANA, Party.me, "the long list", before(80), before(30)),
        ),
        statements=(
            Statement(Part.stake, before(20), "high", "they carry the pilot"),
            Statement(Part.tier, before(20), "life"),
        ),
    )


def _why(records: Records, day: date) -> Why:
    glances = {
        BOB: Glance(asked=2, asked_minutes=30, value=50_000),
        ACME: Glance(asked=5, asked_minutes=90, value=10_000),
        records.client: glance(records, day, DEFAULTS),
    }
    known = peers(glances.values())
    placement = place(records, known, day, DEFAULTS)
    assert placement is not None
    ahead = outlook(records, known, day, DEFAULTS)
    others = {name: row.others(glances, records.client) for name, row in COMPARED.items()}
    return Why(with_lapses(placement, ahead), day, TODAY, fall(ahead), others)


WHY = _why(_records(), TODAY)
WHY_THEN = _why(_records(), before(30))
_TOP_OF_ALL = _records()._replace(
    promises=_records().promises[:4],
    signs=(*_records().signs, Sign("door", before(61), 133, Channel.meeting, "introduced us to the board")),
)
WHY_TOP = _why(_TOP_OF_ALL, TODAY)
WHY_RISES = _why(_TOP_OF_ALL._replace(contacts=_TOP_OF_ALL.contacts[4:], statements=()), TODAY)

IMPORT = ImportReport(
    "contacts.vcf",
    "vcard",
    (JANE, BOB, HANA, MARKUP),
    (ACME,),
    (OMAR, DANA),
    (Remark("card 14, line 203", "it has no name"), Remark("card 15, line 209", "it has no name")),
    (Remark("card 2, line 9", "a photo"), Remark("card 3, line 40", "a photo"), Remark("card 3, line 44", "BDAY: [x]")),
    ("Fax", "Pager \x07"),
    rehearsed=True,
)

_STORY_OF_A_TERRACE = " ".join(["they talked about everything else first:", *["prices,"] * 30, "then the terrace,"] * 2)
FOUND = Found(
    "terr",
    phrases(["terr"]),
    (
        Hit(Sought.promise, 34, before(-3), (ZOE,), "promise", "call back about the café terrace"),
        Hit(Sought.interaction, 89, before(1), (JANE, BOB, HANA), "door", "introduced us to the \x1b[2JTERRACE man"),
        Hit(Sought.promise, 14, before(5), (JANE,), "moved", "the terrace is wet, first half on Monday"),
        Hit(Sought.interaction, 7, before(400), (LONG,), "meeting", _STORY_OF_A_TERRACE),
        Hit(Sought.fact, None, before(500), (MARKUP,), "worry", "[/] the ]terrace[ in [red]winter[/red]"),
        Hit(Sought.client, None, before(900), (ACME,), "name", "Acme Finance, Terrace House"),
        Hit(Sought.client, None, None, (OMAR,), "alias", "Terra Lund"),
    ),
    31,
    TODAY,
)
FOUND_JAPANESE = Found(
    "草案 2026",
    phrases(["草案 2026"]),
    (Hit(Sought.promise, 33, before(2), (HANA,), "promise", "契約書の草案を送る (2026年)"),),
    1,
    TODAY,
    Sought.promise,
    before(90),
)
FOUND_NOTHING = Found("terrace [/]", phrases(["terrace"]), (), 0, TODAY, Sought.fact, before(365))


def _habits() -> Habits:
    first = monday_of(before(80))
    days = (*range(0, 80, 9), *range(0, 80, 13), *range(40, 60), 1, 1, 1)
    things = [Given(1, HABITS[day % 7], before(day)) for day in days]
    weeks = by_week(things, first, TODAY)
    totals = {habit: sum(week.counts[habit] for week in weeks) for habit in HABITS}
    return Habits(first, TODAY, weeks, totals, 25, (ACME, LONG, MARKUP, HANA, OMAR, ZOE, BOB))


HABITS_OF_YOURS = _habits()
_NOTHING = by_week([], monday_of(TODAY), TODAY)
HABITS_NONE = Habits(monday_of(TODAY), TODAY, _NOTHING, dict.fromkeys(HABITS, 0), 1, (JANE,))
HABITS_ALL = HABITS_OF_YOURS._replace(without=())
HABITS_EMPTY = HABITS_NONE._replace(clients=0, without=())
