"""What must be true of a client's place in the triangle, and of everybody's."""

from datetime import date, timedelta
from random import Random
from typing import Protocol, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.criteria import CRITERIA, KEY, LIFE
from c4l.domain.evidence import Glance, case, glance, peers, placed
from c4l.domain.placement import Placement, place, place_all, quick_look, tier_of, tier_on
from c4l.domain.promises import Outcome, outcome, standing
from c4l.domain.records import Contact, Event, Part, Promise, Records, Sign, Spell, Statement, Verb
from c4l.domain.terms import Channel, Party, Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import TODAY, ago, books, client, client_for_life, contact, days, promise, sign, stated

modest = settings(max_examples=60, deadline=None)


def placement_of(records: Records, day: date = TODAY) -> Placement:
    [placement] = place_all([records], day, DEFAULTS).placements
    return placement


def met(placement: Placement) -> set[str]:
    return {finding.criterion for finding in placement.findings if finding.met}


@pytest.mark.parametrize(
    ("met", "tier"),
    [
        ((), Tier.base),
        (("drives",), Tier.base),
        (("drives", "steers"), Tier.key),
        (("depends", "demands", "steers"), Tier.key),
        (("trusted", "reliable", "lasting"), Tier.base),
        (("trusted", "reliable", "lasting", "steers", "drives"), Tier.key),
        (("trusted", "reliable", "lasting", "unbroken"), Tier.life),
        (("trusted", "reliable", "lasting", "unbroken", "drives"), Tier.life),
    ],
)
def test_two_criteria_make_a_key_client_and_life_needs_all_four_and_no_key(met: tuple[str, ...], tier: Tier) -> None:
    assert tier_of(lambda name: name in met, DEFAULTS) is tier
    assert tier_of(lambda name: True if name in met else None, DEFAULTS) is tier


def test_a_new_client_is_in_the_base() -> None:
    placement = placement_of(client(contact(TODAY)))
    assert placement.tier is Tier.base
    assert placement.own_view is None
    assert [finding.criterion for finding in placement.findings] == [criterion.name for criterion in CRITERIA]


def test_a_client_for_life_meets_all_four_and_needs_nothing_more_for_them() -> None:
    placement = placement_of(client_for_life())
    assert placement.tier is Tier.life
    assert met(placement) == {"trusted", "reliable", "lasting", "unbroken"}
    assert all((finding.needed is None) is (finding.met is True) for finding in placement.findings)
    assert all(finding.evidence for finding in placement.findings if finding.met and finding.criterion != "unbroken")


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        ({"signs": ()}, "trusted"),
        ({"promises": ()}, "reliable"),
        ({"contacts": (contact(ago(179)), contact(ago(11)))}, "lasting"),
        ({"contacts": (contact(ago(400)), contact(ago(121)))}, "lasting"),
        ({"promises": (*client_for_life().promises, promise(ago(8)))}, "reliable"),
        ({"signs": (*client_for_life().signs, sign("complaint", ago(8)))}, "unbroken"),
    ],
)
def test_the_top_is_lost_with_any_one_of_the_four(change: dict[str, object], lost: str) -> None:
    placement = placement_of(client_for_life()._replace(**change))  # type: ignore[arg-type]
    assert placement.tier is Tier.base
    assert met(placement) == {"trusted", "reliable", "lasting", "unbroken"} - {lost}


def test_the_own_view_is_told_and_lifts_nothing() -> None:
    placement = placement_of(client(contact(TODAY), statements=[stated(Part.tier, "life")]))
    assert (placement.tier, placement.own_view) == (Tier.base, Tier.life)


def test_how_much_you_reach_out_lifts_nothing() -> None:
    yours = [contact(ago(age), number=age + 1, reached_out=Party.me, minutes=600) for age in range(60)]
    signs = [sign(name, TODAY) for name in ("suggested", "listened", "put-first", "helped", "thanked", "praised")]
    assert met(placement_of(client(*yours, signs=signs))) == {"unbroken"}


def test_those_never_contacted_are_counted_apart_and_the_archived_not_at_all() -> None:
    book = [
        client(id=1),
        client(contact(ago(-1)), id=2),
        client(contact(TODAY), id=3),
        client(contact(ago(9)), id=4, archived=[Spell(TODAY)]),
        client(id=5, added=ago(-1)),
    ]
    triangle = place_all(book, TODAY, DEFAULTS)
    assert [placement.client.id for placement in triangle.placements] == [3]
    assert triangle.uncontacted == 2
    assert place(book[0], peers([]), TODAY, DEFAULTS) is None


