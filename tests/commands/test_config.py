"""`config`: what holds and where it comes from, and changing what the user's own file says."""

import json
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from c4l.config import SETTINGS
from tests.conftest import Cli, Result, Shell, Terminal

OWN = "# mine\nchannel = 'email'   # they write\n\n[triangle]\nkey_needed = 3\n\n[cadence]\n"


@pytest.fixture
def file(home: dict[str, str]) -> Path:
    """The settings file of this test, which is not there at first."""
    return Path(home["C4L_CONFIG"])


def data(answered: Result) -> Any:
    assert answered.code == 0, answered
    return json.loads(answered.out)["data"]


def refused(answered: Result, code: int, *told: str) -> None:
    assert (answered.code, answered.out) == (code, ""), answered
    assert answered.err.count("c4l: error: ") == 1
    for part in told:
        assert part in answered.err


# What holds


def test_every_setting_is_listed_with_its_default(cli: Cli, file: Path) -> None:
    listed = data(cli("config", "--json", env={"C4L_DATABASE": ""}))

    assert (listed["file"], listed["exists"]) == (str(file), False)
    rows = {each["name"]: each for each in listed["settings"]}
    assert list(rows) == list(SETTINGS)
    # The tests themselves keep the backup of the day from being made beside every book.
    assert {name for name, each in rows.items() if each["source"] != "default"} == {"backup.automatic"}
    assert rows["database"]["value"] == rows["database"]["default"]
    assert rows["triangle.key_needed"] == {
        "name": "triangle.key_needed",
        "value": 2,
        "source": "default",
        "place": None,
        "default": 2,
        "hidden": None,
        "least": 1,
        "most": 4,
        "choices": [],
        "variable": "C4L_TRIANGLE_KEY_NEEDED",
        "meaning": "how many of the four key criteria make a key client",
    }


@pytest.mark.parametrize(
    ("name", "value", "source", "place", "hidden"),
    [
        ("channel", "visit", "environment", "C4L_CHANNEL", "email"),
        ("triangle.key_needed", 3, "file", "FILE", None),
        ("cadence.life", 7, "environment", "C4L_CADENCE_LIFE", None),
        ("cadence.base", 90, "default", None, None),
        ("database", "/books/option.db", "option", "--database", "FOLDER/file.db"),
    ],
)
def test_each_value_tells_where_it_comes_from(
    cli: Cli, file: Path, name: str, value: object, source: str, place: str | None, hidden: str | None
) -> None:
    file.write_text(f"database = 'file.db'\n{OWN}")
    env = {"C4L_CHANNEL": "visit", "C4L_CADENCE_LIFE": "7"}
    place = str(file) if place == "FILE" else place
    hidden = hidden and hidden.replace("FOLDER", str(file.parent))

    listed = data(cli("config", "list", "--json", "--database", "/books/option.db", env=env))
    found = next(each for each in listed["settings"] if each["name"] == name)
    assert [found[key] for key in ("value", "source", "place", "hidden")] == [value, source, place, hidden]
    one = data(cli("config", "get", name, "--json", "--database", "/books/option.db", env=env))
    assert one == {**found, "file": str(file), "touched": None, "was": None}
    assert cli("config", "get", name, "--database", "/books/option.db", env=env).out == f"{value}\n"


def test_config_alone_lists_and_a_line_is_a_setting(cli: Cli, file: Path) -> None:
    file.write_text(OWN)
    answered = cli("config")

    assert answered == cli("config", "list")
    assert [line.split("\t")[0] for line in answered.out.splitlines()] == list(SETTINGS)
    assert (
        f"triangle.key_needed\t3\tfile\t{file}\t2\ta whole number from 1 to 4"
        "\thow many of the four key criteria make a key client"
    ) in answered.out.splitlines()


# Changing the file


def test_a_setting_is_set_and_holds_and_is_unset_again(cli: Cli, file: Path) -> None:
    made = data(cli("config", "set", "cadence.key", "21", "--json"))
    assert (made["value"], made["source"], made["touched"], made["was"]) == (21, "file", "written", None)
    assert file.read_text() == "[cadence]\nkey = 21\n"
    assert file.stat().st_mode & 0o777 == 0o600

    again = data(cli("config", "set", "cadence.key", "14", "--json"))
    assert (again["value"], again["touched"], again["was"]) == (14, "written", 21)
    same = data(cli("config", "set", "cadence.key", "14", "--json"))
    assert (same["touched"], same["was"]) == ("there", 14)

    gone = data(cli("config", "unset", "cadence.key", "--json"))
    assert (gone["value"], gone["source"], gone["touched"], gone["was"]) == (30, "default", "out", 14)
    assert file.read_text() == "[cadence]\n"


