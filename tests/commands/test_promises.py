"""`c4l promise` and `c4l promises`: what is owed, both ways, and how late it is."""

import json
from collections.abc import Sequence
from shlex import split

import pytest

from tests.commands.conftest import Book
from tests.conftest import Cli, Shell

JANE, BOB, OMAR = "jane-doe", "bob-stone", "omar-lund"
TODAY = "2026-11-22"


# Making one


@pytest.mark.parametrize(
    ("words", "made"),
    [
        (["jane", "send", "the", "deck", "by", "friday"], (JANE, "me", "send the deck", TODAY, "2026-11-27")),
        (["jane", "send the deck by friday"], (JANE, "me", "send the deck", TODAY, "2026-11-27")),
        (["jane", "send the deck", "--by", "friday"], (JANE, "me", "send the deck", TODAY, "2026-11-27")),
        (["jane", "send the deck", "--by", "today"], (JANE, "me", "send the deck", TODAY, TODAY)),
        (["jane", "send the deck", "--by", "2026-W49"], (JANE, "me", "send the deck", TODAY, "2026-12-04")),
        (["jane", "send the deck", "--by", "someday"], (JANE, "me", "send the deck", TODAY, None)),
        (["jane", "send the deck by someday"], (JANE, "me", "send the deck", TODAY, None)),
        (["jane", "send the deck"], (JANE, "me", "send the deck", TODAY, None)),
        (["jane", "stand by for news"], (JANE, "me", "stand by for news", TODAY, None)),
        (["jane", "stand by for news", "--by", "1d"], (JANE, "me", "stand by for news", TODAY, "2026-11-23")),
        (["jane", "send it by monday", "--by", "1d"], (JANE, "me", "send it", TODAY, "2026-11-23")),
        (["jane", "send it by someday", "--by", "Someday"], (JANE, "me", "send it", TODAY, None)),
        (
            ["jane", "read chapter by chapter 3", "--by", "1d"],
            (JANE, "me", "read chapter by chapter 3", TODAY, "2026-11-23"),
        ),
        (["jane", "Re: invoice by friday"], (JANE, "me", "Re: invoice", TODAY, "2026-11-27")),
        (["Acme, Inc.", "the figures by 3d"], ("acme-inc", "me", "the figures", TODAY, "2026-11-25")),
        (["bob", "purchase order", "--by", "1 dec", "--theirs"], (BOB, "them", "purchase order", TODAY, "2026-12-01")),
        (["bob", "--theirs", "purchase order by 1 dec"], (BOB, "them", "purchase order", TODAY, "2026-12-01")),
        (["jane", "call back by friday", "--on", "friday"], (JANE, "me", "call back", "2026-11-20", "2026-11-27")),
        (["jane", "  [b]:bomb:[/b] \x1b[2J  "], (JANE, "me", "[b]:bomb:[/b] \x1b[2J", TODAY, None)),
    ],
)
def test_a_promise_says_who_what_and_by_when(book: Book, words: list[str], made: Sequence[str | None]) -> None:
    promise = book.done("promise", *words)

    handle, by, what, made_on, due_on = made
    assert promise == {
        "number": 1,
        "client": {"handle": handle, "name": promise["client"]["name"]},
        "by": by,
        "what": what,
        "made_on": made_on,
        "due_on": due_on,
        "first_due_on": due_on,
        "state": "open",
        "overdue": False,
        "closed_on": None,
        "told": None,
        "because": None,
        "days_late": None if due_on is None else 0,
        "moves": [],
        "passed_over": [],
        "interaction": None,
        "week": None,
    }
    assert book.promises == [(*made, "open")]
    assert book.done("show", "1") == promise


def test_a_past_due_day_is_taken_and_echoed(book: Book) -> None:
    promise = book.done("promise", "jane", "send the deck by 2026-11-03")
    assert (promise["overdue"], promise["days_late"]) == (True, 19)

    echo = book.screen("promise", "jane", "send the deck", "--by", "2026-11-03")
    assert "you owe Jane Doe · due Tue 3 Nov 2026, already 19 days overdue" in echo
    assert [due for *_, due, _ in book.promises] == ["2026-11-03", "2026-11-03"]


