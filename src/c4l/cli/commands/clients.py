"""Clients: `client add`, `list`, `show`, `edit`, `rename`, `archive`, `unarchive`."""

from datetime import date
from typing import Annotated, Any

import typer

from c4l.actions import clients as actions
from c4l.actions.drafts import ClientDraft
from c4l.cli import who
from c4l.cli.answer import answer, for_eyes, say
from c4l.cli.options import Limit, Who, past_day
from c4l.cli.session import session
from c4l.domain.errors import WrongUse
from c4l.domain.terms import Detail, Kind

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

FromDay = Annotated[str | None, typer.Option("--on", metavar="DAY", help="From that day on, if not today.")]


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
    with session(begins=True) as here:
        draft = ClientDraft(
            name=" ".join(name),
            kind=kind,
            organisation=_text(organisation),
            role=_text(role),
            aliases=tuple(alias or ()),
            emails=tuple(email or ()),
            phones=tuple(phone or ()),
            tags=tuple(tag or ()),
            cadence_days=_span(cadence),
            since=_since(since, here.today),
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
    if archived and everybody:
        raise WrongUse("--archived asks for some and --all for everybody", "give one of them")
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
        said: dict[str, tuple[object, Any]] = {
            "kind": (kind, kind),
            "organisation": (organisation, _text(organisation)),
            "role": (role, _text(role)),
            "cadence_days": (cadence, _span(cadence)),
            "since_on": (since, _since(since, here.today)),
        }
        columns = {column: meant for column, (typed, meant) in said.items() if typed is not None}
        wanted = actions.ClientChanges(
            columns, _details(alias, email, phone, tag), _details(no_alias, no_email, no_phone, no_tag)
        )
        if wanted == actions.ClientChanges({}):
            raise WrongUse("nothing to change was named", f'c4l client edit {ref.handle} --role "head of finance"')
        answer("client", actions.edit(here.store, ref, wanted, here.today, here.settings.thresholds))


def rename(
    client: Who,
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="The new name.")],
    keep: Annotated[bool, typer.Option("--keep-alias", help="Keep the old name as an alias.")] = False,
    another: Annotated[bool, typer.Option("--another", help="Even if somebody else has that name.")] = False,
) -> None:
    """Give a client another name, and the handle that it makes.

    c4l client rename jane Jane Roe --keep-alias
    """
    with session() as here:
        ref = who.one(here, client)
        thresholds = here.settings.thresholds
        renamed = actions.rename(
            here.store, ref, " ".join(name), here.today, thresholds, keep_alias=keep, another=another
        )
        answer("client", renamed)


def archive(
    client: Who,
    on: FromDay = None,
) -> None:
    """Put a client away; the past stays what it was.

    c4l client archive jane --on "1 june"
    """
    with session() as here:
        ref = who.one(here, client)
        day = past_day(on, here.today)
        answer("client", actions.archive(here.store, ref, day, here.today, here.settings.thresholds))
        _echo(f"{ref.name} is archived from", on, day)
        if (left := actions.open_promises(here.store, ref)) and not here.look.json:
            open_ones = "one open promise stays" if left == 1 else f"{left} open promises stay"
            say(f"{open_ones} in the lists: c4l promises {ref.handle}")


def unarchive(
    client: Who,
    on: FromDay = None,
) -> None:
    """Take an archived client back.

    c4l client unarchive jane
    """
    with session() as here:
        ref = who.one(here, client)
        day = past_day(on, here.today)
        answer("client", actions.unarchive(here.store, ref, day, here.today, here.settings.thresholds))
        _echo(f"{ref.name} is back from", on, day)


def _details(
    alias: list[str] | None, email: list[str] | None, phone: list[str] | None, tag: list[str] | None
) -> tuple[tuple[Detail, str], ...]:
    named = ((Detail.alias, alias), (Detail.email, email), (Detail.phone, phone), (Detail.tag, tag))
    for detail, values in named:
        if any(value.strip().casefold() == EMPTY for value in values or ()):
            raise WrongUse(
                f"“{EMPTY}” is no {detail}: there can be several, so say which is to go",
                f"c4l client edit WHO --no-{detail} VALUE takes one away",
            )
    return tuple((detail, value) for detail, values in named for value in values or ())


def _echo(what: str, typed: str | None, day: date) -> None:
    """Say which day was understood; the record itself does not show it."""
    if typed is not None:
        from c4l.domain.dates import long

        say(f"{what} {long(day)} on")


def _text(typed: str | None) -> str | None:
    return None if _empties(typed) else typed


def _empties(typed: str | None) -> bool:
    """Whether a field is to hold nothing: nothing was typed, or the word for it."""
    return typed is None or typed.strip().casefold() in ("", EMPTY)


def _span(typed: str | None) -> int | None:
    if typed is None or _empties(typed):
        return None
    from c4l.domain.dates import read_span

    return read_span(typed)


def _since(typed: str | None, today: date) -> date | None:
    if typed is None or _empties(typed):
        return None
    from c4l.domain.dates import long, read_since

    since = read_since(typed, today)
    if since > today:
        raise WrongUse(f"{long(since)} is still to come", "a relationship began on a day that is past")
    return since
