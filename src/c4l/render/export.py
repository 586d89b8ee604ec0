"""What was exported, as JSON and as plain lines.

Plain lines: `file` (path, format, bytes, handle of the one client it is about), then a `count` for each table (how many
records).
"""

from collections.abc import Iterator, Sequence

from c4l.actions.books import Exported
from c4l.render.records import client_ref


def export_data(result: Exported) -> dict[str, object]:
    """Where it is, and how much."""
    return {
        "file": str(result.file),
        "format": result.format,
        "client": None if result.client is None else client_ref(result.client),
        "counts": dict(result.counts),
        "bytes": result.size,
    }


def export_lines(result: Exported) -> Iterator[Sequence[str]]:
    """A line for the file, and one for each table."""
    yield "file", str(result.file), result.format, str(result.size), result.client.handle if result.client else ""
    for table, count in result.counts.items():
        yield "count", table, str(count)
