"""`triangle` and `assess`, on a book so small that every tier can be derived by hand from the rules."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import pytest

from c4l.domain.criteria import KEY, LIFE
from c4l.domain.signals import TRUST
from c4l.domain.thresholds import DEFAULTS
from tests.commands.conftest import UNNAMED, Write
from tests.conftest import Cli, Result

BOOK = """
log|Jane Doe|chose the vendor with us|--new|--on|2025-12-01|-s|consulted
log|jane|flagged the audit|--on|2026-03-02|-s|early
log|jane|introduced their CFO|--on|2026-11-01|-s|door
promise|jane|the deck|--by|2026-01-20|--on|2026-01-05
promise|jane|the figures|--by|2026-01-20|--on|2026-01-05
promise|jane|the draft|--by|2026-01-20|--on|2026-01-05
keep|1|2|3|--on|2026-01-15
log|Bob Stone|asked what to do|--new|--on|2026-02-01|-s|advice,early,inner
log|bob|lunch|--on|2026-10-30|-c|meeting|--out
promise|bob|an offer|--by|2026-03-01|--on|2026-02-01
promise|bob|a list|--by|2026-03-01|--on|2026-02-01
promise|bob|a plan|--by|2026-03-01|--on|2026-02-01
keep|4|5|6|--on|2026-03-01
promise|bob|a call|--by|2026-11-01|--on|2026-10-30
log|Omar Lund|wants us to publish prices|--new|--on|2026-02-01|-s|steer|-c|email
assess|omar|--stake|critical|--on|2026-02-01
log|Dana Iqbal|said hello|--new|--on|2026-11-20
client|add|Eve Ng
log|Finn Reed|said goodbye|--new|--on|2026-04-01
client|archive|finn|--on|2026-06-01
log|Gus Park|will come to the fair|--new|--on|2026-12-05|-c|event
"""
"""Jane and Bob are clients for life, Omar is key, Dana at the base, Eve and Gus not contacted yet, Finn archived."""


@pytest.fixture
def book(write: Write) -> None:
    write(*BOOK.strip().splitlines())


def data(answered: Result) -> Any:
    assert (answered.code, answered.err) == (0, ""), answered
    return json.loads(answered.out)["data"]


def rows(home: Mapping[str, str], sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(home["C4L_DATABASE"])) as opened:
        return opened.execute(sql).fetchall()


def tiers(cli: Cli, as_of: str) -> dict[str, str]:
    """Everybody's tier on a day, by first name."""
    placements = data(cli("triangle", "--as-of", as_of, "--json"))["placements"]
    return {each["client"]["handle"].split("-")[0]: each["tier"] for each in placements}


# Where they stand


def test_piped_everybody_is_listed_the_top_first(cli: Cli, book: None) -> None:
    assert cli("triangle") == Result(
        0,
        "life\tjane-doe\tJane Doe\t\t3\n"
        "key\tomar-lund\tOmar Lund\t\t0\n"
        "base\tbob-stone\tBob Stone\t\t3\n"
        "base\tdana-iqbal\tDana Iqbal\t\t0\n",
        "",
    )


def test_the_json_answer_counts_everybody_and_those_never_contacted(cli: Cli, book: None) -> None:
    found = data(cli("triangle", "--json"))

    assert found["as_of"] == "2026-11-22"
    assert found["counts"] == {"life": 1, "key": 1, "base": 2, "uncontacted": 2}
    assert found["placements"][0] == {
        "client": {"handle": "jane-doe", "name": "Jane Doe"},
        "tier": "life",
        "own_view": None,
        "lapses_on": "2026-12-01",
        "rises_on": None,
        "shows": ["consulted", "early", "door"],
    }


@pytest.mark.parametrize(
    ("as_of", "who", "lapses_on", "rises_on", "because"),
    [
        ("2026-11-22", "jane", "2026-12-01", None, "the first of three signs is a year old"),
        ("2026-11-30", "jane", "2026-12-01", None, "tomorrow"),
        ("2026-12-01", "jane", None, None, "at the base, for want of a sign"),
        ("2026-11-22", "omar", "2027-02-01", None, "a steer and a stake of that day"),
        ("2026-11-22", "bob", None, None, "at the base, with a promise left lying"),
        ("2026-11-01", "bob", "2026-11-09", None, "a promise will be eight days past due"),
        ("2026-05-31", "finn", None, None, "nobody knew that the archive was next"),
        ("2026-03-02", "jane", None, None, "nor that a third sign was to come"),
        ("2026-10-29", "bob", None, None, "nor that he would be in touch the next day"),
    ],
)
def test_every_place_says_when_it_is_lost_and_gained(
    cli: Cli, book: None, as_of: str, who: str, lapses_on: str | None, rises_on: str | None, because: str
) -> None:
    [place] = [
        each
        for each in data(cli("triangle", "--as-of", as_of, "--json"))["placements"]
        if each["client"]["handle"].startswith(who)
    ]
    assert (place["lapses_on"], place["rises_on"]) == (lapses_on, rises_on), because
    reasons = data(cli("why", who, "--as-of", as_of, "--json"))
    assert (reasons["lapses_on"], reasons["rises_on"]) == (lapses_on, rises_on), "why says the same"


