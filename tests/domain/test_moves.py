"""Moves between two days are the difference of two triangles; each finding that changed names what changed it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.causes import Cause, How, causes
from c4l.domain.criteria import CRITERIA
from c4l.domain.evidence import Case, case, placed
from c4l.domain.moves import Bearings, Direction, TierMove
from c4l.domain.placement import place_all
from c4l.domain.records import Records, Spell
from c4l.domain.terms import Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import TODAY, ago, books, client, client_for_life, contact, sign, with_signs
from tests.domain.looks import THEN, moves, peers_of
from tests.store.test_twin import EASY, NO_GRACE
from tests.store.written import grown

NUMBERS = (DEFAULTS, NO_GRACE, EASY)


# --- for any book ---


def hold(book: Sequence[Records], since: date, until: date, thresholds: Thresholds) -> list[TierMove]:
    """Hold the moves between two days against the two triangles."""
    found = moves(book, since, until, thresholds)
    then, now = (
        {placement.client: placement for placement in place_all(book, day, thresholds).placements}
        for day in (since, until)
    )
    assert {move.client for move in found} == then.keys() | now.keys()
    for move in found:
        before, after = then.get(move.client), now.get(move.client)
        assert (move.before, move.after) == (before and before.tier, after and after.tier)
        if before and after:
            pairs = list(zip(before.findings, after.findings, strict=True))
            assert [
                (change.criterion, change.tier, change.was, change.met, change.measured_then, change.measured)
                for change in move.changes
            ] == [
                (was.criterion, was.tier, was.met, met.met, was.measured, met.measured)
                for was, met in pairs
                if (was.met is True) is not (met.met is True)
            ]
            assert bool(move.changes) or move.before is move.after
        assert (move.passage is None) is bool(before and after)
        assert move.passage is None or since < move.passage.on <= until
    for records in book:
        for move in found:
            if move.client == records.client:
                named(records, move, since, until)
    return found


def named(records: Records, move: TierMove, since: date, until: date) -> None:
    """Every change names what made it: a record of the client's that is there, or the others."""
    there = {
        "interaction": {met.number for met in records.contacts},
        "promise": {each.number for each in records.promises},
    }
    for change in move.changes:
        assert change.causes
        for cause in change.causes:
            assert (cause.how is How.others) is (cause.exhibit is None) is (cause.on is None)
            assert (cause.how is How.recorded) is (cause.words == "")
            assert cause.exhibit is None or cause.exhibit.number in there.get(cause.exhibit.kind, {None})
            # Of somebody who is back from the archive, records count again that are older.
            assert cause.on is None or cause.on <= until
            assert cause.on is None or move.before is None or since < cause.on


@settings(max_examples=100)
@given(books(), st.integers(-30, 420), st.integers(1, 500), st.sampled_from(NUMBERS))
def test_any_small_book(book: list[Records], age: int, span: int, thresholds: Thresholds) -> None:
    until = ago(age)
    hold(book, until - timedelta(days=span), until, thresholds)


BOOK = grown(7, 60, 2_000)


@pytest.mark.parametrize("thresholds", NUMBERS)
@pytest.mark.parametrize("days", [(0, 1), (0, 30), (0, 90), (30, 120), (0, 400), (-60, 700), (300, 5000)])
def test_a_book_of_sixty_clients(days: tuple[int, int], thresholds: Thresholds) -> None:
    hold(BOOK, ago(days[1]), ago(days[0]), thresholds)


def test_the_book_of_sixty_clients_shows_all_there_is() -> None:
    """Otherwise the comparison above would compare little."""
    days = ((THEN, TODAY), (TODAY, ago(-180)))
    found = [move for numbers in NUMBERS for since, until in days for move in hold(BOOK, since, until, numbers)]
    assert {move.direction for move in found} == set(Direction)
    seen = {(change.criterion, bool(change.met)) for move in found for change in move.changes}
    assert seen == {(criterion.name, met) for criterion in CRITERIA for met in (False, True)}
    assert {cause.how for move in found for change in move.changes for cause in change.causes} == set(How)


def known(records: Records, day: date) -> Records:
    """What was known of a client at the end of a day."""
    return records._replace(
        contacts=tuple(met for met in records.contacts if met.on <= day),
        signs=tuple(seen for seen in records.signs if seen.on <= day),
        promises=tuple(
            each._replace(events=tuple(event for event in each.events if event.on <= day))
            for each in records.promises
            if each.made_on <= day
        ),
        statements=tuple(said for said in records.statements if said.on <= day),
    )


def test_what_lapsed_lapsed_by_itself_and_what_the_others_did_they_did() -> None:
    """Where all causes are of one kind, the others can be taken away and the answer changes all the same."""
    proved = {
        cause
        for thresholds in NUMBERS
        for since, until in ((30, 0), (110, 0), (300, 200), (0, -110))
        for cause in proved_between(ago(since), ago(until), thresholds)
    }
    assert proved == set(How)


