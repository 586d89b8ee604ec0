"""Whom a note names, where nobody said it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.everyday import CALENDAR, EVERYDAY, ORDINARY
from c4l.domain.mentions import names_in, note_candidates, opening_word
from c4l.domain.names import Known, handle_base, name_key
from c4l.domain.terms import ClientRef


def client(id: int, name: str, *aliases: str, archived: bool = False) -> Known:
    return Known.of(ClientRef(id, handle_base(name), name), aliases, archived=archived)


BOOK = [
    client(1, "Jane Doe", "Big Jane", "JD"),
    client(2, "Jane Doe Smith"),
    client(3, "Bob Stone"),
    client(4, "Ann Fable"),
    client(5, "Joanna Fable"),
    client(6, "Will Example"),
    client(7, "May Example"),
    client(8, "Grace Sample"),
    client(9, "Mark Sample"),
    client(10, "Łucja Åkesson"),
    client(11, "李 小龙"),
    client(12, "ليلى الخيال"),
    client(13, "Acme, Inc."),
    client(14, "Zed"),
    client(15, "lower case"),
    client(16, "Omar Gone", archived=True),
    client(17, "Anne-Marie O'Sample"),
    client(18, "Twin Sample"),
    Known.of(ClientRef(19, "twin-sample-2", "Twin Sample")),
    client(20, "The Fiction House"),
    client(21, "June Specimen"),
    client(22, "R&D"),
    client(23, "Lee Middle Specimen (Fiction House)"),
]


def looked_up(note: str) -> list[Known]:
    """The clients of `BOOK` that a store finds by the contract of `note_candidates`, and no others."""
    wanted = note_candidates(note)
    return [
        one
        for one in BOOK
        if set(one.keys) & set(wanted.keys)
        or any(key.startswith(word) for word in wanted.first_words for key in one.keys)
    ]


def named(note: str) -> list[str]:
    found = names_in(note, looked_up(note))
    return [one.ref.name for one in found.clients]


def unclear(note: str) -> dict[str, list[str]]:
    found = names_in(note, looked_up(note))
    return {one.text: [known.ref.handle for known in one.candidates] for one in found.unclear}


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("bob stone asked about the audit", ["Bob Stone"]),
        ("lunch with BOB  STONE.", ["Bob Stone"]),
        ("saw Bob\nStone", ["Bob Stone"]),
        ("Bob Stone's invoice", ["Bob Stone"]),
        ("Bob Stone’s invoice", ["Bob Stone"]),
        ("call with lucja akesson", ["Łucja Åkesson"]),
        ("met ann fable and bob stone", ["Ann Fable", "Bob Stone"]),
        ("Bob Stone met Ann Fable, then Bob Stone left", ["Bob Stone", "Ann Fable"]),
        ("walked Acme, Inc. through the plan", ["Acme, Inc."]),
        ("renewal of acme, inc.", ["Acme, Inc."]),
        ("anne-marie o'sample's plan", ["Anne-Marie O'Sample"]),
        ("anne-marie o’sample", ["Anne-Marie O'Sample"]),
        ("big jane was pleased", ["Jane Doe"]),
        ("电话 李 小龙", ["李 小龙"]),
        ("اتصال مع ليلى الخيال", ["ليلى الخيال"]),
        ("the cabob stoned me", []),
        ("omar gone is back", ["Omar Gone"]),
        ("lunch with the r&d people", ["R&D"]),
        ("Joanna met bob stone", ["Joanna Fable", "Bob Stone"]),
    ],
)
def test_a_full_name_counts_in_any_case(note: str, names: list[str]) -> None:
    assert named(note) == names


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("Jane Doe called", ["Jane Doe"]),
        ("Jane Doe Smith called", ["Jane Doe Smith"]),
        ("Jane Doe Smith and Jane Doe called", ["Jane Doe Smith", "Jane Doe"]),
        ("Ann Fable said Ann was tired", ["Ann Fable"]),
    ],
)
def test_the_longest_name_wins(note: str, names: list[str]) -> None:
    assert named(note) == names


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("Bob asked about the audit", ["Bob Stone"]),
        ("asked Bob, Ann and Łucja", ["Bob Stone", "Ann Fable", "Łucja Åkesson"]),
        ("asked Lucja", ["Łucja Åkesson"]),
        ("Bob's invoice", ["Bob Stone"]),
        ("bob asked", []),
        ("BOB asked", []),
        ("the bobsleigh", []),
        ("Joanna called", ["Joanna Fable"]),
        ("told Bob Monday is fine", ["Bob Stone"]),
        ("told Bob I'd call", ["Bob Stone"]),
        ("sent Bob NDA", ["Bob Stone"]),
        ("Bob Dummy called", []),
        ("Lee Specimen called", ["Lee Middle Specimen (Fiction House)"]),
        ("lee middle specimen (fiction house) called", ["Lee Middle Specimen (Fiction House)"]),
        ("Lee Dummy called", []),
        ("Lee's Dummy called", ["Lee Middle Specimen (Fiction House)"]),
        ("wrote to Bob@example.com", []),
        ("asked Jane", []),
        ("Zed called", ["Zed"]),
        ("the zed team", []),
        ("Lower called", ["lower case"]),
        ("asked Omar", []),
        ("Acme called", ["Acme, Inc."]),
        ("called Anne-Marie", ["Anne-Marie O'Sample"]),
        ("called Anne", []),
        ("call with 李 today", ["李 小龙"]),
    ],
)
def test_a_lone_first_name_counts_where_only_one_client_has_it(note: str, names: list[str]) -> None:
    assert named(note) == names


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("Will call back", []),
        ("met Will about the audit", ["Will Example"]),
        ("They were late. Will call back", []),
        ("audit\nWill call back", []),
        ("- Will call back", []),
        ("“Will call back”", []),
        ("next step: Will call back", []),
        ("thanks, Will", ["Will Example"]),
        ("the will was read", []),
        ("May 5", []),
        ("due May 5", []),
        ("due on 5 May", []),
        ("renews in May", []),
        ("met May about the audit", ["May Example"]),
        ("by June at the latest", []),
        ("asked June", ["June Specimen"]),
        ("Grace period agreed", []),
        ("praised Grace to her team", ["Grace Sample"]),
        ("Mark 2 of the design", []),
        ("design of Mark 2", []),
        ("told Mark the plan", ["Mark Sample"]),
        ("The plan stands", []),
        ("will example called", ["Will Example"]),
        ("@Will will call", ["Will Example"]),
        ("Will and Bob came by", ["Will Example", "Bob Stone"]),
        ("Will, Bob and Ann came by", ["Will Example", "Bob Stone", "Ann Fable"]),
        ("Grace & May Example", ["Grace Sample", "May Example"]),
        ("Will and the team met Bob", ["Bob Stone"]),
        ("Will call Bob", ["Bob Stone"]),
        ("Will, but Bob too", ["Bob Stone"]),
        ("will and Bob came by", ["Bob Stone"]),
    ],
)
def test_an_everyday_word_is_no_name_where_it_can_be_a_word(note: str, names: list[str]) -> None:
    assert named(note) == names


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("asked bob and ANN", ["Bob Stone", "Ann Fable"]),
        ("bob's boss called", ["Bob Stone"]),
        ("will call, may come, grace period", []),
        ("jane called", []),
        ("omar called", []),
        ("the stone", []),
    ],
)
def test_in_any_case_a_first_name_is_good_enough_for_a_question(note: str, names: list[str]) -> None:
    wanted = note_candidates(note, any_case=True)
    assert not EVERYDAY.intersection(wanted.first_words)
    assert [one.ref.name for one in names_in(note, BOOK, any_case=True).clients] == names
    assert not names_in(note, BOOK).clients


def test_a_name_that_is_a_word_too_may_be_misspelt_and_an_ordinary_word_is_not() -> None:
    assert [opening_word(f"{word} asked") for word in ("Jade", "rob", "met", "June", "Lunch")] == [
        "Jade",
        "rob",
    ] + 3 * [None]
    assert ORDINARY < EVERYDAY


@pytest.mark.parametrize("word", ["will", "may", "art", "mark", "grace", "hope", "june", "rose", "call", "the"])
def test_the_list_of_everyday_words_holds(word: str) -> None:
    assert word in EVERYDAY
    assert CALENDAR <= EVERYDAY


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("call with @bob", ["Bob Stone"]),
        ("@BOB-STONE asked", ["Bob Stone"]),
        ("(@bob's idea)", ["Bob Stone"]),
        ("@jd asked", ["Jane Doe"]),
        ("@jane-doe asked", ["Jane Doe"]),
        ("@Jane Doe asked", ["Jane Doe"]),
        ("@acme asked", ["Acme, Inc."]),
        ("@omar asked", ["Omar Gone"]),
        ("@twin-sample-2 asked", ["Twin Sample"]),
        ("jd asked", []),
        ("wrote to a@bob.example", []),
    ],
)
def test_a_name_after_an_at_counts_always(note: str, names: list[str]) -> None:
    assert named(note) == names
    assert not unclear(note)


def test_a_name_that_fits_several_or_none_is_handed_back() -> None:
    assert unclear("@jane and @zoe asked") == {"@jane": ["jane-doe", "jane-doe-smith"], "@zoe": []}
    assert unclear("twin sample called") == {"twin sample": ["twin-sample", "twin-sample-2"]}
    assert named("@jane and Bob asked") == ["Bob Stone"]


def test_a_client_brought_twice_is_still_one() -> None:
    jane = client(1, "Jane Doe")
    assert names_in("jane doe and @jane", [jane, jane]).clients == (jane,)


def test_half_of_a_double_name_is_no_name() -> None:
    assert unclear("@anne asked") == {"@anne": []}
    book = [client(1, "Anne Specimen"), client(2, "Anne-Marie Sample")]
    assert [one.ref.id for one in names_in("asked Anne", book).clients] == [1]


def test_a_first_name_is_unique_among_active_clients_only() -> None:
    book = [client(1, "Jane Doe"), client(2, "Jane Past", archived=True)]
    assert [one.ref.id for one in names_in("asked Jane", book).clients] == [1]
    both = [client(1, "Jane Doe"), client(2, "Robin Stand-In", "Jane")]
    assert names_in("asked Jane", both).clients == ()


def test_a_note_of_eighteen_words_costs_few_lookups() -> None:
    note = "walked Jane and the team through the renewal and they asked us before choosing the vendor for next year"
    wanted = note_candidates(note)
    assert len(wanted.keys) < 18 * 5
    assert wanted.first_words == ("jane",)
    assert note_candidates("") == ((), ())


@pytest.mark.parametrize(
    ("note", "together"),
    [
        ("lunch with Bob", True),
        ("lunch with Bob and Ann", True),
        ("lunch with Bob, Ann and Zed", True),
        ("lunch with Bob, Ann, and Zed", True),
        ("Bob with Ann came by", True),
        ("Bob Stone & Ann Fable", True),
        ("Bob/Ann/Zed", True),
        ("Bob, Ann: the audit", True),
        ("Bob and Ann came by; Bob will ask Ann", True),
        ("Bob left; Bob will be back", True),
        ("told @bob about @ann", True),
        ("@bob and Ann; Zed was away", False),
        ("@bob and Ann came by", True),
        ("called Bob, he will ask Ann", False),
        ("Bob met Ann", False),
        ("Bob and Ann will ask Zed", False),
        ("saw Bob. And Ann called", False),
        ("saw Bob\nAnn called", False),
        ("told Bob Ann is away", True),  # Ann may be his surname: only he is named
        ("@bob will ask Ann", False),
        ("nobody is named", True),
    ],
)
def test_a_list_of_names_tells_who_was_there_and_a_sentence_does_not(note: str, together: bool) -> None:
    assert names_in(note, looked_up(note)).together is together


@pytest.mark.parametrize(
    ("note", "word"),
    [
        ("jnae asked about the audit", "jnae"),
        ("“Jnae’s board met", "Jnae"),
        ("called Jane", None),
        ("May is away", None),
        ("@jnae asked", None),
        (" -- ", None),
        ("", None),
    ],
)
def test_the_first_word_of_a_note_may_be_meant_for_a_name(note: str, word: str | None) -> None:
    assert opening_word(note) == word


WORDS = [word for one in BOOK for word in one.ref.name.split()] + [
    "will",
    "met",
    "the",
    "audit",
    "5",
    "@jane",
    "@bob-stone",
]
NOTES = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", ". ", ", ", "\n", "'s ", "-"])), max_size=12)


@given(NOTES)
@settings(max_examples=150)
def test_nobody_is_found_of_whom_no_word_stands_in_the_note(pieces: list[tuple[str, str]]) -> None:
    note = "".join(word + gap for word, gap in pieces)
    key = name_key(note)
    found = names_in(note, BOOK)
    for one in found.clients:
        assert any(word in key for own in one.keys for word in own.split())
    assert len({one.ref.id for one in found.clients}) == len(found.clients)


@given(NOTES)
@settings(max_examples=150)
def test_what_the_store_looks_up_is_all_that_is_needed(pieces: list[tuple[str, str]]) -> None:
    note = "".join(word + gap for word, gap in pieces)
    assert names_in(note, looked_up(note)) == names_in(note, BOOK)


@given(st.text(max_size=80))
def test_any_text_can_be_a_note(note: str) -> None:
    assert all(len(one.candidates) != 1 for one in names_in(note, BOOK).unclear)
