"""`client add|list|show|edit|rename|archive|unarchive`: what is answered, and what the book holds afterwards."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import UNNAMED, Write
from tests.conftest import Cli, Result, Terminal


def book(home: Mapping[str, str], sql: str) -> list[tuple[Any, ...]]:
    """What the database answers."""
    with closing(sqlite3.connect(home["C4L_DATABASE"])) as opened:
        return opened.execute(sql).fetchall()


def data(answered: Result) -> Any:
    """What was answered under `--json`."""
    assert (answered.code, answered.err) == (0, ""), answered
    return json.loads(answered.out)["data"]


def shown(cli: Cli, who: str) -> dict[str, Any]:
    """All that the book says of a client."""
    found: dict[str, Any] = data(cli("client", "show", who, "--json"))
    return found


def handles(cli: Cli, *words: str) -> list[str]:
    """The handles that a list holds, in its order."""
    return [each["handle"] for each in data(cli("client", "list", *words, "--json"))]


def refused(answered: Result, code: int, message: str, hint: str) -> None:
    """Nothing on stdout; what happened and what to do about it on stderr."""
    assert (answered.code, answered.out) == (code, ""), answered
    said, way = answered.err.splitlines()[:2]
    assert message in said
    assert hint in way


@pytest.fixture
def jane(cli: Cli) -> str:
    """A client with a little of everything."""
    words = "--org|Acme Finance|--role|buyer|--alias|JD|--email|jane@example.test|--phone|+1 555 0100|--tag|Board"
    assert cli("client", "add", "Jane", "Doe", *words.split("|"), "--cadence", "6w", "--since", "2019").code == 0
    return "jane-doe"


# Adding


def test_a_client_is_added_with_all_that_is_said(cli: Cli, home: dict[str, str], jane: str) -> None:
    found = shown(cli, jane)

    assert {name: found[name] for name in ("handle", "name", "kind", "organisation", "role", "cadence_days")} == {
        "handle": "jane-doe",
        "name": "Jane Doe",
        "kind": "customer",
        "organisation": "Acme Finance",
        "role": "buyer",
        "cadence_days": 42,
    }
    assert (found["aliases"], found["emails"]) == (["JD"], ["jane@example.test"])
    assert (found["phones"], found["tags"]) == (["+1 555 0100"], ["Board"])
    assert (found["since"], found["added_on"], found["archived"]) == ("2019-01-01", "2026-11-22", False)
    assert book(home, "SELECT verb FROM entry") == [("client add",)]


def test_adding_answers_with_what_was_added(cli: Cli) -> None:
    assert cli("client", "add", "Bob", "Stone", "-k", "friend") == Result(
        0, "handle\tbob-stone\nname\tBob Stone\nkind\tfriend\n", ""
    )


@pytest.mark.parametrize(
    ("name", "kept", "handle"),
    [
        ("Łucja Åström", "Łucja Åström", "lucja-astrom"),
        ("李小龍", "李小龍", "李小龍"),
        ("Jane\n\tDoe ", "Jane Doe", "jane-doe"),
        ("Acme, Inc.", "Acme, Inc.", "acme-inc"),
        ("14", "14", "client-14"),
        ("i88", "i88", "client-i88"),
        ("[/] :bomb:", "[/] :bomb:", "bomb"),
        ("!!!", "!!!", "client"),
        ("x" * 200, "x" * 200, "x" * 40),
    ],
)
def test_every_name_is_kept_as_typed_in_one_line_and_makes_a_handle(
    cli: Cli, name: str, kept: str, handle: str
) -> None:
    assert cli("client", "add", name).code == 0

    [found] = data(cli("client", "list", "--json"))
    assert (found["name"], found["handle"]) == (kept, handle)
    assert data(cli("client", "show", handle, "--json"))["name"] == kept


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ([""], "a client needs a name", 'c4l client add "Jane Doe"'),
        (["  ", "\t"], "a client needs a name", "c4l client add"),
        (["\u200b\u202e"], "a client needs a name", "c4l client add"),
        (["\udcff\udcfe \ufffd"], "nothing of this name can be read: it is no UTF-8", "set the terminal to UTF-8"),
        (["x" * 201], "a name of 201 characters is too long", "at most 200 are kept"),
        (["x" * 10_000], "a name of 10000 characters is too long", "c4l log WHO NOTE"),
        (["Bob", "--org", "x" * 201], "an organisation of 201 characters is too long", "200"),
        (["Bob", "--tag", "x" * 201], "a tag of 201 characters is too long", "200"),
        (["Bob", "--tag", " "], "--tag says nothing", "leave --tag out"),
        (["Bob", "--alias", ""], "--alias says nothing", "leave --alias out"),
        (["Bob", "--email", "bob"], "“bob” is no e-mail address", "an @"),
        (["Bob", "--cadence", "often"], "“often” is no number of days", "6m"),
        (["Bob", "--cadence", "0"], "“0” is no number of days", "90d"),
        (["Bob", "--since", "2030"], "Tue 1 Jan 2030 is still to come", "past"),
        (["Bob", "--since", "long ago"], "“long ago” is no day", "type a day"),
        (["Bob", "--kind", "boss"], "'boss' is not one of 'customer'", "--help"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    cli: Cli, home: dict[str, str], words: list[str], message: str, hint: str
) -> None:
    refused(cli("client", "add", *words), 2, message, hint)
    assert not Path(home["C4L_DATABASE"]).exists()


@pytest.mark.parametrize(
    ("since", "day"),
    [
        ("2019", "2019-01-01"),
        ("may 2020", "2020-05-01"),
        ("2020-05-17", "2020-05-17"),
        ("90d", "2026-08-24"),
        ("3 march", "2026-03-03"),
        ("today", "2026-11-22"),
        ("none", None),
        ("", None),
    ],
)
def test_since_takes_a_year_a_month_a_day_or_a_span(cli: Cli, since: str, day: str | None) -> None:
    assert data(cli("client", "add", "Bob", "--since", since, "--json"))["since"] == day


@pytest.mark.parametrize("name", ["Jane Doe", "jane  DOE", "Jané Doe", "jane-doe"])
def test_a_name_that_is_there_is_refused_unless_another_is_meant(cli: Cli, jane: str, name: str) -> None:
    refused(
        cli("client", "add", name),
        4,
        "Jane Doe is there already, as jane-doe" if name != "jane-doe" else "Jane Doe",
        "--another",
    )
    assert handles(cli) == [jane]

    assert cli("client", "add", name, "--another").out.startswith("handle\tjane-doe-2\n")


def test_an_alias_and_an_archived_client_hold_their_names_too(cli: Cli, jane: str) -> None:
    refused(cli("client", "add", "jd"), 4, "“jd” already names Jane Doe, jane-doe", "c4l client show jane-doe")

    cli("client", "archive", jane)
    refused(cli("client", "add", "Jane Doe"), 4, "jane-doe, archived", "c4l client unarchive jane-doe takes them back")


def test_handles_are_never_given_twice(cli: Cli) -> None:
    for _ in range(3):
        cli("client", "add", "Bob Stone", "--another")
    cli("client", "add", "Bob Stone 2")

    assert sorted(handles(cli)) == ["bob-stone", "bob-stone-2", "bob-stone-2-2", "bob-stone-3"]


# Listing


@pytest.fixture
def five(cli: Cli) -> list[str]:
    for words in (
        ["Ana Alvarez", "-k", "friend", "--tag", "Tea"],
        ["Bob Stone", "--tag", "tea", "--alias", "Robert"],
        ["Cid 100%", "-k", "friend"],
        ["Dee Doe"],
        ["Eve Doe", "--tag", "Tea"],
    ):
        assert cli("client", "add", *words).code == 0
    assert cli("client", "archive", "eve").code == 0
    return ["ana-alvarez", "bob-stone", "cid-100", "dee-doe", "eve-doe"]


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ([], "ana bob cid dee"),
        (["--all"], "ana bob cid dee eve"),
        (["--archived"], "eve"),
        (["--tag", "TEA"], "ana bob"),
        (["--tag", "tea", "--all"], "ana bob eve"),
        (["--tag", "tea", "--archived"], "eve"),
        (["-k", "friend"], "ana cid"),
        (["--kind", "friend", "--tag", "tea"], "ana"),
        (["doe"], "dee"),
        (["doe", "--all"], "dee eve"),
        (["robert"], "bob"),
        (["bob", "stone"], "bob"),
        (["%"], "cid"),
        (["_"], ""),
        (["nobody"], ""),
        (["--tag", "none"], ""),
    ],
)
def test_a_list_is_narrowed_by_all_that_is_said(cli: Cli, five: list[str], words: list[str], listed: str) -> None:
    assert [handle.split("-")[0] for handle in handles(cli, *words)] == listed.split()


def test_a_list_is_a_line_a_client_and_limit_cuts_it_for_eyes_only(cli: Cli, five: list[str]) -> None:
    assert cli("client", "list", "--limit", "2") == Result(
        0, "ana-alvarez\tAna Alvarez\tfriend\t\t\tTea\t\nbob-stone\tBob Stone\tcustomer\t\t\ttea\t\n", ""
    )
    assert len(cli("client", "list", "--limit", "0").out.splitlines()) == 4
    assert len(handles(cli, "--limit", "2")) == 4
    assert cli("client", "list", "--archived").out == "eve-doe\tEve Doe\tcustomer\t\t\tTea\tarchived\n"


@pytest.mark.parametrize("words", [["nobody"], ["--tag", "none"], ["--kind", "team", "ana"]])
def test_drawn_a_narrowed_list_that_finds_nobody_says_how_many_there_are(
    cli: Cli, five: list[str], words: list[str]
) -> None:
    drawn = cli("client", "list", *words, env={"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "100"}).out
    assert "No client matches. 4 clients are here:" in drawn


def test_a_list_that_asks_for_two_things_at_once_is_refused(cli: Cli) -> None:
    refused(cli("client", "list", "--all", "--archived"), 2, "--archived asks for some", "one of them")
    refused(cli("client", "list", "--limit", "-1"), 2, "-1", "--help")


def test_an_empty_book_lists_nothing_and_is_not_made(cli: Cli, home: dict[str, str]) -> None:
    assert cli("client", "list", env=UNNAMED) == Result(0, "", "")
    assert not Path(home["HOME"]).exists()


# Who is meant


def test_an_archived_client_is_found_only_where_no_active_one_matches(cli: Cli, five: list[str]) -> None:
    assert shown(cli, "doe")["handle"] == "dee-doe"
    assert shown(cli, "eve")["archived"] is True


def test_several_are_named_elsewhere_and_offered_on_a_terminal(cli: Cli, terminal: Terminal) -> None:
    cli("client", "add", "Jane Doe")
    cli("client", "add", "Jane Roe")

    answered = cli("client", "show", "jane", "--json")
    assert (answered.code, answered.out) == (4, "")
    assert [each["handle"] for each in json.loads(answered.err)["candidates"]] == ["jane-doe", "jane-roe"]

    chosen = terminal("client", "archive", "jane", typed=[("[1-2]", "2\r")])
    assert chosen.code == 0
    assert handles(cli, "--archived") == ["jane-roe"]


@pytest.mark.parametrize("verb", ["show", "edit", "rename", "archive", "unarchive"])
def test_nobody_of_that_name_is_not_found(cli: Cli, jane: str, verb: str) -> None:
    rest = {"edit": ["--role", "x"], "rename": ["Bob"]}.get(verb, [])

    answered = cli("client", verb, "jnae", *rest)
    refused(answered, 3, "no client answers to “jnae”", "Jane Doe (jane-doe)")
    assert handles(cli) == [jane]


# Editing


def test_what_is_named_changes_and_the_rest_stays(cli: Cli, jane: str) -> None:
    before = shown(cli, jane)
    words = "--role|head of finance|--tag|Tea|--no-tag|board|--email|JANE@example.test|--no-phone|001 5550100|-k|friend"

    after = data(cli("client", "edit", "jane", *words.split("|"), "--json"))

    changed = {name for name in before if name != "recent" and before[name] != after[name]}
    assert changed == {"kind", "role", "phones", "tags"}
    assert (after["kind"], after["role"], after["phones"], after["tags"]) == ("friend", "head of finance", [], ["Tea"])
    assert after["emails"] == ["jane@example.test"]


@pytest.mark.parametrize("empty", ["none", "None", " ", ""])
def test_none_empties_a_field(cli: Cli, jane: str, empty: str) -> None:
    for option in ("--org", "--role", "--cadence", "--since"):
        assert cli("client", "edit", jane, option, empty).code == 0

    found = shown(cli, jane)
    assert [found[name] for name in ("organisation", "role", "cadence_days", "since")] == [None] * 4


def test_an_edit_that_changes_nothing_leaves_no_trace(cli: Cli, home: dict[str, str], jane: str) -> None:
    assert cli("client", "edit", jane, "--role", "buyer", "--tag", "BOARD", "--alias", "jd").code == 0
    assert len(book(home, "SELECT * FROM entry")) == 1


@pytest.mark.parametrize(
    ("words", "code", "message", "hint"),
    [
        ([], 2, "nothing to change was named", 'c4l client edit jane-doe --role "head of finance"'),
        (["--role", "x", "--no-tag", "gone"], 1, "Jane Doe has no tag “gone”", "c4l client show jane-doe"),
        (["--role", "x", "--no-email", "a@b"], 1, "Jane Doe has no email “a@b”", "c4l client show jane-doe"),
        (
            ["--role", "x", "--tag", "Tea", "--no-tag", "tea"],
            2,
            "the tag “tea” is both added and taken away",
            "--no-tag",
        ),
        (["--role", "x", "--tag", ""], 2, "--tag says nothing", "leave --tag out"),
        (["--role", "x", "--email", "nowhere"], 2, "“nowhere” is no e-mail address", "@"),
        (["--role", "x" * 201], 2, "a role of 201 characters is too long", "200"),
        (["--role", "x", "--cadence", "soon"], 2, "“soon” is no number of days", "90d"),
        (["--role", "x", "--since", "tomorrow"], 2, "Mon 23 Nov 2026 is still to come", "past"),
    ],
)
def test_an_edit_is_made_whole_or_not_at_all(
    cli: Cli, jane: str, words: list[str], code: int, message: str, hint: str
) -> None:
    before = shown(cli, jane)

    refused(cli("client", "edit", jane, *words), code, message, hint)
    assert shown(cli, jane) == before


# Renaming


def test_a_new_name_makes_a_new_handle(cli: Cli, jane: str) -> None:
    renamed = data(cli("client", "rename", "jane", "Jane", "Roe", "--json"))

    assert (renamed["handle"], renamed["name"], renamed["aliases"]) == ("jane-roe", "Jane Roe", ["JD"])
    assert cli("client", "show", "doe").code == 3


def test_the_old_name_can_stay_as_an_alias_until_it_is_the_name_again(cli: Cli, jane: str) -> None:
    assert data(cli("client", "rename", jane, "Jane Roe", "--keep-alias", "--json"))["aliases"] == ["JD", "Jane Doe"]
    assert shown(cli, "jane doe")["handle"] == "jane-roe"

    back = data(cli("client", "rename", "jane doe", "Jane Doe", "--json"))
    assert (back["handle"], back["aliases"]) == ("jane-doe", ["JD"])


@pytest.mark.parametrize("name", ["JANE DOE", "Jané Doe", "Jane-Doe", "Jane Doe"])
def test_a_name_written_otherwise_keeps_its_handle(cli: Cli, jane: str, name: str) -> None:
    renamed = data(cli("client", "rename", jane, name, "--json"))

    assert (renamed["handle"], renamed["name"]) == (jane, name)


@pytest.mark.parametrize(
    ("name", "code", "message", "hint"),
    [
        (" ", 2, "a client needs a name", 'c4l client rename jane-doe "Jane Roe"'),
        ("\udcff", 2, "nothing of this name can be read", "UTF-8"),
        ("x" * 201, 2, "a name of 201 characters is too long", "200"),
        ("bob stone", 4, "Bob Stone is there already, as bob-stone", "--another makes a second one"),
    ],
)
def test_a_name_that_cannot_be_changes_nothing(
    cli: Cli, jane: str, name: str, code: int, message: str, hint: str
) -> None:
    cli("client", "add", "Bob Stone")

    refused(cli("client", "rename", jane, name), code, message, hint)
    assert shown(cli, jane)["name"] == "Jane Doe"


def test_two_of_one_name_are_made_on_purpose_only(cli: Cli, jane: str) -> None:
    cli("client", "add", "Bob Stone")

    assert data(cli("client", "rename", jane, "Bob Stone", "--another", "--json"))["handle"] == "bob-stone-2"


# Archiving


def test_a_client_is_put_away_and_taken_back(cli: Cli, home: dict[str, str], jane: str) -> None:
    assert cli("client", "archive", jane).out.endswith("archived\tarchived\n")
    assert handles(cli) == []

    assert "archived" not in cli("client", "unarchive", jane, env={"C4L_TODAY": "2026-12-01"}).out
    assert book(home, "SELECT start_on, end_on FROM archiving") == [("2026-11-22", "2026-12-01")]


def test_the_day_that_was_understood_is_said(cli: Cli, home: dict[str, str], jane: str) -> None:
    archived = cli("client", "archive", jane, "--on", "1 june")
    assert (archived.code, archived.err) == (0, "Jane Doe is archived from Mon 1 Jun 2026 on\n")

    back = cli("client", "unarchive", jane, "--on", "friday")
    assert (back.code, back.err) == (0, "Jane Doe is back from Fri 20 Nov 2026 on\n")
    assert book(home, "SELECT start_on, end_on FROM archiving") == [("2026-06-01", "2026-11-20")]


def test_taken_back_on_the_same_day_a_client_was_never_away(cli: Cli, home: dict[str, str], jane: str) -> None:
    cli("client", "archive", jane, "--on", "2026-06-01")
    assert cli("client", "unarchive", jane, "--on", "2026-06-01").code == 0

    assert book(home, "SELECT * FROM archiving") == []
    assert cli("client", "archive", jane, "--on", "2026-05-01").code == 0


@pytest.mark.parametrize(
    ("verb", "on", "code", "message", "hint"),
    [
        ("archive", "tomorrow", 2, "Mon 23 Nov 2026 is still to come", "--on"),
        (
            "archive",
            "2026-07-09",
            4,
            "was archived from Mon 1 Jun 2026 to Fri 10 Jul 2026",
            "name Fri 10 Jul 2026 or a later day",
        ),
        ("archive", "2026-06-01", 4, "was archived from Mon 1 Jun 2026 to Fri 10 Jul 2026", "Fri 10 Jul 2026"),
        ("archive", "2026-01-01", 4, "was archived from Mon 1 Jun 2026 to Fri 10 Jul 2026", "Fri 10 Jul 2026"),
        ("archive", "next friday", 2, "two ways", "2026-11-27"),
        ("unarchive", "today", 4, "Jane Doe is not archived", "c4l client list --archived"),
    ],
)
def test_spells_in_the_archive_do_not_overlap(
    cli: Cli, home: dict[str, str], jane: str, verb: str, on: str, code: int, message: str, hint: str
) -> None:
    cli("client", "archive", jane, "--on", "2026-06-01")
    cli("client", "unarchive", jane, "--on", "2026-07-10")

    refused(cli("client", verb, jane, "--on", on), code, message, hint)
    assert book(home, "SELECT start_on, end_on FROM archiving") == [("2026-06-01", "2026-07-10")]


def test_a_new_spell_may_begin_on_the_day_on_which_another_ended(cli: Cli, home: dict[str, str], jane: str) -> None:
    cli("client", "archive", jane, "--on", "2026-06-01")
    cli("client", "unarchive", jane, "--on", "2026-07-10")

    assert cli("client", "archive", jane, "--on", "2026-07-10").code == 0
    assert book(home, "SELECT start_on, end_on FROM archiving") == [("2026-06-01", "2026-07-10"), ("2026-07-10", None)]


@pytest.mark.parametrize(
    ("verb", "on", "code", "message", "hint"),
    [
        ("archive", "today", 4, "Jane Doe is archived since Mon 1 Jun 2026", "c4l client unarchive jane-doe"),
        ("archive", "2026-01-01", 4, "Jane Doe is archived since Mon 1 Jun 2026", "c4l client unarchive jane-doe"),
        ("unarchive", "2026-05-31", 2, "was archived only on Mon 1 Jun 2026", "a later one with --on"),
        ("unarchive", "tomorrow", 2, "Mon 23 Nov 2026 is still to come", "--on"),
    ],
)
def test_who_is_away_is_not_put_away_again(
    cli: Cli, home: dict[str, str], jane: str, verb: str, on: str, code: int, message: str, hint: str
) -> None:
    cli("client", "archive", jane, "--on", "2026-06-01")

    refused(cli("client", verb, jane, "--on", on), code, message, hint)
    assert book(home, "SELECT start_on, end_on FROM archiving") == [("2026-06-01", None)]


def test_none_takes_away_nothing_of_which_there_can_be_several(cli: Cli) -> None:
    cli("client", "add", "Jane Doe")
    answered = cli("client", "edit", "jane", "--phone", "none")
    refused(answered, 2, "“none” is no phone", "--no-phone VALUE takes one away")


def test_archiving_somebody_who_is_owed_something_says_so(cli: Cli) -> None:
    cli("client", "add", "Jane Doe")
    cli("promise", "jane", "send the deck", "--by", "friday")
    answered = cli("client", "archive", "jane", "--plain")
    assert (answered.code, answered.err) == (0, "one open promise stays in the lists: c4l promises jane-doe\n")


def test_of_many_who_may_be_meant_a_few_are_named_and_json_holds_all(cli: Cli, write: Write) -> None:
    write(*(f"client|add|Jo Maker{number:02}" for number in range(23)))
    answered = cli("client", "show", "jo")
    first, hint, *named, more = answered.err.splitlines()
    assert (answered.code, answered.out) == (4, "")
    assert first.endswith(", Jo Maker04 (jo-maker04) and 18 more")
    assert hint == "  say which, by the handle: @jo-maker00"
    assert named == [f"    jo-maker{number:02}  Jo Maker{number:02}" for number in range(20)]
    assert more == "    and 3 more: --json holds them all"
    assert len(json.loads(cli("client", "show", "jo", "--json").err)["candidates"]) == 23
