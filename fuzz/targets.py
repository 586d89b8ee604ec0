"""The one table of readers that are fuzzed."""

from collections.abc import Callable
from typing import NamedTuple

from c4l.domain.book_form import TABLES
from c4l.domain.day_words import MONTHS, WEEKDAYS
from c4l.domain.signals import SIGNALS
from c4l.domain.terms import FactKind
from fuzz import files, words


class Target(NamedTuple):
    """A reader of outside text.

    Attributes:
        read: takes any bytes; raises where the reader does what it must not.
        dictionary: words that mean something to it, which chance alone would be long in finding.
        seeds: where to begin, before anything was found.
    """

    read: Callable[[bytes], None]
    dictionary: tuple[str, ...] = ()
    seeds: tuple[bytes, ...] = ()


_DAYS = (
    *(*WEEKDAYS, *MONTHS, "sept", "thurs", "tmrw", "today", "first", "23rd", "3d", "2w", "1m", "eom", "fortnight"),
    *("end", " of ", "next ", "last ", "this ", "in ", "a ", " ago", "weeks", "quarter", "2026", "-W48", "-5", "--"),
)
_PARTS = (" by ", "by someday", "friday", "Jane", "Jane Doe", ": ", ",", "Acme, Inc.", "1h30", "90m", "14:30", "//")
_CARD = (
    *("BEGIN:VCARD\n", "END:VCARD\n", "FN:", "N:", "ORG:", "TITLE:", "NICKNAME:", "EMAIL:", "TEL:", "CATEGORIES:"),
    *("NOTE:", "UID:", "BDAY:", "19801201", "--12-01", "X-ANNIVERSARY:", "item1.X-ABDATE:", "item1.X-ABLABEL:"),
    *(
        "ENCODING=QUOTED-PRINTABLE",
        ";CHARSET=utf-16",
        ";CHARSET=gb18030",
        ";ENCODING=b",
        "AGENT:\n",
        "KIND:group",
        "=\n",
    ),
    *("X-APPLE-OMIT-YEAR=1604", "\n ", "\\n", "\\,", '"', "mailto:", "tel:", ";ext="),
)
_TABLE = (
    *("name,", "first name,", "last name,", "e-mail,", "phone,", "birthday,", "birth year,", "since,", "cadence,"),
    *("categories,", "notes,", "kind,", "uid\n", "sep=;\n", '""', '"\n', ":::", "@", "0/0/00", "customer", "6w"),
)
_BOOK = (
    *(f'"{table}": [\n' for table in TABLES),
    *{f'"{field}": ' for table in TABLES.values() for field in table.fields},
    *(
        '"c4l_book": 1',
        '"schema": ',
        '"numbers": ',
        "null",
        "true",
        '"2026-11-22"',
        '"open"',
        '"\\ud800"',
        "1e9",
        "},\n{",
        "]]",
    ),
)
_BEGINS = b'{"c4l_book": 1, "schema": 2, "tables": {'
_JANE = b'{"id": 1, "name": "Jane", "handle": "jane", "kind": "friend", "added_on": "2026-11-22"}'
_BOOKS = (
    _BEGINS + b'"client": [' + _JANE + b'], "tag": [{"id": 2, "client_id": 1, "name": "vip"}]}}',
    _BEGINS + b'"promise": [{"id": 1, "client_id": 1, "owner": "me", "what": "deck", "made_on": "2026-11-22", '
    b'"state": "kept", "closed_on": "2026-11-22"}], "client": [' + _JANE + b"]}}",
    _BEGINS
    + b'"interaction": [{"id": 1, "happened_on": "2026-11-22", "channel": "call", "note": "hi"}]}, "numbers": {}}',
)
_SETTINGS = (
    "database",
    "channel",
    "[triangle]\n",
    "window_days",
    "[cadence]\n",
    "base",
    " = ",
    "'call'",
    '"""',
    "{",
    "[[",
)

TARGETS = {
    "days": Target(words.days, _DAYS, (b"m\x10friday", b"m\x10first monday of january", b"m\x1012 dec 2026")),
    "names": Target(words.names, ("Jane Doe", "Acme, Inc.", ", ", "@", "i88", "ß"), (b"Jane D, Acme, Inc.",)),
    "mentions": Target(words.mentions, ("Jane", "Doe", "@will-marsh", "'s ", ". ", "May", "in "), (b"met Jane Doe.",)),
    "parts": Target(
        words.parts, (*SIGNALS, *FactKind, *_PARTS), (b"Jane: send the deck by friday", b"consulted,early")
    ),
    "searches": Target(words.searches, ("e-mail", "\u0301"), ("béta\nbe\u0301ta 李雷 e-mail".encode(),)),
    "edits": Target(
        words.edits,
        (
            "on: ",
            "at: 14:30\n",
            "channel: call\n",
            "reached out: me\n",
            "minutes: 30\n",
            "signal: ",
            "by: ",
            "someday\n",
        ),
        (b"on: 2026-11-21\nsignal: jane-doe: early\n\nthe note", b"by: friday\n\nthe deck"),
    ),
    "cards": Target(files.cards, _CARD, (b"BEGIN:VCARD\nVERSION:3.0\nFN:Jane Doe\nBDAY:19801201\nEND:VCARD\n",)),
    "tables": Target(files.tables, _TABLE, (b"name,e-mail,birthday\nJane Doe,jane@example.test,1980-12-01\n",)),
    "books": Target(files.books, _BOOK, _BOOKS),
    "settings": Target(files.settings, _SETTINGS, (b"channel = 'call'\n[triangle]\nwindow_days = 365\n",)),
}
