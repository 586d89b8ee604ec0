"""`habits`: what you give, week by week, and who had none of it."""

from typing import Any

import pytest

from tests.commands.conftest import UNNAMED, Book
from tests.conftest import Cli, Terminal


@pytest.fixture
def filled(book: Book) -> Book:
    """Jane and Bob were given something, Omar nothing; the others were never contacted."""
    for line in (
        "log|jane, bob|a card each|-c|note|-s|jane: thanked|-s|bob: thanked|--on|2026-11-18",
        "log|jane|showed another way|-s|suggested,put-first|--on|2026-09-02",
        "log|jane|too long ago|-s|owned|--on|2026-08-30",
        "log|omar|asked for help|-s|advice|--on|2026-11-19",
        "promise|jane|the deck|--by|2026-11-12|--on|2026-11-01",
        "move|1|2026-11-20|--told|--on|2026-11-11",
        "promise|jane|the list|--by|2026-11-12|--on|2026-11-01",
        "move|2|2026-11-20|--not-told|--on|2026-11-11",
    ):
        book.done(*line.split("|"))
    # Written down on a day to come, so that no answer about today may count it.
    book.done("log", "omar", "later", "-s", "helped", env={"C4L_TODAY": "2026-11-25"})
    return book


def weeks(answer: Any) -> dict[str, dict[str, int]]:
    """What was given in each week in which anything was."""
    given = {each["week"]: {habit: n for habit, n in each["counts"].items() if n} for each in answer["weeks"]}
    return {week: counts for week, counts in given.items() if counts}


def test_the_last_twelve_weeks_hold_what_you_gave_in_them(filled: Book) -> None:
    answer = filled.done("habits")

    assert (answer["since"], answer["until"], len(answer["weeks"])) == ("2026-08-31", "2026-11-22", 12)
    assert weeks(answer) == {
        "2026-W36": {"suggested": 1, "put-first": 1},
        "2026-W46": {"warned": 1},
        "2026-W47": {"thanked": 2},
    }
    assert answer["total"] == sum(answer["counts"].values()) == sum(each["total"] for each in answer["weeks"]) == 5


def test_clients_of_the_triangle_who_had_none_are_named(filled: Book) -> None:
    answer = filled.done("habits")

    assert answer["clients"] == 3
    assert [client["handle"] for client in answer["without"]] == ["omar-lund"]


def test_since_begins_with_the_week_of_that_day(filled: Book) -> None:
    assert filled.done("habits", "--since", "2026-08-30")["counts"]["owned"] == 1
    assert filled.done("habits", "--since", "2026-09-03")["counts"]["suggested"] == 1
    assert filled.done("habits", "--since", "today")["since"] == "2026-11-16"
    assert filled.done("habits", "--since", "2026-11-13")["counts"] == {
        **dict.fromkeys(filled.done("habits")["counts"], 0),
        "thanked": 2,
        "warned": 1,
    }


def test_lines_are_weeks_then_all_then_the_clients(filled: Book, cli: Cli) -> None:
    assert cli("habits", "--since", "2026-11-13").out == (
        "week\t2026-11-09\t0\t0\t0\t0\t0\t0\t1\t0\n"
        "week\t2026-11-16\t2\t0\t0\t0\t0\t0\t0\t0\n"
        "all\t2\t2\t0\t0\t0\t0\t0\t1\t0\n"
        "clients\t3\t1\n"
    )


def test_a_promise_that_is_broken_in_time_and_told_is_an_early_warning(filled: Book) -> None:
    filled.done("break", "1", "--told", "--on", "2026-11-20")

    assert filled.done("habits")["counts"]["warned"] == 2


def test_an_archived_client_is_not_asked_about(filled: Book) -> None:
    filled.done("client", "archive", "omar")

    assert (filled.done("habits")["clients"], filled.done("habits")["without"]) == (2, [])


def test_an_empty_book_has_empty_weeks(cli: Cli) -> None:
    answered = cli("habits", env=UNNAMED)

    assert (answered.code, answered.out.splitlines()[-1]) == (0, "clients\t0\t0")


def test_on_a_terminal_the_fullest_week_has_the_longest_bar(filled: Book, terminal: Terminal) -> None:
    rows = {line[:7].strip(): line.count("█") for line in terminal("habits", env={"NO_COLOR": "1"}).out.splitlines()}

    assert rows["16 Nov"] == rows["31 Aug"] == 2 * rows["9 Nov"] > 0
    assert rows["2 Nov"] == 0
    assert "1 of 3 clients had none of it: Omar Lund" in terminal("habits").out
