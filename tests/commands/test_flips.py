"""One bit falls over, anywhere in a book: doctor finds it, no backup is made of it, and what doctor names mends it."""

import json
import random
import shlex
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from c4l.actions import backup as backups
from c4l.actions import doctor as doctors
from c4l.domain.backups import Reason
from c4l.domain.errors import Unusable
from c4l.store import backup, compiled, doctor, files
from c4l.store.store import Store
from tests.commands.conftest import Book, Write
from tests.conftest import Cli
from tests.store.frozen import thaw
from tests.store.whole import everything

FLIPS = 180
SURROUNDINGS = ("rights", "folder", "leftovers")
LIVED = (
    "client|add|Jane Doe|--role|buyer",
    "client|add|Bob Stone",
    "log|jane|one|-i|the deck by friday|-s|early|-l|goal: one vendor",
    "promise|jane|the last one|--by|tomorrow",
    "remove|2|--yes",
    "edit|i1|--note|another note",
    "tag|jane|board",
    "undo",
    "move|1|2026-12-04|--told",
    "client|rename|bob|Bob Stein",
    "assess|jane|--stake|high|--value|120k",
)


class Lived(NamedTuple):
    """A book that was used in many ways, as it was, and a good backup of it."""

    path: Path
    held: bytes
    good: Path

    def with_bit(self, at: int, bit: int) -> None:
        """Let one bit of the whole book fall over."""
        held = bytearray(self.held)
        held[at] ^= 1 << bit
        self.path.write_bytes(held)


@pytest.fixture
def lived(write: Write, home: dict[str, str]) -> Lived:
    write(*LIVED)
    path = Path(home["C4L_DATABASE"])
    path.chmod(0o600)
    return Lived(path, path.read_bytes(), files.folder_of(path) / backup.make(path, Reason.asked).name)


@pytest.fixture
def used(lived: Lived, cli: Cli, home: dict[str, str]) -> Book:
    """The same, to be used by commands."""
    return Book(cli, home)


def content(path: Path) -> list[list[tuple[object, ...]]]:
    """What there is to lose: the records, the journal, and what the tables are made of."""
    with closing(sqlite3.connect(path)) as opened:
        made = opened.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        tables = (*compiled.RECORDS, "entry", "change")
        return [made, *(opened.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in tables)]


def examined(path: Path) -> tuple[bool, list[str]]:
    """Whether it is found that no backup can be made of a book, and what each finding says that mends it."""
    with Store.open(path, named=True) as store:
        found = doctors.examine(store, own_folder=False)
    return (
        doctor.is_damaged(list(found.checks)),
        [each.mend for check in found.checks if check.name not in SURROUNDINGS for each in check.findings],
    )


def is_backed_up(path: Path, target: Path) -> bool:
    """Whether a backup is made in a file that is there; if not, it stays as it was."""
    target.write_bytes(b"a good one")
    try:
        with files.written(target, overwrite=True) as new:
            backup.take(path, new)
    except Unusable:
        assert target.read_bytes() == b"a good one"
        return False
    return True


def carry_out(path: Path, mend: str) -> None:
    """Do as doctor says."""
    match shlex.split(mend):
        case "c4l", "doctor", "--mend":
            with Store.open(path, named=True) as store:
                doctors.mend(store, own_folder=False)
        case "c4l", "restore", name:
            with (
                Store.open(path, named=True, begins=True) as store,
                backups.restoring(store, backups.find(store, name)) as ready,
            ):
                ready.carry_out()
        case other:
            pytest.fail(f"nobody can do {other}")


def test_whatever_bit_falls_over_it_is_found_and_what_is_named_mends_it(lived: Lived, tmp_path: Path) -> None:
    source, whole = random.Random(5), content(lived.path)
    standing = [at for at, byte in enumerate(lived.held) if byte]
    damaged, mended = 0, set[str]()
    for number in range(FLIPS):
        at, bit = source.choice(standing), source.randrange(8)
        lived.with_bit(at, bit)
        is_damaged, mends = examined(lived.path)
        assert is_backed_up(lived.path, tmp_path / "copy.db") is not is_damaged, (at, bit)
        damaged += is_damaged
        if not mends:
            assert content(lived.path) == whole, (at, bit)
        elif number % 3 == 0 or mends[0] not in mended:
            carry_out(lived.path, mends[0].partition(";")[0])
            assert examined(lived.path) == (False, []), (at, bit)
            assert content(lived.path) == whole, (at, bit)
            mended.add(mends[0])
            for aside in lived.good.parent.glob("*.db"):
                if aside != lived.good:
                    aside.unlink()
    assert damaged > FLIPS / 2


