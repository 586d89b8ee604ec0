"""Who is meant: the keys under which names are stored and compared, handles, and the clients that a typed word fits.

Nothing here looks anybody up. The caller brings the candidates, too many rather than too few, and is told
which of them are meant.
"""

import itertools
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from c4l.domain.errors import WrongUse
from c4l.domain.terms import ClientRef, Detail

HANDLE_LENGTH = 40

LONGEST = 200
"""Characters of a name, an address or any other single line about a client: more is a note, or a mistake."""

LONGEST_TEXT = 100_000
"""Characters of a note or any other text: a chapter of a book. More is a file, and has its place elsewhere."""

_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), " ")

# Marks of these classes are no accents: without them the letters of Hindi and Japanese are other letters.
_PART_OF_LETTER = 9

# What a keyboard without these letters types instead; Unicode does not take them apart.
_LETTERS = str.maketrans("łŁøØđĐðÐħĦŧŦı’ʼ‘", "lLoOdDdDhHtTi'''") | str.maketrans(
    {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th"}
)


class Known(NamedTuple):
    """A client as matching sees it.

    Attributes:
        keys: the `name_key` of the name, of the handle and of every alias.
    """

    ref: ClientRef
    keys: tuple[str, ...]
    archived: bool = False

    @classmethod
    def of(cls, ref: ClientRef, aliases: Iterable[str] = (), *, archived: bool = False) -> "Known":
        """A client with the keys that its names make."""
        names = (ref.name, ref.handle, *aliases)
        return cls(ref, tuple(dict.fromkeys(map(name_key, names))), archived)


class Named(NamedTuple):
    """Words that stand for a client, and whom they fit: one is an answer, several a question, none a miss."""

    text: str
    candidates: tuple[Known, ...]


def plain(text: str) -> str:
    """The text without accents and invisible characters, its spaces collapsed; its case stays."""
    if not text.isascii():
        import unicodedata

        bare = unicodedata.normalize("NFKD", text.translate(_CONTROLS)).translate(_LETTERS)
        kept = (c for c in bare if unicodedata.combining(c) <= _PART_OF_LETTER and unicodedata.category(c) != "Cf")
        text = unicodedata.normalize("NFC", "".join(kept))
    return " ".join(text.translate(_CONTROLS).split())


def name_key(text: str) -> str:
    """The form in which names are stored for searching, sorting and comparing: `Åsa  Strauß` is `asa strauss`."""
    return plain(plain(text).casefold())


def detail_key(detail: Detail, value: str) -> str:
    """What two spellings of a name, an address, a number or a tag share; empty where the value says nothing."""
    match detail:
        case Detail.email:
            return value.strip().casefold()
        case Detail.phone:
            digits = "".join(char for char in value if char.isdecimal() or char == "+")
            return digits.removeprefix("+").removeprefix("00") or name_key(value)
        case _:
            return name_key(value)


def in_word(char: str) -> bool:
    """Whether a character belongs to a word of any script; many scripts write vowels as marks."""
    if char.isalnum():
        return True
    if char.isascii():
        return False
    import unicodedata

    return unicodedata.category(char).startswith("M")


def check_readable(name: str) -> None:
    """See that a name is more than bytes of the command line that are no text.

    Raises:
        WrongUse: if nothing of it can be read.
    """
    if not any(char != "\ufffd" and not "\ud800" <= char <= "\udfff" for char in plain(name) if not char.isspace()):
        raise WrongUse(
            "nothing of this name can be read: it is no UTF-8", "set the terminal to UTF-8, and say it again"
        )


def handle_base(name: str) -> str:
    """The handle that a name asks for: `Jane Doe` makes `jane-doe`.

    Never empty and never without a letter, and never like the number of a promise (`14`) or of an interaction (`i88`),
    so that no argument can mean both.
    """
    hyphened = "".join(char if in_word(char) else " " for char in name_key(name))
    handle = "-".join(hyphened.split())[:HANDLE_LENGTH].rstrip("-")
    if not handle:
        return "client"
    if not any(map(str.isalpha, handle)) or (handle[0] == "i" and handle[1:].isdigit()):
        return f"client-{handle}"[:HANDLE_LENGTH].rstrip("-")
    return handle


def handles_like(base: str) -> Iterator[str]:
    """`base`, `base-2`, `base-3` and so on, without end."""
    yield base
    yield from (f"{base}-{count}" for count in itertools.count(2))


def free_handle(base: str, taken: Container[str]) -> str:
    """The first of `handles_like(base)` that nobody has."""
    return next(handle for handle in handles_like(base) if handle not in taken)


def search_words(part: str) -> str:
    """The longest word typed, as a key: what a store narrows the candidates with.

    Every client that `match` can find for the part has a key with a word that begins with it; words are what spaces
    part, so that a store can ask for them. Of one longer than any name its beginning will do: the rest is looked at
    by `match`, and no store takes a pattern of every length.
    """
    return max(name_key(part).split(), key=len, default="")[:LONGEST]


def match(part: str, known: Iterable[Known]) -> list[Known]:
    """The clients that a typed part can mean, each once.

    A whole name, alias or handle beats the beginnings of words: `jane d` means Jane Doe, and so does `doe`, but `ann`
    is never Joanna. An archived client is meant only where no active one fits as well. `@bob` is the handle alone: so
    Bob can be told from another Bob, whose handle is `bob-2`.
    """
    if part.lstrip().startswith("@"):
        handle = name_key(part.lstrip()[1:])
        if named := [client for client in known if name_key(client.ref.handle) == handle]:
            return named
    key = name_key(part)
    if not key:
        return []
    book = list({client.ref.id: client for client in known}.values())
    exact = [client for client in book if key in client.keys]
    if exact:
        return active_first(exact)
    typed = key.split()
    return active_first([client for client in book if any(begins(typed, own) for own in client.keys)])


def active_first(clients: list[Known]) -> list[Known]:
    """The active ones; where there are none, the archived ones."""
    return [client for client in clients if not client.archived] or clients


def begins(typed: list[str], key: str) -> bool:
    """Whether every typed word begins a different word of the key, in order (the iterator never goes back)."""
    words = iter(key.split())
    return all(any(word.startswith(start) for word in words) for start in typed)


def split_names(text: str) -> list[str]:
    """The parts between commas, trimmed, without empty ones; the last may begin with `and`, as lists do."""
    pieces = [piece for part in text.split(",") if (piece := part.strip())]
    if len(pieces) > 1 and (end := pieces[-1].split(None, 1))[0].casefold() == "and" and len(end) > 1:
        pieces[-1] = end[1]
    return pieces


def resolve(text: str, known: Sequence[Known]) -> list[Named]:
    """Who is meant by WHO, part by part: the whole as one name first, then what stands between commas.

    A name that holds commas itself is found among others, too: `Acme, Inc., Jane` are two clients.

    Args:
        text: what was typed.
        known: at least everybody that `search_words` finds for one of `split_names(text)`.
    """
    whole = name_key(text)
    if any(whole in client.keys for client in known):
        return [Named(text.strip(), tuple(match(text, known)))]
    names = {key for client in known for key in client.keys}
    longest = 1 + max((key.count(",") for key in names), default=0)
    pieces, parts, start = split_names(text), list[Named](), 0
    while start < len(pieces):
        runs = (", ".join(pieces[start : start + size]) for size in range(longest, 1, -1))
        part = next((run for run in runs if name_key(run) in names), pieces[start])
        parts.append(Named(part, tuple(match(part, known))))
        start += len(split_names(part))
    return parts


def listed(words: Sequence[str], joined: str = "and") -> str:
    """The words as a sentence has them: `Jane Doe, Bob Stone and Omar Lund`."""
    return f" {joined} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def nearest(part: str, known: Iterable[Known], n: int = 3) -> list[Known]:
    """The clients whose names come closest to one that was not found, best first; none where nothing is close."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(autojunk=False)
    key = name_key(part)[:HANDLE_LENGTH]
    matcher.set_seq2(key)
    alike = 0.5 if len(key) == 2 and key.isalpha() else 0.6  # one wrong letter of two

    def likeness(name: str) -> float:
        matcher.set_seq1(name[:HANDLE_LENGTH])
        # The two quick ratios are upper bounds: on a book of thousands they spare nearly all of the work.
        if matcher.real_quick_ratio() < alike or matcher.quick_ratio() < alike:
            return 0
        return matcher.ratio()

    def best(client: Known) -> float:
        return max(likeness(name) for key in client.keys for name in {key, *key.split()})

    scored = [(best(client), client) for client in known]
    close = [(score, client) for score, client in scored if score >= alike]
    close.sort(key=lambda row: (-row[0], row[1].archived, row[1].keys[0], row[1].ref.id))
    return list({client.ref.id: client for _, client in close}.values())[:n]


_MARKS = (",", ":", "'s", "’s")


def bare(word: str) -> tuple[str, str]:
    """A word without the mark behind it, and the mark: a comma, a colon, or the `'s` of what is somebody's."""
    for mark in _MARKS:
        if word.endswith(mark) and len(word) > len(mark):
            return word.removesuffix(mark), mark.replace("’", "'")
    return word, ""


def goes_by(client: Known, word: str) -> bool:
    """Whether a word is the handle, the first word or the whole of a name of the client, and no mere part of it."""
    key = name_key(word.removeprefix("@"))
    return any(key and key in (own, own.split()[0]) for own in client.keys if own)


def slipped(word: str, known: Iterable[Known]) -> tuple[Known, ...]:
    """The clients one of whose names has the word in it, in any case, or one that a slip of the finger makes of it."""
    key = name_key(word)
    return tuple(client for client in known if any(_one_slip(key, own) for name in client.keys for own in name.split()))


def _one_slip(typed: str, meant: str) -> bool:
    """Whether a word is another one, or that with one letter changed, added or left out, or two neighbours swapped."""
    if abs(len(typed) - len(meant)) > 1 or min(len(typed), len(meant)) < 2:
        return typed == meant
    alike = next((place for place, pair in enumerate(zip(typed, meant, strict=False)) if pair[0] != pair[1]), -1)
    if alike < 0:
        return True
    one, other = typed[alike:], meant[alike:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]
