"""What every reader of a file answers with, and how much it takes before it stops."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from c4l.actions.drafts import Incoming, Unreadable
from c4l.domain.names import LONGEST_TEXT

MAX_BYTES = 64 * 1024 * 1024
"""Of a whole file."""

MAX_RECORDS = 200_000
"""Of a whole file: more than a lifetime of clients, and few enough to undo as one entry."""

MAX_FIELD = LONGEST_TEXT
"""Of one value: bytes as a card writes it, characters as a CSV cell holds it."""


class Reading(NamedTuple):
    """A file being read.

    Attributes:
        format: the name of the format it was taken for.
        ignored: the columns or properties that were passed over, as the file names them; a format whose records
            name their own properties knows them only when the records have been read.
        records: read as they are asked for, once.
    """

    format: str
    ignored: Collection[str]
    records: Iterator[Incoming | Unreadable]


def brief(text: str, length: int = 40) -> str:
    """The text in one line without zero bytes, for a remark or a reason; more than `length` characters are cut."""
    line = one_line(text[: 4 * length].replace("\0", ""))
    return line if len(line) <= length else f"{line[: length - 1]}…"


def one_line(text: str) -> str:
    """The text with every run of white space made one space."""
    return " ".join(text.split())
