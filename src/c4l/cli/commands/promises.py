"""Promises: `promise`, `promises`, `keep`, `move`, `break`, `release`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from c4l.actions import promises as actions
from c4l.cli import prompts
from c4l.cli.answer import answer, drawn, for_eyes, say
from c4l.cli.moving import SOMEDAY, ask_whether_told, moved, told_too_late, unsaid, waits_longer
from c4l.cli.options import (
    Because,
    Limit,
    MaybeWho,
    Number,
    On,
    Who,
    due_day,
    past_day,
    promise_number,
    promise_numbers,
)
from c4l.cli.session import Session, session
from c4l.domain.errors import WrongUse
from c4l.domain.records import Event, Promise, Verb
from c4l.domain.terms import Party, State, Tier

if TYPE_CHECKING:
    from c4l.domain.entry import Owed
    from c4l.domain.names import Known

SHOWN = 40

Numbers = Annotated[list[str], typer.Argument(metavar="N...", help="The numbers of promises.")]


def promise(
    client: Who,
    what: Annotated[list[str], typer.Argument(metavar="WHAT...", help="What is promised; may end in “by DAY”.")],
    by: Annotated[str | None, typer.Option("--by", metavar="DAY", help="The due day, or “someday” for none.")] = None,
    theirs: Annotated[bool, typer.Option("--theirs", help="They promised it to you.")] = False,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day it was made, if not today.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Add the client if nobody answers to that name.")] = False,
) -> None:
    """Make a promise, yours or theirs.

    c4l promise jane send the renewal deck by friday

    c4l promise bob "purchase order" --by "1 dec" --theirs
    """
    from c4l.cli import who

    with session(begins=True) as here:
        owed = _owed(" ".join(what), by, here.today)
        made_on = past_day(on, here.today)
        ref = who.one(here, client, new=new)
        party = Party.them if theirs else Party.me
        made = actions.make(here.store, ref, owed.what, party, owed.due_on, made_on, here.today)
        if made.promise.client != ref:
            say(f"new client {made.promise.client.name}, as {made.promise.client.handle}")
        answer("promise", made)
        if owed.due_on is None and not owed.someday and not here.look.json:
            number = made.promise.number
            say(f"promise {number} has no due day: c4l edit {number} --by DAY gives it one")


def _owed(text: str, by: str | None, today: date) -> "Owed":
    """What is promised, and by when: as `--by` says, else as the words end.

    Raises:
        WrongUse: if it says nothing, or both name a due day, and not the same.
    """
    from c4l.domain.dates import long
    from c4l.domain.entry import Owed, owed

    if by is None:
        return owed(text, today)
    someday = by.strip().casefold() == SOMEDAY
    due = None if someday else due_day(by, today)
    try:
        said = owed(text, today)
    except WrongUse:
        return Owed(text, due, someday)  # such words are no due day, or none at all
    if said.due_on is None and not said.someday:
        return Owed(text, due, someday)
    if said.due_on != due:
        one, other = (long(day) if day else SOMEDAY for day in (said.due_on, due))
        raise WrongUse(f"two due days are said: {one} in the words, and --by {other}", "leave one of them out")
    return said


def promises(
    client: MaybeWho = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those past their due day.")] = False,
    within: Annotated[
        str | None, typer.Option("--within", metavar="SPAN", help="Only those due within it: 7d, 2w; overdue ones too.")
    ] = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only yours.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="Only theirs.")] = False,
    tier: Annotated[Tier | None, typer.Option("--tier", help="Only those of clients who stand there today.")] = None,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="STATE", help="open, kept, broken, released or all; open if not said."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="Only those made or closed since: 90d, 1 oct.")
    ] = None,
    limit: Limit = None,
    walk: Annotated[bool, typer.Option("--walk", help="Ask about one after the other: keep, move, break …")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Answer 1 when something is listed.")] = False,
) -> None:
    """List what is owed, both ways, by due day.

    c4l promises --overdue

    c4l promises jane --state all

    On a terminal, “c4l promises --walk” goes through them, the most overdue first, and saves each answer at once.
    """
    wanted = _wanted(overdue, within, mine, theirs, tier, state)
    _check_walk(walk, wanted, exit_code)
    with session() as here:
        if since is not None:
            from c4l.domain.dates import read_since

            wanted = wanted._replace(since=read_since(since, here.today))
        people: tuple[Known, ...] = ()
        if client is not None:
            from c4l.cli import who

            people = who.several(here, client)
        numbers = None if client is None else [known.ref.id for known in people]
        if tier is not None:
            from c4l.actions.triangle import in_tier

            there = in_tier(here.store, tier, here.today, here.settings.thresholds)
            numbers = there if numbers is None else [number for number in numbers if number in there]
        ref = people[0].ref if len(people) == 1 else None
        at_most = (limit or None) if walk else for_eyes(limit, SHOWN)
        found = actions.listed(here.store, here.today, wanted, numbers, at_most, ref)
        if walk and found.promises:
            _walk(here, found)
        else:
            answer("promises", found)
    if exit_code and found.mine + found.theirs:
        raise typer.Exit(1)


def keep(numbers: Numbers, on: On = None) -> None:
    """Mark promises as kept.

    c4l keep 14

    c4l keep 14 22 --on yesterday
    """
    with session() as here:
        event = Event(Verb.kept, past_day(on, here.today))
        answer("promises", actions.happen(here.store, promise_numbers(numbers), event, here.today))


def move(
    number: Number,
    day: Annotated[list[str], typer.Argument(metavar="DAY...", help="The new due day.")],
    because: Because = None,
    plan: Annotated[str | None, typer.Option("--plan", metavar="TEXT", help="How you get back on track.")] = None,
    told: Annotated[bool | None, typer.Option("--told/--not-told", help="Whether they know already.")] = None,
    on: On = None,
) -> None:
    """Give a promise a new due day; say whether they know.

    c4l move 14 tue --told --because "waiting for the figures" --plan "Bob covers"
    """
    with session() as here:
        promise = actions.get(here.store, promise_number(number), here.today).promise
        event = moved(promise, " ".join(day), past_day(on, here.today), here.today)
        if told is None and waits_longer(promise, event):
            told, because, plan = _asked(promise, because, plan)
        knows = event.told if told is None else told
        event = event._replace(told=knows, because=because or None, plan=plan or None)
        [after] = actions.happen(here.store, [promise.number], event, here.today)
        answer("promise", after)
        if (late := told_too_late(promise, event)) and not here.look.json:
            say(late)


def break_(
    number: Number,
    because: Because = None,
    told: Annotated[bool, typer.Option("--told", help="They know already.")] = False,
    on: On = None,
) -> None:
    """Say that a promise will not be kept.

    c4l break 14 --told --because "the vendor went out of business"
    """
    with session() as here:
        event = Event(Verb.broken, past_day(on, here.today), told=told, because=because or None)
        [after] = actions.happen(here.store, [promise_number(number)], event, here.today)
        answer("promise", after)


def release(number: Number, because: Because = None, on: On = None) -> None:
    """Let a promise go that is no longer wanted.

    c4l release 14 --because "they found it themselves"
    """
    with session() as here:
        event = Event(Verb.released, past_day(on, here.today), because=because or None)
        [after] = actions.happen(here.store, [promise_number(number)], event, here.today)
        answer("promise", after)


def _wanted(
    overdue: bool, within: str | None, mine: bool, theirs: bool, tier: Tier | None, state: str | None
) -> actions.Wanted:
    """What the options ask for together.

    Raises:
        WrongUse: if they contradict each other.
    """
    if mine and theirs:
        raise WrongUse("--mine and --theirs leave nothing", "give one of them, or neither for both")
    if state is not None and (overdue or within is not None):
        raise WrongUse("--overdue and --within ask for open promises", "leave --state out")
    if overdue and within is not None:
        raise WrongUse("--within shows the overdue ones, too", "give --overdue or --within")
    if state is not None and state not in (*State, "all"):
        raise WrongUse(f"there is no state “{state}”", f"states are: {', '.join(State)}; or all")
    days = None
    if within is not None:
        from c4l.domain.dates import read_span

        days = read_span(within)
    return actions.Wanted(
        state=None if state == "all" else State(state or State.open),
        overdue=overdue,
        within_days=days,
        owner=Party.me if mine else Party.them if theirs else None,
        tier=tier,
    )


def _check_walk(walk: bool, wanted: actions.Wanted, exit_code: bool) -> None:
    """Refuse a walk that nobody could take.

    Raises:
        WrongUse: if it is asked for together with what it cannot do, or where nobody can be asked.
    """
    if not walk:
        return
    if wanted.state is not State.open:
        raise WrongUse("--walk goes through open promises", "leave --state out")
    if exit_code:
        raise WrongUse("--exit-code asks about a list, and --walk shows none", "give one of them")
    if not prompts.is_interactive():
        from c4l.cli.walk import UNASKED

        raise UNASKED


def _walk(here: Session, found: actions.PromiseList) -> None:
    from c4l.cli.walk import walk

    changed = walk(here, [view.promise.number for view in found.promises])
    if changed or not drawn():
        answer("promises", changed)
    else:
        say("nothing was changed")


def _asked(promise: Promise, because: str | None, plan: str | None) -> tuple[bool, str | None, str | None]:
    """What was left out of a move to a later day, asked in one breath."""
    told = ask_whether_told(promise)
    if because is None:
        because = prompts.ask("Why?", otherwise=unsaid(promise), default="")
    if plan is None:
        plan = prompts.ask("How do you get back on track?", otherwise=unsaid(promise), default="")
    return told, because, plan
