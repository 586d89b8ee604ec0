"""`c4l log`: whom an entry is about, the note, and what becomes of it where it cannot be written."""

import json
import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c4l.store import connection
from tests.commands.conftest import Book
from tests.conftest import Cli, Shell

JANE, BOB = "jane-doe", "bob-stone"


def handles(clients: list[dict[str, str]]) -> list[str]:
    return [client["handle"] for client in clients]


# Whom it is about


@pytest.mark.parametrize(
    ("words", "clients", "note"),
    [
        (["jane", "asked", "us", "first"], [JANE], "asked us first"),
        (["jane", "asked us first"], [JANE], "asked us first"),
        (["JANE", "hello"], [JANE], "hello"),
        (["jane-doe", "hello"], [JANE], "hello"),
        (["jane d", "hello"], [JANE], "hello"),
        (["doe", "hello"], [JANE], "hello"),
        (["Jane, Bob", "hello"], [JANE, BOB], "hello"),
        (["Jane, Bob, and Grace", "hello"], [JANE, BOB, "grace-hill"], "hello"),
        (["Bob, Jane", "hello"], [BOB, JANE], "hello"),
        (["Bob, bob stone, Jane", "hello"], [BOB, JANE], "hello"),
        (["Acme, Inc.", "hello"], ["acme-inc"], "hello"),
        (["Jane, Acme, Inc., Bob", "hello"], [JANE, "acme-inc", BOB], "hello"),
        (["will", "called", "back"], ["will-marsh"], "called back"),
        (["May", "sent flowers"], ["may-lee"], "sent flowers"),
        (["grace", "grace was short"], ["grace-hill"], "grace was short"),
    ],
)
def test_the_first_word_names_the_clients_and_the_rest_is_the_note(
    book: Book, words: list[str], clients: list[str], note: str
) -> None:
    logged = book.done("log", *words)

    assert handles(logged["interaction"]["clients"]) == clients
    assert logged["interaction"]["note"] == note
    assert book.notes == [note]


@pytest.mark.parametrize(
    ("words", "clients"),
    [
        (["Talked", "to", "Jane", "and", "Bob"], [JANE, BOB]),
        (["Lunch with jane doe"], [JANE]),
        (["Jane's board met"], [JANE]),
        (["We saw acme, inc. today"], ["acme-inc"]),
        (["told @will first"], ["will-marsh"]),
        (["@jane", "called"], [JANE]),
        (["Will you send it to Jane?"], [JANE]),
        (["Thanks to Will we are done"], ["will-marsh"]),
        (["Met Grace, not in May"], ["grace-hill"]),
        (["Sent Will Marsh the figures until 5 May"], ["will-marsh"]),
    ],
)
def test_where_the_first_word_names_nobody_all_of_it_is_the_note_and_names_are_found_in_it(
    book: Book, words: list[str], clients: list[str]
) -> None:
    logged = book.done("log", *words)

    assert sorted(handles(logged["interaction"]["clients"])) == sorted(clients)
    assert book.notes == [" ".join(words)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["jnae", "hello"],
            ["no client answers to “jnae”, and the note names no client\n", "nearest: Jane Doe", "--new"],
        ),
        (["jane, zed", "hello"], ["no client answers to “zed”", "--new adds one of that name"]),
        (["zed", "hello"], ["no client answers to “zed”, and the note names no client", "--new"]),
        (["talked to them"], ["the note names no client", "say first who it was with: c4l log jane"]),
        (["talked to jane"], ["the note names no client", "did you mean Jane Doe? c4l log jane-doe NOTE"]),
        (["talked", "to", "JANE", "and", "bob"], ["did you mean Jane Doe and Bob Stone? c4l log jane-doe,bob-stone"]),
        (["Jnae asked for help"], ["the note names no client", "did you mean Jane Doe? c4l log jane-doe NOTE"]),
        (["May we come in May?"], ["the note names no client"]),
        (["told @zed first"], ["no client answers to “@zed”", "c4l client add NAME adds one"]),
        (["zed", "-"], ["no client answers to “zed”", "--new adds one of that name"]),
    ],
)
def test_where_nobody_is_named_nothing_is_guessed(book: Book, cli: Cli, words: list[str], told: list[str]) -> None:
    book.refused(cli("log", *words, stdin="Jane Doe was there"), 3, *told)
    assert book.notes == []


