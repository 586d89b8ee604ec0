"""Promises: `promise`, `promises`, `keep`, `move`, `break`, `release`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from c4l.actions import promises as actions
from c4l.cli import prompts
from c4l.cli.answer import answer, for_eyes, say
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
from c4l.cli.session import session
from c4l.domain.errors import WrongUse
from c4l.domain.promises import check_event, standing
from c4l.domain.records import Event, Promise, Verb
from c4l.domain.terms import Party, State, Tier

if TYPE_CHECKING:
    from c4l.domain.names import Known

SHOWN = 40
SOMEDAY = "someday"

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
        text, due = _owed(" ".join(what), by, here.today)
        made_on = past_day(on, here.today)
        ref = who.one(here, client, new=new)
        party = Party.them if theirs else Party.me
        made = actions.make(here.store, ref, text, party, due, made_on, here.today)
        if made.promise.client != ref:
            say(f"new client {made.promise.client.name}, as {made.promise.client.handle}")
        answer("promise", made)


def _owed(text: str, by: str | None, today: date) -> tuple[str, date | None]:
    """What is promised, and by when: as `--by` says, else as the words end.

    Raises:
        WrongUse: if it says nothing, or both name a due day, and not the same.
    """
    from c4l.domain.dates import long
    from c4l.domain.entry import owed

    if by is None:
        said = owed(text, today)
        return said.what, said.due_on
    someday = by.strip().casefold() == SOMEDAY
    due = None if someday else due_day(by, today)
    try:
        said = owed(text, today)
    except WrongUse:
        return text, due  # such words are no due day, or none at all
    if said.due_on is None and not said.someday:
        return text, due
    if said.due_on != due:
        one, other = (long(day) if day else SOMEDAY for day in (said.due_on, due))
        raise WrongUse(f"two due days are said: {one} in the words, and --by {other}", "leave one of them out")
    return said.what, due


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
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Answer 1 when something is listed.")] = False,
) -> None:
    """List what is owed, both ways, by due day.

    c4l promises --overdue

    c4l promises jane --state all
    """
    wanted = _wanted(overdue, within, mine, theirs, tier, state)
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
        found = actions.listed(here.store, here.today, wanted, numbers, for_eyes(limit, SHOWN), ref)
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
        event = Event(Verb.moved, past_day(on, here.today), _new_day(promise, day, here.today))
        check_event(promise, event, here.today)  # nobody is asked about a move that cannot be
        if told is None and _waits_longer(promise, event):
            told, because, plan = _asked(promise, because, plan)
        # Of a new day for what they owe, you know from nobody but them.
        knows = promise.by is Party.them if told is None else told
        event = event._replace(told=knows, because=because or None, plan=plan or None)
        [after] = actions.happen(here.store, [promise.number], event, here.today)
        answer("promise", after)


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


def _new_day(promise: Promise, words: list[str], today: date) -> date:
    text = " ".join(words)
    if text.strip().casefold() == SOMEDAY:
        raise WrongUse(
            f"promise {promise.number} cannot be moved to {SOMEDAY}",
            f"say a day; if they let it go: c4l release {promise.number}",
        )
    return due_day(text, today)


def _waits_longer(promise: Promise, move: Event) -> bool:
    """Whether the move makes somebody wait longer for something of yours than they thought on its day."""
    due = standing(promise, move.on).due_on
    return promise.by is Party.me and due is not None and move.to is not None and move.to > due


def _asked(promise: Promise, because: str | None, plan: str | None) -> tuple[bool, str | None, str | None]:
    """What was left out of a move to a later day, asked in one breath."""
    name, number = promise.client.name, promise.number
    unsaid = WrongUse(
        f"moving promise {number} makes {name} wait longer: do they know?",
        f"say --told or --not-told: c4l move {number} DAY --told",
    )
    told = prompts.confirm(f"Does {name} know already?", otherwise=unsaid)
    if because is None:
        because = prompts.ask("Why?", otherwise=unsaid, default="")
    if plan is None:
        plan = prompts.ask("How do you get back on track?", otherwise=unsaid, default="")
    return told, because, plan
