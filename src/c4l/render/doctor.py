"""An examination and a salvage, as JSON and as plain lines.

Plain lines of `doctor`: the check, `ok` or `wrong`, what was looked at or what was found, what mends it, the record.
Those of `salvaged`: `carried`, table, rows; then `lost`, `changed` or `unproven`, table, number, what became of it.
"""

from collections.abc import Iterator, Sequence

from c4l.actions.doctor import Diagnosis, Salvage
from c4l.domain.health import row_words
from c4l.render.backup import instant
from c4l.render.records import cell


def doctor_data(result: Diagnosis) -> dict[str, object]:
    """Every check with its findings; `healthy` where there are none."""
    backup = result.last_backup
    return {
        "book": str(result.book),
        "healthy": result.findings == 0,
        "checks": [
            {
                "check": check.name,
                "looked_at": check.looked_at,
                "findings": [
                    {"what": finding.what, "mend": finding.mend, "record": finding.record} for finding in check.findings
                ],
            }
            for check in result.checks
        ],
        "versions": result.versions,
        "last_backup": None if backup is None else {"file": str(backup.file), "at": instant(backup.at)},
        "mended": list(result.mended),
    }


def doctor_lines(result: Diagnosis) -> Iterator[Sequence[str]]:
    """A line for each check that found nothing, and for each finding."""
    for check in result.checks:
        if not check.findings:
            yield check.name, "ok", check.looked_at, "", ""
        for finding in check.findings:
            yield check.name, "wrong", finding.what, finding.mend, cell(finding.record)


def salvaged_data(result: Salvage) -> dict[str, object]:
    """The new book, how much it holds, and every row that is not as it was."""
    return {
        "source": str(result.source),
        "file": str(result.file),
        "carried": result.carried,
        "losses": [
            {"table": loss.table, "id": loss.number, "row": row_words(loss.table, loss.number), "reason": loss.reason}
            for loss in result.losses
        ],
    }


def salvaged_lines(result: Salvage) -> Iterator[Sequence[str]]:
    """A line for each table that has rows, and for each row that is not as it was."""
    for table, count in result.carried.items():
        if count:
            yield "carried", table, str(count), ""
    for loss in result.losses:
        fate = "lost" if loss.is_gone else "unproven" if loss.is_unproven else "changed"
        yield fate, loss.table, str(loss.number), loss.reason
