"""What people see: whole screens as files that a reviewer reads, and what must hold whatever somebody is called.

`UPDATE_GOLDEN=1` writes the files anew.
"""

import os
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from c4l.actions.imports import Remark
from c4l.actions.log import InteractionPage
from c4l.actions.promises import PromiseList, Wanted
from c4l.domain.clients import Fact, KeyDate, Learned, Seen
from c4l.domain.goals import Helped
from c4l.domain.placement import Exhibit, Finding
from c4l.domain.records import Event, Verb
from c4l.domain.terms import Channel, ClientRef, FactKind, Party, Tier
from c4l.render.kinds import KINDS
from tests.render import (
    configs,
    doubts,
    graphs,
    histories,
    leaving,
    ledger,
    mornings,
    plans,
    safekeeping,
    shifts,
    views,
)

GOLDEN = Path(__file__).parent / "golden"

SCREENS: dict[str, tuple[str, object]] = {
    "overdue": ("promises", views.OVERDUE),
    "overdue-more": ("promises", views.OVERDUE_MORE),
    "overdue-theirs": ("promises", views.OVERDUE_THEIRS),
    "overdue-nothing": ("promises", views.NOTHING_OVERDUE),
    "promises": ("promises", views.OPEN),
    "promises-all": ("promises", views.ALL_OF_JANE),
    "promises-none": ("promises", views.NONE_OPEN),
    "promises-changed": ("promises", [views.BROKEN, views.PAST_DUE]),
    "promise-fresh": ("promise", views.FRESH),
    "promise-past-due": ("promise", views.PAST_DUE),
    "promise-story": ("promise", views.KEPT_LATE),
    "promise-broken": ("promise", views.BROKEN),
    "promise-week": ("promise", ledger.WITHIN),
    "promise-week-first": ("promise", ledger.FIRST),
    "promise-week-over": ("promise", ledger.OVER),
    "promise-week-this": ("promise", ledger.THIS_WEEK),
    "promises-walked": ("promises", ledger.WALKED),
    "logged-short": ("logged", views.LOGGED_SHORT),
    "logged": ("logged", views.LOGGED),
    "logged-plan": ("logged", views.PLANNED),
    "logged-weeks": ("logged", ledger.LOGGED_TWO_WEEKS),
    "logged-helped": ("logged", views.HELPED),
    "interaction": ("interaction", views.MEETING_PAGE),
    "interaction-helped": ("interaction", views.HELPED_PAGE),
    "interactions": ("interactions", views.HAPPENED),
    "interactions-narrowed": ("interactions", views.OF_JANE),
    "interactions-none": ("interactions", views.NOTHING_HAPPENED),
    "removed": ("removed", views.REMOVED),
    "removed-not-yet": ("removed", views.TO_BE_REMOVED),
    "client": ("client", views.PAGE),
    "client-bare": ("client", views.BARE),
    "clients": ("clients", views.CLIENTS),
    "clients-no-match": ("clients", views.NO_MATCH),
    "clients-none": ("clients", views.NO_CLIENTS),
    "reliability": ("reliability", ledger.YEAR),
    "reliability-clients": ("reliability", ledger.BY_CLIENT),
    "reliability-bob": ("reliability", ledger.OF_BOB),
    "reliability-nothing": ("reliability", ledger.NOTHING),
    "reliability-busy": ("reliability", ledger.BUSY),
    "reliability-untold": ("reliability", ledger.UNTOLD),
    "triangle": ("triangle", views.TRIANGLE),
    "triangle-crowded": ("triangle", views.CROWDED),
    "triangle-key": ("triangle", views.ONLY_KEY),
    "triangle-no-life": ("triangle", views.NO_LIFE),
    "triangle-empty": ("triangle", views.NOBODY),
    "triangle-uncontacted": ("triangle", views.UNCONTACTED),
    "moves": ("moves", shifts.MOVES),
    "moves-all": ("moves", shifts.MOVES_ALL),
    "moves-key": ("moves", shifts.MOVES_KEY),
    "moves-nobody": ("moves", shifts.NOBODY_MOVED),
    "moves-new": ("moves", shifts.ALL_NEW),
    "moves-none": ("moves", shifts.NOBODY_YET),
    "triangle-history": ("triangle-history", shifts.HISTORY),
    "triangle-history-large": ("triangle-history", shifts.HISTORY_LARGE),
    "triangle-history-one": ("triangle-history", shifts.HISTORY_ONE),
    "triangle-history-none": ("triangle-history", shifts.HISTORY_NONE),
    "why": ("why", views.WHY),
    "why-then": ("why", views.WHY_THEN),
    "why-top": ("why", views.WHY_TOP),
    "why-rises": ("why", views.WHY_RISES),
    "plan": ("plan", plans.MUCH),
    "plan-time": ("plan", plans.TIME),
    "plan-mixed": ("plan", plans.MIXED),
    "plan-key": ("plan", plans.TO_KEY),
    "plan-stuck": ("plan", plans.STUCK),
    "plan-top": ("plan", plans.AT_THE_TOP),
    "plan-waiting": ("plan", plans.WAITING),
    "plan-top-waiting": ("plan", plans.TOP_WAITING),
    "assessments": ("assessments", doubts.VIEWS),
    "assessments-more": ("assessments", doubts.VIEWS_MORE),
    "assessments-agreed": ("assessments", doubts.VIEWS_AGREED),
    "assessments-none": ("assessments", doubts.VIEWS_NONE),
    "assessment": ("assessment", doubts.VIEW),
    "assessment-old": ("assessment", doubts.VIEW_OLD),
    "assessment-unplaced": ("assessment", doubts.VIEW_UNPLACED),
    "check": ("check", doubts.CHECKED),
    "check-strict": ("check", doubts.CHECKED_STRICT),
    "import": ("import", views.IMPORT),
    "quiet": ("quiet", mornings.SILENT),
    "quiet-key": ("quiet", mornings.SILENT_KEY),
    "quiet-none": ("quiet", mornings.NOBODY_QUIET),
    "quiet-none-key": ("quiet", mornings.NOBODY_QUIET_OF),
    "today": ("today", mornings.MORNING),
    "today-theirs": ("today", mornings.THEIRS_ALONE),
    "today-dates": ("today", mornings.ONLY_DATES),
    "today-clean": ("today", mornings.CLEAN),
    "today-new": ("today", mornings.NEW_BOOK),
    "brief": ("brief", mornings.BRIEF),
    "brief-bare": ("brief", mornings.BRIEF_BARE),
    "brief-top": ("brief", mornings.BRIEF_TOP),
    "search": ("search", views.FOUND),
    "search-japanese": ("search", views.FOUND_JAPANESE),
    "search-nothing": ("search", views.FOUND_NOTHING),
    "habits": ("habits", views.HABITS_OF_YOURS),
    "habits-all": ("habits", views.HABITS_ALL),
    "habits-none": ("habits", views.HABITS_NONE),
    "habits-empty": ("habits", views.HABITS_EMPTY),
    "config": ("config", configs.SAID),
    "config-untouched": ("config", configs.UNTOUCHED),
    "config-file": ("config-file", configs.UNTOUCHED.file),
    "setting": ("setting", configs.FROM_ENVIRONMENT),
    "setting-written": ("setting", configs.WRITTEN),
    "setting-anew": ("setting", configs.WRITTEN_ANEW),
    "setting-there": ("setting", configs.THERE),
    "setting-hidden": ("setting", configs.HIDDEN),
    "setting-out": ("setting", configs.OUT),
    "setting-out-stronger": ("setting", configs.OUT_BUT_STRONGER),
    "setting-stray": ("setting", configs.STRAY),
    "graph": ("graph", graphs.EVERYBODY),
    "graph-minutes": ("graph", graphs.IN_MINUTES),
    "graph-jane": ("graph", graphs.OF_JANE),
    "graph-several": ("graph", graphs.OF_SEVERAL),
    "graph-untimed": ("graph", graphs.UNTIMED),
    "graph-none": ("graph", graphs.NOTHING_AT_ALL),
    "graph-none-jane": ("graph", graphs.NOTHING_WITH_JANE),
    "history": ("history", histories.HISTORY),
    "history-narrowed": ("history", histories.HISTORY_OF_JANE),
    "history-none": ("history", histories.NO_HISTORY),
    "history-none-narrowed": ("history", histories.NO_HISTORY_OF_JANE),
    "entry": ("entry", histories.ENTRY),
    "entry-undone": ("entry", histories.ENTRY_UNDONE),
    "entry-counted": ("entry", histories.ENTRY_COUNTED),
    "undone": ("undone", histories.UNDONE),
    "undone-not-yet": ("undone", histories.TO_BE_UNDONE),
    "export": ("export", leaving.BOOK),
    "export-tables": ("export", leaving.TABLES),
    "export-client": ("export", leaving.HERS),
    "import-book": ("import", leaving.TAKEN),
    "import-book-not-yet": ("import", leaving.WOULD_BE_TAKEN),
    "forgotten": ("forgotten", leaving.FORGOTTEN),
    "forgotten-not-yet": ("forgotten", leaving.TO_BE_FORGOTTEN),
    "forgotten-wholly": ("forgotten", leaving.FORGOTTEN_WHOLLY),
    "forgotten-still-held": ("forgotten", leaving.STILL_HELD),
    "backup": ("backup", safekeeping.MADE),
    "backup-elsewhere": ("backup", safekeeping.ELSEWHERE),
    "backups": ("backups", safekeeping.BACKUPS),
    "backups-verified": ("backups", safekeeping.VERIFIED),
    "backups-none": ("backups", safekeeping.NO_BACKUPS),
    "restored": ("restored", safekeeping.RESTORED),
    "restored-not-yet": ("restored", safekeeping.PLANNED),
    "restored-unreadable": ("restored", safekeeping.UNREADABLE),
    "doctor-healthy": ("doctor", safekeeping.HEALTHY),
    "doctor": ("doctor", safekeeping.ILL),
    "salvaged": ("salvaged", safekeeping.SALVAGED),
    "salvaged-cut": ("salvaged", safekeeping.SALVAGED_CUT),
    "salvaged-whole": ("salvaged", safekeeping.SALVAGED_WHOLE),
}
NARROW = (
    *("moves", "triangle-history"),
    *("overdue-more", "promise-story", "logged", "interactions", "client", "triangle", "why", "import"),
    *("reliability", "reliability-clients"),
    "search",
    "habits",
    *("history", "entry"),
    *("backups", "restored-not-yet", "doctor"),
    *("quiet", "today", "brief"),
    "plan",
    *("graph", "graph-several"),
    *("config", "setting"),
    *("assessments", "assessment", "check-strict"),
)


