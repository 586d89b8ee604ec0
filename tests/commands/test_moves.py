"""`triangle --since` and `triangle --history`, on a book so small that all that changed can be told by hand."""

import re
from typing import Any

import pytest

from tests.commands.conftest import UNNAMED, Book, Write
from tests.conftest import Cli, Result

LINES = """
log|Jane Doe|chose the vendor with us|--new|--on|2025-12-01|-s|consulted|-c|email
log|jane|flagged the audit|--on|2026-03-02|-s|early|-c|email
promise|jane|the deck|--by|2026-01-20|--on|2026-01-05
promise|jane|the figures|--by|2026-01-20|--on|2026-01-05
promise|jane|the draft|--by|2026-01-20|--on|2026-01-05
keep|1|2|3|--on|2026-01-15
log|jane|introduced their CFO|--on|2026-11-01|-s|door|-c|email
log|Bob Stone|said what to build|--new|--on|2025-11-01|-s|steer|-c|email
assess|bob|--stake|high|--on|2026-01-01|--because|they carry the pilot
log|bob|a word of thanks|--on|2026-09-20|-c|note
promise|bob|a call|--by|2026-10-20|--on|2026-10-01
promise|bob|a list|--by|2026-09-25|--on|2026-09-01
promise|bob|a plan|--by|2026-09-25|--on|2026-09-01
promise|bob|a sum|--by|2026-09-25|--on|2026-09-01
keep|5|6|7|--on|2026-09-25
log|Omar Lund|said hello|--new|--on|2026-06-01|-c|email
log|omar|said where to go|--on|2026-10-15|-c|email|-s|steer
log|Dana Iqbal|said hello|--new|--on|2026-11-20|-c|email
log|Finn Reed|said goodbye|--new|--on|2026-04-01|-c|email
client|archive|finn|--on|2026-10-01
client|add|Eve Ng
"""
"""Since 30 September Jane rose, Bob fell, Dana came, Finn left, and Omar stayed with another finding."""

SINCE = ("triangle", "--since", "2026-09-30")


@pytest.fixture
def book(write: Write, cli: Cli, home: dict[str, str]) -> Book:
    write(*LINES.strip().splitlines())
    return Book(cli, home)


# Who moved


def test_piped_everybody_who_moved_is_told_with_what_changed_and_what_changed_it(cli: Cli, book: Book) -> None:
    assert cli(*SINCE) == Result(
        0,
        "rose\tjane-doe\tJane Doe\tbase\tlife\t\t\t\n"
        "finding\tjane-doe\ttrusted\tunmet\tmet\t3 of 5 seen in a year, 3 needed\n"
        "cause\tjane-doe\ttrusted\trecorded\t2026-11-01"
        "\tinteraction\ti3\t2026-11-01\tdoor\temail\tintroduced their CFO\t\n"
        "finding\tjane-doe\tlasting\tunmet\tmet\t11 months, last contact 21 days ago\n"
        "cause\tjane-doe\tlasting\trecorded\t2026-11-01"
        "\tinteraction\ti3\t2026-11-01\tlast\temail\tintroduced their CFO\t\n"
        "fell\tbob-stone\tBob Stone\tkey\tbase\t\t\t\n"
        "finding\tbob-stone\tsteers\tmet\tunmet\tno steer seen in a year\n"
        "cause\tbob-stone\tsteers\tlapsed\t2026-11-01"
        "\tinteraction\ti4\t2025-11-01\tsteer\temail\tsaid what to build\tleft the window\n"
        "finding\tbob-stone\treliable\tmet\tunmet\t3 of 4 promises honoured\n"
        "cause\tbob-stone\treliable\taged\t2026-10-28"
        "\tpromise\t4\t2026-10-20\toverdue\t\ta call\tmore than 7 days past due\n"
        "new\tdana-iqbal\tDana Iqbal\t\tbase\t2026-11-20\ti8\tfirst contact\n"
        "left\tfinn-reed\tFinn Reed\tbase\t\t2026-10-01\t\tarchived\n",
        "",
    )


