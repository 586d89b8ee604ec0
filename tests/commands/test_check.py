"""`c4l check`: what it finds in a book that commands have written, that its commands mend it, and when it is silent."""

import json
import shlex
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from c4l import config
from c4l.actions import demo
from c4l.domain.checks import CHECKS
from c4l.domain.dates import long
from c4l.domain.thresholds import DEFAULTS
from c4l.store.store import Store
from tests.commands.conftest import UNNAMED
from tests.conftest import Cli, Result
from tests.domain.books import TODAY

CLEAN = """
log|Jane Doe|asked us first|--new|-i|send the deck by friday
client|edit|jane|--email|jane@example.test
log|Bob Stone|lunch|--new|--on|2026-11-30
assess|bob|--tier|base
promise|jane|the figures|--by|2026-11-20|--on|2026-11-01
client|add|Finn Reed|--email|finn@example.test
client|archive|finn
client|add|Finn Reed|--email|finn@example.test|--another
2026-10-01: log|Eve Ng|said hello|--new|-n|2026-11-01
"""
"""Late, quiet and awaited people, and one who came back: work for the morning, and nothing that contradicts itself."""

SOFT = """
2026-09-01: log|Jane Doe|said hello|--new|-n|2026-10-01
promise|jane|the list|--by|2026-08-01|--on|2026-07-01
promise|jane|the order|--theirs
log|Jon Smith|tells us to publish prices|--new|-s|steer
assess|jon|--stake|high
log|John Smith|dinner with many gifts|--new|-s|thanked,helped,praised,listened,suggested
log|Omar Lund|the fair|--new|--on|2028-11-21|-c|event
date|omar|birthday|1 dec 2026
"""
"""Nothing but what a strict reader would wonder about."""


def tell(cli: Cli, *lines: str) -> None:
    """Carry out commands, one a line, their words set apart by bars; a line may begin with its day."""
    for line in lines:
        day, _, typed = line.rpartition(": ")
        answered = cli(*typed.split("|"), env={"C4L_TODAY": day} if day else None)
        assert answered.code == 0, (line, answered)


def data(answered: Result, code: int = 0) -> Any:
    assert (answered.code, answered.err) == (code, ""), answered
    return json.loads(answered.out)["data"]


def names(cli: Cli, *words: str, env: Mapping[str, str] | None = None) -> list[str]:
    """The checks that find something, one for each record."""
    answered = cli("check", *words, "--json", env=env)
    findings = json.loads(answered.out)["data"]["findings"]
    assert answered.code == bool(findings)
    return [finding["check"] for finding in findings]


# Silent


@pytest.mark.parametrize("tty", [False, True], ids=["piped", "terminal"])
def test_a_clean_book_is_silent(cli: Cli, tty: bool) -> None:
    tell(cli, *CLEAN.strip().splitlines())
    assert cli("check", tty=tty) == Result(0, "", "")
    assert cli("check", "--plain") == Result(0, "", "")
    assert data(cli("check", "--json")) == {"as_of": "2026-11-22", "strict": False, "findings": []}


def test_a_book_in_which_nobody_is_adds_up(cli: Cli) -> None:
    assert cli("check", "--strict", env=UNNAMED) == Result(0, "", "")


def test_what_only_a_strict_reader_wonders_about_is_asked_only_there(cli: Cli) -> None:
    tell(cli, *SOFT.strip().splitlines())
    assert cli("check") == Result(0, "", "")
    assert names(cli, "--strict") == [
        *("near-name", "undated-theirs", "long-overdue", "no-view"),
        *("one-sided", "next", "far-ahead", "key-date"),
    ]


def test_the_demo_holds_what_was_put_there_on_purpose(cli: Cli, home: Mapping[str, str]) -> None:
    with Store.open(Path(home["C4L_DATABASE"])) as store:
        demo.make(store, TODAY, DEFAULTS)
    assert [(each["check"], each["text"]) for each in data(cli("check", "--json"), 1)["findings"]] == [
        ("undated", "lend her the big tent, made 6 days ago"),
        ("own-view", "you said life 45 days ago, the evidence says key"),
    ]


# Found, and mended


FOUND = {
    "undated": ["log|Jane Doe|called|--new|-i|stand by for news"],
    "duplicate": ["client|add|Jane Doe", "client|add|Jane Doe|--another"],
    "own-view": ["log|Jane Doe|called|--new", "assess|jane|--tier|life"],
    "archived": ["log|Jane Doe|called|--new|-i|the deck by friday", "client|archive|jane"],
    "never-contacted": ["2026-08-01: client|add|Jane Doe"],
    "near-name": ["client|add|Jon Smith", "client|add|John Smith"],
    "undated-theirs": ["log|Jane Doe|called|--new|-t|stand by for news"],
    "long-overdue": ["log|Jane Doe|called|--new", "promise|jane|the deck|--by|2026-08-01|--on|2026-07-01"],
    "no-view": ["log|Jane Doe|publish prices|--new|-s|steer", "assess|jane|--stake|high"],
    "one-sided": ["log|Jane Doe|called|--new|-s|thanked,helped,praised,listened,suggested"],
    "next": ["2026-09-01: log|Jane Doe|called|--new|-n|2026-10-01"],
    "far-ahead": ["log|Jane Doe|the fair|--new|--on|2028-11-21"],
    "key-date": ["client|add|Jane Doe", "date|jane|birthday|1 dec 2026"],
}
"""Of each check a book in which it alone finds something: once."""

