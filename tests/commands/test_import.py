"""`import`: address books of every program taken in, with a report that adds up, and nothing lost or done twice."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from c4l.domain.names import handles_like
from c4l.exchange import formats, reading
from c4l.store import connection
from tests.commands.conftest import Book
from tests.conftest import Cli, Result, Shell
from tests.exchange import programs
from tests.exchange.programs import card

PROGRAMS = {
    "android.vcf": (programs.ANDROID, "Åsa Strauß"),
    "outlook.vcf": (programs.OUTLOOK, "Dr. Jörg Müller"),
    "google.vcf": (programs.GOOGLE, "Jane Doe"),
    "apple.vcf": (programs.APPLE, "Omar Lund"),
    "evolution.vcf": (programs.EVOLUTION, "Dana Iqbal"),
    "notes.vcf": (programs.LOTUS_NOTES, "Bob Stone"),
    "thunderbird.vcf": (programs.THUNDERBIRD, "Mei Ng"),
    "google.csv": (programs.GOOGLE_CSV, "Jane Q Doe"),
    "outlook.csv": (programs.OUTLOOK_CSV, "Jörg Müller Jr."),
    "thunderbird.csv": (programs.THUNDERBIRD_CSV, "Mei Ng"),
}
OUTCOMES = ("created", "updated", "unchanged", "skipped")


def data(answered: Result) -> Any:
    assert answered.code == 0, answered
    found = json.loads(answered.out)["data"]
    # Nothing is said on stderr but of those who have somebody else's name.
    assert (answered.err != "") == bool(isinstance(found, dict) and found.get("namesakes")), answered
    return found


def rows(home: Mapping[str, str]) -> list[str]:
    """All records and the journal as text; the index of words is none, and tables of its kind cannot be read."""
    with closing(sqlite3.connect(home["C4L_DATABASE"])) as opened:
        tables = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'search*'")
        return [f"{table}: {row}" for (table,) in tables.fetchall() for row in opened.execute(f"SELECT * FROM {table}")]


def entries(home: Mapping[str, str]) -> list[str]:
    with closing(sqlite3.connect(home["C4L_DATABASE"])) as opened:
        return [verb for (verb,) in opened.execute("SELECT verb FROM entry ORDER BY id")]


def counts(report: Any) -> dict[str, int]:
    return {outcome: len(report[outcome]) for outcome in OUTCOMES if report[outcome]}


def client(cli: Cli, who: str) -> Any:
    return data(cli("client", "show", who, "--json"))


@pytest.fixture
def take(cli: Cli, tmp_path: Path) -> Any:
    """Import bytes as a file of a name; answers with the report."""

    def taken(content: bytes, *words: str, name: str = "book.vcf") -> Any:
        path = tmp_path / name
        path.write_bytes(content)
        return data(cli("import", str(path), "--json", *words))

    return taken


# Every program


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_each_program_writes_comes_in_and_a_second_time_changes_nothing(
    cli: Cli, home: dict[str, str], take: Any, name: str
) -> None:
    content, who = PROGRAMS[name]

    first = take(content, name=name)
    assert [each["name"] for each in first["created"]] == [who]
    assert counts(first) == {"created": 1}
    assert first["format"] == name[-3:].replace("vcf", "vcard")
    assert client(cli, first["created"][0]["handle"])["name"] == who

    before = rows(home)
    assert counts(take(content, name=name)) == {"unchanged": 1}
    assert rows(home) == before
    assert entries(home) == ["import"]


def test_all_that_a_card_says_is_in_the_book(cli: Cli, take: Any) -> None:
    take(programs.GOOGLE)

    found = client(cli, "jane")
    assert (found["aliases"], found["tags"]) == (["JD"], ["Board"])
    assert found["emails"] == ["jane@example.test", "jane.doe@example.test"]
    assert found["phones"] == ["+1 555 0102"]
    assert [(each["label"], each["month"], each["day"], each["year"]) for each in found["key_dates"]] == [
        ("anniversary", 6, 15, 2011),
        ("birthday", 12, 1, None),
    ]
    assert (found["added_on"], found["last_interaction_on"]) == ("2026-11-22", None)


# A mixed book


def mixed_book() -> bytes:
    """Some three hundred cards of many programs, some bad, some about the same people."""
    cards = [content for name, (content, _) in PROGRAMS.items() if name.endswith(".vcf")]
    for n in range(280):
        version = ("2.1", "3.0", "4.0")[n % 3]
        lines = [f"FN:Example Person {n}", f"EMAIL:person{n}@example.test", f"TEL:+1 555 {n:04}", f"NOTE:made up {n}"]
        cards.append(card(*lines[: 1 + n % 4], version=version, end=("\r\n", "\n")[n % 2]))
        if n % 20 == 0:
            cards.append(card("NOTE:nobody"))
        if n % 70 == 1:
            cards.append(card(*lines[:2], "TITLE:twice in the book"))
    return b"".join(cards)


def test_every_record_of_a_mixed_book_is_told_once(cli: Cli, home: dict[str, str], take: Any) -> None:
    book = mixed_book()

    report = take(book)
    assert sum(counts(report).values()) == book.count(b"BEGIN:VCARD") == 305
    assert counts(report) == {"created": 287, "updated": 4, "skipped": 14}
    assert {each["reason"] for each in report["skipped"]} == {"has no name, no organisation and no e-mail address"}
    assert all("line" in each["record"] for each in report["skipped"])
    assert len(data(cli("client", "list", "--json"))) == 287

    before = rows(home)
    assert counts(take(book)) == {"unchanged": 291, "skipped": 14}
    assert rows(home) == before


def test_the_same_people_from_another_program_are_known_again(cli: Cli, take: Any) -> None:
    take(mixed_book())
    table = b"Name,E-mail,Job Title\n" + b"".join(
        b"Example Person %d,PERSON%d@example.test,role %d\n" % (n, n, n) for n in range(1, 280, 4)
    )

    # Of two of them the book has a role already.
    assert counts(take(table, name="book.csv")) == {"updated": 68, "unchanged": 2}
    assert len(data(cli("client", "list", "--json"))) == 287
    assert client(cli, "Example Person 5")["role"] == "role 5"


# Completed, never overwritten


@pytest.fixture
def jane(cli: Cli) -> None:
    words = "--org|Acme Finance|--email|jane@example.test|--phone|+1 555-0102|--tag|Board|--cadence|6w|-k|friend"
    assert cli("client", "add", "Jane Doe", *words.split("|")).code == 0


def test_who_is_there_is_completed_and_keeps_what_the_book_says(cli: Cli, jane: None, take: Any) -> None:
    table = (
        b"Name,E-mail,Company,Job Title,Kind,Since,Cadence,Tags,Notes,Birthday\n"
        b"jane doe,JANE@example.test,Other Works,buyer,team,2019,2w,board;tea,likes tea,--12-01\n"
    )
    report = take(table, name="book.csv")

    found = client(cli, "jane")
    assert counts(report) == {"updated": 1}
    assert (found["name"], found["organisation"], found["kind"], found["cadence_days"]) == (
        "Jane Doe",
        "Acme Finance",
        "friend",
        42,
    )
    assert (found["role"], found["since"], found["tags"]) == ("buyer", "2019-01-01", ["Board", "tea"])
    assert found["emails"] == ["jane@example.test"]
    assert [(fact["kind"], fact["text"]) for fact in found["facts"]] == [("background", "likes tea")]
    assert len(found["key_dates"]) == 1


@pytest.mark.parametrize(
    ("there", "said", "outcome", "kept", "remark"),
    [
        ("BDAY:--12-01", "BDAY:1980-12-01", "updated", [("birthday", 12, 1, 1980)], None),
        ("BDAY:1980-12-01", "BDAY:--12-01", "unchanged", [("birthday", 12, 1, 1980)], None),
        (
            *("BDAY:--12-01", "BDAY:1980-12-02", "unchanged", [("birthday", 12, 1, None)]),
            "birthday 2 Dec 1980 is left out: the book says 1 Dec",
        ),
        (
            *("BDAY:1980-12-01", "BDAY:1981-12-01", "unchanged", [("birthday", 12, 1, 1980)]),
            "birthday 1 Dec 1981 is left out: the book says 1 Dec 1980",
        ),
        (
            *("ANNIVERSARY:2008-02-29", "ANNIVERSARY:--03-01", "unchanged", [("anniversary", 2, 29, 2008)]),
            "anniversary 1 Mar is left out: the book says 29 Feb 2008",
        ),
        (
            *("BDAY:--12-01", "ANNIVERSARY:2008-12-01", "updated"),
            *([("birthday", 12, 1, None), ("anniversary", 12, 1, 2008)], None),
        ),
        (
            *("item1.X-ABDATE:2019-03-04\r\nitem1.X-ABLabel:met", "item1.X-ABDATE:2020-05-06\r\nitem1.X-ABLabel:met"),
            *("updated", [("met", 3, 4, 2019), ("met", 5, 6, 2020)], None),
        ),
    ],
)
def test_a_key_date_is_completed_and_never_contradicted(
    cli: Cli, take: Any, there: str, said: str, outcome: str, kept: list[tuple[object, ...]], remark: str | None
) -> None:
    take(card("FN:Jane Doe", UID, there))

    for again in (outcome, "unchanged"):
        report = take(card("FN:Jane Doe", UID, said))
        assert counts(report) == {again: 1}
        assert [each["reason"] for each in report["remarks"]] == ([remark] if remark else [])
    found = client(cli, "jane")["key_dates"]
    assert [(each["label"], each["month"], each["day"], each["year"]) for each in found] == kept


UID = "UID:urn:uuid:00000000-0000-4000-8000-000000000007"


@pytest.mark.parametrize(
    ("lines", "outcome", "because"),
    [
        (["FN:Jane Doe", "EMAIL:Jane@Example.test"], "unchanged", "the name and the address are known"),
        (["FN:JANÉ  DOE", "TEL:001 (555) 0102"], "unchanged", "the name and the number are known"),
        (["FN:Jane Doe", "EMAIL:jane@example.test", "TEL:99"], "updated", "the number is new"),
        (["FN:Jane Doe"], "created", "a name alone may be anybody's"),
        (["FN:Jane Doe", "EMAIL:other@example.test"], "created", "the address is another"),
        (["FN:Janet Doe", "EMAIL:jane@example.test"], "created", "an address alone may be a family's"),
        (["FN:Bob Stone", UID], "created", "nobody is called so"),
    ],
)
def test_somebody_is_known_by_name_with_an_address_or_a_number(
    jane: None, take: Any, lines: list[str], outcome: str, because: str
) -> None:
    assert counts(take(card(*lines))) == {outcome: 1}, because
    # However that was settled, it is settled once.
    assert counts(take(card(*lines))) == {"unchanged": 1}


def test_a_uid_is_known_again_whatever_became_of_the_name(cli: Cli, take: Any) -> None:
    take(card("FN:Jane Doe", UID))

    report = take(card("FN:Jane Roe", UID, "EMAIL:roe@example.test"))
    assert [each["handle"] for each in report["updated"]] == ["jane-doe"]
    assert (client(cli, "jane")["aliases"], client(cli, "jane")["emails"]) == (["Jane Roe"], ["roe@example.test"])


@pytest.mark.parametrize("uid", ["Ab3dEfGh1j", "jane", "123456", "4f-7"])
def test_a_short_uid_of_a_card_is_known_again_too(take: Any, uid: str) -> None:
    take(card("FN:Jane Doe", f"UID:{uid}", "EMAIL:jane@example.test"))

    assert counts(take(card("FN:Jane Roe", f"UID:{uid}", "EMAIL:roe@example.test"))) == {"updated": 1}


@pytest.mark.parametrize("uid", ["1", "12345"])
def test_the_number_of_a_card_is_no_uid(take: Any, uid: str) -> None:
    take(card("FN:Jane Doe", f"UID:{uid}", "EMAIL:jane@example.test"))

    assert counts(take(card("FN:Bob Stone", f"UID:{uid}", "EMAIL:bob@example.test"))) == {"created": 1}
    assert counts(take(card("FN:Bob Stone", f"UID:{uid}"))) == {"unchanged": 1}


def test_an_id_of_a_table_must_be_long_to_be_a_uid(take: Any) -> None:
    long, short = "urn:uuid:00000007", "Ab3dEfGh1j"
    take(f"ID,Name\n{long},Jane Doe\n{short},Bob Stone\n".encode(), name="one.csv")

    assert counts(take(f"ID,Name\n{long},Jane Roe\n{short},Omar Lund\n".encode(), name="two.csv")) == {
        "updated": 1,
        "created": 1,
    }


def test_the_number_of_a_row_is_no_uid(cli: Cli, take: Any) -> None:
    take(b"ID,Name\n1,Jane Doe\n2,Bob Stone\n", name="one.csv")

    assert counts(take(b"ID,Name\n1,Omar Lund\n2,Bob Stone\n", name="two.csv")) == {"created": 1, "unchanged": 1}
    assert client(cli, "omar")["aliases"] == []


def test_somebody_twice_in_a_file_is_one_client(cli: Cli, take: Any) -> None:
    twice = card("FN:Bob Stone", "EMAIL:bob@example.test")
    more = card("FN:Bob Stone", "EMAIL:bob@example.test", "TITLE:Buyer")

    assert counts(take(twice + twice + more)) == {"created": 1, "unchanged": 1, "updated": 1}
    assert [each["role"] for each in data(cli("client", "list", "--json"))] == ["Buyer"]


def test_who_is_archived_is_completed_and_stays_archived(cli: Cli, jane: None, take: Any) -> None:
    cli("client", "archive", "jane")

    assert counts(take(card("FN:Jane Doe", "EMAIL:jane@example.test", "TITLE:Buyer"))) == {"updated": 1}
    assert (client(cli, "jane")["role"], client(cli, "jane")["archived"]) == ("Buyer", True)


# Options


def test_kind_is_for_the_new_and_tags_are_for_all(cli: Cli, jane: None, take: Any) -> None:
    table = b"Name,E-mail,Kind\nJane Doe,jane@example.test,\nBob Stone,,\nOmar Lund,,team\n"

    report = take(table, "--kind", "partner", "--tag", "fair", "--tag", "Fair", "--tag", " two  words ", name="b.csv")
    assert counts(report) == {"created": 2, "updated": 1}
    kinds = {each["handle"]: (each["kind"], each["tags"]) for each in data(cli("client", "list", "--json"))}
    assert kinds == {
        "bob-stone": ("partner", ["fair", "two words"]),
        "jane-doe": ("friend", ["Board", "fair", "two words"]),
        "omar-lund": ("team", ["fair", "two words"]),
    }


def test_a_dry_run_reports_the_same_and_makes_no_file(cli: Cli, home: dict[str, str], take: Any) -> None:
    rehearsed = take(mixed_book(), "--dry-run")
    assert not Path(home["C4L_DATABASE"]).parent.exists()

    done = take(mixed_book())
    assert rehearsed["dry_run"] is True
    assert {**rehearsed, "dry_run": False} == done


def test_a_dry_run_over_a_book_leaves_every_byte(cli: Cli, home: dict[str, str], jane: None, take: Any) -> None:
    before = Path(home["C4L_DATABASE"]).read_bytes()

    assert counts(take(card("FN:Jane Doe", "EMAIL:jane@example.test", "TITLE:x") + card("FN:New"), "--dry-run")) == {
        "created": 1,
        "updated": 1,
    }
    assert Path(home["C4L_DATABASE"]).read_bytes() == before


def test_stdin_is_read_for_a_dash(cli: Cli, shell: Shell) -> None:
    answered = shell("import", "-", stdin="Name\nJane Doe\n", env={"C4L_TODAY": "2026-11-22"})
    assert answered.code == 2
    assert "name it with --format, one of: vcard, csv" in answered.err

    assert shell("import", "-", "--format", "csv", stdin="Name\nJane Doe\n") == Result(
        0, "created\tjane-doe\tJane Doe\n", ""
    )
    assert cli("import", "-", stdin=card("FN:Bob").decode()).out == "created\tbob\tBob\n"
    assert client(cli, "jane")["name"] == "Jane Doe"


def test_the_format_is_what_the_content_shows_or_what_is_said(take: Any) -> None:
    assert take(card("FN:Bob"), name="export")["format"] == "vcard"
    assert take(b"Name\nJane\n", "--format", "CSV", name="export.vcf")["format"] == "csv"


# What is not taken


def test_bad_records_are_told_and_the_good_beside_them_taken(cli: Cli, take: Any) -> None:
    book = (
        card("FN:Jane Doe")
        + card("NOTE:nobody")
        + b"BEGIN:VCARD\r\nFN:Unclosed\r\n"
        + card("FN:" + "x" * 201)
        + card("FN:" + "y" * 10_000, "EMAIL:y@example.test")
        + card("FN:Bob Stone", "TITLE:" + "z" * 300, "EMAIL:bob@example.test", "NICKNAME:" + "q" * 201, "BDAY:soon")
    )
    report = take(book)

    assert [each["name"] for each in report["created"]] == ["Jane Doe", "Bob Stone"]
    assert sum(counts(report).values()) == book.count(b"BEGIN:VCARD")
    reasons = [each["reason"] for each in report["skipped"]]
    assert "has a name of 201 characters; at most 200 are kept" in reasons
    assert "has a name of 10000 characters; at most 200 are kept" in reasons
    remarks = [each["reason"] for each in report["remarks"]]
    assert "a role of 300 characters is too long to be kept" in remarks
    assert "an alias of 201 characters is too long to be kept" in remarks
    assert any("soon" in remark for remark in remarks)
    assert (client(cli, "bob")["role"], client(cli, "bob")["emails"]) == (None, ["bob@example.test"])


def test_columns_that_were_not_understood_are_named(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes(b"Name,Shoe Size,E-mail,\nJane Doe,42,nowhere,\n")

    assert cli("import", str(path)) == Result(
        0,
        "created\tjane-doe\tJane Doe\n"
        'remark\tline 2\t"nowhere" is no e-mail address\n'
        "ignored\tShoe Size\n"
        "ignored\tcolumn 4\n",
        "",
    )


def test_properties_that_are_not_taken_in_are_named(cli: Cli, take: Any, tmp_path: Path) -> None:
    report = take(card("FN:Jane", "ADR:;;1 Road", "URL:https://example.test") + card("FN:Omar", "ADR:;;2 Road"))

    assert (report["ignored"], report["remarks"]) == (["ADR", "URL"], [])
    assert cli("import", str(tmp_path / "book.vcf")).out.splitlines()[-2:] == ["ignored\tADR", "ignored\tURL"]
    assert "Fields that are not taken in: ADR, URL" in cli("import", str(tmp_path / "book.vcf"), tty=True).out


HOSTILE = [
    "[/]",
    "[bold red]x",
    ":bomb:",
    "\x1b]0;evil\x07name",
    "\u202eeman",
    "a\\nb\\tc",
    "'; DROP TABLE client; --",
    "=1+1",
]


def test_hostile_names_are_kept_as_they_are_and_shown_as_none(cli: Cli, take: Any, tmp_path: Path) -> None:
    report = take(b"".join(card(f"FN:{name}", f"NOTE:{name}") for name in HOSTILE))
    assert len(report["created"]) + len(report["skipped"]) == len(HOSTILE)

    for words in ([], ["--plain"], ["--json"]):
        shown = cli("import", str(tmp_path / "book.vcf"), *words)
        assert shown.code == 0
        assert not set(shown.out + shown.err) & set("\x1b\x07\u202e")
    kept = {each["name"] for each in data(cli("client", "list", "--json"))}
    assert {"[/]", "[bold red]x", ":bomb:", "a b\\tc", "'; DROP TABLE client; --", "=1+1"} <= kept


@pytest.mark.parametrize(
    ("name", "content", "words", "code", "message", "hint"),
    [
        ("gone.vcf", None, [], 1, "gone.vcf cannot be read: No such file or directory", "path"),
        ("empty.vcf", b"", [], 1, "empty.vcf is empty", "right file"),
        ("empty.csv", b"", [], 1, "empty.csv is empty", "right file"),
        ("book.bin", b"\x00\xff\x01", [], 2, "nothing shows what format", "--format, one of: vcard, csv"),
        ("book.csv", b"a,b\n1,2\n", [], 2, "no column of the first line says who", "name the columns"),
        ("book.vcf", b"x", ["--format", "xml"], 2, 'there is no format "xml"', "vcard, csv"),
        ("book.vcf", b"x", ["--kind", "boss"], 2, "'boss' is not one of", "--help"),
        ("book.vcf", b"x", ["--tag", ""], 2, "--tag says nothing", "leave --tag out"),
        ("book.vcf", b"x", ["--tag", "x" * 201], 2, "a tag of 201 characters is too long", "200"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_and_no_book_is_made(
    cli: Cli,
    home: dict[str, str],
    tmp_path: Path,
    name: str,
    content: bytes | None,
    words: list[str],
    code: int,
    message: str,
    hint: str,
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    answered = cli("import", str(tmp_path / name), *words)
    assert (answered.code, answered.out) == (code, "")
    said, way = answered.err.splitlines()
    assert message in said
    assert hint in way
    assert not Path(home["C4L_DATABASE"]).exists()


def test_a_folder_nothing_and_nobodys_home_are_no_files(cli: Cli, tmp_path: Path) -> None:
    assert "Is a directory" in cli("import", str(tmp_path)).err
    assert cli("import", "").err == "c4l: error: no file is named\n  c4l import contacts.vcf; - reads stdin\n"
    assert cli("import", "~nobody-of-that-name/book.vcf").code == 1
    assert cli("import", "bo\0ok.vcf").code == 1
    assert cli("import", "-", stdin="").err.startswith("c4l: error: stdin is empty")


def test_a_file_that_is_too_big_is_not_read_to_its_end(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "book.vcf"
    book.write_bytes(card("FN:Jane Doe") * 3)
    monkeypatch.setattr(reading, "MAX_BYTES", 40)
    monkeypatch.setattr(formats, "MAX_BYTES", 40)
    assert "is longer than" in cli("import", str(book)).err

    monkeypatch.undo()
    monkeypatch.setattr(formats, "MAX_RECORDS", 2)
    assert "more than 2 records" in cli("import", str(book)).err
    assert cli("client", "list").out == ""


def test_a_table_without_rows_is_told_and_is_no_error(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_bytes(b"Name\n")

    answered = cli("import", str(tmp_path / "book.csv"))
    assert (answered.code, answered.out) == (0, "")
    assert answered.err.endswith("book.csv holds no records: nothing was taken in\n")


def test_where_no_record_can_be_read_the_answer_is_1_and_no_book_is_made(
    cli: Cli, home: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "book.vcf").write_bytes(card("NOTE:nobody"))

    answered = cli("import", str(tmp_path / "book.vcf"))
    assert (answered.code, answered.err) == (1, "")
    assert not Path(home["C4L_DATABASE"]).exists()
    assert answered.out.startswith("skipped\tcard 1")


def test_a_path_with_a_tilde_is_found_at_home(cli: Cli, home: dict[str, str]) -> None:
    Path(home["HOME"]).mkdir()
    (Path(home["HOME"]) / "book.vcf").write_bytes(card("FN:Jane Doe"))

    assert data(cli("import", "~/book.vcf", "--json"))["file"] == "~/book.vcf"


# What it costs


class Cost(NamedTuple):
    """What an import takes of the database, and how many handles it tries."""

    statements: int
    steps: int
    handles: int


@pytest.fixture
def cost(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import bytes into a book of a name; answers with the cost."""

    def measured(content: bytes, book: str, outcome: str) -> Cost:
        (tmp_path / "book.vcf").write_bytes(content)
        ran: list[str] = []
        tried: list[str] = []
        steps = count()
        connect = connection.connect

        def watched(file: Path) -> sqlite3.Connection:
            opened = connect(file)
            opened.set_trace_callback(ran.append)
            opened.set_progress_handler(lambda: next(steps) < 0, 10)
            return opened

        def counted(base: str) -> Iterator[str]:
            for handle in handles_like(base):
                tried.append(handle)
                yield handle

        with monkeypatch.context() as patch:
            patch.setattr(connection, "connect", watched)
            patch.setattr("c4l.store.clients.handles_like", counted)
            report = data(
                cli("--database", str(tmp_path / f"{book}.db"), "import", str(tmp_path / "book.vcf"), "--json")
            )
        assert list(counts(report)) == [outcome]
        return Cost(len(ran), next(steps), len(tried))

    return measured


