"""`python -m bench`: make the books, measure every figure, write the page of the documents."""

import argparse
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench import report
from bench.cases import Books, Case, cases
from bench.generator import FIRST_CLIENT, LARGE, SMALL, Size, book
from bench.measure import Command, Failed, Pair, pairs, peaks
from c4l.store import daily

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".bench"
PAGE = ROOT / "docs" / "performance.md"
CARDS = 300
QUICK_PAIRS = 5


def main() -> int:
    """Measure; 1 where something could not be run."""
    options = _options()
    with _alone() as alone:
        if not alone:
            sys.stderr.write("another run measures in this folder: two at once would disturb each other\n")
            return 1
        return _measure(options)


def _measure(options: argparse.Namespace) -> int:
    load = os.getloadavg()[0]
    measured: dict[tuple[Command, Command, int], list[Pair]] = {}
    try:
        wanted = [
            case
            for case in cases(_books(small_only=options.quick))
            if options.only in case.what and not (options.quick and case.large)
        ]
        figures = [_figure(case, options.pairs, measured) for case in wanted]
    except Failed as error:
        sys.stderr.write(f"this could not be run: {error}\n")
        return 1
    sys.stdout.write(report.table(figures) + "\n" + "\n".join(report.machine(load)) + "\n")
    if not (options.quick or options.only):
        PAGE.write_text(report.page(figures, datetime.now(UTC).astimezone().date(), load), encoding="utf-8")
    return 0


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other run uses the folder of the books; it is ours until the end."""
    FOLDER.mkdir(exist_ok=True)
    # Whatever lies here can be made again.
    (FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
    with (FOLDER / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--pairs", type=int, default=0, help="runs of each command; 15 if not said")
    parser.add_argument("--quick", action="store_true", help="the small book only, fewer pairs, and write no page")
    parser.add_argument("--only", default="", metavar="TEXT", help="rows that hold this text, and write no page")
    options = parser.parse_args()
    options.pairs = options.pairs or (QUICK_PAIRS if options.quick else 15)
    return options


def _figure(case: Case, count: int, measured: dict[tuple[Command, Command, int], list[Pair]]) -> report.Figure:
    """Measure a case; rows that look at the same runs in different ways share them."""
    count = min(count, case.runs or count)
    sys.stderr.write(f"{case.what} …\n")
    key = (case.command, case.against, count)
    if key not in measured:
        measured[key] = pairs(case.command, case.against, count, FOLDER)
    found = measured[key]

    def took(position: int) -> str:
        if case.of is peaks:
            return f"{median(pair[position].peak for pair in found) / 1e6:.1f} MB"
        seconds = median(pair[position].seconds for pair in found)
        return f"{seconds:.1f} s" if seconds >= 1 else f"{1000 * seconds:.1f} ms"

    return report.Figure(case.what, case.at_most, case.of(found), took(0), took(1), count)


def _books(*, small_only: bool) -> Books:
    """The books, made where they are not kept from an earlier run."""
    small, large = (_kept(SMALL if small_only else size) for size in (SMALL, LARGE))
    cards = FOLDER / "cards.vcf"
    cards.write_text("".join(map(_card, range(CARDS))), encoding="utf-8")
    return Books(
        small=small,
        small_grows=_backed_up(_copied(small, "S-grows.db")),
        large=large,
        large_grows=_backed_up(_copied(large, "M-grows.db")),
        somebody=FIRST_CLIENT,
        cards=cards,
        card_count=CARDS,
        folder=FOLDER,
    )


def _kept(size: Size) -> Path:
    sys.stderr.write(f"the book {size.name} …\n")
    return book(size, FOLDER)


def _copied(path: Path, name: str) -> Path:
    copy = FOLDER / name
    shutil.copyfile(path, copy)
    return copy


def _backed_up(book: Path) -> Path:
    """A book that has its backup of the day, as every command of a day finds it that is not the first to write."""
    daily.set_note(book, "")
    daily.make(book, (1, 0, 0))
    return book


def _card(number: int) -> str:
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:card-{number}",
        f"FN:Jo Reed {number}",
        f"N:Reed {number};Jo;;;",
        "ORG:Reed & Daughters",
        "TITLE:gardener",
        f"EMAIL;TYPE=WORK:jo{number}@example.com",
        f"TEL;TYPE=CELL:+1 555 01{number:04}",
        f"BDAY:19{50 + number % 50}-{1 + number % 12:02}-{1 + number % 28:02}",
        "NOTE:likes roses",
        "END:VCARD",
    )
    return "".join(f"{line}\r\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
