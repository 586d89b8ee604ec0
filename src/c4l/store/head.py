"""Giving a wreck a head again: the first page of its file, which says how to read it and where each table begins.

What every book says there alike is put right, and how long the file is. Where that does not bring back all tables,
what made them is looked for on every page; where it is lost there, too, they may lie where a new book has them. No
place is believed in which rows of another shape lie.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from c4l.store import compiled, connection, migrations

UNREADABLE = (sqlite3.Error, ValueError)
"""What reading a wreck may raise: also what it is told by SQLite may be no text."""

_HEAD = 100
_PAGE_SIZE, _FORMATS, _RESERVED, _FRACTIONS = slice(16, 18), slice(18, 20), slice(20, 21), slice(21, 24)
_COUNTER, _SIZE, _FREE, _VALID = slice(24, 28), slice(28, 32), slice(32, 40), slice(92, 96)
_VERSION = slice(60, 64)
_ALIKE = (slice(16), _FORMATS, _FRACTIONS, slice(44, 60), slice(64, 68), slice(72, 92))
"""What every book of c4l's says alike: that it is a database, how it is written, and in which letters."""

_INNER, _LEAF = 5, 13
"""The kinds of pages in the tree of a table."""

_MOST_SPARE = 1 << 18
"""So many pages, and no more, are left out behind a file that may have had them."""


class Length(NamedTuple):
    """How many pages there are, and how many there were by the word of the file."""

    pages: int
    said: int


def mend(path: Path) -> Length:
    """Put right what every book says alike in its head, and how long the file is."""
    with closing(connection.connect_empty()) as fresh:
        known = fresh.serialize()[:_HEAD]
    with path.open("r+b") as file:
        was = bytearray(file.read(_HEAD).ljust(_HEAD, b"\0"))
        shaped = [was[part] == known[part] for part in (_PAGE_SIZE, _RESERVED)]
        head = bytearray(was)
        for part in _ALIKE:
            head[part] = known[part]
        head[_FREE] = bytes(8)
        head[_VALID] = head[_COUNTER]
    if not all(shaped):
        # Another machine's SQLite may give its pages another shape; then they can be read so.
        _write_head(path, head, was)
        with suppress(*UNREADABLE), closing(sqlite3.connect(path, isolation_level=None)) as wreck:
            if is_whole(wreck):
                shaped = [True]
    if not all(shaped):
        head[_PAGE_SIZE], head[_RESERVED] = known[_PAGE_SIZE], known[_RESERVED]
    return _write_head(path, head, was)


def _write_head(path: Path, head: bytearray, was: bytearray) -> Length:
    size = _page_size(head)
    there, rest = divmod(path.stat().st_size, size)
    head[_SIZE] = there.to_bytes(4, "big")
    if there or rest:
        with path.open("r+b") as file:
            file.write(head)
    said = int.from_bytes(was[_SIZE], "big") if was[_COUNTER] == was[_VALID] else there
    return Length(there, max(said, there + bool(rest)))


def _page_size(head: bytes | bytearray) -> int:
    size = int.from_bytes(head[_PAGE_SIZE], "big")
    return 1 << 16 if size == 1 else max(size, 512)


def is_whole(wreck: sqlite3.Connection) -> bool:
    """Whether all its pages can be read, and lead to one another."""
    try:
        lines = [line for (said,) in wreck.execute(f"PRAGMA quick_check({2**31 - 1})") for line in said.splitlines()]
    except UNREADABLE:
        return False
    # Which pages are not used it has been made to forget.
    return all(line == "ok" or line.startswith("***") or line.endswith("never used") for line in lines)


# --- where the tables begin ------------------------------------------------------------------------------------------


