"""`edit` and `remove` where somebody sits at the terminal: a real editor's place taken by small scripts."""

import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Book
from tests.conftest import Cli, Result, Terminal

Editor = Callable[[str], dict[str, str]]

KEPT = re.compile(r"nothing was changed; your text is kept in (\S+)")


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    """Writes a script that edits the file `$1`, and answers the environment that names it; texts lie in `temp`.

    It is named as people name editors: in a path with blanks, and with an option of its own before the file.
    """
    (tmp_path / "temp").mkdir()

    def written(script: str) -> dict[str, str]:
        path = tmp_path / "my editor.sh"
        path.write_text(f"#!/bin/sh\nshift\n{script}\n")
        path.chmod(0o755)
        return {"EDITOR": f"'{path}' --wait", "TMPDIR": str(tmp_path / "temp")}

    return written


@pytest.fixture
def log(book: Book) -> Book:
    book.done("log", "jane", "walked through it", "--on", "2026-11-20", "-s", "consulted", "-i", "the deck by 27 nov")
    return book


def kept_file(answered: Result) -> Path:
    """The file in which a text is kept, of which the terminal broke no line."""
    told = KEPT.search(answered.out)
    assert told, answered.out
    return Path(told[1])


def test_an_interaction_is_changed_in_the_editor(log: Book, terminal: Terminal, editor: Editor, tmp_path: Path) -> None:
    env = editor(r"""sed -i -e 's/^minutes:$/minutes: 45/' -e 's/through it/through the renewal/' "$1" """)
    answered = terminal("edit", "i1", env=env)

    assert answered.code == 0, answered.out
    assert "45 min" in answered.out
    assert log.notes == ["walked through the renewal"]
    assert log.done("show", "i1")["minutes"] == 45
    assert list((tmp_path / "temp").iterdir()) == []


def test_a_promise_is_changed_in_the_editor(log: Book, terminal: Terminal, editor: Editor) -> None:
    env = editor(r"""sed -i -e 's/^by: .*/by: 1 dec/' -e 's/^the deck/the renewal deck/' "$1" """)

    assert terminal("edit", "1", env=env).code == 0
    assert log.promises == [("jane-doe", "me", "the renewal deck", "2026-11-20", "2026-12-01", "open")]


def test_visual_wins_over_editor(log: Book, terminal: Terminal, editor: Editor) -> None:
    env = editor(r"""echo more >> "$1" """)

    assert terminal("edit", "i1", env={**env, "VISUAL": env["EDITOR"], "EDITOR": "false"}).code == 0
    assert log.notes == ["walked through it\nmore"]


