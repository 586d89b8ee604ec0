"""The settings, one row each, and where they come from; and the clock, which is read here and nowhere else."""

import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

from c4l.domain.errors import Unusable
from c4l.domain.terms import Channel, Tier

if TYPE_CHECKING:
    from c4l.domain.thresholds import Thresholds

MAX_BYTES = 16 * 1024
"""Of `config.toml`: more is another file, and some that are written to harm keep the parser busy for minutes."""

Value = str | int
"""What a setting can hold."""


class Setting(NamedTuple):
    """One setting.

    Attributes:
        name: as `config.toml` spells it: `section.key`, or a key before the first section.
        default: None where it depends on the machine.
        low: the least whole number taken; None where the setting is text.
        high: the greatest.
        choices: the only words taken, where there are such.
    """

    name: str
    default: Value | None
    help: str
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()

    @property
    def type(self) -> type[Value]:
        """`int` or `str`."""
        return str if self.low is None else int

    @property
    def env(self) -> str:
        """The environment variable that says the same."""
        return "C4L_" + self.name.upper().replace(".", "_")

    @property
    def allowed(self) -> str:
        """What can be given, in words that follow "must be"."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        return "text" if self.low is None else f"a whole number from {self.low} to {self.high}"

    def read(self, text: str) -> Value:
        """The value that was typed; what is no number is left as it is, to be refused with the others."""
        digits = text.isascii() and text.isdigit() and len(text) < 10
        return int(text) if self.type is int and digits else text

    def allows(self, value: object) -> TypeGuard[Value]:
        """Whether it can have that value."""
        # TOML's true is an int to Python.
        if not isinstance(value, self.type) or isinstance(value, bool):
            return False
        if isinstance(value, int):
            return self.low is not None and self.high is not None and self.low <= value <= self.high
        return value in self.choices if self.choices else value.strip() != ""


_ROWS = (
    Setting("database", None, "the book: a file on this machine"),
    Setting("channel", "call", "how an interaction happened, where `log` is not told", choices=tuple(Channel)),
    Setting("triangle.window_days", 365, "how many days back signals, time and promises count", 30, 3650),
    Setting("triangle.key_needed", 2, "how many of the four key criteria make a key client", 1, 4),
    Setting("triangle.drives_percent", 50, "drives: clients of greater value make less than this % of all", 1, 100),
    Setting("triangle.demands_least", 4, "demands: interactions that they must have started", 1, 1000),
    Setting("triangle.demands_times", 2, "demands: their time, as a multiple of the median of the others", 1, 100),
    Setting("triangle.trusted_needed", 3, "trusted: how many of the five signs of trust", 1, 5),
    Setting("triangle.reliable_least", 3, "reliable: counted promises, below which nothing is said", 1, 1000),
    Setting("triangle.reliable_missed", 1, "reliable: promises not honoured that are always forgiven", 0, 1000),
    Setting("triangle.reliable_share", 10, "reliable: one promise in so many is forgiven, too", 1, 1000),
    Setting(
        "triangle.reliable_grace_days",
        7,
        "reliable: an open promise counts as missed once it is more than so many days late",
        0,
        365,
    ),
    Setting("triangle.lasting_days", 180, "lasting: how long ago the first interaction must be", 0, 36500),
    Setting("triangle.lasting_silence_days", 120, "lasting: how long ago the last interaction may be", 1, 3650),
    Setting(
        "triangle.unbroken_grace_days",
        7,
        "unbroken: so many days a slip may be left before it counts as not owned",
        0,
        365,
    ),
    Setting("cadence.base", 90, "days between interactions with a client of the base", 1, 3650),
    Setting("cadence.key", 30, "days between interactions with a key client", 1, 3650),
    Setting("cadence.life", 14, "days between interactions with a client for life", 1, 3650),
    Setting("backup.automatic", "on", "backups by themselves: daily and before an import", choices=("on", "off")),
    Setting("backup.daily", 7, "of the automatic backups, how many days keep their newest", 1, 3650),
    Setting("backup.weekly", 4, "of the automatic backups, how many weeks keep their newest", 0, 520),
    Setting("backup.monthly", 12, "of the automatic backups, how many months keep their newest", 0, 1200),
)

SETTINGS: dict[str, Setting] = {row.name: row for row in _ROWS}


class Source(StrEnum):
    """Where a value can come from, the weakest first."""

    default = "default"
    file = "file"
    environment = "environment"
    option = "option"


class Settings:
    """What holds for this run: for each setting the first that was given of option, environment, file and default."""

    __slots__ = ("_database", "_given")

    def __init__(self, given: Mapping[str, Value], database: Path) -> None:
        self._given = given
        self._database = database

    def __getitem__(self, name: str) -> Value:
        if name == "database":
            return str(self._database)
        value = self._given.get(name, SETTINGS[name].default)
        if value is None:
            raise KeyError(name)
        return value

    @property
    def database(self) -> Path:
        """Where the book lies, whether or not there is one yet."""
        return self._database

    @property
    def names_database(self) -> bool:
        """Whether the user said where the book lies; else it is where the platform keeps such files."""
        return "database" in self._given

    @property
    def channel(self) -> Channel:
        """How an interaction happened, where `log` is not told."""
        return Channel(str(self["channel"]))

    @property
    def thresholds(self) -> "Thresholds":
        """Where the criteria of the triangle draw their lines."""
        from c4l.domain.thresholds import Thresholds

        section = "triangle."
        return Thresholds(
            **{name.removeprefix(section): int(self[name]) for name in SETTINGS if name.startswith(section)}
        )

    def cadence(self, tier: Tier) -> int:
        """How many days may pass between interactions with a client of a tier who has no cadence of their own."""
        return int(self[f"cadence.{tier}"])


def load(option_database: str | None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settle every setting: option, then environment, then `config.toml`, then default.

    Raises:
        Unusable: for a file that cannot be read, a setting that does not exist or a value that is not allowed.
    """
    given: dict[str, Value] = {}
    for said in sources(option_database, environ).values():
        given |= said
    if "database" not in given:
        return Settings(given, default_database(environ))
    return Settings(given, database_at(given["database"]))


