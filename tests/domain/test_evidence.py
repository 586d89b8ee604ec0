"""What must be true of the figures that records come down to."""

from datetime import date, timedelta
from itertools import zip_longest
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.evidence import (
    Depth,
    Glance,
    archived,
    depth,
    effective_minutes,
    glance,
    peers,
    placed,
    records_by,
    started_by_them,
    uncontacted,
    window,
)
from c4l.domain.records import Event, Part, Records, Spell, Statement
from c4l.domain.terms import Channel, Party, Stake, Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import (
    TODAY,
    ago,
    books,
    broken,
    client,
    contact,
    days,
    honoured_promises,
    kept,
    moved,
    promise,
    sign,
    stated,
)

modest = settings(max_examples=80, deadline=None)


@pytest.mark.parametrize(("age", "inside"), [(-1, False), (0, True), (364, True), (365, False), (366, False)])
def test_the_window_is_365_days_up_to_and_including_the_day(age: int, inside: bool) -> None:
    assert window(TODAY, DEFAULTS).holds(ago(age)) is inside
    assert glance(client(signs=[sign("steer", ago(age))]), TODAY, DEFAULTS).shown == ({"steer"} if inside else set())


def test_the_window_is_counted_in_days_across_a_leap_day() -> None:
    last_of_leap_year = window(date(2028, 12, 31), DEFAULTS)
    assert not last_of_leap_year.holds(date(2028, 1, 1))
    assert last_of_leap_year.holds(date(2028, 1, 2))
    assert window(date(2028, 2, 29), DEFAULTS).holds(date(2027, 3, 2))
    assert not window(date(2028, 2, 29), DEFAULTS).holds(date(2027, 3, 1))


@pytest.mark.parametrize("channel", Channel)
def test_unstated_calls_meetings_and_visits_count_as_started_by_them(channel: Channel) -> None:
    assert started_by_them(channel, Party.them)
    assert not started_by_them(channel, Party.me)
    assert started_by_them(channel, None) is (channel in ("call", "meeting", "visit"))


@pytest.mark.parametrize("channel", Channel)
def test_time_is_as_logged_or_as_usual(channel: Channel) -> None:
    assert effective_minutes(channel, None) == (5 if channel in ("email", "message") else 15)
    assert effective_minutes(channel, 0) == 0
    assert effective_minutes(channel, 90) == 90


def test_only_what_the_client_showed_can_lift() -> None:
    signs = [sign(name, TODAY) for name in ("advice", "steer", "suggested", "thanked", "owned", "complaint", "advice")]
    assert glance(client(signs=signs), TODAY, DEFAULTS).shown == {"advice", "steer"}


def test_the_time_they_asked_for_is_that_of_what_they_started_in_the_window() -> None:
    records = client(
        contact(ago(0), minutes=40),
        contact(ago(364), channel=Channel.email, reached_out=Party.them),
        contact(ago(364), channel=Channel.email),
        contact(ago(1), reached_out=Party.me, minutes=500),
        contact(ago(365), minutes=500),
        contact(ago(-1), minutes=500),
    )
    assert glance(records, TODAY, DEFAULTS)[1:3] == (2, 45)


@pytest.mark.parametrize(
    ("statements", "value"),
    [
        ([], None),
        ([stated(Part.value, 10, ago(3))], 10),
        ([stated(Part.value, 10, ago(3)), stated(Part.value, 20, ago(3))], 20),
        ([stated(Part.value, 10, ago(3)), stated(Part.value, 20, ago(4))], 10),
        ([stated(Part.value, 10, ago(3)), stated(Part.value, None, ago(2))], None),
        ([stated(Part.value, None, ago(3)), stated(Part.value, 0, ago(2))], 0),
        ([stated(Part.value, 10, ago(3)), stated(Part.stake, "high", ago(2))], 10),
        ([stated(Part.value, 10, ago(364))], 10),
        ([stated(Part.value, 10, ago(365))], None),
        ([stated(Part.value, 10, ago(3)), stated(Part.value, 20, ago(-1))], 10),
    ],
)
def test_a_statement_stands_until_restated_while_it_is_in_the_window(
    statements: list[Statement], value: int | None
) -> None:
    assert glance(client(statements=statements), TODAY, DEFAULTS).value == value


def test_each_part_of_an_assessment_stands_by_itself() -> None:
    said = [
        stated(Part.stake, "critical", ago(9)),
        stated(Part.value, 120_000, ago(5)),
        stated(Part.tier, "life", ago(7)),
    ]
    assert glance(client(statements=said), TODAY, DEFAULTS)[3:] == (Stake.critical, 120_000, Tier.life)


