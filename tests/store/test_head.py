"""A wreck whose head is damaged, whose end is missing, or which a newer c4l wrote: what comes over, and what not."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from c4l.domain.errors import Refused, Unusable
from c4l.domain.health import PAGE as END
from c4l.domain.health import Loss
from c4l.store import connection, soundness
from c4l.store.journal import digest
from c4l.store.salvage import Salvaged, salvage
from tests.store.frozen import thaw
from tests.store.salvaging import PAGE, Rows, honest, root_of, rows, salvaged, spoil
from tests.store.written import grown, write

BOOKS = ("made anew", "begun as version 1", "begun as version 2", "begun as version 3", "never upgraded")


def made(kind: str, path: Path) -> Path:
    """A book whose tables do not begin where those of a new one do."""
    match kind:
        case "made anew":
            write(path, grown(1, 3, 12))
            with closing(sqlite3.connect(path, isolation_level=None)) as book:
                book.execute("VACUUM")
        case "never upgraded":
            thaw(1, path)
        case _:
            thaw(int(kind[-1]), path)
            connection.connect(path).close()
    return path


@pytest.fixture
def grown_anew(tmp_path: Path) -> Path:
    path = tmp_path / "wreck.db"
    write(path, grown(1, 12, 220))
    with closing(sqlite3.connect(path, isolation_level=None)) as book:
        book.execute("VACUUM")
    return path


def tried(whole: bytes, folder: Path, spoilt: dict[int, bytes]) -> tuple[Salvaged, Rows]:
    """What comes of a book in which some bytes are others."""
    content = bytearray(whole)
    for start, there in spoilt.items():
        content[start : start + len(there)] = there
    (folder / "wreck.db").write_bytes(content)
    (folder / "salvaged.db").unlink(missing_ok=True)
    return salvage(folder / "wreck.db", folder / "salvaged.db"), rows(folder / "salvaged.db")


# --- the first page ---


@pytest.mark.parametrize("kind", ["made anew", "begun as version 1"])
@pytest.mark.parametrize("flipped", [1, 255])
def test_whatever_byte_of_the_head_is_another_nothing_is_lost(tmp_path: Path, kind: str, flipped: int) -> None:
    whole = made(kind, tmp_path / "whole.db")
    was, content = rows(whole), whole.read_bytes()
    other = []
    for at in range(108):
        told, now = tried(content, tmp_path, {at: bytes([content[at] ^ flipped])})
        if told.losses or now != was:
            other.append(at)
    assert other == []


@pytest.mark.parametrize("kind", BOOKS)
@pytest.mark.parametrize("start", [0, 16, 20, 28, 56, 100, 108])
def test_whatever_part_of_the_first_page_is_lost_nothing_else_is(tmp_path: Path, kind: str, start: int) -> None:
    whole = made(kind, tmp_path / "whole.db")
    was, content = rows(whole), whole.read_bytes()
    junk = random.Random(start).randbytes(PAGE - start)
    for lost in (junk[:8], bytes(8), junk, bytes(PAGE - start)):
        told, now = tried(content, tmp_path, {start: lost})
        assert (told.losses, now) == ((), was)


def test_a_head_and_what_was_cut_off_are_both_put_right(tmp_path: Path) -> None:
    """A journal brings back the first page as it read then, which is damaged, too."""
    whole = made("made anew", tmp_path / "whole.db")
    was, content = rows(whole), bytearray(whole.read_bytes())
    with closing(sqlite3.connect(whole, isolation_level=None)) as opened:
        opened.execute("PRAGMA cache_size = 1")
        opened.execute("BEGIN")
        opened.execute("UPDATE interaction SET note = 'half done' || hex(zeroblob(4000))")
        cut_off = (tmp_path / "whole.db-journal").read_bytes().replace(b"SQLite format", b"?QLite format")
        content[:] = whole.read_bytes()
        opened.execute("ROLLBACK")
    (tmp_path / "wreck.db-journal").write_bytes(cut_off)
    told, now = tried(bytes(content), tmp_path, {0: b"?"})
    assert (told.losses, now) == ((), was)


def test_pages_of_another_size_are_read_as_they_are(tmp_path: Path) -> None:
    whole = made("made anew", tmp_path / "whole.db")
    was = rows(whole)
    with closing(sqlite3.connect(whole, isolation_level=None)) as opened:
        opened.execute("PRAGMA page_size = 8192")
        opened.execute("VACUUM")
    content = whole.read_bytes()
    assert int.from_bytes(content[16:18], "big") == 8192
    for spoilt in ({}, {0: b"?"}, {28: b"?"}, {60: b"?"}):
        told, now = tried(content, tmp_path, spoilt)
        assert (told.losses, now) == ((), was)


# --- where the tables begin ---


def schema_pages(path: Path) -> Iterator[int]:
    content = path.read_bytes()
    for at in range(0, len(content), PAGE):
        if content[at] == 13 and b"CREATE TABLE" in content[at : at + PAGE]:
            yield at


def test_where_nothing_tells_any_more_where_tables_begin_no_place_is_believed_that_holds_other_rows(
    grown_anew: Path,
) -> None:
    was, lost = rows(grown_anew), list(schema_pages(grown_anew))
    assert len(lost) >= 2
    for at in (0, *lost):
        spoil(grown_anew, at, bytes(PAGE))
    target = grown_anew.with_name("salvaged.db")
    try:
        salvage(grown_anew, target)
    except Refused:
        assert not target.exists()
    else:
        assert {key: row for key, row in rows(target).items() if was.get(key) != row} == {}


@pytest.mark.parametrize("which", range(2))
def test_tables_whose_place_is_lost_are_told_and_get_no_rows_of_others(grown_anew: Path, which: int) -> None:
    was = rows(grown_anew)
    spoil(grown_anew, 0, bytes(PAGE))
    spoil(grown_anew, list(schema_pages(grown_anew))[which], bytes(PAGE))
    told, now = salvaged(grown_anew)
    lost = {loss.table for loss in told.losses if loss.number == 0}
    assert lost
    of = {(loss.table, loss.number) for loss in told.losses}
    assert {key for key, row in was.items() if now.get(key) != row and key[0] not in lost} <= of
    assert now.keys() - was.keys() <= of
    assert not [loss for loss in told.losses if "left out" in loss.reason and "cannot be read" in loss.reason]


def test_a_table_that_is_said_to_begin_where_another_does_gets_none_of_its_rows(grown_anew: Path) -> None:
    was = rows(grown_anew)
    signals, promises = root_of(grown_anew, "signal"), root_of(grown_anew, "promise")
    with closing(sqlite3.connect(grown_anew, isolation_level=None)) as opened:
        opened.execute("PRAGMA writable_schema = ON")
        opened.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = 'signal'", [promises])
    assert signals != promises
    spoil(grown_anew, 0, bytes(PAGE))
    told, now = salvaged(grown_anew)
    honest(told, was, now)
    assert not [loss for loss in told.losses if "left out" in loss.reason]


@pytest.mark.parametrize("which", range(2))
def test_a_page_that_tells_half_of_where_the_tables_begin_hides_none(grown_anew: Path, which: int) -> None:
    was = rows(grown_anew)
    spoil(grown_anew, list(schema_pages(grown_anew))[which] + 2000, random.Random(which).randbytes(300))
    told, now = salvaged(grown_anew)
    lost = {loss.table for loss in told.losses if loss.number == 0}
    of = {(loss.table, loss.number) for loss in told.losses}
    assert {key for key, row in was.items() if now.get(key) != row and key[0] not in lost} <= of


def test_a_table_that_leads_to_no_page_is_not_followed(grown_anew: Path) -> None:
    was, start = rows(grown_anew), (root_of(grown_anew, "interaction") - 1) * PAGE
    content = grown_anew.read_bytes()
    assert content[start] == 5
    first = int.from_bytes(content[start + 12 : start + 14], "big")
    spoil(grown_anew, start + first, bytes(4))
    spoil(grown_anew, 0, bytes(PAGE))
    told, now = salvaged(grown_anew)
    honest(told, was, now)


# --- the end ---


@pytest.mark.parametrize(
    ("anew", "left"), [(False, 3), (False, 9), (False, 0.4), (False, 0.8), (True, 0.5), (True, 0.8)]
)
def test_that_the_end_is_missing_is_told_whatever_else_is(tmp_path: Path, anew: bool, left: float) -> None:
    wreck = tmp_path / "wreck.db"
    write(wreck, grown(1, 5, 40))
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute("VACUUM" if anew else "SELECT 1")
    content = wreck.read_bytes()
    pages = len(content) // PAGE
    count = int(pages * left) if isinstance(left, float) else left
    wreck.write_bytes(content[: count * PAGE])
    told, _ = salvaged(wreck)
    [end] = [loss for loss in told.losses if loss.table == END]
    assert end == Loss(
        END, count + 1, f"lost: the file has only {count} of its {pages} pages; rows may be gone of which nothing tells"
    )
    assert end.is_gone


def test_where_nothing_lay_at_the_missing_end_nothing_is_lost(tmp_path: Path) -> None:
    wreck = made("made anew", tmp_path / "wreck.db")
    was = rows(wreck)
    with closing(sqlite3.connect(wreck, isolation_level=None)) as opened:
        opened.execute("CREATE TABLE gone AS SELECT zeroblob(30000)")
        opened.execute("DROP TABLE gone")
    wreck.write_bytes(wreck.read_bytes()[:-PAGE])
    told, now = salvaged(wreck)
    assert (told.losses, now) == ((), was)


def test_a_last_page_that_is_cut_through_is_missing(grown_anew: Path) -> None:
    content = grown_anew.read_bytes()
    pages = len(content) // PAGE
    grown_anew.write_bytes(content[:-100])
    assert [loss.number for loss in salvaged(grown_anew)[0].losses if loss.table == END] == [pages]


# --- newer books ---


def newer(path: Path, by: str) -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as book:
        book.execute("ALTER TABLE interaction ADD mood TEXT")
        book.execute("PRAGMA user_version = 4")
        book.execute("UPDATE book SET written_by = ?, digest = ?", [by, digest((1, by))])
    return path


@pytest.mark.parametrize("by", ["c4l 9.9.9", "c4l 0.1.0"])
def test_a_book_of_a_newer_c4l_is_refused(grown_anew: Path, by: str) -> None:
    with pytest.raises(Unusable, match=rf"was written by {by} \(schema 4\)") as refused:
        salvage(newer(grown_anew, by), grown_anew.with_name("salvaged.db"))
    assert str(grown_anew) in refused.value.message
    assert [path.name for path in grown_anew.parent.iterdir()] == ["wreck.db"]


def test_a_damaged_book_that_a_newer_c4l_signed_is_for_that_one_to_salvage(grown_anew: Path) -> None:
    spoil(newer(grown_anew, "c4l 9.9.9"), (root_of(grown_anew, "promise") - 1) * PAGE, bytes(PAGE))
    with pytest.raises(Unusable, match=r"was written by c4l 9.9.9"):
        salvage(grown_anew, grown_anew.with_name("salvaged.db"))


def test_what_only_says_that_it_is_newer_comes_over(grown_anew: Path) -> None:
    was = rows(grown_anew)
    spoil(grown_anew, 60, (9).to_bytes(4, "big"))
    spoil(grown_anew, (root_of(grown_anew, "promise") - 1) * PAGE, bytes(PAGE))
    with closing(sqlite3.connect(grown_anew, isolation_level=None)) as book:
        book.execute("PRAGMA writable_schema = ON")
        book.execute("UPDATE sqlite_master SET sql = replace(sql, 'VARCHAR', 'VARCHAS') WHERE name = 'tag'")
        assert soundness.is_newer(book)
    told, now = salvaged(grown_anew)
    honest(told, was, now)
    assert {key for key in was if key[0] == "interaction"} <= now.keys()
