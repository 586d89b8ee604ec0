"""Mornings, silences and briefs with fictional people, for the looks to be tested on."""

from datetime import timedelta

from c4l.actions.brief import Brief, Shown
from c4l.actions.quiet import Quiet, QuietList
from c4l.actions.today import Coming, Door, Lapsing, Next, Section, TodayPage
from c4l.domain.acts import Act, Step
from c4l.domain.anniversaries import Anniversary, coming
from c4l.domain.lapses import Fall, Loss
from c4l.domain.opening import Opening, Reason
from c4l.domain.reasons import Exhibit
from c4l.domain.records import Contact, Sign
from c4l.domain.terms import Channel, ClientRef, Party, Tier
from tests.render.views import (
    ACME,
    BARE,
    BOB,
    CALL,
    CLIENT,
    DANA,
    DECK,
    FIGURES,
    HANA,
    JANE,
    LATE_TOLD,
    LONG,
    MARKUP,
    MEETING,
    OMAR,
    ORDER,
    PLANNED,
    TODAY,
    ZOE,
    before,
    promise,
)


def quiet(
    client: ClientRef,
    over: int,
    tier: Tier | None = Tier.base,
    cadence: int | None = 90,
    *,
    contacted: bool = True,
    awaited: bool = False,
) -> Quiet:
    """A client who is so many days over."""
    since = over + (cadence or 90)
    return Quiet(
        client,
        tier,
        before(since) if contacted else None,
        cadence,
        since if contacted else None,
        before(over),
        over,
        awaited,
    )


LAST = {
    JANE.id: Contact(88, before(2), Channel.call, None, None, "asked us before choosing the vendor"),
    BOB.id: Contact(89, before(1), Channel.meeting, Party.them, 30, "walked through it\n\nwants \x1b[2Jfigures"),
    OMAR.id: Contact(40, before(134), Channel.email, None, None, "sent the list " + "and a little more " * 20),
    HANA.id: Contact(41, before(44), Channel.message, None, None, "来月の会議について" * 12),
    LONG.id: Contact(42, TODAY, Channel.note, None, None, "  "),
    MARKUP.id: Contact(43, before(200), Channel.note, None, None, "[/] :boom: [red]"),
}

SILENT = QuietList(
    (
        quiet(MARKUP, 110, Tier.base),
        quiet(LONG, 61, Tier.key, 30),
        quiet(OMAR, 44, Tier.base),
        quiet(HANA, 30, Tier.life, 14),
        quiet(JANE, 9, Tier.key, 30, awaited=True),
        quiet(ZOE, 1, None, 42, contacted=False),
        quiet(DANA, 1, None, None, contacted=False, awaited=True),
    ),
    12,
    TODAY,
    LAST,
)
SILENT_KEY = QuietList((quiet(LONG, 61, Tier.key, 30),), 0, TODAY, {}, Tier.key, "board")
NOBODY_QUIET = QuietList((), 0, TODAY, {})
NOBODY_QUIET_OF = QuietList((), 0, TODAY, {}, Tier.life, "[bold]board")


def fall(criterion: str, days: int, come: tuple[Exhibit, ...] = ()) -> Fall:
    """A fall to the base in so many days, by one criterion."""
    held = Step(Act.contact, criterion, "what would hold it", before(1 - days))
    return Fall(
        before(-days),
        Tier.base,
        (Loss(criterion, f"{criterion} as measured by then", held.text, (), come),),
        (held,),
    )


