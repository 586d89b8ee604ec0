"""An interaction comes back with all that belongs to it, and a client's latest ones newest first."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from c4l.domain.clients import Interaction, Learned, Seen
from c4l.domain.terms import Channel, ClientRef, FactKind, Kind, Party
from c4l.store import clients, interactions, promises
from c4l.store.store import Changes, Store
from tests.domain.books import TODAY, ago


def two_clients(changes: Changes) -> tuple[ClientRef, ClientRef]:
    jane, bob = (
        clients.add(changes, name=name, kind=Kind.friend, added_on=TODAY) for name in ("Jane Example", "Bob Sample")
    )
    return jane, bob


def meet(changes: Changes, on: date, *them: ClientRef) -> int:
    return interactions.add(
        changes, clients=them, on=on, at=None, channel=Channel.call, reached_out=None, minutes=None, note=f"on {on}"
    )


def test_an_interaction_comes_back_with_all_that_belongs_to_it() -> None:
    said: dict[str, Any] = {
        "on": ago(3),
        "at": time(9, 30),
        "channel": Channel.visit,
        "reached_out": Party.them,
        "minutes": 45,
        "note": "made-up note",
    }
    with Store.open(Path("nowhere.db")).rehearsing("test") as changes:
        jane, bob = two_clients(changes)
        other = meet(changes, ago(9), jane)
        number = interactions.add(changes, clients=[bob, jane], **said)
        interactions.add_signal(changes, number, jane, "early", ago(3), "flagged the audit")
        interactions.add_signal(changes, number, bob, "steer", ago(3), None)
        clients.add_fact(changes, bob.id, FactKind.goal, "one vendor", TODAY, number)
        made = promises.add(
            changes, client=jane, by=Party.me, what="send", made_on=TODAY, due_on=None, interaction=number
        )
        found = interactions.by_number(changes, [number, other])
    assert [each.number for each in found] == [other, number]
    assert found[1] == Interaction(
        number=number,
        **said,
        clients=(bob, jane),
        signals=(Seen(jane, "early", "flagged the audit"), Seen(bob, "steer")),
        facts=(Learned(bob, FactKind.goal, "one vendor"),),
        promises=(made.number,),
    )
    assert (found[0].clients, found[0].signals, found[0].facts, found[0].promises) == ((jane,), (), (), ())


@pytest.mark.parametrize(
    ("day", "limit", "expected"),
    [(TODAY, 9, [4, 3, 1, 2]), (TODAY, 3, [4, 3, 1]), (ago(1), 9, [1, 2]), (ago(-9), 1, [5]), (ago(99), 9, [])],
)
def test_the_latest_come_first_and_what_is_planned_only_on_its_day(day: date, limit: int, expected: list[int]) -> None:
    with Store.open(Path("nowhere.db")).rehearsing("test") as changes:
        jane, bob = two_clients(changes)
        for on in (ago(5), ago(8), TODAY, TODAY, ago(-9)):
            meet(changes, on, jane)
        meet(changes, TODAY, bob)
        found = interactions.recent(changes, jane.id, day, limit)
    assert [each.number for each in found] == expected
