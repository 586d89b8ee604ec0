"""Which c4l made a book, or brought it to its version: kept in it, for those that are too old to read the rest."""

import sqlite3

from c4l import __version__
from c4l.store.journal import digest

SINCE = 3
"""The version from which on a book is signed."""

PROGRAM = f"c4l {__version__}"

UPGRADE = "upgrade c4l: pipx upgrade c4l"


def sign(book: sqlite3.Connection) -> None:
    """Write this c4l down as the one that made the book what it is."""
    row = (1, PROGRAM)
    book.execute("DELETE FROM book")
    book.execute("INSERT INTO book (id, written_by, digest) VALUES (?, ?, ?)", [*row, digest(row)])


def signed(book: sqlite3.Connection) -> str | None:
    """Which program a book says it is from: text from outside; None where it does not say so in a way known here."""
    # Imported here: it is asked for when a book is refused, or examined.
    from c4l.domain.book_form import program

    try:
        row = book.execute("SELECT written_by FROM book WHERE id = 1").fetchone()
    except sqlite3.DatabaseError:
        # A newer c4l may keep it in another way, or not at all.
        return None
    return program(row and row[0])


def is_sound(book: sqlite3.Connection) -> bool:
    """Whether the signature is as it was written."""
    try:
        [(*row, kept)] = book.execute("SELECT id, written_by, digest FROM book").fetchall()
        return bool(digest(row) == kept)
    except (sqlite3.OperationalError, TypeError, ValueError):
        # None, more than one, or a text that is none any more.
        return False


def too_new(what: str, written_by: str | None, schema: int, ours: int) -> str:
    """What is said of something whose schema this program does not know yet; the hint is to upgrade.

    Args:
        what: the book or the document, in words.
        ours: the newest schema that this program knows.
    """
    return f"{what} was written by {written_by or 'a newer c4l'} (schema {schema}); this is {PROGRAM} (schema {ours})"
