"""Readers under the fuzzer: what it found before is read again, and for a few seconds it looks for more."""

from pathlib import Path

import pytest

from fuzz import corpus
from fuzz.session import available, fuzz, minimised
from fuzz.targets import TARGETS, Target

SECONDS = 5
"""For each reader, on every `make test`; `make fuzz` has minutes."""

MOST_BYTES = 1_000_000


def cannot_read_everything(data: bytes) -> None:
    if data.startswith(b"!"):
        raise RuntimeError("here it fails")


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_found_before_is_answered(name: str) -> None:
    inputs = [*corpus.load(name), *TARGETS[name].seeds]
    assert len(inputs) > 10, "a reader without a corpus is not looked at"
    for data in inputs:
        TARGETS[name].read(data)


@pytest.mark.skipif(not available(), reason="atheris has no wheel for this machine")
@pytest.mark.parametrize("name", TARGETS)
def test_a_few_seconds_of_the_fuzzer_find_nothing(name: str) -> None:
    kept = corpus.load(name)
    # As far as time allows the same each time: what passed here must not fail elsewhere by chance.
    outcome = fuzz(TARGETS[name], kept, SECONDS, seed=1)
    assert not outcome.trouble, outcome.trouble
    assert outcome.runs > len(kept), "it began, and went beyond what is kept"


@pytest.mark.skipif(not available(), reason="atheris has no wheel for this machine")
def test_the_fuzzer_finds_a_reader_that_fails_and_tells_at_what() -> None:
    outcome = fuzz(Target(cannot_read_everything, seeds=(b"a",)), [], SECONDS)
    assert "RuntimeError: here it fails" in outcome.trouble
    assert [data[:1] for data in outcome.culprits] == [b"!"]


@pytest.mark.skipif(not available(), reason="atheris has no wheel for this machine")
def test_of_inputs_that_reach_the_same_the_fuzzer_keeps_few() -> None:
    kept = minimised(TARGETS["days"], [b"\0\0friday" + b" " * blanks for blanks in range(50)])
    assert b"\0\0friday" in kept
    assert len(kept) < 10


def test_the_corpus_is_small_and_names_no_reader_that_is_gone() -> None:
    files = list(corpus.FOLDER.iterdir())
    assert {file.stem for file in files} == TARGETS.keys()
    assert sum(file.stat().st_size for file in files) < MOST_BYTES


@pytest.mark.parametrize("data", [b"", b"'", b'"', b"\\", b"\n\r\t\0\xff", b"'\"'\"", bytes(range(256))])
def test_an_input_is_kept_as_it_is(data: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(corpus, "FOLDER", tmp_path)
    corpus.save("days", [data, b"other"])
    assert set(corpus.load("days")) == {data, b"other"}
    assert len((tmp_path / "days.txt").read_text(encoding="ascii").splitlines()) == 2
