"""The one table of formats in which clients come in, and the choice among them.

Files are given as bytes: who opens them, and what may be opened, is decided elsewhere. Nothing is ever fetched.
"""

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple, cast

from c4l.actions.drafts import Incoming, Unreadable
from c4l.domain.errors import Refused, WrongUse
from c4l.exchange.reading import MAX_BYTES, MAX_RECORDS, Reading

_MEGABYTE = 1024 * 1024

_HEAD = 4096
"""Bytes within which a file shows what it is."""


class Format(NamedTuple):
    """A way to write clients down.

    Attributes:
        name: the word that a user types.
        suffixes: of file names, in small letters, each with its dot.
        reader: `module:function`, imported when it is needed: takes the bytes and today, answers with a `Reading`.
        begins: what is found near the beginning of such a file, in capitals; empty where nothing gives it away.
        help: completes "a file of this format is ...".
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str
    begins: bytes
    help: str


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
)


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
    module, _, function = _format(path_name, data, format_name).reader.partition(":")
    reader = cast("Callable[[bytes, date], Reading]", getattr(import_module(module), function))
    reading = reader(data, today)
    return reading._replace(records=_counted(reading.records))


def _format(path_name: str, data: bytes, format_name: str | None) -> Format:
    names = ", ".join(row.name for row in FORMATS)
    if format_name is not None:
        for row in FORMATS:
            if row.name == format_name.lower():
                return row
        raise WrongUse(f'there is no format "{format_name}"', f"formats are: {names}")
    suffix = PurePath(path_name).suffix.lower()
    # UTF-16 puts a zero byte beside each letter.
    head = data[:_HEAD].replace(b"\0", b"").upper()
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
