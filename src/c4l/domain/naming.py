"""Whether a text names somebody, for those who are to be forgotten or whom a stranger is not to read of.

Rather too often than too seldom: what is found is looked over by somebody, or costs a word.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from c4l.domain.everyday import EVERYDAY
from c4l.domain.names import plain
from c4l.domain.search import Phrase, folded, placed

_ENDS = ".!?:;\n"
"""What a sentence begins behind."""

_LOOK = 8
"""So many characters before a word are looked at."""


class Names(NamedTuple):
    """By what some people are named.

    Attributes:
        phrases: names, handles and addresses of several words, by their first word; found in any case.
        alone: single words, found as they are written here: Jane, not jane.
        spoken: single words, found in any case; none of them an everyday word.
    """

    phrases: dict[str, list[Phrase]]
    alone: frozenset[str]
    spoken: frozenset[str] = frozenset()

    @classmethod
    def of(cls, whole: Iterable[str], alone: Iterable[str] = (), *, any_case: bool = False) -> "Names":
        """Everybody who has one of these names.

        Args:
            whole: names, handles, addresses.
            alone: single words, first names among them.
            any_case: whether single words are found however they are written, unless they are everyday words, too.
        """
        phrases: dict[str, list[Phrase]] = {}
        single, spoken = set[str](), set[str]()
        for name in (*whole, *alone):
            words = tuple(folded(name).split())
            if len(words) > 1 and words not in phrases.setdefault(words[0], []):
                phrases[words[0]].append(words)
            elif len(words) == 1 and any_case and words[0] not in EVERYDAY:
                spoken.add(words[0])
            elif len(words) == 1:
                single.add(_plain(name))
        for found in phrases.values():
            # The longest first: where Jane Doe-Smith is meant, Jane Doe is not.
            found.sort(key=len, reverse=True)
        return cls(phrases, frozenset(single), frozenset(spoken))

    def sought(self) -> Iterator[Phrase]:
        """What an index of words finds all these texts by, and others."""
        yield from (phrase for found in self.phrases.values() for phrase in found)
        yield from (tuple(folded(word).split()) for word in self.alone)
        yield from ((word,) for word in self.spoken)

    def within(self, text: str | None) -> bool:
        """Whether a text names one of them."""
        return text is not None and next(self._places(text), None) is not None

    def hidden(self, text: str, instead: str) -> str:
        """The text with other words in place of each name."""
        composed, pieces, end = placed(text)[0], list[str](), 0
        for start, stop in self._places(text):
            pieces += (composed[end:start], instead)
            end = stop
        return "".join((*pieces, composed[end:])) if pieces else text

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        composed, words = placed(text)
        keys = [key for key, _, _ in words]
        at = 0
        while at < len(words):
            key, start, end = words[at]
            phrase = next((each for each in self.phrases.get(key, ()) if tuple(keys[at : at + len(each)]) == each), ())
            if phrase:
                at += len(phrase)
                yield start, words[at - 1][2]
                continue
            if key in self.spoken or (
                _plain(composed[start:end]) in self.alone
                and not (key in EVERYDAY and _opens(composed[max(0, start - _LOOK) : start]))
            ):
                yield start, end
            at += 1


def _plain(word: str) -> str:
    """A word as it is compared where its case counts."""
    bare = plain(word)
    return bare[:1] + bare[1:].casefold()


def _opens(before: str) -> bool:
    """Whether a sentence begins behind a text: there a capital says nothing."""
    bare = before.rstrip(' "“‘(@')
    return not bare or bare[-1] in _ENDS


def first_name(name: str) -> str:
    """The first word of a name of several; empty where it has only one."""
    first, _, rest = name.strip().partition(" ")
    return first.strip(".,") if rest else ""
