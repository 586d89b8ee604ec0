"""How the parts of what is logged are read: owed, shown, learned, and whose they are."""

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4l.domain.entry import (
    FactDraft,
    Owed,
    SignalDraft,
    fact,
    foreign,
    listened,
    names_of,
    owed,
    part,
    reached_out,
    read_minutes,
    read_time,
    settle_owed,
    settle_shown,
    signal,
    unnamed,
)
from c4l.domain.errors import Ambiguous, BadDay, WrongUse
from c4l.domain.names import Known
from c4l.domain.signals import SIGNALS
from c4l.domain.terms import Channel, ClientRef, FactKind, Party

SUNDAY = date(2026, 11, 22)
JANE = ClientRef(1, "jane-doe", "Jane Doe")
BOB = ClientRef(2, "bob-stone", "Bob Stone")
REBECCA = ClientRef(3, "rebecca-art", "Rebecca Art")
NAMES = names_of([Known.of(JANE, ["JD"]), Known.of(BOB), Known.of(REBECCA)])


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("send the deck by friday", "send the deck", date(2026, 11, 27)),
        ("send the deck BY Friday", "send the deck", date(2026, 11, 27)),
        ("  send  the\tdeck   by\n 27 nov ", "send  the\tdeck", date(2026, 11, 27)),
        ("send it by 2026-12-01", "send it", date(2026, 12, 1)),
        ("drive by by tuesday", "drive by", date(2026, 11, 24)),
        ("find a hotel by the sea by 3d", "find a hotel by the sea", date(2026, 11, 25)),
        ("sign off by end of month", "sign off", date(2026, 11, 30)),
        ("stand by for news", "stand by for news", None),
        ("stop by", "stop by", None),
        ("by hand", "by hand", None),
        ("review by legal", "review by legal", None),
        ("put the milk by fridge", "put the milk by fridge", None),
        ("review by Monty", "review by Monty", None),
        ("approval by Mary", "approval by Mary", None),
        ("a poster by Augusta", "a poster by Augusta", None),
        ("go by the fridy", "go by the fridy", None),
        ("talk to the mayor by phone", "talk to the mayor by phone", None),
        ("send the deck friday", "send the deck friday", None),
        ("standby friday", "standby friday", None),
        ("Re: invoice", "Re: invoice", None),
        ("10:30 call by the team", "10:30 call by the team", None),
    ],
)
def test_what_is_owed_ends_in_its_due_day(text: str, what: str, due: date | None) -> None:
    assert owed(text, SUNDAY, NAMES) == Owed(what, due)


@pytest.mark.parametrize("text", ["call back by someday", "call back BY Someday"])
def test_someday_says_on_purpose_that_there_is_no_due_day(text: str) -> None:
    assert owed(text, SUNDAY) == Owed("call back", someday=True)


@pytest.mark.parametrize(
    "text",
    [
        "finish by next friday",
        "report by Q3",
        "ready by the end",
        "send it by friday or so",
        "send it by 30 feb",
        "report by the 3 auditors",
        "sign by friday by next week",
        "call by tuesday by",
    ],
)
def test_what_only_looks_like_a_day_is_refused(text: str) -> None:
    with pytest.raises(BadDay) as refusal:
        owed(text, SUNDAY)
    assert text in refusal.value.message
    assert "by someday" in refusal.value.hint


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        *(("fridy", "friday"), ("Firday", "friday"), ("wensday", "wednesday"), ("tomorow", "tomorrow")),
        *(("todya", "today"), ("somday", "someday"), ("decmber", "december"), ("satuday.", "saturday")),
    ],
)
def test_a_misspelt_day_makes_no_promise_without_one(word: str, meant: str) -> None:
    text = f"send it by {word}"
    with pytest.raises(BadDay) as refusal:
        owed(text, SUNDAY)
    assert refusal.value.message == f"in “{text}”: “{word}” is no day; did you mean {meant}?"
    assert refusal.value.hint == "type the day again; if that is no day, end the text in “by someday”"
    assert owed(f"{text} by someday", SUNDAY) == Owed(text, someday=True)


def test_both_readings_of_a_day_are_named() -> None:
    with pytest.raises(BadDay, match=r"2026-11-27.*2026-12-04"):
        owed("finish by next friday", SUNDAY)


@pytest.mark.parametrize("text", ["by friday", " by someday", "", "   ", "Bob:", "Bob: by friday"])
def test_something_must_be_owed(text: str) -> None:
    with pytest.raises(WrongUse, match="does not say what is owed"):
        owed(text, SUNDAY, NAMES)


