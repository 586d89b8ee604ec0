"""A brief before a call on a terminal: everything about a client on one screen, how to begin at the top."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.brief import Brief, Shown
from c4l.actions.promises import PromiseView
from c4l.domain.clients import Client, Interaction
from c4l.domain.dates import ago, in_words, long, short
from c4l.domain.terms import FactKind, Tier
from c4l.render.screens.parts import (
    BLANK,
    GOOD,
    LATE,
    LOUD,
    QUIET,
    Column,
    Grid,
    Line,
    Page,
    joined,
    text,
    tier_word,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

_COLUMNS = (Column(least=10), Column(least=20))
"""What something is, once for all that is of its kind, and what there is to say of it."""

DATES = 3
"""So many key dates, the next ones: the others are far."""


def brief_screen(result: Brief, width: int) -> "RenderableType":
    """Who they are, how to begin, what is owed, what matters to them, and what was last said."""
    client = result.client
    page = Page(width)
    name = text(client.ref.name, LOUD).append_text(text("  archived" if client.archived else "", LATE))
    page.add(Line(name, right=text(long(result.today), QUIET)), Line(_who(client)), Line(_place(result)))
    rows: list[Sequence[Text] | Line] = []
    for part in (_begin(result), _owed(result), _known(client), _trust(result), _said(result)):
        rows += _named_once(part)
    # One grid for all parts, so that the eye runs down the same two columns.
    page.add(Grid(_COLUMNS, rows))
    return page


def _named_once(part: Iterable[tuple[str, Text]]) -> Iterator[Sequence[Text] | Line]:
    """The rows of a part below a blank line, each label once; nothing where there are none."""
    before = None
    for label, told in part:
        if before is None:
            yield BLANK
        yield text("" if label == before else label, QUIET), told
        before = label


def _who(client: Client) -> Text:
    reached = (*client.phones[:1], *client.emails[:1])
    return joined(map(text, filter(None, (client.kind, client.role, client.organisation, *client.tags, *reached))))


def _place(result: Brief) -> Text:
    """The tier, what is missing for the next, and how long nobody was in touch."""
    client, today = result.client, result.today
    last = client.last_interaction_on
    silence = "never contacted" if last is None else f"last contact {ago(last, today)}"
    if result.tier is None:
        return text(silence)
    upwards = {Tier.base: "to rise", Tier.key: "for life", Tier.life: ""}[result.tier]
    needed = text(f"{upwards}: {', '.join(result.missing)}" if result.missing else "")
    return joined((tier_word(result.tier), needed, text(silence)))


def _begin(result: Brief) -> Iterator[tuple[str, Text]]:
    for place, opening in enumerate(result.openings):
        number = f" ({opening.promise})" if opening.promise is not None else ""
        yield "begin", text(opening.text, "" if place else LOUD).append_text(text(number, QUIET))


def _owed(result: Brief) -> Iterator[tuple[str, Text]]:
    for label, views in (("you owe", result.mine), ("they owe", result.theirs)):
        yield from ((label, _promise(view)) for view in views)


def _promise(view: PromiseView) -> Text:
    number = text(f"{view.promise.number}  ", QUIET)
    return number.append_text(joined((text(view.promise.what), _due(view)), ", "))


def _due(view: PromiseView) -> Text:
    due = view.standing.due_on
    if due is None:
        return text("no due day", QUIET)
    if view.overdue:
        return text(f"{in_words(view.days_late or 0)} late", LATE)
    return text(f"due {short(due, view.today)}, {ago(due, view.today)}")


def _known(client: Client) -> Iterator[tuple[str, Text]]:
    """What is worth remembering: goals first, with those that were reached."""
    for kind in FactKind:
        for fact in client.facts:
            if fact.kind is kind:
                outcome = f", {fact.outcome}" if fact.outcome else ""
                reached = text(f"  reached{outcome}", GOOD) if fact.reached_on else Text()
                yield str(kind), text(fact.text).append_text(reached)


def _trust(result: Brief) -> Iterator[tuple[str, Text]]:
    """What either side gave within the year, and the key dates that are next."""
    for label, signals in (("they gave", result.shown), ("you gave", result.given)):
        if signals:
            yield label, joined(_signal(each, result.today) for each in signals)
    for each in result.dates[:DATES]:
        years = f", {each.years} years" if each.years is not None else ""
        yield "dates", text(f"{each.label}{years}, {short(each.on, result.today)}, {ago(each.on, result.today)}")


def _signal(each: Shown, today: date) -> Text:
    times = f" {each.times} times" if each.times > 1 else ""
    return text(f"{each.signal}{times}").append_text(text(f" {short(each.last_on, today)[4:]}", QUIET))


def _said(result: Brief) -> Iterator[tuple[str, Text]]:
    yield from (("last", _interaction(each, result.today)) for each in result.recent)


def _interaction(each: Interaction, today: date) -> Text:
    return text(f"i{each.number}, {each.channel} {short(each.on, today)}: ", QUIET).append_text(text(each.note.strip()))
