"""`doctor`: every fault that can be made here is found and named, with the command that mends it, and that mends it."""

import json
import os
import shlex
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from c4l.config import now
from c4l.domain.backups import Reason, name_of
from c4l.store import backup as backups
from c4l.store import barrier, migrations, seals, signature
from c4l.store.store import Transaction
from tests.commands.conftest import Book
from tests.conftest import Cli
from tests.store.frozen import thaw
from tests.store.rights import NOBODY
from tests.store.whole import everything

CHECKS = (
    *("integrity", "references", "schema", "rows", "journal", "search", "clock", "cut-off"),
    *("rights", "folder", "leftovers", "backups"),
)


@pytest.fixture
def backup(book: Book) -> Path:
    """A book with something of everything, and a backup of it."""
    book.done("log", "jane", "walked through it", "-s", "early", "-l", "goal: one vendor", "-i", "the deck by friday")
    book.done("move", "1", "2026-12-01", "--told")
    return Path(book.done("backup")["file"])


def changed(book: Book, *statements: str) -> None:
    """Let another program write into the file."""
    with closing(sqlite3.connect(book.path, isolation_level=None)) as opened:
        for statement in statements:
            opened.execute(statement)


def sealed_anew(book: Book, *statements: str) -> None:
    """Let the file be as if an earlier version, which sealed nothing, had left it so."""
    changed(book, *statements)
    with closing(sqlite3.connect(book.path)) as opened, opened:
        seals.seal_all(Transaction(opened))


def examined(cli: Cli, *words: str) -> tuple[int, dict[str, list[dict[str, Any]]]]:
    """The exit code, and the findings by check."""
    answered = cli("doctor", "--json", *words)
    assert answered.err == "", answered
    data = json.loads(answered.out)["data"]
    assert data["healthy"] is (answered.code == 0)
    return answered.code, {each["check"]: each["findings"] for each in data["checks"] if each["findings"]}


# --- a healthy book ---


def test_a_healthy_book_is_told_to_be_so_with_what_was_looked_at(book: Book, backup: Path, cli: Cli) -> None:
    before = book.path.read_bytes()
    told = book.done("doctor")
    assert told["healthy"]
    assert tuple(check["check"] for check in told["checks"]) == CHECKS
    assert told["versions"].keys() == {"c4l", "schema", "written_by", "sqlite", "python"}
    assert told["versions"]["schema"] == str(migrations.CURRENT)
    assert told["versions"]["written_by"] == signature.PROGRAM
    assert told["last_backup"]["file"] == str(backup)
    lines = [line.split("\t") for line in cli("doctor").out.splitlines()]
    assert [(line[0], line[1]) for line in lines] == [(check, "ok") for check in CHECKS]
    assert book.path.read_bytes() == before


def test_on_a_terminal_it_says_so_in_a_line(book: Book, backup: Path) -> None:
    shown = book.screen("doctor")
    assert "All is well" in shown
    assert shown.count("✓") == len(CHECKS)
    assert f"schema {migrations.CURRENT} · written by {signature.PROGRAM} · SQLite" in shown


def test_without_a_book_there_is_nothing_to_examine(cli: Cli) -> None:
    answered = cli("doctor", env={"C4L_DATABASE": ""})
    assert (answered.code, answered.out) == (1, "")
    assert "nothing to examine yet" in answered.err


def test_a_book_of_an_earlier_version_is_examined_as_it_is(cli: Cli, home: dict[str, str]) -> None:
    path = thaw(1, Path(home["C4L_DATABASE"]))
    path.chmod(0o600)
    before = path.read_bytes()
    assert examined(cli)[1].keys() <= {"backups"}
    assert path.read_bytes() == before


# --- faults, by what is wrong, where it is told, how it is put, and which record is named ---


def page_lost(book: Book) -> None:
    content = book.path.read_bytes()
    book.path.write_bytes(content[:40_960] + bytes(4096) + content[45_056:])


def bit_fallen(book: Book) -> None:
    content = book.path.read_bytes()
    assert content.count(b"walked through it") == 1
    book.path.write_bytes(content.replace(b"walked through it", b"walked through iu"))