_EMPTY = TodayPage(
    as_of=TODAY,
    days=7,
    overdue=Section(),
    mine=0,
    due=Section(),
    quiet=Section(),
    dates=Section(),
    lapsing=Section(),
    thanks=Section(),
    next=Section(),
    last={},
    anybody=True,
)
MORNING = _EMPTY._replace(
    overdue=Section((DECK, ORDER, FIGURES, LATE_TOLD), 3),
    mine=5,
    due=Section(
        (
            promise(33, HANA, "契約書の草案を送る", 0),
            promise(34, ZOE, "call back about the café terrace", 1),
            promise(35, JANE, "compare the two card processors", 2),
            promise(36, MARKUP, "mend [/] the ]link[ in [red]the footer[/red] :boom:", 7, by=Party.them),
        )
    ),
    quiet=Section(SILENT.clients[:5], 9),
    dates=Section(
        (
            Coming(OMAR, Anniversary("birthday", TODAY, 46)),
            Coming(LONG, Anniversary("the day of its foundation", before(-7))),
        )
    ),
    lapsing=Section(
        (
            Lapsing(JANE, Tier.life, fall("reliable", 3, come=(Exhibit("promise", 14, before(5), "overdue"),))),
            Lapsing(OMAR, Tier.key, fall("demands", 12)),
            Lapsing(LONG, Tier.life, fall("trusted", 30)),
        ),
        2,
    ),
    thanks=Section((Door(BOB, before(26), 89, "introduced us to their CFO"), Door(ACME, TODAY, 91, "spoke up for us"))),
    next=Section((Next(JANE, before(-1)), Next(ZOE, before(-3), PLANNED.interaction._replace(on=before(-3)))), 1),
    last=LAST,
)
THEIRS_ALONE = _EMPTY._replace(overdue=Section((ORDER,)), last=LAST)
ONLY_DATES = _EMPTY._replace(days=30, dates=Section((Coming(DANA, Anniversary("birthday", before(-20), 30)),)))
CLEAN = _EMPTY
NEW_BOOK = _EMPTY._replace(anybody=False)

BRIEF = Brief(
    client=CLIENT,
    today=TODAY,
    tier=Tier.key,
    missing=("one more sign of trust", "own a slip"),
    recent=(MEETING, CALL),
    mine=(DECK, promise(37, JANE, "think about the workshop", None)),
    theirs=(promise(38, JANE, "name a day for the audit", 3, by=Party.them),),
    dates=tuple(sorted((coming(each, TODAY) for each in CLIENT.key_dates), key=lambda each: each.on)),
    given=(
        Shown("thanked", 1, before(20), Sign("thanked", before(20), 70, Channel.note, "a card")),
        Shown("warned", 2, before(16)),
    ),
    shown=(
        Shown("consulted", 3, before(2), Sign("consulted", before(2), 88, Channel.call, "asked us first")),
        Shown("complaint", 1, before(364), Sign("complaint", before(364), 4, Channel.email, "a wrong invoice")),
    ),
    openings=(
        Opening(Reason.late, "own up before they ask: “send the renewal deck” is 10 days late", promise=14),
        Opening(Reason.thanks, "thank them for the door of Tue 27 Oct: “introduced us to the chair”", interaction=88),
        Opening(Reason.goal, "ask how it goes: “one vendor instead of three”", interaction=88),
    ),
)
BRIEF_BARE = Brief(
    BARE,
    TODAY,
    None,
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (Opening(Reason.unknown, "ask what they are trying to achieve: no open goal of theirs is known"),),
)
BRIEF_TOP = BRIEF._replace(tier=Tier.life, missing=(), mine=(), theirs=(), openings=BRIEF.openings[2:])


def whole(text: str) -> tuple[QuietList, TodayPage, Brief]:
    """The same three with a text in every place that holds one."""
    client = ClientRef(1, text, text)
    promised = promise(1, client, text, -1)
    last = {1: Contact(1, TODAY, Channel.call, None, None, text)}
    plan = PLANNED.interaction._replace(note=text, on=TODAY + timedelta(days=1))
    known = CLIENT._replace(ref=client, role=text, organisation=text, tags=(text,), phones=(text,), emails=(text,))
    return (
        QuietList((quiet(client, 3),), 1, TODAY, last, None, text),
        TodayPage(
            as_of=TODAY,
            days=7,
            overdue=Section((promised,)),
            mine=1,
            due=Section((promised,)),
            quiet=Section((quiet(client, 3),)),
            dates=Section((Coming(client, Anniversary(text, TODAY)),)),
            lapsing=Section((Lapsing(client, Tier.life, fall(text, 3, (Exhibit("promise", 1, TODAY, text),))),)),
            thanks=Section((Door(client, TODAY, 1, text),)),
            next=Section((Next(client, plan.on, plan),)),
            last=last,
            anybody=True,
        ),
        BRIEF._replace(
            client=known,
            missing=(text,),
            recent=(CALL._replace(note=text),),
            mine=(promised,),
            dates=(Anniversary(text, TODAY),),
            openings=(Opening(Reason.goal, text),),
        ),
    )
