"""A sample of every fault: each ends as it must; and no command that writes is left out."""

import pytest

from c4l.cli.table import COMMANDS
from faults.steps import READING, STORY
from faults.suite import NAMED, made
from faults.tally import Budget

SECONDS = 1.5
MOST = 40


@pytest.mark.parametrize("name", NAMED)
def test_a_sample_of_the_fault_ends_as_it_must(name: str) -> None:
    outcome = made(name, Budget(SECONDS, most=8 if name == "crowd" else MOST))

    if outcome.skipped:
        pytest.skip(outcome.skipped)
    assert outcome.tally.is_good, outcome.tally.failures
    assert outcome.tally.ended == outcome.tally.trials > 0


def test_every_command_that_writes_has_its_part_in_the_story() -> None:
    assert COMMANDS.keys() == {step.command for step in STORY} | (READING & COMMANDS.keys())
