"""Whom the words behind `c4l log` are about, and which of them are the note.

Trust goes to whoever is found here, so they must be sure: a first word that may be a slip of the finger is not read as
the note's, and of several who are named in one sentence nobody knows who was there.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from c4l.actions import who as lookup
from c4l.cli import prompts, who
from c4l.cli.answer import say
from c4l.cli.log_lead import Lead, names_first
from c4l.cli.session import Session
from c4l.domain.errors import Ambiguous, NotFound, WrongUse
from c4l.domain.mentions import Found, other_surname
from c4l.domain.names import Known, Named, bare, goes_by, listed, nearest, split_names

NOTHING = WrongUse("there is nothing to log", 'say who and what: c4l log jane "asked for the figures"')

_UNASKED = WrongUse("nobody is there to be asked", "say it on the command line")


class Entry(NamedTuple):
    """Whom an entry is about, and what happened; None where that is still to be asked."""

    people: tuple[Known, ...]
    note: str | None


def read(here: Session, words: list[str], piped: str | None, *, new: bool) -> Entry:
    """Whom the words are about, and the note.

    The first words name the clients and the rest is the note. Where quotes set the note apart, they can be nothing
    else. Without quotes, and in one argument that holds everything, they belong to the note if they answer to nobody;
    then the names are found in the note.

    Args:
        piped: the note, where it came in on stdin.
        new: whether those whom nobody answers to are added.

    Raises:
        NotFound: if nobody is named, or a name is misspelt, and nobody can be asked.
        Ambiguous: if it is not sure who was there, and nobody can be asked.
    """
    if piped is not None:
        if len(words) > 1:
            return Entry(who.several(here, words[0], new=new), piped)
        return _mentioned(here, piped, new=new) or Entry(_unnamed(here, piped, None, new=new), piped)
    note = " ".join(words).strip()
    if not note:
        raise NOTHING
    if len(words) == 1 and len(note.split()) > 1:
        return _one_argument(here, note, new=new)
    lead = names_first(here, words, new=new)
    parts = lookup.who(here.store, lead.names, here.today)
    if lead.rest and parts and any(len(word.split()) > 1 for word in words):
        return _set_apart(here, lead, [_tagged(here, part) for part in parts], note, new=new)
    return _unquoted(here, lead, parts, note, new=new)


def _one_argument(here: Session, note: str, *, new: bool) -> Entry:
    """Names alone, where each part between the commas can be one; else a whole note."""
    parts = lookup.who(here.store, note, here.today)
    missing = [part for part in parts if not part.candidates]
    if parts and not missing:
        return Entry(who.picked(here, parts), None)
    before = _leading(here, note)
    if before and not before[0].belongs_to_the_note:
        return Entry(who.picked(here, before[1]), note)
    names_somebody = len(missing) < len(parts)
    if not (names_somebody and all(map(_is_written_as_name, missing))):
        if entry := _mentioned(here, note, new=new):
            return entry
        if before:
            return Entry(who.picked(here, before[1]), note)
    if new and parts:
        return Entry(who.picked(here, parts, new=True), None)
    if names_somebody:
        return _misspelt(here, Lead(note, "", []), parts, note, new=new, apart=True)
    return Entry(_unnamed(here, note, None, new=new), note)


def _set_apart(here: Session, lead: Lead, parts: list[Named], note: str, *, new: bool) -> Entry:
    """Names, and a note that quotes set apart from them."""
    known = [bool(part.candidates) for part in parts]
    if new and not any(known):
        return Entry(who.picked(here, parts, new=True), _rest(lead, note))
    if not any(known) or lookup.is_text(parts[0]) or not (new or all(known)):
        return _misspelt(here, lead, parts, note, new=new, apart=True)
    return Entry(who.picked(here, parts, new=new), _rest(lead, note))


def _unquoted(here: Session, lead: Lead, parts: list[Named], note: str, *, new: bool) -> Entry:
    """Words of which nothing tells where the names end, or whether there are any before the note."""
    if not parts or ((lead.rest or len(parts) > 1) and lookup.is_text(parts[0])):
        return _mentioned(here, note, new=new) or Entry(_unnamed(here, note, None, new=new), note)
    if any(part.candidates for part in parts):
        if not (new or all(part.candidates for part in parts)):
            return _misspelt(here, lead, parts, note, new=new, apart=False)
        if stranger := _stranger(lead, parts, note):
            return _namesake(here, stranger, parts, lead, new=new)
        meant = parts[0] if _may_be_a_word(lead, parts) else None
        doubtful = (meant or lead.belongs_to_the_note) and _mentioned(here, note, new=new, lead=lead, meant=meant)
        return doubtful or Entry(who.picked(here, parts, new=new), _rest(lead, note))
    newcomer = Named(lead.names, ()) if new and lead.rest and lead.names.islower() else None
    if (newcomer or not new) and (entry := _mentioned(here, note, new=new, lead=lead, meant=newcomer)):
        return entry
    if new:
        return Entry(who.picked(here, parts, new=True), _rest(lead, note))
    if lead.rest and prompts.is_interactive() and (_is_near(here, lead) or not _guessed(here, note)):
        return _misspelt(here, lead, parts, note, new=new, apart=False)
    first = lead.names if lead.rest or " " not in note else None
    return Entry(_unnamed(here, note, first, new=new), note)


# --- the names before the note ----------------------------------------------------------------------------------------


def _leading(here: Session, note: str) -> tuple[Lead, list[Named]] | None:
    """The names before a colon or an `'s` with which a note begins, if each is somebody's own: `jane: wants a call`."""
    words = note.split()
    if not any(bare(word)[1] in (":", "'s") for word in words[:LEADING_WORDS]):
        return None
    lead = names_first(here, words[:LEADING_WORDS], new=False)
    parts = lookup.who(here.store, lead.names, here.today) if lead.mark in (":", "'s") else []
    sure = [any(goes_by(client, part.text) for client in part.candidates) for part in parts]
    return (lead, parts) if parts and all(sure) else None


