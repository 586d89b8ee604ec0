"""What a command did, in words."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from c4l.domain.history import Count, Did, Difference, Entry, RowChange, counted, differences, record, records, words
from c4l.domain.terms import ClientRef

AT = datetime(2026, 11, 12, 9, 14, tzinfo=UTC)
JANE, BOB = ClientRef(1, "jane-doe", "Jane Doe"), ClientRef(2, "bob-stone", "Bob Stone")
MEI, OMAR = ClientRef(3, "mei-ng", "Mei Ng"), ClientRef(4, "omar-lund", "Omar Lund")
PEOPLE = {each.id: each for each in (JANE, BOB, MEI, OMAR)}


def new(table: str, number: int = 1, /, **cells: Any) -> RowChange:
    return RowChange(table, number, Did.added, None, {"id": number, **cells})


def gone(table: str, number: int = 1, /, **cells: Any) -> RowChange:
    return RowChange(table, number, Did.removed, {"id": number, **cells}, None)


def other(table: str, before: Mapping[str, Any], number: int = 1, /, **after: Any) -> RowChange:
    return RowChange(table, number, Did.changed, {"id": number, **after, **before}, {"id": number, **after})


def entry(verb: str, *rows: RowChange, about: tuple[ClientRef, ...] = (JANE,)) -> Entry:
    return Entry(7, AT, verb, rows=rows, people=PEOPLE, about=about)


CALL = new("interaction", channel="call", note="asked first")
DECK = {"what": "the deck", "owner": "me", "client_id": 1}

TOLD = [
    (entry("log", CALL), "logged call with Jane Doe"),
    (entry("log", CALL, about=()), "logged call"),
    (entry("log", CALL, about=(JANE, BOB)), "logged call with Jane Doe and Bob Stone"),
    (entry("log", CALL, about=(JANE, BOB, MEI)), "logged call with Jane Doe, Bob Stone and Mei Ng"),
    (entry("log", CALL, about=(JANE, BOB, MEI, OMAR)), "logged call with Jane Doe, Bob Stone and 2 more"),
    (entry("log", CALL, new("promise", **DECK)), "logged call with Jane Doe, 1 promise"),
    (entry("log", CALL, new("promise", **DECK), new("promise", 2, **DECK)), "logged call with Jane Doe, 2 promises"),
    (
        entry("log", CALL, new("client"), new("signal", kind="door"), new("fact", text="tea"), new("participant")),
        "logged call with Jane Doe, 1 new client, 1 signal, 1 fact",
    ),
    (entry("promise", new("promise", **DECK)), "promised “the deck” (Jane Doe)"),
    (entry("promise", new("promise", **{**DECK, "owner": "them"})), "promised “the deck” (by Jane Doe)"),
    (entry("keep", other("promise", {"state": "open"}, **DECK, state="kept")), "kept “the deck” (Jane Doe)"),
    (
        entry("keep", *(other("promise", {"state": "open"}, n, **DECK, state="kept") for n in (1, 2))),
        "kept 2 promises (Jane Doe)",
    ),
    (
        entry("move", other("promise", {"due_on": "2026-11-20"}, **DECK, due_on="2026-11-27")),
        "moved “the deck” (Jane Doe) to Fri 27 Nov 2026",
    ),
    (entry("break", other("promise", {"state": "open"}, **DECK, state="broken")), "broke “the deck” (Jane Doe)"),
    (
        entry("edit", other("interaction", {"note": "a", "minutes": None}, channel="visit", note="b", minutes=5)),
        "changed visit with Jane Doe: note, minutes",
    ),
    (
        entry("edit", other("interaction", {"note": "a"}, channel="visit", note="b"), gone("signal", kind="door")),
        "changed visit with Jane Doe: note, without 1 signal",
    ),
    (
        entry("edit", other("promise", {"first_due_on": None, "due_on": None}, **DECK, first_due_on="x", due_on="x")),
        "changed “the deck” (Jane Doe): due day",
    ),
    (
        entry("remove", gone("interaction", channel="call"), gone("signal"), gone("signal", 2)),
        "removed call with Jane Doe, 2 signals",
    ),
    (
        # The promises of a call stay without it, and are not what was removed.
        entry("remove", gone("interaction", channel="call"), other("promise", {"interaction_id": 1}, **DECK)),
        "removed call with Jane Doe",
    ),
    (entry("remove", gone("promise", **DECK), gone("promise_event")), "removed “the deck” (Jane Doe)"),
    (entry("client add", new("client", name="Jane Doe"), new("tag", name="tea")), "added Jane Doe: tea"),
    (
        entry("client edit", other("client", {"role": None}, role="buyer"), gone("tag", name="tea")),
        "changed Jane Doe: role, without tea",
    ),
    (entry("client rename", other("client", {"name": "Jane Roe"}, name="Jane Doe")), "renamed Jane Doe: was Jane Roe"),
    (entry("client archive", new("archiving")), "archived Jane Doe"),
    (entry("client unarchive", other("archiving", {"end_on": None}, end_on="2026-11-22")), "took back Jane Doe"),
    (
        entry("assess", new("assessment", part="stake", said="high"), new("assessment", 2, part="value", said=None)),
        "assessed Jane Doe: stake high, value withdrawn",
    ),
    (entry("remember", new("fact", text="one\n vendor")), "remembered about Jane Doe: one vendor"),
    (
        entry("remember", other("fact", {"reached_on": None}, text="one vendor", reached_on="2026-11-22")),
        "remembered about Jane Doe: one vendor (reached)",
    ),
    (entry("date", new("key_date", label="birthday")), "set a date of Jane Doe: birthday"),
    (entry("tag", gone("tag", name="tea")), "tagged Jane Doe: without tea"),
    (
        entry("snooze", other("client", {"snoozed_until_on": None}, snoozed_until_on="2026-12-06")),
        "snoozed Jane Doe until Sun 6 Dec 2026",
    ),
    (
        entry("snooze", other("client", {"snoozed_until_on": "2026-12-06"}, snoozed_until_on=None)),
        "snoozed Jane Doe until now",
    ),
    # Too many rows to read, what came with a file, a command without words of its own: told by how many there were.
    (Entry(7, AT, "remove", counts=(Count("promise", Did.removed, 1200),)), "removed: 1,200 promises"),
    (
        entry("import", new("client"))._replace(counts=(Count("client", Did.added, 1), Count("tag", Did.added, 2))),
        "imported: 1 client, 2 tags",
    ),
    (
        entry("client merge")._replace(counts=(Count("participant", Did.changed, 3), Count("client", Did.removed, 1))),
        "client merge: 1 client removed",
    ),
    (
        entry("accept", other("promise", {}, **DECK))._replace(
            counts=(Count("interaction", Did.changed, 1), Count("promise", Did.removed, 2))
        ),
        "accepted as it is now: 1 interaction changed, 2 promises removed",
    ),
    (entry("sweep")._replace(counts=(Count("source", Did.removed, 2),)), "sweep: 2 sources removed"),
    # What is forgotten has no cells.
    (entry("log", RowChange("interaction", 1, Did.added, None, None), about=()), "logged interaction"),
    (entry("tag", RowChange("tag", 1, Did.removed, None, None), about=()), "tagged somebody"),
    (entry("assess", RowChange("assessment", 1, Did.added, None, None), about=()), "assessed somebody"),
]


@pytest.mark.parametrize(("done", "told"), TOLD, ids=[told for _, told in TOLD])
def test_a_command_is_told_in_words(done: Entry, told: str) -> None:
    assert words(done) == told


def test_an_undo_is_told_by_what_it_took_back_or_brought_back() -> None:
    root = entry("log", CALL)
    assert words(Entry(8, AT, "undo", undoes=7, root=root)) == "undid 7, logged call with Jane Doe"
    assert words(Entry(9, AT, "undo", undoes=8, root=root, again=True)) == "redid 7, logged call with Jane Doe"


def test_of_many_counts_the_weightiest_are_told() -> None:
    counts = [Count(table, Did.added, 2) for table in ("tag", "fact", "signal", "promise", "interaction", "client")]
    assert counted(counts) == "2 clients, 2 interactions, 2 promises, 2 signals and more"


def test_counts_are_told_in_an_order_of_their_own() -> None:
    counts = (Count("tag", Did.added, 1), Count("source", Did.added, 9), Count("client", Did.changed, 2))
    assert counted(counts) == "2 clients changed, 1 tag"


# --- row by row ---


def test_only_what_changed_and_people_know_is_different() -> None:
    row = other("client", {"name": "Jane Roe", "name_key": "jane roe"}, name="Jane Doe", name_key="jane doe", role=None)
    assert differences(row) == [Difference("name", "Jane Roe", "Jane Doe")]


def test_what_a_row_refers_to_is_named_as_it_is_printed() -> None:
    row = new("fact", client_id=2, interaction_id=88, text="tea")
    assert differences(row, PEOPLE) == [
        Difference("client", None, "bob-stone"),
        Difference("interaction", None, "i88"),
        Difference("text", None, "tea"),
    ]
    event = gone("promise_event", promise_id=14, verb="kept")
    assert differences(event) == [Difference("promise", "14", None), Difference("verb", "kept", None)]


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        (new("interaction", 88, channel="call"), "i88"),
        (new("promise", 14, what="x"), "14"),
        (new("client", 1, handle="jane-doe"), "jane-doe"),
        (gone("signal", 5, interaction_id=88, client_id=1), "i88"),
        (gone("participant", 5, interaction_id=88, client_id=1), "i88"),
        (new("promise_event", 5, promise_id=14), "14"),
        (new("tag", 5, client_id=2), "bob-stone"),
        (new("tag", 5, client_id=99), ""),
        *((RowChange(table, 5, Did.removed, None, None), "") for table in ("client", "signal", "promise_event", "tag")),
        (RowChange("promise", 5, Did.removed, None, None), "5"),
    ],
)
def test_a_row_is_known_by_the_record_that_it_belongs_to(row: RowChange, printed: str) -> None:
    assert record(row, PEOPLE) == printed


def test_the_records_of_an_entry_are_its_interactions_and_then_its_promises() -> None:
    rows = (new("promise", 15), new("promise", 14), new("tag", 3), CALL, new("client", 1))
    assert records(entry("log", *rows)) == ("i1", "14", "15")
    assert records(Entry(7, AT, "import")) == ()
