"""The two colours of lateness: the louder one begins after a week, whatever the criterion is set to forgive."""

import pytest

from c4l.actions.promises import PromiseList, Wanted
from tests.render import views
from tests.render.test_screens import screen


@pytest.mark.parametrize(("days", "code"), [(1, "31"), (7, "31"), (8, "1;31"), (400, "1;31")])
def test_lateness_is_red_and_after_a_week_bold(days: int, code: str) -> None:
    late = views.promise(1, views.JANE, "the figures", -days)
    drawn = screen("promises", PromiseList(Wanted(overdue=True), (late,), 1, 0, views.TODAY), 100, color=True)

    row = drawn.splitlines()[3]
    assert row.partition("m")[0].endswith(f"\x1b[{code}")
    assert "Jane Doe" in row