FAULTS: list[tuple[str, Callable[[Book], object] | str, str, str, str | None]] = [
    ("a page", page_lost, "integrity", "", None),
    ("a bit", bit_fallen, "rows", "interaction i1 is not what was last written there", "i1"),
    ("a promise", "UPDATE promise SET what = 'another' WHERE id = 1", "rows", "promise 1 is not", "1"),
    ("a signal", "UPDATE signal SET note = 'x' WHERE id = 1", "rows", "a signal of interaction i1 is not", "i1"),
    ("a client", "UPDATE client SET role = 'x' WHERE id = 2", "rows", "client bob-stone is not", "bob-stone"),
    ("a row gone", "DELETE FROM fact", "rows", "row 1 of fact is not", None),
    (
        "a row added",
        "INSERT INTO tag (id, client_id, name, name_key) VALUES (1, 1, 'a', 'a')",
        "rows",
        "a tag of client jane-doe was not written by c4l",
        "jane-doe",
    ),
    ("a reference", "DELETE FROM client WHERE id = 1", "references", "refers to a row of client that is not", "i1"),
    ("a missing index", "DROP INDEX signal_by_day", "schema", "the index signal_by_day is missing", None),
    ("another table", "CREATE TABLE recipe (name TEXT)", "schema", "there is a table recipe that c4l did not", None),
    (
        "another index",
        "CREATE INDEX ix_x ON client (role)",
        "schema",
        "there is an index ix_x that c4l did not make",
        None,
    ),
    (
        "what an undo would bring back",
        "UPDATE change SET before = replace(before, 'the deck', 'a desk') WHERE before IS NOT NULL",
        "journal",
        "entry 3 of the journal, or what it keeps to undo, is not what was written there",
        None,
    ),
    (
        "what an undo would have brought back before there were seals",
        lambda book: sealed_anew(
            book, "UPDATE change SET before = replace(before, 'the deck', 'a desk') WHERE before IS NOT NULL"
        ),
        "journal",
        "of the journal would bring back what never was, if it were undone",
        None,
    ),
    ("a command", "UPDATE entry SET verb = 'keep' WHERE id = 1", "journal", "entry 1 of the journal", None),
    ("a change", "UPDATE change SET entry_id = 2 WHERE id = 1", "journal", "entry 2 of the journal", None),
    (
        "a number",
        "UPDATE counter SET next = 1 WHERE name = 'promise_event'",
        "rows",
        "the number of an event of promise 1 would be given out again",
        "1",
    ),
    (
        "the signature",
        "UPDATE book SET written_by = 'c4l 9.9.9'",
        "schema",
        "what the book says of the c4l that wrote it is not what was written there",
        None,
    ),
    (
        "a word not found",
        "INSERT INTO search (search, rowid, words)"
        " SELECT 'delete', rowid, 'the deck' FROM search WHERE search MATCH 'deck'",
        "search",
        "promise 1 is not found by its words",
        "1",
    ),
    (
        "the clock",
        "UPDATE entry SET at = '2099-01-01 00:00:00+00:00' WHERE id = 1",
        "clock",
        "still to come by the clock of this machine",
        None,
    ),
    ("an instant", "UPDATE entry SET at = 'x' WHERE id = 1", "clock", "which is no instant", None),
    ("rights of the book", lambda book: book.path.chmod(0o644), "rights", "its rights are 0644", None),
    (
        "rights of the backups",
        lambda book: book.path.with_name("c4l-backups").chmod(0o755),
        "rights",
        "its rights are 0755",
        None,
    ),
    (
        "rights of what was typed",
        lambda book: book.path.with_name("c4l-unsaved").mkdir(mode=0o750),
        "rights",
        "its rights are 0750",
        None,
    ),
    ("rights of the folder", lambda book: book.path.parent.chmod(0o777), "rights", "may take away and replace", None),
    (
        "a synchronised folder",
        lambda book: book.path.with_name(".stfolder").mkdir(),
        "folder",
        "in a folder that Syncthing copies",
        None,
    ),
    (
        "the last backup failed",
        lambda book: book.path.with_name("c4l-backups").joinpath(".daily").write_text("the disk is full"),
        "backups",
        "could not be made: the disk is full",
        None,
    ),
]


