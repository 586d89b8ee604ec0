"""A file is written whole or not at all, for the user alone, and never through a link."""

import os
from contextlib import suppress
from errno import EPERM
from pathlib import Path

import pytest

from c4l.domain.errors import Refused
from c4l.store import files
from tests.store.conftest import Synchronised
from tests.store.rights import as_an_ordinary_user


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.json"


def test_what_was_written_is_there_for_the_user_alone_and_nothing_else(target: Path) -> None:
    mask = os.umask(0)
    try:
        with files.written(target) as new:
            assert (new.parent, rights(new), target.exists()) == (target.parent, 0o600, False)
            new.write_text("whole")
    finally:
        os.umask(mask)
    assert (target.read_text(), rights(target)) == ("whole", 0o600)
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("there", [None, "before"])
def test_what_fails_leaves_everything_as_it_was(target: Path, there: str | None) -> None:
    if there:
        target.write_text(there)
    with suppress(ZeroDivisionError), files.written(target, overwrite=True) as new:
        new.write_text("half")
        raise ZeroDivisionError
    assert [path.read_text() for path in target.parent.iterdir()] == ([there] if there else [])


def test_what_is_there_is_only_overwritten_when_that_is_said(target: Path) -> None:
    target.write_text("before")
    with pytest.raises(Refused, match="is there already") as refused, files.written(target):
        pytest.fail("it is not to be overwritten")
    assert "--force" in refused.value.hint
    with files.written(target, overwrite=True) as new:
        new.write_text("after")
    assert target.read_text() == "after"


def test_what_came_there_in_the_meantime_is_not_lost(target: Path) -> None:
    with pytest.raises(Refused, match="is there already"), files.written(target):
        target.write_text("theirs")
    assert [path.read_text() for path in target.parent.iterdir()] == ["theirs"]


@pytest.mark.parametrize("theirs", [None, "theirs"])
def test_where_files_have_but_one_name_it_is_the_same(
    target: Path, theirs: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(source: Path, target: Path) -> None:
        raise OSError(EPERM, os.strerror(EPERM))

    monkeypatch.setattr(os, "link", no_links)
    if theirs is None:
        with files.written(target) as new:
            new.write_text("ours")
        assert target.read_text() == "ours"
    else:
        with pytest.raises(Refused, match="is there already"), files.written(target) as new:
            target.write_text(theirs)
        assert target.read_text() == theirs
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("leads_to", ["nowhere", "a file"])
def test_nothing_is_written_through_a_link(tmp_path: Path, target: Path, leads_to: str, overwrite: bool) -> None:
    private = tmp_path / "private"
    if leads_to == "a file":
        private.write_text("theirs")
    target.symlink_to(private)
    with pytest.raises(Refused, match="is a link"), files.written(target, overwrite=overwrite):
        pytest.fail("it is a link")
    assert target.is_symlink()
    assert not private.exists() or private.read_text() == "theirs"


def test_a_folder_and_a_pipe_are_no_targets(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for target, said in ((tmp_path, "is a folder"), (tmp_path / "pipe", "is no ordinary file")):
        with pytest.raises(Refused, match=said), files.written(target, overwrite=True):
            pytest.fail("it is no file")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    nowhere, closed = tmp_path / "nowhere" / "out.json", tmp_path / "out.json"
    with pytest.raises(Refused, match="cannot be written: No such file") as refused, files.written(nowhere):
        pytest.fail("there is no such folder")
    assert refused.value.hint
    tmp_path.chmod(0o555)
    said = "cannot be written: Permission denied"
    with as_an_ordinary_user(), pytest.raises(Refused, match=said), files.written(closed):
        pytest.fail("nothing can be made there")


@pytest.mark.parametrize("overwrite", [False, True])
def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_it_is_done(
    target: Path, overwrite: bool, synchronised: Synchronised
) -> None:
    with files.written(target, overwrite=overwrite) as new:
        new.write_text("whole")
    assert synchronised == [(new, []), (target.parent, ["out.json"])]


def test_folders_that_are_made_are_for_the_user_alone_and_their_names_on_the_disk(
    tmp_path: Path, synchronised: Synchronised
) -> None:
    mask = os.umask(0)
    try:
        files.make_folders(tmp_path / "a" / "b" / "book.db")
    finally:
        os.umask(mask)
    assert [rights(tmp_path / "a"), rights(tmp_path / "a" / "b")] == [0o700, 0o700]
    assert synchronised == [(tmp_path, ["a"]), (tmp_path / "a", ["b"])]


def test_a_long_name_has_room_for_what_is_added_while_it_is_written(tmp_path: Path) -> None:
    target = tmp_path / ("n" * 250)
    with files.written(target) as new:
        new.write_text("whole")
    assert target.read_text() == "whole"
