"""`client forget`: not one byte of somebody is left, nobody else loses any, and what is left to do is told."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from c4l.store import compiled
from tests.commands.conftest import Book
from tests.commands.snapshots import Snapshot
from tests.conftest import Cli, Terminal

MARK = "zqx"
"""What stands in each of them: an index of words may keep a word without its beginning."""

MARKS = {
    field: f"{field}{MARK}"
    for field in (
        *("vname", "oldname", "alias", "former", "mail", "tag", "org", "role", "note", "edited", "removed", "joint"),
        *("signal", "gone", "fact", "goal", "outcome", "promise", "mended", "because", "plan", "label", "view", "uid"),
        *("reason", "other", "theirs"),
    )
}
"""A word for each place in which something of a client can stand; none begins as another does."""


def story(folder: Path) -> Iterator[str]:
    """Commands that put each of the words into the book; all of them about one client, who is `vnamezq` in the end."""
    m = MARKS
    (folder / "book.csv").write_text(
        f"Name,E-mail,UID\n{m['oldname']} Roe,{m['mail']}@example.test,{m['uid']}-0123456789\n"
    )
    yield f"import|{folder / 'book.csv'}"
    yield f"client edit|{m['oldname']}|--alias|{m['former']}|--tag|{m['tag']}|--org|{m['org']}|--role|{m['role']}"
    yield f"client edit|{m['oldname']}|--no-alias|{m['former']}|--alias|{m['alias']}|--phone|030 7654321"
    yield f"client rename|{m['oldname']}|{m['vname']} Roe"
    yield f"log|{m['vname']}|{m['note']}|-s|door {m['signal']}|-l|worry: {m['fact']}|-i|{m['promise']} by 2026-11-27"
    yield f"log|{m['vname']}|{m['edited']}|-s|early {m['gone']}|-t|{m['theirs']}"
    yield "edit|i2|--note|other words|--no-signal|early"
    yield f"log|{m['vname']}|{m['removed']}|-l|goal: {m['goal']}"
    yield f"remember|{m['vname']}|--reached|{m['goal']}|--outcome|{m['outcome']}"
    yield "remove|i3|--yes"
    yield f"move|1|2026-12-01|--told|--because|{m['because']}|--plan|{m['plan']}"
    yield f"promise|{m['vname']}|{m['mended']}"
    yield "edit|3|--what|another thing"
    yield f"break|3|--because|{m['reason']}"
    yield "remove|2|--yes"
    yield f"date|{m['vname']}|{m['label']}|12-01"
    yield f"assess|{m['vname']}|--stake|high|--because|{m['view']}"
    yield f"client archive|{m['vname']}|--on|2026-11-01"
    yield f"client unarchive|{m['vname']}"
    # What is said of them elsewhere, until it is mended.
    yield f"log|jane, {m['vname']}|{m['joint']} of {m['vname']} Roe|-s|jane: door"
    yield "edit|i4|--note|went well"
    yield f"promise|bob|call {m['vname']} Roe {m['other']}"
    yield "edit|4|--what|call back"


@pytest.fixture
def lived(book: Book, cli: Cli, tmp_path: Path) -> Book:
    for line in story(tmp_path):
        command, *rest = line.split("|")
        assert cli(*command.split(), *rest).code == 0, line
    (tmp_path / "book.csv").unlink()
    return book


def everything(folder: Path) -> bytes:
    """The names of all files in a folder, and all their bytes, in small letters."""
    return b"\0".join(
        str(path).encode() + (path.read_bytes() if path.is_file() else b"") for path in folder.rglob("*")
    ).lower()


def held(folder: Path) -> set[str]:
    """Which of the words stand anywhere in a folder."""
    return {field for field, word in MARKS.items() if word.encode() in everything(folder)}


def rest(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Every row that is not the client's: all others' rows, and the interactions with others."""
    rows = Snapshot.of(book.path).rows
    mine = next(row[0] for row in rows["client"] if MARKS["vname"] in row[1])
    kept: dict[str, list[tuple[object, ...]]] = {}
    gone = {row[compiled.COLUMNS["promise"].index("id")] for row in rows["promise"] if row[1] == mine}
    joint = {4}
    for table, found in rows.items():
        columns = compiled.COLUMNS[table]
        for row in found:
            cells = dict(zip(columns, row, strict=True))
            theirs = cells.get("client_id") == mine or (table == "client" and cells["id"] == mine)
            theirs |= table == "interaction" and cells["id"] not in joint
            theirs |= cells.get("promise_id") in gone
            if not theirs:
                kept.setdefault(table, []).append(row)
    return kept


