"""`history`: one line a command, newest first, whatever the rows have become since."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import UNNAMED, Book
from tests.conftest import Cli, Shell, Terminal

DONE = (
    "log|jane|asked us first|-s|consulted,early|-i|the deck by 27 nov|-t|the order",
    "log|jane, bob|walked through|-c|meeting",
    "keep|1",
    "edit|i1|-c|visit",
    "client rename|bob|Bob Roe",
    "remove|i2|--yes",
    "tag|bob|tea",
)
"""Entries 2 to 8; the clients of the book are entry 1."""


@pytest.fixture
def done(book: Book, cli: Cli) -> Book:
    for line in DONE:
        command, *rest = line.split("|")
        assert cli(*command.split(), *rest).code == 0
    return book


def words(data: list[dict[str, Any]]) -> dict[int, str]:
    return {entry["number"]: entry["words"] for entry in data}


def numbers(data: list[dict[str, Any]]) -> list[int]:
    return [entry["number"] for entry in data]


def test_each_command_is_told_in_words_newest_first(done: Book) -> None:
    assert words(done.done("history")) == {
        8: "tagged Bob Roe: tea",
        7: "removed meeting with Jane Doe and Bob Roe",
        6: "renamed Bob Roe: was Bob Stone",
        5: "changed visit with Jane Doe: channel",
        4: "kept “the deck” (Jane Doe)",
        3: "logged meeting with Jane Doe and Bob Roe",
        2: "logged call with Jane Doe, 2 promises, 2 signals",
        1: "imported: 7 clients",
    }
    assert numbers(done.done("history")) == [8, 7, 6, 5, 4, 3, 2, 1]


def test_an_entry_holds_what_the_contract_says(done: Book) -> None:
    [entry] = [entry for entry in done.done("history") if entry["number"] == 2]
    assert datetime.fromisoformat(entry.pop("at")).utcoffset() is not None
    assert entry == {
        "number": 2,
        "command": "log",
        "changes": [
            {"table": "interaction", "did": "added", "rows": 1},
            {"table": "participant", "did": "added", "rows": 1},
            {"table": "promise", "did": "added", "rows": 2},
            {"table": "signal", "did": "added", "rows": 2},
        ],
        "words": "logged call with Jane Doe, 2 promises, 2 signals",
        "clients": [{"handle": "jane-doe", "name": "Jane Doe"}],
        "records": ["i1", "1", "2"],
        "undoes": None,
        "undone_by": None,
    }


def test_what_was_undone_is_marked_and_what_was_brought_back_is_not(done: Book) -> None:
    done.done("undo")
    marks = {entry["number"]: (entry["undoes"], entry["undone_by"]) for entry in done.done("history")}
    assert {number: each for number, each in marks.items() if each != (None, None)} == {8: (None, 9), 9: (8, None)}

    done.done("undo", "9")
    marks = {entry["number"]: (entry["undoes"], entry["undone_by"]) for entry in done.done("history")}
    assert {number: each for number, each in marks.items() if each != (None, None)} == {9: (8, 10), 10: (9, None)}
    assert words(done.done("history"))[10] == "redid 8, tagged Bob Roe: tea"


# --- which ---


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (["bob"], [8, 7, 6, 3, 1]),
        (["bob, jane"], [8, 7, 6, 5, 4, 3, 2, 1]),
        (["omar"], [1]),
        (["--since", "today"], [8, 7, 6, 5, 4, 3, 2, 1]),
        (["bob", "--since", "today"], [8, 7, 6, 3, 1]),
    ],
    ids=str,
)
def test_it_is_narrowed_to_clients_and_days(done: Book, asked: list[str], shown: list[int]) -> None:
    # The journal keeps the true clock, whatever day the tests say it is.
    done_today = {"C4L_TODAY": datetime.now().astimezone().date().isoformat()}
    assert numbers(done.done("history", *asked, env=done_today)) == shown


def test_a_day_begins_at_midnight_where_you_are(done: Book, shell: Shell) -> None:
    """On the same instants, another zone has another day."""
    for number, at in ((7, "2026-11-20 22:59:59.5+00:00"), (8, "2026-11-20 23:00:00+00:00")):
        _set_instant(done, number, at)
    _set_instant(done, 6, "2026-11-19 12:00:00.000001+00:00")
    shown = {}
    for zone in ("Europe/Berlin", "UTC", "Asia/Tokyo"):
        lines = shell("history", "--since", "2026-11-21", env={"TZ": zone}).out.splitlines()
        shown[zone] = [line.split("\t")[0] for line in lines if line[0] in "678"]
    assert shown == {"Europe/Berlin": ["8"], "UTC": [], "Asia/Tokyo": ["8", "7"]}


def _set_instant(book: Book, number: int, at: str) -> None:
    with closing(sqlite3.connect(book.path)) as connection, connection:
        connection.execute("UPDATE entry SET at = ? WHERE id = ?", [at, number])


def test_a_limit_is_for_eyes(done: Book, cli: Cli) -> None:
    assert len(cli("history", "--limit", "3").out.splitlines()) == 3
    assert len(cli("history").out.splitlines()) == 8
    assert len(done.done("history", "--limit", "3")) == 8
    assert "and 5 more: --limit 0 shows them all" in done.screen("history", "--limit", "3")
    assert "and 3 more: --limit 0 shows them all" in done.screen("history", "bob", "--limit", "2")


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        (["nobody"], 3, "no client answers to “nobody”"),
        (["--entry", "99"], 3, "there is no entry 99"),
        (["--entry", "x"], 2, "“x” is not the number of an entry"),
        (["jane", "--entry", "1"], 2, "--entry shows one entry alone"),
        (["--since", "soon"], 2, "soon"),
    ],
    ids=str,
)
def test_what_cannot_be_told_says_why(done: Book, cli: Cli, asked: list[str], code: int, told: str) -> None:
    before = done.changes
    done.refused(cli("history", *asked), code, told)
    assert done.changes == before


def test_an_empty_book_has_no_history(cli: Cli) -> None:
    answered = cli("history", env=UNNAMED)
    assert (answered.code, answered.out, answered.err) == (0, "", "")
    assert "Nothing was done." in cli("history", env=UNNAMED, tty=True).out


# --- one of them ---


def test_one_entry_is_told_cell_by_cell(done: Book) -> None:
    entry = done.done("history", "--entry", "4")
    assert entry["words"] == "kept “the deck” (Jane Doe)"
    assert entry["rows"] == [
        {
            "table": "promise_event",
            "record": "1",
            "did": "added",
            "cells": [
                {"column": "promise", "before": None, "after": "1"},
                {"column": "verb", "before": None, "after": "kept"},
                {"column": "happened_on", "before": None, "after": "2026-11-22"},
                {"column": "told", "before": None, "after": 0},
            ],
        },
        {
            "table": "promise",
            "record": "1",
            "did": "changed",
            "cells": [
                {"column": "state", "before": "open", "after": "kept"},
                {"column": "closed_on", "before": None, "after": "2026-11-22"},
            ],
        },
    ]


def test_it_is_told_as_it_was_left_then(done: Book) -> None:
    """The call became a visit afterwards, and Bob's name another: what was logged was a call."""
    cells = {
        cell["column"]: cell["after"]
        for row in done.done("history", "--entry", "2")["rows"]
        if row["table"] == "interaction"
        for cell in row["cells"]
    }
    assert cells["channel"] == "call"


