"""The page on mornings: every line of a shell, of cron and of systemd on it is run as it stands there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from c4l.cli.table import COMMANDS
from tests.conftest import Cli
from tests.domain.books import ago

PAGE = (Path(__file__).parents[1] / "docs" / "morning.md").read_text(encoding="utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def block(language: str, words: str) -> str:
    """The one block of the page in that language that holds the words."""
    [found] = [text for name, text in BLOCKS if name == language and words in text]
    return found


@pytest.fixture
def environ(home: dict[str, str], cli: Cli, tmp_path: Path) -> dict[str, str]:
    """A home with c4l in its usual place, and a book with one promise that is late and one that is due."""
    programs = Path(home["HOME"]) / ".local" / "bin"
    programs.mkdir(parents=True)
    (programs / "c4l").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m c4l "$@"\n')
    (programs / "notify-send").write_text('#!/bin/sh\nprintf "%s: %s\\n" "$@"\n')
    for program in programs.iterdir():
        program.chmod(0o755)
    cli("client", "add", "Jane Doe")
    cli("promise", "jane", "send the deck", "--by", ago(2).isoformat())
    cli("promise", "jane", "the figures", "--by", ago(-2).isoformat())
    return {**home, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


def run(text: str, environ: Mapping[str, str], *shell: str) -> str:
    """What a piece of a shell says, without a complaint."""
    done = subprocess.run([*shell, "-c", text], env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_block_is_of_a_kind_that_is_tried() -> None:
    assert [name for name, _ in BLOCKS] == ["sh", "bash", "crontab", "sh", "ini", "ini", "sh"]
    typed = set(re.findall(r"(?:bin/c4l\"?|c4l) (\w+)", "".join(text for _, text in BLOCKS)))
    assert typed - {"c4l"} <= set(COMMANDS)


def test_a_shell_that_is_used_by_hand_begins_with_the_page(environ: dict[str, str]) -> None:
    line = block("sh", "case")
    assert "send the deck" in run(line.replace("$-", "himBHs"), environ, "sh"), "what $- holds in such a shell"
    assert run(line, environ, "sh") == "", "a script is left alone"


def test_the_prompt_counts_what_is_late_and_asks_only_when_something_changed(
    environ: dict[str, str], cli: Cli, tmp_path: Path
) -> None:
    if not shutil.which("bash"):
        pytest.skip("there is no bash to try it in")
    ask = f"PS1=; {block('bash', 'PS1')}\nc4l_late"
    assert run(ask, environ, "bash") == "1 late "
    kept = Path(environ["HOME"]) / ".cache" / "c4l-late"
    day, count = kept.read_text().split()
    kept.write_text(f"{day} 7\n")
    assert run(ask, environ, "bash") == "7 late ", "what was counted today stands"
    assert count == "1"
    cli("keep", "1")
    book = Path(environ["C4L_DATABASE"])
    later = kept.stat().st_mtime + 5
    os.utime(book, (later, later))
    assert run(ask, environ, "bash") == "", "the book changed, and nothing is late"
    kept.write_text("2020-01-01 7\n")
    assert run(ask, environ, "bash") == "", "another day began"


def test_cron_mails_what_is_to_be_done_and_nothing_on_a_clean_day(environ: dict[str, str], cli: Cli) -> None:
    *when, command = block("crontab", "c4l").strip().split(maxsplit=5)
    assert when == ["0", "8", "*", "*", "1-5"]
    assert "%" not in command, "cron reads it as the end of a line"
    alone = {name: environ[name] for name in ("HOME", "C4L_DATABASE", "C4L_TODAY")} | {"PATH": "/usr/bin:/bin"}
    assert run(command, alone, "/bin/sh") == (
        "overdue\tJane Doe\t2026-11-20\tsend the deck\ndue\tJane Doe\t2026-11-24\tthe figures\n"
    )
    cli("keep", "1", "2")
    assert run(command, alone, "/bin/sh") == ""


def test_the_notification_holds_the_page_and_does_not_come_on_a_clean_day(environ: dict[str, str], cli: Cli) -> None:
    script = block("sh", "notify-send")
    assert run(script, environ, "/bin/sh") == "Today: overdue\tJane Doe\tsend the deck\ndue\tJane Doe\tthe figures\n"
    cli("keep", "1", "2")
    assert run(script, environ, "/bin/sh") == ""


def test_systemd_takes_the_service_and_the_timer(environ: dict[str, str], tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd to try it on")
    units = tmp_path / "units"
    units.mkdir()
    (units / "c4l-morning.service").write_text(block("ini", "[Service]"))
    (units / "c4l-morning.timer").write_text(block("ini", "[Timer]"))
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(map(str, units.iterdir()))],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert not [line for line in done.stderr.splitlines() if "c4l-morning" in line]
    assert done.returncode == 0
    [when] = re.findall(r"^OnCalendar=(.*)$", block("ini", "[Timer]"), re.MULTILINE)
    assert subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, check=False).returncode == 0


def test_a_status_bar_has_its_line(environ: dict[str, str]) -> None:
    if not shutil.which("jq"):
        pytest.skip("there is no jq to try it with")
    assert run(block("sh", "jq"), environ, "/bin/sh") == "1 late, 1 due, 0 quiet\n"
