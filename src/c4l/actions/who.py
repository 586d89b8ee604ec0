"""Whom the user means: a silent answer only where there is exactly one."""

from collections.abc import Iterable
from datetime import date

from c4l.domain.errors import Ambiguous, NotFound
from c4l.domain.mentions import Found, names_in, note_candidates
from c4l.domain.names import Known, Named, nearest, resolve, split_names
from c4l.domain.terms import ClientRef
from c4l.store import clients
from c4l.store.store import Store


def who(store: Store, text: str, today: date) -> list[Named]:
    """The parts of WHO, each with everybody whom it fits."""
    with store.reading() as tx:
        return resolve(text, clients.answering(tx, text, split_names(text), today))


def mentioned(store: Store, note: str, today: date) -> Found:
    """The clients whom a note names."""
    with store.reading() as tx:
        return names_in(note, clients.mentioned(tx, note_candidates(note), today))


def the_one(store: Store, named: Named, today: date) -> Known:
    """The only client whom the words fit.

    Raises:
        NotFound: if they fit nobody; names those that come nearest.
        Ambiguous: if they fit several; names them.
    """
    match named.candidates:
        case (only,):
            return only
        case ():
            raise nobody(store, named.text, today)
        case several:
            raise unclear(named.text, [client.ref for client in several])


def nobody(store: Store, text: str, today: date) -> NotFound:
    """The error for words that fit no client."""
    with store.reading() as tx:
        close = nearest(text, clients.everybody(tx, today))
    message = f"no client answers to “{text}”"
    if not close:
        return NotFound(message, "c4l client list shows them all; --new adds one of that name")
    meant = ", ".join(f"{client.ref.name} ({client.ref.handle})" for client in close)
    return NotFound(
        message,
        f"nearest: {meant}; --new adds one of that name",
        [(client.ref.handle, client.ref.name) for client in close],
    )


def unclear(text: str, candidates: Iterable[ClientRef]) -> Ambiguous:
    """The error for words that fit several clients."""
    them = [(ref.handle, ref.name) for ref in candidates]
    meant = ", ".join(f"{name} ({handle})" for handle, name in them)
    return Ambiguous(f"“{text}” can be {meant}", f"say which: a handle such as {them[0][0]} names one", them)
