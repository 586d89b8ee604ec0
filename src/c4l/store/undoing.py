"""Taking an entry of the journal back: every row as it was, exactly, or a reason why not.

What an entry did is done backwards, change by change, so that at every step the book is as it was at that step then:
no row ever lacks one that it refers to. An undo is an entry of its own, and can be undone.
"""

from collections.abc import Collection, Iterable, Sequence

from c4l.domain.errors import Conflict, NotFound, Refused, Unusable
from c4l.domain.history import DEMO, FORGET, noun, words
from c4l.store import compiled as q
from c4l.store import history, seals
from c4l.store.history import Undos
from c4l.store.journal import Pair, Row
from c4l.store.runs import Run, Touch, change, is_as_left, readable, runs_of, touches
from c4l.store.store import Changes, Transaction
from c4l.store.traces import EMPTY

_STEP = 50


def latest(tx: Transaction) -> int:
    """The last command that is not undone, and is no undo itself.

    The making of a demo is only meant where its number is said: nobody has done anything in the book yet.

    Raises:
        Refused: if there is none.
    """
    most = _STEP
    while True:
        heads = history.newest(tx, limit=most)
        undone = history.undos(tx, heads[-1][0] - 1).undone if heads else {}
        for number, _, verb, undoes in heads:
            if undoes is None and number not in undone and verb != DEMO:
                return number
        if len(heads) < most:
            raise Refused("there is nothing left to undo", "c4l history tells what was done; c4l undo N takes N back")
        most *= 4


def undo(changes: Changes, number: int) -> None:
    """Put every row back as it was before an entry.

    Raises:
        NotFound: if there is no entry of that number.
        Conflict: if it is undone already, if later entries stand on what it did, or if a row is not as it was left.
        Refused: if what it did is forgotten.
        Unusable: if what the journal holds of it is not what was written.
    """
    heads = history.numbered(changes, [number])
    if not heads:
        raise NotFound(f"there is no entry {number}", "c4l history lists them with their numbers")
    since = history.undos(changes, number)
    if number in since.undone:
        by = since.undone[number]
        raise Conflict(f"entry {number} is undone already, by {by}", f"to have it back: c4l undo {by}")
    _refuse_broken(changes, number)
    runs = runs_of(changes, [number])
    [(_, _, verb, _)] = heads
    # Whom only the journal knew left no row behind that could tell.
    if verb == FORGET or _is_forgotten(changes, runs):
        raise Refused(
            f"entry {number} cannot be undone: what it did was forgotten",
            "what was forgotten is gone for good; only a backup made before may still hold it",
        )
    _refuse_later(changes, number, runs, since)
    changes.undoes = number
    for run in reversed(runs):
        pairs = _backwards(changes, run)
        _refuse_left_alone(changes, number, run.table, pairs, since)
        changes.put(run.table, pairs)


def _backwards(tx: Transaction, run: Run) -> list[Pair]:
    """Each row of a run as it is and as it was, if it still is as the run left it."""
    was = change(tx, run.change)
    there = dict(readable(tx, run.table, run.first, run.last))
    pairs = []
    for place, number in enumerate(run.numbers):
        now = there.get(number)
        if was.digests is None:
            as_left = number not in there
        else:
            as_left = now is not None and is_as_left(now, was.digests[place])
        if not as_left:
            raise _another_hand(run.table, number)
        pairs.append((now, None if was.before is None else was.before[place]))
    return pairs


# --- reasons why not -------------------------------------------------------------------------------------------------


def _refuse_broken(tx: Transaction, number: int) -> None:
    """Refuse where the journal itself changed: it would bring back what never was."""
    if seals.is_broken(tx, number):
        raise Unusable(
            f"the book is damaged: entry {number} of the journal is not what was written there",
            "c4l doctor tells what to do; keep the file",
        )


def _is_forgotten(tx: Transaction, runs: Iterable[Run]) -> bool:
    held = (change(tx, run.change) for run in runs)
    return any(None in (each.before or ()) or EMPTY in (each.digests or ()) for each in held)


def _refuse_later(tx: Transaction, number: int, runs: Iterable[Run], since: Undos) -> None:
    """Refuse where a later entry changed the same rows, and that still stands."""
    _refuse_standing(tx, number, (met.entry for run in runs for met in _later(tx, number, run)), since)


def _later(tx: Transaction, number: int, run: Run) -> Sequence[Touch]:
    return touches(tx, run.table, run.first, run.last, after=number)


def _refuse_left_alone(tx: Transaction, number: int, table: str, pairs: Collection[Pair], since: Undos) -> None:
    """Refuse where a row would lack one that it refers to, or two would have the same handle."""
    gone = [now[0] for now, before in pairs if now is not None and before is None]
    for child, refers in q.REFERENCES.items() if gone else ():
        if table in refers.values():
            referring = tx.all(getattr(q, f"{child}_of_{table}"), numbers=gone)
            _refuse_because_of(tx, number, child, [row for (row,) in referring], since)
    back = [before for _, before in pairs if before is not None]
    for column, parent in q.REFERENCES[table].items() if back else ():
        place = q.COLUMNS[table].index(column)
        wanted = {before[place] for before in back} - {None}
        there = {row for (row,) in tx.all(getattr(q, f"{parent}_there"), numbers=wanted)}
        _refuse_because_of(tx, number, parent, wanted - there, since)
    if table == "client":
        _refuse_because_of(tx, number, table, _others_of_the_handle(tx, back), since)


def _others_of_the_handle(tx: Transaction, back: Iterable[Row]) -> set[int]:
    place = q.COLUMNS["client"].index("handle")
    wanted = {before[place]: before[0] for before in back}
    held = tx.all(q.handles_held, handles=list(wanted))
    return {number for number, handle in held if wanted[handle] != number}


def _refuse_because_of(tx: Transaction, number: int, table: str, rows: Collection[int], since: Undos) -> None:
    """Refuse where rows stand in the way, naming the entries that put them there or took them away."""
    if not rows:
        return
    met = (touch.entry for row in rows for touch in touches(tx, table, row, row, after=number))
    _refuse_standing(tx, number, met, since)
    raise _another_hand(table, min(rows))


def _refuse_standing(tx: Transaction, number: int, entries: Iterable[int], since: Undos) -> None:
    standing = {entry for entry in entries if since.stands_on(entry, number)}
    if not standing:
        return
    newest = max(standing)
    [entry] = history.told(tx, history.numbered(tx, [newest]))
    others = len(standing) - 1
    who = f"{newest} and {others} more stand" if others else f"{newest} stands"
    raise Conflict(
        f"entry {number} cannot be undone while {who} on it; {newest} {words(entry)}",
        f"undo the later {'ones' if others else 'one'} first: c4l undo {newest}",
    )


def _another_hand(table: str, number: int) -> Conflict:
    mark = "i" if table == "interaction" else ""
    return Conflict(
        f"{noun(table)} {mark}{number} is not as c4l left it: another program, or the disk, changed it",
        "c4l doctor looks the whole book over",
    )
