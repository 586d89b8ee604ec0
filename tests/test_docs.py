"""What the documents say is so: every example runs, every command has one, every link leads somewhere.

What the commands of a tour answer is generated; `docs/generate.py --check`, a part of `make check`, holds it.
"""

import inspect
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from c4l.actions import clients, facts, log, promises
from c4l.actions.drafts import ClientDraft
from c4l.cli.table import ALONE, COMMANDS
from c4l.domain.entry import FactDraft
from c4l.domain.signals import SIGNALS, Signal
from c4l.domain.terms import FactKind, Party
from c4l.domain.thresholds import DEFAULTS
from c4l.store.store import Store
from tests.conftest import TODAY, Cli

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
DEMOS = {path.name for path in DOCUMENTS if "<!-- The examples run in the demo book. -->" in path.read_text("utf-8")}
"""Those whose commands are run in the demo book."""
DAY = date.fromisoformat(TODAY)
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Omar Lund\nEMAIL:omar@lund.example\nEND:VCARD\n"


def told(command: str) -> str:
    module, _, function = COMMANDS[command].target.partition(":")
    return inspect.getdoc(getattr(import_module(module), function)) or ""


def examples() -> Iterator[str]:
    for command in COMMANDS:
        yield from (line.strip() for line in told(command).splitlines() if line.strip().startswith("c4l "))


def tours() -> Iterator[tuple[str, list[str]]]:
    for path in DOCUMENTS:
        typed = [line[2:] for line in fenced(path, "console") if line.startswith("$ ")]
        if typed:
            yield path.name, typed