LEADING_WORDS = 12
"""So many words at the start of a note are looked at for names before a colon."""


def _rest(lead: Lead, note: str) -> str | None:
    """The note without the names before it, unless they are words of it."""
    return note if lead.belongs_to_the_note else " ".join(lead.rest).strip() or None


def _tagged(here: Session, part: Named) -> Named:
    """The part with whom its `@name` fits, as in a note; WHO knows it as a handle only."""
    if part.candidates or not part.text.startswith("@"):
        return part
    found = lookup.mentioned(here.store, part.text, here.today)
    return Named(part.text, found.clients or tuple(one for each in found.unclear for one in each.candidates))


def _is_written_as_name(part: Named) -> bool:
    """Whether what answers to nobody may be a name all the same: one word, or words with capitals; no ordinary word."""
    words = part.text.split()
    return not lookup.is_text(part) and (len(words) == 1 or not any(word[0].islower() for word in words))


def _may_be_a_word(lead: Lead, parts: Sequence[Named]) -> bool:
    """Whether the name is only the beginning of one, or a later word, and may be the note's: `ad campaign`, `row`."""
    if len(parts) > 1 or not lead.rest or lead.mark or not lead.names.islower() or " " in lead.names:
        return False
    return not any(goes_by(client, lead.names) for client in parts[0].candidates)


def _stranger(lead: Lead, parts: Sequence[Named], note: str) -> str | None:
    """The whole name of another than the client whose first name it is: of Jane Doe's, `Jane Smith called`."""
    if len(parts) > 1 or lead.mark or " " in lead.names or not lead.names[0].isupper():
        return None
    surnames = [other_surname(note, client) for client in parts[0].candidates]
    return f"{lead.names} {surnames[0]}" if surnames and all(surnames) else None


def _namesake(here: Session, stranger: str, parts: Sequence[Named], lead: Lead, *, new: bool) -> Entry:
    """An entry that may be about somebody unknown who shares a first name: asked whether it is the client's."""
    rest = " ".join(lead.rest)
    if new:
        return Entry(who.picked(here, [Named(stranger, ())], new=True), " ".join(lead.rest[1:]) or None)
    if not prompts.is_interactive():
        names = [(client.ref.handle, client.ref.name) for client in parts[0].candidates]
        likely = f"did you mean {listed([name for _, name in names], 'or')}? c4l log {names[0][0]} NOTE"
        raise NotFound(f"no client answers to “{stranger}”", f"{likely}; --new adds one of that name", names)
    say(f"no client answers to “{stranger}”")
    return Entry(_confirmed(here, who.picked(here, parts), new=new), rest)


def _misspelt(here: Session, lead: Lead, parts: Sequence[Named], note: str, *, new: bool, apart: bool) -> Entry:
    """An entry one of whose first words answers to nobody: asked on a terminal who was meant.

    A word that was meant for a name does not stay in the note; one that was the note's does.

    Args:
        apart: whether quotes tell the names from the note.
    """
    missing = [part for part in parts if not part.candidates] or parts
    if not prompts.is_interactive():
        error = lookup.nobody(here.store, missing[0].text, here.today, can_add=not new)
        quotes = "if the note begins with it, put the whole note in quotes"
        raise NotFound(error.message, f"{error.hint}; {quotes}" if lead.rest else error.hint, error.candidates)
    _say_nobody(here, missing)
    people = ask_who(here, new=new)
    said = not _is_answered(lead, people) and (not apart or lookup.is_text(parts[0]))
    return Entry(people, note if said else _rest(lead, note))


def _is_near(here: Session, lead: Lead) -> bool:
    """Whether one of the first words may be a misspelt name."""
    return any(lookup.near(here.store, name, here.today) for name in split_names(lead.names))


def _is_answered(lead: Lead, people: Sequence[Known]) -> bool:
    """Whether the answer says whom the first words were meant for."""
    return any(nearest(name, people) for name in split_names(lead.names))


