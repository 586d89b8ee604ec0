"""`c4l log` without quotes, or with all in one argument: where the names end and the note begins."""

import pytest

from tests.commands.conftest import Book
from tests.commands.test_log import handles
from tests.conftest import Cli


@pytest.mark.parametrize(
    ("words", "clients", "note"),
    [
        ("jane doe asked for the figures", ["jane-doe"], "asked for the figures"),
        ("Jane, Bob Stone had lunch", ["jane-doe", "bob-stone"], "had lunch"),
        ("jane, bob had lunch", ["jane-doe", "bob-stone"], "had lunch"),
        ("jane, bob, and grace hill had lunch", ["jane-doe", "bob-stone", "grace-hill"], "had lunch"),
        ("jane, and bob had lunch", ["jane-doe", "bob-stone"], "had lunch"),
        ("acme, inc. sent the order", ["acme-inc"], "sent the order"),
        ("jane doubts the figures", ["jane-doe"], "doubts the figures"),
        ("jane doe, bob stone asked for the deck", ["jane-doe", "bob-stone"], "asked for the deck"),
        ("jane doe: wants a call", ["jane-doe"], "wants a call"),
        ("jane, bob: a long talk", ["jane-doe", "bob-stone"], "a long talk"),
        ("jane and bob came by", ["jane-doe", "bob-stone"], "came by"),
        ("Jane Doe and Bob came by", ["jane-doe", "bob-stone"], "came by"),
        ("jane, bob and will came by", ["jane-doe", "bob-stone", "will-marsh"], "came by"),
        ("jane & bob + grace hill came by", ["jane-doe", "bob-stone", "grace-hill"], "came by"),
        ("jane with bob came by", ["jane-doe", "bob-stone"], "came by"),
        ("jane/bob came by", ["jane-doe", "bob-stone"], "came by"),
        ("jane and a friend came by", ["jane-doe"], "and a friend came by"),
        ("jane, bob, and I had lunch", ["jane-doe", "bob-stone"], "and I had lunch"),
        ("Jane, thanks for the intro", ["jane-doe"], "thanks for the intro"),
        ("Zed and Bob came by --new", ["zed", "bob-stone"], "came by"),
        ("jane's assistant called", ["jane-doe"], "jane's assistant called"),
        ("Bob’s boss called", ["bob-stone"], "Bob’s boss called"),
    ],
)
def test_names_go_on_after_a_comma_and_as_whole_names(book: Book, words: str, clients: list[str], note: str) -> None:
    logged = book.done("log", *words.split())["interaction"]
    assert (handles(logged["clients"]), logged["note"]) == (clients, note)


@pytest.mark.parametrize(
    ("words", "unknown"),
    [("jane, zorro had lunch", "zorro"), ("zorro, jane had lunch", "zorro"), ("jane and bbo had lunch", "bbo")],
)
def test_a_name_in_a_list_must_be_known(book: Book, cli: Cli, words: str, unknown: str) -> None:
    book.refused(cli("log", *words.split()), 3, f"no client answers to “{unknown}”\n")
    assert book.notes == []


@pytest.mark.parametrize(
    ("note", "clients"),
    [
        ("jane: wants a call", ["jane-doe"]),
        ("jane doe, bob: a long talk about Grace", ["jane-doe", "bob-stone"]),
        ("jane's assistant called", ["jane-doe"]),
        ("Had lunch with Jane, Bob", ["jane-doe", "bob-stone"]),
        ("lunch with Jane, Bob, and Grace", ["jane-doe", "bob-stone", "grace-hill"]),
        ("workshop: Jane, Bob", ["jane-doe", "bob-stone"]),
        ("wants a discount, Bob", ["bob-stone"]),
        ("Jane, thanks for the intro", ["jane-doe"]),
        ("Jane, Bob and I had lunch", ["jane-doe", "bob-stone"]),
        ("call, Bob", ["bob-stone"]),
        ("Yesterday, Jane called", ["jane-doe"]),
    ],
)
def test_one_argument_is_a_whole_note_where_a_part_of_it_can_be_no_name(
    book: Book, note: str, clients: list[str]
) -> None:
    logged = book.done("log", note)["interaction"]
    assert (handles(logged["clients"]), logged["note"]) == (clients, note)


