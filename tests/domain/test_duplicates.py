"""Who may be in the book twice: what two clients share, and what they may well share without being one."""

import string
from collections.abc import Sequence
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain import duplicates as rule
from c4l.domain.duplicates import Named, duplicates, near_names
from c4l.domain.names import name_key
from c4l.domain.terms import ClientRef, Detail


def named(
    number: int, name: str, *, aliases: tuple[str, ...] = (), emails: tuple[str, ...] = (), organisation: str = ""
) -> Named:
    points = tuple((Detail.email, email, email) for email in emails)
    handle = name_key(name).replace(" ", "-")
    keys = tuple(map(name_key, aliases))
    return Named(ClientRef(number, f"{handle}-{number}", name), name_key(name), organisation or None, keys, points)


def pairs(*clients: Named) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(pair.first.id, pair.second.id, pair.shared) for pair in duplicates(clients)]


def test_one_name_however_it_is_written() -> None:
    assert pairs(named(1, "Åsa Strauß"), named(2, "Bob Stone"), named(3, "asa STRAUSS")) == [(1, 3, ("the same name",))]


def test_several_of_one_name_are_each_told_beside_the_first() -> None:
    found = pairs(*(named(number, "Jane Doe") for number in (1, 2, 3)))
    assert [(first, second) for first, second, _ in found] == [(1, 2), (1, 3)]


def test_a_name_that_the_other_has_as_an_alias() -> None:
    robert, bob = named(7, "Robert Stone"), named(2, "Bob Stone", aliases=("Robert Stone",))
    assert pairs(bob, robert) == [(2, 7, ("“Robert Stone” as another name",))]
    assert pairs(named(1, "Jane Doe", aliases=("Jane Doe",))) == [], "nobody is their own double"


def test_one_address() -> None:
    found = pairs(named(1, "Jane Doe", emails=("jane@x.test",)), named(2, "J. Doe", emails=("jane@x.test", "j@x.test")))
    assert found == [(1, 2, ("jane@x.test",))]


def test_a_pair_is_told_once_with_all_that_it_shares() -> None:
    twice = [named(number, "Jane Doe", emails=("jane@x.test",)) for number in (1, 2)]
    assert pairs(*twice) == [(1, 2, ("the same name", "jane@x.test"))]


@pytest.mark.parametrize(("how_many", "found"), [(2, 1), (3, 3), (4, 0)])
def test_what_many_share_is_the_address_of_a_house(how_many: int, found: int) -> None:
    clients = [named(number, f"Client {number}", emails=("office@x.test",)) for number in range(how_many)]
    assert len(pairs(*clients)) == found


def test_a_firm_and_its_people_may_have_one_address() -> None:
    firm = named(1, "Acme Finance", emails=("hello@acme.test",))
    jane = named(2, "Jane Doe", emails=("hello@acme.test",), organisation="ACME  Finance")
    assert pairs(firm, jane) == []
    assert len(pairs(firm, jane._replace(organisation="Tern Logistics"))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jon Smith", "John Smith"),
        ("Jane Doe", "Jane Doee"),
        ("Omar Lund", "Omra Lund"),
        ("Dana Iqbal", "Dana Iqbul"),
        ("Doe, Jane", "Jane Doe"),
        ("Jane-Ann Doe", "Jane Ann Doe"),
    ],
)
def test_a_slip_of_a_key_or_another_order_of_words_is_near(one: str, other: str) -> None:
    assert len(near_names([named(1, one), named(2, other)])) == 1
    assert len(near_names([named(1, other), named(2, one)])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Doe", "jane doe"),
        ("Jane Doe", "Bob Stone"),
        ("Dan Berg", "Jan Berg"),
        ("Ann Li", "Ann Lu"),
        ("Kim Lee", "Kit Lee"),
        ("Branch 1", "Branch 2"),
        ("Branch 12", "Branch 21"),
        ("Unit 101 West", "Unit 10 West"),
        ("Jane Doe", "Jane Ann Doe"),
        ("Jon Smith", "John Smyth"),
        ("Catherine Hill", "Katharine Hill"),
        ("abcd", "acde"),
        ("", ""),
    ],
)
def test_what_differs_by_more_or_on_purpose_is_not(one: str, other: str) -> None:
    assert near_names([named(1, one), named(2, other)]) == []


def with_points(number: int, name: str, points: str) -> Named:
    """A client with addresses, which hold an @, and numbers."""
    kinds = {True: Detail.email, False: Detail.phone}
    return named(number, name)._replace(points=tuple((kinds["@" in each], each, each) for each in points.split()))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("", "", True),
        ("jon@x.test", "", True),
        ("jon@x.test", "555-01", True),
        ("jon@x.test", "john@x.test", False),
        ("555-01", "555-02", False),
        ("jon@x.test 555-01", "jon@x.test", True),
        ("jon@x.test js@x.test", "john@x.test js@x.test", True),
        ("jon@x.test 555-01", "john@x.test 555-02", False),
        ("555-01", "jon@x.test 555-02", False),
    ],
)
def test_near_names_are_two_where_each_has_an_address_that_the_other_has_not(one: str, other: str, near: bool) -> None:
    pair = [with_points(1, "Jon Smith", one), with_points(2, "John Smith", other)]
    assert len(near_names(pair)) == near


def test_an_address_of_each_does_not_make_two_of_one_name() -> None:
    assert len(duplicates([with_points(1, "Jane Doe", "jane@x.test"), with_points(2, "Jane Doe", "j@x.test")])) == 1


WORDS = st.text(string.ascii_lowercase, min_size=4, max_size=9)


@given(first=WORDS, word=WORDS, at=st.integers(1, 8), letter=st.sampled_from(string.ascii_lowercase), data=st.data())
def test_every_single_slip_behind_the_first_letter_is_found(
    first: str, word: str, at: int, letter: str, data: st.DataObject
) -> None:
    at = min(at, len(word) - 1)
    slip = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[: at - 1] + word[at - 1 : at + 1][::-1] + word[at + 1 :] if at > 1 else word + letter,
            ]
        )
    )
    found = near_names([named(1, f"{first} {word}"), named(2, f"{first} {slip}")])
    assert len(found) == (slip != word)


def compared(monkeypatch: pytest.MonkeyPatch, clients: list[Named]) -> int:
    """How many times two names are compared letter by letter."""
    calls = count()
    slip = rule._slip

    def counted(one: Sequence[str], other: Sequence[str]) -> str:
        next(calls)
        return slip(one, other)

    with monkeypatch.context() as patch:
        patch.setattr(rule, "_slip", counted)
        near_names(clients)
    return next(calls)


def test_twice_as_many_names_that_are_all_alike_cost_twice_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    alike = [named(number, f"Jane a{chr(0x4E00 + number)}cdef") for number in range(400)]
    half = compared(monkeypatch, alike[:200])
    assert half > 200
    assert compared(monkeypatch, alike) < 2.2 * half
