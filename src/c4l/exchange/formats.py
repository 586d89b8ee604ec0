"""The two tables of formats: those that come in and those that go out, and the choice among them.

Files are given as bytes: who opens them, and what may be opened, is decided elsewhere. Nothing is ever fetched.
"""

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TextIO, cast

from c4l.actions.drafts import Incoming, Unreadable
from c4l.domain.errors import Refused, WrongUse
from c4l.exchange.reading import MAX_BYTES, MAX_RECORDS, Reading

if TYPE_CHECKING:
    from c4l.actions.books import Arriving, Whole

_MEGABYTE = 1024 * 1024

HEAD = 4096
"""Bytes within which a file shows what it is."""


class Format(NamedTuple):
    """A way to write clients, or a whole book, down.

    Attributes:
        name: the word that a user types.
        suffixes: of file names, in small letters, each with its dot.
        reader: `module:function`, imported when it is needed: takes the bytes and today, answers with a `Reading`;
            where it is a whole book, takes how it begins and the file, answers with its tables.
        begins: what is found near the beginning of such a file, in capitals; empty where nothing gives it away.
        help: completes "a file of this format is ...".
        whole: whether it is a whole book, of any length, and not an address book.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str
    begins: bytes
    help: str
    whole: bool = False


FORMATS = (
    Format(
        "vcard",
        (".vcf", ".vcard"),
        "c4l.exchange.vcard:read",
        b"BEGIN:VCARD",
        "an address book of vCards, version 2.1, 3.0 or 4.0",
    ),
    Format(
        "csv",
        (".csv", ".tsv"),
        "c4l.exchange.csv_clients:read",
        b"",
        "a table with a header, as Google, Outlook, Thunderbird or your own sheet writes it",
    ),
    Format(
        "json",
        (".json",),
        "c4l.exchange.book_json:read",
        b'"C4L_BOOK"',
        "a whole book, as c4l export writes it; it goes into an empty book",
        whole=True,
    ),
)


class Output(NamedTuple):
    """A way to write a whole book down.

    Attributes:
        name: the word that a user types.
        writer: `module:function`, imported when it is needed: takes the book, and where to write it.
        help: completes "the book is written as ...".
        folder: whether it makes a folder of files, and not one file.
    """

    name: str
    writer: str
    help: str
    folder: bool = False


OUTPUTS = (
    Output("json", "c4l.exchange.book_json:write", "one JSON document, which c4l import reads into an empty book"),
    Output("csv", "c4l.exchange.csv_tables:write", "a folder of tables, one CSV file each, for a spreadsheet", True),
)


def output(format_name: str) -> Output:
    """The format of that name.

    Raises:
        WrongUse: if there is none.
    """
    for row in OUTPUTS:
        if row.name == format_name.lower():
            return row
    names = ", ".join(row.name for row in OUTPUTS)
    raise WrongUse(f"a book is not written as “{format_name}”", f"formats are: {names}")


def write(row: Output, book: "Whole", target: TextIO | Path) -> dict[str, int]:
    """Write a book in a format; how many records of each table there were.

    Args:
        target: a stream for what is one file; the folder for what is several.
    """
    return cast("Callable[[Whole, TextIO | Path], dict[str, int]]", _function(row.writer))(book, target)


def read(path_name: str, data: bytes, format_name: str | None, today: date) -> Reading:
    """Read clients from a file, in the format that is asked for, or that its name or its content shows.

    Bad records come out among the good ones, each with its place and the reason.

    Args:
        path_name: only looked at for its suffix.
        data: the whole file; of one that is too long, `MAX_BYTES` and one byte more are enough.
        format_name: of a row of `FORMATS`; None to find it.
        today: what words for days count from.

    Raises:
        WrongUse: no format, or a table whose header says nothing.
        Refused: the file is too long; or, while the records are read, holds too many.
    """
    if len(data) > MAX_BYTES:
        raise Refused(
            f"the file is longer than {MAX_BYTES // _MEGABYTE} megabytes",
            "export it without photos, or in several files",
        )
    found = find(path_name, data, format_name)
    if found.whole:
        raise WrongUse(f"{path_name} is a whole book, and no address book", "c4l import takes it into an empty book")
    reading = cast("Callable[[bytes, date], Reading]", _function(found.reader))(data, today)
    return reading._replace(records=_counted(reading.records))


def read_book(row: Format, head: bytes, rest: BinaryIO) -> "Iterator[Arriving]":
    """Read a whole book, table by table; each is to be read to its end before the next.

    Args:
        row: of a format that is one.
        head: how the file begins, as far as it was read.
        rest: what follows.

    Raises:
        Refused: while it is read: where it is no such document, or something in it is not as it must be.
    """
    return cast("Callable[[bytes, BinaryIO], Iterator[Arriving]]", _function(row.reader))(head, rest)


def _function(target: str) -> object:
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def find(path_name: str, data: bytes, format_name: str | None) -> Format:
    """The format that is asked for, or that the name of a file or its content shows.

    Args:
        data: how the file begins, `HEAD` bytes or more.

    Raises:
        WrongUse: if there is none.
    """
    names = ", ".join(row.name for row in FORMATS)
    if format_name is not None:
        for row in FORMATS:
            if row.name == format_name.lower():
                return row
        raise WrongUse(f'there is no format "{format_name}"', f"formats are: {names}")
    suffix = PurePath(path_name).suffix.lower()
    # UTF-16 puts a zero byte beside each letter.
    head = data[:HEAD].replace(b"\0", b"").upper()
    for row in FORMATS:
        if suffix in row.suffixes:
            return row
    for row in FORMATS:
        if row.begins and row.begins in head:
            return row
    raise WrongUse(f'nothing shows what format "{path_name}" has', f"name it with --format, one of: {names}")


def _counted(records: Iterator[Incoming | Unreadable]) -> Iterator[Incoming | Unreadable]:
    for number, record in enumerate(records, start=1):
        if number > MAX_RECORDS:
            raise Refused(f"the file holds more than {MAX_RECORDS} records", "import it in several files")
        yield record
