"""The statements that commands run are those that were written, and both engines take them."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from c4l.store import compiled, dialects
from c4l.store.connection import connect_empty
from c4l.store.generate import TARGET, generated, listing_text, text
from c4l.store.statements import everything
from c4l.store.statements.parts import Listing
from c4l.store.store import joined, narrowed

EVERYTHING = everything()


@pytest.fixture(scope="module")
def book() -> Iterator[sqlite3.Connection]:
    with closing(connect_empty()) as connection:
        yield connection


def variants(listing: compiled.Listing) -> Iterator[str]:
    """The texts of a listing with each filter alone, with none, and counted."""
    yield narrowed(listing, (), 20)
    for name in listing.filters:
        yield narrowed(listing, [name], None)
        yield f"{listing.total}{joined(listing, [name])}"


def test_the_generated_file_is_fresh() -> None:
    assert TARGET.read_text(encoding="utf-8") == generated(), "run `make docs`"


@pytest.mark.parametrize("name", EVERYTHING)
def test_sqlite_takes_every_statement(book: sqlite3.Connection, name: str) -> None:
    made = getattr(compiled, name)
    for statement in variants(made) if isinstance(made, compiled.Listing) else (made,):
        # No parameter is bound: SQLite reads each as NULL, and says what is wrong with the rest.
        unbound = dict.fromkeys(_parameters(statement))
        assert book.execute(f"EXPLAIN {statement}", unbound).fetchall()


@pytest.mark.parametrize("name", EVERYTHING)
def test_postgresql_has_words_for_every_statement(name: str) -> None:
    statement, dialect = EVERYTHING[name], dialects.postgresql()
    if isinstance(statement, Listing):
        parts = listing_text(statement, dialect)
        written = [parts.select, parts.total, parts.order, *parts.filters.values()]
    else:
        written = [text(statement, dialect)]
    assert all(written)
    # What only SQLite knows, and parameters as only SQLite takes them.
    assert not any(word in part for part in written for word in ("json_each", " :"))


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_same_parameters_are_bound_on_both_engines(name: str) -> None:
    statement = EVERYTHING[name]
    if isinstance(statement, Listing):
        sqlite, postgresql = (listing_text(statement, each()) for each in (dialects.sqlite, dialects.postgresql))
        pairs = [
            (sqlite.select, postgresql.select),
            *zip(sqlite.filters.values(), postgresql.filters.values(), strict=True),
        ]
    else:
        pairs = [(text(statement, dialects.sqlite()), text(statement, dialects.postgresql()))]
    for ours, theirs in pairs:
        assert _parameters(ours) == {part.split(")s")[0] for part in theirs.split("%(")[1:]}


def test_a_constant_is_written_out_for_a_partial_index_to_be_used() -> None:
    assert compiled.promises.filters["open"] == "promise.state = 'open'"


def _parameters(statement: str) -> set[str]:
    return set(re.findall(r":(\w+)", statement))