def test_drawn_a_fall_that_is_near_is_told_with_the_name_and_in_the_table(cli: Cli, book: None) -> None:
    look = {"FORCE_COLOR": "1", "TERM": "dumb", "COLUMNS": "100"}
    drawn = cli("triangle", env=look).out
    assert "Jane Doe (until 1 Dec)" in drawn
    assert "consulted lapses 1 Dec" in drawn
    assert "Omar Lund (until" not in drawn, "ten weeks are not near"
    cli("log", "jane", "asked what to do", "-s", "advice")
    drawn = cli("triangle", env=look).out
    assert "Jane Doe (until 15 Jan)" in drawn, "that held her; a promise is the next to grow too old"
    assert "reliable lapses 15 Jan" in drawn


@pytest.mark.parametrize(
    ("as_of", "who", "tier", "because"),
    [
        ("2026-10-31", "jane", "base", "the third sign of trust was yet to come"),
        ("2026-11-01", "jane", "life", "three signs, three promises kept, eleven months"),
        ("2026-11-30", "jane", "life", "the first sign is 364 days old"),
        ("2026-12-01", "jane", "base", "the first sign is 365 days old, and out of the window"),
        ("2026-07-30", "bob", "base", "contact began 179 days before"),
        ("2026-07-31", "bob", "base", "contact began 180 days before, but the last is as old: a silence"),
        ("2026-10-29", "bob", "base", "still silent"),
        ("2026-10-30", "bob", "life", "in touch again"),
        ("2026-11-01", "bob", "life", "a promise is due"),
        ("2026-11-08", "bob", "life", "a promise is seven days past due, which is left out"),
        ("2026-11-09", "bob", "base", "a promise is eight days past due"),
        ("2026-01-31", "omar", None, "nobody had been in touch"),
        ("2026-02-01", "omar", "key", "a steer, and a stake that day"),
        ("2027-01-31", "omar", "key", "both 364 days old"),
        ("2027-02-01", "omar", "base", "both 365 days old"),
        ("2026-03-31", "finn", None, "not contacted yet"),
        ("2026-05-31", "finn", "base", "archived from the next day on"),
        ("2026-06-01", "finn", None, "archived"),
        ("2026-12-04", "gus", None, "a plan is no contact"),
        ("2026-12-05", "gus", "base", "the day of the plan has come"),
        ("2025-11-30", "jane", None, "before the first contact"),
    ],
)
def test_tiers_turn_on_the_very_day(cli: Cli, book: None, as_of: str, who: str, tier: str | None, because: str) -> None:
    assert tiers(cli, as_of).get(who) == tier, because
    counted = data(cli("triangle", "--as-of", as_of, "--json"))["counts"]
    assert counted["life"] + counted["key"] + counted["base"] == len(tiers(cli, as_of))


@pytest.mark.parametrize(
    ("as_of", "day"),
    [("1 june", "2026-06-01"), ("90d", "2026-08-24"), ("yesterday", "2026-11-21"), ("2027-01-01", "2027-01-01")],
)
def test_as_of_takes_words_that_look_back_and_days_to_come(cli: Cli, book: None, as_of: str, day: str) -> None:
    assert data(cli("triangle", "--as-of", as_of, "--json"))["as_of"] == day


def test_those_known_and_not_contacted_are_counted_from_the_day_they_were_added(cli: Cli, book: None) -> None:
    def uncontacted(as_of: str) -> int:
        return int(data(cli("triangle", "--as-of", as_of, "--json"))["counts"]["uncontacted"])

    assert [uncontacted(day) for day in ("2026-11-21", "2026-11-22", "2026-12-05")] == [0, 2, 1]


