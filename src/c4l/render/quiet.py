"""Those going quiet as JSON and as plain lines.

Plain columns: handle, name, tier (empty of those never contacted), day of the last contact, cadence in days, days since
that contact, days over, the last note.
"""

from collections.abc import Iterator, Mapping, Sequence

from c4l.actions.quiet import Quiet, QuietList
from c4l.domain.records import Contact
from c4l.render.records import cell, client_ref, day


def quiet_data(result: QuietList) -> list[dict[str, object]]:
    """A record for each client, the most overdue first."""
    return [one_quiet(each, result.last) for each in result.clients]


def one_quiet(each: Quiet, last: Mapping[int, Contact]) -> dict[str, object]:
    """A client going quiet; `awaited` says whether the day was set with `--next`."""
    return {
        "client": client_ref(each.client),
        "tier": None if each.tier is None else each.tier.value,
        "last_on": day(each.last_on),
        "cadence_days": each.cadence_days,
        "days_since": each.days_since,
        "wished_on": day(each.wished_on),
        "days_over": each.days_over,
        "awaited": each.awaited,
        "last": contact_data(last.get(each.client.id)),
    }


def contact_data(contact: Contact | None) -> dict[str, object] | None:
    """The last interaction with a client, so that a line can be acted on."""
    if contact is None:
        return None
    return {
        "interaction": contact.number,
        "on": day(contact.on),
        "channel": contact.channel.value,
        "note": contact.note,
    }


def note_of(contact: Contact | None) -> str:
    """Its note, empty where there was none."""
    return "" if contact is None else contact.note


def quiet_lines(result: QuietList) -> Iterator[Sequence[str]]:
    """A record for each client."""
    for each in result.clients:
        yield (
            each.client.handle,
            each.client.name,
            cell(each.tier),
            cell(each.last_on),
            cell(each.cadence_days),
            cell(each.days_since),
            str(each.days_over),
            note_of(result.last.get(each.client.id)),
        )