def test_an_archived_client_is_no_part_of_what_others_are_compared_with() -> None:
    small = client(contact(TODAY), id=1, statements=[stated(Part.value, 1)])
    big = client(contact(TODAY), id=2, statements=[stated(Part.value, 9)])
    assert "drives" not in met(place_all([small, big], TODAY, DEFAULTS).placements[0])
    archived = big._replace(archived=(Spell(TODAY),))
    assert "drives" in met(place_all([small, archived], TODAY, DEFAULTS).placements[0])


def test_how_many_criteria_make_a_key_client_can_be_set() -> None:
    steering = client(contact(TODAY), signs=[sign("steer", TODAY)])
    assert placement_of(steering).tier is Tier.base
    [placement] = place_all([steering], TODAY, Thresholds(key_needed=1)).placements
    assert placement.tier is Tier.key


def naive_tier(book: list[Records], own: Records, day: date) -> Tier:
    """The two tables of the rule once more, read from the records without figures, windows or peers."""
    year = {day - timedelta(days=age) for age in range(365)}

    def said(records: Records, part: Part) -> str | None:
        stated = sorted((it for it in records.statements if it.part is part and it.on in year), key=lambda it: it.on)
        return stated[-1].said if stated else None

    def asked(records: Records) -> list[int]:
        usual = {Channel.email: 5, Channel.message: 5}
        return [
            usual.get(it.channel, 15) if it.minutes is None else it.minutes
            for it in records.contacts
            if it.on in year
            and (it.reached_out or ("them" if it.channel in ("call", "meeting", "visit") else "me")) == "them"
        ]

    def shown(*names: str) -> list[Sign]:
        return [it for it in own.signs if it.signal in names and it.on in year]

    values = [int(said(it, Part.value) or 0) for it in book]
    value = int(said(own, Part.value) or 0)
    times = sorted(sum(asked(it)) for it in book if it is not own and asked(it))
    half = len(times) // 2
    key = [
        value > 0 and 2 * sum(it for it in values if it > value) < sum(values),
        said(own, Part.stake) in ("high", "critical"),
        bool(shown("steer")),
        bool(times) and len(asked(own)) >= 4 and sum(asked(own)) > 0 and sum(asked(own)) >= times[half] + times[~half],
    ]
    kept, missed, lying = 0, 0, False
    for it in own.promises:
        became = outcome(it, day)
        due = standing(it, day).due_on
        if (
            it.by is Party.them
            or became is None
            or due is None
            or (became is Outcome.overdue and (day - due).days <= 7)
        ):
            continue
        kept, missed = kept + became.honoured, missed + (not became.honoured)
        lying = lying or became is Outcome.overdue
    met_on = [it.on for it in own.contacts if it.on <= day]
    owned = [it.on for it in own.signs if it.signal == "owned" and it.on <= day]
    life = [
        len({it.signal for it in shown("advice", "consulted", "early", "door", "inner")}) >= 3,
        kept + missed >= 3 and (missed <= 1 or missed / (kept + missed) <= 0.1) and not lying,
        (day - min([*met_on, own.since or day])).days >= 180 and (day - max(met_on)).days <= 120,
        all((day - it.on).days <= 7 or max(owned, default=date.min) >= it.on for it in shown("complaint", "surprise")),
    ]
    return Tier.life if all(life) else Tier.key if sum(key) >= 2 else Tier.base


near_today = st.sampled_from([ago(age) for age in (-9, 0, 0, 0, 1, 60, 300)])


@settings(max_examples=120, deadline=None)
@given(books(), near_today)
def test_every_tier_is_what_the_words_of_the_rule_say(book: list[Records], day: date) -> None:
    book = [*book, client_for_life(9)]
    there = [records for records in book if placed(records, day)]
    triangle = place_all(book, day, DEFAULTS)
    assert [(it.client, it.tier) for it in triangle.placements] == [
        (records.client, naive_tier(there, records, day)) for records in there
    ]


@modest
@given(books(), near_today)
def test_findings_and_tier_agree(book: list[Records], day: date) -> None:
    for placement in place_all(book, day, DEFAULTS).placements:
        key, life = (
            {it.criterion for it in placement.findings if it.met and it.tier is tier} for tier in (Tier.key, Tier.life)
        )
        assert (placement.tier is Tier.life) is (len(life) == len(LIFE))
        if placement.tier is not Tier.life:
            assert (placement.tier is Tier.key) is (len(key) >= 2)
        assert {it.criterion for it in placement.findings} == {it.name for it in (*KEY, *LIFE)}
        for finding in placement.findings:
            assert finding.measured
            assert finding.met or finding.needed
            assert all(exhibit.on <= day for exhibit in finding.evidence)


