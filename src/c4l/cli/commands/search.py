"""`c4l search`: words found again."""

from typing import Annotated

import typer

from c4l.cli.answer import answer, drawn, for_eyes
from c4l.cli.options import Limit
from c4l.cli.session import session
from c4l.domain.search import Sought

SHOWN = 20


def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="All of them must be there; beginnings are enough.")
    ],
    kind: Annotated[Sought | None, typer.Option("--kind", help="Only texts of this kind.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="Only what was written since: 90d, 1 oct.")
    ] = None,
    limit: Limit = None,
) -> None:
    """Find words in notes, promises, facts and names.

    c4l search renewal

    c4l search board pack --kind promise --since 1y
    """
    from c4l.actions import search as actions

    with session() as here:
        first = None
        if since is not None:
            from c4l.domain.dates import read_since

            first = read_since(since, here.today)
        shown = for_eyes(limit, SHOWN)
        # Lines of cells hold no total.
        found = actions.search(here.store, " ".join(words), here.today, kind, first, shown, counted=drawn())
        answer("search", found)
