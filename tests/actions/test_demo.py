"""The demo: the same story on whatever day it is made, in a book of its own, and never in anybody else's."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from c4l.actions import clients, demo, promises, triangle
from c4l.actions.clients import WantedClients
from c4l.actions.demo_cast import CAST
from c4l.actions.demo_story import PROMISES, STORY
from c4l.actions.drafts import ClientDraft
from c4l.domain.clients import Client
from c4l.domain.dates import next_yearly
from c4l.domain.errors import Conflict, Refused
from c4l.domain.promises import Outcome, outcome
from c4l.domain.records import Verb
from c4l.domain.signals import SIGNALS
from c4l.domain.terms import FactKind, Kind, Party, State, Tier
from c4l.domain.thresholds import DEFAULTS
from c4l.store.store import Store
from tests.conftest import Cli, Terminal

SUNDAY = date(2026, 11, 22)
DAYS = [
    SUNDAY,
    SUNDAY + timedelta(days=1),
    SUNDAY + timedelta(days=3),
    SUNDAY + timedelta(days=6),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2028, 2, 24),
    date(2028, 2, 29),
]

AT_THE_TOP = {"Jane Doe", "Dana Iqbal", "Nora Quill"}
KEY = {"Acme Finance", "Omar Lund", "Bob Stone", "Greta Holm", "Blue Heron Books", "Felix Amadi"}


@contextmanager
def demo_of(folder: Path, today: date = SUNDAY) -> Iterator[tuple[Store, demo.Demo]]:
    with Store.open(folder / "demo.db") as store:
        yield store, demo.make(store, today, DEFAULTS)


def everybody(store: Store, today: date) -> dict[str, Client]:
    found = clients.listed(store, today, DEFAULTS, WantedClients(archived=None))
    return {client.ref.name: client for client in found.clients}


def tiers(store: Store, day: date) -> dict[str, Tier]:
    view = triangle.triangle(store, day, day, DEFAULTS)
    return {each.client.name: each.tier for each in view.placed}


# The story, on any day


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_everybody_stands_where_the_story_has_them(tmp_path: Path, today: date) -> None:
    with demo_of(tmp_path, today) as (store, made):
        stand = tiers(store, today)

    assert {name for name, tier in stand.items() if tier is Tier.life} == AT_THE_TOP
    assert {name for name, tier in stand.items() if tier is Tier.key} == KEY
    assert made.triangle.counts == {Tier.life: 3, Tier.key: 6, Tier.base: 14}
    assert made.triangle.uncontacted == 1
    assert made.clients == len(CAST) == 25


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_four_promises_of_yours_and_two_of_theirs_are_overdue(tmp_path: Path, today: date) -> None:
    with demo_of(tmp_path, today) as (_, made):
        late = {view.promise.client.name: view for view in made.overdue.promises}

    assert (made.overdue.mine, made.overdue.theirs) == (4, 2)
    assert set(late) == {"Tomas Birk", "Omar Lund", "Jane Doe", "Acme Finance", "Bob Stone", "Blue Heron Books"}
    # Whoever is at the top stays there: a few days are within what the rule forgives.
    assert (late["Jane Doe"].days_late or 0) <= DEFAULTS.reliable_grace_days
    assert [move.fair for move in late["Jane Doe"].standing.moves] == [True]
    assert [move.fair for move in late["Omar Lund"].standing.moves] == [False, False]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_sign_of_trust_is_about_to_lapse(tmp_path: Path, today: date) -> None:
    with demo_of(tmp_path, today) as (store, _):
        assert tiers(store, today + timedelta(days=45))["Dana Iqbal"] is Tier.life
        assert tiers(store, today + timedelta(days=54))["Dana Iqbal"] is Tier.base


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_birthdays_come_soon_and_one_comes_on_a_leap_day(tmp_path: Path, today: date) -> None:
    with demo_of(tmp_path, today) as (store, _):
        days = {
            (name, each.label): (each, next_yearly(each.month, each.day, today))
            for name, client in everybody(store, today).items()
            for each in client.key_dates
        }

    nora, comes = days["Nora Quill", "birthday"]
    assert today <= comes <= today + timedelta(days=7)
    assert nora.year is not None
    milo, _ = days["Milo Vance", "birthday"]
    assert (milo.month, milo.day, milo.year) == (2, 29, 1988)
    assert [name for (name, _), (each, _) in days.items() if (each.month, each.day) == (2, 29)] == ["Milo Vance"]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_nothing_happened_after_today_and_nothing_on_a_weekend(tmp_path: Path, today: date) -> None:
    with demo_of(tmp_path, today) as (store, made):
        wanted = promises.listed(store, today, promises.Wanted(state=None))

    assert len(wanted.promises) == made.promises
    for view in wanted.promises:
        promise = view.promise
        happened = [promise.made_on, *(event.on for event in promise.events)]
        assert happened == sorted(happened)
        assert happened[-1] <= today
        due = [day for day in (promise.first_due_on, view.standing.due_on) if day is not None]
        assert all(day >= promise.made_on for day in due)
        assert all(day.weekday() < 5 for day in (*happened, *due))


@pytest.mark.parametrize(
    ("ago", "day"),
    [
        (0, date(2026, 11, 20)),
        (1, date(2026, 11, 20)),
        (2, date(2026, 11, 20)),
        (3, date(2026, 11, 19)),
        (-1, date(2026, 11, 23)),
        (-5, date(2026, 11, 27)),
        (-6, date(2026, 11, 30)),
        (-7, date(2026, 11, 30)),
        (-8, date(2026, 11, 30)),
    ],
)
def test_days_move_off_the_weekend_away_from_today(ago: int, day: date) -> None:
    assert demo.working_day(SUNDAY, ago) == day


# What there is to see


def test_every_signal_and_every_end_of_a_promise_can_be_seen(tmp_path: Path) -> None:
    with demo_of(tmp_path) as (store, _):
        listed = promises.listed(store, SUNDAY, promises.Wanted(state=None)).promises

    assert {signal for told in STORY for signal in told.signals} == {row.name for row in SIGNALS.values() if row.logged}
    assert {outcome(view.promise, SUNDAY) for view in listed} >= set(Outcome)
    assert {view.standing.state for view in listed} == set(State)
    assert {view.promise.by for view in listed if view.standing.due_on is None} == {Party.me, Party.them}
    assert {turn.verb for owed in PROMISES for turn in owed.turns} == set(Verb)


def test_clients_of_every_kind_and_facts_of_every_kind_are_there(tmp_path: Path) -> None:
    with demo_of(tmp_path) as (store, _):
        people = everybody(store, SUNDAY)

    assert {client.kind for client in people.values()} == set(Kind)
    facts = [fact for client in people.values() for fact in client.facts]
    assert {fact.kind for fact in facts} == set(FactKind)
    assert any(fact.reached_on for fact in facts)
    assert [name for name, client in people.items() if client.archived] == ["Hugo Brandt"]
    assert [name for name, client in people.items() if client.last_interaction_on is None] == ["Zoe Tanner"]
    assert people["Omar Lund"].own_view is Tier.life
    assert people["Priya Fenwick"].next_on == date(2026, 11, 30)


def test_one_complaint_is_owned_and_one_keeps_somebody_from_the_top(tmp_path: Path) -> None:
    with demo_of(tmp_path) as (store, _):
        found = {
            name: {
                finding.criterion: finding.met
                for finding in triangle.why(
                    store, everybody(store, SUNDAY)[name].ref, SUNDAY, SUNDAY, DEFAULTS
                ).placement.findings
            }
            for name in ("Dana Iqbal", "Greta Holm", "Priya Fenwick")
        }

    assert found["Dana Iqbal"]["unbroken"] is True
    greta = found["Greta Holm"]
    assert [name for name in ("trusted", "reliable", "lasting", "unbroken") if not greta[name]] == ["unbroken"]
    priya = found["Priya Fenwick"]
    assert [name for name in ("trusted", "reliable", "lasting", "unbroken") if not priya[name]] == ["trusted"]


def test_the_same_day_makes_the_same_book(tmp_path: Path) -> None:
    books = []
    for name in ("one", "other"):
        with demo_of(tmp_path / name) as (store, made):
            listed = promises.listed(store, SUNDAY, promises.Wanted(state=None))
            books.append((made._replace(file=Path()), listed.promises, everybody(store, SUNDAY)))

    assert books[0] == books[1]


# Whose book it is


def test_another_demo_takes_its_place_and_does_not_age(tmp_path: Path) -> None:
    with demo_of(tmp_path) as (_, first):
        pass
    later = SUNDAY + timedelta(days=200)
    with demo_of(tmp_path, later) as (store, again):
        assert [path.name for path in tmp_path.iterdir()] == ["demo.db"]
        assert set(tiers(store, later)) == set(tiers(store, again.triangle.as_of))
    assert again.triangle.counts == first.triangle.counts
    assert (again.clients, again.interactions, again.promises) == (first.clients, first.interactions, first.promises)


def test_what_was_tried_in_it_is_not_lost_unasked(tmp_path: Path) -> None:
    with demo_of(tmp_path) as (store, _):
        assert not demo.changed(store)
        clients.add(store, ClientDraft("Jo Reed"), SUNDAY, DEFAULTS)
        assert demo.changed(store)
        with pytest.raises(Conflict, match="since it was made"):
            demo.make(store, SUNDAY, DEFAULTS)
        assert "Jo Reed" in everybody(store, SUNDAY)

        demo.make(store, SUNDAY, DEFAULTS, discard=True)
        assert "Jo Reed" not in everybody(store, SUNDAY)


def test_a_book_that_was_not_begun_as_a_demo_is_left_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path / "demo.db") as store:
        clients.add(store, ClientDraft("Jo Reed"), SUNDAY, DEFAULTS)
        before = store.path.read_bytes()
        for discard in (False, True):
            with pytest.raises(Refused, match="no demo"):
                demo.make(store, SUNDAY, DEFAULTS, discard=discard)
        assert store.path.read_bytes() == before


@pytest.mark.parametrize("when", ["while it is told", "before anything is"])
def test_the_old_demo_stays_until_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    def slip(*_: object) -> None:
        raise KeyboardInterrupt

    with demo_of(tmp_path) as (store, _):
        clients.add(store, ClientDraft("Jo Reed"), SUNDAY, DEFAULTS)
        before = store.path.read_bytes()
        monkeypatch.setattr(demo, "_promise" if when == "while it is told" else "_person", slip)
        with pytest.raises(KeyboardInterrupt):
            demo.make(store, SUNDAY, DEFAULTS, discard=True)

        assert [path.name for path in tmp_path.iterdir()] == ["demo.db"]
        assert store.path.read_bytes() == before
        assert "Jo Reed" in everybody(store, SUNDAY)


@pytest.mark.parametrize("mask", [0o000, 0o077], ids=oct)
def test_a_demo_made_anew_is_the_users_alone(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        for _ in range(2):
            with demo_of(tmp_path / "new") as (store, _made):
                assert (store.path.stat().st_mode & 0o777, store.path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    finally:
        os.umask(before)


def test_an_empty_book_may_become_one(tmp_path: Path) -> None:
    with Store.open(tmp_path / "demo.db") as store:
        with store.writing("nothing"):
            pass
        assert store.path.exists()
        assert demo.make(store, SUNDAY, DEFAULTS).clients == 25


# As a command


def test_the_command_fills_a_file_beside_the_own_book_which_stays_as_it_is(
    cli: Cli, home: dict[str, str], tmp_path: Path
) -> None:
    cli("client", "add", "Jo Reed")
    own = Path(home["C4L_DATABASE"])
    before = own.read_bytes()

    done = cli("demo")

    beside = own.with_name("demo.db")
    assert done.code == 0
    assert own.read_bytes() == before
    assert f"export C4L_DATABASE={beside}" in done.err
    kinds = Counter(line.split("\t")[0] for line in done.out.splitlines())
    assert kinds == {"promise": 6, "placement": 23}
    assert cli("client", "show", "jo", env={"C4L_DATABASE": str(beside)}).code == 3
    # Whoever follows the advice and asks again means the same file.
    assert cli("demo", env={"C4L_DATABASE": str(beside)}).code == 0
    assert sorted(path.name for path in own.parent.iterdir()) == ["c4l.db", "demo.db"]


def test_everything_it_advises_can_be_done(cli: Cli, home: dict[str, str]) -> None:
    done = cli("demo")
    env = {"C4L_DATABASE": str(Path(home["C4L_DATABASE"]).with_name("demo.db"))}

    assert cli("why", "dana", env=env).code == 0
    note = ("log", "Jane Doe", "asked what we would do", "-s", "advice", "-i", "send the deck by friday")
    assert cli(*note, env=env).code == 0
    [keep] = [line.split() for line in done.err.splitlines() if line.startswith("  c4l keep")]
    assert cli(*keep[1:], env=env).code == 0


def test_json_is_one_envelope(cli: Cli) -> None:
    done = cli("demo", "--json")

    told = json.loads(done.out)
    assert (told["c4l"], told["kind"]) == (1, "demo")
    assert Path(told["data"]["file"]).name == "demo.db"
    assert told["data"]["clients"] == 25
    assert len(told["data"]["overdue"]) == 6
    assert told["data"]["triangle"]["counts"] == {"life": 3, "key": 6, "base": 14, "uncontacted": 1}


def test_a_named_file_is_taken_where_it_is_free_and_refused_where_it_is_not(cli: Cli, home: dict[str, str]) -> None:
    own = home["C4L_DATABASE"]
    cli("client", "add", "Jo Reed")

    refused = cli("demo", "--database", own)
    assert (refused.code, refused.out) == (1, "")
    assert "no demo" in refused.err
    assert cli("demo", "--yes", "--database", own).code == 1
    other = Path(own).with_name("other.db")
    assert cli("demo", "--database", str(other)).code == 0
    assert other.exists()


def test_what_was_tried_is_asked_after(cli: Cli, terminal: Terminal, home: dict[str, str]) -> None:
    cli("demo")
    beside = str(Path(home["C4L_DATABASE"]).with_name("demo.db"))
    cli("client", "add", "Jo Reed", "--database", beside)

    refused = cli("demo")
    assert (refused.code, refused.out) == (1, "")
    assert "--yes" in refused.err
    stays = terminal("demo", typed=[("Make it anew?", "n\r")])
    assert stays.code == 1
    assert cli("client", "show", "jo-reed", "--database", beside).code == 0
    shown = terminal("demo", typed=[("Make it anew?", "y\r")])
    assert shown.code == 0
    assert shown.out.index("$ c4l promises --overdue") < shown.out.index("$ c4l triangle") < shown.out.index("export")
    assert cli("client", "show", "jo-reed", "--database", beside).code == 3
