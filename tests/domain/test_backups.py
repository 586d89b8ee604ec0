"""Which backups are kept, and what their names tell."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.backups import Backup, Keep, Reason, find_backup, name_of, surplus

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday
DIGEST = "0123456789abcdef"
USUAL = Keep(7, 4, 12)


def made(at: datetime, reason: Reason = Reason.daily) -> Backup:
    return Backup(name_of(at, reason, DIGEST), at, reason, DIGEST, 1)


def daily(*days_ago: int) -> list[Backup]:
    """One a day at noon, so many days ago."""
    return [made(NOON - timedelta(days=days)) for days in days_ago]


def kept(backups: list[Backup], keep: Keep = USUAL) -> list[int]:
    """Of which days ago the backups stay, the newest first."""
    gone = surplus(backups, keep)
    return sorted((NOON - backup.at).days for backup in backups if backup not in gone)


# --- names ---


@given(
    st.integers(0, 300 * 366 * 86400).map(lambda seconds: NOON + timedelta(seconds=seconds)),
    st.sampled_from(Reason),
    st.text("0123456789abcdef", min_size=64, max_size=64),
)
def test_a_name_tells_when_why_and_what(at: datetime, reason: Reason, digest: str) -> None:
    name = name_of(at, reason, digest)
    assert find_backup(name, 9) == Backup(name, at, reason, digest[:16], 9)


def test_a_name_is_one_that_people_can_read() -> None:
    assert name_of(NOON, Reason.import_, DIGEST * 4) == "2026-11-22T120000Z-import-0123456789abcdef.db"


@pytest.mark.parametrize(
    "name",
    [
        "c4l.db",
        ".2026-11-22T120000Z-daily-0123456789abcdef.db.part",
        "2026-11-22T120000Z-daily-0123456789abcdef.db-journal",
        "2026-11-22T120000Z-daily-0123456789abcde.db",
        "2026-11-22T120000Z-weekly-0123456789abcdef.db",
        "2026-02-31T120000Z-daily-0123456789abcdef.db",
        "2026-11-22T250000Z-daily-0123456789abcdef.db",
        "２026-11-22T120000Z-daily-0123456789abcdef.db",
    ],
)
def test_other_files_are_no_backups(name: str) -> None:
    assert find_backup(name, 9) is None


# --- which are kept ---


def test_of_a_daily_backup_over_two_years_a_week_four_weeks_and_a_year_of_months_stay() -> None:
    # Weeks end on Sundays, and the 22nd of November 2026 is one: 0, 7, 14, 21 days ago. Then the last of each month.
    assert kept(daily(*range(730))) == [
        *(0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 22, 53, 83, 114, 145, 175, 206, 236, 267, 295, 326)
    ]


def test_of_one_day_the_newest_stays() -> None:
    morning = [made(NOON - timedelta(hours=hours)) for hours in (0, 1, 2)]
    assert surplus(morning, USUAL) == [morning[2], morning[1]]


def test_who_was_away_finds_as_many_days_as_before() -> None:
    assert kept(daily(0, *range(200, 206)), Keep(7, 0, 0)) == [0, *range(200, 206)]


@pytest.mark.parametrize(
    ("keep", "stay"),
    [
        (Keep(1, 0, 0), [0]),
        (Keep(2, 0, 0), [0, 1]),
        (Keep(1, 2, 0), [0, 7]),
        (Keep(1, 1, 1), [0]),
        (Keep(1, 0, 3), [0, 22, 53]),
    ],
)
def test_the_settings_say_how_many(keep: Keep, stay: list[int]) -> None:
    assert kept(daily(*range(60)), keep) == stay


@pytest.mark.parametrize(
    ("reason", "stay"),
    [
        (Reason.import_, 7),
        (Reason.demo, 7),
        (Reason.restore, 7),
        (Reason.migration, 12),
        (Reason.asked, 40),
        (Reason.damaged, 40),
    ],
)
def test_what_was_not_made_of_the_day_has_a_number_of_its_own(reason: Reason, stay: int) -> None:
    backups = [made(NOON - timedelta(minutes=minutes), reason) for minutes in range(40)]
    gone = surplus([*backups, *daily(0, 1)], USUAL)
    assert len(backups) - len(gone) == stay
    assert gone == sorted(backups[stay:])


backups = st.lists(
    st.builds(
        lambda seconds, reason: made(NOON - timedelta(seconds=seconds), reason),
        st.integers(0, 900 * 86400),
        st.sampled_from(Reason),
    ),
    max_size=60,
    unique=True,
)
keeps = st.builds(Keep, st.integers(1, 9), st.integers(0, 6), st.integers(0, 14))


@given(backups, keeps)
def test_the_newest_of_every_kind_always_stays(some: list[Backup], keep: Keep) -> None:
    gone = surplus(some, keep)
    for reason in Reason:
        of_it = [backup for backup in some if backup.reason is reason]
        assert not of_it or max(of_it) not in gone


@given(backups, keeps)
def test_rotating_again_takes_nothing_more(some: list[Backup], keep: Keep) -> None:
    gone = surplus(some, keep)
    assert surplus([backup for backup in some if backup not in gone], keep) == []


@given(backups, keeps)
def test_what_is_made_daily_takes_no_more_room_than_the_settings_say(some: list[Backup], keep: Keep) -> None:
    gone = surplus(some, keep)
    stay = [backup for backup in some if backup.reason is Reason.daily and backup not in gone]
    assert len(stay) <= sum(keep)
