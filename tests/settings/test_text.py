"""One setting changed in a text of TOML: it says that and nothing else anew, and is otherwise as the user wrote it."""

import re
import tomllib
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from c4l.config import SETTINGS, Setting, Value
from c4l.settings.text import value_text, with_setting, without_setting

REMARKED = """\
# What I like.
channel = "visit"   # they come by

[triangle]
# Strict.
key_needed=3
  window_days = 400 # more than a year

# Below the cadences.
[cadence]
"""


@pytest.mark.parametrize(
    ("old", "name", "value", "new"),
    [
        ("", "channel", "visit", "channel = 'visit'\n"),
        ("", "cadence.key", 21, "[cadence]\nkey = 21\n"),
        ("# mine\n", "channel", "visit", "# mine\nchannel = 'visit'\n"),
        ("# mine\n", "cadence.key", 21, "# mine\n\n[cadence]\nkey = 21\n"),
        ("[cadence]\nkey = 30", "cadence.life", 7, "[cadence]\nkey = 30\nlife = 7\n"),
        ("[cadence]\n\n\n[triangle]\n", "cadence.life", 7, "[cadence]\nlife = 7\n\n\n[triangle]\n"),
        ("# mine\n\n# of key\n[cadence]\n", "channel", "visit", "# mine\n\nchannel = 'visit'\n\n# of key\n[cadence]\n"),
        ("# of key\n[cadence]\n", "channel", "visit", "channel = 'visit'\n\n# of key\n[cadence]\n"),
        ("cadence.key = 30 # often\n", "cadence.key", 21, "cadence.key = 21 # often\n"),
        ("cadence.key = 30\n", "cadence.life", 7, "cadence.key = 30\ncadence.life = 7\n"),
        ("[ cadence ]\n'key' = 30\n", "cadence.key", 21, "[ cadence ]\n'key' = 21\n"),
        ("[cadence]\r\nkey = 30\r\n", "cadence.life", 7, "[cadence]\r\nkey = 30\r\nlife = 7\r\n"),
        ("[triangle]\nkey = 1\n[cadence]\nkey = 30\n", "cadence.key", 21, "[triangle]\nkey = 1\n[cadence]\nkey = 21\n"),
        ("x = '''\nchannel = 'call'\n'''\n", "channel", "visit", "x = '''\nchannel = 'call'\n'''\nchannel = 'visit'\n"),
        ("channel = '''call''' # so\n", "channel", "visit", "channel = 'visit' # so\n"),
        ("channel = 'a # b' # so\n", "channel", "visit", "channel = 'visit' # so\n"),
        ("channel = [1, 2]\n", "channel", "visit", "channel = 'visit'\n"),
        ("channel = true", "channel", "visit", "channel = 'visit'"),
        ("[cadence]\nkey = true\n", "cadence.key", 1, "[cadence]\nkey = 1\n"),
        (REMARKED, "triangle.key_needed", 2, REMARKED.replace("needed=3", "needed=2")),
        (REMARKED, "triangle.window_days", 365, REMARKED.replace("400", "365")),
        (REMARKED, "channel", "call", REMARKED.replace('"visit"', "'call'")),
        (REMARKED, "triangle.lasting_days", 90, REMARKED.replace("a year\n", "a year\nlasting_days = 90\n")),
        (REMARKED, "database", "a.db", REMARKED.replace("come by\n", "come by\ndatabase = 'a.db'\n")),
        (REMARKED, "cadence.base", 60, REMARKED + "base = 60\n"),
    ],
)
def test_a_setting_is_changed_where_it_stands_or_added_where_it_belongs(
    old: str, name: str, value: Value, new: str
) -> None:
    assert with_setting(old, name, value) == new
    assert with_setting(new, name, value) == new