def test_what_is_owed_may_name_its_client() -> None:
    assert owed("Bob: purchase order by 1 dec", SUNDAY, NAMES) == Owed("purchase order", date(2026, 12, 1), client=BOB)
    assert owed("JD: a call", SUNDAY, NAMES) == Owed("a call", client=JANE)


OWED_WORDS = ["send", "deck", "by", "By", "friday", "someday", "news", "1", "dec", "next", "Bob:", "Re:", "eom"]


@given(st.lists(st.tuples(st.sampled_from(OWED_WORDS), st.sampled_from([" ", "  ", "\t"])), max_size=8))
@settings(max_examples=200)
def test_no_word_of_what_is_owed_is_lost(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in pieces).strip()
    try:
        read = owed(text, SUNDAY)
    except WrongUse:
        return
    assert text.startswith(read.what)
    clause = text.removeprefix(read.what).split()
    assert bool(clause) == (read.due_on is not None or read.someday)
    assert not clause or clause[0].casefold() == "by"
    assert read.someday == (clause[1:] == ["someday"])


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(WrongUse):
        assert owed(text, SUNDAY, NAMES).what
    with suppress(WrongUse):
        assert signal(text, NAMES)
    with suppress(WrongUse):
        assert fact(text, NAMES).text


@pytest.mark.parametrize(
    ("text", "client", "rest"),
    [
        ("Bob: purchase order", BOB, "purchase order"),
        ("bob stone : purchase order", BOB, "purchase order"),
        ("Bob S: purchase order", BOB, "purchase order"),
        ("stone: order", BOB, "order"),
        ("Jane:goal:one vendor", JANE, "goal:one vendor"),
        ("Jane: Bob: order", JANE, "Bob: order"),
        ("Re: invoice", None, "Re: invoice"),
        ("reb: invoice", None, "reb: invoice"),
        ("art: a poster", REBECCA, "a poster"),
        ("Zoe: invoice", None, "Zoe: invoice"),
        (": invoice", None, ": invoice"),
        ("bob://example", None, "bob://example"),
        ("at 10:30 call", None, "at 10:30 call"),
        ("no colon", None, "no colon"),
    ],
)
def test_only_a_client_of_the_entry_is_named_before_a_colon(text: str, client: ClientRef | None, rest: str) -> None:
    assert part(text, NAMES) == (client, rest)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *(("Bea: pay by eom", "Bea"), (" bea stone : pay", "bea stone"), ("Re: invoice", "Re"), ("Bea:", "Bea")),
        *(("Bea: goal: one vendor", "Bea"), ("The Sample Trading Company: pay", "The Sample Trading Company")),
        *((text, None) for text in ("goal: Bea: one vendor", "INTEREST: chess", "door: Bea", "put first: Bea")),
        *((text, None) for text in ("http://x", "https://bea.example", "10:30 call", "call at 10:30")),
        *((text, None) for text in ("pay by eom", "", ":", ": pay", "one two three four five: pay")),
    ],
)
def test_who_is_not_of_the_entry_may_stand_before_a_colon(text: str, words: str | None) -> None:
    assert foreign(text) == words


@pytest.mark.parametrize(
    ("text", "named"),
    [("山田: 図面", True), ("山田太郎: 図面", True), ("太郎: 図面", False), ("図面: 山田", False), ("ya: 図面", False)],
)
def test_a_script_without_capitals_sets_no_words_apart(text: str, named: bool) -> None:
    yamada = ClientRef(5, "山田太郎", "山田太郎")
    assert part(text, names_of([Known.of(yamada, ["Yamada"])]))[0] == (yamada if named else None)


def test_a_time_names_no_client() -> None:
    names = names_of([Known.of(ClientRef(1, "studio-10", "Studio 10"))])
    assert part("10:30 call", names) == (None, "10:30 call")


