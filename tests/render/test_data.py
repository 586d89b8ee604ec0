"""What programs read: the JSON contract, version 1, and plain lines of which no cell can break another."""

import json
import time
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.actions.log import InteractionPage
from c4l.actions.promises import PromiseList, Wanted
from c4l.domain.habits import HABITS
from c4l.domain.placement import Finding
from c4l.domain.terms import ClientRef, Tier
from c4l.render import json as envelope
from c4l.render import plain
from c4l.render.kinds import KINDS
from tests.render import leaving, ledger, views

REF = {"handle", "name"}
PROMISE = {
    *("number", "client", "by", "what", "made_on", "due_on", "first_due_on", "state", "overdue", "closed_on"),
    *("told", "because", "days_late", "moves", "passed_over", "interaction", "week"),
}
INTERACTION = {
    *("number", "on", "time", "channel", "reached_out", "minutes", "note", "clients", "signals", "facts"),
    "promises",
}
CLIENT = {
    *("handle", "name", "kind", "organisation", "role", "aliases", "emails", "phones", "tags", "cadence_days"),
    *("archived", "added_on", "since", "last_interaction_on", "next_on", "snoozed_until", "own_view", "stake"),
    *("value", "facts", "key_dates"),
}

FIGURES = {
    *("counted", "honoured", "share", "first_day", "kept_late", "moved_untold", "broken", "released_late", "overdue"),
    *("told_early", "late_days_median"),
}

