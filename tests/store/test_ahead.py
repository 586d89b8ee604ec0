"""Looking ahead over a whole book finds what the rule finds for each client, however few records it reads."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.actions import ahead as actions
from c4l.actions.triangle import survey
from c4l.domain.evidence import glance, peers, placed
from c4l.domain.lapses import Change, Fall, change, fall, outlook
from c4l.domain.records import Records
from c4l.domain.terms import Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from c4l.store import ahead
from c4l.store.store import Store
from tests.domain.books import ago, books
from tests.store.test_twin import EASY, NO_GRACE
from tests.store.written import grown, write

NOTHING = Change(None, None)


def bare(falls: Fall | None) -> Fall:
    """Without channels and words, which nobody reads of many clients at once."""
    assert falls is not None
    losses = (
        loss._replace(
            gone=tuple(it._replace(via="", text="") for it in loss.gone),
            come=tuple(it._replace(via="", text="") for it in loss.come),
        )
        for loss in falls.losses
    )
    return falls._replace(losses=tuple(losses))


def same(store: Store, book: Sequence[Records], day: date, thresholds: Thresholds) -> None:
    """Hold what is found of a whole book against the rule over the whole records of each client."""
    there = {records.client.id: records for records in book if placed(records, day)}
    known = peers(glance(records, day, thresholds) for records in there.values())
    outlooks = {number: outlook(records, known, day, thresholds) for number, records in there.items()}
    changes = {number: change(each) for number, each in outlooks.items()}
    with store.reading() as tx:
        everybody, surveyed, _ = survey(tx, day, thresholds)
        assert surveyed == known
        found = actions.changes(tx, everybody, known, day, thresholds)
        assert {number: found.get(number, NOTHING) for number in there} == changes
        for days in (0, 1, 7, 60, 400):
            until = day + timedelta(days=days)
            soon = actions.near(tx, everybody, known, day, thresholds, days)
            above = {each.client.id for each in everybody if each.tier is not Tier.base}
            lost = {number: it.lapses_on for number, it in changes.items() if number in above and it.lapses_on}
            assert {it.placed.client.id: it.on for it in soon} == {n: on for n, on in lost.items() if on <= until}
            told = actions.falls(tx, soon, known, day, thresholds)
            assert {n: bare(it) for n, it in told.items()} == {n: bare(fall(outlooks[n])) for n in told}
            assert told.keys() == {it.placed.client.id for it in soon}


@settings(max_examples=40)
@given(books(), st.sampled_from((DEFAULTS, NO_GRACE, EASY)), st.integers(-60, 900).map(ago))
def test_any_small_book_on_any_day(book: list[Records], thresholds: Thresholds, day: date) -> None:
    with TemporaryDirectory() as folder:
        written = write(Path(folder) / "c4l.db", book)
        with Store.open(Path(folder) / "c4l.db") as store:
            same(store, written, day, thresholds)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Records]]:
    path = tmp_path_factory.mktemp("many") / "c4l.db"
    return path, write(path, grown(11, 60, 2_000))


@pytest.mark.parametrize("thresholds", [DEFAULTS, NO_GRACE, EASY], ids=["default", "no grace", "easy"])
@pytest.mark.parametrize("day", [ago(0), ago(30), ago(365), ago(-20)], ids=str)
def test_a_book_of_sixty_clients(
    many: tuple[Path, list[Records]], day: date, thresholds: Thresholds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "BLOCK", 7)
    path, book = many
    with Store.open(path) as store:
        same(store, book, day, thresholds)


def test_the_book_of_sixty_clients_shows_all_there_is(many: tuple[Path, list[Records]]) -> None:
    """Otherwise the comparison above would compare little."""
    (path, _), day = many, ago(30)
    with Store.open(path) as store, store.reading() as tx:
        everybody, known, _ = survey(tx, day, EASY)
        found = actions.changes(tx, everybody, known, day, EASY)
        soon = actions.near(tx, everybody, known, day, EASY, 400)
        told = actions.falls(tx, soon, known, day, EASY)
        strictly, known, _ = survey(tx, day, NO_GRACE)
        few = actions.changes(tx, strictly, known, day, NO_GRACE)
    assert {each.tier for each in everybody} == set(Tier)
    assert any(it.rises_on for it in found.values())
    assert len(few) < len(strictly), "somebody need not be looked at"
    assert len({loss.criterion for it in told.values() for loss in it.losses}) > 3


def test_nobody_is_looked_at_for_nothing(many: tuple[Path, list[Records]]) -> None:
    path, _ = many
    with Store.open(path) as store, store.reading() as tx:
        assert list(ahead.records(tx, {}, ago(0), DEFAULTS)) == []
        assert actions.near(tx, [], peers([]), ago(0), DEFAULTS) == []
