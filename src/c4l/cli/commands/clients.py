"""Clients: `client add`, `list`, `show`, `edit`, `rename`, `archive`, `unarchive`."""

from datetime import date
from typing import Annotated, Any

import typer

from c4l.actions import clients as actions
from c4l.actions.clients import Detail
from c4l.actions.drafts import ClientDraft
from c4l.cli import who
from c4l.cli.answer import answer, for_eyes
from c4l.cli.options import Limit, Who, past_day
from c4l.cli.session import session
from c4l.domain.errors import WrongUse
from c4l.domain.terms import Kind

SHOWN = 60
EMPTY = "none"

Organisation = Annotated[str | None, typer.Option("--org", metavar="NAME", help="Where they belong.")]
Role = Annotated[str | None, typer.Option("--role", metavar="TEXT", help="What they do there.")]
OfKind = Annotated[Kind | None, typer.Option("--kind", "-k", help="What they are to you.")]
Aliases = Annotated[list[str] | None, typer.Option("--alias", metavar="NAME", help="Another name; may be repeated.")]
Emails = Annotated[list[str] | None, typer.Option("--email", metavar="ADDRESS", help="May be repeated.")]
Phones = Annotated[list[str] | None, typer.Option("--phone", metavar="NUMBER", help="May be repeated.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", metavar="WORD", help="May be repeated.")]
Cadence = Annotated[
    str | None, typer.Option("--cadence", metavar="SPAN", help="The wished-for time between interactions: 6w, 30d.")
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="When it began, if before this book: 2019, may 2020.")
]


def add(
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="Their full name.")],
    kind: OfKind = None,
    organisation: Organisation = None,
    role: Role = None,
    alias: Aliases = None,
    email: Emails = None,
    phone: Phones = None,
    tag: Tags = None,
    cadence: Cadence = None,
    since: Since = None,
    another: Annotated[bool, typer.Option("--another", help="Even if somebody of that name is there.")] = False,
) -> None:
    """Add a client: anyone you serve.

    c4l client add Jane Doe --org "Acme Finance" --since 2019
    """
    with session() as here:
        draft = ClientDraft(
            name=" ".join(name),
            kind=kind,
            organisation=organisation,
            role=role,
            aliases=tuple(alias or ()),
            emails=tuple(email or ()),
            phones=tuple(phone or ()),
            tags=tuple(tag or ()),
            cadence_days=None if cadence is None else _span(cadence),
            since=None if since is None else _since(since, here.today),
        )
        added = actions.add(here.store, draft, here.today, here.settings.thresholds, another=another)
        answer("client", added)


def list_(
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORD...]", help="Only names that hold it.")] = None,
    kind: OfKind = None,
    tag: Annotated[str | None, typer.Option("--tag", metavar="WORD", help="Only those with this tag.")] = None,
    archived: Annotated[bool, typer.Option("--archived", help="Only those archived.")] = False,
    everybody: Annotated[bool, typer.Option("--all", help="The archived ones, too.")] = False,
    limit: Limit = None,
) -> None:
    """List clients.

    c4l client list

    c4l client list --tag finance --kind customer
    """
    with session() as here:
        wanted = actions.WantedClients(
            words=" ".join(words or ()),
            kind=kind,
            tag=tag,
            archived=None if everybody else archived,
        )
        thresholds = here.settings.thresholds
        answer("clients", actions.listed(here.store, here.today, thresholds, wanted, for_eyes(limit, SHOWN)))


def show(client: Who) -> None:
    """Show all that is known of a client.

    c4l client show jane
    """
    with session() as here:
        ref = who.one(here, client)
        answer("client", actions.show(here.store, ref, here.today, here.settings.thresholds))


def edit(
    client: Who,
    kind: OfKind = None,
    organisation: Organisation = None,
    role: Role = None,
    cadence: Cadence = None,
    since: Since = None,
    alias: Aliases = None,
    email: Emails = None,
    phone: Phones = None,
    tag: Tags = None,
    no_alias: Annotated[list[str] | None, typer.Option("--no-alias", metavar="NAME", help="Take one away.")] = None,
    no_email: Annotated[list[str] | None, typer.Option("--no-email", metavar="ADDRESS", help="Take one away.")] = None,
    no_phone: Annotated[list[str] | None, typer.Option("--no-phone", metavar="NUMBER", help="Take one away.")] = None,
    no_tag: Annotated[list[str] | None, typer.Option("--no-tag", metavar="WORD", help="Take one away.")] = None,
) -> None:
    """Change what is known of a client; “none” empties a field.

    c4l client edit jane --role "head of finance" --email jane@acme.example

    c4l client edit jane --cadence none --no-tag prospect
    """
    with session() as here:
        ref = who.one(here, client)
        columns: dict[str, Any] = {}
        if kind is not None:
            columns["kind"] = kind
        for column, text in (("organisation", organisation), ("role", role)):
            if text is not None:
                columns[column] = None if _empties(text) else text
        if cadence is not None:
            columns["cadence_days"] = None if _empties(cadence) else _span(cadence)
        if since is not None:
            columns["since_on"] = None if _empties(since) else _since(since, here.today)
        wanted = actions.ClientChanges(
            columns, _details(alias, email, phone, tag), _details(no_alias, no_email, no_phone, no_tag)
        )
        if wanted == actions.ClientChanges({}):
            raise WrongUse("nothing to change was named", f"c4l client edit {ref.handle} --role “head of finance”")
        answer("client", actions.edit(here.store, ref, wanted, here.today, here.settings.thresholds))


def rename(
    client: Who,
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="The new name.")],
    keep: Annotated[bool, typer.Option("--keep-alias", help="Keep the old name as an alias.")] = False,
) -> None:
    """Give a client another name, and the handle that it makes.

    c4l client rename jane Jane Roe --keep-alias
    """
    with session() as here:
        ref = who.one(here, client)
        thresholds = here.settings.thresholds
        renamed = actions.rename(here.store, ref, " ".join(name), here.today, thresholds, keep_alias=keep)
        answer("client", renamed)


def archive(
    client: Who,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="From that day on, if not today.")] = None,
) -> None:
    """Put a client away; the past stays what it was.

    c4l client archive jane --on "1 june"
    """
    with session() as here:
        ref = who.one(here, client)
        day = past_day(on, here.today)
        answer("client", actions.archive(here.store, ref, day, here.today, here.settings.thresholds))


def unarchive(
    client: Who,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="From that day on, if not today.")] = None,
) -> None:
    """Take an archived client back.

    c4l client unarchive jane
    """
    with session() as here:
        ref = who.one(here, client)
        day = past_day(on, here.today)
        answer("client", actions.unarchive(here.store, ref, day, here.today, here.settings.thresholds))


def _details(
    alias: list[str] | None, email: list[str] | None, phone: list[str] | None, tag: list[str] | None
) -> tuple[tuple[Detail, str], ...]:
    named = ((Detail.alias, alias), (Detail.email, email), (Detail.phone, phone), (Detail.tag, tag))
    return tuple((detail, value) for detail, values in named for value in values or ())


def _empties(text: str) -> bool:
    return text.strip().casefold() == EMPTY


def _span(text: str) -> int:
    from c4l.domain.dates import read_span

    return read_span(text)


def _since(text: str, today: date) -> date:
    from c4l.domain.dates import read_since

    since = read_since(text, today)
    if since > today:
        raise WrongUse(f"{since.isoformat()} is still to come", "a relationship began on a day that is past")
    return since