def test_the_nearest_names_are_candidates_for_programs_too(book: Book, cli: Cli) -> None:
    answered = cli("log", "jnae", "hello", "--json")

    error = json.loads(answered.err)
    assert (answered.code, answered.out, error["code"]) == (3, "", "not-found")
    assert {"handle": JANE, "name": "Jane Doe"} in error["candidates"]


def test_a_name_that_fits_two_clients_is_refused_and_a_handle_settles_it(book: Book, cli: Cli) -> None:
    book.done("client", "add", "Jane Roe")

    answered = cli("log", "jane", "hello")
    book.refused(answered, 4, "“jane” can be Jane Doe (jane-doe), Jane Roe (jane-roe)", "by the handle: @jane-doe")
    book.refused(cli("log", "told @jane first"), 4, "“@jane” can be Jane Doe (jane-doe), Jane Roe (jane-roe)")
    book.refused(cli("log", "Told Jane first"), 3, "the note names no client")
    assert book.notes == []

    assert handles(book.done("log", "jane-roe", "hello")["interaction"]["clients"]) == ["jane-roe"]


def test_an_archived_client_is_meant_only_where_no_active_one_is(book: Book) -> None:
    book.done("client", "archive", "jane")
    assert handles(book.done("log", "jane", "came back")["interaction"]["clients"]) == [JANE]

    book.done("client", "add", "Jane Roe")
    assert handles(book.done("log", "jane", "hello")["interaction"]["clients"]) == ["jane-roe"]


# Somebody new


def test_new_adds_those_whom_nobody_answers_to_in_the_order_in_which_they_were_named(book: Book) -> None:
    logged = book.done("log", "Zed  Zee, Bob, Ann Ott", "met", "--new", "-i", "send the deck by friday")

    assert handles(logged["interaction"]["clients"]) == ["zed-zee", BOB, "ann-ott"]
    assert logged["created"] == [
        {"handle": "zed-zee", "name": "Zed Zee"},
        {"handle": "ann-ott", "name": "Ann Ott"},
    ]
    assert [promise["client"]["handle"] for promise in logged["promises"]] == ["zed-zee"]
    assert book.done("client", "show", "zed")["last_interaction_on"] == "2026-11-22"


def test_parts_name_a_client_who_is_added_with_the_entry(book: Book) -> None:
    said = ["-s", "zed: door introduced us", "-l", "Zed: goal: one vendor", "-t", "zed: purchase order by 1 dec"]
    logged = book.done("log", "Bob, Zed Zee", "met", "--new", *said)

    zed = {"handle": "zed-zee", "name": "Zed Zee"}
    assert logged["interaction"]["signals"] == [{"client": zed, "signal": "door", "note": "introduced us"}]
    assert logged["interaction"]["facts"] == [{"client": zed, "kind": "goal", "text": "one vendor"}]
    assert [promise["client"] for promise in logged["promises"]] == [zed]
    assert book.promises == [("zed-zee", "them", "purchase order", "2026-11-22", "2026-12-01", "open")]


def test_new_makes_nobody_of_a_known_name(book: Book) -> None:
    assert book.done("log", "jane", "hello", "--new")["created"] == []
    assert book.done("log", "Lunch with Jane Doe", "--new")["created"] == []
    assert book.rows("SELECT count(*) FROM client") == [(7,)]


def test_one_new_name_twice_is_one_client(book: Book) -> None:
    assert handles(book.done("log", "Zed, ZED", "hello", "--new")["created"]) == ["zed"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["Zed", "--new"], 2, "it is not said what happened"),
        (["\u200b", "hello", "--new"], 2, "a client needs a name"),
        (["\udcff\udcfe", "hello", "--new"], 2, "nothing of this name can be read"),
        (["Bob, Zed", "hello", "--new", "-s", "consulted"], 4, 'name one of them: --signal "bob-stone: consulted"'),
        (["Zed, Bob", "hello", "--new", "-s", "consulted"], 4, 'name one of them: --signal "zed: consulted"'),
    ],
)
def test_nobody_is_added_where_the_entry_is_refused(
    book: Book, cli: Cli, words: list[str], code: int, told: str
) -> None:
    book.refused(cli("log", *words), code, told)
    assert book.rows("SELECT count(*) FROM client") == [(7,)]


