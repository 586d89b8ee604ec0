"""`c4l log`: what happened between you and a client, typed right after it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time
from typing import Annotated, TypeVar

import typer

from c4l.actions import log as actions
from c4l.actions import who as lookup
from c4l.cli import prompts, who
from c4l.cli.answer import answer, say
from c4l.cli.complete import clients
from c4l.cli.options import due_day, past_day
from c4l.cli.session import Session, session
from c4l.domain import entry
from c4l.domain.errors import C4lError, NotFound, WrongUse
from c4l.domain.names import Known, Named
from c4l.domain.terms import Channel, ClientRef, Party

T = TypeVar("T")

STDIN = "-"


def log(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WHO] NOTE...", help="Who it was with, then what happened.", autocompletion=clients),
    ] = None,
    channel: Annotated[
        Channel | None, typer.Option("--channel", "--how", "-c", help="How it happened; call, if not said.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", "-o", metavar="DAY", help="When; today, if not said. A day to come is a plan.")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="HH:MM", help="The time of day, only to be shown.")] = None,
    minutes: Annotated[
        str | None, typer.Option("--minutes", "-m", metavar="TIME", help="How long it took: 30, 1h, 1h30.")
    ] = None,
    came_in: Annotated[bool | None, typer.Option("--in/--out", help="They reached out, or you did.")] = None,
    signals: Annotated[
        list[str] | None,
        typer.Option(
            "--signal", "-s", metavar="SIGNAL", help="What it showed of trust: consulted,early; “Jane: door …”."
        ),
    ] = None,
    i_owe: Annotated[
        list[str] | None,
        typer.Option("--i-owe", "-i", metavar="WHAT", help="What you promised: “send the deck by friday”."),
    ] = None,
    they_owe: Annotated[
        list[str] | None,
        typer.Option("--they-owe", "-t", metavar="WHAT", help="What they promised: “Bob: purchase order by 1 dec”."),
    ] = None,
    learned: Annotated[
        list[str] | None,
        typer.Option("--learned", "-l", metavar="FACT", help="What you learned: “Jane: goal: one vendor”."),
    ] = None,
    upcoming: Annotated[
        str | None, typer.Option("--next", "-n", metavar="DAY", help="When to be in touch again: 3w, 1 dec.")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Add clients whom nobody answers to.")] = False,
) -> None:
    """Log a call, a meeting, a message or a note.

    c4l log jane asked us before choosing the vendor -s consulted -i "send the deck by friday"

    c4l log "Jane, Bob" "walked through the renewal" --on yesterday -m 30 --in

    Signals they show: advice consulted early door inner steer complaint surprise. Signals you show: suggested
    listened put-first helped thanked praised owned. Without an argument it asks, question by question; “-” reads
    the note from stdin.
    """
    with session() as here:
        if not words:
            _ask_all(here)
            return
        people, note, typed = _people_and_note(here, words, new=new)
        with _kept(note if typed else ""):
            draft = actions.LogDraft(
                note=note,
                on=past_day(on, here.today),
                at=None if at is None else _time(at),
                channel=channel or here.settings.channel,
                reached_out=None if came_in is None else Party.them if came_in else Party.me,
                minutes=None if minutes is None else entry.read_minutes(minutes),
                next_on=None if upcoming is None else due_day(upcoming, here.today),
            )
            draft = _with_parts(here, draft, people, signals or [], learned or [], i_owe or [], they_owe or [])
            answer("logged", _write(here, people, draft))


# --- who and what ----------------------------------------------------------------------------------------------------


def _people_and_note(here: Session, words: list[str], *, new: bool) -> tuple[who.People, str, bool]:
    """Whom the words name, the note, and whether the note was typed or piped in just now.

    The first word names the clients and the rest is the note. Where it names nobody, all of it is the note, and the
    names are found in it.
    """
    first, rest = words[0], words[1:]
    parts = [] if first == STDIN else lookup.who(here.store, first, here.today)
    if any(part.candidates for part in parts) or (new and parts and rest):
        people = who.picked(here, parts, new=new)
        note, typed = _note(rest)
        return people, note, typed
    note, typed = _note(words)
    with _kept(note if typed else ""):
        found = lookup.mentioned(here.store, note, here.today)
        people = who.picked(here, [*found.unclear, *(Named(client.ref.name, (client,)) for client in found.clients)])
        if people.known:
            return people, note, typed
        if prompts.is_interactive():
            return _ask_who(here), note, typed
        raise _nobody(here, first)


def _nobody(here: Session, first: str) -> NotFound:
    error = lookup.nobody(here.store, first, here.today)
    return NotFound(f"{error.message}, and the note names no client", error.hint, error.candidates)


def _note(words: list[str]) -> tuple[str, bool]:
    """The note, and whether it was typed or piped in just now.

    Raises:
        WrongUse: if there is none.
    """
    if words == [STDIN]:
        note = sys.stdin.read().strip()
        if not note:
            raise WrongUse("nothing came in on stdin", "pipe the note in: c4l log jane - < note.txt")
        return note, True
    if note := " ".join(words).strip():
        return note, False
    unsaid = WrongUse("what happened?", 'say it after the client: c4l log jane "asked for the figures"; or - for stdin')
    return prompts.ask("What happened?", otherwise=unsaid), True


@contextmanager
def _kept(note: str) -> Iterator[None]:
    """Give a note back that was typed or piped in and could not be written: nothing typed is lost."""
    try:
        yield
    except (C4lError, typer.Abort, KeyboardInterrupt):
        if note:
            say(f"the note was not written; here it is again:\n{note}")
        raise


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text.strip().zfill(5))
    except ValueError:
        raise WrongUse(f"“{text}” is no time of day", "say it as 14:30") from None


# --- the parts -------------------------------------------------------------------------------------------------------


def _with_parts(
    here: Session,
    draft: actions.LogDraft,
    people: who.People,
    signals: list[str],
    learned: list[str],
    i_owe: list[str],
    they_owe: list[str],
) -> actions.LogDraft:
    """The draft with all that was shown, learned and promised; on a terminal, unclear parts are asked about."""
    everybody = _everybody(people)
    names = entry.names_of(everybody)
    refs = [client.ref for client in everybody]
    return draft._replace(
        signals=tuple(_settled([each for text in signals for each in entry.signal(text, names)], refs)),
        facts=tuple(_settled([entry.fact(text, names) for text in learned], refs)),
        mine=tuple(entry.owed(text, here.today, names) for text in i_owe),
        theirs=tuple(entry.owed(text, here.today, names) for text in they_owe),
    )


def _everybody(people: who.People) -> list[Known]:
    """All clients of the entry; those still to be added stand under a number of their own below zero."""
    return [*people.known, *(Known.of(actions.to_be_added(place, name)) for place, name in enumerate(people.new))]


def _settled(drafts: list[entry.Shown], refs: list[ClientRef]) -> list[entry.Shown]:
    """Signals or facts, each about somebody: asked for on a terminal where it could be about several."""
    if len(refs) > 1 and entry.unnamed(drafts) and prompts.is_interactive():
        return [draft if draft.client else _asked_whose(draft, refs) for draft in drafts]
    return entry.settle_shown(drafts, refs)


def _asked_whose(draft: entry.Shown, refs: list[ClientRef]) -> entry.Shown:
    said = draft.signal if isinstance(draft, entry.SignalDraft) else draft.text
    unclear = WrongUse("it is not said whose that is", "name them")
    chosen = prompts.choose(f"Whose is “{said}”?", [ref.name for ref in refs], otherwise=unclear)
    [settled] = entry.settle([draft], refs[chosen])
    return settled


def _write(here: Session, people: who.People, draft: actions.LogDraft) -> actions.Logged:
    return actions.log(here.store, [client.ref for client in people.known], draft, here.today, people.new)


# --- question by question --------------------------------------------------------------------------------------------


def _ask_all(here: Session) -> None:
    """Ask for everything, one question at a time; an empty answer leaves a part out."""
    if not prompts.is_interactive():
        raise WrongUse("there is nothing to log", 'say who and what: c4l log jane "asked for the figures"')
    people = _ask_who(here)
    note = prompts.ask("What happened?", otherwise=_UNASKED)
    with _kept(note):
        channel = _again(
            "How (call, meeting, email, message, visit, note, gift, event)", _channel, here.settings.channel
        )
        on = _again("When", lambda text: past_day(text, here.today), "today")
        everybody = _everybody(people)
        names, refs = entry.names_of(everybody), [client.ref for client in everybody]
        signals = _again(
            "What did it show? (consulted,early …; empty for nothing)", lambda t: _signals(t, names, refs), ""
        )
        draft = actions.LogDraft(
            note=note,
            on=on,
            channel=channel,
            signals=tuple(signals),
            mine=tuple(_each("What do you owe? (… by DAY)", lambda text: entry.owed(text, here.today, names))),
            theirs=tuple(_each("What do they owe? (… by DAY)", lambda text: entry.owed(text, here.today, names))),
            facts=tuple(_each("What did you learn? (goal: …)", lambda text: _fact(text, names, refs))),
            next_on=_again("When to be in touch again? (3w, 1 dec)", lambda text: _maybe_due(text, here.today), ""),
        )
        answer("logged", _write(here, people, draft))


_UNASKED = WrongUse("nobody is there to be asked", "say it on the command line")


def _ask_who(here: Session) -> who.People:
    while True:
        text = prompts.ask("Who was it with?", otherwise=_UNASKED)
        try:
            return who.several(here, text)
        except NotFound as error:
            say(f"{error.message}; {error.hint}")
            if prompts.confirm(f"Add {text}?", otherwise=error):
                return who.several(here, text, new=True)


def _again(question: str, read: Callable[[str], T], default: str) -> T:
    """Ask until the answer can be read, saying each time what was wrong with it."""
    while True:
        try:
            return read(prompts.ask(question, otherwise=_UNASKED, default=default))
        except C4lError as error:
            say(f"{error.message}\n  {error.hint}")


def _each(question: str, read: Callable[[str], T]) -> Iterator[T]:
    """Ask for one after another, until the answer is empty."""
    while (one := _again(question, lambda text: read(text) if text else None, "")) is not None:
        yield one
        question = "And"


def _channel(text: str) -> Channel:
    found = [channel for channel in Channel if channel.startswith(text.strip().casefold())]
    if len(found) != 1:
        raise WrongUse(f"“{text}” is no channel", f"channels are: {', '.join(Channel)}")
    return found[0]


def _signals(text: str, names: entry.Names, refs: list[ClientRef]) -> list[entry.SignalDraft]:
    return _settled(entry.signal(text, names), refs) if text else []


def _fact(text: str, names: entry.Names, refs: list[ClientRef]) -> entry.FactDraft:
    return _settled([entry.fact(text, names)], refs)[0]


def _maybe_due(text: str, today: date) -> date | None:
    return due_day(text, today) if text else None
