"""The settings file is written as a whole: for its owner alone, through links, and never half."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from c4l.domain.errors import Refused, Unusable
from c4l.settings.file import change
from tests.store.rights import as_an_ordinary_user


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own" / "c4l" / "config.toml"


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


def names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


def write(file: Path, text: str) -> Path | None:
    return change(file, lambda _: text)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_new_file_and_its_folders_are_for_their_owner_alone(file: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        assert write(file, "channel = 'visit'\n") == file
    finally:
        os.umask(before)

    assert file.read_text() == "channel = 'visit'\n"
    assert (rights(file), rights(file.parent), rights(file.parent.parent)) == (0o600, 0o700, 0o700)
    assert names(file.parent) == [file.name]


def test_a_file_that_is_there_is_edited_and_becomes_private(file: Path) -> None:
    file.parent.mkdir(parents=True, mode=0o755)
    file.write_text("x = 1\n")
    file.chmod(0o644)

    assert change(file, lambda old: old + "y = 2\n") == file
    assert (file.read_text(), rights(file)) == ("x = 1\ny = 2\n", 0o600)


def test_what_is_not_different_is_not_written(file: Path) -> None:
    write(file, "x = 1\n")
    before = file.stat()

    assert write(file, "x = 1\n") is None
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_mark_and_the_line_ends_of_the_file_stay(file: Path, mark: bytes, end: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(mark + b"x = 1" + end)

    change(file, lambda old: old.replace("1", "2"))
    assert file.read_bytes() == mark + b"x = 2" + end


def test_a_link_stays_and_what_it_leads_to_is_written(file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "c4l.toml"
    kept.parent.mkdir()
    kept.write_text("x = 1\n")
    file.parent.mkdir(parents=True)
    file.symlink_to(kept)

    assert write(file, "x = 2\n") == kept
    assert (file.is_symlink(), kept.is_symlink(), kept.read_text()) == (True, False, "x = 2\n")
    kept.unlink()
    assert write(file, "x = 3\n") == kept, "a link to what is not there yet begins it"
    assert file.read_text() == "x = 3\n"


@pytest.mark.parametrize("kind", ["folder", "pipe", "circle"])
def test_what_is_no_file_is_left_alone(file: Path, kind: str) -> None:
    file.parent.mkdir(parents=True)
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case _:
            file.symlink_to(file)

    with pytest.raises(Unusable, match="is no file that settings could be written to"):
        write(file, "x = 1\n")
    assert names(file.parent) == [file.name]


@pytest.mark.parametrize("held", [b"x = [", b"x = 'Zo\xeb'"])
def test_what_is_no_toml_is_left_alone(file: Path, held: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(held)

    with pytest.raises(Unusable, match="is not"):
        write(file, "x = 1\n")
    assert file.read_bytes() == held


def test_an_edit_that_is_refused_leaves_everything_as_it_was(file: Path) -> None:
    def refused(_: str) -> str:
        raise Refused("no")

    write(file, "x = 1\n")
    with pytest.raises(Refused):
        change(file, refused)
    assert (file.read_text(), names(file.parent)) == ("x = 1\n", [file.name])


@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_folder_that_cannot_be_written_is_told(mode: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(mode)
        with as_an_ordinary_user(), pytest.raises(Unusable) as caught:
            write(folder / "config.toml", "x = 1\n")
        folder.chmod(0o700)

        assert caught.value.message == f"the settings in {folder / 'config.toml'} cannot be written: Permission denied"
        assert caught.value.hint == "look at its rights, or name another file with C4L_CONFIG"
        assert names(folder) == []


def test_a_disk_that_has_no_room_leaves_the_old_file_and_no_other(file: Path) -> None:
    write(file, "x = 1\n")
    code = (
        "import resource, sys; from pathlib import Path; from c4l.settings.file import change\n"
        "from c4l.domain.errors import Unusable; resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))\n"
        "try: change(Path(sys.argv[1]), lambda old: old * 20)\n"
        "except Unusable as error: print(error.message)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)

    assert done.stdout == f"the settings in {file} cannot be written: File too large\n"
    assert (file.read_text(), names(file.parent)) == ("x = 1\n", [file.name])


def test_of_many_who_write_at_once_none_loses_a_line(file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from c4l.settings.file import change\n"
        "for n in range(10): change(Path(sys.argv[1]), lambda old: f'{old}x{sys.argv[2]}_{n} = 1\\n')\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(file), str(number)]) for number in range(4)]

    assert [each.wait(30) for each in running] == [0] * 4
    assert len(file.read_text().splitlines()) == 40
