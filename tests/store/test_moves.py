"""Moves and history over a real book: the fast way tells what the rule tells."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.actions import moves as actions
from c4l.domain.causes import Cause, How
from c4l.domain.compared import COMPARED, Compared
from c4l.domain.evidence import Glance, glance, placed
from c4l.domain.moves import Change, Direction, TierMove
from c4l.domain.periods import Every
from c4l.domain.placement import place_all
from c4l.domain.records import Records
from c4l.domain.terms import ClientRef, Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from c4l.store import moves as stored
from c4l.store.store import Store
from tests.domain.books import TODAY, ago, books, client, contact
from tests.domain.looks import moves
from tests.store.test_twin import EASY, THRESHOLDS
from tests.store.written import grown, write


def by_the_rule(book: Sequence[Records], since: date, until: date, thresholds: Thresholds) -> list[TierMove]:
    """Everybody with a place on one of the days, from the records alone; with the names of those compared with."""
    then, now = (
        {records.client: glance(records, day, thresholds) for records in book if placed(records, day)}
        for day in (since, until)
    )

    def named(move: TierMove, change: Change) -> Change:
        def whom(cause: Cause, glances: Mapping[ClientRef, Glance]) -> Compared:
            return COMPARED[change.criterion].others(glances, move.client) if cause.how is How.others else Compared()

        causes = (cause._replace(then=whom(cause, then), now=whom(cause, now)) for cause in change.causes)
        return change._replace(causes=tuple(causes))

    return [
        move._replace(changes=tuple(named(move, change) for change in move.changes))
        for move in moves(book, since, until, thresholds)
    ]


def counted(book: Sequence[Records], day: date, thresholds: Thresholds) -> actions.Counted:
    rule = place_all(book, day, thresholds)
    tiers = [placement.tier for placement in rule.placements]
    return actions.Counted(day, {tier: tiers.count(tier) for tier in Tier}, rule.uncontacted)


def same(store: Store, book: Sequence[Records], since: date, until: date, thresholds: Thresholds) -> None:
    """Hold moves and history between two days against the rule."""
    rule = by_the_rule(book, since, until, thresholds)
    found = actions.moves(store, since, until, until, thresholds, everybody=True)

    assert (found.before, found.after) == (counted(book, since, thresholds), counted(book, until, thresholds))
    told = {move.client: move for move in (*found.moved, *found.stayed)}
    assert told == {move.client: move for move in rule if move.changes or move.passage}
    assert all(move.direction is Direction.stayed for move in found.stayed)
    ways = [move.direction for move in told.values()]
    assert found.directions == {way: ways.count(way) for way in Direction}


@settings(max_examples=25)
@given(books(), st.sampled_from(list(THRESHOLDS.values())), st.integers(-60, 500), st.integers(1, 500))
def test_any_small_book(book: list[Records], thresholds: Thresholds, age: int, span: int) -> None:
    until = ago(age)
    with TemporaryDirectory() as folder:
        written = write(Path(folder) / "c4l.db", book)
        with Store.open(Path(folder) / "c4l.db") as store:
            same(store, written, until - timedelta(days=span), until, thresholds)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Records]]:
    path = tmp_path_factory.mktemp("many") / "c4l.db"
    return path, write(path, grown(7, 60, 2_000))


@pytest.mark.parametrize("thresholds", THRESHOLDS.values(), ids=THRESHOLDS)
@pytest.mark.parametrize("days", [(90, 0), (1, 0), (400, 120), (5000, 300), (0, -90)], ids=str)
def test_a_book_of_sixty_clients(
    many: tuple[Path, list[Records]], days: tuple[int, int], thresholds: Thresholds
) -> None:
    path, book = many
    with Store.open(path) as store:
        same(store, book, ago(days[0]), ago(days[1]), thresholds)


def test_the_greatest_moves_are_told_first_and_a_limit_cuts_only_what_is_told(
    many: tuple[Path, list[Records]],
) -> None:
    path, _ = many
    with Store.open(path) as store:
        whole = actions.moves(store, ago(200), TODAY, TODAY, EASY)
        few = actions.moves(store, ago(200), TODAY, TODAY, EASY, limit=3, everybody=True)
    ways = [list(Direction).index(move.direction) for move in whole.moved]
    assert ways == sorted(ways)
    assert whole.moved[0].after is Tier.life
    assert whole.stayed == ()
    assert few.moved == whole.moved[:3]
    assert len(few.stayed) == 3
    assert few.directions == whole.directions


@pytest.mark.parametrize("tier", Tier)
def test_of_one_tier_those_are_told_who_came_to_it_or_left_it(many: tuple[Path, list[Records]], tier: Tier) -> None:
    path, _ = many
    with Store.open(path) as store:
        whole = actions.moves(store, ago(200), TODAY, TODAY, EASY, everybody=True)
        narrowed = actions.moves(store, ago(200), TODAY, TODAY, EASY, tier, everybody=True)
    assert narrowed.moved == tuple(move for move in whole.moved if tier in (move.before, move.after))
    assert narrowed.stayed == tuple(move for move in whole.stayed if move.after is tier)
    assert narrowed.moved
    assert narrowed.stayed
    assert (narrowed.before, narrowed.after) == (whole.before, whole.after)


# --- history ---


@pytest.mark.parametrize("thresholds", THRESHOLDS.values(), ids=THRESHOLDS)
@pytest.mark.parametrize("every", Every)
def test_a_history_counts_as_the_rule_does_on_each_of_its_days(
    many: tuple[Path, list[Records]], every: Every, thresholds: Thresholds
) -> None:
    path, book = many
    since = ago(200 if every is Every.week else 900)
    with Store.open(path) as store:
        found = actions.history(store, TODAY, TODAY, thresholds, every, since)
    days = [each.on for each in found.days]
    assert days == sorted(set(days))
    assert days[-1] == TODAY
    assert since <= days[0]
    assert list(found.days) == [counted(book, day, thresholds) for day in days]


def history(store: Store, **wanted: object) -> list[str]:
    found = actions.history(store, TODAY, TODAY, DEFAULTS, **wanted)  # type: ignore[arg-type]
    return [*(["…"] * found.earlier), *(each.on.isoformat() for each in found.days)]


def test_a_history_is_the_last_twelve_days_or_reaches_back_as_far_as_is_asked(
    many: tuple[Path, list[Records]],
) -> None:
    path, _ = many
    with Store.open(path) as store:
        months = history(store)
        assert len(months) == actions.USUAL
        assert (months[0], months[-2:]) == ("2025-12-31", ["2026-10-31", "2026-11-22"])
        assert history(store, since=ago(22)) == ["2026-10-31", "2026-11-22"]
        assert history(store, since=ago(21)) == ["2026-11-22"]
        assert history(store, every=Every.quarter, since=date(2026, 3, 31), limit=2) == [
            *("…", "…"),
            *("2026-09-30", "2026-11-22"),
        ]


@pytest.mark.parametrize(
    ("book", "first"),
    [
        ([client(contact(ago(100), number=1), added=ago(100))], ago(100)),
        ([client(contact(ago(100), number=1), added=TODAY)], ago(100)),
        ([client(contact(ago(100), number=1), added=ago(130))], ago(130)),
        ([client(added=ago(130)), client(id=2, added=ago(100))], ago(130)),
        ([], None),
    ],
    ids=["on one day", "written down later", "known before", "never contacted", "nobody"],
)
def test_no_history_reaches_back_before_the_book_began(book: list[Records], first: date | None, tmp_path: Path) -> None:
    path = tmp_path / "c4l.db"
    write(path, book)
    with Store.open(path) as store:
        with store.reading() as tx:
            assert stored.first_day(tx) == first
        for since in (None, date(1900, 1, 1)):
            found = actions.history(store, TODAY, TODAY, DEFAULTS, Every.week, since)
            assert all(sum(each.tiers.values()) + each.uncontacted for each in found.days)
            if first is not None and since is not None:
                assert found.days[0].on - timedelta(days=7) < first <= found.days[0].on
        if first is not None:
            assert actions.history(store, first - timedelta(days=1), TODAY, DEFAULTS).days == ()


def test_a_book_in_which_nobody_was_yet_has_no_moves_but_newcomers(tmp_path: Path) -> None:
    path = tmp_path / "c4l.db"
    write(path, [client(contact(ago(100), number=1))])
    with Store.open(path) as store:
        found = actions.moves(store, ago(5000), TODAY, TODAY, DEFAULTS)
        assert [move.direction for move in found.moved] == [Direction.new]
        assert actions.moves(store, ago(5000), ago(4000), TODAY, DEFAULTS).moved == ()
