"""Start-up hygiene: what a command may import, proved in a process of its own."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from c4l.__main__ import RARELY_USED
from c4l.cli.table import COMMANDS
from tests.conftest import Cli

HOT: list[list[str]] = [
    ["--version"],
    ["today"],
    ["quiet"],
    ["brief", "jane"],
    ["log", "jane", "asked us before choosing", "-s", "consulted", "-m", "30"],
    ["promises", "--overdue"],
    ["promises", "--overdue", "--json"],
    ["triangle"],
    ["triangle", "--since", "2026-10-01"],
    ["triangle", "--history"],
    ["why", "jane"],
    ["plan", "jane"],
    ["search", "hello"],
    ["habits"],
    ["graph", "jane"],
    ["keep", "2"],
    ["promise", "jane", "send the list", "--by", "2026-12-01"],
    ["log", "jane", "asked again", "-i", "send a part by 2026-12-02"],
    ["reliability"],
    ["client", "list"],
    ["show", "i1"],
    ["interactions", "jane"],
    ["remember", "jane", "goal: one vendor"],
    ["edit", "i1", "--minutes", "30"],
    ["remove", "i1", "--yes"],
    ["undo"],
    ["history"],
]
"""Command lines that people run all day, and that must start at once."""

HEAVY = (
    *("sqlalchemy", "sqlmodel", "pydantic", "dateutil.parser", "rich", "icalendar", "platformdirs", "tomllib"),
    # Typer's parser looks for what is near to every short option, before it knows that it is one.
    *(name for name in RARELY_USED if name != "difflib"),
)
"""None is needed where the answer is piped: most cost more than the work of a hot command, the rest add up."""

IMPORTED = (
    "import runpy, sys\n"
    "sys.argv = ['c4l', *sys.argv[1:]]\n"
    "try: runpy.run_module('c4l', run_name='__main__')\n"
    "except SystemExit as end: assert not end.code, end.code\n"
    "finally: sys.stderr.write('\\n' + ' '.join(\n"
    "    name for name, module in sys.modules.items() if type(module).__name__ != 'Postponed'))"
)
"""What is postponed counts as imported only when something of it was used."""


@pytest.fixture
def book(cli: Cli) -> None:
    """Enough for every hot command to have something to do."""
    assert cli("log", "Jane Doe", "said hello", "--new", "-i", "call by 2026-11-20", "--on", "2026-11-01").code == 0
    assert cli("promise", "jane", "send the deck", "--by", "2026-11-27").code == 0


def imported(words: list[str], home: Mapping[str, str]) -> set[str]:
    """The modules that one command line, its output piped, has imported by its end."""
    code = [sys.executable, "-c", IMPORTED, *words]
    done = subprocess.run(code, env=dict(home), capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("words", HOT, ids=" ".join)
def test_a_hot_command_imports_nothing_heavy(words: list[str], home: dict[str, str], book: None) -> None:
    modules = imported(words, home)

    assert "c4l.cli.app" in modules
    assert not [name for name in HEAVY if name in modules]


@pytest.mark.parametrize("words", HOT, ids=" ".join)
def test_a_hot_command_imports_no_other_command(words: list[str], home: dict[str, str], book: None) -> None:
    name = next((name for name in (words[0], " ".join(words[:2])) if name in COMMANDS), None)
    own = COMMANDS[name].target.partition(":")[0] if name else None
    commands = {row.target.partition(":")[0] for row in COMMANDS.values()}

    assert imported(words, home) & commands == ({own} if own else set())


def test_help_imports_no_rich_where_it_is_piped(home: dict[str, str]) -> None:
    code = (
        "import sys; from c4l.cli import app; app.run(['client'], {'client add': app.COMMANDS['log']._replace("
        "target='tests.sample:keep')}); sys.stderr.write(' '.join(sys.modules))"
    )
    environ = {**home, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)

    assert "Usage: c4l client" in done.stdout
    assert "rich" not in done.stderr.split()


def test_garbage_collection_is_off_before_anything_is_imported(home: dict[str, str]) -> None:
    code = "import c4l.__main__, gc, sys; print(gc.isenabled(), 'typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=home, capture_output=True, text=True, check=True)

    assert done.stdout == "False False\n"


def test_what_is_postponed_is_there_when_it_is_used(home: dict[str, str]) -> None:
    code = (
        "from c4l.__main__ import Postponed, postpone; import sys; postpone()\n"
        "import difflib, subprocess, c4l.cli.app\n"
        "assert isinstance(difflib, Postponed) and isinstance(sys.modules['subprocess'], Postponed)\n"
        "for _ in range(2): assert difflib.get_close_matches('jane', ['jan', 'omar']) == ['jan']\n"
        "from subprocess import run; assert run([sys.executable, '-c', ''], check=True).returncode == 0\n"
        "import difflib; assert not isinstance(difflib, Postponed) and not hasattr(difflib, 'nothing')\n"
        "assert not isinstance(sys.modules['subprocess'], Postponed)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=home, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
