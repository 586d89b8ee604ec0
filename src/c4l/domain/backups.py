"""Backups by name: why each was made, how its name tells it, which are no longer kept, and what is compared."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

DIGEST_LENGTH = 16
"""So many hexadecimal digits of the SHA-256 of a backup stand in its name: enough against chance."""

_WHEN = "%Y-%m-%dT%H%M%SZ"


class Reason(StrEnum):
    """Why a backup was made."""

    daily = "daily"
    import_ = "import"
    demo = "demo"
    restore = "restore"
    migration = "migration"
    asked = "asked"
    damaged = "damaged"
    """What a restore took the place of, byte by byte, where it could no longer be read as a book."""


class Keep(NamedTuple):
    """How many automatic backups are kept: one a day, one an ISO week, one a month, of the last that have any."""

    daily: int
    weekly: int
    monthly: int


class Backup(NamedTuple):
    """One backup in the folder of a book.

    Attributes:
        at: when it was made, in UTC, to the second.
        digest: how the SHA-256 of the file began when it was made.
        size: bytes.
    """

    name: str
    at: datetime
    reason: Reason
    digest: str
    size: int

    @property
    def on(self) -> date:
        """The local day on which it was made."""
        return self.at.astimezone().date()


class Newest(NamedTuple):
    """The record that was entered last: its number, its day and its words."""

    number: int
    on: date
    text: str


class Contents(NamedTuple):
    """What a book holds, for a comparison.

    Attributes:
        version: of the schema.
        changed_at: when something was last changed by a command, in UTC; `verb` says which.
    """

    version: int
    clients: int
    interactions: int
    promises: int
    newest_interaction: Newest | None
    newest_promise: Newest | None
    changed_at: datetime | None
    verb: str | None


_NAME = re.compile(
    rf"(\d{{4}}-\d\d-\d\dT\d{{6}}Z)-({'|'.join(Reason)})-([0-9a-f]{{{DIGEST_LENGTH}}})\.db", flags=re.ASCII
)


def name_of(at: datetime, reason: Reason, digest: str) -> str:
    """What the file of a backup is called; names sort by time."""
    return f"{at.astimezone(UTC):{_WHEN}}-{reason}-{digest[:DIGEST_LENGTH]}.db"


def find_backup(name: str, size: int) -> Backup | None:
    """The backup of which a name tells; None where it is no such name."""
    if (found := _NAME.fullmatch(name)) is None:
        return None
    try:
        at = datetime.strptime(found[1], _WHEN).replace(tzinfo=UTC)
    except ValueError:  # the 31st of February
        return None
    return Backup(name, at, Reason(found[2]), found[3], size)


def surplus(backups: Iterable[Backup], keep: Keep) -> list[Backup]:
    """Those that are no longer kept, the oldest first.

    Of the daily ones stay the newest of each of the last days, weeks and months on which there is one: who was away
    for a month finds as many as before. Of those from before an import, a demo or a restore stay as many as days are
    kept, of those from before a migration as many as months. What the user asked for stays, and so does what is
    damaged: it may be the last of a lost book.
    """
    by_reason: dict[Reason, list[Backup]] = {reason: [] for reason in Reason}
    for backup in sorted(backups, reverse=True):
        by_reason[backup.reason].append(backup)
    kept = {
        *_newest_of_each(by_reason[Reason.daily], lambda day: day, keep.daily),
        *_newest_of_each(by_reason[Reason.daily], lambda day: day.isocalendar()[:2], keep.weekly),
        *_newest_of_each(by_reason[Reason.daily], lambda day: (day.year, day.month), keep.monthly),
        *by_reason[Reason.asked],
        *by_reason[Reason.damaged],
        *by_reason[Reason.migration][: max(1, keep.monthly)],
    }
    for reason in (Reason.import_, Reason.demo, Reason.restore):
        kept.update(by_reason[reason][: keep.daily])
    return sorted(backup for made in by_reason.values() for backup in made if backup not in kept)


def _newest_of_each(backups: Iterable[Backup], period: Callable[[date], Hashable], count: int) -> Iterator[Backup]:
    """The newest of each of the last so many periods; the backups come newest first."""
    seen: set[Hashable] = set()
    for backup in backups:
        if len(seen) == count:
            return
        if (when := period(backup.on)) not in seen:
            seen.add(when)
            yield backup
