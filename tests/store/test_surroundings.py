"""Where a book must not lie: in a folder that is copied elsewhere, and on a network; and where no backup can be."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from c4l.store import files, surroundings
from c4l.store.surroundings import Verified, network_of, synchronised_by
from tests.store.rights import as_an_ordinary_user

MOUNTS = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
41 27 0:45 / /home/jane/far/near rw,relatime - ext4 /dev/sdb1 rw
40 27 0:44 / /home/jane/far rw,relatime - nfs4 server.example:/far rw
42 27 0:46 / /home/jane/My\\040Share rw - cifs //server.example/share rw
43 27 0:47 / /home/jane/ssh rw - fuse.sshfs jane@server.example: rw
44 27 0:48 / /home/jane/secret rw - fuse.gocryptfs /home/jane/.secret rw
45 27 0:49 / /home/jane/cloud rw - fuse.rclone remote: rw
46 27 0:50 / /twice rw - nfs server.example:/twice rw
47 27 0:51 / /twice rw - ext4 /dev/sdc1 rw
48 27 0:52 / /stick rw shared:9 master:2 - vfat /dev/sdd1 rw
a line that makes no sense
49 27
"""


@pytest.mark.parametrize(
    ("book", "kind"),
    [
        ("/home/jane/c4l.db", None),
        ("/home/jane/far/c4l.db", "nfs4"),
        ("/home/jane/farther/c4l.db", None),
        ("/home/jane/far/near/c4l.db", None),
        ("/home/jane/My Share/books/c4l.db", "cifs"),
        ("/home/jane/ssh/c4l.db", "fuse.sshfs"),
        ("/home/jane/secret/c4l.db", None),
        ("/home/jane/cloud/c4l.db", "fuse.rclone"),
        ("/twice/c4l.db", None),
        ("/stick/c4l.db", None),
    ],
)
def test_a_network_is_known_by_what_is_mounted(book: str, kind: str | None) -> None:
    assert network_of(Path(book), MOUNTS) == kind


@pytest.mark.parametrize(
    ("folder", "mark", "program"),
    [
        ("Dropbox/work", None, "Dropbox"),
        ("Dropbox (Acme)", None, "Dropbox"),
        ("OneDrive - Acme/books", None, "OneDrive"),
        ("Library/Mobile Documents/books", None, "iCloud"),
        ("Library/CloudStorage/GoogleDrive-jane@acme.example", None, "Google Drive"),
        ("Nextcloud", None, "Nextcloud"),
        ("books", "../.sync_0123456789ab.db", "Nextcloud"),
        ("books/deep/down", "../../.stfolder", "Syncthing"),
        ("books", ".dropbox.cache", "Dropbox"),
        ("books", "Dropbox", None),
        ("My Dropboxes", None, None),
        ("Boxes", ".stignore", None),
        ("books", None, None),
    ],
)
def test_a_synchronised_folder_is_known_by_names(
    tmp_path: Path, folder: str, mark: str | None, program: str | None
) -> None:
    place = tmp_path / folder
    place.mkdir(parents=True)
    if mark:
        (place / mark).touch()
    assert synchronised_by(place / "c4l.db") == program


def test_a_folder_that_is_not_there_tells_nothing(tmp_path: Path) -> None:
    assert synchronised_by(tmp_path / "nowhere" / "c4l.db") is None


@pytest.mark.parametrize(
    ("mode", "book_mode", "told"),
    [
        (0o777, 0o666, False),
        (0o555, 0o666, True),
        (0o000, 0o666, True),
        (0o333, 0o444, True),
        (0o555, 0o444, False),
    ],
)
def test_a_folder_in_which_no_backup_can_be_made_is_told_unless_none_needs_to_be(
    mode: int, book_mode: int, told: bool
) -> None:
    with TemporaryDirectory() as folder:
        book = Path(folder) / "c4l.db"
        place = files.folder_of(book)
        place.mkdir()
        book.touch()
        for path, rights in ((place, mode), (book, book_mode), (book.parent, 0o777)):
            path.chmod(rights)
        found = around(book)
        place.chmod(0o700)
    why = f"its rights are {mode:04o}" if os.geteuid() else "it belongs to somebody else"
    assert found == ([f"no backup can be made in {place}: {why}"] if told else [])


def around(book: Path) -> list[str]:
    """What an ordinary user is told of the backups of a book of root's."""
    with as_an_ordinary_user():
        checks = surroundings.looked_at(
            book,
            own_folder=False,
            written_at=None,
            begun_at=None,
            backups=Verified(None, ()),
            way_back=None,
        )
    [backups] = [check for check in checks if check.name == "backups"]
    return [finding.what for finding in backups.findings]
