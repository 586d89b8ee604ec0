"""Who judges a trial sees what was lost, what is there by half, and what is damaged."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from faults.judge import judge, judge_answer
from faults.place import Answer, Place
from faults.steps import Scene, Step, played
from faults.tally import Tally

STEP = Step("log", ("log", "jane", "hello", "-i", "the deck by 1 dec"))


@pytest.fixture
def scene(tmp_path: Path) -> tuple[Place, Scene]:
    place = Place(tmp_path / "here")
    place.clear()
    assert place.ask("client", "add", "Jane Doe").code == 0
    before = tmp_path / "before"
    place.folder.rename(before)
    place.fill(before)
    return place, played(place, STEP, before)


def counts(tally: Tally) -> tuple[int, int, int, int]:
    return tally.trials, tally.acknowledged, tally.lost, tally.corrupt


@pytest.mark.parametrize("done", [True, False])
def test_a_step_that_is_there_is_there_said_or_not(scene: tuple[Place, Scene], done: bool) -> None:
    tally = Tally()
    assert judge(tally, *scene, done=done, what="nothing")
    assert counts(tally) == (1, 1 + done, 0, 0)


@pytest.mark.parametrize("done", [True, False])
def test_a_step_that_is_not_there_is_lost_only_if_it_was_acknowledged(scene: tuple[Place, Scene], done: bool) -> None:
    place, played_before = scene
    place.fill(played_before.before)
    tally = Tally()
    assert not judge(tally, place, played_before, done=done, what="taken back")
    assert counts(tally) == (1, 1 + done, int(done), 0)


def test_a_book_that_is_gone_is_lost(scene: tuple[Place, Scene]) -> None:
    place, played_before = scene
    place.book.unlink()
    tally = Tally()
    judge(tally, place, played_before, done=False, what="gone")
    assert counts(tally) == (1, 1, 1, 0)


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM participant", "DELETE FROM promise", "DELETE FROM entry", "UPDATE interaction SET note = 'hell'"],
)
def test_half_of_a_step_is_corrupt(scene: tuple[Place, Scene], statement: str) -> None:
    place, played_before = scene
    with closing(sqlite3.connect(place.book)) as opened, opened:
        opened.execute("PRAGMA foreign_keys = OFF")
        opened.execute(statement)
    tally = Tally()
    judge(tally, place, played_before, done=False, what="half")
    assert tally.corrupt


def test_a_page_that_is_gone_is_corrupt(scene: tuple[Place, Scene]) -> None:
    place, played_before = scene
    held = place.book.read_bytes()
    place.book.write_bytes(held[: len(held) // 2])
    tally = Tally()
    judge(tally, place, played_before, done=True, what="cut in two")
    assert tally.corrupt


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (Answer(0, "done\n", ""), 0),
        (Answer(5, "", "c4l: error: the disk is full: book\n  make room\n"), 0),
        (Answer(1, "", "nothing was written\nc4l: error: no\n"), 0),
        (Answer(1, "", "Traceback (most recent call last):\n"), 1),
        (Answer(1, "", "c4l: error: this is a defect in c4l: KeyError: 1\n"), 1),
        (Answer(2, "", "c4l: error: no such option\n"), 1),
        (Answer(5, "", ""), 1),
        (Answer(-11, "", ""), 1),
    ],
)
def test_an_answer_is_done_or_a_clear_error(answer: Answer, wrong: int) -> None:
    tally = Tally()
    judge_answer(tally, answer, "anything")
    assert tally.wrong == wrong
