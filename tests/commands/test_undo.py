"""`undo`: whatever a command wrote is taken back to the last cell, and brought back as exactly."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Protocol

import pytest

from c4l.cli.table import COMMANDS
from tests.commands.conftest import Book
from tests.commands.snapshots import Snapshot
from tests.conftest import Cli, Terminal

WRITING = (
    "log|Jane Doe|asked us first|-s|consulted,early|-l|goal: one vendor|-i|send it by friday|-t|the order|-n|3w",
    "log|Mei Ng|came by|--new",
    "log|jane, bob|walked through|-c|meeting|-s|jane: door|-s|bob: early|-l|bob: interest: tea|-i|the list",
    "promise|jane|the figures|--by|2026-11-10|--on|2026-11-01",
    "promise|Zoe Hart|a call|--new|--theirs",
    "move|4|2026-11-12|--told|--because|figures late|--plan|Bob covers",
    "keep|1,3",
    "break|4|--because|no vendor",
    "release|2",
    "assess|jane|--stake|high|--value|120k|--tier|key|--because|they renewed",
    "client add|Ann Page|--tag|tea|--email|ann@example.test|--phone|030 1234|--alias|Annie|--org|Page and Sons",
    "client edit|ann|--role|buyer|--no-tag|tea|--tag|board|--cadence|6w",
    "client rename|ann|Ann Hill|--keep-alias",
    "client archive|bob",
    "client unarchive|bob",
    "client archive|may|--on|2026-11-01",
    "client unarchive|may",
    "remember|jane|worry: the audit|likes tea|--on|2026-11-01",
    "remember|jane|--reached|one vendor|--outcome|signed",
    "date|jane|birthday|1|dec|1980",
    "date|jane|birthday|2|dec",
    "date|jane|birthday|none",
    "tag|jane|board|tea",
    "tag|jane|--remove|tea",
    "snooze|jane|2w",
    "snooze|jane|none",
    "edit|i1|--on|yesterday|-m|45|--in|--no-signal|early|-s|advice",
    "edit|1|--what|send the renewal deck",
    "edit|5|--by|2026-12-01",
    "remove|i3|5|--yes",
    "import|BOOK",
    "import|BOOK|--tag|fair",
)
"""Every command that writes, more than once where it can do different things, in an order in which all succeed."""

ELSEWHERE = {
    **dict.fromkeys(("today", "promises", "brief", "quiet", "triangle", "why", "plan", "check"), "reads"),
    **dict.fromkeys(("reliability", "habits", "graph", "search", "interactions", "show", "history"), "reads"),
    **dict.fromkeys(("client list", "client show", "export", "dupes", "backup", "doctor"), "reads"),
    **dict.fromkeys((f"config {what}" for what in ("list", "get", "set", "unset", "path")), "concerns no book"),
    "demo": "makes a book of its own, and is taken back in a test of its own",
    "undo": "is what is tried with each of the others",
    "restore": "takes the place of the whole book, and keeps the present one aside",
    "client forget": "is not to be taken back",
}
"""The commands that are not among those, and why."""


def counters(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as book:
        return dict(book.execute("SELECT name, next FROM counter"))


class Run(Protocol):
    """Carries out a command line that has to succeed, its words set apart by bars."""

    def __call__(self, line: str) -> None: ...


@pytest.fixture
def run(cli: Cli, tmp_path: Path) -> Run:
    """`BOOK` in a line is a file to import, in which somebody stands twice."""
    table = (
        "Name,E-mail,Birthday,Notes\nKim Roe,kim@example.test,12-01,tea\nKim Roe,kim@example.test,,more\nJane Doe,,,x\n"
    )
    (tmp_path / "book.csv").write_text(table)

    def done(line: str) -> None:
        command, *rest = line.split("|")
        answered = cli(*command.split(), *(str(tmp_path / "book.csv") if word == "BOOK" else word for word in rest))
        assert answered.code == 0, (line, answered)

    return done


# --- every command ---------------------------------------------------------------------------------------------------


def test_every_command_that_writes_is_tried() -> None:
    tried = {line.partition("|")[0] for line in WRITING}
    assert not tried & ELSEWHERE.keys()
    assert set(COMMANDS) - ELSEWHERE.keys() == tried


def test_every_command_is_taken_back_and_brought_back_to_the_last_cell(book: Book, run: Run) -> None:
    for line in WRITING:
        before, given = Snapshot.of(book.path), counters(book.path)
        run(line)
        after, then = Snapshot.of(book.path), counters(book.path)
        assert before.rows != after.rows, line

        back = book.done("undo")
        assert Snapshot.of(book.path) == before, line
        again = book.done("undo", str(back["by"]["number"]))
        assert Snapshot.of(book.path) == after, line

        assert back["entry"]["command"] == line.partition("|")[0]
        assert back["by"]["undoes"] == back["entry"]["number"]
        assert again["by"]["undoes"] == back["by"]["number"]
        assert counters(book.path) == then, line
        assert all(then[name] >= number for name, number in given.items())


def test_one_after_the_other_they_are_all_taken_back(book: Book, run: Run) -> None:
    states = [Snapshot.of(book.path)]
    for line in WRITING:
        run(line)
        states.append(Snapshot.of(book.path))

    for state in reversed(states[:-1]):
        book.done("undo")
        assert Snapshot.of(book.path) == state
    # The clients of the fixture came with a command, too.
    book.done("undo")
    assert not any(Snapshot.of(book.path).rows.values())
    assert Snapshot.of(book.path).words == []


def test_a_demo_is_taken_back_and_brought_back(cli: Cli, tmp_path: Path) -> None:
    env = {"C4L_DATABASE": str(tmp_path / "demo.db")}
    assert cli("demo", "--database", str(tmp_path / "demo.db")).code == 0
    made = Snapshot.of(tmp_path / "demo.db")

    # Nobody has done anything yet: it is only meant where its number is said.
    assert cli("undo", env=env).code == 1
    assert cli("undo", "1", env=env).code == 0
    assert not any(Snapshot.of(tmp_path / "demo.db").rows.values())
    assert cli("undo", "2", env=env).code == 0
    assert Snapshot.of(tmp_path / "demo.db") == made


def test_a_dry_run_tells_what_an_undo_would_do_and_does_nothing(book: Book, run: Run) -> None:
    for line in WRITING:
        run(line)
    before = book.path.read_bytes()

    told = book.done("undo", "--dry-run")
    assert book.path.read_bytes() == before
    done = book.done("undo")
    assert (told["dry_run"], done["dry_run"]) == (True, False)
    assert told["by"]["number"] is None
    assert told["entry"] == done["entry"]
    assert told["by"]["rows"] == done["by"]["rows"]


def test_a_dry_run_refuses_what_an_undo_would_refuse(book: Book, cli: Cli) -> None:
    book.done("log", "jane", "said hello")
    book.done("edit", "i1", "--minutes", "30")
    before = book.path.read_bytes()

    refused, tried = cli("undo", "2", "--dry-run"), cli("undo", "2")
    assert refused == tried
    assert tried.code == 4
    assert book.path.read_bytes() == before


# --- which one -------------------------------------------------------------------------------------------------------


def test_an_undo_without_a_number_goes_back_one_command_after_the_other(book: Book) -> None:
    for note in ("one", "two", "three"):
        book.done("log", "jane", note)

    book.done("undo")
    assert book.notes == ["one", "two"]
    book.done("undo")
    assert book.notes == ["one"]
    # What is done in between comes first, and what was undone is not undone again.
    book.done("log", "jane", "four")
    book.done("undo")
    book.done("undo")
    assert book.notes == []


def test_what_was_brought_back_is_taken_back_as_itself(book: Book) -> None:
    book.done("log", "jane", "one")
    first = book.done("undo")
    again = book.done("undo", str(first["by"]["number"]))
    assert again["by"]["words"] == "redid 2, logged call with Jane Doe"

    back = book.done("undo")
    assert back["entry"]["number"] == 2
    assert book.notes == []


def test_numbers_are_taken_as_they_are_printed_elsewhere(book: Book) -> None:
    book.done("log", "jane", "one")
    assert book.done("undo", "#2")["entry"]["number"] == 2


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["99"], 3, ("there is no entry 99", "c4l history")),
        (["0"], 3, ("there is no entry 0",)),
        (["i1"], 2, ("“i1” is not the number of an entry", "c4l history")),
        (["-1"], 2, ()),
        ([""], 2, ("is not the number of an entry",)),
        (["9" * 30], 2, ("is not the number of an entry",)),
        (["2"], 4, ("entry 2 is undone already, by 3", "c4l undo 3")),
    ],
)
def test_what_cannot_be_undone_says_why(
    book: Book, cli: Cli, words: list[str], code: int, told: tuple[str, ...]
) -> None:
    book.done("log", "jane", "one")
    book.done("undo")
    book.refused(cli("undo", *words), code, *told)
    assert book.changes == 3


def test_in_an_empty_book_there_is_nothing_to_undo(book: Book, cli: Cli) -> None:
    book.done("undo")
    book.refused(cli("undo"), 1, "there is nothing left to undo", "c4l history")


# --- what stands in the way ------------------------------------------------------------------------------------------

IN_THE_WAY = [
    # What was done first, what was done later, and how that is told.
    ("log|jane|hello|-i|the deck by 27 nov", "keep|1", "kept “the deck” (Jane Doe)"),
    ("log|jane|hello", "edit|i1|--note|hello there", "changed call with Jane Doe: note"),
    ("log|jane|hello", "remove|i1|--yes", "removed call with Jane Doe"),
    ("promise|jane|the deck", "move|1|2026-12-01|--told", "moved “the deck” (Jane Doe) to Tue 1 Dec 2026"),
    # The row of the client is as it was; but others refer to it by now.
    ("client add|Ann Page", "log|ann|hello", "logged call with Ann Page"),
    ("client add|Ann Page", "promise|ann|the deck", "promised “the deck” (Ann Page)"),
    ("client add|Ann Page", "tag|ann|tea", "tagged Ann Page: tea"),
]


@pytest.mark.parametrize(("first", "later", "told"), IN_THE_WAY, ids=[later for _, later, _ in IN_THE_WAY])
def test_what_stands_on_it_is_named_and_undone_first(
    book: Book, cli: Cli, run: Run, first: str, later: str, told: str
) -> None:
    before = Snapshot.of(book.path)
    run(first)
    run(later)

    book.refused(cli("undo", "2"), 4, "entry 2 cannot be undone while 3 stands on it", told, "c4l undo 3")
    book.done("undo", "3")
    book.done("undo", "2")
    assert Snapshot.of(book.path) == before


def test_what_lies_beside_it_does_not_stand_in_the_way(book: Book) -> None:
    book.done("log", "jane", "hello")
    book.done("log", "jane", "again", "-n", "3w")
    book.done("undo", "2")
    assert book.notes == ["again"]


def test_an_undo_is_not_taken_back_while_what_it_made_room_for_stands(book: Book, cli: Cli) -> None:
    book.done("client", "add", "Ann Page")
    book.done("undo")
    book.done("client", "add", "Ann Page")

    # Two cannot have the handle ann-page.
    book.refused(cli("undo", "3"), 4, "while 4 stands on it", "added Ann Page", "c4l undo 4")
    book.done("undo", "4")
    book.done("undo", "3")
    assert [each["handle"] for each in book.done("client", "list") if each["name"] == "Ann Page"] == ["ann-page"]


def test_what_was_removed_does_not_come_back_without_its_client(book: Book, cli: Cli) -> None:
    book.done("client", "add", "Ann Page")
    book.done("log", "ann", "hello")
    book.done("remove", "i1", "--yes")
    book.done("undo", "2")

    book.refused(cli("undo", "4"), 4, "undid 2, added Ann Page", "c4l undo 5")


def test_what_was_undone_since_does_not_stand_in_the_way(book: Book) -> None:
    book.done("log", "jane", "hello")
    book.done("edit", "i1", "--minutes", "30")
    book.done("edit", "i1", "--minutes", "45")
    book.done("undo")
    book.done("undo")
    assert book.done("undo")["entry"]["number"] == 2


def test_of_many_that_stand_on_it_the_newest_is_named(book: Book, cli: Cli) -> None:
    book.done("log", "jane", "hello")
    for minutes in ("30", "45", "60"):
        book.done("edit", "i1", "--minutes", minutes)
    book.refused(cli("undo", "2"), 4, "while 5 and 2 more stand on it", "undo the later ones first: c4l undo 5")


@pytest.mark.parametrize(
    "by_another_hand",
    [
        "UPDATE interaction SET note = 'hellp' WHERE id = 1",
        "UPDATE interaction SET note = CAST(x'ff68' AS TEXT) WHERE id = 1",
        "UPDATE interaction SET note = x'00' WHERE id = 1",
        "DELETE FROM participant WHERE interaction_id = 1; DELETE FROM interaction WHERE id = 1",
    ],
)
def test_what_another_hand_changed_is_left_alone(book: Book, cli: Cli, by_another_hand: str) -> None:
    book.done("log", "jane", "hello")
    with closing(sqlite3.connect(book.path)) as connection:
        connection.executescript(by_another_hand)
    before = book.path.read_bytes()

    book.refused(cli("undo"), 4, "is not as c4l left it", "c4l doctor")
    assert book.path.read_bytes() == before


def test_what_came_back_by_another_hand_is_not_overwritten(book: Book, cli: Cli) -> None:
    book.done("log", "jane", "hello")
    book.done("remove", "i1", "--yes")
    with closing(sqlite3.connect(book.path)) as connection, connection:
        connection.execute(
            "INSERT INTO interaction (id, happened_on, channel, note) VALUES (1, '2026-11-22', 'call', '')"
        )
    book.refused(cli("undo"), 4, "interaction i1 is not as c4l left it")


# --- an import -------------------------------------------------------------------------------------------------------


def test_an_import_of_ten_thousand_is_taken_back_and_brought_back(book: Book, tmp_path: Path) -> None:
    lines = (f"Made-Up {number},made-up-{number}@example.test,fair" for number in range(10_000))
    (tmp_path / "many.csv").write_text("\n".join(("Name,E-mail,Tags", *lines)))
    before = Snapshot.of(book.path)
    book.done("import", str(tmp_path / "many.csv"))
    after = Snapshot.of(book.path)

    back = book.done("undo")
    assert Snapshot.of(book.path) == before
    assert back["by"]["rows"] is None
    assert {(each["table"], each["did"], each["rows"]) for each in back["by"]["changes"]} == {
        (table, "removed", 10_000) for table in ("client", "contact_point", "tag", "source")
    }
    book.done("undo", str(back["by"]["number"]))
    assert Snapshot.of(book.path) == after


# --- how it looks ----------------------------------------------------------------------------------------------------


def test_on_a_terminal_it_says_what_was_undone_and_how_to_have_it_back(book: Book) -> None:
    book.done("promise", "jane", "the deck", "--by", "2026-11-27")
    book.done("keep", "1")

    shown = book.screen("undo")
    assert "Undone: 3, kept “the deck” (Jane Doe)" in shown
    assert "state kept → open" in shown
    assert "To have it back:  c4l undo 4" in shown


def test_before_it_is_done_it_says_how_to_do_it(book: Book) -> None:
    book.done("promise", "jane", "the deck")
    shown = book.screen("undo", "--dry-run")
    assert "Would be undone: 2, promised “the deck” (Jane Doe)" in shown
    assert "To undo it:  c4l undo 2" in shown


def test_piped_it_is_a_line_for_each_cell(book: Book, cli: Cli) -> None:
    book.done("promise", "jane", "the deck")
    first, *lines = cli("undo", "2", "--dry-run").out.splitlines()
    assert first.split("\t")[0:2] == ["entry", ""]
    assert "row\tpromise\t1\tremoved\twhat\tthe deck\t" in lines

    first, *lines = cli("undo").out.splitlines()
    assert first.split("\t")[0:2] == ["entry", "3"]
    assert "count\tpromise\tremoved\t1" in lines


def test_on_a_real_terminal(book: Book, terminal: Terminal) -> None:
    book.done("log", "jane", "hello")
    shown = terminal("undo")
    assert shown.code == 0
    assert "c4l undo 3" in shown.out


def test_what_was_forgotten_names_the_way_past_it(book: Book, cli: Cli) -> None:
    for words in (("log", "bob", "first"), ("log", "bob", "second"), ("log", "jane", "hello")):
        book.done(*words)
    assert cli("client", "forget", "jane", "--yes", "--backups", "--json").code == 0

    # Entry 4 was Jane's, and 1 made the book with her in it.
    for newest in (3, 2):
        for rehearsed in ((), ("--dry-run",)):
            book.refused(
                cli("undo", *rehearsed), 1, "what it did was forgotten", f"can be taken back: c4l undo {newest}"
            )
        book.done("undo", str(newest))
    assert book.notes == []
    refused = cli("undo")
    book.refused(refused, 1, "what it did was forgotten")
    assert "c4l undo" not in refused.err
    assert "c4l undo" not in cli("undo", "4").err


def test_a_forgetting_of_whom_only_the_journal_knew_is_not_taken_back_either(
    book: Book, cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("name,email\nLena Ortiz,lena@o.example\n")
    book.done("log", "jane", "hello")
    book.done("import", str(tmp_path / "a.csv"))
    book.done("undo")
    (tmp_path / "a.csv").unlink()
    book.done("client", "forget", "lena ortiz", "--yes", "--backups")
    before = book.done("history")
    assert before[0]["words"] == "forgot a client"

    for words in (("undo",), ("undo", "--dry-run"), ("undo", str(before[0]["number"]))):
        answered = cli(*words)
        book.refused(answered, 1, "what it did was forgotten", "what was forgotten is gone for good")
    assert "can be taken back: c4l undo 2" in cli("undo").err
    assert book.done("history") == before
    book.done("undo", "2")
    assert book.notes == []
