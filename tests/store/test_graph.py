"""The store's count of contact is that of the records one by one: for any book, of anybody, over any stretch."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.actions.graph import Graph, graph
from c4l.domain.graph import Amount
from c4l.domain.records import Contact, Records, effective_minutes
from c4l.store.store import Store
from tests.domain.books import ago, books
from tests.store.written import grown, write


def told_one_by_one(met: Collection[Contact], first: date, last: date) -> Counter[tuple[date, str, str]]:
    """How often and how long, by month and channel, of interactions of which each is counted once."""
    count: Counter[tuple[date, str, str]] = Counter()
    for contact in {contact.number: contact for contact in met}.values():
        if first <= contact.on <= last:
            month = contact.on.replace(day=1)
            count[month, contact.channel, "often"] += 1
            count[month, contact.channel, "long"] += effective_minutes(contact.channel, contact.minutes)
    return +count


def told(found: Graph, side: str) -> Counter[tuple[date, str, str]]:
    amounts = [
        (month.starts_on, channel, amount)
        for month in found.months
        for channel, amount in getattr(month, side).channels.items()
    ]
    often = Counter({(month, channel.value, "often"): amount.interactions for month, channel, amount in amounts})
    return +(often + Counter({(month, channel.value, "long"): amount.minutes for month, channel, amount in amounts}))


def same(store: Store, book: Sequence[Records], named: Sequence[Records], since: date, last: date) -> int:
    """Hold the graph against the records; how many interactions it counted of those who were named."""
    found = graph(store, since, last, [records.client for records in named])
    first = since.replace(day=1)
    everything = [contact for records in book for contact in records.contacts]
    own = [contact for records in named for contact in records.contacts] if named else everything

    assert (found.since, found.until) == (first, last)
    assert told(found, "whole") == told_one_by_one(everything, first, last)
    assert told(found, "own") == told_one_by_one(own, first, last)
    for side in ("own", "whole"):
        months = [getattr(month, side).total for month in found.months]
        total = getattr(found, side).total
        assert total == Amount(sum(each.interactions for each in months), sum(each.minutes for each in months))
    return found.own.total.interactions


@settings(max_examples=40)
@given(books(), st.data(), st.integers(0, 800), st.integers(-60, 700).map(ago))
def test_any_small_book_over_any_stretch(book: list[Records], data: st.DataObject, back: int, last: date) -> None:
    with TemporaryDirectory() as folder:
        written = write(Path(folder) / "c4l.db", book)
        named = data.draw(st.lists(st.sampled_from(written), unique_by=lambda it: it.client)) if written else []
        with Store.open(Path(folder) / "c4l.db") as store:
            same(store, written, named, last - timedelta(days=back), last)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Records]]:
    path = tmp_path_factory.mktemp("many") / "c4l.db"
    return path, write(path, grown(17, 60, 1_000))


@pytest.mark.parametrize("last", [ago(0), ago(1), ago(100), ago(-30)], ids=str)
@pytest.mark.parametrize("back", [0, 40, 365, 1_000])
@pytest.mark.parametrize("named", [0, 1, 2, 5])
def test_a_book_of_sixty_clients(many: tuple[Path, list[Records]], last: date, back: int, named: int) -> None:
    path, book = many
    with Store.open(path) as store:
        counted = same(store, book, book[:named], last - timedelta(days=back), last)
    assert counted or named or back < 40, "otherwise little is compared"


def test_an_interaction_with_several_of_those_named_is_one(many: tuple[Path, list[Records]]) -> None:
    """And the book has such: otherwise the comparison above would not see it."""
    _, book = many
    numbers = [contact.number for records in book[:5] for contact in records.contacts]
    assert len(set(numbers)) < len(numbers)
