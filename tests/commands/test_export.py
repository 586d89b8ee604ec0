"""`export`, and `import` of what it wrote: nothing is lost, nobody else can read it, and nothing is written over."""

import csv
import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from c4l.domain.book_form import TABLES
from c4l.exchange.csv_text import unguarded
from c4l.store import compiled
from tests.commands.conftest import Book
from tests.commands.snapshots import Snapshot
from tests.commands.test_undo import WRITING, counters
from tests.conftest import Cli, Shell, Terminal


@pytest.fixture
def lived(book: Book, cli: Cli, tmp_path: Path) -> Book:
    """A book in which every command that writes was used, and somebody has a hostile name."""
    (tmp_path / "book.csv").write_text("Name,E-mail,Birthday,Notes\nKim Roe,kim@example.test,12-01,tea\n")
    for line in WRITING:
        command, *rest = line.split("|")
        words = [str(tmp_path / "book.csv") if word == "BOOK" else word for word in rest]
        assert cli(*command.split(), *words).code == 0
    hostile = "=1+1 \u202e\x1b[31m\n“é”, 李"
    assert cli("client", "add", f"Zed {hostile}", "--role", hostile, "--phone", "+49 30 1234").code == 0
    assert cli("log", "zed", f"said {hostile}\0\r\n").code == 0
    return book


# --- the whole book --------------------------------------------------------------------------------------------------


def test_a_book_goes_out_and_into_an_empty_one_as_it_was(lived: Book, cli: Cli, tmp_path: Path) -> None:
    out, new = tmp_path / "out.json", tmp_path / "new" / "c4l.db"
    told = lived.done("export", str(out))
    assert (told["file"], told["format"], told["client"]) == (str(out), "json", None)
    assert told["bytes"] == out.stat().st_size
    assert stat.S_IMODE(out.stat().st_mode) == 0o600

    taken = cli("import", str(out), "--database", str(new), "--json")
    assert (taken.code, taken.err) == (0, "")
    report = json.loads(taken.out)["data"]
    assert report["counts"] == told["counts"]
    assert len(report["created"]) == told["counts"]["client"]
    assert Snapshot.of(new) == Snapshot.of(lived.path)
    assert counters(new) == counters(lived.path)
    assert cli("export", "--database", str(new)).out == out.read_text(encoding="utf-8")
    with closing(sqlite3.connect(new)) as book:
        assert book.execute("SELECT verb FROM entry").fetchall() == [("import",)]


def test_the_import_is_undone_and_brought_back(lived: Book, cli: Cli, tmp_path: Path) -> None:
    lived.done("export", str(tmp_path / "out.json"))
    new = {"C4L_DATABASE": str(tmp_path / "new.db")}
    assert cli("import", str(tmp_path / "out.json"), env=new).code == 0
    there = Snapshot.of(tmp_path / "new.db")

    assert cli("undo", env=new).code == 0
    assert not any(Snapshot.of(tmp_path / "new.db").rows.values())
    assert cli("undo", "2", env=new).code == 0
    assert Snapshot.of(tmp_path / "new.db") == there
    # What was taken back leaves an empty book behind.
    assert cli("undo", env=new).code == 0
    assert cli("import", str(tmp_path / "out.json"), env=new).code == 0
    assert Snapshot.of(tmp_path / "new.db") == there


def test_a_dry_run_reads_all_of_it_and_writes_nothing(lived: Book, cli: Cli, tmp_path: Path) -> None:
    told = lived.done("export", str(tmp_path / "out.json"))
    new = tmp_path / "new.db"
    answered = cli("import", str(tmp_path / "out.json"), "--dry-run", "--json", "--database", str(new))
    assert answered.code == 0
    report = json.loads(answered.out)["data"]
    assert (report["dry_run"], report["counts"]) == (True, told["counts"])
    assert not new.exists()

    (tmp_path / "bad.json").write_text((tmp_path / "out.json").read_text().replace('"friend"', '"foe"', 1))
    (tmp_path / "bad.json").write_text((tmp_path / "bad.json").read_text().replace('"customer"', '"foe"', 3))
    refused = cli("import", str(tmp_path / "bad.json"), "--dry-run", "--database", str(new))
    assert refused.code == 1
    assert "has kind “foe”" in refused.err