@pytest.mark.parametrize(
    ("fault", "check", "said", "record"),
    [fault[1:] for fault in FAULTS],
    ids=[fault[0] for fault in FAULTS],
)
def test_a_fault_is_found_and_named_with_what_mends_it(
    book: Book, backup: Path, cli: Cli, fault: Callable[[Book], object] | str, check: str, said: str, record: str | None
) -> None:
    if isinstance(fault, str):
        changed(book, fault)
    else:
        fault(book)
    code, findings = examined(cli)
    assert code == 1
    assert check in findings, findings
    assert [each for each in findings[check] if said in each["what"] and each["record"] == record], findings[check]
    assert all(each["mend"] for found in findings.values() for each in found)


def test_a_file_that_is_no_database_any_more_is_a_finding(book: Book, backup: Path, cli: Cli) -> None:
    book.path.write_bytes(b"?" * 50_000)
    _, findings = examined(cli)
    assert findings["integrity"][0]["what"] == "not all of it can be read: file is not a database"
    assert findings["integrity"][0]["mend"].startswith(f"c4l restore {backup.name}; or, to keep what was logged")


def test_a_book_that_lost_its_head_leads_to_doctor_where_backups_lie_beside_it(
    book: Book, backup: Path, cli: Cli
) -> None:
    book.path.write_bytes(b"?" * 16 + book.path.read_bytes()[16:])
    for words in ("today", "log jane hello", "backup"):
        book.refused(cli(*words.split()), 5, "the book is damaged", "c4l doctor tells what to do")
    assert examined(cli)[1]["integrity"][0]["mend"].startswith(f"c4l restore {backup.name}")
    backup.unlink()
    book.refused(cli("today"), 5, "is not a c4l book", "--database")


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["fifo", "folder"])
def test_what_is_no_file_is_not_examined(book: Book, cli: Cli, make: Callable[[Path], None]) -> None:
    good = book.done("backup")["file"]
    book.path.unlink()
    make(book.path)
    for words in ("doctor", "today", f"restore {good} --yes"):
        book.refused(cli(*words.split()), 5, "is no file", "--database")
    book.refused(cli("doctor", "--salvage", str(book.path)), 1, "is no file")
    book.refused(cli("restore", str(book.path), "--yes", env={"C4L_DATABASE": f"{good}.new"}), 1, "it is no file")


def test_a_database_of_another_program_is_refused(book: Book, backup: Path, cli: Cli) -> None:
    book.path.unlink()
    changed(book, "CREATE TABLE recipe (name TEXT)")
    for words in ("doctor", "doctor --mend", "today", "backup", f"restore {backup} --yes"):
        book.refused(cli(*words.split()), 5, "is not a c4l book", "--database")
    assert book.rows("SELECT name FROM sqlite_master") == [("recipe",)]


def test_a_book_of_a_newer_c4l_is_refused_whatever_lies_beside_it(book: Book, backup: Path, cli: Cli) -> None:
    changed(book, "ALTER TABLE client ADD COLUMN motto VARCHAR", "PRAGMA user_version = 7")
    before = book.path.read_bytes()
    for words in ("doctor", "doctor --mend", "today", "backup", f"restore {backup} --yes"):
        book.refused(cli(*words.split()), 5, "(schema 7)", "pipx upgrade c4l")
    assert book.path.read_bytes() == before


@pytest.mark.parametrize("fault", [page_lost, bit_fallen])
def test_what_is_damaged_comes_back_by_the_command_that_is_named(
    book: Book, backup: Path, cli: Cli, fault: Callable[[Book], None]
) -> None:
    fault(book)
    _, findings = examined(cli)
    [mend] = {each["mend"].partition(";")[0] for each in findings.get("integrity") or findings["rows"]}
    assert cli(*shlex.split(mend)[1:], "--yes").code == 0
    assert everything(book.path) == everything(backup)
    assert examined(cli) == (0, {})


def test_without_a_backup_salvage_is_named(book: Book, cli: Cli) -> None:
    book.done("log", "jane", "walked through it")
    bit_fallen(book)
    [finding] = examined(cli)[1]["rows"]
    assert finding["mend"].startswith(f"c4l doctor --salvage {book.path}")


