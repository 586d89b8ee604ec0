"""The settings: `config`, which lists them, and `config get`, `set`, `unset` and `path`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from c4l.actions import config as actions
from c4l.cli.answer import answer, say
from c4l.cli.session import current_look
from c4l.config import SETTINGS, Source


def _names(incomplete: str) -> list[str]:
    return [name for name in SETTINGS if name.startswith(incomplete)]


Name = Annotated[
    str,
    typer.Argument(metavar="NAME", help="A setting, such as cadence.key or channel.", autocompletion=_names),
]


def list_() -> None:
    """List the settings: what holds, and where it comes from.

    A setting comes from an option, else from the environment, else from the file that `c4l config path` names, else it
    has its default.

    c4l config

    c4l config list --json
    """
    answer("config", actions.listed(current_look().database, os.environ))


def get(name: Name) -> None:
    """Show one setting, and what it may be.

    c4l config get channel
    """
    answer("setting", actions.get(name, current_look().database, os.environ))


def set_(
    name: Name, value: Annotated[str, typer.Argument(metavar="VALUE", help="A number, a word, or a path.")]
) -> None:
    """Change a setting in your file.

    Your remarks in the file, and the order of its lines, stay as they are.

    c4l config set cadence.life 10

    c4l config set channel meeting
    """
    view = actions.change(name, value, current_look().database, os.environ)
    answer("setting", view)
    _tell_of_stronger(view)
    book = Path(str(view.value if view.hidden is None else view.hidden))
    if name == "database" and not book.exists():
        say(f"there is no book at {book} yet: c4l log and c4l client add begin one")


def unset(name: Name) -> None:
    """Take a setting out of your file: back to its default.

    c4l config unset channel

    What stands there and is no setting can be taken out, too.
    """
    gone = actions.withdraw(name, current_look().database, os.environ)
    answer("setting", gone)
    if isinstance(gone, actions.SettingView):
        _tell_of_stronger(gone)


def path() -> None:
    """Tell where your settings file lies, however broken it is.

    c4l config path
    """
    answer("config-file", actions.where(os.environ))


def _tell_of_stronger(view: actions.SettingView) -> None:
    """Say what makes a change of the file have no effect."""
    if view.source in (Source.environment, Source.option):
        where = f"{view.place} in the environment" if view.source is Source.environment else view.place
        say(f"{where} says {view.value}, and that holds as long as it is given")
