"""How much is taken: up to the limit all of it, beyond it nothing, and the refusal is short and says what to do."""

import json
from pathlib import Path

import pytest

from c4l import config
from c4l.actions.who import LONGEST_WHO
from c4l.cli.app import LONGEST_MESSAGE
from c4l.cli.table import COMMANDS
from c4l.domain import book_form, search
from c4l.domain.errors import Unusable
from c4l.domain.names import LONGEST, LONGEST_TEXT
from c4l.store.migrations import CURRENT
from c4l.store.store import Store
from tests.commands.conftest import Book
from tests.conftest import Cli

LONG = "x" * (LONGEST_TEXT + 1)

FULL = LONG[:-1]

HUGE = 120_000
"""Characters: about as many as a shell can hand over in one argument."""

TEXTS = [
    ["log", "jane", "LONG"],
    ["log", "jane", "note", "-s", "door LONG"],
    ["log", "jane", "note", "-l", "goal: LONG"],
    ["log", "jane", "note", "-i", "LONG"],
    ["promise", "jane", "LONG"],
    ["move", "1", "2026-12-01", "--told", "--because", "LONG"],
    ["move", "1", "2026-12-01", "--told", "--plan", "LONG"],
    ["break", "1", "--because", "LONG"],
    ["release", "1", "--because", "LONG"],
    ["edit", "1", "--what", "LONG"],
    ["edit", "i1", "--note", "LONG"],
    ["edit", "i1", "--signal", "door LONG"],
    ["assess", "jane", "--tier", "key", "--because", "LONG"],
    ["remember", "jane", "goal: LONG"],
    ["remember", "jane", "--reached", "peace", "--outcome", "LONG"],
]
"""Every way in which a text of any length comes into a book."""

LINES = [
    ["client", "add", "LONG"],
    ["client", "add", "Ann", "--role", "LONG"],
    ["client", "add", "Ann", "--org", "LONG"],
    ["client", "add", "Ann", "--alias", "LONG"],
    ["client", "add", "Ann", "--email", "@LONG"],
    ["client", "add", "Ann", "--phone", "LONG"],
    ["client", "add", "Ann", "--tag", "LONG"],
    ["client", "rename", "jane", "LONG"],
    ["client", "edit", "jane", "--role", "LONG"],
    ["tag", "jane", "LONG"],
    ["date", "jane", "LONG", "12-01"],
    ["log", "LONG", "note", "--new"],
]
"""Every way in which a single line about a client does."""


@pytest.fixture
def filled(book: Book) -> Book:
    book.done("log", "jane", "hello", "-i", "the deck by 2026-11-30", "-l", "goal: peace", "-s", "early")
    return book


@pytest.mark.parametrize("words", TEXTS, ids=" ".join)
def test_a_text_is_kept_whole_up_to_its_limit_and_refused_beyond(words: list[str], cli: Cli, filled: Book) -> None:
    before = filled.path.read_bytes()
    answered = cli(*(word.replace("LONG", LONG) for word in words))
    filled.refused(answered, 2, "characters", "keep it in a file")
    assert filled.path.read_bytes() == before
    answered = cli(*(word.replace("LONG", FULL) for word in words))
    assert answered.code == 0, answered.err[:200]
    assert FULL.encode() in _content(filled)


@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_a_line_is_kept_whole_up_to_its_limit_and_refused_beyond(words: list[str], cli: Cli, filled: Book) -> None:
    before = filled.path.read_bytes()
    longest = "y" * (LONGEST - ("@LONG" in words))
    filled.refused(cli(*(word.replace("LONG", f"{longest}y") for word in words)), 2, "characters")
    assert filled.path.read_bytes() == before
    answered = cli(*(word.replace("LONG", longest) for word in words))
    assert answered.code == 0, answered.err[:200]
    assert longest.encode() in _content(filled)


def _content(book: Book) -> bytes:
    """The words of a book: SQLite lays a long one across pages, with four bytes between."""
    tables = "interaction fact promise promise_event signal assessment client alias contact_point tag key_date"
    return repr([book.rows(f"SELECT * FROM {table}") for table in tables.split()]).encode()


