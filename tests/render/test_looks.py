"""The three looks of one answer: which is chosen when, and that none of them can be broken by what it shows."""

import json
import re
import sys
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.cli import answer
from c4l.render import plain
from c4l.render.kinds import KINDS
from c4l.render.terminal import text, unmarked, with_examples
from tests.cli.test_app import ROOT, SAMPLE
from tests.conftest import Cli, Result, Terminal, captured
from tests.sample import GREETING, TABLE

HERE = {"PYTHONPATH": str(ROOT)}


@pytest.fixture(autouse=True)
def greeting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "KINDS", GREETING)


# Which look


def test_piped_the_answer_is_plain_lines(cli: Cli) -> None:
    assert cli("greet", "Jane Doe", "Bob", table=TABLE) == Result(0, "1\tJane Doe\n2\tBob\n", "")


def test_on_a_terminal_plain_is_plain(cli: Cli) -> None:
    assert cli("--plain", "greet", "Jane Doe", table=TABLE, tty=True).out == "1\tJane Doe\n"


@pytest.mark.parametrize("words", [["--json"], ["--json", "--plain"]])
def test_piped_json_is_one_line(cli: Cli, words: list[str]) -> None:
    answered = cli(*words, "greet", "Zoë", table=TABLE, env={"FORCE_COLOR": "1"})

    assert answered.out == '{"c4l": 1, "kind": "greeting", "data": [{"name": "Zoë"}]}\n'


def test_on_a_terminal_json_is_indented(cli: Cli) -> None:
    shown = cli("greet", "Zoë", "--json", table=TABLE, tty=True).out

    assert shown.startswith('{\n  "c4l": 1,\n  "kind": "greeting",\n')
    assert json.loads(shown)["data"] == [{"name": "Zoë"}]


def test_on_a_terminal_the_answer_is_drawn_as_wide_as_it_is(terminal: Terminal) -> None:
    shown = terminal("greet", "Jane Doe", program=SAMPLE, width=60, env=HERE)

    assert shown.code == 0
    assert shown.out == "\x1b[1m60 columns\x1b[0m\nJane Doe\n"


@pytest.mark.parametrize(
    ("env", "first"),
    [
        ({"NO_COLOR": "1"}, "80 columns"),
        ({"TERM": "dumb"}, "80 columns"),
        ({"COLUMNS": "44"}, "44 columns"),
        ({"NO_COLOR": ""}, "80 columns"),
    ],
)
def test_the_environment_decides_colour_and_width(terminal: Terminal, env: Mapping[str, str], first: str) -> None:
    shown = terminal("greet", "Jane Doe", program=SAMPLE, env={**HERE, **env}).out

    assert first in shown
    assert ("\x1b" in shown) is (env.get("TERM") != "dumb")


def test_a_forced_screen_is_drawn_without_a_terminal(cli: Cli) -> None:
    assert "\x1b[1m80 columns" in cli("greet", "Jane", table=TABLE, env={"FORCE_COLOR": "1"}).out
    assert cli("greet", "Jane", table=TABLE, env={"FORCE_COLOR": ""}).out == "1\tJane\n"


# The pager


COUNTER = f"{sys.executable} -c \"import sys; print('paged', len(sys.stdin.readlines()))\""


def test_what_is_higher_than_the_terminal_goes_through_the_pager(terminal: Terminal) -> None:
    env = {**HERE, "PAGER": COUNTER}

    assert terminal("greet", "Jane", "--times", "30", program=SAMPLE, height=24, env=env).out == "paged 31\n"
    assert "paged" not in terminal("greet", "Jane", "--times", "3", program=SAMPLE, height=24, env=env).out


@pytest.mark.parametrize("pager", ["", "  ", "no-such-pager-anywhere", "'"])
def test_without_a_usable_pager_all_is_shown(terminal: Terminal, pager: str) -> None:
    shown = terminal("greet", "Jane", "--times", "30", program=SAMPLE, height=24, env={**HERE, "PAGER": pager})

    assert shown.code == 0
    assert shown.out.count("Jane\n") == 30


def test_what_is_piped_goes_through_no_pager(cli: Cli) -> None:
    answered = cli("greet", "Jane", "--times", "99", table=TABLE, env={"FORCE_COLOR": "1", "PAGER": COUNTER})

    assert answered.out.count("Jane\n") == 99


# What is shown


def test_names_that_look_like_markup_or_commands_to_a_terminal_are_shown_as_text(cli: Cli) -> None:
    names = ["[/]", "[red]Jo[/red]", ":bomb:", "\x1b[2JJo", "a\tb\nc"]

    drawn = cli("greet", *names, table=TABLE, tty=True).out
    assert drawn.splitlines()[1:] == ["[/]", "[red]Jo[/red]", ":bomb:", "�[2JJo", "a b c"]

    assert cli("greet", *names, table=TABLE).out.splitlines()[3:] == ["4\t�[2JJo", "5\ta b c"]


def test_json_on_a_terminal_holds_nothing_that_acts_and_loses_nothing(cli: Cli) -> None:
    name = "Jo\x9b31m\u202e\u2028\x7f\udcff"
    shown = cli("--json", "greet", name, table=TABLE, tty=True).out

    assert shown.replace("\n", "").isprintable()
    assert json.loads(shown)["data"] == [{"name": name}]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_plain_has_one_line_a_record_and_one_tab_between_cells(records: list[list[str]]) -> None:
    written = captured(lambda stream: plain.write(records, stream))

    assert written.count("\n") == len(records)
    assert all(line.count("\t") == 1 for line in written.splitlines())
    assert len(written.splitlines()) == len(records)


def test_text_is_never_read_as_markup() -> None:
    assert text("[bold]Jo[/bold]\x1b", "red").plain == "[bold]Jo[/bold]�"


@pytest.mark.parametrize("prose", ["[--by DAY]", "[red]", "a [b] [/] \\[c]", "no brackets"])
def test_unmarked_prose_is_shown_as_written(prose: str) -> None:
    from rich.text import Text

    assert Text.from_markup(unmarked(prose)).plain == prose


def test_a_message_goes_to_stderr_and_can_do_no_harm(capsys: pytest.CaptureFixture[str]) -> None:
    answer.say("logged \x1b[2JJo\nand more")

    assert capsys.readouterr() == ("", "logged �[2JJo\nand more\n")


def test_every_kind_names_three_functions_of_the_render_layer() -> None:
    for kind in KINDS.values():
        assert kind.data.startswith("c4l.render.")
        assert kind.lines.startswith("c4l.render.")
        assert kind.screen.startswith("c4l.render.screens.")
        assert all(target.count(":") == 1 for target in kind)


def test_examples_on_a_page_of_help_stand_out_and_are_indented_alike(terminal: Terminal) -> None:
    shown = terminal("triangle", "--help").out
    examples = [line for line in shown.splitlines() if "c4l triangle" in line and "Usage" not in line]
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in examples] == [
        "     c4l triangle",
        '     c4l triangle --as-of "1 june" --tier life',
        "     c4l triangle --since 90d",
        "     c4l triangle --history --every quarter",
    ]
    assert all("\x1b[1m" in line and "\x1b[2m" not in line for line in examples)


def test_an_example_is_shown_as_it_is_written() -> None:
    from rich.text import Text

    page = "Say [why].\n\n    c4l why [b] [/] x=[0]\n\nMore: [red]"
    assert Text.from_markup(with_examples(page)).plain == page
