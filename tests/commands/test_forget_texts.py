"""`client forget` and what others' records say of somebody: each kind of text can be changed, without a trace."""

import re
from pathlib import Path

import pytest

from c4l.store import compiled
from tests.commands.conftest import Book
from tests.conftest import Cli

SAYING: dict[str, tuple[str, ...]] = {
    "note": ("log|jane|zqxnote of Bob Stone",),
    "signal": ("log|jane|hello|-s|door zqxsignal to Bob Stone",),
    "fact": ("remember|jane|worry: zqxfact of Bob Stone",),
    "outcome": ("remember|jane|goal: one vendor", "remember|jane|--reached|one|--outcome|zqxoutcome with Bob Stone"),
    "promise": ("promise|jane|zqxpromise Bob Stone",),
    "reason": ("promise|jane|x by 1 dec", "move|1|2026-12-24|--told|--because|zqxreason Bob Stone"),
    "plan": ("promise|jane|x by 1 dec", "move|1|2026-12-24|--told|--plan|zqxplan Bob Stone"),
    "organisation": ("client edit|jane|--org|zqxorg Bob Stone",),
    "role": ("client edit|jane|--role|zqxrole of Bob Stone",),
    "view": ("assess|jane|--stake|high|--because|zqxview of Bob Stone",),
    "key date": ("date|jane|zqxlabel Bob Stone|12-01",),
    "tag": ("tag|jane|zqxtag-bob-stone",),
}
"""Commands that leave each kind of text about somebody in another's record."""


def say(cli: Cli, lines: tuple[str, ...]) -> None:
    for line in lines:
        command, *rest = line.split("|")
        assert cli(*command.split(), *rest).code == 0, line


def everything(book: Book) -> bytes:
    return b"".join(path.read_bytes() for path in book.path.parent.rglob("*") if path.is_file()).lower()


def texts(book: Book) -> set[str]:
    """Every text that stands in some record now."""
    rows = [row for table in compiled.RECORDS for row in book.rows(f"SELECT * FROM {table}")]
    return {cell for row in rows for cell in row if isinstance(cell, str)}


@pytest.mark.parametrize("kind", SAYING)
def test_on_a_terminal_each_kind_of_text_is_offered_and_nothing_of_it_stays(book: Book, cli: Cli, kind: str) -> None:
    say(cli, SAYING[kind])
    answered = cli("client", "forget", "bob", stdin="bob-stone\nokapi\n", tty=True)
    assert answered.code == 0
    assert "1 text about others may name them: you are asked about each." in answered.err
    assert "Other words for it" in answered.err
    assert "Texts that name them" not in answered.out
    assert "okapi" in texts(book)
    assert b"zqx" not in everything(book)
    assert cli("doctor").code == 0
    # It cannot be taken back, as nothing is there to be brought back.
    refused = cli("undo")
    assert (refused.code, "what it did was forgotten" in refused.err) == (1, True)


@pytest.mark.parametrize("kind", SAYING)
def test_enter_leaves_a_text_as_it_is(book: Book, cli: Cli, kind: str) -> None:
    say(cli, SAYING[kind])
    answered = cli("client", "forget", "bob", stdin="bob-stone\n\n", tty=True)
    assert answered.code == 0
    assert "Texts that name them" in answered.out
    assert any("zqx" in text for text in texts(book))


def test_what_was_reworded_is_found_by_its_new_words(book: Book, cli: Cli) -> None:
    say(cli, SAYING["fact"])
    assert cli("client", "forget", "bob", stdin="bob-stone\nwhat the okapi says\n", tty=True).code == 0
    assert [hit["text"] for hit in book.done("search", "okapi")["hits"]] == ["what the okapi says"]
    assert book.done("history")[0]["words"].startswith("changed")


def test_both_texts_of_a_record_are_asked_about_and_only_those_that_name_them(book: Book, cli: Cli) -> None:
    say(cli, ("promise|jane|x by 1 dec", "promise|jane|y by 1 dec"))
    book.done("move", "1", "2026-12-24", "--told", "--because", "Bob Stone is away", "--plan", "ask Bob")
    book.done("move", "2", "2026-12-24", "--told", "--because", "it snows", "--plan", "ask Bob Stone")
    answered = cli("client", "forget", "bob", stdin="bob-stone\n" + "one\ntwo\nthree\n", tty=True)
    assert answered.code == 0
    assert answered.err.count("Other words for it") == 3
    assert {"one", "two", "three", "it snows"} <= texts(book)


