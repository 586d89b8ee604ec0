"""A record as a text: left as it is it changes nothing, and what is changed in it is read as options are."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.actions.mending import InteractionEdit, PromiseEdit
from c4l.cli.record_text import interaction_edit_from, interaction_text, promise_edit_from, promise_text
from c4l.domain.clients import Interaction, Seen
from c4l.domain.entry import SignalDraft
from c4l.domain.errors import C4lError, WrongUse
from c4l.domain.records import Event, Promise, Verb
from c4l.domain.terms import Channel, ClientRef, Party

TODAY = date(2026, 11, 22)
JANE = ClientRef(1, "jane-doe", "Jane Doe")
BOB = ClientRef(2, "bob-stone", "Bob Stone")
MEETING = Interaction(
    88,
    date(2026, 11, 20),
    time(9, 30),
    Channel.meeting,
    Party.them,
    30,
    "walked through it\n\n# not a comment\nnote: not a line",
    (JANE, BOB),
    (Seen(JANE, "door", "introduced us\nto Bob: twice"), Seen(BOB, "early")),
)
CALL = Interaction(89, TODAY, None, Channel.call, None, None, "hello", (JANE,), (Seen(JANE, "consulted"),))
DECK = Promise(14, JANE, Party.me, "send the deck", date(2026, 11, 1), date(2026, 11, 27))
MOVED = DECK._replace(events=(Event(Verb.moved, TODAY, date(2026, 12, 1)),))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def test_the_texts_are_as_people_see_them() -> None:
    assert max(map(len, (interaction_text(MEETING) + promise_text(MOVED)).splitlines())) < 80
    assert interaction_text(MEETING).splitlines()[3:] == [
        "on: 2026-11-20",
        "at: 09:30",
        "channel: meeting",
        "reached out: them",
        "minutes: 30",
        "signal: jane-doe: door introduced us to Bob: twice",
        "signal: bob-stone: early",
        "",
        *MEETING.note.splitlines(),
    ]
    assert interaction_text(CALL).splitlines()[3:] == [
        *("on: 2026-11-22", "at:", "channel: call", "reached out:", "minutes:", "signal: consulted", "", "hello"),
    ]
    assert promise_text(DECK).splitlines()[3:] == ["by: 2026-11-27", "", "send the deck"]
    assert promise_text(DECK._replace(first_due_on=None)).splitlines()[3:] == ["by: someday", "", "send the deck"]
    assert promise_text(MOVED).splitlines()[2:] == [
        "# Something happened to it, so its due day stays: c4l move 14 DAY",
        "",
        "send the deck",
    ]


@given(texts, texts, texts)
def test_a_text_that_is_left_as_it_is_changes_nothing(note: str, signal: str, name: str) -> None:
    jane = JANE._replace(name=name)
    kept = MEETING._replace(
        note=note.strip(), clients=(jane, BOB), signals=(Seen(jane, "door", signal), Seen(BOB, "early"))
    )
    assert interaction_edit_from(interaction_text(kept), kept, TODAY) == InteractionEdit({})
    alone = CALL._replace(note=note.strip(), clients=(jane,), signals=(Seen(jane, "door", signal),))
    assert interaction_edit_from(interaction_text(alone), alone, TODAY) == InteractionEdit({})
    promise = DECK._replace(what=note, client=jane)
    assert promise_edit_from(promise_text(promise), promise, TODAY) == PromiseEdit()


@given(texts.filter(str.strip))
def test_a_note_is_read_back_as_it_was_typed(note: str) -> None:
    head, _, _ = interaction_text(CALL).partition("\n\n")
    edit = interaction_edit_from(f"{head}\n\n{note}\n", CALL, TODAY)
    assert edit.columns.get("note", CALL.note) == note.strip()


@pytest.mark.parametrize(
    ("before", "after", "columns"),
    [
        ("on: 2026-11-20", "on: yesterday", {"happened_on": date(2026, 11, 21)}),
        ("on: 2026-11-20", "ON :2026-12-24", {"happened_on": date(2026, 12, 24)}),
        ("on: 2026-11-20\n", "", {}),
        ("at: 09:30", "at:", {"at_time": None}),
        ("at: 09:30", "at: 14:00", {"at_time": time(14)}),
        ("channel: meeting", "channel: Visit", {"channel": Channel.visit}),
        ("reached out: them", "reached out: me", {"reached_out": Party.me}),
        ("reached out: them", "reached  out:", {"reached_out": None}),
        ("minutes: 30", "minutes: 1h", {"minutes": 60}),
        ("minutes: 30", "minutes: none", {"minutes": None}),
        ("walked through", "went through", {"note": MEETING.note.replace("walked", "went")}),
        ("# Change", "# a comment of mine\n# Change", {}),
        ("minutes: 30", "minutes: 30   ", {}),
    ],
)
def test_a_changed_line_changes_what_it_names(before: str, after: str, columns: dict[str, object]) -> None:
    text = interaction_text(MEETING)
    assert before in text
    assert interaction_edit_from(text.replace(before, after), MEETING, TODAY) == InteractionEdit(columns)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_editors_that_end_lines_otherwise_are_understood(end: str) -> None:
    text = interaction_text(CALL).replace("minutes:", "minutes: 5").replace("\n", end)
    assert interaction_edit_from(f"\ufeff{text}", CALL, TODAY) == InteractionEdit({"minutes": 5})


def test_lines_of_signals_come_change_and_go() -> None:
    door = SignalDraft("door", None, JANE)
    line, text = "signal: jane-doe: door introduced us to Bob: twice\n", interaction_text(MEETING)

    assert interaction_edit_from(text.replace(line, ""), MEETING, TODAY).drop == (door,)
    changed = interaction_edit_from(text.replace("to Bob: twice", "at last"), MEETING, TODAY)
    assert (changed.drop, changed.add) == ((door,), (SignalDraft("door", "introduced us at last", JANE),))
    added = interaction_edit_from(text.replace(line, f"{line}signal: Bob: steer, advice\n"), MEETING, TODAY)
    assert (added.drop, [each.signal for each in added.add]) == ((), ["steer", "advice"])


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("minutes: 30", "duration: 30", "“duration: 30” is no line that can be read"),
        ("minutes: 30", "half an hour", "“half an hour” is no line"),
        ("minutes: 30", "minutes: 30\nminutes: 40", "two lines “minutes:”"),
        ("minutes: 30", "minutes: long", "no number of minutes"),
        ("channel: meeting", "channel: pigeon", "“pigeon” is no channel"),
        ("channel: meeting", "channel:", "“” is no channel"),
        ("on: 2026-11-20", "on:", "no day was given"),
        ("on: 2026-11-20", "on: soon", "no day"),
        ("reached out: them", "reached out: nobody", "no side that reached out"),
        ("bob-stone: early", "bob-stone: nothing", "is no signal"),
    ],
)
def test_what_cannot_be_read_is_said(before: str, after: str, told: str) -> None:
    with pytest.raises(C4lError, match=told):
        interaction_edit_from(interaction_text(MEETING).replace(before, after), MEETING, TODAY)


def test_a_promise_says_its_words_and_its_day() -> None:
    text = promise_text(DECK)
    assert promise_edit_from(text.replace("the deck", "the list"), DECK, TODAY) == PromiseEdit("send the list")
    assert promise_edit_from(text.replace("2026-11-27", "1 dec"), DECK, TODAY) == PromiseEdit(
        None, True, date(2026, 12, 1)
    )
    for someday in ("someday", "", "none"):
        assert promise_edit_from(text.replace("2026-11-27", someday), DECK, TODAY) == PromiseEdit(None, True, None)
    assert promise_edit_from("by: 1 dec\n\nsend it", MOVED, TODAY).due_on == date(2026, 12, 1)
    with pytest.raises(WrongUse, match="no line that can be read"):
        promise_edit_from("on: today\n\nsend it", DECK, TODAY)