# --- not one byte ----------------------------------------------------------------------------------------------------


def test_not_one_byte_is_left_of_anything_that_was_ever_said_of_them(lived: Book) -> None:
    folder = lived.path.parent
    lived.done("log", MARKS["vname"], "-", stdin="a long story, " * 5000)
    for copy in ("backup", "tag|jane|tea", "backup"):
        lived.done(*copy.split("|"))
    assert held(folder) == set(MARKS)
    others = rest(lived)

    done = lived.done("client", "forget", MARKS["vname"], "--backups", "--yes")
    assert MARK.encode() not in everything(folder)
    assert [each["forgotten"] for each in done["backups"]] == [True, True]
    assert done["named"] == []
    files = list(folder.rglob("*.db"))
    assert len(files) == 3
    for file in files:
        # Nor is there room in them in which anything could be left.
        with closing(sqlite3.connect(file)) as opened:
            assert opened.execute("PRAGMA freelist_count").fetchone() == (0,)
    # Nobody else lost a cell.
    there = Snapshot.of(lived.path).rows
    assert {table: rows for table, rows in there.items() if rows} == others
    assert lived.done("search", MARKS["vname"])["hits"] == []


def test_without_backups_they_are_listed_and_stay_as_they_are(lived: Book) -> None:
    lived.done("backup")
    [copy] = (lived.path.parent / "c4l-backups").glob("*.db")
    before = copy.read_bytes()

    done = lived.done("client", "forget", MARKS["vname"], "--yes")
    assert [(each["file"], each["forgotten"]) for each in done["backups"]] == [(str(copy), False)]
    assert copy.read_bytes() == before
    copy.unlink()
    assert MARK.encode() not in everything(lived.path.parent)


def test_a_backup_that_was_written_anew_is_as_good_as_any(lived: Book, cli: Cli) -> None:
    lived.done("backup")
    lived.done("log", "jane", "after the backup")
    done = lived.done("client", "forget", MARKS["vname"], "--backups", "--yes")
    file = done["backups"][0]["file"]

    assert [each["whole"] for each in lived.done("backup", "--list", "--verify")["backups"]] == [True]
    lived.done("restore", file, "--yes")
    assert lived.notes == ["went well"]
    assert cli("client", "show", MARKS["vname"]).code == 3
    assert lived.done("history")[0]["command"] == "client forget"
    assert cli("doctor").code == 0


def test_the_book_is_as_sound_as_before(lived: Book, cli: Cli) -> None:
    lived.done("client", "forget", MARKS["vname"], "--yes")
    sound = cli("doctor", "--json")
    assert sound.code == 0, sound
    assert cli("log", MARKS["vname"], "hello").code == 3


# --- who was taken back already --------------------------------------------------------------------------------------


@pytest.fixture
def strangers(book: Book, cli: Cli, tmp_path: Path) -> Book:
    """A wrong file taken in and taken back: two strangers in the journal, and in a backup from in between."""
    file = tmp_path / "wrong.csv"
    file.write_text(
        "Name,E-mail,Phone,Organisation,UID\n"
        "Lena Zqxortiz,zqxmail@example.test,030 5550199,Zqxworks,zqxuid-1\n"
        "Jane Doe,zqxjane@example.test,,,zqxuid-2\n"
    )
    book.done("backup")
    assert cli("import", str(file)).code == 0
    book.done("backup")
    book.done("undo")
    file.unlink()
    return book


@pytest.mark.parametrize("name", ["Lena Zqxortiz", "lena-zqxortiz", "lena"])
def test_who_was_taken_back_is_found_in_the_journal_and_forgotten(strangers: Book, cli: Cli, name: str) -> None:
    folder = strangers.path.parent
    done = strangers.done("client", "forget", name, "--backups", "--yes")
    assert (done["client"]["name"], set(done["counts"].values())) == ("Lena Zqxortiz", {0})
    left = everything(folder)
    for word in (b"ortiz", b"zqxmail", b"5550199", b"zqxworks", b"zqxuid-1"):
        assert word not in left, word
    assert strangers.done("history")[0]["words"] == "forgot a client"
    assert cli("doctor").code == 0
    assert cli("client", "forget", name, "--yes").code == 3


