"""Which clients a note names, where nobody said it: full names, `@name`, and first names that cannot be anything else.

The store looks up `note_candidates` and brings back whom they find; `names_in` then decides. A name that is missed
costs a question, a wrong one lifts the wrong client: what is in doubt is not found.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from c4l.domain.everyday import CALENDAR, EVERYDAY, ORDINARY
from c4l.domain.names import Known, Named, active_first, in_word, name_key, plain

NAME_WORDS = 6
"""The most words that a full name found in a note has."""

_LEADS = "by each early end every in last late mid next of on since this till until during"
_BEFORE_A_TIME = frozenset(_LEADS.split())
# What may stand between two words of one sentence.
_WITHIN_A_SENTENCE = " \t\u00a0,،、&/+"
JOINING = frozenset(("and", "with", "&", "+", "/"))
"""What makes a list of the names before and behind it."""


_CONTRACTIONS = frozenset(("i'm", "i'll", "i've", "i'd"))


class Found(NamedTuple):
    """Whom a note names.

    Attributes:
        clients: each once, in the order of appearance.
        unclear: full names and `@name`s that fit several clients, and `@name`s that fit none.
        together: whether the note says that all of them were there: `Jane, Bob and Ann`; of `Tom will ask Bob` it is
            not known who was.
    """

    clients: tuple[Known, ...]
    unclear: tuple[Named, ...]
    together: bool = True


class Lookups(NamedTuple):
    """What the store looks up for a note.

    Attributes:
        keys: fit a client who has one of them as a whole key (of the name, the handle or an alias).
        first_words: fit a client of whose name or an alias they are the first word; all keys that begin with one hold
            them, and more.
    """

    keys: tuple[str, ...]
    first_words: tuple[str, ...]


class _Word(NamedTuple):
    """A word of a note: `start` and `end` of its letters, whether an `@` is before it, whether it opens a sentence."""

    text: str
    start: int
    end: int
    at: bool
    opens: bool


class _Book(NamedTuple):
    """The clients whom a note may name, by what names them: a long note may name hundreds, again and again.

    Attributes:
        whole: by each of their keys, their places in `clients`.
        first: by each beginning of a key that is a word of it, likewise.
        words: of the names of those that were asked for, by number.
    """

    clients: Sequence[Known]
    whole: dict[str, list[int]]
    first: dict[str, list[int]]
    words: dict[int, set[str]]

    @classmethod
    def of(cls, known: Iterable[Known]) -> "_Book":
        book = cls(list({client.ref.id: client for client in known}.values()), {}, {}, {})
        for place, client in enumerate(book.clients):
            for key in client.keys:
                book.whole.setdefault(key, []).append(place)
                for end in range(len(key) + 1):
                    if not _goes_on(key[end:]):
                        book.first.setdefault(key[:end], []).append(place)
        return book

    def called(self, spellings: Iterable[str]) -> list[Known]:
        """The clients who have one of the words for a whole key."""
        return self._at(self.whole, spellings)

    def beginning(self, spellings: Iterable[str]) -> list[Known]:
        """The clients of whom a key is one of the words, or has it for its first."""
        return self._at(self.first, spellings)

    def _at(self, index: dict[str, list[int]], spellings: Iterable[str]) -> list[Known]:
        places = {place for spelling in spellings for place in index.get(spelling, ())}
        return [self.clients[place] for place in sorted(places)]

    def words_of(self, client: Known) -> set[str]:
        """Every word of every name of the client."""
        if client.ref.id not in self.words:
            self.words[client.ref.id] = {name_key(word.text) for key in client.keys for word in _words(key)}
        return self.words[client.ref.id]


def note_candidates(note: str, *, any_case: bool = False) -> Lookups:
    """The keys under which anybody named in the note is found, few enough for a handful of index look-ups.

    Args:
        any_case: whether first names are looked for among words without a capital, too.
    """
    words = _words(note)
    keys = dict.fromkeys(key for _, _, key in _phrases(note, words))
    first_words = dict[str, None]()
    for word in words:
        for spelling in _spellings(word.text):
            if word.at:
                keys[name_key(spelling)] = None
            if word.at or _can_be_name(word) or (any_case and _can_be_meant(word)):
                first_words[name_key(spelling)] = None
    return Lookups(tuple(keys), tuple(first_words))


def names_in(note: str, known: Sequence[Known], *, any_case: bool = False) -> Found:
    """The clients whom a note names.

    Full names of two words and more count in any case and without their accents, and the longest wins: who says Jane
    Doe does not also say Jane. An `@name` counts always. A lone first name counts only where one active client has it,
    as it is written in the name, where no other surname follows, and where it is no everyday word at the start of a
    sentence or beside a number. In a list with somebody who is found, an everyday word at the start is a name.

    Args:
        note: the words of the user.
        known: everybody whom `note_candidates(note)` finds; others do no harm.
        any_case: whether a first name counts however it is written: good enough for a question, and for no more.
    """
    words = _words(note)
    book = _Book.of(known)
    hits = _full_names(note, words, book)
    named = {index for first, last, _ in hits for index in range(first, last)}
    for index, word in enumerate(words):
        if index in named:
            continue
        if word.at:
            hits.append((index, index + 1, Named(f"@{word.text}", tuple(_called(word.text, book)))))
        elif client := _lone_name(note, words, index, book, any_case=any_case):
            hits.append((index, index + 1, Named(word.text, (client,))))
    hits.extend(_listed_with(note, words, hits, book))
    hits.sort(key=lambda hit: hit[0])
    clients = {answer.candidates[0].ref.id: answer.candidates[0] for *_, answer in hits if len(answer.candidates) == 1}
    unclear = tuple(answer for *_, answer in hits if len(answer.candidates) != 1)
    return Found(tuple(clients.values()), unclear, _together(note, words, hits))


def opening_word(note: str) -> str | None:
    """The first word of a note, if it may be meant for a name: no ordinary word and no `@name`, which counts anyway."""
    first = next(iter(_words(note)), None)
    if first is None or first.at or ORDINARY.intersection(map(name_key, _spellings(first.text))):
        return None
    return _spellings(first.text)[-1]


def other_surname(note: str, client: Known) -> str | None:
    """The second word of a note that begins with a client's first name, if it makes another of them: `Jane Smith`."""
    words = _words(note)
    surname = _surname_after(note, words, 0) if words else None
    own = {name_key(word.text) for key in client.keys for word in _words(key)}
    return None if surname is None or surname in own or surname in ORDINARY else words[1].text


