"""Who flips bits counts as found only what the doctor names and mends; its own failures are blamed."""

import json
from pathlib import Path

import pytest

from faults import rot
from faults.place import Answer, Place
from faults.rot import Whole
from faults.tally import OF_THESE, Tally

FINDING = {"what": "interaction i1 is not what was last written there", "mend": "c4l restore a.db; or, else: c4l undo"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, Whole]:
    folder = tmp_path_factory.mktemp("rot")
    place = Place(folder / "here")
    return place, rot.whole_book(place, folder / "backups")


class Sick(Place):
    """A place where the doctor answers as it is told."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(Path("nowhere"))
        self._answer = answer

    def ask(self, *words: str) -> Answer:
        return self._answer


def diagnosis(code: int, *findings: dict[str, str], err: str = "") -> Answer:
    checks = [{"check": "rows", "looked_at": "rows", "findings": findings}]
    return Answer(code, json.dumps({"c4l": 1, "kind": "doctor", "data": {"checks": checks}}), err)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (diagnosis(0), []),
        (diagnosis(1, FINDING), [rot.Finding("rows", FINDING["what"], "c4l restore a.db")]),
        (diagnosis(1), None),
        (diagnosis(0, FINDING), None),
        (diagnosis(1, FINDING, err="c4l: error: this is a defect in c4l: TypeError"), None),
        (Answer(1, "", "c4l: error: this is a defect in c4l: TypeError: '<' not supported"), None),
        (Answer(5, "", "c4l: error: the book is damaged: c4l doctor tells what to do"), None),
    ],
)
def test_a_doctor_that_fails_has_found_nothing_and_is_blamed(answer: Answer, found: list[rot.Finding] | None) -> None:
    tally = Tally()
    assert rot.examined(tally, Sick(answer), "a bit") == found
    assert tally.wrong == (found is None)


def test_a_bit_of_a_note_is_found_and_mended_by_the_command_that_is_named(made: tuple[Place, Whole]) -> None:
    place, whole = made
    tally = Tally()
    rot.flip(tally, place, whole, whole.held.index(b"calls before nine"), 1)
    assert (tally.trials, tally.ended, tally.wrong, tally.corrupt) == (1, 1, 0, 0)
    assert tally.seen["found by c4l doctor"] == 1
    assert tally.seen[f"{OF_THESE} mended by the command that it names, every record as it was"] == 1


def test_a_bit_where_nothing_stands_is_harmless(made: tuple[Place, Whole]) -> None:
    place, whole = made
    tally = Tally()
    rot.flip(tally, place, whole, whole.held.index(bytes(200)) + 100, 1)
    assert (tally.trials, tally.wrong, tally.corrupt) == (1, 0, 0)
    assert tally.seen == {"harmless: nothing is changed by it, and every answer is right": 1}


def test_a_bit_that_nothing_finds_though_it_matters_is_corrupt(made: tuple[Place, Whole]) -> None:
    place, whole = made
    tally = Tally()
    rot.flip(tally, place, whole._replace(held=_without_digests(place, whole)), 27, 0)
    assert (tally.trials, tally.ended, tally.corrupt) == (1, 1, 1)


def _without_digests(place: Place, whole: Whole) -> bytes:
    """The book with another note, of which the journal knows."""
    place.book.write_bytes(whole.held)
    assert place.ask("edit", "i1", "--note", "quite another note").code == 0
    return place.book.read_bytes()