def test_the_json_answer_holds_the_counts_of_both_days_and_every_reason(book: Book) -> None:
    found = book.done(*SINCE)

    assert (found["since"], found["until"]) == ("2026-09-30", "2026-11-22")
    assert found["counts"] == {
        "before": {"life": 0, "key": 1, "base": 3, "uncontacted": 0},
        "after": {"life": 1, "key": 0, "base": 3, "uncontacted": 1},
    }
    assert found["directions"] == {"rose": 1, "fell": 1, "new": 1, "left": 1, "stayed": 1}
    jane, bob, dana, finn = found["moves"]
    assert (jane["client"], jane["from"], jane["to"]) == ({"handle": "jane-doe", "name": "Jane Doe"}, "base", "life")
    assert (jane["direction"], jane["passage"]) == ("rose", None)
    assert bob["because"][0] == {
        "criterion": "steers",
        "tier": "key",
        "was": True,
        "met": False,
        "measured_before": "one steer seen in a year",
        "measured": "no steer seen in a year",
        "causes": [
            {
                "how": "lapsed",
                "on": "2026-11-01",
                "words": "left the window",
                "record": {
                    "kind": "interaction",
                    "number": 4,
                    "on": "2025-11-01",
                    "what": "steer",
                    "via": "email",
                    "text": "said what to build",
                },
                "others_before": None,
                "others": None,
            }
        ],
    }
    assert (dana["from"], dana["to"], dana["because"]) == (None, "base", [])
    assert (dana["passage"]["what"], dana["passage"]["number"]) == ("first contact", 8)
    assert (finn["from"], finn["to"], finn["passage"]["what"]) == ("base", None, "archived")
    assert found["stayed"] == []


def test_those_who_stayed_are_told_where_they_are_asked_for(cli: Cli, book: Book) -> None:
    [omar] = book.done(*SINCE, "--all")["stayed"]

    assert (omar["client"]["handle"], omar["from"], omar["to"], omar["direction"]) == (
        "omar-lund",
        "base",
        "base",
        "stayed",
    )
    assert [change["criterion"] for change in omar["because"]] == ["steers"]
    assert "stayed\tomar-lund\tOmar Lund\tbase\tbase\t\t\t\n" in cli(*SINCE, "--all").out


def test_drawn_the_reasons_stand_below_each_and_the_way_to_the_others(book: Book) -> None:
    shown = book.screen(*SINCE)

    assert "Who moved · 1 rose, 1 fell, 1 new, 1 left" in shown
    assert "life 0 → 1   key 1 → 0   base 3\n" in shown
    places = [
        shown.index(each)
        for each in (
            *("Rose", "Jane Doe", "base → life", "✓ trusted", "email i3"),
            *("Fell", "Bob Stone", "✗ steers", "left the window on Sun 1 Nov", "promise 4"),
            *("New", "first contact Fri 20 Nov (i8)", "Left", "archived Thu 1 Oct"),
        )
    ]
    assert places == sorted(places)
    assert shown.endswith("One stayed, with another finding:  c4l triangle --since 2026-09-30 --all\n")


@pytest.mark.parametrize(
    ("tier", "moved"), [("life", ["jane"]), ("key", ["bob"]), ("base", ["jane", "bob", "dana", "finn"])]
)
def test_one_level_is_told_of_those_who_came_to_it_or_left_it(book: Book, tier: str, moved: list[str]) -> None:
    found = book.done(*SINCE, "--tier", tier)

    assert [move["client"]["handle"].split("-")[0] for move in found["moves"]] == moved
    assert found["counts"]["after"] == {"life": 1, "key": 0, "base": 3, "uncontacted": 1}


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        (["--since", "90d"], "2026-08-24", "2026-11-22"),
        (["--since", "2026"], "2026-01-01", "2026-11-22"),
        (["--since", "30d", "--as-of", "2026-06-30"], "2026-05-31", "2026-06-30"),
        (["--since", "1 march", "--as-of", "2026-02-01"], "2025-03-01", "2026-02-01"),
        (["--since", "yesterday", "--as-of", "2027-05-01"], "2027-04-30", "2027-05-01"),
    ],
)
def test_both_days_can_be_chosen_and_the_earlier_is_seen_from_the_later(
    book: Book, words: list[str], since: str, until: str
) -> None:
    found = book.done("triangle", *words)
    assert (found["since"], found["until"]) == (since, until)


