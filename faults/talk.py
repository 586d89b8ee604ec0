"""A program that has a terminal of its own, and somebody at it who waits for each question and then types."""

import fcntl
import os
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

Typing = Sequence[tuple[str, str]]
"""What is waited for, and what is then typed; `\\r` is Enter, `\\x03` Ctrl-C."""

_TAKE_TERMINAL = (
    "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])"
)
"""Ctrl-C and a hang-up reach only those whose controlling terminal this is, which a new session must ask for; and who
was started in the background (`nohup make test &`) has inherited that Ctrl-C is to be ignored."""


@contextmanager
def at_terminal(
    program: Sequence[str], env: Mapping[str, str], *, width: int, height: int, folder: Path | None = None
) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Begin a program that has a terminal, and end it with the block, if it has not ended by then.

    Args:
        width: columns of the terminal.
        height: lines of the terminal.
        folder: where it runs, if not here.

    Yields:
        Our end of the terminal, which the block may close, and the process.
    """
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", _TAKE_TERMINAL, *program],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
        cwd=folder,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield ours, process
    finally:
        process.kill()
        process.wait()
        with suppress(OSError):
            os.close(ours)


def converse(terminal: int, typing: Typing, seconds: float, end: Callable[[], None] | None = None) -> bytes:
    """Type each answer when its question has come; all that was shown until the other side closed.

    Args:
        seconds: how long to wait for that.
        end: what is done when all is typed.
    """
    shown, answered = b"", 0
    waiting = list(typing)
    deadline = time.monotonic() + seconds
    # Linux says EIO, others nothing more, when the last program on the other side is gone.
    with suppress(OSError):
        while time.monotonic() < deadline:
            if not select.select([terminal], [], [], 0.1)[0]:
                continue
            piece = os.read(terminal, 65536)
            if not piece:
                break
            shown += piece
            if waiting and waiting[0][0].encode() in shown[answered:]:
                answered = len(shown)
                os.write(terminal, waiting.pop(0)[1].encode())
                if not waiting and end is not None:
                    end()
                    end = None
    return shown
