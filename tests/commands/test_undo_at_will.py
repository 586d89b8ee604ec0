"""Commands and undos in any order: nothing is changed but what an undo takes back, and that to the last cell."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from c4l.store import search
from tests.commands.conftest import Book
from tests.commands.snapshots import Snapshot
from tests.conftest import Cli, Result

AT_WILL = (
    *("log|jane|hello|-i|the deck by friday", "log|jane, bob|walked through|-s|jane: door", "log|Ann Page|hi|--new"),
    *("promise|bob|the list|--by|2026-12-01", "keep|1", "move|1|2026-12-05|--told", "break|2", "remove|1|--yes"),
    *("remove|i1|--yes", "edit|i1|--on|2026-11-20", "edit|2|--what|the tea", "client rename|ann|Anna Page"),
    *("client edit|bob|--role|buyer", "tag|ann|tea", "tag|ann|--remove|tea", "date|ann|birthday|12-01"),
    *("client archive|bob", "client unarchive|bob", "remember|ann|goal: peace", "snooze|ann|2w", "import|BOOK"),
)


class AtWill(RuleBasedStateMachine):
    """Commands and undos in any order: after each undo the book is as it was before what it took back."""

    cli: Cli
    path: Path
    book_file: Path
    made: bytes

    @initialize()
    def begin(self) -> None:
        self.path.write_bytes(self.made)
        self.states: dict[int, tuple[Snapshot, Snapshot]] = {}
        self.state = Snapshot.of(self.path)

    def run(self, *words: str) -> Result:
        answered = self.cli(*words)
        assert answered.code in (0, 1, 2, 3, 4), answered
        now = Snapshot.of(self.path)
        # What failed changed nothing, and left no entry.
        newest, undoes = self.newest()
        assert answered.code == 0 or (now == self.state and newest == max(self.states, default=1))
        if newest > max(self.states, default=1):
            self.states[newest] = (self.state, now)
            if undoes in self.states:
                self.hold_that_it_is_taken_back(undoes, newest)
        self.state = now
        return answered

    def newest(self) -> tuple[int, int]:
        """The number of the last entry, and of the one that it undoes; 0 for none."""
        with closing(sqlite3.connect(self.path)) as connection:
            number, undoes = connection.execute("SELECT id, undoes FROM entry ORDER BY id DESC LIMIT 1").fetchone()
            return number, undoes or 0

    def hold_that_it_is_taken_back(self, number: int, undo: int) -> None:
        """Each row that an entry changed is as it was before it, and every other is as it was before the undo."""
        (then, left), (before, now) = self.states[number], self.states[undo]
        for table, rows in now.rows.items():
            was, became = by_number(then.rows[table]), by_number(left.rows[table])
            touched = {key for key in was.keys() | became.keys() if was.get(key) != became.get(key)}
            expected = {key: row for key, row in by_number(before.rows[table]).items() if key not in touched}
            assert by_number(rows) == expected | {key: was[key] for key in touched & was.keys()}

    @rule(line=st.sampled_from(AT_WILL))
    def command(self, line: str) -> None:
        command, *rest = line.split("|")
        self.run(*command.split(), *(str(self.book_file) if word == "BOOK" else word for word in rest))

    @rule()
    def undo(self) -> None:
        self.run("undo")

    @rule(data=st.data())
    def undo_one_and_first_what_stands_on_it(self, data: st.DataObject) -> None:
        if not self.states:
            return
        waiting = [data.draw(st.sampled_from(sorted(self.states)))]
        while waiting:
            answered = self.run("undo", str(waiting[-1]))
            if "cannot be undone while" in answered.err:
                later = int(answered.err.rsplit(maxsplit=1)[-1])
                # Each hint leads to something newer, and so to an end.
                assert later > waiting[-1]
                waiting.append(later)
            else:
                assert answered.code == 0 or "is undone already" in answered.err
                assert answered.code == 0 or len(waiting) == 1
                waiting.pop()

    @invariant()
    def the_index_of_words_is_what_the_rows_make_it(self) -> None:
        rebuilt = self.path.with_name("rebuilt.db")
        rebuilt.write_bytes(self.path.read_bytes())
        with closing(sqlite3.connect(rebuilt, isolation_level=None)) as connection:
            search.rebuild(connection)
        assert Snapshot.of(rebuilt).words == self.state.words


def by_number(rows: list[tuple[Any, ...]]) -> dict[int, tuple[Any, ...]]:
    return {row[0]: row for row in rows}


def test_commands_and_undos_in_any_order_leave_what_they_must(cli: Cli, book: Book, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text("Name,E-mail\nKim Roe,kim@example.test\nAnn Page,ann@example.test\n")
    AtWill.cli, AtWill.path, AtWill.book_file = cli, book.path, tmp_path / "book.csv"
    AtWill.made = book.path.read_bytes()
    run_state_machine_as_test(
        AtWill, settings=settings(max_examples=settings().max_examples // 7, stateful_step_count=20)
    )
