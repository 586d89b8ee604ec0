"""Text from outside can do no harm: in whatever look, from whatever command, and nothing of it is lost."""

import json
import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from c4l.cli.table import COMMANDS
from tests.conftest import Cli, Result

OWN_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
"""What Rich writes to colour a word."""

THEIR_COLOUR = "\x1b[38;5;199m"
"""A colour that c4l itself never uses, so that it is known where it came from."""

PIECES = [
    *("a", "é", "ÅSA", "李", "😀", "👩\u200d🚀", "می\u200cخواهم", " ", "  "),
    *("[/]", "[bold red]", "[link=https://example.test]", ":bomb:", "{0}", "%s", "\\", "'", '"', "<b>", "&", "$(x)"),
    *(THEIR_COLOUR, "\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;https://example.test\x1b\\", "\x1b]52;c;ZXZpbA==\x07"),
    *("\x9b31m", "\x90q\x9c", "\x07", "\x08", "\x7f", "\x85", "\u2028", "\u2029", "\n", "\r", "\r\n", "\t", "\x0b"),
    *("\u202e", "\u2066", "\u2069", "\u200f", "\u061c", "\u200b", "\ufeff", "\u2060", "\U000e0041", "\udcff", "\0"),
]
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=6).map("".join)


class Step(NamedTuple):
    """A command line that is to succeed, and the words of the table that it stands for."""

    command: str
    words: list[str]
    stdin: str | None = None
    code: int = 0


def story(text: str, folder: Path) -> Iterator[Step]:
    """A book in which every text that a user can give holds the hostile one; every command has its part in it."""
    in_a_path = text.replace("/", "").replace("\0", "").encode("utf-8", "surrogateescape")[:100]
    file = folder / f"b{in_a_path.decode('utf-8', 'surrogateescape')}.csv"
    cell = '"' + text.replace('"', '""') + '"'
    table = f'Name,Notes,Tags,{cell[:-1]}odd"\nCsv {cell[1:-1]},{cell},{cell},1\n'
    file.write_bytes(table.encode("utf-8", "surrogateescape"))
    details = [f"--alias=Al {text}", f"--tag=t{text}", f"--email=a@{text}", f"--phone=1{text}"]
    yield Step("client add", [f"Ann {text}.", f"--org=o{text}.", f"--role=r{text}.", *details])
    yield Step("client list", [])
    yield Step("client edit", ["ann", f"--role=q{text}.", f"--no-tag=t{text}"])
    yield Step("client rename", ["ann", f"Ann {text}. Doe", "--keep-alias"])
    extras = [f"-sdoor d{text}", f"-lgoal: g{text}", f"-is{text} x", f"-tt{text} x"]
    yield Step("log", ["ann", f"note {text}.", *extras, "--on=yesterday"])
    yield Step("log", ["ann", "-"], f"piped {kept(text)}.")
    yield Step("promise", ["ann", f"what {text}.", "--by=2026-11-10", "--on=2026-11-01"])
    yield Step("promise", ["ann", f"other {text}.", "--by=2026-11-10", "--on=2026-11-01"])
    yield Step("move", ["3", "2026-11-12", "--told", f"--because=b{text}", f"--plan=p{text}"])
    yield Step("promises", ["--overdue"])
    yield Step("triangle", [])
    yield Step("triangle", ["--since=90d", "--all"])
    yield Step("triangle", ["--history"])
    yield Step("assess", ["ann", "--tier=key", "--stake=high", f"--because=b{text}"])
    yield Step("assess", ["ann"])
    yield Step("assess", [])
    yield Step("check", ["--strict"], code=1)
    yield Step("why", ["ann"])
    yield Step("plan", ["ann", "--to=life"])
    yield Step("habits", [])
    yield Step("graph", ["ann"])
    yield Step("search", [f"note {text}"])
    yield Step("break", ["3", f"--because=b{text}"])
    yield Step("keep", ["1"])
    yield Step("release", ["4", f"--because=b{text}"])
    yield Step("promises", ["ann", "--state=all"])
    yield Step("reliability", ["ann", "--by=client"])
    yield Step("remember", ["ann", f"goal: h{text}.", f"likes {text}."])
    yield Step("remember", ["ann", f"--reached=h{text}.", f"--outcome=o{text}."])
    yield Step("date", ["ann", f"day {text}.", "12-01"])
    yield Step("tag", ["ann", f"t2{text}."])
    yield Step("edit", ["1", f"--what=s{text}. mended"])
    yield Step("edit", ["i1", "--minutes=30", f"--signal=early e{text}"])
    yield Step("interactions", ["ann"])
    yield Step("remove", ["i1", "1", "--dry-run"])
    yield Step("today", ["--days=30"])
    yield Step("brief", ["ann"])
    yield Step("snooze", ["ann", "2w"])
    yield Step("config set", ["database", f"{folder}/x{kept(text)}"])
    yield Step("config get", ["database"])
    yield Step("config list", [])
    yield Step("config unset", ["database"])
    yield Step("config path", [])
    yield Step("client add", [f"Zoe {text}."])
    yield Step("log", ["zoe", f"long ago {text}.", "--on=2026-01-01"])
    yield Step("quiet", [])
    yield Step("show", ["3"])
    yield Step("show", ["i1"])
    yield Step("client show", ["ann"])
    yield Step("import", [str(file), "--dry-run"])
    yield Step("import", [str(file)])
    copy = str(file.with_suffix(".copy"))
    yield Step("backup", [copy])
    yield Step("backup", [])
    yield Step("backup", ["--list"])
    yield Step("restore", [copy, "--dry-run"])
    yield Step("restore", [copy, "--yes"])
    yield Step("doctor", [])
    yield Step("doctor", [f"--salvage={copy}", f"--into={copy}.2"])
    out = str(file.with_suffix(".json"))
    yield Step("export", [out])
    yield Step("export", [str(file.with_suffix(".tables")), "--format=csv"])
    yield Step("export", [str(file.with_suffix(".hers")), "--client=ann"])
    yield Step("import", [out, f"--database={file.with_suffix('.new')}"])
    yield Step("client archive", ["ann"])
    yield Step("client list", ["--all"])
    yield Step("client unarchive", ["ann"])
    yield Step("client forget", ["zoe", "--dry-run"])
    yield Step("history", [])
    yield Step("history", ["--entry=3"])
    yield Step("undo", ["--dry-run"])
    yield Step("undo", [])
    yield Step("log", ["ann", f"asked Zoe {text}. too"])
    yield Step("client forget", ["zoe", "--yes", "--backups"])


