"""What all tests share: how long properties look, and three ways to run c4l as far from this machine as can be."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple, TextIO

import pytest
from hypothesis import HealthCheck, settings

from c4l.cli.app import run
from c4l.cli.table import COMMANDS, Row
from c4l.store import connection
from faults import talk

settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same examples each time: whether a change passes must not hang on chance. On a developer's machine they vary.
settings.register_profile(
    "ci", parent=settings.get_profile("quick"), max_examples=300, print_blob=True, derandomize=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "quick"))

TODAY = "2026-11-22"
PATIENCE_SECONDS = 20


class Result(NamedTuple):
    """What one run of c4l answered."""

    code: int
    out: str
    err: str


class Cli(NamedTuple):
    """Runs c4l within the tests' own process."""

    home: Mapping[str, str]
    monkeypatch: pytest.MonkeyPatch

    def __call__(
        self,
        *words: str,
        stdin: str | None = None,
        env: Mapping[str, str] | None = None,
        tty: bool = False,
        table: Mapping[str, Row] = COMMANDS,
    ) -> Result:
        """Run one command line.

        Args:
            words: what is typed after `c4l`.
            stdin: what is piped in or, with `tty`, typed.
            env: added to an environment that holds nothing of the developer's.
            tty: whether stdin, stdout and stderr say that they are terminals, 80 columns wide.
            table: other commands than c4l's own.
        """
        streams = [_Stream((stdin or "").encode(), tty=tty), _Stream(tty=tty), _Stream(tty=tty)]
        with self.monkeypatch.context() as patch:
            for name in os.environ:
                patch.delenv(name)
            for name, value in {**self.home, **(env or {})}.items():
                patch.setenv(name, value)
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            code = run(words, table)
        return Result(code, streams[1].shown(), streams[2].shown())


class Shell(NamedTuple):
    """Runs c4l as a process of its own."""

    home: Mapping[str, str]

    def __call__(self, *words: str, stdin: str | None = None, env: Mapping[str, str] | None = None) -> Result:
        """Run one command line, its streams piped."""
        done = subprocess.run(
            [sys.executable, "-m", "c4l", *words],
            input=(stdin or "").encode(),
            capture_output=True,
            env={**self.home, **(env or {})},
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


class Terminal(NamedTuple):
    """Runs c4l as a process that has a terminal."""

    home: Mapping[str, str]

    def __call__(
        self,
        *words: str,
        width: int = 80,
        height: int = 24,
        typed: Sequence[tuple[str, str]] = (),
        env: Mapping[str, str] | None = None,
        program: Sequence[str] | None = None,
    ) -> Result:
        """Run one command line and answer all that the terminal showed, in `out`.

        Args:
            words: what is typed after `c4l`.
            width: columns of the terminal.
            height: lines of the terminal.
            typed: pairs of what is waited for and what is then typed; `\\r` is Enter, `\\x03` Ctrl-C.
            env: added to the environment.
            program: run instead of `python -m c4l`.
        """
        environ = {**self.home, **(env or {})}
        if "COLUMNS" not in (env or {}):
            del environ["COLUMNS"]
        program = [*(program or [sys.executable, "-m", "c4l"]), *words]
        with talk.at_terminal(program, environ, width=width, height=height) as (ours, process):
            shown = talk.converse(ours, typed, PATIENCE_SECONDS).decode()
            return Result(process.wait(PATIENCE_SECONDS), shown.replace("\r\n", "\n"), "")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment in which everything c4l could find lies in a folder of this test's own."""
    return {
        "HOME": str(tmp_path / "home"),
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm-256color",
        "COLUMNS": "80",
        "C4L_DATABASE": str(tmp_path / "book" / "c4l.db"),
        "C4L_CONFIG": str(tmp_path / "no-config.toml"),
        "C4L_TODAY": TODAY,
        # It would be made by a process of its own, at the same time as the test looks at the folder.
        "C4L_BACKUP_AUTOMATIC": "off",
    }


@pytest.fixture
def cli(home: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    # What a power cut leaves is proved elsewhere; waiting for the disk is most of what a command does.
    monkeypatch.setattr(connection, "RECIPE", (*connection.RECIPE, "PRAGMA synchronous = OFF"))
    return Cli(home, monkeypatch)


@pytest.fixture
def shell(home: dict[str, str]) -> Shell:
    return Shell(home)


@pytest.fixture
def terminal(home: dict[str, str]) -> Terminal:
    return Terminal(home)


class _Stream(TextIOWrapper):
    """Bytes in memory, read or written as text, that may say they are a terminal."""

    def __init__(self, held: bytes = b"", *, tty: bool) -> None:
        self._bytes = BytesIO(held)
        self._tty = tty
        super().__init__(self._bytes, encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        return self._tty

    def shown(self) -> str:
        self.flush()
        return self._bytes.getvalue().decode()


def captured(write: Callable[[TextIO], object]) -> str:
    """What a function writes to the stream that it is given."""
    stream = _Stream(tty=False)
    write(stream)
    return stream.shown()