@pytest.mark.parametrize("name", ["a page", "a bit"])
def test_a_damaged_backup_is_told_and_an_older_good_one_is_named(book: Book, backup: Path, cli: Cli, name: str) -> None:
    time.sleep(1.1)  # a backup bears the second in which it was made
    book.done("tag", "jane", "board")
    newer = Path(book.done("backup")["file"])
    newer.write_bytes(newer.read_bytes()[:-1] + b"!")
    (page_lost if name == "a page" else bit_fallen)(book)
    _, findings = examined(cli)
    assert findings["backups"][0]["what"] == f"the backup {newer.name} is damaged: its bytes changed"
    assert {each["mend"].partition(";")[0] for each in findings.get("integrity") or findings["rows"]} == {
        f"c4l restore {backup.name}"
    }


def test_a_backup_of_a_book_that_was_damaged_already_is_not_proposed(book: Book, backup: Path, cli: Cli) -> None:
    book.done("tag", "jane", "board")
    bit_fallen(book)
    copy = backup.with_name("new")
    copy.write_bytes(book.path.read_bytes())
    copy.chmod(0o600)
    later = now() + timedelta(seconds=2)
    bad = copy.rename(backup.with_name(name_of(later, Reason.asked, backups.digest_of(copy))))
    _, findings = examined(cli)
    [rotten] = findings["rows"]
    way_back = f"c4l restore {backup.name}; or, to keep what was logged since: c4l doctor --salvage {book.path}"
    assert rotten["mend"] == f"{way_back}; or, if it is right as it is now: c4l doctor --accept"
    assert findings["backups"] == [
        {"what": f"the backup {bad.name} is damaged: interaction i1", "mend": way_back, "record": None}
    ]
    backup.unlink()
    _, findings = examined(cli)
    assert findings["backups"][-1]["what"] == "there is no good backup"
    assert {each["mend"] for each in findings["backups"]} == {f"c4l doctor --salvage {book.path}"}


def test_a_book_in_use_for_days_without_a_backup_is_told(book: Book, cli: Cli) -> None:
    assert examined(cli) == (0, {})
    sealed_anew(book, "UPDATE entry SET at = '2026-01-01 00:00:00+00:00'")
    assert examined(cli)[1]["backups"][0] == {"what": "there is no good backup", "mend": "c4l backup", "record": None}


def test_an_old_backup_is_told_where_something_was_written_since(book: Book, backup: Path, cli: Cli) -> None:
    old = backup.with_name("2026-01-01T120000Z" + backup.name[18:])
    backup.rename(old)
    assert "old, and the book was changed since" in examined(cli)[1]["backups"][0]["what"]
    sealed_anew(book, "UPDATE entry SET at = '2025-12-01 00:00:00+00:00'")
    assert examined(cli) == (0, {})


def test_a_backup_of_a_day_to_come_is_told_and_no_other_is_passed_over_for_it(
    book: Book, backup: Path, cli: Cli
) -> None:
    ahead = backup.with_name("2035-01-01T120000Z" + backup.name[18:])
    ahead.write_bytes(backup.read_bytes())
    ahead.chmod(0o600)
    book.done("log", "jane", "hello")
    bit_fallen(book)
    _, findings = examined(cli)
    [told] = findings["backups"]
    assert told["what"].startswith(f"the backup {ahead.name} is of a day to come")
    assert told["mend"] == f"if nobody needs it: rm {ahead}"
    assert findings["rows"][0]["mend"].startswith(f"c4l restore {backup.name}; or, to keep what was logged since")
    backup.unlink()
    _, findings = examined(cli)
    assert findings["rows"][0]["mend"].startswith(f"c4l restore {ahead.name}; or, to keep what was logged since")


def foreign(link: Path) -> None:
    link.with_name("elsewhere").mkdir()
    link.symlink_to("elsewhere")
    os.lchown(link, NOBODY, NOBODY)


