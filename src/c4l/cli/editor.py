"""A text changed in the user's own editor; what they typed is never lost."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from c4l.cli import prompts
from c4l.cli.answer import say
from c4l.domain.errors import C4lError, Refused

_BEFORE = ".before"
"""The file beside the user's that holds the text as it was given to the editor."""


@contextmanager
def edited(name: str, text: str, *, beside: Path, otherwise: C4lError) -> Iterator[str]:
    """Let the user change a text; where the block cannot use what they typed, it stays in a file, whose path is told.

    A text that was left there, because the terminal or the machine went down over it, is offered first.

    Args:
        name: of the file, for people.
        beside: the book, beside which the file is kept for its owner alone: notes are confidential.
        otherwise: raised where no editor is named; its hint says what to do.

    Raises:
        Refused: if the editor cannot be started, fails, or leaves what is no text.
    """
    from shutil import rmtree

    command = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    if not command:
        raise otherwise
    with _folder(name, beside, otherwise) as folder:
        file, before = folder / f"{name}.txt", text.encode()
        if not file.exists():
            _write(file, before)
        _write(folder / _BEFORE, before)
        used = False
        try:
            _run(command, file)
            yield _left(file)
            used = True
        finally:
            if not used and _is_changed(folder, name):
                file.chmod(0o600)  # some editors put a new file in its place
                say(f"nothing was changed; your text is kept in {file}")
            else:
                rmtree(folder, ignore_errors=True)
                with suppress(OSError):
                    folder.parent.rmdir()


@contextmanager
def _folder(name: str, beside: Path, otherwise: C4lError) -> Iterator[Path]:
    """A folder of this process's own for the text: a new one, or one that was left behind and is wanted again."""
    from c4l.store.files import make_folders, make_private, unsaved_of

    place = unsaved_of(beside)
    for left in sorted(place.glob(f"{name}.*")) if place.is_dir() else ():
        with _held(left) as is_ours:
            if is_ours and _is_wanted(left, name, otherwise):
                yield left
                return
    new = place / f"{name}.{os.urandom(6).hex()}"
    make_private(place)
    make_folders(new / name)
    with _held(new):
        yield new


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Whether no other process has the folder; it is ours while the block runs."""
    from fcntl import LOCK_EX, LOCK_NB, flock

    handle = os.open(folder, os.O_RDONLY)
    try:
        flock(handle, LOCK_EX | LOCK_NB)
        is_ours = True
    except BlockingIOError:
        is_ours = False
    try:
        yield is_ours
    finally:
        os.close(handle)


def _is_wanted(folder: Path, name: str, otherwise: C4lError) -> bool:
    """Whether the user goes on with a text that was left behind; what is not wanted or says nothing new is removed."""
    from shutil import rmtree

    if _is_changed(folder, name):
        say(f"A text of {name} that you changed was left unfinished.")
        if prompts.confirm(prompts.GO_ON, otherwise=otherwise, default=True):
            return True
    rmtree(folder, ignore_errors=True)
    return False


def _is_changed(folder: Path, name: str) -> bool:
    """Whether a folder holds what the user typed."""
    try:
        return (folder / f"{name}.txt").read_bytes() != (folder / _BEFORE).read_bytes()
    except FileNotFoundError:
        return False


def _write(file: Path, held: bytes) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as opened:
        opened.write(held)


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
