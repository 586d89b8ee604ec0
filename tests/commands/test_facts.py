"""`remember`, `date` and `tag`: what is worth knowing about a client, and the goals that were reached."""

from contextlib import closing
from typing import Any

import pytest

from c4l.store import clients
from c4l.store.store import Store
from tests.commands.conftest import Book
from tests.conftest import Cli


def facts(client: Any) -> list[tuple[str, str]]:
    return [(fact["kind"], fact["text"]) for fact in client["facts"]]


# --- remember ---


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["goal: one vendor"], [("goal", "one vendor")]),
        (["goal:", "one", "vendor"], [("goal", "one vendor")]),
        (["goal:", "one vendor"], [("goal", "one vendor")]),
        (["Goal:one"], [("goal", "one")]),
        (["likes", "tea"], [("background", "likes tea")]),
        (["likes tea", "hates faxes"], [("background", "likes tea"), ("background", "hates faxes")]),
        (["goal:", "one", "worry:", "the", "audit"], [("goal", "one"), ("worry", "the audit")]),
        (["goal: one", "worry: the audit"], [("goal", "one"), ("worry", "the audit")]),
        (["Jane: goal: one"], [("goal", "one")]),
        (["jane: tea"], [("background", "tea")]),
        (["likes tea", "vegetarian"], [("background", "likes tea"), ("background", "vegetarian")]),
        (["Re: the invoice"], [("background", "Re: the invoice")]),
    ],
)
def test_facts_are_read_as_log_reads_them(book: Book, words: list[str], expected: list[tuple[str, str]]) -> None:
    assert facts(book.done("remember", "jane", *words)) == expected


def test_a_fact_has_its_day_and_no_interaction(book: Book, cli: Cli) -> None:
    answered = cli("remember", "jane", "goal: one vendor", "--on", "friday")

    assert (answered.code, answered.err) == (0, "known since Fri 20 Nov 2026\n")
    assert "fact\tgoal\tone vendor\t2026-11-20\n" in answered.out
    assert book.rows("SELECT count(*) FROM signal") == [(0,)]


def test_what_is_known_already_is_not_written_twice(book: Book) -> None:
    book.done("remember", "jane", "goal: One vendor", "worry: costs")
    again = book.done(
        "remember", "jane", "goal: one  vendor", "goal: one office", "goal: one office", "interest: costs"
    )

    assert facts(again) == [
        ("goal", "One vendor"),
        ("worry", "costs"),
        ("goal", "one office"),
        ("interest", "costs"),
    ]


def test_all_of_it_is_one_entry_of_the_journal(book: Book) -> None:
    before = book.changes
    book.done("remember", "jane", "goal: one vendor", "worry: costs", "likes tea")

    assert book.changes == before + 1
    assert book.rows("SELECT verb FROM entry ORDER BY id DESC LIMIT 1") == [("remember",)]


def test_a_goal_is_reached_on_a_day_with_what_came_of_it(book: Book, cli: Cli) -> None:
    cli("remember", "jane", "goal: one vendor instead of three", "goal: close in five days", "--on", "2026-11-01")
    answered = cli("remember", "jane", "--reached", "one vendor", "--outcome", "two left", "--on", "fri")

    assert (answered.code, answered.err) == (0, "reached Fri 20 Nov 2026\n")
    assert "fact\tgoal\tone vendor instead of three\t2026-11-01\t2026-11-20\ttwo left\n" in answered.out
    goals = {fact["text"]: (fact["reached_on"], fact["outcome"]) for fact in book.done("show", "jane")["facts"]}
    assert goals == {"one vendor instead of three": ("2026-11-20", "two left"), "close in five days": (None, None)}


def test_a_goal_that_was_reached_can_be_set_anew(book: Book) -> None:
    book.done("remember", "jane", "goal: one vendor")
    book.done("remember", "jane", "--reached", "one vendor")
    again = book.done("remember", "jane", "goal: one vendor")

    assert [fact["reached_on"] for fact in again["facts"]] == ["2026-11-22", None]
    assert book.done("remember", "jane", "--reached", "one")["facts"][1]["reached_on"] == "2026-11-22"


