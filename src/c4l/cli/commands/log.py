"""`c4l log`: what happened between you and a client, typed right after it."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Annotated, NamedTuple

import typer

from c4l.actions import log as actions
from c4l.cli import log_words, prompts, unsaved, who
from c4l.cli.answer import answer, piped_as_text, say
from c4l.cli.complete import clients
from c4l.cli.options import due_day, past_day
from c4l.cli.session import Session, current_look, session
from c4l.domain import entry
from c4l.domain.errors import C4lError, Unconfirmed, Unusable, WrongUse
from c4l.domain.names import LONGEST_TEXT, Known
from c4l.domain.terms import Channel, ClientRef, Party

STDIN = "-"


class Said(NamedTuple):
    """The options as they were typed, or answered to a question."""

    channel: Channel | None = None
    on: str | None = None
    at: str | None = None
    minutes: str | None = None
    came_in: bool | None = None
    signals: Sequence[str] = ()
    learned: Sequence[str] = ()
    i_owe: Sequence[str] = ()
    they_owe: Sequence[str] = ()
    upcoming: str | None = None
    new: bool = False


class Parts(NamedTuple):
    """What came with an entry: what was shown and learned, and what is owed."""

    signals: list[entry.SignalDraft]
    facts: list[entry.FactDraft]
    mine: tuple[entry.Owed, ...]
    theirs: tuple[entry.Owed, ...]


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
    came_in: Annotated[
        bool | None,
        typer.Option(
            "--in/--out", help="They reached out, or you did; if not said, a call, meeting or visit is theirs."
        ),
    ] = None,
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
        typer.Option(
            "--learned",
            "-l",
            metavar="FACT",
            help="What you learned: “Jane: goal: one vendor”; goal, interest, preference, worry or background.",
        ),
    ] = None,
    upcoming: Annotated[
        str | None, typer.Option("--next", "-n", metavar="DAY", help="When to be in touch again: 3w, “1 dec”.")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Add clients whom nobody answers to.")] = False,
) -> None:
    """Log a call, a meeting, a message or a note.

    c4l log jane asked us before choosing the vendor -s consulted -i "send the deck by friday"

    c4l log "Jane, Bob" "walked through the renewal" --on yesterday -m 30 --in

    A note alone will do where it says who was there: “lunch with Jane and Bob”. Where its first word may be a misspelt
    name, and it names somebody else, it is asked who was there; words like “met” and “lunch” are no names.

    Signals they show: advice consulted early door inner steer complaint surprise. Signals you show: suggested
    listened put-first helped thanked praised owned. Without an argument it asks, question by question; “-” reads
    the note from stdin.
    """
    said = Said(
        channel, on, at, minutes, came_in, signals or (), learned or (), i_owe or (), they_owe or (), upcoming, new
    )
    with _kept(words or []) as typed:
        piped = None if prompts.is_interactive() else _from_stdin(words or [])
        typed += [piped] if piped else []
        with session(begins=True) as here, unsaved.keeping(here, words or [], said._asdict()) as again:
            if again:
                words, said, here = list(again.words), Said(**again.options), here._replace(today=again.on)
            _draft(here, said)  # what cannot be read is refused before anything is asked
            if piped is None:
                piped = _from_stdin(words or [])
                typed += [piped] if piped else []
            if words:
                people, note = log_words.read(here, words, piped, new=said.new)
            else:
                (people, note), said = _asked(here, said, typed)
            parts = _parts(here, people, said)
            if note is None:
                note = _ask_note(typed)
            refs = [client.ref for client in people]
            draft = _draft(here, said)._replace(
                note=note,
                signals=tuple(_settled(parts.signals, refs)),
                facts=tuple(_settled(parts.facts, refs)),
                mine=parts.mine,
                theirs=parts.theirs,
            )
            logged = actions.log(here.store, refs, draft, here.today)
    for client in people:
        if client.archived and not current_look().json:
            say(f"{client.ref.name} is archived: c4l client unarchive {client.ref.handle} takes them back")
    answer("logged", logged)
    if piped_as_text():
        _echo(logged)


def _echo(logged: actions.Logged) -> None:
    """Say what lines of cells do not: that it is a plan, and that words were not taken for a due day."""
    from c4l.domain.dates import long

    if logged.planned:
        say(f"i{logged.interaction.number} is a plan for {long(logged.interaction.on)}")
    for number in logged.undated:
        say(f"promise {number} has no due day")


@contextmanager
def _kept(words: list[str]) -> Iterator[list[str]]:
    """Give back what was typed at a question or piped in and could not be written: nothing typed is lost.

    What was typed on the command line stands there still, except to a script whose book cannot be used.
    """
    typed: list[str] = []
    try:
        yield typed
    except (C4lError, typer.Abort, KeyboardInterrupt) as end:
        lost = typed or (words if isinstance(end, Unusable) else [])
        if isinstance(end, Unconfirmed):
            lost = []
        # Scripts that read an error as JSON hold what they piped in.
        if lost and (prompts.is_interactive() or not current_look().json):
            say("nothing was written; here is what you typed:\n" + ("\n" if typed else " ").join(lost))
        raise


# --- who and what ----------------------------------------------------------------------------------------------------


def _from_stdin(words: list[str]) -> str | None:
    """The note from stdin, if it is asked for: `-` alone, or behind the client.

    Raises:
        WrongUse: if nothing came in, or more than a note keeps.
    """
    if len(words) not in (1, 2) or words[-1] != STDIN:
        return None
    if prompts.is_interactive():
        note = prompts.lines("Type the note, and end it with Ctrl-D on a line of its own.").strip()
    else:
        note = sys.stdin.read(LONGEST_TEXT + 1)
        if len(note) > LONGEST_TEXT:
            raise WrongUse(
                f"more than {LONGEST_TEXT} characters came in on stdin",
                "a note keeps no more: leave them in a file, and note where that lies",
            )
        note = note.strip()
    if not note:
        raise WrongUse("nothing came in on stdin", "pipe the note in: c4l log jane - < note.txt")
    return note


def _ask_note(typed: list[str]) -> str:
    unsaid = WrongUse(
        "it is not said what happened",
        'say it after the client: c4l log jane "asked for the figures"; “-” reads it from stdin',
    )
    typed.append(prompts.ask("What happened?", otherwise=unsaid))
    return typed[-1]


# --- what the options say --------------------------------------------------------------------------------------------


def _draft(here: Session, said: Said) -> actions.LogDraft:
    """The entry without its note, and without the parts that can name a client."""
    on = past_day(said.on, here.today)
    return actions.LogDraft(
        note="",
        on=on,
        at=None if said.at is None else entry.read_time(said.at),
        channel=said.channel or here.settings.channel,
        reached_out=None if said.came_in is None else Party.them if said.came_in else Party.me,
        minutes=None if said.minutes is None else entry.read_minutes(said.minutes),
        next_on=None if said.upcoming is None else _next_day(said.upcoming, max(on, here.today)),
    )


def _next_day(text: str, today: date) -> date:
    day = due_day(text, today)
    if day < today:
        from c4l.domain.dates import long

        raise WrongUse(f"the next contact cannot be on {long(day)}, which is past", "say a day to come: --next 3w")
    return day


def _parts(here: Session, people: Sequence[Known], said: Said) -> Parts:
    """What was shown, learned and promised, as far as it names clients itself."""
    names = entry.names_of(people)
    who.refuse_strangers(here, (*said.signals, *said.learned, *said.i_owe, *said.they_owe), people)
    return Parts(
        signals=[each for text in said.signals for each in entry.signal(text, names)],
        facts=[entry.fact(text, names) for text in said.learned],
        mine=tuple(entry.owed(text, here.today, names) for text in said.i_owe),
        theirs=tuple(entry.owed(text, here.today, names) for text in said.they_owe),
    )


def _settled(drafts: list[entry.Shown], refs: list[ClientRef]) -> list[entry.Shown]:
    """Signals or facts, each about somebody: asked for on a terminal where it could be about several."""
    if len(refs) > 1 and entry.unnamed(drafts) and prompts.is_interactive():
        return [draft if draft.client else _asked_whose(draft, refs) for draft in drafts]
    return entry.settle_shown(drafts, refs)


def _asked_whose(draft: entry.Shown, refs: list[ClientRef]) -> entry.Shown:
    said = draft.signal if isinstance(draft, entry.SignalDraft) else draft.text
    chosen = prompts.choose(f"Whose is “{said}”?", [ref.name for ref in refs], otherwise=_UNASKED)
    [settled] = entry.settle([draft], refs[chosen])
    return settled


# --- question by question --------------------------------------------------------------------------------------------

_UNASKED = WrongUse("nobody is there to be asked", "say it on the command line")


def _asked(here: Session, said: Said, typed: list[str]) -> tuple[log_words.Entry, Said]:
    """Ask for whatever the options leave open, one question at a time; an empty answer leaves a part out."""
    if not prompts.is_interactive():
        raise log_words.NOTHING
    people = log_words.ask_who(here, new=said.new)
    _parts(here, people, said)
    note = _ask_note(typed)
    names = entry.names_of(people)

    def ask(question: str, read: Callable[[str], object], default: str = "") -> str:
        answered = _again(question, read, default)
        if answered != default:
            typed.append(answered)
        return answered

    def each(question: str, read: Callable[[str], object]) -> list[str]:
        answers: list[str] = []
        while one := ask("And" if answers else question, read):
            answers.append(one)
        return answers

    def owed(text: str) -> entry.Owed:
        return entry.owed(text, here.today, names)

    return log_words.Entry(people, note), said._replace(
        channel=said.channel or _channel(ask(f"How ({', '.join(Channel)})", _channel, here.settings.channel)),
        on=said.on or ask("When", lambda text: past_day(text, here.today), "today"),
        signals=said.signals or each("What did it show? (consulted,early …)", lambda text: entry.signal(text, names)),
        i_owe=said.i_owe or each("What do you owe? (… by DAY)", owed),
        they_owe=said.they_owe or each("What do they owe? (… by DAY)", owed),
        learned=said.learned or each("What did you learn? (goal: …)", lambda text: entry.fact(text, names)),
        upcoming=said.upcoming
        or ask("When to be in touch again? (3w, 1 dec)", lambda text: _next_day(text, here.today))
        or None,
    )


def _again(question: str, read: Callable[[str], object], default: str) -> str:
    """Ask until the answer is empty or can be read, saying each time what was wrong with it."""
    while True:
        answered = prompts.ask(question, otherwise=_UNASKED, default=default)
        try:
            if answered:
                read(answered)
            return answered
        except C4lError as error:
            say(f"{error.message}\n  {error.hint}")


def _channel(text: str) -> Channel:
    found = [channel for channel in Channel if channel.startswith(text.strip().casefold())]
    if len(found) != 1:
        raise WrongUse(f"“{text}” is no channel", f"channels are: {', '.join(Channel)}")
    return found[0]
