"""Whom the user means, asked on a terminal where it is not clear, and refused elsewhere."""

from collections.abc import Sequence
from typing import NamedTuple

from c4l.actions import who as actions
from c4l.cli import prompts
from c4l.cli.session import Session
from c4l.domain.errors import WrongUse
from c4l.domain.names import Known, Named
from c4l.domain.terms import ClientRef


class People(NamedTuple):
    """The clients that were named, in the order in which they were.

    Attributes:
        new: names that nobody answers to, to be added.
    """

    known: tuple[Known, ...]
    new: tuple[str, ...] = ()


def one(here: Session, text: str) -> ClientRef:
    """The one client that is meant.

    Raises:
        NotFound: if nobody answers to that.
        Ambiguous: if several do, and nobody can be asked which.
        WrongUse: if several clients were named.
    """
    parts = actions.who(here.store, text, here.today)
    if len(parts) > 1:
        raise WrongUse(f"“{text}” names {len(parts)} clients", "this takes one client at a time")
    return _chosen(here, parts[0] if parts else Named(text, ())).ref


def several(here: Session, text: str, *, new: bool = False) -> People:
    """The clients that are meant.

    Args:
        new: whether names that nobody answers to are to be added.
    """
    return picked(here, actions.who(here.store, text, here.today), new=new)


def picked(here: Session, parts: Sequence[Named], *, new: bool = False) -> People:
    """One client for each part: asked for where several fit; each client once."""
    wanted = [part.text for part in parts if new and not part.candidates]
    known = [_chosen(here, part) for part in parts if part.candidates or not new]
    return People(tuple({client.ref.id: client for client in known}.values()), tuple(dict.fromkeys(wanted)))


def _chosen(here: Session, named: Named) -> Known:
    if len(named.candidates) > 1 and prompts.is_interactive():
        options = [f"{client.ref.name} ({client.ref.handle})" for client in named.candidates]
        refusal = actions.unclear(named.text, [client.ref for client in named.candidates])
        return named.candidates[prompts.choose(f"Which {named.text}?", options, otherwise=refusal)]
    return actions.the_one(here.store, named, here.today)
