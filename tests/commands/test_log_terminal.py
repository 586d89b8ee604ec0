"""`c4l log` where somebody sits at the terminal: every question, wrong answers, and what becomes of what was typed."""

from collections.abc import Sequence

import pytest

from tests.commands.conftest import Book
from tests.conftest import Cli, Terminal

WHO, NOTE, HOW, WHEN, SHOWED, OWE, OWED, LEARNED, NEXT = (
    "Who was it with? ",
    "What happened? ",
    "How (call, meeting, email, message, visit, note, gift, event) [call]: ",
    "When [today]: ",
    "What did it show? (consulted,early …): ",
    "What do you owe? (… by DAY): ",
    "What do they owe? (… by DAY): ",
    "What did you learn? (goal: …): ",
    "When to be in touch again? (3w, 1 dec): ",
)
AND = "And: "
LOST = "nothing was written; here is what you typed:\n"


def typed(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


# On a real terminal


def test_without_an_argument_it_asks_question_by_question(book: Book, terminal: Terminal) -> None:
    answered = terminal(
        "log",
        typed=[
            (WHO, "jane, bob\r"),
            (NOTE, "walked through the renewal — “fine” [so far] 😀\r"),
            (HOW, "meeting\r"),
            (WHEN, "yesterday\r"),
            (SHOWED, "jane: consulted\r"),
            (AND, "bob: door introduced us\r"),
            (AND, "\r"),
            (OWE, "send the deck by friday\r"),
            (AND, "stand by for news\r"),
            (AND, "\r"),
            (OWED, "Bob: purchase order by 1 dec\r"),
            (AND, "\r"),
            (LEARNED, "jane: goal: one vendor\r"),
            (AND, "\r"),
            (NEXT, "3w\r"),
        ],
    )

    assert answered.code == 0
    assert "meeting with Jane Doe and Bob Stone · Sat 21 Nov 2026" in answered.out
    assert book.notes == ["walked through the renewal — “fine” [so far] 😀"]
    written = book.done("show", "i1")
    assert [(each["client"]["handle"], each["signal"], each["note"]) for each in written["signals"]] == [
        ("jane-doe", "consulted", None),
        ("bob-stone", "door", "introduced us"),
    ]
    assert [(each["client"]["handle"], each["kind"], each["text"]) for each in written["facts"]] == [
        ("jane-doe", "goal", "one vendor")
    ]
    assert book.promises == [
        ("jane-doe", "me", "send the deck", "2026-11-21", "2026-11-27", "open"),
        ("jane-doe", "me", "stand by for news", "2026-11-21", None, "open"),
        ("bob-stone", "them", "purchase order", "2026-11-21", "2026-12-01", "open"),
    ]
    assert book.done("client", "show", "bob")["next_on"] == "2026-12-13"


TALK = [(WHO, "jane\r"), (NOTE, "asked about May\r"), (HOW, "\r"), (WHEN, "\r"), (SHOWED, "early\r"), (AND, "\r")]


@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.parametrize(
    ("answers", "question", "given_back"),
    [
        ([], WHO, []),
        (TALK[:1], NOTE, []),
        (TALK[:2], HOW, ["asked about May"]),
        (TALK[:3], WHEN, ["asked about May"]),
        (TALK[:5], AND, ["asked about May", "early"]),
        (TALK, OWE, ["asked about May", "early"]),
        ([*TALK, (OWE, "the deck by friday\r"), (AND, "\r")], OWED, ["asked about May", "early", "the deck by friday"]),
        ([*TALK, (OWE, "\r"), (OWED, "\r")], LEARNED, ["asked about May", "early"]),
        ([*TALK, (OWE, "\r"), (OWED, "\r"), (LEARNED, "\r")], NEXT, ["asked about May", "early"]),
    ],
)
def test_ctrl_c_and_ctrl_d_at_any_question_write_nothing_and_give_back_what_was_typed(
    book: Book, terminal: Terminal, answers: Sequence[tuple[str, str]], question: str, given_back: list[str], key: str
) -> None:
    answered = terminal("log", typed=[*answers, (question, key)])

    assert answered.code == 130
    end = f"\n{LOST}{typed(*given_back)}" if given_back else ""
    assert answered.out.endswith(end)
    assert ("here is what you typed" in answered.out) == bool(given_back)
    assert "Traceback" not in answered.out
    assert book.changes == 1


def test_a_note_typed_after_a_dash_ends_with_ctrl_d(book: Book, terminal: Terminal) -> None:
    answered = terminal("log", "jane", "-", typed=[("Ctrl-D", "first line\rsecond line\r"), ("second line", "\x04")])

    assert answered.code == 0
    assert book.notes == ["first line\nsecond line"]


def test_a_client_alone_asks_what_happened(book: Book, terminal: Terminal) -> None:
    answered = terminal("log", "jane", "-s", "early", typed=[(NOTE, "\r"), (NOTE, "said it first\r")])

    assert answered.code == 0
    assert book.notes == ["said it first"]
    assert book.rows("SELECT kind FROM signal") == [("early",)]


# The same in the tests' own process, where typing costs nothing


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (["", "jane", "n", "", "", "", "", "", "", ""], []),
        (["jnae", "n", "jane", "n", "", "", "", "", "", "", ""], ["no client answers to “jnae”; nearest: Jane Doe"]),
        ([",", "jane", "n", "", "", "", "", "", "", ""], []),
        (["jane", "", "n", "", "", "", "", "", "", ""], []),
        (["jane", "n", "fax", "me", "call", "", "", "", "", "", ""], ["“fax” is no channel", "“me” is no channel"]),
        (["jane", "n", "", "whenever", "last monday", "", "", "", "", "", ""], ["“whenever”", "in two ways"]),
        (["jane", "n", "", "", "consultd", "", "", "", "", ""], ["did you mean consulted?"]),
        (["jane", "n", "", "", "", "by friday", "", "", "", ""], ["does not say what is owed"]),
        (["jane", "n", "", "", "", "", "chapter by chapter 3", "", "", ""], ["“chapter 3” is no day"]),
        (["jane", "n", "", "", "", "", "", "goal:", "", ""], ["does not say what was learned"]),
        (["jane", "n", "", "", "", "", "", "", "yesterday", ""], ["the next contact cannot be on Sat 21 Nov 2026"]),
    ],
)
def test_a_wrong_answer_is_explained_and_asked_again(book: Book, cli: Cli, answers: list[str], told: list[str]) -> None:
    answered = cli("log", stdin=typed(*answers), tty=True)

    assert answered.code == 0, answered.err
    for part in told:
        assert part.replace("“", '"').replace("”", '"') in answered.err.replace("“", '"').replace("”", '"')
    assert book.notes == ["n"]
    assert book.rows("SELECT channel, happened_on FROM interaction") == [("call", "2026-11-22")]
    assert (book.rows("SELECT 1 FROM signal"), book.promises, book.rows("SELECT 1 FROM fact")) == ([], [], [])


