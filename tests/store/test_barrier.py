"""Who makes a backup, and who waits until it is made: another process, one that dies, and no folder at all."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest

from c4l.store import barrier

MAKING = """
import sys
from pathlib import Path
from c4l.store import barrier
with barrier.making(Path(sys.argv[1])):
    print("begun", flush=True)
    sys.stdin.read()
"""


@contextmanager
def maker(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that makes a backup until it is told to stop, or dies."""
    with subprocess.Popen(
        [sys.executable, "-c", MAKING, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "begun\n"
        try:
            yield process
        finally:
            process.communicate("")


def nobody(folder: Path, seconds: float = 0) -> bool:
    with barrier.nobody_makes(folder, seconds) as known:
        return known


def test_it_is_told_whether_somebody_makes_one(tmp_path: Path) -> None:
    assert nobody(tmp_path)
    with maker(tmp_path), maker(tmp_path):
        assert not nobody(tmp_path)
    assert nobody(tmp_path)


def test_that_nobody_does_is_only_sure_where_it_can_be_known(tmp_path: Path) -> None:
    assert barrier.is_idle(tmp_path)
    with maker(tmp_path):
        assert not barrier.is_idle(tmp_path)
    assert barrier.is_idle(tmp_path)
    assert not barrier.is_idle(tmp_path / "none")
    # Nobody waits for what is not there, and nobody is taken for dead.
    assert nobody(tmp_path / "none")


@pytest.mark.parametrize("ends", ["terminate", "kill"])
def test_who_waits_goes_on_when_the_maker_is_gone_however_it_went(tmp_path: Path, ends: str) -> None:
    with maker(tmp_path) as process:
        Timer(0.2, getattr(process, ends)).start()
        assert nobody(tmp_path, 20)


def test_nobody_waits_longer_than_was_said(tmp_path: Path) -> None:
    with maker(tmp_path):
        begun = time.monotonic()
        assert not nobody(tmp_path, 0.3)
        assert 0.3 <= time.monotonic() - begun < 5


def test_none_is_begun_while_somebody_goes_through_them(tmp_path: Path) -> None:
    with barrier.nobody_makes(tmp_path, 0) as alone:
        assert alone
        late = subprocess.Popen(
            [sys.executable, "-c", MAKING, str(tmp_path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        with pytest.raises(subprocess.TimeoutExpired):
            late.wait(0.5)
    assert late.communicate(timeout=20)[0] == "begun\n"


def test_where_there_is_no_folder_nobody_makes_one(tmp_path: Path) -> None:
    assert nobody(tmp_path / "none")
    with pytest.raises(FileNotFoundError), barrier.making(tmp_path / "none"):
        pass
