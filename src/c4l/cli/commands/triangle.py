"""The triangle: `triangle`, `why`."""

from typing import Annotated

import typer

from c4l.cli.answer import answer, drawn, for_eyes
from c4l.cli.options import Limit, Who, past_day
from c4l.cli.session import session
from c4l.domain.terms import Tier

DETAILED = 10

AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="As it stood on that day: 1 june, 90d.")]


def triangle(
    as_of: AsOf = None,
    tier: Annotated[Tier | None, typer.Option("--tier", help="Only this level.")] = None,
    limit: Limit = None,
) -> None:
    """Show where every client stands: base, key, client for life.

    Drawn, “shows” has a dot for each sign of trust they gave within a year: advice, consulted, early, door, inner;
    “promises” how many of yours to them were honoured; “next” what would lift them.

    c4l triangle

    c4l triangle --as-of "1 june" --tier life
    """
    from c4l.actions import triangle as actions

    with session() as here:
        day = past_day(as_of, here.today)
        # Only a screen tells more of somebody than the place, and only of a few.
        shown = for_eyes(limit, DETAILED)
        details, most = (shown, None) if drawn() else (0, shown)
        found = actions.triangle(here.store, day, here.today, here.settings.thresholds, tier, details, most)
        answer("triangle", found._replace(limit_given=limit is not None))


def why(client: Who, as_of: AsOf = None) -> None:
    """Say why a client stands where they stand, with records.

    A key client, two of four: drives (brings a great part of the value), depends (you cannot afford to lose them),
    steers (tells you which way to go), demands (asks for much more of your time than others).

    A client for life, all four: trusted (treats you as an advisor), reliable (you keep what you promise them),
    lasting (with you for long, and still is), unbroken (what went wrong was put right).

    c4l why jane

    c4l why jane --as-of 90d
    """
    from c4l.actions import triangle as actions
    from c4l.cli import who

    with session() as here:
        ref = who.one(here, client)
        day = past_day(as_of, here.today)
        answer("why", actions.why(here.store, ref, day, here.today, here.settings.thresholds))
