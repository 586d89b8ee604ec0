"""A cell that a spreadsheet would run is guarded, and every cell is read back as it was."""

import csv
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from c4l.exchange.csv_text import guarded, unguarded

WIDE = ("＝1+1", "＋49 30 1234", "－1", "＠SUM(A1)")
"""In full width, as East Asian keyboards type it: some spreadsheets take it for the narrow ones."""

RUN = ("=1+1", "+49 30 1234", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''-2", *WIDE, "'＝1")


@pytest.mark.parametrize("cell", RUN)
def test_what_would_be_run_is_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Jane", "'", "'tis", "1-1", " =1", "a@example.test", "1＋1"])
def test_what_would_not_be_run_stays(cell: str) -> None:
    assert guarded(cell) == unguarded(cell) == cell


@given(st.text() | st.text("'=+-@＝＋－＠\t\r\n\0\"a,").map(str))
@example("'" * 5 + "=")
def test_every_cell_is_read_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(tuple("=+-@＝＋－＠\t\r\n"))

    if not cell.isascii() and any("\ud800" <= char <= "\udfff" for char in cell):
        return
    out = StringIO(newline="")
    csv.writer(out).writerow([guarded(cell), "last"])
    [[back, _]] = csv.reader(StringIO(out.getvalue(), newline=""))
    assert unguarded(back) == cell