@pytest.mark.parametrize(
    ("lie", "said", "mend"),
    [
        pytest.param(
            foreign,
            "it is a link of somebody else's",
            "rm {}; or, if it leads where they are to be: sudo chown -h {us} {}",
            marks=pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a link away"),
        ),
        (
            lambda place: place.symlink_to("/nonexistent"),
            "it is a link that leads nowhere",
            "rm {}; or mount the disk that it leads to",
        ),
        (lambda place: place.write_text("in the way"), "it is no folder", "mv -n {} {}.old"),
    ],
    ids=["somebody else's link", "a link to nowhere", "a file"],
)
def test_that_no_backup_can_be_made_is_told_and_what_is_named_mends_it(
    book: Book, cli: Cli, lie: Callable[[Path], object], said: str, mend: str
) -> None:
    place = book.path.with_name("c4l-backups")
    lie(place)
    assert cli("backup").code == 5
    code, findings = examined(cli)
    assert (code, findings["backups"]) == (
        1,
        [
            {
                "what": f"no backup can be made in {place}: {said}",
                "mend": mend.format(place, place, us=os.geteuid()),
                "record": None,
            }
        ],
    )
    subprocess.run(shlex.split(findings["backups"][0]["mend"].partition(";")[0]), check=True)
    book.done("backup")
    assert examined(cli) == (0, {})


def test_what_others_lay_among_the_backups_stops_nobody(book: Book, backup: Path, cli: Cli) -> None:
    (backup.parent / "foo").symlink_to("/nonexistent")
    assert examined(cli) == (0, {})
    assert [each["file"] for each in book.done("backup", "--list")["backups"]] == [str(backup)]
    done = book.done("client", "forget", "bob", "--yes", "--backups")
    assert [each["forgotten"] for each in done["backups"]] == [True]


# --- mending ---


def test_what_a_killed_backup_left_is_told_and_goes_whatever_its_age(book: Book, backup: Path, cli: Cli) -> None:
    left = backup.with_name(".backup.db.0123456789ab.part")
    left.write_bytes(book.path.read_bytes())
    left.chmod(0o600)
    with barrier.making(backup.parent):
        assert examined(cli) == (0, {})
        assert book.done("doctor", "--mend")["mended"] == []
    _, findings = examined(cli)
    assert findings == {
        "leftovers": [
            {
                "what": f"{left} was left half made, and holds what the book held",
                "mend": "c4l doctor --mend",
                "record": None,
            }
        ]
    }
    assert book.done("doctor", "--mend")["mended"] == [f"removed {left}"]
    assert examined(cli) == (0, {})


def test_mend_mends_what_loses_nothing(book: Book, backup: Path, cli: Cli) -> None:
    book.path.chmod(0o644)
    backup.chmod(0o640)
    left = book.path.with_name(".c4l.db.0123456789ab.part")
    left.write_text("half of it")
    os.utime(left, (0, 0))
    fresh = book.path.with_name(".c4l.db.ba9876543210.part")
    fresh.touch(0o600)
    theirs = book.path.with_name(".theirs.0123456789ab.part")
    theirs.touch()
    os.utime(theirs, (0, 0))
    changed(book, "INSERT INTO search (search) VALUES ('delete-all')")

    told = book.done("doctor", "--mend")
    assert told["healthy"]
    assert told["mended"] == [
        f"closed {book.path} to others",
        f"closed {backup} to others",
        f"removed {left}",
        "made the index of words anew",
    ]
    assert (book.path.stat().st_mode & 0o777, backup.stat().st_mode & 0o777) == (0o600, 0o600)
    assert (left.exists(), fresh.exists(), theirs.exists()) == (False, True, True)
    assert book.done("search", "walked")["total"] == 1
    assert book.done("doctor", "--mend")["mended"] == []


def test_mend_writes_down_which_c4l_wrote_the_book(book: Book, backup: Path, cli: Cli) -> None:
    changed(book, "UPDATE book SET written_by = 'c4l 9.9.9'")
    told = book.done("doctor", "--mend")
    assert told["healthy"]
    assert told["mended"] == ["wrote down which c4l wrote the book: this one"]
    assert told["versions"]["written_by"] == signature.PROGRAM


def test_mend_leaves_a_damaged_book_alone(book: Book, backup: Path, cli: Cli) -> None:
    page_lost(book)
    before = book.path.read_bytes()
    assert examined(cli, "--mend")[0] == 1
    assert book.path.read_bytes() == before


