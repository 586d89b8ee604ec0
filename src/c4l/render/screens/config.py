"""The settings on a terminal: all of them by section, one of them with all there is to say, and a change."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from c4l.actions.config import ConfigFile, Configuration, SettingView, Stray, Touched
from c4l.config import Source
from c4l.render.screens.parts import BLANK, GOOD, LOUD, QUIET, Column, Grid, Line, Page, Row, help_line, joined, text

if TYPE_CHECKING:
    from rich.console import RenderableType

_SECTION = (Column(), Column(right=True), Column(least=7), Column(least=20))
_FACTS = (Column(), Column(least=20))


def config_screen(result: Configuration, width: int) -> "RenderableType":
    """Every setting, section by section."""
    page = Page(width)
    page.add(Line(text("Settings", LOUD)), BLANK)
    for section, views in groupby(result.settings, lambda view: view.setting.name.rpartition(".")[0]):
        if section:
            page.add(BLANK, Line(text(f"{section}.", LOUD)))
            page.add(Grid(_SECTION, [_row(view, section) for view in views], indent=2))
        else:
            page.add(Grid(_FACTS, [row for view in views for row in _rows(view)]))
    page.add(BLANK, Line(_file(result.file)))
    page.add(help_line("To change one:", "c4l config set cadence.key 21"))
    return page


def _row(view: SettingView, section: str) -> Row:
    name = text(view.setting.name.removeprefix(f"{section}."))
    return name, _value(view), _origin(view), text(view.setting.help, QUIET)


def _rows(view: SettingView) -> Sequence[Row]:
    """A setting with a value that may be long, on two lines."""
    about = joined((_origin(view), text(view.setting.help, QUIET)))
    return (text(view.setting.name), _value(view)), (Text(), about)


def _value(view: SettingView) -> Text:
    return text(str(view.value), "" if view.source is Source.default else GOOD)


def _origin(view: SettingView) -> Text:
    """Where a value comes from; the default, too, where that is another."""
    if view.source is Source.default:
        return text("default", QUIET)
    told = text(view.source.value)
    return told if view.value == view.default else told.append_text(text(f" (default {view.default})", QUIET))


def setting_screen(result: SettingView | Stray, width: int) -> "RenderableType":
    """One setting with all there is to say of it; or what became of it, where it was to be changed."""
    page = Page(width)
    if isinstance(result, Stray):
        page.add(Line(text(result.name, LOUD).append_text(text(" is out of your file; it was no setting"))))
        page.add(Line(text(str(result.file), QUIET)))
        return page
    page.add(Line(text(result.setting.name, LOUD).append_text(text(f" {_stands(result)}"))))
    if result.touched:
        page.add(Line(text(str(result.file), QUIET)))
    else:
        page.add(BLANK, Grid(_FACTS, [(text(label, QUIET), text(told)) for label, told in _facts(result) if told]))
    return page


def _stands(result: SettingView) -> str:
    hidden = result.source not in (Source.file, Source.default)
    match result.touched:
        case Touched.written:
            was = "" if result.was is None else f", and was {result.was}"
            return f"is {result.hidden} in your file now{was}" if hidden else f"is {result.value} now{was}"
        case Touched.there:
            return f"is {result.hidden} in your file already" if hidden else f"is {result.value} already"
        case Touched.out:
            return "is out of your file" if hidden else f"is {result.value} again, the default"
        case _:
            return f"is {result.value}"


def _facts(result: SettingView) -> Iterator[tuple[str, str]]:
    row = result.setting
    yield "meaning", row.help
    yield "from", result.source if result.place is None else f"{result.source}: {result.place}"
    yield "your file", "" if result.hidden is None else f"says {result.hidden}, which is hidden"
    yield "default", str(result.default)
    yield "allowed", row.allowed
    yield "variable", row.env


def config_file_screen(result: ConfigFile, width: int) -> "RenderableType":
    """Where the file lies, whole, to be copied."""
    page = Page(width)
    page.add(Line(_file(result)))
    return page


def _file(result: ConfigFile) -> Text:
    there = "" if result.exists else "  (not there yet)"
    return text(str(result.file)).append_text(text(there, QUIET))
