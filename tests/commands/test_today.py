"""The morning page: what is on it, from which day to which, and what a clean day looks like."""

from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Book
from tests.conftest import Cli, Terminal
from tests.domain.books import ago

PARTS = ("overdue", "due", "quiet", "dates", "lapsing", "thanks", "next")


def on(days: int) -> str:
    return ago(days).isoformat()


def numbers(found: Any) -> list[int]:
    return [each["number"] for each in found]


def test_a_new_book_has_an_empty_page_and_says_how_to_begin(cli: Cli, home: dict[str, str]) -> None:
    usual = {"C4L_DATABASE": "", "TERM": "dumb"}
    answered = cli("today", "--plain", env=usual)
    assert (answered.code, answered.out, answered.err) == (0, "", "")
    assert 'c4l log "Jane Doe"' in cli("today", tty=True, env=usual).out
    assert not list(Path(home["HOME"]).rglob("*.db")), "to look is not to begin"


def test_a_clean_day_is_one_good_line(book: Book, cli: Cli) -> None:
    assert book.done("today") == {"as_of": on(0), **{part: [] for part in PARTS}}
    drawn = cli("today", tty=True, env={"TERM": "dumb"}).out
    assert drawn == " Sun 22 Nov 2026: nothing is late and nobody waits. Surprise somebody today.\n"
    assert cli("today").out == "", "nobody is sent an empty mail"


@pytest.mark.parametrize("words", [[], ["--plain"], ["--json"]])
def test_c4l_alone_is_today(book: Book, cli: Cli, words: list[str]) -> None:
    book.done("promise", "jane", "send the deck", "--by", on(3))
    assert cli(*words) == cli("today", *words)
    assert "send the deck" in cli(*words).out


@pytest.mark.parametrize(
    "words", [["--limit", "0"], ["--plain", "--limit=1"], ["--json", "--days", "0"], ["--days", "9", "--plain"]]
)
def test_c4l_alone_takes_the_options_of_today(book: Book, cli: Cli, words: list[str]) -> None:
    for number in range(7):
        book.done("promise", "jane", f"part {number}", "--by", on(number - 1))
    answered = cli(*words)
    assert answered == cli("today", *words)
    assert (answered.code, "part 5" in answered.out) == (0, "--limit=1" not in words)


def test_an_option_that_today_has_not_is_none_of_c4l(book: Book, cli: Cli) -> None:
    book.refused(cli("--overdue"), 2, "no such option: --overdue", "c4l --help shows how")
    book.refused(cli("--limit", "0", "promises"), 2, "unexpected extra argument(s) (promises)")


def test_promises_are_overdue_from_the_day_after_and_due_within_the_days_ahead(book: Book) -> None:
    for number, days in enumerate((9, 1, 0, -7, -8), 1):
        party = [] if number % 2 else ["--theirs"]
        book.done("promise", "jane", f"part {number}", "--by", on(days), *party)
    book.done("promise", "jane", "some day", "--by", "someday")
    page = book.done("today")
    assert numbers(page["overdue"]) == [1, 2]
    assert [each["by"] for each in page["overdue"]] == ["me", "them"]
    assert numbers(page["due"]) == [3, 4]
    assert numbers(book.done("today", "--days", "0")["due"]) == [3]
    assert numbers(book.done("today", "--days", "8")["due"]) == [3, 4, 5]


def test_a_day_makes_a_promise_overdue_and_nothing_is_written(book: Book) -> None:
    book.done("promise", "jane", "send the deck", "--by", on(0))
    before = book.path.read_bytes()
    assert numbers(book.done("today")["due"]) == [1]
    assert numbers(book.done("today", env={"C4L_TODAY": on(-1)})["overdue"]) == [1]
    assert book.path.read_bytes() == before


def test_the_page_counts_what_promises_counts(book: Book) -> None:
    for number in range(6):
        book.done("promise", "jane", f"part {number}", "--by", on(number - 2), *(["--theirs"] if number % 3 else []))
    book.done("client", "archive", "jane")
    page = book.done("today")
    assert sorted(numbers(page["overdue"])) == sorted(numbers(book.done("promises", "--overdue")))
    within = sorted(numbers(book.done("promises", "--within", "7d")))
    assert sorted(numbers(page["overdue"]) + numbers(page["due"])) == within
    brief = book.done("brief", "jane")
    late = [each["number"] for each in (*brief["mine"], *brief["theirs"]) if each["overdue"]]
    assert sorted(late) == sorted(numbers(page["overdue"]))