@pytest.mark.parametrize(
    ("words", "echo"),
    [
        (["jane", "stand by for news"], "you owe Jane Doe · no due day"),
        (["jane", "send it by friday"], "you owe Jane Doe · due Fri 27 Nov 2026, in 5 days"),
        (["jane", "send it by today"], "you owe Jane Doe · due Sun 22 Nov 2026, today"),
        (["bob", "send it by today", "--theirs"], "Bob Stone owes you · due Sun 22 Nov 2026, today"),
    ],
)
def test_the_echo_says_which_day_was_understood(book: Book, words: list[str], echo: str) -> None:
    assert echo in book.screen("promise", *words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["jane", "stand by for news"], "promise 1 has no due day: c4l edit 1 --by DAY gives it one\n"),
        (["jane", "an order", "--theirs"], "promise 1 has no due day: c4l edit 1 --by DAY gives it one\n"),
        (["jane", "stand by for news", "--json"], ""),
        (["jane", "call back by someday"], ""),
        (["jane", "call back", "--by", "someday"], ""),
        (["jane", "send it by friday"], ""),
        (["jane", "stand by for news", "--by", "friday"], ""),
    ],
)
@pytest.mark.parametrize("tty", [False, True])
def test_a_missing_due_day_is_said_with_its_mend(book: Book, cli: Cli, words: list[str], said: str, tty: bool) -> None:
    answered = cli("promise", *words, tty=tty)
    assert (answered.code, answered.err) == (0, said)
    if said:
        assert book.done("edit", "1", "--by", "1 dec")["due_on"] == "2026-12-01"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["jane", ""], 2, ["does not say what is owed"]),
        (["jane", " ", "--by", "friday"], 2, ["a promise needs words"]),
        (["jane", "by friday"], 2, ["does not say what is owed"]),
        (["jane"], 2, ["missing argument 'WHAT...'", "c4l promise --help shows how"]),
        (
            ["jane", "x by monday", "--by", "friday"],
            2,
            ["two due days are said: Mon 23 Nov 2026 in the words", "Fri 27 Nov"],
        ),
        (["jane", "x by monday", "--by", "someday"], 2, ["two due days are said: Mon 23 Nov 2026", "--by someday"]),
        (["jane", "x by someday", "--by", "monday"], 2, ["two due days are said: someday in the words"]),
        (["jane", "x by next friday"], 2, ["can be read in two ways"]),
        (["jane", "x", "--by", "next friday"], 2, ["can be read in two ways", "Fri 2026-11-27", "Fri 2026-12-04"]),
        (["jane", "x", "--by", "soon"], 2, ["“soon” is no day", "type a day such as friday"]),
        (["jane", "x", "--by", ""], 2, ["no day was given"]),
        (["jane", "read chapter by chapter 3"], 2, ["“chapter 3” is no day", "end the text in “by someday”"]),
        (["jane", "x", "--on", "tomorrow"], 2, ["cannot have been made on Mon 23 Nov 2026", "--by DAY"]),
        (["jane", "x", "--on", "soon"], 2, ["“soon” is no day"]),
        (["Jane, Bob", "x"], 2, ["“Jane, Bob” names 2 clients", "one client at a time"]),
        (
            ["jnae", "x"],
            3,
            ["no client answers to “jnae”", "nearest: Jane Doe (jane-doe)", "--new adds one of that name"],
        ),
        (["", "x"], 3, ["no client answers to “”"]),
    ],
)
def test_what_is_no_promise_is_refused(book: Book, cli: Cli, words: list[str], code: int, told: list[str]) -> None:
    book.refused(cli("promise", *words), code, *told)
    assert book.changes == 1


def test_a_name_that_fits_two_is_refused_and_asked_about_on_a_terminal(book: Book, cli: Cli) -> None:
    book.done("client", "add", "Jane Roe")

    book.refused(cli("promise", "jane", "x"), 4, "Jane Doe (jane-doe), Jane Roe (jane-roe)")
    assert cli("promise", "jane", "x", stdin="2\n", tty=True).code == 0
    assert [handle for handle, *_ in book.promises] == ["jane-roe"]


def test_new_adds_the_client_with_the_promise(book: Book, cli: Cli) -> None:
    answered = cli("promise", "Zed  Zee", "send the deck by friday", "--new")

    assert (answered.code, answered.err) == (0, "new client Zed Zee, as zed-zee\n")
    assert answered.out == "1\tzed-zee\tme\topen\t2026-11-27\t0\t0\tsend the deck\n"
    assert book.rows("SELECT name, kind FROM client WHERE id > 7") == [("Zed Zee", "customer")]

    assert book.done("promise", "zed", "call back by friday", "--new")["client"]["handle"] == "zed-zee"
    book.refused(cli("promise", "Ann Ott", "x", "--on", "tomorrow", "--new"), 2)
    assert book.rows("SELECT count(*) FROM client") == [(8,)]


# Listing them