def test_questions_stand_on_stderr_and_the_answer_on_stdout(book: Book, cli: Cli) -> None:
    answered = cli("log", "--json", stdin=typed("jane", "hello", "", "", "", "", "", "", ""), tty=True)

    assert answered.err == "".join((WHO, NOTE, HOW, WHEN, SHOWED, OWE, OWED, LEARNED, NEXT))
    assert answered.out.startswith("{")
    assert book.notes == ["hello"]


def test_what_the_options_say_is_not_asked(book: Book, cli: Cli) -> None:
    said = ["-c", "visit", "-o", "yesterday", "-s", "early", "-i", "x by 1d", "-t", "y by 1d", "-l", "goal: z"]
    answered = cli("log", *said, "-n", "3w", "-m", "30", "--in", stdin=typed("jane", "hello"), tty=True)

    assert (answered.code, answered.err) == (0, WHO + NOTE)
    written = book.done("show", "i1")
    assert (written["channel"], written["on"], written["minutes"]) == ("visit", "2026-11-21", 30)
    assert (written["reached_out"], len(written["promises"])) == ("them", 2)


@pytest.mark.parametrize(
    ("said", "asked"), [(["-m", "99h"], ""), (["-n", "yesterday"], ""), (["-s", "consultd"], WHO), (["-i", ""], WHO)]
)
def test_an_option_that_cannot_be_read_is_refused_before_anything_is_typed_for_nothing(
    book: Book, cli: Cli, said: list[str], asked: str
) -> None:
    answered = cli("log", *said, stdin=typed("jane", "hello"), tty=True)

    assert answered.code == 2
    assert answered.err.startswith(f"{asked}c4l: error: ")
    assert book.changes == 1


