"""Looking up a few candidates answers as looking at everybody would: nobody who could be meant is left out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from c4l.domain.mentions import names_in, note_candidates
from c4l.domain.names import handle_base, name_key, resolve, split_names
from c4l.domain.terms import Detail, Kind
from c4l.store import clients
from c4l.store.clients import after
from c4l.store.store import Changes, Store
from tests.domain.books import TODAY, ago


class Person(NamedTuple):
    """A client to be: the names, and whether they are archived."""

    name: str
    aliases: tuple[str, ...] = ()
    archived: bool = False


# Few words, so that they meet; between them whatever stands in names, and ends them.
words = st.sampled_from(
    ("Jane", "Jan", "Doe", "Åsa", "Acme", "Inc.", "O'Neil", "Ann", "May", "Straße", "14", "李", "%", "_!")
)
between = st.sampled_from((" ", " ", " ", ", ", ",", "-", "/", " & ", ".", "(", ")", "—", "_", ":", "'s "))


@st.composite
def names(draw: st.DrawFn) -> str:
    """A name of one to four words."""
    text = draw(st.sampled_from(("", "", "", "(", "@", "the "))) + draw(words)
    for _ in range(draw(st.integers(0, 3))):
        text += draw(between) + draw(words)
    return text


people = st.builds(Person, names(), st.lists(names(), max_size=2).map(tuple), st.sampled_from((False, False, True)))
books = st.lists(people, max_size=6)

# What is typed comes near to the names: words of them, cut off, in other cases, and signs of any kind.
pieces = st.one_of(
    words,
    words.map(str.upper),
    words.map(str.lower),
    words.map(lambda word: word[:2]),
    words.map(lambda word: f"@{word}"),
    st.sampled_from((" ", " ", " ", ", ", ",", ", ", "-", "/", "'s ", ". ", " and ")),
    st.text(max_size=2),
)
typed = st.lists(pieces, max_size=8).map("".join) | names() | st.lists(names(), max_size=3).map(", ".join)


@contextmanager
def book(everybody: Sequence[Person]) -> Iterator[Changes]:
    """A book in memory."""
    with Store.open(Path("nowhere.db")).rehearsing("test") as changes:
        for person in everybody:
            ref = clients.add(changes, name=person.name, kind=Kind.friend, added_on=TODAY)
            clients.add_details(changes, ref.id, [(Detail.alias, alias) for alias in person.aliases])
            if person.archived:
                changes.insert("archiving", client_id=ref.id, start_on=ago(3))
        yield changes


@given(books, typed)
@example([Person("Acme, Inc."), Person("Acme"), Person("Jane Doe")], "Acme, Inc., Jane")
@example([Person("Acme, Inc."), Person("Acme"), Person("Inc."), Person("Joanna Long")], "Acme, Inc., Joanna")
@example([Person(",")], ",")
@example([Person("Wow! Makers")], "wow!")
@example([Person("Jane Doe", archived=True), Person("Jane Roe")], "jane doe")
@example([Person("Jane Doe")], "\U0010ffff, jane")
@example([Person("100 % Åsa"), Person("100 Åsa")], "100 %")
def test_who_is_meant_is_found_without_looking_at_everybody(everybody: list[Person], text: str) -> None:
    with book(everybody) as tx:
        found = clients.answering(tx, text, split_names(text), TODAY)
        assert resolve(text, found) == resolve(text, clients.everybody(tx, TODAY))


@given(books, typed)
@example([Person("Jane/Doe")], "Jane called")
@example([Person("(Jane)"), Person("Jane Doe")], "Jane called")
@example([Person("Jane: the second")], "@jane called")
@example([Person("X", aliases=("Jane—Doe",))], "@jane called")
def test_whom_a_note_names_is_found_without_looking_at_everybody(everybody: list[Person], note: str) -> None:
    with book(everybody) as tx:
        found = clients.mentioned(tx, note_candidates(note), TODAY)
        assert names_in(note, found) == names_in(note, clients.everybody(tx, TODAY))


@given(books)
def test_everybody_answers_to_their_own_handle_and_name(everybody: list[Person]) -> None:
    with book(everybody) as tx:
        for client in clients.everybody(tx, TODAY):
            for own in (client.ref.handle, client.ref.name):
                assert client in clients.named(tx, own, TODAY)
                assert client in clients.answering(tx, own, split_names(own), TODAY)


@given(books)
def test_each_client_has_a_handle_of_their_own_made_from_the_name(everybody: list[Person]) -> None:
    with book(everybody) as tx:
        handles = [client.ref.handle for client in clients.everybody(tx, TODAY)]
        assert len(set(handles)) == len(handles) == len(everybody)
        bases = sorted(handle_base(person.name) for person in everybody)
        assert all(any(handle == base or handle.startswith(f"{base}-") for base in bases) for handle in handles)


@pytest.mark.parametrize(
    ("taken", "name", "handle"),
    [
        ([], "Jane Doe", "jane-doe"),
        (["Jane Doe"], "Jane Doe", "jane-doe-2"),
        (["Jane Doe", "Jane Doe"], "Jane Doe", "jane-doe-3"),
        (["Jane Doe 2", "Jane Doe"], "Jane Doe", "jane-doe-3"),
        (["Jane Doe-Roe", "Jane Doesmith"], "Jane Doe", "jane-doe"),
    ],
)
def test_a_new_handle_is_the_first_that_nobody_has(taken: list[str], name: str, handle: str) -> None:
    with book([Person(other) for other in taken]) as tx:
        assert clients.new_handle(tx, name) == handle


@pytest.mark.parametrize(
    ("beginning", "handles"),
    [("", ["acme", "jane-doe", "jane-roe"]), ("jane", ["jane-doe", "jane-roe"]), ("jane-r", ["jane-roe"]), ("x", [])],
)
def test_handles_are_completed_in_order_without_those_who_are_archived(beginning: str, handles: list[str]) -> None:
    everybody = [Person("Jane Roe"), Person("Acme"), Person("Jane Doe"), Person("Jane Poe", archived=True)]
    with book(everybody) as tx:
        assert clients.handles_beginning(tx, beginning, TODAY, 10) == handles
        assert clients.handles_beginning(tx, beginning, TODAY, 1) == handles[:1]


@given(st.text(), st.text(min_size=1))
@example("a\U0010ffff", "z")
@example("\ud7ff", "z")
def test_the_end_of_a_range_is_after_all_that_begins_so(beginning: str, rest: str) -> None:
    end = after(beginning)
    assert beginning.encode() < end.encode()
    if not rest.startswith("\U0010ffff"):
        assert (beginning + rest).encode() < end.encode()


@given(typed, typed)
def test_no_more_is_in_the_range_than_begins_so(beginning: str, other: str) -> None:
    key, name = name_key(beginning), name_key(other)
    assert (key <= name < after(key)) == name.startswith(key)