@pytest.mark.parametrize(
    ("tier", "listed"), [("life", ["jane-doe"]), ("key", ["omar-lund"]), ("base", ["bob", "dana"])]
)
def test_one_tier_is_listed_and_all_are_counted(cli: Cli, book: None, tier: str, listed: list[str]) -> None:
    found = data(cli("triangle", "--tier", tier, "--json"))

    assert len(found["placements"]) == len(listed)
    assert all(each["client"]["handle"].startswith(who) for each, who in zip(found["placements"], listed, strict=True))
    assert found["counts"]["life"] == 1
    assert found["counts"]["base"] == 2


def test_limit_is_for_eyes(cli: Cli, book: None) -> None:
    assert cli("triangle", "--limit", "1").out == "life\tjane-doe\tJane Doe\t\t3\n"
    assert len(cli("triangle", "--limit", "0").out.splitlines()) == 4
    assert len(data(cli("triangle", "--limit", "1", "--json"))["placements"]) == 4


@pytest.mark.parametrize(("limit", "told"), [([], 5), (["--limit", "7"], 7), (["--limit", "0"], 12)])
def test_drawn_the_base_is_told_about_as_far_as_the_limit_says(cli: Cli, limit: list[str], told: int) -> None:
    for number in range(12):
        assert cli("log", f"Client {chr(ord('a') + number)}", "met", "--new").code == 0
    drawn = cli("triangle", *limit, env={"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "100"}).out
    assert sum(line.startswith(" Client ") for line in drawn.splitlines()) == told


def test_the_help_names_every_sign_and_every_criterion(cli: Cli) -> None:
    def said(command: str) -> str:
        return " ".join(cli(command, "--help").out.split())

    assert ", ".join(TRUST) in said("triangle")
    for criteria in (KEY, LIFE):
        places = [said("why").index(f"{criterion.name} (") for criterion in criteria]
        assert places == sorted(places)
    assert f"{('one', 'two', 'three', 'four')[DEFAULTS.key_needed - 1]} of four" in said("why")


def test_your_own_view_stands_beside_the_place(cli: Cli, book: None) -> None:
    assert cli("assess", "dana", "--tier", "key").code == 0

    assert "base\tdana-iqbal\tDana Iqbal\tkey\t0\n" in cli("triangle").out
    [dana] = [
        each for each in data(cli("triangle", "--json"))["placements"] if each["client"]["handle"] == "dana-iqbal"
    ]
    assert (dana["tier"], dana["own_view"]) == ("base", "key")


def test_an_empty_book_has_an_empty_triangle(cli: Cli) -> None:
    assert cli("triangle", env=UNNAMED) == Result(0, "", "")
    assert data(cli("triangle", "--json", env=UNNAMED))["counts"] == {"life": 0, "key": 0, "base": 0, "uncontacted": 0}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--tier", "top"], "'top' is not one of 'base', 'key', 'life'"),
        (["--as-of", "next friday"], "two ways"),
        (["--as-of", "soon"], "“soon” is no day"),
        (["jane"], "unexpected extra argument"),
    ],
)
def test_wrong_use_of_the_triangle(cli: Cli, words: list[str], message: str) -> None:
    answered = cli("triangle", *words)

    assert (answered.code, answered.out) == (2, "")
    assert message in answered.err


# The two rules that compare


def test_those_with_half_of_the_value_above_them_do_not_drive(cli: Cli) -> None:
    for name, value in (("Ada", "50"), ("Ben", "30"), ("Cem", "20"), ("Dot", "0")):
        cli("log", name, "said hello", "--new")
        cli("assess", name, "--value", value, "--stake", "high")

    # Above Ben stand 50 of 100, which is half; above Ada nobody. Nothing is no value to be driven by.
    assert tiers(cli, "today") == {"ada": "key", "ben": "base", "cem": "base", "dot": "base"}
    cli("assess", "cem", "--value", "21")
    assert tiers(cli, "today")["ben"] == "key"


def test_four_things_asked_and_twice_the_time_of_the_others_is_much(cli: Cli) -> None:
    cli("log", "Ada", "one call", "--new", "-m", "30")
    cli("log", "Ben", "first", "--new", "-s", "steer")
    for note in ("second", "third"):
        cli("log", "ben", note)
    assert tiers(cli, "today")["ben"] == "base"

    cli("log", "ben", "fourth, so that it is an hour in all")
    assert tiers(cli, "today")["ben"] == "key"
    cli("log", "ada", "another call", "-m", "1")
    assert tiers(cli, "today")["ben"] == "base"


