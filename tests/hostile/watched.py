"""A program that runs command lines from stdin, one JSON array each, and tells of all that it did to the machine.

Python itself reports every file that is opened, made, renamed or removed, every program started and every address
sought: what happens is told by the interpreter, not by the code under test.
"""

import json
import os
import sys
from io import StringIO

from c4l.cli.app import run

WATCHED = ("os.", "shutil.", "tempfile.", "subprocess.", "socket.", "sqlite3.connect", "ctypes.")
SILENT = {"os.listdir", "os.scandir", "os.putenv", "os.unsetenv", "sqlite3.connect/handle"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

done: list[list[str]] = []
seen: set[tuple[str, ...]] = set()


def watch(event: str, args: tuple[object, ...]) -> None:
    if event == "open":
        path, _, flags = args
        if not isinstance(path, int) and isinstance(flags, int) and flags & WRITING:
            note("open", path)
    elif event.startswith(WATCHED) and event not in SILENT:
        note(event, *args)


def note(event: str, *args: object) -> None:
    told = (event, *(os.fsdecode(each) for each in args if isinstance(each, (str, bytes, os.PathLike))))
    if told not in seen:
        seen.add(told)
        done.append(list(told))


def main() -> None:
    """Carry out the command lines of stdin, each with the exit code that it is to have."""
    lines = [json.loads(line) for line in sys.stdin]
    stdout, stderr = sys.stdout, sys.stderr
    sys.addaudithook(watch)
    for wanted, words in lines:
        sys.stdin, sys.stdout, sys.stderr = StringIO(), StringIO(), StringIO()
        code = run(words)
        if code != wanted:
            stderr.write(f"{words}: {code}\n{sys.stderr.getvalue()}")
    told = list(done)
    sys.stdout = stdout
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
