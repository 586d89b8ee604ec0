"""Whether a text names somebody: by all of a name in any case, by a first name as it is written, and by whole words."""

import pytest

from c4l.domain.naming import Names, first_name

JANE = Names.of(("Jane Doe", "jane-doe", "Jänchen", "jd@acme.example", "李雷"), ("Jane",))


@pytest.mark.parametrize(
    "text",
    [
        *("Jane Doe", "with jane doe, again", "JANE DOE’s deck", "Jane\nDoe", "jane-doe", "@jane-doe", "Jane-Doe"),
        *(
            "asked Jane.",
            "Jane asked",
            "Jane's",
            "(Jane)",
            "Janchen",
            "Jänchen",
            "write to jd@acme.example",
            "和李雷见面",
        ),
    ],
)
def test_it_is_found(text: str) -> None:
    assert JANE.within(text)
    assert not JANE.within(JANE.hidden(text, "somebody"))


@pytest.mark.parametrize(
    "text", ["", None, "Janet Doe", "plain jane", "Bob", "Doe", "jd at acme", "Bluejane-doe2", "jane Dough", "李"]
)
def test_it_is_not(text: str | None) -> None:
    assert not JANE.within(text)
    if text:
        assert JANE.hidden(text, "somebody") == text


WILL = Names.of((), ("Will", "May"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Will send it", False),
        ("asked. Will send it", False),
        ("asked Will", True),
        ("“Will you?”", False),
        ("met Bob and May", True),
        ("will send it to will", False),
    ],
)
def test_an_everyday_word_is_a_name_only_within_a_sentence(text: str, named: bool) -> None:
    assert WILL.within(text) is named


WILMA = Names.of(("Wilma Quartz", "Wilq"), ("Wilma", "Will"), any_case=True)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("wilma said hi", True),
        ("WILMA’s deck", True),
        ("wilq came by", True),
        ("wilmas-friend", False),
        ("will send it", False),
        ("asked Will", True),
    ],
)
def test_in_any_case_where_it_is_wished_but_for_everyday_words(text: str, named: bool) -> None:
    assert WILMA.within(text) is named
    assert not WILMA.within(WILMA.hidden(text, "somebody"))


def test_each_name_is_hidden_and_the_rest_stays() -> None:
    names = Names.of(("Bob Stone", "Bob Stone Sons"), ("Bob",))
    assert names.hidden("Bob Stone, bob stone sons & Bob: Bobs", "X") == "X, X & X: Bobs"
    assert names.hidden("nobody", "X") == "nobody"


@pytest.mark.parametrize(
    ("name", "first"), [("Jane Doe", "Jane"), ("Jane", ""), ("", ""), (" J. R. Roe ", "J"), ("Acme, Inc.", "Acme")]
)
def test_a_first_name_is_the_first_of_several_words(name: str, first: str) -> None:
    assert first_name(name) == first