def test_remarks_and_order_stay(cli: Cli, file: Path) -> None:
    file.write_text(OWN)
    assert cli("config", "set", "channel", "visit") == Result(0, "visit\n", "")
    assert cli("config", "set", "triangle.window_days", "400") == Result(0, "400\n", "")
    assert cli("config", "unset", "triangle.key_needed") == Result(0, "2\n", "")

    assert file.read_text() == OWN.replace("email", "visit").replace("key_needed = 3", "window_days = 400")


def test_what_is_set_is_what_a_command_works_with(cli: Cli) -> None:
    cli("config", "set", "channel", "visit")
    cli("log", "Jane Doe", "came by", "--new")

    assert data(cli("show", "i1", "--json"))["channel"] == "visit"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("set|cadence.key|0", 2, "cadence.key must be a whole number from 1 to 3650, not “0”"),
        ("set|cadence.key|3651", 2, "from 1 to 3650, not “3651”"),
        ("set|cadence.key|two", 2, "not “two”"),
        ("set|triangle.key_needed|5", 2, "triangle.key_needed must be a whole number from 1 to 4"),
        ("set|channel|pigeon", 2, "channel must be one of call, meeting, email, message, visit, note, gift, event"),
        ("set|channel|", 2, "channel must be one of"),
        ("set|database| ", 2, "database must be text"),
        ("set|database|/", 2, "/ is a folder"),
        ("set|database|\udcff.db", 2, "is no UTF-8 text"),
        ("set|chanel|call", 3, "there is no setting “chanel”\n  did you mean channel?"),
        ("set|key_needed|3", 3, "did you mean triangle.key_needed?"),
        ("get|zzz", 3, "c4l config lists them all"),
        ("unset|zzz", 3, "there is no setting “zzz”"),
        ("unset|cadence.life", 1, "does not set cadence.life\n  its default holds"),
        ("set|cadence.key", 2, "VALUE"),
        ("set|cadence.key|3|4", 2, "unexpected extra argument"),
        ("lst", 2, "did you mean c4l config list or c4l config set?"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    cli: Cli, file: Path, words: str, code: int, told: str
) -> None:
    file.write_text(OWN)
    refused(cli("config", *words.split("|")), code, told)
    assert file.read_text() == OWN
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_a_file_that_no_line_can_change_is_left_to_the_user_with_the_line_to_write(cli: Cli, file: Path) -> None:
    file.write_text("cadence = { key = 21 }\n")

    refused(
        cli("config", "set", "cadence.life", "7"),
        1,
        f"{file} is written in a way in which c4l cannot change cadence.life alone",
        "write it yourself: life = 7, under [cadence]",
    )
    refused(cli("config", "unset", "cadence.key"), 1, "cannot change cadence.key alone\n  take it out yourself")
    assert file.read_text() == "cadence = { key = 21 }\n"


def test_what_is_stronger_than_the_file_is_told(cli: Cli, file: Path) -> None:
    told = "C4L_CHANNEL in the environment says gift, and that holds as long as it is given\n"

    assert cli("config", "set", "channel", "visit", env={"C4L_CHANNEL": "gift"}) == Result(0, "gift\n", told)
    assert file.read_text() == "channel = 'visit'\n"
    assert cli("config", "unset", "channel", env={"C4L_CHANNEL": "gift"}) == Result(0, "gift\n", told)
    assert file.read_text() == ""


def test_a_book_is_named_from_where_one_is_and_one_that_is_not_there_is_told(
    cli: Cli, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    env = {"C4L_DATABASE": ""}

    made = cli("config", "set", "database", "mine.db", env=env)
    book = tmp_path / "here" / "mine.db"
    assert made == Result(0, f"{book}\n", f"there is no book at {book} yet: c4l log and c4l client add begin one\n")
    assert file.read_text() == f"database = '{book}'\n"
    cli("client", "add", "Jane Doe", env=env)
    assert book.exists()
    assert cli("config", "set", "database", "mine.db", env=env) == Result(0, f"{book}\n", "")
    assert cli("config", "set", "database", "~/of-home.db", env=env).code == 0
    assert file.read_text() == "database = '~/of-home.db'\n", "another machine may have another home"


# A broken file


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("channel = 'call'\nkey = = 3\n", "is not TOML: Invalid value (at line 2, column 7)"),
        ("[cadence]\nkey = 0\n", "cadence.key must be a whole number from 1 to 3650, not 0"),
        (
            "chanel = 'call'\n",
            "sets chanel, which is no setting\n  did you mean channel? (to take it out: c4l config unset chanel)",
        ),
        ("'a b' = 1\n", "sets a b, which is no setting\n  mend its name"),
        ("'a b' = 1\n", "(to take it out: c4l config unset 'a b')"),
    ],
)
def test_a_broken_file_is_told_and_its_path_still_is(cli: Cli, file: Path, written: str, told: str) -> None:
    file.write_text(written)

    refused(cli("config"), 5, str(file), told)
    assert cli("config", "path") == Result(0, f"{file}\n", "")
    assert data(cli("config", "path", "--json")) == {"file": str(file), "exists": True}