# Stating your own view


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("120000", 120_000),
        ("120k", 120_000),
        ("1.2m", 1_200_000),
        ("120,000", 120_000),
        ("1,200,000", 1_200_000),
        ("0", 0),
        ("none", None),
        ("NONE", None),
    ],
)
def test_a_value_is_a_whole_number(cli: Cli, book: None, said: str, value: int | None) -> None:
    assert cli("assess", "dana", "--value", "7").code == 0

    assert data(cli("assess", "dana", "--value", said, "--json"))["value"] == value
    assert data(cli("client", "show", "dana", "--json"))["value"] == value


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["--value", "-5"], "“-5” is no yearly value", "a whole number from 0"),
        (["--value", "1.5"], "“1.5” is no yearly value", "none withdraws it"),
        (["--value", ""], "“” is no yearly value", "120k"),
        (["--value", "120.000"], "can be read in two ways: 120000 or 120", "without marks"),
        (["--value", "9" * 20], "is more than a yearly value can be", "the greatest is 1000000000000000"),
        (["--stake", "huge"], "“huge” is no stake", "low, medium, high, critical; none withdraws it"),
        (["--tier", "top"], "“top” is no tier", "base, key, life"),
        (["--on", "yesterday"], "nothing was stated", "c4l assess dana-iqbal --stake high --value 120k --tier key --b"),
        (["--because", "they renewed"], "nothing was stated", "c4l assess dana-iqbal"),
        (["--tier", "key", "--on", "tomorrow"], "Mon 23 Nov 2026 is still to come", "--on"),
        (["--tier", "key", "--value", "lots"], "“lots” is no yearly value", "120000"),
    ],
)
def test_what_cannot_be_stated_is_refused_and_nothing_is_kept(
    cli: Cli, home: dict[str, str], book: None, words: list[str], message: str, hint: str
) -> None:
    before = rows(home, "SELECT * FROM assessment")

    answered = cli("assess", "dana", *words)
    assert (answered.code, answered.out) == (2, "")
    said, way = answered.err.splitlines()
    assert message in said
    assert hint in way
    assert rows(home, "SELECT * FROM assessment") == before


def test_each_part_is_kept_with_its_day_and_its_reason(cli: Cli, home: dict[str, str], book: None) -> None:
    words = "--stake|HIGH|--value|120k|--tier|key|--because| they renewed twice |--on|friday"
    answered = cli("assess", "dana", *words.split("|"))

    assert answered.code == 0
    assert answered.err == "stated as of Fri 20 Nov 2026\n"
    assert answered.out.endswith("own_view\tkey\nstake\thigh\nvalue\t120000\n")
    kept = rows(home, "SELECT part, said, stated_on, because FROM assessment ORDER BY id DESC LIMIT 3")
    assert kept == [
        ("tier", "key", "2026-11-20", "they renewed twice"),
        ("value", "120000", "2026-11-20", "they renewed twice"),
        ("stake", "high", "2026-11-20", "they renewed twice"),
    ]


def view(cli: Cli, who: str) -> tuple[Any, Any, Any]:
    found = data(cli("client", "show", who, "--json"))
    return found["own_view"], found["stake"], found["value"]


def test_the_later_entry_of_a_day_stands_and_each_part_by_itself(cli: Cli, book: None) -> None:
    cli("assess", "dana", "--tier", "life", "--stake", "low", "--value", "1")
    cli("assess", "dana", "--tier", "key")
    assert view(cli, "dana") == ("key", "low", 1)

    cli("assess", "dana", "--tier", "none", "--value", "none")
    assert view(cli, "dana") == (None, "low", None)


def test_an_earlier_day_does_not_change_what_was_said_later_and_says_so(cli: Cli, book: None) -> None:
    cli("assess", "dana", "--tier", "life")

    answered = cli("assess", "dana", "--tier", "base", "--on", "2026-11-01")
    assert answered.err.startswith("stated as of Sun 1 Nov 2026\nthis tier does not stand today: ")
    assert view(cli, "dana")[0] == "life"


@pytest.mark.parametrize(("on", "stands"), [("2025-11-23", "critical"), ("2025-11-22", None)])
def test_a_view_that_nobody_renewed_for_a_year_is_none(cli: Cli, on: str, stands: str | None) -> None:
    cli("client", "add", "Ada")
    answered = cli("assess", "ada", "--stake", "critical", "--on", on)

    assert view(cli, "ada")[1] == stands
    assert ("this stake does not stand today" in answered.err) == (stands is None)


def test_several_and_nobody_are_not_assessed(cli: Cli, book: None) -> None:
    assert cli("assess", "nobody", "--tier", "key").code == 3
    assert cli("assess", "jane, bob", "--tier", "key").code == 2