def proved_between(since: date, until: date, thresholds: Thresholds) -> Iterator[How]:
    """Hold the causes of all changes between two days; their kinds."""
    then, now = (Bearings(day, peers_of(BOOK, day, thresholds)) for day in (since, until))
    for records in BOOK:
        if not all(placed(records, there.day) for there in (then, now)):
            continue
        before, after = (case(records, there.peers, there.day, thresholds) for there in (then, now))
        without = case(known(records, then.day), now.peers, now.day, thresholds)
        for criterion in CRITERIA:
            met = bool(criterion.met(after))
            if bool(criterion.met(before)) is met:
                continue
            ways = {cause.how for cause in causes(criterion, before, after)}
            unstated = criterion.name == "drives" and before.glance.value is None
            # What nobody had said could not be compared with anything.
            assert not (unstated and How.others in ways)
            if How.others not in ways and not unstated:
                assert bool(criterion.met(among(after, before))) is met
            if ways == {How.lapsed}:
                assert bool(criterion.met(among(without, before))) is met
            if ways == {How.others}:
                assert bool(criterion.met(among(before, after))) is met
                assert bool(criterion.met(among(after, before))) is not met
            yield from ways


def among(own: Case, others: Case) -> Case:
    return Case(own.glance, others.others, own.thresholds, own.depth, own.day, own.records)


# --- who moved ---

LIFE = client_for_life()
"""Met 400, 30 and 11 days ago, all signs 11 days ago, three promises kept 60 days ago."""


def only(own: Records, *others: Records, since: date = THEN) -> TierMove:
    return moves((own, *others), since, TODAY)[0]


def test_the_top_is_reached_by_what_was_missing_alone() -> None:
    move = only(LIFE)
    assert (move.before, move.after, move.direction) == (Tier.base, Tier.life, Direction.rose)
    assert [change.criterion for change in move.changes] == ["trusted", "reliable", "lasting"]


def test_a_newcomer_is_compared_with_nobody_known() -> None:
    move = only(LIFE, since=ago(401))
    assert (move.before, move.after, move.direction) == (None, Tier.life, Direction.new)
    assert move.passage is not None
    assert (move.passage.what, move.passage.number, move.passage.on) == ("first contact", 100, ago(400))
    assert {(change.was, change.measured_then) for change in move.changes} == {(None, None)}
    # Nothing went wrong, as with anybody: that is no change.
    assert [change.criterion for change in move.changes] == ["trusted", "reliable", "lasting"]


def test_who_left_was_archived_and_who_is_back_was_taken_back() -> None:
    gone = only(client(contact(ago(400)), archived=[Spell(ago(300), ago(200)), Spell(ago(30))]))
    assert (gone.direction, gone.changes) == (Direction.left, ())
    assert gone.passage is not None
    assert (gone.passage.what, gone.passage.on) == ("archived", ago(30))

    back = only(client(contact(ago(400)), archived=[Spell(ago(300), ago(20))]))
    assert back.direction is Direction.new
    assert back.passage is not None
    assert (back.passage.what, back.passage.on) == ("unarchived", ago(20))


@pytest.mark.parametrize(
    ("spells", "back", "because"),
    [
        ([Spell(ago(300), ago(60)), Spell(ago(40), ago(20))], ago(20), "twice in the archive: the last return counts"),
        ([Spell(ago(40), ago(20)), Spell(ago(300), ago(60))], ago(20), "in whichever order that is told"),
        ([Spell(ago(300), ago(60)), Spell(ago(9), ago(5))], ago(60), "what came after the later day is not known yet"),
        ([Spell(ago(300), ago(60)), Spell(ago(9))], ago(60), "nor that they went again"),
        ([Spell(ago(500), ago(400)), Spell(ago(300), ago(60))], ago(60), "an earlier stay was over before"),
    ],
)
def test_who_is_back_came_when_the_last_stay_between_the_days_ended(
    spells: list[Spell], back: date, because: str
) -> None:
    [move] = moves([client(contact(ago(600)), archived=spells)], THEN, ago(10))
    assert move.direction is Direction.new
    assert move.passage is not None
    assert (move.passage.what, move.passage.on) == ("unarchived", back), because


def test_who_stayed_can_have_changed() -> None:
    move = only(with_signs(sign("steer", ago(10))))
    assert (move.direction, [change.criterion for change in move.changes]) == (Direction.stayed, ["steers"])


def test_who_has_no_place_on_either_day_has_not_moved() -> None:
    assert moves([client(), client(contact(ago(400)), id=2, archived=[Spell(ago(200))])], THEN, TODAY) == []


def test_causes_are_told_by_day() -> None:
    found = [change.causes for move in hold(BOOK, THEN, TODAY, EASY) for change in move.changes]
    assert any(len(each) > 2 for each in found)

    def days(told: tuple[Cause, ...]) -> list[date]:
        return [cause.on for cause in told if cause.on is not None]

    assert all(days(each) == sorted(days(each)) for each in found)
