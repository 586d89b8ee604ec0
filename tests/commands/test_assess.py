"""`c4l assess` to look at: your own views beside the evidence, and what you said of one client and when."""

import json
from typing import Any

import pytest

from tests.commands.conftest import UNNAMED, Write
from tests.conftest import Cli, Result

BOOK = """
log|Jane Doe|chose the vendor with us|--new|--on|2026-10-01
assess|jane|--stake|high|--on|2026-10-02
log|Jane Doe|tells us to publish prices|-s|steer|--on|2026-10-03
assess|jane|--tier|life|--value|120k|--because|they renewed twice|--on|2026-10-04
log|Omar Lund|said hello|--new|--on|2026-10-01
assess|omar|--tier|base|--on|2025-11-22
log|Dana Iqbal|said hello|--new|--on|2026-10-01
log|Bob Stone|said hello|--new|--on|2026-10-01
assess|bob|--tier|base|--on|2026-11-01
log|Finn Reed|said hello|--new|--on|2026-10-01
assess|finn|--tier|key|--on|2026-10-01
assess|finn|--tier|none|--on|2026-11-01
client|add|Eve Ng
"""
"""Jane is key and said to be life; Omar's view is a day too old, Dana has none, Bob's agrees, Finn's was withdrawn."""


@pytest.fixture
def book(write: Write) -> None:
    write(*BOOK.strip().splitlines())


def data(answered: Result) -> Any:
    assert (answered.code, answered.err) == (0, ""), answered
    return json.loads(answered.out)["data"]


def test_piped_every_view_is_a_line_and_what_asks_for_a_word_comes_first(cli: Cli, book: None) -> None:
    assert cli("assess") == Result(
        0,
        "jane-doe\tJane Doe\tkey\tlife\t2026-10-04\tdiffers\tthey renewed twice\n"
        "omar-lund\tOmar Lund\tbase\tbase\t2025-11-22\told\t\n"
        "dana-iqbal\tDana Iqbal\tbase\t\t\tmissing\t\n"
        "bob-stone\tBob Stone\tbase\tbase\t2026-11-01\tagrees\t\n"
        "finn-reed\tFinn Reed\tbase\tnone\t2026-11-01\twithdrawn\t\n",
        "",
    )


def test_the_json_answer_says_what_was_said_when_and_how_to_say_it_anew(cli: Cli, book: None) -> None:
    jane, omar, dana, bob, finn = data(cli("assess", "--json"))

    assert (jane["tier"], jane["own_view"], jane["stands"]) == ("key", "life", "differs")
    assert jane["tier_said"] == {
        "part": "tier",
        "on": "2026-10-04",
        "said": "life",
        "because": "they renewed twice",
    }
    assert (jane["stake_said"]["said"], jane["value_said"]["said"]) == ("high", "120000")
    assert jane["command"] == "c4l assess jane-doe --tier key"
    assert (omar["own_view"], omar["tier_said"]["said"], omar["stands"]) == (None, "base", "old")
    assert (dana["own_view"], dana["tier_said"], dana["stands"]) == (None, None, "missing")
    assert (bob["own_view"], bob["command"]) == ("base", None)
    assert (finn["own_view"], finn["stands"], finn["command"]) == (None, "withdrawn", None)


def test_the_command_that_is_named_states_the_view(cli: Cli, book: None) -> None:
    for each in data(cli("assess", "--json")):
        if each["command"]:
            assert cli(*each["command"].split()[1:]).code == 0
    assert {each["stands"] for each in data(cli("assess", "--json"))} == {"agrees", "withdrawn"}


def test_limit_is_for_eyes(cli: Cli, book: None) -> None:
    assert len(cli("assess", "--limit", "2").out.splitlines()) == 2
    assert len(cli("assess", "--limit", "0").out.splitlines()) == 5
    assert len(data(cli("assess", "--limit", "2", "--json"))) == 5
    assert "and 3 more: --limit 0 shows them all" in cli("assess", "--limit", "2", tty=True).out


def test_one_client_is_shown_with_all_that_was_ever_said(cli: Cli, book: None) -> None:
    assert cli("assess", "finn") == Result(
        0,
        "assessment\tfinn-reed\tFinn Reed\tbase\tnone\t2026-11-01\twithdrawn\t\n"
        "stated\t2026-11-01\ttier\tnone\t\n"
        "stated\t2026-10-01\ttier\tkey\t\n",
        "",
    )
    jane = data(cli("assess", "jane", "--json"))
    assert [(said["on"], said["part"], said["said"]) for said in jane["history"]] == [
        ("2026-10-04", "tier", "life"),
        ("2026-10-04", "value", "120000"),
        ("2026-10-02", "stake", "high"),
    ]


def test_of_one_day_the_later_word_stands_and_comes_first(cli: Cli, book: None) -> None:
    for tier in ("life", "key"):
        assert cli("assess", "dana", "--tier", tier).code == 0
    dana = data(cli("assess", "dana", "--json"))
    assert dana["own_view"] == "key"
    assert [said["said"] for said in dana["history"]] == ["key", "life"]


@pytest.mark.parametrize(("who", "stands"), [("eve", "missing"), ("bob", "unplaced")])
def test_who_has_no_place_is_shown_all_the_same(cli: Cli, book: None, who: str, stands: str) -> None:
    assert cli("client", "archive", "bob").code == 0
    shown = data(cli("assess", who, "--json"))
    assert (shown["tier"], shown["stands"]) == (None, stands)
    assert who not in cli("assess").out, "only who has a place is listed"
    told = cli("assess", who, tty=True).out
    assert "has no place in the triangle today" in told
    assert "None" not in told


def test_in_an_empty_book_there_is_nobody_to_speak_of(cli: Cli) -> None:
    assert cli("assess", env=UNNAMED) == Result(0, "", "")
    assert "Nobody has a place in the triangle yet." in cli("assess", env=UNNAMED, tty=True).out


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["--tier", "key"], "whose view is this?", "c4l assess WHO --tier key"),
        (["--because", "so"], "whose view is this?", "c4l assess WHO --tier key"),
        (["jane", "--review"], "--review goes through everybody", "c4l assess --review"),
        (["--review", "--stake", "low"], "--review asks what you think", "leave --review out"),
        (["--review"], "nobody is there to answer", "elsewhere: c4l assess WHO --tier key"),
        (["jane, bob"], "names 2 clients", "one client at a time"),
    ],
)
def test_wrong_use(cli: Cli, book: None, words: list[str], message: str, hint: str) -> None:
    answered = cli("assess", *words)
    assert (answered.code, answered.out) == (2, "")
    said, way = answered.err.splitlines()
    assert message in said
    assert hint in way
