"""A second reading of the rules, for the first to be compared with: design sections 5 and 6, sentence by sentence.

It knows nothing of the program's own rules and reads none of what a table repeats for speed. It is slow and looks at
one thing after the other: every sentence in quotation marks is the rule that the lines under it carry out.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from typing import Any, NamedTuple

from tests.oracle.exported import Export
from tests.oracle.told import Owed, Told, clients, day_number

Needs = Mapping[str, int]
"""The thresholds by name."""

Found = dict[str, bool | None]
"""Each criterion by name: met, not met, or None where there is not enough evidence."""

KEY = ("drives", "depends", "steers", "demands")
LIFE = ("trusted", "reliable", "lasting", "unbroken")
TIERS = ("base", "key", "life")
"""Lowest first."""


class Others(NamedTuple):
    """What the other placed clients bring: their stated values, and the time of those who started anything."""

    values: list[int]
    times: list[int]


# Promises (section 5)


class Outcome(NamedTuple):
    """What a promise came to by a day: how and when it ended, where it did; the due day; whether a move was quiet."""

    ended: str | None
    on: int | None
    due: int | None
    moved_untold: bool


def outcome(promise: Owed, day: int) -> Outcome:
    """What a promise came to by a day on which it had been made."""
    due, moved_untold = promise.due, False
    for each in promise.happened:
        if each.on > day:
            break
        if each.verb != "moved":
            # "The first keep, break or release ends the promise; an event dated after that […] counts for nothing."
            return Outcome(each.verb, each.on, due, moved_untold)
        # "every earlier move to a later day was told, on or before the due day that it moved"
        if due is not None and each.to is not None and each.to > due and not (each.told and each.on <= due):
            moved_untold = True
        due = each.to
    return Outcome(None, None, due, moved_untold)


def overdue(it: Outcome, day: int) -> bool:
    """ "A promise is overdue when it is open and its due day is before today" """
    return it.ended is None and it.due is not None and it.due < day


def counted(it: Outcome, day: int, window: int) -> bool:
    """Whether what a promise came to is counted on a day."""
    # "Counted on a day D: promises with a due day"
    if it.due is None:
        return False
    # "those overdue on D"
    if it.on is None:
        return overdue(it, day)
    # "that were kept or broken on a day in the window […], those released after their due day in the window"
    return _within(it.on, day, window) and (it.ended in ("kept", "broken") or it.on > it.due)


def honoured(it: Outcome) -> bool:
    """ "Honoured = kept on or before the due day that stood then, and every earlier move to a later day was told" """
    return it.ended == "kept" and it.on is not None and it.due is not None and it.on <= it.due and not it.moved_untold


def reliability(book: Export, day: str, days: int, *, mine: bool) -> dict[str, int]:
    """How many promises of one side are counted on a day, and how many of those were honoured."""
    on = day_number(day)
    found = [
        outcome(promise, on)
        for client in clients(book)
        for promise in client.promises
        if promise.mine is mine and promise.made <= on
    ]
    found = [it for it in found if counted(it, on, days)]
    return {
        "counted": len(found),
        "honoured": sum(map(honoured, found)),
        "overdue": sum(overdue(it, on) for it in found),
    }


# Criteria (section 6)


def _within(on: int, day: int, window: int) -> bool:
    """ "The window is the 365 days up to and including D." """
    return day - window < on <= day


def archived(client: Told, day: int) -> bool:
    """Whether somebody is in the archive on a day: not any more on the day on which it ended."""
    return any(start <= day and (end is None or day < end) for start, end in client.archived)


def contacted(client: Told, day: int) -> bool:
    """Whether there was an interaction by then."""
    return any(on <= day for on, _, _ in client.contacts)


def placed(client: Told, day: int) -> bool:
    """ "Every client with an interaction on or before D and not archived on D is placed" """
    return contacted(client, day) and not archived(client, day)


def view(client: Told, part: str, day: int, needs: Needs) -> str | None:
    """What of your own view stands on a day.

    "Each part of an assessment […] stands until a later one states it anew […], while it is in the window […] `none`
    withdraws."
    """
    said = [(on, words) for on, words in client.views[part] if on <= day]
    if not said or not _within(said[-1][0], day, needs["window_days"]):
        return None
    return said[-1][1]


def value(client: Told, day: int, needs: Needs) -> int | None:
    """The yearly value that is stated on a day."""
    said = view(client, "value", day, needs)
    return None if said is None else int(said)


def asked(client: Told, day: int, needs: Needs) -> list[int]:
    """ "of interactions in the window that they started": the minutes of each"""
    return [minutes for on, theirs, minutes in client.contacts if theirs and _within(on, day, needs["window_days"])]


def others(client: Told, everybody: Iterable[Told], day: int, needs: Needs) -> Others:
    """What the other placed clients bring on a day."""
    found = [each for each in everybody if each is not client and placed(each, day)]
    values = [value(each, day, needs) for each in found]
    times = [asked(each, day, needs) for each in found]
    return Others([it for it in values if it is not None], [sum(it) for it in times if it])


def drives(client: Told, rest: Others, day: int, needs: Needs) -> bool | None:
    own = value(client, day, needs)
    # "No value: not enough evidence"
    if own is None:
        return None
    # "their stated yearly value is above 0, and the placed clients with a greater one make less than half of all
    # stated value (equal values fare alike)"
    greater = sum(it for it in rest.values if it > own)
    everything = sum(rest.values) + own
    return own > 0 and greater * 100 < everything * needs["drives_percent"]


def depends(client: Told, day: int, needs: Needs) -> bool | None:
    # "the stake of losing them is stated as `high` or `critical`. No stake: not enough evidence"
    stake = view(client, "stake", day, needs)
    return None if stake is None else stake in ("high", "critical")


def shown(client: Told, signals: Sequence[str], day: int, needs: Needs) -> set[str]:
    """Which of some signals were seen in the window."""
    return {signal for on, signal in client.signs if signal in signals and _within(on, day, needs["window_days"])}


def steers(client: Told, day: int, needs: Needs) -> bool:
    # "a `steer` signal in the window"
    return bool(shown(client, ["steer"], day, needs))


def demands(client: Told, rest: Others, day: int, needs: Needs) -> bool | None:
    # "No others: not enough evidence". Somebody whose every call took no time is one: else "above 0" would say nothing.
    if not rest.times:
        return None
    # "at least 4, their time above 0 and at least twice the median of the other placed clients with any"
    own = asked(client, day, needs)
    usual = median(rest.times)
    return len(own) >= needs["demands_least"] and sum(own) > 0 and sum(own) >= needs["demands_times"] * usual


def trusted(client: Told, day: int, needs: Needs) -> bool:
    # "at least 3 of `advice`, `consulted`, `early`, `door`, `inner` seen in the window"
    signs = shown(client, ["advice", "consulted", "early", "door", "inner"], day, needs)
    return len(signs) >= needs["trusted_needed"]


def reliable(client: Told, day: int, needs: Needs) -> bool | None:
    # "of your counted promises to them (section 5)"
    found = [outcome(promise, day) for promise in client.promises if promise.mine and promise.made <= day]
    found = [it for it in found if counted(it, day, needs["window_days"])]
    # "leaving out those open and at most 7 days past due"
    grace = needs["reliable_grace_days"]
    found = [it for it in found if not (overdue(it, day) and it.due is not None and day - it.due <= grace)]
    # "at least 3 […] Under 3: not enough evidence"
    if len(found) < needs["reliable_least"]:
        return None
    # "at most one in ten, or one in all, not honoured; none still overdue"
    missed = sum(not honoured(it) for it in found)
    few = missed * needs["reliable_share"] <= len(found) or missed <= needs["reliable_missed"]
    return few and not any(overdue(it, day) for it in found)


def lasting(client: Told, day: int, needs: Needs) -> bool:
    days = [on for on, _, _ in client.contacts if on <= day]
    if not days:
        return False
    # "first interaction, or the `--since` stated for the client, at least 180 days before D; the last interaction at
    # most 120 days before D"
    began = [min(days)] if client.since is None else [min(days), client.since]
    return day - min(began) >= needs["lasting_days"] and day - max(days) <= needs["lasting_silence_days"]


def unbroken(client: Told, day: int, needs: Needs) -> bool:
    # "every `complaint` and `surprise` in the window more than 7 days old has an `owned` on that day or later"
    slips = [on for on, signal in client.signs if signal in ("complaint", "surprise")]
    slips = [on for on in slips if _within(on, day, needs["window_days"]) and day - on > needs["unbroken_grace_days"]]
    owned = [on for on, signal in client.signs if signal == "owned" and on <= day]
    return all(any(on >= slip for on in owned) for slip in slips)


def findings(client: Told, rest: Others, day: int, needs: Needs) -> Found:
    """Every criterion of one client on a day."""
    return {
        "drives": drives(client, rest, day, needs),
        "depends": depends(client, day, needs),
        "steers": steers(client, day, needs),
        "demands": demands(client, rest, day, needs),
        "trusted": trusted(client, day, needs),
        "reliable": reliable(client, day, needs),
        "lasting": lasting(client, day, needs),
        "unbroken": unbroken(client, day, needs),
    }


def tier(found: Found, needs: Needs) -> str:
    """The tier that findings make: "not enough evidence […] is never met"."""
    # "Life: all of these four."
    if all(found[name] is True for name in LIFE):
        return "life"
    # "Key: at least two of these four."
    if sum(found[name] is True for name in KEY) >= needs["key_needed"]:
        return "key"
    # "at least on the base"
    return "base"


# Lapses (section 6)


class Ahead(NamedTuple):
    """What days to come bring if nothing more happens."""

    lapses: dict[str, str | None]
    lapses_on: str | None
    rises_on: str | None


def ahead(client: Told, rest: Others, day: int, needs: Needs) -> Ahead:
    """Walk from a day on, day after day, until nothing can change any more.

    "A finding's lapse is the first later day on which the same rule, read again over the same records, is not met; a
    placement's, the first later day with a lower tier (for `drives` and `demands` the other clients are held as they
    stand on D)."
    """
    same = known(client, day)
    now = findings(same, rest, day, needs)
    standing = TIERS.index(tier(now, needs))
    met = [name for name in now if now[name] is True]
    lapses: dict[str, str | None] = dict.fromkeys(now)
    falls: int | None = None
    rises: int | None = None
    for later in range(day + 1, _last_day(same, day, needs) + 1):
        then = findings(same, rest, later, needs)
        for name in [name for name in met if then[name] is not True]:
            lapses[name] = _iso(later)
            met.remove(name)
        rank = TIERS.index(tier(then, needs))
        if falls is None and rank < standing:
            falls = later
        if rises is None and rank > standing:
            rises = later
    return Ahead(lapses, _iso(falls), _iso(rises))


def known(client: Told, day: int) -> Told:
    """ "from records dated on or before a day D […], and from nothing else": what comes later is not among the same."""
    return client._replace(
        contacts=[each for each in client.contacts if each[0] <= day],
        signs=[each for each in client.signs if each[0] <= day],
        promises=[
            promise._replace(happened=[each for each in promise.happened if each.on <= day])
            for promise in client.promises
            if promise.made <= day
        ],
        views={part: [each for each in said if each[0] <= day] for part, said in client.views.items()},
    )


def _last_day(client: Told, day: int, needs: Needs) -> int:
    """The day after which all records have been seen, and all have left every window and grown past every grace."""
    days = [day, client.since or day, *(on for on, _, _ in client.contacts)]
    days += [on for said in client.views.values() for on, _ in said]
    for promise in client.promises:
        days += [promise.made, promise.due or promise.made]
        days += [on for each in promise.happened for on in (each.on, each.to) if on is not None]
    spans = ("window_days", "reliable_grace_days", "lasting_days", "lasting_silence_days", "unbroken_grace_days")
    return max(days) + max(needs[name] for name in spans) + 2


# The whole book


def triangle(book: Export, day: str, needs: Needs, *, walk: bool = True) -> dict[str, Any]:
    """Where everybody stands on a day and what lapses when, in the words of the JSON contract (section 9).

    Args:
        walk: whether to look at the days to come.
    """
    on = day_number(day)
    everybody = clients(book)
    places = {}
    for client in everybody:
        if placed(client, on):
            rest = others(client, everybody, on, needs)
            places[client.handle] = _place(client, rest, on, needs, walk)
    counts = {level: sum(place["tier"] == level for place in places.values()) for level in ("life", "key", "base")}
    # "Those never yet contacted are counted apart", of those who were in the book by then, and not in its archive.
    apart = [it for it in everybody if it.added <= on and not contacted(it, on) and not archived(it, on)]
    return {"counts": counts | {"uncontacted": len(apart)}, "placements": places}


def _place(client: Told, rest: Others, day: int, needs: Needs, walk: bool) -> dict[str, Any]:
    found = findings(client, rest, day, needs)
    place: dict[str, Any] = {
        "tier": tier(found, needs),
        "own_view": view(client, "tier", day, needs),
        "findings": found,
    }
    if walk:
        place |= ahead(client, rest, day, needs)._asdict()
    return place


def _iso(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()
