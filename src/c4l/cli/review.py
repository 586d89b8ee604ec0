"""`assess --review`: one client after the other, asked about at the terminal.

What is said of a client is saved once the last question about them is answered, before the next is asked about.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum

from typer import Abort

from c4l.actions import assess as actions
from c4l.actions.assess import Step
from c4l.cli import prompts
from c4l.cli.answer import say
from c4l.cli.session import Session
from c4l.domain.assessment import WITHDRAWN, Said, read_parts
from c4l.domain.dates import ago, long
from c4l.domain.day_grammar import shown
from c4l.domain.errors import C4lError, WrongUse
from c4l.domain.own_view import OwnView, Stands
from c4l.domain.records import Part
from c4l.domain.terms import ClientRef, Stake, Tier

UNASKED = WrongUse(
    "--review asks about one client after the other, and nobody is there to answer",
    "run it on a terminal; elsewhere: c4l assess WHO --tier key --stake high --value 120k",
)


class Choice(StrEnum):
    """What can be answered; `skip` before `stop`, so that an `s` throws nothing away."""

    keep = "keep"
    agree = "agree"
    change = "change"
    skip = "skip"
    stop = "stop"


_QUESTIONS = {
    Part.tier: f"Tier ({', '.join(Tier)} or none)?",
    Part.stake: f"Stake ({', '.join(Stake)} or none)?",
    Part.value: "Value a year (120k, or none)?",
}
_WORDS: dict[Part, Callable[[str], str]] = {
    Part.tier: str,
    Part.stake: lambda said: f"{said} stake",
    Part.value: lambda said: f"{int(said):,} a year",
}


def review(here: Session, clients: Sequence[ClientRef]) -> list[int]:
    """Ask about each client, and answer the numbers of those of whom something was said."""
    changed: list[int] = []
    for place, client in enumerate(clients, 1):
        # Looked up anew: a value stated a moment ago can move others.
        step = actions.find_step(here.store, client, here.today, here.settings.thresholds)
        if step is None:
            continue
        say("\n".join(_told(step, f"{place} of {len(clients)}", here.today)))
        choice = _decided(here, step)
        if choice in (Choice.keep, Choice.agree, Choice.change):
            changed.append(client.id)
        if choice is Choice.stop:
            break
    if clients:
        say("")
    return changed


def _told(step: Step, place: str, today: date) -> list[str]:
    """Who it is, what the evidence says and why, and what you said and when."""
    view = step.view
    met = f": {', '.join(step.met)}" if step.met else ""
    lines = [f"{view.tier} by the evidence{met}"]
    if step.missing:
        lines.append(f"to rise: {', '.join(step.missing)}")
    if view.stands is Stands.missing:
        lines.append("you never said where they stand")
    lines += _words(view, today)
    return ["", f"{view.client.name}  ({place})", *(f"  {line}" for line in lines)]


def _words(view: OwnView, today: date) -> list[str]:
    """What was last said, part by part; what was said in one breath is told in one."""
    told: dict[tuple[date, str | None], list[str]] = {}
    for part in _QUESTIONS:
        said = view.said.get(part)
        if said is not None and said.said is not None:
            told.setdefault((said.on, said.because), []).append(_WORDS[part](said.said))
    lines = []
    for (on, because), words in told.items():
        lines.append(f"you said {', '.join(words)} on {long(on)}, {ago(on, today)}")
        if because:
            lines.append(f"  “{' '.join(because.split())}”")
    return lines


def _decided(here: Session, step: Step) -> Choice:
    """What was said of one client; asked again until an answer can be saved."""
    while True:
        match _chosen(step.view):
            case Choice.keep:
                actions.restate(here.store, step.view, here.today)
                say("saved: as it was")
                return Choice.keep
            case Choice.agree:
                _state(here, step.view, {Part.tier: step.view.tier})
                return Choice.agree
            case Choice.change:
                if _changed(here, step.view):
                    return Choice.change
                say("nothing was said")
            case choice:
                return choice


def _chosen(view: OwnView) -> Choice:
    """The answer, which may be the beginning of a word; an empty one skips."""
    choices = _choices(view)
    words = f"{', '.join(choices[:-1])} or {choices[-1]}"
    while True:
        with _nothing_saved_of(view):
            typed = prompts.ask(f"{words}?", otherwise=UNASKED, default=Choice.skip).casefold()
        for choice in choices:
            if choice.startswith(typed):
                return choice
        say(f"“{shown(typed)}” is no answer here\n  type {words}, or the beginning of one")


def _choices(view: OwnView) -> list[Choice]:
    """What can be answered: only a view can be kept, and only evidence that says otherwise be agreed with."""
    said = view.view.said if view.view else None
    left_out = {Choice.keep} if view.stands is Stands.missing else {Choice.agree} if said == view.tier else set()
    return [choice for choice in Choice if choice not in left_out]


@contextmanager
def _nothing_saved_of(view: OwnView) -> Iterator[None]:
    """While a client is asked about: whoever interrupts is told what becomes of what was typed."""
    try:
        yield
    except (Abort, KeyboardInterrupt):
        say(f"stopped: nothing was saved of {view.client.name}; what you said of others before is")
        raise


def _changed(here: Session, view: OwnView) -> bool:
    """Ask for each part, with what was last said as the answer to an empty line, and save what there is."""
    parts: dict[Part, Said] = {}
    with _nothing_saved_of(view):
        for part in _QUESTIONS:
            parts |= _asked(view, part)
        if not parts:
            return False
        because = prompts.ask("Why?", otherwise=UNASKED, default="")
    _state(here, view, parts, because)
    return True


def _state(here: Session, view: OwnView, parts: Mapping[Part, Said], because: str | None = None) -> None:
    actions.assess(here.store, view.client, parts, here.today, here.today, here.settings.thresholds, because)
    stated = (f"{part} {WITHDRAWN if said is None else said}" for part, said in parts.items())
    say(f"saved: {', '.join(stated)}")


def _asked(view: OwnView, part: Part) -> dict[Part, Said]:
    """One part as it was typed, asked again until it can be read; nothing where it is left open."""
    last = view.said.get(part)
    default = last.said if last is not None and last.said is not None else ""
    while typed := prompts.ask(_QUESTIONS[part], otherwise=UNASKED, default=default):
        try:
            return read_parts(**{each.value: typed if each is part else None for each in Part})
        except C4lError as error:
            say(f"{error.message}\n  {error.hint}")
    return {}
