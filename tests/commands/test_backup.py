"""`backup`, `restore`, and the backups that make themselves: of the day, and before what changes much."""

import json
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from c4l.config import now
from c4l.domain.backups import Reason, name_of
from c4l.store.backup import digest_of
from tests.commands.conftest import Book, Write
from tests.conftest import Cli, Shell, Terminal
from tests.store.whole import everything

ON = {"C4L_BACKUP_AUTOMATIC": "on"}
PATIENCE_SECONDS = 20


@pytest.fixture
def place(book: Book) -> Path:
    return book.path.with_name("c4l-backups")


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.glob("*.db")) if place.exists() else []


def reasons(book: Book) -> list[str]:
    return [each["reason"] for each in book.done("backup", "--list")["backups"]]


# --- backup ---


def test_a_backup_is_made_beside_the_book(book: Book, place: Path) -> None:
    made = book.done("backup")
    [name] = names(place)
    assert made["file"] == str(place / name)
    assert made["bytes"] == Path(made["file"]).stat().st_size
    assert name == f"{made['at'].replace(':', '')}-asked-{made['sha256']}.db"
    assert everything(place / name) == everything(book.path)


def test_a_backup_is_made_where_the_user_says(book: Book, tmp_path: Path, place: Path) -> None:
    file = tmp_path / "stick" / "mine.db"
    file.parent.mkdir()
    made = book.done("backup", str(file))
    assert (made["file"], len(made["sha256"])) == (str(file), 64)
    assert everything(file) == everything(book.path)
    assert not place.exists()


