"""`c4l assess --review` where somebody sits at the terminal: what is said of a client is saved before the next."""

import json
from collections.abc import Sequence

import pytest

from tests.commands.conftest import Book
from tests.conftest import Cli, Result, Terminal

ASK = "keep, agree, change, skip or stop? [skip]: "
ASK_OLD = "keep, change, skip or stop? [skip]: "
ASK_NEW = "agree, change, skip or stop? [skip]: "
TIER = "Tier (base, key, life or none)? "
STAKE = "Stake (low, medium, high, critical or none)? "
VALUE = "Value a year (120k, or none)? "
WHY = "Why? "


@pytest.fixture
def told(book: Book, cli: Cli) -> Book:
    """Jane is key and said to be life; Omar's view is too old; Bob, of whom only the stake is known, has none."""
    book.done("log", "jane", "tells us to publish prices", "-s", "steer", "--on", "2026-10-03")
    book.done("log", "bob", "said hello")
    book.done("log", "omar", "said hello")
    for words in (
        "jane --tier life --stake high --value 120k --because renewed --on 2026-10-04",
        "omar --tier base --on 2025-01-04",
        "bob --stake low --on 2026-10-05",
    ):
        assert cli("assess", *words.split()).code == 0
    return book


def review(terminal: Terminal, *answers: tuple[str, str], words: Sequence[str] = ()) -> Result:
    """Go through views, each question with what is typed after it."""
    return terminal("assess", "--review", *words, typed=answers)


def stated(book: Book) -> list[tuple[object, ...]]:
    """All that was stated today."""
    return book.rows(
        "SELECT handle, part, said, because FROM assessment JOIN client ON client.id = client_id"
        " WHERE stated_on = '2026-11-22' ORDER BY assessment.id"
    )


ASKED = ("Jane Doe", "Omar Lund", "Bob Stone")


def test_each_is_told_with_the_evidence_and_what_was_said(told: Book, terminal: Terminal) -> None:
    shown = review(terminal, (ASK, "\r"), (ASK_OLD, "\r"), (ASK_NEW, "\r"))
    assert shown.code == 0
    places = [shown.out.index(f"{who}  ({place} of 3)") for place, who in enumerate(ASKED, 1)]
    assert places == sorted(places)
    assert "key by the evidence: drives, depends, steers" in shown.out
    assert "to rise: 3 more signs of trust" in shown.out
    assert "you said life, high stake, 120,000 a year on Sun 4 Oct 2026, 49 days ago\n    “renewed”" in shown.out
    assert "you said base on Sat 4 Jan 2025" in shown.out
    bob = shown.out.partition("Bob Stone")[2]
    assert "you never said where they stand\n  you said low stake on Mon 5 Oct 2026" in bob
    assert "nothing was changed" in bob
    assert stated(told) == []


def test_keeping_says_it_all_anew_with_its_reason(told: Book, terminal: Terminal) -> None:
    shown = review(terminal, (ASK, "k\r"), (ASK_OLD, "KEEP\r"), (ASK_NEW, "stop\r"))
    assert shown.code == 0
    assert sorted(stated(told)) == [
        ("jane-doe", "stake", "high", "renewed"),
        ("jane-doe", "tier", "life", "renewed"),
        ("jane-doe", "value", "120000", "renewed"),
        ("omar-lund", "tier", "base", None),
    ]
    summary = shown.out.rpartition("[skip]: ")[2]
    assert "1 at odds · 1 agreed" in summary
    assert "Bob Stone" not in summary


def test_changing_asks_for_each_part_and_takes_what_was_said_for_an_empty_line(told: Book, terminal: Terminal) -> None:
    shown = review(
        terminal,
        *((ASK, "c\r"), (f"{TIER}[life]: ", "key\r"), (f"{STAKE}[high]: ", "\r"), (f"{VALUE}[120000]: ", "150k\r")),
        *((WHY, "grew\r"), (ASK_OLD, "sk\r"), (ASK_NEW, "c\r"), (TIER, "base\r"), (f"{STAKE}[low]: ", "none\r")),
        *((VALUE, "\r"), (WHY, "\r")),
    )
    assert shown.code == 0
    assert "saved: tier key, stake high, value 150000" in shown.out
    assert stated(told) == [
        ("jane-doe", "tier", "key", "grew"),
        ("jane-doe", "stake", "high", "grew"),
        ("jane-doe", "value", "150000", "grew"),
        ("bob-stone", "tier", "base", None),
        ("bob-stone", "stake", None, None),
    ]


def test_agreeing_states_the_tier_of_the_evidence_and_nothing_else(told: Book, terminal: Terminal) -> None:
    shown = review(terminal, (ASK, "a\r"), (ASK_OLD, "\r"), (ASK_NEW, "A\r"))
    assert shown.code == 0
    assert "saved: tier key" in shown.out
    assert "saved: tier base" in shown.out
    assert stated(told) == [("jane-doe", "tier", "key", None), ("bob-stone", "tier", "base", None)]