def test_of_who_was_taken_back_it_is_told_where_they_still_were(strangers: Book) -> None:
    shown = " ".join(strangers.screen("client", "forget", "lena", "--dry-run").split())
    assert "They were not in the book any more, only in its journal and in backups." in shown
    assert "c4l client forget lena-zqxortiz --backups" in shown


def test_what_was_taken_back_goes_with_somebody_of_the_same_name(strangers: Book, cli: Cli) -> None:
    strangers.done("log", "jane", "spoke of zqxokapis")
    done = strangers.done("client", "forget", "Jane Doe", "--backups", "--yes")
    assert (done["interactions"], done["joint"]) == ([1], [])
    left = everything(strangers.path.parent)
    for word in (b"jane", b"zqxuid-2", b"zqxokapi"):
        assert word not in left, word
    assert b"zqxmail" in left
    assert cli("doctor").code == 0


def test_addresses_that_were_taken_back_from_somebody_go_with_them(book: Book, tmp_path: Path) -> None:
    book.done("client", "edit", "jane", "--email", "jane@example.test")
    file = tmp_path / "more.csv"
    file.write_text("Name,E-mail,Phone\nJane Doe,jane@example.test,030 5550199\n")
    book.done("import", str(file))
    book.done("undo")
    file.unlink()
    assert b"5550199" in everything(book.path.parent)
    book.done("client", "forget", "jane", "--backups", "--yes")
    assert b"5550199" not in everything(book.path.parent)
    assert b"jane" not in everything(book.path.parent)


def test_an_address_that_was_taken_back_goes_also_with_who_is_called_otherwise_by_now(
    strangers: Book, cli: Cli
) -> None:
    strangers.done("client", "add", "Lena Zqxortiz")
    strangers.done("client", "rename", "lena", "Lena Meier")
    strangers.done("client", "forget", "lena", "--backups", "--yes")
    left = everything(strangers.path.parent)
    for word in (b"ortiz", b"zqxmail", b"5550199"):
        assert word not in left, word
    assert cli("doctor").code == 0


def test_who_was_taken_back_and_worked_for_them_goes_with_them_as_nobody_could_name_them_any_more(
    book: Book, tmp_path: Path
) -> None:
    file = tmp_path / "staff.csv"
    file.write_text("Name,E-mail,Company\nAnn Page,zqxmail@example.test,Bob Stone and Sons\n")
    book.done("import", str(file))
    book.done("undo")
    book.done("client", "forget", "bob", "--yes")
    left = everything(book.path.parent)
    assert b"ann page" not in left
    assert b"zqxmail" not in left


def test_a_backup_is_forgotten_in_of_which_only_the_journal_knows_them(book: Book, cli: Cli) -> None:
    book.done("client", "add", "Lena Zqxortiz")
    book.done("undo")
    book.done("backup")
    done = book.done("client", "forget", "lena", "--backups", "--yes")
    assert [each["forgotten"] for each in done["backups"]] == [True]
    assert b"ortiz" not in everything(book.path.parent)


def test_the_backups_can_be_told_to_forget_later(lived: Book, cli: Cli) -> None:
    lived.done("backup")
    lived.done("client", "forget", MARKS["vname"], "--yes")
    entries = len(lived.done("history"))
    told = lived.done("client", "forget", MARKS["vname"], "--backups", "--dry-run")
    assert [each["forgotten"] for each in told["backups"]] == [False]
    done = lived.done("client", "forget", MARKS["vname"], "--backups", "--yes")
    assert [each["forgotten"] for each in done["backups"]] == [True]
    assert MARK.encode() not in everything(lived.path.parent)
    assert len(lived.done("history")) == entries
    assert cli("client", "forget", MARKS["vname"], "--backups", "--yes").code == 3