def screen(kind: str, result: object, width: int, *, color: bool = False) -> str:
    """What is drawn on a terminal so wide."""
    stream = StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(KINDS[kind].load_screen()(result, width))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "width"),
    [(name, width) for name in SCREENS for width in (80, 140)] + [(name, 45) for name in NARROW],
)
def test_a_screen_looks_as_it_was_agreed(name: str, width: int) -> None:
    drawn = screen(*SCREENS[name], width)
    file = GOLDEN / f"{name}-{width}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        assert not os.environ.get("CI"), "what was agreed is not rewritten where nobody reads it"
        file.write_text(drawn, encoding="utf-8")
    assert drawn == file.read_text(encoding="utf-8")


def test_every_kept_screen_is_still_drawn() -> None:
    drawn = {f"{name}-{width}.txt" for name in SCREENS for width in (80, 140)}
    drawn |= {f"{name}-45.txt" for name in NARROW}
    assert {file.name for file in GOLDEN.iterdir()} == drawn


@pytest.mark.parametrize("width", [8, 10, 20, 40, 60, 80, 100, 140, 300])
@pytest.mark.parametrize("name", SCREENS)
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    drawn = screen(*SCREENS[name], width)
    assert max(map(cell_len, drawn.splitlines())) <= width
    assert not any(line.endswith(" ") for line in drawn.splitlines())


