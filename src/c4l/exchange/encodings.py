"""From bytes to text: what programs say about their encoding, and what to believe when they say nothing.

No text that leaves here holds a lone surrogate: only decoders that are strict, or that replace, are used.
"""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from functools import cache
from typing import NamedTuple

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)

# Named one by one, as Python also has "encodings" that are none (rot13), slow (punycode) or unsafe (unicode_escape).
# Latin-1 and ASCII are not among them: who writes these means Windows-1252, or UTF-8 without knowing it.
_PAGES = [f"{page}" for page in range(1250, 1259)]
_STATED = {
    **{name: name for name in ("utf-8", "utf-16", "koi8-r", "koi8-u", "big5", "gbk", "gb2312", "gb18030")},
    **{name: name for name in ("shift_jis", "euc-jp", "euc-kr", "iso-2022-jp", "macintosh")},
    **{f"iso-8859-{part}": f"iso-8859-{part}" for part in (*range(2, 12), *range(13, 17))},
    **{f"{prefix}{page}": f"cp{page}" for page in _PAGES for prefix in ("windows-", "cp")},
    "utf8": "utf-8",
}


class Plain(NamedTuple):
    """The bytes of a file in which every letter of ASCII is one byte.

    Attributes:
        content: without a mark of its byte order.
        is_utf8: true where the file itself said what it is, so that nothing in it can say otherwise.
    """

    content: bytes
    is_utf8: bool


def plain(data: bytes) -> Plain:
    """Take a byte order mark off, and turn UTF-16 and UTF-32 into UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Plain(_in_utf8(data.removeprefix(mark), encoding), is_utf8=True)
    # Address books begin with ASCII (BEGIN:VCARD, a header), which UTF-16 pads with a zero byte each.
    match [byte == 0 for byte in data[:4]]:
        case [False, True, False, True]:
            return Plain(_in_utf8(data, "utf-16-le"), is_utf8=True)
        case [True, False, True, False]:
            return Plain(_in_utf8(data, "utf-16-be"), is_utf8=True)
    return Plain(data, is_utf8=False)


def decoded(data: bytes, stated: str | None = None) -> str:
    """The text of these bytes: as stated if that holds, else UTF-8 if it is, else Windows-1252. Never fails.

    Args:
        data: without a byte order mark.
        stated: a charset as a card names it; one that is unknown counts as none.
    """
    known = _STATED.get(stated.strip().lower()) if stated else None
    for encoding in (known, "utf-8"):
        if encoding:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return data.decode("latin-1").translate(_windows_1252())


def _in_utf8(data: bytes, encoding: str) -> bytes:
    if encoding == "utf-8":
        return data
    return data.decode(encoding, "replace").encode()


@cache
def _windows_1252() -> dict[int, str]:
    """What Windows means by the bytes that Latin-1 leaves to controls; it leaves five undefined itself."""
    meanings = {byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}
    return {byte: letter for byte, letter in meanings.items() if letter}
