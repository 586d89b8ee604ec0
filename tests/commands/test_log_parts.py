"""`c4l log`: everything that comes with an entry - how and when, what was shown, learned and owed."""

from typing import Any

import pytest

from c4l.domain.terms import Channel
from tests.commands.conftest import Book
from tests.conftest import Cli

JANE, BOB = "jane-doe", "bob-stone"


# What is understood


def test_everything_at_once_as_in_the_manual(book: Book) -> None:
    logged = book.done(
        *("log", "Jane, Bob", "walked through the renewal", "--channel", "meeting", "--on", "yesterday"),
        *("--minutes", "30", "--in", "--at", "9:30", "--i-owe", "send the deck by friday"),
        *("--they-owe", "Bob: purchase order by 1 dec", "--signal", "Jane: consulted"),
        *("--signal", "Bob: door introduced us to their CFO", "--learned", "Jane: goal: one vendor instead of three"),
        *("--next", "3w"),
    )

    jane, bob = {"handle": JANE, "name": "Jane Doe"}, {"handle": BOB, "name": "Bob Stone"}
    assert logged["interaction"] == {
        "number": 1,
        "on": "2026-11-21",
        "time": "09:30",
        "channel": "meeting",
        "reached_out": "them",
        "minutes": 30,
        "note": "walked through the renewal",
        "clients": [jane, bob],
        "signals": [
            {"client": jane, "signal": "consulted", "note": None},
            {"client": bob, "signal": "door", "note": "introduced us to their CFO"},
        ],
        "facts": [{"client": jane, "kind": "goal", "text": "one vendor instead of three"}],
        "promises": [1, 2],
    }
    assert logged["next_on"] == "2026-12-13"
    assert (logged["planned"], logged["undated"]) == (False, [])
    assert book.done("show", "i1") == {**logged["interaction"], "goals": logged["goals"]}
    assert book.promises == [
        (JANE, "me", "send the deck", "2026-11-21", "2026-11-27", "open"),
        (BOB, "them", "purchase order", "2026-11-21", "2026-12-01", "open"),
    ]
    assert book.rows("SELECT handle, next_on FROM client WHERE next_on IS NOT NULL") == [
        (JANE, "2026-12-13"),
        (BOB, "2026-12-13"),
    ]


def test_plain_lines_say_the_same(book: Book, cli: Cli) -> None:
    answered = cli("log", "jane", "hello", "-s", "door", "-i", "call by 1d", "-l", "worry: costs", "-n", "3w")

    assert (answered.code, answered.err) == (0, "")
    assert answered.out.splitlines() == [
        "interaction\ti1\t2026-11-22\t\tcall\t\t\tjane-doe\thello",
        "signal\tjane-doe\tdoor\t",
        "fact\tjane-doe\tworry\tcosts",
        "promise\t1\tjane-doe\tme\topen\t2026-11-23\t0\t0\tcall",
        "next\t2026-12-13",
    ]


@pytest.mark.parametrize(
    ("said", "what", "due", "undated"),
    [
        ("send the deck by friday", "send the deck", "2026-11-27", False),
        ("send the deck by today", "send the deck", "2026-11-22", False),
        ("send the deck by 2026-11-03", "send the deck", "2026-11-03", False),
        ("stand by for news", "stand by for news", None, True),
        ("stand by me by friday", "stand by me", "2026-11-27", False),
        ("send the deck", "send the deck", None, True),
        ("send the deck by someday", "send the deck", None, False),
        ("Re: invoice by friday", "Re: invoice", "2026-11-27", False),
        ("Ola: nobody here by friday", "Ola: nobody here", "2026-11-27", False),
    ],
)
def test_what_is_owed_ends_in_its_due_day(book: Book, said: str, what: str, due: str | None, undated: bool) -> None:
    logged = book.done("log", "Jane, Bob", "met", "-i", said)

    [promise] = logged["promises"]
    assert (promise["what"], promise["due_on"], promise["client"]["handle"]) == (what, due, JANE)
    assert logged["undated"] == ([1] if undated else [])
    assert book.promises == [(JANE, "me", what, "2026-11-22", due, "open")]


