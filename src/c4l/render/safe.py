"""Text that came from outside, made harmless: the one place through which it passes on its way to a screen."""

from functools import cache
from re import Pattern

REPLACEMENT = "\ufffd"
"""Stands where a character was that could move the cursor, turn the text round or hide."""

_HIDDEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls, ESC and the one-byte CSI and OSC among them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    "\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # what has no width
    "\ud800-\udfff"  # halves of characters, of which no encoding makes bytes
)
_JOINERS = "\u200c\u200d"  # Persian, the scripts of India and emoji need them inside a word; elsewhere they only hide
_BREAKS = "\n\r\x0b\x0c\u2028\u2029"


@cache
def _patterns() -> tuple[Pattern[str], Pattern[str]]:
    """What is to be replaced, and what breaks a line. Compiled when the first text needs it: most need neither."""
    import re

    loose = f"(?:^|(?<=\\s))[{_JOINERS}]+|[{_JOINERS}]+(?=\\s|$)"
    return re.compile(f"[{_HIDDEN}]|{loose}"), re.compile(f"\r\n|[{_BREAKS}]")


def safe(text: str, *, lines: bool = False) -> str:
    """The text with every dangerous character replaced by one that can be seen.

    Args:
        lines: whether line breaks and tabs stay; without, each becomes a space.
    """
    if text.isprintable():
        return text
    hidden, breaks = _patterns()
    text = breaks.sub("\n" if lines else " ", text)
    if not lines:
        text = text.replace("\t", " ")
    return hidden.sub(lambda found: REPLACEMENT * len(found[0]), text)


def escaped(json: str) -> str:
    """JSON in which the same characters are written as escapes: nothing is lost, and nothing acts."""
    if json.isprintable():
        return json
    hidden, _ = _patterns()
    json = hidden.sub(lambda found: "".join(map(_unicode_escape, found[0])), json)
    # Line breaks to some readers, so that one line of JSON would be two.
    return json.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _unicode_escape(character: str) -> str:
    number = ord(character)
    if number < 0x10000:
        return f"\\u{number:04x}"
    return f"\\u{0xD7C0 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
