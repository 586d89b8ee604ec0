"""The grammar of vCards: from bytes to unfolded lines, from lines to cards, from a line to a property.

Lines are unfolded as bytes, because some programs fold in the middle of a letter, and are decoded one by one,
because vCard 2.1 names the charset on each. What a property means is none of this module's business.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from c4l.exchange.encodings import decoded

if TYPE_CHECKING:
    from icalendar.parser import Contentline

MAX_HEAD = 1000
"""Bytes of a property's name with its parameters."""

MAX_LINES = 10_000
"""Of one card."""

_ENCODINGS = {"QUOTED-PRINTABLE": "Q", "Q": "Q", "BASE64": "B", "B": "B", "7BIT": "", "8BIT": "", "BINARY": ""}
_BOM = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """An unfolded line and the number of the first line it was folded from, counted from 1."""

    number: int
    content: bytes


class Card(NamedTuple):
    """What stands between BEGIN and END, without them and without the cards nested in it."""

    number: int
    line: int
    lines: list[Line]


class Stray(NamedTuple):
    """Lines that make no card that can be taken.

    Attributes:
        number: of the card they began; None where they began none.
    """

    number: int | None
    line: int
    reason: str


class Property(NamedTuple):
    """A line taken apart; `parameters` are in capitals on the left, as written on the right."""

    line: int
    group: str
    name: str
    parameters: Mapping[str, str]
    raw: bytes
    is_utf8: bool

    def text(self) -> str:
        """The value decoded, its backslashes untouched.

        Raises:
            ValueError: it calls itself base64 and is not.
        """
        encoding = _ENCODINGS.get(self.parameters.get("ENCODING", "").strip().upper(), "")
        if not encoding:
            return decoded(self.raw, None if self.is_utf8 else self.parameters.get("CHARSET"))
        return decoded(_unpacked(self.raw, encoding), self.parameters.get("CHARSET"))


def cards(data: bytes) -> Iterator[Card | Stray]:
    """Every card of a file in its order, and what belongs to none, once for each place.

    Args:
        data: as `plain` leaves it.
    """
    number, depth, outside = 0, 0, False
    card: Card | None = None
    before = b""
    for line in _unfolded(data):
        # Only a short line is one of the two marks; a photo is not worth a copy in capitals.
        mark = line.content.strip().upper() if len(line.content) < 64 else b""
        if card and _opens_agent(before, mark):
            depth += 1
        elif mark == b"BEGIN:VCARD":
            if card:
                yield Stray(card.number, card.line, "has no END")
            number, depth, outside = number + 1, 0, False
            card = Card(number, line.number, [])
        elif card is None:
            if not outside:
                yield Stray(None, line.number, "stands outside any card")
            outside = True
        elif mark == b"END:VCARD" and depth:
            depth -= 1
        elif mark == b"END:VCARD":
            too_long = len(card.lines) > MAX_LINES
            yield Stray(card.number, card.line, f"has more than {MAX_LINES} lines") if too_long else card
            card = None
        elif not depth and len(card.lines) <= MAX_LINES:
            card.lines.append(line)
        before = line.content[:64]
    if card:
        yield Stray(card.number, card.line, "has no END")


def property_name(line: Line) -> str:
    """What a line is about, in capitals and without its group; empty if the line has no colon."""
    head, colon, _ = line.content.partition(b":")
    if not colon:
        return ""
    return head[:MAX_HEAD].partition(b";")[0].rpartition(b".")[2].strip().upper().decode("ascii", "replace")


def parsed(line: Line, is_utf8: bool) -> Property:
    """Take a line apart.

    Raises:
        ValueError: its parameters follow no grammar; or there is no colon.
    """
    cut = line.content.find(b":")
    if b'"' in line.content[: max(cut, 0)]:
        cut = _content_line(line.content[: 2 * MAX_HEAD].decode("latin-1")).value_separator_index()
    if not 0 <= cut <= MAX_HEAD:
        raise ValueError("no colon ends its name")
    head = line.content[:cut].decode("ascii", "replace")
    name, _, parameters = head.partition(";")
    group, _, name = name.strip().upper().rpartition(".")
    return Property(line.number, group, name, _parameters(parameters), line.content[cut + 1 :], is_utf8)


