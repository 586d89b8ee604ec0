"""Looking back on promises: `reliability`."""

from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from c4l.actions import reliability as actions
from c4l.cli import who
from c4l.cli.answer import answer, for_eyes
from c4l.cli.options import Limit, MaybeWho
from c4l.cli.session import session
from c4l.domain.errors import WrongUse

SHOWN = 12


class Grouping(StrEnum):
    """What the figures can be told apart by."""

    client = "client"


def reliability(
    client: MaybeWho = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="How far back: 90d, 1 oct; a year, if not said.")
    ] = None,
    by: Annotated[Grouping | None, typer.Option("--by", help="Tell clients one by one, worst first.")] = None,
    limit: Limit = None,
) -> None:
    """Show how promises were kept, yours and theirs.

    c4l reliability

    c4l reliability jane --since 90d

    c4l reliability --by client
    """
    with session() as here:
        window = here.settings.thresholds.window_days
        days = window if since is None else _days(since, here.today)
        people = None if client is None else who.several(here, client)
        numbers = None if people is None else [known.ref.id for known in people]
        ref = people[0].ref if people and len(people) == 1 else None
        found = actions.reliability(here.store, here.today, days, numbers, ref)
        answer("reliability", found._replace(by_client=by is not None, limit=for_eyes(limit, SHOWN)))


def _days(since: str, today: date) -> int:
    """How many days the words reach back, today among them.

    Raises:
        WrongUse: if they name no day, or one that is still to come.
    """
    from c4l.domain.dates import long, read_since, read_span

    first = read_since(since, today)
    if not since.strip().isdigit():  # 2025 is a year
        with suppress(WrongUse):
            return read_span(since)  # exactly so many days, as the window of the triangle holds
    if first > today:
        raise WrongUse(f"{long(first)} has not come yet", "say a day up to today: --since 90d")
    return (today - first).days + 1