def test_a_letter_each_goes_through_everybody_who_agrees(book: Book, cli: Cli) -> None:
    for who in ("jane", "bob", "will", "may", "grace", "omar"):
        book.done("log", who, "said hello")
    answered = cli("assess", "--review", "--json", tty=True, stdin="a\n" * 6)
    assert answered.code == 0
    assert {each["stands"] for each in json.loads(answered.out)["data"]} == {"agrees"}
    assert len(stated(book)) == 6


def test_what_cannot_be_read_is_asked_for_again(told: Book, terminal: Terminal) -> None:
    shown = review(
        terminal,
        *((ASK, "done\r"), (ASK, "s\r"), (ASK_OLD, "a\r"), (ASK_OLD, "s\r"), (ASK_NEW, "keep\r"), (ASK_NEW, "c\r")),
        *((TIER, "top\r"), (TIER, "\r"), (STAKE, "none\r"), (VALUE, "-5\r"), (VALUE, "5\r"), (WHY, "\r")),
    )
    assert shown.code == 0
    assert "“done” is no answer here\n  type keep, agree, change, skip or stop, or the beginning of one" in shown.out
    assert "“a” is no answer here\n  type keep, change, skip or stop" in shown.out, "what is kept agrees already"
    assert "“keep” is no answer here\n  type agree, change, skip or stop" in shown.out, "there is nothing to keep"
    assert "“top” is no tier" in shown.out
    assert "“-5” is no yearly value" in shown.out
    assert stated(told) == [("bob-stone", "stake", None, None), ("bob-stone", "value", "5", None)]


def test_where_every_part_is_left_open_nothing_is_saved_and_the_question_comes_again(
    book: Book, terminal: Terminal
) -> None:
    book.done("log", "jane", "said hello")
    shown = review(terminal, (ASK_NEW, "c\r"), (TIER, "\r"), (STAKE, "\r"), (VALUE, "\r"), (ASK_NEW, "\r"))
    assert shown.code == 0
    assert "nothing was said" in shown.out
    assert stated(book) == []


@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.parametrize("answers", [[(ASK_OLD, "c\r"), (TIER, "key\r"), (STAKE, "")], [(ASK_OLD, "")]])
def test_what_was_answered_before_an_interruption_is_kept(
    told: Book, terminal: Terminal, key: str, answers: list[tuple[str, str]]
) -> None:
    *before, (question, _) = answers
    shown = review(terminal, (ASK, "k\r"), *before, (question, key))
    assert shown.code == 130
    assert "Traceback" not in shown.out
    assert "stopped: nothing was saved of Omar Lund; what you said of others before is" in shown.out
    assert {handle for handle, *_ in stated(told)} == {"jane-doe"}


def test_each_answer_is_a_command_of_its_own_in_the_journal(told: Book, terminal: Terminal) -> None:
    before = told.changes
    review(terminal, (ASK, "k\r"), (ASK_OLD, "k\r"), (ASK_NEW, "st\r"))
    assert told.changes == before + 2


def test_whom_you_spoke_of_today_is_left_in_peace(told: Book, terminal: Terminal) -> None:
    review(terminal, (ASK, "k\r"), (ASK_OLD, "stop\r"))
    again = review(terminal, (ASK_OLD, "stop\r"))
    assert "Omar Lund  (1 of 2)" in again.out
    assert "Jane Doe" not in again.out


def test_an_answer_may_settle_those_that_come_after_it(book: Book, cli: Cli, terminal: Terminal) -> None:
    for who in ("jane", "omar"):
        book.done("log", who, "tells us to publish prices", "-s", "steer")
        assert cli("assess", who, "--value", "100", "--tier", "base", "--on", "2026-10-04").code == 0
    # Both are key, as nobody is worth more; once Jane is worth three times as much, Omar is what you said he is.
    shown = review(
        terminal,
        *((ASK, "c\r"), (TIER, "key\r"), (STAKE, "\r"), (VALUE, "300\r"), (WHY, "\r")),
    )
    assert shown.code == 0
    assert "(1 of 2)" in shown.out
    assert "(2 of 2)" not in shown.out


@pytest.mark.parametrize(("limit", "of"), [("1", "1 of 1"), ("0", "1 of 3")])
def test_the_limit_says_how_many_are_asked_about(told: Book, terminal: Terminal, limit: str, of: str) -> None:
    assert f"({of})" in review(terminal, (ASK, "stop\r"), words=["--limit", limit]).out


def test_what_is_written_on_stderr_leaves_the_answer_clean(told: Book, cli: Cli) -> None:
    answered = cli("assess", "--review", "--json", tty=True, stdin="k\nstop\n")
    assert answered.code == 0
    assert [each["client"]["handle"] for each in json.loads(answered.out)["data"]] == ["jane-doe"]


def test_with_nothing_to_ask_it_says_so(book: Book, cli: Cli) -> None:
    answered = cli("assess", "--review", tty=True, stdin="")
    assert (answered.code, answered.out) == (0, "")
    assert "nobody is left to be asked about" in answered.err


def test_elsewhere_it_is_refused(told: Book, cli: Cli) -> None:
    before = told.changes
    told.refused(cli("assess", "--review"), 2, "nobody is there to answer", "c4l assess WHO --tier key")
    assert told.changes == before