def test_the_editor_has_the_terminal_and_its_file_is_private(
    log: Book, terminal: Terminal, editor: Editor, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    env = editor(f'[ -t 0 ] && [ -t 1 ] && stat -c %a "$1" "$(dirname "$1")" > {seen}')

    assert terminal("edit", "i1", env=env).code == 0
    assert seen.read_text() == "600\n700\n"


def test_a_text_that_is_left_as_it_is_changes_nothing(
    log: Book, terminal: Terminal, editor: Editor, tmp_path: Path
) -> None:
    before = log.changes
    answered = terminal("edit", "i1", env=editor("true"))

    assert answered.code == 0
    assert "nothing was changed" in answered.out
    assert "kept in" not in answered.out
    assert log.changes == before
    assert list((tmp_path / "temp").iterdir()) == []


@pytest.mark.parametrize(
    ("what", "script", "code", "told", "holds"),
    [
        ("i1", r"""sed -i 's/^minutes:/minutes: long/' "$1" """, 2, "no number of minutes", "minutes: long"),
        ("i1", r"""sed -i 's/^minutes:/length:/' "$1" """, 2, "is no line that can be read", "length:"),
        ("i1", r"""printf 'on: today\n\n' > "$1" """, 2, "an interaction needs a note", "on: today"),
        ("i1", r"""echo more >> "$1"; exit 3 """, 1, "ended with 3", "more"),
        ("1", r"""sed -i 's/^by: .*/by: next friday/' "$1" """, 2, "next friday", "by: next friday"),
        ("1", r"""rm "$1"; printf 'by: soon\n\nnew' > "$1"; chmod 644 "$1" """, 2, "no day", "by: soon"),
    ],
)
def test_what_was_typed_is_kept_where_it_cannot_be_used(
    log: Book, terminal: Terminal, editor: Editor, what: str, script: str, code: int, told: str, holds: str
) -> None:
    before = log.changes
    answered = terminal("edit", what, env=editor(script), width=300)

    assert answered.code == code, answered.out
    assert told in answered.out
    file = kept_file(answered)
    assert holds in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert log.changes == before


def test_what_was_typed_is_kept_where_the_book_cannot_be_written(log: Book, terminal: Terminal, editor: Editor) -> None:
    # While the editor is open, something happens to the book itself.
    env = editor(f"""echo more >> "$1"; echo "no book" > '{log.path}' """)
    answered = terminal("edit", "i1", env=env, width=300)

    assert answered.code == 5, answered.out
    assert "more" in kept_file(answered).read_text()


def test_what_was_typed_is_kept_where_something_happened_to_the_promise_meanwhile(
    log: Book, terminal: Terminal, editor: Editor, home: dict[str, str]
) -> None:
    keep = f"C4L_DATABASE='{log.path}' C4L_TODAY=2026-11-22 '{sys.executable}' -m c4l keep 1 > /dev/null"
    answered = terminal("edit", "1", env=editor(f"""{keep}; sed -i 's/^by: .*/by: 1 dec/' "$1" """), width=300)

    assert answered.code == 4, answered.out
    assert "was kept on 2026-11-22" in answered.out
    assert "by: 1 dec" in kept_file(answered).read_text()


def test_no_utf_8_is_kept_as_it_is(log: Book, terminal: Terminal, editor: Editor) -> None:
    answered = terminal("edit", "i1", env=editor(r"""printf '\n\nna\357ve' > "$1" """), width=300)

    assert answered.code == 1
    assert "no UTF-8" in answered.out
    assert kept_file(answered).read_bytes().endswith(b"na\xefve")


def test_ctrl_c_belongs_to_the_editor(log: Book, terminal: Terminal, editor: Editor) -> None:
    env = editor("""trap 'echo more >> "$1"' INT; echo ready; read -r line; true""")
    answered = terminal("edit", "i1", env=env, typed=[("ready", "\x03"), ("^C", "\r")])

    assert "Traceback" not in answered.out
    assert answered.code == 0, answered.out
    assert log.notes == ["walked through it\nmore"]


@pytest.mark.parametrize(
    ("env", "code", "told"),
    [
        ({}, 2, "no editor is named"),
        ({"EDITOR": " "}, 2, "set EDITOR"),
        ({"EDITOR": "no-such-editor"}, 1, "the editor “no-such-editor” cannot be started: No such file"),
        ({"EDITOR": "'"}, 1, "cannot be started"),
    ],
)
def test_without_an_editor_it_says_what_to_do(
    log: Book, terminal: Terminal, tmp_path: Path, env: dict[str, str], code: int, told: str
) -> None:
    (tmp_path / "temp").mkdir()
    answered = terminal("edit", "i1", env={**env, "TMPDIR": str(tmp_path / "temp")}, width=200)

    assert answered.code == code
    assert told in answered.out
    assert list((tmp_path / "temp").iterdir()) == []


def test_a_pipe_is_never_edited(log: Book, cli: Cli, editor: Editor) -> None:
    log.refused(cli("edit", "i1", env=editor("true")), 2, "it is not said what is to change")


def test_removing_asks_on_a_real_terminal(log: Book, terminal: Terminal) -> None:
    answered = terminal("remove", "i1", typed=[("Remove this? [y/N] ", "maybe\r"), ("Remove this? [y/N] ", "y\r")])

    assert answered.code == 0
    assert answered.out.index("call with Jane Doe") < answered.out.index("Remove this?")
    assert "Removed" in answered.out
    assert log.notes == []


def test_ctrl_c_at_the_question_removes_nothing(log: Book, terminal: Terminal) -> None:
    assert terminal("remove", "i1", "1", typed=[("Remove this?", "\x03")]).code == 130
    assert log.notes == ["walked through it"]


# --- two at once -----------------------------------------------------------------------------------------------------

C4L = f"'{sys.executable}' -m c4l"


@pytest.mark.parametrize(
    ("number", "elsewhere", "mine"),
    [("i1", '--note "from the other"', "s/walked/ran/"), ("1", '--what "from the other"', "s/the deck/my deck/")],
)
def test_what_changed_while_the_editor_was_open_is_not_overwritten(
    log: Book, terminal: Terminal, editor: Editor, number: str, elsewhere: str, mine: str
) -> None:
    env = editor(f"""{C4L} edit {number} {elsewhere} > /dev/null; sed -i -e '{mine}' "$1" """)
    answered = terminal("edit", number, env=env, width=200)

    assert answered.code == 4, answered.out
    assert f"{number} was changed while you had it open" in answered.out
    assert f"c4l show {number} says what it is now; to go on with your text: c4l edit {number}" in answered.out
    assert "from the other" in [*log.notes, log.promises[0][2]]
    assert re.search("ran through it|my deck", kept_file(answered).read_text())

    # Who has looked at it goes on with the text that was kept, knowing what is lost.
    again = terminal("edit", number, env={"EDITOR": "true"}, typed=[("Go on", "y\r")])
    assert again.code == 0, again.out
    assert re.search("ran through it|my deck", "".join([*log.notes, log.promises[0][2]]))


def test_who_changes_nothing_stands_in_nobodys_way(log: Book, terminal: Terminal, editor: Editor) -> None:
    answered = terminal("edit", "i1", env=editor(f'{C4L} edit i1 --note "from the other" > /dev/null'))
    assert answered.code == 0, answered.out
    assert log.notes == ["from the other"]