def test_a_name_that_fits_several_clients_of_the_entry_is_ambiguous() -> None:
    other = ClientRef(4, "jane-sample", "Jane Sample")
    names = names_of([Known.of(JANE), Known.of(other)])
    with pytest.raises(Ambiguous) as refusal:
        part("Jane: order", names)
    assert refusal.value.candidates == (("jane-doe", "Jane Doe"), ("jane-sample", "Jane Sample"))
    assert part("Jane S: order", names) == (other, "order")
    assert part("jane-doe: order", names) == (JANE, "order")


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("consulted", [SignalDraft("consulted")]),
        ("Consulted", [SignalDraft("consulted")]),
        ("consulted,early", [SignalDraft("consulted"), SignalDraft("early")]),
        ("consulted, put first ,consulted,", [SignalDraft("consulted"), SignalDraft("put-first")]),
        ("Jane: consulted", [SignalDraft("consulted", client=JANE)]),
        ("Jane: consulted, early", [SignalDraft("consulted", client=JANE), SignalDraft("early", client=JANE)]),
        ("Bob: door introduced us to their CFO", [SignalDraft("door", "introduced us to their CFO", BOB)]),
        ("Bob: door: introduced us, twice", [SignalDraft("door", "introduced us, twice", BOB)]),
        ("door introduced us, twice", [SignalDraft("door", "introduced us, twice")]),
        ("door: Bob: their CFO", [SignalDraft("door", "Bob: their CFO")]),
        ("put-first", [SignalDraft("put-first")]),
        ("putfirst", [SignalDraft("put-first")]),
        ("Put First", [SignalDraft("put-first")]),
        ("door\tintroduced  us", [SignalDraft("door", "introduced  us")]),
        ("put first told them to wait", [SignalDraft("put-first", "told them to wait")]),
        ("put-first told them to wait", [SignalDraft("put-first", "told them to wait")]),
    ],
)
def test_signals_are_read(text: str, drafts: list[SignalDraft]) -> None:
    assert signal(text, NAMES) == drafts


@pytest.mark.parametrize("name", [name for name, row in SIGNALS.items() if row.logged])
def test_every_signal_that_an_interaction_shows_can_be_typed(name: str) -> None:
    assert signal(name) == [SignalDraft(name)]
    assert signal(f"{name} and why") == [SignalDraft(name, "and why")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("consuled", "did you mean consulted?"),
        ("consulted,erly", "did you mean early?"),
        ("consult", "did you mean consulted?"),
        ("xyzzy", "“xyzzy” is no signal"),
        ("erly: flagged the audit", "“erly” is no signal; did you mean early?"),
        ("Karl: door", "“Karl” is neither a signal nor a client of this entry"),
        ("Karl: door: their CFO", "“Karl” is neither a signal nor a client of this entry"),
        ("Karl Stone: put first", "“Karl Stone” is neither a signal nor a client of this entry"),
        ("Karl: consulted, early", "“Karl” is neither a signal nor a client of this entry"),
        ("Earl: put first", "“Earl” is neither a signal nor a client of this entry"),
        ("Earl: door", "“Earl” is neither a signal nor a client of this entry"),
        ("Zoe: asked us", "“Zoe” is neither a signal nor a client of this entry"),
        ("10:30 call", "“10” is no signal"),
        ("consult about the vendor", "“consult” is no signal; did you mean consulted?"),
        ("consulted,early about the audit", "“early about the audit” is no signal"),
        ("", "no signal is named"),
        ("Bob:", "no signal is named"),
        (",", "is no signal"),
    ],
)
def test_what_is_no_signal_is_refused_with_the_nearest_and_all(text: str, told: str) -> None:
    with pytest.raises(WrongUse) as refusal:
        signal(text, NAMES)
    assert told in refusal.value.message
    assert "advice, consulted, early" in refusal.value.hint
    assert "warned" not in refusal.value.hint


@pytest.mark.parametrize("text", ["warned", "early,warned", "Jane: warned about the delay"])
def test_a_warning_belongs_to_its_promise(text: str) -> None:
    with pytest.raises(WrongUse) as refusal:
        signal(text, NAMES)
    assert "c4l move N DAY --told" in refusal.value.hint
    assert "c4l break N --told" in refusal.value.hint


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("goal: one vendor", FactDraft(FactKind.goal, "one vendor")),
        ("Jane: goal: one vendor", FactDraft(FactKind.goal, "one vendor", JANE)),
        ("jane:INTEREST:a quiet launch", FactDraft(FactKind.interest, "a quiet launch", JANE)),
        ("Jane: plays chess", FactDraft(FactKind.background, "plays chess", JANE)),
        ("plays chess", FactDraft(FactKind.background, "plays chess")),
        ("Re: chess", FactDraft(FactKind.background, "Re: chess")),
        ("worry: the audit: too late", FactDraft(FactKind.worry, "the audit: too late")),
        ("goals of all kinds", FactDraft(FactKind.background, "goals of all kinds")),
    ],
)
def test_facts_are_read(text: str, draft: FactDraft) -> None:
    assert fact(text, NAMES) == draft


