"""A bit that falls over, anywhere in the file: what the commands say then, what finds it, and what mends it."""

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from c4l.store import backup, compiled, soundness
from c4l.store.files import folder_of
from faults.books import Content, content
from faults.place import Answer, Place, scratch
from faults.steps import STORY
from faults.tally import OF_THESE, Budget, Fault, Tally

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
    """The book as it was, with a backup beside it.

    Attributes:
        held: its bytes.
        backups: a copy of the folder in which its backup lies.
        content: what it held.
        answers: what the commands say of it.
    """

    held: bytes
    backups: Path
    content: Content
    answers: dict[tuple[str, ...], Answer]


class Finding(NamedTuple):
    """What `c4l doctor` found in one place, and the command that it names first."""

    check: str
    what: str
    mend: str


def run(budget: Budget, tally: Tally) -> None:
    """Flip one bit after another, each in a whole book."""
    with scratch() as folder:
        place = Place(folder / "here")
        budget.spent_on(_trials(budget.random, tally, place, whole_book(place, folder / "backups")))


def whole_book(place: Place, backups: Path) -> Whole:
    """Make a book with something of everything, and ask what is asked of it; its backups are kept elsewhere."""
    place.clear()
    for step in STORY:
        if step.target is None and step.command not in ("import", "restore", "demo", "client forget"):
            place.ask(*step.words)
    place.ask("backup")
    answers = {words: place.ask(*words, "--json") for words in (*ASKED, ("doctor",))}
    for words, answered in answers.items():
        if answered.code:
            raise AssertionError(f"{words} says of a whole book: {answered}")
    del answers["doctor",]
    folder_of(place.book).rename(backups)
    return Whole(place.book.read_bytes(), backups, content(place.book), answers)


def _trials(source: random.Random, tally: Tally, place: Place, whole: Whole) -> Iterator[Callable[[], None]]:
    """One flip anywhere, one where something stands, in turn."""
    standing = [at for at, byte in enumerate(whole.held) if byte]
    while True:
        for at in (source.randrange(len(whole.held)), source.choice(standing)):
            yield partial(flip, tally, place, whole, at, source.randrange(8))


def flip(tally: Tally, place: Place, whole: Whole, at: int, bit: int) -> None:
    """Let one bit of the book fall over, and count what comes of it."""
    what = f"bit {bit} of byte {at}"
    held = whole.held[:at] + bytes([whole.held[at] ^ 1 << bit]) + whole.held[at + 1 :]
    _lay(place, whole, held)
    tally.trials += 1
    said, wrong = _asked(tally, place, whole, what)
    is_same = _content_of(place.book) == whole.content
    means = _means(place.book)
    findings = examined(tally, place, what)
    if findings is None:
        tally.seen["c4l doctor itself failed"] += 1
    elif findings:
        tally.seen["found by c4l doctor"] += 1
        for each in (*means, *(["a command that was asked something else"] if "damaged" in said else [])):
            tally.seen[f"{OF_THESE} found by {each}, too"] += 1
        if wrong:
            tally.seen[f"{OF_THESE} answered with what the bit says by a command that was asked something else"] += 1
        _mend(tally, place, whole, held, findings, what)
    elif means or "damaged" in said:
        tally.seen["found by another command alone"] += 1
        tally.blame(f"{what} is found by {', '.join(means) or 'a command'}, and not by c4l doctor")
    elif said == {"right"} and is_same:
        tally.seen["harmless: nothing is changed by it, and every answer is right"] += 1
    else:
        _unfound(tally, whole, place.book, what, wrong)
    _lay(place, whole, held)
    _write(tally, place, what)


def _lay(place: Place, whole: Whole, held: bytes) -> None:
    """Put the book where it is, with what lies beside it."""
    place.book.write_bytes(held)
    backup.journal_of(place.book).unlink(missing_ok=True)
    shutil.rmtree(folder_of(place.book), ignore_errors=True)
    shutil.copytree(whole.backups, folder_of(place.book))


# --- what finds it ---------------------------------------------------------------------------------------------------


def _asked(tally: Tally, place: Place, whole: Whole, what: str) -> tuple[set[str], set[str]]:
    """What the commands said, all in all: right, wrong, or that the book is damaged; and which of them were wrong."""
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
    return said, wrong


