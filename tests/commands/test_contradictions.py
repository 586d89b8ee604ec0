"""What is said in two ways at once is refused and changes nothing; what begins with a hyphen can be a number."""

import pytest

from tests.commands.conftest import Book
from tests.conftest import Cli


@pytest.fixture
def told(book: Book) -> Book:
    """An interaction and a promise, which the lines below would change."""
    book.done("log", "jane", "said hello", "--on", "2026-11-20", "-s", "steer")
    book.done("promise", "jane", "the deck", "--by", "2026-11-27", "--on", "2026-11-20")
    return book


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("move|1|1 dec|--told|--not-told", "--told and --not-told contradict each other", "give one of them"),
        ("move|1|1 dec|--not-told|--told", "--told and --not-told contradict each other", ""),
        ("log|jane|hello|--in|--out", "--in and --out contradict each other", ""),
        ("log|jane|hello|--out|--in|--out", "--in and --out contradict each other", ""),
        ("edit|i1|--out|--in", "--in and --out contradict each other", ""),
        ("edit|i1|--in|--unstated", "--unstated and --in or --out contradict each other", ""),
        ("log|jane|hello|--on|yesterday|-o|friday", "--on is said to be “yesterday” and “friday”", "give it once"),
        ("log|jane|hello|-c|call|--how|email", "--channel is said to be “call” and “email”", ""),
        ("log|jane|hello|-m|30|-m|-3", "--minutes is said to be “30” and “-3”", ""),
        ("edit|i1|--note|a|--note|b", "--note is said to be “a” and “b”", ""),
        ("promise|jane|deck|--by|friday|--by|1 dec", "--by is said to be “friday” and “1 dec”", ""),
        ("keep|1|--on|yesterday|--on|today", "--on is said to be “yesterday” and “today”", ""),
        ("break|1|--because|a|--because|b", "--because is said to be “a” and “b”", ""),
        ("assess|jane|--tier|key|--tier|life", "--tier is said to be “key” and “life”", ""),
        ("plan|jane|--accept|1|--by|friday|--by|someday", "--by is said to be “friday” and “someday”", ""),
        ("client|edit|jane|--kind|friend|-k|team", "--kind is said to be “friend” and “team”", ""),
        ("client|edit|jane|--tag|board|--no-tag|board", "the tag “board” is both added and taken away", ""),
        ("tag|jane|board|--remove|board", "the tag “board” is both added and taken away", ""),
        ("promises|--mine|--theirs", "--mine and --theirs leave nothing", ""),
        ("client|list|--archived|--all", "--archived asks for some and --all for everybody", ""),
        ("today|--database|a.db|--database|b.db", "--database is said to be “a.db” and “b.db”", ""),
        ("--database|a.db|--database|b.db|today", "--database is said to be “a.db” and “b.db”", ""),
    ],
)
def test_contradictions_are_refused_and_change_nothing(
    told: Book, cli: Cli, line: str, message: str, hint: str
) -> None:
    before = told.changes
    told.refused(cli(*line.split("|")), 2, message, hint)
    assert told.changes == before


def test_what_is_said_twice_alike_is_taken_once(told: Book) -> None:
    told.done("move", "1", "1 dec", "--told", "--told", "--because", "ill", "--because", "ill")
    assert told.rows("SELECT told, because FROM promise_event") == [(1, "ill")]


def test_what_may_be_given_more_than_once_is_taken_whole(told: Book) -> None:
    made = told.done("log", "jane", "hello", "-s", "early", "-s", "door", "-i", "a list", "-i", "a draft")
    assert [each["signal"] for each in made["interaction"]["signals"]] == ["early", "door"]
    assert [each["what"] for each in made["promises"]] == ["a list", "a draft"]


def test_a_number_below_nought_is_a_word_like_any_other(told: Book) -> None:
    assert told.done("log", "jane", "it", "is", "-5", "outside")["interaction"]["note"] == "it is -5 outside"
    assert told.done("log", "jane", "-20%", "on", "the", "bill")["interaction"]["note"] == "-20% on the bill"


def test_a_number_below_nought_reaches_what_says_which_are_allowed(told: Book, cli: Cli) -> None:
    allowed = "cadence.key must be a whole number from 1 to 3650, not “-3”"
    told.refused(cli("config", "set", "cadence.key", "-3"), 2, allowed)


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("keep|1|--on|20|nov", '--on "20 nov"'),
        ("keep|1|--on|nov|20", '--on "nov 20"'),
        ("log|jane|hello|-o|last|friday", '-o "last friday"'),
        ("promise|jane|the list|--by|20|nov", '--by "20 nov"'),
    ],
)
def test_a_day_that_was_cut_at_a_blank_is_told_with_its_quotes(told: Book, cli: Cli, line: str, quoted: str) -> None:
    before = told.changes
    told.refused(cli(*line.split("|")), 2, f"  what holds a blank needs quotes: {quoted}\n")
    assert told.changes == before


@pytest.mark.parametrize("line", ["keep|1|--on|20", "keep|1|--on|20|--json", "move|1|20|--told"])
def test_a_number_by_itself_was_not_cut(told: Book, cli: Cli, line: str) -> None:
    answered = cli(*line.split("|"))
    assert answered.code == 2
    assert "“20” is a number and no day" in answered.err
    assert "quotes" not in answered.err


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["triangle", "--on", "6 months ago"], "--as-of"),
        (["why", "jane", "--on", "yesterday"], "--as-of"),
        (["log", "jane", "hello", "--as-of", "yesterday"], "--on"),
        (["log", "jane", "hello", "--date", "yesterday"], "--on"),
        (["promise", "jane", "the deck", "--due", "friday"], "--by"),
    ],
)
def test_a_day_that_is_called_otherwise_elsewhere_is_named(book: Book, cli: Cli, words: list[str], meant: str) -> None:
    option = next(word for word in words if word.startswith("--"))
    book.refused(cli(*words), 2, f"no such option: {option}\n  did you mean {meant}?\n")