# The note


@pytest.mark.parametrize(
    "note",
    [
        "[bold]no markup[/bold] [/]",
        ":bomb: \\[red] {braces} %s",
        "\x1b[31mred\x1b[0m \x1b]8;;http://example.org\x07link",
        "Zoë — «ünïcode» 👩\u200d💻 \u202eturned",
        "first line\n\n  second, indented\n\ttabbed",
        "'; DROP TABLE client; --",
        "-5 % off",
        "--json",
    ],
)
def test_a_note_lies_in_the_book_exactly_as_it_was_said(book: Book, note: str) -> None:
    book.done("log", "jane", "--", note)
    book.done("log", "jane", "-", stdin=f"{note}\n")

    assert book.notes == [note, note]
    assert book.done("show", "i1")["note"] == note


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1).filter(str.strip))
def test_any_text_is_kept(book: Book, note: str) -> None:
    book.done("log", "jane", "--", "so:", note)

    assert book.notes[-1] == f"so: {note}".strip()


def test_a_screen_is_safe_from_a_note(book: Book, cli: Cli) -> None:
    for tty in (True, False):
        answered = cli("log", "jane", "\x1b[2Jgone", "-l", "\x1b[2Jgone", tty=tty)
        assert answered.code == 0
        assert "\x1b[2J" not in answered.out


@pytest.mark.parametrize("words", [["jane"], ["Jane, Bob"], ["jane", "  "], ["jane", ""]])
def test_a_client_alone_says_nothing(book: Book, cli: Cli, words: list[str]) -> None:
    book.refused(cli("log", *words), 2, "it is not said what happened", "say it after the client")
    assert book.changes == 1


@pytest.mark.parametrize("words", [[], [""], ["  ", " "], ["-s", "consulted"]])
def test_nothing_is_nothing_to_log(book: Book, cli: Cli, words: list[str]) -> None:
    book.refused(cli("log", *words), 2, "there is nothing to log", "c4l log jane")
    assert book.changes == 1


# The note from stdin


def test_a_dash_behind_the_client_reads_the_note_from_stdin(book: Book, shell: Shell) -> None:
    answered = shell("log", "jane", "-", "--json", stdin="\nfirst\nsecond\n\n")

    assert (answered.code, answered.err) == (0, "")
    assert book.notes == ["first\nsecond"]


def test_a_dash_alone_finds_the_names_in_what_comes_in(book: Book) -> None:
    logged = book.done("log", "-", stdin="Talked to Bob and Grace Hill.\nBob is well.\n")

    assert handles(logged["interaction"]["clients"]) == [BOB, "grace-hill"]
    assert book.notes == ["Talked to Bob and Grace Hill.\nBob is well."]


def test_a_dash_among_other_words_is_a_dash(book: Book) -> None:
    book.done("log", "jane", "-", "no", "news", stdin="unread")

    assert book.notes == ["- no news"]


@pytest.mark.parametrize("stdin", ["", " \n\t\n"])
def test_an_empty_stdin_is_refused(book: Book, cli: Cli, stdin: str) -> None:
    book.refused(cli("log", "jane", "-", stdin=stdin), 2, "nothing came in on stdin", "c4l log jane - < note.txt")
    assert book.changes == 1


@pytest.mark.parametrize(
    ("words", "code"), [(["zed", "-"], 3), (["jane", "-", "--on", "whenever"], 2), (["-"], 3), (["jane,bob", "-"], 4)]
)
def test_what_was_piped_in_and_refused_is_given_back(book: Book, cli: Cli, words: list[str], code: int) -> None:
    answered = cli("log", *words, "-s", "consulted", stdin="line one\nline [two] \x1b[2J\n")

    book.refused(answered, code)
    given_back = "nothing was written; here is what you typed:\nline one\nline [two] \ufffd[2J\nc4l: error: "
    assert answered.err.startswith(given_back)
    assert book.notes == []


