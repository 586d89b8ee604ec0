"""Forgetting a client for good: `client forget`."""

import os
from typing import Annotated

import typer

from c4l.actions import forget as actions
from c4l.cli import prompts, who
from c4l.cli.answer import answer, say
from c4l.cli.options import Who
from c4l.cli.session import Session, session
from c4l.domain.errors import C4lError, NotFound, WrongUse
from c4l.domain.search import Hit, Sought
from c4l.domain.terms import ClientRef

_INTERRUPTED = 130


def forget(
    client: Who,
    backups: Annotated[
        bool, typer.Option("--backups", help="Forget them in the backups beside the book, too.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be forgotten.")] = False,
) -> None:
    """Forget a client for good, with every trace of them.

    c4l client forget jane --dry-run

    c4l client forget jane --backups --yes

    All that is theirs goes: from the book, from search, and from what undo could bring back; so does what was added
    under their name and undone. Interactions with others stay, without them. It cannot be undone. It lists which texts
    about others still name them, by first names and aliases, too, so that you can mend those (c4l edit --no-trace
    leaves nothing of the old words), and which backups and files beside the book still hold them. In backups that are
    written anew such texts say “somebody” in place of full names, handles, aliases, addresses and phone numbers; a
    first name alone stays there, and is counted.
    """
    with session() as here:
        ref = _meant(here, client)
        if not (yes or dry_run):
            planned = actions.forget(here.store, ref, rehearse=True)
            backups = _ask(planned, backups=backups)
        done, code = actions.forget(here.store, ref, backups=backups, rehearse=dry_run), 0
        if not dry_run and prompts.is_interactive():
            left, code = _offered(here, done.named)
            done = done._replace(named=left)
        answer("forgotten", done)
    troubles = [each.trouble for each in done.backups if each.trouble is not None]
    if done.making is not None:
        troubles.append(f"a backup is still being made in {done.making}")
    if backups and not dry_run and troubles:
        say("\n".join((*troubles, "they may still be in it")))
        code = code or 1
    if code:
        raise typer.Exit(code)


def _meant(here: Session, text: str) -> ClientRef:
    """Who is to be forgotten: somebody of the book, or whom only its journal or a backup still holds.

    Raises:
        NotFound: if none of them knows anybody of that name.
        Ambiguous: if several fit, and nobody can be asked which.
    """
    try:
        return who.one(here, text)
    except NotFound:
        ref = actions.gone(here.store, text)
        if ref is None:
            raise
        return ref


def _ask(planned: actions.Forgotten, *, backups: bool) -> bool:
    """Ask whether they are to be forgotten, and whether in the backups, too; answers the second.

    Raises:
        WrongUse: if nobody can be asked.
        Exit: if not.
    """
    unsaid = WrongUse(
        "nobody is there to be asked whether to forget them for good",
        "say --yes, or --dry-run to see what would be forgotten",
    )
    ref = planned.client
    if prompts.is_interactive():
        say("\n".join(_told(planned)))
    if prompts.ask(f"To forget {ref.name}, type {ref.handle}", otherwise=unsaid, default="") != ref.handle:
        say("nothing was forgotten")
        raise typer.Exit(1)
    held = sum(each.trouble is None for each in planned.backups)
    if backups or not held:
        return backups
    return prompts.confirm(f"Forget them in {_many(held, 'backup')}, too?", otherwise=unsaid, default=True)


def _told(planned: actions.Forgotten) -> list[str]:
    """What would go, in lines."""
    from c4l.domain.history import NOUNS

    counted = [
        f"{planned.counts[table]} {one if planned.counts[table] == 1 else many}"
        for table, (one, many) in NOUNS.items()
        if planned.counts.get(table)
    ]
    what = ", ".join(counted) or "what the journal and the backups still hold"
    lines = [f"{planned.client.name} goes for good: {what}. This cannot be undone."]
    if planned.joint:
        lines.append(f"{_many(len(planned.joint), 'interaction')} with others: the notes stay.")
    if planned.named:
        asked = sum(map(_is_offered, planned.named))
        rest = f"you are asked about {asked if asked < len(planned.named) else 'each'}" if asked else "they are listed"
        lines.append(f"{_many(len(planned.named), 'text')} about others may name them: {rest}.")
    return lines


def _many(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"


def _offered(here: Session, named: tuple[Hit, ...]) -> tuple[tuple[Hit, ...], int]:
    """Those texts that still name them when each was offered to be changed, and the exit code that it came to.

    They are gone by now, and what was done has to be told whatever happens here.
    """
    left: list[Hit] = []
    for place, hit in enumerate(named):
        try:
            if not _mended(here, hit):
                left.append(hit)
        except C4lError as error:
            say(f"{error.message}; they are forgotten, but this text, and what comes after it, is as it was")
            return (*left, *named[place:]), 1
        except (typer.Abort, KeyboardInterrupt):
            return (*left, *named[place:]), _INTERRUPTED
    return tuple(left), 0


def _is_offered(hit: Hit) -> bool:
    """Whether other words for a text can be asked for: those of a promise, or the note of an interaction."""
    from c4l.domain.signals import SIGNALS

    if hit.kind is Sought.promise:
        return hit.what == Sought.promise
    return hit.kind is Sought.interaction and hit.what not in SIGNALS


def _mended(here: Session, hit: Hit) -> bool:
    """Whether a text that still names them was changed by whoever sits there."""
    if not _is_offered(hit):
        return False
    number = f"{hit.number}" if hit.kind is Sought.promise else f"i{hit.number}"
    unset = WrongUse("nobody is there to be asked", f"c4l edit {number} --no-trace")
    say(f"{number}: {hit.text}")
    if not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        said = prompts.ask("Other words for it; Enter leaves it", otherwise=unset, default="")
        return _changed(here, hit, said)
    if not prompts.confirm("Change it in your editor?", otherwise=unset):
        return False
    from c4l.cli.editor import edited

    with edited(number, hit.text, beside=here.store.path, otherwise=unset) as text:
        return _changed(here, hit, text.strip())


def _changed(here: Session, hit: Hit, words: str) -> bool:
    """Put other words in place of a text, so that nothing of the old ones stays; False where there are none."""
    from c4l.actions.mending import InteractionEdit, PromiseEdit, edit_interaction, edit_promise

    if hit.number is None or words in ("", hit.text):
        return False
    if hit.kind is Sought.promise:
        edit_promise(here.store, hit.number, PromiseEdit(words), here.today, no_trace=True)
    else:
        edit_interaction(here.store, hit.number, InteractionEdit({"note": words}), here.today, no_trace=True)
    return True
