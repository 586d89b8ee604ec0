"""Settings as they could hold for somebody fictional, to be drawn."""

from pathlib import Path

from c4l.actions.config import ConfigFile, Configuration, SettingView, Stray, Touched
from c4l.config import SETTINGS, Source, Value

FILE = Path("/home/jane/.config/c4l/config.toml")
BOOK = "/home/jane/.local/share/c4l/c4l.db"


def view(
    name: str,
    value: Value | None = None,
    source: Source = Source.default,
    place: str | None = None,
    hidden: Value | None = None,
) -> SettingView:
    """A setting with its default, or with a value from elsewhere."""
    default = SETTINGS[name].default or BOOK
    return SettingView(SETTINGS[name], default if value is None else value, source, place, default, hidden, FILE)


def _all(*own: SettingView) -> tuple[SettingView, ...]:
    said = {each.setting.name: each for each in own}
    return tuple(said.get(name) or view(name) for name in SETTINGS)


FROM_ENVIRONMENT = view("channel", "gift", Source.environment, "C4L_CHANNEL", hidden="visit")
FROM_FILE = view("cadence.key", 21, Source.file, str(FILE))

UNTOUCHED = Configuration(ConfigFile(FILE, False), _all())
SAID = Configuration(ConfigFile(FILE, True), _all(FROM_ENVIRONMENT, FROM_FILE))
WRITTEN = FROM_FILE._replace(touched=Touched.written)
WRITTEN_ANEW = FROM_FILE._replace(touched=Touched.written, was=14)
THERE = FROM_FILE._replace(touched=Touched.there, was=21)
HIDDEN = FROM_ENVIRONMENT._replace(touched=Touched.written, was="call")
OUT = view("cadence.key")._replace(touched=Touched.out, was=21)
OUT_BUT_STRONGER = FROM_ENVIRONMENT._replace(touched=Touched.out, was="visit", hidden=None)
STRAY = Stray("triangel.key", FILE, 9)
