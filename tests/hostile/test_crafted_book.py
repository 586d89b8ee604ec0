"""A book that somebody else made: whatever its texts hold, every command that reads it does no harm."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from c4l.cli.table import COMMANDS
from c4l.store import compiled, search
from tests.commands.test_safety import WORST, checked
from tests.conftest import Cli, Terminal

TEXTS = {
    "book": ("written_by",),
    "client": ("name", "name_key", "handle", "organisation", "role"),
    "interaction": ("note",),
    "alias": ("name", "name_key"),
    "assessment": ("because",),
    "contact_point": ("value", "value_key"),
    "fact": ("text", "outcome"),
    "key_date": ("label",),
    "promise": ("what",),
    "signal": ("note",),
    "source": ("uid",),
    "tag": ("name", "name_key"),
    "promise_event": ("because", "plan"),
}
"""Every column in which a book keeps words of its user; the first of those that are keys are never shown."""

WORDS_OF_OUR_OWN = {
    *("id", "at", "verb", "undoes", "next", "table_name", "first_id", "last_id", "before", "digests", "entry_id"),
    *("seal", "digest"),
    *("kind", "part", "said", "state", "owner", "told", "channel", "reached_out", "asked", "at_time", "minutes"),
    *("month", "day", "year", "cadence_days"),
}

WRITING = {
    *("log", "promise", "keep", "move", "break", "release", "assess", "remember", "date", "tag", "snooze", "edit"),
    *("remove", "undo", "import", "backup", "restore", "demo"),
    *("config list", "config get", "config set", "config unset", "config path"),
}

READING = {
    "today": ["today", "--days=365"],
    "promises": ["promises", "--state=all"],
    "brief": ["brief", "jane"],
    "quiet": ["quiet"],
    "triangle": ["triangle"],
    "why": ["why", "jane"],
    "reliability": ["reliability", "--by=client"],
    "habits": ["habits"],
    "search": ["search", "jane"],
    "interactions": ["interactions"],
    "client list": ["client", "list", "--all"],
    "client show": ["client", "show", "jane"],
    "show": ["show", "i1"],
    "history": ["history"],
    "export": ["export"],
    "doctor": ["doctor"],
    "plan": ["plan", "jane"],
    "check": ["check", "--strict"],
    "graph": ["graph", "jane"],
}
"""Each command that only reads, over all there is to read. What is not here, and writes, answers with the same."""

ALSO = [["show", "1"], ["show", "i2"], ["history", "jane"], ["history", "--entry=2"], ["undo", "--dry-run"]]
ALSO += [["remove", "i1", "1", "--dry-run"], ["client", "show", "nobody-of-that-name"], ["client", "show", "j"]]


@pytest.fixture
def crafted(cli: Cli, home: Mapping[str, str]) -> Path:
    """A book of every kind of record, into each text of which something hostile was then put past the program."""
    for words in (
        ["client", "add", "Jane Doe", "--alias=Jay", "--org=Acme", "--role=CEO", "--tag=a", "--email=j@x", "--phone=1"],
        ["client", "add", "Joan Roe"],
        [
            "log",
            "jane",
            "met",
            "-s",
            "jane: door Bob",
            "-l",
            "goal: peace",
            "-i",
            "deck by 2026-11-01",
            "--on=yesterday",
        ],
        ["log", "jane, joan", "both", "--on=2026-01-02", "-t", "joan: list by someday"],
        ["move", "1", "2026-11-30", "--told", "--because=late", "--plan=soon"],
        ["assess", "jane", "--tier=life", "--because=loyal"],
        ["remember", "jane", "--reached=peace", "--outcome=war"],
        ["date", "jane", "birthday", "12-01"],
        ["import", "-", "--format=csv"],
    ):
        answered = cli(*words, stdin="name,uid\nKim Poe,0123456789abcdef-kim\n")
        assert answered.code == 0, answered
    path = Path(home["C4L_DATABASE"])
    harm = WORST.replace("\udcff", "")
    with closing(sqlite3.connect(path)) as connection:
        for table, columns in TEXTS.items():
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for column in columns:
                connection.execute(f"UPDATE {table} SET {column} = {column} || ? || id", (harm,))
        search.rebuild(connection)
        connection.commit()
    return path


def test_every_text_of_a_book_is_made_hostile() -> None:
    # A new column is either words of ours, a day, a reference, or belongs into the table above.
    for table, columns in compiled.COLUMNS.items():
        for column in columns:
            known = column in TEXTS.get(table, ()) or column in WORDS_OF_OUR_OWN or table == "counter"
            assert known or column.endswith(("_on", "_id")), f"{table}.{column}"


def test_every_command_reads_it_or_writes() -> None:
    writing = {name for name in COMMANDS if name.startswith("client ")} | WRITING
    assert set(COMMANDS) <= READING.keys() | writing


LOOKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("piped", [], {}),
    ("plain", ["--plain"], {"FORCE_COLOR": "1"}),
    ("drawn", [], {"FORCE_COLOR": "1"}),
    ("wide", [], {"FORCE_COLOR": "1", "COLUMNS": "140"}),
    ("grey", [], {"FORCE_COLOR": "1", "NO_COLOR": "1"}),
    ("json", ["--json"], {}),
]


@pytest.mark.parametrize(("look", "options", "env"), LOOKS, ids=[name for name, *_ in LOOKS])
@pytest.mark.parametrize("command", [*READING, *(" ".join(words) for words in ALSO)])
def test_it_is_shown_without_harm(
    command: str, look: str, options: list[str], env: dict[str, str], cli: Cli, crafted: Path
) -> None:
    words = READING.get(command, command.split())
    before = crafted.read_bytes()
    answered = checked(cli(*words, *options, env=env), drawn="FORCE_COLOR" in env and "--plain" not in options)
    # Only what would write looks whether the rows are those that c4l left.
    assert answered.code in ((0, 1, 3, 4, 5) if "--dry-run" in words else (0, 1, 3, 4)), answered
    assert crafted.read_bytes() == before
    if look == "json":
        json.loads(answered.out or answered.err)
    if look in ("piped", "plain"):
        assert all(answered.out.splitlines())


@pytest.mark.parametrize(("look", "options", "env"), LOOKS, ids=[name for name, *_ in LOOKS])
@pytest.mark.parametrize("command", ["promises", "doctor"])
def test_a_newer_one_is_refused_without_harm(
    command: str, look: str, options: list[str], env: dict[str, str], cli: Cli, crafted: Path
) -> None:
    with closing(sqlite3.connect(crafted)) as connection:
        connection.execute("PRAGMA user_version = 99")
    answered = checked(cli(command, *options, env=env), drawn=False)
    assert (answered.code, answered.out) == (5, "")
    assert "was written by c4l 0.1.0" in answered.err
    assert "(schema 99)" in answered.err


def test_json_holds_the_very_text(cli: Cli, crafted: Path) -> None:
    with closing(sqlite3.connect(crafted)) as connection:
        [(note,)] = connection.execute("SELECT note FROM interaction WHERE id = 1").fetchall()
        [(name,)] = connection.execute("SELECT name FROM client WHERE id = 1").fetchall()
    shown = json.loads(cli("show", "i1", "--json").out)["data"]
    assert shown["note"] == note
    assert shown["clients"][0]["name"] == name


def test_a_terminal_is_left_as_it_was(terminal: Terminal, crafted: Path) -> None:
    answered = terminal("today", "--days=365")
    assert answered.code == 0
    checked(answered._replace(out=answered.out.replace("\r", "")), drawn=True)
