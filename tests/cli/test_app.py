"""The shell around every command: names, shared options, errors and their exit codes."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from c4l import __version__
from c4l.cli.catalogue import Catalogue
from c4l.cli.table import ALIASES, COMMANDS, GROUPS
from tests.conftest import Cli, Result, Shell, Terminal
from tests.sample import TABLE

ROOT = Path(__file__).parents[2]
SAMPLE = [sys.executable, "-m", "tests.sample"]


def sample(home: Mapping[str, str], line: str) -> Result:
    """Run a shell line in which `$C4L` stands for the sample commands."""
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        env={**home, "C4L": " ".join(SAMPLE), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=20,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


# The table


def test_every_group_has_a_line_of_help_and_every_alias_a_command() -> None:
    assert {name.split()[0] for name in COMMANDS if " " in name} == set(GROUPS)
    assert set(ALIASES.values()) <= set(COMMANDS)


def test_a_catalogue_knows_its_names_without_building_a_command() -> None:
    catalogue = Catalogue({name: row._replace(target="nowhere:nothing") for name, row in TABLE.items()})

    assert list(catalogue)[:4] == ["greet", "keep", "look", "client"]
    assert "client" in catalogue
    assert "client add" not in catalogue
    assert catalogue.get("nobody") is None
    with pytest.raises(ModuleNotFoundError):
        catalogue["greet"]


def test_running_one_command_imports_no_other(tmp_path: Path, home: dict[str, str]) -> None:
    for name in ("first", "second"):
        (tmp_path / f"{name}.py").write_text("def go() -> None:\n    'Go.'\n")
    code = (
        "import sys; from c4l.cli.app import run; from c4l.cli.table import Row\n"
        "run(sys.argv[1:], {'first': Row('first:go', 'All'), 'group second': Row('second:go', 'All')})\n"
        "print([name for name in ('first', 'second') if name in sys.modules])"
    )

    def imported(*words: str) -> str:
        environ = {**home, "PYTHONPATH": str(tmp_path)}
        return subprocess.check_output([sys.executable, "-c", code, *words], env=environ, text=True).splitlines()[-1]

    assert imported("first") == "['first']"
    assert imported("group", "second") == "['second']"
    assert imported("nothing-of-the-kind") == "[]"
    assert imported("--version") == "[]"


# Help


@pytest.mark.parametrize("words", [[], ["--plain"], ["--database", "book.db"]])
def test_without_a_command_it_is_today_where_there_is_one(cli: Cli, words: list[str]) -> None:
    table = {"today": TABLE["look"], **TABLE}
    assert cli(*words, table=table) == cli("today", *words, table=table)
    assert "Usage" in cli("--help", table=table).out
    assert "Usage" in cli(table=TABLE).out


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"]])
def test_help_lists_every_command_under_its_heading_in_the_order_of_the_table(cli: Cli, words: list[str]) -> None:
    answered = cli(*words, table=TABLE)

    assert answered.code == 0
    assert answered.err == ""
    in_order = [
        "Every day:",
        "greet       Greet somebody [by name].",
        "keep",
        "look",
        "Clients:",
        "client",
        "Trouble:",
    ]
    places = [answered.out.index(f"\n{'' if each.endswith(':') else '  '}{each}") for each in in_order]
    assert places == sorted(places)


@pytest.mark.parametrize("words", [["client"], ["client", "--help"], ["client", "-h"]])
def test_a_group_alone_shows_its_help(cli: Cli, words: list[str]) -> None:
    answered = cli(*words, table=TABLE)

    assert answered.code == 0
    assert "Usage: c4l client" in answered.out
    assert "  add     Keep everything." in answered.out
    assert "greet" not in answered.out


def test_the_help_of_a_command_wraps_its_prose_and_keeps_its_example(cli: Cli) -> None:
    shown = cli("greet", "--help", table=TABLE).out

    assert "Usage: c4l greet [OPTIONS] WHO" in shown
    assert "where it happens to end, and" in " ".join(shown.split())
    assert "      c4l greet jane\n      c4l greet bob --times 2\n" in shown
    assert '\n      c4l greet "Jane Doe" "Bob Stone" "Omar Lund" "Dana Iqbal" "Jo Reed" --times 12\n' in shown
    for option in ("--json", "--plain", "--database FILE", "-h, --help"):
        assert option in shown


def test_help_on_a_terminal_has_panels_and_shows_brackets_as_they_are(terminal: Terminal) -> None:
    shown = terminal("greet", "--help", program=SAMPLE, env={"PYTHONPATH": str(ROOT), "NO_COLOR": "1"})

    page = re.sub(r"\x1b\[[0-9;]*m", "", shown.out)
    assert shown.code == 0
    assert "╭─ For every command ─" in page
    assert " Greet somebody [by name]. " in page
    assert " How often [not always]. " in page
    assert " wrapped in the code where it happens " in page


def test_on_a_terminal_too_commands_are_listed_in_the_order_of_the_table(terminal: Terminal) -> None:
    page = terminal("--help", program=SAMPLE, env={"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}).out

    in_order = ["Every day", "greet", "keep", "look", "Clients", "Trouble", "ask", "choose"]
    places = [page.rindex(each) for each in in_order]
    assert places == sorted(places)
    assert "Greet somebody [by name]." in page


def test_help_lists_the_options_that_install_completion(cli: Cli) -> None:
    assert "--install-completion" in cli("--help", table=TABLE).out
    assert "--show-completion" in cli("--help", table=TABLE).out


def test_the_version(cli: Cli, shell: Shell) -> None:
    assert cli("--version") == Result(0, f"c4l {__version__}\n", "")
    assert shell("--version") == Result(0, f"c4l {__version__}\n", "")


@pytest.mark.parametrize("words", [["--json", "--version"], ["--version", "--json"]])
def test_the_version_is_an_answer_like_any_other_to_a_program(cli: Cli, words: list[str]) -> None:
    assert cli(*words) == Result(0, f'{{"c4l": 1, "kind": "version", "data": {{"version": "{__version__}"}}}}\n', "")


def test_help_is_for_people_and_stays_prose(cli: Cli) -> None:
    assert cli("--json", "greet", "--help", table=TABLE) == cli("greet", "--help", table=TABLE)


# Names


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["gret", "jane"], "did you mean c4l greet?"),
        (["client", "ad"], "did you mean c4l client add?"),
        (["rename", "jane"], "did you mean c4l client rename?"),
        (["zzz"], "c4l --help lists the commands"),
        (["client", "zzz"], "c4l client --help lists the commands"),
    ],
)
def test_a_mistyped_command_names_the_nearest(cli: Cli, words: list[str], hint: str) -> None:
    answered = cli(*words, table=TABLE)

    assert answered.code == 2
    assert answered.out == ""
    assert answered.err.endswith(f"\n  {hint}\n")


def test_done_is_taken_for_keep_and_not_listed(cli: Cli) -> None:
    assert cli("done", table=TABLE) == Result(0, "", "kept\n")
    assert "done" not in cli("--help", table=TABLE).out


# Shared options


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["look"], "False False None"),
        (["--json", "look"], "True False None"),
        (["look", "--json"], "True False None"),
        (["--plain", "--database", "a.db", "look"], "False True a.db"),
        (["look", "--database", "a.db", "--plain"], "False True a.db"),
        (["--database", "a.db", "look", "--database", "b.db"], "False False b.db"),
    ],
)
def test_shared_options_work_before_and_after_the_sub_command(cli: Cli, words: list[str], asked: str) -> None:
    assert cli(*words, table=TABLE) == Result(0, f"{asked}\n", "")


def test_one_run_leaves_nothing_behind_for_the_next(cli: Cli) -> None:
    cli("--json", "look", table=TABLE)

    assert cli("look", table=TABLE).out == "False False None\n"


# Errors


def test_an_error_says_what_happened_what_to_do_and_who_could_be_meant(cli: Cli) -> None:
    assert cli("refuse", table=TABLE) == Result(
        4,
        "",
        "c4l: error: �[31mjo could be two clients\n  say more of the name\n    jo-stone  Jo Stone\n    jo-2      Jo\n",
    )


@pytest.mark.parametrize("words", [["--json", "refuse"], ["refuse", "--json"]])
def test_under_json_an_error_is_one_line_of_json_on_stderr(cli: Cli, words: list[str]) -> None:
    answered = cli(*words, table=TABLE, tty=True)

    assert (answered.code, answered.out, answered.err.count("\n")) == (4, "", 1)
    assert json.loads(answered.err) == {
        "c4l": 1,
        "kind": "error",
        "code": "ambiguous",
        "message": "�[31mjo could be two clients",
        "hint": "say more of the name",
        "candidates": [{"handle": "jo-stone", "name": "Jo Stone"}, {"handle": "jo-2", "name": "Jo"}],
    }


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["greet"], "missing argument 'WHO'", "c4l greet --help shows how"),
        (
            ["keep", "it"],
            "got unexpected extra argument(s) (it)",
            'what holds a blank needs quotes, as in --on "1 june"; c4l keep --help shows how',
        ),
        (["greet", "jane", "--times", "0"], "invalid value for '--times': 0 is not", "c4l greet --help shows how"),
        (["keep", "--jsn"], "no such option: --jsn", "did you mean --json?"),
        (["--jsn", "keep"], "no such option: --jsn", "did you mean --json?"),
        (["keep", "--database"], "option '--database' requires an argument", "c4l keep --help shows how"),
        (["--plain"], "missing command", "c4l --help shows how"),
        (["greet", "jane", "--\x1b[2J"], "no such option: --\\x1b[2J", "c4l greet --help shows how"),
    ],
)
def test_wrong_use_is_told_in_the_same_shape(cli: Cli, words: list[str], message: str, hint: str) -> None:
    answered = cli(*words, table=TABLE)
    assert answered.code == 2
    assert answered.err.startswith(f"c4l: error: {message}")
    assert answered.err.endswith(f"\n  {hint}\n")
    assert answered.err.count("\n") == 2

    as_json = json.loads(cli("--json", *words, table=TABLE).err)
    assert as_json["code"] == "usage"
    assert as_json["message"].startswith(message)
    assert as_json["hint"] == hint
    assert "candidates" not in as_json


def test_json_behind_two_dashes_is_text(cli: Cli) -> None:
    assert cli("keep", "--", "--json", table=TABLE).err.startswith("c4l: error: ")


def test_a_failure_of_the_machine_is_a_message(cli: Cli) -> None:
    answered = cli("unreadable", table=TABLE)

    assert answered.code == 1
    assert answered.err == (
        f"c4l: error: /nowhere/list.vcf: {os.strerror(errno.ENOENT)}\n  look at the path and its rights\n"
    )


def test_a_defect_is_no_traceback_unless_asked_for(home: dict[str, str]) -> None:
    told = sample(home, "$C4L crash")
    assert told.code == 1
    assert told.err.startswith("c4l: error: this is a defect in c4l: TypeError: no such thing\n  please report it")
    assert "Traceback" not in told.err

    assert json.loads(sample(home, "$C4L --json crash").err)["code"] == "defect"
    assert "Traceback" in sample(home, "C4L_DEBUG=1 $C4L crash").err


# Streams


def test_a_reader_that_has_seen_enough_is_no_error(home: dict[str, str]) -> None:
    assert sample(home, "$C4L greet jane --times 100000 | head -1") == Result(0, "1\tjane\n", "")
    assert sample(home, "$C4L greet jane | exec true") == Result(0, "", "")


def test_a_full_disk_is_an_error_without_traceback(home: dict[str, str]) -> None:
    answered = sample(home, "$C4L greet jane > /dev/full")

    assert answered.code == 1
    assert answered.err.startswith("c4l: error: the answer could not be written: No space left on device\n  ")
    assert answered.err.count("\n") == 2


@pytest.mark.parametrize(
    ("line", "code"), [("$C4L greet jane >&-", 0), ("$C4L zzz 2>&-", 2), ("$C4L zzz 2>/dev/full", 2)]
)
def test_a_closed_stream_changes_no_exit_code(home: dict[str, str], line: str, code: int) -> None:
    assert sample(home, line) == Result(code, "", "")


@pytest.mark.parametrize("locale", ["LC_ALL=C", "PYTHONIOENCODING=latin-1", "PYTHONIOENCODING=ascii"])
def test_no_letter_ends_a_command_in_a_poor_locale(home: dict[str, str], locale: str) -> None:
    plain = sample(home, f"{locale} $C4L greet 'Zoë 😀' $'\\xff'")
    assert (plain.code, plain.err) == (0, "")
    assert plain.out.count("\n") == 2

    as_json = sample(home, f"{locale} $C4L --json greet 'Zoë 😀' $'\\xff'")
    assert (as_json.code, as_json.err) == (0, "")
    assert [each["name"] for each in json.loads(as_json.out)["data"]] == ["Zoë 😀", "\udcff"]


def test_ctrl_c_ends_with_130_and_without_a_word(terminal: Terminal) -> None:
    answered = terminal("hold", program=SAMPLE, typed=[("holding", "\x03")], env={"PYTHONPATH": str(ROOT)})

    assert answered.code == 130
    assert answered.out.replace("^C", "").strip() == "holding"


def test_ctrl_c_reaches_a_terminal_of_the_tests_that_run_in_the_background(terminal: Terminal) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        answered = terminal("hold", program=SAMPLE, typed=[("holding", "\x03")], env={"PYTHONPATH": str(ROOT)})
    finally:
        signal.signal(signal.SIGINT, before)

    assert answered.code == 130


# Completion


def completed(home: Mapping[str, str], line: str) -> Result:
    words = line.split(" ")
    asked = f"COMP_WORDS='{line}' COMP_CWORD={len(words) - 1} _C4L_COMPLETE=complete_bash"
    return sample(home, f"{asked} $C4L")


def test_completion_offers_names_of_commands_and_options(home: dict[str, str]) -> None:
    assert completed(home, "c4l c").out.split() == ["client", "choose", "confirm", "crash"]
    assert completed(home, "c4l client r").out.split() == ["rename"]
    assert completed(home, "c4l greet --ti").out.split() == ["--times"]


def test_completion_that_cannot_open_the_book_offers_nothing_and_says_nothing(home: dict[str, str]) -> None:
    answered = completed({**home, "C4L_TODAY": "whenever"}, "c4l greet ja")

    assert (answered.code, answered.out.strip(), answered.err) == (0, "", "")


def test_show_completion_prints_the_script_of_the_shell(home: dict[str, str]) -> None:
    shown = sample({**home, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}, "$C4L --show-completion bash")

    assert shown.code == 0
    assert "_C4L_COMPLETE=complete_bash" in shown.out
