"""`graph`: contact over time, month by month and by channel, of everybody and of a client beside everybody."""

from typing import Any

import pytest

from tests.commands.conftest import UNNAMED, Book
from tests.conftest import Cli, Terminal


@pytest.fixture
def filled(book: Book) -> Book:
    """Calls and a visit with Jane, one with Bob as well; Omar writes; some lies before the year, some ahead."""
    for line in (
        "log|jane|said hello|--on|2026-09-30|-m|20",
        "log|jane, bob|a plan for both|--on|2026-11-01|-m|45",
        "log|jane|came by|-c|visit|--on|2026-11-22",
        "log|omar|a question|-c|email|--on|2026-11-02",
        "log|omar|another|-c|message|--on|2026-10-31",
        "log|bob|long ago|-c|meeting|--on|2025-11-30",
        "log|jane|to come|--on|2026-11-23",
    ):
        book.done(*line.split("|"))
    return book


def amounts(answer: Any) -> dict[str, tuple[int, int]]:
    """The interactions and minutes of each month that has any."""
    months = {each["month"]: (each["interactions"], each["minutes"]) for each in answer["months"]}
    return {month: amount for month, amount in months.items() if any(amount)}


def test_a_year_of_months_holds_everything_that_happened_in_it(filled: Book) -> None:
    answer = filled.done("graph")

    assert (answer["since"], answer["until"], len(answer["months"])) == ("2025-12-01", "2026-11-22", 12)
    assert amounts(answer) == {"2026-09": (1, 20), "2026-10": (1, 5), "2026-11": (3, 45 + 15 + 5)}
    assert (answer["interactions"], answer["minutes"]) == (5, 90)
    assert answer["channels"]["call"] == {"interactions": 2, "minutes": 65}
    assert answer["channels"]["gift"] == {"interactions": 0, "minutes": 0}
    assert answer["share"] == {"interactions": None, "minutes": None}, "everybody is no part of anything"
    assert answer["whole"]["interactions"] == 5


def test_a_client_is_shown_beside_the_whole(filled: Book) -> None:
    answer = filled.done("graph", "jane")

    assert answer["clients"] == [{"handle": "jane-doe", "name": "Jane Doe"}]
    assert amounts(answer) == {"2026-09": (1, 20), "2026-11": (2, 60)}
    assert answer["share"] == {"interactions": 0.6, "minutes": round(80 / 90, 4)}
    november = answer["months"][-1]
    assert november["whole"]["interactions"] == 3
    assert november["share"] == {"interactions": 0.6667, "minutes": round(60 / 65, 4)}
    assert answer["months"][-2]["share"] == {"interactions": 0, "minutes": 0}
    assert answer["months"][0]["share"] == {"interactions": None, "minutes": None}, "no part of nothing"


def test_several_clients_are_counted_together_and_what_they_shared_once(filled: Book) -> None:
    answer = filled.done("graph", "jane, bob", "--months", "13")

    assert [client["handle"] for client in answer["clients"]] == ["jane-doe", "bob-stone"]
    assert amounts(answer) == {"2025-11": (1, 15), "2026-09": (1, 20), "2026-11": (2, 60)}


@pytest.mark.parametrize(
    ("options", "since", "until", "interactions"),
    [
        (["--months", "1"], "2026-11-01", "2026-11-22", 3),
        (["--months", "2"], "2026-10-01", "2026-11-22", 4),
        (["--months", "13"], "2025-11-01", "2026-11-22", 6),
        (["--since", "2026-10-31"], "2026-10-01", "2026-11-22", 4),
        (["--since", "2025"], "2025-01-01", "2026-11-22", 6),
        (["--since", "today"], "2026-11-01", "2026-11-22", 3),
        (["--as-of", "2026-11-01"], "2025-12-01", "2026-11-01", 3),
        (["--as-of", "2026-10-30", "--months", "1"], "2026-10-01", "2026-10-30", 0),
        (["--as-of", "2026-11-23"], "2025-12-01", "2026-11-23", 6),
        (["--as-of", "2026-09-30", "--since", "29d"], "2026-09-01", "2026-09-30", 1),
    ],
)
def test_it_reaches_as_far_as_it_is_told(
    filled: Book, options: list[str], since: str, until: str, interactions: int
) -> None:
    answer = filled.done("graph", *options)

    assert (answer["since"], answer["until"], answer["interactions"]) == (since, until, interactions)
    assert (answer["months"][0]["starts_on"], answer["months"][-1]["month"]) == (since, until[:7])


def test_lines_are_a_month_and_a_channel_with_theirs_and_everybodys(filled: Book, cli: Cli) -> None:
    assert cli("graph", "jane", "--months", "2").out == (
        "2026-10\tmessage\t0\t0\t1\t5\n"
        "2026-11\tcall\t1\t45\t1\t45\n"
        "2026-11\temail\t0\t0\t1\t5\n"
        "2026-11\tvisit\t1\t15\t1\t15\n"
    )
    assert cli("graph", "--months", "2").out.splitlines()[0] == "2026-10\tmessage\t1\t5\t1\t5"
    assert cli("graph", "--months", "2", "--minutes") == cli("graph", "--months", "2"), "lines hold both measures"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--months", "3", "--since", "90d"], 2, "--months and --since both say where to begin"),
        (["--since", "2026-11-23"], 2, "Mon 23 Nov 2026 comes after Sun 22 Nov 2026, the end of the graph"),
        (["--months", "0"], 2, "--months"),
        (["--months", "1201"], 2, "--months"),
        (["--since", "soon"], 2, "soon"),
        (["--as-of", "soon"], 2, "soon"),
        (["nobody"], 3, "nobody"),
        (["--months", "1200", "zz"], 3, "zz"),
    ],
)
def test_what_cannot_be_drawn_is_refused(filled: Book, cli: Cli, words: list[str], code: int, message: str) -> None:
    filled.refused(cli("graph", *words), code, message)


def test_an_empty_book_has_months_without_anything(cli: Cli, book: Book) -> None:
    answered = cli("graph", env=UNNAMED)
    assert (answered.code, answered.out) == (0, "")
    assert [each["interactions"] for each in book.done("graph", "--since", "2026-10-01")["months"]] == [0, 0]
    assert "Nothing happened with Jane Doe in this time." in book.screen("graph", "jane")


def test_nothing_is_written(filled: Book) -> None:
    before = filled.path.read_bytes()
    filled.done("graph", "jane", "--minutes")
    assert filled.path.read_bytes() == before


def test_on_a_terminal_each_channel_has_a_shade_of_its_own_and_a_figure(filled: Book, terminal: Terminal) -> None:
    shown = terminal("graph", env={"NO_COLOR": "1"}).out
    rows = {line[:9].strip(): line for line in shown.splitlines()}

    assert "Aug 2026" not in rows, "it begins with the first month in which there was anything"
    assert [rows["Sep 2026"].count(shade) for shade in "█▓▒░"] == [1, 0, 0, 0]
    assert [rows["Nov 2026"].count(shade) for shade in "█▓▒░"] == [1, 1, 0, 1]
    assert all(named in shown for named in ("█ call", "▓ email", "▒ message", "░ visit"))
    assert "5 interactions, 1 h 30 min" in shown
    with_jane = terminal("graph", "jane", "--minutes", env={"NO_COLOR": "1"}).out
    assert "3 of 5 interactions (60 %), 1 h 20 min of 1 h 30 min (88 %)" in with_jane