@pytest.mark.parametrize("words", ["Yesterday, Jane called", "sorry, Jane", "ok, Jane agreed", "sadly, Jane is ill"])
def test_a_word_and_a_comma_before_a_name_are_the_notes(book: Book, words: str) -> None:
    for new in ([], ["--new"]):
        logged = book.done("log", *words.split(), *new)
        assert (handles(logged["interaction"]["clients"]), logged["interaction"]["note"]) == (["jane-doe"], words)
        assert logged["created"] == []


@pytest.mark.parametrize("names", ["Jane, Bob Stnoe", "Jane Smyth, Bob", "Jane, Zed"])
def test_a_list_alone_with_a_name_that_is_wrong_is_no_note(book: Book, cli: Cli, names: str) -> None:
    book.refused(cli("log", names), 3, "no client answers to “")
    assert book.notes == []


@pytest.mark.parametrize(
    ("words", "clients", "note"),
    [
        ("met Bob for lunch", ["bob-stone"], "met Bob for lunch"),
        ("sent Bob the deck", ["bob-stone"], "sent Bob the deck"),
        ("a quick call with Bob", ["bob-stone"], "a quick call with Bob"),
        ("me and Bob at the fair", ["bob-stone"], "me and Bob at the fair"),
        ("asked Bob about x --new", ["bob-stone"], "asked Bob about x"),
        ("will asked for the figures", ["will-marsh"], "asked for the figures"),
        ("metro asked for the figures", ["metro-bank"], "asked for the figures"),
    ],
)
def test_an_everyday_word_that_opens_a_note_is_nobody(book: Book, words: str, clients: list[str], note: str) -> None:
    for name in ("Metro Bank", "Sentinel Ltd", "Askedale", "Ada Quick"):
        book.done("client", "add", name)
    logged = book.done("log", *words.split())["interaction"]
    assert (handles(logged["clients"]), logged["note"]) == (clients, note)


@pytest.mark.parametrize("words", ["Jane Smith called", "Jane Smyth-Roe called", "Bob Jane called"])
def test_a_first_name_with_another_surname_is_somebody_else(book: Book, cli: Cli, words: str) -> None:
    first, surname, *_ = words.split()
    unknown, known = f"no client answers to “{first} {surname}”\n", f"did you mean {first} "
    book.refused(cli("log", *words.split()), 3, unknown, known, " NOTE; --new adds one of that name\n")
    assert book.done("log", first, f"{surname} called")["interaction"]["note"] == f"{surname} called"

    new = book.done("log", *words.split(), "--new")
    assert [client["name"] for client in new["created"]] == [f"{first} {surname}"]
    assert new["interaction"]["note"] == "called"


@pytest.mark.parametrize(
    "words", ["Jane Called back", "Jane CFO asked", "jane London office", "Jane Monday call", "Jane I owe a call"]
)
def test_a_capital_behind_a_name_that_is_no_surname_begins_the_note(book: Book, words: str) -> None:
    logged = book.done("log", *words.split())["interaction"]
    assert (handles(logged["clients"]), logged["note"]) == (["jane-doe"], words.split(" ", 1)[1])


@pytest.mark.parametrize(("answer", "clients"), [("", ["jane-doe"]), ("bob", ["bob-stone"])])
def test_a_terminal_asks_whether_the_known_client_of_that_first_name_is_meant(
    book: Book, cli: Cli, answer: str, clients: list[str]
) -> None:
    answered = cli("log", "Jane", "London", "office", "opened", stdin=f"{answer}\n", tty=True)
    assert answered.err == "no client answers to “Jane London”\nWith Jane Doe? [Y/n/names]: "
    logged = book.done("show", "i1")
    assert (handles(logged["clients"]), logged["note"]) == (clients, "London office opened")
