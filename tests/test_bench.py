"""The benchmark: its books are always the same and make sense, and its measuring measures what it says."""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bench import __main__ as program
from bench import bulk, generator, report
from bench.cases import Books, cases
from bench.generator import FIRST_CLIENT, TODAY, Size
from bench.measure import NOTHING, Command, Failed, Pair, Sample, peaks, run, times
from bench.report import Figure
from c4l.actions import promises, triangle
from c4l.domain.promises import check_event
from c4l.domain.terms import Tier
from c4l.domain.thresholds import DEFAULTS
from c4l.store.store import Store

TINY = Size("T", 30, 400, 90, 9)
OF_THE_BOOK = ("client", "interaction", "participant", "signal", "promise", "promise_event", "assessment", "change")


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as book:
        return book.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "tiny.db"
    generator.fill(TINY, path)
    return path


# The books


def test_a_book_is_the_same_whenever_it_is_made(tiny: Path, tmp_path: Path) -> None:
    generator.fill(TINY, tmp_path / "again.db")

    for table in OF_THE_BOOK:
        assert rows(tiny, table) == rows(tmp_path / "again.db", table)


def test_it_holds_as_much_as_was_asked_for(tiny: Path) -> None:
    assert len(rows(tiny, "client")) == TINY.clients
    assert len(rows(tiny, "interaction")) == TINY.interactions
    assert len(rows(tiny, "promise")) == TINY.promises
    with Store.open(tiny) as store:
        late = promises.listed(store, TODAY, promises.Wanted(overdue=True))
        assert late.mine + late.theirs == TINY.overdue
        still_open = promises.listed(store, TODAY, promises.Wanted())
        assert still_open.mine + still_open.theirs > TINY.overdue


def test_every_row_refers_to_a_row_and_the_first_client_is_the_one_named(tiny: Path) -> None:
    with closing(sqlite3.connect(tiny)) as book:
        assert book.execute("PRAGMA foreign_key_check").fetchall() == []
        busiest = "SELECT client_id FROM participant GROUP BY client_id ORDER BY count(*) DESC LIMIT 1"
        assert book.execute(f"SELECT name FROM client WHERE id = ({busiest})").fetchone() == (FIRST_CLIENT,)
        last, first = book.execute("SELECT max(happened_on), min(happened_on) FROM interaction").fetchone()
    assert date.fromisoformat(last) <= TODAY
    assert (TODAY - date.fromisoformat(first)).days > 4.9 * 365


def test_what_happened_to_a_promise_could_have_happened_and_left_its_row_so(tiny: Path) -> None:
    with Store.open(tiny) as store:
        views = promises.listed(store, TODAY, promises.Wanted(state=None)).promises
    stored = {row[0]: row for row in rows(tiny, "promise")}

    assert len(views) == TINY.promises
    for view in views:
        promise, stands = view.promise, view.standing
        for number, event in enumerate(promise.events):
            check_event(promise._replace(events=promise.events[:number]), event, TODAY)
        due, state, closed = stored[promise.number][7:10]
        assert (due, state) == (stands.due_on and stands.due_on.isoformat(), stands.state.value)
        assert closed == (stands.closed_on and stands.closed_on.isoformat())


def test_a_book_of_size_s_has_key_clients(tmp_path: Path) -> None:
    generator.fill(generator.SMALL, tmp_path / "s.db")
    with Store.open(tmp_path / "s.db") as store:
        counts = triangle.triangle(store, TODAY, TODAY, DEFAULTS).counts

    assert counts[Tier.base] > counts[Tier.key] > 0


def test_a_book_is_kept_until_its_making_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = generator.book(TINY, tmp_path)
    stamp = first.stat().st_mtime_ns
    assert generator.book(TINY, tmp_path) == first
    assert first.stat().st_mtime_ns == stamp

    monkeypatch.setattr(generator, "fingerprint", lambda: "other")
    second = generator.book(TINY, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [second.name] == ["T-other.db"]


def test_bulk_writes_the_same_rows_with_and_without_a_journal(tmp_path: Path) -> None:
    for way in bulk.WAYS:
        bulk.main(way, str(tmp_path / f"{way}.db"), "25000")

    for table in ("interaction", "participant"):
        written = rows(tmp_path / "journalled.db", table)
        assert len(written) == 25_000
        assert written == rows(tmp_path / "bare.db", table)
    journals = [Counter(row[2] for row in rows(tmp_path / f"{way}.db", "change")) for way in ("journalled", "bare")]
    assert journals[0].keys() - journals[1].keys() == {"interaction", "participant"}


# The measuring


def test_a_run_that_fails_is_told_and_not_measured(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no such luck"):
        run(Command(("-c", "raise SystemExit('no such luck')")), tmp_path)


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_is_one_and_a_pipe_is_none(tmp_path: Path, terminal: bool) -> None:
    code = f"import os, sys; assert sys.stdout.isatty() is {terminal}; assert os.environ['COLUMNS'] == '100'"
    run(Command(("-c", code), terminal=terminal), tmp_path)


@pytest.mark.parametrize("terminal", [True, False])
def test_whatever_is_said_is_read_to_its_end(tmp_path: Path, terminal: bool) -> None:
    run(Command(("-c", "print('said\\n' * 200_000)"), terminal=terminal), tmp_path)


def test_the_peak_is_that_of_the_command_and_not_of_who_measures(tmp_path: Path) -> None:
    held = bytearray(200_000_000)
    nothing = run(NOTHING, tmp_path)
    some = run(Command(("-c", "held = bytes(1) * 50_000_000")), tmp_path)

    assert nothing.peak < 40_000_000 < len(held)
    assert some.peak > nothing.peak + 40_000_000


def test_a_fresh_file_is_gone_before_each_run(tmp_path: Path) -> None:
    file = tmp_path / "fresh"
    command = Command(("-c", f"open({str(file)!r}, 'x').close()"), fresh=file)
    run(command, tmp_path)
    run(command, tmp_path)


def test_pairs_are_compared_one_by_one_and_the_middle_one_counts() -> None:
    found = [
        Pair(Sample(one, int(10 * one)), Sample(other, 10)) for one, other in ((2.0, 1.0), (6.0, 2.0), (500.0, 1.0))
    ]

    assert times(found) == 3.0
    assert peaks(found) == 6.0


def test_two_runs_do_not_measure_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "FOLDER", tmp_path / "books")
    with program._alone() as first, program._alone() as second:
        assert (first, second) == (True, False)
    with program._alone() as later:
        assert later


# The table


@pytest.mark.parametrize(
    ("at_most", "measured", "verdict"),
    [(2.0, 2.0, "met"), (2.0, 2.5, "missed by 25 %"), (None, 90.0, "for information")],
)
def test_a_figure_is_met_or_missed(at_most: float | None, measured: float, verdict: str) -> None:
    assert Figure("all", at_most, measured, "2 ms", "1 ms", 3).verdict == verdict


def test_the_page_tells_every_figure_and_nothing_of_where_it_ran(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    wanted = cases(Books(path, path, path, path, FIRST_CLIENT, path, 300, tmp_path))
    figures = [Figure(case.what, case.at_most, 1.0, "2 ms", "2 ms", 3) for case in wanted]

    page = report.page(figures, TODAY, 0.1)

    assert page.count("| met") == len([case for case in wanted if case.at_most is not None])
    assert "Every figure is met." in page
    assert str(tmp_path) not in page
    assert "1 of" in report.page([*figures, figures[0]._replace(measured=99.0)], TODAY, 0.1)
    table = [line for line in page.splitlines() if line.startswith("| ")][: len(figures) + 2]
    assert len({len(line) for line in table}) == 1
