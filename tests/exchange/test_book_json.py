"""A whole book as a document: nothing is lost on the way out and in, and what is no such document says where."""

import json
import re
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from c4l.actions import books
from c4l.actions.imports import ImportReport
from c4l.domain.book_form import TABLES
from c4l.domain.errors import Refused
from c4l.exchange import book_json
from c4l.store import history
from c4l.store.store import Store
from tests.commands.snapshots import Snapshot
from tests.exchange import whole
from tests.exchange.whole import DAY, Tables

DOCUMENTED = Path(__file__).parents[2] / "docs" / "book-format.md"


def taken_in(store: Store, text: str) -> ImportReport:
    return books.take_in(store, "book.json", book_json.read(b"", BytesIO(text.encode())))


def exported(store: Store) -> str:
    out = StringIO()
    with books.whole(store, DAY) as book:
        book_json.write(book, out)
    return out.getvalue()


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(book=whole.books())
def test_out_and_in_and_out_again_is_the_same(book: Tables) -> None:
    text = whole.document(book)
    assert json.loads(text)["tables"] == book
    with TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "one.db") as one, Store.open(Path(folder) / "two.db") as two:
            report = taken_in(one, text)
            again = exported(one)
            assert again == text
            taken_in(two, again)
            with two.reading() as tx:
                assert list(history.rotten(tx)) == []
        assert Snapshot.of(Path(folder) / "one.db") == Snapshot.of(Path(folder) / "two.db")
    assert report.counts == {table: len(records) for table, records in book.items()}
    assert [ref.handle for ref in report.created] == [record["handle"] for record in book["client"]]


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(book=whole.books())
def test_the_document_can_be_shown_and_is_a_record_a_line(book: Tables) -> None:
    lines = whole.document(book).split("\n")
    assert all(line.isprintable() for line in lines)
    assert sum(line.startswith('{"id"') for line in lines) == sum(map(len, book.values()))


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(book=whole.books())
def test_a_document_laid_out_and_sorted_by_another_program_is_the_same_book(book: Tables) -> None:
    text = whole.document(book)
    sorted_by_name = json.dumps(json.loads(text), indent=3, sort_keys=True)
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "c4l.db") as store:
        taken_in(store, sorted_by_name)
        assert exported(store) == text


# --- what is no document of a book -----------------------------------------------------------------------------------


def jane(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "name": "Jane Doe",
        "handle": f"jane-{number}x",
        "kind": "friend",
        "added_on": "2026-11-22",
    } | fields


def book_of(**parts: Any) -> dict[str, Any]:
    return {"c4l_book": 1, "schema": 2, "numbers": {}, "tables": {"client": [jane()]}} | parts


