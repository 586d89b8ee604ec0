"""What was done, and taking it back: `history`, `undo`."""

from typing import Annotated

import typer

from c4l.cli import who
from c4l.cli.answer import answer, drawn, for_eyes
from c4l.cli.options import Limit, MaybeWho
from c4l.cli.session import session
from c4l.domain.errors import WrongUse

SHOWN = 20
SHOWN_ROWS = 100
ALL_ROWS = 10_000
"""Of an entry that changed more rows than these, they are only counted, for programs, too."""

_LISTS = "c4l history lists them with their numbers"


def history(
    client: MaybeWho = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="Only from that day on: 7d, 1 oct, may 2026.")
    ] = None,
    entry: Annotated[
        str | None, typer.Option("--entry", "-e", metavar="N", help="All that one entry changed, row by row.")
    ] = None,
    limit: Limit = None,
) -> None:
    """Tell what was done, newest first.

    c4l history

    c4l history jane --since 30d

    Each command that changed something is one entry; c4l undo N takes it back. What an entry changed, row by row:

    c4l history --entry 1
    """
    from c4l.actions import history as actions

    if entry is not None:
        if client is not None or since is not None or limit is not None:
            raise WrongUse("--entry shows one entry alone", "leave out the client, --since and --limit")
        with session() as here:
            answer(
                "entry", actions.get(here.store, _number(entry), here.today, most=SHOWN_ROWS if drawn() else ALL_ROWS)
            )
        return
    with session() as here:
        day = None
        if since is not None:
            from c4l.domain.dates import read_since

            day = read_since(since, here.today)
        refs = [] if client is None else [known.ref for known in who.several(here, client)]
        answer("history", actions.listed(here.store, here.today, day, refs, for_eyes(limit, SHOWN)))


def undo(
    number: Annotated[str | None, typer.Argument(metavar="[N]", help="An entry of c4l history.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be changed back.")] = False,
) -> None:
    """Take back what a command did, exactly.

    c4l undo --dry-run

    c4l undo

    Without a number it is the last command that is not undone yet, so that a second c4l undo takes back the one
    before. An undo is an entry of its own: c4l undo with its number brings back what it took. It refuses where
    something later stands on what would change; that has to be undone first.
    """
    from c4l.actions import history as actions

    wanted = None if number is None else _number(number)
    with session() as here:
        answer("undone", actions.undo(here.store, wanted, here.today, rehearse=dry_run))


def _number(text: str) -> int:
    """The number of an entry; `#14` is taken, too.

    Raises:
        WrongUse: if it is none.
    """
    bare = text.strip().removeprefix("#")
    if not (bare.isascii() and bare.isdigit() and len(bare) < 16):
        raise WrongUse(f"“{text}” is not the number of an entry", _LISTS)
    return int(bare)