def test_every_line_has_the_last_word_said_with_the_client(book: Book, cli: Cli) -> None:
    book.done("log", "jane", "the first word", "--on", on(30))
    book.done("log", "jane", "the last word\nin two lines", "--on", on(3))
    book.done("log", "jane", "written down late", "--on", on(9))
    book.done("log", "jane", "a plan", "--on", on(-30))
    book.done("promise", "jane", "send the deck", "--by", on(1))
    book.done("promise", "bob", "send the deck", "--by", on(1))
    first, second = book.done("today")["overdue"]
    assert first["last"] == {"interaction": 2, "on": on(3), "channel": "call", "note": "the last word\nin two lines"}
    assert second["last"] is None
    assert cli("today").out.splitlines()[0].endswith("\tthe last word in two lines")
    book.done("promise", "jane", "the figures", "--by", on(1))
    drawn = cli("today", tty=True, env={"TERM": "dumb"}).out
    assert drawn.count("i2, 3 days ago: “the last word in two lines”") == 1, "once in a part"


def test_key_dates_come_with_the_age_where_the_year_is_known(book: Book, cli: Cli) -> None:
    for who, label, day in (
        ("jane", "birthday", "1980-11-29"),
        ("bob", "anniversary", "11-22"),
        ("omar", "birthday", "11-30"),
        ("may", "leap day", "1992-02-29"),
        ("grace", "birthday", "11-23"),
    ):
        assert cli("date", who, label, day).code == 0
    book.done("client", "archive", "grace")
    dates = [(each["client"]["name"], each["label"], each["on"], each["years"]) for each in book.done("today")["dates"]]
    assert dates == [("Bob Stone", "anniversary", "2026-11-22", None), ("Jane Doe", "birthday", "2026-11-29", 46)]
    [leap] = book.done("today", env={"C4L_TODAY": "2027-02-25"})["dates"]
    assert (leap["on"], leap["years"]) == ("2027-02-28", 35)
    [leap] = book.done("today", env={"C4L_TODAY": "2028-02-25"})["dates"]
    assert leap["on"] == "2028-02-29"
    turn = book.done("today", "--days", "366")["dates"]
    assert len(turn) == 4, "a year ahead, every date comes once"


def test_thanks_are_owed_for_a_door_until_they_are_given(book: Book) -> None:
    book.done("log", "jane", "a good call", "-s", "door introduced us to Bob", "--on", on(400))
    book.done("log", "jane", "another call", "-s", "door spoke up for us", "--on", on(3))
    [thanks] = book.done("today")["thanks"]
    assert (thanks["client"]["handle"], thanks["on"], thanks["interaction"]) == ("jane-doe", on(3), 2)
    assert thanks["text"] == "spoke up for us"
    book.done("log", "jane", "flowers", "-c", "gift", "-s", "thanked", "--on", on(4))
    assert len(book.done("today")["thanks"]) == 1, "the day before is not for this door"
    book.done("log", "jane", "a card", "-c", "note", "-s", "thanked", "--on", on(3))
    assert book.done("today")["thanks"] == []
    book.done("log", "jane", "one more", "-s", "door", "--on", on(2))
    assert len(book.done("today")["thanks"]) == 1


def test_what_is_to_come_is_a_plan_or_a_day_that_was_set(book: Book) -> None:
    book.done("log", "jane", "said hello", "--next", on(-3))
    book.done("log", "bob", "said hello", "--next", on(-8))
    book.done("log", "omar, jane", "lunch", "-c", "visit", "--on", on(-3))
    found = book.done("today")["next"]
    assert [(each["client"]["name"], each["on"], each["interaction"]) for each in found] == [
        ("Jane Doe", on(-3), 3),
        ("Omar Lund", on(-3), 3),
    ]
    later = book.done("today", env={"C4L_TODAY": on(-8)})["next"]
    assert [(each["client"]["name"], each["interaction"]) for each in later] == [("Bob Stone", None)]


def for_life(book: Book, who: str, third: int) -> None:
    """A client for life, whose oldest sign of trust is so many days old."""
    book.done("log", who, "chose the vendor with us", "--on", on(third), "-s", "consulted")
    book.done("log", who, "flagged the audit", "--on", on(200), "-s", "early")
    book.done("log", who, "introduced their CFO", "--on", on(9), "-s", "door")
    book.done("log", who, "sent flowers", "--on", on(9), "-c", "gift", "-s", "thanked")
    for number in range(3):
        promise = book.done("promise", who, f"part {number}", "--by", on(100), "--on", on(120))
        book.done("keep", str(promise["number"]), "--on", on(110))


@pytest.mark.parametrize(("days", "told"), [([], [30]), (["--days", "3"], [30]), (["--days", "31"], [30, 31])])
def test_a_fall_is_told_a_month_ahead_at_least(book: Book, days: list[str], told: list[int]) -> None:
    for_life(book, "jane", 365 - 30)
    for_life(book, "bob", 365 - 31)
    falling = book.done("today", *days)["lapsing"]
    assert [each["on"] for each in falling] == [on(-ahead) for ahead in told]
    assert (falling[0]["client"]["name"], falling[0]["tier"], falling[0]["falls_to"]) == ("Jane Doe", "life", "base")
    [loss] = falling[0]["because"]
    assert (loss["criterion"], loss["needed"]) == ("trusted", "one more of advice, consulted, inner by Mon 21 Dec")
    assert [(each["number"], each["what"]) for each in loss["records"]] == [(1, "consulted")]