def test_somebody_unknown_is_added_when_asked_for(book: Book, cli: Cli) -> None:
    answered = cli(
        "log", stdin=typed("jane, Zed Zee, Ann Ott", "y", "met", "", "", "", "zed: the deck", "", "", "", ""), tty=True
    )

    assert answered.code == 0
    assert "no client answers to “Zed Zee”" in answered.err
    assert "Add Zed Zee and Ann Ott? [y/N] " in answered.err
    assert "new client Ann Ott, as ann-ott" in answered.out
    assert book.rows("SELECT handle FROM client WHERE id > 7 ORDER BY id") == [("zed-zee",), ("ann-ott",)]
    assert [handle for handle, *_ in book.promises] == ["zed-zee"]


def test_a_name_that_fits_two_is_asked_about(book: Book, cli: Cli) -> None:
    book.done("client", "add", "Jane Roe")

    answered = cli("log", "jane", "hello", stdin="3\n2\n", tty=True)

    assert answered.code == 0
    assert "  1  Jane Doe (jane-doe)\n  2  Jane Roe (jane-roe)\nWhich jane? [1-2]: Which jane? [1-2]: " in answered.err
    assert book.done("show", "i1")["clients"] == [{"handle": "jane-roe", "name": "Jane Roe"}]


def test_a_note_that_names_nobody_is_asked_about(book: Book, cli: Cli) -> None:
    answered = cli("log", "talked", "about", "figures", stdin="grace\n", tty=True)

    assert (answered.code, answered.err) == (0, WHO)
    assert book.notes == ["talked about figures"]
    assert book.done("show", "i1")["clients"] == [{"handle": "grace-hill", "name": "Grace Hill"}]


def test_whose_signal_it_is_is_asked_about(book: Book, cli: Cli) -> None:
    said = ["-s", "bob: inner", "-s", "early", "-l", "goal: one vendor"]
    answered = cli("log", "Jane, Bob", "hello", *said, stdin="2\n1\n", tty=True)

    assert answered.code == 0
    assert "  1  Jane Doe\n  2  Bob Stone\nWhose is “early”? [1-2]: " in answered.err
    assert "Whose is “one vendor”? [1-2]: " in answered.err
    assert book.rows(
        "SELECT signal.kind, handle FROM signal JOIN client ON client.id = client_id ORDER BY signal.id"
    ) == [
        ("inner", "bob-stone"),
        ("early", "bob-stone"),
    ]
    assert book.rows("SELECT handle FROM fact JOIN client ON client.id = client_id") == [("jane-doe",)]


def test_a_new_client_alone_asks_what_happened(book: Book, cli: Cli) -> None:
    answered = cli("log", "Zed Zee", "--new", stdin="met for the first time\n", tty=True)

    assert (answered.code, answered.err) == (0, NOTE)
    assert book.notes == ["met for the first time"]
    assert book.rows("SELECT handle FROM client WHERE id > 7") == [("zed-zee",)]


def test_everything_typed_is_given_back_up_to_the_last_question(book: Book, cli: Cli) -> None:
    answers = typed("jane, bob", "hello", "", "", "", "", "", "goal: one vendor", "", "")
    answered = cli("log", stdin=answers, tty=True)

    # The end of input comes where it is asked whose goal that is.
    assert answered.code == 130
    assert answered.err.endswith(f"\n{LOST}hello\ngoal: one vendor\n")
    assert book.changes == 1
