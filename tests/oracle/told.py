"""What an exported book says of each client, with days as whole numbers, so that they can be counted."""

from datetime import date
from typing import NamedTuple

from tests.oracle.exported import Export, Row


class Happening(NamedTuple):
    """Something that happened to a promise."""

    on: int
    verb: str
    to: int | None
    told: bool


class Owed(NamedTuple):
    """A promise as it was made, and what happened to it, by day and then by order of entry."""

    mine: bool
    made: int
    due: int | None
    happened: list[Happening]


class Told(NamedTuple):
    """All that a book says of one client.

    Attributes:
        contacts: day, whether they started it, minutes.
        signs: day and signal.
        views: for stake, value and tier: day and what was said, by day and then by order of entry.
        archived: first day, and the day on which it ended.
    """

    handle: str
    added: int
    since: int | None
    cadence: int | None
    next: int | None
    snoozed_until: int | None
    contacts: list[tuple[int, bool, int]]
    signs: list[tuple[int, str]]
    promises: list[Owed]
    views: dict[str, list[tuple[int, str | None]]]
    archived: list[tuple[int, int | None]]


def clients(book: Export) -> list[Told]:
    """Every client with all that the book says of them."""
    return [_client(book, row) for row in book["client"]]


def _client(book: Export, row: Row) -> Told:
    def own(table: str) -> list[Row]:
        return [each for each in book[table] if each["client_id"] == row["id"]]

    met = {each["id"]: each for each in book["interaction"]}
    views: dict[str, list[tuple[int, str | None]]] = {"stake": [], "value": [], "tier": []}
    for view in own("assessment"):
        views[str(view["part"])].append((day_number(view["stated_on"]), _text(view["said"])))
    for said in views.values():
        # "until a later one states it anew (the same day: the later entry)"; sorting keeps the order of entry.
        said.sort(key=lambda each: each[0])
    return Told(
        handle=str(row["handle"]),
        added=day_number(row["added_on"]),
        since=_day_or_none(row["since_on"]),
        cadence=None if row["cadence_days"] is None else int(row["cadence_days"]),
        next=_day_or_none(row["next_on"]),
        snoozed_until=_day_or_none(row["snoozed_until_on"]),
        contacts=[_contact(met[each["interaction_id"]]) for each in own("participant")],
        # A signal is "a dated fact about trust seen in an interaction": the interaction's day.
        signs=[(day_number(met[each["interaction_id"]]["happened_on"]), str(each["kind"])) for each in own("signal")],
        promises=[_promise(book, each) for each in own("promise")],
        views=views,
        archived=[(day_number(each["start_on"]), _day_or_none(each["end_on"])) for each in own("archiving")],
    )


def _contact(row: Row) -> tuple[int, bool, int]:
    # "(`--in`; unstated counts for `call`, `meeting`, `visit`)"
    unstated = row["reached_out"] is None and row["channel"] in ("call", "meeting", "visit")
    # "(minutes where logged, else 5 for `email` and `message`, 15 for the rest)"
    usual = 5 if row["channel"] in ("email", "message") else 15
    minutes = usual if row["minutes"] is None else int(row["minutes"])
    return day_number(row["happened_on"]), row["reached_out"] == "them" or unstated, minutes


def _promise(book: Export, row: Row) -> Owed:
    happened = [
        Happening(day_number(each["happened_on"]), str(each["verb"]), _day_or_none(each["to_on"]), bool(each["told"]))
        for each in book["promise_event"]
        if each["promise_id"] == row["id"]
    ]
    # "The state on a day D comes from the events dated on or before D, by day, then by order of entry."
    happened.sort(key=lambda each: each.on)
    return Owed(row["owner"] == "me", day_number(row["made_on"]), _day_or_none(row["first_due_on"]), happened)


def day_number(iso: object) -> int:
    return date.fromisoformat(str(iso)).toordinal()


def _day_or_none(iso: object) -> int | None:
    return None if iso is None else day_number(iso)


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)
