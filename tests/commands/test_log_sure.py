"""`c4l log` lifts nobody by mistake: a misspelt name is no word of the note, and who was there is sure or asked."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from c4l.actions.clients import insert
from c4l.actions.drafts import ClientDraft
from c4l.domain.everyday import ORDINARY
from c4l.store.store import Store
from tests.commands.conftest import Book
from tests.commands.test_log import handles
from tests.conftest import TODAY, Cli

WHO = "Who was it with? "
JANE, BOB, PETER = "jane-doe", "bob-stone", "peter-sample"


@pytest.fixture
def known(book: Book) -> Book:
    """The usual book, and Peter."""
    with closing(Store.open(book.path)) as store, store.writing("import") as changes:
        insert(changes, ClientDraft("Peter Sample", aliases=("Pietro",)), date.fromisoformat(TODAY))
    return book


# A first word that answers to nobody

QUOTED = [
    ["petr", "chat, he will ask Bob about the budget"],
    ["zorro", "he will ask Bob"],
    ["petr,bbo", "asked about Jane"],
    ["petr, bbo", "asked about Jane"],
    ["Peter Sampel", "asked about Bob"],
    ["Peter Sampel", "hello"],
    ["met", "Bob for lunch"],
    ["met", "Bob", "at the fair"],
    ["zorro", "a quick chat"],
]
UNQUOTED = [
    ["petr", "chat", "about", "Bob"],
    ["Petr", "will", "ask", "Bob", "Stone"],
    ["pitro", "told", "@bob"],
    ["peter-smaple", "and", "Bob"],
    ["petr,bbo", "asked", "Jane"],
    ["petr,", "bbo", "asked", "Jane"],
]


@pytest.mark.parametrize(
    "words", [*QUOTED, ["petr,Bob", "asked", "Jane"], ["zorro,", "Bob", "met", "Jane"]], ids=" | ".join
)
def test_a_first_word_that_answers_to_nobody_is_an_error_whoever_is_named_later(
    known: Book, cli: Cli, words: list[str]
) -> None:
    name = words[0].split(",")[0]
    said = ["no client answers to “" + name + "”\n", "--new adds", "put the whole note in quotes"]
    known.refused(cli("log", *words, "-s", "advice"), 3, *said)
    assert known.notes == []


@pytest.mark.parametrize("words", UNQUOTED, ids=" | ".join)
def test_without_quotes_a_first_word_with_a_slip_in_it_leaves_in_doubt_who_was_there(
    known: Book, cli: Cli, words: list[str]
) -> None:
    later = "Jane Doe" if "Jane" in words else "Bob Stone"
    typed = words[0].split(",")[0]
    told = f"“{typed}” can be Peter Sample, and the note names {later}\n"
    answered = cli("log", *words, "-s", "advice")
    known.refused(answered, 4, told, " NOTE, or c4l log peter-sample NOTE\n")
    assert "--new" not in answered.err
    assert known.notes == []


WORDS = ["phone", "bumped", "ran", "handed", "mailed", "standup", "intro", "boat", "dove", "retro", "traded", "zoomed"]


@pytest.mark.parametrize("word", WORDS)
def test_what_is_no_slip_of_a_name_is_a_word_of_the_note(known: Book, word: str) -> None:
    logged = known.done("log", word, "it", "over", "with", "Jane")["interaction"]
    assert (handles(logged["clients"]), logged["note"]) == ([JANE], f"{word} it over with Jane")


def test_who_is_archived_makes_no_word_suspicious_but_by_the_very_name(known: Book, cli: Cli) -> None:
    known.done("client", "archive", "peter")
    assert handles(known.done("log", "petr", "chat", "with", "Bob")["interaction"]["clients"]) == [BOB]
    known.refused(cli("log", "peter told Bob"), 4, "“peter” can be Peter Sample, and the note names Bob Stone")


@pytest.mark.parametrize("first", ["Jade", "jade", "Lane"])
def test_a_name_that_is_a_word_too_may_be_another_name_with_a_slip(known: Book, cli: Cli, first: str) -> None:
    told = f"“{first}” can be Jane Doe, and the note names Bob Stone"
    for words in ([first, "asked", "about", "Bob"], [f"{first} asked about Bob"]):
        known.refused(cli("log", *words), 4, told)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("pet food delivered to Bob", "“pet” can be Peter Sample"),
        ("stone wall repaired for Jane", "“stone” can be Bob Stone"),
        ("sample sent to Jane", "“sample” can be Peter Sample"),
    ],
)
def test_a_piece_of_a_name_is_not_sure_where_the_note_names_somebody_else(
    known: Book, cli: Cli, words: str, meant: str
) -> None:
    known.refused(cli("log", *words.split()), 4, meant, "and the note names ")
    first, *rest = words.split()
    assert known.done("log", first, *rest[:-2])["interaction"]["note"] == " ".join(rest[:-2])


def test_the_error_names_the_nearest(known: Book, cli: Cli) -> None:
    answered = cli("log", "petr", "chat, he will ask Bob about the budget")
    assert answered.err == (
        "c4l: error: no client answers to “petr”\n"
        "  nearest: Peter Sample (peter-sample); --new adds one of that name;"
        " if the note begins with it, put the whole note in quotes\n"
        "    peter-sample  Peter Sample\n"
    )


@pytest.mark.parametrize("words", [*QUOTED[:2], UNQUOTED[1]], ids=" | ".join)
def test_who_is_new_is_added_and_who_is_only_named_is_not_there(known: Book, words: list[str]) -> None:
    logged = known.done("log", *words, "--new")
    assert handles(logged["created"]) == handles(logged["interaction"]["clients"]) == [words[0].lower()]
    assert known.notes == [" ".join(words[1:])]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("petr chat about Bob", "“petr” can be somebody new, and the note names Bob Stone\n"),
        ("zorro told Bob", "“zorro” can be somebody new, and the note names Bob Stone\n"),
    ],
)
def test_new_makes_nobody_of_a_small_word_where_the_note_names_a_client(
    known: Book, cli: Cli, words: str, told: str
) -> None:
    first = words.split()[0]
    hint = f'c4l log bob-stone NOTE; who is new stands apart: c4l log {first} "NOTE" --new\n'
    known.refused(cli("log", *words.split(), "--new"), 4, told, hint)
    assert known.rows("SELECT count(*) FROM client") == [(8,)]


def test_quotes_make_a_name_even_of_an_everyday_word(book: Book, cli: Cli) -> None:
    assert handles(book.done("log", "hope", "met at the fair", "--new")["created"]) == ["hope"]
    book.done("client", "add", "Metro Bank")
    book.refused(cli("log", "met", "Bob for lunch"), 3, "no client answers to “met”\n")
    book.refused(cli("log", "met", "Bob for lunch", "--new"), 3, "no client answers to “met”\n")


@pytest.mark.parametrize(
    ("words", "clients", "note"),
    [
        (["@jane", "asked about Bob"], [JANE], "asked about Bob"),
        (["@jane-doe", "asked about Bob"], [JANE], "asked about Bob"),
        (["@jane,bob", "had lunch"], [JANE, BOB], "had lunch"),
        (["jane", "asked about Bob"], [JANE], "asked about Bob"),
        (["pet", "asked about Bob"], [PETER], "asked about Bob"),
        (["will", "asked about Bob"], ["will-marsh"], "asked about Bob"),
        (["jane", "doe", "asked about Bob"], [JANE], "asked about Bob"),
        (["Xylophone", "concert", "with", "Bob"], [BOB], "Xylophone concert with Bob"),
        (["Dinner", "with", "Bob"], [BOB], "Dinner with Bob"),  # everyday words, however near to a name
        (["presented", "it", "to", "Bob"], [BOB], "presented it to Bob"),
    ],
)
def test_who_is_named_first_is_all_who_was_there(known: Book, words: list[str], clients: list[str], note: str) -> None:
    logged = known.done("log", *words)["interaction"]
    assert (handles(logged["clients"]), logged["note"]) == (clients, note)


def slips(word: str) -> Iterator[str]:
    """All words that one slip of the finger makes of another."""
    for place in range(len(word) + 1):
        left, right = word[:place], word[place:]
        yield left + right[1:]
        yield left + right[1::-1] + right[2:]
        for letter in "aegknrtxz":
            yield left + letter + right
            yield left + letter + right[1:]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_slip_in_the_first_word_lifts_somebody_who_is_named_later(
    known: Book, cli: Cli, data: st.DataObject
) -> None:
    names = ["peter", "Peter", "pietro", "peter-sample", "grace", "omar", "may", "jane"]
    name = data.draw(st.sampled_from(names))
    typed = data.draw(st.sampled_from(sorted({each for each in slips(name) if len(each) > 1 and each[0] != "-"})))
    later = data.draw(st.sampled_from(["Bob", "Bob Stone", "@bob"]))
    note = data.draw(
        st.sampled_from(
            [f"will ask {later} about it", f"and {later} came by", f"& {later}: lunch", f"called, {later} too"]
        )
    )
    shape = data.draw(st.sampled_from([[typed, note], [typed, *note.split()], [f"{typed} {note}"]]))
    assume(typed not in names and (typed.lower() not in ORDINARY or len(shape) == 2))

    before = len(known.notes)
    answered = cli("log", *shape, "--json")

    if answered.code == 0:
        # What is near enough to answer is somebody; whoever it is, they are named first.
        lifted = known.rows(
            "SELECT handle FROM participant JOIN client ON client.id = client_id"
            " WHERE interaction_id = (SELECT max(id) FROM interaction)"
        )
        assert len(lifted) == 1, (shape, answered)
        assert lifted[0] != (BOB,), (shape, answered)
    else:
        assert (answered.code in (3, 4), len(known.notes)) == (True, before), (shape, answered)


# On a terminal


@pytest.mark.parametrize(
    ("words", "answers", "clients", "note"),
    [
        (["petr", "will ask Bob"], ["peter"], [PETER], "will ask Bob"),
        (["petr", "will", "ask"], ["peter"], [PETER], "will ask"),
        (["petr", "quick chat"], ["jane"], [JANE], "quick chat"),
        (["petr", "chat"], ["bob"], [BOB], "petr chat"),
        (["jane,", "zorro", "met"], ["jane, bob"], [JANE, BOB], "met"),
        (["met", "Bob for lunch"], ["bob"], [BOB], "met Bob for lunch"),
        (["zorro", "quick chat"], ["zorro", "y"], ["zorro"], "quick chat"),
        (["zorro", "quick", "chat"], ["zorro", "y"], ["zorro"], "quick chat"),
        (["petr, bbo", "had lunch"], ["peter, bob"], [PETER, BOB], "had lunch"),
    ],
)
def test_a_terminal_tells_what_is_wrong_and_keeps_the_wrong_name_out_of_the_note(
    known: Book, cli: Cli, words: list[str], answers: list[str], clients: list[str], note: str
) -> None:
    answered = cli("log", *words, stdin="".join(f"{line}\n" for line in answers), tty=True)

    assert answered.code == 0, answered
    unknown = "zorro" if "zorro" in words else words[0].split(",")[0]
    assert answered.err.startswith(f"no client answers to “{unknown}”")
    assert WHO in answered.err
    logged = known.done("show", "i1")
    assert (handles(logged["clients"]), logged["note"]) == (clients, note)


def test_a_terminal_names_the_nearest(known: Book, cli: Cli) -> None:
    answered = cli("log", "petr", "quick chat", stdin="peter\n", tty=True)
    assert answered.err == f"no client answers to “petr”; nearest: Peter Sample\n{WHO}"


# A whole sentence

UNSURE = [
    ("called Jane, he will check with Bob", "the note names Jane Doe and Bob Stone, and does not say who was there"),
    ("Talked to Jane about Bob", "the note names Jane Doe and Bob Stone"),
    ("Jane and Bob asked about Grace Hill", "the note names Jane Doe, Bob Stone and Grace Hill"),
    ("petr chat, he will ask Bob", "“petr” can be Peter Sample, and the note names Bob Stone"),
    ("peter will ask Bob", "“peter” can be Peter Sample, and the note names Bob Stone"),
    ("Pteer's board met Bob", "“Pteer” can be Peter Sample, and the note names Bob Stone"),
]


@pytest.mark.parametrize(("note", "told"), UNSURE)
def test_where_a_sentence_leaves_it_open_who_was_there_nobody_is_taken(
    known: Book, cli: Cli, note: str, told: str
) -> None:
    known.refused(cli("log", note), 4, told, "say first who it was with: c4l log ", " NOTE")
    known.refused(cli("log", "-", stdin=note), 4, told)
    assert known.notes == []


@pytest.mark.parametrize(
    ("answers", "clients"),
    [
        (["", ""], [JANE, BOB]),
        (["y"], [JANE, BOB]),
        (["n", "jane"], [JANE]),
        (["bob"], [BOB]),
        (["jane, grace"], [JANE, "grace-hill"]),
        (["jnae", "n", "jane"], [JANE]),
    ],
)
def test_a_terminal_asks_whether_all_who_are_named_were_there(
    book: Book, cli: Cli, answers: list[str], clients: list[str]
) -> None:
    note = "called Jane, he will check with Bob"
    answered = cli("log", note, stdin="".join(f"{line}\n" for line in answers), tty=True)

    assert answered.code == 0, answered
    assert answered.err.startswith("With Jane Doe and Bob Stone? [Y/n/names]: ")
    logged = book.done("show", "i1")
    assert (handles(logged["clients"]), logged["note"]) == (clients, note)


@pytest.mark.parametrize(
    ("words", "answers", "clients", "note"),
    [
        (["petr chat, he will ask Bob"], ["peter"], [PETER], "petr chat, he will ask Bob"),
        (["petr chat, he will ask Bob"], ["n", "peter"], [PETER], "petr chat, he will ask Bob"),
        (["petr", "will", "ask", "Bob"], ["peter"], [PETER], "will ask Bob"),
        (["petr", "chat", "with", "Bob"], ["y"], [BOB], "petr chat with Bob"),
        (["pet", "food", "sent", "to", "Bob"], [""], [BOB], "pet food sent to Bob"),
        (["pet", "will", "ask", "Bob"], ["peter"], [PETER], "will ask Bob"),
    ],
)
def test_a_terminal_asks_who_it_was_where_a_sentence_begins_with_a_slip(
    known: Book, cli: Cli, words: list[str], answers: list[str], clients: list[str], note: str
) -> None:
    answered = cli("log", *words, stdin="".join(f"{line}\n" for line in answers), tty=True)

    asked = f"“{words[0].split()[0]}” can be Peter Sample\nWith Bob Stone? [Y/n/names]: "
    assert (answered.code, answered.err) == (0, asked + (WHO if "n" in answers else ""))
    logged = known.done("show", "i1")
    assert (handles(logged["clients"]), logged["note"]) == (clients, note)


@pytest.mark.parametrize("words", [["jane asked for help"], ["lunch with jane"], ["lunch", "with", "jane"]])
def test_a_terminal_asks_whether_a_name_without_its_capital_is_meant(known: Book, cli: Cli, words: list[str]) -> None:
    answered = cli("log", *words, stdin="\n", tty=True)

    assert (answered.code, answered.err) == (0, "With Jane Doe? [Y/n/names]: ")
    logged = known.done("show", "i1")
    assert (handles(logged["clients"]), logged["note"]) == ([JANE], " ".join(words))


def test_a_slip_is_not_passed_over_for_a_name_without_its_capital(known: Book, cli: Cli) -> None:
    answered = cli("log", "petr", "had", "lunch", "with", "bob", stdin="peter\n", tty=True)
    assert answered.err == f"no client answers to “petr”; nearest: Peter Sample\n{WHO}"
    known.refused(cli("log", "petr", "had", "lunch", "with", "bob"), 3, "no client answers to “petr”, and the note")


@pytest.mark.parametrize(
    ("note", "clients"),
    [
        ("called Jane and Bob", [JANE, BOB]),
        ("Lunch with Jane and Bob & Grace Hill", [JANE, BOB, "grace-hill"]),
        ("told @jane about @bob", [JANE, BOB]),
        ("Jane Doe's board met", [JANE]),
        ("Peter came by", [PETER]),
        ("Will and Bob came by", ["will-marsh", BOB]),
        ("Grace, Bob and I had lunch", ["grace-hill", BOB]),
        ("Will send Bob the figures", [BOB]),
    ],
)
def test_whom_a_list_or_an_at_sign_names_was_there(known: Book, note: str, clients: list[str]) -> None:
    assert handles(known.done("log", note)["interaction"]["clients"]) == clients
