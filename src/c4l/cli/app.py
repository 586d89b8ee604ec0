"""The app: a line of words in, an exit code out; the one place where errors become messages."""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import TextIOWrapper
from itertools import dropwhile, takewhile
from types import TracebackType
from typing import Any, TextIO

import typer
from typer.core import TyperOption

from c4l import __version__
from c4l.cli.catalogue import Catalogue, Group
from c4l.cli.session import Look
from c4l.cli.table import COMMANDS, Row
from c4l.domain.errors import BadDay, C4lError
from c4l.render.safe import safe

INTERRUPTED = 130
WRONG_USE = 2

MOST_CANDIDATES = 20
"""So many of those who may be meant stand below a message."""

LONGEST_MESSAGE = 1000
"""Characters of what is told of an error, and of its hint."""

_HELP = """Clients for life: promises kept, trust earned, and the reasons for both.

Every command tells more about itself: c4l log --help"""

_COMPLETION = "_C4L_COMPLETE"
"""The variable in which a shell says that it wants completion: Typer's own name for it."""


def run(words: Sequence[str], table: Mapping[str, Row] = COMMANDS) -> int:
    """Carry out one command line.

    Args:
        words: what was typed after `c4l`.
        table: the commands there are.

    Returns:
        The exit code (design section 3: 0 done, 1 refused, 2 wrong use, 3 not found, 4 ambiguous, 5 unusable, 130).
    """
    _prepare_streams()
    try:
        code = _told(words, table)
        sys.stdout.flush()
    except BrokenPipeError:
        # `c4l promises | head -1`: whoever reads has seen enough, and nothing went wrong.
        _forget(sys.stdout)
        return 0
    except OSError as error:
        _forget(sys.stdout)
        return report(words, "refused", *_in_words(error))
    return code


def _told(words: Sequence[str], table: Mapping[str, Row]) -> int:
    """Invoke the command; whatever it raises that a user can act on is told."""
    try:
        _invoke(words, table)
    except BadDay as error:
        return report(words, error.code, error.message, _with_quotes(words, error), error.exit_code)
    except C4lError as error:
        return report(words, error.code, error.message, error.hint, error.exit_code, error.candidates)
    except typer.Exit as end:
        return end.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except typer.TyperException as error:
        return report(words, "usage", *_usage(error, words, table), WRONG_USE)
    return 0


