"""What does not add up: `check`."""

from typing import Annotated

import typer

from c4l.actions import check as actions
from c4l.cli.answer import answer
from c4l.cli.session import session
from c4l.config import now


def check(
    strict: Annotated[
        bool, typer.Option("--strict", help="Ask more: near names, views never stated, promises long overdue …")
    ] = False,
) -> None:
    """Find what does not add up, and the command that mends it.

    Promises of yours without a due day, clients who may be one, your own view against the evidence, open promises of
    archived clients, plans long past. Silent where all is well; otherwise the exit code is 1.

    c4l check

    c4l check --strict
    """
    with session() as here:
        clock_on = now().astimezone().date()
        found = actions.check(here.store, here.today, here.settings.thresholds, strict=strict, clock_on=clock_on)
        if found.findings or here.look.json:
            answer("check", found)
    if found.findings:
        raise typer.Exit(1)
