"""The settings: what holds and why, and changing what the user's own file says."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from c4l import config
from c4l.config import SETTINGS, Setting, Source, Value
from c4l.domain.errors import NotFound, Refused, WrongUse


class Touched(StrEnum):
    """What became of a setting in the user's file."""

    written = "written"
    there = "there"
    out = "out"


class SettingView(NamedTuple):
    """One setting as it holds.

    Attributes:
        source: where its value comes from.
        place: the option, the variable or the file that says so; None of a default.
        default: what holds where nobody says anything.
        hidden: what the user's file says, where something stronger hides it.
        file: the user's file.
        touched: what was just done to it there; None where it was only looked at.
        was: what the file said before that; None where it said nothing.
    """

    setting: Setting
    value: Value
    source: Source
    place: str | None
    default: Value
    hidden: Value | None
    file: Path
    touched: Touched | None = None
    was: Value | None = None


class Stray(NamedTuple):
    """What the user's file said although there is no such setting, taken out of it.

    Attributes:
        was: what the file said.
    """

    name: str
    file: Path
    was: Value | None


class ConfigFile(NamedTuple):
    """The file in which the user can make settings, whether or not there is one yet."""

    file: Path
    exists: bool


class Configuration(NamedTuple):
    """All settings as they hold."""

    file: ConfigFile
    settings: tuple[SettingView, ...]


def listed(option_database: str | None, environ: Mapping[str, str]) -> Configuration:
    """Every setting as it holds.

    Args:
        option_database: what `--database` says.

    Raises:
        Unusable: if one source cannot be read, or says something that is not allowed.
    """
    said = config.sources(option_database, environ)
    views = (_view(row, said, environ) for row in SETTINGS.values())
    return Configuration(where(environ), tuple(views))


def get(name: str, option_database: str | None, environ: Mapping[str, str]) -> SettingView:
    """One setting as it holds, whatever is wrong with another.

    Raises:
        NotFound: if there is none of that name.
        Unusable: if one source cannot be read, or says something of it that is not allowed.
    """
    setting = _setting(name)
    return _view(setting, config.sources(option_database, environ, name), environ)


def where(environ: Mapping[str, str]) -> ConfigFile:
    """Where the user's file lies, however broken it may be."""
    file = config.config_file(environ).absolute()
    return ConfigFile(file, file.exists())


def change(name: str, text: str, option_database: str | None, environ: Mapping[str, str]) -> SettingView:
    """Let the user's file say a setting, and leave all else in it as it is.

    Args:
        text: the value as it was typed.

    Raises:
        NotFound: if there is none of that name.
        WrongUse: if it cannot have that value.
        Refused: if the file says it in a way in which it cannot be changed line by line.
        Unusable: if the file cannot be read or written.
    """
    from c4l.settings import text as editing

    value = _allowed(_setting(name), text)

    def edit(old: str) -> str | None:
        return editing.with_setting(old, name, value)

    was, different = _edited(name, edit, f"write it yourself: {editing.line(name, value)}", environ)
    touched = Touched.written if different else Touched.there
    return get(name, option_database, environ)._replace(touched=touched, was=was)


def withdraw(name: str, option_database: str | None, environ: Mapping[str, str]) -> SettingView | Stray:
    """Take a setting out of the user's file, or what is none, and leave all else in it as it is.

    Raises:
        NotFound: if there is none of that name, neither among the settings nor in the file.
        Refused: if the file does not say it, or in a way in which it cannot be taken out line by line.
        Unusable: as `change`.
    """
    from c4l.settings import text as editing

    file = where(environ).file
    if name not in config.written(file):
        setting = _setting(name)
        variable = f"{setting.env} in the environment does" if environ.get(setting.env) else "its default holds"
        raise Refused(f"{file} does not set {name}", variable)

    def edit(old: str) -> str | None:
        return editing.without_setting(old, name)

    was, _ = _edited(name, edit, "take it out yourself", environ)
    if name not in SETTINGS:
        return Stray(name, file, was)
    return get(name, option_database, environ)._replace(touched=Touched.out, was=was)


def _edited(
    name: str, edit: Callable[[str], str | None], by_hand: str, environ: Mapping[str, str]
) -> tuple[Value | None, bool]:
    """Edit the user's file; what it said of the setting before, and whether anything is different.

    Args:
        edit: the new text to the old one; None where there is none that differs in the setting alone.
        by_hand: the hint where there is none.

    Raises:
        Refused: then.
    """
    from c4l.settings import file as settings_file

    file = where(environ).file

    def edited(old: str) -> str:
        new = edit(old)
        if new is None:
            raise Refused(f"{file} is written in a way in which c4l cannot change {name} alone", by_hand)
        return new

    was = config.written(file).get(name)
    # What was there may be no value that a setting can have.
    told = was if was is None or isinstance(was, str | int) else str(was)
    return told, settings_file.change(file, edited) is not None


def _setting(name: str) -> Setting:
    if name not in SETTINGS:
        raise NotFound(f"there is no setting “{name}”", config.nearest(name))
    return SETTINGS[name]


def _allowed(setting: Setting, text: str) -> Value:
    """The value that was typed.

    Raises:
        WrongUse: if the setting cannot have it.
    """
    value = setting.read(text)
    if not setting.allows(value):
        raise WrongUse(
            f"{setting.name} must be {setting.allowed}, not “{text}”", f"c4l config get {setting.name} tells more"
        )
    if setting.name != "database":
        return value
    try:
        text.encode()
    except UnicodeEncodeError:
        raise WrongUse(f"“{text}” is no UTF-8 text, which a settings file is", "name another file") from None
    # Typed, a path is meant from here; in the file it would be meant from there.
    file = config.database_at(text)
    if file.is_dir():
        raise WrongUse(f"{file} is a folder", f"name a file: c4l config set database {file / 'c4l.db'}")
    return text if text.startswith("~") else str(file)


def _view(setting: Setting, said: Mapping[Source, Mapping[str, Value]], environ: Mapping[str, str]) -> SettingView:
    default = str(config.default_database(environ)) if setting.default is None else setting.default
    given = {source: values[setting.name] for source, values in said.items() if setting.name in values}
    source = list(given)[-1] if given else Source.default
    file = where(environ).file
    place = {
        Source.default: None,
        Source.file: str(file),
        Source.environment: setting.env,
        Source.option: "--database",
    }[source]
    return SettingView(
        setting,
        _shown(setting, given.get(source, default)),
        source,
        place,
        _shown(setting, default),
        hidden=given.get(Source.file) if source is not Source.file else None,
        file=file,
    )


def _shown(setting: Setting, value: Value) -> Value:
    """A value as people are told: of the book, where it lies in full."""
    return str(config.database_at(value)) if setting.name == "database" else value