def test_the_echo_on_a_screen_says_what_was_understood(book: Book) -> None:
    said = ["-i", "stand by for news", "-i", "send the deck by friday", "-i", "old thing by 2026-11-03", "-n", "3w"]
    echo = book.screen("log", "Jane, Bob", "met", *said)

    for part in (
        "call with Jane Doe and Bob Stone · Sun 22 Nov 2026",
        "stand by for news · you owe Jane Doe · no due day",
        "due Fri 27 Nov 2026, in 5 days",
        "already 19 days overdue",
        "next contact Sun 13 Dec 2026",
    ):
        assert part in echo


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        (["-s", "consulted"], [("consulted", None)]),
        (["-s", "consulted,early"], [("consulted", None), ("early", None)]),
        (["-s", "consulted", "-s", "consulted"], [("consulted", None)]),
        (["-s", "door introduced us to Bob"], [("door", "introduced us to Bob")]),
        (["-s", "put first"], [("put-first", None)]),
        (["-s", "jane: inner"], [("inner", None)]),
        (["-l", "interest: a quiet launch"], [("listened", "a quiet launch")]),
        (["-l", "goal: one vendor"], []),
    ],
)
def test_signals_are_seen_about_the_one_client(book: Book, said: list[str], seen: list[tuple[str, str | None]]) -> None:
    logged = book.done("log", "jane", "hello", *said)

    assert [(each["signal"], each["note"]) for each in logged["interaction"]["signals"]] == seen
    assert book.rows("SELECT kind, note, seen_on FROM signal ORDER BY id") == [
        (signal, note, "2026-11-22") for signal, note in seen
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["-s", "consulted"], "“consulted” can be about Jane Doe or Bob Stone"),
        (["-s", "jane: early", "-s", "door they did"], '--signal "jane-doe: door they did"'),
        (["-l", "goal: one vendor"], '--learned "jane-doe: goal: one vendor"'),
    ],
)
def test_what_could_lift_the_wrong_one_of_several_is_refused(book: Book, cli: Cli, said: list[str], told: str) -> None:
    book.refused(cli("log", "Jane, Bob", "hello", *said), 4, told)
    assert book.changes == 1


@pytest.mark.parametrize(
    ("said", "channel", "reached_out"),
    [
        ([], "call", None),
        (["--in"], "call", "them"),
        (["--out"], "call", "me"),
        (["-c", "note"], "note", "me"),
        (["-c", "gift"], "gift", "me"),
        (["-c", "gift", "--in"], "gift", "them"),
        (["--how", "visit"], "visit", None),
    ],
)
def test_who_reached_out(book: Book, said: list[str], channel: str, reached_out: str | None) -> None:
    written = book.done("log", "jane", "hello", *said)["interaction"]

    assert (written["channel"], written["reached_out"]) == (channel, reached_out)
    assert book.rows("SELECT channel, reached_out FROM interaction") == [(channel, reached_out)]


@pytest.mark.parametrize("channel", list(Channel))
def test_the_usual_channel_is_a_setting(book: Book, channel: Channel) -> None:
    env = {"C4L_CHANNEL": channel.value}

    assert book.done("log", "jane", "hello", env=env)["interaction"]["channel"] == channel
    assert book.done("log", "jane", "hello", "-c", "event", env=env)["interaction"]["channel"] == "event"


@pytest.mark.parametrize(("said", "minutes"), [("30", 30), ("90m", 90), ("1h", 60), ("1h30", 90), ("0", 0)])
def test_minutes(book: Book, said: str, minutes: int) -> None:
    assert book.done("log", "jane", "hello", "-m", said)["interaction"]["minutes"] == minutes


@pytest.mark.parametrize(("said", "shown"), [("14:30", "14:30"), ("9:05", "09:05"), ("00:00", "00:00")])
def test_the_time_of_day_is_only_shown(book: Book, said: str, shown: str) -> None:
    assert book.done("log", "jane", "hello", "--at", said)["interaction"]["time"] == shown


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ([], "2026-11-22"),
        (["--on", "yesterday"], "2026-11-21"),
        (["-o", "friday"], "2026-11-20"),
        (["-o", "sunday"], "2026-11-22"),
        (["-o", "3d"], "2026-11-19"),
        (["-o", "2026-10-01"], "2026-10-01"),
    ],
)
def test_a_day_of_a_log_lies_behind(book: Book, said: list[str], on: str) -> None:
    logged = book.done("log", "jane", "hello", "-i", "call back by friday", *said)

    assert (logged["interaction"]["on"], logged["planned"]) == (on, False)
    assert book.promises == [(JANE, "me", "call back", on, "2026-11-27", "open")]


