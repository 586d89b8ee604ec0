"""What does not add up: each check on the day on which it begins to doubt, and what it leaves alone."""

import shlex
from datetime import date, timedelta

import pytest

from c4l.domain.cadence import Silence
from c4l.domain.checks import CHECKS, findings
from c4l.domain.clients import KeyDate
from c4l.domain.doubts import Book, Owed, Plan
from c4l.domain.evidence import window
from c4l.domain.own_view import own_view
from c4l.domain.records import Part
from c4l.domain.terms import ClientRef, Party, Tier
from c4l.domain.thresholds import DEFAULTS
from tests.domain.books import JANE, TODAY, ago, stated

EMPTY = Book(TODAY)


def found(book: Book, *, strict: bool = True) -> list[str]:
    return [finding.check.name for finding in findings(book, strict=strict)]


def commands(book: Book) -> list[str]:
    return [finding.command for finding in findings(book, strict=True)]


def owed(due: date | None, by: Party = Party.me, *, archived: bool = False) -> Book:
    return EMPTY._replace(owed=[Owed(14, JANE, by, "send the deck", ago(200), due, archived)])


def view(tier: Tier, said: str | None, days_ago: int) -> Book:
    statements = {Part.tier: stated(Part.tier, said, ago(days_ago))}
    return EMPTY._replace(views=[own_view(JANE, tier, statements, window(TODAY, DEFAULTS))])


def lunch(days_ago: int, touched: int, number: int = 88, beside: tuple[int, ...] = ()) -> Plan:
    return Plan(number, ago(days_ago), (JANE,), "lunch\nat one", ago(touched), beside)


def plan(days_ago: int, touched: int) -> Book:
    return EMPTY._replace(plans=[lunch(days_ago, touched)])


def silence(added: int = 400, next_on: date | None = None, last_on: date | None = None, **more: object) -> Silence:
    return Silence(JANE, ago(added), next_on=next_on, last_on=last_on)._replace(**more)  # type: ignore[arg-type]


def test_a_book_in_which_nothing_was_recorded_adds_up() -> None:
    assert found(EMPTY) == []


@pytest.mark.parametrize(
    ("book", "names"),
    [
        (owed(None), ["undated"]),
        (owed(None, Party.them), ["undated-theirs"]),
        (owed(None, archived=True), ["archived"]),
        (owed(ago(-5), Party.them, archived=True), ["archived"]),
        (owed(ago(200), archived=True), ["archived"]),
        (owed(ago(90)), []),
        (owed(ago(91)), ["long-overdue"]),
        (owed(ago(91), Party.them), ["long-overdue"]),
    ],
)
def test_promises(book: Book, names: list[str]) -> None:
    assert found(book) == names


@pytest.mark.parametrize(
    ("book", "names"),
    [
        (view(Tier.key, "life", 364), ["own-view"]),
        (view(Tier.key, "life", 365), ["no-view"]),
        (view(Tier.base, "life", 365), []),
        (view(Tier.key, "key", 364), []),
        (view(Tier.key, None, 30), []),
        (view(Tier.life, None, 365), ["no-view"]),
    ],
)
def test_views(book: Book, names: list[str]) -> None:
    assert found(book) == names


@pytest.mark.parametrize(
    ("book", "doubtful", "because"),
    [
        (plan(15, 16), True, "nobody touched it since the day before"),
        (plan(14, 15), False, "two weeks ago is not long"),
        (plan(15, 15), False, "it was written or mended on its day"),
        (plan(15, 3), False, "somebody said how it went"),
    ],
)
def test_plans(book: Book, doubtful: bool, because: str) -> None:
    assert found(book) == ["plan"] * doubtful, because


@pytest.mark.parametrize(
    ("plans", "numbers"),
    [
        ([lunch(20, 30, 1), lunch(18, 30, 2)], [1, 2]),
        ([lunch(20, 30, 1, beside=(7,))], []),
        ([lunch(20, 30, 1, beside=(2,)), lunch(20, 30, 2, beside=(1,))], [1, 2]),
        ([lunch(20, 30, 1, beside=(2, 7)), lunch(20, 30, 2, beside=(1,))], [2]),
        ([lunch(20, 30, 1, beside=(2,)), lunch(20, 20, 2, beside=(1,))], []),
    ],
    ids=["of two days", "beside a word", "beside a plan", "beside both", "beside one that was spoken of"],
)
def test_a_plan_is_spoken_of_beside_it_too_but_not_in_another_plan(plans: list[Plan], numbers: list[int]) -> None:
    told = findings(EMPTY._replace(plans=plans))
    assert [finding.doubt.number for finding in told] == numbers