# --- where it hurts most ---


def at(number: int) -> Callable[[bytes], int]:
    return lambda held: number


def after(words: bytes, more: int = 0) -> Callable[[bytes], int]:
    def found(held: bytes) -> int:
        assert words in held
        return held.index(words) + len(words) + more

    return found


def type_of_table(held: bytes) -> int:
    """Where stands of what type the first cell of a row of sqlite_master is: text of five letters."""
    return held.rindex(b"\x17##\x01", 0, held.index(b"tableinteractioninteraction"))


AIMED: list[tuple[str, Callable[[bytes], int], int]] = [
    ("magic", at(0), 0),
    ("size of its pages", at(16), 0),
    ("read-only", at(18), 1),
    ("a newer way of reading", at(19), 1),
    ("a format of its tables that is none", at(47), 0),
    ("text in UTF-16", at(59), 1),
    ("no version", at(63), 0),
    ("an earlier version", at(63), 1),
    ("a later version", at(63), 2),
    ("a version below none", at(60), 7),
    ("mark", at(71), 0),
    ("a day of a record", after(b"customer202"), 5),
    ("a digit of a day that is none", after(b"moved2026", -1), 7),
    ("a letter that is none", after(b"the last one", -3), 7),
    ("a letter of the tables that is none", after(b"CREATE TABLE interac"), 7),
    ("a letter of the tables", after(b"promise_owner CHECK", -8), 1),
    ("the type of a row of the tables", type_of_table, 0),
    ("a counter", after(b"\x01ta"), 0),
]


@pytest.mark.parametrize(("where", "bit"), [each[1:] for each in AIMED], ids=[each[0] for each in AIMED])
def test_the_commands_say_what_mends_it_and_it_does(
    lived: Lived, cli: Cli, tmp_path: Path, where: Callable[[bytes], int], bit: int
) -> None:
    lived.with_bit(where(lived.held), bit)
    answered = cli("doctor", "--json")
    assert (answered.code, answered.err) == (1, "")
    mends = [each["mend"] for check in json.loads(answered.out)["data"]["checks"] for each in check["findings"]]
    assert {mend.partition(";")[0] for mend in mends} == {f"c4l restore {lived.good.name}"}
    copy = tmp_path / "copy.db"
    copy.write_text("a good one")
    for words in ("backup", f"backup -f {copy}"):
        refused = cli(*words.split())
        assert (refused.code, "c4l: error: the book" in refused.err, "c4l doctor" in refused.err) == (5, True, True)
    assert copy.read_text() == "a good one"
    spoilt = lived.path.read_bytes()
    # Neither does any harm, nor ends in anything but what is found.
    for words in ("doctor --mend", "doctor --accept"):
        assert (cli(*words.split()).code, lived.path.read_bytes()) == (1, spoilt), words
    assert cli("restore", lived.good.name, "--yes").code == 0
    assert everything(lived.path) == everything(lived.good)
    assert cli("doctor").code == 0
    [aside] = lived.good.parent.glob("*-damaged-*.db")
    assert aside.read_bytes() == spoilt


def test_without_a_backup_a_bit_of_its_head_leads_to_salvage(lived: Lived, used: Book, cli: Cli) -> None:
    lived.good.unlink()
    for where in (63, 71):
        lived.with_bit(where, 2)
        assert f"c4l doctor --salvage {lived.path}" in cli("doctor").out
        used.refused(cli("today"), 5, "the book is damaged", "c4l doctor tells what to do")


def test_a_note_of_an_old_book_in_which_a_bit_fell_over_is_found_before_it_is_upgraded(
    cli: Cli, home: dict[str, str]
) -> None:
    path = thaw(1, Path(home["C4L_DATABASE"]))
    path.chmod(0o600)
    good = files.folder_of(path) / backup.make(path, Reason.asked).name
    held = path.read_bytes()
    assert b"walked through" in held
    path.write_bytes(held.replace(b"walked through", b"wblked through"))
    refused = cli("client", "list")
    assert (refused.code, "the book was not migrated" in refused.err, "c4l doctor" in refused.err) == (5, True, True)
    told = cli("doctor").out
    assert f"interaction i1 is not what was last written there\tc4l restore {good.name}" in told
    assert "--accept" not in told
    assert [each.name for each in good.parent.glob("*.db")] == [good.name]
    assert cli("restore", good.name, "--yes").code == 0
    assert cli("client", "list").code == 0
    assert cli("doctor").code == 0
