"""`why`: a place with every finding, what each unmet one needs, and the records behind it."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from c4l.domain.criteria import CRITERIA as AT_ALL
from tests.commands.conftest import UNNAMED, Write
from tests.conftest import Cli

CRITERIA = ["drives", "depends", "steers", "demands", "trusted", "reliable", "lasting", "unbroken"]


@pytest.fixture
def jane(write: Write) -> None:
    """A client for life on 22 November 2026, by records that can be counted on two hands."""
    write(
        "log|Jane Doe|chose the vendor with us|--new|--on|2026-05-26|-s|consulted|-m|30|--in",
        "log|jane|flagged the audit|--on|2026-07-02|-s|early|-c|message|--out",
        "log|jane|introduced their CFO|--on|2026-11-01|-s|door to the board|-c|meeting|--out",
        "promise|jane|the deck|--by|2026-06-20|--on|2026-06-05",
        "promise|jane|the figures|--by|2026-06-20|--on|2026-06-05",
        "promise|jane|the draft|--by|2026-06-20|--on|2026-06-05",
        "keep|1|2|3|--on|2026-06-15",
    )


def why(cli: Cli, *words: str, env: Mapping[str, str] | None = None) -> Any:
    answered = cli("why", "jane", "--json", *words, env=env)
    assert (answered.code, answered.err) == (0, ""), answered
    return json.loads(answered.out)["data"]


def finding(found: Any, criterion: str) -> Any:
    [one] = [each for each in found["findings"] if each["criterion"] == criterion]
    return one


def met(cli: Cli, criterion: str, as_of: str = "today") -> bool | None:
    answer: bool | None = finding(why(cli, "--as-of", as_of), criterion)["met"]
    return answer


def test_every_criterion_is_answered_in_the_order_of_the_table(cli: Cli, jane: None) -> None:
    found = why(cli)

    assert (found["client"], found["as_of"]) == ({"handle": "jane-doe", "name": "Jane Doe"}, "2026-11-22")
    assert (found["tier"], found["own_view"]) == ("life", None)
    assert [each["criterion"] for each in found["findings"]] == CRITERIA
    assert [each["tier"] for each in found["findings"]] == ["key"] * 4 + ["life"] * 4
    assert [each["met"] for each in found["findings"]] == [None, None, False, None, True, True, True, True]
    assert all(each["needed"] is None if each["met"] else each["needed"] for each in found["findings"])


def test_each_answer_shows_the_records_behind_it(cli: Cli, jane: None) -> None:
    found = why(cli)

    signs = finding(found, "trusted")["evidence"]
    assert [(each["kind"], each["number"], each["on"], each["what"]) for each in signs] == [
        ("interaction", 1, "2026-05-26", "consulted"),
        ("interaction", 2, "2026-07-02", "early"),
        ("interaction", 3, "2026-11-01", "door"),
    ]
    assert [each["text"] for each in signs] == ["chose the vendor with us", "flagged the audit", "to the board"]
    promises = finding(found, "reliable")["evidence"]
    assert [(each["kind"], each["number"]) for each in promises] == [("promise", 1), ("promise", 2), ("promise", 3)]


DRAWN = {"FORCE_COLOR": "1", "TERM": "dumb"}
LAPSES = {"trusted": "2027-05-26", "reliable": "2027-06-15", "lasting": "2027-03-02", "unbroken": None}


def test_each_finding_says_on_which_day_it_lapses_and_does(cli: Cli, jane: None) -> None:
    found = why(cli)

    assert {each["criterion"]: each["lapses_on"] for each in found["findings"] if each["tier"] == "life"} == LAPSES
    assert not [each for each in found["findings"] if each["tier"] == "key" and each["lapses_on"]]
    for criterion, day in LAPSES.items():
        if day:
            before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
            assert (met(cli, criterion, before), bool(met(cli, criterion, day))) == (True, False)


def test_the_place_falls_with_the_first_of_them_and_says_what_would_hold_it(cli: Cli, jane: None) -> None:
    found = why(cli)

    assert (found["lapses_on"], found["rises_on"]) == ("2027-03-02", None)
    assert found["fall"]["falls_to"] == "base"
    [loss] = found["fall"]["because"]
    assert (loss["criterion"], loss["needed"]) == ("lasting", "be in touch by Mon 1 Mar 2027")
    assert why(cli, "--as-of", "2027-03-01")["tier"] == "life"
    assert why(cli, "--as-of", "2027-03-02")["tier"] == "base"

    # A call holds it until the next thing that would end it; what is only planned holds nothing.
    cli("log", "jane", "had a coffee", "--on", "2026-11-20")
    cli("log", "jane", "the spring review", "--on", "2027-03-10")
    assert why(cli)["lapses_on"] == "2027-03-21"


def test_a_fall_names_the_record_that_makes_the_difference(cli: Cli, jane: None) -> None:
    cli("log", "jane", "the spring review", "--on", "2027-03-10")
    [loss] = why(cli, "--as-of", "2027-03-10", env={"C4L_TODAY": "2027-03-10"})["fall"]["because"]
    assert (loss["criterion"], loss["needed"]) == ("trusted", "one more of advice, consulted, inner by Tue 25 May")
    assert loss["records"] == [{"kind": "interaction", "number": 1, "on": "2026-05-26", "what": "consulted"}]


def test_a_promise_that_is_left_lying_will_cost_the_place(cli: Cli, jane: None) -> None:
    cli("promise", "jane", "a call", "--by", "2026-11-20", "--on", "2026-11-01")

    found = why(cli)
    assert (found["tier"], found["lapses_on"]) == ("life", "2026-11-28")
    [loss] = found["fall"]["because"]
    assert (loss["criterion"], loss["needed"]) == ("reliable", "keep 4 by Fri 27 Nov")
    [act] = found["fall"]["holds"]
    assert (act["criterion"], act["what"], act["by"]) == ("reliable", "keep 4 by Fri 27 Nov", "2026-11-27")
    assert act["commands"] == ["c4l keep 4", "c4l move 4 DAY --told"]
    drawn = " ".join(cli("why", "jane", env={"FORCE_COLOR": "1", "TERM": "dumb"}).out.split())
    assert "is a client for life, until Sat 28 Nov 2026 if nothing more happens; then in the client base." in drawn
    assert "ends it reliable lapses: promise 4 is still overdue holds it keep 4 by Fri 27 Nov" in drawn
    later = {"FORCE_COLOR": "1", "TERM": "dumb", "C4L_TODAY": "2026-12-20"}
    drawn = " ".join(cli("why", "jane", "--as-of", "2026-11-22", env=later).out.split())
    assert "was a client for life, and stood to fall on Sat 28 Nov 2026 if nothing more happened; then in" in drawn
    assert "holds it" not in drawn, "nobody can do anything about it now"
    cli("keep", "4")
    assert why(cli)["lapses_on"] == "2027-03-02"


def test_a_promise_that_is_not_due_yet_is_no_fault(cli: Cli, jane: None) -> None:
    cli("promise", "jane", "a call", "--by", "2026-12-12", "--on", "2026-11-01")

    drawn = " ".join(cli("why", "jane", env=DRAWN).out.split())
    assert "for life, until Sun 20 Dec 2026 unless you keep 4 by Sat 12 Dec; then in the client base." in drawn
    assert "ends it reliable lapses: promise 4 would be 8 days overdue holds it keep 4 by Sat 12 Dec" in drawn
    table = cli("triangle", env={**DRAWN, "COLUMNS": "100"}).out
    assert "keep 4 by 12 Dec" in table
    assert "(until" not in table


def test_a_view_that_grows_old_is_held_by_saying_it_anew(cli: Cli, jane: None) -> None:
    cli("break", "1")
    cli("assess", "jane", "--stake", "critical", "--value", "120k", "--on", "2026-09-01")
    cli("promise", "jane", "a call", "--by", "2026-11-10", "--on", "2026-11-01")

    drawn = cli("why", "jane", env=DRAWN).out
    assert "restate the stake by Tue 31 Aug 2027" in drawn
    assert drawn.count("\n               c4l assess jane-doe --") == 2, "each command whole on a line of its own"
    for act in why(cli)["fall"]["holds"]:
        assert cli(*act["commands"][0].split()[1:], env={"C4L_TODAY": "2027-08-31"}).code == 0
    assert why(cli, env={"C4L_TODAY": "2027-08-31"})["lapses_on"] == "2028-08-30"


def test_a_day_to_come_is_told_as_one(cli: Cli, jane: None) -> None:
    ahead = " ".join(cli("why", "jane", "--as-of", "2026-12-10", env=DRAWN).out.split())
    assert (
        "On Thu 10 Dec 2026, Jane Doe would be a client for life, until Tue 2 Mar 2027 if nothing more happened"
        in ahead
    )
    rising = cli("why", "jane", "--as-of", "2026-11-20", env={**DRAWN, "C4L_TODAY": "2026-11-19"}).out
    assert "Time alone would lift them on Sun 22 Nov 2026." in " ".join(rising.split())


def test_a_day_of_another_year_says_so(cli: Cli, jane: None) -> None:
    drawn = cli("why", "jane", env=DRAWN).out
    assert "lapses Wed 26 May 2027" in drawn, "the sign above is of Tue 26 May, and neither can be taken for the other"
    assert "lapses Tue 2 Mar 2027" in drawn
    then = cli("why", "jane", "--as-of", "2027-01-02", env={**DRAWN, "C4L_TODAY": "2027-01-02"}).out
    assert "lapses Tue 2 Mar\n" in then


def test_time_alone_lifts_who_lacks_nothing_but_time(cli: Cli, jane: None) -> None:
    found = why(cli, "--as-of", "2026-11-20")
    assert (found["tier"], found["rises_on"]) == ("base", "2026-11-22")
    look = {"FORCE_COLOR": "1", "TERM": "dumb", "C4L_TODAY": "2026-11-20"}
    assert "Time alone lifts them on Sun 22 Nov 2026." in cli("why", "jane", env=look).out
    later = {**look, "C4L_TODAY": "2026-12-20"}
    then = cli("why", "jane", "--as-of", "2026-11-20", env=later).out
    assert "Time alone was to lift them on Sun 22 Nov 2026." in " ".join(then.split())


def test_each_criterion_says_what_it_is_about(cli: Cli, jane: None) -> None:
    assert finding(why(cli), "trusted")["idea"] == "treats you as an advisor"
    drawn = cli("why", "jane", env={"FORCE_COLOR": "1", "TERM": "dumb"}).out
    for criterion in AT_ALL:
        assert f"{criterion.name:<10}{criterion.idea}" in drawn


def test_piped_the_place_the_findings_and_the_evidence_are_lines(cli: Cli, jane: None) -> None:
    answered = cli("why", "jane")
    lines = [line.split("\t") for line in answered.out.splitlines()]

    assert (answered.code, answered.err) == (0, "")
    assert lines[0] == ["placement", "life", "jane-doe", "Jane Doe", "", "2026-11-22", "2027-03-02", ""]
    assert lines[-1][:2] == ["finding", "unbroken"]
    assert lines[-1][-2:] == ["", "has seen you put right what went wrong"]
    assert [line[1] for line in lines if line[0] == "finding"] == CRITERIA
    assert [
        "evidence",
        "trusted",
        "interaction",
        "i1",
        "2026-05-26",
        "consulted",
        "call",
        "chose the vendor with us",
    ] in lines


@pytest.mark.parametrize(
    ("criterion", "as_of", "answer", "because"),
    [
        ("lasting", "2026-11-21", False, "179 days since the first contact"),
        ("lasting", "2026-11-22", True, "180 days since the first contact"),
        ("lasting", "2027-03-01", True, "120 days since the last contact"),
        ("lasting", "2027-03-02", False, "121 days since the last contact"),
        ("trusted", "2026-10-31", False, "two signs"),
        ("trusted", "2026-11-01", True, "three signs"),
        ("trusted", "2027-05-25", True, "the first is 364 days old"),
        ("trusted", "2027-05-26", False, "the first is 365 days old"),
        ("reliable", "2026-06-14", None, "nothing kept yet"),
        ("reliable", "2026-06-15", True, "three kept in time"),
        ("reliable", "2027-06-14", True, "kept 364 days before"),
        ("reliable", "2027-06-15", None, "kept 365 days before"),
    ],
)
def test_findings_turn_on_the_very_day(
    cli: Cli, jane: None, criterion: str, as_of: str, answer: bool | None, because: str
) -> None:
    assert met(cli, criterion, as_of) is answer, because


def test_a_beginning_that_was_stated_counts_as_the_first_contact(cli: Cli, jane: None) -> None:
    assert met(cli, "lasting", "2026-11-21") is False

    cli("client", "edit", "jane", "--since", "2020")
    assert met(cli, "lasting", "2026-11-21") is True


def test_a_slip_has_a_week_to_be_owned_and_heals_when_it_is(cli: Cli, jane: None) -> None:
    cli("log", "jane", "the figures were wrong", "--on", "2026-11-10", "-s", "complaint")
    assert [met(cli, "unbroken", day) for day in ("2026-11-17", "2026-11-18")] == [True, False]

    cli("log", "jane", "explained how it came about", "--on", "2026-11-20", "-s", "owned")
    assert [met(cli, "unbroken", day) for day in ("2026-11-19", "2026-11-20")] == [False, True]


def test_a_promise_left_lying_counts_from_the_eighth_day(cli: Cli, jane: None) -> None:
    cli("promise", "jane", "a call", "--by", "2026-11-10", "--on", "2026-11-01")

    assert [met(cli, "reliable", day) for day in ("2026-11-17", "2026-11-18")] == [True, False]
    assert finding(why(cli, "--as-of", "2026-11-18"), "reliable")["needed"]
    # Kept late it is the one that is forgiven.
    cli("keep", "4", "--on", "2026-11-18")
    assert met(cli, "reliable", "2026-11-18") is True


def test_a_promise_kept_today_was_still_open_yesterday(cli: Cli, jane: None) -> None:
    cli("promise", "jane", "a call", "--by", "2026-11-10", "--on", "2026-11-01")
    cli("keep", "4")

    assert [met(cli, "reliable", day) for day in ("2026-11-21", "2026-11-22")] == [False, True]


def test_one_in_four_missed_is_forgiven_and_two_are_not(cli: Cli, jane: None) -> None:
    for number in (4, 5):
        cli("promise", "jane", "a call", "--by", "2026-11-01", "--on", "2026-11-01")
        cli("break", str(number))
        assert met(cli, "reliable") is (number == 4)


def test_your_own_view_is_told_with_the_place(cli: Cli, jane: None) -> None:
    cli("assess", "jane", "--tier", "key", "--stake", "high", "--because", "they renewed")

    found = why(cli)
    assert (found["tier"], found["own_view"]) == ("life", "key")
    assert finding(found, "depends")["met"] is True


@pytest.mark.parametrize(
    ("as_of", "message", "hint"),
    [
        ("2026-05-25", "Jane Doe has no place on Mon 25 May 2026: not contacted by then", "c4l log jane-doe NOTE"),
        (
            "2026-11-10",
            "Jane Doe has no place on Tue 10 Nov 2026: archived since Tue 10 Nov 2026",
            "c4l client unarchive jane-doe takes them back; --as-of asks about another day",
        ),
        ("2026-11-22", "on Sun 22 Nov 2026: archived since Tue 10 Nov 2026", "c4l client unarchive jane-doe"),
    ],
)
def test_without_a_place_there_is_nothing_to_explain(cli: Cli, jane: None, as_of: str, message: str, hint: str) -> None:
    cli("client", "archive", "jane", "--on", "2026-11-10")

    answered = cli("why", "jane", "--as-of", as_of)
    assert (answered.code, answered.out) == (1, "")
    said, way = answered.err.splitlines()
    assert message in said
    assert hint in way
    assert why(cli, "--as-of", "2026-11-09")["tier"] == "base"


@pytest.mark.parametrize(
    ("words", "code"),
    [(["nobody"], 3), (["jane, bob"], 2), ([], 2), (["jane", "--as-of", "next week"], 2), (["jane", "bob"], 2)],
)
def test_wrong_use_of_why(cli: Cli, jane: None, words: list[str], code: int) -> None:
    answered = cli("why", *words)

    assert (answered.code, answered.out) == (code, "")
    assert answered.err.startswith("c4l: error: ")


def test_asking_why_makes_no_book(cli: Cli, home: dict[str, str]) -> None:
    assert cli("why", "jane", env=UNNAMED).code == 3
    assert not Path(home["HOME"]).exists()