def test_an_import_takes_so_many_statements_a_card_and_no_more(cost: Any) -> None:
    def book(cards: int) -> bytes:
        lines = (
            card(f"FN:Example Person {n}", *(f"EMAIL:p{n}.{m}@example.test" for m in range(3)), "CATEGORIES:a,b,c")
            for n in range(cards)
        )
        return b"".join(lines)

    new = [cost(book(cards), str(cards), "created").statements for cards in (20, 40, 80)]
    assert new[2] - new[1] == 2 * (new[1] - new[0])
    # Six details, a client and a source, each with its row, and the name's entry in the index of words. Entries as one
    # JSON array would be one statement for many, and take twice the time.
    assert (new[1] - new[0]) / 20 == 8 + 1
    known = [cost(book(cards), str(cards), "unchanged").statements for cards in (20, 40, 80)]
    assert known[2] - known[1] == 2 * (known[1] - known[0])
    assert (known[1] - known[0]) / 20 <= 6


@pytest.mark.parametrize(
    ("lines", "because"),
    [
        ("FN:Jane Doe\r\nTEL:{0:07}", "all have one name"),
        ("FN:Person {0}\r\nTEL:5550100", "all have one number"),
    ],
)
def test_many_alike_cost_as_much_each_as_a_few(cost: Any, lines: str, because: str) -> None:
    def book(cards: int) -> bytes:
        return b"".join(card(lines.format(n)) for n in range(cards))

    few, many = (cost(book(cards), str(cards), "created") for cards in (300, 600))
    assert many.statements < 2.1 * few.statements
    assert many.steps < 2.2 * few.steps
    assert (few.handles, many.handles) == (300, 600)


