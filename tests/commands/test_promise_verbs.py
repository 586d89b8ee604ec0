"""`c4l keep`, `move`, `break` and `release`: what can happen to a promise, and what never does."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commands.conftest import Book
from tests.conftest import Cli, Terminal

MADE, DUE, TODAY = "2026-11-02", "2026-11-24", "2026-11-22"
KNOWS = "Does Jane Doe know already? [y/N] "
WHY = "Why? "
BACK = "How do you get back on track? "


@pytest.fixture
def owed(book: Book) -> Book:
    """Promises made on 2 November: 1 to 3 of yours to Jane, due on the 24th; 4 of hers; 5 without a due day."""
    for words in (("deck",), ("figures",), ("minutes",), ("order", "--theirs")):
        book.done("promise", "jane", *words, "--by", DUE, "--on", MADE)
    book.done("promise", "jane", "a book", "--on", MADE)
    return book


def stand(book: Book) -> list[tuple[Any, ...]]:
    return book.rows("SELECT id, state, due_on, closed_on FROM promise ORDER BY id")


OPEN = [(1, "open", DUE, None), (2, "open", DUE, None), (3, "open", DUE, None), (4, "open", DUE, None)]
UNTOUCHED = [*OPEN, (5, "open", None, None)]


# Closing them


@pytest.mark.parametrize(
    ("words", "number", "state", "closed_on"),
    [
        (["keep", "1"], 1, "kept", TODAY),
        (["done", "1"], 1, "kept", TODAY),
        (["keep", "1", "--on", "yesterday"], 1, "kept", "2026-11-21"),
        (["keep", "1", "--on", MADE], 1, "kept", MADE),
        (["keep", "#4"], 4, "kept", TODAY),
        (["keep", "5"], 5, "kept", TODAY),
        (["break", "2"], 2, "broken", TODAY),
        (["break", "4", "--on", "friday"], 4, "broken", "2026-11-20"),
        (["release", "3"], 3, "released", TODAY),
        (["release", "#5", "--on", "3d"], 5, "released", "2026-11-19"),
    ],
)
def test_a_promise_is_closed_on_its_day(owed: Book, words: list[str], number: int, state: str, closed_on: str) -> None:
    answered = owed.done(*words)

    [promise] = answered if isinstance(answered, list) else [answered]
    assert (promise["number"], promise["state"], promise["closed_on"]) == (number, state, closed_on)
    assert owed.done("show", str(number)) == promise
    assert [row for row in stand(owed) if row[1] != "open"] == [(number, state, promise["due_on"], closed_on)]


@pytest.mark.parametrize(
    ("words", "told", "because"),
    [
        (["break", "1"], False, None),
        (["break", "1", "--told", "--because", "the vendor [closed] 😀"], True, "the vendor [closed] 😀"),
        (["break", "1", "--because", ""], False, None),
        (["release", "1", "--because", "they found it"], False, "they found it"),
    ],
)
def test_why_it_was_closed_is_kept(owed: Book, words: list[str], told: bool, because: str | None) -> None:
    promise = owed.done(*words)

    assert (promise["told"], promise["because"]) == (told, because)
    assert owed.rows("SELECT told, because FROM promise_event") == [(int(told), because)]


@pytest.mark.parametrize(
    ("words", "echo"),
    [
        (["keep", "1"], "you owed Jane Doe · kept Sun 22 Nov 2026, in time"),
        (["keep", "4"], "Jane Doe owed you · kept Sun 22 Nov 2026, in time"),
        (["break", "1", "--told"], "broken Sun 22 Nov 2026, told"),
        (["break", "1"], "broken Sun 22 Nov 2026, untold"),
        (["release", "1", "--because", "no need"], "“no need”"),
        (["move", "1", "2026-11-10", "--told"], "due Tue 10 Nov 2026, already 12 days overdue"),
        (["move", "1", "1", "dec", "--told", "--plan", "Bob covers"], "the plan: Bob covers"),
    ],
)
def test_the_echo_says_where_it_stands_now(owed: Book, words: list[str], echo: str) -> None:
    assert echo in owed.screen(*words)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (["1", "2"], [1, 2]),
        (["1,2"], [1, 2]),
        (["1,", "2"], [1, 2]),
        (["1, 2", "#4"], [1, 2, 4]),
        (["2", "1", "2"], [2, 1]),
        (["1", "#1", "01"], [1]),
    ],
)
def test_several_are_kept_at_once_each_once(owed: Book, cli: Cli, words: list[str], kept: list[int]) -> None:
    answered = cli("keep", *words)

    assert (answered.code, answered.err) == (0, "")
    assert [int(line.split("\t")[0]) for line in answered.out.splitlines()] == kept
    assert [row[0] for row in stand(owed) if row[1] == "kept"] == sorted(kept)
    assert owed.rows("SELECT count(*) FROM promise_event") == [(len(kept),)]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["1", "99"], 3, "there is no promise 99"),
        (["1", "2", "i3"], 2, "i3 is an interaction, not a promise"),
        (["1,two"], 2, "“two” is not the number of a promise"),
        (["1", "2", "--on", "2026-11-01"], 2, "promise 1 was made on Mon 2 Nov 2026"),
    ],
)
def test_several_are_kept_together_or_not_at_all(owed: Book, cli: Cli, words: list[str], code: int, told: str) -> None:
    owed.refused(cli("keep", *words), code, told)
    assert stand(owed) == UNTOUCHED


def test_one_that_is_closed_already_keeps_the_others_open(owed: Book, cli: Cli) -> None:
    owed.done("break", "2", "--on", "yesterday")

    answered = cli("keep", "1", "2", "3")
    owed.refused(answered, 4, "promise 2 was broken on Sat 21 Nov 2026", "a closed promise stays closed", "c4l show 2")
    assert [row[1] for row in stand(owed)] == ["open", "broken", "open", "open", "open"]


# What cannot happen


@pytest.mark.parametrize("verb", [["keep"], ["break"], ["release"], ["move", "--told"]])
@pytest.mark.parametrize(
    ("number", "code", "told"),
    [
        ("99", 3, ["there is no promise 99", "c4l promises lists them"]),
        ("0", 3, ["there is no promise 0"]),
        ("i3", 2, ["i3 is an interaction, not a promise", "c4l show i3 names its promises"]),
        ("#i3", 2, ["i3 is an interaction"]),
        ("deck", 2, ["“deck” is not the number of a promise", "c4l promises lists them with their numbers"]),
        ("", 2, ["“” is not the number of a promise"]),
        (",", 2, ["“,” is not the number of a promise"]),
        ("²", 2, ["“²” is not the number of a promise"]),
        ("99999999999999999999", 2, ["is not the number of a promise"]),
        ("1.5", 2, ["“1.5” is not the number of a promise"]),
    ],
)
def test_what_is_no_promise_is_refused(
    owed: Book, cli: Cli, verb: list[str], number: str, code: int, told: list[str]
) -> None:
    day = ["1 dec"] if verb[0] == "move" else []
    owed.refused(cli(*verb, number, *day), code, *told)
    assert stand(owed) == UNTOUCHED


@pytest.mark.parametrize("words", [["break", "1,2"], ["release", "1,2"], ["move", "1,2", "1 dec", "--told"]])
def test_what_wants_a_reason_takes_one_at_a_time(owed: Book, cli: Cli, words: list[str]) -> None:
    owed.refused(cli(*words), 2, "“1,2” names several promises", "this takes one at a time")
    assert stand(owed) == UNTOUCHED


@pytest.mark.parametrize("verb", [["keep", "1"], ["break", "1"], ["release", "1"], ["move", "1", "1 dec", "--told"]])
@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2026-11-01", ["promise 1 was made on Mon 2 Nov 2026, after Sun 1 Nov 2026", "give --on a day on or after"]),
        ("tomorrow", ["Mon 23 Nov 2026 has not come yet"]),
        ("soon", ["“soon” is no day", "yesterday, friday, 3d"]),
    ],
)
def test_a_day_before_it_was_made_or_still_to_come_is_refused(
    owed: Book, cli: Cli, verb: list[str], on: str, told: list[str]
) -> None:
    owed.refused(cli(*verb, "--on", on), 2, *told)
    assert stand(owed) == UNTOUCHED


@pytest.mark.parametrize("end", ["keep", "break", "release"])
@pytest.mark.parametrize("verb", [["keep", "1"], ["break", "1"], ["release", "1"], ["move", "1", "1 dec", "--told"]])
@pytest.mark.parametrize("on", [[], ["--on", "2026-11-05"]])
def test_a_closed_promise_stays_closed(owed: Book, cli: Cli, end: str, verb: list[str], on: list[str]) -> None:
    owed.done(end, "1", "--on", "2026-11-20")
    before = stand(owed)

    state = {"keep": "kept", "break": "broken", "release": "released"}[end]
    owed.refused(cli(*verb, *on), 4, f"promise 1 was {state} on Fri 20 Nov 2026", "a closed promise stays closed")
    assert stand(owed) == before


# Moving one


@pytest.mark.parametrize(
    ("words", "due", "told"),
    [
        (["1", "1 dec", "--told"], "2026-12-01", True),
        (["1", "1 dec", "--not-told"], "2026-12-01", False),
        (["1", "wed", "--told"], "2026-11-25", True),
        (["#1", "in", "3", "days", "--told"], "2026-11-25", True),
        (["1", "2026-11-23"], "2026-11-23", False),
        (["1", "2026-11-10"], "2026-11-10", False),
        (["1", "2026-11-23", "--told"], "2026-11-23", True),
        (["4", "1 dec"], "2026-12-01", True),
        (["4", "1 dec", "--not-told"], "2026-12-01", False),
        (["5", "1 dec"], "2026-12-01", False),
    ],
)
def test_a_move_gives_a_new_due_day_and_keeps_the_old_one(owed: Book, words: list[str], due: str, told: bool) -> None:
    promise = owed.done("move", *words)

    before = None if words[0] == "5" else DUE
    assert (promise["state"], promise["due_on"], promise["first_due_on"]) == ("open", due, before or due)
    assert promise["moves"] == [
        {"on": TODAY, "from": before, "to": due, "told": told, "because": None, "plan": None},
    ]
    assert owed.done("show", words[0]) == promise
    assert owed.rows("SELECT from_on, to_on, told FROM promise_event") == [(before, due, int(told))]


def test_a_move_keeps_why_and_the_plan(owed: Book) -> None:
    said = ["--told", "--because", "waiting for [figures]", "--plan", "Bob covers 😀", "--on", "yesterday"]
    [move] = owed.done("move", "1", "tue", *said, env={"C4L_TODAY": "2026-11-25"})["moves"]

    assert (move["on"], move["to"]) == ("2026-11-24", "2026-12-01")
    assert (move["because"], move["plan"]) == ("waiting for [figures]", "Bob covers 😀")


def test_every_earlier_due_day_is_kept(owed: Book) -> None:
    owed.done("move", "1", "26 nov", "--told", "--on", "2026-11-10")
    owed.done("move", "1", "30 nov", "--not-told", "--on", "2026-11-20")
    promise = owed.done("move", "1", "25 nov")

    assert [(move["from"], move["to"], move["told"]) for move in promise["moves"]] == [
        ("2026-11-24", "2026-11-26", True),
        ("2026-11-26", "2026-11-30", False),
        ("2026-11-30", "2026-11-25", False),
    ]
    assert (promise["first_due_on"], promise["due_on"]) == (DUE, "2026-11-25")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["1", "1 dec"], ["moving promise 1 makes Jane Doe wait longer: do they know?", "c4l move 1 DAY --told"]),
        (["1", "1 dec", "--because", "x", "--plan", "y"], ["say --told or --not-told"]),
        (["1", "someday", "--told"], ["promise 1 cannot be moved to someday", "c4l release 1"]),
        (["5", "someday"], ["promise 5 cannot be moved to someday"]),
        (["1", "24 nov", "--told"], ["promise 1 is due on Tue 24 Nov 2026 already", "say another day"]),
        (["1", "soon", "--told"], ["“soon” is no day", "friday, 3d, 12 dec"]),
        (["1", "next", "friday", "--told"], ["can be read in two ways", "Fri 2026-11-27", "Fri 2026-12-04"]),
        (["1", "--told"], ["missing argument 'DAY...'"]),
        (["--told"], ["missing argument 'N'"]),
    ],
)
def test_a_move_that_is_not_said_whole_is_refused(owed: Book, cli: Cli, words: list[str], told: list[str]) -> None:
    owed.refused(cli("move", *words), 2, *told)
    assert stand(owed) == UNTOUCHED


LATE = "it was due Tue 24 Nov: told too late to count as honoured\n"


@pytest.mark.parametrize("tty", [False, True])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["1", "1 dec", "--told", "--because", "", "--plan", ""], LATE),
        (["1", "1 dec", "--told", "--on", "24 nov"], ""),
        (["1", "1 dec", "--not-told"], ""),
        (["1", "2026-11-23", "--told"], ""),
        (["4", "1 dec"], ""),
        (["5", "1 dec", "--told"], ""),
        (["1", "1 dec", "--told", "--json"], ""),
    ],
    ids=["after the due day", "on the due day", "untold", "to an earlier day", "theirs", "never due", "json"],
)
def test_telling_after_the_due_day_is_said_to_be_too_late(
    owed: Book, cli: Cli, words: list[str], said: str, tty: bool
) -> None:
    answered = cli("move", *words, env={"C4L_TODAY": "2026-11-25"}, tty=tty)
    assert (answered.code, answered.err) == (0, said)


@pytest.mark.parametrize(
    ("today", "said"),
    [("2026-11-26", ""), ("2026-11-27", "it was due Thu 26 Nov: told too late to count as honoured\n")],
)
def test_the_due_day_that_stood_decides(owed: Book, cli: Cli, today: str, said: str) -> None:
    owed.done("move", "1", "26 nov", "--told")
    assert cli("move", "1", "1 dec", "--told", env={"C4L_TODAY": today}).err == said


def test_what_was_told_too_late_is_counted_by_that_name(owed: Book) -> None:
    owed.done("log", "jane", "said hello", "--on", "2026-11-20")
    owed.done("move", "1", "26 nov", "--told", "--on", "25 nov", env={"C4L_TODAY": "2026-11-25"})
    late = {"C4L_TODAY": "2026-11-26"}
    owed.done("keep", "1", env=late)
    assert owed.done("reliability", env=late)["mine"]["moved_untold"] == 1
    why = next(each for each in owed.done("why", "jane", env=late)["findings"] if each["criterion"] == "reliable")
    assert [each["what"] for each in why["evidence"]] == ["moved, not told in time"]


# Asked on a terminal


def test_a_move_asks_in_one_breath_what_was_left_out(owed: Book, terminal: Terminal) -> None:
    typed = [(KNOWS, "y\r"), (WHY, "waiting for figures\r"), (BACK, "Bob covers\r")]
    answered = terminal("move", "1", "1 dec", typed=typed)

    assert answered.code == 0
    assert "due Tue 1 Dec 2026" in answered.out
    [move] = owed.done("show", "1")["moves"]
    assert (move["told"], move["because"], move["plan"]) == (True, "waiting for figures", "Bob covers")


@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.parametrize("answers", [[], [(KNOWS, "n\r")], [(KNOWS, "n\r"), (WHY, "late\r")]])
def test_ctrl_c_and_ctrl_d_move_nothing(
    owed: Book, terminal: Terminal, answers: Sequence[tuple[str, str]], key: str
) -> None:
    question = (KNOWS, WHY, BACK)[len(answers)]
    answered = terminal("move", "1", "1 dec", typed=[*answers, (question, key)])

    assert answered.code == 130
    assert "Traceback" not in answered.out
    assert stand(owed) == UNTOUCHED


@pytest.mark.parametrize(
    ("words", "typed", "asked", "move"),
    [
        (["1", "1 dec"], "\n\n\n", KNOWS + WHY + BACK, (False, None, None)),
        (["1", "1 dec"], "maybe\nyes\nlate\n\n", KNOWS + KNOWS + WHY + BACK, (True, "late", None)),
        (["1", "1 dec", "--because", "late"], "y\nBob\n", KNOWS + BACK, (True, "late", "Bob")),
        (["1", "1 dec", "--because", "late", "--plan", "Bob"], "y\n", KNOWS, (True, "late", "Bob")),
        (["1", "1 dec", "--told"], "", "", (True, None, None)),
        (["1", "2026-11-23"], "", "", (False, None, None)),
        (["4", "1 dec"], "", "", (True, None, None)),
    ],
)
def test_only_what_is_open_is_asked(
    owed: Book, cli: Cli, words: list[str], typed: str, asked: str, move: tuple[bool, str | None, str | None]
) -> None:
    answered = cli("move", *words, stdin=typed, tty=True)

    assert (answered.code, answered.err) == (0, asked)
    [event] = owed.rows("SELECT told, because, plan FROM promise_event")
    assert event == (int(move[0]), *move[1:])


@pytest.mark.parametrize(
    ("words", "code"), [(["2", "1 dec"], 4), (["1", "1 dec", "--on", "tomorrow"], 2), (["1", "24 nov"], 2)]
)
def test_nobody_is_asked_about_a_move_that_cannot_be(owed: Book, cli: Cli, words: list[str], code: int) -> None:
    owed.done("keep", "2")

    answered = cli("move", *words, stdin="y\nbecause\nplan\n", tty=True)
    owed.refused(answered, code)
    assert "know already" not in answered.err


# Events out of order


def test_a_keeping_written_down_late_passes_over_the_move_after_it(owed: Book) -> None:
    owed.done("move", "1", "1 dec", "--not-told", "--on", "2026-11-20")
    [promise] = owed.done("keep", "1", "--on", "2026-11-18")

    assert (promise["state"], promise["closed_on"], promise["due_on"]) == ("kept", "2026-11-18", DUE)
    assert (promise["moves"], promise["days_late"]) == ([], 0)
    assert promise["passed_over"] == [{"verb": "moved", "on": "2026-11-20", "to": "2026-12-01"}]
    assert stand(owed)[0] == (1, "kept", DUE, "2026-11-18")
    assert owed.rows("SELECT from_on FROM promise_event WHERE verb = 'moved'") == [(None,)]
    assert "counts for nothing" in owed.screen("show", "1")


def test_a_move_written_down_late_stands_before_the_later_one(owed: Book) -> None:
    owed.done("move", "1", "1 dec", "--told", "--on", "2026-11-20")
    promise = owed.done("move", "1", "26 nov", "--told", "--on", "2026-11-10")

    assert [(move["on"], move["from"], move["to"]) for move in promise["moves"]] == [
        ("2026-11-10", DUE, "2026-11-26"),
        ("2026-11-20", "2026-11-26", "2026-12-01"),
    ]
    assert promise["due_on"] == "2026-12-01"
    assert owed.rows("SELECT from_on, to_on FROM promise_event ORDER BY id") == [
        ("2026-11-26", "2026-12-01"),
        (DUE, "2026-11-26"),
    ]


def test_whether_they_wait_longer_is_asked_of_the_day_of_the_move(owed: Book, cli: Cli) -> None:
    owed.done("move", "1", "1 dec", "--told", "--on", "2026-11-20")

    owed.refused(cli("move", "1", "26 nov", "--on", "2026-11-10"), 2, "say --told or --not-told")
    assert owed.done("move", "1", "26 nov")["due_on"] == "2026-11-26"


Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["keep", "break", "release", "move"]), st.integers(2, 22), st.integers(1, 30)), max_size=5
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_recorded_the_list_and_the_record_agree(book: Book, cli: Cli, steps: list[Step]) -> None:
    number = str(book.done("promise", "jane", "deck", "--by", DUE, "--on", MADE)["number"])
    for verb, on, to in steps:
        day = [f"2026-12-{to:02}", "--told"] if verb == "move" else []
        answered = cli(verb, number, *day, "--on", f"2026-11-{on:02}")
        assert answered.code in (0, 2, 4), answered

    shown = book.done("show", number)
    assert book.rows(f"SELECT state, due_on, closed_on FROM promise WHERE id = {number}") == [
        (shown["state"], shown["due_on"], shown["closed_on"])
    ]
    assert shown in book.done("promises", "--state", "all")
    assert (shown in book.done("promises")) == (shown["state"] == "open")
