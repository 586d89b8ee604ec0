"""Tables come in by the names of their columns, whoever wrote them."""

from datetime import date

import pytest

from c4l.actions.drafts import ClientDraft, KeyDateDraft
from c4l.domain.errors import WrongUse
from c4l.domain.terms import FactKind, Kind
from c4l.exchange.columns import Use, column_key, uses
from c4l.exchange.formats import read
from c4l.exchange.reading import MAX_FIELD
from tests.exchange import programs
from tests.exchange.reads import SUNDAY, draft, incoming, names, reasons, records


def ignored(data: bytes) -> tuple[str, ...]:
    return tuple(read("book.csv", data, None, SUNDAY).ignored)


def test_google_joins_values_and_stars_its_own_groups() -> None:
    assert draft(programs.GOOGLE_CSV, "csv") == ClientDraft(
        name="Jane Q Doe",
        organisation="Example Works",
        role="Director",
        aliases=("JD",),
        emails=("jane@example.test", "jane2@example.test", "jane3@example.test"),
        phones=("+1 555 0102", "+1 555 0103"),
        tags=("friends", "Board, old"),
        facts=((FactKind.background, "Likes tea\nand walks"),),
        key_dates=(KeyDateDraft("birthday", 12, 1),),
    )
    assert ignored(programs.GOOGLE_CSV) == ("Photo",)


def test_outlook_means_a_courtesy_by_title_and_no_day_by_zeros() -> None:
    assert draft(programs.OUTLOOK_CSV, "csv") == ClientDraft(
        name="Jörg Müller Jr.",
        organisation="Beispiel, Einkauf",
        role="Buyer",
        emails=("joerg@example.test",),
        phones=("555 0101", "555 0106"),
        tags=("Suppliers", "Friends"),
        facts=((FactKind.background, "Kaffee"),),
        key_dates=(KeyDateDraft("anniversary", 6, 14, 2005),),
    )
    assert ignored(programs.OUTLOOK_CSV) == ("Web Page",)


def test_thunderbird_takes_a_birthday_apart() -> None:
    assert draft(programs.THUNDERBIRD_CSV, "csv") == ClientDraft(
        name="Mei Ng",
        organisation="Example Works",
        role="Analyst",
        emails=("mei@example.test",),
        phones=("555 0105",),
        key_dates=(KeyDateDraft("birthday", 7, 4),),
    )
    assert ignored(programs.THUNDERBIRD_CSV) == ("Fax Number",)


def test_a_sheet_of_ones_own_has_the_words_of_c4l() -> None:
    sheet = b"Client;Kind;Since;Cadence;Tags;Title;ID\nJane Doe;Partner;90d;6w;board, tea;Buyer;7\n"
    assert draft(sheet, "csv") == ClientDraft(
        name="Jane Doe",
        kind=Kind.partner,
        role="Buyer",
        tags=("board", "tea"),
        cadence_days=42,
        since=date(2026, 8, 24),
        uid="7",
    )


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("E-mail 2 Address", "e mail address"),
        ("  ÉMAIL ", "email"),
        ("Phone 1 - Value", "phone value"),
        ("first_name", "first name"),
        ("123", ""),
    ],
)
def test_columns_are_compared_without_case_accents_numbers_and_marks(written: str, key: str) -> None:
    assert column_key(written) == key


def test_a_column_may_bear_the_very_words_that_c4l_asks_for() -> None:
    asked = [use for use in Use if use not in (Use.nothing, Use.role)]
    assert uses([use.value for use in asked]) == asked


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_sense_of_the_header(delimiter: str) -> None:
    rows = ["Name", "E-mail", "Notes, and more"], ["Jane Doe", "jane@example.test", "a"]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert draft(text.encode(), "csv").emails == ("jane@example.test",)
    bare = f"name{delimiter}email\nJane Doe{delimiter}jane@example.test"
    assert draft(bare.encode(), "csv").emails == ("jane@example.test",)


def test_a_delimiter_is_not_chosen_for_the_number_of_its_columns() -> None:
    assert names(b"name;what, where, when\nDoe, Jane;one, two, three\n", "csv") == ["Doe, Jane"]


