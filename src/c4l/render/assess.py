"""Your own views beside the evidence, as JSON and as plain lines.

Plain columns of the list: handle, name, tier by the evidence, tier as you last said, day of that, how both stand
(`agrees`, `differs`, `old`, `missing`, `withdrawn`; of one client also `unplaced`), why you said so. One client has
the same on a line that begins with `assessment`, then a line `stated` for each thing that you said, newest first: day,
part, what (`none` withdraws), why.
"""

from collections.abc import Iterator, Sequence

from c4l.actions.assess import ViewPage, Views
from c4l.domain.assessment import WITHDRAWN
from c4l.domain.own_view import OwnView, Stands
from c4l.domain.records import Part, Statement
from c4l.render.records import cell, client_ref, day


def assessments_data(result: Views) -> list[dict[str, object]]:
    """A record for each client."""
    return list(map(_view, result.views))


def assessments_lines(result: Views) -> Iterator[Sequence[str]]:
    """A record for each client."""
    return map(_cells, result.views)


def assessment_data(result: ViewPage) -> dict[str, object]:
    """Your view of one client, and all that you ever said."""
    return {**_view(result.view), "history": list(map(_statement, result.history))}


def assessment_lines(result: ViewPage) -> Iterator[Sequence[str]]:
    """A line for the view, and one for each statement."""
    yield "assessment", *_cells(result.view)
    for part, on, said, because in result.history:
        yield "stated", on.isoformat(), part, said or WITHDRAWN, cell(because)


def command(view: OwnView) -> str:
    """What states the view that is asked for, with the tier of the evidence to begin with; empty where none is."""
    return f"c4l assess {view.client.handle} --tier {view.tier or 'TIER'}" if view.pending else ""


def _cells(view: OwnView) -> Sequence[str]:
    said = view.view
    return (
        view.client.handle,
        view.client.name,
        cell(view.tier),
        "" if said is None else said.said or WITHDRAWN,
        "" if said is None else said.on.isoformat(),
        view.stands,
        "" if said is None else cell(said.because),
    )


def _view(view: OwnView) -> dict[str, object]:
    said = view.view
    stake, value = (view.said.get(part) for part in (Part.stake, Part.value))
    return {
        "client": client_ref(view.client),
        "tier": None if view.tier is None else view.tier.value,
        "own_view": said.said if said is not None and view.stands is not Stands.old else None,
        "stands": view.stands.value,
        "tier_said": None if said is None else _statement(said),
        "stake_said": None if stake is None else _statement(stake),
        "value_said": None if value is None else _statement(value),
        "command": command(view) or None,
    }


def _statement(said: Statement) -> dict[str, object]:
    return {
        "part": said.part.value,
        "on": day(said.on),
        "said": said.said,
        "because": said.because,
    }
