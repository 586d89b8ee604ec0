"""Another program that holds a book."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOLDER = """
import sqlite3, sys
book = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2:]:
    book.execute(statement).fetchall()
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(book: Path, *statements: str) -> Iterator[int]:
    """While the block runs, a process has carried out some statements and goes no further; its number."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(book), *statements],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process.pid
        finally:
            process.communicate("")
