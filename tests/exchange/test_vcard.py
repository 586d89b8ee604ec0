"""What a card says, however it is written; and that a bad one costs nobody else theirs."""

import pytest

from c4l.actions.drafts import KeyDateDraft
from c4l.domain.terms import FactKind
from c4l.exchange.formats import read
from c4l.exchange.reading import MAX_FIELD
from c4l.exchange.vcard_text import MAX_LINES
from tests.exchange.programs import PHOTO, card
from tests.exchange.reads import SUNDAY, draft, incoming, names, reasons, records

JANE, OMAR = card("FN:Jane Doe"), card("FN:Omar Lund")


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["FN:Jane Doe", "N:Other;Name;;;"], "Jane Doe"),
        (["FN:Jane", "FN:J. Doe"], "Jane"),
        (["N:Doe;Jane;Q.;Dr.;Jr."], "Jane Q. Doe Jr."),
        (["N:Doe"], "Doe"),
        (["FN:", "N:Doe;Jane"], "Jane Doe"),
        (["N:;;;;", "ORG:Example Works;Finance"], "Example Works"),
        (["NICKNAME:JD,Jay"], "JD"),
        (["FN: \t", "EMAIL:jane@example.test"], "jane@example.test"),
        (["FN:\u200e", "EMAIL:jane@example.test"], "jane@example.test"),
        (["FN:Doe\\, Jane\\; and others\\\\"], "Doe, Jane; and others\\"),
        (["FN:C:\\Letters"], "C:\\Letters"),
        (["FN:Jane\\nDoe"], "Jane Doe"),
        (["FN:ends in \\"], "ends in \\"),
    ],
)
def test_a_name_is_found_wherever_it_stands(lines: list[str], name: str) -> None:
    assert draft(card(*lines), "vcard").name == name


def test_a_card_that_names_nobody_is_no_client() -> None:
    assert reasons(card("TEL:555 0100"), "vcard") == [
        ("card 1, line 1", "has no name, no organisation and no e-mail address")
    ]


@pytest.mark.parametrize(
    ("line", "month", "day", "year"),
    [
        ("BDAY:1980-12-01", 12, 1, 1980),
        ("BDAY:19801201", 12, 1, 1980),
        ("BDAY:--12-01", 12, 1, None),
        ("BDAY:--1201", 12, 1, None),
        ("BDAY:1604-12-01", 12, 1, None),
        ("BDAY;X-APPLE-OMIT-YEAR=1904:1904-12-01", 12, 1, None),
        ("BDAY:0000-12-01", 12, 1, None),
        ("BDAY;VALUE=DATE-TIME:1980-12-01T00:00:00Z", 12, 1, 1980),
        ("BDAY:1980-12-01 00:00", 12, 1, 1980),
        ("BDAY:--02-29", 2, 29, None),
        ("BDAY:2000-02-29", 2, 29, 2000),
    ],
)
def test_a_birthday_is_a_day_of_a_year_that_may_be_unknown(line: str, month: int, day: int, year: int | None) -> None:
    assert draft(card("FN:Jane", line), "vcard").key_dates == (KeyDateDraft("birthday", month, day, year),)


@pytest.mark.parametrize("value", ["around 1980", "1980", "1980-12", "---01", "1980-13-01", "1900-02-29", "١٩٨٠-12-01"])
def test_a_birthday_that_is_no_day_is_remarked(value: str) -> None:
    record = incoming(card("FN:Jane", f"BDAY:{value}"), "vcard")
    assert record.draft.key_dates == ()
    assert record.remarks == (f'line 4: BDAY "{value}" names no day of a month',)


def test_an_empty_value_says_nothing() -> None:
    found = draft(card("FN:Jane", "BDAY:", "TEL:", "EMAIL;TYPE=HOME:", "ORG:;", "NOTE:\\n", "CATEGORIES:,,"), "vcard")
    assert (found.key_dates, found.phones, found.emails, found.organisation, found.facts, found.tags) == (
        (),
        (),
        (),
        None,
        (),
        (),
    )


@pytest.mark.parametrize("name", ["ANNIVERSARY", "X-ANNIVERSARY", "X-ABDATE", "X-EVOLUTION-ANNIVERSARY"])
def test_an_anniversary_has_many_names(name: str) -> None:
    assert draft(card("FN:Jane", f"{name}:2010-06-15"), "vcard").key_dates == (
        KeyDateDraft("anniversary", 6, 15, 2010),
    )


def test_what_is_said_twice_is_kept_once_in_its_order() -> None:
    found = draft(
        card(
            *("FN:Jane", "EMAIL:b@example.test", "EMAIL:a@example.test", "EMAIL:B@example.test"),
            *(
                "TEL:+1 555-0100",
                "TEL;VALUE=uri:tel:+15550100",
                "TEL:tel:555",
                "EMAIL:mailto:c%40example.test?subject=x",
            ),
            *("CATEGORIES:Board", "CATEGORIES:board,Tea", "NOTE:One", "NOTE:One", "NOTE:Two"),
        ),
        "vcard",
    )
    assert found.emails == ("b@example.test", "a@example.test", "c@example.test")
    assert found.phones == ("+1 555-0100", "555")
    assert found.tags == ("Board", "Tea")
    assert found.facts == ((FactKind.background, "One"), (FactKind.background, "Two"))


