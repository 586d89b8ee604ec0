"""Forgetting a client for good: in the book, in its journal and, where that is wished, in its backups."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from c4l.actions.clients import one_line
from c4l.actions.who import unclear
from c4l.domain.errors import NotFound, Unusable, WrongUse
from c4l.domain.history import FORGET
from c4l.domain.names import LONGEST, Known, name_key, resolve
from c4l.domain.naming import Names
from c4l.domain.search import Hit
from c4l.domain.terms import ClientRef
from c4l.store import backup, barrier, forgetting, rewording, rewriting
from c4l.store.files import folder_of
from c4l.store.store import Store

if TYPE_CHECKING:
    from c4l.domain.backups import Backup


Passage = rewording.Passage
"""A text of others that can say something else."""

_LINES = frozenset(("client", "key_date", "tag"))
"""Tables whose texts are one line."""


class Copy(NamedTuple):
    """A backup that held the client.

    Attributes:
        forgotten: whether it was written anew without them.
        trouble: why it cannot be; None where nothing is wrong.
        named: how many texts of others name them there still, where it was written anew.
    """

    file: Path
    backup: "Backup"
    forgotten: bool
    trouble: str | None = None
    named: int = 0


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
        files: what else lies beside the book and names them: salvaged books, exports.
        in_book: whether the book, or its journal, knew them; else only backups did.
        making: the folder in which another process was making a backup all the while, which may hold them.
        hidden: how many texts of others say “somebody” now.
        names: by what a text can name them.
        alike: those of their name whom backups hold under another handle, and who may be the same.
    """

    client: ClientRef
    counts: Mapping[str, int]
    interactions: tuple[int, ...]
    joint: tuple[int, ...]
    named: tuple[Hit, ...]
    unsaved: tuple[Path, ...]
    backups: tuple[Copy, ...]
    rehearsed: bool
    files: tuple[Path, ...] = ()
    in_book: bool = True
    making: Path | None = None
    hidden: int = 0
    names: Names | None = None
    alike: tuple[ClientRef, ...] = ()

    @property
    def is_left(self) -> bool:
        """Whether some backup may hold them still."""
        return self.making is not None or not all(each.forgotten for each in self.backups)


def forget(
    store: Store, client: ClientRef, *, backups: bool = False, hide: bool = False, rehearse: bool = False
) -> Forgotten:
    """Remove a client and every trace of them; it cannot be taken back.

    Args:
        backups: whether to write the backups beside the book anew, too.
        hide: whether texts of others are to say “somebody” in place of their names and addresses; a first name alone
            could be another's, and stays, and so does a name that another client has, too.
        rehearse: only tell what would be forgotten, and what would be left to do.

    Raises:
        Unusable: if the book, or the folder of its backups, cannot be read or written.
    """
    book = store.path.resolve()
    # While they are still there: where nobody can look, they may be kept without anybody's being told.
    backup.listed(book)
    with store.rehearsing(FORGET) if rehearse else store.writing(FORGET) as changes:
        here = forgetting.person(changes, client)
        # Who is in no book any more may still be in a backup of it.
        who = here or rewriting.person(book, client)
        if who is None:
            raise NotFound(f"nobody knows {client.name} any more", "c4l client list shows them all")
        went = forgetting.forget(changes, who)
        named = before = forgetting.naming(changes, who)
        if hide:
            forgetting.hide(changes, who.whole, rewriting.INSTEAD)
            named = forgetting.naming(changes, who)
        has_changed = changes.changed
    if has_changed and not rehearse:
        store.squeeze()
    # Only now: a backup that is begun later is made of the book as it is without them.
    is_making = backup.is_being_made(book) if rehearse else not backup.await_makers(book)
    return Forgotten(
        client,
        went.counts,
        tuple(went.interactions),
        tuple(went.joint),
        tuple(named),
        tuple(forgetting.left_unsaved(book, who.names)),
        tuple(_copies(book, who, rewrite=backups and not rehearse)),
        rehearse,
        tuple(forgetting.files_holding(store.path, who)),
        here is not None,
        folder_of(book) if is_making else None,
        len(set(before) - set(named)),
        who.names,
        tuple({known.ref.handle: known.ref for known in rewriting.known(book) if who.is_alike(known.ref)}.values()),
    )


def passages(store: Store, done: Forgotten, hit: Hit) -> list[Passage]:
    """The texts behind a hit that can say something else: all but the names of others."""
    if done.names is None:
        return []
    with store.reading() as tx:
        return rewording.passages(tx, hit, done.names)


def reword(store: Store, passage: Passage, words: str) -> None:
    """Put other words in place of a text about others; nothing is kept of the old ones, and it cannot be taken back.

    Raises:
        WrongUse: if they are none, or too many.
        Conflict: if the text is no longer as it was found.
    """
    words = words.strip()
    if passage.table in _LINES:
        words = one_line(words)
        if len(words) > LONGEST:
            raise WrongUse(f"a line of {len(words)} characters is too long", f"at most {LONGEST} are kept")
    if not words:
        raise WrongUse("there are no words in it", "say what is to stand there")
    with store.writing("edit") as changes:
        rewording.reword(changes, passage, words)
    store.squeeze()


def clear(store: Store) -> None:
    """Remove what was left half made among the backups: whom nobody knows any more may be in it.

    Raises:
        Unusable: if it cannot be removed.
    """
    backup.remove_half_made(store.path.resolve())


def gone(store: Store, text: str, *, backups: bool = True) -> ClientRef | None:
    """Somebody who is not in the book, but in its journal or in a backup; None where nobody of that name is.

    Several of one name and handle are one: each number of theirs is looked for.

    Args:
        backups: whether the backups are asked, too.

    Raises:
        Ambiguous: if several fit.
        Unusable: if the book, or the folder of its backups, cannot be read.
    """
    with store.reading() as tx:
        found = _among(text, forgetting.taken_back(tx))
    return found or (_among(text, rewriting.known(store.path.resolve())) if backups else None)


def _among(text: str, known: Sequence[Known]) -> ClientRef | None:
    parts = resolve(text, known)
    found = list({each.ref.handle: each.ref for part in parts for each in part.candidates}.values())
    if len(parts) != 1 or not found:
        return None
    if len({name_key(ref.name) for ref in found}) > 1:
        raise unclear(text, found)
    return found[0]


def _copies(book: Path, who: forgetting.Person, *, rewrite: bool) -> list[Copy]:
    held, unreadable = rewriting.holding(book, who)
    place, copies = folder_of(book), []
    for each in held:
        try:
            written = _rewritten(book, each, who) if rewrite else each
        except Unusable as error:
            # The book has forgotten them; the other backups are to do so, too.
            copies.append(Copy(place / each.name, each, forgotten=False, trouble=error.message))
        else:
            left = rewriting.naming(book, written, who) if rewrite else 0
            copies.append(Copy(place / written.name, written, forgotten=rewrite, named=left))
    for each in unreadable:
        file = place / each.name
        if not file.exists():
            # Another program removed it meanwhile, as each backup of a day does with older ones.
            continue
        copies.append(Copy(file, each, forgotten=False, trouble=f"the backup {file} cannot be read"))
    return copies


def _rewritten(book: Path, each: "Backup", who: forgetting.Person) -> "Backup":
    backup.see_place(book)
    # Whoever forgets somebody else at the same time must not take it for what was left half made.
    with barrier.making(folder_of(book)):
        return rewriting.rewrite(book, each, who)