SAID = {"DAY": "2026-12-01", "NOTE": "called", "SIGNAL": "consulted"}
"""What the user fills in for what only they know."""

BORN_ON = "1980-12-01"


@pytest.mark.parametrize("check", FOUND)
def test_what_is_found_is_mended_by_the_command_that_is_named(cli: Cli, check: str) -> None:
    tell(cli, *FOUND[check])
    [finding] = data(cli("check", "--strict", "--json"), 1)["findings"]
    assert finding["check"] == check
    assert finding["clients"][0]["handle"] in ("jane-doe", "jon-smith")

    carry_out(cli, finding["command"], {**SAID, "DAY": BORN_ON} if check == "key-date" else SAID)
    assert names(cli, "--strict") == []


def carry_out(cli: Cli, command: str, said: Mapping[str, str]) -> None:
    """Run a command as it was printed, with what only the user knows."""
    program, *words = shlex.split(command)
    mended = cli(*(said.get(word, word) for word in words))
    assert (program, mended.code) == ("c4l", 0), mended


def test_every_check_is_found_once_and_mended_above_or_as_a_plan_below() -> None:
    assert {check.name for check in CHECKS} == {*FOUND, "plan"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("--email|jon@example.test", "--email|john@example.test"),
        ("--phone|020 7946 0001", "--phone|020 7946 0002"),
    ],
)
def test_near_names_are_told_apart_by_an_address_of_each(cli: Cli, first: str, second: str) -> None:
    tell(cli, *FOUND["near-name"], f"client|edit|jon-smith|{first}")
    [finding] = data(cli("check", "--strict", "--json"), 1)["findings"]
    assert "c4l client edit WHO --email ADDRESS" in finding["why"]
    tell(cli, f"client|edit|john-smith|{second}")
    assert names(cli, "--strict") == []


# Plans


CLOCK = config.today({})
"""The day of the true clock, which the journal keeps: these tests are of that day."""

LUNCH = CLOCK - timedelta(days=17)
WRITTEN = LUNCH - timedelta(days=11)


@pytest.fixture
def planned(cli: Cli, home: dict[str, str]) -> None:
    """Lunch 17 days ago, written down before it: the true clock is turned back here."""
    plan(cli, home, "Jane Doe|lunch by the lake|--new")


def plan(cli: Cli, home: dict[str, str], line: str, on: date = LUNCH) -> None:
    """Write down an interaction ahead of its day, and what was written before, too."""
    home["C4L_TODAY"] = str(CLOCK)
    answered = cli("log", *line.split("|"), "--on", str(on), env={"C4L_TODAY": str(WRITTEN)})
    assert answered.code == 0, answered
    turn_back(home, WRITTEN)


def turn_back(home: Mapping[str, str], day: date) -> None:
    """Let the journal say that all was written on a day."""
    with closing(sqlite3.connect(home["C4L_DATABASE"])) as opened, opened:
        opened.execute("UPDATE entry SET at = ?", (f"{day} 09:14:00.000000+00:00",))


@pytest.mark.parametrize(("days_after", "found"), [(-1, []), (0, []), (14, []), (15, ["plan"]), (200, ["plan"])])
def test_a_plan_is_doubted_once_its_day_is_two_weeks_past(
    cli: Cli, planned: None, days_after: int, found: list[str]
) -> None:
    assert names(cli, env={"C4L_TODAY": str(LUNCH + timedelta(days=days_after))}) == found


def test_a_plan_names_its_interaction_and_when_it_was_to_be(cli: Cli, planned: None) -> None:
    [finding] = data(cli("check", "--json"), 1)["findings"]
    assert (finding["kind"], finding["number"], finding["on"]) == ("interaction", 1, str(LUNCH))
    assert finding["text"] == f"lunch by the lake, planned for {long(LUNCH)}"


def test_how_it_went_is_said_by_the_command_that_is_named(cli: Cli, planned: None) -> None:
    [finding] = data(cli("check", "--json"), 1)["findings"]
    carry_out(cli, finding["command"], {"NOTE": "lunch by the lake; he told us about the move"})
    assert cli("check") == Result(0, "", "")
    assert data(cli("show", "i1", "--json"))["note"] == "lunch by the lake; he told us about the move"


@pytest.mark.parametrize(
    "line",
    [
        f"edit|i1|--on|{LUNCH - timedelta(days=1)}",
        "edit|i1|--minutes|45",
        "edit|i1|--signal|early",
        f"log|jane|went well|--on|{LUNCH}",
        "remove|i1|--yes",
        "client|archive|jane",
    ],
)
def test_a_word_on_it_or_of_its_day_is_enough(cli: Cli, planned: None, line: str) -> None:
    assert cli(*line.split("|")).code == 0
    assert names(cli) == []


