"""`c4l interactions`: what happened, newest first."""

from typing import Annotated

import typer

from c4l.cli import who
from c4l.cli.answer import answer, for_eyes
from c4l.cli.options import Limit, MaybeWho, past_day
from c4l.cli.session import session
from c4l.domain.errors import WrongUse
from c4l.domain.terms import Channel

SHOWN = 20


def interactions(
    client: MaybeWho = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="Only from that day on: 90d, may 2026, 1 oct.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Only up to that day.")] = None,
    channel: Annotated[Channel | None, typer.Option("--channel", "-c", help="Only those that happened so.")] = None,
    signal: Annotated[
        str | None, typer.Option("--signal", "-s", metavar="SIGNAL", help="Only those that showed it: door, consulted.")
    ] = None,
    limit: Limit = None,
) -> None:
    """List what happened, newest first.

    c4l interactions jane

    c4l interactions --since 90d --signal door
    """
    from c4l.actions import interactions as actions

    with session() as here:
        wanted = actions.WantedInteractions(channel=channel, signal=None if signal is None else _signal(signal))
        if since is not None:
            from c4l.domain.dates import read_since

            wanted = wanted._replace(since=read_since(since, here.today))
        if until is not None:
            wanted = wanted._replace(until=past_day(until, here.today))
        if wanted.since and wanted.until and wanted.until < wanted.since:
            raise WrongUse(
                f"nothing lies between {wanted.since} and {wanted.until}", "--since is the first day, --until the last"
            )
        refs = None if client is None else [known.ref for known in who.several(here, client)]
        answer("interactions", actions.listed(here.store, here.today, wanted, refs, for_eyes(limit, SHOWN)))


def _signal(text: str) -> str:
    """The one signal that is named.

    Raises:
        WrongUse: if it is none, or more than one.
    """
    from c4l.domain import entry

    named = entry.signal(text)
    if len(named) > 1 or named[0].note:
        raise WrongUse(f"“{text}” is more than a signal", "name one: --signal door")
    return named[0].signal