def test_under_json_a_refusal_stays_one_object(book: Book, cli: Cli) -> None:
    answered = cli("log", "zed", "-", "--json", stdin="a note")

    assert json.loads(answered.err)["code"] == "not-found"


# A book that cannot be written


@pytest.mark.parametrize(
    ("words", "given_back"),
    [(["jane", "-"], "typed in\nby hand"), (["jane", "typed", "by hand"], "jane typed by hand")],
)
def test_an_unwritable_book_gives_the_note_back(
    book: Book, cli: Cli, monkeypatch: pytest.MonkeyPatch, words: list[str], given_back: str
) -> None:
    monkeypatch.setattr(connection, "RECIPE", (*connection.RECIPE, "PRAGMA query_only = ON"))

    answered = cli("log", *words, stdin="typed in\nby hand\n")

    book.refused(answered, 5, "the book cannot be written", "allow writing to the file")
    assert answered.err.startswith(f"nothing was written; here is what you typed:\n{given_back}\n")
    assert book.notes == []


def test_a_locked_book_gives_the_note_back(book: Book, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", "PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        answered = cli("log", "jane", "-", stdin="typed in\n")

    book.refused(answered, 5, "another program has held the book")
    assert "here is what you typed:\ntyped in\n" in answered.err
    assert book.notes == []


def test_a_file_that_is_no_book_gives_the_note_back(book: Book, cli: Cli) -> None:
    other = book.path.with_name("notes.txt")
    other.write_text("this is a list of things to buy\n" * 100)

    answered = cli("log", "jane", "-", "--database", str(other), stdin="typed in\n")

    book.refused(answered, 5, "is not a c4l book")
    assert "here is what you typed:\ntyped in\n" in answered.err


# Help


def test_every_example_of_the_help_runs(book: Book, cli: Cli) -> None:
    from shlex import split

    examples = [line.strip() for line in cli("log", "--help").out.splitlines() if line.strip().startswith("c4l log")]
    assert len(examples) == 2
    for example in examples:
        answered = cli(*split(example)[1:])
        assert (answered.code, answered.err) == (0, ""), example
    assert len(book.notes) == 2


def test_two_clients_of_one_name_are_told_apart_by_their_handles(book: Book, cli: Cli) -> None:
    book.done("client", "add", "Ada")
    book.done("client", "add", "Ada", "--another")
    book.refused(cli("log", "ada", "called"), 4, "“ada” can be Ada (ada), Ada (ada-2)", "by the handle: @ada")
    assert [client["handle"] for client in book.done("log", "@ada", "called")["interaction"]["clients"]] == ["ada"]


def test_a_newcomer_has_a_name_and_no_story(book: Book, cli: Cli) -> None:
    book.refused(cli("log", "x" * 201, "called", "--new"), 2, "at most 200 characters", "the note")


def test_lines_of_cells_are_told_what_they_cannot_say(book: Book, cli: Cli) -> None:
    answered = cli("log", "jane", "see her", "--on", "tomorrow", "-i", "stand by for news", "--plain")
    assert answered.code == 0
    assert answered.err == "i1 is a plan for Mon 23 Nov 2026\npromise 1 has no due day\n"


def test_a_plan_shows_nothing_yet(book: Book, cli: Cli) -> None:
    book.refused(cli("log", "jane", "lunch", "--on", "tomorrow", "-s", "advice"), 2, "cannot have shown advice yet")
    planned = book.done("log", "jane", "lunch", "--on", "tomorrow", "-l", "interest: a quiet launch", "-n", "1w")
    assert (planned["interaction"]["signals"], planned["next_on"]) == ([], "2026-11-30")


def test_an_archived_client_is_said_to_be_archived(book: Book, cli: Cli) -> None:
    book.done("client", "archive", "omar")
    answered = cli("log", "omar", "called", "--plain")
    assert (answered.code, answered.err) == (
        0,
        "Omar Lund is archived: c4l client unarchive omar-lund takes them back\n",
    )
