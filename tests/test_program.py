"""The program as a whole, as commands, against a model in plain Python: what was acknowledged is there, and no more.

After every command the book is opened anew and all its lists are compared with the model. A command that fails leaves
every byte as it was; one that succeeds changes no row of a record that its answer does not name; undo takes back all
of it; and what was written down and read into an empty book is the same book.

`C4L_EXAMPLES=500 pytest tests/test_program.py` looks for longer.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from c4l.domain.names import name_key
from c4l.store import compiled
from tests.commands.snapshots import Snapshot
from tests.commands.test_safety import HOSTILE, kept, line
from tests.conftest import TODAY, Cli, Result

EXAMPLES = int(os.environ.get("C4L_EXAMPLES", "15"))

STEPS = 30

WRONG = (
    *(
        "keep|99",
        "keep|x",
        "move|1|yesterdayish|--told",
        "promise|nobody-at-all|a deck",
        "log|jane|x|-s|no-such-signal",
    ),
    *("log|jane, nobody-at-all|x", "edit|i99|--note|x", "edit|1|--by|next friday", "remove|99|--yes", "remove|i1"),
    *(
        "client rename|nobody-at-all|X",
        "client archive|jane|--on|tomorrow",
        "tag|jane|--remove|no-such-tag",
        "undo|999",
    ),
    *(
        "assess|jane|--value|lots",
        "assess|jane|--because|so",
        "remember|jane",
        "date|jane|birthday|31 feb",
        "snooze|jane|next week",
    ),
    *("import|no-such-file.csv", "log", "promise|jane|x|--by|fridayish 3", "keep|1|--on|tomorrow", "no-such-command"),
    # These fail when a part of what they do is written already.
    *("client edit|jane|--role=lost|--no-tag=no-such-tag", "remember|jane|worry: lost|--reached|no-such-goal"),
    *("keep|1|99", "remove|1|99|--yes", "edit|i1|--note|lost|--no-signal|owned"),
)
"""Command lines that cannot be carried out, whatever the book holds."""

LOOKING = (
    *("today", "promises|--overdue", "triangle", "quiet", "reliability", "habits", "search|n", "history", "brief|jane"),
    *("why|jane", "client show|jane", "interactions|jane", "show|1", "show|i1", "undo|--dry-run", "remove|1|--dry-run"),
)


@dataclass
class Client:
    """A client as the model knows them."""

    name: str
    role: str | None = None
    tags: set[str] = field(default_factory=set)
    facts: list[str] = field(default_factory=list)
    view: str | None = None
    archived: bool = False


@dataclass
class Promise:
    """A promise as the model knows it; `client` is a handle."""

    client: str
    by: str
    what: str
    due_on: str | None
    state: str = "open"
    moves: int = 0
    interaction: int | None = None


@dataclass
class Interaction:
    """An interaction as the model knows it; `clients` are handles."""

    on: str
    note: str
    clients: list[str]
    signals: list[str]


@dataclass
class Model:
    """All that has been acknowledged."""

    clients: dict[str, Client] = field(default_factory=dict)
    promises: dict[int, Promise] = field(default_factory=dict)
    interactions: dict[int, Interaction] = field(default_factory=dict)

    def rename(self, old: str, new: str) -> None:
        """Let everything that knew a client by the old handle know them by the new one."""
        self.clients = {new if handle == old else handle: client for handle, client in self.clients.items()}
        for promise in self.promises.values():
            promise.client = new if promise.client == old else promise.client
        for interaction in self.interactions.values():
            interaction.clients = [new if handle == old else handle for handle in interaction.clients]


class Named(NamedTuple):
    """The records that an answer names: those, and no others, may have changed."""

    clients: set[str]
    promises: set[int]
    interactions: set[int]


def named(data: Any) -> Named:
    """Every record that stands anywhere in an answer."""
    found = Named(set(), set(), set())
    for each in _objects(data):
        if "handle" in each:
            found.clients.add(each["handle"])
        if "what" in each and "number" in each:
            found.promises.add(each["number"])
        if "note" in each and "number" in each:
            found.interactions.add(each["number"])
        for key in ("promises", "staying"):
            found.promises.update(number for number in each.get(key, ()) if isinstance(number, int))
        for record in each.get("records", ()):
            (found.interactions if record.startswith("i") else found.promises).add(int(record.removeprefix("i")))
    return found


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from _objects(each)


class Program(RuleBasedStateMachine):
    """Commands in any order, by somebody who types anything."""

    cli: Cli
    path: Path

    @initialize()
    def begin(self) -> None:
        self.path.unlink(missing_ok=True)
        self.today = date.fromisoformat(TODAY)
        self.model = Model()
        self.undoable: list[tuple[Model, Snapshot]] = []
        self.run("client", "add", "Jane Doe")
        self.run("client", "add", "Bob Stone")
        self.model.clients = {"jane-doe": Client("Jane Doe"), "bob-stone": Client("Bob Stone")}
        self.undoable = []

    # How commands are run.

    def run(self, *words: str) -> Any:
        """Carry out a command: the data of its answer, or None where it failed; what must hold of either is held."""
        before = self.bytes()
        rows = Snapshot.of(self.path) if before else None
        entries = self.entries()
        answered = self.look(*words)
        if answered.code:
            assert answered.out == ""
            assert self.bytes() == before, "what failed changed nothing"
            return None
        data = json.loads(answered.out)["data"]
        if rows is not None and self.entries() > entries:
            self.hold_that_all_is_named(data, rows, Snapshot.of(self.path))
            self.undoable.append((deepcopy(self.model), rows))
        return data

    def look(self, *words: str) -> Result:
        answered = self.cli(*words, "--json", env={"C4L_TODAY": self.today.isoformat()})
        assert answered.code in (0, 1, 2, 3, 4), answered
        assert not answered.code or json.loads(answered.err)["code"] != "defect", answered
        return answered

    def bytes(self) -> bytes:
        return self.path.read_bytes() if self.path.exists() else b""

    def entries(self) -> int:
        if not self.path.exists():
            return 0
        with closing(sqlite3.connect(self.path)) as connection:
            return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])

    @staticmethod
    def hold_that_all_is_named(data: Any, before: Snapshot, after: Snapshot) -> None:
        reported = named(data)
        handles: dict[int, set[str]] = {}
        for snapshot in (before, after):
            for row in records(snapshot, "client"):
                handles.setdefault(row["id"], set()).add(row["handle"])
        for table, row in changed(before, after):
            if table in ("promise", "promise_event"):
                assert row.get("promise_id", row["id"]) in reported.promises, (table, row)
            elif table in ("interaction", "participant", "signal"):
                assert row.get("interaction_id", row["id"]) in reported.interactions, (table, row)
            else:
                assert handles[row.get("client_id", row["id"])] & reported.clients, (table, row)

    # What can be done.

    def clients(self, data: st.DataObject, most: int = 1) -> list[str]:
        return data.draw(st.lists(st.sampled_from(sorted(self.model.clients)), min_size=1, max_size=most, unique=True))

    @rule(text=HOSTILE)
    def add(self, text: str) -> None:
        name = line(f"Ann {text}x")
        data = self.run("client", "add", name)
        if data is not None:
            assert data["handle"] not in self.model.clients
            self.model.clients[data["handle"]] = Client(name)

    @rule(data=st.data(), text=HOSTILE)
    def rename(self, data: st.DataObject, text: str) -> None:
        [handle] = self.clients(data)
        name = line(f"Joan {text}x")
        answered = self.run("client", "rename", f"@{handle}", name)
        if answered is not None:
            self.model.rename(handle, answered["handle"])
            self.model.clients[answered["handle"]].name = name

    @rule(data=st.data(), text=HOSTILE)
    def give_a_role(self, data: st.DataObject, text: str) -> None:
        [handle] = self.clients(data)
        if self.run("client", "edit", f"@{handle}", f"--role=r{text}") is not None:
            self.model.clients[handle].role = line(f"r{text}")

    @rule(data=st.data(), tag=st.sampled_from(["red", "blue", "=1+1", "@x"]), gone=st.booleans())
    def tag(self, data: st.DataObject, tag: str, gone: bool) -> None:
        [handle] = self.clients(data)
        if self.run("tag", f"@{handle}", *([f"--remove={tag}"] if gone else [tag])) is not None:
            tags = self.model.clients[handle].tags
            self.model.clients[handle].tags = tags - {tag} if gone else tags | {tag}

    @rule(data=st.data(), text=HOSTILE)
    def remember(self, data: st.DataObject, text: str) -> None:
        [handle] = self.clients(data)
        if self.run("remember", f"@{handle}", f"worry: w{text}w") is not None:
            fact = kept(f"w{text}w")
            facts = self.model.clients[handle].facts
            known = name_key(fact) in map(name_key, facts)
            self.model.clients[handle].facts = facts if known else [*facts, fact]

    @rule(data=st.data(), view=st.sampled_from(["base", "key", "life", "none"]))
    def assess(self, data: st.DataObject, view: str) -> None:
        [handle] = self.clients(data)
        if self.run("assess", f"@{handle}", f"--tier={view}") is not None:
            self.model.clients[handle].view = None if view == "none" else view

    @rule(data=st.data())
    def put_away_or_take_back(self, data: st.DataObject) -> None:
        [handle] = self.clients(data)
        client = self.model.clients[handle]
        answered = self.run("client", "unarchive" if client.archived else "archive", f"@{handle}")
        if answered is not None:
            client.archived = not client.archived

    @rule(data=st.data(), days=st.integers(1, 20))
    def snooze(self, data: st.DataObject, days: int) -> None:
        [handle] = self.clients(data)
        assert self.run("snooze", f"@{handle}", f"{days}d") is not None

    @rule(
        data=st.data(),
        text=HOSTILE,
        back=st.integers(0, 3),
        owed=st.sampled_from([None, "the deck", "the deck by 2026-12-24"]),
        signal=st.sampled_from([None, "early", "door"]),
    )
    def log(self, data: st.DataObject, text: str, back: int, owed: str | None, signal: str | None) -> None:
        handles = self.clients(data, most=2)
        on = self.today - timedelta(days=back)
        words = ["log", ", ".join(f"@{handle}" for handle in handles), f"n{text}n", f"--on={on}"]
        words += [f"--i-owe={owed}"] if owed else []
        words += [f"--signal={handles[0]}: {signal}"] if signal else []
        answered = self.run(*words)
        assert answered is not None, words
        number = answered["interaction"]["number"]
        assert number not in self.model.interactions
        signals = [signal] if signal else []
        self.model.interactions[number] = Interaction(on.isoformat(), kept(f"n{text}n"), handles, signals)
        for each in answered["promises"]:
            due_on = "2026-12-24" if owed and " by " in owed else None
            self.model.promises[each["number"]] = Promise(handles[0], "me", "the deck", due_on, interaction=number)
        assert len(answered["promises"]) == bool(owed)

    @rule(data=st.data(), text=HOSTILE, theirs=st.booleans(), due=st.none() | st.integers(-3, 20))
    def promise(self, data: st.DataObject, text: str, theirs: bool, due: int | None) -> None:
        [handle] = self.clients(data)
        due_on = None if due is None else (self.today + timedelta(days=due)).isoformat()
        words = ["promise", f"@{handle}", f"p{text}p", f"--by={due_on or 'someday'}", *(["--theirs"] if theirs else [])]
        answered = self.run(*words)
        assert answered is not None, words
        assert answered["number"] not in self.model.promises
        made = Promise(handle, "them" if theirs else "me", kept(f"p{text}p"), due_on)
        self.model.promises[answered["number"]] = made

    @precondition(lambda self: self.model.promises)
    @rule(data=st.data(), verb=st.sampled_from(["keep", "break", "release"]))
    def end(self, data: st.DataObject, verb: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.model.promises)))
        was_open = self.model.promises[number].state == "open"
        done = self.run(verb, str(number)) is not None
        assert done == was_open
        if done:
            self.model.promises[number].state = {"keep": "kept", "break": "broken", "release": "released"}[verb]

    @precondition(lambda self: self.model.promises)
    @rule(data=st.data(), days=st.integers(0, 20), text=HOSTILE)
    def move(self, data: st.DataObject, days: int, text: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.model.promises)))
        to = (self.today + timedelta(days=days)).isoformat()
        if self.run("move", str(number), to, "--told", f"--because=b{text}") is not None:
            promise = self.model.promises[number]
            assert promise.state == "open"
            promise.due_on, promise.moves = to, promise.moves + 1

    @precondition(lambda self: self.model.promises)
    @rule(data=st.data(), text=HOSTILE)
    def mend_a_promise(self, data: st.DataObject, text: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.model.promises)))
        assert self.run("edit", str(number), f"--what=m{text}m") is not None
        self.model.promises[number].what = kept(f"m{text}m")

    @precondition(lambda self: self.model.interactions)
    @rule(data=st.data(), text=HOSTILE)
    def mend_a_note(self, data: st.DataObject, text: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.model.interactions)))
        assert self.run("edit", f"i{number}", f"--note=m{text}m") is not None
        self.model.interactions[number].note = kept(f"m{text}m")

    @precondition(lambda self: self.model.promises or self.model.interactions)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        records = [*map(str, self.model.promises), *(f"i{number}" for number in self.model.interactions)]
        record = data.draw(st.sampled_from(sorted(records)))
        assert self.run("remove", record, "--yes") is not None
        if not record.startswith("i"):
            del self.model.promises[int(record)]
            return
        del self.model.interactions[int(record[1:])]
        for promise in self.model.promises.values():
            if promise.interaction == int(record[1:]):
                promise.interaction = None

    @precondition(lambda self: self.undoable)
    @rule()
    def undo(self) -> None:
        model, rows = self.undoable[-1]
        assert self.run("undo") is not None
        # The undo is no command to be taken back by the next one.
        self.undoable = self.undoable[:-2]
        self.model = model
        assert Snapshot.of(self.path) == rows

    @rule(lines=st.lists(st.sampled_from(WRONG), min_size=5, max_size=10, unique=True))
    def make_mistakes(self, lines: list[str]) -> None:
        for each in lines:
            command, *rest = each.split("|")
            assert self.run(*command.split(), *rest) is None, each

    @rule(words=st.sampled_from(LOOKING))
    def look_around(self, words: str) -> None:
        before = self.bytes()
        command, *rest = words.split("|")
        self.look(*command.split(), *rest)
        assert self.bytes() == before, "looking changes nothing"

    def teardown(self) -> None:
        """At the end the book is written down and read into an empty one, which is the same to the last number."""
        document, copy = self.path.with_name("book.json"), self.path.with_name("copy.db")
        copy.unlink(missing_ok=True)
        before = self.bytes()
        assert self.look("export", str(document), "--force").code == 0
        assert self.bytes() == before
        assert self.look("import", str(document), f"--database={copy}").code == 0
        assert Snapshot.of(copy) == Snapshot.of(self.path)
        assert numbers(copy) == numbers(self.path)
        first = document.read_bytes()
        assert self.look("export", str(document), "--force", f"--database={copy}").code == 0
        assert document.read_bytes() == first

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    # What must hold.

    @invariant()
    def every_list_tells_what_was_acknowledged(self) -> None:
        clients = {each["handle"]: each for each in self.listed("client", "list", "--all")}
        assert clients.keys() == self.model.clients.keys()
        for handle, client in self.model.clients.items():
            told = clients[handle]
            assert (told["name"], told["role"], set(told["tags"])) == (client.name, client.role, client.tags)
            assert [fact["text"] for fact in told["facts"]] == client.facts
            assert (told["own_view"], told["archived"]) == (client.view, client.archived)
        promises = {each["number"]: each for each in self.listed("promises", "--state=all")}
        assert promises.keys() == self.model.promises.keys()
        for number, promise in self.model.promises.items():
            told = promises[number]
            assert (told["client"]["handle"], told["by"], told["what"]) == (promise.client, promise.by, promise.what)
            assert (told["due_on"], told["state"], len(told["moves"])) == (promise.due_on, promise.state, promise.moves)
            assert told["interaction"] == promise.interaction
        interactions = {each["number"]: each for each in self.listed("interactions")}
        assert interactions.keys() == self.model.interactions.keys()
        for number, interaction in self.model.interactions.items():
            told = interactions[number]
            assert (told["on"], told["note"]) == (interaction.on, interaction.note)
            assert sorted(each["handle"] for each in told["clients"]) == sorted(interaction.clients)
            assert [each["signal"] for each in told["signals"]] == interaction.signals

    def listed(self, *words: str) -> Any:
        answered = self.look(*words)
        assert answered.code == 0, answered
        return json.loads(answered.out)["data"]


def numbers(path: Path) -> dict[str, int]:
    """The next number of each kind of record; the journal is another in each book."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: next
            for name, next in connection.execute("SELECT name, next FROM counter")
            if name in compiled.RECORDS
        }


def records(snapshot: Snapshot, table: str) -> Iterator[dict[str, Any]]:
    for row in snapshot.rows[table]:
        yield dict(zip(compiled.COLUMNS[table], row, strict=True))


def changed(before: Snapshot, after: Snapshot) -> Iterable[tuple[str, dict[str, Any]]]:
    """Every row that is in one of two books and not, or not so, in the other."""
    for table in before.rows:
        for row in set(before.rows[table]) ^ set(after.rows[table]):
            yield table, dict(zip(compiled.COLUMNS[table], row, strict=True))


def test_whatever_is_done_the_book_is_what_was_acknowledged(cli: Cli, home: dict[str, str]) -> None:
    Program.cli, Program.path = cli, Path(home["C4L_DATABASE"])
    run_state_machine_as_test(
        Program, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, phases=[Phase.generate])
    )
