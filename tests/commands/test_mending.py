"""`edit` and `remove`: what was written down wrong is put right, with all that goes by it."""

from typing import Any

import pytest

from tests.commands.conftest import Book
from tests.conftest import Cli

BOTH = (
    "jane, bob|walked through it|--on|2026-11-20|-c|meeting|-m|30|--at|9:30|-s|jane: door introduced us|-s|bob: early"
)


def row(line: str) -> list[str]:
    return line.split("|")


@pytest.fixture
def log(book: Book) -> Book:
    """i1 with Jane and Bob, two signals, a fact and promise 1; promise 2 on its own, moved once."""
    book.done("log", *row(BOTH), "-l", "jane: goal: one vendor", "-i", "the deck by 27 nov")
    book.done("promise", "jane", "the figures", "--by", "2026-11-25", "--on", "2026-11-10")
    book.done("move", "2", "2026-11-30", "--told")
    return book


def everything(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    """All rows that are records, by table."""
    tables = ("interaction", "participant", "signal", "fact", "promise", "promise_event")
    return {table: book.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables}


# --- an interaction ---


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("--note|walked through the renewal", {"note": "walked through the renewal"}),
        ("--on|yesterday", {"on": "2026-11-21"}),
        ("-o|2026-12-01", {"on": "2026-12-01"}),
        ("--at|14:05", {"time": "14:05"}),
        ("--at|none", {"time": None}),
        ("-c|visit", {"channel": "visit"}),
        ("-c|gift", {"channel": "gift", "reached_out": "me"}),
        ("-c|gift|--unstated", {"channel": "gift"}),
        ("-m|1h30", {"minutes": 90}),
        ("-m|none", {"minutes": None}),
        ("--in", {"reached_out": "them"}),
        ("--out", {"reached_out": "me"}),
        ("--note|x|--on|2026-11-01|-c|email|-m|5", {"note": "x", "on": "2026-11-01", "channel": "email", "minutes": 5}),
        ("--on|2026-11-20", {}),
    ],
)
def test_an_option_changes_what_it_names_and_nothing_else(log: Book, line: str, changed: dict[str, Any]) -> None:
    before = log.done("show", "i1")
    answered = log.done("edit", "i1", *row(line))

    assert answered == {**before, **changed} == log.done("show", "i1")


def test_who_reached_out_can_be_left_open_again(log: Book) -> None:
    assert log.done("edit", "i1", "--in")["reached_out"] == "them"
    assert log.done("edit", "i1", "--unstated")["reached_out"] is None


def test_a_mended_interaction_is_as_if_it_had_been_logged_so(log: Book) -> None:
    """Every copy follows: for its clients, its signals, its facts, and the promises to which nothing happened."""
    line = "--on|2026-11-12|-c|email|-m|none|--out|--note|walked through the renewal|--at|none"
    log.done("edit", "i1", *row(line), "--no-signal", "early", "--signal", "bob: steer")
    mended = everything(log)
    log.done("remove", "i1", "1", "--yes")
    log.done(
        *("log", "jane, bob", "walked through the renewal", "--on", "2026-11-12", "-c", "email", "--out"),
        *(
            "-s",
            "jane: door introduced us",
            "-s",
            "bob: steer",
            "-l",
            "jane: goal: one vendor",
            "-i",
            "the deck by 27 nov",
        ),
    )

    def shape(rows: list[tuple[Any, ...]], *references: int) -> list[tuple[Any, ...]]:
        return sorted(
            (tuple(cell for place, cell in enumerate(row) if place not in references) for row in rows), key=repr
        )

    logged = everything(log)
    for table, references in (("interaction", (0,)), ("participant", (0, 1)), ("signal", (0, 1)), ("fact", (0, 2))):
        assert shape(mended[table], *references) == shape(logged[table], *references), table
    assert shape(mended["promise"][:1], 0, 2) == shape(logged["promise"][1:], 0, 2)


def test_a_plan_is_learned_and_promised_on_the_day_it_is_written(log: Book) -> None:
    log.done("edit", "i1", "--on", "2026-12-24")

    assert log.rows("SELECT DISTINCT happened_on FROM participant") == [("2026-12-24",)]
    assert log.rows("SELECT DISTINCT seen_on FROM signal") == [("2026-12-24",)]
    assert log.rows("SELECT learned_on FROM fact") == [("2026-11-22",)]
    assert log.done("show", "1")["made_on"] == "2026-11-22"