def test_a_day_to_come_tells_what_time_alone_will_do(book: Book) -> None:
    found = book.done("triangle", "--since", "1w", "--as-of", "2026-12-01")

    [jane] = [move for move in found["moves"] if move["direction"] == "fell"]
    assert (jane["client"]["handle"], jane["to"]) == ("jane-doe", "base")
    assert [(cause["how"], cause["on"]) for change in jane["because"] for cause in change["causes"]] == [
        ("lapsed", "2026-12-01")
    ]


def told(shown: str) -> int:
    return len(re.findall("^ (Jane|Bob|Dana|Finn|Omar) ", shown, re.MULTILINE))


def test_limit_is_for_eyes(cli: Cli, book: Book) -> None:
    assert cli(*SINCE, "--limit", "1").out.startswith("rose\tjane-doe")
    assert "fell" not in cli(*SINCE, "--limit", "1").out
    assert len(book.done(*SINCE, "--limit", "1")["moves"]) == 4
    few = book.screen(*SINCE, "--limit", "2")
    assert told(few) == 2
    assert "Who moved · 1 rose, 1 fell, 1 new, 1 left" in few
    assert "and 2 more: --limit 0 shows them all" in few
    assert told(book.screen(*SINCE, "--limit", "0", "--all")) == 5


def test_on_a_terminal_twenty_are_told(cli: Cli, home: dict[str, str], write: Write) -> None:
    write(*(f"log|Client {chr(ord('a') + number)}|met|--new" for number in range(22)))
    shown = Book(cli, home).screen("triangle", "--since", "90d")
    assert "Who moved · 22 new" in shown
    assert "nobody had a place in the triangle on Mon 24 Aug 2026" in shown
    assert len(re.findall("^ Client ", shown, re.MULTILINE)) == 20
    assert "and 2 more" in shown


# Counts over time


def test_piped_a_history_is_a_line_for_each_day(cli: Cli, book: Book) -> None:
    assert cli("triangle", "--history") == Result(
        0,
        "2025-12-31\t0\t0\t2\t0\n"
        "2026-01-31\t0\t1\t1\t0\n"
        "2026-02-28\t0\t1\t1\t0\n"
        "2026-03-31\t0\t1\t1\t0\n"
        "2026-04-30\t0\t1\t2\t0\n"
        "2026-05-31\t0\t1\t2\t0\n"
        "2026-06-30\t0\t1\t3\t0\n"
        "2026-07-31\t0\t1\t3\t0\n"
        "2026-08-31\t0\t1\t3\t0\n"
        "2026-09-30\t0\t1\t3\t0\n"
        "2026-10-31\t0\t1\t2\t0\n"
        "2026-11-22\t1\t0\t3\t1\n",
        "",
    )


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (["--every", "month", "--since", "2026-10-01"], ["2026-10-31", "2026-11-22"]),
        (["--every", "quarter"], ["2025-12-31", "2026-03-31", "2026-06-30", "2026-09-30", "2026-11-22"]),
        (["--every", "year", "--since", "1990"], ["2025-12-31", "2026-11-22"]),
        (["--every", "week", "--since", "10d"], ["2026-11-15", "2026-11-22"]),
        (["--since", "2026-11-22"], ["2026-11-22"]),
        (["--as-of", "2026-01-15"], ["2025-11-30", "2025-12-31", "2026-01-15"]),
        (["--as-of", "2025-10-31"], []),
    ],
)
def test_a_history_looks_as_often_and_as_far_back_as_is_asked(book: Book, words: list[str], days: list[str]) -> None:
    found = book.done("triangle", "--history", *words)

    assert [each["on"] for each in found["days"]] == days
    assert found["since"] == (days[0] if days else None)
    assert found["every"] == (words[1] if words[0] == "--every" else "month")
    for each in found["days"]:
        assert {name: each[name] for name in ("life", "key", "base", "uncontacted")} == counts(book, each["on"])