@modest
@given(books(), near_today)
def test_a_glance_that_settles_the_tier_settles_it_rightly(book: list[Records], day: date) -> None:
    there = [records for records in book if placed(records, day)]
    known = peers(glance(records, day, DEFAULTS) for records in there)
    for records, placement in zip(there, place_all(book, day, DEFAULTS).placements, strict=True):
        quick, _ = quick_look(glance(records, day, DEFAULTS), known, DEFAULTS)
        assert quick in (None, placement.tier)
        assert quick is not None or "trusted" in met(placement)
        assert tier_on(case(records, known, day, DEFAULTS)) is placement.tier


def test_a_glance_settles_all_who_are_not_trusted() -> None:
    assert quick_look(Glance(), peers([Glance()]), DEFAULTS) == (Tier.base, 0)
    trusting = glance(client_for_life(), TODAY, DEFAULTS)
    assert quick_look(trusting, peers([trusting]), DEFAULTS) == (None, 0)


class Dated(Protocol):
    @property
    def on(self) -> date: ...


SomeDated = TypeVar("SomeDated", bound=Dated)


def mixed(things: tuple[SomeDated, ...], random: Random) -> tuple[SomeDated, ...]:
    """The same things in another order, except that those of one day keep theirs."""
    by_day = {day: iter([it for it in things if it.on == day]) for day in {it.on for it in things}}
    return tuple(next(by_day[it.on]) for it in random.sample(things, len(things)))


def mixed_up(records: Records, random: Random) -> Records:
    """The same records, entered in another order."""
    return records._replace(
        contacts=mixed(records.contacts, random),
        signs=mixed(records.signs, random),
        promises=tuple(
            it._replace(events=mixed(it.events, random))
            for it in random.sample(records.promises, len(records.promises))
        ),
        statements=mixed(records.statements, random),
    )


def tomorrow_and_later(records: Records, day: date, after: int) -> Records:
    """The same records, and one of each sort that is dated later than the day."""
    on = day + timedelta(days=after)
    late = [Event(verb, on, on if verb is Verb.moved else None) for verb in Verb]
    return records._replace(
        archived=(*records.archived, Spell(on)),
        contacts=(*records.contacts, Contact(900, on, Channel.visit, Party.them, 999)),
        signs=(*(Sign(name, on, 900, Channel.visit) for name in ("inner", "complaint", "owned")), *records.signs),
        promises=(
            *(it._replace(events=(*late, *it.events)) for it in records.promises),
            Promise(900, records.client, Party.me, "later", on, on, events=(Event(Verb.broken, on),)),
        ),
        statements=(*records.statements, *(Statement(part, on, None) for part in Part)),
    )


@modest
@given(books(), near_today, st.integers(1, 400))
def test_what_is_dated_later_than_the_day_changes_nothing(book: list[Records], day: date, after: int) -> None:
    more = [tomorrow_and_later(records, day, after) for records in book]
    newcomer = client(contact(day + timedelta(days=after)), id=99, added=day + timedelta(days=after))
    assert place_all([*more, newcomer], day, DEFAULTS) == place_all(book, day, DEFAULTS)


@modest
@given(books(), near_today, st.randoms(use_true_random=False))
def test_the_order_of_entry_decides_nothing_but_what_happened_on_one_day(
    book: list[Records], day: date, random: Random
) -> None:
    other = [mixed_up(records, random) for records in random.sample(book, len(book))]
    before = {it.client: (it.tier, it.own_view, met(it)) for it in place_all(book, day, DEFAULTS).placements}
    after = {it.client: (it.tier, it.own_view, met(it)) for it in place_all(other, day, DEFAULTS).placements}
    assert after == before


@modest
@given(books(), days)
def test_everybody_known_is_placed_or_uncontacted_or_archived(book: list[Records], day: date) -> None:
    triangle = place_all(book, day, DEFAULTS)
    spoken_for = {placement.client for placement in triangle.placements}
    for records in book:
        hidden = any(spell.start <= day < (spell.end or date.max) for spell in records.archived)
        met_by_then = any(it.on <= day for it in records.contacts)
        assert (records.client in spoken_for) is (met_by_then and not hidden)
    assert len(spoken_for) + triangle.uncontacted <= len(book)


def test_a_place_can_be_asked_for_on_a_leap_day() -> None:
    records = client(contact(date(2023, 9, 2)), contact(date(2024, 2, 29)))
    assert placed(records, date(2024, 2, 29))
    assert "lasting" in met(placement_of(records, date(2024, 2, 29)))
    assert "lasting" not in met(placement_of(records, date(2024, 2, 28)))