def test_a_book_in_which_something_is_takes_no_other(lived: Book, cli: Cli, tmp_path: Path) -> None:
    lived.done("export", str(tmp_path / "out.json"))
    before = lived.path.read_bytes()
    refused = cli("import", str(tmp_path / "out.json"))
    assert refused.code == 4
    assert "a whole book goes only into an empty one" in refused.err
    assert "--database new.db" in refused.err
    assert cli("import", str(tmp_path / "out.json"), "--dry-run") == refused
    assert lived.path.read_bytes() == before


def test_a_book_that_ends_too_early_leaves_nothing_behind(lived: Book, cli: Cli, tmp_path: Path) -> None:
    lived.done("export", str(tmp_path / "out.json"))
    whole = (tmp_path / "out.json").read_bytes()
    (tmp_path / "cut.json").write_bytes(whole[: len(whole) * 3 // 4])
    refused = cli("import", str(tmp_path / "cut.json"), "--database", str(tmp_path / "new.db"))
    assert (refused.code, refused.out) == (1, "")
    assert "line " in refused.err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(("new", "."))] == []
    # Also where there is a book that is empty.
    nothing = cli("export", env={"C4L_DATABASE": ""}).out
    assert cli("import", "-", "--database", str(tmp_path / "new.db"), stdin=nothing).code == 0
    assert cli("import", str(tmp_path / "cut.json"), "--database", str(tmp_path / "new.db")) == refused
    assert not any(Snapshot.of(tmp_path / "new.db").rows.values())


@pytest.mark.parametrize("words", [["--kind", "friend"], ["--tag", "fair"]])
def test_what_is_said_of_clients_is_not_said_of_a_book(book: Book, cli: Cli, tmp_path: Path, words: list[str]) -> None:
    book.done("export", str(tmp_path / "out.json"))
    refused = cli("import", str(tmp_path / "out.json"), *words, "--database", str(tmp_path / "new.db"))
    assert refused.code == 2
    assert not (tmp_path / "new.db").exists()


def test_it_comes_from_stdin_and_goes_to_stdout(lived: Book, shell: Shell, tmp_path: Path) -> None:
    piped = shell("export")
    assert (piped.code, piped.err) == (0, "")
    assert shell("export", "-") == piped
    assert shell("export", env={"PYTHONIOENCODING": "ascii", "LANG": "C"}) == piped
    new = {"C4L_DATABASE": str(tmp_path / "new.db")}
    assert shell("import", "-", stdin=piped.out, env=new).code == 0
    assert Snapshot.of(tmp_path / "new.db") == Snapshot.of(lived.path)


def test_an_empty_book_is_a_document_too(cli: Cli, tmp_path: Path) -> None:
    empty = cli("export", env={"C4L_DATABASE": ""})
    assert json.loads(empty.out)["tables"] == {table: [] for table in TABLES}
    (tmp_path / "empty.json").write_text(empty.out)
    assert cli("import", str(tmp_path / "empty.json")).code == 0


# --- where it goes ---------------------------------------------------------------------------------------------------


def test_nothing_is_written_over_without_force(book: Book, cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("mine")
    refused = cli("export", str(out))
    assert (refused.code, refused.out, out.read_text()) == (1, "", "mine")
    assert "--force" in refused.err
    book.done("export", str(out), "--force")
    assert json.loads(out.read_text())["c4l_book"] == 1
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_nothing_is_written_through_a_link_or_over_the_book(book: Book, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("theirs")
    (tmp_path / "link.json").symlink_to(tmp_path / "theirs")
    before = book.path.read_bytes()
    for words in (
        [str(tmp_path / "link.json"), "--force"],
        [str(book.path), "--force"],
        [str(tmp_path / "link.json"), "--client", "jane", "--force"],
        [str(tmp_path)],
        [str(tmp_path / "nowhere" / "out.json")],
        [str(book.path), "--format", "csv"],
        ["~nobody-of-that-name/out.json"],
    ):
        refused = cli("export", *words)
        assert (refused.code, refused.out) == (1, ""), refused
    assert (tmp_path / "theirs").read_text() == "theirs"
    assert book.path.read_bytes() == before


def test_a_folder_is_not_written_through_links_either(book: Book, cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (tmp_path / "theirs").write_text("theirs")
    (folder / "client.csv").symlink_to(tmp_path / "theirs")
    assert cli("export", str(folder), "--format", "csv", "--force").code == 1
    assert (tmp_path / "theirs").read_text() == "theirs"
    (tmp_path / "link").symlink_to(folder)
    assert cli("export", str(tmp_path / "link"), "--format", "csv", "--force").code == 1


@pytest.mark.parametrize(
    "words",
    [
        ["-", "--format", "csv"],
        ["--format", "csv"],
        ["book.csv"],
        ["book.json", "--format", "xls"],
        ["-", "--force"],
        ["tables", "--format", "csv", "--client", "jane"],
        [""],
    ],
)
def test_what_cannot_be_meant_is_wrong_use(
    book: Book, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = cli("export", *words)
    assert (refused.code, refused.out) == (2, "")
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_on_a_terminal_a_file_has_to_be_named(book: Book, terminal: Terminal, tmp_path: Path) -> None:
    asked = terminal("export")
    assert asked.code == 2
    assert "c4l export book.json" in asked.out
    done = terminal("export", str(tmp_path / "out.json"))
    assert done.code == 0
    assert "Exported the whole book" in done.out
    assert "c4l import out.json --database new.db" in done.out


# --- as tables -------------------------------------------------------------------------------------------------------


def read_back(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return [{name: unguarded(cell) for name, cell in row.items()} for row in csv.DictReader(opened)]


def as_cell(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_as_csv_it_is_a_file_a_table_that_no_spreadsheet_runs(lived: Book, tmp_path: Path) -> None:
    told = lived.done("export", str(tmp_path / "tables"), "--format", "csv")
    assert told["format"] == "csv"
    lived.done("export", str(tmp_path / "out.json"))
    document = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["tables"]

    assert {file.name for file in (tmp_path / "tables").iterdir()} == {f"{table}.csv" for table in TABLES}
    for table, records in document.items():
        file = tmp_path / "tables" / f"{table}.csv"
        assert read_back(file) == [{name: as_cell(value) for name, value in record.items()} for record in records]
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        with file.open(encoding="utf-8-sig", newline="") as opened:
            assert not [cell for row in csv.reader(opened) for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert stat.S_IMODE((tmp_path / "tables").stat().st_mode) == 0o700
    assert "'+49 30 1234" in (tmp_path / "tables" / "contact_point.csv").read_text(encoding="utf-8-sig")


def test_a_folder_in_which_something_is_stays_without_force_and_keeps_the_rest_with_it(
    book: Book, cli: Cli, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    assert cli("export", str(folder), "--format", "csv").code == 1
    assert [file.name for file in folder.iterdir()] == ["mine.txt"]

    book.done("export", str(folder), "--format", "csv", "--force")
    assert (folder / "mine.txt").read_text() == "mine"
    assert len(read_back(folder / "client.csv")) == 7
    assert not list(tmp_path.glob(".*"))


def test_a_guarded_cell_comes_into_a_book_without_its_guard(book: Book, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text("Name,Phone\nKim Roe,'+49 30 1234\n")
    assert cli("import", str(tmp_path / "sheet.csv")).code == 0
    assert book.done("client", "show", "kim")["phones"] == ["+49 30 1234"]


def test_the_table_of_clients_comes_into_another_book_with_who_they_are(lived: Book, cli: Cli, tmp_path: Path) -> None:
    lived.done("client", "add", "Stone and Sons", "--org", "Stone and Sons", "--role", "supplier")
    lived.done("export", str(tmp_path / "tables"), "--format", "csv")
    new = tmp_path / "new.db"
    assert cli("import", str(tmp_path / "tables" / "client.csv"), "--database", str(new)).code == 0
    columns = [compiled.COLUMNS["client"].index(name) for name in ("name", "kind", "organisation", "role")]
    there, then = (
        {tuple(row[at] for at in columns) for row in Snapshot.of(path).rows["client"]} for path in (new, lived.path)
    )
    assert there == then


# --- one client ------------------------------------------------------------------------------------------------------


@pytest.fixture
def joint(book: Book) -> Book:
    """Jane and Bob, alone and together, with what was said of each."""
    book.done("client", "edit", "bob", "--alias", "Bobby", "--email", "bob@stone.example")
    book.done("client", "edit", "jane", "--email", "jane@doe.example", "--tag", "board", "--org", "Stone and Sons")
    book.done(
        *(
            "log",
            "Jane Doe, Bob Stone",
            "Bob Stone and Jane met; Bob agreed, Bobby did not",
            "-s",
            "jane: door via Bob Stone",
        ),
        *("-s", "bob: inner told me of his worry", "-i", "jane: the deck for Bob Stone", "-l", "bob: worry: debts"),
    )
    book.done("log", "bob", "Bob spoke ill of Jane", "--on", "2026-11-20")
    book.done("remember", "may", "worry: what jane doe and Bob Stone will say")
    book.done("log", "jane", "first words")
    book.done("edit", "i3", "--note", "second words")
    book.done("tag", "jane", "tea")
    book.done("assess", "jane", "--stake", "high", "--because", "Acme, Inc. left")
    book.done("move", "1", "2026-12-01", "--told", "--because", "May Lee asked")
    return book


def test_one_client_is_given_all_that_is_held_about_them(joint: Book, cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "jane.json"
    told = joint.done("export", str(out), "--client", "jane")
    assert told["client"] == {"handle": "jane-doe", "name": "Jane Doe"}
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    text = out.read_text(encoding="utf-8")
    assert cli("export", "--client", "jane").out == text
    held = json.loads(text)

    assert held["c4l_client"] == 1
    tables = held["tables"]
    assert [each["name"] for each in tables["client"]] == ["Jane Doe"]
    assert [each["value"] for each in tables["contact_point"]] == ["jane@doe.example"]
    assert [each["name"] for each in tables["tag"]] == ["board", "tea"]
    assert [(each["id"], each["note"], each["others"]) for each in tables["interaction"]] == [
        (1, "another client and Jane met; another client agreed, another client did not", 1),
        (3, "second words", 0),
    ]
    assert [(each["kind"], each["note"]) for each in tables["signal"]] == [("door", "via another client")]
    assert [each["what"] for each in tables["promise"]] == ["the deck for another client"]
    assert [each["because"] for each in tables["promise_event"]] == ["another client asked"]
    assert [each["because"] for each in tables["assessment"]] == ["another client. left"]
    assert tables["fact"] == []
    # What was said before is held, too.
    edited = next(each for each in held["history"] if each["command"] == "edit")
    assert edited["changes"][0]["was"]["note"] == "first words"
    # So is what was said of her where it is about others.
    assert held["named"] == [
        {"kind": "fact", "on": "2026-11-22", "text": "what jane doe and another client will say"},
        {"kind": "interaction", "on": "2026-11-20", "text": "another client spoke ill of Jane"},
    ]
    # Nobody else is in it; her employer is hers.
    for secret in ("Bob", "bob@", "debts", "told me", "Acme", "May Lee"):
        assert secret not in text
    assert tables["client"][0]["organisation"] == "Stone and Sons"


def test_what_is_held_about_one_client_is_no_book(joint: Book, cli: Cli, tmp_path: Path) -> None:
    joint.done("export", str(tmp_path / "jane.json"), "--client", "jane")
    refused = cli("import", str(tmp_path / "jane.json"), "--database", str(tmp_path / "new.db"))
    assert refused.code == 1
    assert "about one client, and no book" in refused.err


@pytest.mark.parametrize("then", [None, "client add|Lena Ortiz", "client add|Lena Ortiz;client rename|lena|Lena Meier"])
def test_what_the_journal_holds_of_who_was_taken_back_is_given_to_them(
    book: Book, cli: Cli, tmp_path: Path, then: str | None
) -> None:
    (tmp_path / "wrong.csv").write_text("Name,E-mail\nLena Ortiz,lena@ortiz.example\nTom Weiss,tom@weiss.example\n")
    book.done("import", str(tmp_path / "wrong.csv"))
    book.done("undo")
    for line in then.split(";") if then else ():
        command, *rest = line.split("|")
        book.done(*command.split(), *rest)
    book.done("log", "jane", "wrote to lena@ortiz.example")

    held = json.loads(cli("export", "-", "--client", "lena").out)
    was = [(each["table"], each["was"]) for done in held["history"] for each in done["changes"] if each["was"]]
    assert [record["value"] for table, record in was if table == "contact_point"] == ["lena@ortiz.example"]
    assert [each["name"] for each in held["tables"]["client"]] == (
        [] if then is None else ["Lena Meier" if "rename" in then else "Lena Ortiz"]
    )
    assert [each["text"] for each in held["named"]] == ["wrote to lena@ortiz.example"]
    assert "weiss" not in json.dumps(held).lower()


def test_nobody_is_nobody_to_export(joint: Book, cli: Cli, tmp_path: Path) -> None:
    assert cli("export", str(tmp_path / "x.json"), "--client", "nobody").code == 3
    assert cli("export", str(tmp_path / "x.json"), "--client", "jane, bob").code == 2
    assert not (tmp_path / "x.json").exists()
