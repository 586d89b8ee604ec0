"""A text changed in the user's own editor; what they typed is never lost."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from c4l.cli.answer import say
from c4l.domain.errors import C4lError, Refused


@contextmanager
def edited(name: str, text: str, *, otherwise: C4lError) -> Iterator[str]:
    """Let the user change a text; where the block cannot use what they typed, it stays in a file, whose path is told.

    Args:
        name: of the file, for people.
        otherwise: raised where no editor is named; its hint says what to do.

    Raises:
        Refused: if the editor cannot be started, fails, or leaves what is no text.
    """
    from shutil import rmtree
    from tempfile import mkdtemp

    command = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    if not command:
        raise otherwise
    before = text.encode()
    folder = Path(mkdtemp(prefix="c4l-"))  # for its owner alone, like the file: notes are confidential
    file = folder / f"{name}.txt"
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(before)
    used = False
    try:
        _run(command, file)
        yield _left(file)
        used = True
    finally:
        if not used and file.exists() and file.read_bytes() != before:
            file.chmod(0o600)  # some editors put a new file in its place
            say(f"nothing was changed; your text is kept in {file}")
        else:
            rmtree(folder, ignore_errors=True)


def _run(command: str, file: Path) -> None:
    import shlex
    import signal
    import subprocess

    # Ctrl-C belongs to the editor while it runs. A handler, not SIG_IGN: the editor would inherit that.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        done = subprocess.run([*shlex.split(command), file], check=False)  # noqa: S603 - the user's own
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"the editor “{command}” cannot be started: {reason}", _OTHER) from error
    finally:
        signal.signal(signal.SIGINT, before)
    if done.returncode:
        raise Refused(f"the editor “{command}” ended with {done.returncode}", _OTHER)


_OTHER = "VISUAL or EDITOR names the editor; or say what is to change: c4l edit --help"


def _left(file: Path) -> str:
    """What the editor left."""
    try:
        return file.read_bytes().decode()
    except FileNotFoundError as error:
        raise Refused("the editor left no text behind", _OTHER) from error
    except UnicodeDecodeError as error:
        raise Refused("what the editor left is no UTF-8", "set it to write UTF-8, or use options") from error
