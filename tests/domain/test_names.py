"""Who is meant by what was typed: keys, handles, and the clients that a word fits."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from c4l.domain.names import (
    HANDLE_LENGTH,
    Known,
    bare,
    detail_key,
    free_handle,
    goes_by,
    handle_base,
    listed,
    match,
    name_key,
    nearest,
    resolve,
    search_words,
    slipped,
    split_names,
)
from c4l.domain.terms import ClientRef, Detail

NAMES = (
    *("Jane Doe", "Jane Dodge", "Ann Fable", "Joanna Fable", "Bob Stone", "Łucja Åkesson", "李 小龙", "ليلى الخيال"),
    *("Acme, Inc.", "Acme", "Will Example", "Anne-Marie O'Sample", "हिन्दी कल्पित", "Old Jane"),
)


def client(id: int, name: str, *aliases: str, archived: bool = False) -> Known:
    return Known.of(ClientRef(id, handle_base(name), name), aliases, archived=archived)


BOOK = [client(number, name) for number, name in enumerate(NAMES, start=1)]


def found(part: str, known: list[Known] = BOOK) -> list[str]:
    return [one.ref.name for one in match(part, known)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Jane Doe", "jane doe"),
        ("  Jane\t\n Doe ", "jane doe"),
        ("Jane\x00Doe\x1b", "jane doe"),
        ("Jane\u200e Do\u00ade", "jane doe"),
        ("Strauß", "strauss"),
        ("ÉLODIE", "elodie"),
        ("Łucja Åkesson", "lucja akesson"),
        ("Søren Æther", "soren aether"),
        ("İpek Işık", "ipek isik"),
        ("O’Sample", "o'sample"),
        ("ﬁona", "fiona"),
        ("李 小龙", "李 小龙"),
        ("عليّ", "علي"),
        ("हिन्दी", "हिन्दी"),
        ("ガイア", "ガイア"),
        ("", ""),
    ],
)
def test_a_key_forgets_case_accents_and_what_cannot_be_seen(text: str, key: str) -> None:
    assert name_key(text) == key


@pytest.mark.parametrize(
    ("detail", "value", "key"),
    [
        (Detail.alias, " Jané ", "jane"),
        (Detail.tag, "V.I.P.", "v.i.p."),
        (Detail.email, " Jane@Example.test ", "jane@example.test"),
        (Detail.email, "jané@example.test", "jané@example.test"),
        (Detail.phone, "+1 (555) 0102", "15550102"),
        (Detail.phone, "001 555-0102", "15550102"),
        (Detail.phone, "ask at the desk", "ask at the desk"),
        (Detail.phone, " ", ""),
    ],
)
def test_two_spellings_of_a_detail_share_a_key(detail: Detail, value: str, key: str) -> None:
    assert detail_key(detail, value) == key


@given(st.text(max_size=30))
@example("ŉ\u0345ẞ")
def test_a_key_is_its_own_key(text: str) -> None:
    key = name_key(text)
    assert name_key(key) == key
    assert key == " ".join(key.split())


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Jane Doe", "jane-doe"),
        ("Acme, Inc.", "acme-inc"),
        ("Łucja Åkesson", "lucja-akesson"),
        ("李 小龙", "李-小龙"),
        ("हिन्दी कल्पित", "हिन्दी-कल्पित"),
        ("--all", "all"),
        ("!!!", "client"),
        ("", "client"),
        ("14", "client-14"),
        ("1 – 2", "client-1-2"),
        ("i88", "client-i88"),
        ("I 88", "i-88"),
        ("i88b", "i88b"),
        ("x" * 39 + " y", "x" * 39),
    ],
)
def test_a_handle_is_made_from_the_name(name: str, handle: str) -> None:
    assert handle_base(name) == handle


@given(st.text(max_size=60))
@example("i" + "1" * 60)
@example("1" * 60)
def test_no_name_makes_a_handle_that_could_be_a_number_or_an_option(name: str) -> None:
    handle = handle_base(name)
    assert 0 < len(handle) <= HANDLE_LENGTH
    assert any(map(str.isalpha, handle))
    assert not handle.removeprefix("i").isdigit()
    assert not handle.startswith("-")
    assert " " not in handle
    assert "," not in handle


@given(st.integers(0, 12))
def test_a_handle_that_is_taken_is_counted_on(taken: int) -> None:
    others: set[str] = set()
    for _ in range(taken):
        others.add(free_handle("jane-doe", others))
    handle = free_handle("jane-doe", others)
    assert handle not in others
    assert handle == ("jane-doe" if not taken else f"jane-doe-{taken + 1}")


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("jane", ["Jane Doe", "Jane Dodge", "Old Jane"]),
        ("jane d", ["Jane Doe", "Jane Dodge"]),
        ("JANE DOE", ["Jane Doe"]),
        ("jane-doe", ["Jane Doe"]),
        ("jane-d", ["Jane Doe", "Jane Dodge"]),
        ("j doe", ["Jane Doe"]),
        ("doe", ["Jane Doe"]),
        ("doe jane", []),
        ("jane jane", []),
        ("ane", []),
        ("ann", ["Ann Fable", "Anne-Marie O'Sample"]),
        ("ann fable", ["Ann Fable"]),
        ("acme", ["Acme"]),
        ("acme, inc.", ["Acme, Inc."]),
        ("acme inc", ["Acme, Inc."]),
        ("lucja", ["Łucja Åkesson"]),
        ("åke", ["Łucja Åkesson"]),
        ("小", ["李 小龙"]),
        ("ليلى", ["ليلى الخيال"]),
        ("हिन्दी", ["हिन्दी कल्पित"]),
        ("", []),
        (" ", []),
    ],
)
def test_a_part_means_a_whole_name_or_the_beginnings_of_its_words(part: str, names: list[str]) -> None:
    assert found(part) == names


def test_a_name_with_a_comma_is_whole_however_it_is_spaced() -> None:
    tight = client(1, "Sample,Co")
    assert [one.candidates for one in resolve("sample,co", [tight])] == [(tight,)]


def test_an_alias_is_a_name() -> None:
    book = [client(1, "Jane Doe", "Boss", "Jay Dee"), client(2, "Bosse Sample")]
    assert found("boss", book) == ["Jane Doe"]
    assert found("bos", book) == ["Jane Doe", "Bosse Sample"]
    assert found("j d", book) == ["Jane Doe"]


def test_a_client_is_found_once_however_often_it_is_brought() -> None:
    jane = client(1, "Jane Doe", "Jane D. Doe")
    assert match("jane", [jane, jane]) == [jane]


def test_archived_clients_are_meant_only_where_no_active_one_is() -> None:
    book = [client(1, "Jane Doe", archived=True), client(2, "Jane Dodge"), client(3, "Bob Stone", archived=True)]
    assert found("jane", book) == ["Jane Dodge"]
    assert found("bob", book) == ["Bob Stone"]
    assert found("jane doe", book) == ["Jane Doe"]
    twins = [client(1, "Jane Doe", archived=True), Known.of(ClientRef(2, "jane-doe-2", "Jane Doe"))]
    assert [one.ref.id for one in match("Jane Doe", twins)] == [2]
    assert [one.ref.id for one in match("jane-doe", twins)] == [1]


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6), st.data())
@settings(max_examples=60)
def test_a_whole_name_or_handle_always_finds_its_client(names: list[str], data: st.DataObject) -> None:
    taken: set[str] = set()
    book = []
    for number, name in enumerate(names):
        handle = free_handle(handle_base(name), taken)
        taken.add(handle)
        book.append(Known.of(ClientRef(number, handle, name)))
    wanted = data.draw(st.sampled_from(book))
    assert wanted in match(wanted.ref.handle, book)
    if name_key(wanted.ref.name):
        assert wanted in match(wanted.ref.name, book)


@given(st.sampled_from(BOOK), st.integers(1, 6), st.integers(1, 6))
def test_the_store_can_find_everybody_by_the_search_words(one: Known, first: int, second: int) -> None:
    words = name_key(one.ref.name).split()
    part = " ".join(word[:size] for word, size in zip(words, (first, second), strict=False))
    wanted = search_words(part)
    assert wanted
    for match_ in match(part, BOOK):
        assert any(word.startswith(wanted) for key in match_.keys for word in key.split())


def test_the_longest_word_narrows_best() -> None:
    assert search_words("J Åkesson") == "akesson"
    assert search_words("  ") == ""


def test_names_stand_between_commas() -> None:
    assert split_names(" Jane ,, Bob,") == ["Jane", "Bob"]
    assert split_names(" , ") == []
    assert split_names("Jane, Bob, and Ann Fable") == ["Jane", "Bob", "Ann Fable"]
    assert split_names("Jane, AND") == ["Jane", "AND"]
    assert split_names("and Bob") == ["and Bob"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Acme, Inc.", {"Acme, Inc.": ["Acme, Inc."]}),
        ("acme, inc., bob", {"acme, inc.": ["Acme, Inc."], "bob": ["Bob Stone"]}),
        ("Bob, Acme,  Inc.", {"Bob": ["Bob Stone"], "Acme, Inc.": ["Acme, Inc."]}),
        ("Acme, Bob", {"Acme": ["Acme"], "Bob": ["Bob Stone"]}),
        ("jane d,bob,zoe", {"jane d": ["Jane Doe", "Jane Dodge"], "bob": ["Bob Stone"], "zoe": []}),
        ("jane doe", {"jane doe": ["Jane Doe"]}),
        ("  ", {}),
    ],
)
def test_the_whole_is_one_name_before_commas_part_it(text: str, parts: dict[str, list[str]]) -> None:
    resolved = resolve(text, BOOK)
    assert {one.text: [known.ref.name for known in one.candidates] for one in resolved} == parts
    assert [one.text for one in resolved] == list(parts)


@pytest.mark.parametrize(
    ("part", "best"),
    [
        ("Jnae Doe", "Jane Doe"),
        ("johanna", "Joanna Fable"),
        ("stoen", "Bob Stone"),
        ("lucia akeson", "Łucja Åkesson"),
        ("jane-deo", "Jane Doe"),
        ("xu", "Yu Pretend"),
    ],
)
def test_the_nearest_name_comes_first(part: str, best: str) -> None:
    near = [one.ref.name for one in nearest(part, [*BOOK, client(99, "Yu Pretend")])]
    assert near[0] == best
    assert len(near) <= 3


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("joanna", "Joanna Fable"),
        ("STONE", "Bob Stone"),
        ("stoen", "Bob Stone"),
        ("ston", "Bob Stone"),
        ("stonne", "Bob Stone"),
        ("stome", "Bob Stone"),
        ("bbo", "Bob Stone"),
        ("lucia", "Łucja Åkesson"),
        ("jane-deo", "Jane Doe"),
    ],
)
def test_one_slip_of_the_finger_makes_another_word(word: str, name: str) -> None:
    assert name in [client.ref.name for client in slipped(word, BOOK)]


@pytest.mark.parametrize(
    ("typed", "name", "mark"),
    [
        ("jane", "jane", ""),
        ("jane,", "jane", ","),
        ("jane:", "jane", ":"),
        ("jane's", "jane", "'s"),
        ("Jane’s", "Jane", "'s"),
        ("'s", "'s", ""),
        (",", ",", ""),
        ("", "", ""),
    ],
)
def test_a_mark_behind_a_name_is_no_part_of_it(typed: str, name: str, mark: str) -> None:
    assert bare(typed) == (name, mark)


@pytest.mark.parametrize(
    ("word", "does"),
    [
        ("bob", True),
        ("BOB", True),
        ("@bob", True),
        ("bob-stone", True),
        ("Bob Stone", True),
        ("stone", False),
        ("bo", False),
        ("", False),
        ("@", False),
    ],
)
def test_a_client_goes_by_a_first_name_a_whole_one_or_the_handle(word: str, does: bool) -> None:
    assert goes_by(client(3, "Bob Stone"), word) is does


@pytest.mark.parametrize("word", ["", "x", "b", "sto", "stnoe s", "tsoen", "stoness", "nnoj"])
def test_two_slips_are_another_word(word: str) -> None:
    assert slipped(word, BOOK) == ()


@given(st.text("abc", min_size=2, max_size=6), st.data())
def test_each_single_slip_is_seen(name: str, data: st.DataObject) -> None:
    known = [Known.of(ClientRef(1, "someone", name))]
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("abcd"))
    left, right = name[:place], name[place:]
    swapped = left + right[1::-1] + right[2:]
    for typed in (left + letter + right, left + letter + right[1:], left + right[1:], swapped):
        assert len(typed) < 2 or slipped(typed, known), typed


@pytest.mark.parametrize(
    ("words", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_words_are_listed_as_a_sentence_has_them(words: list[str], told: str) -> None:
    assert listed(words, "or") == told


def test_nothing_is_near_to_what_resembles_nobody() -> None:
    assert nearest("xyzzy", BOOK) == []
    assert nearest("", BOOK) == []


def test_an_at_sign_names_a_handle_and_nothing_else() -> None:
    first, second = Known.of(ClientRef(1, "bob", "Bob")), Known.of(ClientRef(2, "bob-2", "Bob"))
    both = [first, second]
    assert match("bob", both) == both
    assert match("@bob", both) == [first]
    assert match(" @BOB-2", both) == [second]
    assert match("@bo", both) == []
    assert [named.candidates for named in resolve("@bob, @bob-2", both)] == [(first,), (second,)]