class _Pages:
    """The pages of a file, by their numbers from 1 on."""

    def __init__(self, path: Path, size: int) -> None:
        self._path, self._size = path, size
        self.count = -(-path.stat().st_size // size)

    def __iter__(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            while page := file.read(self._size):
                yield page

    def page(self, number: int) -> bytes:
        """One of them; nothing where there is none of that number."""
        if number < 1:
            return b""
        with self._path.open("rb") as file:
            file.seek((number - 1) * self._size)
            return file.read(self._size)


def find_tables(path: Path, length: Length) -> None:
    """Write a first page, and those that belong to it, by which the tables can be found that are still there."""
    with closing(connection.connect_empty()) as fresh:
        size = _page_size(fresh.serialize()[:_HEAD])
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if _page_size(head) != size:
        return
    pages = _Pages(path, size)
    found = dict(each for page in pages for each in _made_on(page))
    with closing(connection.connect_empty(_version(found, int.from_bytes(head[_VERSION], "big")))) as fresh:
        begin = dict(fresh.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"))
        if found.items() <= begin.items() and _is_likely(pages, fresh, begin):
            found = begin
        believed = {name: root for name, root in found.items() if 1 < root <= pages.count}
        wrong = [table for table in compiled.COLUMNS if _fits(pages, fresh, table, believed.get(table)) is False]
        _lead(fresh, believed, wrong)
        _write(path, head, fresh.serialize(), size, max(pages.count, length.said if length.said < _MOST_SPARE else 0))


def _version(found: dict[str, int], said: int) -> int:
    """The version that knows all that was found; of several, the one that the file says it is of."""

    def unlike(version: int) -> tuple[int, bool, int]:
        with closing(connection.connect_empty(version)) as fresh:
            names = {name for (name,) in fresh.execute("SELECT name FROM sqlite_master")}
        return len(found.keys() - names), version != said, -version

    return min(range(1, migrations.CURRENT + 1), key=unlike)


def _lead(fresh: sqlite3.Connection, roots: dict[str, int], wrong: list[str]) -> None:
    """Let a new book say that its tables and indexes begin elsewhere, and forget those of which nobody knows."""
    fresh.execute("PRAGMA writable_schema = ON")
    for name, table, root in fresh.execute("SELECT name, tbl_name, rootpage FROM sqlite_master").fetchall():
        if root and (table in wrong or name not in roots):
            fresh.execute("DELETE FROM sqlite_master WHERE name = ?", [name])
        elif root:
            fresh.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", [roots[name], name])


def _write(path: Path, head: bytes, pages: bytes, size: int, end: int) -> None:
    """Put a first page before the others, and those to which it leads behind all there can have been."""
    first = bytearray(pages[:size])
    places = list(_pointers(first, _HEAD)) if first[_HEAD] == _INNER else []
    with path.open("r+b") as file:
        for number, at in enumerate(places, end + 1):
            child = int.from_bytes(first[at : at + 4], "big")
            first[at : at + 4] = number.to_bytes(4, "big")
            file.seek((number - 1) * size)
            file.write(pages[(child - 1) * size : child * size])
        first[:_HEAD] = head
        first[_SIZE] = (end + len(places)).to_bytes(4, "big")
        file.seek(0)
        file.write(first)


# --- pages and rows, as they lie in the file -------------------------------------------------------------------------


def _is_likely(pages: _Pages, fresh: sqlite3.Connection, begin: dict[str, int]) -> bool:
    """Whether a book has its tables where a new one has them: most of them hold rows that fit there."""
    fit = [_fits(pages, fresh, table, begin.get(table)) for table in compiled.COLUMNS]
    return fit.count(True) > fit.count(False)


def _fits(pages: _Pages, fresh: sqlite3.Connection, table: str, root: int | None) -> bool | None:
    """Whether the first rows that lie in a place have the shape of a table's; None where none are found there."""
    columns = fresh.execute(f"PRAGMA table_info({table})").fetchall()
    page = b"" if root is None else pages.page(root)
    for _ in range(20):
        if not page or page[0] != _INNER:
            break
        at = next(_pointers(page, 0))
        page = pages.page(int.from_bytes(page[at : at + 4], "big"))
    kinds = list(_kinds_on(page))
    if not kinds:
        return False if page and page[0] in (2, 10) else None
    return sum(_is_shaped(each, columns) for each in kinds) * 2 > len(kinds)


def _is_shaped(kinds: list[int], columns: list[tuple[int, str, str, int, str | None, int]]) -> bool:
    """Whether the cells of a row are of the kinds that the columns of a table hold; later columns may be left out."""
    if len(kinds) > len(columns) or (kinds and kinds[0]):
        return False
    if any(needed and default is None for _, _, _, needed, default, _ in columns[len(kinds) :]):
        return False
    for kind, (_, _, type_, needed, _, _) in list(zip(kinds, columns, strict=False))[1:]:
        match type_:
            case "INTEGER" | "BIGINT" | "BOOLEAN":
                right = kind in (1, 2, 3, 4, 5, 6, 8, 9)
            case "BLOB":
                right = kind >= 12 and kind % 2 == 0
            case _:
                right = kind >= 13 and kind % 2 == 1
        if not right and (kind or needed):
            return False
    return True


def _made_on(page: bytes) -> Iterator[tuple[str, int]]:
    """The names of tables and indexes of which a page tells where they begin."""
    if not page.startswith(bytes([_LEAF])) or b"CREATE " not in page:
        return
    for start, kinds in _records(page):
        if len(kinds) == 5 and kinds[0] == _FIVE_LETTERS and kinds[1] % 2 and kinds[3] in _WIDTHS:
            ends = [start]
            for kind in kinds[:4]:
                ends.append(ends[-1] + _width(kind))
            type_, name, _, root = (page[first:last] for first, last in pairwise(ends))
            if type_ in (b"table", b"index"):
                yield name.decode("utf-8", "replace"), int.from_bytes(root, "big")


_FIVE_LETTERS = 23
"""The kind of a cell that holds `table` or `index`."""

_WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""So many bytes has a number of each kind; others have none."""


def _width(kind: int) -> int:
    return _WIDTHS.get(kind, 0) if kind < 12 else (kind - 12) // 2


def _kinds_on(page: bytes) -> Iterator[list[int]]:
    for _, kinds in _records(page):
        yield kinds


def _records(page: bytes) -> Iterator[tuple[int, list[int]]]:
    """Each row on a page: where its first cell begins, and of which kind each cell is."""
    if not page or page[0] != _LEAF:
        return
    for at in _cells(page, 0):
        with suppress(IndexError):
            _, at = _varint(page, at)
            _, at = _varint(page, at)
            length, after = _varint(page, at)
            kinds = []
            while after < at + length:
                kind, after = _varint(page, after)
                kinds.append(kind)
            yield at + length, kinds


def _cells(page: bytes | bytearray, header: int) -> Iterator[int]:
    """Where the cells of a page lie."""
    first = header + (12 if page[header] == _INNER else 8)
    for each in range(int.from_bytes(page[header + 3 : header + 5], "big")):
        place = int.from_bytes(page[first + 2 * each : first + 2 * each + 2], "big")
        if 0 < place < len(page):
            yield place


def _pointers(page: bytes | bytearray, header: int) -> Iterator[int]:
    """Where on a page it stands to which pages it leads: the first, and so on, and the last."""
    yield from _cells(page, header)
    yield header + 8


def _varint(page: bytes, at: int) -> tuple[int, int]:
    """A number of SQLite's own form, and where the next begins."""
    number = 0
    for each in range(8):
        byte = page[at + each]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + each + 1
    return number << 8 | page[at + 8], at + 9
