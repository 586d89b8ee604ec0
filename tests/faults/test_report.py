"""The page that `make faults` writes: every fault with its counts, what was expected, and nothing of where it ran."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from faults import report
from faults.report import Outcome
from faults.suite import FAULTS
from faults.tally import ASIDE, OF_THESE, Budget, Tally

DAY = date(2026, 11, 22)


def tally(trials: int = 3, lost: int = 0) -> Tally:
    made = Tally()
    made.trials, made.acknowledged = trials, 2
    made.seen["exit 5"] = 2
    for number in range(lost):
        made.lose(f"entry {number}")
    return made


def test_the_page_tells_every_fault_and_what_was_expected_of_it() -> None:
    page = report.page([Outcome(fault, tally()) for fault in FAULTS], DAY, 12)

    for fault in FAULTS:
        assert f"\n## {fault.name}\n" in page
        assert fault.expected in page
    count = len(FAULTS)
    assert f"**{3 * count} trials, {2 * count} acknowledged writes looked for: 0 lost, 0 corrupt.**" in page
    assert page.count("as expected |") == count
    assert str(Path.cwd()) not in page
    assert len({len(line) for line in page.splitlines() if line.startswith(("| fault", "| kill", "| flip"))}) == 1


def test_the_page_that_is_there_expects_what_the_faults_expect_now() -> None:
    written = (Path(__file__).resolve().parents[2] / "docs" / "reliability.md").read_text(encoding="utf-8")
    told = [fault for fault in FAULTS if f"\n## {fault.name}\n" in written]
    assert told
    assert [fault.name for fault in told if f" Expected: {fault.expected}.\n" not in written] == []


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (Outcome(FAULTS[0], tally()), "as expected"),
        (Outcome(FAULTS[0], tally(lost=1)), "NOT as expected"),
        (Outcome(FAULTS[0], tally(trials=0)), "NOT as expected"),
        (Outcome(FAULTS[0], tally(trials=0), "there is no C compiler"), "skipped: there is no C compiler"),
    ],
)
def test_a_verdict_is_good_only_where_something_was_tried_and_nothing_went_wrong(
    outcome: Outcome, verdict: str
) -> None:
    assert outcome.verdict == verdict


def test_how_the_trials_ended_is_told_before_what_else_was_seen() -> None:
    made = tally(trials=5)
    made.seen |= Counter({"exit 0": 3, f"{OF_THESE} too late": 4, f"{ASIDE} calls": 900})
    page = report.page([Outcome(FAULTS[0], made)], DAY, 12)

    assert made.ended == made.trials == 5
    assert [
        line.split("|")[1].strip() for line in page.splitlines() if line.endswith((" 2 |", " 3 |", " 4 |", " 900 |"))
    ] == [
        "exit 0",
        "exit 5",
        f"{ASIDE} calls",
        f"{OF_THESE} too late",
    ]


def test_what_another_process_counted_is_added() -> None:
    whole = tally(lost=2)
    whole.add(tally(lost=1).as_json())

    assert (whole.trials, whole.acknowledged, whole.lost, whole.seen["exit 5"]) == (6, 4, 3, 4)
    assert list(report.failures([Outcome(FAULTS[0], whole)])) == [
        f"{FAULTS[0].name}: lost: entry {number}" for number in (0, 1, 0)
    ]


def test_a_budget_ends_with_the_number_and_with_the_time() -> None:
    done: list[int] = []
    Budget(60, most=3).spent_on(lambda number=number: done.append(number) for number in range(9))  # type: ignore[misc]
    Budget(0).spent_on((lambda: done.append(9) for _ in range(9)), least=2)

    assert done == [0, 1, 2, 9, 9]
