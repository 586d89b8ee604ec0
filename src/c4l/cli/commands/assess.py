"""Your own view: `assess`."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from c4l.cli.answer import answer, say
from c4l.cli.options import Because, Who, past_day
from c4l.cli.session import session
from c4l.domain.records import Part

if TYPE_CHECKING:
    from c4l.domain.clients import Client


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
