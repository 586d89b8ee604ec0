"""The triangle on a terminal: the drawing, and what would move each one up."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text

from c4l.actions.triangle import Placed, TriangleView
from c4l.domain.criteria import KEY, LIFE
from c4l.domain.dates import duration, long, short
from c4l.domain.signals import TRUST
from c4l.domain.terms import Tier
from c4l.render.lapses import lapsing
from c4l.render.screens.parts import (
    BLANK,
    LATE,
    LOUD,
    NAME,
    QUIET,
    TIER_STYLES,
    Column,
    Grid,
    Line,
    Page,
    help_line,
    joined,
    text,
    tier_word,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from c4l.domain.lapses import Fall

RISING = 5
"""So many of the base, nearest to rising, stand in the table where neither it nor a number was asked for."""

_HEADINGS = {Tier.life: "Clients for life", Tier.key: "Key clients", Tier.base: "Client base"}
PLACES = {Tier.life: "a client for life", Tier.key: "a key client", Tier.base: "in the client base"}
_LEVEL_ROWS = 3
_INDENT = 2
_TEXT_AT = 28
_ROOM_FOR_DRAWING = 58
_COLUMNS = (
    Column("client", least=12, most=NAME),
    Column("tier"),
    Column("shows"),
    Column("promises"),
    Column("last", right=True),
)
_NEXT = 18


def triangle_screen(result: TriangleView, width: int) -> "RenderableType":
    """Everybody's place, drawn and told."""
    page = Page(width)
    if result.as_of != result.today:
        page.add(Line(text("The triangle", LOUD), right=text(f"as of {long(result.as_of)}", LOUD)), BLANK)
    if not any(result.counts.values()):
        page.add(*_nobody(result))
        return page
    levels = [_level(tier, result) for tier in reversed(Tier)]
    page.add(*(_drawing(levels, width) if width >= _ROOM_FOR_DRAWING else _list(levels, width)))
    shown = _shown(result)
    if shown:
        page.add(BLANK, Grid(_columns(shown), [_row(each, result) for each in shown]))
    page.add(*_left_out(shown, result), *_nobody_there(result))
    return page


def _nobody(result: TriangleView) -> Iterator[Line]:
    if result.as_of != result.today:
        yield Line(text("Nobody had been contacted by then."))
    elif result.uncontacted:
        known = f"{result.uncontacted} clients are known" if result.uncontacted > 1 else "One client is known"
        yield from (Line(text(f"{known}, and nobody has been contacted yet.")), BLANK)
        yield help_line("After the next call:", "c4l log WHO NOTE")
    else:
        yield from (Line(text("Nobody is here yet.")), BLANK)
        yield help_line("Begin with a call you had:", 'c4l log "Jane Doe" "asked about prices" --new')


def _nobody_there(result: TriangleView) -> Iterator[Line]:
    """For a tier that was asked for and is empty: what would bring somebody there."""
    tier = result.tier
    if tier is None or result.counts.get(tier, 0):
        return
    when = "yet" if result.as_of == result.today else "then"
    yield BLANK
    if tier is Tier.base:
        yield Line(text(f"Nobody is {PLACES[tier]} {when}."))
        return
    needed, of_the_tier = (len(LIFE), LIFE) if tier is Tier.life else (result.thresholds.key_needed, KEY)
    share = "all" if needed == len(of_the_tier) else str(needed)
    names = ", ".join(criterion.name for criterion in of_the_tier)
    prose = f"Nobody is {PLACES[tier]} {when}: that takes {share} of {names}. What somebody lacks:"
    yield help_line(prose, "c4l why WHO")


class Level(NamedTuple):
    """What is said beside one level of the triangle."""

    tier: Tier
    size: int
    names: Sequence[str]
    more: int
    remark: str = ""


def _level(tier: Tier, result: TriangleView) -> Level:
    count = result.counts.get(tier, 0)
    if tier is Tier.base:
        remark = f"and {result.uncontacted} never contacted" if result.uncontacted else ""
        return Level(tier, count, (), 0, remark)
    names = [_until(each, result) for each in result.placed if each.tier is tier]
    return Level(tier, count, names, count - len(names))


def _until(each: Placed, result: TriangleView) -> str:
    """A name, with the day up to which they stand there where that is near."""
    fall = result.falls.get(each.client.id)
    if fall is None or fall.in_time:
        return each.client.name
    return f"{each.client.name} (until {_day(fall.on, result.as_of)})"


def _day(on: date, today: date) -> str:
    """A day of some weeks ahead, without its weekday: "12 Jan"."""
    return short(on, today)[len("Mon ") :]


# The drawing.