def fenced(path: Path, language: str) -> list[str]:
    """The lines of all blocks of a document in one language."""
    block = re.compile(rf"^```{language}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [line for found in block.findall(path.read_text(encoding="utf-8")) for line in found.splitlines()]


def pipelines() -> Iterator[list[list[str]]]:
    """Every shell line of the documents, in a block or within a sentence, as the programs that it joins."""
    for path in DOCUMENTS:
        named = re.findall(r"`(c4l [^`\n]+)`", path.read_text(encoding="utf-8"))
        for typed in [*fenced(path, "sh"), *named]:
            lexer = shlex.shlex(typed, posix=True, punctuation_chars="|")
            lexer.whitespace_split = True
            words = groupby(lexer, lambda word: word == "|")
            yield [list(program) for bar, program in words if not bar]


TYPED = [program[1:] for programs in pipelines() for program in programs if program[:1] == ["c4l"]]
FILTERED = [
    (first[1:], second[-1]) for first, second in (it for it in pipelines() if len(it) == 2) if second[0] == "jq"
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book in which everything is that the examples name: Jane, Bob, promises to 30, interactions to i90."""
    path = tmp_path_factory.mktemp("examples") / "c4l.db"
    with Store.open(path) as store:
        jane, bob = (
            clients.add(
                store, ClientDraft(name, emails=(f"{name[:4]}@acme.example",), tags=("prospect",)), DAY, DEFAULTS
            ).ref
            for name in ("Jane Doe", "Bob Stone")
        )
        goal = FactDraft(FactKind.goal, "one vendor instead of three")
        facts.remember(store, jane, [goal], [], DAY - timedelta(days=90), DAY, DEFAULTS)
        for back in range(90):
            log.log(store, [jane, bob], log.LogDraft(note="talked", on=DAY - timedelta(days=3 * back)), DAY)
        for number in range(30):
            due = DAY - timedelta(days=10) + timedelta(days=number)
            promises.make(store, jane, f"send part {number}", Party.me, due, DAY - timedelta(days=30), DAY)
    return path


@pytest.mark.parametrize("example", list(examples()))
def test_every_example_of_a_help_page_runs(
    example: str, book: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("contacts.vcf").write_text(CARD, encoding="utf-8")
    if not example.startswith(("c4l client add", "c4l demo")):
        shutil.copy(book, tmp_path / "c4l.db")
    if "import book.json" in example:
        Path("book.json").write_text('{"c4l_book": 1, "schema": 2, "tables": {"client": []}}', encoding="utf-8")
    if "restore" in example:
        shutil.copy(book, tmp_path / "copy.db")
    if "client unarchive" in example:
        cli("client", "archive", "jane", env={"C4L_DATABASE": "c4l.db"})
    if "config unset" in example:
        cli("config", "set", "channel", "visit")
    answer = cli(*shlex.split(example)[1:], env={"C4L_DATABASE": "c4l.db"})
    assert answer.code == 0, answer.err


@pytest.mark.parametrize("words", TYPED, ids=" ".join)
def test_every_command_and_every_option_that_a_document_names_is_there(words: list[str], cli: Cli) -> None:
    alone = f"{words[0]} {ALONE.get(words[0])}"
    command = next((name for name in (" ".join(words[:2]), words[0], alone) if name in COMMANDS), None)
    assert command or words[0].startswith("-"), words
    page = cli(*(command or "").split(), "--help").out
    for option in (word.partition("=")[0] for word in words if re.match("--?[a-z]", word)):
        assert re.search(rf"(?<![\w-]){option}(?![\w-])", page), option


@pytest.mark.parametrize(("words", "program"), FILTERED)
def test_every_filter_of_a_script_finds_its_fields(words: list[str], program: str, book: Path, cli: Cli) -> None:
    answer = cli(*words, env={"C4L_DATABASE": str(book)})
    told = filtered(json.loads(answer.out), program)
    assert told[0] in ("10 days: send part 0", "10 late, 8 due, 0 quiet")


def filtered(answer: Any, program: str) -> list[str]:
    """What jq would answer, as far as the documents use it: `.path[] | "\\(.field) of \\(.list | length)"`."""
    path, _, told = program.partition(" | ")
    found = [answer]
    for key, many in re.findall(r"\.(\w+)(\[\])?", path):
        found = [inner for each in found for inner in (each[key] if many else [each[key]])]

    return [_told(told.strip('"'), each) for each in found]


def _told(template: str, record: Any) -> str:
    def value(field: re.Match[str]) -> str:
        return str(len(record[field[1]]) if field[2] else record[field[1]])

    return re.sub(r"\\\(\.(\w+)( \| length)?\)", value, template)


def test_the_documents_have_an_example_for_scripts() -> None:
    assert FILTERED
    assert ["--install-completion"] in TYPED


@pytest.mark.parametrize(("document", "typed"), list(tours()))
def test_every_command_of_a_tour_runs(
    document: str, typed: list[str], cli: Cli, home: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    today = TODAY
    if document in DEMOS:
        assert cli("demo", "--database", home["C4L_DATABASE"]).code == 0
    for line in typed:
        program, *words = shlex.split(line)
        if program == "export":
            today = words[0].removeprefix("C4L_TODAY=")
            date.fromisoformat(today)
            continue
        answer = cli(*words, env={"C4L_TODAY": today, "FORCE_COLOR": "1"})
        assert (program, answer.code, answer.err) == ("c4l", 0, ""), line


def test_the_readme_the_week_and_the_triangle_are_tours() -> None:
    assert {"README.md", "a-week.md", "triangle.md"} <= dict(tours()).keys()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does_in_a_line_and_shows_an_example(command: str) -> None:
    first, *rest = told(command).splitlines()
    assert 10 < len(first) < 60
    assert first.endswith(".")
    assert any(line.strip().startswith(f"c4l {command}") for line in rest)


def test_the_documents_have_a_page_for_every_command() -> None:
    pages = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [line[3:] for line in pages.splitlines() if line.startswith("## ")] == [
        "c4l",
        *(f"c4l {command}" for command in COMMANDS),
    ]


@pytest.mark.parametrize("signal", SIGNALS.values(), ids=lambda signal: signal.name)
def test_the_reference_says_which_signals_no_interaction_carries(signal: Signal) -> None:
    lines = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8").splitlines()
    [row] = [line for line in lines if line.startswith(f"| `{signal.name}` |")]
    assert ("kept with the promise itself: `move --told`, `break --told`" in row) is not signal.logged


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file_and_a_heading(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        name, _, heading = target.partition("#")
        linked = path.parent / name if name else path
        assert linked.is_file(), target
        headings = re.findall(r"^#+ (.*)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
        assert not heading or heading in [re.sub(r"[^\w -]", "", line).lower().replace(" ", "-") for line in headings]
