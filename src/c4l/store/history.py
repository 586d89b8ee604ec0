"""The journal, read: what each command did to which rows, and which rows changed by themselves since.

Nothing of what a large change held is read where counting its rows is enough: the runs say how many there are.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from c4l.domain.history import FORGET, Count, Did, Entry, RowChange
from c4l.domain.terms import ClientRef
from c4l.store import compiled as q
from c4l.store.runs import Run, as_left, cells_of, change, is_as_left, parted, readable, runs_of, touches
from c4l.store.store import Transaction

if TYPE_CHECKING:
    from c4l.store.journal import Row

FEW = 100
"""So many rows of an entry are read to tell of it; where there are more, they are counted."""

EVER = datetime.min.replace(tzinfo=UTC)
_ALL = 2**62
_BLOCK = 10_000

Head = tuple[int, str, str, int | None]
"""An entry by itself: number, instant, verb, and which it undoes."""


# --- which entries ---------------------------------------------------------------------------------------------------


def newest(tx: Transaction, since: datetime | None = None, limit: int | None = None) -> list[Head]:
    """Entries, the newest first.

    Args:
        since: none from before that instant.
        limit: at most so many.
    """
    rows = tx.all(q.entries_newest, since=since or EVER, limit=_ALL if limit is None else limit)
    return [(number, at, verb, undoes) for number, at, verb, undoes in rows]


def counted(tx: Transaction, since: datetime | None = None) -> int:
    """How many entries there are since an instant."""
    return int(tx.all(q.entries_counted, since=since or EVER)[0][0])


def numbered(tx: Transaction, entries: Iterable[int]) -> list[Head]:
    """Entries by number, the newest first."""
    rows = tx.all(q.entries_numbered, entries=list(entries))
    return [(number, at, verb, undoes) for number, at, verb, undoes in rows]


class Undos(NamedTuple):
    """The undos after an entry.

    Attributes:
        targets: what each of them takes back.
        undone: which of them took an entry back, where that still stands.
    """

    targets: dict[int, int]
    undone: dict[int, int]

    def stands_on(self, later: int, number: int) -> bool:
        """Whether a later entry stands in the way of taking back an earlier one.

        What was undone does not, and neither does an undo that only took back what came in between.
        """
        return later not in self.undone and self.targets.get(later, 0) <= number


def undos(tx: Transaction, after: int) -> Undos:
    """The undos after an entry, and what still stands of them."""
    targets = dict(tx.all(q.entries_undoing, after=after))
    undone: dict[int, int] = {}
    # The newest first: whether an undo was itself undone is known before it is looked at.
    for undo, target in targets.items():
        if undo not in undone:
            undone[target] = undo
    return Undos(targets, undone)


# --- what they did ---------------------------------------------------------------------------------------------------


def told(tx: Transaction, heads: Sequence[Head], most: int | None = FEW) -> list[Entry]:
    """Entries with what they did.

    Args:
        most: of an entry with more rows than these, the rows are only counted; None to read all of them.
    """
    if not heads:
        return []
    undone = undos(tx, min(number for number, *_ in heads)).undone
    roots = {number: _root(tx, undoes) for number, _, _, undoes in heads if undoes is not None}
    wanted = {number: (number, at, verb, undoes) for number, at, verb, undoes in heads}
    extra = {root[0]: root for root, _ in roots.values() if root[0] not in wanted}
    runs = {
        entry: list(group)
        for entry, group in groupby(sorted(runs_of(tx, [*wanted, *extra]), key=_by_entry), key=lambda run: run.entry)
    }
    entries = {
        number: _entry(tx, head, runs.get(number, []), undone.get(number), most)
        for number, head in {**wanted, **extra}.items()
    }
    return [
        entries[number]._replace(root=entries[roots[number][0][0]], again=roots[number][1])
        if number in roots
        else entries[number]
        for number in wanted
    ]


def _by_entry(run: Run) -> tuple[int, int]:
    return run.entry, run.change


def _root(tx: Transaction, undone: int) -> tuple[Head, bool]:
    """The command that an undo leads to in the end, and whether it brought it back rather than took it back."""
    again = False
    while True:
        [(number, at, verb, undoes)] = tx.all(q.entries_numbered, entries=[undone])
        # What is taken back came before: another number, in a damaged journal, would lead round in circles.
        if undoes is None or undoes >= number:
            return (number, at, verb, undoes), again
        undone, again = undoes, not again


def _entry(tx: Transaction, head: Head, runs: Sequence[Run], undone_by: int | None, most: int | None) -> Entry:
    number, at, verb, undoes = head
    if verb == FORGET:
        # Of how much it was, and in which records, nothing is known any more, either.
        return Entry(number, datetime.fromisoformat(at), verb, rows=())
    entry = Entry(number, datetime.fromisoformat(at), verb, undoes, undone_by, _counts(runs))
    if most is not None and sum(len(run.numbers) for run in runs) > most:
        return entry
    rows = tuple(_rows(tx, runs))
    about = list(dict.fromkeys(_about(tx, rows)))
    people = _people(tx, about)
    return entry._replace(rows=rows, people=people, about=tuple(people[client] for client in about if client in people))


def _counts(runs: Sequence[Run]) -> tuple[Count, ...]:
    """How many rows of each table were added, changed and removed in the end."""
    there = {run.table for run in runs}
    return tuple(each for table in q.RECORDS if table in there for each in _counts_of(table, runs))


def _counts_of(table: str, runs: Iterable[Run]) -> Iterator[Count]:
    new: list[range] = []
    gone: list[range] = []
    changed: set[int] = set()
    came_and_went = 0
    for run in runs:
        if run.table != table:
            continue
        if run.did is Did.changed:
            changed.update(run.numbers)
        elif run.did is Did.added:
            new.append(run.numbers)
        else:
            gone.append(run.numbers)
            came_and_went += sum(any(number in some for some in new) for number in run.numbers) if new else 0
    changed = {number for number in changed if not any(number in some for some in (*new, *gone))}
    for did, rows in (
        (Did.added, sum(map(len, new)) - came_and_went),
        (Did.changed, len(changed)),
        (Did.removed, sum(map(len, gone)) - came_and_went),
    ):
        if rows:
            yield Count(table, did, rows)


def _rows(tx: Transaction, runs: Sequence[Run]) -> Iterator[RowChange]:
    """What became of each row in the end: of one changed several times, from the first change to the last."""
    first: dict[tuple[str, int], tuple[Run, Row | None]] = {}
    last: dict[tuple[str, int], Run] = {}
    for run in runs:
        was = change(tx, run.change).before if run.did is not Did.added else None
        for place, number in enumerate(run.numbers):
            first.setdefault((run.table, number), (run, was[place] if was else None))
            last[run.table, number] = run
    for (table, number), (run, before) in first.items():
        begun, ended = run.did, last[table, number].did
        after = None if ended is Did.removed else as_left(tx, table, number, run.entry)
        did = begun if begun is Did.added else ended
        if (begun, ended) != (Did.added, Did.removed):
            yield RowChange(table, number, did, cells_of(table, before), cells_of(table, after))


def _about(tx: Transaction, rows: Sequence[RowChange]) -> Iterator[int]:
    """The clients whom some rows are about: those who took part before those who are only named."""
    there = [row for row in rows if row.table == "participant" and row.cells]
    yield from (row.cells["client_id"] for row in there)
    known = {row.cells["interaction_id"] for row in there}
    for row in rows:
        if row.table == "interaction" and row.number not in known:
            yield from participants(tx, row.number)
    for row in rows:
        if row.table == "client":
            yield row.number
        elif client := row.cells.get("client_id"):
            yield client


def participants(tx: Transaction, interaction: int) -> list[int]:
    """Who took part in an interaction, or did before it was removed."""
    there = [client for _, client, *_ in tx.all(q.participants, interactions=[interaction])]
    if there or tx.all(q.interaction_get, id=interaction):
        return there
    removing = touches(tx, "interaction", interaction, interaction)[-1].entry
    gone = [
        cells_of("participant", row)
        for run in runs_of(tx, [removing])
        if run.table == "participant" and run.did is Did.removed
        for row in change(tx, run.change).before or ()
    ]
    return [cells["client_id"] for cells in gone if cells and cells["interaction_id"] == interaction]


def _people(tx: Transaction, clients: Sequence[int]) -> dict[int, ClientRef]:
    """Clients by number, as they are called now, or were when they went; without those who are forgotten."""
    there = {number: ClientRef(number, handle, name) for number, handle, name in tx.all(q.refs, clients=clients)}
    for number in clients:
        if number not in there and (met := touches(tx, "client", number, number)):
            last = met[-1]
            was = change(tx, last.change).before
            cells = cells_of("client", was[number - last.first] if was else None)
            if cells:
                there[number] = ClientRef(number, cells["handle"], cells["name"])
    return there


# --- whether it is still so ------------------------------------------------------------------------------------------


def rotten(tx: Transaction) -> Iterator[tuple[str, int]]:
    """The rows that are not as the journal last left them, by table and number: bits that fell over, and other hands.

    A row that is missing is told, too, and so is one of which the journal knows nothing. It reads in blocks, so that a
    million rows need no more memory than ten thousand.
    Rows beyond the numbers that were given out are not looked for.
    """
    for table in q.RECORDS:
        [(end,)], [(last,)] = tx.all(q.counter_next, key=table), tx.all(q.change_last, table=table)
        [(there,)] = tx.all(f"SELECT max(id) FROM {table}")
        # One that fell over may say anything; the others tell how far there is something to look at.
        for first in range(1, min(end, max(last or 0, there or 0) + 1), _BLOCK):
            yield from ((table, number) for number in _rotten(tx, table, first, first + _BLOCK - 1))


def _rotten(tx: Transaction, table: str, first: int, last: int) -> list[int]:
    left: dict[int, bytes | None] = {}
    for touch in touches(tx, table, first, last):
        [(*_, digests)] = tx.all(q.change_get, id=touch.change)
        each = parted(digests) if digests is not None else [None] * (touch.last - touch.first + 1)
        left.update(zip(range(touch.first, touch.last + 1), each, strict=False))
    expected = {number: digest for number, digest in left.items() if digest is not None and first <= number <= last}
    found = set[int]()
    for number, row in readable(tx, table, first, last):
        left_as = expected.pop(number, b"")
        if row is None or not is_as_left(row, left_as):
            found.add(number)
    return sorted(found | expected.keys())
