"""Files that others wrote, read as c4l reads them: cards, tables, whole books, the settings."""

import os
from datetime import date
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from c4l import config
from c4l.actions import books as actions
from c4l.actions.drafts import Incoming, Unreadable
from c4l.domain.names import name_key
from c4l.exchange import book_json, formats
from c4l.store.migrations import CURRENT
from c4l.store.signature import PROGRAM
from c4l.store.store import Store
from fuzz.claims import answered, holds, is_text

SUNDAY = date(2026, 11, 22)


def cards(data: bytes) -> None:
    """Address books of vCards."""
    _read(data, "vcard")


def tables(data: bytes) -> None:
    """Tables of clients."""
    _read(data, "csv")


def _read(data: bytes, format_name: str) -> None:
    reading = answered(formats.read, "book", data, format_name, SUNDAY)
    if reading is None:
        return
    for record in answered(list, reading.records) or []:
        if isinstance(record, Unreadable):
            holds(record.place and record.reason, "what cannot be read is placed, and why is said", record)
        else:
            _hold_of_a_client(record)
    holds(all(map(is_text, reading.ignored)), "what is passed over can be named", reading.ignored)


def _hold_of_a_client(record: Incoming) -> None:
    draft = record.draft
    lines = [draft.name, *draft.aliases, *draft.emails, *draft.phones, *draft.tags]
    lines += [text for text in (draft.organisation, draft.role, draft.uid) if text is not None]
    lines += [each.label for each in draft.key_dates]
    holds(name_key(draft.name), "a client has a name that can be seen", draft)
    holds(all(text == " ".join(text.split()) for text in lines), "what is kept in a line is one", lines)
    texts = [*lines, *(text for _, text in draft.facts), *record.remarks]
    holds(all(text and is_text(text) and "\0" not in text for text in texts), "what is kept is text", texts)
    for each in draft.key_dates:
        date(2000 if each.year is None else each.year, each.month, each.day)


def books(data: bytes) -> None:
    """Whole books, as `c4l export` writes them; what was taken in is written and read again."""
    held = answered(_tables, data)
    if held is None:
        return
    written = StringIO()
    numbers = {table: number for table, number, _ in held}
    tables = ((table, iter(records)) for table, _, records in held)
    book_json.write(actions.Whole(SUNDAY, PROGRAM, CURRENT, numbers, tables), written)
    again = _tables(written.getvalue().encode())
    holds(again == held, "a book is read again as it was", again, held)
    with Store.open(Path(_folder().name) / "nowhere.db") as store:
        arriving = book_json.read(data, BytesIO())
        report = answered(actions.take_in, store, "book.json", arriving, rehearse=True)
    if report is not None:
        holds(
            report.counts == {table: len(records) for table, _, records in held}, "nothing is lost on the way", report
        )


def _tables(data: bytes) -> list[tuple[str, int, list[dict[str, Any]]]]:
    """The tables of a document, each with its next number and its records."""
    return [
        (each.table, each.next_number, [dict(record) for record in each.records])
        for each in book_json.read(data, BytesIO())
    ]


@cache
def _folder() -> TemporaryDirectory[str]:
    """A folder of this process's own, gone with it."""
    return TemporaryDirectory(prefix="c4l-fuzz-")


def settings(data: bytes) -> None:
    """The settings, from a `config.toml`."""
    file = Path(_folder().name) / "config.toml"
    file.write_bytes(data)
    found = answered(config.load, None, {"C4L_CONFIG": str(file), "HOME": os.sep})
    if found is None:
        return
    for row in config.SETTINGS.values():
        value = found[row.name]
        if isinstance(value, int):
            holds(row.low is not None and row.high is not None and row.low <= value <= row.high, row.name, value)
        else:
            holds(value in row.choices if row.choices else value.strip(), row.name, value)
    found.thresholds  # noqa: B018 - it is made of the settings, and must be
    holds(found.database.is_absolute(), "the book lies at one place, wherever c4l runs", found.database)
