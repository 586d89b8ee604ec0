"""`c4l show`: one record by its number."""

from typing import Annotated

import typer

from c4l.cli import who
from c4l.cli.answer import answer
from c4l.cli.complete import clients
from c4l.cli.options import read_number
from c4l.cli.session import session
from c4l.domain.errors import WrongUse


def show(
    what: Annotated[
        str,
        typer.Argument(metavar="N", help="A promise (14), an interaction (i88), or a client.", autocompletion=clients),
    ],
) -> None:
    """Show one record: a promise, an interaction or a client.

    c4l show 14

    c4l show i88
    """
    if not what.strip(" #"):
        raise WrongUse("nothing is named", "c4l show 14, c4l show i88 or c4l show jane")
    listed = [read_number(part) for part in what.split(",")]
    if len(listed) > 1 and all(listed):
        raise WrongUse(f"“{what}” names {len(listed)} records", "this shows one at a time")
    named = listed[0] if len(listed) == 1 else None
    with session() as here:
        match named:
            case ("promise", number):
                from c4l.actions import promises

                answer("promise", promises.get(here.store, number, here.today))
            case ("interaction", number):
                from c4l.actions import log

                answer("interaction", log.show(here.store, number))
            case _:
                from c4l.actions.clients import show as shown

                page = shown(here.store, who.one(here, what), here.today, here.settings.thresholds)
                answer("client", page)
