"""ISO weeks: from Monday to Sunday, and the name that each has."""

from datetime import date, timedelta


def monday_of(day: date) -> date:
    """The first day of the ISO week that the day lies in."""
    return day - timedelta(days=day.weekday())


def iso_week(day: date) -> str:
    """The week that the day lies in, as ISO writes it: `2026-W48`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
