"""The morning page: `today`, which is also `c4l` alone."""

from typing import Annotated

import typer

from c4l.cli.answer import answer, for_eyes
from c4l.cli.options import Limit
from c4l.cli.session import session
from c4l.domain.cadence import MORNING_DAYS

SHOWN = 5


def today(
    days: Annotated[
        int, typer.Option("--days", min=0, max=366, metavar="N", help="How far to look ahead.")
    ] = MORNING_DAYS,
    limit: Limit = None,
) -> None:
    """Show what is late, who waits, and what is coming.

    Who is about to fall in the triangle is told 30 days ahead at least: that takes longest to mend.

    The limit holds for each part of the page. Piped, a clean day says nothing at all.

    c4l today

    c4l today --days 14 --limit 3
    """
    from c4l.actions import today as actions

    with session() as here:
        settings = here.settings
        page = actions.today(
            here.store, here.today, settings.thresholds, settings.cadence, days, for_eyes(limit, SHOWN)
        )
        answer("today", page)
