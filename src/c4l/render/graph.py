"""Contact over time, as JSON and as plain lines.

Plain lines: a month (`2026-11`), a channel, the interactions and the minutes of those asked about, and the same of
everybody; where nobody was asked about, both are everybody's. A channel on which nothing happened has no line.
"""

from collections.abc import Iterator, Sequence

from c4l.actions.graph import Graph
from c4l.domain.graph import Amount, Contact
from c4l.render.records import client_ref, day


def graph_data(result: Graph) -> dict[str, object]:
    """Every figure of every month and of all of them; a share where there is something to have a share of."""
    compared = bool(result.clients)
    return {
        "since": day(result.since),
        "until": day(result.until),
        "clients": [client_ref(client) for client in result.clients],
        **_beside(result.own, result.whole, compared=compared),
        "months": [
            {
                "month": month.starts_on.isoformat()[:7],
                "starts_on": day(month.starts_on),
                **_beside(month.own, month.whole, compared=compared),
            }
            for month in result.months
        ],
    }


def graph_lines(result: Graph) -> Iterator[Sequence[str]]:
    """A line for each month and each channel on which there was anything in it."""
    for month in result.months:
        for channel, whole in month.whole.channels.items():
            if whole.interactions:
                own = month.own.channels[channel]
                yield month.starts_on.isoformat()[:7], channel, *map(str, (*own, *whole))


def _beside(own: Contact, whole: Contact, *, compared: bool) -> dict[str, object]:
    interactions, minutes = own.total.share_of(whole.total) if compared else (None, None)
    return {
        **_contact(own),
        "whole": _contact(whole),
        "share": {"interactions": _rounded(interactions), "minutes": _rounded(minutes)},
    }


def _contact(contact: Contact) -> dict[str, object]:
    channels = {channel.value: _amount(amount) for channel, amount in contact.channels.items()}
    return {**_amount(contact.total), "channels": channels}


def _amount(amount: Amount) -> dict[str, object]:
    return {"interactions": amount.interactions, "minutes": amount.minutes}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
