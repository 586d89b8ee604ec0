"""The triangle: `triangle`, `why`."""

from datetime import date
from typing import Annotated

import typer

from c4l.cli.answer import answer, drawn, for_eyes
from c4l.cli.options import Limit, Who, past_day
from c4l.cli.session import Session, current_look, session
from c4l.domain.errors import WrongUse
from c4l.domain.periods import Every
from c4l.domain.terms import Tier

DETAILED = 10
MOVED = 20
DAYS = 36

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DAY",
        help="As it stood on that day: 1 june, 90d; or would stand on one to come: 2027-03-01.",
    ),
]

Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="DAY",
        help="Who moved from then to now, or to --as-of, and why; with --history, its beginning.",
    ),
]


def triangle(
    as_of: AsOf = None,
    since: Since = None,
    everybody: Annotated[
        bool, typer.Option("--all", help="With --since, those, too, who stayed with other findings.")
    ] = False,
    history: Annotated[
        bool, typer.Option("--history", help="How many stood where, time after time; for a year.")
    ] = False,
    every: Annotated[
        Every | None, typer.Option("--every", help="With --history, how often, if not each month.")
    ] = None,
    tier: Annotated[Tier | None, typer.Option("--tier", help="Only this level.")] = None,
    limit: Limit = None,
) -> None:
    """Show where every client stands: base, key, client for life.

    Drawn, “shows” has a dot for each sign of trust they gave within a year: advice, consulted, early, door, inner;
    “promises” how many of yours to them were honoured; “next” what lapses soon and what would lift them.

    c4l triangle

    c4l triangle --as-of "1 june" --tier life

    c4l triangle --since 90d

    c4l triangle --history --every quarter
    """
    _check(history=history, since=since, everybody=everybody, every=every, tier=tier)
    with session() as here:
        day = past_day(as_of, here.today)
        if history:
            _history(here, _since(since, day, same=True), day, every or Every.month, limit)
        elif (first := _since(since, day, same=False)) is not None:
            _moves(here, first, day, tier, limit, everybody=everybody)
        else:
            _places(here, day, tier, limit)


def _check(*, history: bool, since: str | None, everybody: bool, every: Every | None, tier: Tier | None) -> None:
    """Refuse options that contradict each other.

    Raises:
        WrongUse: if they do.
    """
    if history and tier:
        raise WrongUse("--history counts every level, --tier asks for one", "leave out one of them")
    if history and everybody:
        raise WrongUse(
            "--history counts, --all names people", "who moved and who did not: c4l triangle --since 1y --all"
        )
    if every and not history:
        raise WrongUse("--every says how often --history looks", f"c4l triangle --history --every {every}")
    if everybody and since is None:
        raise WrongUse("--all belongs to --since", "without a day before, all are told: c4l triangle --limit 0")


def _places(here: Session, day: date, tier: Tier | None, limit: int | None) -> None:
    from c4l.actions import triangle as actions

    # Only a screen tells more of somebody than the place, and only of a few.
    shown = for_eyes(limit, DETAILED)
    details, most = (shown, None) if drawn() else (0, shown)
    changes = current_look().json
    found = actions.triangle(
        here.store, day, here.today, here.settings.thresholds, tier, details, most, changes=changes
    )
    answer("triangle", found._replace(limit_given=limit is not None))


def _since(text: str | None, until: date, *, same: bool) -> date | None:
    """The day on which it begins, seen from the one on which it ends.

    Raises:
        BadDay: if it cannot be read.
        WrongUse: if it is a later day; or, unless `same`, the very one.
    """
    if text is None:
        return None
    from c4l.domain.dates import long, read_since

    day = read_since(text, until)
    if day > until or (day == until and not same):
        raise WrongUse(f"{long(day)} is not before {long(until)}", "--since names the earlier of two days: --since 90d")
    return day


def _moves(here: Session, since: date, until: date, tier: Tier | None, limit: int | None, *, everybody: bool) -> None:
    from c4l.actions import moves as actions

    thresholds, shown = here.settings.thresholds, for_eyes(limit, MOVED)
    answer(
        "moves",
        actions.moves(here.store, since, until, here.today, thresholds, tier, shown, everybody=everybody),
    )


def _history(here: Session, since: date | None, until: date, every: Every, limit: int | None) -> None:
    from c4l.actions import moves as actions

    shown = for_eyes(limit, DAYS)
    answer(
        "triangle-history",
        actions.history(here.store, until, here.today, here.settings.thresholds, every, since, shown),
    )


def why(client: Who, as_of: AsOf = None) -> None:
    """Say why a client stands where they stand, with records.

    A key client, two of four: drives (brings a great part of the value), depends (you cannot afford to lose them),
    steers (tells you which way to go), demands (asks for much more of your time than others).

    A client for life, all four: trusted (treats you as an advisor), reliable (you keep what you promise them),
    lasting (with you for long, and still is), unbroken (what went wrong was put right).

    What is met says on which day it lapses if nothing more happens; a place, too, and what would hold it.

    c4l why jane

    c4l why jane --as-of 90d
    """
    from c4l.actions import triangle as actions
    from c4l.cli import who

    with session() as here:
        ref = who.one(here, client)
        day = past_day(as_of, here.today)
        answer("why", actions.why(here.store, ref, day, here.today, here.settings.thresholds))
