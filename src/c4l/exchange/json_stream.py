"""JSON read piece by piece: a document that is larger than memory is seen one record at a time."""

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from c4l.domain.errors import Refused

CHUNK = 1 << 18
LONGEST = 64 * 1024 * 1024
"""Characters of one record: more than anybody writes, and few enough to be held."""

_NUMBER_GOES_ON = 3
"""Characters in which it shows whether a number is over."""

_SPACE = " \t\r\n"


class Pieces:
    """The text of one document, of which only what is being read is held.

    Every failure is a `Refused` that names the line.
    """

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        """Begin at the beginning.

        Args:
            head: bytes that were read already, to see what it is.
            rest: what follows them.
        """
        self.line = 1
        self._rest = rest
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._decode = json.JSONDecoder(object_pairs_hook=_once).raw_decode
        self._text, self._at, self._ended = "", 0, False
        self._take(head or self._rest.read(CHUNK))

    def members(self) -> Iterator[str]:
        """The names in an object; the value behind each is to be read before the next."""
        self._expect("{")
        first = True
        while self._goes_on("}", first=first):
            first = False
            name = self.value()
            if not isinstance(name, str):
                raise self.fault("a name is missing before a colon")
            self._expect(":")
            yield name

    def items(self) -> Iterator[None]:
        """Once for each item of an array, which is to be read before the next."""
        self._expect("[")
        first = True
        while self._goes_on("]", first=first):
            first = False
            yield

    def value(self) -> Any:
        """The whole of what comes next."""
        self._next()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._ended:
                    self._pass(error.pos)
                    raise self.fault(f"this is no JSON: {error.msg}") from error
            except (ValueError, RecursionError) as error:
                # A name that is there twice; a number of thousands of digits; lists in lists in lists.
                said = str(error) if isinstance(error, _Twice) else "a value is too long or too deep to be read"
                raise self.fault(said) from error
            else:
                # A number could go on beyond what was read so far: 1 with .5, 1 with e+9.
                if self._ended or end + (_NUMBER_GOES_ON if isinstance(value, (int, float)) else 0) <= len(self._text):
                    self._pass(end)
                    return value
            self._fill()

    def end(self) -> None:
        """See that nothing follows."""
        if self._next():
            raise self.fault("something follows the end of the document")

    def fault(self, what: str) -> Refused:
        """What is wrong, and where."""
        return Refused(f"line {self.line}: {what}", "mend the document, or export it anew")

    def _goes_on(self, end: str, *, first: bool) -> bool:
        """Whether there is another member or item; else the end is passed."""
        if self._next() == end:
            self._pass(self._at + 1)
            return False
        if not first:
            self._expect(",")
            if self._next() == end:
                raise self.fault("nothing follows a comma")
        return True

    def _expect(self, char: str) -> None:
        if (found := self._next()) != char:
            raise self.fault(f"“{char}” is missing before “{found}”" if found else "the document ends too early")
        self._pass(self._at + 1)

    def _next(self) -> str:
        """The character that comes next, blanks passed over; empty at the end."""
        while True:
            end = self._at
            while end < len(self._text) and self._text[end] in _SPACE:
                end += 1
            self._pass(end)
            if end < len(self._text):
                return self._text[end]
            if self._ended:
                return ""
            self._fill()

    def _pass(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end

    def _fill(self) -> None:
        held = len(self._text) - self._at
        if held > LONGEST:
            raise self.fault(f"a record is longer than {LONGEST:,} characters, or is no JSON")
        # As much again as is held: what is long is tried a few times, and not once for each piece.
        self._take(self._rest.read(max(CHUNK, held)))

    def _take(self, data: bytes) -> None:
        self._ended = not data
        try:
            more = self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            raise self.fault("this is no UTF-8 text") from error
        self._text, self._at = self._text[self._at :] + more, 0


class _Twice(ValueError):
    """A name that an object holds twice: one of the values would be lost."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(f"“{next(name for name in names if names.count(name) > 1)}” is said twice")
    return found
