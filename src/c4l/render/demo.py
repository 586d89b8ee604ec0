"""The demo as JSON and as plain lines.

Plain lines begin with what they hold: `promise`, then the columns of `promises`; `placement`, then those of `triangle`.
"""

from collections.abc import Iterator, Sequence

from c4l.actions.demo import Demo
from c4l.render.promises import promises_data, promises_lines
from c4l.render.triangle import triangle_data, triangle_lines


def demo_data(result: Demo) -> dict[str, object]:
    """Where the demo is, how much it holds, and what its first two screens show."""
    return {
        "file": str(result.file),
        "clients": result.clients,
        "interactions": result.interactions,
        "promises": result.promises,
        "overdue": promises_data(result.overdue),
        "triangle": triangle_data(result.triangle),
    }


def demo_lines(result: Demo) -> Iterator[Sequence[str]]:
    """A record for each overdue promise, then one for each client."""
    for cells in promises_lines(result.overdue):
        yield "promise", *cells
    for cells in triangle_lines(result.triangle):
        yield "placement", *cells