@pytest.mark.parametrize("text", ["", "  ", "goal:", "Jane:", "Jane: goal: "])
def test_something_must_be_learned(text: str) -> None:
    with pytest.raises(WrongUse, match="does not say what was learned"):
        fact(text, NAMES)


def test_a_word_of_the_program_before_a_colon_is_itself_even_where_a_client_is_called_so() -> None:
    names = names_of([Known.of(ClientRef(1, "goal", "Goal")), Known.of(ClientRef(2, "early", "Early"))])
    assert fact("goal: one vendor", names) == FactDraft(FactKind.goal, "one vendor")
    assert signal("early: flagged the audit", names) == [SignalDraft("early", "flagged the audit")]


def test_who_learned_an_interest_has_listened() -> None:
    facts = [FactDraft(FactKind.goal, "one vendor", JANE), FactDraft(FactKind.interest, "a quiet launch", BOB)]
    assert listened(facts) == [SignalDraft("listened", "a quiet launch", BOB)]


def test_what_is_owed_and_names_nobody_belongs_to_the_first_client() -> None:
    drafts = [Owed("send the deck"), Owed("order", client=BOB)]
    assert unnamed(drafts) == [drafts[0]]
    assert settle_owed(drafts, [JANE, BOB]) == [Owed("send the deck", client=JANE), Owed("order", client=BOB)]


def test_what_was_shown_belongs_to_the_one_client_or_to_the_one_it_names() -> None:
    assert settle_shown([SignalDraft("early")], [JANE]) == [SignalDraft("early", client=JANE)]
    named = [SignalDraft("early", client=BOB)]
    assert settle_shown(named, [JANE, BOB]) == named
    assert settle_shown([fact("plays chess")], [JANE]) == [FactDraft(FactKind.background, "plays chess", JANE)]


def test_what_was_shown_and_could_lift_the_wrong_client_is_refused() -> None:
    with pytest.raises(Ambiguous) as refusal:
        settle_shown([SignalDraft("early", client=BOB), SignalDraft("consulted")], [JANE, BOB])
    assert refusal.value.exit_code == 4
    assert refusal.value.candidates == (("jane-doe", "Jane Doe"), ("bob-stone", "Bob Stone"))
    assert refusal.value.message == "“consulted” can be about Jane Doe or Bob Stone"
    assert '--signal "jane-doe: consulted"' in refusal.value.hint
    with pytest.raises(Ambiguous) as refusal:
        settle_shown([fact("goal: one vendor\n" + "x" * 999)], [JANE, BOB, REBECCA])
    assert '--learned "jane-doe: goal: one vendor' in refusal.value.hint
    assert "Jane Doe, Bob Stone or Rebecca Art" in refusal.value.message
    assert len(refusal.value.hint) < 150
    assert "\n" not in refusal.value.message + refusal.value.hint


@pytest.mark.parametrize("channel", list(Channel))
def test_a_note_and_a_gift_are_yours_unless_said_otherwise(channel: Channel) -> None:
    yours = channel in (Channel.note, Channel.gift)
    assert reached_out(channel, None) == (Party.me if yours else None)
    assert reached_out(channel, Party.them) == Party.them
    assert reached_out(channel, Party.me) == Party.me


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *((30, 30), ("30", 30), ("0", 0), ("90m", 90), ("45 min", 45), ("1h", 60), ("1H30", 90), ("1h 30m", 90)),
        *(("0h5", 5), ("24h", 1440), ("1440", 1440), ("1h59", 119), ("60", 60)),
    ],
)
def test_minutes_are_read(text: str | int, minutes: int) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "h",
        "m",
        "h30",
        "-5",
        -5,
        1441,
        "24h1",
        "1.5h",
        "1:30",
        "half an hour",
        "²",
        "٣",
        "9" * 5000,
        "1h60",
        "1h90",
        "0h 60m",
    ],
)
def test_what_is_no_part_of_one_day_is_refused(text: str | int) -> None:
    with pytest.raises(WrongUse, match="is no number of minutes") as refusal:
        read_minutes(text)
    assert "1h30" in refusal.value.hint


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [("9:05", 9, 5), ("09:05", 9, 5), (" 14:30 ", 14, 30), ("0:00", 0, 0), ("23:59", 23, 59)],
)
def test_a_time_of_day_is_read(text: str, hour: int, minute: int) -> None:
    assert read_time(text) == time(hour, minute)


@pytest.mark.parametrize(
    "text", ["", "9", "24:00", "12:60", "9:5", "009:05", ":30", "9:", "-1:30", "9:05:00", "noon", "٩:٠٥"]
)
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="no time of day"):
        read_time(text)
