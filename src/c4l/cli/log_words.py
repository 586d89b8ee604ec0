"""Whom the words behind `c4l log` are about, and which of them are the note.

Trust goes to whoever is found here, so they must be sure: a first word that may be a slip of the finger is not read as
the note's, and of several who are named in one sentence nobody knows who was there.
"""

from collections.abc import Sequence
from typing import NamedTuple

from c4l.actions import who as lookup
from c4l.cli import prompts, who
from c4l.cli.answer import say
from c4l.cli.session import Session
from c4l.domain.errors import Ambiguous, NotFound, WrongUse
from c4l.domain.mentions import Found
from c4l.domain.names import Known, Named, listed, nearest, split_names

NAME_WORDS = 4
"""The most words, unquoted, that are tried as one whole name."""

NOTHING = WrongUse("there is nothing to log", 'say who and what: c4l log jane "asked for the figures"')

_UNASKED = WrongUse("nobody is there to be asked", "say it on the command line")


class Entry(NamedTuple):
    """Whom an entry is about, and what happened; None where that is still to be asked."""

    people: tuple[Known, ...]
    note: str | None


def read(here: Session, words: list[str], piped: str | None, *, new: bool) -> Entry:
    """Whom the words are about, and the note.

    The first word names the clients and the rest is the note. Where quotes set the note apart, it can be nothing else.
    Without them it belongs to the note if it answers to nobody and comes near to nobody; then the names are found in
    the note.

    Args:
        piped: the note, where it came in on stdin.
        new: whether those whom nobody answers to are added.

    Raises:
        NotFound: if nobody is named, or a name is misspelt, and nobody can be asked.
        Ambiguous: if it is not sure who was there, and nobody can be asked.
    """
    first, rest = _names_first(here, words)
    if piped is not None:
        if rest:
            return Entry(who.several(here, first, new=new), piped)
        return Entry(_mentioned(here, piped, new=new) or _unnamed(here, None, new=new), piped)
    parts = lookup.who(here.store, first, here.today)
    note = " ".join(words).strip()
    if not note:
        raise NOTHING
    quoted = bool(parts and rest) and any(len(word.split()) > 1 for word in words)
    if quoted:
        parts = [_tagged(here, part) for part in parts]
    known = any(part.candidates for part in parts)
    everyday = bool(rest) and lookup.is_text(first, parts)
    if (known and not everyday) or (new and not known and parts and rest and (quoted or not everyday)):
        return Entry(who.picked(here, parts, new=new), " ".join(rest).strip() or None)
    if quoted or (rest and not everyday and _near(here, parts)):
        return _misspelt(here, words, rest, parts, new=new)
    if people := _mentioned(here, note, new=new):
        return Entry(people, note)
    if new and parts and not rest:
        return Entry(who.picked(here, parts, new=True), None)
    if parts and rest and not everyday and prompts.is_interactive():
        return _misspelt(here, words, rest, parts, new=new)
    return Entry(_unnamed(here, first if rest or " " not in note else None, new=new), note)


def _names_first(here: Session, words: list[str]) -> tuple[str, list[str]]:
    """The words that name the clients, and the rest.

    That is the first word, and what follows a comma at its end, or that and an `and`; and as many more as make a
    client's whole name, so that `jane doe asked` is Jane Doe's.
    """
    last = next((place for place, word in enumerate(words) if not word.endswith(",")), len(words) - 1)
    if 0 < last < len(words) - 1 and words[last].casefold() == "and":
        last += 1
    size = lookup.whole_name(here.store, words[last : last + NAME_WORDS])
    end = last + max(1, size)
    return " ".join(words[:end]), words[end:]


# --- a first word that answers to nobody ------------------------------------------------------------------------------


def _near(here: Session, parts: Sequence[Named]) -> bool:
    """Whether a part that answers to nobody is near to somebody's name; an `@name` in a note counts by itself."""
    typed = [part.text for part in parts if not part.text.startswith("@")]
    return any(lookup.nobody(here.store, text, here.today).candidates for text in typed)


def _tagged(here: Session, part: Named) -> Named:
    """The part with whom its `@name` fits, as in a note; WHO knows it as a handle only."""
    if part.candidates or not part.text.startswith("@"):
        return part
    found = lookup.mentioned(here.store, part.text, here.today)
    return Named(part.text, found.clients or tuple(one for each in found.unclear for one in each.candidates))


def _misspelt(here: Session, words: list[str], rest: list[str], parts: Sequence[Named], *, new: bool) -> Entry:
    """An entry whose first word answers to nobody: asked on a terminal who was meant.

    A word that was meant for a name does not stay in the note; one that was the note's does.
    """
    if not prompts.is_interactive():
        error = lookup.nobody(here.store, parts[0].text, here.today, can_add=not new)
        quotes = "if the note begins with it, put the whole note in quotes"
        raise NotFound(error.message, f"{error.hint}; {quotes}", error.candidates)
    _say_nobody(here, parts)
    people = ask_who(here, new=new)
    first = " ".join(words[: len(words) - len(rest)])
    meant = any(nearest(name, people) for name in split_names(first))
    said = not meant and (lookup.is_text(first, parts) or not any(len(word.split()) > 1 for word in words))
    return Entry(people, " ".join(words if said else rest).strip() or None)


def _say_nobody(here: Session, parts: Sequence[Named]) -> None:
    for part in parts:
        error = lookup.nobody(here.store, part.text, here.today)
        near = ", ".join(name for _, name in error.candidates)
        say(f"{error.message}{f'; nearest: {near}' if near else ''}")


# --- names in a note --------------------------------------------------------------------------------------------------


def _mentioned(here: Session, note: str, *, new: bool) -> tuple[Known, ...]:
    """The clients whom a note names, if it is sure that they were there; else whom somebody names when asked."""
    found = lookup.mentioned(here.store, note, here.today)
    people = who.picked(here, [*found.unclear, *(Named(client.ref.name, (client,)) for client in found.clients)])
    if not people:
        return ()
    meant = lookup.opening(here.store, note, found, here.today)
    if meant is None and found.together:
        return people
    if not prompts.is_interactive():
        raise _in_doubt(found, people, meant)
    if meant is not None:
        say(_can_be(meant))
        return ask_who(here, new=new)
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
    return f"“{meant.text}” can be {listed([client.ref.name for client in meant.candidates], 'or')}"


def _in_doubt(found: Found, people: Sequence[Known], meant: Named | None) -> Ambiguous:
    """The refusal of a note that names clients who may not have been there."""
    named = listed([client.ref.name for client in people])
    if meant is not None:
        message, likely = f"{_can_be(meant)}, and the note names {named}", meant.candidates[:1]
    else:
        message, likely = f"the note names {named}, and does not say who was there", tuple(people)
    candidates = dict.fromkeys((*(meant.candidates if meant else ()), *people))
    return Ambiguous(
        message,
        f"say first who it was with: c4l log {','.join(client.ref.handle for client in likely)} NOTE",
        [(client.ref.handle, client.ref.name) for client in candidates],
    )


def _unnamed(here: Session, first: str | None, *, new: bool) -> tuple[Known, ...]:
    """Whom a note that names nobody is about: asked on a terminal.

    Args:
        first: the word of the note that may have been meant for a client.
    """
    if prompts.is_interactive():
        return ask_who(here, new=new)
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
