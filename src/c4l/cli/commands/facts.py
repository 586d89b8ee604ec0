"""What is worth remembering about a client: `remember`, `date`, `tag`."""

from datetime import date as Day  # noqa: N812 - `date` is a command here
from typing import TYPE_CHECKING, Annotated

import typer

from c4l.cli import who
from c4l.cli.answer import answer, say
from c4l.cli.options import On, Who, past_day
from c4l.cli.session import session
from c4l.domain.errors import WrongUse

if TYPE_CHECKING:
    from c4l.domain.clients import KeyDate

GONE = "none"


def remember(
    client: Who,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FACT...]", help="goal: …, interest: …, preference: …, worry: … or background: …"),
    ] = None,
    reached: Annotated[
        list[str] | None,
        typer.Option("--reached", metavar="GOAL", help="A goal that was reached, by its beginning; may be repeated."),
    ] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", metavar="TEXT", help="What came of that goal.")] = None,
    on: On = None,
) -> None:
    """Remember a goal, an interest or a worry of a client.

    c4l remember jane "goal: one vendor instead of three" "preference: calls before nine"

    c4l remember jane --reached "one vendor" --outcome "two left, and happy" --on friday

    Without a kind before the colon it is background.
    """
    from c4l.actions import facts as actions
    from c4l.domain import entry
    from c4l.domain.names import Known

    if outcome is not None and len(reached or ()) != 1:
        raise WrongUse("--outcome says what came of one goal", 'name it: --reached "one vendor"')
    with session() as here:
        ref = who.one(here, client)
        names = entry.names_of([Known.of(ref)])
        drafts = [entry.fact(said, names) for said in _apart(words or [])]
        done = [actions.Reached(each, (outcome or "").strip() or None) for each in reached or ()]
        if not drafts and not done:
            raise WrongUse("nothing was said to remember", f'c4l remember {ref.handle} "goal: one vendor"')
        day = past_day(on, here.today)
        answer("client", actions.remember(here.store, ref, drafts, done, day, here.today, here.settings.thresholds))
        if on is not None:
            _echo("reached" if done and not drafts else "known since", day)


def _apart(words: list[str]) -> list[str]:
    """The facts among the words: what was quoted is one by itself, words without quotes are one together.

    `goal:` begins another, and may stand apart from its text.
    """
    said: list[str] = []
    whole = True
    for word in words:
        quoted = " " in word.strip()
        waiting = bool(said) and said[-1].endswith(":")
        if waiting or not (whole or quoted or _begins_fact(word)):
            said[-1] += f" {word}"
        else:
            said.append(word)
        whole = quoted
    return said


def _begins_fact(word: str) -> bool:
    from c4l.domain.terms import FactKind

    kind, colon, _ = word.partition(":")
    return bool(colon) and kind.strip().casefold() in FactKind.__members__


def date(
    client: Who,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="birthday, renewal, or any other.")],
    day: Annotated[list[str], typer.Argument(metavar="DAY...", help="12-01, 1 dec 1980; “none” takes it away.")],
) -> None:
    """Keep a birthday, a renewal or another key date.

    c4l date jane birthday 12-01

    c4l date jane renewal 1 march 2027
    """
    from c4l.actions import facts as actions
    from c4l.domain.anniversaries import coming
    from c4l.domain.clients import KeyDate
    from c4l.domain.dates import long, read_yearly

    text = " ".join(day)
    with session() as here:
        ref = who.one(here, client)
        thresholds = here.settings.thresholds
        if text.strip().casefold() == GONE:
            answer("client", actions.drop_date(here.store, ref, label, here.today, thresholds))
            return
        each = KeyDate(label, *read_yearly(text))
        client_now, replaced = actions.set_date(here.store, ref, each, here.today, thresholds)
        answer("client", client_now)
        was = "".join(f", was {_yearly(other)}" for other in replaced)
        say(f"{label}: next {long(coming(each, here.today).on)}{was}")


def _yearly(each: "KeyDate") -> str:
    """A key date as it was kept: "1 Dec", "1 Dec 1980"."""
    from c4l.domain.day_words import month_name

    return f"{each.day} {month_name(each.month)[:3]} {each.year or ''}".rstrip()


def tag(
    client: Who,
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORD...]", help="Words that group clients.")] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="WORD", help="Take one away; may be repeated.")
    ] = None,
) -> None:
    """Tag a client with a word, or take one away.

    c4l tag jane board renewal --remove prospect
    """
    from c4l.actions import clients as actions
    from c4l.domain.terms import Detail

    with session() as here:
        ref = who.one(here, client)
        if not any(words or ()) and not remove:
            raise WrongUse("no tag was named", f"c4l tag {ref.handle} board, or --remove board")
        wanted = actions.ClientChanges(
            {},
            add=tuple((Detail.tag, word) for word in words or ()),
            drop=tuple((Detail.tag, word) for word in remove or ()),
        )
        answer("client", actions.edit(here.store, ref, wanted, here.today, here.settings.thresholds, "tag"))


def _echo(what: str, day: Day) -> None:
    """Say which day was understood; the record itself shows no weekday."""
    from c4l.domain.dates import long

    say(f"{what} {long(day)}")
