"""One long story in which every command that writes has its part, step by step; and the book before and after each."""

import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from c4l.cli.table import COMMANDS
from faults.books import Content, content
from faults.place import Place, scratch


class Step(NamedTuple):
    """A command that writes.

    Attributes:
        command: as the table of commands names it.
        words: what is typed; `{here}` stands for the folder of the trial.
        target: what it writes beside the book, whole or not at all: a file or a folder, relative to that of the trial.
    """

    command: str
    words: tuple[str, ...]
    target: str | None = None


def _step(command: str, *words: str, target: str | None = None) -> Step:
    return Step(command, (*command.split(), *words), target)


BACKUPS = "c4l-backups"
"""The folder beside the book in which backups are kept."""

_STORY = (
    _step("client add", "Jane Doe", "--org", "Acme", "--tag", "board"),
    _step("client add", "Bob Stone"),
    _step("log", "Jane", "asked us before choosing", "-s", "consulted", "-i", "send the deck by friday", "--in"),
    _step(
        "log", "Jane, Bob", "walked through the renewal", "-m", "30", "-s", "jane: early", "-t", "bob: order by 1 dec"
    ),
    _step("log", "Omar Lund", "first call", "--new", "-l", "goal: one vendor", "-i", "the figures by tuesday"),
    _step("promise", "bob", "introduce the security lead", "--by", "2026-11-30"),
    _step("promise", "bob", "the figures for the board", "--by", "2026-11-26"),
    _step("move", "1", "2026-12-04", "--told", "--because", "the printer broke", "--plan", "two days more"),
    _step("keep", "3"),
    _step("break", "4", "--because", "they left", "--told"),
    _step("release", "5", "--because", "no longer needed"),
    _step("assess", "jane", "--stake", "high", "--value", "120k", "--tier", "key", "--because", "renewed twice"),
    _step("remember", "jane", "preference: calls before nine"),
    _step("date", "jane", "birthday", "12-01"),
    _step("tag", "bob", "renewal"),
    _step("snooze", "bob", "2w"),
    _step("client edit", "jane", "--role", "head of finance", "--cadence", "6w"),
    _step("client rename", "bob", "Bob Stone the elder"),
    _step("edit", "i1", "--note", "asked us before choosing the vendor " + 200 * "and more "),
    _step("edit", "1", "--what", "send the renewal deck"),
    _step("log", "jane", "a long one: " + 3000 * "talk ", "--on", "2026-11-01"),
    _step("remove", "i2", "--yes"),
    _step("undo"),
    _step("undo"),
    _step("client archive", "omar"),
    _step("client unarchive", "omar"),
    _step("client merge", "omar", "bob", "--yes"),
    _step("import", "{here}/clients.csv"),
    _step("backup", target=f"data/{BACKUPS}"),
    _step("backup", "{here}/copy.db", target="copy.db"),
    _step("export", "{here}/book.json", target="book.json"),
    _step("export", "{here}/tables", "--format", "csv", target="tables"),
    _step("config set", "channel", "meeting", target="config/config.toml"),
    _step("config unset", "channel", target="config/config.toml"),
    _step("log", "jane", "after the backup", "-i", "lunch by 1 dec"),
    _step("restore", "{here}/copy.db", "--yes"),
    _step("client forget", "omar", "--yes"),
    _step("demo", "--database", "{here}/data/demo.db", target="data/demo.db"),
)

STORY = tuple(step for step in _STORY if step.command in COMMANDS)
"""Those whose command there is, in an order in which each can be done."""

READING = frozenset(
    (
        *("today", "promises", "brief", "quiet", "triangle", "why", "plan", "check", "reliability", "habits", "graph"),
        *("search", "interactions", "client list", "client show", "show", "history", "dupes", "doctor"),
        *("config list", "config get", "config path"),
    )
)
"""The commands that write nothing by themselves."""

MIGRATING = Step("promises", ("promises", "--json"))
"""The first command that meets a book of an earlier version."""

CLIENTS = "".join(f"Reed {number},reed{number}@example.com,likes roses\n" for number in range(60))


class Scene(NamedTuple):
    """A step, with all that lay in the folder before, and what was there after it was done.

    Attributes:
        before: a folder to be copied.
        book_before: what the book held.
        book_after: what it held when the step was done.
        target_before: what the file that the step writes held before; None where there was none.
        target_after: what it held then.
        seconds: how long it took.
    """

    step: Step
    before: Path
    book_before: Content
    book_after: Content
    target_before: Content | bytes | None
    target_after: Content | bytes | None
    seconds: float

    @property
    def name(self) -> str:
        """The step in a word or two, for people."""
        return " ".join(self.step.words)[:60]


@cache
def story() -> tuple[Scene, ...]:
    """The whole story, carried out once a run; what it keeps goes at the end."""
    import atexit

    held = scratch()
    folder = held.__enter__()
    atexit.register(held.__exit__, None, None, None)
    return tuple(scenes(Place(folder / "here"), folder / "kept"))


def scenes(place: Place, kept: Path, env: Mapping[str, str] | None = None) -> Iterator[Scene]:
    """Carry out the story once, and keep what lay there before each step.

    Args:
        place: where it is carried out.
        kept: the folder in which copies are kept.
        env: added to the environment of each step.
    """
    place.clear()
    (place.folder / "clients.csv").write_text(f"Name,Email,Notes\n{CLIENTS}", encoding="utf-8")
    for number, step in enumerate(STORY):
        before = kept / f"{number:02}"
        shutil.copytree(place.folder, before)
        yield played(place, step, before, env)


def played(place: Place, step: Step, before: Path, env: Mapping[str, str] | None = None) -> Scene:
    """Carry out one step, and look at what it did.

    Args:
        before: a copy of all that lies there now.
        env: added to the environment.
    """
    from time import monotonic

    book, target = content(place.book), held(place, step)
    began = monotonic()
    answered = place.run(step.words, env)
    if answered.code:
        raise AssertionError(f"a step of the story failed: {step.words}: {answered}")
    return Scene(step, before, book, content(place.book), target, held(place, step), monotonic() - began)


def held(place: Place, step: Step) -> Content | bytes | None:
    """What the file holds that a step writes; None where there is none, or the step writes only the book.

    Of a folder of books it is how many are in it: their names tell when they were made.
    """
    if step.target is None or not (file := place.folder / step.target).exists():
        return None
    if file.is_dir() and file.name != BACKUPS:
        return b"".join(each.name.encode() + each.read_bytes() for each in sorted(file.iterdir())) or None
    if file.is_dir():
        count = len(list(file.glob("*.db")))
        return b"%d books" % count if count else None
    return content(file) if file.suffix == ".db" else file.read_bytes()
