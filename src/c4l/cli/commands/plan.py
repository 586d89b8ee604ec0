"""What would move a client up: `plan`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from c4l.cli import prompts
from c4l.cli.answer import answer, piped_as_text, say
from c4l.cli.moving import SOMEDAY
from c4l.cli.options import Who, due_day
from c4l.cli.session import session
from c4l.domain.errors import BadDay, WrongUse
from c4l.domain.terms import Tier

if TYPE_CHECKING:
    from c4l.actions.plan import PlanView

_UNSAID = WrongUse(
    "a step becomes a promise, and a promise has a due day", f"give --by DAY, or --by {SOMEDAY} for no due day"
)


def plan(
    client: Who,
    to: Annotated[
        str | None, typer.Option("--to", metavar="TIER", help="The tier to reach, key or life; else the next one.")
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="N", help="Make a promise of step N; may be given more than once."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DAY", help="The due day of what is accepted, or “someday”.")
    ] = None,
) -> None:
    """Say what would move a client up, in the fewest steps.

    Each step was tried on paper: once all of them are done, the client stands where the plan says. What is broken
    comes first, then what invites a sign of trust; the sign itself is theirs to give. What they wait for that no step
    needs, a promise overdue or a slip that nobody owned, is told before the steps.

    From the base the plan leads to the nearer of the two tiers; for friends, family and your team to the top.

    c4l plan jane

    c4l plan jane --to life

    c4l plan jane --accept 1 --by friday
    """
    from c4l.actions import plan as actions
    from c4l.cli import who

    if by is not None and not accept:
        raise WrongUse("--by is the due day of a step that is accepted", "say which: --accept N --by DAY")
    tier, numbers = _tier(to), _numbers(accept or [])
    with session() as here:
        ref = who.one(here, client)
        found = actions.plan(here.store, ref, here.today, here.settings.thresholds, tier)
        if not numbers:
            _show(found)
            return
        steps = actions.chosen(found.plan, numbers)
        made = actions.accept(here.store, ref, steps, _due(by, here.today), here.today)
        if len(made) == 1:
            answer("promise", made[0])
        else:
            answer("promises", made)


def _show(found: "PlanView") -> None:
    """Answer with the plan, and say what lines of cells do not."""
    from c4l.render.plan import remarks, reminders

    aloud = piped_as_text()
    for reminder in reminders(found) if aloud else ():
        say(reminder)
    answer("plan", found)
    for remark in remarks(found) if aloud else ():
        say(remark)


def _tier(text: str | None) -> Tier | None:
    if text is None:
        return None
    word = text.strip().casefold()
    if word in (Tier.key, Tier.life):
        return Tier(word)
    raise WrongUse(f"“{text}” is no tier that a plan leads to", "give --to key or --to life")


def _numbers(texts: list[str]) -> list[int]:
    """The numbers of steps, which may also be joined with commas."""
    words = [word.strip() for text in texts for word in text.split(",")]
    for word in words:
        if not (word.isascii() and word.isdigit() and len(word) < 6):
            raise WrongUse(f"“{word}” is not the number of a step", "c4l plan WHO numbers them from 1")
    return [int(word) for word in words]


def _due(by: str | None, today: date) -> date | None:
    """The due day as `--by` says it, else as it is typed, once it can be read; None for someday."""
    if by is not None:
        return _read(by, today)
    while True:
        try:
            return _read(prompts.ask(f"By which day, or {SOMEDAY}?", otherwise=_UNSAID), today)
        except BadDay as error:
            say(f"{error.message}\n  {error.hint}")


def _read(text: str, today: date) -> date | None:
    return None if text.strip().casefold() == SOMEDAY else due_day(text, today)
