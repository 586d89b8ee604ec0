"""`interactions`: what happened, newest first, narrowed as one likes."""

import pytest

from tests.commands.conftest import Book
from tests.conftest import Cli

LOGGED = (
    "jane|asked first|--on|2026-11-20|-s|consulted|-i|the deck by friday",
    "bob|a card|--on|2026-09-01|-c|note",
    "jane, bob|walked through it|--on|2026-11-20|-c|meeting|-m|30|--in|-s|bob: door introduced us|-s|jane: early",
    "jane|see the office|--on|2026-12-01|-c|visit|--at|9:00",
    "omar|said hello|--on|2025-11-22",
)


@pytest.fixture
def log(book: Book) -> Book:
    """Five interactions, i1 to i5."""
    for line in LOGGED:
        book.done("log", *line.split("|"))
    return book


def numbers(book: Book, *words: str) -> list[int]:
    return [each["number"] for each in book.done("interactions", *words)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", [4, 3, 1, 2, 5]),
        ("jane", [4, 3, 1]),
        ("jane, omar", [4, 3, 1, 5]),
        ("may", []),
        ("--since|2026-11-20", [4, 3, 1]),
        ("--since|2026-11-21", [4]),
        ("--until|2026-11-20", [3, 1, 2, 5]),
        ("--until|2026-11-19", [2, 5]),
        ("--since|1y", [4, 3, 1, 2, 5]),
        ("--since|364d", [4, 3, 1, 2]),
        ("--since|2026|--until|2026-09-01", [2]),
        ("--channel|meeting", [3]),
        ("-c|call", [1, 5]),
        ("--signal|consulted", [1]),
        ("-s|early", [3]),
        ("bob|-s|door", [3]),
        ("jane|-s|door", []),
        ("jane|-s|early|-c|meeting|--since|2w", [3]),
        ("jane|-s|early|-c|call", []),
    ],
)
def test_only_what_was_asked_for_is_listed_newest_first(log: Book, line: str, found: list[int]) -> None:
    assert numbers(log, *filter(None, line.split("|"))) == found


def test_each_is_listed_whole(log: Book) -> None:
    # Which goals it helped with is looked up only where one is shown.
    assert {**log.done("interactions", "bob")[0], "goals": []} == log.done("show", "i3")


def test_a_line_has_who_how_and_what(log: Book, cli: Cli) -> None:
    assert cli("interactions", "--until", "2026-11-20", "--since", "2026-11-20").out == (
        "i3\t2026-11-20\t\tmeeting\tthem\t30\tjane-doe,bob-stone\tbob-stone:door,jane-doe:early\t\twalked through it\n"
        "i1\t2026-11-20\t\tcall\t\t\tjane-doe\tjane-doe:consulted\t1\tasked first\n"
    )


def test_limits_are_for_eyes(log: Book, cli: Cli) -> None:
    for number in range(20):
        log.done("log", "may", f"talk {number}")

    assert cli("interactions").out.count("\n") == 25
    assert cli("interactions", "--limit", "3").out.count("\n") == 3
    assert len(numbers(log, "--limit", "3")) == 25
    drawn = cli("interactions", env={"FORCE_COLOR": "1"}).out
    assert "and 5 more: --limit 0 shows them all" in drawn
    assert "i25" in drawn
    assert "asked first" not in drawn
    assert "more" not in cli("interactions", "jane", env={"FORCE_COLOR": "1"}).out
    assert "and 2 more" in cli("interactions", "jane", "--limit", "1", env={"FORCE_COLOR": "1"}).out


def test_nothing_to_list_says_how_to_begin(log: Book, cli: Cli) -> None:
    assert cli("interactions", "may").out == ""
    assert "c4l log may-lee NOTE" in cli("interactions", "may", env={"FORCE_COLOR": "1"}).out


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("nobody", 3, "no client answers"),
        ("--since|soon", 2, "no day"),
        ("--signal|nothing", 2, "is no signal"),
        ("--signal|warned", 2, "kept with the promise"),
        ("--signal|door,early", 2, "is more than a signal"),
        ("--signal|door to Bob", 2, "is more than a signal"),
        ("--channel|pigeon", 2, "--channel"),
        ("--since|2026-11-02|--until|2026-11-01", 2, "nothing lies between"),
    ],
)
def test_what_cannot_be_asked_is_refused(log: Book, cli: Cli, line: str, code: int, told: str) -> None:
    log.refused(cli("interactions", *line.split("|")), code, told)
