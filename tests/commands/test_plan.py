"""`plan`: what would move a client up, and a step that becomes a promise."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from c4l.actions.plan import plan
from c4l.domain.thresholds import DEFAULTS
from c4l.store import connection
from c4l.store.store import Store
from tests.commands.conftest import UNNAMED, Book, Write
from tests.conftest import TODAY, Cli, Terminal
from tests.store.written import grown
from tests.store.written import write as put

KEPT = (
    "promise|jane|the deck|--by|2026-06-20|--on|2026-06-05",
    "promise|jane|the figures|--by|2026-06-20|--on|2026-06-05",
    "promise|jane|the draft|--by|2026-06-20|--on|2026-06-05",
    "keep|1|2|3|--on|2026-06-15",
)


@pytest.fixture
def jane(write: Write) -> None:
    """Somebody in the base to whom a sign is missing, who complained, and for whom something is overdue."""
    write(
        "log|Jane Doe|chose the vendor with us|--new|--on|2026-05-26|-s|consulted|-m|30|--in",
        "log|jane|flagged the audit|--on|2026-07-02|-s|early|-c|message|--out",
        *KEPT,
        "promise|jane|a call|--by|2026-11-10|--on|2026-11-01",
        "log|jane|the figures were wrong|--on|2026-11-03|-s|complaint|--out",
    )


@pytest.fixture
def newcomer(write: Write) -> None:
    """Somebody who was met once."""
    write("log|Jane Doe|said hello|--new|--on|2026-11-20")


def data(cli: Cli, *words: str) -> Any:
    answered = cli(*words, "--json")
    assert (answered.code, answered.err) == (0, ""), answered
    return json.loads(answered.out)["data"]


def tier(cli: Cli, as_of: str = TODAY) -> str:
    answered: str = data(cli, "why", "jane", "--as-of", as_of)["tier"]
    return answered


# The plan.


def test_piped_each_step_is_a_line_with_its_command(cli: Cli, jane: None) -> None:
    answered = cli("plan", "jane", "--to", "life")

    assert (answered.code, answered.err) == (0, "")
    assert [line.split("\t") for line in answered.out.splitlines()] == [
        ["1", "unbroken", "own the complaint of Tue 3 Nov (i3)", "c4l log jane-doe NOTE -s owned"],
        ["2", "reliable", "keep “a call” (4)", "c4l keep 4"],
        ["3", "trusted", "bring a solution to a problem of theirs, unasked", "c4l log jane-doe NOTE -s advice"],
    ]


def test_json_holds_every_step_whole(cli: Cli, jane: None) -> None:
    found = data(cli, "plan", "jane", "--to", "life")
    steps = found["steps"]

    assert found["client"] == {"handle": "jane-doe", "name": "Jane Doe"}
    assert (found["tier"], found["next_tier"], found["holds_on"]) == ("base", "life", TODAY)
    assert [(step["number"], step["act"], step["acceptable"]) for step in steps] == [
        (1, "own", True),
        (2, "keep", False),
        (3, "invite", True),
    ]
    assert steps[0]["records"] == [{"kind": "interaction", "number": 3}]
    assert steps[1]["records"] == [{"kind": "promise", "number": 4}]
    assert [command["line"] for command in steps[1]["commands"]] == ["c4l keep 4", "c4l move 4 DAY --told"]
    assert steps[2]["why"] == "2 of 5 seen in a year, 3 needed"


def test_what_they_wait_for_is_told_first_where_no_step_needs_it(cli: Cli, jane: None, book_after: Book) -> None:
    answered = cli("plan", "jane", "--to", "key")
    complaint = "the complaint of Tue 3 Nov (i3) is not owned"
    assert answered.code == 0
    assert answered.err.splitlines() == [
        f"First: {complaint}: c4l log jane-doe NOTE -s owned",
        "First: promise 4 is 12 days overdue: c4l keep 4",
    ]
    assert data(cli, "plan", "jane", "--to", "key")["first"] == [
        {"kind": "interaction", "number": 3, "text": complaint, "command": "c4l log jane-doe NOTE -s owned"},
        {"kind": "promise", "number": 4, "text": "promise 4 is 12 days overdue", "command": "c4l keep 4"},
    ]
    screen = book_after.screen("plan", "jane", "--to", "key")
    assert screen.index("First:  the complaint") < screen.index("c4l keep 4") < screen.index(" 1  ")
    assert data(cli, "plan", "jane", "--to", "life")["first"] == []


def test_a_plan_that_is_followed_command_by_command_raises_the_client(cli: Cli, jane: None) -> None:
    assert tier(cli) == "base"
    for step in data(cli, "plan", "jane", "--to", "life")["steps"]:
        words = [{"NOTE": "as planned"}.get(word, word) for word in step["command"].split()[1:]]
        assert cli(*words).code == 0, words

    assert tier(cli) == "life"
    assert data(cli, "plan", "jane")["steps"] == []


def test_what_only_you_can_say_is_a_question_and_any_answer_that_counts_lifts(cli: Cli, newcomer: None) -> None:
    steps = data(cli, "plan", "jane")["steps"]
    assert [step["criterion"] for step in steps] == ["steers", "depends"]

    cli("log", "jane", "said where to go", "-s", "steer")
    cli("assess", "jane", "--stake", "medium")
    assert tier(cli) == "base"
    assert [step["criterion"] for step in data(cli, "plan", "jane", "--to", "key")["steps"]] == ["drives"]
    cli("assess", "jane", "--stake", "high")
    assert tier(cli) == "key"


def test_where_only_time_helps_the_day_is_named_and_comes(cli: Cli, write: Write) -> None:
    signs = "log|jane|a long talk|--on|2026-10-20|--out|-s|consulted,early,door"
    kept = [line.replace("2026-06", "2026-10") for line in KEPT]
    write("log|Jane Doe|said hello|--new|--on|2026-07-25", signs, *kept)

    found = data(cli, "plan", "jane", "--to", "life")
    [step] = found["steps"]
    assert step["text"] == "wait until Thu 21 Jan 2027: first contact was 120 days ago; 60 to go"
    assert (step["acceptable"], step["command"]) == (False, "c4l client edit jane-doe --since DAY")
    assert found["holds_on"] == "2027-01-21"
    then = {"C4L_TODAY": "2027-01-21"}
    assert json.loads(cli("why", "jane", "--json", env=then).out)["data"]["tier"] == "life"
    before = {"C4L_TODAY": "2027-01-20"}
    assert json.loads(cli("why", "jane", "--json", env=before).out)["data"]["tier"] == "base"


def test_who_rises_by_time_alone_is_told_that_way_and_not_the_one_to_key(cli: Cli, write: Write) -> None:
    """To be in touch once and to wait is less to do than the two things that would make a key client."""
    write(
        "log|Jane Doe|asked for a rough idea|--new|--on|2026-06-05|-s|advice",
        *KEPT,
        "log|jane|a long talk|--on|2026-08-05|-s|early,door",
    )
    assert data(cli, "why", "jane")["rises_on"] == "2026-12-02"
    found = data(cli, "plan", "jane")
    assert (found["next_tier"], [step["act"] for step in found["steps"]]) == ("life", ["contact", "wait"])
    assert found["holds_on"] == "2026-12-02"


def test_it_says_when_time_alone_lifts_them_whatever_the_plan_asks_for(cli: Cli, write: Write) -> None:
    """What was broken is a year old soon; until then it would take many promises to outweigh it."""
    write(
        "client|add|Jane Doe|--since|2020-01-01",
        "log|jane|a long talk|--on|2026-10-05|-s|advice,consulted,early|--out",
        *KEPT,
        *(f"promise|jane|a part|--by|2025-12-0{day}|--on|2025-12-01" for day in (5, 6)),
        *(f"break|{number}|--on|2025-12-0{number + 1}" for number in (4, 5)),
    )
    assert data(cli, "why", "jane")["rises_on"] == "2026-12-05"
    found = data(cli, "plan", "jane")
    assert (found["next_tier"], found["rises_on"]) == ("key", "2026-12-05")
    assert "Time alone lifts them on Sat 5 Dec 2026.\n" in cli("plan", "jane").err
    assert "Time alone lifts them on Sat 5 Dec 2026." in cli("plan", "jane", env={"FORCE_COLOR": "1"}, tty=True).out


@pytest.fixture
def at_the_top(write: Write) -> None:
    """A client for life, until the oldest sign is a year old."""
    write(
        "log|Jane Doe|chose the vendor with us|--new|--on|2026-01-12|-s|consulted|-m|30|--out",
        "log|jane|a long talk|--on|2026-11-02|-s|early,door|--out",
        *KEPT,
    )


def test_at_the_top_it_says_so_and_what_lapses_first(cli: Cli, at_the_top: None, book_after: Book) -> None:
    answered = cli("plan", "jane")
    assert (answered.code, answered.out) == (0, "")
    assert answered.err == (
        "Jane Doe is a client for life already.\nIf nothing more happens, trusted lapses on Tue 12 Jan 2027.\n"
    )
    assert "What keeps them there:  c4l why jane-doe" in book_after.screen("plan", "jane")
    found = data(cli, "plan", "jane")
    assert (found["tier"], found["next_tier"], found["steps"]) == ("life", None, [])
    assert (found["lapses_on"], found["lapses"]) == ("2027-01-12", ["trusted"])


@pytest.fixture
def book_after(cli: Cli, home: dict[str, str]) -> Book:
    """The book that the fixtures before it wrote."""
    return Book(cli, home)


def test_where_no_act_leads_there_it_says_what_is_in_the_way(cli: Cli, newcomer: None) -> None:
    cli("assess", "jane", "--stake", "low", "--value", "0")

    answered = cli("plan", "jane", "--to", "key")
    assert answered.code == 0
    assert [line.split("\t")[1] for line in answered.out.splitlines()] == ["steers"]
    assert answered.err.splitlines()[:2] == [
        "No act of yours makes Jane Doe a key client today. What is in the way:",
        "  drives: a stated value of 0",
    ]


# Carried out as it says, in the days after.

LATER = "2026-11-28"


def on_the_day(cli: Cli, line: str) -> str:
    """A printed command carried out six days later, or on the due day of what it keeps; what it answers."""
    words = [{"NOTE": "as planned", "WHAT": "send a draft", "DAY": LATER}.get(word, word) for word in line.split()[1:]]
    day = LATER
    if words[0] == "keep":
        due_on = data(cli, "show", words[1])["due_on"]
        day = min(LATER, due_on) if due_on >= TODAY else LATER
    answered = cli(*words, "--json", env={"C4L_TODAY": day})
    assert answered.code == 0, answered
    return answered.out


@pytest.mark.parametrize("accepted", [False, True], ids=["as printed", "accepted first"])
def test_the_demo_s_plans_hold_when_they_are_carried_out_days_later(cli: Cli, accepted: bool) -> None:
    assert cli("demo", "--database", cli.home["C4L_DATABASE"]).code == 0
    plans = {}
    for who in ("paul-ostrander", "acme-finance", "bob-stone", "greta-holm", "priya-fenwick", "uma", "milo", "ruth"):
        if accepted:
            numbers = [step["number"] for step in data(cli, "plan", who)["steps"] if step["acceptable"]]
            cli("plan", who, "--accept", ",".join(map(str, numbers)), "--by", "2026-11-27")
        plans[who] = data(cli, "plan", who)

    for who, found in plans.items():
        assert found["holds_on"] == TODAY, who
        for step in found["steps"]:
            lines = [command["line"] for command in step["commands"] if " move " not in command["line"]]
            for line in lines * step["times"]:
                said = json.loads(on_the_day(cli, line))
                if step["act"] == "promise":
                    on_the_day(cli, f"c4l keep {said['data']['number']}")
        then = json.loads(cli("why", who, "--json", env={"C4L_TODAY": LATER}).out)["data"]
        assert then["tier"] == found["next_tier"], who


def test_a_promise_made_of_a_step_is_no_step_of_its_own(cli: Cli, jane: None, book_after: Book) -> None:
    data(cli, "plan", "jane", "--to", "life", "--accept", "1,3", "--by", "friday")

    own, overdue, invite = data(cli, "plan", "jane", "--to", "life")["steps"]
    assert (own["promise"], overdue["promise"], invite["promise"]) == (5, 4, 6)
    assert [each["line"] for each in own["commands"]] == ["c4l log jane-doe NOTE -s owned", "c4l keep 5"]
    screen = book_after.screen("plan", "jane", "--to", "life")
    assert (screen.count("c4l keep 5"), screen.count("promised already: 5")) == (1, 1)


def test_it_says_until_when_the_place_would_hold(cli: Cli, jane: None, book_after: Book) -> None:
    found = data(cli, "plan", "jane", "--to", "life")
    assert (found["lapses_on"], found["lapses"]) == ("2027-03-23", ["lasting"])
    assert "Jane Doe is a client for life until Tue 23 Mar 2027." in book_after.screen("plan", "jane", "--to", "life")


# A step becomes a promise.


def test_an_accepted_step_is_a_promise_of_yours_and_the_plan_names_it(cli: Cli, jane: None, book_after: Book) -> None:
    made = data(cli, "plan", "jane", "--to", "life", "--accept", "3", "--by", "friday")

    assert (made["number"], made["by"], made["due_on"], made["made_on"]) == (5, "me", "2026-11-27", TODAY)
    assert made["what"] == "bring a solution to a problem of theirs, unasked"
    assert book_after.promises[-1] == ("jane-doe", "me", made["what"], TODAY, "2026-11-27", "open")
    step = data(cli, "plan", "jane", "--to", "life")["steps"][2]
    assert (step["promise"], step["acceptable"]) == (5, False)


def test_several_are_accepted_in_one_go_for_one_day_or_for_none(cli: Cli, jane: None, book_after: Book) -> None:
    before = book_after.changes
    made = data(cli, "plan", "jane", "--to", "life", "--accept", "1", "--accept", "3,1", "--by", "someday")

    assert [(each["number"], each["due_on"]) for each in made] == [(5, None), (6, None)]
    assert book_after.changes == before + 1, "one command is undone as one"


def test_accepting_tells_what_its_week_then_holds(cli: Cli, newcomer: None, book_after: Book) -> None:
    for number, due in enumerate(("2026-10-16", "2026-10-23", "2026-10-30", "2026-11-06"), 1):
        cli("promise", "jane", "a part", "--by", due, "--on", "2026-10-01")
        cli("keep", str(number), "--on", due)
    cli("promise", "jane", "the deck", "--by", "2026-11-26")

    accepted = ("plan", "jane", "--to", "key", "--accept", "1", "--by", "2026-11-27")
    assert "2 of yours are due that week, more than the 1 you have honoured in one" in book_after.screen(*accepted)


def test_on_a_terminal_the_day_is_asked_for_until_it_can_be_read(terminal: Terminal, jane: None) -> None:
    asked = "By which day, or someday? "
    answered = terminal(
        "plan", "jane", "--to", "life", "--accept", "3", typed=[(asked, "soonish\r"), (asked, "friday\r")]
    )
    assert answered.code == 0
    assert "Fri 27 Nov 2026" in answered.out


@pytest.mark.parametrize(
    ("words", "code", "message", "hint"),
    [
        (["--accept", "1"], 2, "a promise has a due day", "--by DAY, or --by someday"),
        (["--by", "friday"], 2, "--by is the due day of a step that is accepted", "--accept N --by DAY"),
        (["--accept", "x", "--by", "friday"], 2, "“x” is not the number of a step", "numbers them from 1"),
        (["--accept", "1,", "--by", "friday"], 2, "“” is not the number of a step", "numbers them from 1"),
        (["--accept", "1", "--by", "next friday"], 2, "next friday", ""),
        (["--to", "base"], 2, "“base” is no tier that a plan leads to", "--to key or --to life"),
        (["--accept", "9", "--by", "friday"], 3, "there is no step 9", "the last is 3"),
        (["--accept", "0", "--by", "friday"], 3, "there is no step 0", "the last is 3"),
        (["--accept", "2", "--by", "friday"], 1, "step 2 is promise 4 already", "c4l keep 4"),
        (["--accept", "1", "--accept", "2", "--by", "friday"], 1, "step 2 is promise 4 already", "c4l keep 4"),
    ],
)
def test_what_cannot_be_accepted_changes_nothing(
    cli: Cli, jane: None, book_after: Book, words: Sequence[str], code: int, message: str, hint: str
) -> None:
    before, to = book_after.changes, [] if "--to" in words else ["--to", "life"]
    answered = cli("plan", "jane", *to, *words)

    book_after.refused(answered, code, message, hint)
    assert book_after.changes == before


@pytest.mark.parametrize(
    ("lines", "number", "message", "hint"),
    [
        (
            ("log|jane|again|--on|2026-01-01|-s|advice,door,early",),
            "1",
            "made of promises",
            "c4l promise jane-doe WHAT",
        ),
        (("log|jane|again|-s|advice,door,early", *KEPT), "2", "a matter of time alone", "--since DAY"),
        (("log|jane|came by|-s|steer",), "1", "for you to say", "c4l assess jane-doe --stake LEVEL"),
    ],
)
def test_what_is_no_act_towards_them_cannot_be_promised(
    cli: Cli, newcomer: None, lines: Sequence[str], number: str, message: str, hint: str
) -> None:
    for line in lines:
        assert cli(*line.split("|")).code == 0, line
    to = "key" if "--stake" in hint else "life"
    answered = cli("plan", "jane", "--to", to, "--accept", number, "--by", "friday")

    assert (answered.code, answered.out) == (1, "")
    assert message in answered.err
    assert hint in answered.err


# Those without a place, and what it costs.


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("client archive|jane", "Jane Doe is archived, and has no place to rise from", "c4l client unarchive jane-doe"),
        ("remove|i1|--yes", "Jane Doe has no place to rise from: not contacted yet", "c4l log jane-doe NOTE"),
    ],
)
def test_without_a_place_there_is_nothing_to_rise_from(
    cli: Cli, newcomer: None, line: str, message: str, hint: str
) -> None:
    command, *words = line.split("|")
    assert cli(*command.split(), *words).code == 0

    answered = cli("plan", "jane")
    assert (answered.code, answered.out) == (1, "")
    assert message in answered.err
    assert hint in answered.err


def test_planning_makes_no_book(cli: Cli, home: dict[str, str]) -> None:
    assert cli("plan", "jane", env=UNNAMED).code == 3
    assert not Path(home["HOME"]).exists()


@pytest.mark.parametrize("size", [3, 40])
def test_a_plan_asks_as_many_statements_of_any_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    [somebody, *_] = put(tmp_path / "c4l.db", grown(3, size, 8 * size))
    asked: list[str] = []
    connect = connection.connect

    def overheard(path: Path) -> Any:
        opened = connect(path)
        opened.set_trace_callback(asked.append)
        return opened

    monkeypatch.setattr(connection, "connect", overheard)
    with Store.open(tmp_path / "c4l.db") as store:
        assert plan(store, somebody.client, date.fromisoformat(TODAY), DEFAULTS).plan.steps
    assert len(asked) <= 14