@pytest.mark.parametrize(("words", "left"), [("set|cadence.key|21", "key = 21\n"), ("unset|cadence.key", "")])
def test_a_value_that_is_not_allowed_can_be_mended_whatever_else_is_wrong(
    cli: Cli, file: Path, words: str, left: str
) -> None:
    file.write_text("chanel = 'call'\n[cadence]\nkey = 0\nlife = -1\n")

    mended = data(cli("config", *words.split("|"), "--json"))
    assert (mended["value"], mended["was"]) == (21 if left else 30, 0)
    assert file.read_text() == f"chanel = 'call'\n[cadence]\n{left}life = -1\n"
    assert "c4l config unset cadence.life" in cli("config", "get", "cadence.life").err


def test_what_is_no_setting_can_be_taken_out_as_the_hint_says_one_by_one(cli: Cli, file: Path) -> None:
    file.write_text("# mine\n[triangel]\nkey = 9  # strict\n\n[cadence]\nkey = 21\ninner.life = 7\n'a b' = true\n")

    for _ in range(3):
        refused(told := cli("today"), 5, "which is no setting")
        program, *words = shlex.split(told.err.partition("to take it out: ")[2].rstrip(")\n"))
        assert (program, *words[:2]) == ("c4l", "config", "unset")
        assert cli(*words) == Result(0, "", "")
    assert file.read_text() == "# mine\n[triangel]\n# strict\n\n[cadence]\nkey = 21\n"
    assert cli("config", "get", "cadence.key") == Result(0, "21\n", "")


def test_of_what_was_no_setting_only_what_the_file_said_is_told(cli: Cli, file: Path) -> None:
    file.write_text("[triangel]\nkey = 9\n")

    gone = data(cli("config", "unset", "triangel.key", "--json"))
    told = {name: said for name, said in gone.items() if said not in (None, [])}
    assert told == {"name": "triangel.key", "file": str(file), "touched": "out", "was": 9}
    assert gone.keys() == data(cli("config", "set", "cadence.key", "21", "--json")).keys(), "it is told as a setting is"
    refused(cli("config", "unset", "triangel.key"), 3, "there is no setting “triangel.key”")


def test_a_file_that_is_no_toml_is_not_written(cli: Cli, file: Path) -> None:
    file.write_text("channel = \n")

    refused(cli("config", "set", "channel", "visit"), 5, "is not TOML")
    refused(cli("config", "unset", "channel"), 5, "is not TOML")
    assert file.read_text() == "channel = \n"


def test_a_file_that_cannot_be_written_is_5(cli: Cli, file: Path) -> None:
    file.mkdir()
    refused(cli("config", "set", "channel", "visit"), 5, str(file))
    assert cli("config", "path").code == 0


# Around it


def test_no_book_is_needed_and_none_is_made(cli: Cli, home: Mapping[str, str]) -> None:
    for line in ("config", "config get channel", "config set channel visit", "config unset channel", "config path"):
        assert cli(*line.split()).code == 0
    assert not Path(home["C4L_DATABASE"]).parent.exists()


def test_a_shell_completes_the_names_of_settings(shell: Shell) -> None:
    def completed(typed: str) -> list[str]:
        env = {"_C4L_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
        return shell(env=env).out.splitlines()

    assert completed("c4l config set cadence.") == ["cadence.base", "cadence.key", "cadence.life"]
    assert completed("c4l config get ") == list(SETTINGS)


def test_on_a_terminal_the_list_and_a_change_are_drawn(terminal: Terminal, file: Path) -> None:
    def drawn(*words: str) -> list[str]:
        answered = terminal(*words, width=140)
        assert answered.code == 0
        return re.sub(r"\x1b\[[0-9;]*m", "", answered.out).splitlines()

    file.write_text(OWN)
    rows = {line.split()[0]: line.split() for line in drawn("config") if line.split()}
    assert rows["key_needed"][1:5] == ["3", "file", "(default", "2)"]
    assert rows["window_days"][1:3] == ["365", "default"]
    changed = drawn("config", "set", "cadence.key", "21")
    assert changed[0] == " cadence.key is 21 now"
    assert drawn("config", "set", "cadence.key", "14")[0] == " cadence.key is 14 now, and was 21"
    assert drawn("config", "set", "cadence.key", "14")[0] == " cadence.key is 14 already"
    assert drawn("config", "unset", "cadence.key")[0] == " cadence.key is 30 again, the default"
    assert "C4L_CADENCE_KEY" in "".join(drawn("config", "get", "cadence.key"))