@pytest.mark.parametrize("name", SCREENS)
def test_colour_adds_nothing_but_colour(name: str) -> None:
    """Foreground colours alone, and none that vanishes on a light or a dark background."""
    drawn = screen(*SCREENS[name], 80, color=True)
    codes = {code for piece in drawn.split("\x1b[")[1:] for code in piece.partition("m")[0].split(";")}
    bold, dim, red, green, cyan = "1", "2", "31", "32", "36"
    assert codes <= {"0", bold, dim, red, green, cyan}


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("overdue", "\x1b[1mOverdue\x1b[0m · 3 of yours"),
        ("overdue", "\x1b[1;31m10 d\x1b[0m  Jane Doe"),
        ("overdue", " \x1b[31m3 d\x1b[0m  Acme Finance"),
        ("promise-week-over", "\x1b[31m5 of yours are due that week, more than"),
        ("reliability", " Nov 2026  \x1b[32m███\x1b[0m\x1b[31m░\x1b[0m"),
        ("logged", "\x1b[1mi89  \x1b[0mmeeting with Jane Doe"),
        ("triangle", "\x1b[36mkey\x1b[0m   \x1b[36m●●\x1b[0m\x1b[2m○○○\x1b[0m  8 of 9"),
        ("why", "\x1b[1mDana Iqbal\x1b[0m is \x1b[36ma key client\x1b[0m, until Tue 29 Jun 2027 if nothing"),
        ("why", "\x1b[31m✗ \x1b[0m\x1b[1mtrusted   \x1b[0m\x1b[2mtreats you as an advisor"),
        ("why-top", "\x1b[31mlapses Tue 12 Jan"),
        ("triangle", "\x1b[31mconsulted lapses 12 Jan\x1b[0m"),
    ],
)
def test_a_colour_ends_with_the_word_that_it_belongs_to(name: str, part: str) -> None:
    assert part in screen(*SCREENS[name], 80, color=True)


