"""The contract with programs, version 1: the envelope of every answer, its fields, its errors, and the exit codes."""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from c4l.cli.table import COMMANDS
from c4l.domain.book_form import TABLES
from c4l.domain.habits import HABITS
from c4l.domain.terms import Channel
from c4l.render.kinds import KINDS
from c4l.store.compiled import RECORDS
from tests.commands.conftest import Write
from tests.conftest import Cli, Result
from tests.store.frozen import thaw

Shape = dict[str, set[str]]
"""The fields of every record of an answer, by the path that leads to it: `moves[]`, `interaction.signals[].client`."""


def fields(documented: str, added: str = "") -> set[str]:
    """The fields of a record: those of the design, and those added since. None is ever taken away or renamed."""
    return {*documented.split(), *added.split()}


CLIENT = fields(
    "handle name kind organisation role aliases emails phones tags cadence_days archived last_interaction_on own_view "
    "stake value",
    "added_on since next_on snoozed_until facts key_dates",
)
INTERACTION = fields("number on time channel reached_out minutes note clients signals facts promises")
PROMISE = fields(
    "number client by what made_on due_on first_due_on state closed_on days_late moves interaction",
    "overdue told because passed_over week",
)
MOVE = fields("on from to told because", "plan")
REF = fields("handle name")


def within(path: str, shape: Shape) -> Shape:
    """The shape of a record that lies inside another."""
    return {f"{path}.{inner}" if inner else path: fields for inner, fields in shape.items()}


INTERACTION_SHAPE: Shape = {
    "": INTERACTION,
    "clients[]": REF,
    "signals[]": fields("client signal note"),
    "signals[].client": REF,
    "facts[]": fields("client kind text"),
    "facts[].client": REF,
}
GOALS_SHAPE: Shape = {"goals[]": fields("client text"), "goals[].client": REF}
PROMISE_SHAPE: Shape = {
    "": PROMISE,
    "client": REF,
    "moves[]": MOVE,
    "passed_over[]": fields("verb on to"),
    "week": fields("week due most_honoured over"),
}
FIGURES = fields(
    "counted honoured share first_day kept_late moved_untold broken told_early late_days_median",
    "released_late overdue",
)
CLIENT_SHAPE: Shape = {
    "": CLIENT,
    "facts[]": fields("kind text learned_on reached_on outcome interaction"),
    "key_dates[]": fields("label month day year"),
}
FALL_SHAPE: Shape = {
    "": fields("on falls_to because holds"),
    "because[]": fields("criterion measured needed records"),
    "because[].records[]": fields("kind number on what"),
    "holds[]": fields("criterion what by commands"),
}
TRIANGLE_SHAPE: Shape = {
    "": fields("as_of counts placements"),
    "counts": fields("life key base uncontacted"),
    "placements[]": fields("client tier own_view lapses_on rises_on", "shows"),
    "placements[].client": REF,
}

STATEMENT = fields("part on said because")
ASSESSMENT = fields("client tier own_view stands tier_said stake_said value_said command")
ASSESSMENT_SHAPE: Shape = {
    "": ASSESSMENT,
    "client": REF,
    **{f"{part}_said": STATEMENT for part in ("tier", "stake", "value")},
}

COMPARED_SHAPE: Shape = {
    "": fields("clients count"),
    "clients[]": fields("client amount"),
    "clients[].client": REF,
}
EXHIBIT = fields("kind number on what via text")
MOVED_SHAPE: Shape = {
    "": fields("client from to because", "direction passage"),
    "client": REF,
    "because[]": fields("criterion tier was met measured_before measured causes"),
    "because[].causes[]": fields("how on words record", "others_before others"),
    "because[].causes[].record": EXHIBIT,
    **within("because[].causes[].others_before", COMPARED_SHAPE),
    **within("because[].causes[].others", COMPARED_SHAPE),
}

LAST = fields("interaction on channel note")
"""The last interaction with a client, on every line of a morning."""

