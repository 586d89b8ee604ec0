"""One session of the fuzzer over one reader: what is given to it, and what came out."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from fuzz import corpus
from fuzz.child import SELF
from fuzz.targets import Target

ROOT = Path(__file__).resolve().parent.parent

SECONDS_FOR_ONE = 10
"""One input that takes longer is a failure: the longest are of a few thousand bytes."""

LONGEST = 2000
"""Bytes of an input."""

PATIENCE_SECONDS = 120
"""What is granted beyond the time of a session: for the start, and for what is kept to be read."""

TOLD = 6000
"""Characters, at most, of what the fuzzer said."""


class Outcome(NamedTuple):
    """What a session brought.

    Attributes:
        runs: how many inputs were read.
        found: those that reached something which none before them had.
        trouble: what the fuzzer said of an input at which the reader failed; empty where it never did.
        culprits: that input.
    """

    runs: int
    found: list[bytes]
    trouble: str
    culprits: list[bytes]


def available() -> bool:
    """Whether the fuzzer is installed: it has wheels for few machines."""
    return find_spec("atheris") is not None


def fuzz(target: Target, kept: Iterable[bytes], seconds: int, seed: int = 0) -> Outcome:
    """Fuzz a reader for so long, beginning with what is kept for it.

    Args:
        seed: where chance begins; 0 is another place each time.
    """
    with TemporaryDirectory(prefix="c4l-fuzz-") as temporary:
        folder = Path(temporary)
        corpus.unpack([*kept, *target.seeds], folder / "kept")
        (folder / "found").mkdir()
        words = "".join(f'"{_escaped(word)}"\n' for word in target.dictionary)
        (folder / "dictionary").write_text(words)
        done = _run(
            target,
            folder,
            f"-max_total_time={seconds}",
            f"-seed={seed}",
            f"-timeout={SECONDS_FOR_ONE}",
            f"-max_len={LONGEST}",
            f"-artifact_prefix={folder}/culprit-",
            *([f"-dict={folder}/dictionary"] if words else []),
            "-print_final_stats=1",
            f"{folder}/found",
            f"{folder}/kept",
            patience=seconds + PATIENCE_SECONDS,
        )
        runs = re.search(r"stat::number_of_executed_units: (\d+)", done.stderr)
        trouble = _told(done) if done.returncode else ""
        return Outcome(int(runs[1]) if runs else 0, _held(folder / "found"), trouble, _held(folder, "culprit-*"))


def minimised(target: Target, inputs: Iterable[bytes]) -> list[bytes]:
    """As few of the inputs as reach all that they reach together."""
    with TemporaryDirectory(prefix="c4l-fuzz-") as temporary:
        folder = Path(temporary)
        corpus.unpack(sorted(set(inputs), key=len), folder / "all")
        (folder / "few").mkdir()
        done = _run(target, folder, "-merge=1", f"{folder}/few", f"{folder}/all", patience=10 * PATIENCE_SECONDS)
        few = _held(folder / "few")
        if done.returncode or not few:
            raise RuntimeError(f"what is to be kept could not be compared: {_told(done)}")
        return few


def _run(target: Target, folder: Path, *options: str, patience: int) -> subprocess.CompletedProcess[str]:
    """Run a session, from a script that libFuzzer can start again."""
    address = f"{target.read.__module__}:{target.read.__qualname__}"
    script = folder / "again.sh"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m fuzz.child {address} "$@"\n')
    script.chmod(0o700)
    return subprocess.run(
        [script, *options],
        cwd=ROOT,
        env={**os.environ, SELF: str(script)},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=patience,
        check=False,
    )


def _told(done: subprocess.CompletedProcess[str]) -> str:
    """What the fuzzer said, without the line for each input that it added."""
    lines = f"{done.stdout}{done.stderr}".splitlines()
    return "\n".join(line for line in lines if not re.match(r"(#\d+|INFO:|stat::)", line))[-TOLD:]


def _held(folder: Path, pattern: str = "*") -> list[bytes]:
    return [file.read_bytes() for file in sorted(folder.glob(pattern)) if file.is_file()]


def _escaped(word: str) -> str:
    """A word as libFuzzer's dictionaries have it."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode())
