"""A book that the user named must be there: a slip in its name must never read as a book in which nothing is late."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from c4l.cli.table import COMMANDS
from c4l.store.store import Store
from tests.commands.conftest import UNNAMED
from tests.conftest import Cli

NEEDING = (
    *("promises --overdue", "keep 14", "move 14 2026-11-27 --told", "break 14", "release 14", "triangle", "why jane"),
    *("assess jane --stake high", "check", "client list", "client show jane", "client edit jane --role buyer"),
    *("client rename jane Jane", "client archive jane", "client unarchive jane", "client forget jane --yes", "show 14"),
    *("today", "brief jane", "quiet", "reliability", "habits", "graph", "search deck", "interactions"),
    *("remember jane likes tea", "date jane birthday 12-01", "tag jane board", "snooze jane 2w"),
    "plan jane --to life",
    *("edit 14 --what deck", "remove 14 --yes", "undo", "history"),
    *("export", "backup", "doctor"),
)
BEGINNING = (
    *("log Jane hello --new", "promise Jane deck --by 2026-11-27 --new", "client add Jane"),
    *("import - --format csv", "demo", "restore COPY --yes"),
)

WITHOUT = ("config list", "config get channel", "config set channel visit", "config unset channel", "config path")


def test_every_command_needs_a_book_or_begins_one_or_does_without() -> None:
    lines = (*NEEDING, *BEGINNING, *WITHOUT)
    assert all(sum(f"{line} ".startswith(f"{name} ") for line in lines) == 1 for name in COMMANDS)
    assert len(lines) == len(COMMANDS)


def named(place: str, tmp_path: Path) -> tuple[list[str], Mapping[str, str]]:
    """The words and the environment that name a book that is not there."""
    book = tmp_path / "books" / "c4l.db"
    match place:
        case "option":
            return ["--database", str(book)], UNNAMED
        case "environment":
            return [], {"C4L_DATABASE": str(book)}
        case _:
            (tmp_path / "config.toml").write_text(f"database = '{book}'")
            return [], {**UNNAMED, "C4L_CONFIG": str(tmp_path / "config.toml")}


@pytest.mark.parametrize("place", ["option", "environment", "file"])
@pytest.mark.parametrize("line", ["", *NEEDING])
def test_a_named_book_that_is_not_there_is_told_and_not_made(cli: Cli, tmp_path: Path, line: str, place: str) -> None:
    words, env = named(place, tmp_path)

    answered = cli(*words, *line.split(), env=env)
    assert (answered.code, answered.out) == (5, "")
    assert answered.err == (
        f"c4l: error: there is no book at {tmp_path / 'books' / 'c4l.db'}\n"
        "  look at --database, C4L_DATABASE and config.toml; c4l log and c4l client add make a new one,"
        " c4l import FILE takes people in, c4l restore FILE brings back a backup\n"
    )
    assert not (tmp_path / "books").exists()


@pytest.mark.parametrize("place", ["option", "environment", "file"])
@pytest.mark.parametrize("line", BEGINNING)
def test_what_can_be_the_first_to_be_done_makes_the_book(cli: Cli, tmp_path: Path, line: str, place: str) -> None:
    words, env = named(place, tmp_path)

    copy = tmp_path / "copy.db"
    with Store.open(copy) as store, store.writing("test"):
        pass

    assert cli(*words, *line.replace("COPY", str(copy)).split(), env=env, stdin="Name\nJane\n").code == 0
    assert len(list((tmp_path / "books").iterdir())) == 1


@pytest.mark.parametrize("place", ["option", "environment", "file"])
def test_what_does_without_a_book_neither_misses_nor_makes_it(cli: Cli, tmp_path: Path, place: str) -> None:
    words, env = named(place, tmp_path)

    assert [cli(*words, *line.split(), env=env).code for line in WITHOUT] == [0] * len(WITHOUT)
    assert not (tmp_path / "books").exists()


def test_a_book_that_nobody_named_is_an_empty_one_at_first(cli: Cli) -> None:
    for line in ("", "promises --overdue", "triangle", "client list", "quiet", "reliability", "search deck"):
        assert cli(*line.split(), env=UNNAMED).code == 0
    for line in ("why jane", "brief jane", "snooze jane 2w", "keep 1", "edit 1 --what deck"):
        assert cli(*line.split(), env=UNNAMED).code == 3
