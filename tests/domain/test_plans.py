"""What a plan asks for in each case, in which words and in which order."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from c4l.domain.acts import INVITATIONS, Act, carried_out
from c4l.domain.evidence import LIFTING, case, depth, placed
from c4l.domain.placement import tier_on
from c4l.domain.plans import Plan
from c4l.domain.promises import overdue, standing
from c4l.domain.records import Records
from c4l.domain.terms import Party, Tier
from c4l.domain.thresholds import DEFAULTS, Thresholds
from tests.domain.books import TODAY, ago, broken, contact, honoured_promises, kept, promise, sign
from tests.domain.carried_out import LIFE, SILENT, plain_books, plan_for, tiers
from tests.domain.looks import peers_of

modest = settings(max_examples=40, deadline=None)


def texts(found: Plan) -> list[str]:
    return [step.text for step in found.steps]


def acts(found: Plan) -> list[Act]:
    return [step.act for step in found.steps]


def test_every_signal_that_lifts_has_an_act_that_invites_it() -> None:
    assert set(INVITATIONS) == LIFTING


# What is broken, and what is overdue.


def test_a_slip_is_owned_by_its_record_and_one_word_owns_them_all() -> None:
    slips = [sign("complaint", ago(19), number=88), sign("surprise", ago(40), number=70)]
    found = plan_for(LIFE._replace(signs=(*LIFE.signs, *slips)))

    assert texts(found) == ["own the complaint of Tue 3 Nov (i88) and the surprise of Tue 13 Oct (i70)"]
    [step] = found.steps
    assert [(each.kind, each.number) for each in step.about] == [("interaction", 88), ("interaction", 70)]
    assert step.commands[0].line == "c4l log client-1 NOTE -s owned"
    assert found.holds_on == TODAY


@pytest.mark.parametrize(("age", "steps"), [(0, 1), (7, 1), (8, 1), (364, 1), (365, 0)])
def test_a_slip_that_is_in_the_window_must_be_owned_before_it_counts(age: int, steps: int) -> None:
    records = LIFE._replace(signs=(*LIFE.signs, sign("complaint", ago(age))), promises=())
    assert acts(plan_for(records)).count(Act.own) == steps


def test_a_slip_that_does_not_count_yet_says_when_it_will() -> None:
    found = plan_for(LIFE._replace(signs=(*LIFE.signs[1:], sign("surprise", ago(3), number=9))))
    assert [step.why for step in found.steps] == [
        "by Fri 27 Nov: one surprise, 8 days old, not owned yet",
        "2 of 5 seen in a year, 3 needed",
    ]


@pytest.mark.parametrize(
    ("age", "text", "why"),
    [
        (8, "keep “send draft 22” (22)", "8 days overdue"),
        (2, "keep “send draft 22” (22)", "2 days overdue"),
        (0, "keep “send draft 22” (22), due Sun 22 Nov", "if it is not kept, it is in the way from Mon 30 Nov on"),
        (-6, "keep “send draft 22” (22), due Sat 28 Nov", "if it is not kept, it is in the way from Sun 6 Dec on"),
    ],
)
def test_what_is_overdue_or_will_be_before_all_is_done_is_kept_by_its_number(age: int, text: str, why: str) -> None:
    due = promise(ago(age), number=22, made=ago(20))
    found = plan_for(LIFE._replace(promises=(*honoured_promises(3), due), signs=LIFE.signs[1:]))
    assert [(step.text, step.why) for step in found.steps if step.act is Act.keep] == [(text, why)]


def test_what_is_late_only_after_the_horizon_is_no_step() -> None:
    due = promise(ago(-7), number=22)
    found = plan_for(LIFE._replace(promises=(*honoured_promises(3), due), signs=LIFE.signs[1:]))
    assert acts(found) == [Act.invite]


@pytest.mark.parametrize(("honoured", "movable"), [(3, True), (2, False)])
def test_to_move_what_is_overdue_is_named_where_it_would_do_as_well(honoured: int, movable: bool) -> None:
    [step] = plan_for(LIFE._replace(promises=(*honoured_promises(honoured), promise(ago(21), number=22)))).steps
    lines = [command.line for command in step.commands]
    assert lines == ["c4l keep 22", *(["c4l move 22 DAY --told"] if movable else [])]
    assert step.note == ("" if movable else "moving it alone does not lift: it counts once it is kept")


def test_of_two_that_are_overdue_no_more_may_be_moved_than_can_be_spared() -> None:
    late = (promise(ago(21), number=22), promise(ago(20), number=23))
    forgiving = Thresholds(reliable_missed=2)
    found = plan_for(LIFE._replace(promises=(*honoured_promises(2), *late)), thresholds=forgiving)
    assert [len(step.commands) for step in found.steps] == [2, 1]
    found = plan_for(LIFE._replace(promises=(*honoured_promises(3), *late)), thresholds=forgiving)
    assert [len(step.commands) for step in found.steps] == [2, 2]


# What they wait for, though no step needs it.


def test_a_favour_is_not_asked_before_what_they_wait_for_is_told() -> None:
    waits = SILENT._replace(promises=(promise(ago(19), number=4),), signs=(sign("complaint", ago(2), number=9),))
    found = plan_for(waits, to=Tier.key)

    assert Act.invite in acts(found)
    assert [each.text for each in found.first] == [
        "the complaint of Fri 20 Nov (i9) is not owned",
        "promise 4 is 19 days overdue",
    ]
    assert [each.command for each in found.first] == ["c4l log client-1 NOTE -s owned", "c4l keep 4"]


@pytest.mark.parametrize("to", [Tier.key, Tier.life])
def test_what_a_step_sees_to_is_not_told_twice(to: Tier) -> None:
    waits = LIFE._replace(
        promises=(*honoured_promises(3), promise(ago(9), number=22), promise(ago(3), number=23)),
        signs=(*LIFE.signs, sign("complaint", ago(30), number=88), sign("surprise", ago(2), number=90)),
    )
    found = plan_for(waits, to=to)
    both = {(each.kind, each.number) for step in found.steps for each in step.about}
    assert both.isdisjoint((each.kind, each.number) for each in found.first)
    assert [each.number for each in found.first] == ([] if to is Tier.life else [88, 90, 22, 23])


@pytest.mark.parametrize(
    ("records", "thresholds", "because"),
    [
        (
            LIFE._replace(
                signs=(*LIFE.signs, sign("complaint", ago(30), number=88), sign("surprise", ago(2), number=9))
            ),
            Thresholds(unbroken_grace_days=20),
            "one is too young to be in the way",
        ),
        (
            LIFE._replace(
                contacts=(contact(ago(120)), contact(ago(1))),
                signs=(*LIFE.signs, sign("complaint", ago(30), number=88), sign("surprise", ago(360), number=9)),
            ),
            DEFAULTS,
            "one is forgotten by the day that is waited for",
        ),
    ],
)
def test_who_owns_one_slip_need_not_be_told_of_another(records: Records, thresholds: Thresholds, because: str) -> None:
    found = plan_for(records, thresholds=thresholds)
    assert [each.number for step in found.steps for each in step.about] == [88], because
    assert found.first == (), because


@pytest.mark.parametrize(("days", "told"), [(0, 0), (1, 1), (400, 1)])
def test_what_they_wait_for_is_told_from_the_first_day_on_and_at_the_top_too(days: int, told: int) -> None:
    late = plan_for(LIFE._replace(promises=(*LIFE.promises, promise(ago(days), number=22, made=ago(401)))))
    told_of = {number for each in late.first for number in [each.number]} | {step.promise for step in late.steps}
    assert (22 in told_of) is bool(told)


@modest
@given(plain_books, tiers)
def test_whatever_is_overdue_is_a_step_or_told_before_the_steps(book: list[Records], to: Tier | None) -> None:
    for records in (each for each in book if placed(each, TODAY)):
        found = plan_for(records, *(each for each in book if each is not records), to=to)
        named = {each.number for each in found.first if each.kind == "promise"} | {s.promise for s in found.steps}
        late = {it.number for it in records.promises if it.by is Party.me and overdue(standing(it, TODAY), TODAY)}
        assert late <= named


def test_slips_come_first_then_the_longest_overdue_then_signs_then_promises() -> None:
    records = LIFE._replace(
        signs=(LIFE.signs[0], sign("complaint", ago(30))),
        promises=(promise(ago(9), number=22), promise(ago(40), number=21)),
    )
    found = plan_for(records)

    assert acts(found) == [Act.own, Act.keep, Act.keep, Act.invite, Act.invite, Act.promise]
    assert [step.promise for step in found.steps[1:3]] == [21, 22]


# Signs of trust.


@pytest.mark.parametrize(
    ("shown", "asked_for"),
    [
        ((), ["consulted", "advice", "early"]),
        (("consulted",), ["advice", "early"]),
        (("consulted", "early"), ["advice"]),
        (("advice", "consulted", "early"), []),
        (("advice", "consulted"), ["early"]),
        (("early", "door"), ["consulted"]),
    ],
)
def test_as_many_signs_are_invited_as_are_missing(shown: tuple[str, ...], asked_for: list[str]) -> None:
    found = plan_for(LIFE._replace(signs=tuple(sign(name, ago(11)) for name in shown)))
    lines = [step.commands[0].line for step in found.steps]
    assert lines == [f"c4l log client-1 NOTE -s {signal}" for signal in asked_for]


def test_a_sign_that_will_have_lapsed_by_the_day_is_invited_again_and_says_why() -> None:
    young = LIFE._replace(
        contacts=(contact(ago(100)), contact(ago(1))),
        signs=(sign("door", ago(300)), sign("early", ago(2)), sign("advice", ago(2))),
    )
    found = plan_for(young)

    assert acts(found) == [Act.invite, Act.wait]
    assert found.steps[0].why == "by Wed 10 Feb: 2 of 5 seen in a year, 3 needed"


# Promises.


def test_promises_that_are_made_already_are_kept_before_new_ones_are_made() -> None:
    due = TODAY + timedelta(days=5)
    records = LIFE._replace(promises=(*honoured_promises(1), promise(due, number=22)))
    found = plan_for(records)

    assert texts(found) == ["keep “send draft 22” (22), due Fri 27 Nov", "make a promise, and keep it"]
    assert [command.line for command in found.steps[0].commands] == ["c4l keep 22"]


@pytest.mark.parametrize(
    "useless",
    [
        promise(None, number=22),
        promise(ago(-5), number=22, by=Party.them),
    ],
    ids=["no due day", "theirs"],
)
def test_a_promise_that_cannot_be_honoured_earns_nothing(useless: object) -> None:
    found = plan_for(LIFE._replace(promises=(*honoured_promises(2), useless)))  # type: ignore[arg-type]
    assert texts(found) == ["make a promise, and keep it"]


@pytest.mark.parametrize(("missed", "honoured", "more"), [(1, 2, 0), (2, 2, 16), (2, 18, 0), (3, 0, 27), (3, 3, 24)])
def test_what_was_missed_is_outweighed_by_so_many_and_no_fewer(missed: int, honoured: int, more: int) -> None:
    misses = [promise(ago(100), broken(ago(90 + n)), number=30 + n) for n in range(missed)]
    found = plan_for(LIFE._replace(promises=(*honoured_promises(honoured), *misses)))

    assert [step.times for step in found.steps] == ([more] if more else [])
    if more:
        [step] = found.steps
        assert step.text == f"make {more} promises, and keep them"
        assert step.note == "or wait until Mon 23 Aug 2027: by then all but one of those missed will be a year old"


def test_few_promises_need_no_word_on_waiting() -> None:
    found = plan_for(LIFE._replace(promises=()))
    assert texts(found) == ["make 3 promises, and keep them"]
    assert found.steps[0].note == ""


# Time and silence.


def test_where_only_time_helps_it_says_how_long_and_until_when() -> None:
    found = plan_for(LIFE._replace(contacts=(contact(ago(120)), contact(ago(1)))))

    assert texts(found) == ["wait until Thu 21 Jan 2027: first contact was 120 days ago; 60 to go"]
    assert found.holds_on == ago(-60)
    assert [command.line for command in found.steps[0].commands] == ["c4l client edit client-1 --since DAY"]
    assert not found.steps[0].acceptable


def test_a_beginning_that_was_stated_is_not_asked_about_again() -> None:
    found = plan_for(LIFE._replace(contacts=(contact(ago(20)),), since=ago(120)))
    assert texts(found) == ["wait until Thu 21 Jan 2027: known for 120 days; 60 to go"]
    assert found.steps[0].commands == ()


@pytest.mark.parametrize(("age", "steps"), [(120, []), (121, ["get in touch"])])
def test_a_silence_is_ended_by_being_in_touch(age: int, steps: list[str]) -> None:
    assert texts(plan_for(LIFE._replace(contacts=(contact(ago(400)), contact(ago(age)))))) == steps


def test_what_is_done_anyway_ends_the_silence_too() -> None:
    found = plan_for(LIFE._replace(contacts=(contact(ago(400)), contact(ago(200))), signs=LIFE.signs[1:]))
    assert acts(found) == [Act.invite]


def test_who_waits_for_long_must_be_in_touch_on_the_way() -> None:
    found = plan_for(LIFE._replace(contacts=(contact(ago(10)),)))
    assert texts(found) == [
        "be in touch on Mon 25 Jan or later",
        "wait until Tue 11 May 2027: first contact was 10 days ago; 170 to go",
    ]
    assert found.steps[0].why == "on Tue 25 May the last contact may be 120 days ago at most"


def test_what_helps_only_later_is_told_after_what_is_to_be_done_now() -> None:
    slip = sign("complaint", ago(9))
    found = plan_for(LIFE._replace(contacts=(contact(ago(10)),), signs=(*LIFE.signs[1:], slip), promises=()))
    assert acts(found) == [Act.own, Act.invite, Act.promise, Act.contact, Act.wait]
    days = [step.on for step in found.steps]
    assert days == sorted(days)


def test_what_falls_due_while_it_is_waited_is_kept_in_time_and_not_late() -> None:
    quick = Thresholds(window_days=60)
    owed = [promise(ago(-days), number=days) for days in (30, 50, 70)]
    young = LIFE._replace(contacts=(contact(ago(100)),), promises=tuple(owed))
    found = plan_for(young, thresholds=quick)
    assert found.holds_on is not None

    done = carried_out(young, found.steps)
    assert [step.promise for step in found.steps if step.act is Act.keep] == [30, 50, 70]
    for day in (found.holds_on, found.holds_on + timedelta(days=14)):
        assert depth(done, day, quick).missed == 0
        assert tier_on(case(done, peers_of([done], day, quick), day, quick)) is Tier.life


# What is told of each.


@pytest.mark.parametrize(
    ("records", "why"),
    [
        (
            LIFE._replace(contacts=(contact(ago(400)), contact(ago(170)))),
            "1 year 1 month, last contact 5 months ago",
        ),
        (
            LIFE._replace(signs=(*LIFE.signs, sign("complaint", ago(20)))),
            "one complaint, 20 days old, not owned yet",
        ),
        (
            LIFE._replace(promises=(*honoured_promises(1), promise(ago(350), broken(ago(355)), number=9))),
            "1 of 2 promises honoured",
        ),
    ],
    ids=["lasting", "unbroken", "reliable"],
)
def test_what_is_wrong_today_is_told_as_it_is_today(records: Records, why: str) -> None:
    [step] = plan_for(records).steps
    assert step.why == why


# What was accepted.


def test_a_step_that_was_made_a_promise_is_one_step_with_both_commands_while_it_is_open() -> None:
    records = LIFE._replace(signs=LIFE.signs[1:])
    [step] = plan_for(records).steps
    accepted = promise(ago(-5), number=31)._replace(what=step.text)

    [again] = plan_for(records._replace(promises=(*records.promises, accepted))).steps
    assert (again.promise, again.acceptable, step.acceptable) == (31, False, True)
    assert [each.line for each in again.commands] == [*(each.line for each in step.commands), "c4l keep 31"]
    done = accepted._replace(events=(kept(TODAY),))
    [after] = plan_for(records._replace(promises=(*records.promises, done))).steps
    assert after.promise is None


@pytest.mark.parametrize("due", [ago(21), ago(2), ago(-5), ago(-40), None])
def test_what_was_accepted_is_never_told_twice_and_counts_once_it_is_kept(due: date | None) -> None:
    slip = sign("surprise", ago(3), number=9)
    records = LIFE._replace(signs=(*LIFE.signs[1:], slip), promises=honoured_promises(2))
    own, invite, promises = plan_for(records).steps
    accepted = [promise(due, number=31 + n, made=ago(30))._replace(what=s.text) for n, s in enumerate((own, invite))]
    found = plan_for(records._replace(promises=(*records.promises, *accepted)))

    assert [(step.act, step.promise) for step in found.steps[:2]] == [(Act.own, 31), (Act.invite, 32)]
    in_time = due is not None and due >= TODAY
    assert len(found.steps) == (2 if in_time else 3)
    assert promises.act is Act.promise


@pytest.mark.parametrize(
    ("due", "taken"),
    [((20, 5), 32), ((5, 20), 31), ((None, 5), 32), ((5, None), 31), ((-3, 5), 31), ((None, None), 31)],
)
def test_of_two_that_say_the_same_the_next_due_is_taken(due: tuple[int | None, int | None], taken: int) -> None:
    records = LIFE._replace(signs=LIFE.signs[1:])
    [step] = plan_for(records).steps
    accepted = [
        promise(None if days is None else ago(-days), number=31 + n)._replace(what=step.text)
        for n, days in enumerate(due)
    ]
    found = plan_for(records._replace(promises=(*records.promises, *accepted)))
    assert [each.promise for each in found.steps if each.act is Act.invite] == [taken]
