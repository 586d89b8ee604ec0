"""What does not add up, as JSON and as plain lines.

Plain columns: the check, number of the record (`14`, `i88`; empty of a client), handles, names, what is doubtful, its
day, the command that mends it, why it matters.
"""

from collections.abc import Iterator, Sequence

from c4l.actions.check import Checked
from c4l.domain.checks import Finding
from c4l.domain.doubts import Doubt
from c4l.render.records import cell, client_ref, day


def check_data(result: Checked) -> dict[str, object]:
    """Every finding with its record."""
    return {"as_of": day(result.today), "strict": result.strict, "findings": list(map(_finding, result.findings))}


def check_lines(result: Checked) -> Iterator[Sequence[str]]:
    """A record for each finding."""
    for check, doubt, command in result.findings:
        yield (
            check.name,
            number(doubt),
            ",".join(client.handle for client in doubt.clients),
            ", ".join(client.name for client in doubt.clients),
            doubt.text,
            cell(doubt.on),
            command,
            check.why,
        )


def number(doubt: Doubt) -> str:
    """The number of the record as it is printed and typed."""
    if doubt.number is None:
        return ""
    return f"i{doubt.number}" if doubt.kind == "interaction" else str(doubt.number)


def _finding(finding: Finding) -> dict[str, object]:
    check, doubt, command = finding
    return {
        "check": check.name,
        "kind": doubt.kind,
        "number": doubt.number,
        "clients": list(map(client_ref, doubt.clients)),
        "text": doubt.text,
        "on": day(doubt.on),
        "why": check.why,
        "command": command,
    }
