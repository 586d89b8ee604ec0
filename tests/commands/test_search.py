"""`search`: words found again, whoever wrote them down and however they are typed."""

from typing import Any

import pytest

from tests.commands.conftest import UNNAMED, Book
from tests.conftest import Cli, Terminal


@pytest.fixture
def filled(book: Book) -> Book:
    for line in (
        "log|jane|walked through the café terrace|-s|door introduced us to their CFO|--on|2026-11-02",
        "log|bob|Terrace again|-l|worry: the terrace in winter|--on|2026-10-01",
        "log|omar|契約書の草案を送る|--on|2026-11-10",
        "promise|jane|a sketch of the terrace|--by|2026-11-20|--on|2026-11-05",
        "move|1|2026-11-27|--told|--because|the roofer is ill|--on|2026-11-12",
    ):
        book.done(*line.split("|"))
    return book


def texts(book: Book, *words: str) -> list[str]:
    return [hit["text"] for hit in book.done("search", *words)["hits"]]


def test_what_holds_all_the_words_comes_newest_first(filled: Book) -> None:
    assert texts(filled, "terrace") == [
        "a sketch of the terrace",
        "walked through the café terrace",
        "the terrace in winter",
        "Terrace again",
    ]
    assert texts(filled, "terr", "CAFE") == ["walked through the café terrace"]
    assert texts(filled, "terr cafe") == texts(filled, "terr", "cafe")
    assert texts(filled, "terrace", "nowhere") == []


@pytest.mark.parametrize(
    ("words", "kind", "number", "what"),
    [
        ("cafe", "interaction", 1, "call"),
        ("cfo", "interaction", 1, "door"),
        ("winter", "fact", 2, "worry"),
        ("sketch", "promise", 1, "promise"),
        ("roofer", "promise", 1, "moved"),
        ("lund", "client", None, "name"),
        ("草案", "interaction", 3, "call"),
    ],
)
def test_a_hit_names_the_record_it_belongs_to(
    filled: Book, words: str, kind: str, number: int | None, what: str
) -> None:
    [hit] = filled.done("search", words)["hits"]

    assert (hit["kind"], hit["number"], hit["what"]) == (kind, number, what)
    assert len(hit["clients"]) == 1


def test_the_words_found_are_told_as_they_are_written(filled: Book) -> None:
    [hit] = filled.done("search", "CAFE terr")["hits"]

    assert hit["matched"] == ["café", "terrace"]


def test_kind_since_and_limit_narrow_it(filled: Book, cli: Cli) -> None:
    assert texts(filled, "terrace", "--kind", "promise") == ["a sketch of the terrace"]
    assert texts(filled, "terrace", "--since", "2026-11-02") == texts(filled, "terrace")[:2]
    assert texts(filled, "terrace", "--since", "2026-11-03") == texts(filled, "terrace")[:1]
    assert len(texts(filled, "terrace", "--limit", "1")) == 4
    assert cli("search", "terrace", "--limit", "2").out.count("\n") == 2
    assert cli("search", "terrace", "--limit", "0").out.count("\n") == 4


def test_a_line_is_kind_number_day_handles_what_and_text(filled: Book, cli: Cli) -> None:
    assert cli("search", "sketch").out == "promise\t1\t2026-11-05\tjane-doe\tpromise\ta sketch of the terrace\n"
    assert cli("search", "cafe").out.startswith("interaction\ti1\t2026-11-02\tjane-doe\tcall\t")
    assert cli("search", "lund").out == "client\t\t2026-11-22\tomar-lund\tname\tOmar Lund\n"


def test_nothing_found_is_an_empty_answer(filled: Book, cli: Cli) -> None:
    assert cli("search", "nowhere") == (0, "", "")
    assert filled.done("search", "nowhere") == {
        "words": "nowhere",
        "kind": None,
        "since": None,
        "total": 0,
        "hits": [],
    }


@pytest.mark.parametrize("words", ["&", "😀 --", ""])
def test_what_is_no_word_is_refused(book: Book, cli: Cli, words: str) -> None:
    book.refused(cli("search", "--", words), 2, "there is no word in")


def test_what_looks_like_a_query_is_only_words(filled: Book) -> None:
    for words in ('"terrace', "terrace*", "terrace OR", "NOT terrace", "col:terrace", "terrace'); --", "NEAR(terrace)"):
        answered: Any = filled.done("search", words.replace("--", "—"))
        assert answered["total"] == len(answered["hits"])
    assert len(texts(filled, "terrace*")) == 4
    assert texts(filled, "NOT terrace") == []


def test_a_text_is_found_by_its_newest_words_alone(filled: Book) -> None:
    filled.done("client", "rename", "omar", "Óscar Lund")

    assert texts(filled, "omar") == []
    assert texts(filled, "oscar") == ["Óscar Lund"]


def test_an_archived_client_is_still_found(filled: Book) -> None:
    filled.done("client", "archive", "omar")

    assert texts(filled, "lund") == ["Omar Lund"]


def test_on_a_terminal_the_words_found_are_bold_and_the_rest_is_counted(filled: Book, terminal: Terminal) -> None:
    shown = terminal("search", "terr", "--limit", "2").out

    assert "the \x1b[1mterrace\x1b[0m" in shown
    assert "· 4 ·" in shown
    assert "and 2 more: --limit 0 shows them all" in shown


def test_a_book_that_is_not_there_holds_nothing(cli: Cli) -> None:
    assert cli("search", "anything", env=UNNAMED) == (0, "", "")