def test_of_several_who_were_taken_back_it_has_to_be_said_which(book: Book, cli: Cli) -> None:
    for name in ("Greta Zwick", "Greta Zorn"):
        book.done("client", "add", name)
        book.done("undo")
    refused = cli("client", "forget", "greta", "--yes")
    assert (refused.code, refused.out) == (4, "")
    assert "greta-zwick" in refused.err
    book.done("client", "forget", "greta zwick", "--yes")
    assert b"Zwick" not in book.path.read_bytes()
    assert b"Zorn" in book.path.read_bytes()


# --- what is told of it ----------------------------------------------------------------------------------------------


def test_history_says_that_somebody_was_forgotten_and_nothing_of_them(lived: Book) -> None:
    lived.done("client", "forget", MARKS["vname"], "--yes")
    entries = lived.done("history")
    assert (entries[0]["command"], entries[0]["words"]) == ("client forget", "forgot a client")
    assert entries[0]["clients"] == []
    assert MARK not in json.dumps(entries)
    one = lived.done("history", "--entry", str(entries[0]["number"]))
    assert MARK not in json.dumps(one)
    # Nor how much it was, or in which records.
    for told in (entries[0], one):
        assert (told["records"], told["changes"]) == ([], [])
    assert one["rows"] == []


def test_it_is_not_undone_nor_is_anything_that_touched_them(lived: Book, cli: Cli) -> None:
    touched = [each["number"] for each in lived.done("history", MARKS["vname"])]
    lived.done("client", "forget", MARKS["vname"], "--yes")
    forgotten = lived.done("history")[0]["number"]
    for number in (forgotten, *touched):
        refused = cli("undo", str(number))
        assert (refused.code, refused.out) == (1, "")
        assert "what it did was forgotten" in refused.err
    assert cli("undo").code == 1


def test_what_did_not_touch_them_can_still_be_undone(book: Book) -> None:
    book.done("log", "jane", "hello")
    book.done("log", "bob", "hello")
    book.done("client", "forget", "bob", "--yes")
    book.done("undo", "2")
    assert book.notes == []


def test_texts_that_name_them_still_are_told_with_what_mends_them(book: Book) -> None:
    book.done("log", "bob, jane", "Bob Stone and Jane agreed")
    book.done("log", "jane", "asked Bob about it", "-s", "door to bob-stone's bank")
    book.done("promise", "jane", "call Bob Stone")
    book.done("move", "1", "2026-12-01", "--told", "--because", "Bob is away")
    book.done("assess", "jane", "--stake", "high", "--because", "Bob said so")
    book.done("log", "jane", "bobbing for apples, no Bobby")

    done = book.done("client", "forget", "bob", "--yes")
    assert (done["interactions"], done["joint"]) == ([], [1])
    assert {(each["kind"], each["number"], each["text"], each["mend"]) for each in done["named"]} == {
        ("interaction", 1, "Bob Stone and Jane agreed", 'c4l edit i1 --no-trace --note "…"'),
        ("interaction", 2, "asked Bob about it", 'c4l edit i2 --no-trace --note "…"'),
        ("interaction", 2, "to bob-stone's bank", 'c4l edit i2 --no-trace --signal "door …"'),
        ("promise", 1, "call Bob Stone", 'c4l edit 1 --no-trace --what "…"'),
        ("promise", 1, "Bob is away", None),
        ("client", None, "Bob said so", None),
    }
    book.done("edit", "i1", "--no-trace", "--note", "agreed")
    book.done("edit", "i2", "--no-trace", "--note", "asked", "--signal", "door to a bank")
    book.done("edit", "1", "--no-trace", "--what", "call")
    left = book.path.read_bytes()
    assert b"Bob Stone" not in left
    assert b"bob-stone" not in left
    assert b"asked Bob" not in left


def test_first_names_and_aliases_are_found_however_they_are_written(book: Book) -> None:
    book.done("client", "add", "Wilma Quartz", "--alias", "Wilq", "--phone", "030 5550199")
    texts = ["wilma said hi", "wilq came by", "WILMA again", "call 030 5550199"]
    for text in texts:
        book.done("log", "jane", text)
    book.done("log", "jane", "wilmas-friend, Wilmar, 030 555")
    book.done("promise", "jane", "ask wilma")
    book.done("remember", "jane", "worry: what wilma thinks")
    book.done("move", "1", "2026-12-01", "--told", "--because", "wilma is away")
    wanted = {*texts, "ask wilma", "what wilma thinks", "wilma is away"}
    for dry in (["--dry-run"], ["--yes"]):
        assert {each["text"] for each in book.done("client", "forget", "wilma", *dry)["named"]} == wanted