@pytest.mark.parametrize(
    ("spell", "day", "expected"),
    [
        (Spell(ago(5)), ago(6), False),
        (Spell(ago(5)), ago(5), True),
        (Spell(ago(5)), TODAY, True),
        (Spell(ago(5), ago(3)), ago(4), True),
        (Spell(ago(5), ago(3)), ago(3), False),
        (Spell(ago(5), ago(5)), ago(5), False),
    ],
)
def test_archiving_is_dated_and_ends_on_the_day_it_is_undone(spell: Spell, day: date, expected: bool) -> None:
    records = client(contact(ago(300)), archived=[spell])
    assert archived(records, day) is expected
    assert placed(records, day) is not expected
    assert not uncontacted(records, day)


def test_a_client_is_placed_from_the_day_of_the_first_interaction() -> None:
    records = client(contact(ago(0)), added=ago(10))
    assert (placed(records, ago(1)), uncontacted(records, ago(1))) == (False, True)
    assert (placed(records, TODAY), uncontacted(records, TODAY)) == (True, False)


def test_an_interaction_before_the_client_was_added_places_all_the_same() -> None:
    records = client(contact(ago(30)), added=TODAY)
    assert placed(records, ago(30))
    assert not placed(records, ago(31))


def test_nobody_is_uncontacted_before_being_added_or_while_archived() -> None:
    assert not uncontacted(client(added=ago(10)), ago(11))
    assert uncontacted(client(added=ago(10)), ago(10))
    assert not uncontacted(client(added=ago(10), archived=[Spell(ago(10))]), ago(10))


@pytest.mark.parametrize(
    ("events", "due", "expected"),
    [
        ((), ago(0), (3, 0, False)),
        ((), ago(7), (3, 0, False)),
        ((), ago(8), (4, 1, True)),
        ((kept(TODAY),), ago(7), (4, 1, False)),
        ((kept(TODAY),), ago(0), (4, 0, False)),
        ((broken(ago(2)),), ago(0), (4, 1, False)),
        ((moved(ago(20), ago(7), told=True),), ago(20), (3, 0, False)),
        ((moved(ago(20), ago(8), told=True),), ago(20), (4, 1, True)),
    ],
)
def test_an_open_promise_is_left_out_for_seven_days(
    events: tuple[Event, ...], due: date, expected: tuple[int, int, bool]
) -> None:
    records = client(promises=(*honoured_promises(3), promise(due, *events)))
    assert depth(records, TODAY, DEFAULTS)[:3] == expected


def test_what_they_owe_says_nothing_about_you() -> None:
    theirs = promise(ago(30))._replace(by=Party.them)
    assert depth(client(promises=[theirs]), TODAY, DEFAULTS).counted == 0


@pytest.mark.parametrize(
    ("since", "first"), [(None, ago(30)), (ago(400), ago(400)), (ago(20), ago(30)), (ago(-20), ago(30))]
)
def test_a_relationship_begins_with_contact_or_as_stated(since: date | None, first: date) -> None:
    records = client(contact(ago(5)), contact(ago(30)), contact(ago(-9)), since=since)
    assert depth(records, TODAY, DEFAULTS)[3:5] == (first, ago(5))


@pytest.mark.parametrize(
    ("slips", "owned", "unowned"),
    [
        ([7], [], 0),
        ([8], [], 1),
        ([364], [], 1),
        ([365], [], 0),
        ([8], [8], 0),
        ([8], [0], 0),
        ([8], [-1], 1),
        ([8], [9], 1),
        ([40, 20, 9], [20], 1),
        ([40, 20, 9], [], 3),
        ([-1], [], 0),
    ],
)
def test_a_slip_more_than_seven_days_old_is_to_be_owned(slips: list[int], owned: list[int], unowned: int) -> None:
    for kind in ("complaint", "surprise"):
        signs = [*(sign(kind, ago(age)) for age in slips), *(sign("owned", ago(age)) for age in owned)]
        assert depth(client(signs=signs), TODAY, DEFAULTS).unowned == unowned


def test_nothing_known_comes_down_to_nothing() -> None:
    assert glance(client(), TODAY, DEFAULTS) == Glance()
    assert depth(client(), TODAY, DEFAULTS) == Depth()


glances = st.builds(
    Glance,
    asked=st.integers(0, 3),
    asked_minutes=st.integers(0, 40),
    value=st.none() | st.integers(0, 12),
)


