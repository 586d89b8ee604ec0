"""Settings: which source wins, what is refused and with what words; and the clock."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l import config
from c4l.config import SETTINGS, load, today
from c4l.domain.errors import Unusable
from c4l.domain.terms import Channel, Tier
from c4l.domain.thresholds import DEFAULTS


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def settings(file: Path, text: str = "", environ: Mapping[str, str] | None = None) -> config.Settings:
    file.write_text(text, encoding="utf-8")
    return load(None, {"C4L_CONFIG": str(file), "HOME": "/home/jane", **(environ or {})})


def refused(file: Path, text: str = "", environ: Mapping[str, str] | None = None) -> Unusable:
    with pytest.raises(Unusable) as caught:
        settings(file, text, environ)
    assert caught.value.hint
    return caught.value


# The table


def test_the_triangle_has_a_row_for_each_threshold_and_the_same_default() -> None:
    rows = {
        name.removeprefix("triangle."): row.default for name, row in SETTINGS.items() if name.startswith("triangle.")
    }

    assert rows == DEFAULTS._asdict()


def test_every_default_is_allowed_and_every_setting_has_help() -> None:
    for row in SETTINGS.values():
        assert row.help
        if row.low is not None and row.high is not None:
            assert isinstance(row.default, int)
            assert row.low <= row.default <= row.high
        elif row.choices:
            assert row.default in row.choices


def test_no_two_settings_share_a_variable() -> None:
    assert len({row.env for row in SETTINGS.values()}) == len(SETTINGS)
    assert SETTINGS["triangle.window_days"].env == "C4L_TRIANGLE_WINDOW_DAYS"


# Which source wins


def test_without_anything_said_the_defaults_hold(tmp_path: Path) -> None:
    said = load(None, {"C4L_CONFIG": str(tmp_path / "missing.toml"), "HOME": "/home/jane"})

    assert said.channel is Channel.call
    assert said.thresholds == DEFAULTS
    assert [said.cadence(tier) for tier in Tier] == [90, 30, 14]


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(file: Path) -> None:
    written = "channel = 'email'\n[triangle]\nwindow_days = 400\nkey_needed = 3\n[cadence]\nlife = 7\n"
    said = settings(file, written, {"C4L_CHANNEL": "visit", "C4L_TRIANGLE_WINDOW_DAYS": "500", "C4L_CADENCE_KEY": "21"})

    assert said.channel is Channel.visit
    assert said.thresholds.window_days == 500
    assert said.thresholds.key_needed == 3
    assert said.thresholds.lasting_days == DEFAULTS.lasting_days
    assert [said.cadence(tier) for tier in Tier] == [90, 21, 7]


def test_the_database_comes_from_option_then_environment_then_file_then_the_platform(file: Path) -> None:
    environ = {"C4L_CONFIG": str(file), "HOME": "/home/jane", "C4L_DATABASE": "/books/environment.db"}
    file.write_text("database = '/books/file.db'")

    assert load("/books/option.db", environ).database == Path("/books/option.db")
    assert load(None, environ).database == Path("/books/environment.db")
    assert load(None, environ | {"C4L_DATABASE": ""}).database == Path("/books/file.db")
    file.unlink()
    assert load(None, environ | {"C4L_DATABASE": ""}).database.name == "c4l.db"


def test_it_is_known_whether_the_user_named_the_database(file: Path) -> None:
    environ = {"C4L_CONFIG": str(file), "HOME": "/home/jane"}
    assert not load(None, environ).names_database
    assert load("/books/option.db", environ).names_database
    assert load(None, environ | {"C4L_DATABASE": "/books/environment.db"}).names_database
    file.write_text("database = '/books/file.db'")
    assert load(None, environ).names_database


def test_a_relative_database_is_meant_from_where_it_was_written(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setenv("HOME", "/home/jane")

    assert load("books/mine.db", {"C4L_CONFIG": "none"}).database == tmp_path / "elsewhere/books/mine.db"
    assert settings(file, "database = 'books/mine.db'").database == tmp_path / "books/mine.db"
    assert settings(file, "database = '~/mine.db'").database == Path("/home/jane/mine.db")
    assert load("~/mine.db", {"C4L_CONFIG": "none"}).database == Path("/home/jane/mine.db")


@pytest.mark.parametrize(
    "stated", [{}, {"XDG_DATA_HOME": "/x/data", "XDG_CONFIG_HOME": "/x/config"}, {"XDG_DATA_HOME": "x"}]
)
def test_the_folders_are_those_of_the_platform(monkeypatch: pytest.MonkeyPatch, stated: dict[str, str]) -> None:
    environ = {"HOME": "/home/jane", **stated}
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    assert load(None, environ).database.parent == Path(platformdirs.user_data_dir("c4l", False))
    assert config.config_file(environ).parent == Path(platformdirs.user_config_dir("c4l", False))


# What is refused


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[triangle]\nwindow_days = 29", "triangle.window_days must be a whole number from 30 to 3650, not 29"),
        ("[triangle]\nwindow_days = 3651", "triangle.window_days must be a whole number from 30 to 3650, not 3651"),
        ("[triangle]\nkey_needed = true", "triangle.key_needed must be a whole number from 1 to 4, not True"),
        ("[triangle]\nkey_needed = 2.0", "triangle.key_needed must be a whole number from 1 to 4, not 2.0"),
        ("[cadence]\nkey = '30'", "cadence.key must be a whole number from 1 to 3650, not '30'"),
        ("channel = 'pigeon'", "channel must be one of call, meeting, email, message, visit, note, gift, event"),
        ("channel = 3", "channel must be one of"),
        ("database = ''", "database must be text, not ''"),
        ("database = ['a.db']", "database must be text, not ['a.db']"),
    ],
)
def test_a_value_that_is_not_allowed_names_the_key_the_range_and_the_file(
    file: Path, written: str, message: str
) -> None:
    error = refused(file, written)

    assert error.message.startswith(message)
    assert str(file) in error.hint


@pytest.mark.parametrize(
    ("written", "named", "hint"),
    [
        ("chanel = 'call'", "chanel", "did you mean channel?"),
        ("[triangle]\nwindow = 300", "triangle.window", "did you mean triangle.window_days?"),
        ("[cadence.key]\ndays = 3", "cadence.key.days", "did you mean cadence.key?"),
        ("zzz = 1", "zzz", "mend its name"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest(file: Path, written: str, named: str, hint: str) -> None:
    error = refused(file, written)

    assert error.message == f"{file} sets {named}, which is no setting"
    assert error.hint.startswith(hint)


@given(st.sampled_from([row for row in SETTINGS.values() if row.type is int]), st.data())
def test_a_number_is_allowed_from_its_lowest_to_its_highest(row: config.Setting, data: st.DataObject) -> None:
    low, high = row.low or 0, row.high or 0
    number = data.draw(st.integers(low, high) | st.sampled_from([low, high]))
    beyond = data.draw(st.sampled_from([low - 1, high + 1]))

    assert load(None, {"C4L_CONFIG": "none", row.env: str(number)})[row.name] == number
    with pytest.raises(Unusable, match=f"{row.env} must be a whole number from {low} to {high}, not '?{beyond}"):
        load(None, {"C4L_CONFIG": "none", row.env: str(beyond)})


@pytest.mark.parametrize("value", ["0", "abc", "-1", "5 ", "²", "1_000", "9" * 5000])
def test_a_variable_that_is_not_allowed_is_refused(file: Path, value: str) -> None:
    error = refused(file, environ={"C4L_TRIANGLE_KEY_NEEDED": value})

    assert error.message.startswith("C4L_TRIANGLE_KEY_NEEDED must be a whole number from 1 to 4, not ")


def test_a_file_that_is_no_toml_names_the_line(file: Path) -> None:
    assert refused(file, "channel = 'call'\nchannel is call\n").message.startswith(f"{file} is not TOML: ")


@pytest.mark.parametrize("written", [f"channel = {'[' * 5000}", f"[triangle]\nkey_needed = {'9' * 5000}"])
def test_a_file_that_no_parser_can_follow_is_refused(file: Path, written: str) -> None:
    assert refused(file, written).message.startswith(f"{file} is not TOML: ")


def test_a_file_that_is_not_text_or_not_readable_is_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"database = 'Zo\xeb.db'")
    with pytest.raises(Unusable, match="is not UTF-8 text"):
        load(None, {"C4L_CONFIG": str(latin)})
    with pytest.raises(Unusable, match="cannot be read"):
        load(None, {"C4L_CONFIG": str(tmp_path)})


def test_a_byte_order_mark_does_no_harm(file: Path) -> None:
    assert settings(file, "\ufeffchannel = 'visit'").channel is Channel.visit


@pytest.mark.parametrize("database", ["", "  ", "~nobody-of-that-name/c4l.db"])
def test_a_database_that_names_no_file_is_refused(database: str) -> None:
    with pytest.raises(Unusable):
        load(database, {"C4L_CONFIG": "none"})


# The clock


@given(st.dates())
def test_c4l_today_is_the_day_it_names(day: date) -> None:
    assert today({"C4L_TODAY": day.isoformat()}) == day


@pytest.mark.parametrize(
    "said", ["yesterday", "2026-02-30", "20261122", "2026-W47-7", "2026-11-22T10:00", " 2026-11-22"]
)
def test_c4l_today_takes_iso_days_alone(said: str) -> None:
    with pytest.raises(Unusable) as caught:
        today({"C4L_TODAY": said})
    assert repr(said) in caught.value.message


@pytest.mark.parametrize("environ", [{}, {"C4L_TODAY": ""}])
def test_without_it_today_is_the_local_day(environ: dict[str, str]) -> None:
    assert abs(today(environ) - datetime.now(UTC).date()) <= timedelta(days=1)


def test_the_journal_keeps_the_true_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("C4L_TODAY", "1999-01-01")

    assert config.now().tzinfo is UTC
    assert abs(config.now() - datetime.now(UTC)) < timedelta(minutes=1)


# Each source by itself


def test_each_source_is_told_by_itself_the_weakest_first(file: Path) -> None:
    file.write_text("channel = 'email'\n[cadence]\nkey = 21\n")
    environ = {"C4L_CONFIG": str(file), "HOME": "/home/jane", "C4L_CHANNEL": "visit"}
    told = config.sources("/books/option.db", environ)

    assert list(told.items()) == [
        (config.Source.file, {"channel": "email", "cadence.key": 21}),
        (config.Source.environment, {"channel": "visit"}),
        (config.Source.option, {"database": "/books/option.db"}),
    ]
    assert list(told) == list(config.Source)[1:]


def test_of_one_setting_it_does_not_matter_what_is_wrong_with_another(file: Path) -> None:
    file.write_text("chanel = 1\nchannel = 'email'\n[cadence]\nkey = 0\n")
    environ = {"C4L_CONFIG": str(file), "C4L_TRIANGLE_KEY_NEEDED": "9"}

    assert config.sources(None, environ, "channel")[config.Source.file] == {"channel": "email"}
    for name in ("cadence.key", "triangle.key_needed", None):
        with pytest.raises(Unusable):
            config.sources(None, environ, name)


@pytest.mark.parametrize(
    ("name", "typed", "read", "allowed"),
    [
        ("cadence.key", "21", 21, True),
        ("cadence.key", "0", 0, False),
        ("cadence.key", "3651", 3651, False),
        ("cadence.key", "²", "²", False),
        ("cadence.key", "-1", "-1", False),
        ("cadence.key", "1000000000", "1000000000", False),
        ("channel", "visit", "visit", True),
        ("channel", "Visit", "Visit", False),
        ("database", "21", "21", True),
        ("database", " ", " ", False),
    ],
)
def test_what_is_typed_is_read_as_the_setting_is(name: str, typed: str, read: object, allowed: bool) -> None:
    assert SETTINGS[name].read(typed) == read
    assert SETTINGS[name].allows(SETTINGS[name].read(typed)) is allowed
