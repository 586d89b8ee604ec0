"""What was typed at questions and is not in the book yet, kept in private files beside it until it is.

Each answer is on the disk before the next question is asked, so that whatever ends the program ends no text. A file
belongs to the process that holds its lock; one that nobody holds was left behind, and can be gone on with.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from c4l.domain.errors import Unusable
from c4l.store import files

_END = ".typed"


class Begun(NamedTuple):
    """A command that asks questions.

    Attributes:
        on: the day on which it was begun, from which the words for days are read.
        words: what was typed after its name.
        options: what the options said.
    """

    on: date
    words: Sequence[str]
    options: Mapping[str, Any]


class Answer(NamedTuple):
    """A question as it was shown, and what was typed."""

    question: str
    typed: str


class Unsaved:
    """What is typed into one command; the file is made when the first question, or its answer, is there."""

    def __init__(self, book: Path, begun: Begun) -> None:
        self.begun = begun
        self.path: Path | None = None
        self.answers: list[Answer] = []
        self._folder = files.unsaved_of(book)
        self._ends: list[int] = []
        self._handle = -1

    def add(self, answer: Answer) -> None:
        """Keep an answer; it is on the disk when this returns.

        Raises:
            Unusable: if it cannot be kept.
        """
        with self._explained():
            if self._handle < 0:
                self._make()
            self._write(answer)
            self.answers.append(answer)

    def begin(self) -> None:
        """Keep the words and options before there is an answer.

        Raises:
            Unusable: if they cannot be kept.
        """
        with self._explained():
            if self._handle < 0:
                self._make()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Unusable(
                f"what you type cannot be kept in {self._folder}: {error.strerror}",
                "make room there and look at its rights",
            ) from error

    def first_told_on(self, day: date) -> bool:
        """Whether nobody was told of the file on this day yet; its name keeps the last day on which somebody was."""
        assert self.path is not None  # noqa: S101 - what was left behind has a file
        first, _, told = self.path.name.removesuffix(_END).partition(".")
        if told == day.isoformat():
            return False
        with suppress(OSError):
            self.path = self.path.rename(self.path.with_name(f"{first}.{day.isoformat()}{_END}"))
        return True

    def cut(self, count: int) -> None:
        """Keep only the first answers."""
        del self.answers[count:], self._ends[count + 1 :]
        os.ftruncate(self._handle, self._ends[-1])
        os.lseek(self._handle, 0, os.SEEK_END)

    def drop(self) -> None:
        """Remove the file: what it holds is in the book, or is not wanted."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)
            with suppress(OSError):
                # Where nothing else was left behind.
                self._folder.rmdir()
        self.close()

    def close(self) -> None:
        """Let go of the file, which stays."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _make(self) -> None:
        files.make_private(self._folder)
        path = self._folder / f"{os.urandom(6).hex()}{_END}"
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        _lock(self._handle)
        self.path = path
        self._write({"on": self.begun.on.isoformat(), "words": self.begun.words, "options": self.begun.options})
        files.sync(self._folder)

    def _write(self, record: object) -> None:
        line = json.dumps(record).encode() + b"\n"
        while line:
            line = line[os.write(self._handle, line) :]
        os.fsync(self._handle)
        self._ends.append(os.lseek(self._handle, 0, os.SEEK_CUR))

    @classmethod
    def _read(cls, book: Path, path: Path) -> "Unsaved | None":
        """What was left in a file; None where somebody is typing still, or no answer is in it."""
        handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
        if not _lock(handle):
            os.close(handle)
            return None
        with open(handle, "rb", closefd=False) as opened:
            # The last line is cut off where the power went in the middle of it.
            lines = [line for line in opened if line.endswith(b"\n")]
        try:
            first, *others = map(json.loads, lines)
            begun = Begun(date.fromisoformat(first["on"]), first["words"], first["options"])
            answers = [Answer(*pair) for pair in others]
        except (ValueError, TypeError, KeyError):
            os.close(handle)
            return None
        left = cls(book, begun)
        left.path, left.answers, left._handle = path, answers, handle
        for line in lines:
            left._ends.append(len(line) + (left._ends[-1] if left._ends else 0))
        left.cut(len(answers))
        return left


def left_behind(book: Path) -> Iterator[Unsaved]:
    """What was typed into commands that ended before it was in the book, the newest first; each is held."""
    try:
        found = sorted(files.unsaved_of(book).glob(f"*{_END}"), key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        # Another process has just removed one: whatever else there is will be offered the next time.
        return
    for path in found:
        with suppress(OSError):
            if (left := Unsaved._read(book, path)) is not None:
                yield left


def _lock(handle: int) -> bool:
    from fcntl import LOCK_EX, LOCK_NB, flock

    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    return True