@pytest.fixture
def owed(book: Book) -> Book:
    """Promises made on 1 November: 1 and 2 are late, 3 is due today, 7 and 8 are kept and broken."""
    made = ("--on", "2026-11-01")
    for words in (
        ("jane", "the deck", "--by", "2026-11-12"),
        ("bob", "purchase order", "--by", "2026-11-17", "--theirs"),
        ("jane", "the figures", "--by", "2026-11-22"),
        ("omar", "an introduction", "--by", "2026-11-23"),
        ("bob", "the contract", "--by", "2026-12-06"),
        ("omar", "a book", "--theirs"),
        ("jane", "the minutes", "--by", "2026-11-10"),
        ("bob", "a review", "--by", "2026-11-10"),
    ):
        book.done("promise", *words, *made)
    book.done("keep", "7", "--on", "2026-11-09")
    book.done("break", "8", "--on", "2026-11-20")
    book.done("promise", "omar", "lunch", "--by", "2026-11-20", "--on", "2026-10-01")
    return book


def listed(book: Book, *words: str, today: str = TODAY) -> list[int]:
    return [promise["number"] for promise in book.done("promises", *words, env={"C4L_TODAY": today})]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ([], [1, 2, 9, 3, 4, 5, 6]),
        (["--overdue"], [1, 2, 9]),
        (["--within", "1d"], [1, 2, 9, 3, 4]),
        (["--within", "2w"], [1, 2, 9, 3, 4, 5]),
        (["--within", "13d"], [1, 2, 9, 3, 4]),
        (["--mine"], [1, 9, 3, 4, 5]),
        (["--theirs"], [2, 6]),
        (["--state", "open"], [1, 2, 9, 3, 4, 5, 6]),
        (["--state", "kept"], [7]),
        (["--state", "broken"], [8]),
        (["--state", "released"], []),
        (["--state", "all"], [7, 8, 1, 2, 9, 3, 4, 5, 6]),
        (["--since", "2026-11-01"], [1, 2, 3, 4, 5, 6]),
        (["--since", "2026-11-02"], []),
        (["--since", "2026-10-01"], [1, 2, 9, 3, 4, 5, 6]),
        (["--state", "all", "--since", "2026-11-09"], [7, 8]),
        (["--state", "all", "--since", "2026-11-10"], [8]),
        (["--state", "kept", "--since", "90d"], [7]),
        (["jane"], [1, 3]),
        (["jane, bob"], [1, 2, 3, 5]),
        (["Bob,Jane,bob-stone"], [1, 2, 3, 5]),
        (["grace"], []),
        (["bob", "--theirs"], [2]),
        (["jane, omar", "--overdue", "--mine"], [1, 9]),
        (["omar", "--within", "7d", "--theirs"], []),
        (["jane", "--state", "all"], [7, 1, 3]),
        (["--tier", "base"], []),
    ],
)
def test_filters_narrow_alone_and_together(owed: Book, cli: Cli, words: list[str], numbers: list[int]) -> None:
    before = owed.changes
    assert listed(owed, *words) == numbers

    lines = cli("promises", *words, "--limit", "0").out.splitlines()
    assert [int(line.split("\t")[0]) for line in lines] == numbers
    assert cli("promises", *words, "--exit-code").code == (1 if numbers else 0)
    assert owed.changes == before


def test_json_holds_all_whatever_the_limit(owed: Book) -> None:
    assert listed(owed, "--limit", "1") == listed(owed)


def test_by_tier(owed: Book) -> None:
    owed.done("log", "jane", "hello", "-s", "steer")
    owed.done("assess", "jane", "--stake", "high")
    owed.done("log", "bob", "hello")

    assert listed(owed, "--tier", "key") == [1, 3]
    assert listed(owed, "--tier", "base") == [2, 5]
    assert listed(owed, "--tier", "base", "--overdue") == [2]
    assert listed(owed, "jane", "--tier", "base") == []
    assert listed(owed, "--tier", "life") == []


@pytest.mark.parametrize(
    ("today", "overdue", "days_late"),
    [("2026-11-21", False, 0), ("2026-11-22", False, 0), ("2026-11-23", True, 1), ("2027-11-22", True, 365)],
)
def test_due_today_is_not_overdue_until_tomorrow(owed: Book, today: str, overdue: bool, days_late: int) -> None:
    promise = owed.done("show", "3", env={"C4L_TODAY": today})

    assert (promise["overdue"], promise["days_late"]) == (overdue, days_late)
    assert (3 in listed(owed, "--overdue", today=today)) == overdue
    assert 3 in listed(owed, "--within", "1d", today=today)


@pytest.mark.parametrize(("today", "within"), [("2026-11-15", True), ("2026-11-14", False)])
def test_within_reaches_to_its_last_day(owed: Book, today: str, within: bool) -> None:
    assert (3 in listed(owed, "--within", "7d", today=today)) == within


def test_the_screen_sets_yours_before_theirs_and_says_how_late(owed: Book) -> None:
    shown = owed.screen("promises", "--overdue")

    assert "Overdue · 2 of yours, 1 of theirs" in shown
    in_order = ["10 d Jane Doe", "2 d Omar Lund", " theirs ", "5 d Bob Stone"]
    places = [" ".join(shown.split()).rindex(part) for part in in_order]
    assert places == sorted(places)
    assert "c4l move 1 tue --told" in shown


