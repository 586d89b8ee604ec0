"""A plan on a terminal: numbered steps, each with its reason and the command that enters it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.plan import PlanView
from c4l.domain.acts import Act, Step
from c4l.domain.dates import long
from c4l.domain.owing import Owing
from c4l.render.plan import PLACES, remarks, rise
from c4l.render.screens.parts import BLANK, GAP, LOUD, MARGIN, QUIET, Line, Page, help_line, text, tier_word

if TYPE_CHECKING:
    from rich.console import RenderableType


def plan_screen(result: PlanView, width: int) -> "RenderableType":
    """What to do, one step below the other, and from which day it will hold."""
    page, plan = Page(width), result.plan
    if plan.next_tier is None:
        page.add(*(Line(text(remark)) for remark in remarks(result)))
        page.add(*_first(plan.first, width))
        page.add(BLANK, help_line("What keeps them there:", f"c4l why {plan.client.handle}"))
        return page
    page.add(Line(_headline(result), right=text(long(result.today), QUIET)))
    page.add(*_first(plan.first, width))
    room = len(str(len(plan.steps)))
    why = ""
    for number, step in enumerate(plan.steps, 1):
        page.add(BLANK, *_step(f"{number:>{room}}  ", step, why, width))
        why = step.why
    page.add(BLANK, *_end(result))
    return page


def _headline(result: PlanView) -> Text:
    plan = result.plan
    told = text(plan.client.name, LOUD)
    if plan.next_tier is not None:
        told.append(" · from ").append_text(tier_word(plan.tier)).append(" to ").append_text(tier_word(plan.next_tier))
    return told


def _first(owing: Sequence[Owing], width: int) -> Iterator[Line]:
    """What they wait for, though no step needs it."""
    lead = text("First:  ", LOUD)
    for each in owing:
        if each is owing[0]:
            yield BLANK
        yield from _with_command(lead, f"{each.text}:", each.command, width)
        lead = Text(" " * lead.cell_len)


def _step(lead: str, step: Step, told: str, width: int) -> Iterator[Line]:
    """A step with its reason, unless that was told just before."""
    yield Line(text(step.text, LOUD), lead=text(lead, LOUD), right=text(step.criterion, QUIET))
    under = Text(" " * len(lead))
    for words in (step.why if step.why != told else "", step.note):
        if words:
            yield Line(text(words, QUIET), lead=under)
    if step.promise is not None and step.act is not Act.keep:
        yield Line(text(f"promised already: {step.promise}"), lead=under)
    for command in step.commands:
        yield from _with_command(under, f"{command.when}:", command.line, width)


def _with_command(lead: Text, words: str, command: str, width: int) -> Iterator[Line]:
    """Words and the command that they lead to, on one line where there is room."""
    said, line = text(words), text(command, LOUD)
    if lead.cell_len + said.cell_len + GAP + line.cell_len + 2 * MARGIN > width:
        # A command that is parted cannot be copied.
        yield Line(said, lead=lead)
        yield Line(line, lead=Text(" " * (lead.cell_len + GAP)))
    else:
        yield Line(said.append(" " * GAP).append_text(line), lead=lead)


def _end(result: PlanView) -> Iterator[Line]:
    """From which day it will hold, or what is in the way; and how to promise a step."""
    plan = result.plan
    if plan.holds_on is None:
        yield Line(text(next(remarks(result))))
        yield from (Line(text(each.measured), lead=text(f"  {each.criterion:<10}")) for each in plan.obstacles)
    elif plan.next_tier is not None:
        when = "" if plan.holds_on == result.today else f" from {long(plan.holds_on)} on"
        if result.fall is not None:
            when = f"{when.removesuffix(' on')} until {long(result.fall.on)}"
        done = "Then" if all(step.act is Act.wait for step in plan.steps) else "Once that is done,"
        yield Line(text(f"{done} {plan.client.name} is {PLACES[plan.next_tier]}{when}."))
    if by_time := rise(result):
        yield Line(text(by_time))
    if any(step.act is Act.invite for step in plan.steps):
        yield Line(text("A sign is theirs to give: what you do only invites it.", QUIET))
    first = next((number for number, step in enumerate(plan.steps, 1) if step.acceptable), None)
    # Of a plan that leads nowhere nobody makes a promise by the way.
    if first is not None and plan.holds_on is not None:
        yield help_line("To promise a step:", f"c4l plan {plan.client.handle} --accept {first} --by friday")
