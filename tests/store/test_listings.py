"""A list that a user narrows: every choice of filters asks what SQLAlchemy itself would ask, and finds the same."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest

from c4l.domain.terms import Channel, ClientRef, Detail, Kind, Party
from c4l.store import clients, compiled, dialects, interactions, promises
from c4l.store.generate import text
from c4l.store.statements import everything
from c4l.store.statements.parts import Listing
from c4l.store.store import Changes, Store, Transaction, joined, narrowed
from tests.domain.books import TODAY, ago, broken, kept, moved

PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    "clients": {"day": TODAY, "clients": [1, 2, 3, 5, 8], "kind": Kind.friend, "tag": "vip", "part": "an"},
    "interaction_list": {
        "clients": [1, 4],
        "since": ago(12),
        "until": ago(2),
        "channel": Channel.visit,
        "signal": "door",
    },
    "promises": {
        "numbers": list(range(3, 22)),
        "clients": [1, 2, 5],
        "state": "open",
        "owner": Party.me,
        "due_before": TODAY,
        "due_from": ago(8),
        "due_by": ago(-5),
        "since": ago(20),
        "ended_since": ago(20),
    },
}


def fill(changes: Changes) -> None:
    """Some clients and promises, so various that every filter lets some through and stops some."""
    for number in range(10):
        name = f"{('Jane', 'Ann', 'Joanna', 'Bob')[number % 4]} Made-Up {number}"
        kind = (Kind.friend, Kind.customer, Kind.friend)[number % 3]
        ref = clients.add(changes, name=name, kind=kind, added_on=ago(40))
        wanted = [(Detail.tag, "VIP"), (Detail.tag, "skiing")][: number % 3]
        clients.add_details(changes, ref.id, [*wanted, (Detail.alias, f"{('Handy', 'Tall')[number % 2]} {number}")])
        meet(changes, ref, number)
        if number % 4 == 1:
            changes.insert("archiving", client_id=ref.id, start_on=ago(9), end_on=ago(-9) if number > 4 else None)
        if number % 4 == 2:
            changes.insert("archiving", client_id=ref.id, start_on=ago(9), end_on=TODAY)
        for each in range(3):
            by = Party.them if (number + each) % 3 == 0 else Party.me
            due = None if each == 1 and number % 2 else ago(number * 3 + each - 12)
            made = promises.add(changes, client=ref, by=by, what="send draft", made_on=ago(40 - number), due_on=due)
            if (number + each) % 4 == 0:
                promises.happen(changes, made, (kept, broken)[each % 2](ago(30 - 3 * number)))
            elif number % 5 == 0:
                promises.happen(changes, made, moved(ago(25), ago(number)))


def meet(changes: Changes, ref: ClientRef, number: int) -> None:
    """Two interactions, one of which showed something."""
    for on, channel, signal in ((ago(number), Channel.call, "early"), (ago(2 * number), Channel.visit, "door")):
        met = interactions.add(
            changes, clients=[ref], on=on, at=None, channel=channel, reached_out=None, minutes=None, note="made-up note"
        )
        if number % 2:
            interactions.add_signal(changes, met, ref, signal, on, None)


@pytest.fixture(scope="module")
def tx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transaction]:
    with Store.open(tmp_path_factory.mktemp("lists") / "c4l.db") as store:
        with store.writing("test") as changes:
            fill(changes)
        with store.reading() as opened:
            yield opened


def subsets(listing: compiled.Listing) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(listing.filters, size) for size in range(len(listing.filters) + 1))


def given_for(statement: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: parameters[name] for name in re.findall(r":(\w+)", statement)}


def bare(statement: str) -> str:
    """The text without brackets, which both may set where they mean nothing, and without invented names."""
    return re.sub(r"[() ]|anon_\d+", "", statement)


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_choice_of_filters_is_what_sqlalchemy_says(tx: Transaction, name: str) -> None:
    source, listing = everything()[name], getattr(compiled, name)
    assert isinstance(source, Listing)
    for chosen in subsets(listing):
        where = [source.filters[each] for each in chosen]
        theirs = text(source.select.where(*where).order_by(*source.order), dialects.sqlite())
        ours = narrowed(listing, chosen, None)
        assert bare(ours) == bare(theirs)
        found = tx.all(ours, **given_for(ours, PARAMETERS[name]))
        assert found == tx.all(theirs, **given_for(theirs, PARAMETERS[name]))
        total = f"{listing.total}{joined(listing, chosen)}"
        assert tx.count(listing, chosen, **given_for(total, PARAMETERS[name])) == len(found)


@pytest.mark.parametrize(
    ("name", "filter"), [(name, each) for name in PARAMETERS for each in getattr(compiled, name).filters]
)
def test_every_filter_lets_some_through_and_stops_some(tx: Transaction, name: str, filter: str) -> None:
    """Otherwise the comparison above would compare nothing with nothing."""
    listing = getattr(compiled, name)
    whole = tx.narrowed(listing, (), **given_for(listing.select, PARAMETERS[name]))
    some = narrowed(listing, [filter], None)
    assert 0 < len(tx.all(some, **given_for(some, PARAMETERS[name]))) < len(whole)


def test_a_limit_cuts_the_list_and_not_the_count(tx: Transaction) -> None:
    assert len(clients.listed(tx, TODAY, 365, {"active": None}, limit=3)) == 3
    assert clients.counted(tx, TODAY, {"active": None}) == len(clients.listed(tx, TODAY, 365, {"active": None})) > 3


def test_promises_are_listed_by_due_day_those_without_one_last(tx: Transaction) -> None:
    rows = promises.listed(tx, {})
    due = dict(tx.all("SELECT id, due_on FROM promise"))
    assert [row.number for row in rows] == sorted(due, key=lambda number: (due[number] or "9999", number))
    for limit in (1, 5, len(rows) - 1, len(rows), len(rows) + 9):
        assert promises.listed(tx, {}, limit) == rows[:limit]
    assert promises.counted(tx, {}) == len(rows)


def test_a_wildcard_in_words_is_a_sign_like_any_other(path: Path) -> None:
    with Store.open(path).rehearsing("test") as changes:
        for name in ("Jane 100%", "Jane 1000", "A_B", "AxB", "Wow!", "Wow"):
            clients.add(changes, name=name, kind=Kind.friend, added_on=TODAY)
        for words, names in (("100%", ["Jane 100%"]), ("a_b", ["A_B"]), ("wow!", ["Wow!"])):
            found = clients.listed(changes, TODAY, 365, {"part": clients.escaped(words)})
            assert [client.ref.name for client in found] == names


def test_whom_an_alias_holds_is_found_and_listed_once(path: Path) -> None:
    with Store.open(path).rehearsing("test") as changes:
        ref = clients.add(changes, name="Jane Example", kind=Kind.friend, added_on=TODAY)
        clients.add_details(changes, ref.id, [(Detail.alias, "Janey"), (Detail.alias, "Janie")])
        assert [client.ref for client in clients.listed(changes, TODAY, 365, {"part": "jan"})] == [ref]


def test_what_is_known_of_a_client_is_listed_with_them(path: Path) -> None:
    with Store.open(path).rehearsing("test") as changes:
        ref = clients.add(changes, name="Jane Example", kind=Kind.friend, added_on=TODAY, since=ago(900), role="CFO")
        clients.add(changes, name="Bob Sample", kind=Kind.family, added_on=TODAY)
        details = [(Detail.email, "jane@example.org"), (Detail.phone, "+49 30 1234"), (Detail.tag, "VIP")]
        clients.add_details(changes, ref.id, details)
        interactions.add(
            changes, clients=[ref], on=ago(4), at=None, channel=Channel.call, reached_out=None, minutes=None, note=""
        )
        clients.add_key_date(changes, ref.id, "birthday", 2, 29, None)
        [bob, jane] = clients.listed(changes, TODAY, 365, {})
    assert (jane.ref, jane.role, jane.since, jane.last_interaction_on) == (ref, "CFO", ago(900), ago(4))
    assert (jane.emails, jane.phones, jane.tags) == (("jane@example.org",), ("+49 30 1234",), ("VIP",))
    assert [(each.label, each.month, each.day, each.year) for each in jane.key_dates] == [("birthday", 2, 29, None)]
    assert (bob.emails, bob.key_dates, bob.last_interaction_on) == ((), (), None)
    assert not jane.archived