@pytest.mark.parametrize(
    "lines", [["ROLE:Buys things", "TITLE:Buyer"], ["TITLE:Buyer", "ROLE:Buys things"], ["ROLE:Buyer"]]
)
def test_a_title_says_more_than_a_role(lines: list[str]) -> None:
    assert draft(card("FN:Jane", *lines), "vcard").role == "Buyer"


def test_an_alias_is_another_name() -> None:
    assert draft(card("FN:Jane", "NICKNAME:Jane,JD", "NICKNAME:jd,Jay"), "vcard").aliases == ("JD", "Jay")


def test_an_organisation_is_not_its_own_employer() -> None:
    found = draft(card("KIND:org", "FN:Example Works", "ORG:Example Works", version="4.0"), "vcard")
    assert (found.name, found.organisation, found.kind) == ("Example Works", None, None)


def ignored(data: bytes) -> list[str]:
    """What is passed over, known when all records have been read."""
    reading = read("book.vcf", data, None, SUNDAY)
    for _ in reading.records:
        pass
    return list(reading.ignored)


def test_properties_that_say_something_and_are_not_taken_in_are_named_once_each() -> None:
    lines = ("FN:Jane", "ADR;TYPE=HOME:;;1 Road;Town;;;", "item1.URL:https://example.test", "item1.X-ABLabel:blog")
    more = (
        "GENDER:F",
        "X-SOCIALPROFILE;type=x:https://social.example.test",
        "impp:xmpp:jane@example.test",
        "ADR:;;2 Road",
    )
    assert ignored(card(*lines) + card("FN:Omar", *more)) == ["ADR", "URL", "GENDER", "X-SOCIALPROFILE", "IMPP"]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "REV:20261101T101112Z",
            "PRODID:-//Example//EN",
            "TZ:+01:00",
            "LABEL:1 Road",
            "SORT-STRING:Doe",
            "ADR:;;;;;;",
        ),
        *(f"PHOTO;ENCODING=b:{PHOTO}", "KEY:x", "SOUND:x", "LOGO:x", "N:Doe;Jane;;Dr.;", "X-GENDER: ", "TITLE:Buyer"),
    ],
)
def test_of_what_says_nothing_about_somebody_nothing_is_said(line: str) -> None:
    assert ignored(card("FN:Jane", line)) == []


def test_of_a_card_that_is_not_taken_no_property_is_named() -> None:
    assert ignored(card("FN:The board", "KIND:group", "MEMBER:urn:uuid:7") + card("ADR:;;1 Road")) == []


@pytest.mark.parametrize("line", ["KIND:group", "X-ADDRESSBOOKSERVER-KIND:group"])
def test_a_group_is_no_client(line: str) -> None:
    assert reasons(card("FN:The board", line), "vcard") == [
        ("card 1, line 1", "is a group, neither a person nor an organisation")
    ]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"BEGIN:VCARD\r\nFN:Never closed\r\n", ("card 2, line 5", "has no END")),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", ("card 2, line 5", "has no name, no organisation and no e-mail address")),
        (b"what is this\r\nand this: too\r\nEND:VCARD\r\n", ("line 5", "stands outside any card")),
        (card("FN:x", *["NOTE:x"] * MAX_LINES), ("card 2, line 5", f"has more than {MAX_LINES} lines")),
    ],
)
def test_a_bad_card_between_two_good_ones_leaves_both(bad: bytes, reason: tuple[str, str]) -> None:
    assert names(JANE + bad + OMAR, "vcard") == ["Jane Doe", "Omar Lund"]
    assert reasons(JANE + bad + OMAR, "vcard") == [reason]


def test_a_file_that_breaks_off_loses_only_its_last_card() -> None:
    assert names(JANE + OMAR[:-12], "vcard") == ["Jane Doe"]
    assert reasons(JANE + OMAR[:-12], "vcard") == [("card 2, line 5", "has no END")]


@pytest.mark.parametrize(
    ("lines", "remark"),
    [
        (["no colon here"], "line 4 has no colon"),
        (["one", "two", "three"], "3 lines have no colon, the first is line 4"),
        (['EMAIL;TYPE="home:jane@example.test'], "line 4: EMAIL is not written as a card writes it"),
        (["EMAIL;=home:jane@example.test"], "line 4: EMAIL is not written as a card writes it"),
        (["NOTE;" + "A=B;" * 300 + ":x"], "line 4: NOTE is not written as a card writes it"),
        (["NOTE;ENCODING=b:A"], "line 4: NOTE is not written as a card writes it"),
        (["NOTE:" + "x" * MAX_FIELD], f"line 4: NOTE is longer than {MAX_FIELD} bytes"),
        (["EMAIL:jane"], '"jane" is no e-mail address'),
    ],
)
def test_a_bad_line_is_remarked_and_its_card_kept(lines: list[str], remark: str) -> None:
    record = incoming(card("FN:Jane", *lines, "TEL:555"), "vcard")
    assert record.remarks == (remark,)
    assert record.draft.phones == ("555",)
    assert (record.draft.emails, record.draft.facts) == ((), ())