def split_escaped(value: str, separators: str) -> list[str]:
    """Split at the separators that no backslash escapes, and leave the backslashes where they are."""
    if "\\" not in value:
        for other in separators[1:]:
            value = value.replace(other, separators[0])
        return value.split(separators[0])
    parts: list[str] = []
    start, escaped = 0, False
    for at, letter in enumerate(value):
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter in separators:
            parts.append(value[start:at])
            start = at + 1
    return [*parts, value[start:]]


def unescaped(value: str) -> str:
    r"""Turn `\n`, `\,`, `\;`, `\:` and `\\` into what they stand for; any other backslash is one (`C:\Letters`)."""
    if "\\" not in value:
        return value
    letters: list[str] = []
    escaped = False
    for letter in value:
        if escaped:
            letters.append("\n" if letter in "nN" else letter if letter in ",;:\\" else f"\\{letter}")
            escaped = False
        elif letter == "\\":
            escaped = True
        else:
            letters.append(letter)
    return "".join(letters) + ("\\" if escaped else "")


def _opens_agent(before: bytes, mark: bytes) -> bool:
    """Whether a whole card begins here that is the value of a property, as vCard 2.1 writes a secretary's."""
    if mark == b"BEGIN:VCARD":
        name, colon, value = before.partition(b":")
        return bool(colon) and not value.strip() and name.partition(b";")[0].strip().upper() == b"AGENT"
    return mark.startswith(b"AGENT") and mark.endswith(b":BEGIN:VCARD")


def _unfolded(data: bytes) -> Iterator[Line]:
    """Lines as they were before folding; empty ones, which some programs put after each, are passed over."""
    from io import BytesIO

    parts: list[bytes] = []
    first, soft = 0, False
    source = BytesIO(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    for number, physical in enumerate(source, start=1):
        line = physical.rstrip(b"\n").removeprefix(_BOM)
        if soft and line.strip().upper() != b"END:VCARD":
            soft = _ends_softly(line)
            parts.append(line.rstrip(b" \t")[:-1] if soft else line)
        elif line[:1] in (b" ", b"\t") and parts:
            soft = _ends_softly(line) and _is_quoted_printable(parts[0])
            parts.append(line[1:].rstrip(b" \t")[:-1] if soft else line[1:])
        elif line.strip():
            if parts:
                yield Line(first, b"".join(parts))
            first = number
            soft = _ends_softly(line) and _is_quoted_printable(line)
            parts = [line.rstrip(b" \t")[:-1] if soft else line]
    if parts:
        yield Line(first, b"".join(parts))


def _ends_softly(line: bytes) -> bool:
    return line.rstrip(b" \t").endswith(b"=")


def _is_quoted_printable(line: bytes) -> bool:
    return b"QUOTED-PRINTABLE" in line[:MAX_HEAD].partition(b":")[0].upper()


def _unpacked(raw: bytes, encoding: str) -> bytes:
    if encoding == "Q":
        from quopri import decodestring

        return decodestring(raw)
    from base64 import b64decode

    return b64decode(raw)


# A file repeats the same few heads on every card, and taking one apart costs more than all the rest of a line.
@lru_cache(maxsize=512)
def _parameters(text: str) -> dict[str, str]:
    """Parameters by name; those that vCard 2.1 writes bare (`HOME`, `QUOTED-PRINTABLE`) get the name they lack."""
    from icalendar.parser import q_split

    named = [part if "=" in part else _named(part) for part in q_split(text, ";") if part.strip()]
    if not named:
        return {}
    _, parameters, _ = _content_line(f"X;{';'.join(named)}:").raw_parts()
    return {
        str(name).upper(): value if isinstance(value, str) else ",".join(value) for name, value in parameters.items()
    }


def _content_line(text: str) -> "Contentline":
    from icalendar.parser import Contentline

    return Contentline(text)  # type: ignore[no-untyped-call]


def _named(bare: str) -> str:
    word = bare.strip()
    return f"ENCODING={word}" if word.upper() in _ENCODINGS else f"TYPE={word}"
