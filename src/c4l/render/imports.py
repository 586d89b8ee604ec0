"""What an import did, as JSON and as plain lines.

Plain lines begin with what became of a record: `created`, `updated`, `unchanged`, `namesake` (one of the created who is
called as somebody else is; each with handle, name), `skipped` and `remark` (place in the file, reason); then `ignored`
(a column or a property that was passed over) and, of a whole book, `count` (table, how many records).
"""

from collections.abc import Iterator, Sequence

from c4l.actions.imports import ImportReport, Remark
from c4l.render.records import client_ref


def import_data(result: ImportReport) -> dict[str, object]:
    """The clients that were taken in, and every record that was not, with its reason."""
    return {
        "file": result.file,
        "format": result.format,
        "created": [client_ref(client) for client in result.created],
        "updated": [client_ref(client) for client in result.updated],
        "unchanged": [client_ref(client) for client in result.unchanged],
        "namesakes": [client_ref(client) for client in result.namesakes],
        "skipped": [_remark(remark) for remark in result.skipped],
        "remarks": [_remark(remark) for remark in result.remarks],
        "ignored": list(result.ignored),
        "dry_run": result.rehearsed,
        "counts": None if result.counts is None else dict(result.counts),
    }


def import_lines(result: ImportReport) -> Iterator[Sequence[str]]:
    """A line for each client, each record left out, each remark and each column or property that was passed over."""
    for outcome, clients in (
        ("created", result.created),
        ("updated", result.updated),
        ("unchanged", result.unchanged),
        ("namesake", result.namesakes),
    ):
        for client in clients:
            yield outcome, client.handle, client.name
    for outcome, remarks in (("skipped", result.skipped), ("remark", result.remarks)):
        for remark in remarks:
            yield outcome, remark.record, remark.reason
    for name in result.ignored:
        yield "ignored", name
    for table, count in (result.counts or {}).items():
        yield "count", table, str(count)


def _remark(remark: Remark) -> dict[str, object]:
    return {"record": remark.record, "reason": remark.reason}