def counts(book: Book, on: str) -> Any:
    return book.done("triangle", "--as-of", on)["counts"]


def test_a_long_history_shows_eyes_its_latest_days(cli: Cli, book: Book) -> None:
    words = ("triangle", "--history", "--every", "week", "--since", "2025")
    weeks = len(book.done(*words)["days"])
    assert weeks == 56
    shown = book.screen(*words)
    assert f"{weeks - 36} earlier: --limit 0 shows them all" in shown
    assert len(re.findall(r"^ \d\d? \w{3} \d{4} ", shown, re.MULTILINE)) == 36
    assert cli(*words, "--limit", "2").out == "2026-11-15\t1\t0\t2\t0\n2026-11-22\t1\t0\t3\t1\n"
    assert len(book.done(*words, "--limit", "2")["days"]) == weeks


# Nothing to tell, and wrong use


def test_an_empty_book_has_neither_moves_nor_history(cli: Cli) -> None:
    assert cli("triangle", "--since", "90d", env=UNNAMED) == Result(0, "", "")
    assert cli("triangle", "--history", env=UNNAMED) == Result(0, "", "")
    drawn = {**UNNAMED, "FORCE_COLOR": "1", "NO_COLOR": "1"}
    assert "Nobody had a place in the triangle by Sun 22 Nov 2026." in cli("triangle", "--since", "90d", env=drawn).out
    assert "Nobody was known by Sun 22 Nov 2026." in cli("triangle", "--history", env=drawn).out


def test_where_nobody_moved_it_says_so(cli: Cli, book: Book) -> None:
    assert cli("triangle", "--since", "1d") == Result(0, "", "")
    assert "Who moved · nobody" in book.screen("triangle", "--since", "1d")


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["--history", "--tier", "life"], "--history counts every level, --tier asks for one", "leave out one of them"),
        (["--history", "--all"], "--history counts, --all names people", "--since 1y --all"),
        (["--every", "week"], "--every says how often --history looks", "c4l triangle --history --every week"),
        (["--every", "week", "--since", "90d"], "--every says how often --history looks", "c4l triangle --history"),
        (["--all"], "--all belongs to --since", "c4l triangle --limit 0"),
        (["--since", "today"], "Sun 22 Nov 2026 is not before Sun 22 Nov 2026", "--since 90d"),
        (["--since", "2026-12-01"], "Tue 1 Dec 2026 is not before Sun 22 Nov 2026", "--since 90d"),
        (["--since", "2026-06-01", "--as-of", "2026-05-01"], "Mon 1 Jun 2026 is not before Fri 1 May 2026", "--since"),
        (["--history", "--since", "tomorrow"], "Mon 23 Nov 2026 is not before Sun 22 Nov 2026", "--since"),
        (["--since", "soon"], "“soon” is no day", "type a day"),
        (["--since", "next friday"], "two ways", ""),
    ],
)
def test_what_contradicts_itself_is_refused(cli: Cli, book: Book, words: list[str], message: str, hint: str) -> None:
    answered = cli("triangle", *words)

    assert (answered.code, answered.out) == (2, "")
    said, way = answered.err.splitlines()
    assert message in said
    assert hint in way


def test_a_stretch_that_is_none_of_the_four_is_refused(cli: Cli, book: Book) -> None:
    answered = cli("triangle", "--history", "--every", "day")
    assert (answered.code, answered.out) == (2, "")
    assert "'day' is not one of 'week', 'month', 'quarter', 'year'" in answered.err
