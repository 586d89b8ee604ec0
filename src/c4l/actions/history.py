"""Looking back on what was done, and taking it back."""

from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from c4l.domain.errors import Conflict, NotFound, Refused
from c4l.domain.history import DEMO, UNDO, UNKNOWN_BEFORE, Entry
from c4l.domain.terms import ClientRef
from c4l.store import history, undoing
from c4l.store.store import Store

_TRIED = 100
"""So many of the last entries are tried for one that can be undone."""


class History(NamedTuple):
    """What was done, newest first, and how much more there is.

    Attributes:
        clients: of whom it is asked; none for everybody.
    """

    entries: tuple[Entry, ...]
    more: int
    clients: tuple[ClientRef, ...]
    since: date | None
    today: date


class Undone(NamedTuple):
    """What was taken back, or would be.

    Attributes:
        entry: what was done, as it was told before.
        by: the undo itself, with what it did to the rows.
    """

    entry: Entry
    by: Entry
    rehearsed: bool
    today: date


class EntryPage(NamedTuple):
    """One entry, row by row."""

    entry: Entry
    today: date


def listed(
    store: Store,
    today: date,
    since: date | None = None,
    clients: Collection[ClientRef] = (),
    limit: int | None = None,
) -> History:
    """What was done, newest first.

    Args:
        since: on that day or later.
        clients: only what touched something of theirs; none for everybody's.
    """
    begin = None if since is None else _begin_of(since)
    with store.reading() as tx:
        if clients:
            from c4l.store import traces

            heads = history.numbered(tx, traces.entries(tx, [client.id for client in clients]))
            heads = [head for head in heads if begin is None or datetime.fromisoformat(head[1]) >= begin]
            total = len(heads)
            heads = heads[:limit]
        else:
            heads = history.newest(tx, begin, limit)
            total = len(heads) if limit is None else history.counted(tx, begin)
        entries = tuple(history.told(tx, heads))
    return History(entries, total - len(entries), tuple(clients), since, today)


def _begin_of(day: date) -> datetime:
    """The first instant of a local day."""
    return datetime.combine(day, time()).astimezone(UTC)


def get(store: Store, number: int, today: date, *, most: int | None = None) -> EntryPage:
    """One entry, with every row that it changed.

    Args:
        most: where it changed more rows than these, they are only counted; None for all of them.

    Raises:
        NotFound: if there is none of that number.
    """
    with store.reading() as tx:
        found = history.told(tx, history.numbered(tx, [number]), most)
    if not found:
        raise NotFound(f"there is no entry {number}", "c4l history lists them with their numbers")
    return EntryPage(found[0], today)


def undo(store: Store, number: int | None, today: date, *, rehearse: bool = False) -> Undone:
    """Take an entry back, or tell what that would do.

    Args:
        number: which one; None for the last command that is not undone, and is no undo itself.

    Raises:
        C4lError: whatever stands in the way of it; then nothing is changed.
    """
    try:
        return _undone(store, number, today, rehearse=rehearse)
    except (Conflict, Refused) as error:
        # The last command stays the last one: without a way past it, nothing older could be taken back.
        past = None if number is not None else _newest_to_undo(store)
        if past is not None:
            error.hint += f"; the newest that can be taken back: c4l undo {past}"
        raise


def _newest_to_undo(store: Store) -> int | None:
    """The newest entry that can be undone, among the last ones; None where there is none."""
    with store.reading() as tx:
        heads = history.newest(tx, limit=_TRIED)
        undone = history.undos(tx, heads[-1][0] - 1).undone if heads else {}
    for number, _, verb, undoes in heads:
        if undoes is not None or number in undone or verb == DEMO:
            continue
        with suppress(Conflict, Refused), store.rehearsing(UNDO) as changes:
            undoing.undo(changes, number)
            return number
    return None


def _undone(store: Store, number: int | None, today: date, *, rehearse: bool) -> Undone:
    with store.rehearsing(UNDO) if rehearse else store.writing(UNDO) as changes:
        if number is None:
            number = undoing.latest(changes)
        heads = history.numbered(changes, [number])
        if any(verb in UNKNOWN_BEFORE for _, _, verb, _ in heads):
            raise Refused(
                f"entry {number} cannot be undone: it took rows as another program, or the disk, had left them, "
                "and what they were before is not known",
                "a backup that was made before holds it: c4l backup --list",
            )
        before = history.told(changes, heads)
        undoing.undo(changes, number)
        [by] = history.told(changes, history.numbered(changes, [changes.entry]))
    return Undone(before[0], by, rehearse, today)
