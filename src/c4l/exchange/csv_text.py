"""The grammar of CSV: from text to rows, with the line each begins on, whatever its quotes do."""

from collections.abc import Iterator
from typing import NamedTuple

from c4l.exchange.reading import MAX_BYTES

DELIMITERS = ",;\t|"


class Row(NamedTuple):
    """One row.

    Attributes:
        line: the first line it stands on, counted from 1.
        cells: None where its quotes do not match.
        last: nothing behind it was read.
    """

    line: int
    cells: list[str] | None
    last: bool = False


def rows(text: str, delimiter: str) -> Iterator[Row]:
    """The rows of a table, those without a word left out.

    One quote too many makes one cell of all that follows. So a row whose quotes do not match is given up at its
    first line and reading goes on with the next, but only while what is read again stays in proportion to the file.
    """
    import csv
    from io import StringIO

    csv.field_size_limit(MAX_BYTES)
    # Only these are ends of lines, and not all that Python's splitlines takes for one.
    source = StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    before, may_read_again = 0, len(text)
    while True:
        start, line = source.tell(), before + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            may_read_again -= source.tell() - start
            yield Row(line, None, last=may_read_again < 0)
            if may_read_again < 0:
                return
            source.seek(start)
            source.readline()
            before, reader = line, csv.reader(source, delimiter=delimiter, strict=True)
        else:
            if any(cell.strip() for cell in cells):
                yield Row(line, cells)


# --- what a spreadsheet would take for a formula ---------------------------------------------------------------------

GUARD = "'"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would run it; `unguarded` gives back the same cell."""
    return GUARD + cell if cell.lstrip(GUARD).startswith(_FORMULAS) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before it was guarded."""
    return cell.removeprefix(GUARD) if cell.lstrip(GUARD).startswith(_FORMULAS) else cell