def test_in_a_folder_it_has_the_name_of_the_book_and_of_now(book: Book, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    made = Path(book.done("backup", str(tmp_path / "stick"))["file"])
    assert made.parent == tmp_path / "stick"
    assert made.name.startswith("c4l-20")
    assert made.exists()


def test_nothing_is_written_over_unless_that_is_said(book: Book, cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "mine.db"
    file.write_text("theirs")
    book.refused(cli("backup", str(file)), 1, f"{file} is there already", "--force")
    assert file.read_text() == "theirs"
    assert cli("backup", str(file), "--force").code == 0
    assert everything(file) == everything(book.path)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("backup BOOK --force", 1, "is the book itself"),
        ("backup LINK --force", 1, "is a link"),
        ("backup nowhere/mine.db", 1, "cannot be written: No such file"),
        ("backup ~nobody-here/mine.db", 1, "“~nobody-here/mine.db” cannot be a file here: Could not determine"),
        (f"backup {'x' * 300}", 1, "cannot be a file here: File name too long"),
        ("backup --force", 2, "none is named"),
        ("backup mine.db --list", 2, "a list is made of no file"),
        ("restore nothing.db --yes", 1, "there is no file and no backup nothing.db"),
        ("restore BOOK --yes", 1, "is the book itself"),
        ("restore 2026 --yes", 4, "2 backups begin with “2026”"),
        ("restore FOLDER --yes", 1, "cannot be read"),
    ],
)
def test_what_is_refused(
    book: Book, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, code: int, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.db").symlink_to(tmp_path / "theirs.db")
    folder = book.path.with_name("c4l-backups")
    folder.mkdir()
    for second in (1, 2):
        (folder / f"2026-11-22T12000{second}Z-asked-0123456789abcdef.db").touch()
    before = book.path.read_bytes()
    places = {"BOOK": str(book.path), "LINK": str(tmp_path / "link.db"), "FOLDER": str(tmp_path)}
    book.refused(cli(*(places.get(word, word) for word in words.split())), code, told)
    assert book.path.read_bytes() == before


def test_two_of_the_same_second_in_a_folder_have_names_of_their_own(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").mkdir()
    at = now()
    monkeypatch.setattr("c4l.actions.backup.now", lambda: at)
    made = [Path(book.done("backup", str(tmp_path / "stick"))["file"]).name for _ in range(3)]
    stem = made[0].removesuffix(".db")
    assert made == [f"{stem}.db", f"{stem}-2.db", f"{stem}-3.db"]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that looks over ten thousand bytes a second."""
    monkeypatch.setattr("c4l.actions.backup._BYTES_A_SECOND", 10_000)
    monkeypatch.setattr("c4l.actions.doctor._BYTES_A_SECOND", 10_000)


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("backup", "reading every row, which takes about"),
        ("backup --list --verify", "reading every row, which takes about"),
        ("doctor", "which takes about"),
        ("import new.csv", "making a backup first, which takes about"),
    ],
)
def test_what_takes_long_is_told_beforehand_on_a_terminal_alone(
    book: Book, cli: Cli, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, told: str
) -> None:
    book.done("backup")
    book.done("log", "jane", "hello")
    monkeypatch.chdir(tmp_path)
    Path("new.csv").write_text("Name\nZoe Hart\n")
    # That of the day was begun already.
    (place / ".daily").touch()
    shown = cli(*words.split(), tty=True, env=ON)
    assert re.search(rf"{told} \d\d seconds …", shown.err)
    book.done("log", "jane", "hello")
    assert told not in cli(*words.split(), env=ON).err


def test_what_takes_a_moment_is_not_told(book: Book, cli: Cli) -> None:
    assert "seconds" not in cli("backup", tty=True).err


def test_a_damaged_book_gets_none_and_says_what_to_do(book: Book, cli: Cli, place: Path) -> None:
    content = book.path.read_bytes()
    book.path.write_bytes(content[:20_000] + bytes(4096) + content[24_096:])
    book.refused(cli("backup"), 5, "damaged", "c4l doctor")
    assert names(place) == []


NOTE = b"walked through it"


@pytest.fixture
def rotten(book: Book) -> Book:
    """A book with a note of which a bit fell over since."""
    book.done("log", "jane", NOTE.decode())
    book.done("backup")
    book.done("tag", "jane", "board")
    rot(book.path)
    return book


def rot(path: Path) -> None:
    content = path.read_bytes()
    assert content.count(NOTE) == 1
    path.write_bytes(content.replace(NOTE, b"walked through iu"))


@pytest.mark.parametrize("words", [(), ("good.db", "--force")], ids=["beside", "file"])
def test_of_a_book_with_a_bit_that_fell_over_none_is_made_and_the_good_ones_stay(
    rotten: Book, cli: Cli, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.db").write_text("a good one")
    (place / ".daily").write_text("the disk is full\n")
    before = names(place)
    rotten.refused(cli("backup", *words), 5, "interaction i1 is not what was written", "c4l doctor")
    assert (names(place), Path("good.db").read_text()) == (before, "a good one")
    # What was wrong before is still told.
    assert "the disk is full" in cli("log", "jane", "hello", env=ON).err


def test_a_book_with_a_bit_that_fell_over_takes_in_no_import(rotten: Book, cli: Cli, place: Path) -> None:
    before = names(place)
    for _ in range(9):
        answered = cli("import", "-", "--format", "csv", stdin="Name\nMei Ng\n", env=ON)
        assert (answered.code, "interaction i1 is not what was written" in answered.err) == (5, True)
    assert names(place) == before


def test_the_list_names_the_row_that_fell_over_before_the_backup_was_made(rotten: Book, cli: Cli, place: Path) -> None:
    copy = place / "new"
    copy.write_bytes(rotten.path.read_bytes())
    bad = copy.rename(place / name_of(now(), Reason.asked, digest_of(copy)))
    told = rotten.done("backup", "--list", "--verify")["backups"]
    assert {each["file"] == str(bad): (each["whole"], each["damage"]) for each in told} == {
        True: (False, "interaction i1"),
        False: (True, None),
    }
    rotten.refused(cli("restore", bad.name, "--yes"), 1, "interaction i1 is not what was written")
    assert "damaged: interaction i1" in rotten.screen("backup", "--list", "--verify")


def test_without_a_book_there_is_nothing_to_back_up(cli: Cli) -> None:
    answered = cli("backup", env={"C4L_DATABASE": ""})
    assert (answered.code, answered.out) == (1, "")
    assert "nothing to back up yet" in answered.err


def test_the_list_tells_which_are_damaged_where_that_is_asked(book: Book, cli: Cli) -> None:
    first = Path(book.done("backup")["file"])
    book.done("tag", "jane", "board")
    second = Path(book.done("backup")["file"])
    first.write_bytes(first.read_bytes()[:-1] + b"!")
    assert [each["whole"] for each in book.done("backup", "--list")["backups"]] == [None, None]
    listed = {each["file"]: each["whole"] for each in book.done("backup", "--list", "--verify")["backups"]}
    assert listed == {str(first): False, str(second): True}
    lines = [line.split("\t") for line in cli("backup", "-l", "--verify").out.splitlines()]
    assert {(line[0], line[2], line[5]) for line in lines} == {
        (str(first), "asked", "damaged: its bytes changed"),
        (str(second), "asked", "whole"),
    }


def test_a_folder_that_cannot_be_listed_is_told(book: Book, cli: Cli, place: Path) -> None:
    place.write_text("in the way")
    book.refused(cli("backup", "--list"), 5, "Not a directory")


def test_a_list_of_none(book: Book, cli: Cli) -> None:
    assert cli("backup", "--list").out == ""
    assert "There is no backup yet." in book.screen("backup", "--list")


# --- restore ---


@pytest.fixture
def backup(book: Book) -> Path:
    """A backup, to which an interaction was added since."""
    file = Path(book.done("backup")["file"])
    book.done("log", "jane", "said since")
    return file


def test_the_book_goes_back_and_the_present_one_is_kept(book: Book, backup: Path) -> None:
    since, before = everything(book.path), everything(backup)
    told = book.done("restore", str(backup), "--yes")
    assert everything(book.path) == before
    assert everything(Path(told["aside"])) == since
    assert (told["before"]["interactions"], told["after"]["interactions"]) == (1, 0)
    assert told["before"]["newest_interaction"] == {"number": 1, "on": "2026-11-22", "note": "said since"}
    assert (told["before"]["command"], told["after"]["command"]) == ("log", "import")
    assert told["taken_at"] == f"{backup.name[:13]}:{backup.name[13:15]}:{backup.name[15:18]}"
    assert reasons(book) == ["restore", "asked"]


def test_the_beginning_of_a_name_is_enough(book: Book, backup: Path) -> None:
    assert book.done("restore", backup.name[:10], "--yes")["file"] == str(backup)


def test_a_rehearsal_changes_nothing(book: Book, backup: Path, cli: Cli) -> None:
    before = book.path.read_bytes()
    told = book.done("restore", str(backup), "--dry-run")
    assert (told["dry_run"], told["aside"]) == (True, None)
    assert book.path.read_bytes() == before
    lines = [line.split("\t") for line in cli("restore", str(backup), "--dry-run").out.splitlines()]
    assert ["interactions", "1", "0"] in lines
    assert ["newest interaction", "i1 · Sun 22 Nov 2026 · said since", ""] in lines
    assert {path.name for path in book.path.parent.iterdir()} == {"c4l.db", "c4l-backups"}


def test_elsewhere_than_on_a_terminal_nobody_is_asked(book: Book, backup: Path, cli: Cli) -> None:
    before = book.path.read_bytes()
    book.refused(cli("restore", str(backup)), 2, "nobody is there to be asked", "--yes", "--dry-run")
    assert book.path.read_bytes() == before


@pytest.mark.parametrize(("typed", "interactions"), [("y", "0"), ("n", "1"), ("", "1")])
def test_on_a_terminal_it_shows_what_differs_and_asks(
    book: Book, backup: Path, terminal: Terminal, typed: str, interactions: str
) -> None:
    answered = terminal("restore", str(backup), typed=[("Go back to this backup? [y/N]", f"{typed}\r")])
    assert answered.code == (0 if typed == "y" else 1)
    assert "interactions: 1 now, 0 in the backup" in answered.out
    assert "promises:" not in answered.out.partition("[y/N]")[0]
    assert ("nothing was changed" in answered.out) is (typed != "y")
    assert str(len(book.notes)) == interactions


def test_a_book_that_cannot_be_read_any_more_is_replaced_and_kept(book: Book, backup: Path) -> None:
    before = everything(backup)
    book.path.write_bytes(b"?" * 5000)
    told = book.done("restore", str(backup), "--yes")
    assert everything(book.path) == before
    assert told["before"] is None
    assert Path(told["aside"]).read_bytes() == b"?" * 5000


def test_what_cannot_be_restored_is_not_proposed_as_a_way_back(rotten: Book, place: Path) -> None:
    [good] = names(place)
    shown = rotten.screen("restore", good, "--yes")
    [aside] = [name for name in names(place) if "-damaged-" in name]
    assert f"c4ldoctor--salvage{place / aside}" in "".join(shown.split())
    assert "c4l restore" not in shown
    assert rotten.done("doctor")["healthy"]


def test_a_new_machine_begins_with_a_backup(book: Book, backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "new" / "c4l.db"
    told = book.done("restore", str(backup), "--yes", "--database", str(new))
    assert (told["before"], told["aside"]) == (None, None)
    assert everything(new) == everything(backup)


def test_on_a_new_machine_there_is_no_book_yet_and_none_that_cannot_be_read(
    book: Book, backup: Path, cli: Cli, tmp_path: Path
) -> None:
    words = ("restore", str(backup), "--dry-run", "--database", str(tmp_path / "c4l" / "c4l.db"))
    lines = [line.split("\t") for line in cli(*words).out.splitlines()]
    assert ["clients", "no book yet", "7"] in lines
    book.path.write_bytes(b"?" * 5000)
    lines = [line.split("\t") for line in cli("restore", str(backup), "--dry-run").out.splitlines()]
    assert ["clients", "cannot be read", "7"] in lines


# --- by themselves ---


def until_made(place: Path) -> str:
    """The name of the first backup that comes, from the process that makes it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (there := names(place)):
        assert time.monotonic() < deadline, "it was not made in time"
        time.sleep(0.02)
    return there[0]


def test_the_first_change_of_a_day_is_followed_by_a_backup(book: Book, place: Path, shell: Shell) -> None:
    assert shell("client", "list", env=ON).code == 0
    assert not place.exists()
    answered = shell("log", "jane", "hello", env=ON)
    assert (answered.code, answered.err) == (0, "")
    made = until_made(place)
    assert "-daily-" in made
    assert everything(place / made) == everything(book.path)
    assert shell("log", "jane", "again", env=ON).code == 0
    assert names(place) == [made]


def test_one_that_was_asked_for_does_not_stand_for_that_of_the_day(book: Book, place: Path, shell: Shell) -> None:
    made = Path(book.done("backup")["file"])
    made.unlink()
    assert shell("log", "jane", "hello", env=ON).code == 0
    assert "-daily-" in until_made(place)


def test_a_command_that_changes_nothing_makes_none(book: Book, place: Path, cli: Cli) -> None:
    for line in ("today", "client list", "remove i1 --yes", "log jane x --on 2026-13-01"):
        cli(*line.split(), env=ON)
    assert not place.exists()


def test_a_demo_is_not_backed_up_day_by_day(cli: Cli, tmp_path: Path) -> None:
    env = {**ON, "C4L_DATABASE": str(tmp_path / "demo.db")}
    assert cli("demo", "--database", str(tmp_path / "demo.db"), env=env).code == 0
    assert cli("log", "jane", "hello", env=env).code == 0
    assert sorted(path.name for path in tmp_path.glob("demo*")) == ["demo.db"]


def test_a_changed_demo_is_kept_before_another_takes_its_place(cli: Cli, tmp_path: Path) -> None:
    env = {**ON, "C4L_DATABASE": str(tmp_path / "demo.db")}
    for line in ("demo --database DEMO", "log jane hello", "demo --database DEMO --yes"):
        assert cli(*line.replace("DEMO", env["C4L_DATABASE"]).split(), env=env).code == 0
    [kept] = names(tmp_path / "demo-backups")
    assert "-demo-" in kept
    assert everything(tmp_path / "demo-backups" / kept)["interaction"][-1][-1] == "hello"


def imported(cli: Cli, *words: str, env: Mapping[str, str] = ON) -> Any:
    answered = cli("import", "-", "--format", "csv", "--json", *words, stdin="Name\nMei Ng\n", env=env)
    assert answered.code == 0, answered
    return json.loads(answered.out)["data"]


def test_an_import_is_preceded_by_a_backup(book: Book, place: Path, cli: Cli) -> None:
    before = everything(book.path)
    imported(cli, "--dry-run")
    assert names(place) == []
    imported(cli)
    [made] = [name for name in names(place) if "-import-" in name]
    assert everything(place / made) == before


def test_what_was_backed_up_since_it_was_written_is_not_backed_up_again(book: Book, place: Path, cli: Cli) -> None:
    time.sleep(1.1)  # a backup bears the second in which it was made
    book.done("backup")
    imported(cli)
    assert [name for name in names(place) if "-import-" in name] == []


def test_a_backup_of_a_day_to_come_does_not_stand_in_for_one_before_an_import(
    book: Book, place: Path, cli: Cli
) -> None:
    made = Path(book.done("backup")["file"])
    made.rename(made.with_name("2035-01-01T120000Z" + made.name[18:]))
    imported(cli)
    assert [name for name in names(place) if "-import-" in name]


@pytest.mark.parametrize(
    ("content", "words", "code"),
    [("Day,Amount\n1,2\n", ["--format", "csv"], 2), ('{"c4l_book": 1, "schema": 1, "tables": {}}', [], 4)],
)
def test_an_import_that_is_refused_at_first_sight_is_preceded_by_nothing(
    book: Book, place: Path, cli: Cli, content: str, words: list[str], code: int
) -> None:
    assert cli("import", "-", *words, stdin=content, env=ON).code == code
    assert not place.exists()


def test_an_import_into_no_book_is_preceded_by_nothing(cli: Cli, home: dict[str, str]) -> None:
    imported(cli, env=ON)
    assert "-import-" not in " ".join(names(Path(home["C4L_DATABASE"]).with_name("c4l-backups")))


def test_a_damaged_book_takes_in_no_import(book: Book, cli: Cli) -> None:
    content = book.path.read_bytes()
    at = content.index(b"jane-doe")
    book.path.write_bytes(content[:at] + b"jane-d\x00\x00" + content[at + 8 :])
    answered = cli("import", "-", "--format", "csv", stdin="Name\nMei Ng\n", env=ON)
    assert answered.code == 5
    assert "damaged" in answered.err


def test_off_is_off(book: Book, place: Path, cli: Cli) -> None:
    imported(cli, env={"C4L_BACKUP_AUTOMATIC": "off"})
    assert not place.exists()


def test_what_went_wrong_with_the_last_one_is_told_until_one_is_made(book: Book, place: Path, cli: Cli) -> None:
    place.mkdir()
    (place / ".daily").write_text("the disk is full\n")
    said = (
        "c4l: the last automatic backup could not be made: the disk is full\n"
        "  c4l backup makes one now; c4l doctor tells more\n"
    )
    answered = cli("log", "jane", "hello", "--json", env=ON)
    assert (answered.code, answered.err) == (0, said)
    assert cli("today", env=ON).err == ""
    assert cli("backup", env=ON).code == 0
    assert cli("log", "jane", "hello", env=ON).err == ""


def test_where_no_folder_can_be_made_the_command_is_done_and_it_is_told(book: Book, place: Path, cli: Cli) -> None:
    place.write_text("in the way")
    answered = cli("log", "jane", "hello", env=ON)
    assert answered.code == 0
    assert "could not be made" in answered.err
    assert book.notes == ["hello"]


def test_the_settings_say_how_many_stay(book: Book, place: Path, write: Write, cli: Cli) -> None:
    place.mkdir()
    old = [f"2026-0{month}-01T120000Z-daily-{month:016x}.db" for month in range(1, 9)]
    for name in old:
        (place / name).touch()
    keep = {"C4L_BACKUP_DAILY": "2", "C4L_BACKUP_WEEKLY": "0", "C4L_BACKUP_MONTHLY": "3"}
    told = json.loads(cli("backup", "--json", env=keep).out)["data"]
    assert [os.path.basename(file) for file in told["removed"]] == old[:5]  # noqa: PTH119
    assert names(place)[:-1] == old[5:]
