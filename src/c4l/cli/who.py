"""Whom the user means, asked on a terminal where it is not clear, and refused elsewhere.

What a command may do about names that nobody answers to is its `new`: None where it cannot add anybody, False where
`--new` would have, True where `--new` was given.
"""

from collections.abc import Iterable

from c4l.actions import who as actions
from c4l.cli import prompts
from c4l.cli.session import Session
from c4l.domain import entry
from c4l.domain.errors import WrongUse
from c4l.domain.names import Known, Named, name_key
from c4l.domain.terms import ClientRef


def one(here: Session, text: str, *, new: bool | None = None) -> ClientRef:
    """The one client that is meant; of one to be added, what stands for them until then.

    Raises:
        NotFound: if nobody answers to that.
        Ambiguous: if several do, and nobody can be asked which.
        WrongUse: if several clients were named.
    """
    parts = _parts(here, text)
    if len(parts) > 1:
        raise WrongUse(f"“{text}” names {len(parts)} clients", "this takes one client at a time")
    [known] = picked(here, parts, new=new)
    return known.ref


def several(here: Session, text: str, *, new: bool | None = None) -> tuple[Known, ...]:
    """The clients that are meant, at least one, in the order in which they were named.

    Raises:
        NotFound: if nobody answers to one of the names.
        Ambiguous: if several do, and nobody can be asked which.
    """
    return picked(here, _parts(here, text), new=new)


def picked(here: Session, parts: Iterable[Named], *, new: bool | None = None) -> tuple[Known, ...]:
    """One client for each part: asked for where several fit; each client once."""
    people: dict[int | str, Known] = {}
    for place, part in enumerate(parts):
        if new and not part.candidates:
            people.setdefault(name_key(part.text), Known.of(actions.newcomer(place, part.text)))
        else:
            client = _chosen(here, part, can_add=new is not None)
            people.setdefault(client.ref.id, client)
    return tuple(people.values())


def _parts(here: Session, text: str) -> list[Named]:
    """The parts of WHO; where there is nothing between the commas, the text itself, which fits nobody."""
    return actions.who(here.store, text, here.today) or [Named(text, ())]


def _chosen(here: Session, named: Named, *, can_add: bool) -> Known:
    if len(named.candidates) > 1 and prompts.is_interactive():
        options = [f"{client.ref.name} ({client.ref.handle})" for client in named.candidates]
        refusal = actions.unclear(named.text, [client.ref for client in named.candidates])
        return named.candidates[prompts.choose(f"Which {named.text}?", options, otherwise=refusal)]
    return actions.the_one(here.store, named, here.today, can_add=can_add)


def refuse_strangers(here: Session, texts: Iterable[str], people: Iterable[Known]) -> None:
    """See that nobody of the book stands before a colon who is not of the entry: it would be another's promise.

    Raises:
        WrongUse: if somebody does.
    """
    named = entry.names_of(people)
    for text in texts:
        words = entry.foreign(text)
        if words is None or named(words) is not None:
            continue
        found = [client for part in actions.who(here.store, words, here.today) for client in part.candidates]
        stranger = entry.names_of(found)(words) if found else None
        if stranger is not None:
            raise WrongUse(
                f"“{words}:” names {stranger.name}, who is not of this entry",
                "name everybody first, with commas; or leave the colon out, if it is only text",
            )