def mistakes(text: str) -> Iterator[list[str]]:
    """Command lines that cannot be carried out, each with the hostile text where a message would repeat it."""
    for command in COMMANDS:
        yield [*command.split(), f"zz{text}", f"zz{text}", f"zz{text}"]
        yield [*command.split(), f"--zz{text}"]
    yield [f"zz{text}"]
    yield ["client", f"zz{text}"]
    yield ["show", f"i{text}"]
    yield ["keep", f"1{text}"]
    yield ["promises", f"--state=z{text}"]
    yield ["promises", f"--within=z{text}"]
    yield ["reliability", f"--since=z{text}"]
    yield ["reliability", f"--by=z{text}"]
    yield ["search", f"&{text}"]
    yield ["search", "note", f"--kind=z{text}"]
    yield ["habits", f"--since=z{text}"]
    yield ["graph", f"--since=z{text}"]
    yield ["config", f"z{text}"]
    yield ["config", "set", "channel", f"z{text}"]
    yield ["config", "set", "database", f"z\udcff{text}"]
    yield ["config", "unset", f"z{text}"]
    yield ["history", f"--since=z{text}"]
    yield ["history", f"--entry=z{text}"]
    yield ["undo", f"z{text}"]
    yield ["triangle", f"--as-of=z{text}"]
    yield ["triangle", f"--since=z{text}"]
    yield ["triangle", "--history", f"--every=z{text}"]
    yield ["triangle", f"--tier=z{text}"]
    yield ["plan", "ann", f"--to=z{text}"]
    yield ["plan", "ann", f"--accept=z{text}", "--by=friday"]
    yield ["plan", "ann", "--accept=1", f"--by=z{text}"]
    yield ["today", f"--days=z{text}"]
    yield ["quiet", f"--tier=z{text}"]
    yield ["snooze", "ann", f"z{text}"]
    yield ["import", f"zz{text.replace(chr(0), '')}"]
    yield ["import", "-", f"--format=z{text}"]
    yield ["backup", f"nowhere/zz{text}/z"]
    yield ["export", f"nowhere/zz{text}/z"]
    yield ["export", "nowhere/zz", f"--format=z{text}"]
    yield ["export", "nowhere/zz", f"--client=z{text}"]
    yield ["restore", f"zz{text}", "--yes"]
    yield ["doctor", f"--salvage=zz{text}"]
    yield ["assess", "ann", f"--value=z{text}"]
    yield ["log", "ann", "note", f"-sz{text}"]
    yield ["log", "ann", "note", f"--at=z{text}"]
    yield ["client", "edit", "ann", f"--no-tag=z{text}"]
    yield ["tag", "ann", f"--remove=z{text}"]
    yield ["date", "ann", f"z{text}", "none"]
    yield ["date", "ann", "birthday", f"z{text}"]
    yield ["remember", "ann", f"--reached=z{text}"]
    yield ["interactions", f"--signal=z{text}"]


