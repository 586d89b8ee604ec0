"""Every statement that c4l runs, written once over the tables; `c4l.store.generate` writes them out ahead of time.

A name in one of these files is the same name in the generated `compiled.py`. Parameters are named for what they are.
Only columns are filtered here: what is derived (tier, lateness) is the business of those who ask.
"""

from sqlalchemy import CompoundSelect, Delete, Insert, Select, Update

from c4l.store.statements import (
    ahead,
    check,
    clients,
    graph,
    habits,
    interactions,
    journal,
    morning,
    promises,
    search,
    triangle,
)
from c4l.store.statements.parts import Listing, Statement


def everything() -> dict[str, Statement | Listing]:
    """All statements and listings by name, in the order of their files."""
    named: dict[str, Statement | Listing] = {
        name: value
        for file in (clients, interactions, promises, triangle, ahead, morning, search, habits, graph, check, journal)
        for name, value in vars(file).items()
        if not name.startswith("_") and isinstance(value, Select | CompoundSelect | Insert | Update | Delete | Listing)
    }
    return named | dict(journal.row_statements())
