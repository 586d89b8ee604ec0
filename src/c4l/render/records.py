"""The shapes that several answers share under `--json`, and the words that several share as plain lines."""

from datetime import date

from c4l.domain.terms import ClientRef


def client_ref(client: ClientRef) -> dict[str, object]:
    """A client inside another record."""
    return {"handle": client.handle, "name": client.name}


def day(on: date | None) -> str | None:
    """A day as ISO writes it."""
    return None if on is None else on.isoformat()


def cell(value: object) -> str:
    """A value as plain lines hold it: empty where there is none."""
    return "" if value is None else str(value)