def test_a_note_from_a_pipe_is_kept_up_to_the_limit_and_no_more_of_it_is_read(cli: Cli, book: Book) -> None:
    before = book.path.read_bytes()
    book.refused(cli("log", "jane", "-", stdin=LONG), 2, "characters came in on stdin")
    assert book.path.read_bytes() == before
    assert cli("log", "jane", "-", stdin=FULL).code == 0
    assert book.notes == [FULL]


def test_more_than_can_be_names_is_a_note(cli: Cli, book: Book) -> None:
    names = "jane, " * LONGEST_WHO
    book.refused(cli("interactions", names), 3, "no client answers to")
    # The note names her, whole: it is about her.
    assert cli("log", f"Jane Doe {'went on, ' * LONGEST_WHO}").code == 0
    assert book.changes == 2


def test_what_is_sought_is_a_few_words(cli: Cli, book: Book) -> None:
    book.refused(cli("search", "x" * (search.LONGEST + 1)), 2, "too many to be sought")
    assert cli("search", "x" * search.LONGEST).code == 0
    book.refused(cli("client", "list", "x" * (LONGEST + 1)), 2, "no name holds")
    assert cli("client", "list", "x" * LONGEST).code == 0


def test_settings_are_a_few_lines(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    environ = {"C4L_CONFIG": str(file), "HOME": str(tmp_path)}
    file.write_text("# " + "x" * (config.MAX_BYTES - 2))
    config.load(None, environ)
    file.write_text("# " + "x" * (config.MAX_BYTES - 1))
    with pytest.raises(Unusable, match="longer than 16 kilobytes"):
        config.load(None, environ)


@pytest.mark.parametrize("text", ["x" * HUGE, "x, " * (HUGE // 3), "@" * HUGE, "9" * HUGE])
@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - {"demo"}))
def test_whatever_is_typed_the_answer_is_short_and_no_defect(command: str, text: str, cli: Cli, filled: Book) -> None:
    for words in ([text], ["jane", text], ["1", text], [f"--{text}"]):
        answered = cli(*command.split(), *words, stdin="")
        assert answered.code in (0, 1, 2, 3, 4), answered.err[:200]
        assert "defect" not in answered.err
        assert len(answered.err) < 3 * LONGEST_MESSAGE


def test_a_text_of_a_whole_book_is_taken_in_up_to_its_limit(cli: Cli, home: dict[str, str], tmp_path: Path) -> None:
    document, path = tmp_path / "book.json", Path(home["C4L_DATABASE"])

    def written(length: int) -> str:
        call = {"id": 1, "happened_on": "2026-11-22", "channel": "call", "note": "x" * length}
        document.write_text(json.dumps({"c4l_book": 1, "schema": CURRENT, "tables": {"interaction": [call]}}))
        return str(document)

    answered = cli("import", written(book_form.LONGEST + 1))
    assert answered.code == 1
    assert "interaction 1 has note of 1000001 characters; at most 1000000 are taken in" in answered.err
    with Store.open(path) as store, store.reading() as tx:
        assert tx.all("SELECT count(*) FROM interaction") == [(0,)]
    assert cli("import", written(book_form.LONGEST)).code == 0


def test_a_message_that_is_cut_keeps_what_it_ends_with(cli: Cli, book: Book) -> None:
    answered = cli("keep", "x" * HUGE)
    assert answered.err.startswith("c4l: error: “xxx")
    assert "xxx” is not the number of a promise\n" in answered.err


def test_the_limit_does_not_stand_in_the_way_of_an_undo(cli: Cli, filled: Book) -> None:
    # A book may hold longer texts, from before there was a limit.
    with Store.open(filled.path) as store, store.writing("edit") as changes:
        [row] = changes.all("SELECT * FROM interaction WHERE id = 1")
        changes.put("interaction", [(row, (*row[:-1], LONG))])
    assert cli("edit", "i1", "--note", "short").code == 0
    assert cli("undo").code == 0
    assert filled.notes == [LONG]


def test_sections_can_lie_deeper_than_calls_may(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("a." * 5000 + "a = 1")
    with pytest.raises(Unusable, match="which is no setting") as refusal:
        config.load(None, {"C4L_CONFIG": str(file), "HOME": str(tmp_path)})
    assert len(refusal.value.message) < LONGEST_MESSAGE
