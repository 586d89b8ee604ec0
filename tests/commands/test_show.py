"""`show`: one record by its number, or a client; and which of them a word means."""

import json
from typing import Any

import pytest

from tests.commands.conftest import UNNAMED, Write
from tests.conftest import Cli, Result


@pytest.fixture
def book(write: Write) -> None:
    write(
        "log|Jane Doe|asked for a second pair of eyes|--new|-s|consulted|-i|send the deck by friday|--on|yesterday",
        "log|Bob Stone|walked through the renewal|--new|--minutes|30|-l|goal: one vendor",
        "client|add|14",
        "client|add|i2",
    )


def shown(cli: Cli, what: str) -> tuple[str, Any]:
    answered = cli("show", what, "--json")
    assert (answered.code, answered.err) == (0, ""), answered
    envelope = json.loads(answered.out)
    return envelope["kind"], envelope["data"]


@pytest.mark.parametrize("what", ["1", "#1", " 1 ", "01"])
def test_a_bare_number_is_a_promise(cli: Cli, book: None, what: str) -> None:
    kind, found = shown(cli, what)

    assert (kind, found["number"], found["what"], found["due_on"]) == ("promise", 1, "send the deck", "2026-11-27")
    assert found["interaction"] == 1
    assert cli("show", what).out == "1\tjane-doe\tme\topen\t2026-11-27\t0\t0\tsend the deck\n"


@pytest.mark.parametrize("what", ["i2", "I2", "#i2"])
def test_a_number_behind_an_i_is_an_interaction_whoever_is_called_so(cli: Cli, book: None, what: str) -> None:
    kind, found = shown(cli, what)

    assert (kind, found["number"], found["on"], found["minutes"]) == ("interaction", 2, "2026-11-22", 30)
    assert found["clients"] == [{"handle": "bob-stone", "name": "Bob Stone"}]
    assert [(fact["kind"], fact["text"]) for fact in found["facts"]] == [("goal", "one vendor")]


def test_an_interaction_names_its_signals_and_its_promises(cli: Cli, book: None) -> None:
    assert cli("show", "i1") == Result(
        0,
        "interaction\ti1\t2026-11-21\t\tcall\t\t\tjane-doe\tasked for a second pair of eyes\n"
        "signal\tjane-doe\tconsulted\t\n",
        "",
    )
    assert shown(cli, "i1")[1]["promises"] == [1]


@pytest.mark.parametrize(
    ("what", "handle"),
    [("jane", "jane-doe"), ("Bob Stone", "bob-stone"), ("client-14", "client-14"), ("stone", "bob-stone")],
)
def test_any_other_word_is_a_client(cli: Cli, book: None, what: str, handle: str) -> None:
    kind, found = shown(cli, what)

    assert (kind, found["handle"]) == ("client", handle)
    assert cli("show", what).out == cli("client", "show", what).out


def test_a_client_is_shown_with_the_last_that_happened(cli: Cli, book: None) -> None:
    for note in ("one", "two", "three"):
        cli("log", "jane", note)

    assert [each["note"] for each in shown(cli, "jane")[1]["recent"]] == ["three", "two", "one"]


@pytest.mark.parametrize(
    ("what", "code", "message", "hint"),
    [
        ("99", 3, "there is no promise 99", "c4l promises lists them"),
        ("i99", 3, "there is no interaction i99", "c4l interactions WHO"),
        ("0", 3, "there is no promise 0", "c4l promises"),
        ("14", 3, "there is no promise 14", "c4l promises"),
        ("9" * 30, 3, "no client answers", "c4l client list"),
        ("nonsense", 3, "no client answers to “nonsense”", "c4l client list"),
        ("", 2, "nothing is named", "c4l show 14"),
        ("#", 2, "nothing is named", "c4l show 14"),
        ("1,2", 2, "“1,2” names 2 records", "one at a time"),
        ("i1, 2", 2, "“i1, 2” names 2 records", "one at a time"),
        ("jane, bob", 2, "names 2 clients", "one client at a time"),
        ("-1", 3, "no client answers to “-1”", "c4l client list"),
    ],
)
def test_what_is_not_there_is_told_with_a_way_on(
    cli: Cli, book: None, what: str, code: int, message: str, hint: str
) -> None:
    answered = cli("show", what)

    assert (answered.code, answered.out) == (code, "")
    said, way = answered.err.splitlines()[:2]
    assert message in said
    assert hint in way


def test_an_empty_book_shows_nothing(cli: Cli) -> None:
    assert [cli("show", what, env=UNNAMED).code for what in ("1", "i1", "jane")] == [3, 3, 3]


def test_the_goal_that_was_helped_with_is_named_again_even_when_it_was_reached_since(cli: Cli, book: None) -> None:
    cli("log", "bob", "found a name", "-s", "helped one ven")
    cli("remember", "bob", "--reached", "one vendor")
    bob = {"handle": "bob-stone", "name": "Bob Stone"}

    assert shown(cli, "i3")[1]["goals"] == [{"client": bob, "text": "one vendor"}]
    assert cli("show", "i3").out.splitlines()[-1] == "goal\tbob-stone\tone vendor"


def test_an_interaction_that_helped_with_no_goal_names_none(cli: Cli, book: None) -> None:
    assert [shown(cli, which)[1]["goals"] for which in ("i1", "i2")] == [[], []]


def test_mending_a_signal_says_which_goal_it_names_now(cli: Cli, book: None) -> None:
    mended = json.loads(cli("edit", "i2", "--signal", "helped one vendor", "--json").out)

    assert [goal["text"] for goal in mended["data"]["goals"]] == ["one vendor"]
    assert json.loads(cli("edit", "i2", "--no-signal", "helped", "--json").out)["data"]["goals"] == []
