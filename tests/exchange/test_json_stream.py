"""JSON read piece by piece is the same JSON; what is none is refused with its line, and what never ends is given up."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.errors import Refused
from c4l.exchange import json_stream
from c4l.exchange.json_stream import Pieces

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


class Slow(BytesIO):
    """Bytes that come a few at a time, as from a pipe."""

    def __init__(self, data: bytes, step: int) -> None:
        super().__init__(data)
        self._step = step

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(self._step, size) if size and size > 0 else self._step)


@settings(max_examples=60)
@given(
    lists=st.dictionaries(st.text(), st.lists(VALUES, max_size=4), max_size=4),
    step=st.integers(1, 40),
    indent=st.none() | st.integers(0, 3),
    plain=st.booleans(),
)
def test_however_it_is_cut_and_laid_out_it_is_the_same(
    lists: dict[str, list[Any]], step: int, indent: int | None, plain: bool
) -> None:
    text = json.dumps(lists, indent=indent, ensure_ascii=plain)
    data = text.encode("utf-8", "surrogatepass")
    try:
        data.decode()
    except UnicodeDecodeError:
        return  # half of a character, written out: no file of text holds it
    pieces = Pieces(data[:step], Slow(data[step:], step))
    found = {name: [pieces.value() for _ in pieces.items()] for name in pieces.members()}
    pieces.end()
    assert found == lists
    assert pieces.line == text.count("\n") + 1


def read(data: bytes) -> None:
    pieces = Pieces(data, BytesIO())
    for _ in pieces.members():
        for _ in pieces.items():
            pieces.value()
    pieces.end()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "line 1: the document ends too early"),
        (b"[]", "line 1: “{” is missing before “[”"),
        (b'{"a"', "line 1: the document ends too early"),
        (b'{"a": [1,]}', "nothing follows a comma"),
        (b'{"a": [1 2]}', "“,” is missing before “2”"),
        (b'{"a": [], }', "nothing follows a comma"),
        (b'{"a": []\n "b": []}', "line 2: “,” is missing"),
        (b'{"a": [\n{"b": 1, "b": 2}]}', "line 2: “b” is said twice"),
        (b"{1: []}", "a name is missing before a colon"),
        (b'{"a": ["\n"]}', "line 1: this is no JSON: Invalid control character"),
        (b'{"a": [{"b":\n\n]}', "line 3: this is no JSON"),
        (b'{"a": []} x', "something follows the end"),
        (b'{"a": ["\xff"]}', "this is no UTF-8 text"),
        (b'{"a": [\xc3', "this is no UTF-8 text"),
        (b'{"a": [' + b"9" * 5000 + b"]}", "too long or too deep"),
        (b'{"a": ' + b"[" * 100_000, "too long or too deep"),
        ('{"a": []}'.encode("utf-16"), "this is no UTF-8 text"),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(data: bytes, told: str) -> None:
    with pytest.raises(Refused) as refused:
        read(data)
    assert told in f"{refused.value.message}"


def test_a_mark_of_the_byte_order_is_passed_over() -> None:
    read(b"\xef\xbb\xbf{}")


def test_a_record_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LONGEST", 1000)
    monkeypatch.setattr(json_stream, "CHUNK", 100)
    endless = Slow(b"x" * 1_000_000, 100)
    pieces = Pieces(b'["', endless)
    next(pieces.items())
    with pytest.raises(Refused, match="a record is longer than 1,000 characters"):
        pieces.value()
    assert endless.tell() < 10_000


def test_only_what_is_being_read_is_held() -> None:
    pieces = Pieces(b"[", BytesIO(b",".join([b'"%s"' % (b"x" * 1000)] * 5000) + b"]"))
    longest = 0
    for _ in pieces.items():
        pieces.value()
        longest = max(longest, len(pieces._text))
    assert longest <= 2 * json_stream.CHUNK
