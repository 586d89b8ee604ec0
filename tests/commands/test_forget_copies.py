"""`client forget` and backups that come about at the same time, and what is said of whom one still holds."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread, Timer

import pytest

from c4l.domain.backups import Backup, Reason
from c4l.store import backup, barrier, connection, files
from tests.commands.conftest import Book
from tests.conftest import Cli
from tests.store.rights import NOBODY

FORGET = ("client", "forget", "bob", "--yes")


@pytest.fixture
def folder(book: Book) -> Path:
    return files.folder_of(book.path)


@contextmanager
def made_meanwhile(book: Book, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """A backup of the day that another makes: copied already, and looked over until it is told to end."""
    copied, go_on, looked_over = Event(), Event(), backup.found_rot

    with monkeypatch.context() as patch:

        def slowly(opened: sqlite3.Connection) -> str | None:
            patch.undo()
            copied.set()
            assert go_on.wait(20)
            return looked_over(opened)

        patch.setattr(backup, "found_rot", slowly)
        other = Thread(target=backup.make, args=(book.path, Reason.daily))
        other.start()
        assert copied.wait(20)
        try:
            yield go_on.set
        finally:
            go_on.set()
            other.join()


def test_a_backup_that_was_begun_before_is_waited_for_and_forgets_them_too(
    book: Book, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made_meanwhile(book, monkeypatch) as end:
        Timer(0.3, end).start()
        done = book.done(*FORGET, "--backups")
    assert [(each["reason"], each["forgotten"]) for each in done["backups"]] == [("daily", True)]
    assert done["making"] is None
    assert not any(b"Bob Stone" in path.read_bytes() for path in folder.iterdir())


def test_where_it_takes_too_long_that_is_told(
    book: Book, cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 100)
    with made_meanwhile(book, monkeypatch):
        planned = book.done("client", "forget", "bob", "--dry-run")
        answered = cli(*FORGET, "--backups", "--json")
    done = json.loads(answered.out)["data"]
    assert answered.code == 1
    assert f"a backup is still being made in {folder}\nthey may still be in it" in answered.err
    assert (done["making"], done["backups"], planned["making"]) == (str(folder), [], str(folder))

    again = book.done(*FORGET, "--backups")
    assert ([each["forgotten"] for each in again["backups"]], again["making"]) == ([True], None)


def test_what_was_left_half_made_goes(book: Book, folder: Path) -> None:
    book.done("backup")
    left = folder / ".backup.db.0123456789ab.part"
    left.write_bytes(book.path.read_bytes())
    book.done("client", "forget", "bob", "--dry-run")
    assert left.exists()
    book.done(*FORGET)
    assert not left.exists()


def test_it_goes_also_where_nobody_answers_to_the_name_any_more(book: Book, cli: Cli, folder: Path) -> None:
    book.done("backup")
    left = folder / ".backup.db.0123456789ab.part"
    left.write_bytes(book.path.read_bytes())
    assert cli("client", "forget", "nobody", "--dry-run").code == 3
    assert left.exists()
    with barrier.making(folder):
        assert cli("client", "forget", "nobody", "--yes").code == 3
        assert left.exists()
    assert cli("client", "forget", "nobody", "--yes").code == 3
    assert not left.exists()


def test_a_backup_that_another_removes_meanwhile_holds_nobody(
    book: Book, cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Path(book.done("backup")["file"])
    gone, listed = kept.with_name("2026-01-01T120000Z" + kept.name[18:]), backup.listed

    def and_gone(path: Path) -> list[Backup]:
        gone.write_bytes(kept.read_bytes())
        found = listed(path)
        gone.unlink()
        return found

    monkeypatch.setattr(backup, "listed", and_gone)
    assert [each["file"] for each in book.done(*FORGET)["backups"]] == [str(kept)]
    assert cli("doctor").code == 0


def test_where_backups_cannot_be_looked_into_nobody_is_forgotten_in_part(book: Book, cli: Cli, folder: Path) -> None:
    folder.symlink_to("/nonexistent")
    answered = cli(*FORGET, "--backups")
    book.refused(answered, 5, f"the backups in {folder} cannot be listed", "c4l doctor tells what mends it")
    assert (book.done("client", "show", "bob")["handle"], book.changes) == ("bob-stone", 1)
    folder.unlink()
    book.done(*FORGET)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a link away")
def test_nothing_is_written_anew_through_a_link_of_somebody_elses(book: Book, cli: Cli, folder: Path) -> None:
    kept = Path(book.done("backup")["file"])
    held = kept.read_bytes()
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to("elsewhere")
    os.lchown(folder, NOBODY, NOBODY)
    answered = cli(*FORGET, "--backups", "--json")
    [told] = json.loads(answered.out)["data"]["backups"]
    assert (answered.code, told["file"], told["forgotten"]) == (1, str(kept), False)
    assert "it is a link of somebody else's" in told["trouble"]
    assert kept.read_bytes() == held
    assert {path.name for path in folder.iterdir()} == {kept.name}


# --- what is said ----------------------------------------------------------------------------------------------------


def test_while_a_backup_holds_them_they_are_not_forgotten_for_good(book: Book) -> None:
    book.done("backup")
    shown = book.screen(*FORGET)
    assert "Forgotten in the book: Bob Stone" in shown
    assert "To forget them in backups, too:  c4l client forget bob-stone --backups" in " ".join(shown.split("\n "))
    shown = book.screen(*FORGET)
    assert "Not forgotten yet: Bob Stone" in shown
    assert "only in backups" in shown
    assert "Forgotten for good: Bob Stone" in book.screen(*FORGET, "--backups")
    assert book.done("history")[0]["words"] == "forgot a client"
    assert book.changes == 2


def test_of_who_is_only_in_backups_nothing_is_told_of_the_book(book: Book, cli: Cli) -> None:
    book.done("backup")
    assert book.done(*FORGET)["in_book"]
    answered = book.done(*FORGET, "--backups")
    assert (answered["in_book"], set(answered["counts"].values())) == (False, {0})
    assert cli(*FORGET).code == 3