@pytest.mark.parametrize(
    ("old", "name", "new"),
    [
        ("channel = 'visit'\n", "channel", ""),
        ("channel = 'visit'  # they come by\n", "channel", "# they come by\n"),
        ("[cadence]\nkey = 30\nlife = 7", "cadence.life", "[cadence]\nkey = 30\n"),
        ("[triangle]\nkey = 1\n[cadence]\nkey = 30\n", "cadence.key", "[triangle]\nkey = 1\n[cadence]\n"),
        ("cadence.key = 30\n", "cadence.key", ""),
        (REMARKED, "triangle.key_needed", REMARKED.replace("key_needed=3\n", "")),
        ("[triangel] # so\nkey = 9 # why\n", "triangel.key", "[triangel] # so\n# why\n"),
        ("chanel = 1.5\nchannel = 'call'\n", "chanel", "channel = 'call'\n"),
        ("[a.b]\nc = 1\n[a]\nc = 2\n", "a.b.c", "[a.b]\n[a]\nc = 2\n"),
        ("[a.b]\nc = 1\n[a]\nc = 2\n", "a.c", "[a.b]\nc = 1\n[a]\n"),
        ("[a]\nb.c = 1\nb.d = 2\n", "a.b.c", "[a]\nb.d = 2\n"),
        ("a . 'b'.c = 1\n", "a.b.c", ""),
    ],
)
def test_a_setting_is_taken_out_and_the_remark_behind_it_stays(old: str, name: str, new: str) -> None:
    assert without_setting(old, name) == new


@pytest.mark.parametrize(
    ("old", "name"),
    [
        ("cadence = { key = 30 }\n", "cadence.key"),
        ("cadence = { key = 30 }\n", "cadence.life"),
        ("channel = '''\ncall'''\n", "channel"),
        ("channel = [\n'call',\n]\n", "channel"),
        ("cadence = 3\n", "cadence.key"),
        ("[[cadence]]\nkey = 30\n", "cadence.key"),
    ],
)
def test_what_no_line_can_change_is_left_to_the_user(old: str, name: str) -> None:
    assert with_setting(old, name, 21 if "." in name else "visit") is None
    if tomllib.loads(old) == {"channel": "call"}:
        assert without_setting(old, name) is None


@given(st.text(st.characters(codec="utf-8"), max_size=20) | st.integers(0, 10**9))
def test_a_value_is_read_again_as_it_was(value: Value) -> None:
    assert tomllib.loads(f"x = {value_text(value)}") == {"x": value}


# Whatever the text.

COMMENTS = st.sampled_from(["# a remark", "  # indented", "# key = 3", "# [triangle]", '#"""', "", "   ", "#"])
WORDS = {"channel": '"call"', "database": "'books/mine.db'", "note": "'a # b'", "number": "1_000", "day": "2026-11-22"}
ENDS = st.sampled_from(["", " ", " # why", "  # 'x' = \"y\""])
MANY_LINES = [
    "m{} = '''\n[cadence]\nkey = 3\nchannel = 'x'\n'''",
    'n{} = """\\\n  [triangle]\n"""',
    "o{} = [\n  1, # one\n]",
]


@st.composite
def _lines_of(draw: st.DrawFn, keys: dict[str, str]) -> list[str]:
    """Assignments of some of the keys, with remarks and values of many lines between them."""
    lines = []
    for key in draw(st.lists(st.sampled_from(sorted(keys)), unique=True, max_size=4)):
        lines += draw(
            st.lists(COMMENTS | st.builds(str.format, st.sampled_from(MANY_LINES), st.integers(0, 99)), max_size=2)
        )
        written = draw(st.sampled_from([key, f"  {key}", f'"{key}"', f"'{key}'"]))
        lines.append(f"{written}{draw(st.sampled_from([' = ', '=']))}{keys[key]}{draw(ENDS)}")
    return lines + draw(st.lists(COMMENTS, max_size=2))


def keys_of(section: str) -> dict[str, str]:
    rows = {
        name.partition(".")[2]: str(row.default) for name, row in SETTINGS.items() if name.startswith(section + ".")
    }
    return rows | {"unknown": "nan", "text": "'x'"}