def test_accept_sees_that_no_number_is_given_out_twice(book: Book, backup: Path, cli: Cli) -> None:
    book.done("log", "jane", "a slip")
    book.done("remove", "i2", "--yes")
    changed(book, "UPDATE counter SET next = 2 WHERE name = 'interaction'")
    assert [each["record"] for each in examined(cli)[1]["rows"]] == ["i2"]
    assert book.done("doctor", "--accept")["healthy"]
    assert book.done("log", "jane", "the next one")["interaction"]["number"] == 3


def test_accept_takes_the_journal_as_it_reads_and_goes_without_that_undo(book: Book, backup: Path, cli: Cli) -> None:
    book.done("edit", "i1", "--note", "another note")
    book.done("tag", "jane", "board")
    moved, edited, tagged = (book.changes - back for back in (2, 1, 0))
    changed(
        book,
        f"UPDATE change SET before = replace(before, 'the deck', 'a desk') WHERE entry_id = {moved}",
        f"UPDATE entry SET verb = 'keep' WHERE id = {tagged}",
    )
    assert cli("undo", str(tagged)).code == 5
    told = book.done("doctor", "--accept")
    assert (told["healthy"], told["mended"]) == (True, ["took 2 rows as they read"])
    refused = cli("undo", str(moved))
    assert (refused.code, "what it did was forgotten" in refused.err) == (1, True)
    assert [cli("undo", str(each)).code for each in (tagged, edited)] == [0, 0]


def test_accept_leaves_what_makes_no_sense(book: Book, backup: Path, cli: Cli) -> None:
    changed(
        book,
        "UPDATE entry SET at = 'never' WHERE id = 1",
        "UPDATE entry SET verb = CAST(x'6cff' AS TEXT) WHERE id = 2",
        "UPDATE change SET table_name = 'recipe' WHERE entry_id = 3 AND before IS NOT NULL",
    )
    code, findings = examined(cli, "--accept")
    assert code == 1
    assert [each["what"].split(",")[0] for each in findings["journal"]] == [
        f"entry {number} of the journal" for number in (1, 2, 3)
    ]


def test_accept_takes_rows_as_they_are_and_is_told_in_the_journal(book: Book, backup: Path, cli: Cli) -> None:
    changed(
        book,
        "UPDATE promise SET what = 'another' WHERE id = 1",
        "DELETE FROM fact",
        "UPDATE change SET before = replace(before, 'the deck', 'a desk') WHERE before IS NOT NULL",
        "INSERT INTO tag (id, client_id, name, name_key) VALUES (1, 1, 'a', 'a')",
    )
    entries = book.changes
    assert {check: len(found) for check, found in examined(cli)[1].items()} == {"rows": 3, "journal": 1, "search": 2}
    told = json.loads(cli("doctor", "--accept", "--mend", "--json").out)["data"]
    assert "took 4 rows as they read" in told["mended"]
    assert book.changes == entries + 1
    assert book.done("doctor", "--mend")["healthy"]
    assert book.done("doctor", "--accept")["mended"] == []
    assert book.done("show", "1")["what"] == "another"
    # The number that was taken is not given out again.
    assert book.done("tag", "jane", "b")["tags"] == ["a", "b"]


def test_what_was_accepted_is_told_in_words_and_cannot_be_undone_as_nobody_knows_what_was(
    book: Book, backup: Path, cli: Cli
) -> None:
    changed(book, "UPDATE promise SET what = 'another' WHERE id = 1")
    book.done("doctor", "--accept", "--mend")
    newest = book.done("history")[0]
    assert newest["words"] == "accepted as it is now: 1 promise changed"
    for words in ((), (str(newest["number"]),), ("--dry-run",)):
        refused = cli("undo", *words)
        book.refused(refused, 1, "what they were before is not known", "c4l backup --list")
        assert "forgotten" not in refused.err
    assert "--accept takes cannot be undone" in " ".join(cli("doctor", "--help").out.split())


