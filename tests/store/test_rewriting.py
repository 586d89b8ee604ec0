"""Backups from which somebody is forgotten: each stays a sound book, whatever c4l wrote it, and nothing names them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from c4l.domain.backups import Backup, Reason
from c4l.domain.errors import Unusable
from c4l.domain.naming import Names
from c4l.domain.records import Part
from c4l.domain.terms import Channel, ClientRef, Detail, Kind
from c4l.store import backup, clients, files, forgetting, interactions, migrations, rewriting
from c4l.store.store import Changes, Store
from tests.domain.books import TODAY
from tests.store.conftest import Synchronised
from tests.store.frozen import VERSIONS, thaw


@pytest.fixture
def people(store: Store) -> tuple[ClientRef, ClientRef]:
    """Marzipan, formerly Nougat, and Bob, who speaks of them."""
    with store.writing("first") as changes:
        mark, bob = (
            clients.add(changes, name=name, kind=Kind.customer, added_on=TODAY) for name in ("Nougat Roe", "Bob Stone")
        )
        clients.add_details(changes, mark.id, [(Detail.tag, "sweets")])
        for there in ([mark], [mark, bob], [bob]):
            number = interactions.add(
                changes,
                clients=there,
                on=TODAY,
                at=None,
                channel=Channel.call,
                reached_out=None,
                minutes=None,
                note="talked of Nougat Roe, and of nougat",
            )
            interactions.add_signal(changes, number, there[-1], "door", TODAY, "to nougat-roe")
        changes.insert(
            "assessment", client_id=bob.id, stated_on=TODAY, part=Part.stake, said="high", because="knows Nougat Roe"
        )
    return mark, bob


def rewritten(path: Path, store: Store, who: ClientRef) -> list[Backup]:
    with store.reading() as tx:
        person = forgetting.person(tx, who)
    assert person is not None
    store.close()
    held, unreadable = rewriting.holding(path, person)
    assert unreadable == []
    return [rewriting.rewrite(path, each, person) for each in held]


def test_a_backup_names_them_nowhere_and_is_sound(
    store: Store, path: Path, people: tuple[ClientRef, ClientRef]
) -> None:
    store.close()
    made = backup.make(path, Reason.asked)
    [after] = rewritten(path, store, people[0])
    assert (after.at, after.reason) == (made.at, made.reason)
    assert backup.listed(path) == [after]
    assert backup.is_whole(path, after)

    left = files.folder_of(path) / after.name
    assert left.stat().st_mode & 0o777 == 0o600
    assert b"ougat r" not in left.read_bytes().lower()
    assert b"nougat-roe" not in left.read_bytes().lower()
    with closing(sqlite3.connect(left)) as opened:
        assert (backup.found_damage(opened), backup.found_rot(opened)) == (None, None)
        notes = opened.execute("SELECT note FROM interaction ORDER BY id").fetchall()
        assert notes == [("talked of somebody, and of nougat",)] * 2
        assert opened.execute("SELECT because FROM assessment").fetchall() == [("knows somebody",)]
        assert opened.execute("SELECT note FROM signal").fetchall() == [("to somebody",)] * 2


def test_the_old_one_is_gone_for_good_when_it_is_done(
    store: Store, path: Path, people: tuple[ClientRef, ClientRef], synchronised: Synchronised
) -> None:
    store.close()
    old = backup.make(path, Reason.asked)
    synchronised.clear()
    [after] = rewritten(path, store, people[0])
    folder = files.folder_of(path)
    names = [sorted(name for name in there if not name.startswith(".")) for at, there in synchronised if at == folder]
    # First there are both: a power cut leaves one of them.
    assert names == [sorted([old.name, after.name]), [after.name]]


def test_what_comes_out_wrong_takes_the_place_of_nothing(
    store: Store, path: Path, people: tuple[ClientRef, ClientRef], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault while it is written anew: a row changes, and the journal does not know of it."""
    with store.writing("tag") as changes:
        clients.add_details(changes, people[1].id, [(Detail.tag, "sugar")])
    store.close()
    made = backup.make(path, Reason.asked)

    def hide(changes: Changes, _names: Names, _instead: str) -> None:
        changes.all("UPDATE tag SET name = 'salt' WHERE name = 'sugar'")

    monkeypatch.setattr(forgetting, "hide", hide)
    with pytest.raises(Unusable, match="row 2 of tag is not what was written"):
        rewritten(path, store, people[0])
    assert backup.listed(path) == [made]
    assert backup.is_whole(path, made)


def test_they_are_known_by_a_name_that_they_had_then(
    store: Store, path: Path, people: tuple[ClientRef, ClientRef]
) -> None:
    store.close()
    backup.make(path, Reason.asked)
    mark = people[0]
    with store.writing("client rename") as changes:
        changes.update("client", mark.id, name="Marzipan Roe", name_key="marzipan roe", handle="marzipan-roe")
    [after] = rewritten(path, store, ClientRef(mark.id, "marzipan-roe", "Marzipan Roe"))
    assert b"ougat Roe" not in (files.folder_of(path) / after.name).read_bytes()


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_one_is_upgraded_and_no_copy_of_it_is_kept(path: Path, version: int) -> None:
    folder = files.folder_of(path)
    thaw(version, folder / "2026-11-21T120000Z-daily-0123456789abcdef.db").parent.chmod(0o700)
    zoe = next(known.ref for known in rewriting.known(path) if known.ref.handle == "zoe-nadir")
    person = rewriting.person(path, zoe)
    assert person is not None
    [each] = backup.listed(path)
    after = rewriting.rewrite(path, each, person)
    with closing(sqlite3.connect(folder / after.name)) as opened:
        assert opened.execute("PRAGMA user_version").fetchone() == (migrations.CURRENT,)
        handles = [handle for (handle,) in opened.execute("SELECT handle FROM client")]
    assert handles
    assert "Nádir".encode() not in (folder / after.name).read_bytes()
    assert [file.name for file in folder.iterdir()] == [after.name]


def test_a_damaged_one_stays_as_it_is(store: Store, path: Path, people: tuple[ClientRef, ClientRef]) -> None:
    store.close()
    made = backup.make(path, Reason.asked)
    file = files.folder_of(path) / made.name
    with closing(sqlite3.connect(file)) as opened, opened:
        opened.execute("UPDATE participant SET client_id = 99 WHERE client_id = 2")
    before = file.read_bytes()
    with store.reading() as tx:
        person = forgetting.person(tx, people[0])
    assert person is not None
    store.close()
    with pytest.raises(Unusable, match="is damaged"):
        rewriting.rewrite(path, made, person)
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir()] == [made.name]
