"""The ledger as a whole: days pass and verbs happen in any order, and every list tells the same story of it."""

import json
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from hashlib import sha256
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from c4l.actions import promises as actions
from c4l.actions.brief import Brief, brief
from c4l.actions.clients import insert
from c4l.actions.drafts import ClientDraft
from c4l.actions.log import LogDraft, log
from c4l.actions.promises import PromiseList, PromiseView, Wanted
from c4l.actions.quiet import QuietList, quiet, snooze
from c4l.actions.reliability import Reliability, reliability
from c4l.actions.today import Section, TodayPage, today
from c4l.domain import entry
from c4l.domain.errors import C4lError
from c4l.domain.records import Event, Verb
from c4l.domain.terms import ClientRef, Party, State, Tier
from c4l.domain.thresholds import DEFAULTS, WINDOW_DAYS
from c4l.render.kinds import KINDS
from c4l.store import connection
from c4l.store.store import Store
from tests.conftest import captured

START = date(2026, 11, 22)

AHEAD = 7
"""How many days the morning page looks ahead."""

CADENCE_DAYS = 3

spans = st.integers(-3, 12)
"""Days from today to a due day: some past already."""

backs = st.integers(0, 2)
"""Days from an event back to when it happened."""


class Owed(NamedTuple):
    """What the model knows of a promise: who owes it, every due day it was given and when, and how it ended."""

    by: Party
    given: tuple[tuple[date, date | None], ...]
    ended: State | None = None

    @property
    def due_days(self) -> tuple[date | None, ...]:
        """Every due day, in the order of entry."""
        return tuple(due for _, due in self.given)

    @property
    def due_on(self) -> date | None:
        """The one that stands: given on the last day, the last entered of those."""
        return sorted(self.given, key=itemgetter(0))[-1][1]


def cadence(_tier: Tier) -> int:
    """So short a one that a few days make somebody quiet."""
    return CADENCE_DAYS


