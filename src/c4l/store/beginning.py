"""A first change that makes its book: where it fails, or there is nothing to it, no empty book is left behind."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from c4l.store import connection
from c4l.store.store import Changes, Store


class _Nothing(Exception):
    """Nothing was written."""


@contextmanager
def writing(store: Store, verb: str, *, keep_empty: bool = False) -> Iterator[Changes]:
    """A transaction that is kept as a whole when the block ends; a book that is not there yet comes with it.

    Args:
        keep_empty: whether a new book is wanted also where nothing was written.

    Raises:
        Unusable: if the book cannot be opened, written or made, or another program made it meanwhile.
    """
    if store.is_there():
        with store.writing(verb) as changes:
            yield changes
        return
    with suppress(_Nothing), connection.in_place_of(store.path.resolve(), overwrite=False) as new:
        with Store(new, named=True) as book, book.writing(verb) as changes:
            yield changes
        if not (changes.changed or keep_empty):
            raise _Nothing
        # As after any writing: the backup of the day is due.
        store.wrote = changes.changed
