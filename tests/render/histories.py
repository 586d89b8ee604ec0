"""What was done in fictional books, for the looks to be tested on."""

from datetime import datetime
from typing import Any

from c4l.actions.history import EntryPage, History, Undone
from c4l.domain.history import Count, Did, Entry, RowChange
from c4l.domain.terms import ClientRef
from tests.render.views import BOB, DANA, JANE, LONG, MARKUP, TODAY

PEOPLE = {each.id: each for each in (JANE, BOB, DANA, LONG, MARKUP)}


def at(day: int, hour: int, minute: int, month: int = 11) -> datetime:
    """An instant that is this time of day wherever the test runs."""
    return datetime(2026, month, day, hour, minute).astimezone()


def row(table: str, number: int, did: Did, before: dict[str, Any] | None = None, **after: Any) -> RowChange:
    same = {"id": number, **after}
    match did:
        case Did.added:
            return RowChange(table, number, did, None, same)
        case Did.removed:
            return RowChange(table, number, did, same, None)
        case Did.changed:
            return RowChange(table, number, did, same | (before or {}), same)


def entry(number: int, when: datetime, verb: str, *rows: RowChange, about: tuple[ClientRef, ...] = (JANE,)) -> Entry:
    return Entry(number, when, verb, rows=rows, people=PEOPLE, about=about)


DECK: dict[str, Any] = {"what": "send the renewal deck", "owner": "me", "client_id": 1}
CALL = (
    row(
        "interaction", 88, Did.added, happened_on="2026-11-12", channel="call", note="asked us before choosing a vendor"
    ),
    row("participant", 90, Did.added, interaction_id=88, client_id=1, happened_on="2026-11-12", asked=1, minutes=15),
    row("signal", 31, Did.added, interaction_id=88, client_id=1, kind="consulted", seen_on="2026-11-12", note=None),
    row(
        "promise",
        14,
        Did.added,
        **DECK,
        made_on="2026-11-12",
        first_due_on="2026-11-20",
        due_on="2026-11-20",
        state="open",
    ),
    row("promise", 15, Did.added, what="purchase order", owner="them", client_id=1, made_on="2026-11-12", state="open"),
)
LOGGED = entry(41, at(12, 9, 14), "log", *CALL)
KEPT = entry(
    42,
    at(20, 17, 2),
    "keep",
    row("promise_event", 9, Did.added, promise_id=14, verb="kept", happened_on="2026-11-20", told=0),
    row("promise", 14, Did.changed, {"state": "open", "closed_on": None}, **DECK, state="kept", closed_on="2026-11-20"),
)._replace(undone_by=43)
UNDO = entry(
    43,
    at(20, 17, 5),
    "undo",
    row("promise", 14, Did.changed, {"state": "kept", "closed_on": "2026-11-20"}, **DECK, state="open", closed_on=None),
    row("promise_event", 9, Did.removed, promise_id=14, verb="kept", happened_on="2026-11-20", told=0),
)._replace(undoes=42, root=KEPT)
IMPORTED = Entry(
    1,
    at(3, 8, 0, month=2),
    "import",
    counts=(Count("client", Did.added, 1204), Count("contact_point", Did.added, 2311)),
)
ODD = entry(44, at(22, 7, 45), "tag", row("tag", 3, Did.added, client_id=8, name="[red]x[/] \x1b[2J"), about=(MARKUP,))
LONG_WINDED = entry(
    45,
    at(22, 7, 50),
    "log",
    row("interaction", 91, Did.added, happened_on="2026-11-22", channel="meeting", note="made up"),
    about=(LONG, DANA, BOB, JANE),
)

HISTORY = History((LONG_WINDED, ODD, UNDO, KEPT, LOGGED, IMPORTED), 38, (), None, TODAY)
HISTORY_OF_JANE = History((UNDO, KEPT, LOGGED), 0, (JANE,), TODAY.replace(month=10), TODAY)
NO_HISTORY = History((), 0, (), None, TODAY)
NO_HISTORY_OF_JANE = History((), 0, (JANE,), TODAY.replace(month=10), TODAY)

ENTRY = EntryPage(LOGGED, TODAY)
ENTRY_UNDONE = EntryPage(KEPT, TODAY)
ENTRY_COUNTED = EntryPage(IMPORTED, TODAY)

UNDONE = Undone(KEPT._replace(undone_by=None), UNDO, False, TODAY)
TO_BE_UNDONE = Undone(KEPT._replace(undone_by=None), UNDO, True, TODAY)
