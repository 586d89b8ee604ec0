"""No text can keep a reader busy for longer than its length warrants: twice the text is at most twice the work."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from time import process_time

import pytest

from c4l.actions.who import LONGEST_WHO
from c4l.cli.record_text import interaction_edit_from, promise_edit_from
from c4l.config import MAX_BYTES
from c4l.domain import entry, search
from c4l.domain.clients import Interaction
from c4l.domain.dates import Direction, looks_like_day, near_name, read_day, read_since, read_span, read_yearly
from c4l.domain.errors import C4lError
from c4l.domain.mentions import names_in, note_candidates
from c4l.domain.names import LONGEST_TEXT, Known, handle_base, match, name_key, nearest, resolve, split_names
from c4l.domain.records import Promise
from c4l.domain.terms import Channel, ClientRef, Party
from fuzz import files
from fuzz.words import BOOK, JANE, SUNDAY
from tests.hostile.counting import lines_run

TIMES = 100

SECONDS = 10
"""For a text of the greatest length: what is quadratic takes minutes at least, on any machine."""

UNITS = [
    *("a", "a ", ",", ", ", "a,", "by ", " by x", "by by friday ", "@", "@@ ", "@jane ", "Jane ", "Jane Doe, ", "J. "),
    *(
        "Jane Doe's ",
        "“",
        '"',
        "'",
        "''",
        "\\",
        "(",
        "((",
        ":",
        "a: ",
        "jane: ",
        "//",
        "-",
        "a-",
        "1",
        "1 ",
        "9.",
        "12/",
    ),
    *("friday ", "may ", "next ", "first ", "é", "e\u0301", "\u0301", "ß", "ﷺ", "李", "\u200d", "\u202e", "\n", "\r\n"),
    *(
        "\n\n",
        "on: x\n",
        "signal: early\n",
        "signal: door x\n",
        "# x\n",
        "\t",
        "\0",
        "\udcff",
        "%",
        "!",
        "*",
        "consulted,",
    ),
]
"""What can be said again and again."""

LOGGED = Interaction(88, SUNDAY, None, Channel.call, None, None, "asked", (JANE,))
OWED = Promise(14, JANE, Party.me, "the deck", SUNDAY, SUNDAY)


def days(text: str) -> None:
    for direction in Direction:
        told(partial(read_day, text, SUNDAY, direction))
    told(lambda: read_since(text, SUNDAY))
    told(lambda: read_span(text))
    told(lambda: read_yearly(text))
    looks_like_day(text)
    near_name(text)


def who(text: str) -> None:
    resolve(text, BOOK)
    for part in split_names(text):
        match(part, BOOK)


def names(text: str) -> None:
    name_key(text)
    handle_base(text)
    nearest(text, BOOK)


def notes(text: str) -> None:
    note_candidates(text)
    names_in(text, BOOK)


def parts(text: str) -> None:
    people = entry.names_of(BOOK)
    told(lambda: entry.owed(text, SUNDAY, people))
    told(lambda: entry.signal(text, people))
    told(lambda: entry.fact(text, people))
    told(lambda: entry.read_minutes(text))
    told(lambda: entry.read_time(text))
    entry.foreign(text)


def searches(text: str) -> None:
    search.phrases([text])
    wanted = search.phrases(["a", "jane doe", "e-mail"])
    search.holds(text, wanted)
    search.excerpt(search.marked(text, wanted))


def edits(text: str) -> None:
    told(lambda: interaction_edit_from(text, LOGGED, SUNDAY))
    told(lambda: promise_edit_from(text, OWED, SUNDAY))


def told(read: Callable[[], object]) -> None:
    with suppress(C4lError):
        read()


READERS = {
    "days": days,
    "who": who,
    "names": names,
    "notes": notes,
    "parts": parts,
    "searches": searches,
    "edits": edits,
}


@pytest.mark.parametrize(
    ("reader", "before"), [(reader, "") for reader in READERS] + [("parts", "x by "), ("parts", "Jane: ")]
)
def test_twice_the_text_is_at_most_twice_the_work(reader: str, before: str) -> None:
    for unit in UNITS:
        once, twice = (lines_run(partial(READERS[reader], before + unit * times)) for times in (TIMES, 2 * TIMES))
        assert twice <= 2.2 * once + 500, (unit, once, twice)


@pytest.mark.parametrize("unit", ["Jane Doe's ", "a, ", "a-", "e\u0301"])
@pytest.mark.parametrize("reader", READERS)
def test_the_longest_text_is_read_at_once(reader: str, unit: str) -> None:
    # Lines do not show what happens within one, such as copying the rest of a text at each of its words.
    longest = LONGEST_WHO if reader == "who" else LONGEST_TEXT
    begun = process_time()
    READERS[reader](unit * (longest // len(unit)))
    assert process_time() - begun < SECONDS


def people(count: int) -> Sequence[Known]:
    return [Known.of(ClientRef(at, f"ann-{at}", f"Ann{at} Doe{at}"), [f"Al{at}"]) for at in range(count)]


@pytest.mark.parametrize("spelled", ["Ann{0} Doe{0}. ", "@ann-{0}. ", "Ann{0} called. "])
def test_a_note_that_names_twice_as_many_is_twice_the_work(spelled: str) -> None:
    def work(count: int) -> int:
        note, book = "".join(spelled.format(at) for at in range(count)), people(count)
        assert len(names_in(note, book).clients) == count
        return lines_run(lambda: names_in(note, book))

    assert work(2 * TIMES) <= 2.2 * work(TIMES) + 500


def test_one_client_of_many_names_who_is_named_again_and_again_is_as_much_work_as_it_is_words() -> None:
    def work(count: int) -> int:
        known = Known.of(JANE, [f"Jane Doe{at}" for at in range(count)])
        return lines_run(lambda: names_in("Jane Doe1 called. " * count, [known]))

    assert work(2 * TIMES) <= 2.2 * work(TIMES) + 500


@pytest.mark.parametrize(
    "unit", ["a.", "[", "{a=", "a='", '"""', "[a]\n", "[[a]]\n", "a=1\n", "'", "\\", "[a.a]\n", "#\n"]
)
@pytest.mark.parametrize("before", ["", "a = ", "channel = '"])
def test_the_longest_settings_are_read_at_once(before: str, unit: str) -> None:
    begun = process_time()
    files.settings((before + unit * (MAX_BYTES // len(unit)))[:MAX_BYTES].encode())
    files.settings((before + unit * (MAX_BYTES // len(unit)))[: MAX_BYTES - 5].encode() + b"a = 1")
    assert process_time() - begun < SECONDS
