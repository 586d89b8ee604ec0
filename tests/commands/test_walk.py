"""`c4l promises --walk` where somebody sits at the terminal: each answer is saved at once, and none is lost."""

import json
from collections.abc import Sequence

import pytest

from tests.commands.conftest import Book
from tests.conftest import Cli, Result, Terminal

ASK = "keep, move, break, release, skip or stop? [skip]: "
DAY = "To which day? "
WHY = "Why? "
KNOWS = "Does Jane Doe know already? [y/N] "


@pytest.fixture
def owed(book: Book) -> Book:
    """Promise 1 is due next week, 2 has no day, 3 is overdue, 4 is theirs and overdue longer; Jane was heard of."""
    book.done("promise", "jane", "the deck", "--by", "2026-11-27")
    book.done("promise", "jane", "think it over")
    book.done("promise", "jane", "the figures", "--by", "2026-11-19", "--on", "2026-11-01")
    book.done("promise", "bob", "an order", "--by", "2026-11-12", "--on", "2026-11-01", "--theirs")
    book.done("log", "jane", "asked when the figures come", "--on", "2026-11-20")
    book.done("log", "jane", "lunch in december", "--on", "2026-12-10")
    return book


def walk(terminal: Terminal, *answers: tuple[str, str], words: Sequence[str] = ()) -> Result:
    """Go through promises, each question with what is typed after it."""
    return terminal("promises", "--walk", *words, typed=answers)


def states(book: Book) -> list[str]:
    return [state for (state,) in book.rows("SELECT state FROM promise ORDER BY id")]


def moved(book: Book) -> list[tuple[object, ...]]:
    return book.rows("SELECT promise_id, to_on, told, because FROM promise_event WHERE verb = 'moved'")


def test_the_longest_overdue_comes_first_and_each_with_what_was_last_heard(owed: Book, terminal: Terminal) -> None:
    shown = walk(terminal, *[(ASK, "\r")] * 4)
    assert shown.code == 0
    places = [shown.out.index(f"{what}  ({place} of 4)") for place, what in enumerate(WALKED, 1)]
    assert places == sorted(places)
    assert "you owe Jane Doe · due Thu 19 Nov 2026, already 3 days overdue" in shown.out
    assert "Bob Stone owes you · due Thu 12 Nov 2026, already 10 days overdue" in shown.out
    assert "last call 2 days ago: “asked when the figures come”" in shown.out
    assert "lunch" not in shown.out, "what is planned was not heard yet"
    assert "nothing was changed" in shown.out
    assert states(owed) == ["open"] * 4


def test_a_move_after_the_due_day_is_said_to_be_told_too_late(owed: Book, terminal: Terminal) -> None:
    order, figures = (ASK, "s\r"), (ASK, "m\r")
    shown = walk(terminal, order, figures, (DAY, "friday\r"), (KNOWS, "y\r"), (WHY, "\r"), (ASK, "stop\r"))
    assert shown.code == 0
    assert "it was due Thu 19 Nov: told too late to count as honoured" in shown.out
    assert moved(owed) == [(3, "2026-11-27", 1, None)]


WALKED = ("an order", "the figures", "the deck", "think it over")


def test_every_answer_does_what_its_command_does(owed: Book, terminal: Terminal) -> None:
    shown = walk(
        terminal,
        *((ASK, "keep\r"), (ASK, "move\r"), (DAY, "tue\r"), (KNOWS, "y\r"), (WHY, "legal asked\r")),
        *((ASK, "break\r"), (KNOWS, "\r"), (WHY, "no budget\r"), (ASK, "release\r"), (WHY, "\r")),
    )
    assert shown.code == 0
    assert states(owed) == ["broken", "released", "open", "kept"]
    assert moved(owed) == [(3, "2026-11-24", 1, "legal asked")]
    assert owed.rows("SELECT told, because FROM promise_event WHERE verb = 'broken'") == [(0, "no budget")]
    summary = shown.out.rpartition("saved: released")[2]
    for told in ("kept Sun 22 Nov 2026", "10 days late", "due Tue 24 Nov 2026, in 2 days", "broken", "released"):
        assert told in summary


@pytest.mark.parametrize(
    ("typed", "state"), [("k", "kept"), ("KEEP", "kept"), ("r", "released"), ("s", "open"), ("sk", "open")]
)
def test_the_beginning_of_a_word_is_enough(owed: Book, terminal: Terminal, typed: str, state: str) -> None:
    answers = [(ASK, f"{typed}\r"), *([(WHY, "\r")] if typed == "r" else []), (ASK, "st\r")]
    assert walk(terminal, *answers).code == 0
    assert states(owed) == ["open", "open", "open", state]


