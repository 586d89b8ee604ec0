"""Who is going quiet, on the command line: the cadence that holds, what a log changes about it, and the snooze."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.actions import clients, log, quiet, today
from c4l.actions.drafts import ClientDraft
from c4l.actions.triangle import triangle
from c4l.domain.terms import ClientRef, Tier
from c4l.domain.thresholds import DEFAULTS
from c4l.store import connection, morning
from c4l.store.store import Store
from tests.commands.conftest import Book
from tests.conftest import Cli
from tests.domain.books import TODAY, ago

CADENCE = {Tier.base: 90, Tier.key: 30, Tier.life: 14}


def handles(found: Any) -> list[str]:
    return [each["client"]["handle"] for each in found]


def on(days: int) -> str:
    return ago(days).isoformat()


# The list


def test_the_most_overdue_come_first(book: Book) -> None:
    book.done("log", "jane", "said hello", "--on", on(100))
    book.done("log", "bob", "said hello", "--on", on(91))
    book.done("log", "omar", "said hello", "--on", on(90))
    book.done("client", "edit", "may", "--cadence", "1w")
    book.done("log", "may", "said hello", "--on", on(30))
    found = book.done("quiet")
    assert handles(found) == ["may-lee", "jane-doe", "bob-stone"]
    assert found[0] == {
        "client": {"handle": "may-lee", "name": "May Lee"},
        "tier": "base",
        "last_on": on(30),
        "cadence_days": 7,
        "days_since": 30,
        "wished_on": on(23),
        "days_over": 23,
        "awaited": False,
        "last": {"interaction": 4, "on": on(30), "channel": "call", "note": "said hello"},
    }


def test_nobody_who_was_never_contacted_is_quiet_without_a_cadence_of_their_own(book: Book, cli: Cli) -> None:
    later = {"C4L_TODAY": on(-400)}
    book.done("client", "edit", "jane", "--cadence", "10d")
    assert handles(book.done("quiet", env=later)) == ["jane-doe"]
    [jane] = book.done("quiet", env={"C4L_TODAY": on(-11)})
    assert (jane["tier"], jane["last_on"], jane["days_since"], jane["last"]) == (None, None, None, None)
    assert (jane["cadence_days"], jane["days_over"]) == (10, 1)
    assert book.done("quiet", env={"C4L_TODAY": on(-10)}) == []


def test_the_triangle_is_not_drawn_up_for_those_who_have_no_place_in_it(tmp_path: Path) -> None:
    later = ago(-11)
    with Store.open(tmp_path / "c4l.db") as store:
        clients.add(store, ClientDraft("Jane Doe", cadence_days=10), TODAY, DEFAULTS)
        with store.reading() as tx, pytest.MonkeyPatch.context() as patch:
            patch.setattr(quiet, "tiers", lambda *_: pytest.fail("it was"))
            everybody = morning.silences(tx, later)
            found = quiet.going_quiet(tx, everybody, later, DEFAULTS, CADENCE.__getitem__)
    assert [(each.client.handle, each.tier, each.wished_on) for each in found] == [("jane-doe", None, ago(-10))]


def test_tier_tag_and_limit_narrow_the_list(book: Book, cli: Cli) -> None:
    for name, days in (("jane", 300), ("bob", 200), ("omar", 100)):
        book.done("log", name, "said hello", "--on", on(days))
    book.done("client", "edit", "bob", "--tag", "VIP")
    book.done("assess", "omar", "--value", "9", "--stake", "high")
    assert handles(book.done("quiet", "--tag", "vip")) == ["bob-stone"]
    assert handles(book.done("quiet", "--tier", "key")) == ["omar-lund"]
    assert handles(book.done("quiet", "--tier", "life")) == []
    assert handles(book.done("quiet", "--limit", "1")) == ["jane-doe", "bob-stone", "omar-lund"], "JSON holds all"
    assert cli("quiet", "--limit", "1").out.count("\n") == 1
    drawn = cli("quiet", "--limit", "1", tty=True, env={"TERM": "dumb"}).out
    assert "Going quiet · 3" in drawn
    assert "and 2 more: --limit 0 shows them all" in drawn


def test_a_key_client_is_missed_sooner_than_one_of_the_base(book: Book) -> None:
    for name in ("jane", "bob"):
        book.done("log", name, "said hello", "--on", on(31))
    book.done("assess", "jane", "--value", "9", "--stake", "high")
    [jane] = book.done("quiet")
    assert (jane["client"]["handle"], jane["tier"], jane["cadence_days"], jane["days_over"]) == (
        "jane-doe",
        "key",
        30,
        1,
    )


def test_the_cadences_are_settings(book: Book) -> None:
    book.done("log", "jane", "said hello", "--on", on(8))
    assert book.done("quiet") == []
    assert handles(book.done("quiet", env={"C4L_CADENCE_BASE": "7"})) == ["jane-doe"]


def test_friends_and_family_are_missed_too(book: Book) -> None:
    for kind in ("friend", "family", "team", "internal", "partner"):
        book.done("client", "add", f"Some {kind.title()}", "--kind", kind)
        book.done("log", f"some-{kind}", "said hello", "--on", on(100))
    assert len(book.done("quiet")) == 5


def test_the_archived_are_never_quiet(book: Book) -> None:
    book.done("log", "jane", "said hello", "--on", on(100))
    book.done("client", "archive", "jane")
    assert book.done("quiet") == []
    book.done("client", "unarchive", "jane")
    assert handles(book.done("quiet")) == ["jane-doe"]


def test_a_plan_keeps_a_client_from_being_quiet_and_is_contact_from_its_day_on(book: Book) -> None:
    book.done("log", "jane", "said hello", "--on", on(100))
    book.done("log", "jane", "lunch", "--on", on(-5))
    assert book.done("quiet") == []
    assert book.done("client", "show", "jane")["last_interaction_on"] == on(100), "a plan is no contact"
    assert book.done("quiet", env={"C4L_TODAY": on(-5)}) == []
    assert book.done("quiet", env={"C4L_TODAY": on(-95)}) == []
    assert handles(book.done("quiet", env={"C4L_TODAY": on(-96)})) == ["jane-doe"]


def test_what_is_written_down_late_never_moves_the_last_contact_back(book: Book) -> None:
    book.done("log", "jane", "said hello", "--on", on(10), "--next", on(-9))
    book.done("log", "jane", "forgot to write this down", "--on", on(200))
    assert book.done("quiet") == []
    [jane] = book.done("quiet", env={"C4L_TODAY": on(-11)})
    assert (jane["last_on"], jane["wished_on"], jane["days_over"], jane["awaited"]) == (on(10), on(-9), 2, True)


def test_a_day_set_for_the_next_contact_holds_until_that_contact(book: Book) -> None:
    book.done("log", "jane", "said hello", "--on", on(100), "--next", "3w")
    assert book.done("quiet") == []
    assert book.done("quiet", env={"C4L_TODAY": on(-21)}) == []
    assert handles(book.done("quiet", env={"C4L_TODAY": on(-22)})) == ["jane-doe"]
    book.done("log", "jane", "said hello in between")
    assert handles(book.done("quiet", env={"C4L_TODAY": on(-22)})) == ["jane-doe"], "it was not yet the day"
    book.done("log", "jane", "said hello again", env={"C4L_TODAY": on(-21)})
    assert book.done("quiet", env={"C4L_TODAY": on(-111)}) == []
    assert handles(book.done("quiet", env={"C4L_TODAY": on(-112)})) == ["jane-doe"], "the cadence holds again"


# The snooze


def test_a_snoozed_client_is_hidden_until_the_day(book: Book) -> None:
    book.done("log", "jane", "said hello", "--on", on(100))
    assert book.done("snooze", "jane", "2w")["snoozed_until"] == on(-14)
    assert book.done("quiet") == []
    assert book.done("quiet", env={"C4L_TODAY": on(-13)}) == []
    assert handles(book.done("quiet", env={"C4L_TODAY": on(-14)})) == ["jane-doe"]
    assert book.done("snooze", "jane", "none")["snoozed_until"] is None
    assert handles(book.done("quiet")) == ["jane-doe"]


def test_a_snooze_says_on_which_weekday_it_ends(book: Book, cli: Cli) -> None:
    assert cli("snooze", "jane", "2w").err == "hidden from those going quiet until Sun 6 Dec 2026\n"
    drawn = cli("snooze", "jane", "2w", tty=True)
    assert ("Sun 6 Dec 2026" in drawn.out, drawn.err) == (True, "")
    assert cli("snooze", "jane", "none").err == ""


@pytest.mark.parametrize("day", [on(0), on(1)])
def test_a_snooze_ends_on_a_day_to_come(book: Book, cli: Cli, day: str) -> None:
    before = book.changes
    book.refused(cli("snooze", "jane", day), 2, f"{day} is not still to come", "c4l snooze jane-doe 2w")
    book.refused(cli("snooze", "jane", "soon"), 2, "no day")
    book.refused(cli("snooze", "nobody", "2w"), 3)
    assert book.changes == before


def test_a_snoozed_client_is_missing_from_the_quiet_alone(book: Book, cli: Cli) -> None:
    book.done("log", "jane", "introduced us", "-s", "door", "--on", on(100), "-i", "call by 2026-11-20")
    book.done("promise", "jane", "send the deck", "--by", on(-2), "--theirs")
    assert cli("date", "jane", "birthday", "11-25").code == 0
    whole = book.done("today")
    book.done("snooze", "jane", "2w")
    page = book.done("today")
    assert handles(whole["quiet"]) == ["jane-doe"]
    assert page["quiet"] == []
    assert {**page, "quiet": whole["quiet"]} == whole
    assert all(whole[part] for part in ("overdue", "due", "dates", "thanks"))


# The rule, told again by somebody who never saw the code


class Entry(NamedTuple):
    """What was logged with a client: its day, and the day set for the next contact."""

    on: int
    next: int | None


class Person(NamedTuple):
    """A client, and all that bears on their silence; days are counted back from `TODAY`."""

    entries: list[Entry]
    cadence: int | None
    snoozed: int | None
    archived: bool


entry = st.builds(Entry, st.integers(-25, 150), st.none() | st.none() | st.integers(-60, -1))
person = st.builds(
    Person,
    st.lists(entry, max_size=4),
    st.none() | st.none() | st.integers(1, 60),
    st.none() | st.none() | st.integers(-60, -1),
    st.sampled_from((False, False, False, True)),
)


@contextmanager
def written(people: list[Person]) -> Iterator[tuple[Store, list[ClientRef]]]:
    """A book of these people, written through the actions behind the commands."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "c4l.db") as store:
        refs = []
        for number, one in enumerate(people):
            draft = ClientDraft(f"Person {'ABC'[number]}", cadence_days=one.cadence)
            ref = clients.add(store, draft, TODAY, DEFAULTS).ref
            for each in one.entries:
                next_on = None if each.next is None else ago(each.next)
                log.log(store, [ref], log.LogDraft("talked", ago(each.on), next_on=next_on), TODAY)
            if one.snoozed is not None:
                quiet.snooze(store, ref, ago(one.snoozed), TODAY, DEFAULTS)
            if one.archived:
                clients.archive(store, ref, TODAY, TODAY, DEFAULTS)
            refs.append(ref)
        yield store, refs


