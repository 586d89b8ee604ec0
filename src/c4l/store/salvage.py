"""Carrying what can be read of a damaged book into a new one, with an account of every row that is not as it was.

Rows are read one by one around what cannot be read; what a row has lost is made up from the indexes, as far as they
tell; what refers to a row that is gone is given a stand-in, or left out. The journal comes with them, and in the end it
is told what is right now, so that the new book is whole by every check.
"""

import sqlite3
from collections.abc import Iterator, Sequence, Set
from contextlib import closing
from pathlib import Path
from stat import S_ISFIFO
from typing import Any, NamedTuple

from c4l.config import now
from c4l.domain.errors import Refused
from c4l.domain.health import PAGE, UNPROVEN, Loss
from c4l.store import backup, compiled, connection, files, history, seals, search, wreck
from c4l.store.head import Length
from c4l.store.plausible import Column, columns_in, completed, is_change, is_near, makes_sense
from c4l.store.runs import parted
from c4l.store.settling import Place, settle, settle_journal, undoes_earlier
from c4l.store.store import Changes, Transaction

VERB = "salvage"


class Salvaged(NamedTuple):
    """A new book.

    Attributes:
        carried: how many rows of each table came with it.
        losses: the rows that are not as they were, or of which nothing is left to prove it; the tables that are lost
            whole; and the end of the file, where that is missing.
    """

    carried: dict[str, int]
    losses: tuple[Loss, ...]


def salvage(source: Path, target: Path) -> Salvaged:
    """Make a new book of what can be read of a damaged one, which is left as it is.

    Raises:
        Refused: if the target is there, if nothing can be read, or what was read makes no whole book.
        Unusable: if a newer c4l wrote it.
    """
    _refuse_unreadable(source)
    with (
        files.written(target) as new,
        wreck.opened(source, target) as old,
        closing(connection.connect(new)) as book,
    ):
        book.execute("PRAGMA synchronous = OFF")
        book.execute("PRAGMA foreign_keys = OFF")
        book.execute("BEGIN IMMEDIATE")
        salvaged = _Salvage(old.book, book).done()
        if old.cut is not None:
            salvaged = salvaged._replace(losses=(*salvaged.losses, _cut(old.cut)))
        if not sum(salvaged.carried.values()):
            raise Refused(f"nothing can be read of {source}", "c4l backup --list shows the backups there are")
        book.execute("COMMIT")
        if (damage := backup.found_damage(book) or backup.found_rot(book)) is not None:
            raise Refused(f"what was read of {source} makes no whole book: {damage}", "please report this")
    return salvaged


def _refuse_unreadable(source: Path) -> None:
    try:
        # Of a pipe nothing would ever come.
        if S_ISFIFO(source.stat().st_mode):
            raise Refused(f"{source} is no file", "name the damaged book")
        with source.open("rb"):
            pass
    except OSError as error:
        raise Refused(f"{source} cannot be read: {error.strerror}", "name the damaged book") from error


def _cut(length: Length) -> Loss:
    """What is said of a file whose end is missing: there may have lain also what told of the rows."""
    there = f"{length.pages} of its {length.said} pages"
    return Loss(PAGE, length.pages + 1, f"lost: the file has only {there}; rows may be gone of which nothing tells")


