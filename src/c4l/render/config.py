"""The settings, as JSON and as plain lines.

Plain lines: of all settings name, value, where it comes from (`option`, `environment`, `file` or `default`) and which
option, variable or file that is, default, what is allowed, meaning; of one its value; of the file its path.
"""

from collections.abc import Iterator, Sequence

from c4l.actions.config import ConfigFile, Configuration, SettingView, Stray, Touched
from c4l.render.records import cell

_NONE: dict[str, object] = {
    **dict.fromkeys(("value", "source", "place", "default", "hidden", "least", "most", "variable", "meaning")),
    "choices": [],
}
"""All that is there to say of a setting that does not exist."""


def config_data(result: Configuration) -> dict[str, object]:
    """The file, and every setting."""
    return {**config_file_data(result.file), "settings": list(map(_setting, result.settings))}


def config_lines(result: Configuration) -> Iterator[Sequence[str]]:
    """A line for each setting."""
    for view in result.settings:
        row = view.setting
        yield row.name, str(view.value), view.source, cell(view.place), str(view.default), row.allowed, row.help


def setting_data(result: SettingView | Stray) -> dict[str, object]:
    """One setting; where it was to be changed, what became of it in the file, and what that said before."""
    if isinstance(result, Stray):
        return {**_NONE, "name": result.name, "file": str(result.file), "touched": Touched.out.value, "was": result.was}
    return {
        **_setting(result),
        "file": str(result.file),
        "touched": None if result.touched is None else result.touched.value,
        "was": result.was,
    }


def setting_lines(result: SettingView | Stray) -> Iterator[Sequence[str]]:
    """The value alone, for a script; nothing where there is no such setting."""
    if isinstance(result, SettingView):
        yield (str(result.value),)


def config_file_data(result: ConfigFile) -> dict[str, object]:
    """Where the file lies, and whether there is one."""
    return {"file": str(result.file), "exists": result.exists}


def config_file_lines(result: ConfigFile) -> Iterator[Sequence[str]]:
    """The path alone, for an editor."""
    yield (str(result.file),)


def _setting(view: SettingView) -> dict[str, object]:
    row = view.setting
    return {
        "name": row.name,
        "value": view.value,
        "source": view.source.value,
        "place": view.place,
        "default": view.default,
        "hidden": view.hidden,
        "least": row.low,
        "most": row.high,
        "choices": list(row.choices),
        "variable": row.env,
        "meaning": row.help,
    }
