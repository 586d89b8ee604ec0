"""The answer as plain lines: one record a line, cells set apart by tabs, nothing cut."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from c4l.render.safe import safe


def write(lines: Iterable[Sequence[str]], stream: TextIO) -> None:
    """Write each record on a line of its own; breaks and tabs inside a cell become spaces."""
    stream.writelines("\t".join(map(safe, cells)) + "\n" for cells in lines)
