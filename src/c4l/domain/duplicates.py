"""Who may be in the book twice: clients of one name, of one address, or of names that one slip of a key sets apart.

Nobody is compared with everybody: clients meet only under something that they share.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from c4l.domain.names import name_key
from c4l.domain.terms import ClientRef, Detail

SHARED_BY = 3
"""An address of more clients than these is that of a house, and says nothing of who is who."""

COMPARED = 10
"""With so many others under one spelling is each name compared: a book of thousands of like names stays quick."""

_SHORTEST = 4
"""Letters of the longer of two words that a slip may set apart: of shorter ones, nearly all are names of their own."""


class Named(NamedTuple):
    """A client as compared with others.

    Attributes:
        key: the `name_key` of the name.
        aliases: the keys of other names, as far as they are the name of somebody.
        points: addresses and numbers: kind, as written, key.
    """

    ref: ClientRef
    key: str
    organisation: str | None = None
    aliases: tuple[str, ...] = ()
    points: tuple[tuple[Detail, str, str], ...] = ()


class Pair(NamedTuple):
    """Two clients who may be one, the one who was there first before the other, and what they share."""

    first: ClientRef
    second: ClientRef
    shared: tuple[str, ...]


def duplicates(clients: Sequence[Named]) -> list[Pair]:
    """Pairs of one name, of a name that the other has as an alias, or of one address."""
    by_number = {client.ref.id: client for client in clients}
    found: dict[tuple[int, int], list[str]] = {}
    for one, other, what in _sharing(clients):
        if one.ref.id != other.ref.id and not _house(one, other, what):
            shared = found.setdefault(_ordered(one, other), [])
            if what not in shared:
                shared.append(what)
    return [
        Pair(by_number[first].ref, by_number[second].ref, tuple(shared))
        for (first, second), shared in sorted(found.items())
    ]


SAME_NAME = "the same name"


def _sharing(clients: Iterable[Named]) -> Iterator[tuple[Named, Named, str]]:
    names: dict[str, Named] = {}
    for client in clients:
        if client.key in names:
            yield names[client.key], client, SAME_NAME
        else:
            names[client.key] = client
    points: defaultdict[tuple[Detail, str], list[tuple[Named, str]]] = defaultdict(list)
    for client in clients:
        for alias in client.aliases:
            if alias in names:
                yield names[alias], client, f"“{names[alias].ref.name}” as another name"
        for kind, value, key in client.points:
            points[kind, key].append((client, value))
    for there in points.values():
        if len(there) <= SHARED_BY:
            for (one, _), (other, value) in combinations(there, 2):
                yield one, other, value


def _house(one: Named, other: Named, what: str) -> bool:
    """Whether one works for the other: a firm and its people may well have one telephone."""
    if what == SAME_NAME:
        return False
    return name_key(one.organisation or "") == other.key or name_key(other.organisation or "") == one.key


def _ordered(one: Named, other: Named) -> tuple[int, int]:
    return min(one.ref.id, other.ref.id), max(one.ref.id, other.ref.id)


def near_names(clients: Iterable[Named]) -> list[Pair]:
    """Pairs whose names have the same words in another order, or one word that a slip of a key makes the other.

    A slip leaves a letter out, doubles or adds one, takes a wrong one or the next two the wrong way round; it spares
    the first letter, and digits: `Branch 1` and `Branch 2` are two on purpose. Who has an address where the other has
    another is somebody else.
    """
    found: dict[tuple[int, int], Pair] = {}
    met: defaultdict[tuple[str, ...], list[tuple[Named, list[str]]]] = defaultdict(list)
    for client in clients:
        words = _words(client.key)
        for spelling in _spellings(words):
            there = met[spelling]
            for other, their_words in there[-COMPARED:]:
                if other.key != client.key and (what := _slip(their_words, words)) and not _apart(other, client):
                    found.setdefault(_ordered(other, client), Pair(other.ref, client.ref, (what,)))
            there.append((client, words))
    return [found[key] for key in sorted(found)]


def _apart(one: Named, other: Named) -> bool:
    """Whether both have addresses of a kind, and none in common."""
    return any(
        mine and theirs and mine.isdisjoint(theirs)
        for mine, theirs in ((_keys(one, kind), _keys(other, kind)) for kind in (Detail.email, Detail.phone))
    )


def _keys(client: Named, wanted: Detail) -> set[str]:
    return {key for kind, _, key in client.points if kind is wanted}


def _words(key: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in key).split()


def _spellings(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Under what a name is filed: its words in any order, and each time with one letter of one word left out."""
    yield tuple(sorted(words))
    seen = set()
    for place, word in enumerate(words):
        if len(word) >= _SHORTEST - 1:
            for bare in _shortened(word):
                spelling = (str(place), *words[:place], bare, *words[place + 1 :])
                if spelling not in seen:
                    seen.add(spelling)
                    yield spelling


def _shortened(word: str) -> Iterator[str]:
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(1, len(word)) if not word[at].isdigit())


def _slip(one: Sequence[str], other: Sequence[str]) -> str:
    """What sets two names apart, where it is no more than a slip."""
    if sorted(one) == sorted(other):
        return "the same words"
    different = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    if len(one) != len(other) or len(different) != 1:
        return ""
    [(left, right)] = different
    longer, shorter = (left, right) if len(left) >= len(right) else (right, left)
    return "nearly the same name" if len(longer) >= _SHORTEST and _one_edit(longer, shorter) else ""


def _one_edit(longer: str, shorter: str) -> bool:
    """Whether one letter behind the first makes one word the other, or two that stand side by side do."""
    at = next((place for place, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter))
    if at == 0 or any(char.isdigit() for char in (*longer[at : at + 1], *shorter[at : at + 1])):
        return False
    if len(longer) > len(shorter):
        return longer[at + 1 :] == shorter[at:]
    swapped = longer[at : at + 2] == shorter[at : at + 2][::-1] and longer[at + 2 :] == shorter[at + 2 :]
    return swapped or longer[at + 1 :] == shorter[at + 1 :]
