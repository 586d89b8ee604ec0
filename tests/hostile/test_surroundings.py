"""What a command is told by its surroundings, by whoever set them up, does as little harm as what is typed."""

import json
from pathlib import Path

import pytest

from c4l import config
from tests.commands.conftest import Book
from tests.commands.test_safety import WORST, checked
from tests.conftest import Cli, Terminal

HARM = WORST.replace("\0", "")
"""No variable and no path can hold a zero byte."""

TEXT = HARM.replace("\udcff", "")

IN_A_PATH = HARM.replace("/", "").encode("utf-8", "surrogateescape")[:150].decode("utf-8", "surrogateescape")

VARIABLES = [*(row.env for row in config.SETTINGS.values()), "C4L_TODAY", "C4L_CONFIG", "NO_COLOR"]

LOOKS: tuple[list[str], ...] = ([], ["--plain"], ["--json"])


@pytest.mark.parametrize("look", LOOKS, ids=["piped", "plain", "json"])
@pytest.mark.parametrize("variable", VARIABLES)
def test_a_variable_that_says_anything_is_refused_without_harm(
    variable: str, look: list[str], cli: Cli, book: Book
) -> None:
    answered = checked(cli("today", *look, env={variable: IN_A_PATH}))
    assert answered.code in (0, 5)
    if look == ["--json"]:
        assert json.loads(answered.out or answered.err)["c4l"] == 1


@pytest.mark.parametrize("columns", ["0", "-1", "1", "99999999999999999999", "x", "\x1b[2J", ""])
def test_a_terminal_of_any_width_is_drawn_on(columns: str, cli: Cli, book: Book) -> None:
    env = {"COLUMNS": columns, "LINES": columns, "FORCE_COLOR": "1"}
    assert checked(cli("client", "list", env=env), drawn=True).code == 0


@pytest.mark.parametrize(
    "written",
    [f"'{IN_A_PATH}' = 1", f"channel = '''{IN_A_PATH}'''", f"database = '{IN_A_PATH}'", IN_A_PATH, f"[{IN_A_PATH}]"],
    ids=["a name", "a value", "a path", "no TOML", "a section"],
)
def test_settings_that_say_anything_are_refused_without_harm(written: str, cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(written.encode("utf-8", "surrogateescape"))
    answered = checked(cli("today", env={"C4L_CONFIG": str(file), "C4L_DATABASE": ""}))
    assert answered.code == 5
    assert str(file) in answered.err


@pytest.mark.parametrize("look", LOOKS, ids=["piped", "plain", "json"])
def test_a_book_at_any_path_is_read_and_named_without_harm(
    look: list[str], cli: Cli, book: Book, tmp_path: Path
) -> None:
    there = tmp_path / IN_A_PATH
    there.write_bytes(book.path.read_bytes())
    for command in ("client list", "doctor", "backup", "backup --list", "log jane hello", "history"):
        answered = checked(cli(*command.split(), *look, f"--database={there}"))
        assert answered.code in (0, 1), answered
    checked(cli("today", *look, f"--database={there}-which-is-not-there"))
    there.write_bytes(b"no book at all, but long enough to be looked into" * 100)
    assert checked(cli("today", *look, f"--database={there}")).code == 5


def test_an_editor_of_any_name_is_refused_without_harm(terminal: Terminal, book: Book) -> None:
    book.done("log", "jane", "hello")
    answered = terminal("edit", "i1", env={"EDITOR": f"/no/such/{IN_A_PATH.replace(' ', '')}", "VISUAL": ""})
    assert answered.code == 1
    checked(answered._replace(out=answered.out.replace("\r", "")))


LEFT = {
    "no text": HARM,
    "a line": f"{TEXT}\n\n{TEXT}",
    "a day": f"on: {TEXT}\n\nx",
    "a signal": f"signal: {TEXT}\n\nx",
    "a note": f"\n{TEXT}",
    "zero bytes": "\n" + "\0" * 99,
    "too much": "x" * 200_000,
}


@pytest.mark.parametrize("content", LEFT.values(), ids=LEFT.keys())
def test_an_editor_that_leaves_anything_does_no_harm(
    content: str, terminal: Terminal, book: Book, tmp_path: Path
) -> None:
    book.done("log", "jane", "hello")
    left, script = tmp_path / "left.txt", tmp_path / "editor.sh"
    script.write_text(f'#!/bin/sh\ncat "{left}" > "$1"\n')
    script.chmod(0o700)
    left.write_bytes(content.encode("utf-8", "surrogateescape"))
    answered = terminal("edit", "i1", env={"EDITOR": str(script), "VISUAL": ""})
    assert answered.code in (0, 1, 2), answered
    checked(answered._replace(out=answered.out.replace("\r", "")), drawn=True)


@pytest.mark.parametrize("locale", ["C", "POSIX", "no_SUCH.locale"])
def test_a_locale_that_holds_few_letters_loses_none_of_the_text(locale: str, cli: Cli, book: Book) -> None:
    book.done("log", "jane", "李雷 was there", env={"LC_ALL": locale, "LANG": locale})
    answered = cli("show", "i1", "--json", env={"LC_ALL": locale, "LANG": locale})
    assert json.loads(answered.out)["data"]["note"] == "李雷 was there"
