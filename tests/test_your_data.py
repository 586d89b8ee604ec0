"""What SECURITY.md and docs/your-data.md promise: these files and no others, for one user alone, and no network."""

import ast
import os
import re
import stat
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

import c4l
from tests.conftest import Shell, Terminal
from tests.test_imports import imported

SOURCES = Path(c4l.__file__).parent
PAGE = Path(__file__).resolve().parents[1] / "docs" / "your-data.md"
PATIENCE_SECONDS = 20


class Place(NamedTuple):
    """A row of the page's first table: a pattern for files in the data folder, and how long they stay."""

    pattern: str
    stays: str

    def holds(self, path: Path) -> bool:
        return path.match(self.pattern) and len(path.parts) == len(Path(self.pattern).parts)


def places() -> Iterator[Place]:
    table = PAGE.read_text(encoding="utf-8").partition("| file in the data folder |")[2].partition("\n\n")[0]
    for row in table.splitlines()[2:]:
        file, _, stays = (cell.strip() for cell in row.strip("|").split("|"))
        yield Place(file.strip("`"), stays)


LASTING = [place for place in places() if not place.stays.startswith("only ")]


@pytest.fixture
def lived_in(home: dict[str, str], tmp_path: Path) -> Path:
    """The data folder of somebody who used c4l for everything that leaves a file, and whose umask lets everybody in."""
    own = {name: value for name, value in home.items() if name != "C4L_DATABASE"}
    own |= {"C4L_CONFIG": "", "C4L_BACKUP_AUTOMATIC": "on"}
    Path(own["HOME"]).mkdir()
    shell, terminal = Shell(own), Terminal(own)
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho more >> "$1"\nexit 1\n')
    editor.chmod(0o700)

    before = os.umask(0)
    try:
        assert shell("log", "Jane Doe", "hello", "--new").code == 0
        [book] = Path(own["HOME"]).rglob("c4l.db")
        assert terminal("log", typed=[("with? ", "jane\r"), ("happened? ", "\x03")]).code == 130
        assert terminal("edit", "i1", env={"EDITOR": str(editor)}).code == 1
        for words in (["backup"], ["demo"], ["doctor", "--salvage", str(book)]):
            assert shell(*words).code == 0
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not list(book.parent.glob("*/*-daily-*.db")) or list(book.parent.glob("*/.*.part*")):
            assert time.monotonic() < deadline, "the backup of the day makes itself"
            time.sleep(0.05)
    finally:
        os.umask(before)
    return book.parent


def test_every_file_that_appears_is_on_the_page_and_every_one_of_the_page_appears(
    lived_in: Path, home: Mapping[str, str]
) -> None:
    there = [path.relative_to(lived_in) for path in lived_in.rglob("*") if path.is_file()]
    elsewhere = [path for path in Path(home["HOME"]).rglob("*") if path.is_file() and lived_in not in path.parents]

    assert elsewhere == []
    assert [path for path in there if not any(place.holds(path) for place in places())] == []
    assert [place.pattern for place in LASTING if not any(map(place.holds, there))] == []


def test_every_file_and_every_folder_is_for_its_user_alone(lived_in: Path) -> None:
    rights = {path: stat.S_IMODE(path.stat().st_mode) for path in (lived_in, *lived_in.rglob("*"))}
    assert len(rights) > 10
    assert {path: mode for path, mode in rights.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}


# --- nothing leaves the machine --------------------------------------------------------------------------------------

NETWORK = {
    *("socket", "_socket", "ssl", "select", "selectors", "socketserver", "asyncio", "http", "urllib.request"),
    *("ftplib", "imaplib", "poplib", "smtplib", "nntplib", "telnetlib", "xmlrpc", "webbrowser", "wsgiref"),
    *("multiprocessing", "logging.handlers", "requests", "httpx", "urllib3", "aiohttp"),
}
"""What in the standard library, or widely used, opens connections."""

STARTERS = {"subprocess", "os.system", "os.popen", "os.fork", "os.posix_spawn", "os.posix_spawnp", "pty"}
STARTERS |= {f"os.{way}{how}" for way in ("exec", "spawn") for how in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")}
"""What starts another program."""


def used(source: str) -> set[str]:
    """Everything that a module imports, wherever in it, and every attribute of a module that it names."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                found |= {each.name for each in names}
            case ast.ImportFrom(module=module, names=names):
                found |= {str(module), *(f"{module}.{each.name}" for each in names)}
            case ast.Attribute(attr=attr, value=ast.Name(id=owner)):
                found.add(f"{owner}.{attr}")
    return found


def named(modules: set[str], wanted: set[str]) -> set[str]:
    return {name for name in modules if any(name == each or name.startswith(f"{each}.") for each in wanted)}


def test_no_module_knows_a_network() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py")}
    assert len(sources) > 50
    assert {path: found for path, text in sources.items() if (found := named(used(text), NETWORK))} == {}


def test_only_the_editor_the_pager_and_the_daily_backup_are_started() -> None:
    starting = {
        str(path.relative_to(SOURCES))
        for path in SOURCES.rglob("*.py")
        if named(used(path.read_text(encoding="utf-8")), STARTERS)
    }
    assert starting == {"cli/editor.py", "render/terminal.py", "store/daily.py"}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import socket", {"socket"}),
        ("def later():\n    from http import client", {"http", "http.client"}),
        ("import urllib.request", {"urllib.request"}),
        ("from urllib import request", {"urllib.request"}),
        ("from urllib.parse import unquote", set()),
        ("import os\nos.posix_spawn('ls', [], {})", {"os.posix_spawn"}),
        ("import os\nos.path.join('a')", set()),
    ],
)
def test_what_is_looked_for_is_found(source: str, found: set[str]) -> None:
    assert named(used(source), NETWORK | STARTERS) == found


CARD = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Omar Lund\r\nPHOTO:https://lund.example/omar.png\r\n"
    "URL:https://lund.example/\r\nSOURCE:https://lund.example/omar.vcf\r\nEND:VCARD\r\n"
)


@pytest.mark.parametrize(
    "words", ["import card.vcf", "client show omar", "doctor", "export -", "demo", "triangle", "--help", "--version"]
)
def test_what_python_needs_for_a_connection_is_not_even_loaded(
    words: str, home: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("card.vcf").write_text(CARD)
    if words not in ("import card.vcf", "demo"):
        assert Shell(home)("import", "card.vcf").code == 0

    modules = imported(words.split(), home)

    assert "c4l.cli.app" in modules
    assert named(modules, {"_socket", "socket", "_ssl", "ssl", "http", "urllib.request", "asyncio"}) == set()


def test_the_pages_name_no_address_to_which_anything_could_be_sent() -> None:
    for name in ("SECURITY.md", "docs/your-data.md"):
        text = (PAGE.parents[1] / name).read_text(encoding="utf-8")
        assert re.findall(r"https?://|\w@\w", text) == []
