"""What a command works with: the look asked for, the settings and the day; and the one place that opens the book."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from typer._click.globals import get_current_context

from c4l import config

if TYPE_CHECKING:
    from c4l.store.store import Store


class Look:
    """The shared options as they were typed, before or after the sub-command.

    Attributes:
        database: the file after `--database`; None where it was not given.
    """

    # By hand: every command makes one, and to import dataclasses costs as much as the parser's work.
    __slots__ = ("database", "json", "plain")

    def __init__(self, *, json: bool = False, plain: bool = False, database: str | None = None) -> None:
        self.json = json
        self.plain = plain
        self.database = database


class Session(NamedTuple):
    """Everything that an action may be given, and how the answer is to look."""

    store: "Store"
    today: date
    settings: config.Settings
    look: Look


def current_look() -> Look:
    """The look kept on the context of the command that runs; the usual one where none does."""
    context = get_current_context(silent=True)
    return context.find_root().ensure_object(Look) if context else Look()


@contextmanager
def session(look: Look | None = None, *, begins: bool = False) -> Iterator[Session]:
    """Open the book that the settings name, and close it at the end.

    Args:
        look: in place of the command's own: for completion, which runs outside a command, and for another book.
        begins: whether the command can be the first that is done with a book: it adds what needs nothing before it.

    Raises:
        Unusable: if the settings or the database cannot be used.
    """
    from c4l.store.blame import blamed
    from c4l.store.store import Store

    look = look or current_look()
    settings = config.load(look.database, os.environ)
    day = config.today(os.environ)
    store = Store.open(settings.database, named=settings.names_database, begins=begins)
    try:
        with blamed(settings.database):
            yield Session(store, day, settings, look)
    finally:
        try:
            if store.wrote:
                _back_up(store, settings)
        finally:
            store.close()


def _back_up(store: "Store", settings: config.Settings) -> None:
    """Begin the backup of the day after the first change, and tell if the last one could not be made."""
    from c4l.actions.backup import of_the_day

    if trouble := of_the_day(store, settings):
        from c4l.cli.answer import say

        say(f"c4l: {trouble}\n  c4l backup makes one now; c4l doctor tells more")
