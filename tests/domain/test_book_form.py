"""The form of a book is that of its tables, and says of every record what is wrong with it."""

from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Integer, Time
from sqlmodel import SQLModel

from c4l.domain.book_form import HIGHEST, TABLES, Holds, fault
from c4l.store.tables import JOURNAL

COLUMNS = {
    table.name: {column.name: column for column in table.c}
    for table in SQLModel.metadata.tables.values()
    if table.name not in JOURNAL
}
TYPES = {Integer: Holds.number, Date: Holds.day, Time: Holds.time, Boolean: Holds.yes_no}


@pytest.mark.parametrize("table", COLUMNS)
def test_the_form_has_every_column_but_those_that_only_search(table: str) -> None:
    fields, columns = TABLES[table].fields, COLUMNS[table]
    assert list(fields) == [name for name in columns if not name.endswith("_key")]
    for name, field in fields.items():
        column = columns[name]
        holds = TYPES.get(type(column.type), Holds.text)
        assert (Holds.text if field.holds is Holds.line else field.holds) is holds, name
        assert field.optional is bool(column.nullable), name
        assert {field.of} - {None} == {key.column.table.name for key in column.foreign_keys}, name


def test_there_are_no_other_tables_and_each_stands_behind_those_it_refers_to() -> None:
    assert set(TABLES) == set(COLUMNS)
    order = list(TABLES)
    for table, form in TABLES.items():
        assert all(order.index(field.of) < order.index(table) for field in form.fields.values() if field.of)


JANE: dict[str, Any] = {"id": 1, "name": "Jane", "handle": "jane", "kind": "friend", "added_on": "2026-11-22"}
DAY: dict[str, Any] = {"id": 1, "client_id": 1, "label": "birthday", "month": 2, "day": 29}
VIEW: dict[str, Any] = {"id": 1, "client_id": 1, "stated_on": "2026-11-22", "part": "stake", "said": "high"}
CALL: dict[str, Any] = {"id": 1, "happened_on": "2026-11-22", "channel": "call", "note": ""}
POINT: dict[str, Any] = {"id": 1, "client_id": 1, "kind": "email", "value": "jane@example.test"}
EVENT: dict[str, Any] = {"id": 1, "promise_id": 1, "verb": "kept", "happened_on": "2026-11-22", "told": False}

GOOD = [
    ("client", JANE),
    ("client", JANE | {"id": HIGHEST, "cadence_days": 42, "role": "", "since_on": None}),
    ("client", JANE | {"handle": "i-88", "name": "Jane\0\u202e\n😀"}),
    ("key_date", DAY),
    ("key_date", DAY | {"year": 1980}),
    ("assessment", VIEW),
    ("assessment", VIEW | {"said": None}),
    ("assessment", VIEW | {"part": "value", "said": "120000"}),
    ("interaction", CALL | {"at_time": "09:30", "minutes": 0, "reached_out": "them"}),
    ("contact_point", POINT),
    ("promise_event", EVENT),
]


@pytest.mark.parametrize(("table", "record"), GOOD)
def test_a_good_record_has_no_fault(table: str, record: dict[str, Any]) -> None:
    assert fault(table, record) is None


BAD = [
    ("client", {"name": None}, "has no name"),
    ("client", {"name": " "}, "has name “ ”; it must be text, and never empty"),
    ("client", {"name": 5}, "has name 5"),
    ("client", {"name": "a\ud800"}, "has name"),
    ("client", {"motto": "x"}, "has a field “motto”, which is unknown here"),
    ("client", {"kind": "foe"}, "has kind “foe”; it must be one of customer, internal"),
    ("client", {"added_on": "22.11.2026"}, "has added_on “22.11.2026”; it must be a day"),
    ("client", {"added_on": "20261122"}, "it must be a day"),
    ("client", {"added_on": "2026-02-30"}, "it must be a day"),
    ("client", {"id": 0}, "has an id that is none: 0"),
    ("client", {"id": HIGHEST + 1}, "has an id that is none"),
    ("client", {"id": True}, "has id True; it must be a whole number"),
    ("client", {"id": 1.0}, "it must be a whole number"),
    ("client", {"id": "1"}, "it must be a whole number"),
    ("client", {"cadence_days": 0}, "has a cadence_days that is none: 0"),
    ("client", {"cadence_days": 10**30}, "it must be a whole number"),
    ("client", {"handle": "jane doe"}, "has a handle that cannot be typed"),
    ("client", {"handle": "a,b"}, "has a handle that cannot be typed"),
    ("client", {"handle": "14"}, "reads as the number of a record"),
    ("client", {"handle": "i88"}, "reads as the number of a record"),
    ("key_date", {"month": 13}, "names no day: month 13, day 29"),
    ("key_date", {"year": 2026}, "names no day: month 2, day 29, year 2026"),
    ("key_date", {"year": 2**62}, "names no day"),
    ("assessment", {"said": "huge"}, "says “huge”, which is no stake"),
    ("assessment", {"part": "value", "said": "-1"}, "which is no value"),
    ("assessment", {"part": "tier", "said": "top"}, "which is no tier"),
    ("assessment", {"part": "mood"}, "it must be one of stake, value, tier"),
    ("interaction", {"minutes": -1}, "has minutes that are none: -1"),
    ("interaction", {"at_time": "9:30"}, "it must be a time of day"),
    ("interaction", {"at_time": "25:00"}, "it must be a time of day"),
    ("interaction", {"note": ["x"]}, "has note ['x']"),
    ("contact_point", {"kind": "fax"}, "it must be one of email, phone"),
    ("promise_event", {"told": 1}, "has told 1; it must be true or false"),
    ("promise_event", {"because": {"a": "b"}}, "it must be text, or null"),
]
WHOLE = {"client": JANE, "key_date": DAY, "assessment": VIEW, "interaction": CALL, "contact_point": POINT}


@pytest.mark.parametrize(("table", "wrong", "told"), BAD)
def test_a_bad_record_is_told_by_what_is_wrong_with_it(table: str, wrong: dict[str, Any], told: str) -> None:
    said = fault(table, (WHOLE | {"promise_event": EVENT})[table] | wrong)
    assert said is not None
    assert told in said