def opens_a_note(word: str, candidates: Iterable[Known]) -> bool:
    """Whether a first word is the note's own rather than somebody's name: `met Bob` is not about Metro Bank.

    So it is with an ordinary word that no client bears as a whole word, and that fits only as the beginning of a longer
    one; `will` is Will Marsh all the same.
    """
    key = name_key(word)
    return key in ORDINARY and not any(key in own.split() for client in candidates for own in client.keys)


def _together(note: str, words: Sequence[_Word], hits: Sequence[tuple[int, int, Named]]) -> bool:
    """Whether all who are named stand in one list; who has an `@` was named on purpose, and is in it anyway."""
    lists, on_purpose = list[set[str]](), set[str]()
    behind = -1
    for first, last, answer in hits:
        name = answer.candidates[0].ref.handle if len(answer.candidates) == 1 else answer.text
        if not lists or not _joins(note[behind : words[first].start]):
            lists.append(set())
        lists[-1].add(name)
        if words[first].at:
            on_purpose.add(name)
        behind = words[last - 1].end
    everybody = set().union(*lists)
    meant = set().union(on_purpose, *(names for names in lists if names & on_purpose))
    return everybody <= meant or everybody in lists


def _joins(gap: str) -> bool:
    """Whether what stands between two names makes a list of them: `Jane, Bob and Ann`, `Jane with Bob`."""
    between = gap.replace("@", " ").casefold().split()
    joining = [word.strip(",") for word in between]
    return bool(between) and set(joining) <= JOINING | {""} and "\n" not in gap and (any(joining) or "," in gap)


def _words(note: str) -> list[_Word]:
    """The words of a note; hyphens and apostrophes inside a word belong to it."""
    words, start, behind = list[_Word](), -1, 0
    for index, (char, following) in enumerate(pairwise(f"{note}  ")):
        inside = in_word(char) or (start >= 0 and char in "'’-" and in_word(following))
        if inside and start < 0:
            start = index
        elif not inside and start >= 0:
            gap = note[behind:start]
            at = gap.endswith("@") and (len(gap) > 1 or behind == 0)
            opens = not words or bool(gap.strip(_WITHIN_A_SENTENCE))
            words.append(_Word(note[start:index], start, index, at, opens))
            start, behind = -1, index
    return words


def _spellings(text: str) -> tuple[str, ...]:
    """The word as it stands, and without the `'s` of what is somebody's."""
    return (text, text[:-2]) if text[-2:] in ("'s", "’s") else (text,)


def _phrases(note: str, words: Sequence[_Word]) -> Iterator[tuple[int, int, str]]:
    """Every run of two to `NAME_WORDS` words, as (first, behind the last, key), in each way that a name can end."""
    for first, word in enumerate(words):
        for last in range(first + 1, min(first + NAME_WORDS, len(words))):
            end = words[last].end
            ends = {end, end - len(words[last].text) + len(_spellings(words[last].text)[-1])}
            if note[end : end + 1] in (".", ")"):
                ends.add(end + 1)  # it may be the name's own: Acme, Inc.
            for stop in ends:
                yield first, last + 1, name_key(note[word.start : stop])