def test_no_text_is_lost_in_a_narrow_column() -> None:
    what = "".join(chr(ord("a") + number % 26) for number in range(200))
    one = views.promise(1, views.LONG, what, -3)
    drawn = screen("promises", PromiseList(Wanted(overdue=True), (one,), 1, 0, views.TODAY), 80)
    column = drawn.splitlines()[2].index("promise")
    width = drawn.splitlines()[2].index("due") - column
    assert "".join(line[column : column + width].strip() for line in drawn.splitlines()[3:-2]) == what
    assert "…" not in drawn


def test_what_was_moved_says_how_often_and_whether_they_knew_in_time() -> None:
    def moved(*events: object) -> str:
        one = views.promise(1, views.JANE, "x", -30, *events)  # type: ignore[arg-type]
        return screen("promises", PromiseList(Wanted(overdue=True), (one,), 1, 0, views.TODAY), 120)

    assert "once, told\n" in moved(views.moved(31, -9, told=True))
    assert "once, told\n" in moved(views.moved(30, -9, told=True)), "on the due day itself it is early enough"
    assert "once, told late\n" in moved(views.moved(29, -9, told=True))
    assert "once, untold\n" in moved(views.moved(31, -9))
    assert "twice, untold\n" in moved(views.moved(31, -20, told=True), views.moved(21, -9))
    assert "3 times, told late\n" in moved(
        views.moved(31, -20, told=True), views.moved(10, -9, told=True), views.moved(9, -8, told=True)
    )
    assert "once\n" in moved(views.moved(31, -31)), "nobody waits longer, so nobody had to be told"


def test_of_a_promise_of_theirs_nobody_says_who_was_told() -> None:
    late = views.moved(31, -9), views.moved(8, -7, told=True)
    broken = Event(Verb.broken, views.before(4))
    for by, said in ((Party.me, True), (Party.them, False)):
        one = views.promise(1, views.JANE, "x", -30, *late, broken, by=by)
        drawn = screen("promise", one, 120)
        listed = screen("promises", PromiseList(Wanted(state=None), (one,), 0, 1, views.TODAY), 120)
        assert "broken Wed 18 Nov 2026" in drawn
        assert "twice" in listed
        assert ("told" in drawn) is said
        assert ("told" in listed) is said


def test_of_the_base_a_few_stand_in_the_table_unless_a_number_was_given() -> None:
    base = tuple(
        views.placed(ClientRef(n, f"c-{n}", f"Client Number {n}"), Tier.base, views.seen(), (1, 1), 4)
        for n in range(12)
    )
    counts = {Tier.base: 12, Tier.key: 0, Tier.life: 0}
    usual = views.TRIANGLE._replace(placed=base, detailed=base, counts=counts)

    def told(result: object) -> int:
        return sum("Client Number" in line for line in screen("triangle", result, 100).splitlines())

    assert told(usual) == 5
    assert "and 7 in the base" in screen("triangle", usual, 100)
    assert told(usual._replace(limit_given=True)) == 12
    assert told(usual._replace(limit_given=True, detailed=base[:7])) == 7
    assert "in the base:" not in screen("triangle", usual._replace(limit_given=True), 100)