def days_over(one: Person, tier: Tier | None, day: date) -> int | None:
    """How many days a client is over, or None, as the design says it."""
    if one.archived or (one.snoozed is not None and day < ago(one.snoozed)):
        return None
    days = [ago(each.on) for each in one.entries]
    past = [each for each in days if each <= day]
    if any(each > day for each in days):
        return None
    set_days = [ago(each.next) for each in one.entries if each.next is not None]
    awaited = set_days[-1] if set_days else None
    if awaited is not None and not any(each >= awaited for each in past):
        wished = awaited
    elif past:
        wished = max(past) + timedelta(days=one.cadence or (CADENCE[tier] if tier else 0))
    elif one.cadence:
        wished = TODAY + timedelta(days=one.cadence)
    else:
        return None
    return (day - wished).days if day > wished else None


@settings(max_examples=25)
@given(st.lists(person, min_size=1, max_size=3), st.sampled_from((0, 1, 14, 26, 40, 91, 200)))
def test_the_quiet_are_those_whom_the_design_calls_so(people: list[Person], later: int) -> None:
    day = TODAY + timedelta(days=later)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "RECIPE", (*connection.RECIPE, "PRAGMA synchronous = OFF"))
        with written(people) as (store, refs):
            tiers = {each.client: each.tier for each in triangle(store, day, day, DEFAULTS).placed}
            found = quiet.quiet(store, day, DEFAULTS, CADENCE.__getitem__)
            page = today.today(store, day, DEFAULTS, CADENCE.__getitem__)
    over = {ref: days_over(one, tiers.get(ref), day) for ref, one in zip(refs, people, strict=True)}
    assert {each.client: each.days_over for each in found.clients} == {
        ref: days for ref, days in over.items() if days is not None
    }
    assert [each.days_over for each in found.clients] == sorted((d for d in over.values() if d), reverse=True)
    assert page.quiet.rows == found.clients


@settings(max_examples=15)
@given(st.lists(person, min_size=2, max_size=2), st.integers(-60, -1))
def test_a_snooze_takes_one_client_from_the_quiet_and_nothing_from_anything_else(
    people: list[Person], until: int
) -> None:
    day = TODAY + timedelta(days=95)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "RECIPE", (*connection.RECIPE, "PRAGMA synchronous = OFF"))
        with written(people) as (store, refs):
            before = today.today(store, day, DEFAULTS, CADENCE.__getitem__, days=30)
            quiet.snooze(store, refs[0], day + timedelta(days=-until), day, DEFAULTS)
            after = today.today(store, day, DEFAULTS, CADENCE.__getitem__, days=30)
    left = tuple(each for each in before.quiet.rows if each.client != refs[0])
    assert after.quiet.rows == left
    assert after._replace(quiet=before.quiet, last=before.last) == before
