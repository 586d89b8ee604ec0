"""Who moved in the triangle on a terminal, each with the findings that changed and the records that changed them."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.moves import Moves
from c4l.domain.causes import Cause, How
from c4l.domain.dates import long, short
from c4l.domain.moves import Change, Direction, TierMove
from c4l.domain.terms import Tier
from c4l.render.compared import compared_words
from c4l.render.screens.parts import (
    BLANK,
    GOOD,
    LATE,
    LOUD,
    NAME,
    QUIET,
    Column,
    Grid,
    Line,
    Page,
    help_line,
    joined,
    more_line,
    text,
    tier_word,
)
from c4l.render.triangle import number

if TYPE_CHECKING:
    from rich.console import RenderableType

TOLD = 4
"""So many causes stand below a finding: the latest, as a year of calls would bury the others."""

_HEADINGS = {
    Direction.rose: "Rose",
    Direction.fell: "Fell",
    Direction.new: "New",
    Direction.left: "Left",
    Direction.stayed: "Stayed, with other findings",
}
_CAUSES = (
    Column(least=12),
    Column(),
    Column(),
    Column(least=16),
)
_INDENT = 4
_MARKS = {True: ("✓", GOOD), False: ("✗", LATE), None: ("?", LOUD)}


def moves_screen(result: Moves, width: int) -> "RenderableType":
    """Who rose, who fell, who is new and who left; those who stayed where they were asked for."""
    page = Page(width)
    before, after = result.before, result.after
    whom = "" if result.tier is None else f" to or from {result.tier}"
    title = text(f"Who moved{whom}", LOUD).append_text(text(f" · {_told(result)}"))
    since = long(before.on) if before.on.year != after.on.year else long(before.on)[:-5]
    page.add(Line(title, right=text(f"{since} to {long(after.on)}", QUIET)))
    if any(before.tiers.values()):
        page.add(Line(joined((_count(tier, result) for tier in reversed(Tier)), "   ")))
    elif any(after.tiers.values()):
        page.add(Line(text(f"nobody had a place in the triangle on {long(before.on)}", QUIET)))
    else:
        page.add(BLANK, Line(text(f"Nobody had a place in the triangle by {long(after.on)}.")))
        return page
    told = (*result.moved, *result.stayed)
    if told:
        page.add(Grid(_CAUSES, list(_rows(told, result)), indent=_INDENT))
    page.add(*_left_out(result))
    return page


def _told(result: Moves) -> str:
    """How many went which way."""
    ways = (way for way in Direction if way is not Direction.stayed)
    counts = [f"{result.directions[way]:,} {way}" for way in ways if result.directions[way]]
    return ", ".join(counts) or "nobody"


def _count(tier: Tier, result: Moves) -> Text:
    """How many stand there, and how many did."""
    then, now = result.before.tiers[tier], result.after.tiers[tier]
    return tier_word(tier).append_text(text(f" {now:,}" if then == now else f" {then:,} → {now:,}"))


def _rows(told: Sequence[TierMove], result: Moves) -> Iterator[Sequence[Text] | Line]:
    """A heading for each direction; below it everybody, with what changed."""
    room = min(NAME, max(text(move.client.name).cell_len for move in told))
    for way, there in groupby(told, key=lambda move: move.direction):
        yield BLANK
        yield Line(text(_HEADINGS[way], LOUD))
        before: Sequence[Change] | None = None
        for move in there:
            changes = _worth_telling(move)
            if before is not None and (before or changes):
                yield BLANK
            before = changes
            yield _who(move, room, result)
            for change in changes:
                yield from _change(change, result)


def _worth_telling(move: TierMove) -> Sequence[Change]:
    """What changed, first what took them where they are."""
    if move.direction is Direction.new and move.after is Tier.base:
        # It did not lift them.
        return ()
    return sorted(move.changes, key=lambda change: bool(change.met) is (move.direction is Direction.fell))


def _who(move: TierMove, room: int, result: Moves) -> Line:
    name = text(move.client.name)
    lead = name.append(" " * (max(0, room - name.cell_len) + 2))
    tiers = Text(" → ").join([tier_word(tier) for tier in dict.fromkeys((move.before, move.after)) if tier])
    if move.passage is not None:
        named = f" ({number(move.passage)})" if move.passage.number is not None else ""
        tiers.append_text(text(f"   {move.passage.what} {short(move.passage.on, result.after.on)}{named}", QUIET))
    return Line(tiers, lead=lead)


def _change(change: Change, result: Moves) -> Iterator[Sequence[Text] | Line]:
    mark, style = _MARKS[change.met]
    lead = text(f"  {mark} ", style).append_text(text(f"{change.criterion:<10}"))
    yield Line(text(change.measured), lead=lead)
    shown = change.causes[-TOLD:]
    if len(shown) < len(change.causes):
        yield Line(text(f"{len(change.causes) - len(shown)} earlier: --json holds them all", QUIET), _indented())
    for cause in shown:
        yield from _cause(change.criterion, cause, result)


def _cause(criterion: str, cause: Cause, result: Moves) -> Iterator[Sequence[Text] | Line]:
    exhibit = cause.exhibit
    if exhibit is None or cause.on is None:
        yield Line(text(cause.words), _indented())
        for day, others in ((result.before.on, cause.then), (result.after.on, cause.now)):
            if words := compared_words(criterion, others):
                yield Line(text(f"{short(day, result.after.on)}  {words}", QUIET), _indented())
        return
    until = result.after.on
    via = " ".join(filter(None, (exhibit.via or exhibit.kind, number(exhibit))))
    told = f"“{exhibit.text}”" if exhibit.text else ""
    if cause.how is not How.recorded:
        told = f"{cause.words} {'on' if cause.how is How.lapsed else 'as of'} {short(cause.on, until)}"
    yield text(exhibit.what), text(short(exhibit.on, until)), text(via, QUIET), text(told)


def _indented() -> Text:
    return Text(" " * _INDENT)


def _left_out(result: Moves) -> Iterator[Line]:
    """How many are not told, and how to see them."""
    moved = sum(count for way, count in result.directions.items() if way is not Direction.stayed)
    stayed = result.directions[Direction.stayed]
    more = moved - len(result.moved) + (stayed - len(result.stayed) if result.everybody else 0)
    if more:
        yield BLANK
        yield more_line(more)
    if stayed and not result.everybody:
        yield BLANK
        who = "one stayed, with another finding" if stayed == 1 else f"{stayed:,} stayed, with other findings"
        yield help_line(f"{who[0].upper()}{who[1:]}:", command(result, "--all"))


def command(result: Moves, *more: str) -> str:
    """The command line that tells of the same days."""
    words = ["c4l triangle --since", result.before.on.isoformat()]
    if result.after.on != result.today:
        words += ["--as-of", result.after.on.isoformat()]
    if result.tier is not None:
        words += ["--tier", result.tier]
    return " ".join((*words, *more))
