"""Searching: what the words of a text are, in any script, when all that is sought stands in it, and where.

Words are compared without accents and case. Scripts that set no spaces between words (Chinese, Japanese, Thai and their
neighbours) have a word for each character, so that a run of them is found wherever it stands.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from c4l.domain.names import in_word, name_key
from c4l.domain.terms import ClientRef

Phrase = tuple[str, ...]
"""What one sought word is made of (`e-mail` of two); its last part may be the beginning of a word."""

LONGEST = 500
"""Characters of what is sought: each of its words is looked for at every word of what is found."""

_BEFORE, _AFTER = 40, 160
_LEFT_OUT = "…"

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # marks that stand for a Chinese character
    (0x3040, 0x30FF),  # Japanese
    (0x3400, 0x4DBF),  # Chinese characters, rarer ones
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


class Sought(StrEnum):
    """What can be found."""

    interaction = "interaction"
    promise = "promise"
    fact = "fact"
    client = "client"


class Hit(NamedTuple):
    """A text in which everything sought stands.

    Attributes:
        number: of the promise or the interaction that it belongs to; None of a client, and of a fact learned in none.
        on: the day of the record; None where it has none, as another name of a client.
        what: the channel, the signal, `promise` or what happened to it, the kind of fact, `name` or `alias`.
    """

    kind: Sought
    number: int | None
    on: date | None
    clients: tuple[ClientRef, ...]
    what: str
    text: str


class Piece(NamedTuple):
    """A stretch of a text, and whether it is one of those that were sought."""

    text: str
    found: bool


class _Word(NamedTuple):
    """A word as it is compared, and where it stands."""

    key: str
    start: int
    end: int


class _Folds(dict[int, str]):
    """What each character is compared as: a space where it parts words, nothing where it is an accent."""

    def __missing__(self, code: int) -> str:
        # Between letters, so that an accent is not taken for a space.
        keys = name_key(f"a{chr(code)}a")[1:-1]
        folded = "".join(_kept(key) for key in keys)
        self[code] = folded
        return folded


def _kept(key: str) -> str:
    if not in_word(key):
        return " "
    return f" {key} " if any(first <= ord(key) <= last for first, last in _UNSPACED) else key


_FOLDS = _Folds()


def folded(text: str) -> str:
    """The words of a text as they are compared, spaces between them."""
    return _composed(text).translate(_FOLDS)


def placed(text: str) -> tuple[str, Sequence[tuple[str, int, int]]]:
    """The text with each letter and its accents as one character, and its words: as compared, from where, to where."""
    composed = _composed(text)
    return composed, _words(composed)


def phrases(sought: Iterable[str]) -> tuple[Phrase, ...]:
    """What is sought, a phrase for each word that was typed; none for one that is no word, as `&` or a smile."""
    typed = (folded(word).split() for text in sought for word in text.split())
    return tuple(dict.fromkeys(tuple(parts) for parts in typed if parts))


def holds(text: str, wanted: Sequence[Phrase]) -> bool:
    """Whether every phrase stands in the text."""
    words = _words(_composed(text))
    return all(any(_places(words, phrase)) for phrase in wanted)


def marked(text: str, wanted: Sequence[Phrase]) -> list[Piece]:
    """The text in pieces, the words that were sought marked."""
    text = _composed(text)
    words = _words(text)
    pieces, end = [], 0
    for start, stop in sorted(place for phrase in wanted for place in _places(words, phrase)):
        if stop <= end:
            continue
        start = max(start, end)
        pieces += [Piece(text[end:start], False), Piece(text[start:stop], True)]
        end = stop
    pieces.append(Piece(text[end:], False))
    return [piece for piece in pieces if piece.text]


def excerpt(pieces: Sequence[Piece]) -> list[Piece]:
    """The part of a long text that shows its first marked word; all of a short one."""
    if sum(len(piece.text) for piece in pieces) <= _BEFORE + _AFTER:
        return list(pieces)
    first = next((place for place, piece in enumerate(pieces) if piece.found), 0)
    before = "".join(piece.text for piece in pieces[:first])
    shown = [Piece(_ending(before), False)] if before else []
    room = _AFTER
    for piece in pieces[first:]:
        shown.append(piece if len(piece.text) <= room else Piece(_beginning(piece.text, room), piece.found))
        room -= len(piece.text)
        if room <= 0:
            break
    return shown


def _ending(text: str) -> str:
    if len(text) <= _BEFORE:
        return text
    kept = text[-_BEFORE:]
    # From a word's beginning on, where there is one.
    return _LEFT_OUT + (kept.partition(" ")[2] or kept)


def _beginning(text: str, room: int) -> str:
    kept = text[:room]
    return (kept.rpartition(" ")[0] or kept) + _LEFT_OUT


def _words(text: str) -> list[_Word]:
    """The words of a composed text; those of `folded`, with their places."""
    words: list[_Word] = []
    key, start, end = "", 0, 0
    for place, char in enumerate(text):
        for part in _FOLDS[ord(char)]:
            if part != " ":
                key, start, end = key + part, start if key else place, place + 1
            elif key:
                words.append(_Word(key, start, end))
                key = ""
        if key and not _FOLDS[ord(char)]:
            end = place + 1
    return [*words, _Word(key, start, end)] if key else words


def _places(words: Sequence[_Word], phrase: Phrase) -> Iterator[tuple[int, int]]:
    """Where a phrase stands: from the start of its first word to the end of its last."""
    *whole, last = phrase
    for at in range(len(words) - len(whole)):
        end = words[at + len(whole)]
        if end.key.startswith(last) and [word.key for word in words[at : at + len(whole)]] == whole:
            yield words[at].start, end.end


def _composed(text: str) -> str:
    """The text with each letter and its accents as one character, however it was typed."""
    if text.isascii():
        return text
    import unicodedata

    return unicodedata.normalize("NFC", text)
