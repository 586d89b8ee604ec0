"""Finding words again, wherever they were written."""

from datetime import date
from typing import NamedTuple

from c4l.domain.errors import WrongUse
from c4l.domain.search import LONGEST, Hit, Phrase, Sought, phrases
from c4l.store import search as stored
from c4l.store.store import Store


class Found(NamedTuple):
    """What holds all the words that were sought, the newest first.

    Attributes:
        words: as they were typed.
        wanted: the same as they are compared, so that they can be marked.
        total: how many texts hold them, shown or not.
    """

    words: str
    wanted: tuple[Phrase, ...]
    hits: tuple[Hit, ...]
    total: int
    today: date
    kind: Sought | None = None
    since: date | None = None

    @property
    def more(self) -> int:
        """How many were found that are not shown."""
        return self.total - len(self.hits)


def search(
    store: Store,
    words: str,
    today: date,
    kind: Sought | None = None,
    since: date | None = None,
    limit: int | None = None,
    *,
    counted: bool = True,
) -> Found:
    """Find the texts in which all the words stand; the beginning of a word is enough.

    Args:
        limit: show at most so many.
        counted: whether those that are not shown count, too; at a million notes that costs as much as finding them.

    Raises:
        WrongUse: if there is no word in what is sought, or it is longer than a few sentences.
    """
    if len(words) > LONGEST:
        raise WrongUse(f"{len(words)} characters are too many to be sought", f"say a few words, {LONGEST} at most")
    wanted = phrases([words])
    if not wanted:
        raise WrongUse(f"there is no word in “{words}”", "say what is to be found: c4l search renewal")
    with store.reading() as tx:
        hits = stored.find(tx, wanted, kind, since, limit)
        complete = not counted or limit is None or len(hits) < limit
        total = len(hits) if complete else stored.count(tx, wanted, kind, since)
    return Found(words, wanted, tuple(hits), total, today, kind, since)