@pytest.mark.parametrize(("number", "names"), [("12 34", False), ("1234 5", False), ("12 34 56", True)])
def test_a_number_of_a_few_digits_tells_nobody_from_a_room(book: Book, number: str, names: bool) -> None:
    book.done("client", "edit", "bob", "--phone", number)
    book.done("log", "jane", f"met in room {number}")
    named = book.done("client", "forget", "bob", "--dry-run")["named"]
    assert [each["text"] for each in named] == [f"met in room {number}"] * names


def test_in_backups_what_is_surely_them_is_somebody_and_the_rest_is_counted(book: Book) -> None:
    book.done(
        "client", "add", "Wilma Quartz", "--alias", "Wilq", "--email", "wq@acme.example", "--phone", "030 5550199"
    )
    for text in ("met wilma quartz", "wilq came", "to wq@acme.example", "call 030 5550199", "Wilma laughed", "tea"):
        book.done("log", "jane", text)
    book.done("backup")
    done = book.done("client", "forget", "wilma", "--backups", "--yes")
    assert [(each["forgotten"], each["named"]) for each in done["backups"]] == [(True, 1)]
    with closing(sqlite3.connect(done["backups"][0]["file"])) as opened:
        notes = [note for (note,) in opened.execute("SELECT note FROM interaction ORDER BY id")]
    assert notes == ["met somebody", "somebody came", "to somebody", "call somebody", "Wilma laughed", "tea"]


def test_a_former_text_goes_from_the_journal_also_where_it_has_but_a_first_name(book: Book) -> None:
    book.done("log", "jane", "bob laughed at the okapi")
    book.done("edit", "i1", "--note", "it went well")
    book.done("client", "forget", "bob", "--yes")
    assert b"okapi" not in book.path.read_bytes()


def test_other_files_beside_the_book_that_hold_them_are_told(book: Book) -> None:
    folder = book.path.parent
    (folder / "c4l-salvaged-2.db").write_bytes(book.path.read_bytes())
    book.done("export", str(folder / "book.json"))
    book.done("export", str(folder / "tables"), "--format", "csv")
    (folder / "torn.db").write_bytes(b"\0bob-stone\0")
    (folder / "other.json").write_text('["Bobby Stone"]')
    wanted = [str(folder / name) for name in ("book.json", "c4l-salvaged-2.db", "tables/client.csv", "torn.db")]
    for words in (["--dry-run"], ["--yes"]):
        assert book.done("client", "forget", "bob", *words)["files"] == wanted


def test_others_are_told_by_the_whole_name_alone(book: Book) -> None:
    book.done("client", "add", "Bob Marsh")
    book.done("client", "add", "Ann Page", "--org", "Bob Stone and Sons")
    done = book.done("client", "forget", "bob-stone", "--yes")
    assert [each["text"] for each in done["named"]] == ["Ann Page, Bob Stone and Sons"]


def test_what_was_typed_and_never_saved_is_told(book: Book) -> None:
    folder = book.path.parent / "c4l-unsaved"
    folder.mkdir()
    (folder / "a.typed").write_text(
        '{"on": "2026-11-22", "words": [], "options": {}}\n["What?", "saw B\\u006fb Stone"]\n'
    )
    (folder / "b.typed").write_text('["What?", "saw nobody"]\n')
    assert book.done("client", "forget", "bob", "--dry-run")["unsaved"] == [str(folder / "a.typed")]


def test_of_a_book_that_a_link_names_what_lies_beside_either_is_told(book: Book, cli: Cli, tmp_path: Path) -> None:
    link, named = tmp_path / "desk" / "mine.db", {"C4L_DATABASE": str(tmp_path / "desk" / "mine.db")}
    link.parent.mkdir()
    link.symlink_to(book.path)
    assert cli("log", stdin="jane\nsaw Bob Stone\n", tty=True, env=named).code == 130
    for folder in (link.parent, book.path.parent):
        assert cli("export", str(folder / "book.json"), env=named).code == 0
    told = book.done("client", "forget", "bob", "--dry-run", env=named)
    assert told["files"] == [str(book.path.parent / "book.json"), str(link.parent / "book.json")]
    assert [Path(each).parent for each in told["unsaved"]] == [book.path.parent / "c4l-unsaved"]


