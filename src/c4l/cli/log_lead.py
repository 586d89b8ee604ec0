"""The names with which a line of `c4l log` begins, as far as they go: `jane doe, bob and will came by`.

They are read word by word, for nothing but the words themselves tells where the names end and the note begins.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from c4l.actions import who as lookup
from c4l.cli.session import Session
from c4l.domain.mentions import JOINING
from c4l.domain.names import bare

NAME_WORDS = 4
"""The most words, unquoted, that are tried as one whole name."""

_INSIDE = re.compile(r"[/&+]")
_SHORTEST = 3  # letters of a word that may be a misspelt name in a list


class Lead(NamedTuple):
    """The names at the start of a line, with commas between them.

    Attributes:
        mark: what ends them: a colon, or the `'s` of what is somebody's; else nothing.
        rest: the words behind them.
    """

    names: str
    mark: str
    rest: list[str]

    @property
    def belongs_to_the_note(self) -> bool:
        """Whether the names are words of the note as well: `jane's assistant called`."""
        return self.mark == "'s"


def names_first(here: Session, words: Sequence[str], *, new: bool) -> Lead:
    """The words that name the clients, and the rest.

    That is the first word, or as many as make a client's whole name; and what a comma adds to it, or an `and` with
    somebody behind it.

    Args:
        new: whether those whom nobody answers to are added, so that an `and` may follow one of them.
    """
    names, place = list[str](), 0
    while True:
        name, mark, place = _name(here, words, place)
        names.append(name)
        following = None if mark in (":", "'s") else _next(here, words, place, names[0], comma=mark == ",", new=new)
        if following is None:
            return Lead(", ".join(names), mark, list(words[place:]))
        place = following


def _name(here: Session, words: Sequence[str], place: int) -> tuple[str, str, int]:
    """The name that begins at a word, the mark behind it, and the place of the word that follows."""
    size, whole = lookup.whole_name(here.store, words[place : place + NAME_WORDS])
    if size:
        said = " ".join(words[place : place + size])
        return whole, bare(said)[1] if said != whole else "", place + size
    word, mark = bare(words[place])
    if mark == "'s" and lookup.is_called(here.store, words[place], here.today):
        word, mark = words[place], ""
    pieces = _INSIDE.split(word)
    if len(pieces) > 1 and all(_is_called(here, piece) for piece in pieces):
        word = ", ".join(pieces)
    return word, mark, place + 1


def _next(here: Session, words: Sequence[str], place: int, first: str, *, comma: bool, new: bool) -> int | None:
    """Where the next name of the list begins; None where the list ends."""
    joined = words[place].casefold().rstrip(",") if place < len(words) else ""
    start = place + (joined in JOINING)
    if start >= len(words):
        return None
    if comma:
        return None if _is_text(here, words[start]) else start
    if start == place or not (_is_called(here, first) or (new and joined != "with")):
        return None
    return start if _is_meant(here, words[start]) else None


def _is_called(here: Session, word: str) -> bool:
    """Whether somebody goes by a word; of several names, by the first of them."""
    return lookup.is_called(here.store, bare(word.split(",")[0])[0], here.today)


def _is_meant(here: Session, word: str) -> bool:
    """Whether a word behind an `and` is somebody, or somebody misspelt: who is dropped there, is lost."""
    name, _ = bare(word)
    named = lookup.who(here.store, name, here.today)
    if _is_called(here, name):
        return True
    misspelt = len(name) >= _SHORTEST and not any(map(lookup.is_text, named))
    return misspelt and bool(lookup.near(here.store, name, here.today))


def _is_text(here: Session, word: str) -> bool:
    """Whether what stands behind a comma is the note's: several words in quotes, or one that opens a sentence."""
    parts = lookup.who(here.store, bare(word)[0], here.today)
    if len(word.split()) > 1 and not any(part.candidates for part in parts):
        return True
    return any(map(lookup.is_text, parts[:1]))