def _drawing(levels: Sequence[Level], width: int) -> Iterator[Line]:
    """A triangle of three levels, each with its count inside and what is said of it beside it."""
    height = _LEVEL_ROWS * len(levels)
    beside = chain([Text()], *(_beside(level, width - _TEXT_AT - 2) for level in levels))
    for row, said in zip(range(height + 1), beside, strict=True):
        level = levels[max(0, row - 1) // _LEVEL_ROWS]
        inside = " " * (2 * row)
        match row % _LEVEL_ROWS:
            case 0 if row:
                inside = "─" * (2 * row)
            case 2:
                size = str(level.size)
                inside = f"{size:^{2 * row}}" if len(size) <= 2 * row else inside
        side = TIER_STYLES[level.tier]
        lead = Text(" " * (_INDENT + height - row)).append(f"╱{inside}╲", side)
        lead.append(" " * (_TEXT_AT - lead.cell_len))
        yield Line(said, lead=lead)


def _beside(level: Level, room: int) -> Iterator[Text]:
    """What stands beside the rows of one level: its heading, then names as far as they go."""
    yield _heading(level)
    yield from _named(level, room, _LEVEL_ROWS - 1)


def _heading(level: Level) -> Text:
    return text(f"{_HEADINGS[level.tier]:<18}", LOUD).append_text(text(f"{level.size:>5}", TIER_STYLES[level.tier]))


def _named(level: Level, room: int, lines: int) -> Iterator[Text]:
    """So many lines of names, none of them parted; of those that find no room, how many there are."""
    rows = [text(level.remark, QUIET)]
    left = list(map(text, level.names))
    while left:
        more = level.more + len(left) - 1
        after = f" · {more} more" if more else ""
        between = " · " if rows[-1] else ""
        here = rows[-1].cell_len + len(between) + left[0].cell_len
        last = len(rows) == lines
        if here + (len(after) if last else len(" ·")) <= room:
            rows[-1] = rows[-1].append(between).append_text(left.pop(0))
        elif last or not rows[-1]:
            break
        else:
            rows[-1].append(" ·")
            rows.append(text(""))
    more = level.more + len(left)
    if more and len(left) < len(level.names):
        rows[-1].append(f"{' · ' if rows[-1] else ''}{more} more", QUIET)
    yield from rows
    yield from (text("") for _ in range(lines - len(rows)))


def _list(levels: Sequence[Level], width: int) -> Iterator[Line]:
    """The same where there is no room to draw: a paragraph for each level."""
    for level in levels:
        yield Line(_heading(level))
        yield from (Line(said, lead=text("  ")) for said in _named(level, width - 4, _LEVEL_ROWS) if said)


# The table.


def _shown(result: TriangleView) -> list[Placed]:
    """Those whom the table tells about: of the base only the nearest to rising, unless more were asked for."""
    base = [each for each in result.detailed if each.tier is Tier.base]
    above = [each for each in result.detailed if each.tier is not Tier.base]
    return above + (base if result.tier is Tier.base or result.limit_given else base[:RISING])


def _columns(shown: Sequence[Placed]) -> Sequence[Column]:
    """The last is as wide as the longest handle in it at least: commands are copied."""
    handles = (cell_len(each.client.handle) for each in shown if _seen_elsewhere(each))
    return *_COLUMNS, Column("next", least=max(_NEXT, *handles, 0))


def _row(each: Placed, result: TriangleView) -> Sequence[Text]:
    shown, depth = len(each.shows), each.depth
    signs = text("●" * shown, TIER_STYLES[each.tier]).append("○" * (len(TRUST) - shown), QUIET)
    promises, last = "", ""
    if depth is not None:
        promises = f"{depth.counted - depth.missed} of {depth.counted}" if depth.counted else ""
        silence = (result.as_of - depth.last_on).days if depth.last_on else None
        last = "" if silence is None else duration(silence) if silence else "today"
    return text(each.client.name), tier_word(each.tier), signs, text(promises), text(last), _next(each, result)


def _next(each: Placed, result: TriangleView) -> Text:
    """What lapses soon and what would move them up; where you see them elsewhere than the evidence, the way to it."""
    if _seen_elsewhere(each):
        return text(f"you say {each.glance.own_view}: c4l why {each.client.handle}")
    soon = _soon(result.falls.get(each.client.id), result.as_of)
    return joined((soon, text(", ".join(each.missing))), ", ") or text("—", QUIET)


def _soon(fall: "Fall | None", as_of: date) -> Text:
    """What lapses soon; of a promise that is not late yet, that it is to be kept."""
    if fall is None:
        return Text()
    if fall.in_time:
        return text(", ".join(f"keep {act.promise} by {_day(act.on, as_of)}" for act in fall.holds))
    return text(f"{lapsing(fall)} {_day(fall.on, as_of)}", LATE)


def _seen_elsewhere(each: Placed) -> bool:
    return each.glance.own_view not in (None, each.tier)


def _left_out(shown: Sequence[Placed], result: TriangleView) -> Iterator[Line]:
    """How many of each tier the table does not tell about, and how to see them."""
    wanted = [result.tier] if result.tier else list(reversed(Tier))
    missing = {tier: result.counts.get(tier, 0) - sum(each.tier is tier for each in shown) for tier in wanted}
    left = [tier for tier in wanted if missing[tier]]
    if left:
        told = ", ".join(f"{missing[tier]} {'in the base' if tier is Tier.base else tier}" for tier in left)
        one = left[0] if len(left) == 1 else "TIER"
        then = "" if result.as_of == result.today else f" --as-of {result.as_of.isoformat()}"
        yield Line(text(f"and {told}: c4l triangle{then} --tier {one} --limit 0", QUIET))