CONTRACT: list[tuple[str, object, str, set[str]]] = [
    ("client", views.PAGE, "", CLIENT | {"recent"}),
    ("client", views.BARE, "", CLIENT | {"recent"}),
    ("client", views.PAGE, "recent.0", INTERACTION),
    ("client", views.PAGE, "facts.0", {"kind", "text", "learned_on", "reached_on", "outcome", "interaction"}),
    ("client", views.PAGE, "key_dates.0", {"label", "month", "day", "year"}),
    ("clients", views.CLIENTS, "0", CLIENT),
    ("clients", views.CLIENTS, "1", CLIENT),
    ("interaction", views.CALL_PAGE, "", INTERACTION | {"goals"}),
    ("interaction", views.MEETING_PAGE, "", INTERACTION | {"goals"}),
    ("interaction", views.MEETING_PAGE, "clients.0", REF),
    ("interaction", views.MEETING_PAGE, "signals.0", {"client", "signal", "note"}),
    ("interaction", views.MEETING_PAGE, "signals.0.client", REF),
    ("interaction", views.MEETING_PAGE, "facts.0", {"client", "kind", "text"}),
    ("logged", views.LOGGED, "", {"interaction", "promises", "undated", "planned", "next_on", "created", "goals"}),
    ("logged", views.LOGGED, "interaction", INTERACTION),
    ("logged", views.LOGGED, "promises.0", PROMISE),
    ("logged", views.LOGGED, "created.0", REF),
    ("logged", views.HELPED, "goals.0", {"client", "text"}),
    ("interaction", views.HELPED_PAGE, "goals.0", {"client", "text"}),
    ("interactions", views.HAPPENED, "0", INTERACTION),
    ("removed", views.REMOVED, "", {"promises", "interactions", "staying", "dry_run"}),
    ("removed", views.REMOVED, "promises.0", PROMISE),
    ("removed", views.REMOVED, "interactions.0", INTERACTION),
    ("promise", views.FRESH, "", PROMISE),
    ("promise", views.KEPT_LATE, "", PROMISE),
    ("promise", views.KEPT_LATE, "client", REF),
    ("promise", views.KEPT_LATE, "moves.0", {"on", "from", "to", "told", "because", "plan"}),
    ("promise", views.KEPT_LATE, "passed_over.0", {"verb", "on", "to"}),
    ("promises", views.OPEN, "0", PROMISE),
    ("promises", [views.FRESH, views.BROKEN], "1", PROMISE),
    ("promise", ledger.OVER, "week", {"week", "due", "most_honoured", "over"}),
    ("reliability", ledger.YEAR, "", {"since", "until", "mine", "theirs", "clients", "learned"}),
    ("reliability", ledger.YEAR, "mine", FIGURES | {"months"}),
    ("reliability", ledger.NOTHING, "theirs", FIGURES | {"months"}),
    ("reliability", ledger.YEAR, "mine.months.0", {"month", "counted", "honoured"}),
    ("reliability", ledger.YEAR, "clients.0", {"client", "mine", "theirs"}),
    ("reliability", ledger.YEAR, "clients.0.theirs", FIGURES),
    ("reliability", ledger.YEAR, "learned.0", {"number", "client", "by", "what", "verb", "on", "because"}),
    ("triangle", views.TRIANGLE, "", {"as_of", "counts", "placements"}),
    ("triangle", views.TRIANGLE, "counts", {"life", "key", "base", "uncontacted"}),
    ("triangle", views.TRIANGLE, "placements.0", {"client", "tier", "own_view", "lapses_on", "rises_on", "shows"}),
    ("triangle", views.TRIANGLE, "placements.0.client", REF),
    ("why", views.WHY, "", {"client", "as_of", "tier", "own_view", "lapses_on", "rises_on", "fall", "findings"}),
    ("why", views.WHY, "fall", {"on", "falls_to", "because", "holds"}),
    ("why", views.WHY_TOP, "fall.because.0", {"criterion", "measured", "needed", "records"}),
    ("why", views.WHY_TOP, "fall.holds.0", {"criterion", "what", "by", "commands"}),
    ("why", views.WHY_TOP, "fall.because.0.records.0", {"kind", "number", "on", "what"}),
    (
        "why",
        views.WHY,
        "findings.0",
        {"criterion", "tier", "idea", "met", "measured", "needed", "lapses_on", "evidence", "others"},
    ),
    ("why", views.WHY, "findings.1.evidence.0", {"kind", "number", "on", "what", "via", "text"}),
    (
        "import",
        views.IMPORT,
        "",
        {"file", "format", "created", "updated", "unchanged", "namesakes", "skipped", "remarks", "ignored", "dry_run"}
        | {"counts"},
    ),
    ("search", views.FOUND, "", {"words", "kind", "since", "total", "hits"}),
    ("search", views.FOUND, "hits.0", {"kind", "number", "on", "clients", "what", "text", "matched"}),
    ("search", views.FOUND, "hits.1.clients.2", REF),
    (
        "habits",
        views.HABITS_OF_YOURS,
        "",
        {"since", "until", "weeks", "total", "counts", "clients", "without"},
    ),
    ("habits", views.HABITS_OF_YOURS, "weeks.0", {"week", "starts_on", "total", "counts"}),
    ("habits", views.HABITS_OF_YOURS, "weeks.0.counts", set(HABITS)),
    ("habits", views.HABITS_OF_YOURS, "without.0", REF),
    ("import", views.IMPORT, "created.0", REF),
    ("import", leaving.TAKEN, "counts", set(leaving.COUNTS)),
    ("export", leaving.HERS, "", {"file", "format", "client", "counts", "bytes"}),
    ("export", leaving.HERS, "client", REF),
    (
        "forgotten",
        leaving.FORGOTTEN,
        "",
        {
            *("client", "counts", "interactions", "joint", "named", "unsaved", "backups", "files", "dry_run"),
            *("in_book", "making", "hidden", "alike"),
        },
    ),
    ("forgotten", leaving.FORGOTTEN, "client", REF),
    ("forgotten", leaving.FORGOTTEN, "named.0", {"kind", "number", "on", "clients", "what", "text", "mend"}),
    ("forgotten", leaving.FORGOTTEN, "backups.0", {"file", "at", "reason", "forgotten", "trouble", "named"}),
    ("import", views.IMPORT, "skipped.0", {"record", "reason"}),
]


def data(kind: str, result: object) -> Any:
    """The data of an answer as a program reads it."""
    stream = StringIO()
    envelope.write(kind, KINDS[kind].load_data()(result), stream)
    told = json.loads(stream.getvalue())
    assert (told["c4l"], told["kind"]) == (1, kind)
    return told["data"]


def lines(kind: str, result: object) -> list[list[str]]:
    """The cells of each plain line, as `cut` would find them."""
    stream = StringIO()
    plain.write(KINDS[kind].load_lines()(result), stream)
    return [line.split("\t") for line in stream.getvalue().split("\n")[:-1]]


@pytest.mark.parametrize(("kind", "result", "path", "keys"), CONTRACT)
def test_every_key_of_the_contract_is_always_there(kind: str, result: object, path: str, keys: set[str]) -> None:
    found = data(kind, result)
    for step in filter(None, path.split(".")):
        found = found[int(step) if step.isdigit() else step]
    assert set(found) == keys


def test_a_promise_tells_its_days_its_moves_and_how_it_ended() -> None:
    told = data("promise", views.KEPT_LATE)
    assert told["client"] == {"handle": "jane-doe", "name": "Jane Doe"}
    days = ("made_on", "first_due_on", "due_on", "closed_on")
    assert [told[day] for day in days] == ["2026-10-13", "2026-11-02", "2026-11-15", "2026-11-20"]
    assert (told["by"], told["state"], told["days_late"], told["interaction"]) == ("me", "kept", 5, 88)
    assert told["moves"][0] == {
        "on": "2026-11-01",
        "from": "2026-11-02",
        "to": "2026-11-12",
        "told": True,
        "because": "legal asked for a review",
        "plan": "first half on Monday",
    }
    assert told["passed_over"] == [{"verb": "moved", "on": "2026-11-21", "to": "2026-11-24"}]