@pytest.mark.parametrize(
    ("tier", "said"),
    [
        (Tier.life, "Nobody is a client for life yet: that takes all of trusted, reliable, lasting, unbroken."),
        (Tier.key, "Nobody is a key client yet: that takes 2 of drives, depends, steers, demands."),
        (Tier.base, "Nobody is in the client base yet."),
    ],
)
def test_a_tier_where_nobody_is_says_what_would_bring_somebody_there(tier: Tier, said: str) -> None:
    empty = views.NO_LIFE._replace(tier=tier, counts={Tier.base: 1, Tier.key: 1, Tier.life: 1, tier: 0})
    assert said in screen("triangle", empty, 140)
    then = empty._replace(as_of=views.before(9))
    assert said.replace(" yet", " then") in screen("triangle", then, 140)
    assert "Nobody" not in screen("triangle", empty._replace(counts=dict.fromkeys(Tier, 1)), 140)


@pytest.mark.parametrize("width", [60, 80, 100, 140])
@pytest.mark.parametrize("handle", ["ann-doe", "beatrice-nunez-of-the-mill", "a" * 40])
def test_a_handle_stays_whole_so_that_it_can_be_copied(handle: str, width: int) -> None:
    client = views.CLIENT._replace(
        ref=ClientRef(1, handle, "Beatrice Nunez of the Old Mill"),
        organisation="Society for Rather Unwieldy Names",
        tags=("renewals", "introductions", "the board"),
    )
    drawn = screen("clients", views.CLIENTS._replace(clients=(client, views.BARE)), width)
    assert handle in drawn


@pytest.mark.parametrize("width", [60, 80, 100])
def test_a_command_in_the_table_keeps_its_handle_whole(width: int) -> None:
    client = ClientRef(1, "beatrice-nunez-of-the-old-mill", "Beatrice Nunez of the Old Mill")
    somebody = views.placed(client, Tier.key, views.seen(own_view=Tier.life), (3, 3), 2)
    drawn = screen("triangle", views.TRIANGLE._replace(placed=(somebody,), detailed=(somebody,)), width)
    assert client.handle in drawn


def test_one_long_handle_does_not_take_the_others_out_of_their_columns() -> None:
    long = views.CLIENT._replace(ref=ClientRef(1, "a" * 40, "Ann Amber"))
    rows = views.CLIENTS._replace(clients=(views.CLIENT, long, views.BARE), more=0)
    narrow, wide = (screen("clients", rows, width).splitlines() for width in (80, 140))
    for drawn in (narrow, wide):
        assert drawn[2].split() == ["client", "handle", "kind", "organisation", "last", "tags"]
        assert drawn[3].split() == [
            "Jane",
            "Doe",
            "jane-doe",
            "customer",
            "Acme",
            "Finance",
            "2",
            "d",
            "renewal,",
            "board",
        ]
    assert any(line.split() == ["handle", "a" * 40] for line in narrow)
    assert not any(line.split() == ["handle", "a" * 40] for line in wide), (
        "where there is room it is a row like any other"
    )


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (0, 'To add one:  c4l client add "Jane Doe"'),
        (1, "One client is here:  c4l client list"),
        (24, "24 clients are"),
    ],
)
def test_an_empty_list_says_whether_nobody_matches_or_nobody_is_there(others: int, said: str) -> None:
    assert said in screen("clients", views.NO_CLIENTS._replace(others=others), 80)


def test_what_was_logged_shows_the_note_as_it_was_stored() -> None:
    note = " ".join(f"word{number}" for number in range(60))
    for width in (40, 80, 140):
        drawn = screen("logged", views.LOGGED_SHORT._replace(interaction=views.CALL._replace(note=note)), width)
        assert " ".join(drawn.partition("“")[2].partition("”")[0].split()) == note
    said = views.CALL._replace(note="", channel=Channel.email)
    silent = screen("logged", views.LOGGED_SHORT._replace(interaction=said), 80)
    assert len(silent.splitlines()) == 1


