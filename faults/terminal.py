"""Somebody at a terminal, and the moment at which it goes: closed, killed, or Ctrl-C; what was typed must be kept."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from faults import talk
from faults.books import content, damage
from faults.place import PATIENCE_SECONDS, UNFORESEEN, Place, scratch
from faults.talk import Typing
from faults.tally import Budget, Fault, Tally

_HUNG = -1000
"""In place of an exit code, where there never was one."""

_ANSWERS = (
    ("Who was it with? ", "jane, bob"),
    ("What happened? ", "walked through the renewal — “fine” so far"),
    ("How (", "meeting"),
    ("When [today]: ", "yesterday"),
    ("What did it show?", "jane: consulted"),
    ("And: ", ""),
    ("What do you owe?", "send the deck by friday"),
    ("And: ", ""),
    ("What do they owe?", "bob: order by 1 dec"),
    ("And: ", ""),
    ("What did you learn?", "jane: goal: one vendor"),
    ("And: ", ""),
    ("When to be in touch again?", "3w"),
)
"""A whole `c4l log`, question by question."""

_KNOWN = ("know already? ", "y\r")

_ASKING: tuple[tuple[tuple[str, ...], Typing, str], ...] = (
    (("log",), (), "Who was it with? "),
    (("log", "jane"), (), "What happened? "),
    (("log", "Jane, Bob", "hello", "-s", "early"), (), "Whose is “early”? "),
    (("log", "jane", "-"), (), "Ctrl-D"),
    (("log", "j", "hello"), (), "Which j? "),
    (("remove", "i1"), (), "Remove this? "),
    (("move", "1", "2026-12-24"), (), "know already? "),
    (("move", "1", "2026-12-24"), (_KNOWN,), "Why? "),
    (("move", "1", "2026-12-24"), (_KNOWN, ("Why? ", "no time\r")), "back on track? "),
    (("restore", "{here}/copy.db"), (), "Go back to this backup? "),
    (("promises", "--walk"), (), "keep, "),
    (("promises", "--walk"), (("keep, ", "move\r"),), "To which day? "),
    (("log",), (("Who was it with? ", "Zoe Hart\r"),), "Add Zoe Hart? "),
    (("assess", "--review"), (), "skip or stop? "),
    (("plan", "jane", "--accept", "1"), (), "By which day"),
    (("client", "forget", "jane"), (), "type jane-doe: "),
)
"""Commands that ask something, what is typed at first, and the question at which it ends."""


class Seen(NamedTuple):
    """What a command that had a terminal showed, and how it ended."""

    code: int
    shown: str


def at_terminal(place: Place, words: Sequence[str], typing: Typing, end: Callable[[int, int], None] | None) -> Seen:
    """Run a command at a terminal.

    Args:
        end: what is done when all of it is typed, with the terminal and the number of the process; None waits for it.
    """
    program = [sys.executable, "-m", "c4l", *place.said(words)]
    with talk.at_terminal(program, place.env, width=100, height=40, folder=place.folder) as (ours, process):
        last = None if end is None else partial(end, ours, process.pid)
        shown = talk.converse(ours, typing, PATIENCE_SECONDS, last).decode(errors="replace")
        try:
            return Seen(process.wait(PATIENCE_SECONDS), shown.replace("\r\n", "\n"))
        except subprocess.TimeoutExpired:
            return Seen(_HUNG, f"{shown}\n(it waits for more, or for ever)")


# --- the terminal goes -----------------------------------------------------------------------------------------------


def _closed(terminal: int, process: int) -> None:
    """The window is closed: whoever runs in it is told to hang up."""
    os.close(terminal)


def _signalled(number: signal.Signals) -> Callable[[int, int], None]:
    return lambda _, process: os.kill(process, number)


_ENDS: tuple[tuple[str, Callable[[int, int], None]], ...] = (
    ("the window is closed", _closed),
    ("SIGHUP", _signalled(signal.SIGHUP)),
    ("SIGTERM", _signalled(signal.SIGTERM)),
    ("kill -9", _signalled(signal.SIGKILL)),
    ("Ctrl-C", lambda terminal, _: _typed(terminal, "\x03")),
    ("Ctrl-D", lambda terminal, _: _typed(terminal, "\x04")),
)


def _typed(terminal: int, keys: str) -> None:
    # The question must be there first; what is typed before it is thrown away.
    time.sleep(0.2)
    os.write(terminal, keys.encode())


def run_terminal(budget: Budget, tally: Tally) -> None:
    """End `c4l log` in every way at every question, and go on with it afterwards."""
    with scratch() as folder:
        place, kept = Place(folder / "here"), folder / "kept"
        _begun(place, kept)
        every = [(name, end, count) for name, end in _ENDS for count in range(1, len(_ANSWERS))]
        budget.random.shuffle(every)
        budget.spent_on(partial(_cut_off, tally, place, kept, *one) for one in every)


def _begun(place: Place, kept: Path) -> None:
    place.clear()
    for words in (
        ("client", "add", "Jane Doe"),
        ("client", "add", "Bob Stone"),
        ("client", "add", "Jim Marsh"),
        ("log", "jane", "first call", "-i", "send the deck by 2026-11-30"),
        ("backup", "{here}/copy.db"),
    ):
        assert place.ask(*words).code == 0, words
    place.folder.rename(kept)


def _cut_off(tally: Tally, place: Place, kept: Path, name: str, end: Callable[[int, int], None], count: int) -> None:
    place.fill(kept)
    before = content(place.book)
    tally.trials += 1
    typed = [(question, f"{answer}\r") for question, answer in _ANSWERS]
    # The next question has come when the last answer is kept.
    seen = at_terminal(place, ["log"], [*typed[:count], (typed[count][0], "")], end)
    what = f"{name} after answer {count}"
    tally.seen[f"{name}: exit {seen.code}"] += 1
    if any(words in seen.shown for words in UNFORESEEN):
        tally.blame(f"{what}: {seen}")
    if content(place.book) != before or damage(place.book):
        tally.damage(f"{what}: something was written")
    again = at_terminal(place, ["log"], [("Go on with it? ", "y\r"), *typed[count:]], None)
    # An answer that is kept was acknowledged: the next question was there.
    tally.acknowledged += count
    rows = content(place.book)
    if again.code or len(rows["interaction"]) != 2 or len(rows["promise"]) != 3 or len(rows["signal"]) != 1:
        tally.lose(f"{what}: going on with it says {again}")
    elif _ANSWERS[1][1] not in rows["interaction"][1]:
        tally.lose(f"{what}: the note is {rows['interaction'][1]}")
    if any(place.book.parent.glob("*-unsaved/*")):
        tally.blame(f"{what}: what was written is kept still")


# --- the editor ------------------------------------------------------------------------------------------------------


def run_editor(budget: Budget, tally: Tally) -> None:
    """Let the editor die, or c4l under it, when something was typed."""
    with scratch() as folder:
        place, kept = Place(folder / "here"), folder / "kept"
        _begun(place, kept)
        budget.spent_on(partial(_editor_dies, tally, place, kept, *way) for _ in range(20) for way in _DEATHS)


_DEATHS = (
    ("the editor is killed", "kill -9 $$"),
    ("the editor is told to end", "kill -TERM $$"),
    ("c4l is killed", "kill -9 $PPID"),
    ("c4l is told to end", "kill -TERM $PPID"),
    ("c4l is told to hang up", "kill -HUP $PPID"),
    ("the editor fails", "exit 1"),
)


def _editor_dies(tally: Tally, place: Place, kept: Path, name: str, death: str) -> None:
    place.fill(kept)
    before = content(place.book)
    editor = place.folder / "editor.sh"
    editor.write_text(f'#!/bin/sh\necho "and more" >> "$1"\n{death}\nsleep 1\n', encoding="utf-8")
    editor.chmod(0o755)
    place.env["EDITOR"] = str(editor)
    tally.trials += 1
    tally.acknowledged += 1
    seen = at_terminal(place, ["edit", "i1"], [], None)
    tally.seen[f"{name}: exit {seen.code}"] += 1
    if any(words in seen.shown for words in UNFORESEEN) or content(place.book) != before:
        tally.blame(f"{name}: {seen}")
    place.env["EDITOR"] = "true"
    again = at_terminal(place, ["edit", "i1"], [("Go on with it? ", "y\r")], None)
    if again.code or "first call\nand more" not in content(place.book)["interaction"][0]:
        tally.lose(f"{name}: going on with it says {again}")


# --- Ctrl-C ----------------------------------------------------------------------------------------------------------


def run_interrupt(budget: Budget, tally: Tally) -> None:
    """Press Ctrl-C at the question of every command that asks one."""
    with scratch() as folder:
        place, kept = Place(folder / "here"), folder / "kept"
        _begun(place, kept)
        budget.spent_on(partial(_interrupted, tally, place, kept, *way) for _ in range(10) for way in _ASKING)


def _interrupted(tally: Tally, place: Place, kept: Path, words: Sequence[str], typing: Typing, question: str) -> None:
    place.fill(kept)
    before = content(place.book)
    tally.trials += 1
    seen = at_terminal(place, words, [*typing, (question, "")], lambda terminal, _: _typed(terminal, "\x03"))
    tally.seen[f"c4l {' '.join(words)}: exit {seen.code}"] += 1
    what = f"Ctrl-C at “{question}” of {' '.join(words)}"
    if seen.code != 130 or any(told in seen.shown for told in UNFORESEEN):
        tally.blame(f"{what}: {seen.code}: {re.sub(chr(27) + '.*?m', '', seen.shown)[-300:]}")
    if content(place.book) != before or damage(place.book):
        tally.damage(f"{what}: something was written")


FAULTS = (
    Fault(
        "terminal",
        "the terminal is closed, or `c4l log` killed or interrupted, after every one of its questions",
        "nothing is written, every answer is kept, and the next `c4l log` goes on with them where they ended",
        1.0,
        run_terminal,
    ),
    Fault(
        "editor",
        "the editor dies, or c4l under it, when something was typed",
        "nothing is written, and the next `c4l edit` of the same record goes on with the text",
        0.4,
        run_editor,
    ),
    Fault(
        "interrupt",
        "Ctrl-C at the question of every command that asks one",
        "exit 130, and nothing is written",
        0.4,
        run_interrupt,
    ),
)