OWED_SHAPE: Shape = {**PROMISE_SHAPE, "": PROMISE | {"last"}, "last": LAST}
QUIET_SHAPE: Shape = {
    "": fields("client tier last_on cadence_days days_since", "wished_on days_over awaited last"),
    "client": REF,
    "last": LAST,
}
SETTING = fields("name value source place default hidden least most choices variable meaning")
GRAPH = fields("since until clients interactions minutes channels whole share months")
SHOWN = fields("signal times last_on interaction text")
ENTRY = fields("number at command changes", "words clients records undoes undone_by")
ENTRY_SHAPE: Shape = {"": ENTRY, "changes[]": fields("table did rows"), "clients[]": REF}
WHOLE_ENTRY_SHAPE: Shape = {
    **ENTRY_SHAPE,
    "": ENTRY | {"rows"},
    "rows[]": fields("table record did cells"),
    "rows[].cells[]": fields("column before after"),
}

SIDE = fields("version clients interactions promises newest_interaction newest_promise changed_at command")

CONTRACT: dict[str, Shape] = {
    "backup": {"": fields("book file at bytes sha256 removed")},
    "backups": {"": fields("book folder backups"), "backups[]": fields("file at reason bytes sha256 whole damage")},
    "brief": {
        "": fields("client as_of tier missing mine theirs dates given shown openings"),
        **within("client", {**CLIENT_SHAPE, "": CLIENT | fields("recent"), **within("recent[]", INTERACTION_SHAPE)}),
        **within("mine[]", PROMISE_SHAPE),
        **within("theirs[]", PROMISE_SHAPE),
        "dates[]": fields("label on years"),
        "given[]": SHOWN,
        "shown[]": SHOWN,
        "openings[]": fields("reason text promise interaction"),
    },
    "assessment": {**ASSESSMENT_SHAPE, "": ASSESSMENT | {"history"}, "history[]": STATEMENT},
    "assessments": within("[]", ASSESSMENT_SHAPE),
    "check": {
        "": fields("as_of strict findings"),
        "findings[]": fields("check kind number clients text on why command"),
        "findings[].clients[]": REF,
    },
    "client": {
        **CLIENT_SHAPE,
        "": CLIENT | fields("recent"),
        **within("recent[]", INTERACTION_SHAPE),
    },
    "clients": within("[]", CLIENT_SHAPE),
    "config": {"": fields("file exists settings"), "settings[]": SETTING},
    "config-file": {"": fields("file exists")},
    "setting": {"": SETTING | fields("file touched was")},
    "demo": {
        "": fields("file clients interactions promises overdue triangle"),
        **within("overdue[]", PROMISE_SHAPE),
        **within("triangle", TRIANGLE_SHAPE),
    },
    "graph": {
        "": GRAPH,
        "clients[]": REF,
        "share": fields("interactions minutes"),
        "whole": fields("interactions minutes channels"),
        **{f"{path}channels": fields(" ".join(Channel)) for path in ("", "whole.", "months[].", "months[].whole.")},
        **{
            f"{path}channels.{channel}": fields("interactions minutes")
            for path in ("", "whole.", "months[].", "months[].whole.")
            for channel in Channel
        },
        "months[]": fields("month starts_on interactions minutes channels whole share"),
        "months[].share": fields("interactions minutes"),
        "months[].whole": fields("interactions minutes channels"),
    },
    "doctor": {
        "": fields("book healthy checks versions last_backup mended"),
        "checks[]": fields("check looked_at findings"),
        "checks[].findings[]": fields("what mend record"),
        "versions": fields("c4l schema written_by sqlite python"),
        "last_backup": fields("file at"),
    },
    "entry": WHOLE_ENTRY_SHAPE,
    "export": {"": fields("file format client counts bytes"), "client": REF, "counts": fields(" ".join(TABLES))},
    "forgotten": {
        "": fields("client counts interactions joint named unsaved backups files dry_run in_book making hidden alike"),
        "client": REF,
        "counts": fields(" ".join(TABLES)),
        "named[]": fields("kind number on clients what text mend"),
        "named[].clients[]": REF,
        "backups[]": fields("file at reason forgotten trouble named"),
    },
    "history": within("[]", ENTRY_SHAPE),
    "habits": {
        "": fields("since until weeks total counts clients without"),
        "weeks[]": fields("week starts_on total counts"),
        **{path: fields(" ".join(HABITS)) for path in ("counts", "weeks[].counts")},
        "without[]": REF,
    },
    "import": {
        "": fields("file created updated unchanged skipped", "format remarks ignored dry_run counts namesakes"),
        **{f"{outcome}[]": REF for outcome in ("created", "updated", "unchanged")},
        "counts": fields(" ".join(TABLES)),
        "skipped[]": fields("record reason"),
        "remarks[]": fields("record reason"),
    },
    "interaction": {**INTERACTION_SHAPE, "": INTERACTION | fields("goals"), **GOALS_SHAPE},
    "interactions": within("[]", INTERACTION_SHAPE),
    "logged": {
        "": fields("interaction promises", "undated planned next_on created goals"),
        **within("interaction", INTERACTION_SHAPE),
        **within("promises[]", PROMISE_SHAPE),
        "created[]": REF,
        **GOALS_SHAPE,
    },
    "plan": {
        "": fields("client tier next_tier steps", "as_of holds_on first obstacles lapses_on lapses rises_on"),
        "client": REF,
        "first[]": fields("", "kind number text command"),
        "steps[]": fields("text criterion", "number act on times why note command commands records acceptable promise"),
        "steps[].commands[]": fields("when line"),
        "steps[].records[]": fields("kind number"),
        "obstacles[]": fields("criterion measured"),
    },
    "promise": PROMISE_SHAPE,
    "promises": within("[]", PROMISE_SHAPE),
    "removed": {
        "": fields("promises interactions staying dry_run"),
        **within("promises[]", PROMISE_SHAPE),
        **within("interactions[]", INTERACTION_SHAPE),
    },
    "restored": {
        "": fields("book file taken_at before after aside dry_run"),
        **dict.fromkeys(("before", "after"), SIDE),
        **{f"{side}.newest_interaction": fields("number on note") for side in ("before", "after")},
        **{f"{side}.newest_promise": fields("number on what") for side in ("before", "after")},
    },
    "reliability": {
        "": fields("since until mine theirs clients", "learned"),
        **{side: FIGURES | {"months"} for side in ("mine", "theirs")},
        **{f"{side}.months[]": fields("month counted honoured") for side in ("mine", "theirs")},
        "clients[]": fields("client mine theirs"),
        "clients[].client": REF,
        **{f"clients[].{side}": FIGURES for side in ("mine", "theirs")},
        "learned[]": fields("number client by what verb on because"),
        "learned[].client": REF,
    },
    "quiet": within("[]", QUIET_SHAPE),
    "today": {
        "": fields("as_of overdue due quiet dates lapsing thanks next"),
        **within("overdue[]", OWED_SHAPE),
        **within("due[]", OWED_SHAPE),
        **within("quiet[]", QUIET_SHAPE),
        "dates[]": fields("client label on years last"),
        **within("lapsing[]", FALL_SHAPE),
        "lapsing[]": FALL_SHAPE[""] | fields("client tier last"),
        "thanks[]": fields("client on interaction text last"),
        "next[]": fields("client on interaction channel note last"),
        **{f"{part}[].client": REF for part in ("dates", "lapsing", "thanks", "next")},
        **{f"{part}[].last": LAST for part in ("dates", "lapsing", "thanks", "next")},
    },
    "salvaged": {
        "": fields("source file carried losses"),
        "carried": set(RECORDS),
        "losses[]": fields("table id row reason"),
    },
    "search": {
        "": fields("words kind since total hits"),
        "hits[]": fields("kind number on clients what text matched"),
        "hits[].clients[]": REF,
    },
    "moves": {
        "": fields("since until moves", "counts directions stayed"),
        **{f"counts.{day}": fields("life key base uncontacted") for day in ("before", "after")},
        "counts": fields("before after"),
        "directions": fields("rose fell new left stayed"),
        **within("moves[]", {**MOVED_SHAPE, "passage": EXHIBIT}),
        **within("stayed[]", MOVED_SHAPE),
    },
    "triangle": TRIANGLE_SHAPE,
    "triangle-history": {
        "": fields("since until every days"),
        "days[]": fields("on life key base uncontacted"),
    },
    "undone": {
        "": fields("entry by dry_run"),
        **within("entry", ENTRY_SHAPE),
        **within("by", WHOLE_ENTRY_SHAPE),
    },
    "why": {
        "": fields("client as_of tier own_view lapses_on rises_on findings", "fall"),
        "client": REF,
        **within("fall", FALL_SHAPE),
        "findings[]": fields("criterion tier met measured needed lapses_on evidence", "idea others"),
        **within("findings[].others", COMPARED_SHAPE),
        "findings[].evidence[]": fields("kind number on text", "what via"),
    },
}

