"""The text of a settings file with one setting changed, and everything else in it as the user wrote it.

TOML can say one thing in many ways, and the standard library only reads it. So the places where a line could be changed
or added are tried one after the other, the most natural first, and what comes of each is read again: it is taken when
it says what the old text said with exactly that one setting changed. Where none does, the user has to do it.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from c4l.config import Value

_QUOTED = re.compile(r'''"""(?:[^\\]|\\.)*?"""|"(?:[^"\\]|\\.)*"|''' r"'''.*?'''|'[^']*'")
_HEADER = re.compile(r"\s*\[[^\[]")


def with_setting(text: str, name: str, value: Value) -> str | None:
    """The text in which a setting has a value, or None where no line of it can be changed or added so.

    Args:
        text: what `tomllib` can read.
        name: as `config.toml` spells it, `section.key` or a key before the first section.
    """
    path = name.split(".")
    old = tomllib.loads(text)
    wanted = _meaning(_replaced(old, path, value))
    places = _in_place if _holds(old, path) else _added
    return next((new for new in places(text, path, value_text(value)) if _means(new, wanted)), None)


def without_setting(text: str, name: str) -> str | None:
    """The text in which a setting is left out, or None where no line of it can be taken away so.

    A remark behind it stays, on a line of its own.

    Args:
        text: what `tomllib` can read.
        name: of anything that the text says, be it a setting or not.
    """
    path = name.split(".")
    wanted = _meaning(_replaced(tomllib.loads(text), path, None))
    return next((new for new in _taken_away(text, path) if _means(new, wanted)), None)


def value_text(value: Value) -> str:
    """A value as TOML writes it."""
    if isinstance(value, int):
        return str(value)
    if "'" not in value and value.isprintable():
        return f"'{value}'"
    return f'"{"".join(map(_character, value))}"'


def line(name: str, value: Value) -> str:
    """What a user writes to say a setting by hand."""
    section, key = _apart(name)
    return f"{key} = {value_text(value)}" + (f", under [{section}]" if section else "")


def _character(each: str) -> str:
    if each in '"\\':
        return f"\\{each}"
    if each.isprintable():
        return each
    return f"\\u{ord(each):04x}" if ord(each) < 0x10000 else f"\\U{ord(each):08x}"


# What a text says.


def _apart(name: str) -> tuple[str, str]:
    """The section, empty before the first, and the key."""
    section, _, key = name.rpartition(".")
    return section, key


def _holds(table: object, path: Sequence[str]) -> bool:
    for part in path:
        if not isinstance(table, dict) or part not in table:
            return False
        table = table[part]
    return True


def _replaced(table: object, path: Sequence[str], value: Value | None) -> dict[str, Any]:
    """The table with one setting changed, or left out where there is no value."""
    changed = dict(table) if isinstance(table, dict) else {}
    first, *rest = path
    if rest:
        changed[first] = _replaced(changed.get(first), rest, value)
    elif value is None:
        changed.pop(first, None)
    else:
        changed[first] = value
    return changed


def _means(text: str, wanted: object) -> bool:
    try:
        return _meaning(tomllib.loads(text)) == wanted
    except (ValueError, RecursionError):
        return False


def _meaning(value: object) -> object:
    """Something that is equal where two texts say the same: 1, 1.0 and true are three things, no number is itself."""
    if isinstance(value, dict):
        # An empty section says nothing.
        held = {key: _meaning(inner) for key, inner in value.items()}
        return {key: inner for key, inner in held.items() if inner != {}}
    if isinstance(value, list):
        return [_meaning(each) for each in value]
    return type(value).__name__, repr(value)


# Where a line could be changed or added. A piece of a text in several lines can look like any of this; what is tried
# there is not taken.


def _lines(text: str) -> list[str]:
    """The lines with their ends, as TOML knows them."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _word(word: str) -> str:
    return rf"""(?:{re.escape(word)}|"{re.escape(word)}"|'{re.escape(word)}')"""


def _assignments(lines: list[str], path: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where the key is given a value: the line, and where in it the value begins and ends.

    How much of its path stands before the key depends on the section.
    """
    *sections, key = path
    dotted = ""
    for section in sections:
        dotted = rf"(?:{dotted}{_word(section)}\s*\.\s*)?"
    begins = re.compile(rf"\s*{dotted}{_word(key)}\s*=\s*")
    for number, line in enumerate(lines):
        if found := begins.match(line):
            rest = line[found.end() :]
            quoted = _QUOTED.match(rest)
            length = quoted.end() if quoted else len(rest.partition("#")[0].rstrip())
            yield number, found.end(), found.end() + length


def _in_place(text: str, path: Sequence[str], value: str) -> Iterator[str]:
    lines = _lines(text)
    for number, begin, end in _assignments(lines, path):
        changed = lines[number][:begin] + value + lines[number][end:]
        yield "".join([*lines[:number], changed, *lines[number + 1 :]])


def _taken_away(text: str, path: Sequence[str]) -> Iterator[str]:
    lines = _lines(text)
    for number, _, end in _assignments(lines, path):
        remark = lines[number][end:].lstrip(" \t")
        yield "".join([*lines[:number], *([remark] if remark.startswith("#") else []), *lines[number + 1 :]])


def _added(text: str, path: Sequence[str], value: str) -> Iterator[str]:
    """With a new line: below the others of its section, else in a section of its own at the end."""
    section, key = _apart(".".join(path))
    lines, end = _lines(text), _end(text)
    new = f"{key} = {value}{end}"
    headers = [number for number, line in enumerate(lines) if _HEADER.match(line) or line.lstrip().startswith("[[")]
    if not section:
        yield from _on_top(lines, headers, new, end)
        return
    header = re.compile(rf"\s*\[\s*{_word(section)}\s*\]")
    for place, number in enumerate(headers):
        if header.match(lines[number]):
            until = headers[place + 1] if place + 1 < len(headers) else len(lines)
            yield _inserted(lines, _behind(lines, number, until), new, end)
            yield _inserted(lines, number + 1, new, end)
    apart = end if text.strip() else ""
    yield _inserted(lines, len(lines), f"{apart}[{section}]{end}{new}", end)
    # Where the section is there without a line of its own: `triangle.window_days = 400`.
    yield from _on_top(lines, headers, f"{section}.{new}", end)


def _on_top(lines: list[str], headers: list[int], new: str, end: str) -> Iterator[str]:
    """Before the first section: below what stands there, or above everything."""
    first = headers[0] if headers else len(lines)
    if behind := _behind(lines, -1, first):
        yield _inserted(lines, behind, new, end)
    # A remark that a blank line sets apart is about the file, and not about the section below it.
    apart = next((number + 1 for number in range(first - 1, -1, -1) if not lines[number].strip()), 0)
    for place in (apart, 0) if headers else (len(lines), 0):
        yield _inserted(lines, place, new + end if headers else new, end)


def _behind(lines: list[str], header: int, until: int) -> int:
    """The place behind the last line of a section that says something; remarks below it belong to what follows."""
    for number in range(until - 1, header, -1):
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            return number + 1
    return header + 1


def _inserted(lines: list[str], place: int, new: str, end: str) -> str:
    before = "".join(lines[:place])
    if before and not before.endswith("\n"):
        before += end
    return before + new + "".join(lines[place:])
