"""What nobody foresaw may be the fault of a book that is damaged: then it is told as damage, not as a defect."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from c4l.domain.errors import Unusable

_UNFORESEEN = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, sqlite3.Error)
"""What comes of reading a text where a number was, a day that is none, or a number that leads nowhere."""


@contextmanager
def blamed(book: Path) -> Iterator[None]:
    """Look a book over when something went wrong that nobody foresaw.

    Raises:
        Unusable: if the book is damaged; else what went wrong goes on as it is.
    """
    try:
        yield
    except _UNFORESEEN as error:
        if (damage := _found(book)) is None:
            raise
        raise Unusable(
            f"the book is damaged: {damage}: {book}", "c4l doctor tells what to do; keep the file"
        ) from error


def _found(book: Path) -> str | None:
    """What is wrong with a book, in a line; None where nothing is, or there is none."""
    from c4l.store import backup, search

    if not book.exists():
        return None
    try:
        with closing(backup.opened_as_it_is(book)) as opened:
            if damage := backup.found_damage(opened) or backup.found_rot(opened):
                return damage
            return next(("the index of words" for _ in search.out_of_step(opened)), None)
    except (LookupError, TypeError, ValueError, sqlite3.Error):
        # What looks it over stumbles over the same bytes.
        return "not all of it can be read"