def test_a_word_that_is_no_answer_and_a_day_that_cannot_be_read_are_asked_for_again(
    owed: Book, terminal: Terminal
) -> None:
    shown = walk(
        terminal,
        *((ASK, "done\r"), (ASK, "m\r"), (DAY, "next friday\r"), (DAY, "someday\r")),
        *((DAY, "2026-11-19\r"), (DAY, "\r"), (ASK, "m\r"), (DAY, "2026-11-18\r"), (WHY, "\r"), (ASK, "stop\r")),
        words=["jane"],
    )
    assert shown.code == 0
    assert "“done” is no answer here" in shown.out
    assert "type keep, move, break, release, skip or stop, or the beginning of one" in shown.out
    assert "can be read in two ways" in shown.out
    assert "cannot be moved to someday" in shown.out
    assert "is due on Thu 19 Nov 2026 already" in shown.out
    assert KNOWS not in shown.out, "nobody waits longer"
    assert "saved: due Wed 18 Nov 2026, already 4 days overdue" in shown.out
    assert moved(owed) == [(3, "2026-11-18", 0, None)]


def test_of_what_they_owe_nobody_asks_whether_they_know(owed: Book, terminal: Terminal) -> None:
    shown = walk(terminal, (ASK, "m\r"), (DAY, "tue\r"), (WHY, "\r"), (ASK, "stop\r"))
    assert shown.code == 0
    assert moved(owed) == [(4, "2026-11-24", 1, None)]


@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.parametrize("answers", [[(ASK, "m\r"), (DAY, "")], [(ASK, "b\r"), (KNOWS, "")], [(ASK, "")]])
def test_what_was_answered_before_an_interruption_is_kept(
    owed: Book, terminal: Terminal, key: str, answers: list[tuple[str, str]]
) -> None:
    *before, (question, _) = answers
    shown = walk(terminal, (ASK, "k\r"), *before, (question, key))
    assert shown.code == 130
    assert "saved: kept" in shown.out
    assert "Traceback" not in shown.out
    assert states(owed) == ["open", "open", "open", "kept"]


def test_each_answer_is_a_command_of_its_own_in_the_journal(owed: Book, terminal: Terminal) -> None:
    before = owed.changes
    walk(terminal, (ASK, "k\r"), (ASK, "k\r"), (ASK, "stop\r"))
    assert owed.changes == before + 2


@pytest.mark.parametrize(
    ("words", "first"),
    [(["--overdue"], "1 of 2"), (["--mine"], "1 of 3"), (["bob"], "1 of 1"), (["--limit", "1"], "1 of 1")],
)
def test_it_goes_through_what_the_list_would_show(owed: Book, terminal: Terminal, words: list[str], first: str) -> None:
    assert f"({first})" in walk(terminal, (ASK, "stop\r"), words=words).out


@pytest.fixture
def proven(owed: Book) -> Book:
    """The same, once there is something to measure a week by: four weeks with one that was honoured."""
    for friday in ("2026-10-16", "2026-10-23", "2026-10-30", "2026-11-06"):
        number = owed.done("promise", "bob", "a part", "--by", friday, "--on", "2026-10-01")["number"]
        owed.done("keep", str(number), "--on", friday)
    return owed


MOVE_TO_FRIDAY = ((ASK, "m\r"), (DAY, "fri\r"), (KNOWS, "y\r"), (WHY, "\r"))
HOLDS_TOO_MUCH = "2 of yours are due that week, more than the 1 you have honoured in one"


def test_a_move_says_at_once_when_its_week_holds_too_much(proven: Book, terminal: Terminal) -> None:
    shown = walk(terminal, *MOVE_TO_FRIDAY, (ASK, "stop\r"), words=["jane"])
    before, _, after = shown.out.partition("2 of 2)")
    assert f"saved: due Fri 27 Nov 2026, in 5 days\n{HOLDS_TOO_MUCH}" in before.replace("\r", "")
    assert HOLDS_TOO_MUCH not in after


def test_what_a_later_answer_makes_untrue_is_not_said_at_the_end(proven: Book, cli: Cli) -> None:
    answered = cli("promises", "jane", "--walk", "--json", tty=True, stdin="move\nfri\ny\n\nkeep\nstop\n")
    assert answered.code == 0
    assert [(each["number"], each["week"]) for each in json.loads(answered.out)["data"]] == [(3, None), (1, None)]


def test_a_note_of_many_words_leaves_the_question_in_sight(owed: Book, terminal: Terminal) -> None:
    owed.done("log", "bob", "word " * 400)
    shown = walk(terminal, (ASK, "stop\r"))
    assert "whole: c4l show i3" in shown.out
    assert shown.out.count("word") < 60


def test_what_is_written_on_stderr_leaves_the_answer_clean(owed: Book, cli: Cli) -> None:
    answered = cli("promises", "--walk", "--json", tty=True, stdin="k\nstop\n")
    assert answered.code == 0
    assert [each["state"] for each in json.loads(answered.out)["data"]] == ["kept"]


def test_with_nothing_to_go_through_it_says_so(book: Book, cli: Cli) -> None:
    assert "No promise is open." in cli("promises", "--walk", tty=True, stdin="").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "nobody is there to answer"),
        (("--state", "kept"), "--walk goes through open promises"),
        (("--state", "all"), "--walk goes through open promises"),
        (("--exit-code",), "--walk shows none"),
    ],
)
def test_elsewhere_and_with_what_it_cannot_do_it_is_refused(
    owed: Book, cli: Cli, words: tuple[str, ...], told: str
) -> None:
    before = owed.changes
    owed.refused(cli("promises", "--walk", *words), 2, told)
    assert owed.changes == before