def test_a_fall_is_told_with_what_lapses_and_what_would_hold_it(book: Book, cli: Cli) -> None:
    for_life(book, "jane", 365 - 12)
    line = (
        "lapsing\ti1\t\tJane Doe\t{}\tlife to base; trusted lapses: consulted i1 of {} grows too old to count; {}\t{}\n"
    )
    hold = "to hold it: one more of advice, consulted, inner by Thu 3 Dec"
    assert cli("today").out == line.format(on(-12), "Thu 4 Dec 2025", hold, "sent flowers")
    drawn = " ".join(cli("today", tty=True, env={"TERM": "dumb"}).out.split())
    assert "About to fall · within 30 days i1 4 Dec Jane Doe life to base; trusted lapses:" in drawn
    book.done("log", "jane", "asked what to do", "-s", "advice")
    assert cli("today").out == "", "that held them"


def test_a_promise_in_time_is_no_alarm_and_hides_none(book: Book) -> None:
    for_life(book, "jane", 365 - 20)
    for_life(book, "bob", 250)
    for who in ("jane", "bob"):
        book.done("promise", who, "one page", "--by", "today")
    [falling] = book.done("today")["lapsing"]
    assert (falling["client"]["name"], falling["on"]) == ("Jane Doe", on(-20)), "by her sign, behind her promise"
    tomorrow = book.done("today", env={"C4L_TODAY": on(-1)})["lapsing"]
    assert [(each["client"]["name"], each["on"]) for each in tomorrow] == [("Bob Stone", on(-8)), ("Jane Doe", on(-8))]
    assert [each["what"] for each in tomorrow[0]["holds"]] == ["keep 8 by Sun 29 Nov"]


def test_nobody_falls_from_the_base_nor_from_the_archive(book: Book) -> None:
    book.done("log", "omar", "a good call", "-s", "consulted", "--on", on(360))
    book.done("log", "omar", "another", "--on", on(1))
    for_life(book, "jane", 365 - 12)
    book.done("client", "archive", "jane")
    assert book.done("today")["lapsing"] == []


def test_a_limit_holds_for_each_part_and_says_how_many_are_left_out(book: Book, cli: Cli) -> None:
    for number in range(8):
        book.done("promise", "jane", f"late {number}", "--by", on(2))
        book.done("promise", "jane", f"soon {number}", "--by", on(-2))
    drawn = cli("today", tty=True, env={"TERM": "dumb"}).out
    assert drawn.count("and 3 more") == 2
    assert drawn.count("late ") == 5
    assert "Overdue · 8 of yours" in drawn
    assert cli("today", "--limit", "0", tty=True, env={"TERM": "dumb"}).out.count("late ") == 8
    assert cli("today", "--limit", "2").out.count("\n") == 4
    assert cli("today").out.count("\n") == 16
    assert len(book.done("today", "--limit", "2")["overdue"]) == 8, "JSON holds all"


@pytest.mark.parametrize("days", ["-1", "367", "soon"])
def test_it_looks_ahead_a_year_at_most(book: Book, cli: Cli, days: str) -> None:
    book.refused(cli("today", "--days", days), 2, "--days")


def test_on_a_terminal_it_is_drawn(book: Book, terminal: Terminal) -> None:
    book.done("promise", "jane", "send the deck", "--by", on(1))
    shown = terminal(env={"TERM": "dumb"}).out
    assert "Overdue · 1 of yours" in shown
    assert "c4l move 1 tue --told" in shown


def test_what_others_owe_hides_nothing_of_yours(book: Book) -> None:
    for number, days in enumerate((9, 8, 7, 6, 5, 4), 1):
        theirs = ["--theirs"] if number in (1, 2, 4) else []
        book.done("promise", "jane", f"late {number}", "--by", on(days), *theirs)
        book.done("promise", "bob", f"due {number}", "--by", on(number - 7), *theirs)
    page = book.done("today")
    assert [each["what"] for each in page["overdue"]] == [f"late {number}" for number in (3, 5, 6, 1, 2, 4)]
    assert [each["what"] for each in page["due"]] == [f"due {number}" for number in (6, 5, 4, 3, 2, 1)]
    shown = book.screen("today", "--limit", "4")
    assert [number for number in range(1, 7) if f"late {number}" in shown] == [1, 3, 5, 6]
    assert [number for number in range(1, 7) if f"due {number}" in shown] == [3, 4, 5, 6]
    assert shown.index("due 6") < shown.index("due 4")
    assert shown.count("and 2 more: c4l today --limit 0\n") == 2
    assert "and 2 more: c4l today --limit 0 --days 9\n" in book.screen("today", "--limit", "4", "--days", "9")


def test_the_last_line_of_the_page_can_be_pasted(book: Book) -> None:
    book.done("promise", "jane", "send the deck", "--by", on(1))
    line = book.screen("today").splitlines()[-1]
    assert line == " Tell them before they ask:  c4l move 1 tue --told"
    assert book.done(*line.split("c4l ")[1].split())["due_on"] == "2026-11-24"
