"""Backups and the way back to one, as JSON and as plain lines.

Plain lines of `backup` and `backups`: file, when it was made (UTC), why, bytes, how its SHA-256 begins, and of a list
that was verified `whole` or `damaged: ` and where. Those of `restored`: what is compared, what there was, what is in
its place.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from c4l.actions.backup import BackupList, Kept, Made, Restored
from c4l.domain.backups import Contents, Newest
from c4l.domain.dates import long
from c4l.render.records import day

_UNREADABLE, _NOTHING = "cannot be read", "no book yet"


def backup_data(result: Made) -> dict[str, object]:
    """The backup that was made, and which older ones went."""
    return {
        "book": str(result.book),
        "file": str(result.file),
        "at": instant(result.at),
        "bytes": result.size,
        "sha256": result.sha256,
        "removed": [str(file) for file in result.removed],
    }


def backup_lines(result: Made) -> Iterator[Sequence[str]]:
    """One line."""
    yield str(result.file), instant(result.at), "asked", str(result.size), result.sha256


def backups_data(result: BackupList) -> dict[str, object]:
    """The folder and every backup in it; `whole` is null where it was not looked at."""
    return {
        "book": str(result.book),
        "folder": str(result.folder),
        "backups": [
            {
                "file": str(kept.file),
                "at": instant(kept.backup.at),
                "reason": kept.backup.reason,
                "bytes": kept.backup.size,
                "sha256": kept.backup.digest,
                "whole": kept.whole,
                "damage": kept.damage,
            }
            for kept in result.backups
        ],
    }


def backups_lines(result: BackupList) -> Iterator[Sequence[str]]:
    """A line for each."""
    for kept in result.backups:
        made = kept.backup
        yield str(kept.file), instant(made.at), made.reason, str(made.size), made.digest, verdict(kept)


def verdict(kept: Kept) -> str:
    """What was found when it was looked at; nothing where it was not."""
    return "" if kept.whole is None else "whole" if kept.damage is None else f"damaged: {kept.damage}"


def restored_data(result: Restored) -> dict[str, object]:
    """What was compared, and where what was there before is kept."""
    return {
        "book": str(result.book),
        "file": str(result.file),
        "taken_at": None if result.taken_at is None else instant(result.taken_at),
        "before": None if result.now is None else _contents(result.now),
        "after": _contents(result.then),
        "aside": None if result.aside is None else str(result.aside),
        "dry_run": result.rehearsed,
    }


def restored_lines(result: Restored) -> Iterator[Sequence[str]]:
    """A line for each figure, before and after, then where what was there before is kept."""
    yield from compared(result)
    if result.aside is not None:
        yield "kept aside", str(result.aside), ""


def compared(result: Restored) -> Iterator[tuple[str, str, str]]:
    """What differs, in words: of the present book and of the backup."""
    now, then = result.now, result.then
    unknown = _NOTHING if result.begins else _UNREADABLE
    yield "", "now", "backup"
    for label, name in (("clients", "clients"), ("interactions", "interactions"), ("promises", "promises")):
        yield label, unknown if now is None else str(getattr(now, name)), str(getattr(then, name))
    yield "last change", changed(now), changed(then)
    for label, name, letter in (
        ("newest interaction", "newest_interaction", "i"),
        ("newest promise", "newest_promise", ""),
    ):
        yield label, newest(now and getattr(now, name), letter), newest(getattr(then, name), letter)


def changed(contents: Contents | None) -> str:
    """When a book was last changed, in local time, and by which command."""
    if contents is None or contents.changed_at is None:
        return ""
    local = contents.changed_at.astimezone()
    return f"{long(local.date())} {local:%H:%M}, {contents.verb}"


def newest(record: Newest | None, letter: str) -> str:
    """A record by its number, with its day and its words."""
    return "" if record is None else f"{letter}{record.number} · {long(record.on)} · {record.text}"


def size(count: int) -> str:
    """So many bytes, for people."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB" if count < 1_000_000_000 else f"{count / 1_000_000_000:.1f} GB"


def instant(at: datetime) -> str:
    """An instant as ISO writes it, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _contents(contents: Contents) -> dict[str, object]:
    return {
        "version": contents.version,
        "clients": contents.clients,
        "interactions": contents.interactions,
        "promises": contents.promises,
        "newest_interaction": _newest(contents.newest_interaction, "note"),
        "newest_promise": _newest(contents.newest_promise, "what"),
        "changed_at": None if contents.changed_at is None else instant(contents.changed_at),
        "command": contents.verb,
    }


def _newest(record: Newest | None, words: str) -> dict[str, object] | None:
    return None if record is None else {"number": record.number, "on": day(record.on), words: record.text}