# --- before it is done -----------------------------------------------------------------------------------------------


def test_a_dry_run_tells_all_of_it_and_does_nothing(lived: Book) -> None:
    lived.done("backup")
    before = {path: path.read_bytes() for path in lived.path.parent.rglob("*") if path.is_file()}
    told = lived.done("client", "forget", MARKS["vname"], "--backups", "--dry-run")
    assert {path: path.read_bytes() for path in lived.path.parent.rglob("*") if path.is_file()} == before

    done = lived.done("client", "forget", MARKS["vname"], "--yes")
    assert (told["dry_run"], done["dry_run"]) == (True, False)
    assert {**told, "dry_run": False} == done


def test_nobody_to_be_asked_means_it_has_to_be_said(lived: Book, cli: Cli) -> None:
    before = lived.path.read_bytes()
    lived.refused(cli("client", "forget", MARKS["vname"]), 2, "--yes", "--dry-run")
    lived.refused(cli("client", "forget", "nobody", "--yes"), 3, "nobody")
    lived.refused(cli("client", "forget", "jane, bob", "--yes"), 2, "one client at a time")
    assert lived.path.read_bytes() == before


def test_on_a_terminal_the_handle_has_to_be_typed(book: Book, cli: Cli) -> None:
    before = book.path.read_bytes()
    for typed in ("y\n", "bob\n", "\n"):
        answered = cli("client", "forget", "bob", stdin=typed, tty=True)
        assert answered.code == 1
        assert "This cannot be undone" in answered.err
        assert "nothing was forgotten" in answered.err
        assert book.path.read_bytes() == before
    assert cli("client", "forget", "bob", stdin="bob-stone\n", tty=True).code == 0
    assert book.rows("SELECT count(*) FROM client WHERE handle = 'bob-stone'") == [(0,)]


def test_on_a_terminal_each_text_that_names_them_is_offered(book: Book, cli: Cli) -> None:
    book.done("log", "bob, jane", "Bob Stone and Jane agreed", "--on", "yesterday")
    book.done("log", "jane", "asked Bob about it")
    book.done("promise", "jane", "call Bob Stone", "--on", "2026-11-01")

    answered = cli("client", "forget", "bob", stdin="bob-stone\n\nthey agreed\ncall back\n", tty=True)
    assert answered.code == 0
    assert book.notes == ["they agreed", "asked Bob about it"]
    assert [what for _, _, what, *_ in book.promises] == ["call back"]
    assert b"Bob Stone" not in book.path.read_bytes()
    assert "asked Bob about it" in answered.out
    assert "agreed" not in answered.out


def test_on_a_terminal_it_asks_for_the_backups_too(book: Book, cli: Cli) -> None:
    book.done("backup")
    answered = cli("client", "forget", "bob", stdin="bob-stone\ny\n", tty=True)
    assert answered.code == 0
    assert "Forget them in 1 backup, too?" in answered.err
    assert not any(b"Bob Stone" in path.read_bytes() for path in book.path.parent.rglob("*.db"))


def test_the_editor_is_used_where_there_is_one(book: Book, terminal: Terminal, tmp_path: Path) -> None:
    book.done("log", "bob, jane", "Bob Stone and Jane agreed")
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "they agreed" > "$1"\n')
    editor.chmod(0o700)
    shown = terminal(
        *("client", "forget", "bob"),
        typed=[("type bob-stone", "bob-stone\r"), ("Change it in your editor?", "y\r")],
        env={"EDITOR": str(editor)},
    )
    assert shown.code == 0, shown
    assert "Forgotten for good: " in shown.out
    assert book.notes == ["they agreed"]
    assert not [path for path in book.path.parent.rglob("*") if path != book.path]