def test_equal_names_go_on_from_the_handles_that_the_book_gave(cli: Cli, take: Any) -> None:
    for name in ("Jane Doe", "Jane Doe 3"):
        assert cli("client", "add", name).code == 0

    report = take(b"".join(card("FN:Jane Doe", f"TEL:{n:07}") for n in range(3)))
    assert [each["handle"] for each in report["created"]] == ["jane-doe-2", "jane-doe-4", "jane-doe-5"]
    assert [each["handle"] for each in take(card("FN:Jane Doe 5"))["created"]] == ["jane-doe-5-2"]


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_who_is_called_as_somebody_else_is_told(book: Book, cli: Cli, tmp_path: Path, dry: list[str]) -> None:
    file = tmp_path / "more.csv"
    file.write_text("Name,E-mail\njane doe,j@x.example\nGreta Zwick,g@x.example\nGreta Zwick,other@x.example\n")
    answered = cli("import", str(file), "--json", *dry)
    assert answered.code == 0
    names = [each["handle"] for each in json.loads(answered.out)["data"]["namesakes"]]
    assert names == ["jane-doe-2", "greta-zwick-2"]
    was = "would be" if dry else "were"
    assert f"jane doe (jane-doe-2), Greta Zwick (greta-zwick-2) {was} added beside somebody of" in answered.err
    assert "c4l undo" in answered.err


def test_who_is_known_again_is_nobodys_namesake(book: Book, tmp_path: Path) -> None:
    book.done("client", "edit", "jane", "--email", "j@x.example")
    file = tmp_path / "more.csv"
    file.write_text("Name,E-mail\nJane Doe,j@x.example\nGreta Zwick,g@x.example\n")
    for _ in range(2):
        assert book.done("import", str(file))["namesakes"] == []
