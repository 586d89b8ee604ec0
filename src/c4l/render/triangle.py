"""The triangle and the reasons behind a place in it, as JSON and as plain lines.

Plain columns of `triangle`: tier, handle, name, your own view, signs of trust seen (0 to 5). Lines of `why` begin with
what they hold: `placement` (tier, handle, name, your own view, day, day it lapses, day it rises), then for each
criterion a `finding` (criterion, tier, `met`, `unmet` or `unknown`, measured, needed, day it lapses, idea) and its
`evidence` (criterion, kind, number, day, what, channel, text), and for each other client on whom the answer turns an
`others` (criterion, handle, name, yearly value or minutes).
"""

from collections.abc import Iterator, Sequence

from c4l.actions.triangle import TriangleView, Why
from c4l.domain.criteria import CRITERIA
from c4l.domain.placement import Exhibit, Finding
from c4l.domain.signals import TRUST
from c4l.domain.terms import ClientRef, Tier
from c4l.render.compared import compared_cells, compared_data
from c4l.render.records import cell, client_ref, day

IDEAS = {criterion.name: criterion.idea for criterion in CRITERIA}
"""What each criterion says about a client, completing "the client ..."."""

_MET = {True: "met", False: "unmet", None: "unknown"}


def triangle_data(result: TriangleView) -> dict[str, object]:
    """Everybody's place, and when they lose it or rise if nothing more happens."""
    return {
        "as_of": day(result.as_of),
        "counts": {
            **{tier.value: result.counts.get(tier, 0) for tier in reversed(Tier)},
            "uncontacted": result.uncontacted,
        },
        "placements": [
            {
                "client": client_ref(placed.client),
                "tier": placed.tier.value,
                "own_view": None if placed.glance.own_view is None else placed.glance.own_view.value,
                **_changes(result, placed.client),
                "shows": list(placed.shows),
            }
            for placed in result.placed
        ],
    }


def _changes(result: TriangleView, client: ClientRef) -> dict[str, object]:
    change = result.changes.get(client.id)
    return {
        "lapses_on": None if change is None else day(change.lapses_on),
        "rises_on": None if change is None else day(change.rises_on),
    }


def triangle_lines(result: TriangleView) -> Sequence[Sequence[str]]:
    """A record for each client that matches."""
    # Ten thousand rows are written here: one pass, and nothing called that a set operation can answer.
    trust = frozenset(TRUST)
    digits = [str(count) for count in range(len(trust) + 1)]
    return [
        (
            placed.tier,
            placed.client.handle,
            placed.client.name,
            placed.glance.own_view or "",
            digits[len(placed.glance.shown & trust)],
        )
        for placed in result.placed
    ]


def why_data(result: Why) -> dict[str, object]:
    """A client's place with every finding and the records behind it."""
    from c4l.render.lapses import fall_data

    placement = result.placement
    return {
        "client": client_ref(placement.client),
        "as_of": day(result.as_of),
        "tier": placement.tier.value,
        "own_view": None if placement.own_view is None else placement.own_view.value,
        "lapses_on": day(placement.lapses_on),
        "rises_on": day(placement.rises_on),
        "fall": None if result.fall is None else fall_data(result.fall),
        "findings": [_finding(finding, result) for finding in placement.findings],
    }


def why_lines(result: Why) -> Iterator[Sequence[str]]:
    """A line for the place, for each finding, and for each record behind it."""
    placement = result.placement
    client = placement.client
    yield (
        "placement",
        placement.tier,
        client.handle,
        client.name,
        cell(placement.own_view),
        result.as_of.isoformat(),
        cell(placement.lapses_on),
        cell(placement.rises_on),
    )
    for finding in placement.findings:
        yield (
            "finding",
            finding.criterion,
            finding.tier,
            _MET[finding.met],
            finding.measured,
            finding.needed or "",
            cell(finding.lapses_on),
            IDEAS[finding.criterion],
        )
        for exhibit in finding.evidence:
            yield (
                "evidence",
                finding.criterion,
                exhibit.kind,
                number(exhibit),
                exhibit.on.isoformat(),
                exhibit.what,
                exhibit.via,
                exhibit.text,
            )
        if finding.criterion in result.others:
            for cells in compared_cells(result.others[finding.criterion]):
                yield "others", finding.criterion, *cells


def number(exhibit: Exhibit) -> str:
    """The number as it is printed and typed: `14` of a promise, `i88` of an interaction; empty where there is none."""
    if exhibit.number is None:
        return ""
    return f"i{exhibit.number}" if exhibit.kind == "interaction" else str(exhibit.number)


def _finding(finding: Finding, result: Why) -> dict[str, object]:
    return {
        "criterion": finding.criterion,
        "tier": finding.tier.value,
        "idea": IDEAS[finding.criterion],
        "met": finding.met,
        "measured": finding.measured,
        "needed": finding.needed,
        "lapses_on": day(finding.lapses_on),
        "evidence": [
            {
                "kind": exhibit.kind,
                "number": exhibit.number,
                "on": day(exhibit.on),
                "what": str(exhibit.what),
                "via": exhibit.via or None,
                "text": exhibit.text or None,
            }
            for exhibit in finding.evidence
        ],
        "others": compared_data(result.others.get(finding.criterion)),
    }
