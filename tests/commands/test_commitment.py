"""Making or moving a promise says how much its week holds, against the most that was ever lately honoured in one."""

import pytest

from tests.commands.conftest import Book
from tests.conftest import Cli

FRIDAYS = ("2026-10-16", "2026-10-23", "2026-10-30", "2026-11-06")
"""Of four of the twelve full weeks before 22 November 2026."""

WITHIN = "2 of yours are due that week; the most you have honoured in one is 2"
OVER = "3 of yours are due that week, more than the 2 you have honoured in one"


def keep_two_in_each_of(book: Book, fridays: tuple[str, ...]) -> None:
    for friday in fridays:
        for what in ("one part", "another part"):
            number = book.done("promise", "bob", what, "--by", friday, "--on", "2026-10-01")["number"]
            book.done("keep", str(number), "--on", friday)


@pytest.fixture
def proven(book: Book) -> Book:
    """A book in which two promises were honoured in each of four weeks."""
    keep_two_in_each_of(book, FRIDAYS)
    return book


def promise(book: Book, by: str = "2026-11-27", *more: str) -> dict[str, object] | None:
    week: dict[str, object] | None = book.done("promise", "jane", "the deck", "--by", by, *more)["week"]
    return week


def test_each_promise_tells_what_its_week_then_holds_and_goes_past_the_most_in_silence_never(proven: Book) -> None:
    week = {"week": "2026-W48", "most_honoured": 2}
    assert promise(proven) == {**week, "due": 1, "over": False}
    assert promise(proven, "2026-11-23") == {**week, "due": 2, "over": False}
    assert promise(proven, "2026-11-29") == {**week, "due": 3, "over": True}
    assert promise(proven, "2026-11-30") == {**week, "week": "2026-W49", "due": 1, "over": False}


def test_a_terminal_tells_it_in_one_line(proven: Book, cli: Cli) -> None:
    promise(proven)
    made = ("promise", "jane", "a list", "--by", "2026-11-27")
    assert WITHIN in cli(*made, tty=True).out
    assert OVER in cli(*made, tty=True).out
    assert cli(*made, tty=True).code == 0, "it never refuses"


def test_plain_lines_tell_it_in_three_more_cells(proven: Book, cli: Cli) -> None:
    told = cli("promise", "jane", "the deck", "--by", "2026-11-27")
    assert told.out.rstrip("\n").split("\t")[8:] == ["2026-W48", "1", "2"]
    assert told.err == ""


def test_a_move_counts_in_the_week_that_it_leads_to(proven: Book) -> None:
    promise(proven)
    number = book_number(proven)
    promise(proven, "2026-12-04")
    moved = proven.done("move", number, "2026-12-03", "--told")
    assert moved["week"] == {"week": "2026-W49", "due": 2, "most_honoured": 2, "over": False}
    assert promise(proven)["due"] == 1, "it left its first week"  # type: ignore[index]


def book_number(book: Book) -> str:
    return str(book.rows("SELECT max(id) FROM promise")[0][0])


def test_what_is_logged_tells_each_of_its_weeks_once(proven: Book, cli: Cli) -> None:
    said = ("-i", "the deck by 27 nov", "-i", "a list by 25 nov", "-i", "figures by 4 dec", "-i", "some day")
    logged = proven.done("log", "jane", "talked", *said)
    assert [each["week"] and each["week"]["due"] for each in logged["promises"]] == [2, 2, 1, None]

    plain = cli("log", "jane", "talked", *said).out.splitlines()
    assert [line.split("\t")[1:] for line in plain if line.startswith("week\t")] == [
        ["2026-W48", "4", "2"],
        ["2026-W49", "2", "2"],
    ]
    drawn = cli("log", "jane", "talked", *said, tty=True).out
    assert "6 of yours are due in week 48, more than the 2 you have honoured in one" in drawn
    assert "3 of yours are due in week 49, more than the 2 you have honoured in one" in drawn


def test_only_open_promises_of_yours_fill_a_week(proven: Book) -> None:
    proven.done("promise", "jane", "an answer", "--by", "2026-11-27", "--theirs")
    promise(proven)
    proven.done("keep", book_number(proven))
    promise(proven)
    proven.done("release", book_number(proven))
    assert promise(proven)["due"] == 1  # type: ignore[index]


@pytest.mark.parametrize(
    "words",
    [
        ("promise", "jane", "an answer", "--by", "2026-11-27", "--theirs"),
        ("promise", "jane", "some day"),
        ("promise", "jane", "what was due last week", "--by", "2026-11-15"),
    ],
)
def test_nothing_is_said_where_there_is_no_week_of_yours_to_plan(proven: Book, words: tuple[str, ...]) -> None:
    assert proven.done(*words)["week"] is None


@pytest.mark.parametrize("verb", ["keep", "break", "release"])
def test_nothing_is_said_when_a_promise_ends(proven: Book, verb: str) -> None:
    promise(proven)
    ended = proven.done(verb, book_number(proven))
    assert (ended[0] if verb == "keep" else ended)["week"] is None


def test_nothing_is_said_before_four_weeks_have_an_honoured_one(book: Book) -> None:
    keep_two_in_each_of(book, FRIDAYS[:3])
    assert promise(book) is None
    # A fourth week in which something was kept, but late, is no week with an honoured one.
    number = book.done("promise", "bob", "a part", "--by", FRIDAYS[3], "--on", "2026-10-01")["number"]
    book.done("keep", str(number), "--on", "2026-11-07")
    assert promise(book) is None
    keep_two_in_each_of(book, FRIDAYS[3:])
    assert promise(book) is not None


@pytest.mark.parametrize(
    ("friday", "today", "looked_back_on"),
    [
        ("2026-08-28", "2026-11-22", True),
        ("2026-08-21", "2026-11-22", False),
        ("2026-08-28", "2026-11-23", False),  # Monday: the window has moved on
        ("2026-11-13", "2026-11-22", True),
        ("2026-11-20", "2026-11-22", False),  # this week is not over
        ("2026-11-20", "2026-11-23", True),
    ],
)
def test_twelve_full_weeks_are_looked_back_on(book: Book, friday: str, today: str, looked_back_on: bool) -> None:
    keep_two_in_each_of(book, ("2026-10-16", "2026-10-23", "2026-10-30"))
    number = book.done("promise", "bob", "a part", "--by", friday, "--on", "2026-08-01")["number"]
    book.done("keep", str(number), "--on", "2026-08-20")
    week = book.done("promise", "jane", "x", "--by", "2026-12-04", env={"C4L_TODAY": today})["week"]
    assert (week is not None) is looked_back_on
