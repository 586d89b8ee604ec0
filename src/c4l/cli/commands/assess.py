"""Your own view: `assess`."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from c4l.actions import assess as actions
from c4l.cli import prompts
from c4l.cli.answer import answer, drawn, for_eyes, say
from c4l.cli.complete import clients
from c4l.cli.options import Because, Limit, past_day
from c4l.cli.session import Session, session
from c4l.domain.assessment import Said, read_parts
from c4l.domain.errors import WrongUse
from c4l.domain.records import Part

if TYPE_CHECKING:
    from c4l.domain.clients import Client

SHOWN = 20


def assess(
    client: Annotated[
        str | None,
        typer.Argument(
            metavar="[WHO]", help="A client: a name, a handle, or its beginning. Without, all.", autocompletion=clients
        ),
    ] = None,
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
    review: Annotated[
        bool, typer.Option("--review", help="Ask about one client after the other: keep, agree, change, skip or stop.")
    ] = False,
    limit: Limit = None,
) -> None:
    """State your own view of a client; “none” withdraws it.

    c4l assess jane --stake high --value 120k --tier key --because "they renewed twice"

    Without options it shows what you said of them, and when; without a client, your views beside the evidence: which
    are missing, older than a year, or say otherwise.

    c4l assess jane

    c4l assess

    On a terminal, “c4l assess --review” goes through those, life and key first: k keeps what you said, a agrees with
    the evidence, an empty line skips. What you say of a client is saved after the last question about them.
    """
    parts = read_parts(stake, value, tier)
    said = bool(parts) or because is not None or on is not None
    if client is None or review:
        _refuse_parts(client, said, review)
    with session() as here:
        if review:
            _review(here, limit)
        elif client is None:
            shown = for_eyes(limit, SHOWN)
            answer("assessments", actions.views(here.store, here.today, here.settings.thresholds, shown))
        else:
            _one(here, client, parts, because, on, said)


def _refuse_parts(client: str | None, said: bool, review: bool) -> None:
    """See that a review, or a look at all views, states nothing at the same time.

    Raises:
        WrongUse: if it would, or where nobody can be asked.
    """
    if said:
        what = "--review asks what you think" if review else "whose view is this?"
        raise WrongUse(what, "name the client and leave --review out: c4l assess WHO --tier key")
    if client is not None:
        raise WrongUse("--review goes through everybody", "leave one of them out: c4l assess WHO, c4l assess --review")
    if review and not prompts.is_interactive():
        from c4l.cli.review import UNASKED

        raise UNASKED


def _one(
    here: Session, client: str, parts: Mapping[Part, Said], because: str | None, on: str | None, said: bool
) -> None:
    """State a view of one client; where nothing is said, show the one that there is."""
    from c4l.cli import who

    ref = who.one(here, client)
    thresholds = here.settings.thresholds
    if not said:
        answer("assessment", actions.one(here.store, ref, here.today, thresholds))
        return
    day = past_day(on, here.today)
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


def _review(here: Session, limit: int | None) -> None:
    """Go through those whose view asks for a word, and answer those that changed."""
    from c4l.cli.review import review

    clients = actions.pending(here.store, here.today, here.settings.thresholds, limit or None)
    if not clients:
        say("nobody is left to be asked about: you said where they stand, and the evidence agrees")
    changed = review(here, clients)
    if changed or not drawn():
        answer("assessments", actions.some(here.store, changed, here.today, here.settings.thresholds))
    elif clients:
        say("nothing was changed")