def _say_nobody(here: Session, parts: Iterable[Named]) -> None:
    for part in parts:
        error = lookup.nobody(here.store, part.text, here.today)
        near = ", ".join(name for _, name in error.candidates)
        say(f"{error.message}{f'; nearest: {near}' if near else ''}")


# --- names in a note --------------------------------------------------------------------------------------------------


def _mentioned(
    here: Session, note: str, *, new: bool, lead: Lead | None = None, meant: Named | None = None
) -> Entry | None:
    """The clients whom a note names, if it is sure that they were there; else whom somebody names when asked.

    Args:
        lead: the first words, where they may be names before the note.
        meant: the first word, where it is known already that it may be a name; then it is never sure.
    """
    found = lookup.mentioned(here.store, note, here.today)
    people = who.picked(here, [*found.unclear, *(Named(client.ref.name, (client,)) for client in found.clients)])
    if meant is not None and {client.ref.id for client in people} <= {each.ref.id for each in meant.candidates}:
        return None
    if not people:
        return None
    meant = meant or lookup.opening(here.store, note, found, here.today)
    if meant is None and found.together:
        return Entry(people, note)
    if not prompts.is_interactive():
        raise _in_doubt(found, people, meant)
    if meant is not None:
        say(_can_be(meant))
    people = _confirmed(here, people, new=new)
    answered = lead is not None and meant is not None and _is_answered(lead, people)
    return Entry(people, _rest(lead, note) if lead and answered else note)


def _confirmed(here: Session, people: tuple[Known, ...], *, new: bool) -> tuple[Known, ...]:
    """The clients, or others, as somebody says who is asked."""
    question = f"With {listed([client.ref.name for client in people])}? [Y/n/names]"
    answered = prompts.ask(question, otherwise=_UNASKED, default="")
    match answered.casefold():
        case "" | "y" | "yes":
            return people
        case "n" | "no":
            return ask_who(here, new=new)
        case _:
            return ask_who(here, answered, new=new)


def _can_be(meant: Named) -> str:
    names = [client.ref.name for client in meant.candidates] or ["somebody new"]
    return f"“{meant.text}” can be {listed(names, 'or')}"


def _in_doubt(found: Found, people: Sequence[Known], meant: Named | None) -> Ambiguous:
    """The refusal of a note that names clients who may not have been there."""
    named = listed([client.ref.name for client in people])
    handles = ",".join(client.ref.handle for client in people)
    hint = f"say first who it was with: c4l log {handles} NOTE"
    if meant is None:
        message = f"the note names {named}, and does not say who was there"
    else:
        message = f"{_can_be(meant)}, and the note names {named}"
        others = ",".join(client.ref.handle for client in meant.candidates[:1])
        hint += (
            f", or c4l log {others} NOTE" if others else f'; who is new stands apart: c4l log {meant.text} "NOTE" --new'
        )
    candidates = dict.fromkeys((*(meant.candidates if meant else ()), *people))
    return Ambiguous(message, hint, [(client.ref.handle, client.ref.name) for client in candidates])


def _guessed(here: Session, note: str) -> tuple[Known, ...]:
    """Those whose names a note has without a capital, or with a slip in its first word: to be asked about, no more."""
    found = lookup.mentioned(here.store, note, here.today, any_case=True)
    meant = lookup.opening(here.store, note, found, here.today)
    if meant is None:
        return found.clients
    return meant.candidates if not found.clients and len(meant.candidates) == 1 else ()


def _unnamed(here: Session, note: str, first: str | None, *, new: bool) -> tuple[Known, ...]:
    """Whom a note that names nobody is about: asked on a terminal.

    Args:
        first: the words of the note that may have been meant for a client.
    """
    guessed = _guessed(here, note) if note != first else ()
    if prompts.is_interactive():
        return _confirmed(here, guessed, new=new) if guessed else ask_who(here, new=new)
    if guessed and (first is None or not lookup.near(here.store, first, here.today)):
        names = [(client.ref.handle, client.ref.name) for client in guessed]
        likely = f"did you mean {listed([name for _, name in names])}?"
        handles = ",".join(handle for handle, _ in names)
        raise NotFound("the note names no client", f"{likely} c4l log {handles} NOTE", names)
    if first is None:
        raise NotFound("the note names no client", 'say first who it was with: c4l log jane "asked for the figures"')
    error = lookup.nobody(here.store, first, here.today, can_add=True)
    raise NotFound(f"{error.message}, and the note names no client", error.hint, error.candidates)


def ask_who(here: Session, said: str | None = None, *, new: bool) -> tuple[Known, ...]:
    """Ask until somebody is named, or is to be added.

    Args:
        said: who was named already, in answer to another question.
    """
    while True:
        text = said or prompts.ask("Who was it with?", otherwise=_UNASKED)
        parts, said = lookup.who(here.store, text, here.today), None
        missing = [part for part in parts if not part.candidates]
        if not new:
            _say_nobody(here, missing)
        question = f"Add {listed([part.text for part in missing])}?" if missing else ""
        if parts and (new or not missing or prompts.confirm(question, otherwise=_UNASKED)):
            return who.picked(here, parts, new=True)
