"""A format is found by name, suffix or content, and what is too much is refused before it costs anything."""

import json
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from c4l.actions.books import Whole
from c4l.domain.errors import Refused, WrongUse
from c4l.exchange import formats
from c4l.exchange.formats import FORMATS, read
from c4l.exchange.reading import MAX_BYTES
from tests.exchange.programs import card
from tests.exchange.reads import SUNDAY

CARD, TABLE = card("FN:Jane Doe"), b"name\nJane Doe\n"


@pytest.mark.parametrize(
    ("path_name", "data", "asked", "found"),
    [
        ("book.vcf", CARD, None, "vcard"),
        ("BOOK.VCF", CARD, None, "vcard"),
        ("book.vcard", CARD, None, "vcard"),
        ("book.csv", TABLE, None, "csv"),
        ("book.tsv", TABLE, None, "csv"),
        ("book.vcf", TABLE, "csv", "csv"),
        ("book.vcf", TABLE, "CSV", "csv"),
        ("-", CARD, None, "vcard"),
        ("book.txt", b"\r\n" + CARD.lower(), None, "vcard"),
        ("book", CARD.decode().encode("utf-16"), None, "vcard"),
    ],
)
def test_the_format_is_asked_for_or_shown(path_name: str, data: bytes, asked: str | None, found: str) -> None:
    assert read(path_name, data, asked, SUNDAY).format == found


@pytest.mark.parametrize(
    ("path_name", "asked", "message"),
    [("book.txt", None, 'nothing shows what format "book.txt" has'), ("book.csv", "xls", 'there is no format "xls"')],
)
def test_an_unknown_format_is_wrong_use_and_the_known_ones_are_named(
    path_name: str, asked: str | None, message: str
) -> None:
    with pytest.raises(WrongUse) as wrong:
        read(path_name, TABLE, asked, SUNDAY)
    assert wrong.value.message == message
    assert "vcard, csv" in wrong.value.hint


BOOK = b'{"c4l_book": 1, "schema": 2, "tables": {"client": []}}'


@pytest.mark.parametrize(
    ("path_name", "data", "asked", "found"),
    [
        ("book.json", BOOK, None, "json"),
        ("-", BOOK, None, "json"),
        ("book.txt", b"\n{\n" + BOOK[1:], None, "json"),
        ("book.csv", BOOK, "json", "json"),
        ("book.csv", BOOK, None, "csv"),
        ("book.vcf", CARD, None, "vcard"),
    ],
)
def test_a_whole_book_is_known_from_the_others(path_name: str, data: bytes, asked: str | None, found: str) -> None:
    row = formats.find(path_name, data, asked)
    assert (row.name, row.whole) == (found, found == "json")


def test_a_whole_book_is_no_address_book() -> None:
    with pytest.raises(WrongUse, match="a whole book, and no address book"):
        read("book.json", BOOK, None, SUNDAY)


def test_every_row_of_the_table_of_books_leads_to_a_reader() -> None:
    for row in FORMATS:
        if row.whole:
            book = formats.read_book(row, BOOK, BytesIO())
            assert [(each.table, list(each.records)) for each in book] == [("client", [])]


@pytest.mark.parametrize("row", formats.OUTPUTS, ids=lambda row: row.name)
def test_every_row_of_the_table_of_outputs_leads_to_a_writer(row: formats.Output, tmp_path: Path) -> None:
    out = StringIO()
    book = Whole(SUNDAY, "c4l 0.1.0", 3, {"client": 1}, iter([("client", iter(()))]))
    assert formats.write(row, book, tmp_path if row.folder else out) == {"client": 0}
    assert list(tmp_path.iterdir()) if row.folder else json.loads(out.getvalue())


def test_an_unknown_output_is_wrong_use_and_the_known_ones_are_named() -> None:
    assert formats.output("CSV").name == "csv"
    with pytest.raises(WrongUse) as wrong:
        formats.output("xls")
    assert "json, csv" in wrong.value.hint


@pytest.mark.parametrize("row", [row for row in FORMATS if not row.whole], ids=lambda row: row.name)
def test_every_row_of_the_table_leads_to_a_reader_of_that_name(row: formats.Format) -> None:
    module, _, function = row.reader.partition(":")
    reading = getattr(import_module(module), function)(TABLE, SUNDAY)
    assert reading.format == row.name
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in row.suffixes)


def test_a_file_that_is_too_long_is_refused_at_once() -> None:
    with pytest.raises(Refused, match="longer than 64 megabytes"):
        read("book.vcf", bytes(MAX_BYTES + 1), None, SUNDAY)


@pytest.mark.parametrize(("count", "too_many"), [(3, False), (4, True)])
def test_a_file_of_too_many_records_is_refused_while_it_is_read(
    count: int, too_many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MAX_RECORDS", 3)
    records = read("book.vcf", CARD * count, None, SUNDAY).records
    if too_many:
        with pytest.raises(Refused, match="more than 3 records"):
            list(records)
    else:
        assert len(list(records)) == count
