"""What the documents take from the code: the tables of the reference, in that page and in any that marks a place."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from c4l.config import SETTINGS
from c4l.domain.criteria import CRITERIA
from c4l.domain.signals import SIGNALS
from c4l.domain.thresholds import DEFAULTS

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.fixture(scope="module")
def generate() -> Any:
    """The script that writes the generated parts, which lies in no package."""
    spec = spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(name: str, within: str = "stale\n") -> str:
    return f"# A page\n\nOur own words.\n\n<!-- {name} -->\n{within}<!-- /{name} -->\n\nMore of them.\n"


@pytest.mark.parametrize("name", ["signals", "criteria", "settings", "formats"])
@pytest.mark.parametrize("within", ["", "stale\n", "\n| old | table |\n| --- | --- |\n\n"])
def test_a_marked_place_holds_the_table_and_the_words_around_it_stay(generate: Any, name: str, within: str) -> None:
    table = generate.TABLES[name]()

    assert generate.filled(page(name, within)) == page(name, f"\n{table}\n\n")
    assert generate.filled(page(name, f"\n{table}\n\n")) == page(name, f"\n{table}\n\n"), "what is fresh stays"
    assert table in generate.reference()


@pytest.mark.parametrize("text", ["nothing marked", "`<!-- criteria -->` within a line", "<!-- a remark -->\n"])
def test_what_is_no_mark_is_left_alone(generate: Any, text: str) -> None:
    assert generate.filled(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "<!-- criteria -->\n",
        "<!-- /criteria -->\n",
        "<!-- criteria -->\n<!-- /signals -->\n",
        "<!-- criteria -->\n<!-- criteria -->\n<!-- /criteria -->\n",
    ],
)
def test_a_mark_that_stands_alone_is_refused(generate: Any, text: str) -> None:
    with pytest.raises(ValueError, match="stands alone"):
        generate.filled(text)


def test_every_row_of_the_code_is_in_its_table_with_the_numbers_in_force(generate: Any) -> None:
    def rows(table: str) -> dict[str, str]:
        return dict(re.findall(r"^\| `([^`]+)` \| (.*) \|$", table, re.MULTILINE))

    assert rows(generate.signals()).keys() == SIGNALS.keys()
    criteria = rows(generate.criteria())
    assert criteria == {row.name: f"{row.tier} | {row.idea} | {row.rule_with(DEFAULTS)}" for row in CRITERIA}
    assert not [rule for rule in criteria.values() if "{" in rule]
    settings = rows(generate.settings())
    assert settings.keys() == SETTINGS.keys()
    assert settings["triangle.window_days"] == (
        "365 | a whole number from 30 to 3650 | `C4L_TRIANGLE_WINDOW_DAYS` | "
        "how many days back signals, time and promises count"
    )


def test_every_page_written_by_hand_is_looked_at(
    generate: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("README.md", "docs/triangle.md", "docs/commands.md"):
        (tmp_path / name).write_text(page("signals"))
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(generate, "commands", lambda: "written anew")
    monkeypatch.setattr(generate, "picture", lambda *words: "drawn anew")

    found = {str(path.relative_to(tmp_path)): text for path, text in generate.documents()}

    assert found["README.md"] == found["docs/triangle.md"] == generate.filled(page("signals"))
    assert found["docs/commands.md"] == "written anew"
