"""The table of commands: what each name runs, in the order and under the headings of `c4l --help`."""

from collections.abc import Mapping
from typing import NamedTuple


class Row(NamedTuple):
    """A command before anything of it is imported.

    Attributes:
        target: `module:function`.
        panel: the heading under which `--help` lists it.
    """

    target: str
    panel: str


_PANELS = {
    "Every day": {
        "today": "today:today",
        "log": "log:log",
        "promises": "promises:promises",
        "promise": "promises:promise",
        "keep": "promises:keep",
        "move": "promises:move",
        "break": "promises:break_",
        "release": "promises:release",
        "brief": "brief:brief",
        "quiet": "quiet:quiet",
    },
    "The triangle": {
        "triangle": "triangle:triangle",
        "why": "triangle:why",
        "plan": "plan:plan",
        "assess": "assess:assess",
        "check": "check:check",
    },
    "Looking back": {
        "reliability": "reliability:reliability",
        "habits": "habits:habits",
        "graph": "graph:graph",
        "search": "search:search",
        "interactions": "interactions:interactions",
    },
    "Clients": {
        "client add": "clients:add",
        "client list": "clients:list_",
        "client show": "clients:show",
        "client edit": "clients:edit",
        "client rename": "clients:rename",
        "client archive": "clients:archive",
        "client unarchive": "clients:unarchive",
        "client forget": "forget:forget",
        "remember": "facts:remember",
        "date": "facts:date",
        "tag": "facts:tag",
        "snooze": "quiet:snooze",
    },
    "Mending": {
        "show": "show:show",
        "edit": "mending:edit",
        "remove": "mending:remove",
        "undo": "history:undo",
        "history": "history:history",
    },
    "Your data": {
        "import": "data:import_",
        "config list": "config:list_",
        "config get": "config:get",
        "config set": "config:set_",
        "config unset": "config:unset",
        "config path": "config:path",
        "export": "export:export",
        "backup": "backup:backup",
        "restore": "backup:restore",
        "doctor": "doctor:doctor",
        "demo": "demo:demo",
    },
}

COMMANDS: Mapping[str, Row] = {
    name: Row(f"c4l.cli.commands.{target}", panel) for panel, rows in _PANELS.items() for name, target in rows.items()
}

GROUPS: Mapping[str, str] = {
    "client": "Add, list, show and change the people you serve.",
    "config": "List the settings, or show and change one.",
}
"""The first line of help of each group of commands."""

ALONE: Mapping[str, str] = {"config": "list"}
"""The command of a group that runs where none is named; any other group shows its help."""

ALIASES: Mapping[str, str] = {"done": "keep", "due": "promises"}
"""What people type for a command before they know its name."""
