"""A folder of its own in which c4l runs: its book, its settings, and nothing of whoever runs the trials."""

import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from c4l.cli.app import run as run_app

TODAY = "2026-11-22"
PATIENCE_SECONDS = 60
UNFORESEEN = ("Traceback", "this is a defect")
"""What no command may ever say, whatever happens to it."""


class Answer(NamedTuple):
    """What a command answered; the code is negative where a signal ended it."""

    code: int
    out: str
    err: str

    @property
    def is_done(self) -> bool:
        """Whether it said that it was done: an answer that came out counts, whatever became of the process then."""
        return self.code == 0 or (self.code < 0 and self.out.endswith("\n"))

    @property
    def is_unforeseen(self) -> bool:
        """Whether it ended in a way that nobody thought of."""
        return any(words in self.err for words in UNFORESEEN)

    @property
    def is_clear(self) -> bool:
        """Whether it says what could not be done, and how it ended is one of the ways that are documented."""
        told = any(line.startswith("c4l: error: ") for line in self.err.splitlines())
        return self.code in (1, 5) and told and not self.is_unforeseen


class Place:
    """Where one trial happens.

    Attributes:
        folder: everything that a trial can change lies in it.
        book: the database.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.book = folder / "data" / "c4l.db"
        self.config = folder / "config" / "config.toml"
        self.env: dict[str, str] = {
            "HOME": str(folder / "home"),
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "xterm-256color",
            "C4L_DATABASE": str(self.book),
            "C4L_CONFIG": str(self.config),
            "C4L_TODAY": TODAY,
            # It would be made at a moment of its own, by a process that outlives the trial.
            "C4L_BACKUP_AUTOMATIC": "off",
        }

    def start(
        self, words: Sequence[str], env: Mapping[str, str] | None = None, before: Sequence[str] = ()
    ) -> subprocess.Popen[bytes]:
        """Begin a command as a process of its own.

        Args:
            words: what is typed after `c4l`; the folder stands for `{here}`.
            env: added to the environment.
            before: a program that runs it, with its own words.
        """
        return subprocess.Popen(
            [*before, sys.executable, "-m", "c4l", *self.said(words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**self.env, **(env or {})},
            cwd=self.folder,
            preexec_fn=_default_signals,
        )

    def run(self, words: Sequence[str], env: Mapping[str, str] | None = None, before: Sequence[str] = ()) -> Answer:
        """Run a command as a process of its own, to its end."""
        with self.start(words, env, before) as process:
            return ended(process)

    def said(self, words: Sequence[str]) -> list[str]:
        """The words, with the folder in place of `{here}`."""
        return [word.replace("{here}", str(self.folder)) for word in words]

    def ask(self, *words: str) -> Answer:
        """Run a command within this process: a twentieth of the time."""
        out, err = io.StringIO(), io.StringIO()
        with _environment(self.env), redirect_stdout(out), redirect_stderr(err):
            try:
                code = run_app(self.said(words))
            except Exception as error:
                return Answer(1, out.getvalue(), f"{err.getvalue()}this is a defect in c4l: {error!r}")
        return Answer(code, out.getvalue(), err.getvalue())

    def clear(self) -> None:
        """Make the folder empty."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def fill(self, kept: Path) -> None:
        """Make the folder as one that was kept."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(kept, self.folder, symlinks=True)


def ended(process: subprocess.Popen[bytes]) -> Answer:
    """What a process answered in the end."""
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    return Answer(process.returncode, out.decode(errors="replace"), err.decode(errors="replace"))


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for trials, in memory where there is such: what a real disk would lose is played, not waited for."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="c4l-faults-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder).resolve()


@contextmanager
def _environment(env: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(env)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _default_signals() -> None:
    # Who was started in the background has inherited that Ctrl-C is to be ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