ALIAS = {"id": 1, "client_id": 2, "name": "Janie"}
REFUSED = [
    (book_of(tables={"client": [jane(added_on="soon")]}), "client 1 has added_on “soon”; it must be a day"),
    (book_of(tables={"client": [jane(), jane()]}), "client 1 comes after 1: records stand in order of their ids"),
    (book_of(tables={"client": [jane(), jane(2, handle="jane-1x")]}), "client 2 has the handle jane-1x of another"),
    (book_of(tables={"client": [jane(1, name=None)]}), "client 1 has no name"),
    (book_of(tables={"client": [jane(None)]}), "record 1 of client has no id"),  # type: ignore[arg-type]
    (book_of(tables={"client": [3]}), "record 1 of client is no object"),
    (book_of(tables={"client": [jane()], "alias": [ALIAS]}), "alias 1 refers to a record of client that is not there"),
    (book_of(tables={"customer": []}), "“customer” is no table of a book"),
    (book_of(tables={}), "it holds no tables"),
    (book_of(tables=[]), "“{” is missing before “[”"),
    (book_of(tables={"client": {}}), "“[” is missing before “{”"),
    (book_of(numbers={"client": 0}), "its numbers are none"),
    (book_of(numbers={"customer": 3}), "its numbers are none"),
    (book_of(numbers=[1]), "its numbers are none"),
    (book_of(c4l_book=2), "the document is of version 2, written by a newer c4l; this c4l reads 1"),
    ({"written_by": "c4l 0.9.0"} | book_of(c4l_book=2), "of version 2, written by c4l 0.9.0; this c4l reads 1"),
    (book_of(schema=99), "the document was written by a newer c4l (schema 99); this is c4l"),
    ({"written_by": "c4l 0.9.0"} | book_of(schema=99), "was written by c4l 0.9.0 (schema 99); this is c4l"),
    ({"written_by": 9} | book_of(schema=99, numbers={"robot": 1}), "was written by a newer c4l (schema 99)"),
    ({"c4l_book": 1, "written_by": "c4l 0.9.0", "schema": 99, "mood": 1}, "written by c4l 0.9.0 (schema 99)"),
    ({"c4l_book": 1, "schema": 3, "mood": 1}, "“mood” is unknown here"),
    (book_of(c4l_book="1"), "it does not say c4l_book and schema before its tables"),
    ({"tables": {"client": []}, "c4l_book": 1, "schema": 2}, "it does not say c4l_book and schema before its tables"),
    ({"c4l_book": 1, "schema": 2}, "it holds no tables"),
    ({"c4l_client": 1, "tables": {}}, "this is what is held about one client, and no book"),
    ({"name": "Jane"}, "“name” is unknown here"),
    ({"c4l_book": 1, "schema": 2, "tables": {"client": []}, "numbers": {}}, "“numbers” comes too late"),
]


@pytest.mark.parametrize(("said", "told"), REFUSED, ids=[told for _, told in REFUSED])
def test_what_is_wrong_with_it_is_told_and_nothing_is_taken_in(tmp_path: Path, said: Any, told: str) -> None:
    with Store.open(tmp_path / "c4l.db") as store:
        with pytest.raises(Refused) as refused:
            taken_in(store, json.dumps(said))
        assert told in refused.value.message
        assert refused.value.hint
        with store.reading() as tx:
            assert history.counted(tx) == 0
            assert not any(tx.all(f"SELECT 1 FROM {table}") for table in TABLES)


def test_the_line_is_told(tmp_path: Path) -> None:
    text = json.dumps(book_of(tables={"client": [jane(), jane(2, kind="foe")]}), indent=1)
    with Store.open(tmp_path / "c4l.db") as store, pytest.raises(Refused) as refused:
        taken_in(store, text)
    line = int(re.findall(r"line (\d+)", refused.value.message)[0])
    assert text.splitlines()[line - 1].strip().startswith("}")
    assert '"kind": "foe"' in text.splitlines()[line - 3]


def test_what_may_be_left_out_is_left_out(tmp_path: Path) -> None:
    with Store.open(tmp_path / "c4l.db") as store:
        taken_in(store, json.dumps({"c4l_book": 1, "schema": 2, "tables": {"client": [jane(7)]}}))
        with store.writing("x") as changes:
            # Numbers go on behind those that came.
            assert changes.insert("alias", client_id=7, name="J", name_key="j") == 1
            values = {"name": "Bob", "name_key": "bob", "handle": "bob", "kind": "friend", "added_on": DAY}
            assert changes.insert("client", **values) == 8


# --- what the documents say ------------------------------------------------------------------------------------------


def test_the_documents_say_of_every_field_what_the_document_itself_says() -> None:
    lines = DOCUMENTED.read_text(encoding="utf-8").splitlines()
    for table, form in TABLES.items():
        assert f"### `{table}`" in lines
        for name, field in form.fields.items():
            assert f"| `{name}` | {field.told} |" in lines
    legend = json.loads(whole.document({table: [] for table in TABLES}))["legend"]
    assert legend == {
        table: {"means": form.means, "fields": {name: field.told for name, field in form.fields.items()}}
        for table, form in TABLES.items()
    }
