"""Clients as JSON and as plain lines.

Plain columns of a list: handle, name, kind, organisation, day of the last contact, tags set apart by commas, `archived`
or nothing. One client is a line for each thing that is known: its name (`handle`, `email`, `tag`, …), then its value;
a `fact` has kind, text and day learned, of a goal that was reached also that day and its outcome; a `date` label and
day (`--12-09` where the year is unknown); an `interaction` number, day, channel and note.
"""

from collections.abc import Iterator, Sequence

from c4l.actions.clients import ClientList, ClientPage
from c4l.domain.clients import Client, Fact, KeyDate
from c4l.render.interactions import record_data
from c4l.render.records import cell, day

OneClient = ClientPage | Client
"""A page that was asked for, or the client that a command changed."""


def client_of(result: OneClient) -> Client:
    """The client that an answer is about."""
    return result.client if isinstance(result, ClientPage) else result


def client_data(result: OneClient) -> dict[str, object]:
    """A client, and the last few interactions; those are null where nobody asked for the page."""
    recent = [record_data(each) for each in result.recent] if isinstance(result, ClientPage) else None
    return {**_client(client_of(result)), "recent": recent}


def clients_data(result: ClientList) -> list[dict[str, object]]:
    """Each client, whole."""
    return [_client(client) for client in result.clients]


def client_lines(result: OneClient) -> Iterator[Sequence[str]]:
    """A line for each thing that is known."""
    client = client_of(result)
    for label, value in _known(client):
        if value is not None:
            yield label, str(value)
    for fact in client.facts:
        reached = () if fact.reached_on is None else (fact.reached_on.isoformat(), cell(fact.outcome))
        yield "fact", fact.kind, fact.text, fact.learned_on.isoformat(), *reached
    for each in client.key_dates:
        yield "date", each.label, f"{each.year or '-'}-{each.month:02}-{each.day:02}"
    for interaction in result.recent if isinstance(result, ClientPage) else ():
        yield (
            "interaction",
            f"i{interaction.number}",
            interaction.on.isoformat(),
            interaction.channel,
            interaction.note,
        )


def clients_lines(result: ClientList) -> Iterator[Sequence[str]]:
    """A record for each client."""
    for client in result.clients:
        yield (
            client.ref.handle,
            client.ref.name,
            client.kind,
            client.organisation or "",
            cell(client.last_interaction_on),
            ",".join(client.tags),
            "archived" if client.archived else "",
        )


def _known(client: Client) -> Iterator[tuple[str, object]]:
    yield "handle", client.ref.handle
    yield "name", client.ref.name
    yield "kind", client.kind
    yield "organisation", client.organisation
    yield "role", client.role
    for label, values in (
        ("alias", client.aliases),
        ("email", client.emails),
        ("phone", client.phones),
        ("tag", client.tags),
    ):
        yield from ((label, value) for value in values)
    yield "since", client.since
    yield "last", client.last_interaction_on
    yield "next", client.next_on
    yield "cadence", client.cadence_days
    yield "snoozed", client.snoozed_until
    yield "own_view", client.own_view
    yield "stake", client.stake
    yield "value", client.value
    yield "archived", "archived" if client.archived else None


def _client(client: Client) -> dict[str, object]:
    return {
        "handle": client.ref.handle,
        "name": client.ref.name,
        "kind": client.kind.value,
        "organisation": client.organisation,
        "role": client.role,
        "aliases": list(client.aliases),
        "emails": list(client.emails),
        "phones": list(client.phones),
        "tags": list(client.tags),
        "cadence_days": client.cadence_days,
        "archived": client.archived,
        "added_on": day(client.added_on),
        "since": day(client.since),
        "last_interaction_on": day(client.last_interaction_on),
        "next_on": day(client.next_on),
        "snoozed_until": day(client.snoozed_until),
        "own_view": None if client.own_view is None else client.own_view.value,
        "stake": None if client.stake is None else client.stake.value,
        "value": client.value,
        "facts": [_fact(fact) for fact in client.facts],
        "key_dates": [_key_date(each) for each in client.key_dates],
    }


def _fact(fact: Fact) -> dict[str, object]:
    return {
        "kind": fact.kind.value,
        "text": fact.text,
        "learned_on": day(fact.learned_on),
        "reached_on": day(fact.reached_on),
        "outcome": fact.outcome,
        "interaction": fact.interaction,
    }


def _key_date(each: KeyDate) -> dict[str, object]:
    return {"label": each.label, "month": each.month, "day": each.day, "year": each.year}
