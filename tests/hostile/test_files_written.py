"""What commands do to the machine: they write where they are told, for their user alone, and nowhere else."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.commands.conftest import Book
from tests.commands.test_safety import story
from tests.conftest import Cli

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def everything_done(home: Mapping[str, str], tmp_path: Path) -> list[list[str]]:
    """All that Python reports while every command does its part, with a folder for temporary files that is empty."""
    temporary, given = tmp_path / "temporary", tmp_path / "given"
    temporary.mkdir(mode=0o700)
    given.mkdir()
    steps = [step for step in story("x", given) if step.stdin is None]
    lines = "".join(json.dumps([step.code, [*step.command.split(), *step.words]]) + "\n" for step in steps)
    done = subprocess.run(
        [sys.executable, "-c", "import os; os.umask(0); from tests.hostile.watched import main; main()"],
        cwd=ROOT,
        input=lines,
        env={**home, "TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert not done.stderr
    told: list[list[str]] = json.loads(done.stdout)
    assert len(told) > 10
    return told


CHANGING = {"open", "sqlite3.connect", "os.chmod"}
CHANGING |= {"os.mkdir", "os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir"}

NO_FILE = {os.devnull, ":memory:", ""}


def test_every_file_is_beside_the_book_or_where_it_was_wanted(everything_done: list[list[str]], tmp_path: Path) -> None:
    allowed = [tmp_path / "book", tmp_path / "given"]
    touched = {path for event, *paths in everything_done if event in CHANGING for path in paths} - NO_FILE
    assert len(touched) > 10
    for path in touched:
        plain = Path(path.removeprefix("file:").partition("?")[0])
        settings = plain.parent == tmp_path and plain.name.lstrip(".").startswith("no-config.toml")
        assert settings or any(plain.is_relative_to(folder) for folder in allowed), path
    assert list((tmp_path / "temporary").iterdir()) == []


def test_nothing_is_fetched_or_started_or_asked(everything_done: list[list[str]]) -> None:
    events = {event for event, *_ in everything_done}
    assert not [
        event for event in events if event.startswith(("socket.", "subprocess.", "ctypes.", "os.exec", "os.system"))
    ]
    assert not events & {
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "tempfile.mkstemp",
        "tempfile.mkdtemp",
        "os.symlink",
    }


def test_every_file_is_for_its_user_alone_whatever_the_umask(everything_done: list[list[str]], tmp_path: Path) -> None:
    # The file that was imported is the test's own.
    written = [path for folder in ("book", "given") for path in (tmp_path / folder).rglob("*") if path.name != "bx.csv"]
    assert len(written) > 5
    for path in (tmp_path / "book", *written):
        assert path.stat().st_mode & 0o077 == 0, path


WRITERS = [
    ["backup", "LINK"],
    ["export", "LINK"],
    ["export", "LINK", "--force"],
    ["export", "LINK", "--format=csv"],
    ["export", "LINK", "--format=csv", "--force"],
    ["export", "LINK", "--client=jane"],
    ["doctor", "--salvage=BOOK", "--into=LINK"],
]
"""Every command that writes to a file which is named."""


# A link to a folder names that folder, and a backup goes into it, as a file of its own.
CASES = [(words, leads_to) for words in WRITERS for leads_to in ("a file", "a folder", "nothing")]
CASES.remove((["backup", "LINK"], "a folder"))


@pytest.mark.parametrize(("words", "leads_to"), CASES, ids=[f"{' '.join(words)} to {there}" for words, there in CASES])
def test_nothing_is_written_through_a_link(
    words: list[str], leads_to: str, cli: Cli, book: Book, tmp_path: Path
) -> None:
    target, link = tmp_path / "elsewhere", tmp_path / "link"
    if leads_to == "a file":
        target.write_text("theirs")
    if leads_to == "a folder":
        target.mkdir()
    link.symlink_to(target)
    before = book.path.read_bytes()
    answered = cli(*(word.replace("LINK", str(link)).replace("BOOK", str(book.path)) for word in words))
    assert answered.code == 1, answered
    assert "link" in answered.err.splitlines()[0].replace(str(link), "")
    assert link.is_symlink()
    assert book.path.read_bytes() == before
    match leads_to:
        case "a file":
            assert target.read_text() == "theirs"
        case "a folder":
            assert list(target.iterdir()) == []
        case _:
            assert not target.exists()