def test_a_change_that_was_cut_off_is_taken_back_before_it_is_looked_at(book: Book, backup: Path, cli: Cli) -> None:
    child = os.fork()
    if not child:
        opened = sqlite3.connect(book.path, isolation_level=None)
        opened.execute("PRAGMA cache_size = 1")
        opened.execute("BEGIN")
        opened.execute("DELETE FROM search_data")
        opened.execute("CREATE TABLE half_done AS SELECT zeroblob(100000) FROM client")
        os._exit(0)
    os.waitpid(child, 0)
    assert backups.journal_of(book.path).exists()
    assert examined(cli) == (0, {})
    assert not backups.journal_of(book.path).exists()


def test_a_journal_of_no_use_is_told_and_removed(book: Book, backup: Path, cli: Cli) -> None:
    left = backups.journal_of(book.path)
    left.write_bytes(b"")
    left.chmod(0o600)
    examined(cli)
    left.write_bytes(bytes(512))
    left.chmod(0o600)
    _, findings = examined(cli)
    assert findings["cut-off"][0]["mend"] == "c4l doctor --mend"
    assert cli("doctor", "--mend").code == 0
    assert not left.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE search_config SET v = 5 WHERE k = 'version'",
        "DELETE FROM search_config",
        "UPDATE search_data SET block = x'ff' WHERE id = 10",
        "DELETE FROM search_data",
    ],
)
def test_an_index_of_words_that_cannot_be_read_is_made_anew(book: Book, backup: Path, cli: Cli, spoil: str) -> None:
    before = everything(book.path)
    changed(book, spoil)
    _, findings = examined(cli)
    assert {each["mend"] for each in findings["search"]} == {"c4l doctor --mend"}
    assert findings.keys() == {"search"}
    assert book.done("doctor", "--mend")["healthy"]
    assert book.done("search", "walked")["total"] == 1
    after = everything(book.path)
    assert {name: rows for name, rows in after.items() if not name.startswith("search_")} == {
        name: rows for name, rows in before.items() if not name.startswith("search_")
    }


def test_what_is_damaged_is_neither_mended_in_part_nor_accepted_where_that_leads_nowhere(
    book: Book, backup: Path, cli: Cli
) -> None:
    changed(
        book,
        "UPDATE promise SET what = 'another' WHERE id = 1",
        "UPDATE book SET written_by = 'c4l 9.9.9'",
        "DELETE FROM client WHERE id = 2",
    )
    # By itself the promise could be taken as it is; beside a reference that leads nowhere it cannot.
    _, findings = examined(cli)
    assert "--accept" in findings["rows"][0]["mend"]
    assert findings["schema"][0]["mend"].startswith(f"c4l restore {backup.name}")
    changed(book, "DELETE FROM client WHERE id = 1")
    held = book.path.read_bytes()
    code, findings = examined(cli, "--mend", "--accept")
    assert (code, book.path.read_bytes()) == (1, held)
    assert {each["mend"].partition(";")[0] for found in findings.values() for each in found} == {
        f"c4l restore {backup.name}"
    }
    assert not any("--accept" in each["mend"] for found in findings.values() for each in found)


def test_a_day_that_is_none_is_not_accepted(book: Book, backup: Path, cli: Cli) -> None:
    changed(
        book, "UPDATE promise SET what = 'another' WHERE id = 1", "UPDATE client SET added_on = 'never' WHERE id = 1"
    )
    before = {each["record"]: "--accept" in each["mend"] for each in examined(cli)[1]["rows"]}
    assert before == {"1": True, "jane-doe": False}
    assert [each["record"] for each in examined(cli, "--accept")[1]["rows"]] == ["jane-doe"]


# --- salvage ---


def test_what_can_be_read_comes_into_a_new_book(book: Book, cli: Cli) -> None:
    book.done("log", "jane", "walked through it", "-s", "early")
    bit_fallen(book)
    before = book.path.read_bytes()
    answered = cli("doctor", "--salvage", str(book.path), "--json")
    # A row is not as it was.
    assert answered.code == 1
    told = json.loads(answered.out)["data"]
    file = book.path.with_name("c4l-salvaged.db")
    assert (told["source"], told["file"]) == (str(book.path), str(file))
    assert (told["carried"]["client"], told["carried"]["interaction"]) == (7, 1)
    assert [(loss["row"], loss["table"], loss["id"]) for loss in told["losses"]] == [
        ("interaction i1", "interaction", 1)
    ]
    assert f"c4l restore {file}" in answered.err
    assert book.path.read_bytes() == before
    assert cli("restore", str(file), "--yes").code == 0
    assert book.notes == ["walked through iu"]
    assert examined(cli) == (0, {})