def _invoke(words: Sequence[str], table: Mapping[str, Row]) -> None:
    root = Group(
        Catalogue(table),
        name="c4l",
        alone="today",
        help=_HELP,
        params=[_version_option(words)],
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    if instruction := os.environ.get(_COMPLETION):
        _complete(root, instruction)
    # Typer's options to install completion look for the user's shell: only who asks for them waits.
    if (not words and root.alone is None) or any(word in ("-h", "--help") or "-completion" in word for word in words):
        root.params.extend(typer.main.get_install_completion_arguments())
    with root.make_context("c4l", list(words), obj=Look()) as context:
        root.invoke(context)


def _complete(root: Group, instruction: str) -> None:
    """Answer a shell that wants completion, in Typer's way, and end."""
    from typer._completion_classes import completion_init
    from typer.completion import shell_complete

    completion_init()
    raise typer.Exit(shell_complete(root, {"obj": Look()}, "c4l", _COMPLETION, instruction))


def _version_option(words: Sequence[str]) -> TyperOption:
    def show(context: Any, _option: object, wanted: bool) -> None:
        if not wanted or context.resilient_parsing:
            return
        if _asks_for_json(words):
            from c4l.render import json

            json.write("version", {"version": __version__}, sys.stdout)
        else:
            typer.echo(f"c4l {__version__}")
        raise typer.Exit

    return TyperOption(
        param_decls=["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Show the version and end.",
    )


def _asks_for_json(words: Sequence[str]) -> bool:
    """Whether `--json` stands before any `--`: known even where parsing never got so far."""
    return "--json" in takewhile(lambda word: word != "--", words)


def report(
    words: Sequence[str],
    code: str,
    message: str,
    hint: str = "",
    exit_code: int = 1,
    candidates: Sequence[tuple[str, str]] = (),
) -> int:
    """Tell on stderr what went wrong, in the shape that was asked for.

    Args:
        words: the command line, which decides the shape.
        code: the stable word for scripts.
        message: what happened.
        hint: what to do about it.
        exit_code: returned as it is.
        candidates: what could have been meant, each as (handle, name).
    """
    message, hint = _brief(message), _brief(hint)
    try:
        if _asks_for_json(words):
            _write_json(code, message, hint, candidates)
        else:
            _write_text(message, hint, candidates)
    except OSError:
        # An error that cannot be told is still the error that it was.
        _forget(sys.stderr)
    return exit_code


def _brief(text: str) -> str:
    """As much of a message as anybody reads: one that repeats what was typed is as long as that."""
    half = LONGEST_MESSAGE // 2
    return text if len(text) <= LONGEST_MESSAGE else f"{text[:half]} … {text[-half:]}"


def _write_json(code: str, message: str, hint: str, candidates: Sequence[tuple[str, str]]) -> None:
    from c4l.render import json

    told: dict[str, object] = {"code": code, "message": safe(message), "hint": safe(hint) or None}
    if candidates:
        told["candidates"] = [{"handle": handle, "name": name} for handle, name in candidates]
    json.emit({"c4l": json.VERSION, "kind": "error", **told}, sys.stderr)


def _write_text(message: str, hint: str, candidates: Sequence[tuple[str, str]]) -> None:
    lines = [f"c4l: error: {message}", *([f"  {hint}"] if hint else [])]
    shown = candidates[:MOST_CANDIDATES]
    wide = max((len(handle) for handle, _ in shown), default=0)
    lines += [f"    {handle:<{wide}}  {name}" for handle, name in shown]
    if len(shown) < len(candidates):
        lines.append(f"    and {len(candidates) - len(shown):,} more: --json holds them all")
    sys.stderr.write("".join(f"{line}\n" for line in _wrapped([safe(line) for line in lines])))


def _wrapped(lines: Sequence[str]) -> Sequence[str]:
    """The lines as a terminal has room for them, broken between words: what is to be pasted stays whole."""
    if not sys.stderr.isatty():
        return lines
    from shutil import get_terminal_size
    from textwrap import wrap

    def told(line: str) -> list[str]:
        return wrap(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)

    width = max(40, get_terminal_size().columns)
    return [piece for line in lines for piece in told(line)]


def defect(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell of an exception that nobody foresaw: as Python's excepthook, so that nothing has to catch everything."""
    if os.environ.get("C4L_DEBUG"):
        sys.__excepthook__(kind, error, trace)
        return
    report(
        sys.argv[1:],
        "defect",
        f"this is a defect in c4l: {kind.__name__}: {error}",
        "please report it, with what the same command says after C4L_DEBUG=1",
    )


def _usage(error: typer.TyperException, words: Sequence[str], table: Mapping[str, Row]) -> tuple[str, str]:
    """A complaint of the parser, as message and hint."""
    context = getattr(error, "ctx", None)
    # Of an option without its value the parser does not say which command it was reading.
    typed = list(dropwhile(lambda word: word.startswith("-"), words))
    begun = next((f"c4l {name}" for name in (" ".join(typed[:2]), *typed[:1]) if name in table), "c4l")
    hint = f"{context.command_path if context else begun} --help shows how"
    if near := getattr(error, "possibilities", None):
        return error.message[:1].lower() + error.message[1:], f"did you mean {' or '.join(sorted(near))}?"
    message = error.format_message().rstrip(".")
    if "unexpected extra argument" in message:
        hint = f'what holds a blank needs quotes, as in --on "1 june"; {hint}'
    return message[:1].lower() + message[1:], hint


def _with_quotes(words: Sequence[str], error: BadDay) -> str:
    """The hint to a day that cannot be read; where it was cut short at a blank (`--on 20 nov`), how to type it."""
    from c4l.domain.dates import looks_like_day

    for option, first, second in zip(words, words[1:], words[2:], strict=False):
        cut = option.startswith("-") and f"“{first}”" in error.message and looks_like_day(second)
        if cut:
            return f'what holds a blank needs quotes: {option} "{first} {second}"'
    return error.hint


def _in_words(error: OSError) -> tuple[str, str]:
    """A failure of the machine, as message and hint."""
    if error.filename is not None:
        return f"{error.filename}: {error.strerror}", "look at the path and its rights"
    # What has no file name is a stream. The action was over by then.
    return f"the answer could not be written: {error.strerror}", "a change that you asked for is made all the same"


def _prepare_streams() -> None:
    """See that no character can end a command: what a stream cannot hold is replaced."""
    for name, mode, errors in (
        ("stdin", "r", "replace"),
        ("stdout", "w", "backslashreplace"),
        ("stderr", "w", "backslashreplace"),
    ):
        stream = getattr(sys, name)
        if stream is None:
            # Closed by the caller (`>&-`): without this the next file opened would take its place.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - for as long as we run
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=errors)


def _forget(stream: TextIO) -> None:
    """Let what is still buffered go nowhere, so that the interpreter's last flush has nothing to complain of."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
