"""Key dates as they come round."""

from datetime import date

import pytest

from c4l.domain.anniversaries import Anniversary, coming
from c4l.domain.clients import KeyDate


@pytest.mark.parametrize(
    ("each", "today", "on", "years"),
    [
        (KeyDate("birthday", 11, 22, 1980), date(2026, 11, 22), date(2026, 11, 22), 46),
        (KeyDate("birthday", 11, 21, 1980), date(2026, 11, 22), date(2027, 11, 21), 47),
        (KeyDate("birthday", 1, 1, 1980), date(2026, 12, 31), date(2027, 1, 1), 47),
        (KeyDate("birthday", 12, 1), date(2026, 11, 22), date(2026, 12, 1), None),
        (KeyDate("renewal", 12, 1, 2026), date(2026, 11, 22), date(2026, 12, 1), None),
        (KeyDate("renewal", 12, 1, 2030), date(2026, 11, 22), date(2030, 12, 1), None),
        (KeyDate("renewal", 3, 1, 2027), date(2026, 11, 22), date(2027, 3, 1), None),
        (KeyDate("renewal", 3, 1, 2027), date(2027, 3, 2), date(2028, 3, 1), 1),
        (KeyDate("renewal", 1, 1, 2027), date(2026, 1, 1), date(2027, 1, 1), None),
        (KeyDate("leap day", 2, 29, 2028), date(2026, 2, 1), date(2028, 2, 29), None),
        (KeyDate("leap day", 2, 29, 1992), date(2027, 2, 28), date(2027, 2, 28), 35),
        (KeyDate("leap day", 2, 29, 1992), date(2027, 3, 1), date(2028, 2, 29), 36),
        (KeyDate("leap day", 2, 29, 1992), date(2028, 2, 28), date(2028, 2, 29), 36),
    ],
)
def test_the_next_time_and_how_many_years_it_will_be(each: KeyDate, today: date, on: date, years: int | None) -> None:
    assert coming(each, today) == Anniversary(each.label, on, years)
