"""`c4l graph`: contact over time."""

from datetime import date
from typing import Annotated

import typer

from c4l.cli import who
from c4l.cli.answer import answer
from c4l.cli.options import MaybeWho, past_day
from c4l.cli.session import session
from c4l.domain.errors import WrongUse
from c4l.domain.graph import USUAL_MONTHS, usual_start

MOST_MONTHS = 1200
_START = "say --since 90d, --since 2025 or --months 24"


def graph(
    client: MaybeWho = None,
    months: Annotated[
        int | None,
        typer.Option("--months", min=1, max=MOST_MONTHS, metavar="N", help="So many months; 12 if not said."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="From the month of that day on: 2025, 90d, 1 oct.")
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="Up to that day, not today.")] = None,
    minutes: Annotated[
        bool, typer.Option("--minutes", help="Measure how long it took instead of how often it was.")
    ] = False,
) -> None:
    """Draw contact over time, month by month and by channel.

    Of a client, it is shown beside the whole: what part of your interactions and of your time was theirs. Time is what
    you logged; where you logged none, 5 minutes for an email or a message and 15 for the rest, as in the triangle.

    c4l graph

    c4l graph jane --months 24

    c4l graph --since 2025 --minutes
    """
    from c4l.actions import graph as actions

    with session() as here:
        until = past_day(as_of, here.today)
        first = _first(months, since, until)
        refs = () if client is None else tuple(known.ref for known in who.several(here, client))
        answer("graph", actions.graph(here.store, first, until, refs, in_minutes=minutes))


def _first(months: int | None, since: str | None, until: date) -> date:
    """The day with whose month the graph begins.

    Raises:
        WrongUse: if two were named, or one that comes after the end.
    """
    if since is None:
        return usual_start(until, months or USUAL_MONTHS)
    if months is not None:
        raise WrongUse("--months and --since both say where to begin", "give one of them: --months 24")
    from c4l.domain.dates import long, read_since

    first = read_since(since, until)
    if first > until:
        raise WrongUse(f"{long(first)} comes after {long(until)}, the end of the graph", _START)
    return first
