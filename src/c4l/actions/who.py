"""Whom the user means: a silent answer only where there is exactly one; and those who are new, until they are added."""

from collections.abc import Iterable, Sequence
from datetime import date

from c4l.domain.errors import Ambiguous, NotFound, WrongUse
from c4l.domain.mentions import Found, names_in, note_candidates, opening_word, opens_a_note
from c4l.domain.names import (
    LONGEST,
    Known,
    Named,
    bare,
    check_readable,
    goes_by,
    handle_base,
    name_key,
    nearest,
    resolve,
    slipped,
    split_names,
)
from c4l.domain.terms import ClientRef
from c4l.store import clients
from c4l.store.store import Changes, Store

LONGEST_WHO = 10_000
"""Characters that can name clients, dozens of them: more is a note."""


def who(store: Store, text: str, today: date) -> list[Named]:
    """The parts of WHO, each with everybody whom it fits; none of a text that is too long to be names."""
    if len(text) > LONGEST_WHO:
        return []
    with store.reading() as tx:
        return resolve(text, clients.answering(tx, text, split_names(text), today))


def mentioned(store: Store, note: str, today: date, *, any_case: bool = False) -> Found:
    """The clients whom a note names.

    Args:
        any_case: whether first names count without their capital: good enough for a question, and for no more.
    """
    with store.reading() as tx:
        known = clients.mentioned(tx, note_candidates(note, any_case=any_case), today)
    return names_in(note, known, any_case=any_case)


def opening(store: Store, note: str, found: Found, today: date) -> Named | None:
    """The first word of a note and those whom it may be meant for; None where there is none, or the note names one."""
    word = opening_word(note)
    meant = near(store, word, today) if word else ()
    there = {client.ref.id for client in found.clients}
    return None if not meant or any(client.ref.id in there for client in meant) else Named(word or "", meant)


def near(store: Store, word: str, today: date) -> tuple[Known, ...]:
    """The clients whose name a word is, or would be but for one slip of the finger; who is archived, by name alone."""
    with store.reading() as tx:
        known = clients.everybody(tx, today)
    return tuple(client for client in slipped(word, known) if not client.archived or goes_by(client, word))


def is_called(store: Store, word: str, today: date) -> bool:
    """Whether somebody goes by a word, as a handle, a first name or a whole name."""
    return any(goes_by(client, word) for named in who(store, word, today) for client in named.candidates)


def whole_name(store: Store, words: Sequence[str]) -> tuple[int, str]:
    """How many of the words, two or more from the first, make the longest whole name of a client, and that name.

    A mark behind the name is no part of it: of `jane doe, bob` it is `jane doe`. Without such a name it is 0 words.
    """
    with store.reading() as tx:
        for size in range(len(words), 1, -1):
            text = " ".join(words[:size])
            for name in dict.fromkeys((text, bare(text)[0])):
                if clients.is_name(tx, name):
                    return size, name
    return 0, ""


def is_text(named: Named) -> bool:
    """Whether words that were looked up are the note's own rather than somebody's name."""
    return opens_a_note(named.text, named.candidates)


def the_one(store: Store, named: Named, today: date, *, can_add: bool = False) -> Known:
    """The only client whom the words fit.

    Args:
        can_add: whether the command has a `--new` that adds somebody, for the hint.

    Raises:
        NotFound: if they fit nobody; names those that come nearest.
        Ambiguous: if they fit several; names them.
    """
    match named.candidates:
        case (only,):
            return only
        case ():
            raise nobody(store, named.text, today, can_add=can_add)
        case several:
            raise unclear(named.text, [client.ref for client in several])


def nobody(store: Store, text: str, today: date, *, can_add: bool = False) -> NotFound:
    """The error for words that fit no client."""
    from c4l.domain.day_grammar import shown

    with store.reading() as tx:
        close = nearest(text, clients.everybody(tx, today))
    meant = ", ".join(f"{client.ref.name} ({client.ref.handle})" for client in close)
    first = f"nearest: {meant}" if meant else "c4l client list shows them all"
    adds = "--new adds one of that name" if can_add else "c4l client add NAME adds one"
    return NotFound(
        f"no client answers to “{shown(text)}”",
        f"{first}; {adds}",
        [(client.ref.handle, client.ref.name) for client in close],
    )


_NAMED = 5
"""So many of those who may be meant are named in a sentence."""


def unclear(text: str, candidates: Iterable[ClientRef]) -> Ambiguous:
    """The error for words that fit several clients."""
    them = [(ref.handle, ref.name) for ref in candidates]
    meant = ", ".join(f"{name} ({handle})" for handle, name in them[:_NAMED])
    if len(them) > _NAMED:
        meant += f" and {len(them) - _NAMED:,} more"
    return Ambiguous(f"“{text}” can be {meant}", f"say which, by the handle: @{them[0][0]}", them)


def newcomer(place: int, name: str) -> ClientRef:
    """What stands for a client who is still to be added: a number below zero, one for each place.

    Raises:
        WrongUse: if the name holds nothing that can be seen.
    """
    if not name_key(name):
        raise WrongUse("a client needs a name", 'say it: "Jane Doe"')
    check_readable(name)
    if len(name) > LONGEST:
        raise WrongUse(f"a name holds at most {LONGEST} characters, not {len(name)}", "is the rest of it the note?")
    return ClientRef(-1 - place, handle_base(name), " ".join(name.split()))


def add_newcomers(changes: Changes, meant: Iterable[ClientRef], today: date) -> dict[int, ClientRef]:
    """Add those who are new, in their order; each by the number that stood for them."""
    new = [ref for ref in meant if ref.id < 0]
    if not new:
        return {}
    from c4l.actions.clients import insert
    from c4l.actions.drafts import ClientDraft

    return {ref.id: insert(changes, ClientDraft(ref.name), today) for ref in new}
