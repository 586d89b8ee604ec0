"""The domain is rules alone: nothing but the standard library and dateutil, no clock, no input and no output."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from c4l import domain

MODULES = sorted(Path(domain.__file__).parent.rglob("*.py"))

OUTSIDE = {
    *("io", "os", "sys", "pathlib", "shutil", "tempfile", "glob", "fileinput", "logging", "locale"),
    *("subprocess", "socket", "urllib", "http", "sqlite3", "time", "asyncio", "threading", "random", "secrets"),
}
"""What of the standard library reaches for the machine, the clock or chance."""

CLOCKS = {"date.today", "datetime.today", "datetime.now", "datetime.utcnow"}
STREAMS = {"open", "print", "input"}


def offences(source: str) -> Iterator[str]:
    """What a module of the domain may not name."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names if not allowed(each.name))
            case ast.ImportFrom(module=module, level=level):
                name = "." * level + (module or "")
                yield from [] if allowed(name) else [name]
            case ast.Attribute(attr=attr, value=ast.Name(id=owner) | ast.Attribute(attr=owner)):
                yield from {f"{owner}.{attr}"} & CLOCKS
            case ast.Name(id=name, ctx=ast.Load()):
                yield from {name} & STREAMS


def allowed(name: str) -> bool:
    if name == "c4l.domain" or name.startswith("c4l.domain."):
        return True
    top = name.partition(".")[0]
    return top == "dateutil" or (top in sys.stdlib_module_names and top not in OUTSIDE)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_module_of_the_domain_knows_nothing_outside(module: Path) -> None:
    assert list(offences(module.read_text(encoding="utf-8"))) == []


def test_the_domain_has_modules() -> None:
    assert {"criteria", "promises", "dates"} <= {module.stem for module in MODULES}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import rich.text", ["rich.text"]),
        ("import bisect, typer", ["typer"]),
        ("from c4l.store import clients", ["c4l.store"]),
        ("from c4l import config", ["c4l"]),
        ("from c4l.domainless import rule", ["c4l.domainless"]),
        ("from .. import config", [".."]),
        ("from time import time", ["time"]),
        ("def read():\n    from pathlib import Path", ["pathlib"]),
        ("day = date.today()", ["date.today"]),
        ("day = datetime.date.today()", ["date.today"]),
        ("at = datetime.now(UTC)", ["datetime.now"]),
        ("field(default_factory=date.today)", ["date.today"]),
        ("print(1)", ["print"]),
        ("list(map(open, names))", ["open"]),
        ("from c4l.domain import reasons\nfrom datetime import date\nimport dateutil.easter\nopen = asked.today", []),
    ],
)
def test_what_reaches_outside_is_found(source: str, found: list[str]) -> None:
    assert list(offences(source)) == found