def test_what_is_absent_is_null() -> None:
    promise = data("promise", views.promise(1, views.JANE, "think", None))
    empty = ("due_on", "first_due_on", "closed_on", "told", "because", "days_late", "interaction")
    assert [promise[key] for key in empty] == [None] * len(empty)
    call = data("interaction", views.CALL_PAGE)
    assert [call[key] for key in ("time", "reached_out", "minutes")] == [None] * 3
    bare = data("client", views.BARE)
    absent = ("organisation", "role", "cadence_days", "last_interaction_on", "own_view", "stake", "value", "recent")
    assert [bare[key] for key in absent] == [None] * len(absent)
    assert bare["aliases"] == []


def test_a_time_of_day_has_hours_and_minutes() -> None:
    assert data("interaction", views.MEETING_PAGE)["time"] == "14:30"


def test_the_triangle_counts_every_tier_whichever_was_asked_for() -> None:
    told = data("triangle", views.ONLY_KEY)
    assert told["counts"] == {"life": 2, "key": 3, "base": 18, "uncontacted": 4}
    assert [each["client"]["handle"] for each in told["placements"]] == ["acme-finance", "omar-lund", "bob-stone"]
    assert [each["own_view"] for each in told["placements"]] == [None, "life", None]
    assert told["placements"][0]["shows"] == ["advice", "consulted"]


def test_a_finding_tells_whether_it_is_met_or_unknown_and_its_evidence() -> None:
    findings = {finding["criterion"]: finding for finding in data("why", views.WHY)["findings"]}
    assert [findings[name]["met"] for name in ("depends", "steers", "drives")] == [True, False, None]
    assert findings["depends"]["needed"] is None
    assert findings["depends"]["evidence"] == [
        {
            "kind": "assessment",
            "number": None,
            "on": "2026-11-02",
            "what": "stake high",
            "via": None,
            "text": "they carry the pilot",
        }
    ]
    assert findings["reliable"]["evidence"][-1]["number"] == 77


def test_plain_promises_are_a_record_a_line() -> None:
    assert lines("promises", views.OVERDUE) == [
        ["14", "jane-doe", "me", "open", "2026-11-12", "10", "1", "send the renewal deck"],
        ["27", "bob-stone", "them", "open", "2026-11-17", "5", "0", "purchase order"],
        ["22", "acme-finance", "me", "open", "2026-11-19", "3", "0", "figures for the board pack"],
        ["31", "omar-lund", "me", "open", "2026-11-20", "2", "2", "introduce the security lead"],
    ]
    undated = views.promise(7, views.JANE, "think", None)
    assert lines("promise", undated) == [["7", "jane-doe", "me", "open", "", "", "0", "think"]]
    assert lines("promises", [undated, views.FRESH])[1][:2] == ["39", "jane-doe"]
    assert lines("promises", views.NOTHING_OVERDUE) == []


def test_a_goal_is_named_to_programs_only_where_the_words_leave_no_doubt() -> None:
    assert data("interaction", views.HELPED_PAGE)["goals"] == [
        {"client": {"handle": "jane-doe", "name": "Jane Doe"}, "text": "one vendor instead of three"}
    ]
    goals = [line for line in lines("interaction", views.HELPED_PAGE) if line[0] == "goal"]
    assert goals == [["goal", "jane-doe", "one vendor instead of three"]]


def test_plain_lines_of_an_entry_say_what_they_hold() -> None:
    assert lines("logged", views.LOGGED) == [
        [
            *("interaction", "i89", "2026-11-21", "14:30", "meeting", "them", "30", "jane-doe,bob-stone,山田-花子"),
            "walked through the renewal  Bob wants �[2Jto see figures",
        ],
        ["signal", "jane-doe", "consulted", ""],
        ["signal", "bob-stone", "door", "introduced us to their CFO"],
        ["fact", "jane-doe", "goal", "one vendor instead of three"],
        ["promise", "41", "jane-doe", "me", "open", "2026-11-27", "0", "0", "send the deck"],
        ["promise", "42", "bob-stone", "them", "open", "", "", "0", "stand by for news"],
        ["created", "山田-花子", "山田 花子"],
        ["next", "2026-12-13"],
    ]