def test_a_goal_can_be_set_and_another_reached_at_once(book: Book) -> None:
    book.done("remember", "jane", "goal: one vendor")
    before = book.changes
    both = book.done("remember", "jane", "goal: one office", "--reached", "one vendor")

    assert [(fact["text"], fact["reached_on"]) for fact in both["facts"]] == [
        ("one vendor", "2026-11-22"),
        ("one office", None),
    ]
    assert book.changes == before + 1


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("--reached|one", 4, ["“one” can be “one vendor instead of three” or “one office”", "say more of its words"]),
        (
            "--reached|peace",
            3,
            ["Jane Doe has no open goal “peace”", "open are: one vendor instead of three; one office"],
        ),
        ("--reached|an old", 4, ["“an old one” was reached on 2026-11-10", 'c4l remember jane-doe "goal: …"']),
        ("--reached|the audit", 3, ["no open goal"]),
        ("--reached|", 3, ["no open goal"]),
        ("--reached|one vendor|--on|2026-10-31", 2, ["became known only on 2026-11-01", "a later one with --on"]),
        ("tea|--on|tomorrow", 2, ["still to come"]),
        ("tea|--outcome|good", 2, ["--outcome says what came of one goal", "--reached"]),
        ("--reached|one vendor|--reached|one office|--outcome|good", 2, ["one goal"]),
        ("", 2, ["does not say what was learned"]),
        ("goal:", 2, ["does not say what was learned"]),
        ("goal: two|--reached|peace", 3, ["no open goal"]),
    ],
)
def test_what_cannot_be_remembered_is_told_and_nothing_is_written(
    book: Book, cli: Cli, line: str, code: int, told: list[str]
) -> None:
    first = ("goal: one vendor instead of three", "goal: one office", "goal: an old one", "worry: the audit")
    assert cli("remember", "jane", *first, "--on", "2026-11-01").code == 0
    assert cli("remember", "jane", "--reached", "an old one", "--on", "2026-11-10").code == 0
    before = book.changes
    book.refused(cli("remember", "jane", *line.split("|")), code, *told)

    assert book.changes == before


def test_helping_with_a_goal_says_which_one_and_leaves_it_open(book: Book, cli: Cli) -> None:
    book.done("remember", "jane", "goal: one vendor instead of three", "goal: one office")
    logged = book.done("log", "jane", "found a name", "-s", "helped one vendor")
    jane = {"handle": "jane-doe", "name": "Jane Doe"}

    assert logged["goals"] == [{"client": jane, "text": "one vendor instead of three"}]
    assert "goal\tjane-doe\tone office\n" in cli("log", "jane", "found a house", "-s", "helped: one office").out
    assert not any(fact["reached_on"] for fact in book.done("show", "jane")["facts"])


@pytest.mark.parametrize("signal", ["helped", "helped one", "helped with the move", "door one office"])
def test_a_signal_that_names_no_goal_or_several_says_nothing_of_goals(book: Book, signal: str) -> None:
    book.done("remember", "jane", "goal: one vendor instead of three", "goal: one office")

    assert book.done("log", "jane", "found a name", "-s", signal)["goals"] == []


# --- date ---


@pytest.mark.parametrize(
    ("words", "kept", "echo"),
    [
        (["birthday", "12-01"], ("birthday", 12, 1, None), "birthday: next Tue 1 Dec 2026"),
        (["birthday", "1", "dec", "1980"], ("birthday", 12, 1, 1980), "birthday: next Tue 1 Dec 2026"),
        (["renewal", "1 march 2027"], ("renewal", 3, 1, 2027), "renewal: next Mon 1 Mar 2027"),
        (["renewal", "1 march 2029"], ("renewal", 3, 1, 2029), "renewal: next Thu 1 Mar 2029"),
        (["leap day", "29 feb"], ("leap day", 2, 29, None), "leap day: next Sun 28 Feb 2027"),
        (["start", "22 nov"], ("start", 11, 22, None), "start: next Sun 22 Nov 2026"),
    ],
)
def test_a_key_date_is_kept_and_echoed_with_its_weekday(
    book: Book, cli: Cli, words: list[str], kept: tuple[str, int, int, int | None], echo: str
) -> None:
    answered = cli("date", "jane", *words)

    assert (answered.code, answered.err) == (0, f"{echo}\n")
    assert book.rows("SELECT label, month, day, year FROM key_date") == [kept]