def _means(book: Path) -> list[str]:
    """By which of the means that a backup is looked over by it is found, too."""
    found = []
    for name, look in (
        ("the check of pages and references", backup.found_damage),
        ("the digests of rows and the seals of the journal", backup.found_rot),
    ):
        with closing(sqlite3.connect(book, isolation_level=None)) as opened:
            try:
                is_found = look(opened) is not None
            except soundness.STUMBLES:
                is_found = True
        if is_found:
            found.append(name)
    return found


def examined(tally: Tally, place: Place, what: str) -> list[Finding] | None:
    """What `c4l doctor` finds; None where it does not do what it is there for, and that must not be."""
    answered = place.ask("doctor", "--json")
    # Exit 5, or a defect, is no finding: it sends whoever asked to where they are.
    if answered.code in (0, 1) and not answered.is_unforeseen:
        found = [
            Finding(check["check"], each["what"], each["mend"].partition("; or,")[0])
            for check in json.loads(answered.out)["data"]["checks"]
            for each in check["findings"]
        ]
        if bool(found) == bool(answered.code):
            return found
    tally.blame(f"{what}: c4l doctor: exit {answered.code}: {answered.err or 'it names nothing'}")
    return None


_WITHOUT_DIGEST = {
    "counter": "in a number that is yet to be given out, and is higher now: none is given out twice",
    "search": "in the index of words, where every word is found as before",
}
"""What no digest is kept of, and why that can be borne."""


def _unfound(tally: Tally, whole: Whole, book: Path, what: str, wrong: set[str]) -> None:
    """Blame what nothing found, unless it is where nothing can be lost."""
    now = _content_of(book) or {}
    tables = {table.partition("_")[0] for table, rows in whole.content.items() if now.get(table) != rows}
    if not wrong and len(tables) == 1 and (known := _WITHOUT_DIGEST.get(min(tables))):
        tally.seen[f"not found, and no record and no answer is changed: {known}"] += 1
    else:
        tally.seen["not found, and it matters"] += 1
        tally.damage(f"{what} changes {', '.join(tables) or 'what is said'}, and nothing finds it")


def _content_of(book: Path) -> Content | None:
    try:
        return content(book)
    except soundness.STUMBLES:
        return None


# --- what mends it ---------------------------------------------------------------------------------------------------

_ROUNDS = 3
"""So often is done what the doctor says; what still is not mended then does not mend."""


def _mend(tally: Tally, place: Place, whole: Whole, held: bytes, findings: list[Finding] | None, what: str) -> None:
    """Do what the doctor says, in its own words, until it finds nothing; every record must be as it was then."""
    _lay(place, whole, held)
    done: list[str] = []
    for _ in range(_ROUNDS):
        for said in (each.mend for each in findings or ()):
            if said.startswith("c4l "):
                words = said.split()[1:]
                answered = place.ask(*words, *(["--yes"] if words[0] == "restore" else []))
                done.append(f"{said} ({answered.code})")
                break
        findings = examined(tally, place, f"{what}, after {', '.join(done)}")
        if not findings:
            break
    now = _content_of(place.book) or {}
    if findings == [] and all(now.get(table) == whole.content[table] for table in compiled.RECORDS):
        tally.seen[f"{OF_THESE} mended by the command that it names, every record as it was"] += 1
    else:
        tally.blame(f"{what}: not mended by {', '.join(done) or 'any command'}: {findings}")


def _write(tally: Tally, place: Place, what: str) -> None:
    answered = place.ask(*WRITTEN, "--json")
    if answered.is_unforeseen or answered.code not in (0, 1, 3, 4, 5):
        tally.blame(f"{what}: {' '.join(WRITTEN)}: {answered.err}")


FAULT = Fault(
    "flip",
    "one bit falls over, anywhere in the file of a small book that has a backup, and every kind of command is asked",
    "`c4l doctor` finds every bit that makes a difference, and the command that it names mends it; a command that was "
    "asked something else before answers rightly, or says that the book is damaged (exit 5), or answers with what the "
    "bit says, as it does not hold each row against its digest; never a traceback",
    2.0,
    run,
)