class Ledger(RuleBasedStateMachine):
    """Two clients, promises both ways, and days that pass."""

    def __init__(self) -> None:
        super().__init__()
        self.today = START
        self.known: dict[int, Owed] = {}
        self.contacts: list[set[date]] = [set(), set()]
        self.snoozed: list[date | None] = [None, None]
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "c4l.db"
        self.hurry = patch.object(connection, "RECIPE", (*connection.RECIPE, "PRAGMA synchronous = OFF"))
        self.hurry.start()
        self.store = Store.open(self.path)

    def teardown(self) -> None:
        self.store.close()
        self.hurry.stop()
        self.folder.cleanup()

    @initialize()
    def two_clients(self) -> None:
        with self.store.writing("client add") as changes:
            self.clients: list[ClientRef] = [
                insert(changes, ClientDraft(name), START) for name in ("Jane Example", "Bob Sample")
            ]

    # What can happen.

    @rule(who=st.integers(0, 1), by=st.sampled_from(Party), due=st.one_of(st.none(), spans, spans), back=backs)
    def promise(self, who: int, by: Party, due: int | None, back: int) -> None:
        before = self.counts()
        due_on = None if due is None else self.today + timedelta(days=due)
        made_on = self.today - timedelta(days=back)
        made = actions.make(self.store, self.clients[who], "send draft", by, due_on, made_on, self.today)
        self.known[made.promise.number] = Owed(by, ((made_on, due_on),))
        late = due_on is not None and due_on < self.today
        assert self.counts() - before == self.tallied(by, "open", *(["overdue", "counted"] if late else []))

    @rule(who=st.integers(0, 1), on=st.integers(-2, 3), by=st.sampled_from(Party), due=st.one_of(st.none(), spans))
    def log(self, who: int, on: int, by: Party, due: int | None) -> None:
        """Something was talked of, or is to be on a day to come; it may leave somebody owing."""
        before, day = self.counts(), self.today + timedelta(days=on)
        due_on = None if due is None else self.today + timedelta(days=due)
        owing = () if due_on is None else (entry.Owed("send draft", due_on),)
        mine, theirs = (owing, ()) if by is Party.me else ((), owing)
        logged = log(self.store, [self.clients[who]], LogDraft("Lunch", day, mine=mine, theirs=theirs), self.today)
        self.contacts[who].add(day)
        for made in logged.promises:
            self.known[made.promise.number] = Owed(by, ((made.promise.made_on, due_on),))
        late = due_on is not None and due_on < self.today
        words = ["open", *(["overdue", "counted"] if late else [])] if owing else []
        assert self.counts() - before == self.tallied(by, *words)

    @rule(who=st.integers(0, 1), days=st.one_of(st.none(), st.integers(1, 12)))
    def snooze(self, who: int, days: int | None) -> None:
        """It hides a client from those going quiet, or shows them again, and changes nothing else that is said."""
        before = self.all_but_quiet()
        self.snoozed[who] = None if days is None else self.today + timedelta(days=days)
        snooze(self.store, self.clients[who], self.snoozed[who], self.today, DEFAULTS)
        assert self.all_but_quiet() == before

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        """Time alone makes promises overdue: nothing is written, and nothing else changes."""
        content, before = sha256(self.path.read_bytes()).digest(), self.counts()
        last = self.today + timedelta(days=days)
        turned = Counter(
            owed.by
            for owed in self.known.values()
            if not owed.ended and (due := owed.due_on) is not None and self.today <= due < last
        )
        self.today = last
        gained = sum(
            (self.tallied(party, *["overdue", "counted"] * count) for party, count in turned.items()), Counter[str]()
        )
        assert self.counts() == before + gained
        assert sha256(self.path.read_bytes()).digest() == content

    @precondition(lambda self: self.known)
    @rule(data=st.data(), to=spans, told=st.booleans(), back=backs)
    def move(self, data: st.DataObject, to: int, told: bool, back: int) -> None:
        on, to_on = self.today - timedelta(days=back), self.today + timedelta(days=to)
        number, done = self.happens(data, Event(Verb.moved, on, to_on, told))
        if done:
            owed = self.known[number]
            self.known[number] = owed._replace(given=(*owed.given, (on, to_on)))

    @precondition(lambda self: self.known)
    @rule(data=st.data(), verb=st.sampled_from([Verb.kept, Verb.broken, Verb.released]), back=backs)
    def end(self, data: st.DataObject, verb: Verb, back: int) -> None:
        before = self.counts()
        number, done = self.happens(data, Event(verb, self.today - timedelta(days=back)))
        if done:
            owed = self.known[number]
            self.known[number] = owed._replace(ended=State(verb.value))
            after = self.counts()
            assert after[f"{owed.by} open"] == before[f"{owed.by} open"] - 1
            assert after[f"{owed.by} {verb}"] == before[f"{owed.by} {verb}"] + 1
        else:
            assert self.counts() == before, "what was refused changed nothing"

    @rule()
    def look(self) -> None:
        """No list writes."""
        content = sha256(self.path.read_bytes()).digest()
        self.counts()
        self.all_but_quiet()
        self.quiet()
        assert sha256(self.path.read_bytes()).digest() == content

    def happens(self, data: st.DataObject, event: Event) -> tuple[int, bool]:
        """Let something happen to one of the promises; false where the life of a promise forbids it."""
        number = data.draw(st.sampled_from(sorted(self.known)))
        try:
            actions.happen(self.store, [number], event, self.today)
        except C4lError:
            return number, False
        assert self.known[number].ended is None, "what has ended never changes again"
        return number, True

    # What every list says.

    def everything(self) -> tuple[PromiseView, ...]:
        return actions.listed(self.store, self.today, Wanted(state=None)).promises

    def reliability(self) -> Reliability:
        return reliability(self.store, self.today, WINDOW_DAYS)

    def listed(self, wanted: Wanted, client: ClientRef | None = None) -> PromiseList:
        return actions.listed(self.store, self.today, wanted, None if client is None else [client.id])

    def page(self) -> TodayPage:
        return today(self.store, self.today, DEFAULTS, cadence, AHEAD)

    def quiet(self) -> QuietList:
        return quiet(self.store, self.today, DEFAULTS, cadence)

    def brief(self, client: ClientRef) -> Brief:
        return brief(self.store, client, self.today, DEFAULTS)

    def all_but_quiet(self) -> tuple[object, ...]:
        """All that is said, but who is going quiet."""
        page = self.as_json("today", self.page())
        del page["quiet"]
        briefs = [self.brief(client) for client in self.clients]
        return (
            page,
            [each._replace(client=each.client._replace(snoozed_until=None)) for each in briefs],
            self.everything(),
            self.reliability(),
        )

    def counts(self) -> Counter[str]:
        """How many promises of either side are in each state, overdue, counted and honoured."""
        found = Counter[str]()
        for view in self.everything():
            found += self.tallied(view.promise.by, view.standing.state.value, *(["overdue"] if view.overdue else []))
        told = self.reliability()
        for party, side in ((Party.me, told.mine), (Party.them, told.theirs)):
            found[f"{party} counted"] = side.figures.counted
            found[f"{party} honoured"] = side.figures.honoured
        return +found

    @staticmethod
    def tallied(party: Party, *words: str) -> Counter[str]:
        return Counter(f"{party} {word}" for word in words)

    # What is always true.

    @invariant()
    def no_due_day_is_ever_lost(self) -> None:
        views = {view.promise.number: view for view in self.everything()}
        assert views.keys() == self.known.keys()
        for number, owed in self.known.items():
            promise = views[number].promise
            moves = [event.to for event in promise.events if event.verb is Verb.moved]
            assert (promise.first_due_on, *moves) == owed.due_days
            assert (views[number].standing.state is State.open) == (owed.ended is None)

    @invariant()
    def lists_and_reliability_agree(self) -> None:
        overdue = actions.listed(self.store, self.today, Wanted(overdue=True))
        open_ones = actions.listed(self.store, self.today, Wanted())
        told = self.reliability()
        assert (overdue.mine, overdue.theirs) == (told.mine.figures.overdue, told.theirs.figures.overdue)
        assert {view.promise.number for view in overdue.promises} == {
            view.promise.number for view in open_ones.promises if view.overdue
        }
        assert sum(row.mine.counted for row in told.clients) == told.mine.figures.counted
        assert told.mine.figures.kept_late <= sum(
            bool(view.days_late) for view in self.everything() if view.promise.by is Party.me
        )

    @invariant()
    def the_page_agrees_with_the_lists(self) -> None:
        """Whoever asks for what is due within a week is told what is overdue, too: yours first, on a morning."""
        page, overdue = self.page(), self.listed(Wanted(overdue=True))
        due = [view for view in self.listed(Wanted(within_days=AHEAD)).promises if not view.overdue]
        yours_first = sorted(overdue.promises, key=lambda view: view.promise.by is not Party.me)
        assert page.overdue == Section(tuple(yours_first))
        assert (page.mine, page.overdue.total) == (overdue.mine, overdue.mine + overdue.theirs)
        assert page.due == Section(tuple(due))
        told = self.as_json("today", page)
        for part, views in (("overdue", yours_first), ("due", due)):
            rows = [{key: value for key, value in row.items() if key != "last"} for row in told[part]]
            assert rows == self.as_json("promises", views)

    @invariant()
    def briefs_agree_with_the_lists(self) -> None:
        for client in self.clients:
            here = self.brief(client)
            told = self.as_json("brief", here)
            for owner, views, side in ((Party.me, here.mine, "mine"), (Party.them, here.theirs, "theirs")):
                listed = self.listed(Wanted(owner=owner), client)
                assert views == listed.promises
                assert told[side] == self.as_json("promises", listed)

    @invariant()
    def only_who_is_snoozed_is_hidden(self) -> None:
        """Whoever was not heard of for too long, and is not to be met, is quiet: on the page as in the list."""
        listed, page = self.quiet(), self.page()
        assert {each.client for each in listed.clients} == {
            client
            for client, days, until in zip(self.clients, self.contacts, self.snoozed, strict=True)
            if days and max(days) + timedelta(days=CADENCE_DAYS) < self.today and (until is None or until <= self.today)
        }
        assert page.quiet == Section(listed.clients)
        assert self.as_json("today", page)["quiet"] == self.as_json("quiet", listed)

    @invariant()
    def programs_are_told_the_same(self) -> None:
        listed = self.as_json("promises", actions.listed(self.store, self.today, Wanted(overdue=True)))
        told = self.as_json("reliability", self.reliability())
        for party, side in (("me", "mine"), ("them", "theirs")):
            assert sum(each["by"] == party for each in listed) == told[side]["overdue"]
            assert sum(month["counted"] for month in told[side]["months"]) == told[side]["counted"]
            assert sum(month["honoured"] for month in told[side]["months"]) == told[side]["honoured"]

    @staticmethod
    def as_json(kind: str, result: object) -> Any:
        from c4l.render import json as envelope

        data = KINDS[kind].load_data()(result)
        return json.loads(captured(lambda stream: envelope.write(kind, data, stream)))["data"]


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


def test_a_promise_becomes_overdue_overnight_without_a_write(tmp_path: Path) -> None:
    path = tmp_path / "c4l.db"
    with closing(Store.open(path)) as store:
        with store.writing("client add") as changes:
            jane = insert(changes, ClientDraft("Jane Example"), START)
        actions.make(store, jane, "send draft", Party.me, START, START, START)
        content = path.read_bytes()
        for day, overdue in ((START, 0), (START + timedelta(days=1), 1)):
            assert actions.listed(store, day, Wanted(overdue=True)).mine == overdue
            assert reliability(store, day, WINDOW_DAYS).mine.figures.overdue == overdue
    assert path.read_bytes() == content