def test_a_date_takes_the_place_of_what_had_its_label(book: Book, cli: Cli) -> None:
    for label, day in (("Birthday", "12-01"), ("renewal", "03-01"), ("birthday", "12-02")):
        assert cli("date", "jane", label, day).code == 0

    dates = book.done("show", "jane")["key_dates"]
    assert [(each["label"], each["month"], each["day"]) for each in dates] == [("renewal", 3, 1), ("birthday", 12, 2)]


def test_a_date_that_takes_the_place_of_another_says_which(book: Book, cli: Cli) -> None:
    def echo(label: str, *day: str) -> str:
        return cli("date", "jane", label, *day).err

    assert echo("Birthday", "12-01") == "Birthday: next Tue 1 Dec 2026\n"
    assert echo("birthday", "2 dec 1980") == "birthday: next Wed 2 Dec 2026, was 1 Dec\n"
    assert echo("birthday", "2 dec") == "birthday: next Wed 2 Dec 2026, was 2 Dec 1980\n"
    assert echo("birthday", "2 dec") == "birthday: next Wed 2 Dec 2026\n", "nothing was lost"
    assert echo("renewal", "1 march") == "renewal: next Mon 1 Mar 2027\n", "another label"


def test_what_begins_in_a_later_year_comes_up_then_wherever_it_is_told(book: Book, cli: Cli) -> None:
    cli("date", "jane", "renewal", "1 dec 2027")

    assert "Wed 1 Dec 2027, in 1 year" in book.screen("client", "show", "jane")
    assert book.done("today", "--days", "30")["dates"] == []


@pytest.mark.parametrize(("day", "left"), [("12-02", [("birthday", 12, 2)]), ("none", [])])
def test_two_of_one_label_from_two_files_become_one_or_none(
    book: Book, cli: Cli, day: str, left: list[tuple[str, int, int]]
) -> None:
    with closing(Store.open(book.path)) as store, store.writing("import") as changes:
        for month in (3, 4):
            clients.add_key_date(changes, 1, "Birthday", month, 1, None)

    answered = cli("date", "jane", "birthday", day)
    assert answered.code == 0
    assert ("was 1 Mar, was 1 Apr" in answered.err) == bool(left)
    assert book.rows("SELECT label, month, day FROM key_date") == left


def test_none_takes_a_date_away(book: Book, cli: Cli) -> None:
    cli("date", "jane", "birthday", "12-01")

    assert book.done("date", "jane", "BIRTHDAY", "none")["key_dates"] == []
    book.refused(
        cli("date", "jane", "birthday", "none"), 1, "Jane Doe has no date “birthday”", "c4l client show jane-doe"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["birthday", "soon"], "no day of a year"),
        (["birthday", "30", "feb"], "February never has more than 29 days"),
        (["birthday", "03/04"], "two ways"),
        (["", "12-01"], "a date needs a label"),
        (["x" * 201, "12-01"], "too long"),
        (["12-01", "birthday"], "no day of a year"),
    ],
)
def test_a_date_that_cannot_be_is_refused(book: Book, cli: Cli, words: list[str], told: str) -> None:
    before = book.changes
    book.refused(cli("date", "jane", *words), 2, told)

    assert book.changes == before


# --- tag ---


def test_tags_come_and_go_in_one_entry(book: Book) -> None:
    book.done("tag", "jane", "prospect", "big fish")
    before = book.changes

    assert book.done("tag", "jane", "board", "Board", "--remove", "PROSPECT")["tags"] == ["big fish", "board"]
    assert book.changes == before + 1
    assert book.rows("SELECT verb FROM entry ORDER BY id DESC LIMIT 1") == [("tag",)]
    assert [client["handle"] for client in book.done("client", "list", "--tag", "board")] == ["jane-doe"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ([], 2, "no tag was named"),
        ([""], 2, "no tag was named"),
        (["--remove", "gone"], 1, "Jane Doe has no tag “gone”"),
        (["board", "--remove", "board"], 2, "both added and taken away"),
    ],
)
def test_a_tag_that_cannot_come_or_go_is_refused(book: Book, cli: Cli, words: list[str], code: int, told: str) -> None:
    before = book.changes
    book.refused(cli("tag", "jane", *words), code, told)

    assert book.changes == before