def test_what_has_a_life_of_its_own_keeps_its_day(log: Book, cli: Cli) -> None:
    cli("remember", "jane", "--reached", "one vendor", "--on", "2026-11-21")
    log.done("keep", "1", "--on", "2026-11-21")
    log.done("edit", "i1", "--on", "2026-11-22")

    assert log.done("show", "1")["made_on"] == "2026-11-20"
    assert log.rows("SELECT learned_on FROM fact") == [("2026-11-20",)]


@pytest.mark.parametrize(
    ("line", "signals"),
    [
        ("--signal|jane: advice", ["door introduced us", "early", "advice"]),
        ("--signal|jane: door", ["door introduced us", "early"]),
        ("--signal|jane: door to Bob", ["door to Bob", "early"]),
        ("-s|bob: early,steer", ["door introduced us", "early", "steer"]),
        ("--no-signal|door", ["early"]),
        ("--no-signal|jane: door|--no-signal|early", []),
        ("--no-signal|early|--signal|jane: early", ["door introduced us", "early"]),
        ("--no-signal|door|--signal|jane: door", ["early", "door"]),
    ],
)
def test_signals_come_and_go(log: Book, line: str, signals: list[str]) -> None:
    mended = log.done("edit", "i1", *row(line))

    assert [f"{each['signal']} {each['note'] or ''}".strip() for each in mended["signals"]] == signals
    assert set(log.rows("SELECT seen_on FROM signal")) <= {("2026-11-20",)}


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("i1|--note|", 2, "an interaction needs a note"),
        ("i1|--on|soon", 2, "no day"),
        ("i1|--at|25:00", 2, "no time of day"),
        ("i1|--at|noon", 2, "no time of day"),
        ("i1|-m|long", 2, "no number of minutes"),
        ("i1|-c|pigeon", 2, "--channel"),
        ("i1|--in|--unstated", 2, "contradict each other"),
        ("i1|--what|x", 2, "i1 is an interaction"),
        ("i1|--by|friday", 2, "i1 is an interaction"),
        ("i1|--signal|nothing", 2, "is no signal"),
        ("i1|--signal|door", 4, "can be about Jane Doe or Bob Stone"),
        ("i1|--no-signal|thanked", 1, "i1 has no signal “thanked”"),
        ("i1|--no-signal|bob: door", 1, "i1 has no signal “door” about Bob Stone"),
        ("i1", 2, "it is not said what is to change"),
        ("i9", 3, "there is no interaction i9"),
        ("i9|--note|x", 3, "there is no interaction i9"),
        ("jane", 2, "c4l client edit"),
        ("jane|--note|x", 2, "c4l client edit"),
        ("1|--note|x", 2, "1 is a promise"),
        ("1|--signal|door", 2, "1 is a promise"),
        ("1|--what|", 2, "a promise needs words"),
        ("1|--by|next friday", 2, "next friday"),
        ("1", 2, "--what or --by"),
        ("9", 3, "there is no promise 9"),
        ("9|--what|x", 3, "there is no promise 9"),
        ("2|--by|2026-12-24", 4, "promise 2 was moved on 2026-11-22, so its first due day stays"),
    ],
)
def test_what_cannot_be_mended_is_told_and_nothing_is_written(
    log: Book, cli: Cli, line: str, code: int, told: str
) -> None:
    before = everything(log), log.changes
    log.refused(cli("edit", *row(line)), code, told)

    assert (everything(log), log.changes) == before


# --- a promise ---


@pytest.mark.parametrize(
    ("line", "what", "due_on"),
    [
        ("--what|send the renewal deck", "send the renewal deck", "2026-11-27"),
        ("--by|1 dec", "the deck", "2026-12-01"),
        ("--by|someday", "the deck", None),
        ("--what|the list|--by|2026-11-01", "the list", "2026-11-01"),
        ("--by|2026-11-27", "the deck", "2026-11-27"),
    ],
)
def test_a_promise_is_as_if_it_had_been_made_so(log: Book, line: str, what: str, due_on: str | None) -> None:
    mended = log.done("edit", "1", *row(line))

    assert (mended["what"], mended["due_on"], mended["first_due_on"]) == (what, due_on, due_on)
    assert (mended["moves"], mended["state"], mended["interaction"]) == ([], "open", 1)
    assert mended == log.done("show", "1")


def test_the_words_can_be_mended_whatever_happened(log: Book, cli: Cli) -> None:
    moved = log.done("edit", "2", "--what", "the figures for the board")
    assert (moved["what"], moved["due_on"], moved["first_due_on"]) == (
        "the figures for the board",
        "2026-11-30",
        "2026-11-25",
    )
    log.done("keep", "1")
    assert log.done("edit", "1", "--what", "the deck, again", "--by", "2026-11-27")["state"] == "kept"
    log.refused(cli("edit", "1", "--by", "3d"), 4, "promise 1 was kept on 2026-11-22, so its due day stays")