@pytest.mark.parametrize("mark", [["AGENT:", "BEGIN:VCARD"], ["AGENT:BEGIN:VCARD"], ["AGENT;X=Y:", "begin:vcard"]])
def test_a_card_within_a_card_does_not_end_it(mark: list[str]) -> None:
    found = draft(card("FN:Jane", *mark, "FN:Her secretary", "TEL:1", "END:VCARD", "TEL:2", version="2.1"), "vcard")
    assert (found.name, found.phones) == ("Jane", ("2",))


def test_photos_that_are_not_indented_spill_in_silence() -> None:
    assert draft(card("FN:Jane", "PHOTO;BASE64:", PHOTO, PHOTO, "", "TEL:1"), "vcard").phones == ("1",)


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        (b"NOTE:one\r\n  two\r\n\tthree", "one twothree"),
        (b"NOTE:one\n  two", "one two"),
        (b"NOTE:one\r  two", "one two"),
        (b"NOTE:one\r\r\n  two", "one two"),
        (b"NO\r\n TE:one", "one"),
        (b"NOTE:na\xc3\r\n \xafve", "naïve"),
        (b"NOTE;QUOTED-PRINTABLE:na=C3=\r\n=AFve", "naïve"),
        (b"NOTE;ENCODING=QUOTED-PRINTABLE:na=C3= \n=AFve=\n=\n!", "naïve!"),
        (b"NOTE;ENCODING=QUOTED-PRINTABLE:one=\n\n", "one"),
        (b"NOTE;ENCODING=QUOTED-PRINTABLE:one=", "one"),
        (b"NOTE;ENCODING=QUOTED-PRINTABLE:a=ZZb=4", "a=ZZb=4"),
        (b"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-5:=B4=D0", "Да"),
        (b"NOTE;CHARSET=ISO-8859-5:\xb4\xd0", "Да"),
        (b"NOTE;CHARSET=Shift_JIS:\x83\x5c\x83\x5c", "ソソ"),
        (b"NOTE;CHARSET=no-such-thing:na\xc3\xafve", "naïve"),
        (b"NOTE;CHARSET=utf-8:na\xefve", "naïve"),
        (b"NOTE;CHARSET=unicode_escape:\\\\ud800", "\\ud800"),
        (b"NOTE:na\xefve \x81", "naïve \x81"),
        (b"NOTE:one \x96 two", "one – two"),
        (b"NOTE;ENCODING=BASE64:bmHDr3Zl", "naïve"),
        (b'NOTE;X="a:b;c":one', "one"),
        (b"item7.note:one", "one"),
        (b"NOTE :one", "one"),
        (b"NOTE:http://example.test/a:b;c,d", "http://example.test/a:b;c,d"),
        (b"NOTE;ENCODING=8BIT:a=", "a="),
    ],
)
def test_a_value_is_what_its_writer_meant(raw: bytes, note: str) -> None:
    found = draft(b"BEGIN:VCARD\r\nFN:Jane\r\n" + raw + b"\r\nEND:VCARD\r\n", "vcard")
    assert found.facts == ((FactKind.background, note),)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_the_whole_file_may_be_in_another_encoding(encoding: str) -> None:
    text = "BEGIN:VCARD\r\nFN;CHARSET=ISO-8859-5:Åsa 友\r\nEND:VCARD\r\n"
    assert names(text.encode(encoding), "vcard") == ["Åsa 友"]


def test_files_that_were_joined_each_bring_their_mark() -> None:
    assert names(b"\xef\xbb\xbf" + JANE + b"\xef\xbb\xbf" + OMAR, "vcard") == ["Jane Doe", "Omar Lund"]


def test_zero_bytes_are_left_out_and_remarked() -> None:
    record = incoming(card("FN:Ja\0ne"), "vcard")
    assert record.draft.name == "Jane"
    assert record.remarks == ("line 3: FN held characters of no meaning (NUL)",)


def test_an_empty_file_holds_nobody() -> None:
    assert records(b"", "vcard") == []
    assert records(b"\r\n \r\n", "vcard") == []


@pytest.mark.parametrize(
    ("line", "emails", "phones"),
    [
        ("TEL:tel: 555", (), ("555",)),
        ("TEL:tel:%0A555%00%20;x=1", (), ("555",)),
        ("TEL:tel:555;ext=%0D7", (), ("555 ext. 7",)),
        ("EMAIL:mailto:%00jane%0A@x.example", ("jane @x.example",), ()),
    ],
)
def test_what_an_address_of_the_web_hides_is_one_line_of_text(
    line: str, emails: tuple[str, ...], phones: tuple[str, ...]
) -> None:
    found = draft(card("FN:Jane Doe", line), "vcard")
    assert (found.emails, found.phones) == (emails, phones)
