"""Answers about promises, lived up to and laid on one week, with fictional people."""

from c4l.actions.log import Logged
from c4l.actions.promises import PromiseView
from c4l.actions.reliability import Reliability, Side
from c4l.domain.commitment import Commitment
from c4l.domain.records import Event, Promise, Verb
from c4l.domain.reliability import by_client, counted, figures, lessons, months, of
from c4l.domain.terms import ClientRef, Party
from c4l.domain.weeks import monday_of
from tests.render.views import ACME, BOB, HANA, JANE, LONG, MARKUP, MEETING, OMAR, TODAY, before, moved, promise


def _kept(days: int) -> Event:
    return Event(Verb.kept, before(days))


def _promises() -> list[Promise]:
    """A year in which most went well, and everything that can go wrong went wrong once."""
    views = [
        *(promise(n, JANE, f"report {n}", 3 - 17 * n, _kept(17 * n - 3), made=400) for n in range(1, 15)),
        *(promise(20 + n, ACME, f"figures {n}", -20 - n, _kept(20 + n), made=400) for n in range(9)),
        promise(40, JANE, "the deck", -40, moved(41, -30, told=True, because="legal asked"), _kept(31), made=90),
        promise(41, OMAR, "a name", -60, moved(61, -50, because="forgot [/] it"), _kept(50), made=90),
        promise(42, OMAR, "the audit", -70, _kept(64), made=90),
        promise(43, HANA, "契約書", -80, Event(Verb.broken, before(85), told=True, because="法務の確認"), made=90),
        promise(44, LONG, "a list of names", -12, made=90),
        promise(45, BOB, "purchase order", -30, _kept(21), by=Party.them, made=90),
        promise(46, BOB, "an answer", -5, by=Party.them, made=90),
        promise(47, MARKUP, "a badge", -9, Event(Verb.released, before(2)), by=Party.them, made=90),
        promise(48, JANE, "not due yet", 9, moved(1, 11, told=True, because="she is away"), made=90),
    ]
    return [view.promise for view in views]


def reliability(promises: list[Promise], days: int = 365, client: ClientRef | None = None) -> Reliability:
    """The answer about such promises, in so many days up to today."""
    since = before(days - 1)
    found = counted(promises, TODAY, days)
    mine, theirs = (
        Side(figures(own, TODAY), months(own, since, TODAY)) for own in (of(party, found) for party in Party)
    )
    return Reliability(
        since, TODAY, mine, theirs, by_client(found, TODAY), lessons(promises, since, TODAY), client, limit=12
    )


YEAR = reliability(_promises())
BY_CLIENT = YEAR._replace(by_client=True, limit=4)
OF_BOB = reliability([each for each in _promises() if each.client == BOB], 90, BOB)
NOTHING = reliability([])
BUSY = reliability([promise(n, JANE, "x", -3, _kept(3 if n % 40 else 2), made=90).promise for n in range(400)])
UNTOLD = reliability([promise(1, JANE, "the deck", -9, moved(8, -5), _kept(5)).promise])


def weighed(view: PromiseView, due: int, most: int) -> PromiseView:
    """A promise just made, in a week that holds so many."""
    assert view.standing.due_on
    return view._replace(week=Commitment(monday_of(view.standing.due_on), due, most))


WITHIN = weighed(promise(41, JANE, "send the deck", 5, made=0), 3, 4)
FIRST = weighed(promise(41, JANE, "send the deck", 5, made=0), 1, 4)
OVER = weighed(promise(41, JANE, "send the deck", 5, made=0), 5, 4)
THIS_WEEK = weighed(promise(41, JANE, "send the deck", 0, made=0), 2, 4)
LOGGED_TWO_WEEKS = Logged(
    MEETING, (OVER, weighed(promise(42, BOB, "a list", 12, made=0), 2, 4), OVER), (), False, None, (), TODAY
)
WALKED = [promise(9, JANE, "minutes of the meeting", -5, _kept(0)), weighed(promise(14, BOB, "a list", 5), 3, 3)]