def test_a_text_that_stands_twice_is_asked_about_once(book: Book, cli: Cli) -> None:
    book.done("assess", "jane", "--stake", "high", "--value", "100", "--because", "Bob Stone said so")
    answered = cli("client", "forget", "bob", stdin="bob-stone\nokapi\n", tty=True)
    assert answered.err.count("Other words for it") == 1
    assert book.rows("SELECT because FROM assessment") == [("okapi",), ("okapi",)]


def test_a_tag_that_becomes_another_of_hers_is_one(book: Book, cli: Cli) -> None:
    book.done("tag", "jane", "bob-stone", "board")
    assert cli("client", "forget", "bob", stdin="bob-stone\nBoard\n", tty=True).code == 0
    assert book.rows("SELECT name, name_key FROM tag") == [("board", "board")]


@pytest.mark.parametrize(("kind", "words"), [("tag", "x" * 201), ("key date", "x" * 201)])
def test_words_that_cannot_stand_there_are_refused_and_the_rest_is_told(
    book: Book, cli: Cli, kind: str, words: str
) -> None:
    say(cli, SAYING[kind])
    answered = cli("client", "forget", "bob", stdin=f"bob-stone\n{words}\n", tty=True)
    assert answered.code == 1
    assert "a line of 201 characters is too long; they are forgotten" in answered.err
    assert "Texts that name them" in answered.out


# --- all at once -----------------------------------------------------------------------------------------------------


@pytest.fixture
def talked_about(book: Book, cli: Cli) -> Book:
    for number, (_, lines) in enumerate((kind, lines) for kind, lines in SAYING.items() if kind not in ("plan", "tag")):
        say(cli, tuple(line.replace("move|1", "move|2") for line in lines) if number else lines)
    book.done("log", "jane", "asked bob about it")
    book.done("tag", "jane", "bob-stone")
    return book


def test_with_hide_all_texts_say_somebody_but_first_names_and_tags(talked_about: Book, cli: Cli) -> None:
    many = len(talked_about.done("client", "forget", "bob", "--dry-run")["named"])
    planned = talked_about.done("client", "forget", "bob", "--hide", "--dry-run")
    assert any("Bob Stone" in text for text in texts(talked_about))

    done = talked_about.done("client", "forget", "bob", "--hide", "--yes")
    assert {each["text"] for each in done["named"]} == {"asked bob about it", "bob-stone"}
    assert (done["hidden"], planned["hidden"]) == (many - 2, many - 2)
    assert b"bob stone" not in everything(talked_about)
    assert "zqxfact of somebody" in texts(talked_about)
    assert cli("doctor").code == 0


def test_a_text_that_still_has_a_first_name_is_hidden_in_part_and_listed(book: Book) -> None:
    book.done("log", "jane", "met Bob Stone, and bob laughed")
    done = book.done("client", "forget", "bob", "--hide", "--yes")
    assert done["hidden"] == 1
    assert [each["text"] for each in done["named"]] == ["met somebody, and bob laughed"]


def test_a_name_that_somebody_else_has_too_is_left_and_listed(book: Book) -> None:
    book.done("client", "add", "Bob Stone", "--another")
    book.done("client", "edit", "jane", "--alias", "Rocky")
    book.done("client", "edit", "bob-stone", "--alias", "Rocky", "--email", "bob@old.example")
    book.done("log", "jane", "Bob Stone and Rocky wrote from bob@old.example")
    book.done("backup")

    done = book.done("client", "forget", "bob-stone", "--hide", "--backups", "--yes")
    assert {(each["kind"], each["text"]) for each in done["named"]} == {
        ("interaction", "Bob Stone and Rocky wrote from somebody"),
        ("client", "Bob Stone"),
    }
    assert [(each["forgotten"], each["named"]) for each in done["backups"]] == [(True, 2)]
    assert {"Bob Stone", "Rocky"} < texts(book)


def test_that_texts_say_somebody_is_told_before_and_after(talked_about: Book, cli: Cli) -> None:
    answered = cli("client", "forget", "bob", "--hide", stdin="bob-stone\n\n\n", tty=True)
    assert re.search(r"\d+ texts about others will say “somebody”\.\n2 texts about others may name them", answered.err)
    assert re.search(r"\d+ texts about others say “somebody” in place of them", answered.out)


def test_who_is_only_in_backups_is_hidden_in_the_book_too(book: Book, tmp_path: Path) -> None:
    book.done("backup")
    book.done("log", "jane", "met Bob Stone")
    book.done("client", "forget", "bob", "--yes")
    done = book.done("client", "forget", "bob", "--hide", "--backups", "--yes")
    assert (done["hidden"], done["in_book"], book.notes) == (1, False, ["met somebody"])
    assert b"bob stone" not in everything(book)
