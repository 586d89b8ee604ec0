"""A million interactions at once: by the store's journalled bulk path, or by `executemany` alone; each a program.

Both take the same rows in the same order, into the same schema, opened in the same way, in one transaction. The rows
cost next to nothing to make, so that the writing is what is compared.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from bench.generator import TODAY, Row
from c4l.store import connection
from c4l.store.store import Store

CLIENTS = 10_000
SPREAD = 7_919
"""Neighbouring interactions are with clients far apart: a step that shares no factor with the number of clients."""

_DAYS = [(TODAY - timedelta(days=number)).isoformat() for number in range(1000)]
_ROWS: list[Row] = [(day, None, "call", None, None, f"note {number} of the day") for number, day in enumerate(_DAYS)]


def interactions(count: int) -> Iterator[Row]:
    """Rows of the table `interaction`, without their numbers."""
    return islice(cycle(_ROWS), count)


def participant(number: int, row: Row) -> Row:
    """The row of the table `participant` that belongs to an interaction."""
    return number, 1 + number * SPREAD % CLIENTS, row[0], 1, 15


def journalled(path: Path, count: int) -> None:
    """As c4l writes."""
    with Store.open(path) as store, store.writing("import") as changes:
        numbers = changes.insert_many("interaction", interactions(count))
        rows = (participant(number, row) for number, row in zip(numbers, interactions(count), strict=True))
        deque(changes.insert_many("participant", rows), maxlen=0)


def bare(path: Path, count: int) -> None:
    """As nothing could be simpler."""
    with closing(connection.connect(path)) as opened:
        opened.execute("BEGIN IMMEDIATE")
        opened.executemany(
            "INSERT INTO interaction (happened_on, at_time, channel, reached_out, minutes, note)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            interactions(count),
        )
        opened.executemany(
            "INSERT INTO participant (interaction_id, client_id, happened_on, asked, minutes) VALUES (?, ?, ?, ?, ?)",
            (participant(number, row) for number, row in enumerate(interactions(count), 1)),
        )
        opened.execute("COMMIT")


def _with_clients(path: Path) -> None:
    with Store.open(path) as store, store.writing("client add") as changes:
        names = (f"client {number}" for number in range(CLIENTS))
        rows = ((name, name, name, "customer", None, None, None, _DAYS[-1], None, None, None) for name in names)
        deque(changes.insert_many("client", rows), maxlen=0)


WAYS: dict[str, Callable[[Path, int], None]] = {"journalled": journalled, "bare": bare}


def main(way: str, path: str, count: str) -> None:
    """Write so many interactions into a new book."""
    _with_clients(Path(path))
    WAYS[way](Path(path), int(count))


if __name__ == "__main__":
    main(*sys.argv[1:])