ANSWERS = [
    ("client", "client add|Bob Stone|--tag|tea|--email|bob@example.test"),
    ("logged", "log|Jane Doe|asked first|--new|-s|consulted,early|-l|goal: one vendor|-i|send it by friday|-n|3w"),
    ("client", "assess|jane|--stake|low|--value|0"),
    ("plan", "plan|jane|--to|key"),
    ("logged", "log|jane, bob|a plan|--on|2026-12-01"),
    ("promise", "promise|jane|the figures|--by|2026-11-10|--on|2026-11-01"),
    ("promise", "promise|bob|a call|--by|2026-11-12|--on|2026-11-01|--theirs"),
    ("plan", "plan|jane|--to|life"),
    ("promise", "move|2|2026-11-15|--told|--because|figures late|--plan|Bob covers"),
    ("promises", "promises"),
    ("promises", "keep|1"),
    ("promise", "break|2|--because|no vendor"),
    ("promise", "release|3"),
    ("promises", "promises|--state|all"),
    ("reliability", "reliability|jane"),
    ("habits", "habits"),
    ("graph", "graph|jane, bob"),
    ("search", "search|asked|--since|30d"),
    ("client", "assess|jane|--stake|high|--value|120k|--tier|key"),
    ("assessment", "assess|jane"),
    ("assessments", "assess"),
    ("triangle", "triangle"),
    ("why", "why|jane"),
    ("client", "client edit|jane|--role|buyer"),
    ("client", "client show|jane"),
    ("client", "client rename|bob|Bob Roe"),
    ("client", "client archive|bob"),
    ("client", "client unarchive|bob"),
    ("promise", "show|2"),
    ("interaction", "show|i1"),
    ("client", "show|jane"),
    ("client", "remember|jane|goal: one office|worry: the audit|--on|2026-11-01"),
    ("client", "remember|jane|--reached|one office|--outcome|moved in|--on|yesterday"),
    ("logged", "log|jane, bob|found a name|-s|jane: helped one vendor|-s|bob: door|-l|bob: goal: more air|-i|a list"),
    ("check", "check|--strict"),
    ("client", "date|jane|birthday|1|dec|1980"),
    ("client", "tag|jane|board"),
    ("undone", "undo|--dry-run"),
    ("undone", "undo"),
    ("history", "history|jane|--since|30d"),
    ("entry", "history|--entry|1"),
    ("interactions", "interactions|bob|--since|90d"),
    ("interaction", "edit|i3|--on|yesterday|--no-signal|door"),
    ("promise", "edit|4|--what|the list"),
    ("removed", "remove|i3|4|--dry-run"),
    ("removed", "remove|4|2|i3|--yes"),
    ("import", "import|BOOK"),
    ("import", "import|BOOK"),
    ("import", "import|BOOK|--tag|fair"),
    ("client", "client show|mei"),
    ("clients", "client list|--all"),
    ("logged", "log|mei|opened a door|-s|door,praised|-l|goal: tea|--on|2026-08-01"),
    ("logged", "log|omar|said hello|--on|2026-07-01"),
    ("promise", "promise|mei|the tea|--by|2026-11-20|--on|2026-11-01"),
    ("plan", "plan|mei|--to|key"),
    ("promise", "promise|mei|a cup|--by|2026-11-24|--theirs"),
    ("logged", "log|bob|wants us to publish prices|--on|2025-12-01|-s|steer"),
    ("client", "assess|bob|--stake|high|--on|2025-12-01"),
    ("today", "today|--days|30"),
    ("quiet", "quiet"),
    ("brief", "brief|mei"),
    ("client", "snooze|mei|2w"),
    ("client", "snooze|mei|none"),
    ("logged", "log|omar|said where to go|-s|steer|--on|2026-08-20"),
    ("client", "assess|bob|--value|50|--on|2026-06-01"),
    ("client", "assess|mei|--value|60|--on|2026-10-01"),
    ("moves", "triangle|--since|2026-08-10|--all"),
    ("why", "why|bob"),
    ("triangle-history", "triangle|--history|--every|week"),
    ("config-file", "config path"),
    ("setting", "config set|cadence.life|10"),
    ("setting", "config get|cadence.life"),
    ("setting", "config unset|cadence.life"),
    ("config", "config list"),
    ("backup", "backup"),
    ("backup", "backup|COPY"),
    ("backups", "backup|--list|--verify"),
    ("restored", "restore|COPY|--dry-run"),
    ("restored", "restore|COPY|--yes"),
    ("doctor", "doctor"),
    ("salvaged", "doctor|--salvage|WRECK"),
    ("export", "export|OUT"),
    ("export", "export|HERS|--client|mei"),
    ("import", "import|OUT|--database|NEW"),
    ("logged", "log|Ida Hall|came by|--new"),
    ("client", "remember|omar|worry: what Ida Hall says"),
    ("backup", "backup"),
    ("forgotten", "client forget|ida|--dry-run"),
    ("forgotten", "client forget|ida|--yes"),
    ("demo", "demo|--database|DEMO"),
]
"""Commands in the order in which they are run, each with the kind of its answer."""