def _section(name: str) -> st.SearchStrategy[list[str]]:
    header = st.builds("{}{}".format, st.sampled_from([f"[{name}]", f"[ {name} ]", f'["{name}"]', f"  [{name}]"]), ENDS)
    return st.builds(lambda head, lines: [head, *lines], header, _lines_of(keys_of(name)))


HARD = st.sampled_from(
    [
        [],
        ["cadence.key = 3"],
        ["triangle = { key_needed = 3 }"],
        ["[[others]]", "key = 1"],
        ["[triangle.inner]", "key_needed = 1"],
    ]
)


@st.composite
def files(draw: st.DrawFn, *, hard: bool) -> str:
    """A text that can be read: remarks, sections in any order, keys that are settings and such that are none."""
    top = draw(_lines_of(WORDS))
    names = draw(st.lists(st.sampled_from(["triangle", "cadence", "other"]), unique=True))
    sections = [line for name in names for line in draw(_section(name))]
    odd = draw(HARD) if hard else []
    lines = [*odd, *top, *sections] if draw(st.booleans()) else [*top, *sections, *odd]
    text = "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n"]))
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(False)
    return text


def value_of(setting: Setting, draw: st.DataObject) -> Value:
    if setting.low is not None and setting.high is not None:
        return draw.draw(st.integers(setting.low, setting.high))
    return str(draw.draw(st.sampled_from(setting.choices or ("/books/mine.db", 'it\'s "here"\\', "\u2028"))))


def told(table: dict[str, Any], path: str = "") -> dict[str, str]:
    """What a text says, each by its whole name and with its kind: 1 is not true, and no number is itself."""
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= told(value, f"{path}{key}.")
        else:
            found[path + key] = repr(value)
    return found


def same_but_one_place(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of either text that the other does not share, once the beginning and the end of both are left out."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest_old, rest_new = list(old[start:]), list(new[start:])
    while rest_old and rest_new and rest_old[-1] == rest_new[-1]:
        rest_old.pop()
        rest_new.pop()
    return rest_old, rest_new


@settings(max_examples=250)
@given(st.booleans(), st.sampled_from(sorted(SETTINGS)), st.data())
def test_any_setting_in_any_file(hard: bool, name: str, data: st.DataObject) -> None:
    old = data.draw(files(hard=hard))
    value = value_of(SETTINGS[name], data)
    before = told(tomllib.loads(old))

    new = with_setting(old, name, value)
    if new is None:
        assert hard, "a file of plain lines can always be changed"
        return
    assert told(tomllib.loads(new)) == before | {name: repr(value)}

    gone, come = same_but_one_place(old.splitlines(), new.splitlines())
    if name in before:
        assert len(gone) == len(come) <= 1
        if gone:
            assert gone[0].partition("=")[0] == come[0].partition("=")[0]
            assert gone[0].endswith(come[0].partition(value_text(value))[2]), "the remark behind it stays"
    else:
        assert gone == []
    if "\r\n" in old:
        assert "\n" not in new.replace("\r\n", "")
    assert with_setting(new, name, value) == new

    back = without_setting(new, name)
    assert back is not None
    assert told(tomllib.loads(back)) == {key: said for key, said in before.items() if key != name}


@settings(max_examples=150)
@given(files(hard=False), st.data())
def test_anything_that_is_said_on_one_line_can_be_taken_out_be_it_a_setting_or_not(
    old: str, data: st.DataObject
) -> None:
    before = told(tomllib.loads(old))
    assume(before)
    name = data.draw(st.sampled_from(sorted(before)))
    new = without_setting(old, name)
    if new is None:
        assert re.search(r"\b[mno]\d+$", name), "only a value of many lines stays"
        return
    assert told(tomllib.loads(new)) == {key: said for key, said in before.items() if key != name}
    assert same_but_one_place(old.splitlines(), new.splitlines())[0]