@pytest.mark.parametrize(("clock_days_ago", "doubtful"), [(-9, True), (0, True), (20, True), (21, False)])
def test_of_a_day_that_the_true_clock_has_not_come_to_nothing_is_known(clock_days_ago: int, doubtful: bool) -> None:
    assert found(plan(20, 30)._replace(clock_on=ago(clock_days_ago))) == ["plan"] * doubtful


@pytest.mark.parametrize(
    ("book", "names"),
    [
        (silence(90), []),
        (silence(91), ["never-contacted"]),
        (silence(91, last_on=ago(91)), []),
        (silence(91, planned=True), []),
        (silence(91, cadence_days=30), []),
        (silence(91, next_on=ago(-3)), []),
        (silence(next_on=ago(30), last_on=ago(60)), []),
        (silence(next_on=ago(31), last_on=ago(60)), ["next"]),
        (silence(next_on=ago(31), last_on=ago(31)), []),
        (silence(next_on=ago(31), last_on=ago(60), planned=True), []),
        (silence(next_on=ago(31), last_on=ago(60), snoozed_until=ago(-1)), []),
        (silence(next_on=ago(31), last_on=ago(60), snoozed_until=TODAY), ["next"]),
    ],
)
def test_silences(book: Silence, names: list[str]) -> None:
    assert found(EMPTY._replace(silences=[book])) == names


@pytest.mark.parametrize(("days", "doubtful"), [(366, False), (367, True)])
def test_what_lies_more_than_a_year_ahead_may_be_a_slip(days: int, doubtful: bool) -> None:
    ahead = Plan(88, TODAY + timedelta(days=days), (JANE,), "the fair")
    assert found(EMPTY._replace(ahead=[ahead])) == ["far-ahead"] * doubtful


@pytest.mark.parametrize(
    ("each", "doubtful"),
    [
        (KeyDate("birthday", 2, 29), False),
        (KeyDate("birthday", 2, 30), True),
        (KeyDate("birthday", 2, 29, 1988), False),
        (KeyDate("birthday", 2, 29, 1987), True),
        (KeyDate("birthday", 13, 1), True),
        (KeyDate("Birthday", 11, 23, 2026), True),
        (KeyDate("birthday", 11, 22, 2026), False),
        (KeyDate("renewal", 3, 1, 2027), False),
    ],
)
def test_key_dates(each: KeyDate, doubtful: bool) -> None:
    assert found(EMPTY._replace(key_dates=[(JANE, each)])) == ["key-date"] * doubtful


@pytest.mark.parametrize(("count", "doubtful"), [(4, False), (5, True)])
def test_who_is_given_much_and_shows_nothing(count: int, doubtful: bool) -> None:
    assert found(EMPTY._replace(given=[(JANE, count)])) == ["one-sided"] * doubtful


@pytest.mark.parametrize(
    ("book", "command"),
    [
        (owed(None), "c4l move 14 DAY"),
        (owed(ago(91)), "c4l break 14"),
        (owed(ago(91), Party.them), "c4l release 14"),
        (view(Tier.key, "life", 3), "c4l assess client-1 --tier key"),
        (plan(15, 16), "c4l edit i88 --note NOTE"),
    ],
)
def test_the_command_names_the_record(book: Book, command: str) -> None:
    assert commands(book) == [command]


def test_a_label_of_several_words_is_one_word_of_the_command() -> None:
    label = "first day's end; rm -r *"
    [command] = commands(EMPTY._replace(key_dates=[(JANE, KeyDate(label, 2, 30))]))
    assert shlex.split(command) == ["c4l", "date", "client-1", label, "DAY"]


def test_a_name_in_braces_is_only_a_name() -> None:
    odd = ClientRef(1, "x-{number}", "{handle}")
    [command] = commands(EMPTY._replace(given=[(odd, 9)]))
    assert command == "c4l log x-{number} NOTE -s SIGNAL"


def test_only_who_asks_to_know_it_all_is_told_the_softer_ones() -> None:
    book = owed(None)._replace(given=[(JANE, 9)])
    assert found(book, strict=False) == ["undated"]
    assert found(book) == ["undated", "one-sided"]


def test_the_table_has_each_name_once_and_says_why() -> None:
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
    assert all(check.why.endswith(".") and check.mend.startswith("c4l ") for check in CHECKS)
    assert [check.strict for check in CHECKS] == sorted(check.strict for check in CHECKS)