def records(path: str, value: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record of an answer with the path that leads to it."""
    if isinstance(value, dict):
        yield path, value
        for field, inner in value.items():
            yield from records(f"{path}.{field}" if path else field, inner)
    elif isinstance(value, list):
        for each in value:
            yield from records(f"{path}[]", each)


def words_of(line: str, tmp_path: Path) -> list[str]:
    command, *rest = line.split("|")
    paths = {"BOOK": str(tmp_path / "book.csv"), "DEMO": str(tmp_path / "demo.db"), "COPY": str(tmp_path / "copy.db")}
    paths["WRECK"] = str(tmp_path / "wreck.db")
    paths |= {"OUT": str(tmp_path / "out.json"), "HERS": str(tmp_path / "hers.json"), "NEW": str(tmp_path / "new.db")}
    return [*command.split(), *(paths.get(word, word) for word in rest)]


@pytest.fixture
def answers(cli: Cli, tmp_path: Path) -> list[tuple[str, str, Any]]:
    """Every answer: its kind as the contract has it, the command line, and the envelope."""
    table = "Name,E-mail,Birthday,Notes,Odd\nMei Ng,mei@example.test,12-01,tea,1\nOmar Lund,nowhere,soon,,\n,,,x,\n"
    (tmp_path / "book.csv").write_text(table)
    with closing(sqlite3.connect(thaw(1, tmp_path / "wreck.db"))) as wreck:
        wreck.execute("DELETE FROM signal")
        wreck.commit()
    found = []
    for kind, line in ANSWERS:
        answered = cli(*words_of(line, tmp_path), "--json")
        # What finds something wrong, or could not carry all over, says so to scripts, too.
        assert answered.code == (kind in ("check", "salvaged")), (line, answered)
        assert answered.out.count("\n") == 1, line
        found.append((kind, line, json.loads(answered.out)))
    return [*found, with_a_week(cli)]


def with_a_week(cli: Cli) -> tuple[str, str, Any]:
    """A promise made once there is something to measure its week by: four weeks with an honoured one."""
    for due in ("2026-10-16", "2026-10-23", "2026-10-30", "2026-11-06"):
        made = json.loads(cli("promise", "jane", "a part", "--by", due, "--on", "2026-10-01", "--json").out)
        assert cli("keep", str(made["data"]["number"]), "--on", due).code == 0
    line = "promise|jane|another part|--by|2026-11-27"
    return "promise", line, json.loads(cli(*line.split("|"), "--json").out)


def test_every_command_and_every_kind_has_its_part() -> None:
    commands = {line.partition("|")[0] for _, line in ANSWERS}

    assert commands == set(COMMANDS)
    assert {kind for kind, _ in ANSWERS} == set(KINDS) == set(CONTRACT)


def test_every_answer_is_an_envelope_of_its_kind(answers: list[tuple[str, str, Any]]) -> None:
    for kind, line, envelope in answers:
        assert list(envelope) == ["c4l", "kind", "data"], line
        assert (envelope["c4l"], envelope["kind"]) == (1, kind), line


def test_every_record_has_its_fields_and_no_others(answers: list[tuple[str, str, Any]]) -> None:
    seen: dict[str, set[str]] = {kind: set() for kind in CONTRACT}
    for kind, line, envelope in answers:
        for path, record in records("", envelope["data"]):
            assert record.keys() == CONTRACT[kind].get(path), f"{line}: {path or 'the whole'}"
            seen[kind].add(path)

    # What was never seen was not proved. Where a promise lies in another answer, it is the same promise.
    missing = {f"{kind}: {path}" for kind, shape in CONTRACT.items() for path in shape.keys() - seen[kind]}
    assert {
        each
        for each in missing
        if not re.search(
            r"passed_over|promises\[\]\.|due\[\]\.|(mine|theirs)\[\]\.|client\.(facts|key_dates|recent)"
            r"|^moves: moves.*causes\[\]\.others|others_before\.clients"
            r"|^promises: \[\]\.week|^doctor: checks\[\]\.findings",
            each,
        )
    } == set()


DAYS = re.compile(r"_on$|^(on|as_of|since|until|from|to)$")


def test_days_are_iso_days_or_null(answers: list[tuple[str, str, Any]]) -> None:
    for kind, line, envelope in answers:
        for path, record in records("", envelope["data"]):
            for field, value in record.items():
                # Who moved in the triangle went from a tier to another.
                if (
                    DAYS.search(field)
                    and value is not None
                    and (kind, field) not in (("moves", "from"), ("moves", "to"))
                ):
                    assert date.fromisoformat(value).isoformat() == value, f"{line}: {path}.{field}"


# Errors


ERRORS = [
    (1, "refused", "client edit|jane|--no-tag|gone"),
    (1, "refused", "tag|jane|--remove|gone"),
    (1, "refused", "date|jane|birthday|none"),
    (1, "refused", "edit|i1|--no-signal|door"),
    (1, "refused", "why|unmet"),
    (1, "refused", "plan|unmet"),
    (1, "refused", "import|NOWHERE"),
    (1, "refused", "backup|nowhere/copy.db"),
    (1, "refused", "restore|NOWHERE|--yes"),
    (1, "refused", "export|nowhere/out.json"),
    (1, "refused", "import|nowhere/out.json"),
    (2, "usage", "export|-|--force"),
    (2, "usage", "export|x|--format|xls"),
    (2, "usage", "client forget|jane"),
    (3, "not-found", "client forget|nobody|--yes"),
    (2, "usage", "backup|--force"),
    (1, "refused", "doctor|--salvage|NOWHERE"),
    (2, "usage", "doctor|--into|NOWHERE"),
    (2, "usage", "client add"),
    (2, "usage", "client add|"),
    (2, "usage", "assess|jane|--value|lots"),
    (2, "usage", "plan|jane|--to|base"),
    (2, "usage", "plan|jane|--accept|1"),
    (2, "usage", "assess|--tier|key"),
    (2, "usage", "assess|--review"),
    (2, "usage", "client list|--limit|-1"),
    (2, "usage", "no-such-command"),
    (2, "usage", "triangle|--no-such-option"),
    (2, "usage", "today|--days|-1"),
    (2, "usage", "snooze|jane|2026-11-22"),
    (2, "bad-day", "snooze|jane|soon"),
    (2, "usage", "edit|jane"),
    (2, "usage", "edit|i1"),
    (2, "usage", "edit|i1|--what|x"),
    (2, "usage", "remove|i1"),
    (2, "usage", "remember|jane"),
    (2, "usage", "interactions|--signal|warned"),
    (2, "bad-day", "date|jane|birthday|soon"),
    (2, "usage", "search|&"),
    (2, "usage", "search|plan|--kind|smile"),
    (2, "bad-day", "habits|--since|soon"),
    (2, "usage", "graph|--months|3|--since|90d"),
    (1, "refused", "config unset|channel"),
    (2, "usage", "config set|cadence.life|0"),
    (3, "not-found", "config get|chanel"),
    (2, "bad-day", "history|--since|soon"),
    (2, "usage", "history|jane|--entry|1"),
    (2, "usage", "undo|i1"),
    (2, "bad-day", "triangle|--as-of|soon"),
    (2, "usage", "triangle|--history|--tier|life"),
    (2, "usage", "triangle|--since|today"),
    (2, "bad-day", "promise|jane|the deck|--by|next friday"),
    (3, "not-found", "why|nobody"),
    (3, "not-found", "plan|jane|--accept|99|--by|friday"),
    (3, "not-found", "brief|nobody"),
    (3, "not-found", "history|nobody"),
    (3, "not-found", "history|--entry|99"),
    (3, "not-found", "undo|99"),
    (3, "not-found", "show|99"),
    (3, "not-found", "show|i99"),
    (3, "not-found", "keep|99"),
    (3, "not-found", "remove|i1|99|--yes"),
    (3, "not-found", "remember|jane|--reached|peace"),
    (4, "ambiguous", "why|j"),
    (4, "ambiguous", "log|jane, joe|walked through it|-s|door"),
    (4, "conflict", "client add|Jane Doe"),
    (4, "conflict", "client archive|away"),
    (4, "conflict", "keep|1"),
    (4, "conflict", "undo|1"),
    (4, "conflict", "edit|1|--by|3d"),
    (5, "unusable", "client list|--database|NOWHERE"),
    (5, "unusable", "client list|--database|NO-BOOK"),
    (5, "unusable", "client add|Bob|--database|NO-BOOK"),
]


@pytest.fixture
def book(write: Write) -> None:
    write(
        "log|Jane Doe|said hello|--new",
        "log|Joe Roe|said hello|--new",
        "client|add|Unmet Park",
        "client|add|Away Hill",
        "client|archive|away",
        "promise|jane|the deck|--by|friday",
        "keep|1",
    )


@pytest.mark.parametrize(("code", "word", "line"), ERRORS, ids=[line for _, _, line in ERRORS])
def test_an_error_has_its_exit_code_and_its_stable_word(
    cli: Cli, home: Mapping[str, str], tmp_path: Path, book: None, code: int, word: str, line: str
) -> None:
    (tmp_path / "no-book.db").write_text("a text of more than sixteen characters, and no database")
    paths = {"NOWHERE": str(tmp_path / "nowhere"), "NO-BOOK": str(tmp_path / "no-book.db")}
    command, *rest = line.split("|")
    words = [*command.split(), *(paths.get(each, each) for each in rest)]
    before = Path(home["C4L_DATABASE"]).read_bytes()

    told = cli(*words)
    assert (told.code, told.out) == (code, "")
    assert told.err.startswith("c4l: error: ")
    assert told.err.splitlines()[1].startswith("  ")

    as_json = cli(*words, "--json")
    assert (as_json.code, as_json.out, as_json.err.count("\n")) == (code, "", 1)
    error = json.loads(as_json.err)
    assert (error["c4l"], error["kind"], error["code"]) == (1, "error", word)
    assert error["message"]
    assert error["hint"]
    assert not error["message"].endswith(".")
    assert error.keys() - {"candidates"} == {"c4l", "kind", "code", "message", "hint"}
    if word == "ambiguous":
        assert {frozenset(each) for each in error["candidates"]} == {frozenset(REF)}
    assert Path(home["C4L_DATABASE"]).read_bytes() == before


def test_a_setting_that_cannot_be_is_5(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[triangle\n")

    for env in ({"C4L_CONFIG": str(tmp_path / "broken.toml")}, {"C4L_TODAY": "whenever"}):
        answered = cli("client", "list", "--json", env=env)
        assert (answered.code, answered.out) == (5, "")
        assert json.loads(answered.err)["code"] == "unusable"


def test_something_listed_is_1_where_it_was_asked_for(cli: Cli, book: None) -> None:
    assert cli("promises", "--exit-code").code == 0
    cli("promise", "jane", "another")
    assert cli("promises", "--exit-code").code == 1


# Plain lines


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("client list|--all", 7),
        ("promises|--state|all", 8),
        ("triangle", 5),
        ("triangle|--history", 5),
        ("assess", 7),
        ("quiet", 8),
        ("today", 7),
        ("interactions", 10),
        ("history", 8),
    ],
)
def test_a_list_is_lines_of_so_many_cells(
    cli: Cli, tmp_path: Path, answers: list[tuple[str, str, Any]], line: str, cells: int
) -> None:
    cli("client", "add", "Tab\tbed\nand broken", "--role", "a\tb")
    cli("log", "tab", "came by", "-i", "one\ttwo\nthree")
    plain = cli(*words_of(line, tmp_path))

    lines = plain.out.splitlines()
    assert len(lines) > 1
    assert {each.count("\t") + 1 for each in lines} == {cells}
    assert cli(*words_of(line, tmp_path), "--plain") == plain


def test_no_answer_has_an_empty_line(cli: Cli, tmp_path: Path, book: None) -> None:
    (tmp_path / "book.csv").write_text('Name,Notes\nMei Ng,"one\n\ntwo"\n')

    def lines(answered: Result) -> list[str]:
        assert answered.code == 0, answered
        return answered.out.split("\n")[:-1]

    for line in ("log|jane|one\n\ntwo", "client show|jane", "why|jane", "show|i1", "show|1", "import|BOOK", "triangle"):
        assert all(lines(cli(*words_of(line, tmp_path)))), line
