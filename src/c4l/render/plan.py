"""A plan as JSON and as plain lines.

Plain columns: number of the step, criterion, what to do, the command that enters it (empty where time alone helps).
"""

from collections.abc import Iterator, Sequence

from c4l.actions.plan import PlanView
from c4l.domain.acts import Act, Step
from c4l.domain.dates import long
from c4l.domain.terms import Tier
from c4l.render.records import client_ref, day

PLACES = {Tier.life: "a client for life", Tier.key: "a key client", Tier.base: "in the client base"}
"""Where somebody stands, completing "Jane is ..."."""


def plan_data(result: PlanView) -> dict[str, object]:
    """The plan with every step; when the place lapses that it leads to, or that they have, and by which criteria."""
    plan, fall = result.plan, result.fall
    return {
        "client": client_ref(plan.client),
        "as_of": day(result.today),
        "tier": plan.tier.value,
        "next_tier": None if plan.next_tier is None else plan.next_tier.value,
        "holds_on": day(plan.holds_on),
        "steps": [_step(number, step) for number, step in enumerate(plan.steps, 1)],
        "first": [
            {"kind": each.kind, "number": each.number, "text": each.text, "command": each.command}
            for each in plan.first
        ],
        "obstacles": [{"criterion": each.criterion, "measured": each.measured} for each in plan.obstacles],
        "lapses_on": None if fall is None else day(fall.on),
        "lapses": [] if fall is None else [loss.criterion for loss in fall.losses],
        "rises_on": day(result.rises_on),
    }


def plan_lines(result: PlanView) -> Iterator[Sequence[str]]:
    """A record for each step."""
    for number, step in enumerate(result.plan.steps, 1):
        yield str(number), step.criterion, step.text, step.commands[0].line if step.commands else ""


def reminders(result: PlanView) -> Iterator[str]:
    """What to put right before anything else, though it is no step."""
    return (f"First: {each.text}: {each.command}" for each in result.plan.first)


def remarks(result: PlanView) -> Iterator[str]:
    """What steps alone do not say: that there is nowhere to go, or that they do not lead there."""
    plan = result.plan
    name = plan.client.name
    if plan.next_tier is None:
        yield f"{name} is {PLACES[plan.tier]} already."
        if result.fall is not None and result.fall.losses:
            names = " and ".join(loss.criterion for loss in result.fall.losses)
            lapse = "lapses" if len(result.fall.losses) == 1 else "lapse"
            yield f"If nothing more happens, {names} {lapse} on {long(result.fall.on)}."
    elif plan.holds_on is None:
        yield f"No act of yours makes {name} {PLACES[plan.next_tier]} today. What is in the way:"
        yield from (f"  {each.criterion}: {each.measured}" for each in plan.obstacles)
    if by_time := rise(result):
        yield by_time


def rise(result: PlanView) -> str:
    """When time alone lifts them; empty where it does not, or a step says so."""
    if result.rises_on is None or any(step.act is Act.wait for step in result.plan.steps):
        return ""
    return f"Time alone lifts them on {long(result.rises_on)}."


def _step(number: int, step: Step) -> dict[str, object]:
    return {
        "number": number,
        "act": step.act.value,
        "text": step.text,
        "criterion": step.criterion,
        "on": day(step.on),
        "times": step.times,
        "why": step.why or None,
        "note": step.note or None,
        "command": step.commands[0].line if step.commands else None,
        "commands": [{"when": command.when, "line": command.line} for command in step.commands],
        "records": [{"kind": each.kind, "number": each.number} for each in step.about],
        "acceptable": step.acceptable,
        "promise": step.promise,
    }
