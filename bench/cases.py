"""What is measured, and how much it may be: a row for each figure of the table."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.generator import TODAY
from bench.measure import NOTHING, Command, Pair, peaks, times

SHOWN = "20"
"""Rows of promises on a screen, whatever the size of the book."""
SOUGHT = ("plan", "review")
"""Two words that stand in many notes each."""
_RUNS_OF_IMPORT = 3


class Books(NamedTuple):
    """The books to measure on, each with a copy that may grow, and a folder for what is written anew.

    Attributes:
        small: of size S; `large` of size M.
        small_grows: a copy of it to be written to.
        somebody: the name of a client who is in both.
        cards: a file of vCards; `card_count` says how many.
    """

    small: Path
    small_grows: Path
    large: Path
    large_grows: Path
    somebody: str
    cards: Path
    card_count: int
    folder: Path


class Case(NamedTuple):
    """One figure.

    Attributes:
        at_most: None where it is for information only.
        against: what it is compared with.
        of: what of the pairs is compared.
        runs: so many pairs where it takes long; None for as many as were asked for.
        large: whether it needs a large book.
    """

    what: str
    at_most: float | None
    command: Command
    against: Command = NOTHING
    of: Callable[[list[Pair]], float] = times
    runs: int | None = None
    large: bool = False


def c4l(book: Path, *words: str, terminal: bool = False, fresh: bool = False) -> Command:
    """A c4l command on a book."""
    environ = (("C4L_DATABASE", str(book)), ("C4L_TODAY", TODAY.isoformat()))
    return Command(("-m", "c4l", *words), environ, terminal, book if fresh else None)


def cases(books: Books) -> list[Case]:
    """Every figure, in the order of the table."""
    note = ("log", books.somebody, "asked us before choosing the vendor", "-s", "consulted")
    log = (*note, "-i", "send the deck by friday")
    overdue = ("promises", "--overdue", "--limit", SHOWN)
    small_log, large_log = c4l(books.small_grows, *log), c4l(books.large_grows, *log)
    small_shown, large_shown = (c4l(book, *overdue, terminal=True) for book in (books.small, books.large))
    small_piped, large_piped = (c4l(book, *overdue) for book in (books.small, books.large))
    small_drawn, large_drawn = (c4l(book, "triangle", terminal=True) for book in (books.small, books.large))
    large_list = c4l(books.large, "triangle")
    earlier, earlier_list = (c4l(books.large, "triangle", "--as-of", "90d", terminal=drawn) for drawn in (True, False))
    small_found, large_found = (c4l(book, "search", *SOUGHT, "--limit", SHOWN) for book in (books.small, books.large))
    return [
        Case("`log`, S", 6.5, small_log),
        Case("`log`, M", 6.5, large_log, large=True),
        Case("`promises --overdue`, 20 rows, terminal, S", 10, small_shown),
        Case("`promises --overdue`, 20 rows, terminal, M", 10, large_shown, large=True),
        Case("`promises --overdue`, 20 rows, piped, S", 6, small_piped),
        Case("`promises --overdue`, 20 rows, piped, M", 6, large_piped, large=True),
        Case("`triangle`, terminal, S", 9, small_drawn),
        Case("`triangle`, terminal, M", 24, large_drawn, large=True),
        Case("`triangle`, piped, M", 20, large_list, large=True),
        Case("`triangle --as-of 90d` over `triangle`, terminal, M", 1.1, earlier, large_drawn, large=True),
        Case("`triangle --as-of 90d` over `triangle`, piped, M", 1.1, earlier_list, large_list, large=True),
        Case("`search`, 20 rows, piped, over `promises --overdue`, S", 1.5, small_found, small_piped),
        Case("`search`, 20 rows, piped, over `promises --overdue`, M", 1.5, large_found, large_piped, large=True),
        Case("`log`, M over S", 1.15, large_log, small_log, large=True),
        Case("`promises --overdue`, 20 rows, piped, M over S", 1.15, large_piped, small_piped, large=True),
        Case("`promises --overdue`, 20 rows, terminal, M over S", 1.15, large_shown, small_shown, large=True),
        Case("peak memory of `log`, M", 3, large_log, of=peaks, large=True),
        Case("peak memory of `promises --overdue`, piped, M", 3, large_piped, of=peaks, large=True),
        Case("peak memory of `promises --overdue`, terminal, M", 3, large_shown, of=peaks, large=True),
        Case("peak memory of `triangle`, terminal, M", 5, large_drawn, of=peaks, large=True),
        Case("peak memory of `triangle`, piped, M", 5, large_list, of=peaks, large=True),
        *_mornings(books),
        *_imports(books),
    ]


def _mornings(books: Books) -> list[Case]:
    """What else is asked on a day of work."""
    asked = {
        "`today`, 3 rows of each part": ("today", "--limit", "3"),
        "`quiet`, 20 rows": ("quiet", "--limit", SHOWN),
        "`brief`": ("brief", books.somebody),
        "`why`": ("why", books.somebody),
        "`plan`": ("plan", books.somebody),
        "`reliability`": ("reliability",),
    }
    return [
        Case(f"{what}, piped, {size}", None, c4l(book, *words), large=size == "M")
        for what, words in asked.items()
        for size, book in (("S", books.small), ("M", books.large))
    ]


def _imports(books: Books) -> list[Case]:
    """Writing in bulk: against the barest way, against less of it, and one that users know."""

    def bulk(way: str, count: int) -> Command:
        path = books.folder / f"{way}.db"
        return Command(("-m", "bench.bulk", way, str(path), str(count)), fresh=path)

    journalled, bare = bulk("journalled", 1_000_000), bulk("bare", 1_000_000)
    fewer = bulk("journalled", 200_000)
    cards = c4l(books.folder / "cards.db", "import", str(books.cards), fresh=True)
    return [
        Case("1,000,000 interactions over a bare `executemany`", 2, journalled, bare, runs=_RUNS_OF_IMPORT, large=True),
        Case("peak memory of 1,000,000 over 200,000", 1.1, journalled, fewer, peaks, _RUNS_OF_IMPORT, large=True),
        Case(f"`import` of {books.card_count} vCards into a new book", None, cards),
    ]