@modest
@given(st.lists(glances, min_size=1, max_size=9), st.integers(0, 14))
def test_peers_answer_as_a_plain_recount_would(seen: list[Glance], value: int) -> None:
    built = peers(seen)
    for place, own in enumerate(seen):
        rest = seen[:place] + seen[place + 1 :]
        others = built.others(own)
        stated_values = [other.value for other in rest if other.value is not None]
        times = [other.asked_minutes for other in rest if other.asked]
        assert others.value == sum(stated_values)
        assert others.value_above(value) == sum(other for other in stated_values if other > value)
        assert others.twice_median_minutes() == (2 * median(times) if times else None)


def naive_figures(records: Records, day: date) -> tuple[object, ...]:
    """The figures again, day by day through the window, from the words of the rule."""
    window_days = [day - timedelta(days=age) for age in range(365)]
    asked = [
        met
        for on in window_days
        for met in records.contacts
        if met.on == on
        and (met.reached_out == "them" or (not met.reached_out and met.channel[:2] in ("ca", "me", "vi")))
        and not (met.channel == "message" and not met.reached_out)
    ]
    said: dict[str, str | None] = {}
    for on in reversed(window_days):
        said |= {statement.part.value: statement.said for statement in records.statements if statement.on == on}
    value = said.get("value")
    slips = [it.on for it in records.signs if it.signal in ("complaint", "surprise") and it.on in window_days[8:]]
    owned = [it.on for it in records.signs if it.signal == "owned" and it.on <= day]
    met_on = sorted(met.on for met in records.contacts if met.on <= day)
    return (
        {it.signal for it in records.signs if it.on in window_days}
        & {"advice", "consulted", "early", "door", "inner", "steer"},
        len(asked),
        sum(
            (5 if met.channel in ("email", "message") else 15) if met.minutes is None else met.minutes for met in asked
        ),
        said.get("stake"),
        None if value is None else int(value),
        said.get("tier"),
        min(met_on + [on for on in (records.since,) if on and on <= day], default=None),
        met_on[-1] if met_on else None,
        sum(all(on < slip for on in owned) for slip in slips),
    )


@modest
@given(books(at_most=2), days)
def test_the_figures_are_what_the_words_of_the_rule_say(book: list[Records], day: date) -> None:
    for records in book:
        figures = (*glance(records, day, DEFAULTS), *depth(records, day, DEFAULTS)[3:])
        assert [*zip_longest(figures, naive_figures(records, day))] == [(it, it) for it in figures]


@modest
@given(books(at_most=2), days)
def test_the_records_by_a_day_say_all_there_is_to_say_of_it(book: list[Records], day: date) -> None:
    for records in book:
        known = records_by(records, day)
        assert glance(known, day, DEFAULTS) == glance(records, day, DEFAULTS)
        assert depth(known, day, DEFAULTS) == depth(records, day, DEFAULTS)
        assert archived(known, day) == archived(records, day)
        assert placed(known, day) == placed(records, day)
        assert uncontacted(known, day) == uncontacted(records, day)
        assert records_by(known, day + timedelta(days=1000)) == known


def test_what_is_dated_later_was_not_known_by_then() -> None:
    due_soon = promise(ago(-3), moved(ago(1), ago(-9)), kept(ago(-1)))
    records = client(
        contact(TODAY),
        contact(ago(-1)),
        signs=[sign("steer", TODAY), sign("steer", ago(-1))],
        promises=[due_soon, promise(ago(-3), made=ago(-1))],
        statements=[stated(Part.value, 5), stated(Part.value, 6, ago(-1))],
        archived=[Spell(ago(9), TODAY), Spell(ago(5), ago(-1)), Spell(ago(-2))],
    )
    assert records_by(records, TODAY) == client(
        contact(TODAY),
        signs=[sign("steer", TODAY)],
        promises=[due_soon._replace(events=(moved(ago(1), ago(-9)),))],
        statements=[stated(Part.value, 5)],
        archived=[Spell(ago(9), TODAY), Spell(ago(5))],
    )


def test_thresholds_other_than_the_defaults_are_heeded() -> None:
    narrow = Thresholds(window_days=30, reliable_grace_days=1, unbroken_grace_days=1)
    records = client(
        contact(ago(30)),
        signs=[sign("steer", ago(30)), sign("complaint", ago(2))],
        promises=[promise(ago(2)), promise(ago(40), kept(ago(40)))],
        statements=[stated(Part.value, 5, ago(30))],
    )
    assert glance(records, TODAY, narrow) == Glance()
    assert depth(records, TODAY, narrow) == Depth(1, 1, True, ago(30), ago(30), 1)
