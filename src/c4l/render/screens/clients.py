"""Clients on a terminal: the page about one, and the list."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.clients import ClientList, ClientPage
from c4l.domain.anniversaries import coming
from c4l.domain.clients import Client, Fact, Interaction, KeyDate
from c4l.domain.dates import ago, duration, in_words, long, short
from c4l.domain.terms import FactKind
from c4l.render.clients import OneClient, client_of
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

if TYPE_CHECKING:
    from rich.console import RenderableType

_LIST = (
    Column("client", least=10, most=NAME),
    # Whole, because it is copied.
    Column("handle", usual=24),
    Column("kind", least=8),
    Column("organisation", least=12),
    Column("last", right=True),
    Column("tags", least=7),
)
_KNOWN = (Column(least=12), Column(least=20))
_RECENT = (Column(), Column(), Column(), Column(least=20))


def client_screen(result: OneClient, width: int) -> "RenderableType":
    """Who they are, what they are trying to achieve, what matters to them, and the last that happened."""
    client = client_of(result)
    today = result.today if isinstance(result, ClientPage) else None
    page = Page(width)
    heading = text(client.ref.name, LOUD).append_text(text("  archived" if client.archived else "", LATE))
    page.add(Line(heading, right=text(client.ref.handle, QUIET)))
    page.add(Line(joined((text(_what_they_are(client)), text(client.organisation or "")))))
    known = [(text(label, QUIET), value) for label, value in _known(client, today) if value]
    if known:
        page.add(BLANK, Grid(_KNOWN, known))
    facts = list(_facts(client, today))
    if facts:
        page.add(BLANK, Grid(_KNOWN, facts))
    if isinstance(result, ClientPage) and result.recent:
        page.add(BLANK, Line(text("last interactions", LOUD)))
        page.add(Grid(_RECENT, [_interaction(each, result.today) for each in result.recent]))
    return page


def clients_screen(result: ClientList, width: int) -> "RenderableType":
    """Clients by name, a row each."""
    page = Page(width)
    if not result.clients:
        page.add(_nobody(result.others))
        return page
    count = len(result.clients) + result.more
    page.add(Line(text("Clients", LOUD).append(f" · {count}"), right=text(long(result.today), QUIET)))
    page.add(BLANK, Grid(_LIST, [_row(client, result.today) for client in result.clients]))
    if result.more:
        page.add(more_line(result.more))
    return page


def _nobody(others: int) -> Line:
    if not others:
        return help_line("No client is here to be shown. To add one:", 'c4l client add "Jane Doe"')
    here = f"{others} clients are" if others > 1 else "One client is"
    return help_line(f"No client matches. {here} here:", "c4l client list")


def _row(client: Client, today: date) -> Sequence[Text]:
    last = client.last_interaction_on
    return (
        text(client.ref.name),
        text(client.ref.handle, QUIET),
        text(f"{client.kind}, archived" if client.archived else client.kind),
        text(client.organisation or ""),
        text((duration((today - last).days) or "today") if last else ""),
        text(", ".join(client.tags)),
    )


def _what_they_are(client: Client) -> str:
    return f"{client.kind}, {client.role}" if client.role else client.kind


def _known(client: Client, today: date | None) -> Iterator[tuple[str, Text]]:
    yield "also known as", text(", ".join(client.aliases))
    yield "e-mail", text(", ".join(client.emails))
    yield "phone", text(", ".join(client.phones))
    yield "tags", text(", ".join(client.tags))
    yield "since", _day(client.since, today)
    yield "last contact", _day(client.last_interaction_on, today)
    yield "next contact", _day(client.next_on, today)
    yield "cadence", text(f"every {in_words(client.cadence_days)}" if client.cadence_days else "")
    yield "snoozed until", _day(client.snoozed_until, today)
    yield "you say", _own_words(client)
    for each in client.key_dates:
        yield each.label, text(_key_date(each, today))


def _own_words(client: Client) -> Text:
    """What you stated within a year: where they stand, what is at stake, what they are worth."""
    stake = f"{client.stake} stake" if client.stake else ""
    value = "" if client.value is None else f"{client.value:,} a year"
    return joined((tier_word(client.own_view) if client.own_view else Text(), text(stake), text(value)))


def _day(day: date | None, today: date | None) -> Text:
    if day is None:
        return Text()
    return text(long(day) if today is None else f"{long(day)}, {ago(day, today)}")


def _key_date(each: KeyDate, today: date | None) -> str:
    """The next time that it comes round, where it is known which day that is, and how many years it will be."""
    if today is None:
        # The weekday and the year of any leap year, which are left out.
        _, day, month, _ = long(date(2000, each.month, each.day)).split()
        return f"{day} {month} {each.year or ''}".rstrip()
    _, on, count = coming(each, today)
    years = "" if count is None else f", {count} years"
    return f"{long(on)}, {ago(on, today)}{years}"


def _facts(client: Client, today: date | None) -> Iterator[Sequence[Text]]:
    """What is worth remembering, by kind, goals first; the kind is named once."""
    for kind in FactKind:
        label = str(kind)
        for fact in client.facts:
            if fact.kind is kind:
                yield text(label, QUIET), _fact(fact, today)
                label = ""


def _fact(fact: Fact, today: date | None) -> Text:
    told = text(fact.text)
    if fact.reached_on is not None:
        outcome = f": {fact.outcome}" if fact.outcome else ""
        told.append_text(text(f", reached {_short(fact.reached_on, today)}{outcome}", GOOD))
    learned = f"i{fact.interaction}, " if fact.interaction is not None else ""
    return told.append_text(text(f" ({learned}{_short(fact.learned_on, today)})", QUIET))


def _short(day: date, today: date | None) -> str:
    return long(day) if today is None else short(day, today)


def _interaction(each: Interaction, today: date) -> Sequence[Text]:
    return text(f"i{each.number}"), text(short(each.on, today)), text(each.channel), text(each.note)
