"""What is typed into a command that ends before it is written: kept for the user alone, and offered the next time."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from c4l.store import unsaved
from c4l.store.unsaved import Answer, Begun, Unsaved
from tests.commands.conftest import Book
from tests.commands.test_log_terminal import AND, HOW, LEARNED, NEXT, NOTE, OWE, OWED, SHOWED, WHEN, WHO, typed
from tests.conftest import TODAY, Cli, Terminal
from tests.store.rights import NOBODY

DAY = date.fromisoformat(TODAY)
GO_ON = "Go on with it? No throws it away. [Y/n] "


def left_in(book: Book) -> list[Path]:
    folder = book.path.with_name("c4l-unsaved")
    return sorted(folder.rglob("*")) if folder.exists() else []


@pytest.fixture
def unfinished(book: Book, cli: Cli) -> Book:
    """A book beside which two answers lie that came to nothing."""
    assert cli("log", stdin=typed("jane", "asked about May"), tty=True).code == 130
    return book


def test_what_was_typed_is_offered_next_time_and_the_questions_go_on_where_they_ended(
    unfinished: Book, cli: Cli
) -> None:
    answered = cli("log", stdin=typed("y", "visit", "yesterday", "", "the deck by friday", "", "", "", ""), tty=True)

    assert answered.code == 0
    assert answered.err.startswith("What you typed was left unfinished:\n  jane\n  asked about May\n" + GO_ON)
    # What was answered before is shown as it was answered, and not asked again.
    asked = f"{WHO}jane\n{NOTE}asked about May\n" + "".join((HOW, WHEN, SHOWED, OWE, AND, OWED, LEARNED, NEXT))
    assert answered.err.endswith(asked)
    assert unfinished.notes == ["asked about May"]
    assert unfinished.rows("SELECT channel, happened_on FROM interaction") == [("visit", "2026-11-21")]
    assert left_in(unfinished) == []


def test_it_is_kept_for_the_user_alone(unfinished: Book) -> None:
    [file] = left_in(unfinished)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_folder_that_others_could_look_into_is_closed_first(book: Book, cli: Cli) -> None:
    folder = book.path.with_name("c4l-unsaved")
    folder.mkdir(mode=0o755)
    assert cli("log", stdin=typed("jane", "asked about May"), tty=True).code == 130
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_link_in_its_place_keeps_the_rights_that_its_owner_chose(book: Book, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o755)
    book.path.with_name("c4l-unsaved").symlink_to(tmp_path / "elsewhere")
    assert cli("log", stdin=typed("jane", "asked about May"), tty=True).code == 130
    [file] = (tmp_path / "elsewhere").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o755


def test_a_link_that_somebody_else_put_in_its_place_is_refused(book: Book, cli: Cli, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can make a link of somebody else's")
    link = book.path.with_name("c4l-unsaved")
    (tmp_path / "elsewhere").mkdir()
    link.symlink_to(tmp_path / "elsewhere")
    os.lchown(link, NOBODY, NOBODY)
    refused = cli("log", stdin=typed("jane", "asked about May"), tty=True)
    assert refused.code == 5
    assert "it is a link of somebody else's" in refused.err
    assert not list((tmp_path / "elsewhere").iterdir())


def test_what_is_not_wanted_is_thrown_away_and_the_questions_begin_anew(unfinished: Book, cli: Cli) -> None:
    answered = cli("log", stdin=typed("n", "bob", "another call", *[""] * 7), tty=True)

    assert answered.code == 0
    assert unfinished.notes == ["another call"]
    assert left_in(unfinished) == []


def test_days_are_read_from_the_day_on_which_it_was_begun(unfinished: Book, cli: Cli) -> None:
    answers = typed("y", "", "", "", "the deck by tomorrow", "", "", "", "")
    answered = cli("log", stdin=answers, tty=True, env={"C4L_TODAY": "2026-11-24"})

    assert answered.code == 0
    assert answered.err.startswith("What you typed on Sun 22 Nov 2026 was left unfinished:\n")
    assert unfinished.rows("SELECT happened_on FROM interaction") == [(TODAY,)]
    assert [row[3:5] for row in unfinished.promises] == [(TODAY, "2026-11-23")]


def test_words_and_options_come_back_with_the_answers(book: Book, cli: Cli) -> None:
    said = ["log", "Jane, Bob", "hello", "-s", "early", "-l", "goal: one vendor", "-m", "30"]
    assert cli(*said, stdin=typed("2"), tty=True).code == 130

    answered = cli("log", stdin=typed("y", "1"), tty=True)

    assert answered.code == 0
    assert answered.err.count("Whose is “early”? [1-2]: 2\n") == 1
    assert book.rows("SELECT handle FROM signal JOIN client ON client.id = client_id") == [("bob-stone",)]
    assert book.rows("SELECT handle FROM fact JOIN client ON client.id = client_id") == [("jane-doe",)]
    assert book.done("show", "i1")["minutes"] == 30


def test_an_answer_to_another_question_is_shown_and_asked_for_again(book: Book, cli: Cli) -> None:
    assert cli("log", stdin=typed("Zed Zee", "y", "hello"), tty=True).code == 130
    book.done("client", "add", "Zed Zee")

    answered = cli("log", stdin=typed("y", "hello again", *[""] * 7), tty=True)

    assert answered.code == 0
    assert "this was typed, too, at other questions:\n  y\n  hello\n" in answered.err
    assert book.notes == ["hello again"]


def test_a_choice_is_asked_anew_where_it_is_between_others(book: Book, cli: Cli) -> None:
    book.done("client", "add", "Jane Roe")
    said = ("log", "jane", "hello", "-l", "goal: x")
    assert cli(*said, "-s", "bob: early", stdin=typed("2"), tty=True).code != 0
    assert cli("log", "jane", stdin=typed("2"), tty=True).code == 130
    book.done("client", "add", "Jane Abel")

    answered = cli("log", stdin=typed("y", "1", "hello"), tty=True)

    assert answered.code == 0
    assert book.done("show", "i1")["clients"][0]["name"] != "Jane Roe"


def test_a_log_with_words_is_told_of_it_once_a_day(unfinished: Book, cli: Cli) -> None:
    for day in (TODAY, "2026-11-23"):
        answered = cli("log", "jane", "hello", env={"C4L_TODAY": day})
        [file] = left_in(unfinished)
        assert (answered.code, answered.err) == (
            0,
            f"what you typed into c4l log on Sun 22 Nov 2026 was left unfinished, and is kept in {file}\n"
            "  c4l log, with no more words, goes on with it or throws it away\n",
        )
        assert cli("log", "jane", "hello again", env={"C4L_TODAY": day}).err == ""
        assert cli("log", "nobody here", env={"C4L_TODAY": day}).err.startswith("c4l: error: ")
        assert left_in(unfinished) == [file]
    assert unfinished.notes == ["hello", "hello again"] * 2

    answered = cli("log", stdin=typed("y", *[""] * 7), tty=True)
    assert (answered.code, unfinished.notes[-1], left_in(unfinished)) == (0, "asked about May", [])


def test_programs_are_not_told_of_it(unfinished: Book, cli: Cli) -> None:
    assert cli("log", "jane", "hello", "--json").err == ""
    assert "was left unfinished" in cli("log", "jane", "hello").err


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_the_words_of_the_command_line_are_kept_from_the_first_question_on(
    book: Book, terminal: Terminal, key: str
) -> None:
    assert terminal("log", "marat", "a long note of the call", "-s", "early", typed=[(WHO, key)]).code == 130
    assert len(left_in(book)) == 1

    answered = terminal("log", typed=[(GO_ON, "y\r"), (WHO, "jane\r")])

    assert answered.code == 0
    assert "What you typed was left unfinished:\n  marat a long note of the call\n" in answered.out
    assert book.notes == ["a long note of the call"]
    assert book.rows("SELECT kind FROM signal") == [("early",)]
    assert left_in(book) == []


@pytest.mark.parametrize("words", [[], ["jane"]])
def test_a_name_alone_is_not_worth_keeping(book: Book, cli: Cli, words: list[str]) -> None:
    assert cli("log", *words, stdin="", tty=True).code == 130
    assert left_in(book) == []


def test_an_answer_that_fits_no_question_is_not_kept(book: Book, cli: Cli) -> None:
    book.done("client", "add", "Jane Roe")
    assert cli("log", "jane", stdin=typed("clear", "3", "2"), tty=True).code == 130

    answered = cli("log", stdin=typed("maybe", "y", "hello"), tty=True)

    assert answered.code == 0
    assert "clear" not in answered.err
    assert answered.err.count("Which jane? [1-2]: ") == 1
    assert book.done("show", "i1")["clients"][0]["name"] == "Jane Roe"


def test_a_command_that_is_still_being_typed_is_not_offered_to_another(book: Book, cli: Cli) -> None:
    open_still = Unsaved(book.path, Begun(DAY, [], {}))
    open_still.add(Answer(WHO, "jane"))

    answered = cli("log", stdin=typed("bob", "hello", *[""] * 7), tty=True)
    open_still.close()

    assert (answered.code, "left unfinished" in answered.err) == (0, False)
    assert len(left_in(book)) == 1


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_file_that_was_cut_off_holds_the_answers_before_the_cut(tmp_path: Path, cut: int) -> None:
    book = tmp_path / "c4l.db"
    kept = Unsaved(book, Begun(DAY, ["jane"], {"minutes": "30"}))
    kept.add(Answer(NOTE, "first, whole"))
    kept.add(Answer(OWE, "second, cut off"))
    kept.close()
    assert kept.path
    kept.path.write_bytes(kept.path.read_bytes()[:-cut])

    [left] = unsaved.left_behind(book)

    assert left.begun == Begun(DAY, ["jane"], {"minutes": "30"})
    assert left.answers == [Answer(NOTE, "first, whole")]
    left.add(Answer(OWE, "second, again"))
    left.close()
    [again] = unsaved.left_behind(book)
    assert [answer.typed for answer in again.answers] == ["first, whole", "second, again"]
    again.drop()
    assert not list(tmp_path.iterdir())


def test_what_is_refused_for_what_it_says_is_given_back_and_not_offered(book: Book, cli: Cli) -> None:
    answered = cli("log", "jane", "-s", "bob: early", stdin=typed("hello"), tty=True)

    assert answered.code == 2, answered
    assert left_in(book) == []


# In the editor


@pytest.fixture
def changed(book: Book, terminal: Terminal, tmp_path: Path) -> dict[str, str]:
    """A book in which an interaction was being changed when the program was killed; the editor that looks at it."""
    book.done("log", "jane", "walked through it")
    killed = tmp_path / "killed.sh"
    killed.write_text('#!/bin/sh\necho "more of it" >> "$1"; kill -9 $PPID\n')
    killed.chmod(0o755)
    assert terminal("edit", "i1", env={"EDITOR": str(killed)}).code == -9
    assert book.notes == ["walked through it"]
    return {"EDITOR": "true"}


def test_a_text_in_the_editor_is_offered_when_the_program_died_over_it(
    book: Book, terminal: Terminal, changed: dict[str, str]
) -> None:
    answered = terminal("edit", "i1", env=changed, typed=[(GO_ON, "\r")])

    assert answered.code == 0, answered.out
    assert "A text of i1 that you changed was left unfinished." in answered.out
    assert book.notes == ["walked through it\nmore of it"]
    assert left_in(book) == []


def test_a_text_that_is_not_wanted_is_thrown_away(book: Book, terminal: Terminal, changed: dict[str, str]) -> None:
    answered = terminal("edit", "i1", env=changed, typed=[(GO_ON, "n\r")])

    assert answered.code == 0, answered.out
    assert book.notes == ["walked through it"]
    assert left_in(book) == []


def test_another_record_is_not_offered_the_text(book: Book, terminal: Terminal, changed: dict[str, str]) -> None:
    book.done("log", "bob", "another one")

    assert GO_ON not in terminal("edit", "i2", env=changed).out
    assert book.notes == ["walked through it", "another one"]
