"""What left a book, whole or for good, for the looks to be tested on."""

from datetime import UTC, date, datetime
from pathlib import Path

from c4l.actions.books import Exported
from c4l.actions.forget import Copy, Forgotten
from c4l.actions.imports import ImportReport
from c4l.domain.backups import Backup, Reason
from c4l.domain.search import Hit, Sought
from tests.render.views import BOB, DANA, JANE, MARKUP

COUNTS = {
    "client": 25,
    "alias": 0,
    "tag": 1,
    "interaction": 12_681,
    "participant": 12_690,
    "signal": 47,
    "promise": 124,
}

BOOK = Exported(Path("/data/book.json"), "json", None, COUNTS, 4_260_047)
TABLES = Exported(Path("/data/book"), "csv", None, COUNTS, 86_017)
HERS = Exported(Path("/data/jane.json"), "json", JANE, {"client": 1, "interaction": 12, "promise": 1}, 8_817)

TAKEN = ImportReport("book.json", "json", (JANE, BOB), (), (), (), (), counts=COUNTS)
WOULD_BE_TAKEN = TAKEN._replace(rehearsed=True)

NAMED = (
    Hit(Sought.interaction, 88, date(2026, 11, 12), (JANE, DANA), "call", "Bob Stone and Jane\nagreed on the vendor"),
    Hit(
        Sought.promise,
        14,
        date(2026, 11, 1),
        (JANE,),
        "promise",
        "call Bob back about the renewal of the whole contract",
    ),
    Hit(Sought.client, None, None, (MARKUP,), "assessment", "Bob said [bold]so[/]"),
)


def copy(day: int, *, forgotten: bool = False, trouble: str | None = None) -> Copy:
    made = Backup(f"2026-11-{day}T120000Z-daily-0123456789abcdef.db", datetime(2026, 11, day, 12, tzinfo=UTC), *REST)
    return Copy(Path("/data/c4l-backups") / made.name, made, forgotten, trouble)


REST = (Reason.daily, "0123456789abcdef", 90_000)

WENT = {"client": 1, "interaction": 7, "participant": 9, "promise": 2, "fact": 1}
FORGOTTEN = Forgotten(
    BOB,
    WENT,
    (1, 2, 3, 5, 8, 13, 21),
    (34, 88),
    NAMED,
    (Path("/data/c4l-unsaved/a1b2.typed"),),
    (copy(21), copy(20, trouble="the backup cannot be read")),
    rehearsed=False,
    files=(Path("/data/c4l-salvaged.db"),),
)
TO_BE_FORGOTTEN = FORGOTTEN._replace(rehearsed=True)
FORGOTTEN_WHOLLY = Forgotten(
    BOB,
    {"client": 1},
    (),
    (),
    (),
    (),
    (copy(21, forgotten=True), copy(20, forgotten=True)._replace(named=2)),
    rehearsed=False,
    hidden=3,
)
STILL_HELD = FORGOTTEN_WHOLLY._replace(
    counts={"client": 0},
    backups=(copy(20),),
    in_book=False,
    making=Path("/data/c4l-backups"),
    alike=(BOB._replace(id=9, handle="bob-stone-2"), MARKUP),
)
