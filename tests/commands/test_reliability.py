"""`c4l reliability`: a small book in which one thing of each kind happened, told in all three looks."""

import re
from typing import Any

import pytest

from tests.commands.conftest import UNNAMED, Book
from tests.conftest import Cli


def promised(book: Book, who: str, due: str, *verb: str, theirs: bool = False, on: str = "2026-09-01") -> None:
    """A promise made in September, and what then happened to it."""
    side = ["--theirs"] if theirs else []
    number = book.done("promise", who, f"by {due}", "--by", due, "--on", on, *side)["number"]
    if verb:
        book.done(verb[0], str(number), *verb[1:])


@pytest.fixture
def year(book: Book) -> Book:
    promised(book, "jane", "2026-09-10", "keep", "--on", "2026-09-10")
    promised(book, "jane", "2026-09-11", "keep", "--on", "2026-09-14")
    promised(book, "jane", "2026-10-01", "break", "--on", "2026-09-30", "--told", "--because", "no budget")
    promised(book, "bob", "2026-11-20")
    promised(book, "bob", "2026-11-13", "move", "2026-11-18", "--on", "2026-11-13", "--told", "--because", "ill")
    promised(book, "omar", "2026-10-30", "keep", "--on", "2026-10-28")
    promised(book, "omar", "2026-10-02", "keep", "--on", "2026-10-06", theirs=True)
    promised(book, "omar", "2027-01-02", "move", "2027-01-09", "--told", "--because", "their fair")
    return book


def test_every_figure_of_both_sides_is_told(year: Book) -> None:
    told = year.done("reliability")
    months = told["mine"].pop("months")
    assert (told["since"], told["until"]) == ("2025-11-23", "2026-11-22")
    assert told["mine"] == {
        "counted": 6,
        "honoured": 2,
        "share": 0.3333,
        "first_day": 2,
        "kept_late": 1,
        "moved_untold": 0,
        "broken": 1,
        "released_late": 0,
        "overdue": 2,
        "told_early": 2,
        "late_days_median": 3,
    }
    assert (told["theirs"]["counted"], told["theirs"]["share"], told["theirs"]["late_days_median"]) == (1, None, 4)
    assert len(months) == 13
    assert months[-3:] == [
        {"month": "2026-09", "counted": 3, "honoured": 1},
        {"month": "2026-10", "counted": 1, "honoured": 1},
        {"month": "2026-11", "counted": 2, "honoured": 0},
    ]


def test_clients_are_told_worst_first_and_lessons_newest_first(year: Book) -> None:
    told = year.done("reliability")
    assert [(row["client"]["handle"], row["mine"]["honoured"], row["mine"]["counted"]) for row in told["clients"]] == [
        ("bob-stone", 0, 2),
        ("jane-doe", 1, 3),
        ("omar-lund", 1, 1),
    ]
    assert [(each["on"], each["verb"], each["because"]) for each in told["learned"]] == [
        ("2026-11-22", "moved", "their fair"),
        ("2026-11-13", "moved", "ill"),
        ("2026-09-30", "broken", "no budget"),
    ]


@pytest.mark.parametrize(
    ("who", "counted", "clients"),
    [("jane", 3, ["jane-doe"]), ("jane, bob", 5, ["bob-stone", "jane-doe"]), ("may", 0, [])],
)
def test_it_is_narrowed_to_clients(year: Book, who: str, counted: int, clients: list[str]) -> None:
    told = year.done("reliability", who)
    assert told["mine"]["counted"] == counted
    assert [row["client"]["handle"] for row in told["clients"]] == clients


@pytest.mark.parametrize(
    ("since", "first", "counted"),
    [
        ("1y", "2025-11-23", 6),
        ("365d", "2025-11-23", 6),
        ("2026-09-30", "2026-09-30", 4),
        ("2026-10-01", "2026-10-01", 3),
        ("2025", "2025-01-01", 6),
        ("october", "2026-10-01", 3),
        ("1d", "2026-11-22", 2),
        ("today", "2026-11-22", 2),
    ],
)
def test_a_span_is_so_many_days_with_today_and_a_day_counts_itself(
    year: Book, since: str, first: str, counted: int
) -> None:
    told = year.done("reliability", "--since", since)
    assert (told["since"], told["mine"]["counted"]) == (first, counted)


def test_a_day_to_come_is_refused(year: Book, cli: Cli) -> None:
    year.refused(cli("reliability", "--since", "2026-11-23"), 2, "Mon 23 Nov 2026 has not come yet")


def test_by_anything_but_client_is_refused(year: Book, cli: Cli) -> None:
    year.refused(cli("reliability", "--by", "month"), 2, "client")


def test_the_usual_window_is_that_of_the_triangle(year: Book) -> None:
    assert year.done("reliability", env={"C4L_TRIANGLE_WINDOW_DAYS": "60"})["since"] == "2026-09-24"


def lines(cli: Cli, *words: str) -> list[list[str]]:
    return [line.split("\t") for line in cli("reliability", *words).out.splitlines()]


def test_plain_lines_begin_with_what_they_hold(year: Book, cli: Cli) -> None:
    told = lines(cli, "--since", "october", "--by", "client")
    assert [line for line in told if line[0] in ("reliability", "client")] == [
        ["reliability", "me", "3", "1", "", "1", "0", "0", "0", "0", "2", "1", "3"],
        ["reliability", "them", "1", "0", "", "0", "1", "0", "0", "0", "0", "0", "4"],
        ["client", "bob-stone", "2", "0", "0", "0"],
        ["client", "omar-lund", "1", "1", "1", "0"],
    ]
    assert ["month", "me", "2026-10", "1", "1"] in told
    assert ["learned", "5", "bob-stone", "me", "moved", "2026-11-13", "by 2026-11-13", "ill"] in told
    assert "client" not in {line[0] for line in lines(cli)}


def drawn(cli: Cli, *words: str) -> str:
    """The screen, without its colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", cli("reliability", *words, tty=True).out)


def test_a_terminal_shows_months_or_clients(year: Book, cli: Cli) -> None:
    months = drawn(cli)
    assert "Sep 2026  █░░    1 of 3" in months
    assert "c4l promises --overdue --mine" in months

    clients, lessons = drawn(cli, "--by", "client", "--limit", "1").split("What was learned")
    assert "Bob Stone  0 of 2  2 overdue" in clients
    assert "Omar Lund" not in clients
    assert "Sep 2026" not in clients
    for part in (clients, lessons):
        assert "and 2 more: --limit 0 shows them all" in part


def test_an_empty_book_says_that_nothing_counts(cli: Cli) -> None:
    assert "Nothing counts yet" in cli("reliability", tty=True, env=UNNAMED).out


def test_what_the_triangle_counts_is_what_reliability_counts(year: Book) -> None:
    for handle in ("jane", "bob", "omar"):
        year.done("log", handle, "talked")
    told: dict[str, Any] = year.done("reliability", "jane")
    [finding] = [each for each in year.done("why", "jane")["findings"] if each["criterion"] == "reliable"]
    assert finding["measured"].startswith(f"{told['mine']['honoured']} of {told['mine']['counted']}")