def test_a_day_to_come_is_a_plan_whose_promises_are_made_today(book: Book) -> None:
    logged = book.done("log", "jane", "lunch", "--on", "in 3 days", "-i", "book a table by 24 nov")

    assert (logged["interaction"]["on"], logged["planned"]) == ("2026-11-25", True)
    assert book.promises == [(JANE, "me", "book a table", "2026-11-22", "2026-11-24", "open")]
    assert book.done("client", "show", "jane")["last_interaction_on"] is None
    later = book.done("client", "show", "jane", env={"C4L_TODAY": "2026-11-25"})
    assert later["last_interaction_on"] == "2026-11-25"

    assert "planned for Wed 25 Nov 2026, in 3 days" in book.screen("log", "jane", "lunch", "-o", "in 3 days")


@pytest.mark.parametrize(("said", "day"), [("3w", "2026-12-13"), ("1 dec", "2026-12-01")])
def test_next_stands_until_there_is_contact_on_its_day_or_later(book: Book, said: str, day: str) -> None:
    def next_on(today: str) -> Any:
        return book.done("client", "show", "jane", env={"C4L_TODAY": today})["next_on"]

    assert book.done("log", "jane", "hello", "--next", said)["next_on"] == day
    for words in (("jane", "in touch again"), ("jane", "remembered late", "--on", "3d"), ("bob", "somebody else")):
        book.done("log", *words)
        assert next_on("2026-11-22") == day

    book.done("log", "jane", "lunch", "--on", "2026-12-14")
    assert next_on("2026-12-13") == day, "a plan is no contact before its day"
    assert next_on("2026-12-14") is None


def test_contact_on_the_day_that_was_set_is_what_was_waited_for(book: Book) -> None:
    book.done("log", "jane", "hello", "--next", "1 dec")
    book.done("log", "jane", "in touch", env={"C4L_TODAY": "2026-12-01"})
    assert book.done("client", "show", "jane", env={"C4L_TODAY": "2026-12-01"})["next_on"] is None


def test_another_next_takes_the_place_of_the_one_before(book: Book) -> None:
    book.done("log", "jane", "hello", "--next", "3w")
    book.done("log", "jane", "sooner, she says", "--next", "1w")
    assert book.done("client", "show", "jane")["next_on"] == "2026-11-29"


# What cannot be


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["-s", "consultd"], ["did you mean consulted?", "the signals: advice, consulted"]),
        (["-s", "warned"], ["warned is kept with the promise it is about", "c4l move N DAY --told"]),
        (["-s", ""], ["no signal is named"]),
        (["-o", "whenever"], ["“whenever” is no day", "yesterday, friday, 3d"]),
        (["-o", "last monday"], ["“last monday” can be read in two ways: Mon 2026-11-16 or Mon 2026-11-09"]),
        (["-o", "2026-W47"], ["is a week, and a log wants a day"]),
        (["-n", "next week"], ["“next week”"]),
        (["-n", "yesterday"], ["the next contact cannot be on Sat 21 Nov 2026, which is past", "--next 3w"]),
        (["-m", "99h"], ["“99h” is no number of minutes", "say it as 30, 90m, 1h or 1h30"]),
        (["-m", "-5"], ["“-5” is no number of minutes"]),
        (["-m", "soon"], ["“soon” is no number of minutes"]),
        (["--at", "25:00"], ["“25:00” is no time of day", "say it as 14:30"]),
        (["--at", "14:60"], ["“14:60” is no time of day"]),
        (["--at", "9"], ["“9” is no time of day"]),
        (["--at", ":30"], ["“:30” is no time of day"]),
        (["--at", "99999999999999999999:30"], ["is no time of day"]),
        (["--at", "14:30+02:00"], ["is no time of day"]),
        (["-c", "fax"], ["'fax' is not one of 'call', 'meeting'"]),
        (["-i", "chapter by chapter 3"], ["“chapter 3” is no day", "end the text in “by someday”"]),
        (["-i", "the deck by next friday"], ["can be read in two ways"]),
        (["-i", "by friday"], ["does not say what is owed"]),
        (["-t", "bob:"], ["does not say what is owed"]),
        (["-l", "goal:"], ["does not say what was learned"]),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_hint_and_nothing_is_written(
    book: Book, cli: Cli, said: list[str], told: list[str]
) -> None:
    for words in (["bob", "hello"], ["Zed, Bob", "hello", "--new"]):
        answered = cli("log", *words, "-i", "a good one by friday", *said)
        book.refused(answered, 2, *told)
        assert answered.err.count("\n") == 2
    assert book.changes == 1