@pytest.mark.parametrize(
    ("editor", "said"),
    [("c4l-no-such-editor", "cannot be started"), ("false", "ended with 1"), ("sh -c 'kill -9 $$'", "ended with -9")],
)
def test_an_editor_that_fails_does_not_keep_the_report_back(book: Book, cli: Cli, editor: str, said: str) -> None:
    book.done("log", "bob, jane", "Bob Stone and Jane agreed")
    book.done("promise", "jane", "call Bob Stone")
    answered = cli("client", "forget", "bob", stdin="bob-stone\ny\n", tty=True, env={"EDITOR": editor})
    assert answered.code == 1
    assert said in answered.err
    assert "they are forgotten" in answered.err
    for told in ("Forgotten for good: ", "Bob Stone and Jane agreed", "call Bob Stone", "--no-trace"):
        assert told in answered.out
    assert book.rows("SELECT count(*) FROM client WHERE handle = 'bob-stone'") == [(0,)]


def test_ctrl_c_at_a_question_does_not_keep_the_report_back(book: Book, terminal: Terminal) -> None:
    book.done("log", "bob, jane", "Bob Stone and Jane agreed")
    shown = terminal("client", "forget", "bob", typed=[("type bob-stone", "bob-stone\r"), ("Other words", "\x03")])
    assert shown.code == 130
    report = shown.out.split("Forgotten for good: ")[1]
    assert "Bob Stone and Jane agreed" in " ".join(report.split())


def test_only_those_texts_are_asked_about_that_can_be_changed_here(book: Book, cli: Cli) -> None:
    book.done("log", "jane", "asked Bob about it")
    book.done("client", "edit", "jane", "--alias", "Bob Stone junior")
    answered = cli("client", "forget", "bob-stone", stdin="no\n", tty=True)
    assert "2 texts about others may name them: you are asked about 1." in answered.err


# --- backups that are not like the book ------------------------------------------------------------------------------


def test_a_backup_that_cannot_be_read_is_told_and_is_1(book: Book, cli: Cli) -> None:
    book.done("backup")
    [copy] = (book.path.parent / "c4l-backups").glob("*.db")
    copy.write_bytes(b"no database " * 1000)
    answered = cli("client", "forget", "bob", "--backups", "--yes", "--json")
    assert answered.code == 1
    assert f"the backup {copy} cannot be read" in answered.err
    assert [each["trouble"] for each in json.loads(answered.out)["data"]["backups"]] == [
        f"the backup {copy} cannot be read"
    ]


def test_of_a_damaged_backup_it_is_told_and_the_others_are_written_anew(book: Book, cli: Cli) -> None:
    book.done("tag", "bob", "tea")
    for words in (["backup"], ["log", "jane", "hello"], ["backup"]):
        book.done(*words)
    damaged, good = sorted((book.path.parent / "c4l-backups").glob("*.db"))
    with closing(sqlite3.connect(damaged)) as opened, opened:
        opened.execute("UPDATE tag SET client_id = 99")
    answered = cli("client", "forget", "bob", "--backups", "--yes", "--json")
    assert answered.code == 1
    assert f"the backup {damaged} is damaged" in answered.err
    told = json.loads(answered.out)["data"]["backups"]
    assert sorted((each["forgotten"], each["trouble"] is None) for each in told) == [(False, False), (True, True)]
    assert damaged.exists()
    assert not good.exists()
    assert book.rows("SELECT count(*) FROM client WHERE handle = 'bob-stone'") == [(0,)]


@pytest.fixture
def moved(book: Book, cli: Cli) -> Book:
    """A book that took the place of another, in which two of the same people had other numbers."""
    other = book.path.with_name("other.db")
    for name in ("Zoe Hart", "Bob Stone", "Jane Doe"):
        assert cli("client", "add", name, "--database", str(other)).code == 0
    book.done("log", "bob", "the zqxokapi")
    book.done("backup")
    book.done("restore", str(other), "--yes")
    other.unlink()
    return book


def test_who_had_another_number_in_a_backup_is_forgotten_there(moved: Book) -> None:
    done = moved.done("client", "forget", "jane", "--backups", "--yes")
    assert [each["forgotten"] for each in done["backups"]] == [True, True]
    assert b"jane" not in everything(moved.path.parent)
    moved.done("client", "forget", "bob", "--backups", "--yes")
    left = everything(moved.path.parent)
    for word in (b"bob", b"stone", b"okapi"):
        assert word not in left, word
    assert b"zoe hart" in left
    assert b"may lee" in left


