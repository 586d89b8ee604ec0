"""Going through promises one at a time: each as it stands at this moment, with what was last heard of its client."""

from datetime import date
from typing import NamedTuple

from c4l.actions.promises import PromiseView, view
from c4l.domain.clients import Interaction
from c4l.store import interactions, promises
from c4l.store.store import Store


class Step(NamedTuple):
    """A promise to be decided on.

    Attributes:
        last: the last interaction with its client.
    """

    view: PromiseView
    last: Interaction | None


def find_step(store: Store, number: int, today: date) -> Step | None:
    """An open promise and the last interaction with its client; None where it has ended meanwhile, or is gone."""
    with store.reading() as tx:
        found = promises.listed(tx, {"numbers": [number], "open": None})
        if not found:
            return None
        last = interactions.recent(tx, found[0].client.id, today, 1)
    return Step(view(found[0], today), last[0] if last else None)