def test_a_note_that_begins_with_a_dash_wants_two_dashes_before_it(book: Book, cli: Cli) -> None:
    book.refused(cli("log", "jane", "-x is off"), 2, "no such option: -x")
    assert cli("log", "--", "jane", "-x is off").code == 0
    assert cli("log", "jane", "-s", "door", "--", "-y is off", "--json").code == 0
    assert book.notes == ["-x is off", "-y is off --json"]


def test_a_note_that_begins_with_a_number_below_zero_is_a_note(book: Book, cli: Cli) -> None:
    assert cli("log", "jane", "-5 % off").code == 0
    assert book.notes == ["-5 % off"]


@pytest.mark.parametrize("option", ["-i", "-t", "-l", "-s"])
@pytest.mark.parametrize("named", ["Bob", "bob stone", "bob-stone"])
def test_a_part_that_names_a_client_of_the_book_but_not_of_the_entry_is_refused(
    book: Book, cli: Cli, option: str, named: str
) -> None:
    said = f"{named}: door" if option == "-s" else f"{named}: send it by friday"
    answered = cli("log", "jane", "walked through it", option, said)
    book.refused(answered, 2, "who is not of this entry", "name everybody first")


def test_a_word_before_a_colon_that_is_nobodys_name_is_text(book: Book) -> None:
    [promise] = book.done("log", "jane", "walked through it", "-i", "Re: invoice by friday")["promises"]
    assert promise["what"] == "Re: invoice"


def test_who_was_named_by_a_beginning_is_named_so_before_a_colon(book: Book) -> None:
    book.done("client", "add", "山田太郎")
    [promise] = book.done("log", "山田", "図面の話", "-t", "山田: 図面 by 1 dec")["promises"]
    assert (promise["client"]["name"], promise["what"]) == ("山田太郎", "図面")


@pytest.mark.parametrize(
    ("said", "logged", "shown"),
    [
        ([], "counts as theirs; if it was you: c4l edit i1 --out", "nobody said who reached out: counts as theirs"),
        (["-m", "30"], "30 min · counts as theirs; if", "30 min · nobody said who reached out: counts as theirs"),
        (["-c", "meeting"], "counts as theirs", "counts as theirs"),
        (["-c", "visit"], "counts as theirs", "counts as theirs"),
        (["-c", "email"], None, None),
        (["-c", "event"], None, None),
        (["--in"], "they reached out", "they reached out"),
        (["--out"], "you reached out", "you reached out"),
        (["-c", "gift"], "you reached out", "you reached out"),
        (["-c", "visit", "--on", "tomorrow"], None, "counts as theirs"),
    ],
)
def test_a_terminal_tells_whose_a_contact_is_taken_for(
    book: Book, said: list[str], logged: str | None, shown: str | None
) -> None:
    for told, screen in ((logged, book.screen("log", "jane", "hello", *said)), (shown, book.screen("show", "i1"))):
        assert ("reached out" in screen or "counts as" in screen) == (told is not None)
        assert (told or "") in screen


def test_the_way_that_is_told_says_that_it_was_you(book: Book) -> None:
    line = next(line for line in book.screen("log", "jane", "hello").splitlines() if "if it was you: " in line)
    assert book.done(*line.split("c4l ")[1].split())["reached_out"] == "me"