def test_excel_may_name_the_delimiter_itself() -> None:
    assert reasons(b"sep=;\nname;phone\nJane, of Acme;5\n;5\n", "csv") == [
        ("line 4", "has no name, no organisation and no e-mail address")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    assert names("name,phone\r\nÅsa Strauß,555\r\n".encode(encoding), "csv") == ["Åsa Strauß"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_place_is_the_line_a_row_begins_on(end: str) -> None:
    lines = ["name,notes", 'Jane,"one', 'two"', "", " , ", ",nobody", "Omar,\x0b\u2028x"]
    found = records(end.join(lines).encode(), "csv")
    assert [record.place for record in found] == ["line 2", "line 6", "line 7"]


def test_without_a_column_of_names_the_columns_are_told() -> None:
    with pytest.raises(WrongUse) as wrong:
        read("book.csv", b"colour,taste\nred,sweet\n", None, SUNDAY)
    assert wrong.value.message == "no column of the first line says who the clients are; found: colour, taste"
    assert wrong.value.hint.startswith("name the columns in the first line: name, first name, ")


@pytest.mark.parametrize("data", [b"", b"\n\n", b'"name', b"\xff\xfe", b",,,", b"phone\n555\n"])
def test_a_table_that_names_nobody_is_refused(data: bytes) -> None:
    with pytest.raises(WrongUse):
        read("book.csv", data, None, SUNDAY)


def test_a_table_of_too_many_columns_is_refused() -> None:
    with pytest.raises(WrongUse, match="more than 1000 columns"):
        read("book.csv", b"name," * 1001, None, SUNDAY)


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("Jane Doe,,,", "Jane Doe"),
        ("Jane Doe", "Jane Doe"),
        (",Acme,,", "Acme"),
        (",,JD,", "JD"),
        (",,,jane@example.test", "jane@example.test"),
    ],
)
def test_a_name_is_found_wherever_it_stands(row: str, name: str) -> None:
    assert draft(f"name,company,nickname,email\n{row}\n".encode(), "csv").name == name


@pytest.mark.parametrize(
    ("row", "organisation"),
    [
        (b"Name,Company\nExample Works,Example Works\n", "Example Works"),
        (b"Name,Company\n,Example Works\n", None),
        (b"First Name,Last Name,Company\n,,Example Works\n", None),
        (b"Name,Company\nExample Works,\n", None),
    ],
)
def test_an_organisation_that_is_called_as_the_client_is_stays_where_both_were_said(
    row: bytes, organisation: str | None
) -> None:
    found = draft(row, "csv")
    assert (found.name, found.organisation) == ("Example Works", organisation)


@pytest.mark.parametrize(
    ("row", "remark"),
    [
        ("Jane,,,,,,x,y", "2 cells stand beyond the last column"),
        ("Jane,,,,,,x", "one cell stands beyond the last column"),
        ("Jane,jane", '"jane" is no e-mail address'),
        ("Jane,,stranger", 'kind "stranger" is none of customer, internal, team, partner, friend, family'),
        ("Jane,,," + "x" * 61, f'birthday "{"x" * 39}…" is no day'),
        ("Jane,,,,,," + "x" * (MAX_FIELD + 1), "one cell stands beyond the last column"),
        ("Jane,,,,," + "x" * (MAX_FIELD + 1), f"notes is longer than {MAX_FIELD} characters"),
        ("Ja\0ne", "name held characters of no meaning (NUL)"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_remarked(row: str, remark: str) -> None:
    record = incoming(f"name,email,kind,birthday,since,notes\n{row}\n".encode(), "csv")
    assert record.draft == ClientDraft("Jane")
    assert record.remarks == (remark,)


@pytest.mark.parametrize(
    ("column", "text"), [("birthday", "3/4/80"), ("birthday", "soon"), ("since", "next friday"), ("cadence", "often")]
)
def test_words_that_name_no_day_are_remarked(column: str, text: str) -> None:
    record = incoming(f"name,{column}\nJane,{text}\n".encode(), "csv")
    assert record.draft == ClientDraft("Jane")
    (remark,) = record.remarks
    assert remark.startswith(f"{column}: ")
    assert text in remark


@pytest.mark.parametrize("text", ["1980-12-01", "1 dec 1980", "1980-12-01 00:00:00", "1980-12-01T00:00"])
def test_a_birthday_may_carry_a_time_of_day(text: str) -> None:
    assert draft(f"name,birthday\nJane,{text}\n".encode(), "csv").key_dates == (KeyDateDraft("birthday", 12, 1, 1980),)


@pytest.mark.parametrize("parts", ["1980,13,1", "1900,2,29", ",,1", "x,1,1", "99999,1,1"])
def test_a_birthday_in_parts_must_be_a_day(parts: str) -> None:
    record = incoming(f"name,birth year,birth month,birth day\nJane,{parts}\n".encode(), "csv")
    assert record.draft == ClientDraft("Jane")
    assert len(record.remarks) == 1


def test_a_quote_that_is_never_closed_costs_its_own_row() -> None:
    table = b'name,notes\nJane,a\nBob,"oops\nOmar,b\nDana,"c, d"\n"Mei" Ng,e\nLea,f\n'
    assert names(table, "csv") == ["Jane", "Omar", "Dana", "Lea"]
    assert reasons(table, "csv") == [
        ("line 3", "has quotes that do not match"),
        ("line 6", "has quotes that do not match"),
    ]


def test_a_table_of_nothing_but_such_quotes_is_given_up() -> None:
    table = b"name\n" + b'z","\n' * 1001
    found = reasons(table, "csv")
    assert found[-1][1] == "has quotes that do not match, as many before it: the rest was not read"
    assert len(found) < 1001
