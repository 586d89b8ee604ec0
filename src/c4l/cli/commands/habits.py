"""`c4l habits`: what you give."""

from typing import Annotated

import typer

from c4l.cli.answer import answer
from c4l.cli.session import session


def habits(
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help="From the week of that day on: 26w, 1 jan; 12 weeks if not said."),
    ] = None,
) -> None:
    """Show what you give your clients, week by week.

    c4l habits

    c4l habits --since 26w
    """
    from c4l.actions import habits as actions

    with session() as here:
        first = None
        if since is not None:
            from c4l.domain.dates import read_since

            first = read_since(since, here.today)
        answer("habits", actions.habits(here.store, here.today, first))
