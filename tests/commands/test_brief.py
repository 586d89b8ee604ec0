"""Everything before a call: what the brief of a client holds, in all three looks."""

from typing import Any

from tests.commands.conftest import Book
from tests.conftest import Cli
from tests.domain.books import ago


def on(days: int) -> str:
    return ago(days).isoformat()


def story(book: Book, cli: Cli) -> None:
    """Jane's: what was promised, shown, given and learned in a year."""
    book.done("log", "jane", "long ago", "-s", "advice", "--on", on(500))
    book.done("log", "jane", "asked us first", "-s", "consulted", "--on", on(200), "-l", "goal: one vendor")
    book.done("log", "jane", "asked again", "-s", "consulted,door", "--on", on(40), "-l", "worry: the audit")
    book.done("log", "jane", "a card", "-c", "note", "-s", "praised", "--on", on(20))
    book.done("log", "jane", "walked through it", "--on", on(2), "-i", f"send the deck by {on(1)}")
    book.done("promise", "jane", "the figures", "--by", on(-5))
    book.done("promise", "jane", "purchase order", "--by", on(-9), "--theirs")
    book.done("promise", "jane", "an old one", "--by", on(30), "--on", on(60))
    book.done("move", "4", on(-2), "--on", on(31), "--told", "--because", "waiting")
    book.done("promise", "jane", "kept already", "--by", on(0))
    book.done("keep", "5")
    book.done("promise", "jane", "some day", "--by", "someday")
    assert cli("date", "jane", "birthday", "1980-12-01").code == 0


def names(found: Any) -> dict[str, tuple[int, str]]:
    return {each["signal"]: (each["times"], each["last_on"]) for each in found}


def test_it_holds_all_that_is_known_and_owed(book: Book, cli: Cli) -> None:
    story(book, cli)
    brief = book.done("brief", "jane")
    assert brief["client"]["handle"] == "jane-doe"
    assert [each["note"] for each in brief["client"]["recent"]] == ["walked through it", "a card", "asked again"]
    assert [fact["text"] for fact in brief["client"]["facts"]] == ["one vendor", "the audit"]
    assert [each["number"] for each in brief["mine"]] == [1, 4, 2, 6], "by due day, and those without one last"
    assert [each["number"] for each in brief["theirs"]] == [3]
    assert brief["dates"] == [{"label": "birthday", "on": "2026-12-01", "years": 46}]
    assert brief["tier"] == "base"
    assert brief["missing"]


def test_it_tells_what_either_side_gave_within_a_year(book: Book, cli: Cli) -> None:
    story(book, cli)
    brief = book.done("brief", "jane")
    assert names(brief["shown"]) == {"consulted": (2, on(40)), "door": (1, on(40))}
    assert names(brief["given"]) == {"praised": (1, on(20)), "warned": (1, on(31))}
    told = {each["signal"]: (each["interaction"], each["text"]) for each in (*brief["shown"], *brief["given"])}
    assert told["consulted"] == (3, "asked again")
    assert told["warned"] == (None, None)


def test_of_several_signs_of_one_day_the_last_speaks(book: Book) -> None:
    book.done("log", "jane", "in the morning", "-s", "advice", "--on", on(3))
    book.done("log", "jane", "in the evening", "-s", "advice", "--on", on(3))
    book.done("log", "jane", "the day before, written down late", "-s", "advice", "--on", on(4))
    [advice] = book.done("brief", "jane")["shown"]
    assert (advice["times"], advice["last_on"], advice["interaction"]) == (3, on(3), 2)
    assert advice["text"] == "in the evening"


def test_it_says_how_to_begin(book: Book, cli: Cli) -> None:
    story(book, cli)
    openings = book.done("brief", "jane")["openings"]
    assert [each["reason"] for each in openings] == ["late", "thanks", "goal"]
    assert openings[0]["promise"] == 1
    drawn = cli("brief", "jane", tty=True, env={"TERM": "dumb", "COLUMNS": "120"}).out
    assert "own up before they ask: “send the deck” is 1 day late (1)" in drawn


def test_it_agrees_with_why_and_promises(book: Book, cli: Cli) -> None:
    story(book, cli)
    brief = book.done("brief", "jane")
    assert brief["tier"] == book.done("why", "jane")["tier"]
    mine = sorted(each["number"] for each in brief["mine"])
    assert mine == sorted(each["number"] for each in book.done("promises", "jane", "--mine"))


def test_of_somebody_never_contacted_it_says_so(book: Book, cli: Cli) -> None:
    brief = book.done("brief", "bob")
    assert (brief["tier"], brief["missing"], brief["shown"], brief["given"]) == (None, [], [], [])
    assert [each["reason"] for each in brief["openings"]] == ["unknown"]
    assert "never contacted" in cli("brief", "bob", tty=True).out


def test_of_the_archived_it_tells_too(book: Book, cli: Cli) -> None:
    story(book, cli)
    book.done("client", "archive", "jane")
    assert book.done("brief", "jane")["tier"] is None
    assert "archived" in cli("brief", "jane", tty=True).out


def test_nobody_is_3_and_several_are_4(book: Book, cli: Cli) -> None:
    book.refused(cli("brief", "zoe"), 3)
    book.done("client", "add", "Jane Roe")
    book.refused(cli("brief", "jane"), 4, "jane-doe", "jane-roe")
