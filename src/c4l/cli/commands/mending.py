"""Mending what was written down: `edit`, `remove`."""

import sys
from typing import Annotated

import typer

from c4l.actions import mending as actions
from c4l.cli import prompts
from c4l.cli.answer import answer, say
from c4l.cli.options import record_number, record_numbers
from c4l.cli.session import Session, session
from c4l.domain.errors import WrongUse
from c4l.domain.terms import Channel, Party


def edit(
    number: Annotated[str, typer.Argument(metavar="N", help="A promise (14) or an interaction (i88).")],
    what: Annotated[str | None, typer.Option("--what", metavar="TEXT", help="What is promised.")] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="DAY", help="The due day, or “someday”; while nothing has happened to it."),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What happened.")] = None,
    on: Annotated[str | None, typer.Option("--on", "-o", metavar="DAY", help="When it happened.")] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="HH:MM", help="The time of day; “none” empties it.")] = None,
    channel: Annotated[Channel | None, typer.Option("--channel", "--how", "-c", help="How it happened.")] = None,
    minutes: Annotated[
        str | None, typer.Option("--minutes", "-m", metavar="TIME", help="How long: 30, 1h30; “none” empties it.")
    ] = None,
    came_in: Annotated[bool | None, typer.Option("--in/--out", help="They reached out, or you did.")] = None,
    unstated: Annotated[bool, typer.Option("--unstated", help="Nobody knows who reached out.")] = False,
    signals: Annotated[
        list[str] | None,
        typer.Option("--signal", "-s", metavar="SIGNAL", help="It showed this, too: consulted; “Jane: door …”."),
    ] = None,
    no_signals: Annotated[
        list[str] | None, typer.Option("--no-signal", metavar="SIGNAL", help="It did not show this.")
    ] = None,
    no_trace: Annotated[
        bool, typer.Option("--no-trace", help="Keep nothing of what it was; c4l undo cannot bring it back.")
    ] = False,
) -> None:
    """Mend a promise or an interaction.

    c4l edit 14 --what "send the renewal deck" --by "1 dec"

    c4l edit i88 --on yesterday -m 45 --in

    Without an option it opens in your editor (VISUAL or EDITOR); what changed elsewhere meanwhile is not overwritten,
    and your text is kept. Clients are mended by c4l client edit.
    """
    named = record_number(number, "a client is changed by c4l client edit")
    if unstated and came_in is not None:
        raise WrongUse("--unstated and --in or --out contradict each other", "give one of them")
    side = "" if unstated else None if came_in is None else (Party.them if came_in else Party.me).value
    promised = _given({"body": what, "by": by})
    happened = _given({"body": note, "on": on, "at": at, "channel": channel, "minutes": minutes, "reached out": side})
    shown = [*(signals or ()), *(no_signals or ())]
    with session() as here:
        if named.kind == "promise":
            if happened or shown:
                raise WrongUse(
                    f"{number} is a promise", f"of a promise, --what and --by change: c4l edit {number} --what"
                )
            _edit_promise(here, named.number, promised, no_trace=no_trace)
        else:
            if promised:
                raise WrongUse(f"{number} is an interaction", "--what and --by change a promise; its text is --note")
            _edit_interaction(here, named.number, happened, signals or [], no_signals or [], no_trace=no_trace)


def _given(options: dict[str, str | None]) -> dict[str, str]:
    return {name: said for name, said in options.items() if said is not None}


def _edit_promise(here: Session, number: int, said: dict[str, str], *, no_trace: bool) -> None:
    from c4l.actions.promises import get
    from c4l.cli import record_text

    if said:
        wanted = record_text.promise_edit(said, here.today)
        answer("promise", actions.edit_promise(here.store, number, wanted, here.today, no_trace=no_trace))
        return
    from c4l.cli.editor import edited

    before = get(here.store, number, here.today)
    _demand_terminal(str(number), "--what or --by")
    unset = _unset(str(number), "--what or --by")
    shown = record_text.promise_text(before.promise)
    with edited(f"promise-{number}", shown, beside=here.store.path, otherwise=unset) as text:
        wanted = record_text.promise_edit_from(text, before.promise, here.today)
        if wanted == actions.PromiseEdit():
            say("nothing was changed")
        after = actions.edit_promise(here.store, number, wanted, here.today, seen=before.promise, no_trace=no_trace)
    answer("promise", after)


def _edit_interaction(
    here: Session, number: int, said: dict[str, str], add: list[str], drop: list[str], *, no_trace: bool
) -> None:
    from c4l.actions.log import get
    from c4l.cli import record_text

    before = get(here.store, number)
    if said or add or drop:
        wanted = record_text.interaction_edit(said, add, drop, before, here.today)
        answer("interaction", actions.edit_interaction(here.store, number, wanted, here.today, no_trace=no_trace))
        return
    from c4l.cli.editor import edited

    _demand_terminal(f"i{number}", "--note, --on …")
    unset = _unset(f"i{number}", "--note, --on …")
    shown = record_text.interaction_text(before)
    with edited(f"i{number}", shown, beside=here.store.path, otherwise=unset) as text:
        wanted = record_text.interaction_edit_from(text, before, here.today)
        if wanted == actions.InteractionEdit({}):
            say("nothing was changed")
        after = actions.edit_interaction(here.store, number, wanted, here.today, seen=before, no_trace=no_trace)
    answer("interaction", after)


def _demand_terminal(number: str, options: str) -> None:
    if not (prompts.is_interactive() and sys.stdout.isatty()):
        raise WrongUse("it is not said what is to change", f"say it: c4l edit {number} with {options}")


def _unset(number: str, options: str) -> WrongUse:
    return WrongUse("no editor is named", f"set EDITOR, or say what is to change: c4l edit {number} with {options}")


def remove(
    numbers: Annotated[list[str], typer.Argument(metavar="N...", help="Promises (14) and interactions (i88).")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be removed.")] = False,
) -> None:
    """Remove promises or interactions logged by mistake.

    c4l remove 14 --yes

    c4l remove i88 --dry-run

    What was seen and learned in an interaction goes with it; its promises stay. A promise that will not be kept is
    no mistake: c4l break, or c4l release.
    """
    named = record_numbers(numbers, "a client is put away by c4l client archive")
    owed = [each.number for each in named if each.kind == "promise"]
    met = [each.number for each in named if each.kind == "interaction"]
    with session() as here:
        if not (yes or dry_run):
            _ask(actions.remove(here.store, owed, met, here.today, rehearse=True))
        answer("removed", actions.remove(here.store, owed, met, here.today, rehearse=dry_run))


def _ask(planned: actions.Removal) -> None:
    """Ask whether all of it is to go.

    Raises:
        WrongUse: if nobody can be asked.
        Exit: if it is to stay.
    """
    from c4l.render.removed import told

    if prompts.is_interactive():
        say("\n".join(f"  {number}  {' '.join(words.split())}" for number, words in told(planned)))
    unsaid = WrongUse("nobody is there to be asked whether to remove it", "say --yes, or --dry-run to see what it is")
    if not prompts.confirm("Remove this?", otherwise=unsaid):
        say("nothing was removed")
        raise typer.Exit(1)
