"""What was found, as JSON and as plain lines.

Plain columns: kind, number (`14` of a promise, `i88` of an interaction; empty where it belongs to none), day, handles,
what (the channel, the signal, `promise`, what happened to it, the kind of fact, `name` or `alias`), text.
"""

from collections.abc import Iterator, Sequence

from c4l.actions.search import Found
from c4l.domain.search import Hit, Sought, marked
from c4l.render.records import cell, client_ref, day


def number(hit: Hit) -> str:
    """The number as it is printed and typed: `14` of a promise, `i88` of an interaction; empty where there is none."""
    if hit.number is None:
        return ""
    return str(hit.number) if hit.kind is Sought.promise else f"i{hit.number}"


def search_data(result: Found) -> dict[str, object]:
    """Every text that was found, whole; `matched` are the words in it as they are written there."""
    return {
        "words": result.words,
        "kind": None if result.kind is None else result.kind.value,
        "since": day(result.since),
        "total": result.total,
        "hits": [
            {
                "kind": hit.kind.value,
                "number": hit.number,
                "on": day(hit.on),
                "clients": [client_ref(client) for client in hit.clients],
                "what": hit.what,
                "text": hit.text,
                "matched": [piece.text for piece in marked(hit.text, result.wanted) if piece.found],
            }
            for hit in result.hits
        ],
    }


def search_lines(result: Found) -> Iterator[Sequence[str]]:
    """A record for each text that was found."""
    for hit in result.hits:
        handles = ",".join(client.handle for client in hit.clients)
        yield hit.kind, number(hit), cell(hit.on), handles, hit.what, hit.text