def test_mending_nothing_leaves_no_entry(log: Book) -> None:
    before = log.changes
    log.done("edit", "1", "--what", "the deck", "--by", "2026-11-27")
    log.done("edit", "i1", "--on", "2026-11-20", "-m", "30")

    assert log.changes == before


# --- remove ---


def test_a_promise_goes_with_all_that_happened_to_it(log: Book, cli: Cli) -> None:
    before = log.changes
    gone = log.done("remove", "2", "--yes")

    assert ([each["number"] for each in gone["promises"]], gone["interactions"], gone["staying"]) == ([2], [], [])
    assert log.rows("SELECT count(*) FROM promise_event") == [(0,)]
    log.refused(cli("show", "2"), 3, "there is no promise 2")
    assert log.changes == before + 1
    assert log.done("promise", "jane", "another")["number"] == 3


def test_an_interaction_goes_and_its_promises_stay(log: Book, cli: Cli) -> None:
    [listed] = log.done("interactions", "jane")
    gone = log.done("remove", "i1", "--yes")

    assert gone == {"promises": [], "interactions": [listed], "staying": [1], "dry_run": False}
    assert log.done("show", "1")["interaction"] is None
    assert {name: len(rows) for name, rows in everything(log).items()} == {
        **dict.fromkeys(("interaction", "participant", "signal", "fact"), 0),
        "promise": 2,
        "promise_event": 1,
    }


def test_a_goal_that_was_reached_outlives_the_talk_in_which_it_was_set(log: Book, cli: Cli) -> None:
    log.done("remember", "jane", "--reached", "one vendor")
    log.done("remove", "i1", "--yes")

    [goal] = log.done("show", "jane")["facts"]
    assert (goal["text"], goal["reached_on"], goal["interaction"]) == ("one vendor", "2026-11-22", None)


@pytest.mark.parametrize("line", ["i1|1|2", "i1,1,2", "2|1|i1|i1|1", "#1, #i1, 2"])
def test_many_go_at_once_in_one_entry(log: Book, line: str) -> None:
    before = log.changes
    gone = log.done("remove", *row(line), "--yes")

    assert sorted(each["number"] for each in gone["promises"]) == [1, 2]
    assert ([each["number"] for each in gone["interactions"]], gone["staying"]) == ([1], [])
    assert not any(everything(log).values())
    assert log.changes == before + 1


def test_a_rehearsal_tells_the_same_and_removes_nothing(log: Book) -> None:
    before = everything(log), log.changes
    planned = log.done("remove", "i1", "2", "--dry-run")

    assert (everything(log), log.changes) == before
    assert log.done("remove", "i1", "2", "--yes") == {**planned, "dry_run": False}


def test_plain_lines_say_what_goes_and_what_stays(log: Book, cli: Cli) -> None:
    assert [line.split("\t")[:2] for line in cli("remove", "i1", "2", "--dry-run").out.splitlines()] == [
        ["promise", "2"],
        ["interaction", "i1"],
        ["signal", "jane-doe"],
        ["signal", "bob-stone"],
        ["fact", "jane-doe"],
        ["staying", "1"],
    ]


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("i1", 2, "say --yes"),
        ("i1|99|--yes", 3, "there is no promise 99"),
        ("1|i99|--yes", 3, "there is no interaction i99"),
        ("i1|99", 3, "there is no promise 99"),
        ("jane|--yes", 2, "c4l client archive"),
        ("1,jane|--yes", 2, "“jane” is not the number"),
        ("|--yes", 2, "is not the number"),
    ],
)
def test_what_cannot_be_removed_is_told_and_all_of_it_stays(
    log: Book, cli: Cli, line: str, code: int, told: str
) -> None:
    before = everything(log), log.changes
    log.refused(cli("remove", *row(line)), code, told)

    assert (everything(log), log.changes) == before


@pytest.mark.parametrize(("typed", "code", "left"), [("y\n", 0, 0), ("n\n", 1, 1), ("\n", 1, 1), ("", 130, 1)])
def test_on_a_terminal_it_shows_what_goes_and_asks(log: Book, cli: Cli, typed: str, code: int, left: int) -> None:
    answered = cli("remove", "i1", stdin=typed, tty=True)

    assert answered.code == code
    assert (
        "  i1  meeting with Jane Doe, Bob Stone · Fri 20 Nov 2026 · walked through it · with 2 signals" in answered.err
    )
    assert "  1  the deck · stays, without the interaction it was made in\n" in answered.err
    assert "Remove this? [y/N]" in answered.err
    assert ("nothing was removed" in answered.err) == (code == 1)
    assert len(everything(log)["interaction"]) == left
