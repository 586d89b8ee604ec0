"""Text from outside: nothing in it may act on a terminal or hide, and nothing that can be read is lost."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.render.safe import REPLACEMENT, escaped, safe

BIDIRECTIONAL = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ANYTHING = st.text(st.characters(codec=None, exclude_categories=()))
TROUBLE = st.text("ab \n\r\t\x00\x1b\x7f\x85\x9b\u200b\u200c\u200d\u202e\u2028\u2069\ufeff\ud83d\udcff\U000e0041é😀")


@given(ANYTHING | TROUBLE, st.booleans())
def test_nothing_dangerous_is_left(text: str, lines: bool) -> None:
    left = set(safe(text, lines=lines)) - (set("\n\t") if lines else set())

    assert not [one for one in left if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp")]
    assert not left & BIDIRECTIONAL
    assert not left & set("\u200b\u2060\ufeff\U000e0041")


@given(ANYTHING | TROUBLE, st.booleans())
def test_what_is_safe_stays_as_it_is(text: str, lines: bool) -> None:
    once = safe(text, lines=lines)

    assert safe(once, lines=lines) == once


@given(st.text().filter(str.isprintable))
def test_printable_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@given(ANYTHING | TROUBLE)
def test_every_character_is_kept_or_seen_to_be_gone(text: str) -> None:
    assert len(safe(text)) == len(text.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "�[31mred"),
        ("\x1b]8;;http://example.org\x07link\x1b]8;;\x07", "�]8;;http://example.org�link�]8;;�"),
        ("\x1b]52;c;aGk=\x07", "�]52;c;aGk=�"),
        ("one-byte \x9b31m", "one-byte �31m"),
        ("a\x00b\x08c\x7fd", "a�b�c�d"),
        ("eno\u202egnp.exe", "eno�gnp.exe"),
        ("two\nlines\r\nand\ttab", "two lines and tab"),
        ("two\u2028lines\u2029", "two lines "),
        ("in\u200bvisi\ufeffble", "in�visi�ble"),
        ("half \ud83d of a character", "half � of a character"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क\u094d\u200dष", "क\u094d\u200dष"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("jane \u200d\u200c doe", "jane �� doe"),
        ("jane\u200d", "jane�"),
        ("[/] :bomb: [red]", "[/] :bomb: [red]"),
        ("Zoë 李 🇩🇰 🤝🏽", "Zoë 李 🇩🇰 🤝🏽"),
        ("", ""),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_lines_and_tabs_stay_where_they_are_wanted() -> None:
    assert safe("one\r\ntwo\rthree\n\tfour\x1b", lines=True) == f"one\ntwo\nthree\n\tfour{REPLACEMENT}"


@given(ANYTHING | TROUBLE)
def test_escaped_json_means_the_same_and_holds_nothing_dangerous(text: str) -> None:
    written = escaped(json.dumps(text, ensure_ascii=False))

    assert json.loads(written) == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert safe(written) == written
