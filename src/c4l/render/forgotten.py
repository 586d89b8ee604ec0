"""What was forgotten, as JSON and as plain lines.

Plain lines: `forgotten` (handle, name), a `count` for each table (how many rows went), `removed` and `joint` (an
interaction that went, or stays with others), `hidden` (how many texts say “somebody” now), `named` (record, day,
handles, what it is, text, what mends it), `unsaved` (a file), `backup` (a file, `holds`, `forgotten` or `trouble`, how
many texts in it may still name them), `making` (the folder in which one is being made that may hold them), `alike`
(handle and name of somebody of their name in a backup, who may be the same), and `file` (another one that holds them).
"""

from collections.abc import Iterator, Sequence

from c4l.actions.forget import Copy, Forgotten
from c4l.domain.search import Hit, Sought
from c4l.domain.signals import SIGNALS
from c4l.render.backup import instant
from c4l.render.records import cell, client_ref, day


def forgotten_data(result: Forgotten) -> dict[str, object]:
    """What went, and what is left to be looked at."""
    return {
        "client": client_ref(result.client),
        "counts": dict(result.counts),
        "interactions": list(result.interactions),
        "joint": list(result.joint),
        "named": [
            {
                "kind": hit.kind,
                "number": hit.number,
                "on": day(hit.on),
                "clients": [client_ref(client) for client in hit.clients],
                "what": hit.what,
                "text": hit.text,
                "mend": mend(hit) or None,
            }
            for hit in result.named
        ],
        "unsaved": [str(file) for file in result.unsaved],
        "backups": [
            {
                "file": str(each.file),
                "at": instant(each.backup.at),
                "reason": each.backup.reason,
                "forgotten": each.forgotten,
                "trouble": each.trouble,
                "named": each.named,
            }
            for each in result.backups
        ],
        "files": [str(file) for file in result.files],
        "dry_run": result.rehearsed,
        "in_book": result.in_book,
        "making": None if result.making is None else str(result.making),
        "hidden": result.hidden,
        "alike": [client_ref(client) for client in result.alike],
    }


def forgotten_lines(result: Forgotten) -> Iterator[Sequence[str]]:
    """A line for each thing that went, and each that is left."""
    yield "forgotten", result.client.handle, result.client.name
    for table, count in result.counts.items():
        yield "count", table, str(count)
    for number in result.interactions:
        yield "removed", f"i{number}"
    for number in result.joint:
        yield "joint", f"i{number}"
    if result.hidden:
        yield "hidden", str(result.hidden)
    for hit in result.named:
        handles = ",".join(client.handle for client in hit.clients)
        yield "named", record(hit), cell(day(hit.on)), handles, hit.what, hit.text, mend(hit)
    for file in result.unsaved:
        yield "unsaved", str(file)
    for each in result.backups:
        yield "backup", str(each.file), state(each), str(each.named)
    if result.making is not None:
        yield "making", str(result.making)
    for client in result.alike:
        yield "alike", client.handle, client.name
    for file in result.files:
        yield "file", str(file)


def state(each: Copy) -> str:
    """What became of a backup, in a word."""
    if each.trouble is not None:
        return "trouble"
    return "forgotten" if each.forgotten else "holds"


def record(hit: Hit) -> str:
    """The record that a text belongs to, as it is typed."""
    if hit.number is not None:
        return f"i{hit.number}" if hit.kind in (Sought.interaction, Sought.fact) else str(hit.number)
    return hit.clients[0].handle if hit.clients else ""


def mend(hit: Hit) -> str:
    """The command that changes a text so that no trace of the old one stays; empty where there is none."""
    match hit.kind:
        case Sought.interaction if hit.what in SIGNALS:
            return f'c4l edit i{hit.number} --no-trace --signal "{hit.what} …"'
        case Sought.interaction:
            return f'c4l edit i{hit.number} --no-trace --note "…"'
        case Sought.promise if hit.what == Sought.promise:
            return f'c4l edit {hit.number} --no-trace --what "…"'
        case _:
            return ""
