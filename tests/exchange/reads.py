"""Short ways to read a file in a test."""

from datetime import date

from c4l.actions.drafts import ClientDraft, Incoming, Unreadable
from c4l.exchange.formats import read

SUNDAY = date(2026, 11, 22)


def records(data: bytes, format_name: str) -> list[Incoming | Unreadable]:
    return list(read("book", data, format_name, SUNDAY).records)


def incoming(data: bytes, format_name: str) -> Incoming:
    """The only record, which was taken."""
    (record,) = records(data, format_name)
    assert isinstance(record, Incoming), record
    return record


def draft(data: bytes, format_name: str) -> ClientDraft:
    """The only record, taken whole."""
    record = incoming(data, format_name)
    assert record.remarks == ()
    return record.draft


def names(data: bytes, format_name: str) -> list[str]:
    return [record.draft.name for record in records(data, format_name) if isinstance(record, Incoming)]


def reasons(data: bytes, format_name: str) -> list[tuple[str, str]]:
    found = records(data, format_name)
    return [(record.place, record.reason) for record in found if isinstance(record, Unreadable)]