def test_a_limit_is_for_eyes_and_every_look_counts_the_same(owed: Book, cli: Cli) -> None:
    assert len(cli("promises").out.splitlines()) == len(listed(owed)) == 7
    assert len(cli("promises", "--limit", "2").out.splitlines()) == 2
    assert len(cli("promises", "--plain", "--limit", "2", tty=True).out.splitlines()) == 2
    assert listed(owed, "--limit", "2") == [1, 2, 9, 3, 4, 5, 6]

    shown = owed.screen("promises", "--limit", "2")
    assert "5 of yours, 2 of theirs" in shown
    assert "5 more" in shown
    assert "purchase order" in shown
    assert "lunch" not in shown


def test_a_terminal_shows_forty_unless_asked_for_more(book: Book, cli: Cli) -> None:
    for _ in range(21):
        book.done("log", "jane", "met", "-i", "one by 1d", "-i", "another by 2d")

    def shown(*words: str) -> int:
        return sum(book.screen("promises", *words).count(each) for each in ("one", "another"))

    assert shown() == 40
    assert shown("--limit", "0") == 42
    assert len(cli("promises").out.splitlines()) == 42


def test_plain_lines_are_whole_records_apart_by_tabs(owed: Book, shell: Shell) -> None:
    answered = shell("promises", "--overdue")

    assert (answered.code, answered.err) == (0, "")
    assert answered.out.splitlines() == [
        "1\tjane-doe\tme\topen\t2026-11-12\t10\t0\tthe deck",
        "2\tbob-stone\tthem\topen\t2026-11-17\t5\t0\tpurchase order",
        "9\tomar-lund\tme\topen\t2026-11-20\t2\t0\tlunch",
    ]


def test_nothing_listed_is_silence_in_a_pipe_and_a_word_on_a_screen(book: Book, cli: Cli) -> None:
    assert cli("promises", "--overdue", "--exit-code") == (0, "", "")
    assert book.done("promises") == []
    assert "Nothing is overdue." in book.screen("promises", "--overdue")
    assert 'c4l promise jane-doe "send the deck"' in book.screen("promises", "jane")


def test_exit_code_counts_what_a_limit_hides(owed: Book, shell: Shell) -> None:
    answered = shell("promises", "--overdue", "--exit-code", "--limit", "1")

    assert (answered.code, len(answered.out.splitlines()), answered.err) == (1, 1, "")
    assert shell("promises", "grace", "--exit-code").code == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--mine", "--theirs"], 2, ["--mine and --theirs leave nothing"]),
        (["--overdue", "--within", "7d"], 2, ["give --overdue or --within"]),
        (["--overdue", "--state", "kept"], 2, ["leave --state out"]),
        (["--within", "7d", "--state", "all"], 2, ["leave --state out"]),
        (["--state", "late"], 2, ["there is no state “late”", "open, kept, broken, released; or all"]),
        (["--within", "soon"], 2, ["“soon” is no number of days", "90d, 12w"]),
        (["--within", "0d"], 2, ["“0d” is no number of days"]),
        (["--since", "soon"], 2, ["“soon” is no day"]),
        (["--tier", "gold"], 2, ["'gold' is not one of 'base', 'key', 'life'"]),
        (["--limit", "-1"], 2, ["--limit"]),
        (["zed"], 3, ["no client answers to “zed”", "c4l client add NAME adds one"]),
        (["jane, zed"], 3, ["no client answers to “zed”"]),
        ([","], 3, ["no client answers to “,”"]),
        ([""], 3, ["no client answers to “”"]),
    ],
)
def test_what_cannot_be_listed_is_refused(owed: Book, cli: Cli, words: list[str], code: int, told: list[str]) -> None:
    answered = cli("promises", *words)

    owed.refused(answered, code, *told)
    assert "--new" not in answered.err
    assert json.loads(cli("promises", *words, "--json").err)["kind"] == "error"


@pytest.mark.parametrize("command", ["promise", "promises", "keep", "move", "break", "release"])
def test_every_example_of_the_help_runs(owed: Book, cli: Cli, command: str) -> None:
    for number in range(10, 23):
        owed.done("promise", "jane", f"thing {number}", "--by", "2026-11-23", "--on", "2026-11-01")

    page = cli(command, "--help").out.splitlines()
    examples = [line.strip() for line in page if line.strip().startswith(f"c4l {command} ")]
    assert examples
    for number, example in enumerate(examples):
        words = split(example)[1:]
        if command == "keep":  # each example keeps what the one before it has kept
            words = [str(15 + number) if word == "14" else word for word in words]
        answered = cli(*words)
        assert (answered.code, answered.err) == (0, ""), example