class _Salvage:
    """One book carried over into another, table by table."""

    def __init__(self, old: sqlite3.Connection, new: sqlite3.Connection) -> None:
        self._old, self._new = old, new
        self._losses: dict[Place, str] = {}
        self._journal_is_whole = True
        self._carried: dict[str, int] = {}
        self._ends = {table: wreck.last_number(old, table) or 0 for table in compiled.RECORDS}

    def done(self) -> Salvaged:
        for table in compiled.COLUMNS:
            # What there is of these belongs to the new book.
            if table not in ("counter", "book"):
                self._carry(table)
        while orphans := self._new.execute("PRAGMA foreign_key_check").fetchall():
            for orphan in orphans:
                self._settle(*orphan)
        self._count_on()
        self._tell_journal()
        search.rebuild(self._new)
        for table in compiled.RECORDS:
            self._carried[table] = self._number(f"SELECT count(*) FROM {table}")
        for table in wreck.lost_tables(self._old):
            self._losses[table, 0] = "lost: nothing tells where its rows lay, nor how many there were"
        losses = (Loss(table, number, reason) for (table, number), reason in sorted(self._losses.items()))
        return Salvaged(self._carried, tuple(losses))

    # --- rows ---

    def _carry(self, table: str) -> None:
        kept = columns_in(self._new, table)
        columns = wreck.columns_of(self._old, table, compiled.COLUMNS[table])
        failures: list[None] = []
        for row in wreck.rows(self._old, table, columns, lambda: failures.append(None)):
            cells = dict(zip(columns, row, strict=True))
            if table == "entry" and not undoes_earlier(row[0], cells.get("undoes")):
                # What is taken back came before: another number would lead round in circles.
                cells["undoes"] = None
            if table != "change" or is_change(cells, self._ends):
                self._put(table, kept, cells)
            else:
                self._journal_is_whole = False
        if failures and table == "change":
            self._journal_is_whole = False
        if failures and table in compiled.RECORDS:
            told = wreck.by_indexes(self._old, table, lambda number: self._has(table, number))
            for number, cells in sorted(told.items()):
                if is_near(number, self._ends[table]):
                    self._put(table, kept, {"id": number, **cells}, made_up=True)

    def _put(self, table: str, columns: Sequence[Column], cells: dict[str, Any], *, made_up: bool = False) -> None:
        """Add a row as far as it makes sense."""
        number = cells["id"]
        spoilt = [column.name for column in columns if not makes_sense(table, column, cells.get(column.name))]
        cells = completed(table, {name: value for name, value in cells.items() if name not in spoilt})
        missing = [column.name for column in columns if column.needed and cells.get(column.name) is None]
        if missing:
            self._lose(table, number, f"left out: its {_listed(missing)} cannot be read")
            return
        names = [column.name for column in columns]
        listed = ", ".join(f'"{name}"' for name in names)
        statement = f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(names))})"
        try:
            self._new.execute(statement, [cells.get(name) for name in names])
        except sqlite3.IntegrityError as error:
            self._lose(table, number, f"left out: {error}")
            return
        if made_up:
            self._lose(table, number, "made up from the indexes, which do not tell all of it")
        elif spoilt:
            self._lose(table, number, f"carried without its {_listed(spoilt)}, which cannot be read")

    def _lose(self, table: str, number: int, reason: str) -> None:
        if table in compiled.RECORDS:
            self._losses.setdefault((table, number), reason)

    def _has(self, table: str, number: int) -> bool:
        return bool(self._new.execute(f"SELECT 1 FROM {table} WHERE id = ?", [number]).fetchall())

    def _number(self, statement: str) -> int:
        return int(self._new.execute(statement).fetchone()[0] or 0)

    # --- references ---

    def _settle(self, table: str, number: int, parent: str, key: int) -> None:
        """Give a row that refers to nothing something to refer to, let it refer to nothing, or leave it out."""
        [column] = [row[3] for row in self._new.execute(f"PRAGMA foreign_key_list({table})") if row[0] == key]
        row = dict(
            zip(
                compiled.COLUMNS[table],
                self._new.execute(f"SELECT * FROM {table} WHERE id = ?", [number]).fetchone() or (),
                strict=False,
            )
        )
        if not row:
            return
        if parent in ("client", "interaction", "entry") and self._stand_in(parent, row[column], row):
            return
        if not next(each.needed for each in columns_in(self._new, table) if each.name == column):
            self._new.execute(f"UPDATE {table} SET {column} = NULL WHERE id = ?", [number])
            self._lose(table, number, f"carried without the {parent} that it belonged to, which is lost")
        else:
            self._new.execute(f"DELETE FROM {table} WHERE id = ?", [number])
            self._journal_is_whole &= table != "change"
            self._lose(table, number, f"left out: the {parent} that it belonged to is lost")

    def _stand_in(self, table: str, number: int, child: dict[str, Any]) -> bool:
        """Put something in the place of a lost row to which another refers; false where not even that can be made."""
        end = self._ends[table] if table in self._ends else self._number(f"SELECT max(id) FROM {table}")
        if number < 1 or not is_near(number, end):
            return False
        cells: dict[str, Any] = {"id": number}
        match table:
            case "client":
                name = f"Unreadable {number}"
                cells |= {"name": name, "name_key": name.lower(), "handle": f"unreadable-{number}"}
                cells["added_on"] = now().date().isoformat()
            case "interaction":
                cells["happened_on"] = child.get("happened_on") or child.get("seen_on") or child.get("learned_on")
                if cells["happened_on"] is None:
                    return False
            case _:
                cells |= {"at": now().isoformat(sep=" "), "verb": VERB}
        cells = completed(table, cells)
        names = ", ".join(cells)
        self._new.execute(
            f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({', '.join('?' * len(cells))})", list(cells.values())
        )
        if table in compiled.RECORDS:
            self._losses[table, number] = "lost: something stands in its place, to which others refer"
        return self._has(table, number)

    # --- the journal ---

    def _count_on(self) -> None:
        """See that no number is given out twice."""
        for table in compiled.RECORDS:
            last = [self._number(f"SELECT max(id) FROM {table}")]
            last.append(self._number(f"SELECT max(last_id) FROM change WHERE table_name = '{table}'"))
            last += [number for number in [wreck.given_out(self._old, table)] if is_near(number, self._ends[table])]
            self._new.execute("UPDATE counter SET next = max(next, ?) WHERE name = ?", [max(last) + 1, table])

    def _tell_journal(self) -> None:
        """Let the journal know every row as it is now, and forget those that are lost."""
        if not self._number("SELECT max(seal) FROM entry"):
            # An earlier version kept none.
            seals.seal_all(Transaction(self._new))
        rotten = {*history.rotten(Transaction(self._new)), *self._untold()}
        unproven = set(seals.broken(Transaction(self._new)))
        known = self._digested(rotten | self._losses.keys())
        for place in self._losses.keys() & known.keys() - rotten:
            # Made up or not: it is what was written, to the letter.
            del self._losses[place]
        changes = Changes(self._new, VERB)
        settled = settle(changes, rotten)
        settle_journal(changes)
        changes.end()
        for place in settled.here:
            changed = place in known and known[place] not in unproven and self._journal_is_whole
            self._losses.setdefault(
                place, "carried as it reads, which is not what was written there" if changed else UNPROVEN
            )
        for place in settled.gone:
            self._losses.setdefault(place, "lost: it cannot be read")

    def _digested(self, places: Set[Place]) -> dict[Place, int]:
        """The entries by which some rows were last left, where the journal that came over holds a digest of them."""
        known: dict[Place, int] = {}
        for entry, table, first, last, digests in self._new.execute(
            "SELECT entry_id, table_name, first_id, last_id, digests FROM change ORDER BY id"
        ):
            each = None if digests is None else parted(digests)
            for place in {(table, number) for number in range(first, last + 1)} & places:
                if each is not None and any(each[place[1] - first]):
                    known[place] = entry
                else:
                    known.pop(place, None)
        return known

    def _untold(self) -> Iterator[tuple[str, int]]:
        """The numbers that were given out, of which there is no row and no word in the journal: both are lost."""
        for table in compiled.RECORDS:
            end = self._number(f"SELECT next FROM counter WHERE name = '{table}'")
            told = bytearray(end)
            runs = f"SELECT first_id, last_id FROM change WHERE table_name = '{table}'"
            for first, last in self._new.execute(f"{runs} UNION ALL SELECT id, id FROM {table}"):
                told[first : last + 1] = b"\1" * (last + 1 - first)
            at = told.find(0, 1)
            while at > 0:
                yield table, at
                at = told.find(0, at + 1)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)