@pytest.mark.parametrize(
    "line",
    [
        "log|jane|called",
        f"log|jane|called|--on|{LUNCH + timedelta(days=1)}",
        f"log|jane|called|--on|{LUNCH - timedelta(days=1)}",
        f"log|Bob Stone|lunch without Jane|--new|--on|{LUNCH}",
        "edit|i1|--note|lunch by the lake",
        "promise|jane|the figures|--by|tomorrow",
    ],
)
def test_a_word_of_another_day_or_about_another_is_none(cli: Cli, planned: None, line: str) -> None:
    assert cli(*line.split("|")).code == 0
    assert names(cli) == ["plan"]


def test_every_plan_without_a_word_is_listed_not_only_the_last(cli: Cli, home: dict[str, str]) -> None:
    plan(cli, home, "Jane Doe|lunch|--new", LUNCH - timedelta(days=1))
    plan(cli, home, "jane|a walk")
    plan(cli, home, "jane|coffee")
    plan(cli, home, "Jane Doe, Bob Stone|dinner|--new", LUNCH + timedelta(days=1))
    assert [each["number"] for each in data(cli("check", "--json"), 1)["findings"]] == [1, 2, 3, 4]


def test_what_was_mended_before_its_day_is_a_plan_still(cli: Cli, planned: None, home: Mapping[str, str]) -> None:
    assert cli("edit", "i1", "--note", "lunch at one").code == 0
    turn_back(home, LUNCH - timedelta(days=1))
    assert names(cli) == ["plan"]
    turn_back(home, LUNCH)
    assert names(cli) == []


def test_what_was_written_after_its_day_was_never_a_plan(cli: Cli, home: dict[str, str]) -> None:
    home["C4L_TODAY"] = str(CLOCK)
    assert cli("log", "Jane Doe", "lunch", "--new", "--on", str(LUNCH)).code == 0
    assert names(cli) == []


def test_of_a_plan_with_several_a_word_with_one_of_them_is_enough(cli: Cli, home: dict[str, str]) -> None:
    plan(cli, home, "Jane Doe, Bob Stone|lunch by the lake|--new")
    assert names(cli) == ["plan"]
    assert cli("log", "bob", "a long lunch", "--on", str(LUNCH)).code == 0
    assert names(cli) == []


def test_what_is_written_on_days_that_the_true_clock_has_not_come_to_is_no_plan(cli: Cli) -> None:
    """Under C4L_TODAY a year is played through in an hour, and the journal says that all of it was written today."""
    monday, tuesday, later = (str(CLOCK + timedelta(days=days)) for days in (9, 10, 60))
    assert cli("log", "Jane Doe", "lunch", "--new", "--on", monday, env={"C4L_TODAY": tuesday}).code == 0
    assert names(cli, env={"C4L_TODAY": later}) == []


# Its looks


def test_piped_each_record_is_a_line_with_why_and_the_command(cli: Cli) -> None:
    tell(cli, *FOUND["undated"])
    assert cli("check") == Result(
        1,
        "undated\t1\tjane-doe\tJane Doe\tstand by for news, made today\t2026-11-22\tc4l move 1 DAY\t"
        "Without a day it is never late, and nobody sees whether you keep it. No longer wanted? c4l release N.\n",
        "",
    )


def test_drawn_every_record_is_there_with_its_command_whole(cli: Cli) -> None:
    lines = ["log|Jane Doe|called|--new", *(f"promise|jane|part {number}" for number in range(60))]
    tell(cli, *lines)
    shown = cli("check", tty=True)
    assert shown.code == 1
    assert all(f"c4l move {number} DAY" in shown.out for number in range(1, 61))


def test_two_of_one_name_are_told_with_both_handles(cli: Cli) -> None:
    tell(cli, *FOUND["duplicate"])
    [finding] = data(cli("check", "--json"), 1)["findings"]
    assert [client["handle"] for client in finding["clients"]] == ["jane-doe", "jane-doe-2"]
    assert finding["text"] == "and Jane Doe, jane-doe-2: the same name"


@pytest.mark.parametrize("line", ["client|rename|jane-doe-2|Jane Roe", "client|archive|jane-doe"])
def test_two_who_are_told_apart_are_two(cli: Cli, line: str) -> None:
    tell(cli, *FOUND["duplicate"])
    assert cli(*line.split("|")).code == 0
    assert names(cli) == []


@pytest.mark.parametrize(
    ("second", "shared"),
    [
        ("--email|JANE@example.test", "JANE@example.test"),
        ("--phone|0044 20 7946 0000", "0044 20 7946 0000"),
        ("--alias|Jane Doe", "“Jane Doe” as another name"),
    ],
)
def test_one_address_or_an_alias_makes_two_likely_to_be_one(cli: Cli, second: str, shared: str) -> None:
    tell(
        cli,
        "client|add|Jane Doe|--email|jane@example.test|--phone|+44 (20) 7946-0000",
        f"client|add|J. D.|{second}",
    )
    [finding] = data(cli("check", "--json"), 1)["findings"]
    assert finding["text"] == f"and J. D., j-d: {shared}"
