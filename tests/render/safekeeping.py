"""Backups, a way back, an examination and a salvage, for the looks to be tested on."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from c4l.actions.backup import BackupList, Kept, Made, Restored
from c4l.actions.doctor import Diagnosis, LastBackup, Salvage
from c4l.domain.backups import Backup, Contents, Newest, Reason, find_backup, name_of
from c4l.domain.health import UNPROVEN, Check, Finding, Loss
from tests.render.views import before

NOON = datetime(2026, 11, 22, 12).astimezone()
BOOK = Path("/home/jane/.local/share/c4l/c4l.db")
PLACE = BOOK.with_name("c4l-backups")


def made(reason: Reason, days: int, size: int, seconds: int = 0) -> Backup:
    """A backup of so many days ago; wherever the test runs, its name is the same."""
    ago = timedelta(days=days, seconds=seconds)
    name = name_of(datetime(2026, 11, 22, 12, tzinfo=UTC) - ago, reason, f"{days:08x}{seconds:08x}")
    backup = find_backup(name, size)
    assert backup is not None
    return backup._replace(at=(datetime.combine(before(0), time(12)) - ago).astimezone())


def kept(backup: Backup) -> Kept:
    return Kept(PLACE / backup.name, backup, None)


ASKED = made(Reason.asked, 0, 235_520)
MADE = Made(BOOK, PLACE / ASKED.name, ASKED.at, ASKED.size, ASKED.digest, (PLACE / "a.db", PLACE / "b.db"))
ELSEWHERE = Made(BOOK, Path("/media/jane/My Stick/c4l.db"), NOON, 323_000_000, "ab" * 32)

BACKUPS = BackupList(
    BOOK,
    PLACE,
    (
        kept(ASKED),
        kept(made(Reason.daily, 0, 235_520, 3600)),
        kept(made(Reason.import_, 1, 231_424)),
        kept(made(Reason.daily, 2, 1_200_000)),
        kept(made(Reason.migration, 80, 880_000_000)),
        kept(made(Reason.damaged, 81, 2_100_000_000)),
    ),
)
DAMAGE = {3: "interaction i2", 5: "kept as it was"}
VERIFIED = BackupList(
    BOOK,
    PLACE,
    tuple(
        each._replace(whole=place not in DAMAGE, damage=DAMAGE.get(place)) for place, each in enumerate(BACKUPS.backups)
    ),
)
NO_BACKUPS = BackupList(BOOK, PLACE, ())

NOW = Contents(
    2,
    26,
    412,
    88,
    Newest(412, before(0), "walked through the renewal with Dana, who asked what we would do in their place"),
    Newest(88, before(0), "send the renewal deck"),
    NOON,
    "log",
)
THEN = NOW._replace(
    clients=25,
    interactions=409,
    newest_interaction=Newest(409, before(3), "said hello"),
    changed_at=NOON - timedelta(days=3),
    verb="client add",
)
PLANNED = Restored(PLACE / ASKED.name, BOOK, NOON - timedelta(days=3), NOW, THEN, None, True)
RESTORED = PLANNED._replace(aside=PLACE / made(Reason.restore, 0, 1).name, rehearsed=False)
UNREADABLE = PLANNED._replace(now=None, taken_at=None)

_NAMES = ("integrity", "references", "schema", "rows", "search", "clock", "cut-off", "rights", "folder", "backups")
_CHECKS = tuple(Check(name, f"what is looked at for {name}, in words") for name in _NAMES)
VERSIONS: dict[str, str | None] = {
    "c4l": "0.1.0",
    "schema": "3",
    "written_by": "c4l 0.1.0",
    "sqlite": "3.40.1",
    "python": "3.11.7",
}
HEALTHY = Diagnosis(BOOK, _CHECKS, VERSIONS, LastBackup(PLACE / ASKED.name, NOON))
_BACK = f"c4l restore {ASKED.name}"
ILL = Diagnosis(
    BOOK,
    tuple(
        check._replace(findings=found)
        if (
            found := {
                "rows": (
                    Finding("interaction i88 is not what was last written there", _BACK, "i88"),
                    Finding("a signal of interaction i88 is not what was last written there", _BACK, "i88"),
                ),
                "rights": (Finding(f"others may use {BOOK}: its rights are 0644", "c4l doctor --mend"),),
                "folder": (
                    Finding(
                        f"{BOOK} lies in a folder that Dropbox copies to other machines, perhaps in the middle of a "
                        "change",
                        "keep the book on a disk of this machine, and only copies there: c4l backup FILE",
                    ),
                ),
            }.get(check.name)
        )
        else check
        for check in _CHECKS
    ),
    VERSIONS,
    None,
    ("made the index of words anew",),
)
SALVAGED = Salvage(
    BOOK,
    BOOK.with_name("c4l-salvaged.db"),
    {"client": 26, "interaction": 409, "promise": 88, "tag": 0},
    (
        *(Loss("interaction", number, "lost: it cannot be read") for number in range(200, 230)),
        Loss("interaction", 88, "carried as it reads, which is not what was written there"),
        Loss("signal", 14, "left out: the interaction that it belonged to is lost"),
        *(Loss("participant", number, UNPROVEN) for number in (3, 4)),
    ),
)
SALVAGED_CUT = SALVAGED._replace(
    losses=(
        Loss("tag", 0, "lost: nothing tells where its rows lay, nor how many there were"),
        Loss("page", 4, "lost: the file has only 3 of its 60 pages; rows may be gone of which nothing tells"),
    )
)
SALVAGED_WHOLE = SALVAGED._replace(losses=())
