"""The program and an independent reading of the rules say the same of every client of every book.

`make test` compares some hundred books. `make oracle` compares thousands, and says how much agreed.
"""

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c4l.domain.records import Records
from c4l.domain.thresholds import DEFAULTS, Thresholds
from c4l.store import connection
from tests.conftest import Cli
from tests.domain.books import TODAY, books
from tests.oracle import reading, silence
from tests.oracle.edgy import Edgy, edgy
from tests.oracle.exported import Export, exported
from tests.store.written import grown, write

BOOKS = int(os.environ.get("ORACLE_BOOKS", "0"))
"""How many books of each kind are compared, where somebody asks for more than the usual few."""


CADENCES = {"base": 90, "key": 30, "life": 14}


class Compared:
    """Writes books, asks the program and the oracle about them, and counts what they agreed on."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._patch = patch
        self._numbers = count(1)
        self._made: dict[int, tuple[Export, Edgy]] = {}
        self.agreed: Counter[str] = Counter()

    def all_agree(self, it: Edgy, chance: Random) -> None:
        """Hold that both say the same of a book, on the day on which it is looked at and around it."""
        path = self.written(it.book)
        self.agree(path, it.as_of, it.needs)
        # The days on which a record has just come into sight, or just left it, lie beside those on an edge, too.
        self.agree(path, it.as_of + timedelta(days=chance.choice((-7, -1, 1, 2, 8))), it.needs)
        since = it.as_of - timedelta(days=chance.choice((1, 8, 30, it.needs.window_days)))
        self.agree_on_moves(path, since, it.as_of, it.needs)
        self.agree_on_history(path, it.as_of, it.needs)
        self.agree_on_promises(path, it.as_of, it.needs.window_days)
        self.agree_on_silence(path, it.as_of, chance)
        self.agreed["books"] += 1
        # Thousands of books would fill a disk.
        path.unlink()

    def on_edge(self, number: int) -> tuple[Export, Edgy]:
        """One of the books made up by chance, as exported data, and how it is looked at."""
        if number not in self._made:
            it = edgy(Random(number))
            path = self.written(it.book)
            self._made[number] = exported(path), it
            path.unlink()
        return self._made[number]

    def written(self, book: Sequence[Records]) -> Path:
        """A file with a book in it."""
        path = self._folder / f"{next(self._numbers)}.db"
        write(path, book)
        return path

    def agree(self, path: Path, as_of: date, needs: Thresholds) -> None:
        """Hold that both say the same of a day."""
        day = as_of.isoformat()
        told = reading.triangle(exported(path), day, needs._asdict())
        ask = self._program(path, needs)
        found = answer(ask("triangle", "--as-of", day, "--json"))
        places = {each["client"]["handle"]: each for each in found["placements"]}
        assert found["counts"] == told["counts"]
        assert {handle: placement(each) for handle, each in places.items()} == {
            handle: placement(each) for handle, each in told["placements"].items()
        }
        for client in exported(path)["client"]:
            handle = str(client["handle"])
            why = ask("why", handle, "--as-of", day, "--json")
            if handle in told["placements"]:
                self._same_reasons(answer(why), told["placements"][handle])
                self._traced(answer(why), exported(path), day)
            else:
                assert (why.code, why.out) == (1, ""), why
        self.agreed["days"] += 1
        self.agreed["placements"] += len(places)

    def _same_reasons(self, why: Mapping[str, Any], told: Mapping[str, Any]) -> None:
        assert placement(why) == placement(told)
        assert {it["criterion"]: it["met"] for it in why["findings"]} == told["findings"]
        assert {it["criterion"]: it["lapses_on"] for it in why["findings"]} == told["lapses"]
        self.agreed["findings"] += len(why["findings"])
        self.agreed["lapses of findings"] += sum(it["lapses_on"] is not None for it in why["findings"])
        self.agreed["lapses of placements"] += why["lapses_on"] is not None
        self.agreed["rises"] += why["rises_on"] is not None
        self.agreed[f"placed at {why['tier']}"] += 1

    def _traced(self, why: Mapping[str, Any], book: Export, day: str) -> None:
        """Hold that every record behind a finding is in the book, is about this client, and was known on that day."""
        client = next(row for row in book["client"] if row["handle"] == why["client"]["handle"])
        own = client["id"]
        met = {(row["interaction_id"], row["happened_on"]) for row in book["participant"] if row["client_id"] == own}
        views = {row["stated_on"] for row in book["assessment"] if row["client_id"] == own}
        owed = {row["id"] for row in book["promise"] if row["client_id"] == own and str(row["made_on"]) <= day}
        for finding in why["findings"]:
            # What is unbroken may rest on nothing; whatever else is met rests on something.
            assert finding["evidence"] or finding["met"] is not True or finding["criterion"] == "unbroken", finding
            for record in finding["evidence"]:
                known = {
                    "interaction": (record["number"], record["on"]) in met,
                    "assessment": record["on"] in views,
                    "promise": record["number"] in owed,
                    "client": record["on"] == client["since_on"],
                }
                assert known[record["kind"]], record
                assert record["on"] <= day
                self.agreed["records behind findings"] += 1

    def agree_on_promises(self, path: Path, today: date, days: int) -> None:
        """Hold that both count the same promises, and the same as honoured."""
        book = exported(path)
        since = today - timedelta(days=days - 1)
        ask = self._program(path, DEFAULTS, C4L_TODAY=today.isoformat())
        found = answer(ask("reliability", "--since", since.isoformat(), "--json"))
        for side in ("mine", "theirs"):
            told = reading.reliability(book, today.isoformat(), days, mine=side == "mine")
            assert {name: found[side][name] for name in told} == told
            self.agreed["promises counted"] += told["counted"]

    def agree_on_moves(self, path: Path, since: date, until: date, needs: Thresholds) -> None:
        """Hold that both say who moved between two days, and which findings changed."""
        book = exported(path)
        before, after = (
            reading.triangle(book, day.isoformat(), needs._asdict(), walk=False)["placements"] for day in (since, until)
        )
        ask = self._program(path, needs)
        asked = ("triangle", "--since", since.isoformat(), "--as-of", until.isoformat())
        found = {each["client"]["handle"]: each for each in answer(ask(*asked, "--json"))["moves"]}
        tiers = {
            handle: tuple(day[handle]["tier"] if handle in day else None for day in (before, after))
            for handle in before | after
        }
        assert {handle: (each["from"], each["to"]) for handle, each in found.items()} == {
            handle: both for handle, both in tiers.items() if both[0] != both[1]
        }
        for handle in found.keys() & before.keys() & after.keys():
            was, met = before[handle]["findings"], after[handle]["findings"]
            # "(or not enough evidence, which is never met)": what was not met and cannot be told now is no change.
            changed = {name for name in met if (was[name] is True) != (met[name] is True)}
            told = {each["criterion"]: (each["was"], each["met"]) for each in found[handle]["because"]}
            assert told == {name: (was[name], met[name]) for name in changed}
        self.agreed["moves"] += len(found)

    def agree_on_history(self, path: Path, until: date, needs: Thresholds) -> None:
        """Hold that both count the same on every day of a history."""
        book = exported(path)
        asked = ("triangle", "--history", "--every", "month", "--as-of", until.isoformat())
        for day in answer(self._program(path, needs)(*asked, "--json"))["days"]:
            told = reading.triangle(book, day["on"], needs._asdict(), walk=False)["counts"]
            assert {name: day[name] for name in told} == told
            self.agreed["days of a history"] += 1

    def agree_on_silence(self, path: Path, today: date, chance: Random) -> None:
        """Hold that both find the same clients quiet, each for as long, whatever was wished for them."""
        with closing(sqlite3.connect(path)) as file, file:
            for (number,) in file.execute("SELECT id FROM client").fetchall():
                near = [(today + timedelta(days=chance.choice((-40, -1, 0, 1, 9)))).isoformat() for _ in range(2)]
                wishes = [chance.choice((None, wish)) for wish in (chance.choice((1, 9, 30)), *near)]
                wished = "cadence_days = ?, next_on = ?, snoozed_until_on = ?"
                file.execute(f"UPDATE client SET {wished} WHERE id = ?", [*wishes, number])
        ask = self._program(path, DEFAULTS, C4L_TODAY=today.isoformat())
        found = answer(ask("quiet", "--json"))
        told = silence.quiet(exported(path), today.isoformat(), DEFAULTS._asdict(), CADENCES)
        assert {each["client"]["handle"]: each["days_over"] for each in found} == told
        self.agreed["found quiet"] += len(told)

    def _program(self, path: Path, needs: Thresholds, **more: str) -> Cli:
        own = {f"C4L_TRIANGLE_{name.upper()}": str(number) for name, number in needs._asdict().items()}
        files = {"HOME": str(self._folder), "C4L_CONFIG": str(self._folder / "none.toml"), "C4L_DATABASE": str(path)}
        return Cli({**files, **own, "C4L_TODAY": TODAY.isoformat(), "TZ": "UTC", **more}, self._patch)


def answer(answered: Any) -> Any:
    """The data of a command that has to succeed without a word on stderr."""
    assert (answered.code, answered.err) == (0, ""), answered
    return json.loads(answered.out)["data"]


def placement(place: Mapping[str, Any]) -> dict[str, Any]:
    """What a placement says of its own."""
    return {name: place[name] for name in ("tier", "own_view", "lapses_on", "rises_on")}


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compared]:
    with pytest.MonkeyPatch.context() as patch:
        # What a power cut leaves is proved elsewhere; waiting for the disk is most of what a command does.
        patch.setattr(connection, "RECIPE", (*connection.RECIPE, "PRAGMA synchronous = OFF"))
        both = Compared(tmp_path_factory.mktemp("oracle"), patch)
        yield both
    if BOOKS:
        print("\nagreed on " + ", ".join(f"{number} {what}" for what, number in sorted(both.agreed.items())))


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(books(), st.integers(0, 400))
def test_both_say_the_same_of_any_book(compared: Compared, book: list[Records], days: int) -> None:
    """Where they disagree, the smallest such book is told."""
    compared.all_agree(Edgy(book, TODAY - timedelta(days=days), DEFAULTS), Random(days))


@pytest.mark.parametrize("seed", range(BOOKS // 20 or 5))
def test_both_say_the_same_of_a_book_that_grew(compared: Compared, seed: int) -> None:
    """A dozen clients who share interactions, on several days: one book, many answers."""
    path = compared.written(grown(seed, 12, 150))
    for days in (0, 20, 91, 365, -30):
        compared.agree(path, TODAY - timedelta(days=days), DEFAULTS)
        compared.agree_on_promises(path, TODAY - timedelta(days=days), DEFAULTS.window_days)
    compared.agreed["books"] += 1


def test_both_say_the_same_of_many_books_that_lie_on_edges(compared: Compared) -> None:
    for number in range(BOOKS or 100):
        chance = Random(number)
        compared.all_agree(edgy(chance), chance)


@pytest.mark.parametrize("name", Thresholds._fields)
@pytest.mark.parametrize("step", [-1, 1])
def test_a_threshold_that_is_off_by_one_would_be_noticed(compared: Compared, name: str, step: int) -> None:
    """Else the books would not lie on the edges, and to agree on them would prove little."""

    def differs(number: int) -> bool:
        book, it = compared.on_edge(number)
        needs = it.needs._asdict()
        day = it.as_of.isoformat()
        off = needs | {name: needs[name] + step}
        return reading.triangle(book, day, needs, walk=False) != reading.triangle(book, day, off, walk=False)

    assert any(map(differs, range(400)))