def test_a_file_that_was_cut_short_is_told_where_nothing_else_is(book: Book, cli: Cli) -> None:
    for turn in range(6):
        book.done("log", "jane", f"walked through it {turn}")
    content = book.path.read_bytes()
    pages = len(content) // 4096
    cut = book.path.with_name("cut.db")
    cut.write_bytes(content[: 3 * 4096])
    answered = cli("doctor", "--salvage", str(cut), "--plain")
    assert answered.code == 1
    said = f"lost: the file has only 3 of its {pages} pages; rows may be gone of which nothing tells"
    assert answered.out.splitlines()[-1].split("\t") == ["lost", "page", "4", said]
    assert "lost\tinteraction\t0\tlost: nothing tells where its rows lay" in answered.out
    shown = cli("doctor", "--salvage", str(cut), "--into", f"{cut}.new", tty=True)
    assert "nobody knows how much was lost" in shown.out
    assert "the file from page 4 on" in shown.out


@pytest.mark.parametrize("at", [0, 16, 21, 47, 100])
def test_a_bit_in_the_head_of_a_book_that_was_made_anew_loses_nothing(book: Book, cli: Cli, at: int) -> None:
    book.done("log", "jane", "walked through it")
    book.done("edit", "i1", "--no-trace", "--note", "walked through it all")
    content = bytearray(book.path.read_bytes())
    content[at] ^= 1
    book.path.write_bytes(content)
    answered = cli("doctor", "--salvage", str(book.path), "--plain")
    assert answered.code == 0
    assert {line.split("\t")[0] for line in answered.out.splitlines()} == {"carried"}
    assert cli("restore", str(book.path.with_name("c4l-salvaged.db")), "--yes").code == 0
    assert book.notes == ["walked through it all"]


def test_a_book_of_a_newer_c4l_is_not_salvaged(book: Book, cli: Cli) -> None:
    changed(book, "ALTER TABLE interaction ADD mood TEXT")
    changed(book, "PRAGMA user_version = 4")
    book.refused(cli("doctor", "--salvage", str(book.path)), 5, "(schema 4)", "upgrade c4l")
    assert not book.path.with_name("c4l-salvaged.db").exists()


def test_salvage_goes_where_it_is_told_and_over_nothing(book: Book, cli: Cli, tmp_path: Path) -> None:
    into = tmp_path / "new.db"
    assert cli("doctor", "--salvage", str(book.path), "--into", str(into)).code == 0
    assert into.stat().st_mode & 0o777 == 0o600
    lines = [line.split("\t") for line in cli("doctor", "--salvage", str(book.path)).out.splitlines()]
    assert lines == [["carried", "client", "7", ""]]
    book.refused(cli("doctor", "--salvage", str(book.path), "--into", str(into)), 1, "is there already")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--salvage x --mend", "as it is"),
        ("--salvage x --accept", "as it is"),
        ("--into x", "nothing is salvaged"),
    ],
)
def test_what_contradicts_itself_is_wrong_use(book: Book, cli: Cli, words: str, told: str) -> None:
    book.refused(cli("doctor", *words.split()), 2, told)


def test_what_cannot_be_a_file_is_refused(book: Book, cli: Cli) -> None:
    book.refused(cli("doctor", "--salvage", "~nobody-here/x"), 1, "cannot be a file here")


def test_the_screens_tell_the_same(book: Book, cli: Cli) -> None:
    book.done("log", "jane", "walked through it")
    bit_fallen(book)
    shown = cli("doctor", tty=True)
    assert shown.code == 1
    assert "3 things are wrong" in shown.out
    assert "there is no good backup" in shown.out
    assert "interaction i1 is not what was last written there" in shown.out
    salvaged = cli("doctor", "--salvage", str(book.path), tty=True)
    assert "Salvaged into a new book" in salvaged.out
    assert "1 not as they were" in " ".join(salvaged.out.split())
