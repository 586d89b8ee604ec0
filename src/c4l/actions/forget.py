"""Forgetting a client for good: in the book, in its journal and, where that is wished, in its backups."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from c4l.domain.errors import Unusable
from c4l.domain.history import FORGET
from c4l.domain.search import Hit
from c4l.domain.terms import ClientRef
from c4l.store import forgetting, rewriting
from c4l.store.files import folder_of
from c4l.store.store import Store

if TYPE_CHECKING:
    from c4l.domain.backups import Backup


class Copy(NamedTuple):
    """A backup that held the client.

    Attributes:
        forgotten: whether it was written anew without them.
        trouble: why it cannot be; None where nothing is wrong.
    """

    file: Path
    backup: "Backup"
    forgotten: bool
    trouble: str | None = None


class Forgotten(NamedTuple):
    """What was forgotten, or would be.

    Attributes:
        client: who it was: the last time that their name is said.
        counts: how many rows of each table went.
        interactions: those with nobody else, which went.
        joint: those with others, which stay without them.
        named: texts of others that still name them, newest first.
        unsaved: files with what was typed and not saved yet, that name them.
        backups: those that hold them, or may, newest first.
    """

    client: ClientRef
    counts: Mapping[str, int]
    interactions: tuple[int, ...]
    joint: tuple[int, ...]
    named: tuple[Hit, ...]
    unsaved: tuple[Path, ...]
    backups: tuple[Copy, ...]
    rehearsed: bool


def forget(store: Store, client: ClientRef, *, backups: bool = False, rehearse: bool = False) -> Forgotten:
    """Remove a client and every trace of them; it cannot be taken back.

    Args:
        backups: whether to write the backups beside the book anew, too.
        rehearse: only tell what would be forgotten, and what would be left to do.

    Raises:
        Unusable: if the book, or the folder of its backups, cannot be read or written.
    """
    with store.rehearsing(FORGET) if rehearse else store.writing(FORGET) as changes:
        who = forgetting.person(changes, client)
        gone = forgetting.forget(changes, who)
        named = forgetting.naming(changes, who)
    if not rehearse:
        store.squeeze()
    book = store.path.resolve()
    return Forgotten(
        client,
        gone.counts,
        tuple(gone.interactions),
        tuple(gone.joint),
        tuple(named),
        tuple(forgetting.left_unsaved(book, who.names)),
        tuple(_copies(book, who, rewrite=backups and not rehearse)),
        rehearse,
    )


def _copies(book: Path, who: forgetting.Person, *, rewrite: bool) -> list[Copy]:
    held, unreadable = rewriting.holding(book, who)
    place, copies = folder_of(book), []
    for each in held:
        try:
            written = rewriting.rewrite(book, each, who) if rewrite else each
        except Unusable as error:
            # The book has forgotten them; the other backups are to do so, too.
            copies.append(Copy(place / each.name, each, forgotten=False, trouble=error.message))
        else:
            copies.append(Copy(place / written.name, written, forgotten=rewrite))
    for each in unreadable:
        file = place / each.name
        copies.append(Copy(file, each, forgotten=False, trouble=f"the backup {file} cannot be read"))
    return copies
