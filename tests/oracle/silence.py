"""A second reading of who is going quiet: the last paragraph of design section 6, sentence by sentence."""

from collections.abc import Mapping

from tests.oracle.exported import Export
from tests.oracle.reading import Needs, archived, triangle
from tests.oracle.told import Told, clients, day_number


def quiet(book: Export, day: str, needs: Needs, cadences: Mapping[str, int]) -> dict[str, int]:
    """Who is quiet on a day, and for how many days too long.

    Args:
        cadences: the days that may pass, by tier.
    """
    on = day_number(day)
    places = triangle(book, day, needs, walk=False)["placements"]
    found = {}
    for client in clients(book):
        place = places.get(client.handle)
        over = _days_over(client, on, cadences[place["tier"]] if place else None)
        if over is not None and over > 0:
            found[client.handle] = over
    return found


def _days_over(client: Told, day: int, by_tier: int | None) -> int | None:
    """By how many days somebody has waited too long on a day; None of those of whom that is not asked."""
    days = [on for on, _, _ in client.contacts]
    # "a planned interaction ahead keeps a client from being quiet"; who is in the archive is not served any more.
    if any(on > day for on in days) or archived(client, day):
        return None
    # "`snooze` hides a client from `quiet` until a day"
    if client.snoozed_until is not None and day < client.snoozed_until:
        return None
    # "`--next` stands in for the cadence once": until there is contact on that day or later. It was set for them,
    # so that it asks for somebody never contacted (whose only interaction was removed) as a cadence of their own would.
    if client.next is not None and not any(on >= client.next for on in days):
        return day - client.next
    # "`--cadence 6w` of the client, else by tier"; "those never contacted are quiet only with a cadence of their own",
    # and have waited since they were added.
    cadence = client.cadence or by_tier
    return None if cadence is None else day - max(days, default=client.added) - cadence