def test_on_a_screen_what_only_serves_the_machine_is_left_out(done: Book) -> None:
    shown = done.screen("history", "--entry", "2")
    assert "2  logged call with Jane Doe, 2 promises, 2 signals" in shown
    assert "added  interaction  i1" in shown
    assert "participant" not in shown
    assert "To take it back:  c4l undo 2" in shown


def test_of_a_large_entry_a_screen_counts_and_programs_read(book: Book, tmp_path: Path) -> None:
    (tmp_path / "many.csv").write_text("Name\n" + "\n".join(f"Made-Up {number}" for number in range(150)))
    book.done("import", str(tmp_path / "many.csv"))

    assert "150 clients added" in book.screen("history", "--entry", "2")
    assert "Made-Up 7" not in book.screen("history", "--entry", "2")
    assert len(book.done("history", "--entry", "2")["rows"]) == 300
    [entry, _] = book.done("history")
    assert (entry["words"], entry["records"]) == ("imported: 150 clients", None)


# --- how it looks ---


def test_piped_it_is_a_line_a_command(done: Book, cli: Cli) -> None:
    done.done("undo")
    lines = [line.split("\t") for line in cli("history", "--limit", "3").out.splitlines()]
    assert [[cells[0], *cells[2:]] for cells in lines] == [
        ["9", "undo", "bob-roe", "", "8", "", "undid 8, tagged Bob Roe: tea"],
        ["8", "tag", "bob-roe", "", "", "9", "tagged Bob Roe: tea"],
        ["7", "remove", "jane-doe,bob-roe", "i2", "", "", "removed meeting with Jane Doe and Bob Roe"],
    ]
    assert all(datetime.fromisoformat(cells[1]).utcoffset() is not None for cells in lines)


def test_on_a_terminal_the_clock_is_that_on_the_wall(done: Book, terminal: Terminal) -> None:
    _set_instant(done, 8, "2026-11-12 09:14:00.5+00:00")
    shown = terminal("history", env={"TZ": "Europe/Berlin"})
    assert shown.code == 0
    assert "Thu 12 Nov 10:14" in shown.out
    assert done.done("history")[0]["at"] == "2026-11-12T09:14:00+00:00"
