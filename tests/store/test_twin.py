"""The store's figures for the triangle are those of the rule in the domain: for any book, on any day."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.actions import triangle as actions
from c4l.domain import evidence
from c4l.domain.evidence import peers
from c4l.domain.lapses import fall, outlook, with_lapses
from c4l.domain.names import name_key
from c4l.domain.placement import place_all
from c4l.domain.records import Event, Records
from c4l.domain.terms import Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from c4l.store import clients, triangle
from c4l.store.store import Store
from tests.domain.books import ago, books, broken, client, contact, kept, moved, promise, released
from tests.store.written import grown, write

NO_GRACE = Thresholds(
    window_days=120,
    key_needed=1,
    demands_least=1,
    reliable_least=1,
    reliable_missed=0,
    reliable_grace_days=0,
    unbroken_grace_days=0,
)
EASY = Thresholds(
    trusted_needed=2,
    reliable_least=1,
    reliable_share=2,
    reliable_grace_days=200,
    lasting_days=30,
    lasting_silence_days=200,
    unbroken_grace_days=300,
)
THRESHOLDS = {"default": DEFAULTS, "no grace": NO_GRACE, "easy": EASY}
DAYS = (ago(0), ago(1), ago(30), ago(120), ago(365), ago(700), ago(5000), ago(-20), ago(-400))


def same(store: Store, book: Sequence[Records], day: date, thresholds: Thresholds) -> None:
    """Hold the store's answers for a day against the rule's."""
    placed = {records.client: records for records in book if evidence.placed(records, day)}
    ids = [ref.id for ref in placed]
    with store.reading() as tx:
        found = triangle.overview(tx, day, thresholds)
        assert found.placed == sorted(placed, key=lambda ref: (name_key(ref.name), ref.id))
        assert found.uncontacted == sum(evidence.uncontacted(records, day) for records in book)
        assert found.glances == {ref.id: evidence.glance(records, day, thresholds) for ref, records in placed.items()}
        assert triangle.depths(tx, ids, day, thresholds) == {
            ref.id: evidence.depth(records, day, thresholds) for ref, records in placed.items()
        }
    rule = place_all(book, day, thresholds)
    seen = actions.triangle(store, day, day, thresholds, details=None)
    tiers = {placement.client: placement.tier for placement in rule.placements}
    assert {each.client: each.tier for each in seen.placed} == tiers
    assert {each.client: each.tier for each in seen.detailed} == tiers
    assert seen.counts == {tier: list(tiers.values()).count(tier) for tier in Tier}
    assert seen.uncontacted == rule.uncontacted
    known = peers(evidence.glance(records, day, thresholds) for records in placed.values())
    for placement in rule.placements:
        ahead = outlook(placed[placement.client], known, day, thresholds)
        answer = actions.why(store, placement.client, day, day, thresholds)
        assert answer.placement == with_lapses(placement, ahead)
        assert answer.fall == fall(ahead)


@settings(max_examples=40)
@given(books(), st.sampled_from(list(THRESHOLDS.values())), st.integers(-60, 900).map(ago))
def test_any_small_book_on_any_day(book: list[Records], thresholds: Thresholds, day: date) -> None:
    with TemporaryDirectory() as folder:
        written = write(Path(folder) / "c4l.db", book)
        with Store.open(Path(folder) / "c4l.db") as store:
            with store.reading() as tx:
                assert [triangle.records(tx, records.client) for records in written] == written
            same(store, written, day, thresholds)
            same(store, written, ago(0), thresholds)


@pytest.mark.parametrize(
    ("first_due_on", "happened"),
    [
        pytest.param(ago(40), [moved(ago(20), ago(10)), moved(ago(5), ago(-9))], id="moved twice since"),
        pytest.param(ago(40), [moved(ago(5), ago(-9)), moved(ago(20), ago(10))], id="told of in another order"),
        pytest.param(ago(40), [moved(ago(20), ago(60))], id="moved to an earlier day"),
        pytest.param(None, [moved(ago(30), ago(25)), moved(ago(10), ago(-9))], id="dated later"),
        pytest.param(None, [moved(ago(30), ago(25)), kept(ago(10)), moved(ago(10), ago(5))], id="moved after the end"),
        pytest.param(ago(40), [moved(ago(10), ago(5)), kept(ago(10))], id="moved and kept on one day"),
        pytest.param(ago(40), [broken(ago(10)), kept(ago(5))], id="kept after it was broken"),
        pytest.param(ago(40), [released(ago(10))], id="released"),
    ],
)
def test_a_promise_stands_as_it_stood_on_any_day(
    tmp_path: Path, first_due_on: date | None, happened: list[Event]
) -> None:
    made = promise(first_due_on, *happened, made=ago(50), number=1)
    [records] = write(tmp_path / "c4l.db", [client(contact(ago(55), number=1), promises=[made])])
    with Store.open(tmp_path / "c4l.db") as store, store.reading() as tx:
        for day in map(ago, range(54, -21, -1)):
            found = triangle.depths(tx, [records.client.id], day, NO_GRACE)
            assert found == {records.client.id: evidence.depth(records, day, NO_GRACE)}, day


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Records]]:
    path = tmp_path_factory.mktemp("many") / "c4l.db"
    return path, write(path, grown(7, 60, 2_000))


@pytest.mark.parametrize("thresholds", THRESHOLDS.values(), ids=THRESHOLDS)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_book_of_sixty_clients(many: tuple[Path, list[Records]], day: date, thresholds: Thresholds) -> None:
    path, book = many
    with Store.open(path) as store:
        same(store, book, day, thresholds)


def test_the_book_of_sixty_clients_shows_all_there_is(many: tuple[Path, list[Records]]) -> None:
    """Otherwise the comparison above would compare little."""
    _, book = many
    placements = place_all(book, ago(0), EASY).placements
    assert {placement.tier for placement in placements} == set(Tier)
    depths = [evidence.depth(records, ago(0), DEFAULTS) for records in book]
    assert {depth.still_overdue for depth in depths} == {False, True}
    assert min(depth.missed for depth in depths) == 0 < max(depth.missed for depth in depths)
    assert any(depth.unowned for depth in depths)
    assert any(event.on > ago(0) for records in book for promise in records.promises for event in promise.events)


def test_the_records_of_a_client_come_back_whole(many: tuple[Path, list[Records]]) -> None:
    path, book = many
    with Store.open(path) as store, store.reading() as tx:
        for records in book:
            assert triangle.records(tx, records.client) == records


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_list_of_clients_shows_the_views_that_the_rule_reads(many: tuple[Path, list[Records]], day: date) -> None:
    path, book = many
    seen = {records.client: evidence.glance(records, day, NO_GRACE) for records in book}
    with Store.open(path) as store, store.reading() as tx:
        listed = clients.listed(tx, day, NO_GRACE.window_days, {})
    assert {client.ref: (client.stake, client.value, client.own_view) for client in listed} == {
        ref: (glance.stake, glance.value, glance.own_view) for ref, glance in seen.items()
    }


def test_nobody_is_looked_into_for_nothing(many: tuple[Path, list[Records]]) -> None:
    path, _ = many
    with Store.open(path) as store, store.reading() as tx:
        assert triangle.depths(tx, [], ago(0), DEFAULTS) == {}
