"""The kinds of answer: where the functions are that turn each into its three looks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from rich.console import RenderableType

Data = Callable[[Any], object]
"""What an action returned, as JSON can hold it: dicts, lists, strings, numbers, true, false and null."""

Lines = Callable[[Any], Iterable[Sequence[str]]]
"""The same as records, each a sequence of cells, for `cut` and `grep`."""

Screen = Callable[[Any, int], "RenderableType"]
"""The same as Rich draws it, so many columns wide."""


class Kind(NamedTuple):
    """One kind of answer: for each look `module:function`, imported when it is asked for."""

    data: str
    lines: str
    screen: str

    def load_data(self) -> Data:
        """The function behind `--json`."""
        return cast(Data, _function(self.data))

    def load_lines(self) -> Lines:
        """The function behind `--plain`."""
        return cast(Lines, _function(self.lines))

    def load_screen(self) -> Screen:
        """The function behind a terminal."""
        return cast(Screen, _function(self.screen))


def _function(target: str) -> object:
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def _kind(module: str, name: str) -> Kind:
    return Kind(
        data=f"c4l.render.{module}:{name}_data",
        lines=f"c4l.render.{module}:{name}_lines",
        screen=f"c4l.render.screens.{module}:{name}_screen",
    )


KINDS: Mapping[str, Kind] = {
    "assessment": _kind("assess", "assessment"),
    "assessments": _kind("assess", "assessments"),
    "backup": _kind("backup", "backup"),
    "backups": _kind("backup", "backups"),
    "brief": _kind("brief", "brief"),
    "check": _kind("check", "check"),
    "client": _kind("clients", "client"),
    "clients": _kind("clients", "clients"),
    "config": _kind("config", "config"),
    "config-file": _kind("config", "config_file"),
    "demo": _kind("demo", "demo"),
    "graph": _kind("graph", "graph"),
    "doctor": _kind("doctor", "doctor"),
    "entry": _kind("history", "entry"),
    "export": _kind("export", "export"),
    "forgotten": _kind("forgotten", "forgotten"),
    "habits": _kind("habits", "habits"),
    "history": _kind("history", "history"),
    "import": _kind("imports", "import"),
    "interaction": _kind("interactions", "interaction"),
    "interactions": _kind("interactions", "interactions"),
    "logged": _kind("interactions", "logged"),
    "moves": _kind("moves", "moves"),
    "plan": _kind("plan", "plan"),
    "promise": _kind("promises", "promise"),
    "promises": _kind("promises", "promises"),
    "reliability": _kind("reliability", "reliability"),
    "removed": _kind("removed", "removed"),
    "restored": _kind("backup", "restored"),
    "salvaged": _kind("doctor", "salvaged"),
    "search": _kind("search", "search"),
    "quiet": _kind("quiet", "quiet"),
    "setting": _kind("config", "setting"),
    "today": _kind("today", "today"),
    "triangle": _kind("triangle", "triangle"),
    "triangle-history": _kind("triangle_history", "history"),
    "undone": _kind("history", "undone"),
    "why": _kind("triangle", "why")._replace(screen="c4l.render.screens.why:why_screen"),
}
