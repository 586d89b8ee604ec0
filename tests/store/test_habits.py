"""The store's account of what was given is that of the rule: for any book, on any day."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain import evidence
from c4l.domain import habits as rule
from c4l.domain.names import name_key
from c4l.domain.records import Event, Records
from c4l.domain.terms import Kind
from c4l.store import habits
from c4l.store.store import Store
from tests.domain.books import JANE, LONG_AGO, TODAY, ago, books, broken, kept, moved, promise
from tests.store.written import grown, write


def same(store: Store, book: Sequence[Records], first: date, last: date) -> int:
    """Hold the store's answers against the rule's; how much was given."""
    expected = sorted(thing for records in book for thing in rule.given(records, first, last))
    placed = [records.client for records in book if evidence.placed(records, last)]
    with store.reading() as tx:
        assert sorted(habits.given(tx, first, last)) == expected
        assert habits.contacted(tx, last) == sorted(placed, key=lambda ref: (name_key(ref.name), ref.id))
    return len(expected)


@settings(max_examples=40)
@given(books(), st.integers(0, 800), st.integers(-60, 700).map(ago))
def test_any_small_book_on_any_day(book: list[Records], back: int, last: date) -> None:
    with TemporaryDirectory() as folder:
        written = write(Path(folder) / "c4l.db", book)
        with Store.open(Path(folder) / "c4l.db") as store:
            same(store, written, last - timedelta(days=back), last)


SLIPS = (
    (moved(ago(5), ago(-3), told=True),),
    (moved(ago(4), ago(-3), told=True),),
    (moved(ago(6), ago(9), told=True),),
    (broken(ago(5), told=True),),
    (broken(ago(4), told=True),),
    (broken(ago(6)), broken(ago(6), told=True)),
    (broken(ago(6), told=True), broken(ago(6))),
    (kept(ago(6)), broken(ago(6), told=True)),
    (moved(ago(9), ago(2), told=True), broken(ago(3), told=True)),
)


@pytest.mark.parametrize("events", SLIPS)
@pytest.mark.parametrize("due", [ago(5), None])
def test_a_slip_is_told_early_to_the_store_when_it_is_to_the_rule(
    tmp_path: Path, events: tuple[Event, ...], due: date | None
) -> None:
    book = [Records(JANE, Kind.customer, LONG_AGO, promises=(promise(due, *events, number=1),))]
    written = write(tmp_path / "c4l.db", book)
    with Store.open(tmp_path / "c4l.db") as store:
        same(store, written, ago(83), TODAY)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Records]]:
    path = tmp_path_factory.mktemp("many") / "c4l.db"
    return path, write(path, grown(11, 60, 1_000))


@pytest.mark.parametrize("last", [ago(0), ago(1), ago(100), ago(500), ago(-30)], ids=str)
@pytest.mark.parametrize("back", [0, 6, 83, 365, 2_000])
def test_a_book_of_sixty_clients(many: tuple[Path, list[Records]], last: date, back: int) -> None:
    path, book = many
    with Store.open(path) as store:
        same(store, book, last - timedelta(days=back), last)


def test_the_book_of_sixty_clients_shows_every_habit(many: tuple[Path, list[Records]]) -> None:
    """Otherwise the comparison above would compare little."""
    _, book = many
    things = [thing for records in book for thing in rule.given(records, ago(900), ago(0))]
    assert {thing.habit for thing in things} == set(rule.HABITS)
    assert sum(thing.habit == "warned" for thing in things) > 10
