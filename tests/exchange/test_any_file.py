"""Whatever a file holds, its reader answers: no stray error, no empty name, and no work beyond the file's length."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from c4l.actions.drafts import ClientDraft, Incoming, KeyDateDraft, Unreadable
from c4l.domain.errors import C4lError
from c4l.domain.terms import FactKind
from c4l.exchange.formats import FORMATS, read
from tests.exchange import programs
from tests.exchange.programs import card, folded, folded_anywhere
from tests.exchange.reads import SUNDAY, draft, names
from tests.hostile.counting import lines_run

FORMAT_NAMES = [row.name for row in FORMATS]

PIECES = [
    *(b"BEGIN:VCARD\n", b"END:VCARD\n", b"AGENT:\n", b"FN:", b"N:", b"NOTE;", b"BDAY:", b"TEL", b"EMAIL;", b"BDAY:x"),
    *(b"QUOTED-PRINTABLE", b"CHARSET=utf-16", b"CHARSET=gb18030", b"ENCODING=b", b":", b";", b",", b"=", b'"', b"\\"),
    *(b"\n", b"\r\n", b"\r", b"\n ", b"=\n", b"\0", b"\xff", b"\xed\xa0\x80", b"=ED=A0=80", b"Jane", b"--12-01"),
    *(b"name,birthday,kind\n", b"e-mail;", b"sep=|\n", b"\xff\xfe", b"\xef\xbb\xbf", b"12/1/80", b"@", b":::"),
]
BOOKS = [programs.ANDROID, programs.OUTLOOK, programs.EVOLUTION, programs.GOOGLE_CSV, programs.THUNDERBIRD_CSV]


def soups() -> st.SearchStrategy[bytes]:
    """Bytes that look enough like address books to get far into their readers."""
    return st.lists(st.sampled_from(PIECES) | st.binary(max_size=4), max_size=40).map(b"".join)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good book with a piece cut out and something else put there."""
    book = draw(st.sampled_from(BOOKS))
    start = draw(st.integers(0, len(book)))
    return book[:start] + draw(soups()) + book[start + draw(st.integers(0, 20)) :]


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for part in value for text in strings(part)] if isinstance(value, tuple) else []


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=200) | soups() | damaged(), format_name=st.sampled_from(FORMAT_NAMES))
@example(data=b"BEGIN:VCARD\nFN;QUOTED-PRINTABLE;CHARSET=utf-16:=00=D8x\nEND:VCARD", format_name="vcard")
@example(data="name\n\ud800".encode("utf-16-le", "surrogatepass"), format_name="csv")
def test_any_bytes_are_answered(data: bytes, format_name: str) -> None:
    try:
        found = list(read("book", data, format_name, SUNDAY).records)
    except C4lError:
        return
    for record in found:
        if isinstance(record, Unreadable):
            assert record.place
            assert record.reason
            continue
        said = record.draft
        assert said.name.strip()
        texts = strings((said.name, said.organisation, said.role, said.aliases, said.emails, said.phones, said.tags))
        for text in [*texts, *strings(said.facts), *strings(record.remarks)]:
            text.encode()
            assert text
            assert "\0" not in text
        assert all(text == " ".join(text.split()) for text in texts)


LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cf"))
LINES = st.text(LETTERS | st.sampled_from(' ,;:\\"=n'), min_size=1, max_size=60)
VALUES = LINES.filter(lambda text: any(letter.isalnum() for letter in text)).map(lambda text: " ".join(text.split()))


def escaped(text: str) -> str:
    for letter in "\\,;":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\n", "\\n")


@settings(max_examples=150, deadline=None)
@given(
    version=st.sampled_from(["3.0", "4.0"]),
    name=VALUES,
    organisation=VALUES,
    role=VALUES,
    aliases=st.lists(VALUES, max_size=3, unique_by=str.casefold),
    tags=st.lists(VALUES, max_size=3, unique_by=str.casefold),
    note=st.lists(VALUES, min_size=1, max_size=3).map("\n".join),
    in_letters=st.booleans(),
)
def test_what_a_card_holds_is_read_back_exactly(
    version: str,
    name: str,
    organisation: str,
    role: str,
    aliases: list[str],
    tags: list[str],
    note: str,
    in_letters: bool,
) -> None:
    aliases = [alias for alias in aliases if alias != name]
    tags = [tag for tag in tags if tag.lower() != "mycontacts" and not tag.startswith("* ")]
    lines = [
        f"FN:{escaped(name)}",
        f"ORG:{escaped(organisation)}",
        f"TITLE:{escaped(role)}",
        f"NICKNAME:{','.join(map(escaped, aliases))}",
        f"CATEGORIES:{','.join(map(escaped, tags))}",
        f"NOTE:{escaped(note)}",
        "BDAY:19801201",
    ]
    if in_letters:
        data = b"BEGIN:VCARD\r\nVERSION:%s\r\n" % version.encode()
        data += b"".join(folded_anywhere(line.encode()) + b"\r\n" for line in lines) + b"END:VCARD\r\n"
    else:
        data = card(*map(folded, lines), version=version)
    assert draft(data, "vcard") == ClientDraft(
        name=name,
        organisation=organisation if organisation != name else None,
        role=role,
        aliases=tuple(aliases),
        tags=tuple(tags),
        facts=((FactKind.background, note),),
        key_dates=(KeyDateDraft("birthday", 12, 1, 1980),),
    )


@settings(max_examples=100, deadline=None)
@given(middle=soups().filter(lambda data: b"=" not in data and b"\0" not in data))
def test_whatever_stands_between_two_good_cards_both_are_read(middle: bytes) -> None:
    # A line of its own before and after: what is indented would belong to the mark before it.
    between = b"x\n" + middle + b"\nx\n"
    found = names(card("FN:Jane Doe") + between + card("FN:Omar Lund"), "vcard")
    assert found[0] == "Jane Doe"
    assert found[-1] == "Omar Lund"


def steps(data: bytes, format_name: str) -> int:
    """How many lines of Python run while a file is read: its work, without a clock."""
    found: list[object] = []
    count = lines_run(lambda: found.extend(read("book", data, format_name, SUNDAY).records))
    assert all(isinstance(record, Incoming | Unreadable) for record in found)
    return count


UNITS = [
    *(b";", b'"', b"\\", b":", b"=\n", b" =\n", b"\n", b"\n ", b"\r", b"x\n", b"\0", b"\xff", b"BEGIN:VCARD\n"),
    *(b"AGENT:\nBEGIN:VCARD\n", b"BEGIN:VCARD\nFN:a\nEND:VCARD\n", b"EMAIL;=:a\n", b'TEL;X=":1\n', b"NOTE;A=B:x\n"),
    *(b"BDAY:nonsense\n", b"CATEGORIES:a,b,c\n", b"NOTE;QUOTED-PRINTABLE:=\n", b'z","\n', b'1,"\n', b'a,"b\nc",\n'),
]
BEFORE = {
    "vcard": [b"", b"BEGIN:VCARD\nFN:a\n", b"BEGIN:VCARD\nFN:a\nNOTE:", b"BEGIN:VCARD\nFN:a\nNOTE;"],
    "csv": [b"name,birthday\n", b'name\n"'],
}


@pytest.mark.parametrize(("format_name", "before"), [(name, before) for name in BEFORE for before in BEFORE[name]])
def test_a_file_twice_as_long_is_at_most_twice_the_work(format_name: str, before: bytes) -> None:
    for unit in UNITS:
        once, twice = (steps(before + unit * times + b"\nEND:VCARD\n", format_name) for times in (200, 400))
        assert twice <= 2.2 * once + 500, unit