def sources(
    option_database: str | None, environ: Mapping[str, str] = os.environ, only: str | None = None
) -> Mapping[Source, Mapping[str, Value]]:
    """What each source says, the weakest first; defaults are not told.

    Args:
        only: the one setting that is asked about: what is wrong with another is then no matter.

    Raises:
        Unusable: as `load`.
    """
    said: dict[Source, dict[str, Value]] = {
        Source.file: dict(_from_file(config_file(environ), only)),
        Source.environment: dict(_from_environment(environ, only)),
        Source.option: {},
    }
    if option_database is not None:
        option = _checked(SETTINGS["database"], option_database, "--database", "give a file")
        said[Source.option]["database"] = option
    return said


def default_database(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the book lies if nobody says otherwise: in the platform's folder for data."""
    return _folder("data", environ) / "c4l.db"


def database_at(said: Value) -> Path:
    """The file that is meant, in full.

    Raises:
        Unusable: if it lies in the home folder of somebody who is not here.
    """
    return _path(str(said)).absolute()


def config_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The `config.toml` that is read where it exists: `C4L_CONFIG`, or the one in the platform's folder."""
    if named := environ.get("C4L_CONFIG"):
        return _path(named)
    return _folder("config", environ) / "config.toml"


def _from_environment(environ: Mapping[str, str], only: str | None) -> Iterator[tuple[str, Value]]:
    for setting in _ROWS:
        if only in (None, setting.name) and (text := environ.get(setting.env)):
            place = f"{setting.env} in the environment"
            yield setting.name, _checked(setting, setting.read(text), setting.env, place)


def _from_file(file: Path, only: str | None) -> Iterator[tuple[str, Value]]:
    for name, value in written(file).items():
        if only not in (None, name):
            continue
        if name not in SETTINGS:
            raise _unknown(name, file)
        value = _checked(SETTINGS[name], value, name, f"{file}, or c4l config unset {name}")
        if name == "database":
            # What a file says of a path is meant from where the file lies: c4l runs in any folder.
            value = str(file.absolute().parent / _path(str(value)))
        yield name, value


def written(file: Path) -> dict[str, Any]:
    """What a settings file says, by name, allowed or not; nothing where there is none.

    Raises:
        Unusable: if it cannot be read or is no TOML.
    """
    try:
        with file.open("rb") as opened:
            held = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Unusable(
            f"the settings in {file} cannot be read: {error.strerror}", "mend the file or name another with C4L_CONFIG"
        ) from None
    if len(held) > MAX_BYTES:
        raise Unusable(
            f"{file} is longer than {MAX_BYTES // 1024} kilobytes",
            "settings are a few lines; name another with C4L_CONFIG",
        )
    return dict(_flat(parsed(held, file)))


def parsed(held: bytes, file: Path) -> dict[str, Any]:
    """What the bytes of a settings file say, whether or not there are such settings.

    Raises:
        Unusable: if they are no TOML.
    """
    import tomllib

    try:
        return tomllib.loads(held.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unusable(f"{file} is not UTF-8 text", "save it as UTF-8") from None
    except (ValueError, RecursionError) as error:  # what is no TOML, numbers too long and lists too deep to read
        raise Unusable(f"{file} is not TOML: {error}", "mend that line; a setting reads: channel = 'call'") from None


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The settings of all sections, each under its whole name, in their order."""
    # No calls of itself: sections can lie deeper in each other than calls may.
    waiting = [*table.items()][::-1]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{name}.{key}", inner) for key, inner in value.items()][::-1]
        else:
            yield name, value


def _unknown(name: str, file: Path) -> Unusable:
    from shlex import quote

    from c4l.domain.day_grammar import shown

    # A name that is too long to be told is too long to be typed.
    way_out = f" (to take it out: c4l config unset {quote(name)})" if shown(name) == name else ""
    return Unusable(f"{file} sets {shown(name)}, which is no setting", nearest(name, "mend its name") + way_out)


def nearest(name: str, otherwise: str = "c4l config lists them all") -> str:
    """The hint to a name that no setting has: the one that it comes near, or what else can be done."""
    from difflib import get_close_matches

    near = get_close_matches(name, SETTINGS, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else otherwise


def _checked(setting: Setting, value: object, name: str, place: str) -> Value:
    """A value that the setting allows.

    Args:
        name: the setting as it is called where it was given.
        place: where that is, for people.
    """
    if setting.allows(value):
        return value
    from c4l.domain.day_grammar import shown

    raise Unusable(f"{name} must be {setting.allowed}, not {shown(repr(value))}", f"change it: {place}")


def _path(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise Unusable(f"nobody here has the home folder that {text} means", "write the path in full") from None


def _folder(kind: str, environ: Mapping[str, str]) -> Path:
    """The platform's folder for our `data` or `config`."""
    home = Path(environ.get("HOME", ""))
    if sys.platform == "linux" and home.is_absolute():
        # What platformdirs answers here, without importing it: that is a third of `python -c pass` in every command.
        stated = Path(environ.get(f"XDG_{kind.upper()}_HOME", ""))
        usual = home / {"data": ".local/share", "config": ".config"}[kind]
        return (stated if stated.is_absolute() else usual) / "c4l"
    import platformdirs

    return Path({"data": platformdirs.user_data_dir, "config": platformdirs.user_config_dir}[kind]("c4l", False))


def today(environ: Mapping[str, str] = os.environ) -> date:
    """The local calendar day, or the one that `C4L_TODAY` names.

    Raises:
        Unusable: if `C4L_TODAY` is no ISO day.
    """
    said = environ.get("C4L_TODAY")
    if not said:
        return datetime.now(UTC).astimezone().date()
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = None
    # fromisoformat also reads 20261122 and 2026-W47-7, which other programs of the same script may not.
    if day is None or day.isoformat() != said:
        raise Unusable(f"C4L_TODAY is {said!r}, which is no day", "set it to a day such as 2026-11-22, or unset it")
    return day


def now() -> datetime:
    """This instant in UTC: the journal keeps the true clock, whatever day `C4L_TODAY` makes of it."""
    return datetime.now(UTC)