def test_plain_clients_are_a_record_a_line_and_one_client_a_line_for_all_that_is_known() -> None:
    assert lines("clients", views.CLIENTS) == [
        ["jane-doe", "Jane Doe", "customer", "Acme Finance", "2026-11-20", "renewal,board", ""],
        ["bold", "[bold]Max[/] :bomb: �[31mRed", "friend", "", "", "", "archived"],
    ]
    known = lines("client", views.PAGE)
    assert known[:2] == [["handle", "jane-doe"], ["name", "Jane Doe"]]
    assert ["email", "jane.doe@home.example"] in known
    assert ["date", "birthday", "1980-12-12"] in known
    assert ["date", "leap day", "--02-29"] in known
    assert ["fact", "goal", "one vendor instead of three", "2026-11-20"] in known
    assert known[-1] == ["interaction", "i88", "2026-11-20", "call", "asked us before choosing the vendor"]
    labels = [label for label, *_ in lines("client", views.BARE)]
    assert labels == ["handle", "name", "kind", "archived", "date"]


def test_plain_triangle_is_tier_handle_name_own_view_and_signs() -> None:
    told = lines("triangle", views.TRIANGLE)
    assert told[0] == ["life", "jane-doe", "Jane Doe", "", "4"]
    assert told[2] == ["key", "acme-finance", "Acme Finance", "", "2"], "a steer is no sign of trust"
    assert told[3] == ["key", "omar-lund", "Omar Lund", "life", "1"]
    assert len(told) == len(views.TRIANGLE.placed)


def test_plain_reasons_begin_with_what_they_hold() -> None:
    told = lines("why", views.WHY)
    assert told[0] == ["placement", "key", "dana-iqbal", "Dana Iqbal", "life", "2026-11-22", "2027-06-29", ""]
    assert told[1][0] == "finding"
    assert told[1][-1] == "brings in a great part of the value"
    assert [line[1] for line in told if line[0] == "finding"] == [
        finding.criterion for finding in views.WHY.placement.findings
    ]
    assert [line[3] for line in told if line[0] == "finding" and line[1] in ("drives", "depends", "steers")] == [
        "unknown",
        "met",
        "unmet",
    ]
    assert [
        "evidence",
        "unbroken",
        "interaction",
        "i131",
        "2026-09-23",
        "complaint",
        "email",
        "the invoice was wrong",
    ] in told
    assert ["evidence", "reliable", "promise", "77", "2026-10-23", "overdue", "", "the long list"] in told


def test_plain_import_tells_every_record() -> None:
    told = lines("import", views.IMPORT)
    assert told[0] == ["created", "jane-doe", "Jane Doe"]
    assert ["unchanged", "omar-lund", "Omar Lund"] in told
    assert ["skipped", "card 14, line 203", "it has no name"] in told
    assert ["remark", "card 3, line 44", "BDAY: [x]"] in told
    assert told[-1] == ["ignored", "Pager �"]


@given(st.text(max_size=60))
def test_no_text_breaks_a_line_or_a_cell(text: str) -> None:
    client = ClientRef(1, "jane-doe", text)
    promised = views.promise(1, client, text, -1)
    note = views.CALL._replace(note=text, clients=(client,))
    page = views.CLIENT._replace(ref=client, organisation=text, role=text, tags=(text,), aliases=(text,))
    triangle = views.TRIANGLE._replace(placed=(views.TRIANGLE.placed[0]._replace(client=client),))
    finding = Finding("drives", Tier.key, False, text, text)
    why = views.WHY._replace(placement=views.WHY.placement._replace(client=client, findings=(finding,)))
    for kind, result, cells in (
        ("promises", PromiseList(Wanted(), (promised,), 1, 0, views.TODAY), {8}),
        ("interaction", InteractionPage(note), {9}),
        ("client", page, {2}),
        ("triangle", triangle, {5}),
        ("why", why, {8}),
    ):
        told = lines(kind, result)
        assert {len(line) for line in told if line[0] not in ("fact", "date")} == cells
        assert all(not _acts(character) for line in told for cell in line for character in cell)
        assert data(kind, result) is not None


def _acts(character: str) -> bool:
    return ord(character) < 32 or 0x7F <= ord(character) < 0xA0 or 0x202A <= ord(character) <= 0x202E


def test_ten_thousand_clients_are_lines_in_no_time() -> None:
    many = views.TRIANGLE._replace(placed=views.TRIANGLE.placed * 1250)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        KINDS["triangle"].load_lines()(many)
        took.append(time.perf_counter() - start)
    # Two to five milliseconds; the limit leaves room for a slow machine, and none for a copy of each row.
    assert min(took) < 0.06
