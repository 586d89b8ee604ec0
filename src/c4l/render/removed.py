"""What was removed, as JSON and as plain lines, and in the words of the question that goes before it.

Plain lines begin with what they hold: `promise` (the columns of `promises`), `interaction`, `signal` and `fact` as
`show` has them, `staying` (the number of a promise that was made in a removed interaction).
"""

from collections.abc import Iterator, Sequence

from c4l.actions.mending import Removal
from c4l.domain.clients import Interaction
from c4l.domain.terms import Party, State
from c4l.render.interactions import record_data, record_lines
from c4l.render.promises import promise_data, promises_lines


def removed_data(result: Removal) -> dict[str, object]:
    """Everything as it was before, whole; promises that stay, by number."""
    return {
        "promises": [promise_data(view) for view in result.promises],
        "interactions": [record_data(each) for each in result.interactions],
        "staying": [view.promise.number for view in result.staying],
        "dry_run": result.rehearsed,
    }


def removed_lines(result: Removal) -> Iterator[Sequence[str]]:
    """A line for each thing that goes, and for each promise that stays."""
    for cells in promises_lines(result.promises):
        yield "promise", *cells
    for each in result.interactions:
        yield from record_lines(each)
    for view in result.staying:
        yield "staying", str(view.promise.number)


def told(result: Removal) -> Iterator[tuple[str, str]]:
    """Each thing that goes, and each promise that stays, as its number and what there is to say of it."""
    from c4l.domain.dates import long

    for view in result.promises:
        promise = view.promise
        name, still = promise.client.name, view.standing.state is State.open
        owed = (
            f"you owe{'' if still else 'd'} {name}"
            if promise.by is Party.me
            else f"{name} owe{'s' if still else 'd'} you"
        )
        yield str(promise.number), f"{promise.what} · {owed} · {view.standing.state}"
    for each in result.interactions:
        names = ", ".join(client.name for client in each.clients)
        yield f"i{each.number}", f"{each.channel} with {names} · {long(each.on)} · {each.note}{_and_more(each)}"
    for view in result.staying:
        yield str(view.promise.number), f"{view.promise.what} · stays, without the interaction it was made in"


def _and_more(interaction: Interaction) -> str:
    count = len(interaction.signals)
    signals = "" if not count else "1 signal" if count == 1 else f"{count} signals"
    learned = "what was learned" if interaction.facts else ""
    more = " and ".join(filter(None, (signals, learned)))
    return f" · with {more}" if more else ""
