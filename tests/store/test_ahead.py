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
from c4l.domain.lapses import Change, Fall, change, fall, outlook, with_promises_kept
from c4l.domain.plans import plan
from c4l.domain.records import Event, Part, Records
from c4l.domain.terms import Party, Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from c4l.store import ahead
from c4l.store.store import Store
from tests.domain.books import TODAY, ago, books, broken, client, contact, kept, moved, promise, sign, stated
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
        ways = actions.ways_up(tx, everybody, known, day, thresholds)
        assert ways == {number: plan(records, known, day, thresholds).next_tier for number, records in there.items()}
        for days in (0, 1, 7, 60, 400):
            until = day + timedelta(days=days)
            soon = actions.near(tx, everybody, known, day, thresholds, days)
            above = {each.client.id for each in everybody if each.tier is not Tier.base}
            lost = {number: it.lapses_on for number, it in changes.items() if number in above and it.lapses_on}
            assert {it.placed.client.id: it.on for it in soon} == {n: on for n, on in lost.items() if on <= until}
            told = actions.falls(tx, soon, known, day, thresholds)
            assert {n: bare(it) for n, it in told.items()} == {n: bare(fall(outlooks[n])) for n in told}
            assert told.keys() == {it.placed.client.id for it in soon}
            if days == actions.NEAR_DAYS:
                assert actions.falls_of_few(tx, everybody, known, day, thresholds) == told
            alarming = actions.near(tx, everybody, known, day, thresholds, days, if_kept=True)
            late = {number: change(with_promises_kept(outlooks[number])).lapses_on for number in above}
            assert {it.placed.client.id: it.on for it in alarming} == {
                n: on for n, on in late.items() if on and on <= until
            }


@settings(max_examples=40)
@given(books(), st.sampled_from((DEFAULTS, NO_GRACE, EASY)), st.integers(-60, 900).map(ago))
def test_any_small_book_on_any_day(book: list[Records], thresholds: Thresholds, day: date) -> None:
    with TemporaryDirectory() as folder:
        written = write(Path(folder) / "c4l.db", book)
        with Store.open(Path(folder) / "c4l.db") as store:
            same(store, written, day, thresholds)


Owed = tuple[int, *tuple[Event, ...]]
"""How many days ago a promise was due, and what happened to it."""


def for_life(
    *,
    shown: Sequence[int] = (11, 12, 13),
    done: Sequence[int] = (60, 60, 60),
    last: int = 5,
    slips: Sequence[int] = (),
    owed: Sequence[Owed] = (),
) -> Records:
    """A client for life, by signs, promises kept and a last contact of so many days ago, and by what is still open."""
    trust = dict(zip(("advice", "early", "door"), shown, strict=True))
    seen = [*trust.items(), *(("complaint", age) for age in slips)]
    ages = [*(age for _, age in seen), last, 400]
    promises = [*((age, kept(ago(age))) for age in done), *owed]
    return client(
        *(contact(ago(age), number=number, reached_out=Party.me) for number, age in enumerate(ages, 1)),
        signs=[sign(name, ago(age), number=number) for number, (name, age) in enumerate(seen, 1)],
        promises=[promise(ago(due), *happened, number=n) for n, (due, *happened) in enumerate(promises, 1)],
    )


def key(*, steer: int | None = None, stake: int | None = None, asked: Sequence[tuple[int, int]] = ()) -> Records:
    """A key client, by a steer, a stake and requests (with their minutes) of so many days ago."""
    met = [*asked, *([] if steer is None else [(steer, 0)])]
    contacts = [
        contact(ago(age), number=number, reached_out=Party.them, minutes=minutes)
        for number, (age, minutes) in enumerate(met, 1)
    ]
    return client(
        *contacts,
        signs=[] if steer is None else [sign("steer", ago(steer), number=len(contacts))],
        statements=[] if stake is None else [stated(Part.stake, "high", ago(stake))],
    )


@pytest.mark.parametrize(
    ("records", "days", "because"),
    [
        (for_life(), 116, "silence"),
        (for_life(shown=(115, 116, 117), last=115), 6, "silence, of which most is over"),
        (for_life(shown=(360, 12, 13)), 5, "a sign grows too old"),
        (for_life(done=(60, 360, 60)), 5, "three promises are needed"),
        (for_life(done=(60, 360, 60, 60)), 116, "four are one more than that"),
        (for_life(slips=(0,)), 8, "a complaint of today, to be owned in a week"),
        (for_life(slips=(7,)), 1, "one of a week ago"),
        (for_life(owed=[(0,)]), 8, "a promise is due today"),
        (for_life(owed=[(7,)]), 1, "or a week overdue"),
        (for_life(owed=[(-20,)]), 28, "or not due for long"),
        (for_life(owed=[(0, kept(ago(-2)))]), 8, "that it was kept in time was not known by then"),
        (for_life(owed=[(-3, kept(ago(-2)))]), 11, "nor that it was kept early"),
        (for_life(owed=[(0, moved(ago(-1), ago(-90), told=True))]), 8, "nor that it would be moved"),
        (for_life(owed=[(-9, moved(ago(1), ago(-3)))]), 11, "moved to an earlier day"),
        (
            for_life(done=(360, 360, *[60] * 17), owed=[(60, broken(ago(60)))] * 2),
            5,
            "two were broken of 21, which is less than one in ten; of 19 it is more",
        ),
        (key(steer=360, stake=100), 5, "a steer grows too old"),
        (key(steer=100, stake=360), 5, "a stake grows too old"),
        (key(stake=100, asked=[(9, 30), (8, 30), (7, 30), (360, 30)]), 5, "four requests are needed"),
        (
            key(stake=100, asked=[(9, 5), (8, 5), (7, 5), (6, 4), (360, 90)]),
            5,
            "enough of them, but in too short a time",
        ),
        (
            key(steer=360, stake=359, asked=[(9, 30), (8, 30), (7, 30), (358, 30)]),
            6,
            "the second of three is one too many",
        ),
    ],
)
def test_a_fall_is_found_from_as_far_as_it_is_away(tmp_path: Path, records: Records, days: int, because: str) -> None:
    number = len(records.contacts) + 1
    rival = client(contact(TODAY, number=number, reached_out=Party.them, minutes=10), id=2)
    write(tmp_path / "c4l.db", [records, rival])
    with Store.open(tmp_path / "c4l.db") as store, store.reading() as tx:
        everybody, known, _ = survey(tx, TODAY, DEFAULTS)
        assert actions.near(tx, everybody, known, TODAY, DEFAULTS, days - 1) == []
        for ahead_by in (days, days + 1, days + 40):
            [found] = actions.near(tx, everybody, known, TODAY, DEFAULTS, ahead_by)
            assert (found.on - TODAY).days == days, because


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
        assert actions.falls_of_few(tx, [], peers([]), ago(0), DEFAULTS) == {}
