"""What the shell offers when Tab is pressed: commands, options and handles; and silence when anything is wrong."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Cli, Result, Shell

Completed = Callable[[str], list[str]]


@pytest.fixture
def completed(shell: Shell) -> Completed:
    """What bash is offered for a line whose last word is not finished."""

    def offered(line: str) -> list[str]:
        answered = press_tab(shell, line)
        assert (answered.code, answered.err) == (0, "")
        return answered.out.split()

    return offered


def press_tab(shell: Shell, line: str, env: dict[str, str] | None = None) -> Result:
    asked = {"_C4L_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    return shell(env={**asked, **(env or {})})


@pytest.fixture
def book(cli: Cli) -> None:
    for name in ("Jane Doe", "Jane Roe", "Åsa Strauß", "Joe Gone", "[bold]x[/] $(touch evil)"):
        assert cli("client", "add", name).code == 0
    assert cli("client", "archive", "joe").code == 0
    assert cli("client", "archive", "jane roe", "--on", "2026-01-01").code == 0
    assert cli("client", "unarchive", "jane roe", "--on", "2026-02-01").code == 0


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("c4l pro", "promises promise"),
        ("c4l client ", "add list show edit rename archive unarchive forget"),
        ("c4l client un", "unarchive"),
        ("c4l client add --ali", "--alias"),
        ("c4l client rename --", "--keep-alias --another --json --plain --database --help"),
        ("c4l triangle --tier ", "base key life"),
        ("c4l client add --kind fr", "friend"),
        ("c4l zzz", ""),
    ],
)
def test_names_options_and_choices_are_offered(completed: Completed, line: str, offered: str) -> None:
    assert completed(line) == offered.split()


@pytest.mark.parametrize(
    "command",
    [
        "client show",
        "client edit",
        "client rename",
        "client archive",
        "why",
        "assess",
        "promise",
        "promises",
        "log",
        "show",
    ],
)
def test_wherever_a_client_is_named_handles_are_offered(completed: Completed, book: None, command: str) -> None:
    assert completed(f"c4l {command} jan") == ["jane-doe", "jane-roe"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["asa-strauss", "bold-x-touch-evil", "jane-doe", "jane-roe"]),
        ("jane-d", ["jane-doe"]),
        ("joe", []),
        ("nobody", []),
        ("%", []),
        ("_", []),
    ],
)
def test_handles_of_active_clients_are_offered(
    completed: Completed, book: None, typed: str, offered: list[str]
) -> None:
    assert completed(f"c4l why {typed}") == offered


def test_at_most_fifty_are_offered(cli: Cli, completed: Completed, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text("Name\n" + "".join(f"Person {n}\n" for n in range(80)))
    cli("import", str(tmp_path / "book.csv"))

    assert len(completed("c4l why person")) == 50


@pytest.mark.parametrize("kind", ["complete_bash", "complete_zsh", "complete_fish"])
def test_every_shell_is_served(shell: Shell, book: None, kind: str) -> None:
    env = {"_C4L_COMPLETE": kind, "_TYPER_COMPLETE_ARGS": "c4l why jane", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    asked = {"COMP_WORDS": "c4l why jane", "COMP_CWORD": "2", **env}

    answered = shell(env=asked)
    assert (answered.code, answered.err) == (0, "")
    assert "jane-doe" in answered.out
    assert "\x1b" not in answered.out


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 4000)


def another_programs(path: Path) -> None:
    path.write_text("not a database, but a text that is long enough to be read as one")


def gone(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [damaged, another_programs, gone, a_folder])
def test_a_book_that_cannot_be_read_offers_nothing_and_says_nothing(
    shell: Shell, home: dict[str, str], book: None, spoil: Callable[[Path], None]
) -> None:
    spoil(Path(home["C4L_DATABASE"]))

    answered = press_tab(shell, "c4l why ja")
    assert (answered.code, answered.out.strip(), answered.err) == (0, "", "")
    assert press_tab(shell, "c4l pro").out.split() == ["promises", "promise"]


@pytest.mark.parametrize("env", [{"C4L_TODAY": "whenever"}, {"C4L_CONFIG": os.devnull + "/x"}])
def test_settings_that_cannot_be_read_offer_nothing_and_say_nothing(
    shell: Shell, book: None, env: dict[str, str]
) -> None:
    answered = press_tab(shell, "c4l why ja", env)
    assert (answered.code, answered.err) == (0, "")
    assert answered.out.split() in ([], ["jane-doe", "jane-roe"])


def test_a_look_at_an_empty_book_makes_none(completed: Completed, home: dict[str, str]) -> None:
    assert completed("c4l why ja") == []
    assert not Path(home["C4L_DATABASE"]).exists()
