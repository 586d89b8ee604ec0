"""A book with a few clients in it, and what to ask of it after a command."""

import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest

from c4l.actions.clients import insert
from c4l.actions.drafts import ClientDraft
from c4l.store.store import Store
from tests.conftest import TODAY, Cli, Result

UNNAMED = {"C4L_DATABASE": ""}
"""The environment of somebody who named no book, whose own is not there yet."""

CLIENTS = ("Jane Doe", "Bob Stone", "Acme, Inc.", "Will Marsh", "May Lee", "Grace Hill", "Omar Lund")


class Book:
    """The book behind a test, changed through commands and looked at from outside."""

    def __init__(self, cli: Cli, home: Mapping[str, str]) -> None:
        self._cli = cli
        self.path = Path(home["C4L_DATABASE"])

    def done(self, *words: str, stdin: str | None = None, env: Mapping[str, str] | None = None) -> Any:
        """The data of a command that has to succeed without a word on stderr."""
        answered = self._cli(*words, *(() if "--" in words else ("--json",)), stdin=stdin, env=env)
        assert (answered.code, answered.err) == (0, ""), answered
        return json.loads(answered.out)["data"] if "--" not in words else answered.out

    def screen(self, *words: str, stdin: str | None = None) -> str:
        """What a command that has to succeed draws on a terminal, without its colours."""
        answered = self._cli(*words, stdin=stdin, tty=True)
        assert answered.code == 0, answered
        return re.sub(r"\x1b\[[0-9;]*m", "", answered.out)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What a statement finds in the file."""
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(statement).fetchall()

    @property
    def changes(self) -> int:
        """How many commands have changed something."""
        return int(self.rows("SELECT count(*) FROM entry")[0][0])

    @property
    def notes(self) -> list[str]:
        """The notes of all interactions, as they lie in the file."""
        return [note for (note,) in self.rows("SELECT note FROM interaction ORDER BY id")]

    @property
    def promises(self) -> list[tuple[Any, ...]]:
        """All promises in the order of entry: handle, owner, what, made, due, state."""
        return self.rows(
            "SELECT handle, owner, what, made_on, due_on, state FROM promise"
            " JOIN client ON client.id = client_id ORDER BY promise.id"
        )

    def refused(self, answered: Result, code: int, *told: str) -> None:
        """Hold that a command ended so, said so, answered nothing, and wrote nothing since the book was made."""
        assert (answered.code, answered.out) == (code, ""), answered
        assert answered.err.count("c4l: error: ") == 1
        for part in told:
            assert part in answered.err


class Write(Protocol):
    """Fills an empty book."""

    def __call__(self, *lines: str) -> None:
        """Carry out commands, one a line, their words set apart by bars."""


@pytest.fixture(scope="session")
def shelf() -> dict[tuple[str, ...], bytes]:
    """The books that commands have written so far, by those commands."""
    return {}


@pytest.fixture
def write(cli: Cli, home: dict[str, str], shelf: dict[tuple[str, ...], bytes]) -> Write:
    """Fills the book of a test through commands: the first test that asks for them runs them, the others copy."""
    path = Path(home["C4L_DATABASE"])

    def written(*lines: str) -> None:
        if lines in shelf:
            path.parent.mkdir()
            path.write_bytes(shelf[lines])
            return
        for line in lines:
            answered = cli(*line.split("|"))
            assert answered.code == 0, (line, answered)
        shelf[lines] = path.read_bytes()

    return written


@pytest.fixture
def book(cli: Cli, home: dict[str, str]) -> Book:
    made = Book(cli, home)
    with closing(Store.open(made.path)) as store, store.writing("import") as changes:
        for name in CLIENTS:
            insert(changes, ClientDraft(name), date.fromisoformat(TODAY))
    return made