def harmless(shown: str, *, drawn: bool) -> None:
    """Nothing in it moves the cursor, turns the direction, hides or ends a line that it should not."""
    assert THEIR_COLOUR not in shown
    assert "💣" not in shown
    left = OWN_COLOUR.sub("", shown) if drawn else shown
    assert not [char for char in left if char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(left) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert not set(left) & set("\u200b\u2060\ufeff\U000e0041")


def checked(answered: Result, *, drawn: bool = False) -> Result:
    harmless(answered.out, drawn=drawn)
    harmless(answered.err, drawn=False)
    assert "defect" not in answered.err
    return answered


def kept(text: str) -> str:
    """A text as the store holds it: half of a character is no text."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def line(text: str) -> str:
    """A single line as the store holds it."""
    return " ".join(kept(text).split())


@pytest.fixture
def fresh(cli: Cli, tmp_path: Path) -> Any:
    """Runs commands over a book of its own: each call of `fresh` begins a new one, in one of the looks."""
    numbers = count()

    def begun(*look: str, **env: str) -> Any:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()

        def run(*words: str, stdin: str | None = None) -> Result:
            return cli(*words, *look, stdin=stdin, env={**env, "C4L_DATABASE": str(folder / "c4l.db")})

        return run, folder

    return begun


whatever = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])

WORST = "".join(PIECES)


def test_every_command_has_its_part(tmp_path: Path) -> None:
    # What the demo shows was written by us; it takes no text but the name of its file.
    assert {step.command for step in story("x", tmp_path)} | {"demo"} == set(COMMANDS)


@pytest.mark.parametrize("look", [[], ["--plain"]], ids=["piped", "plain"])
@whatever
@given(text=HOSTILE)
@example(text=WORST)
def test_in_plain_lines_text_is_harmless_and_breaks_no_line(fresh: Any, look: list[str], text: str) -> None:
    run, folder = fresh(*look)
    for step in story(text, folder):
        answered = checked(run(*step.command.split(), *step.words, stdin=step.stdin))
        assert answered.code == step.code, (step, answered)
        assert all(answered.out.splitlines()), step


@whatever
@given(text=HOSTILE)
@example(text=WORST)
def test_drawn_text_is_harmless_and_no_markup(fresh: Any, text: str) -> None:
    run, folder = fresh(FORCE_COLOR="1", COLUMNS="100")
    for step in story(text, folder):
        answered = checked(run(*step.command.split(), *step.words, stdin=step.stdin), drawn=True)
        assert answered.code == step.code, (step, answered)


@whatever
@given(text=HOSTILE)
@example(text=WORST)
def test_json_is_harmless_and_holds_the_very_text(fresh: Any, text: str) -> None:
    run, folder = fresh("--json")
    for step in story(text, folder):
        answered = checked(run(*step.command.split(), *step.words, stdin=step.stdin))
        assert answered.code == step.code, (step, answered)
        json.loads(answered.out)

    def data(*words: str) -> Any:
        return json.loads(run(*words).out)["data"]

    ann = data("client", "show", "ann")
    assert (ann["name"], ann["role"]) == (line(f"Ann {text}. Doe"), line(f"q{text}."))
    assert ann["organisation"] == line(f"o{text}.")
    assert line(f"Ann {text}.") in ann["aliases"]
    facts = [kept(f"g{text}").strip(), kept(f"h{text}."), kept(f"likes {text}.")]
    assert [fact["text"] for fact in ann["facts"]] == facts
    assert [each["label"] for each in ann["key_dates"]] == [line(f"day {text}.")]
    assert line(f"t2{text}.") in ann["tags"]
    assert data("show", "1")["what"] == kept(f"s{text}. mended").strip()
    assert data("show", "i1")["note"] == kept(f"note {text}.")
    # Read as lines, a pipe's ends of lines are one and the same.
    assert data("show", "i2")["note"] == re.sub("\r\n?", "\n", kept(f"piped {text}."))
    assert data("show", "3")["what"] == kept(f"what {text}.")
    assert data("show", "3")["moves"][0]["because"] == kept(f"b{text}")


@pytest.mark.parametrize("look", [[], ["--json"]], ids=["text", "json"])
@whatever
@given(text=HOSTILE)
@example(text=WORST)
def test_a_message_that_repeats_what_was_typed_is_harmless(fresh: Any, look: list[str], text: str) -> None:
    run, _ = fresh(*look)
    run("client", "add", "Ann")
    for words in mistakes(text):
        answered = checked(run(*words, stdin=""))
        assert answered.code in (0, 1, 2, 3, 4), words
        if look and answered.code:
            assert answered.out == ""
            assert json.loads(answered.err)["code"] != "defect"
