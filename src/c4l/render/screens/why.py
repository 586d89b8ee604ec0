"""The reasons behind one place, on a terminal: what was measured, what is needed, and the records."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from c4l.actions.triangle import Why
from c4l.domain.acts import Act
from c4l.domain.compared import Compared
from c4l.domain.dates import long, short, to_come
from c4l.domain.placement import Exhibit, Finding
from c4l.domain.promises import Outcome
from c4l.domain.terms import Tier
from c4l.render.compared import compared_words
from c4l.render.lapses import to_be_kept, why_it_lapses
from c4l.render.screens.parts import (
    BLANK,
    GOOD,
    LATE,
    LOUD,
    QUIET,
    TIER_STYLES,
    Column,
    Grid,
    Line,
    Page,
    text,
)
from c4l.render.screens.triangle import PLACES
from c4l.render.triangle import IDEAS, number

if TYPE_CHECKING:
    from rich.console import RenderableType

TOLD = 8
"""So many records stand below a criterion: a year of calls would bury the reasons that they are."""

_MARKS = {True: ("✓", GOOD), False: ("✗", LATE), None: ("?", LOUD)}
_HONOURED = frozenset(outcome for outcome in Outcome if outcome.honoured)
_INDENTED = " " * 4
_EVIDENCE = (Column(least=12), Column(), Column(), Column(least=20))


def why_screen(result: Why, width: int) -> "RenderableType":
    """A client's place with every reason: what was measured, what is needed, and the records behind it."""
    page = Page(width)
    page.add(Line(_headline(result)), *_fall(result))
    rows: list[Sequence[Text] | Line] = []
    for tier in (Tier.life, Tier.key):
        findings = [finding for finding in result.placement.findings if finding.tier is tier]
        met = sum(finding.met is True for finding in findings)
        rows.append(BLANK)
        rows.append(Line(text(f"for {tier}", LOUD).append_text(text(f"  {met} of {len(findings)} met", QUIET))))
        for finding in findings:
            rows += _finding(finding, result)
    page.add(Grid(_EVIDENCE, rows, indent=len(_INDENTED)))
    return page


def _headline(result: Why) -> Text:
    placement, tense = result.placement, _tense(result)
    told = text("" if tense is _NOW else f"On {long(result.as_of)}, ")
    told.append_text(text(placement.client.name, LOUD)).append(f" {tense.stands} ")
    told.append_text(text(PLACES[placement.tier], TIER_STYLES[placement.tier]))
    if result.fall is not None:
        fall = result.fall
        if_not = f"unless you {to_be_kept(fall)}" if fall.in_time and tense is not _THEN else tense.if_not
        told.append_text(text(f"{tense.until} {long(fall.on)}")).append(f" {if_not}; then {PLACES[fall.tier]}")
    told.append(".")
    if placement.rises_on is not None:
        told.append_text(text(f" Time alone {tense.rises} {long(placement.rises_on)}."))
    if placement.own_view is not None and placement.own_view is not placement.tier:
        told.append_text(text(f" You say {placement.own_view}."))
    return told


class _Tense(NamedTuple):
    """The words for a day that is today, is over, or is still to come."""

    stands: str
    until: str
    if_not: str
    rises: str


_NOW = _Tense("is", ", until", "if nothing more happens", "lifts them on")
_THEN = _Tense("was", ", and stood to fall on", "if nothing more happened", "was to lift them on")
_TO_COME = _Tense("would be", ", until", "if nothing more happened", "would lift them on")


def _tense(result: Why) -> _Tense:
    if result.as_of == result.today:
        return _NOW
    return _THEN if result.as_of < result.today else _TO_COME


def _fall(result: Why) -> Iterator[Line]:
    """What will end it, and what would hold it, unless that is over."""
    if result.fall is None:
        return
    tense = _tense(result)
    for loss in result.fall.losses:
        ends = f"{loss.criterion} lapses: {why_it_lapses(loss, result.fall, result.as_of)}"
        yield Line(text(ends), lead=text(f"{_INDENTED}ends it   ", QUIET))
    if tense is _THEN:
        return
    for act in result.fall.holds:
        yield Line(text(act.text), lead=text(f"{_INDENTED}holds it  ", QUIET))
        if act.act is Act.state:
            yield from (Line(text(command.line), lead=text(" " * 14)) for command in act.commands)


def _finding(finding: Finding, result: Why) -> Iterator[Sequence[Text] | Line]:
    mark, style = _MARKS[finding.met]
    lead = text(f"{mark} ", style).append_text(text(f"{finding.criterion:<10}", LOUD))
    yield Line(text(IDEAS[finding.criterion], QUIET), lead=lead, right=_lapse(finding, result))
    yield Line(text(finding.measured), lead=text(_INDENTED))
    if beside := compared_words(finding.criterion, result.others.get(finding.criterion, Compared())):
        yield Line(text(beside, QUIET), lead=text(_INDENTED))
    if finding.needed:
        yield Line(text(finding.needed), lead=text(f"{_INDENTED}needs  "))
    told = _most_telling(finding.evidence)
    for exhibit in told:
        via = " ".join(filter(None, (exhibit.via or exhibit.kind, number(exhibit))))
        words = f"“{exhibit.text}”" if exhibit.text else ""
        yield text(exhibit.what), text(short(exhibit.on, result.as_of)), text(via, QUIET), text(words)
    if len(told) < len(finding.evidence):
        left = len(finding.evidence) - len(told)
        yield Line(text(f"and {left} more: --json holds them all", QUIET), lead=text(_INDENTED))


def _lapse(finding: Finding, result: Why) -> Text | None:
    """When it lapses; what costs the client their place stands out."""
    if finding.lapses_on is None:
        return None
    losses = result.fall.losses if result.fall else ()
    decides = any(loss.criterion == finding.criterion for loss in losses)
    return text(f"lapses {to_come(finding.lapses_on, result.as_of)}", LATE if decides else QUIET)


def _most_telling(evidence: Sequence[Exhibit]) -> Sequence[Exhibit]:
    """The latest records, in the order of their days; promises that were not honoured before those that were."""
    weighed = sorted(evidence, key=lambda exhibit: (exhibit.what in _HONOURED, -exhibit.on.toordinal()))
    chosen = weighed[:TOLD]
    return [exhibit for exhibit in evidence if exhibit in chosen]
