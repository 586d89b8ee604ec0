"""The triangle: `triangle`, `why`, `assess`."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from c4l.cli.answer import answer, drawn, for_eyes, say
from c4l.cli.options import Because, Limit, Who, past_day
from c4l.cli.session import session
from c4l.domain.records import Part
from c4l.domain.terms import Tier

if TYPE_CHECKING:
    from c4l.domain.clients import Client

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


def assess(
    client: Who,
    stake: Annotated[
        str | None,
        typer.Option("--stake", metavar="LEVEL", help="What losing them would cost: low, medium, high, critical."),
    ] = None,
    value: Annotated[
        str | None, typer.Option("--value", metavar="N", help="Their yearly value: 120000, 120k, 1.2m.")
    ] = None,
    tier: Annotated[
        str | None, typer.Option("--tier", metavar="TIER", help="Where you think they stand: base, key, life.")
    ] = None,
    because: Because = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day it holds from, if not today.")] = None,
) -> None:
    """State your own view of a client; “none” withdraws it.

    c4l assess jane --stake high --value 120k --tier key --because "they renewed twice"
    """
    from c4l.actions import clients as actions
    from c4l.cli import who
    from c4l.domain.assessment import read_parts

    with session() as here:
        ref = who.one(here, client)
        parts = read_parts(stake, value, tier)
        day = past_day(on, here.today)
        thresholds = here.settings.thresholds
        stated = actions.assess(here.store, ref, parts, day, here.today, thresholds, because)
        answer("client", stated)
        if on is not None:
            _echo(parts, day, stated)


def _echo(parts: Mapping[Part, object], day: date, client: "Client") -> None:
    """Say which day was understood, and what of the view does not stand today."""
    from c4l.domain.dates import long

    stands = {Part.stake: client.stake, Part.value: client.value, Part.tier: client.own_view}
    passed = [str(part) for part, said in parts.items() if said is not None and stands[part] != said]
    say(f"stated as of {long(day)}")
    if passed:
        say(f"this {' and this '.join(passed)} does not stand today: you said otherwise later, or it is too long ago")
