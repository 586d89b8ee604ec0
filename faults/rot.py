"""A bit that falls over, anywhere in the file: what the commands say then, and by which means it is found."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from c4l.cli.table import COMMANDS
from c4l.store import backup
from faults.books import Content, content
from faults.place import Answer, Place, scratch
from faults.steps import STORY
from faults.tally import Budget, Fault, Tally

ASKED: tuple[tuple[str, ...], ...] = (
    ("promises", "--state", "all"),
    ("interactions",),
    ("client", "list"),
    ("client", "show", "jane"),
    ("today",),
    ("triangle",),
    ("why", "jane"),
    ("search", "renewal"),
    ("history",),
    ("reliability",),
)
WRITTEN = ("log", "jane", "after the flip", "-i", "one more by 1 dec")


class Whole(NamedTuple):
    """The book as it was: its bytes, what it held, and what the commands say of it."""

    held: bytes
    content: Content
    answers: dict[tuple[str, ...], Answer]


def run(budget: Budget, tally: Tally) -> None:
    """Flip one bit after another, each in a whole book."""
    with scratch() as folder:
        place = Place(folder / "here")
        whole = _whole(place)
        tally.seen["bytes of the book"] = len(whole.held)
        budget.spent_on(_trials(budget.random, tally, place, whole))


def _whole(place: Place) -> Whole:
    place.clear()
    for step in STORY:
        if step.target is None and step.command not in ("import", "restore", "demo", "client forget"):
            place.ask(*step.words)
    answers = {words: place.ask(*words, "--json") for words in ASKED}
    for words, answered in answers.items():
        if answered.code:
            raise AssertionError(f"{words} says of a whole book: {answered}")
    return Whole(place.book.read_bytes(), content(place.book), answers)


def _trials(source: random.Random, tally: Tally, place: Place, whole: Whole) -> Iterator[Callable[[], None]]:
    """One flip anywhere, one where something stands, in turn."""
    standing = [at for at, byte in enumerate(whole.held) if byte]
    while True:
        yield partial(_trial, source, tally, place, whole, source.randrange(len(whole.held)))
        yield partial(_trial, source, tally, place, whole, source.choice(standing))


def _trial(source: random.Random, tally: Tally, place: Place, whole: Whole, at: int) -> None:
    bit = source.randrange(8)
    held = bytearray(whole.held)
    held[at] ^= 1 << bit
    place.book.write_bytes(held)
    backup.journal_of(place.book).unlink(missing_ok=True)
    what = f"bit {bit} of byte {at}"
    tally.trials += 1
    wrong, said = _asked(tally, place, whole, what)
    is_same = _content_of(place.book) == whole.content
    means = _means(place)
    if said == {"right"} and is_same and not means:
        tally.seen["in room that holds nothing: everything is right"] += 1
        return
    tally.seen["that make a difference"] += 1
    for one in sorted(means):
        tally.seen[f"found by {one}"] += 1
    if "damaged" in said:
        tally.seen["told by a command that was asked something else"] += 1
    if "wrong" in said:
        tally.seen["of which a command gave a wrong answer"] += 1
    if not (means or "damaged" in said):
        _unfound(tally, whole, place.book, what, wrong)
    _write(tally, place, what)


_WITHOUT_DIGEST = {
    "counter": "not found: in a number that is yet to be given out, and is higher now: none is given out twice",
    "search": "not found: in the index of words, where it changes no answer",
}
"""What no digest is kept of, and why that can be borne."""


def _unfound(tally: Tally, whole: Whole, book: Path, what: str, wrong: set[str]) -> None:
    """Blame what nothing found, unless it is where nothing can be lost."""
    now = _content_of(book) or {}
    tables = {table.partition("_")[0] for table, rows in whole.content.items() if now.get(table) != rows}
    if not wrong and len(tables) == 1 and (known := _WITHOUT_DIGEST.get(min(tables))):
        tally.seen[known] += 1
    else:
        tally.damage(f"{what} changes {', '.join(tables) or 'what is said'}, and nothing finds it")


def _asked(tally: Tally, place: Place, whole: Whole, what: str) -> tuple[set[str], set[str]]:
    """Which commands gave a wrong answer; and what they all said: right, wrong, or that the book is damaged."""
    said, wrong = set(), set()
    for words, right in whole.answers.items():
        answered = place.ask(*words, "--json")
        if answered == right:
            said.add("right")
        elif answered.is_unforeseen:
            tally.blame(f"{what}: {' '.join(words)}: {answered.err}")
        elif answered.code == 5:
            said.add("damaged")
        else:
            said.add("wrong")
            wrong.add(words[0])
    return wrong, said


def _means(place: Place) -> set[str]:
    """By which means it is found that the book is not as it was left."""
    found = set()
    with closing(sqlite3.connect(place.book, isolation_level=None)) as opened:
        try:
            if backup.found_damage(opened):
                found.add("the check of pages and references")
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            found.add("the check of pages and references")
        try:
            if backup.found_rot(opened):
                found.add("the digests of rows")
        except (sqlite3.DatabaseError, ValueError, TypeError):
            found.add("the digests of rows")
    if "doctor" in COMMANDS:
        answered = place.ask("doctor", "--json")
        if answered.code:
            found.add("c4l doctor")
    return found


def _content_of(book: Path) -> Content | None:
    try:
        return content(book)
    except (sqlite3.DatabaseError, TypeError, ValueError):
        return None


def _write(tally: Tally, place: Place, what: str) -> None:
    answered = place.ask(*WRITTEN, "--json")
    if answered.is_unforeseen or answered.code not in (0, 1, 3, 4, 5):
        tally.blame(f"{what}: {' '.join(WRITTEN)}: {answered.err}")


FAULT = Fault(
    "flip",
    "one bit falls over, anywhere in the file of a small book, and every kind of command is asked",
    "the right answer, or exit 5; never a traceback; and what makes a difference is found",
    2.0,
    run,
)