def _full_names(note: str, words: Sequence[_Word], book: _Book) -> list[tuple[int, int, Named]]:
    """The full names of a note that do not overlap, the longest first, each with its run of words."""
    runs = [run for run in _phrases(note, words) if run[2] in book.whole]
    hits, named = list[tuple[int, int, Named]](), set[int]()
    for first, last, key in sorted(runs, key=lambda run: (run[0] - run[1], run[0])):
        if named.isdisjoint(range(first, last)):
            named.update(range(first, last))
            text = note[words[first].start : words[last - 1].end]
            hits.append((first, last, Named(text, tuple(active_first(book.called([key]))))))
    return hits


def _called(text: str, book: _Book) -> list[Known]:
    """The clients whom an `@name` fits: by a whole name, handle or alias, else by its first words."""
    spellings = [name_key(spelling) for spelling in _spellings(text)]
    return active_first(book.called(spellings) or book.beginning(spellings))


def _goes_on(rest: str) -> bool:
    """Whether what follows still belongs to the same word, as in `Anne-Marie`."""
    return bool(rest) and (in_word(rest[0]) or rest[0] in "'-")


def _can_be_name(word: _Word) -> bool:
    """Whether a word is written as names are; a script without capitals writes everything so."""
    return not word.text.islower() and any(map(str.isalpha, word.text))


def _can_be_meant(word: _Word) -> bool:
    """Whether a word may be meant for a first name, in whatever case it is written."""
    return not EVERYDAY.intersection(map(name_key, _spellings(word.text)))


def _listed_with(
    note: str, words: Sequence[_Word], hits: Sequence[tuple[int, int, Named]], book: _Book
) -> list[tuple[int, int, Named]]:
    """Everyday words that open a sentence and stand in a list with somebody who is found: `Will and Bob came by`."""
    listed = list[tuple[int, int, Named]]()
    for first, _, _ in hits:
        index = first - 1
        if index > 0 and words[index].text.casefold() in JOINING:
            index -= 1
        if index < 0 or not words[index].opens or not _joins(note[words[index].end : words[first].start]):
            continue
        if client := _lone_name(note, words, index, book, opening=True):
            listed.append((index, index + 1, Named(words[index].text, (client,))))
    return listed


def _lone_name(
    note: str, words: Sequence[_Word], index: int, book: _Book, *, any_case: bool = False, opening: bool = False
) -> Known | None:
    """The client whom a word names that can only be a first name; Jane Smith is not the one Jane, Jane Doe."""
    if any_case:
        return _only_bearer(words[index].text, book, any_case=True) if _can_be_meant(words[index]) else None
    if not _stands_alone(note, words, index, opening=opening):
        return None
    client = _only_bearer(words[index].text, book)
    surname = _surname_after(note, words, index)
    if client and surname:
        return client if surname in book.words_of(client) else None
    return client


def _stands_alone(note: str, words: Sequence[_Word], index: int, *, opening: bool) -> bool:
    """Whether a word is written as a name is, and is no everyday word in its place and no part of an address.

    Args:
        opening: whether an everyday word counts at the start of a sentence.
    """
    word = words[index]
    if not _can_be_name(word) or note[word.end : word.end + 1] == "@":
        return False
    before = words[index - 1] if index else None
    after = words[index + 1] if index + 1 < len(words) else None
    keys = set(map(name_key, _spellings(word.text)))
    if keys & EVERYDAY and ((word.opens and not opening) or (after is not None and after.text[0].isdigit())):
        return False
    return not (keys & CALENDAR and before is not None and _leads_to_a_time(before.text))


def _leads_to_a_time(text: str) -> bool:
    """Whether a word makes a month of what follows: `in May`, `5 May`."""
    return text[0].isdigit() or name_key(text) in _BEFORE_A_TIME


def _surname_after(note: str, words: Sequence[_Word], index: int) -> str | None:
    """The key of the next word where it can be a surname: `Smith` can, `CFO`, `I` and `Monday` cannot."""
    if index + 1 == len(words):
        return None
    word, after = words[index], words[index + 1]
    apart = note[word.end : after.start].strip(" ") or len(_spellings(word.text)) > 1
    if apart or not after.text[0].isupper():
        return None
    if after.text == "I" or (len(after.text) > 1 and after.text.isupper()):
        return None
    key = name_key(_spellings(after.text)[-1])
    return None if key in CALENDAR or key in _CONTRACTIONS else key


def _only_bearer(text: str, book: _Book, *, any_case: bool = False) -> Known | None:
    """The one active client who goes by a lone first name: it is first in the name, and is written so (or anyhow)."""
    spellings = {name_key(spelling): plain(spelling) for spelling in _spellings(text)}
    bearers = {
        client.ref.id: (client, written)
        for key, written in spellings.items()
        for client in book.beginning([key])
        if not client.archived
    }
    if len(bearers) != 1:
        return None
    ((client, written),) = bearers.values()
    own = next((word.text for word in _words(plain(client.ref.name))), "")
    if any_case:
        return client if name_key(own) == name_key(written) else None
    return client if own and written in (own, own[0].upper() + own[1:]) else None
