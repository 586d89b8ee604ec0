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
from c4l.domain.search import Hit
from c4l.domain.terms import ClientRef
from c4l.render.forgotten import record

_INTERRUPTED = 130

_IN_EDITOR = frozenset(("interaction", "promise"))
"""Whose texts c4l edit opens, too: there a text that was left unfinished is offered again."""


def forget(
    client: Who,
    backups: Annotated[
        bool, typer.Option("--backups", help="Forget them in the backups beside the book, too.")
    ] = False,
    hide: Annotated[
        bool, typer.Option("--hide", help="In texts about others, say “somebody” in place of them.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be forgotten.")] = False,
) -> None:
    """Forget a client for good, with every trace of them.

    c4l client forget jane --dry-run

    c4l client forget jane --hide --backups --yes

    All that is theirs goes: from the book, from search, and from what undo could bring back; so does what was added
    under their name and undone. Interactions with others stay, without them. It cannot be undone.

    Texts about others may still name them. With --hide those say “somebody” in place of full names, handles, aliases,
    addresses and phone numbers; names that another client has, too, stay, and so do first names and tags. On a terminal
    you are asked for other words for each text that is left, and nothing is kept of the old ones. What is left then is
    listed, with the backups and files beside the book that still hold them. Backups that are written anew say
    “somebody” as with --hide, and how many texts in them may still name them is told.
    """
    with session() as here:
        ref = _meant(here, client, rehearse=dry_run)
        if not (yes or dry_run):
            planned = actions.forget(here.store, ref, hide=hide, rehearse=True)
            backups = _ask(here, planned, backups=backups)
        done, code = actions.forget(here.store, ref, backups=backups, hide=hide, rehearse=dry_run), 0
        if not dry_run and prompts.is_interactive():
            left, code = _offered(here, done)
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


def _meant(here: Session, text: str, *, rehearse: bool) -> ClientRef:
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
            if not rehearse:
                actions.clear(here.store)
            raise
        return ref


def _ask(here: Session, planned: actions.Forgotten, *, backups: bool) -> bool:
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
        say("\n".join(_told(here, planned)))
    if prompts.ask(f"To forget {ref.name}, type {ref.handle}", otherwise=unsaid, default="") != ref.handle:
        say("nothing was forgotten")
        raise typer.Exit(1)
    held = sum(each.trouble is None for each in planned.backups)
    if backups or not held:
        return backups
    return prompts.confirm(f"Forget them in {_many(held, 'backup')}, too?", otherwise=unsaid, default=True)


def _told(here: Session, planned: actions.Forgotten) -> list[str]:
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
    if planned.hidden:
        lines.append(f"{_many(planned.hidden, 'text')} about others will say “somebody”.")
    if planned.named:
        asked = sum(bool(actions.passages(here.store, planned, hit)) for hit in planned.named)
        rest = f"you are asked about {asked if asked < len(planned.named) else 'each'}" if asked else "they are listed"
        lines.append(f"{_many(len(planned.named), 'text')} about others may name them: {rest}.")
    return lines


def _many(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"


def _offered(here: Session, done: actions.Forgotten) -> tuple[tuple[Hit, ...], int]:
    """Those texts that still name them when each was offered to be changed, and the exit code that it came to.

    They are gone by now, and what was done has to be told whatever happens here.
    """
    left: list[Hit] = []
    for place, hit in enumerate(done.named):
        try:
            if not _is_mended(here, done, hit):
                left.append(hit)
        except C4lError as error:
            say(f"{error.message}; they are forgotten, but this text, and what comes after it, is as it was")
            return (*left, *done.named[place:]), 1
        except (typer.Abort, KeyboardInterrupt):
            return (*left, *done.named[place:]), _INTERRUPTED
    return tuple(left), 0


def _is_mended(here: Session, done: actions.Forgotten, hit: Hit) -> bool:
    """Whether all in a text that names them was changed by whoever sits there; the name of another cannot be."""
    reworded = [_is_reworded(here, record(hit), passage) for passage in actions.passages(here.store, done, hit)]
    return bool(reworded) and all(reworded)


def _is_reworded(here: Session, whose: str, passage: actions.Passage) -> bool:
    unset = WrongUse("nobody is there to be asked", f"c4l edit {whose} --no-trace")
    say(f"{whose}: {passage.text}")
    if passage.table not in _IN_EDITOR or not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        said = prompts.ask("Other words for it; Enter leaves it", otherwise=unset, default="")
        return _has_changed(here, passage, said)
    if not prompts.confirm("Change it in your editor?", otherwise=unset):
        return False
    from c4l.cli.editor import edited

    with edited(whose, passage.text, beside=here.store.path, otherwise=unset) as text:
        return _has_changed(here, passage, text.strip())


def _has_changed(here: Session, passage: actions.Passage, words: str) -> bool:
    """Put other words in place of a text, so that nothing of the old ones stays; False where there are none."""
    if words in ("", passage.text):
        return False
    actions.reword(here.store, passage, words)
    return True