def test_the_help_names_the_first_of_yours_that_is_late() -> None:
    drawn = screen("promises", views.OVERDUE._replace(promises=views.OVERDUE.promises[1:]), 80)
    assert "c4l move 22 tue --told" in drawn
    saturday = views.OVERDUE._replace(today=views.before(1))
    assert "c4l move 14 mon --told" in screen("promises", saturday, 80)
    friday = views.OVERDUE._replace(today=views.before(2))
    assert "c4l move 14 mon --told" in screen("promises", friday, 80), "nobody is told to work on a Sunday"


def test_a_promise_that_was_missed_is_told_before_many_that_were_kept() -> None:
    kept = [Exhibit("promise", 10 + day, views.before(day), "kept", text=f"report {day}") for day in range(20)]
    missed = Exhibit("promise", 9, views.before(99), "moved, not told in time", text="the long list")
    finding = Finding("reliable", Tier.life, False, "20 of 21", "keep 9", None, (missed, *reversed(kept)))
    placement = views.WHY.placement._replace(findings=(finding,))
    drawn = screen("why", views.WHY._replace(placement=placement), 100)
    assert "the long list" in drawn
    assert "report 0" in drawn
    assert "report 7" not in drawn
    assert "and 13 more" in drawn


@given(st.text(max_size=80), st.integers(10, 160))
def test_no_text_can_harm_a_screen(text: str, width: int) -> None:
    client = ClientRef(1, text, text)
    promised = views.promise(1, client, text, -1, views.moved(2, -1, because=text, plan=text))
    interaction = views.MEETING._replace(
        note=text,
        clients=(client, client),
        signals=(Seen(client, "door", text),),
        facts=(Learned(client, FactKind.goal, text),),
    )
    known = views.CLIENT._replace(
        ref=client,
        organisation=text,
        role=text,
        tags=(text, text),
        emails=(text,),
        facts=(Fact(FactKind.goal, text, views.TODAY, views.TODAY, text),),
        key_dates=(KeyDate(text, 2, 29),),
    )
    somebody = views.TRIANGLE.placed[0]._replace(client=client, missing=(text,), tier=Tier.key)
    finding = Finding(
        "trusted", Tier.life, False, text, text, None, (Exhibit("interaction", 88, views.TODAY, text, "call", text),)
    )
    hit = views.FOUND.hits[0]._replace(clients=(client,), text=text)
    silent, morning, brief = mornings.whole(text)
    for kind, result in (
        ("quiet", silent),
        ("today", morning),
        ("brief", brief),
        ("promises", PromiseList(Wanted(), (promised, promised), 2, 0, views.TODAY, client)),
        ("promise", promised),
        ("logged", views.LOGGED._replace(interaction=interaction, promises=(promised,), created=(client,))),
        ("interaction", InteractionPage(interaction, (Helped(client, (text, text)),))),
        ("interactions", views.HAPPENED._replace(interactions=(interaction,), clients=(client, views.JANE))),
        ("removed", views.REMOVED._replace(promises=(promised,), interactions=(interaction,), staying=(promised,))),
        ("client", views.PAGE._replace(client=known, recent=(interaction,))),
        ("clients", views.CLIENTS._replace(clients=(known,))),
        ("reliability", ledger.reliability([promised.promise], client=client)._replace(by_client=True)),
        ("triangle", views.TRIANGLE._replace(placed=(somebody,), detailed=(somebody,))),
        ("why", views.WHY._replace(placement=views.WHY.placement._replace(client=client, findings=(finding,)))),
        ("search", views.FOUND._replace(words=text, hits=(hit,))),
        ("habits", views.HABITS_OF_YOURS._replace(without=(client, client))),
        ("setting", configs.FROM_ENVIRONMENT._replace(hidden=text, value=text, default=text, place=text)),
        ("setting", configs.HIDDEN._replace(hidden=text, was=text)),
        ("setting", configs.STRAY._replace(name=text, was=text)),
        ("graph", graphs.OF_JANE._replace(clients=(client, client))),
        ("import", views.IMPORT._replace(file=text, created=(client,), remarks=(Remark(text, text),), ignored=(text,))),
    ):
        drawn = screen(kind, result, width)
        assert all(cell_len(line) <= width for line in drawn.split("\n"))
        assert all(character == "\n" or not _acts(character) for character in drawn)


def _acts(character: str) -> bool:
    return ord(character) < 32 or 0x7F <= ord(character) < 0xA0 or 0x202A <= ord(character) <= 0x202E
