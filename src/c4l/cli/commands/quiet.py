"""Who is going quiet: `quiet`, `snooze`."""

from typing import Annotated

import typer

from c4l.actions import quiet as actions
from c4l.cli import who
from c4l.cli.answer import answer, for_eyes, piped_as_text, say
from c4l.cli.options import Limit, Who, due_day
from c4l.cli.session import session
from c4l.domain.terms import Tier

SHOWN = 20
NOT_AT_ALL = "none"


def quiet(
    tier: Annotated[Tier | None, typer.Option("--tier", help="Only those who stand there today.")] = None,
    tag: Annotated[str | None, typer.Option("--tag", metavar="WORD", help="Only those with this tag.")] = None,
    limit: Limit = None,
) -> None:
    """List clients you have not been in touch with for too long.

    How long that is says their own cadence, else that of their tier; a day set with “log --next” stands in for it once.

    c4l quiet

    c4l quiet --tier life --limit 5
    """
    with session() as here:
        settings = here.settings
        shown = for_eyes(limit, SHOWN)
        found = actions.quiet(here.store, here.today, settings.thresholds, settings.cadence, tier, tag, shown)
        answer("quiet", found)


def snooze(
    client: Who,
    day: Annotated[list[str], typer.Argument(metavar="DAY...", help="Until when: 2w, 1 dec; “none” ends it.")],
) -> None:
    """Hide a client from those going quiet, until a day.

    Promises, key dates and all else about them still show.

    c4l snooze jane 2w

    c4l snooze jane none
    """
    with session() as here:
        text = " ".join(day)
        until = None if text.strip().casefold() == NOT_AT_ALL else due_day(text, here.today)
        ref = who.one(here, client)
        answer("client", actions.snooze(here.store, ref, until, here.today, here.settings.thresholds))
        if until is not None and piped_as_text():
            from c4l.domain.dates import long

            # A screen says the weekday, which lines of cells do not.
            say(f"hidden from those going quiet until {long(until)}")
