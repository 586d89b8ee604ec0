"""Made-up whole books by their form: every field with whatever may stand in it, and every text as hostile as can be."""

from datetime import date
from io import StringIO
from typing import Any

from hypothesis import strategies as st

from c4l.actions.books import Whole
from c4l.domain.book_form import TABLES, Field, Holds, fault
from c4l.exchange import book_json

DAY = date(2026, 11, 22)
Tables = dict[str, list[dict[str, Any]]]

PIECES = [
    *(
        "a",
        "é",
        "ÅSA",
        "李",
        "😀",
        "👩\u200d🚀",
        " ",
        "  ",
        "=1+1",
        "-",
        "@x",
        "\t",
        "'",
        '"',
        "\\",
        "</script>",
        "null",
    ),
    *("\0", "\x1b[2J", "\x7f", "\x9b31m", "\n", "\r\n", "\u2028", "\u202e", "\u2066", "\u200b", "\ufeff", "\U000e0041"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8"), max_size=3), max_size=4).map("".join)
NUMBERS = st.integers(0, 60)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat)


@st.composite
def books(draw: st.DrawFn) -> Tables:
    """A whole book; whatever it refers to is there, its ids rise and leave gaps."""
    book: Tables = {}
    for table, form in TABLES.items():
        book[table] = []
        for number in sorted(draw(st.sets(st.integers(1, 9) | st.just(70_000), max_size=3))):
            record = {"id": number}
            for name, field in list(form.fields.items())[1:]:
                record[name] = _value(draw, name, field, book, number)
            if all(record[name] is not None or field.optional for name, field in form.fields.items()):
                assert fault(table, record) is None
                book[table].append(record)
    return book


def _value(draw: st.DrawFn, name: str, field: Field, book: Tables, number: int) -> Any:
    if field.optional and draw(st.booleans()):
        return None
    if field.of is not None:
        there = [record["id"] for record in book[field.of]]
        return draw(st.sampled_from(there)) if there else None
    match name:
        case "handle":
            return f"client-{number}"
        case "month" | "day" | "cadence_days" | "year":
            return draw(st.integers(1, 12))
        case "part":
            return "stake"
        case "said":
            return "high"
        case _:
            return draw(_of(field))


def _of(field: Field) -> st.SearchStrategy[Any]:
    if field.words:
        return st.sampled_from(field.words)
    return {
        Holds.number: NUMBERS,
        Holds.text: TEXTS,
        Holds.line: TEXTS.map(lambda text: f"x{text}"),
        Holds.day: DAYS,
        Holds.time: st.times().map(lambda time: time.isoformat("minutes")),
        Holds.yes_no: st.booleans(),
    }[field.holds]


def document(book: Tables) -> str:
    """The document of a book, in which the next number of each table is its own."""
    numbers = {table: max((record["id"] for record in records), default=0) + 3 for table, records in book.items()}
    out = StringIO()
    book_json.write(
        Whole(DAY, "c4l 0.1.0", 3, numbers, ((table, iter(records)) for table, records in book.items())), out
    )
    return out.getvalue()