def test_who_has_their_name_and_another_handle_in_a_backup_is_told_as_it_may_be_the_same(book: Book, cli: Cli) -> None:
    """In the book that was there before, there were two of that name."""
    for words in ([], ["--another"]):
        book.done("client", "add", "Gus Ray", *words)
    book.done("log", "gus-ray-2", "the zqxokapi")
    other = book.path.with_name("other.db")
    assert cli("client", "add", "Gus Ray", "--database", str(other)).code == 0
    book.done("restore", str(other), "--yes")
    other.unlink()

    for words in (["--dry-run"], ["--yes", "--backups"]):
        done = book.done("client", "forget", "gus-ray", *words)
        assert done["alike"] == [{"handle": "gus-ray-2", "name": "Gus Ray"}]
    assert b"okapi" in everything(book.path.parent)
    shown = " ".join(book.screen("client", "forget", "gus-ray-2", "--dry-run").split())
    assert "of another handle" not in shown
    assert book.done("client", "forget", "gus-ray-2", "--backups", "--yes")["alike"] == []
    left = everything(book.path.parent)
    assert b"gus ray" not in left
    assert b"okapi" not in left


def test_who_took_over_a_name_and_its_handle_is_not_who_had_them_before(book: Book) -> None:
    """In the backup, number 2 is called as number 8 is now, and is somebody else all the same."""
    book.done("backup")
    book.done("client", "rename", "bob", "Robert Marsh")
    book.done("client", "add", "Bob Stone")
    done = book.done("client", "forget", "bob-stone", "--backups", "--yes")
    assert done["backups"] == []
    assert book.rows("SELECT name FROM client WHERE id = 2") == [("Robert Marsh",)]


def test_somebody_else_of_that_number_stays(book: Book, cli: Cli) -> None:
    """The backup of another book: there, the second client is not Bob."""
    book.done("backup")
    other = book.path.with_name("other.db")
    cli("client", "add", "Ann Page", "--database", str(other))
    cli("client", "add", "Zoe Hart", "--database", str(other))
    [mine] = (book.path.parent / "c4l-backups").glob("*.db")
    mine.unlink()
    cli("backup", "--database", str(other))
    [theirs] = (book.path.parent / "other-backups").glob("*.db")
    theirs.rename(mine.parent / theirs.name)
    before = (mine.parent / theirs.name).read_bytes()

    done = book.done("client", "forget", "bob", "--backups", "--yes")
    assert done["backups"] == []
    assert (mine.parent / theirs.name).read_bytes() == before


# --- mending without a trace -----------------------------------------------------------------------------------------


def test_an_edit_without_a_trace_keeps_nothing_of_the_old_words(book: Book, cli: Cli) -> None:
    book.done("log", "jane", "spoke of Marzipan", "-s", "door by Marzipan", "-i", "call Marzipan")
    book.done("edit", "i1", "--note", "spoke of marzipan again")
    assert b"marzipan" in book.path.read_bytes().lower()

    book.done("edit", "i1", "--no-trace", "--note", "spoke of somebody", "--signal", "door by somebody")
    book.done("edit", "1", "--no-trace", "--what", "call somebody")
    assert b"marzipan" not in book.path.read_bytes().lower()
    assert book.notes == ["spoke of somebody"]
    for number in ("2", "3", "4", "5"):
        refused = cli("undo", number)
        assert (refused.code, refused.out) == (1, ""), number
        assert "what it did was forgotten" in refused.err
    assert cli("doctor").code == 0


def test_history_tells_no_change_of_an_edit_of_which_nothing_is_kept(book: Book) -> None:
    book.done("log", "jane", "spoke of Marzipan")
    book.done("edit", "i1", "--no-trace", "--note", "spoke")
    newest = book.done("history")[0]
    assert (newest["words"], newest["records"]) == ("changed call with Jane Doe", ["i1"])
    rows = book.done("history", "--entry", str(newest["number"]))["rows"]
    assert [row["cells"] for row in rows if row["table"] == "interaction"] == [[]]
    book.done("edit", "i1", "--note", "spoke again")
    assert book.done("history")[0]["words"].endswith(": note")


def test_a_signal_that_was_taken_away_without_a_trace_is_gone(book: Book) -> None:
    book.done("log", "jane", "spoke", "-s", "door by Marzipan")
    book.done("edit", "i1", "--no-trace", "--no-signal", "door")
    assert b"marzipan" not in book.path.read_bytes().lower()
